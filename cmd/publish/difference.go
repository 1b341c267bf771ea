package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"publish/internal/diff"
	"publish/internal/site"
)

// difference is what `diff` found, as --format json prints it. Lists are never
// null.
type difference struct {
	Version int         `json:"version"`
	Other   string      `json:"other"` // the address or folder that was compared with
	Pages   pageChanges `json:"pages"`
	// Lists count the pages among the changed ones that publish makes of others.
	Lists int `json:"lists_changed"`
	// Complete says that every page that the other site names was compared.
	Complete bool          `json:"complete"`
	Feeds    []feedChanges `json:"feeds"`
	Files    fileChanges   `json:"files"`
	Breaks   []broken      `json:"breaks"`
	Notes    []string      `json:"notes"`
}

type pageChanges struct {
	Added   []pageChange `json:"added"`
	Changed []pageChange `json:"changed"`
	Moved   []pageChange `json:"moved"`
	Removed []pageChange `json:"removed"`
	Same    int          `json:"same"`
	Unread  int          `json:"not_compared"` // their addresses are, their words are not
}

type pageChange struct {
	Path  string   `json:"path"`
	From  string   `json:"from,omitempty"` // where a page that moved was
	Title string   `json:"title"`
	File  string   `json:"file,omitempty"`
	Lines []string `json:"lines,omitempty"` // "-gone", "+come"
}

type feedChanges struct {
	Path    string      `json:"path"`
	Also    []string    `json:"also"` // feeds in which the same changes
	New     bool        `json:"new,omitempty"`
	Gone    bool        `json:"gone,omitempty"`
	Added   []feedEntry `json:"added"`
	Changed []feedEntry `json:"changed"`
	Removed []feedEntry `json:"removed"`
	Aged    int         `json:"aged"` // too old for the feed by now
}

type feedEntry struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Path  string `json:"path,omitempty"`
}

type fileChanges struct {
	Added   []string `json:"added"`
	Changed []string `json:"changed"`
	Removed []string `json:"removed"`
}

// broken is an address or an id that would vanish.
type broken struct {
	Kind    string `json:"kind"` // page, feed, entry, file
	Address string `json:"address"`
	Title   string `json:"title,omitempty"`
	Now     string `json:"now,omitempty"`   // where its page is now
	File    string `json:"file,omitempty"`  // the file to put the line in
	Under   string `json:"under,omitempty"` // the key of the file to put it under
	Line    string `json:"line,omitempty"`  // that keeps it
	Reason  string `json:"reason"`
}

// compare says what differs, and what to do about what would vanish.
func (l *loaded) compare(old, fresh *diff.Site) *difference {
	r := diff.Compare(old, fresh)
	h := &heirs{loaded: l, old: old, fresh: fresh, ids: map[string]bool{}}
	for _, p := range l.site.Posts {
		h.ids[p.FeedID] = true
	}
	for _, f := range fresh.Feeds {
		for _, e := range f.Entries {
			h.ids[e.ID] = true
		}
	}
	c := &difference{
		Version: 1, Complete: !old.Partial && r.Unread == 0, Feeds: []feedChanges{}, Breaks: []broken{}, Notes: append([]string{}, old.Notes...),
		Pages: pageChanges{Added: []pageChange{}, Changed: []pageChange{}, Moved: []pageChange{}, Removed: []pageChange{}, Same: r.Same, Unread: r.Unread},
		Files: fileChanges{telling(r.Files.Added), telling(r.Files.Changed), telling(r.Files.Removed)},
	}
	moved := map[string]bool{}
	for _, p := range r.Removed {
		c.Breaks = append(c.Breaks, h.page(p))
		to := c.Breaks[len(c.Breaks)-1].Now
		if is := fresh.Pages[to]; is != nil && old.At(to) == nil && !moved[to] {
			moved[to] = true
			change := l.pageChange(is, diff.Lines(p, is))
			change.From = p.Path
			c.Pages.Moved = append(c.Pages.Moved, change)
			continue
		}
		c.Pages.Removed = append(c.Pages.Removed, pageChange{Path: p.Path, Title: p.Title})
	}
	for _, p := range r.Added {
		if !moved[p.Path] {
			c.Pages.Added = append(c.Pages.Added, l.pageChange(p, nil))
		}
	}
	for _, ch := range r.Changed {
		change := l.pageChange(ch.Page, ch.Lines)
		if c.Pages.Changed = append(c.Pages.Changed, change); change.File == "" {
			c.Lists++
		}
	}
	for _, f := range r.Feeds {
		c.addFeed(h, f)
	}
	for _, file := range c.Files.Removed {
		c.Breaks = append(c.Breaks, broken{Kind: "file", Address: file, Reason: "no page refers to it any more; put it into static/ to keep it"})
	}
	return c
}

// telling leaves out files that say nothing by themselves.
func telling(files []string) []string {
	return slices.DeleteFunc(append([]string{}, files...), themeFile.MatchString)
}

// themeFile is a file that only pages ask for, under a name that changes with
// its bytes or belongs to the program, and the data beside a page, which come
// and go with it.
var themeFile = regexp.MustCompile(`\.(?:css|js)$|\.[0-9a-f]{8,}\.[a-z0-9]+$|^/(?:sitemap[^/]*\.xml|robots\.txt)$|/index\.json$`)

func (l *loaded) pageChange(p *diff.Page, lines []diff.Line) pageChange {
	c := pageChange{Path: p.Path, Title: p.Title}
	for _, line := range lines {
		c.Lines = append(c.Lines, string(line.Sign)+line.Text)
	}
	if page := l.site.PageAt(p.Path); page != nil {
		c.File = page.Document.Path
	}
	return c
}

// addFeed adds a feed, unless the same changed in one that was added before.
func (c *difference) addFeed(h *heirs, f diff.FeedChange) {
	one := feedChanges{Path: f.Path, Also: []string{}, New: f.New, Gone: f.Gone, Aged: f.Aged,
		Added: feedEntries(f.Added), Changed: feedEntries(f.Changed), Removed: []feedEntry{}}
	if f.Gone {
		c.Breaks = append(c.Breaks, h.feed(f))
	}
	for _, e := range f.Vanished {
		if h.ids[e.ID] {
			one.Aged++ // it stays the same report, and its readers have it
			continue
		}
		one.Removed = append(one.Removed, feedEntries([]diff.Entry{e})...)
		if b := h.entry(e); b.Reason != "" && !slices.ContainsFunc(c.Breaks, func(o broken) bool { return o.Kind == "entry" && o.Address == b.Address }) {
			c.Breaks = append(c.Breaks, b)
		}
	}
	if len(one.Added)+len(one.Changed)+len(one.Removed) == 0 && !f.New && !f.Gone {
		return
	}
	for i := range c.Feeds {
		if o := &c.Feeds[i]; sameEntries(o, &one) {
			o.Also = append(o.Also, one.Path)
			return
		}
	}
	c.Feeds = append(c.Feeds, one)
}

func sameEntries(a, b *feedChanges) bool {
	return a.New == b.New && a.Gone == b.Gone && !a.Gone &&
		slices.Equal(a.Added, b.Added) && slices.Equal(a.Changed, b.Changed) && slices.Equal(a.Removed, b.Removed)
}

func feedEntries(list []diff.Entry) []feedEntry {
	entries := []feedEntry{}
	for _, e := range list {
		entries = append(entries, feedEntry{e.ID, e.Title, e.Path})
	}
	return entries
}

func (c *difference) printJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(c)
}

// heirs finds what took the place of what would vanish.
type heirs struct {
	*loaded
	old, fresh *diff.Site
	ids        map[string]bool // of all entries that feeds have, or had
}

// page is an address that would lead nowhere.
func (h *heirs) page(p *diff.Page) broken {
	b := broken{Kind: "page", Address: p.Path, Title: p.Title}
	if heir := h.heir(p); heir != nil {
		b.Now, b.File, b.Line = heir.Path, heir.Document.Path, aliasLine(heir, p.Path)
		b.Reason = "its page is elsewhere now"
		return b
	}
	if held := h.held(p); held != "" {
		b.Reason = held
		return b
	}
	b.Line = "aliases: [" + yamlText(p.Path) + "]"
	b.Reason = "nothing takes its place: put the line into the file that should, or keep the report with `withdrawn: REASON`"
	return b
}

// heir is the page that is made of the same document as one of the old site.
func (h *heirs) heir(p *diff.Page) *site.Page {
	if p.Moved { // an old address already: its page is where it led to
		if to := h.old.At(p.To); to != nil && !to.Moved {
			if page := h.site.PageAt(to.Path); page != nil {
				return page
			}
			return h.heir(to)
		}
	}
	record := h.old.Records[p.Path]
	if page := h.site.PageOf(record.Source); record.Source != "" && page != nil {
		return page
	}
	var entryID string
	for _, name := range slices.Sorted(maps.Keys(h.old.Feeds)) {
		for _, e := range h.old.Feeds[name].Entries {
			if e.Path == p.Path && entryID == "" {
				entryID = e.ID
			}
		}
	}
	var titled []*site.Page
	for _, page := range slices.Concat(h.site.Posts, h.site.Pages) {
		if id := cmp.Or(record.ID, p.ID); id != "" && page.ID == id || entryID != "" && page.FeedID == entryID {
			return page
		}
		if page.Title == p.Title && p.Title != "" && h.old.At(page.Path) == nil {
			titled = append(titled, page)
		}
	}
	if len(titled) == 1 {
		return titled[0]
	}
	return nil
}

// held says that the document is there and not public.
func (h *heirs) held(p *diff.Page) string {
	source := h.old.Records[p.Path].Source
	for _, held := range h.site.Held {
		d := held.Document
		if d.Path == source || source == "" && p.Title != "" && d.Title == p.Title {
			return fmt.Sprintf("%s is not public: %s", d.Path, held.Reason)
		}
	}
	return ""
}

// feed is the address of a feed that nothing would answer.
func (h *heirs) feed(f diff.FeedChange) broken {
	b := broken{Kind: "feed", Address: f.Path, Title: f.Title, Reason: "nothing would answer its readers any more"}
	if term := path.Dir(f.Path); h.fresh.Feeds["/feed.xml"] != nil && (term == "/" || h.old.Pages[term+"/"] == nil) {
		var all []string
		for _, a := range h.config.Feed.Aliases {
			all = append(all, yamlText(a.Path))
		}
		b.File, b.Under, b.Now = h.settingsFile(), "feed", "/feed.xml"
		b.Line = "aliases: [" + strings.Join(append(all, yamlText(f.Path)), ", ") + "]"
	}
	return b
}

// settingsFile is the file for a setting. What Jekyll's says is read, but it has
// no place for ours.
func (h *heirs) settingsFile() string {
	if h.config.File == "" || path.Base(h.config.File) == "_config.yml" {
		return "publish.yaml"
	}
	return h.config.File
}

// entry is an id that the feeds would not know any more, although its page is
// there; without a reason where the report itself goes.
func (h *heirs) entry(e diff.Entry) broken {
	b := broken{Kind: "entry", Address: e.ID, Title: e.Title}
	bare, _, _ := strings.Cut(e.Path, "#")
	was := h.old.At(bare)
	if was == nil {
		return b
	}
	page := h.site.PageAt(was.Path)
	if page == nil {
		page = h.heir(was)
	}
	if page == nil || page.FeedID == "" {
		return b
	}
	b.Now, b.Reason = page.Path, "its readers would be shown the report a second time"
	if !strings.HasPrefix(e.ID, "urn:uuid:") {
		b.Reason = "an id that publish does not make, so no line keeps it; " + b.Reason
		return b
	}
	id := cmp.Or(h.old.Records[was.Path].ID, was.ID)
	if id != "" && site.FeedID(h.config.Feed.ID, id) == e.ID {
		b.File, b.Line = page.Document.Path, "id: "+yamlText(id)
	} else if id == page.ID {
		b.Reason = "is `feed.id` in " + h.settingsFile() + " what it was? " + b.Reason
	}
	return b
}

// aliasLine is the line of front matter that keeps an old address, with those
// that the file keeps already, under the key that it uses.
func aliasLine(p *site.Page, old string) string {
	key := "aliases"
	for _, f := range p.Document.Meta.Fields {
		if f.Name == "aliases" {
			key = f.Key
		}
	}
	var all []string
	for _, a := range p.Document.Meta.Aliases {
		all = append(all, yamlText(a.Text))
	}
	return key + ": [" + strings.Join(append(all, yamlText(old)), ", ") + "]"
}

var plainYAML = regexp.MustCompile(`^[\pL/][\pL\pN/_.-]*$`)

// yamlText is a text as YAML may hold it in a list.
func yamlText(text string) string {
	if plainYAML.MatchString(text) {
		return text
	}
	quoted, _ := json.Marshal(text)
	return string(quoted)
}
