package main

import (
	"encoding/json"
	"io"
	"slices"

	"publish/internal/diff"
	"publish/internal/pattern"
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
	// Withdrawn are pages whose text is gone, with the titles that they had.
	Withdrawn []pageChange `json:"withdrawn"`
	Added     []pageChange `json:"added"`
	Changed   []pageChange `json:"changed"`
	Moved     []pageChange `json:"moved"`
	Removed   []pageChange `json:"removed"`
	Same      int          `json:"same"`
	Unread    int          `json:"not_compared"` // their addresses are, their words are not
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
	h := &heirs{loaded: l, old: old, fresh: fresh, ids: map[string]bool{}, entryIDs: entryIDs(old), known: map[*diff.Page]*site.Page{}, told: map[string]bool{}}
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
		Pages: pageChanges{Withdrawn: []pageChange{}, Added: []pageChange{}, Changed: []pageChange{}, Moved: []pageChange{}, Removed: []pageChange{}, Same: r.Same, Unread: r.Unread},
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
	withdrawn := map[string]bool{}
	for _, p := range l.site.Tombstones {
		withdrawn[p.Path] = true
	}
	for _, ch := range r.Changed {
		if withdrawn[ch.Page.Path] {
			change := pageChange{Path: ch.Page.Path, Title: ch.Page.Title} // without its words
			if was := old.At(ch.Page.Path); was != nil {
				change.Title = was.Title
			}
			c.Pages.Withdrawn = append(c.Pages.Withdrawn, change)
			continue
		}
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
var themeFile = pattern.New(`\.(?:css|js)$|\.[0-9a-f]{8,}\.[a-z0-9]+$|^/(?:sitemap[^/]*\.xml|robots\.txt)$|/index\.json$`)

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
		if b := h.entry(e); b.Reason != "" && !h.told[e.ID] {
			h.told[e.ID] = true
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
