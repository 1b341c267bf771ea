package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"publish/internal/diff"
	"publish/internal/pattern"
	"publish/internal/site"
)

// heirs finds what took the place of what would vanish.
type heirs struct {
	*loaded
	old, fresh *diff.Site
	ids        map[string]bool // of all entries that feeds have, or had
	// Feeds of other sites may be long, so what is asked for each entry is looked
	// up: the id of an entry by the path of its page, the heir of a page, and the
	// ids that were told of.
	entryIDs map[string]string
	known    map[*diff.Page]*site.Page
	told     map[string]bool
}

// entryIDs gives for the path of each page the id of its first entry in a feed.
func entryIDs(s *diff.Site) map[string]string {
	ids := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(s.Feeds)) {
		for _, e := range s.Feeds[name].Entries {
			if ids[e.Path] == "" {
				ids[e.Path] = e.ID
			}
		}
	}
	return ids
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
	page, known := h.known[p]
	if !known {
		page = h.findHeir(p)
		h.known[p] = page
	}
	return page
}

func (h *heirs) findHeir(p *diff.Page) *site.Page {
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
	entryID := h.entryIDs[p.Path]
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
	if page == nil || page.FeedID == "" || slices.Contains(h.site.Tombstones, page) {
		return b
	}
	b.Now, b.Reason = page.Path, "its readers would be shown the report a second time"
	if !strings.HasPrefix(e.ID, "urn:uuid:") {
		if u, err := url.Parse(e.ID); err != nil || u.Scheme == "" || strings.Contains(e.ID, " ") {
			b.Reason = "the id is no address, and feeds of today allow no other; " + b.Reason
		} else {
			b.File, b.Line = page.Document.Path, "feed_id: "+yamlText(e.ID)
		}
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
	for _, f := range p.Document.Meta().Fields {
		if f.Name == "aliases" {
			key = f.Key
		}
	}
	var all []string
	for _, a := range p.Document.Head.Aliases {
		all = append(all, yamlText(a.Text))
	}
	return key + ": [" + strings.Join(append(all, yamlText(old)), ", ") + "]"
}

var plainYAML = pattern.New(`^[\pL/][\pL\pN/_.-]*$`)

// yamlText is a text as YAML may hold it in a list.
func yamlText(text string) string {
	if plainYAML.MatchString(text) {
		return text
	}
	quoted, _ := json.Marshal(text)
	return string(quoted)
}
