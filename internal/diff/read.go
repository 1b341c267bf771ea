package diff

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"publish/internal/bug"
)

// Source is a site that can be read.
type Source struct {
	// Base is the path under which the site stands on its host, "/" or "/repo/":
	// what comes before a path in the addresses that the site writes.
	Base string
	// Claimed is the same as the site has it in its own addresses, if that
	// differs: many sites are looked at under another address than their own.
	Claimed string
	// Get gives the bytes of a path, and nil if there are none. A *Closed is a path
	// at which there is something that is not shown; any other error ends the reading.
	Get func(ctx context.Context, path string) ([]byte, error)
	// List are the paths of all files; nil where nobody can tell, as on the web.
	// Such a source is asked again for the pages that differ.
	List []string
	// Notes say what of the source is not read, for people.
	Notes []string
	// Jobs is how many files are read at once.
	Jobs int
}

// Closed is why a file cannot be read although its address is taken.
type Closed struct{ Reason string }

func (c *Closed) Error() string { return c.Reason }

// How much is read of a site on the web: pages, and feeds that pages name.
const (
	maxPages = 5000
	maxNamed = 2000
)

// usual are the addresses at which generators put their feeds.
var usual = []string{"/feed.xml", "/updates.xml", "/rss.xml", "/feed.json", "/index.xml", "/atom.xml", "/feed.atom", "/rss", "/feed"}

// Read reads a site.
func Read(ctx context.Context, src Source) (*Site, error) {
	s := &Site{Pages: map[string]*Page{}, Feeds: map[string]*Feed{}, Records: map[string]Record{}, Notes: src.Notes}
	r := &reading{Source: src, site: s, feeds: map[string]bool{}, closed: map[string]string{}}
	paths, err := r.paths(ctx)
	if err != nil {
		return nil, err
	}
	if src.List == nil && len(paths) > maxPages {
		for _, p := range paths[maxPages:] {
			s.Pages[p] = &Page{Path: p}
		}
		s.note("it has %d pages: of %d of them only the addresses are compared, not the words", len(paths), len(paths)-maxPages)
		paths = paths[:maxPages]
	}
	r.listed = true
	if err := r.each(ctx, paths, r.take); err != nil {
		return nil, err
	}
	r.noteClosed()
	if src.List == nil {
		if len(r.named) > maxNamed {
			s.Partial = true
			s.note("its pages name %d feeds: %d of them were read", len(r.named), maxNamed)
			slices.Sort(r.named)
			r.named = r.named[:maxNamed]
		}
		var feeds []string
		for _, p := range slices.Concat(usual, r.named) {
			if !slices.Contains(feeds, p) && s.Feeds[p] == nil {
				feeds = append(feeds, p)
			}
		}
		if err := r.each(ctx, feeds, r.takeFeed); err != nil {
			return nil, err
		}
	}
	return s, r.records(ctx)
}

func (s *Site) note(format string, args ...any) {
	s.Notes = append(s.Notes, fmt.Sprintf(format, args...))
}

type reading struct {
	Source
	site  *Site
	mutex sync.Mutex // of what follows, and of the site's maps
	named []string   // feeds that pages name
	feeds map[string]bool
	// listed says that the files that are asked for are those that the site
	// names, and closed which of them it did not show.
	listed bool
	closed map[string]string
}

// noteClosed says of the pages that are there and are not shown.
func (r *reading) noteClosed() {
	if r.listed = false; len(r.closed) == 0 {
		return
	}
	first := slices.Min(slices.Collect(maps.Keys(r.closed)))
	r.site.note("of %d of its pages only the addresses are compared, since it does not show them (%s: %s)", len(r.closed), first, r.closed[first])
	for p := range r.closed {
		r.site.Pages[p] = &Page{Path: p}
	}
}

// paths lists what to read: all files, or what a site on the web says of
// itself.
func (r *reading) paths(ctx context.Context) ([]string, error) {
	if r.List != nil {
		r.site.Others = map[string]string{}
		return r.List, nil
	}
	list, err := r.sitemaps(ctx)
	if err != nil {
		return nil, err
	}
	if list == nil {
		r.site.Partial = true
		r.site.note("it has no sitemap.xml: only pages that its feeds and its home page name are compared")
		if list, err = r.linked(ctx); err != nil {
			return nil, err
		}
	}
	if !slices.Contains(list, "/") {
		list = append(list, "/")
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

// linked are the pages that the feeds at the usual places link to.
func (r *reading) linked(ctx context.Context) ([]string, error) {
	if err := r.each(ctx, usual, r.takeFeed); err != nil {
		return nil, err
	}
	var list []string
	for _, f := range r.site.Feeds {
		for _, e := range f.Entries {
			if e.Path != "" {
				list = append(list, e.Path)
			}
		}
	}
	return list, nil
}

// local is the path of an address from the site's root, "" if the address is
// elsewhere. The host does not count: a site is often looked at under another
// name than it gives itself.
func (r *reading) local(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || address == "" {
		return ""
	}
	for _, base := range []string{r.Claimed, r.Base} {
		if below, ok := strings.CutPrefix(u.Path, base); ok && base != "" {
			return "/" + below
		}
		if u.Path+"/" == base {
			return "/"
		}
	}
	return ""
}

// resolve is the path that an address on a page means.
func (r *reading) resolve(page, address string) string {
	to, err := url.Parse(address)
	if err != nil || address == "" {
		return ""
	}
	base := url.URL{Path: cmp.Or(r.Claimed, r.Base) + strings.TrimPrefix(page, "/")}
	return r.local(base.ResolveReference(to).String())
}

// each calls do for all paths, some at once.
func (r *reading) each(ctx context.Context, paths []string, do func(ctx context.Context, path string, data []byte)) error {
	outer := ctx
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	work := make(chan string)
	var workers bug.Group
	for range max(r.Jobs, 1) {
		workers.Go(func() {
			defer func() {
				for range work { // after a panic, so that nobody waits for this worker
				}
			}()
			for p := range work {
				data, err := r.Get(ctx, p)
				switch closed, ok := errors.AsType[*Closed](err); {
				case ok:
					r.close(p, closed)
				case err != nil:
					cancel(err)
				case data != nil:
					do(outer, p, data)
				}
			}
		})
	}
	for _, p := range paths {
		select {
		case work <- p:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(work)
	workers.Wait()
	return context.Cause(ctx)
}

// close notes a page that is not shown. A feed that was only guessed at may not be
// there: some hosts forbid what they do not have.
func (r *reading) close(p string, why *Closed) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if r.listed {
		r.closed[p] = why.Reason
	}
}

// take sorts a file in: a page, a feed, or another file.
func (r *reading) take(ctx context.Context, p string, data []byte) {
	text := string(data)
	page := isPage(p) || r.List == nil
	if feed := r.feed(p, data); feed != nil {
		r.addFeed(feed)
		return
	}
	var made *Page
	var named []string
	if page {
		p = strings.TrimSuffix(p, "index.html")
		made = readPage(p, text)
		if r.List != nil {
			made.text = r.again(ctx, p)
		}
		var links []string
		if r.List == nil {
			links = feedLinks(text)
		}
		for _, link := range links {
			named = append(named, r.resolve(p, link))
		}
		if made.Moved {
			made.To = r.resolve(p, target(text))
		}
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if made == nil {
		r.site.Others[p] = hashOf(text)
		return
	}
	r.site.Pages[p] = made
	for _, feed := range named {
		if feed != "" && !r.feeds[feed] {
			r.feeds[feed] = true
			r.named = append(r.named, feed)
		}
	}
}

// again reads a page a second time, when its words are asked for. What cannot
// be read any more has none.
func (r *reading) again(ctx context.Context, p string) func() string {
	return func() string {
		data, err := r.Get(ctx, p)
		if err != nil {
			return ""
		}
		return string(data)
	}
}

func (r *reading) takeFeed(_ context.Context, p string, data []byte) {
	if feed := r.feed(p, data); feed != nil {
		r.addFeed(feed)
	}
}

func (r *reading) addFeed(feed *Feed) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.site.Feeds[feed.Path] = feed
}

// feed reads a file that may be a feed by its name and its first bytes.
func (r *reading) feed(p string, data []byte) *Feed {
	switch path.Ext(p) {
	case ".xml", ".rss", ".atom", ".json", "", ".rdf":
	default:
		if path.Base(p) != "index.html" { // that of a feed at an address like /feed/
			return nil
		}
	}
	head := string(data[:min(len(data), 1024)])
	for _, mark := range []string{"<feed", "<rss", "<rdf:RDF", "jsonfeed.org/version"} {
		if strings.Contains(head, mark) {
			return readFeed(strings.TrimSuffix(p, "index.html"), data, r.local)
		}
	}
	return nil
}

// records reads /postmortems.json, which only sites of publish have.
func (r *reading) records(ctx context.Context) error {
	data, err := r.Get(ctx, "/postmortems.json")
	if _, closed := errors.AsType[*Closed](err); closed {
		return nil
	}
	if err != nil || data == nil {
		return err
	}
	var all struct {
		Postmortems []struct{ ID, Path, Source string }
	}
	if json.Unmarshal(data, &all) != nil {
		r.site.note("/postmortems.json cannot be read")
		return nil
	}
	for _, p := range all.Postmortems {
		r.site.Records[p.Path] = Record{p.ID, p.Source}
	}
	return nil
}
