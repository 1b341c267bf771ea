// Package diff says how two builds of a site differ for those who read it:
// which addresses and entries of feeds come, change and go. It reads a site as
// its visitors do, by its sitemap, its pages, its feeds and /postmortems.json,
// and so understands sites that publish did not make.
package diff

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// Site is what was read of one site. Paths begin with a slash and go from the
// site's root.
type Site struct {
	Pages map[string]*Page
	Feeds map[string]*Feed
	// Records are the rows of /postmortems.json, by the path of their page.
	Records map[string]Record
	// Others are the files that are neither, with a hash of their bytes; nil
	// where they cannot be listed.
	Others map[string]string
	// Notes say what could not be read, for people.
	Notes []string
	// Partial says that the site may have pages of which nothing is known here.
	Partial bool
}

// Page is one address with its text.
type Page struct {
	Path  string
	Title string
	// ID is publish's own name of the document, if the page has one.
	ID string
	// Read says that the text is known: of a page that is only listed, it is not.
	Read bool
	// Moved says that the page only leads to another, at the path To; Hidden that it asks not to
	// be listed: of a site on the web, no such page is known.
	Moved, Hidden bool
	To            string
	// bytes is a hash of the whole page; text gives it again. Of most pages
	// nobody asks for it.
	bytes string
	text  func() string
}

// Lines are the words of the page's main part, a line for each block.
func (p *Page) Lines() []string { return words(mainPart(p.text())) }

// Feed is one feed.
type Feed struct {
	Path, Title string
	Entries     []Entry
}

// Entry is one entry of a feed.
type Entry struct {
	ID, Title string
	Path      string // of the page; empty if it is on another site
	Published time.Time
	Updated   time.Time
	content   string // a hash
}

// Record is what the data say of one page.
type Record struct{ ID, Source string }

// Result is how the second of two sites differs from the first.
type Result struct {
	Added, Removed []*Page
	Changed        []Change
	// Same counts pages whose words are the same, Frame those among them whose
	// bytes are others, Unread those that were not compared.
	Same, Frame, Unread int
	Feeds               []FeedChange
	Files               struct{ Added, Changed, Removed []string }
}

// Change is a page whose words changed.
type Change struct {
	Page  *Page
	Lines []Line
}

// FeedChange is a feed whose entries changed.
type FeedChange struct {
	Path, Title string
	New, Gone   bool // the feed as a whole
	// Vanished are entries with an id that the new feed does not know although
	// it is old enough to; Aged counts those that newer ones pushed out.
	Added, Changed, Vanished []Entry
	Aged, Same               int
}

// Compare says what changes for those who read old when it becomes fresh.
func Compare(old, fresh *Site) *Result {
	r := &Result{}
	met := map[*Page]bool{}
	for _, path := range slices.Sorted(maps.Keys(old.Pages)) {
		was := old.Pages[path]
		is := fresh.At(path)
		met[is] = is != nil
		switch {
		case is == nil:
			r.Removed = append(r.Removed, was)
		case !was.Read || !is.Read:
			r.Unread++
		case was.bytes == is.bytes:
			r.Same++
		default:
			if lines := Lines(was, is); len(lines) > 0 {
				r.Changed = append(r.Changed, Change{is, lines})
			} else {
				r.Same, r.Frame = r.Same+1, r.Frame+1
			}
		}
	}
	for _, path := range slices.Sorted(maps.Keys(fresh.Pages)) {
		if p := fresh.Pages[path]; !met[p] && !p.Moved && (old.Others != nil || !p.Hidden) {
			r.Added = append(r.Added, p)
		}
	}
	r.compareFeeds(old, fresh)
	r.compareFiles(old, fresh)
	return r
}

// Lines says how the words of a page differ from those of another; nothing
// where one of them was not read.
func Lines(was, is *Page) []Line {
	if !was.Read || !is.Read {
		return nil
	}
	return compareLines(titled(was), titled(is))
}

// titled are the lines of a page with its title, where the text does not begin
// with it.
func titled(p *Page) []string {
	lines := p.Lines()
	if slices.ContainsFunc(lines, func(line string) bool { return strings.HasPrefix(p.Title, line) }) {
		return lines
	}
	return append([]string{p.Title}, lines...)
}

// At is the page with which the site answers an address, as hosts of files do:
// "/a" may be the file "a.html" or the folder's page "/a/".
func (s *Site) At(path string) *Page {
	path = strings.TrimSuffix(path, "index.html")
	tries := []string{path, path + ".html", path + "/"}
	if strings.HasSuffix(path, "/") {
		tries = tries[:1]
	}
	for _, try := range tries {
		if p := s.Pages[try]; p != nil {
			return p
		}
	}
	return nil
}

func (r *Result) compareFeeds(old, fresh *Site) {
	paths := slices.Concat(slices.Collect(maps.Keys(old.Feeds)), slices.Collect(maps.Keys(fresh.Feeds)))
	// The feeds that sites have at the usual places come first.
	slices.SortFunc(paths, func(a, b string) int {
		return cmp.Or(cmp.Compare(uint(slices.Index(usual, a)), uint(slices.Index(usual, b))), strings.Compare(a, b))
	})
	for _, path := range slices.Compact(paths) {
		was, is := old.Feeds[path], fresh.feedAt(path)
		if was == nil && old.Feeds[strings.TrimSuffix(path, "/")] != nil {
			continue // it was compared under that name
		}
		switch {
		case is == nil:
			r.Feeds = append(r.Feeds, FeedChange{Path: path, Title: was.Title, Gone: true, Vanished: was.Entries})
		case was == nil:
			r.Feeds = append(r.Feeds, FeedChange{Path: path, Title: is.Title, New: true, Added: is.Entries})
		default:
			r.Feeds = append(r.Feeds, compareEntries(was, is))
		}
	}
}

// feedAt is the feed with which the site answers an address. Hosts of files send
// who asks for "/feed" on to the folder of that name.
func (s *Site) feedAt(path string) *Feed {
	if f := s.Feeds[path]; f != nil {
		return f
	}
	return s.Feeds[path+"/"]
}

func compareEntries(was, is *Feed) FeedChange {
	c := FeedChange{Path: was.Path, Title: is.Title}
	before := map[string]Entry{}
	for _, e := range was.Entries {
		before[e.ID] = e
	}
	var oldest time.Time
	for _, e := range is.Entries {
		if oldest.IsZero() || e.Published.Before(oldest) {
			oldest = e.Published
		}
		b, known := before[e.ID]
		delete(before, e.ID)
		switch {
		case !known:
			c.Added = append(c.Added, e)
		case b.Title != e.Title || b.content != e.content || b.Path != e.Path || !b.Updated.Equal(e.Updated):
			c.Changed = append(c.Changed, e)
		default:
			c.Same++
		}
	}
	for _, e := range was.Entries {
		if _, left := before[e.ID]; !left {
			continue
		}
		if len(is.Entries) >= len(was.Entries) && e.Published.Before(oldest) {
			c.Aged++
		} else {
			c.Vanished = append(c.Vanished, e)
		}
	}
	return c
}

func (r *Result) compareFiles(old, fresh *Site) {
	if old.Others == nil {
		return
	}
	for _, path := range slices.Sorted(maps.Keys(old.Others)) {
		switch sum, ok := fresh.Others[path]; {
		case !ok:
			r.Files.Removed = append(r.Files.Removed, path)
		case sum != old.Others[path]:
			r.Files.Changed = append(r.Files.Changed, path)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(fresh.Others)) {
		if _, ok := old.Others[path]; !ok {
			r.Files.Added = append(r.Files.Added, path)
		}
	}
}

// Line is a line of a text that went ('-') or came ('+').
type Line struct {
	Sign byte
	Text string
}

// maxCompared bounds the lines of two texts whose longest common part is
// looked for; what is beyond is told as gone and come.
const maxCompared = 1500

// compareLines gives what differs between two texts, in the order of the page.
func compareLines(a, b []string) []Line {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	var lines []Line
	if len(a) > maxCompared || len(b) > maxCompared {
		return appendLines(appendLines(nil, '-', a), '+', b)
	}
	// common[i][j] is how many lines a[i:] and b[j:] have in common, in order.
	common := make([][]int16, len(a)+1)
	for i := range common {
		common[i] = make([]int16, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if common[i][j] = max(common[i+1][j], common[i][j+1]); a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			}
		}
	}
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			i, j = i+1, j+1
		case common[i+1][j] >= common[i][j+1]:
			lines, i = append(lines, Line{'-', a[i]}), i+1
		default:
			lines, j = append(lines, Line{'+', b[j]}), j+1
		}
	}
	return appendLines(appendLines(lines, '-', a[i:]), '+', b[j:])
}

func appendLines(lines []Line, sign byte, texts []string) []Line {
	for _, text := range texts {
		lines = append(lines, Line{sign, text})
	}
	return lines
}
