package render

import (
	"cmp"
	"io"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"publish/internal/locale"
	"publish/internal/markdown"
	"publish/internal/postmortem"
	"publish/internal/route"
	"publish/internal/site"
)

// maxFeedContent is how many bytes of full texts one feed holds; readers and
// their services give up on feeds beyond a megabyte or so.
const maxFeedContent = 512 << 10

// feedFormat is a way of writing feeds. Self is the feed's own URL.
type feedFormat struct {
	name   string // for people
	path   string // of the site's main feed
	media  string
	mark   string // in the name of an old address that gave this format
	encode func(w io.Writer, f *feed, self string) error
}

// feedFormats is the table of the main feed's formats: one more is a row more.
// The first is the format of the terms' feeds too.
var feedFormats = []feedFormat{
	{"Atom feed", "/feed.xml", "application/atom+xml", "atom", encodeAtom},
	{"RSS feed", "/rss.xml", "application/rss+xml", "rss", encodeRSS},
	{"JSON feed", "/feed.json", "application/feed+json", "json", encodeJSONFeed},
}

// feed is what all formats say. Its texts hold only characters that XML
// allows, its URLs are absolute.
type feed struct {
	id       string
	title    string
	subtitle string // may be empty
	language string
	rights   string // may be empty
	home     string // URL of the page that lists the same entries
	authors  []string
	updated  time.Time // the newest of the entries; the epoch without entries
	entries  []feedEntry
}

// feedEntry is one report.
type feedEntry struct {
	id, url, title, language string
	summary                  string // plain
	content                  string // HTML; empty where the feed grew too big
	authors                  []postmortem.Author
	published, updated       time.Time
	categories               []feedCategory
}

// feedCategory is a term with the URL of its taxonomy.
type feedCategory struct{ scheme, term, label string }

// siteFeeds gives the main feed in all formats, under its own and its old
// addresses.
func (b *builder) siteFeeds() []planned {
	var routes []planned
	// The formats share one collection: its texts are rendered once.
	collect := sync.OnceValue(func() *feed { return siteFeed(b.site) })
	key := sync.OnceValue(func() route.Key { return b.feedKey(b.site.Posts) })
	add := func(format feedFormat, path, source string) {
		routes = append(routes, b.feedRoute(format, path, source, collect, func(h *route.Hash) {
			h.Add(format.name, b.site.Config.Description)
			h.Key(key())
		}))
	}
	for _, format := range feedFormats {
		add(format, format.path, format.name)
	}
	for _, alias := range b.site.Config.Feed.Aliases {
		alias = "/" + strings.TrimPrefix(alias, "/")
		if format := aliasFormat(alias); !slices.ContainsFunc(routes, func(r planned) bool { return r.Path == alias }) {
			add(format, alias, format.name+" under an old address")
		}
	}
	return routes
}

// termFeedRoutes gives the feed of each term.
func (b *builder) termFeedRoutes() []planned {
	if !b.termFeeds {
		return nil
	}
	var routes []planned
	for _, terms := range [][]*site.Term{b.site.Services, b.site.Severities, b.site.Tags} {
		for _, t := range terms {
			routes = append(routes, b.feedRoute(feedFormats[0], termFeedPath(t), "feed of the "+t.Kind+" "+t.Name,
				func() *feed { return termFeed(b.site, t) },
				func(h *route.Hash) { addTerm(h, t); h.Key(b.feedKey(t.Pages)) }))
		}
	}
	return routes
}

func (b *builder) feedRoute(format feedFormat, path, source string, collect func() *feed, key func(*route.Hash)) planned {
	self := b.site.Links.Absolute(path)
	return planned{&route.Route{Path: path, Type: format.media + "; charset=utf-8", Source: source, Render: func(w io.Writer) error {
		return format.encode(w, collect(), self)
	}}, func(h *route.Hash) { h.Key(b.keys.common); key(h) }}
}

// aliasFormat tells by its name what an old feed address gave; Atom where the
// name says nothing.
func aliasFormat(alias string) feedFormat {
	name := strings.ToLower(path.Base(alias))
	for _, format := range feedFormats {
		if strings.Contains(name, format.mark) {
			return format
		}
	}
	return feedFormats[0]
}

// termFeedPath is the route of a term's feed.
func termFeedPath(t *site.Term) string { return path.Join(t.Path, "feed.xml") }

func siteFeed(s *site.Site) *feed {
	f := newFeed(s, s.Posts)
	f.id, f.title, f.home = site.FeedID(s.Config.Feed.ID, ""), siteName(s), s.Links.Absolute("/")
	if s.Jekyll && s.Config.Feed.ID == "" {
		f.id = s.Links.Absolute(feedFormats[0].path) // as jekyll-feed has it
	}
	f.subtitle = cleanText(s.Config.Description)
	return f
}

func termFeed(s *site.Site, t *site.Term) *feed {
	f := newFeed(s, t.Pages)
	// Ids of posts are names of files or of their authors; none has a space
	// and a slash in this place.
	f.id = site.FeedID(s.Config.Feed.ID, "feed "+t.Path)
	f.title, f.home = cleanText(t.Name)+" · "+siteName(s), s.Links.Absolute(t.Path)
	f.subtitle = cleanText(t.Note)
	return f
}

// newFeed makes a feed of the reports among the pages, the last published
// first.
func newFeed(s *site.Site, pages []*site.Page) *feed {
	f := &feed{language: s.Language, rights: cleanText(s.Config.License), updated: time.Unix(0, 0).UTC()}
	for _, name := range s.Config.Authors {
		f.authors = append(f.authors, cleanText(name))
	}
	if len(f.authors) == 0 {
		f.authors = []string{cmp.Or(cleanText(s.Config.Organization), siteName(s))}
	}
	room := newFeedRoom()
	for _, p := range newestReports(s, pages) {
		e := newFeedEntry(s, p)
		if room.open() {
			e.content = room.take(feedHTML(p.FeedBody(), s.ResolverAbsolute(p)))
		}
		if e.updated.After(f.updated) {
			f.updated = e.updated
		}
		f.entries = append(f.entries, e)
	}
	return f
}

// feedRoom counts how many bytes of full texts still fit into a feed.
type feedRoom struct{ left int }

func newFeedRoom() *feedRoom { return &feedRoom{maxFeedContent} }

func (r *feedRoom) open() bool { return r.left > 0 }

// take gives the text back if it fits. The first that does not closes the
// feed to all that follow; the feed's first text always fits.
func (r *feedRoom) take(text string) string {
	first := r.left == maxFeedContent
	r.left -= len(text)
	if r.left < 0 && !first {
		return ""
	}
	return text
}

// newestReports gives the pages that enter a feed: as many as the site wishes,
// in the order of their publication, which an embargo may have put long after
// their date.
func newestReports(s *site.Site, pages []*site.Page) []*site.Page {
	type report struct {
		page      *site.Page
		published time.Time
	}
	limit := s.Config.Feed.Limit
	newest := make([]report, 0, min(limit, len(pages))+1)
	for _, p := range pages {
		at := instant(p.Published, s.Config.Timezone)
		if n := len(newest); n >= limit && (n == 0 || !at.After(newest[n-1].published)) || !isReport(s, p) {
			continue
		}
		// Of two of one time the first of the pages stays first.
		i := len(newest)
		for i > 0 && at.After(newest[i-1].published) {
			i--
		}
		newest = slices.Insert(newest, i, report{p, at})
		newest = newest[:min(len(newest), limit)]
	}
	reports := make([]*site.Page, len(newest))
	for i := range newest {
		reports[i] = newest[i].page
	}
	return reports
}

// isReport tells reports from notices, which stay out of the feeds of reports
// until their report appears: maintenances, incidents that still run
// and those that have only updates, unless they analyse already.
func isReport(s *site.Site, p *site.Page) bool {
	notice := p.Open || len(p.Meta.Updates) > 0 && p.Body.Words == 0
	switch {
	case p.Kind == postmortem.KindMaintenance:
		return false
	case p.Kind == postmortem.KindPost || p.Status == postmortem.StatusPostmortem:
		return true
	}
	return !notice || analyses(s, p)
}

// analyses says whether the page has what only a report has.
func analyses(s *site.Site, p *site.Page) bool {
	l := p.Meta.Lessons
	if len(p.Meta.Causes)+len(p.Meta.Countermeasures)+len(l.Well)+len(l.Wrong)+len(l.Lucky) > 0 {
		return true
	}
	own := s.Headings()
	for _, h := range p.Body.Headings {
		switch locale.RoleOf(h.Text, own) {
		case locale.RoleCause, locale.RoleCountermeasures, locale.RoleLessons:
			return true
		}
	}
	return false
}

func newFeedEntry(s *site.Site, p *site.Page) feedEntry {
	e := feedEntry{
		id: p.FeedID, url: s.Links.Absolute(p.Path), title: cleanText(p.Title),
		language: cmp.Or(p.Lang, s.Language), summary: summaryText(p),
		authors:   feedAuthors(p.Meta.Authors),
		published: instant(p.Published, s.Config.Timezone),
	}
	e.updated = e.published
	// A day declared for the day of publication begins before its hour.
	if p.Updated.Known() && instant(p.Updated, s.Config.Timezone).After(e.published) {
		e.updated = instant(p.Updated, s.Config.Timezone)
	}
	add := func(route, term, label string) {
		e.categories = append(e.categories, feedCategory{s.Links.Absolute(route), cleanText(term), cleanText(label)})
	}
	if p.Severity != nil {
		add("/severity/", p.Severity.ID, p.Severity.Label)
	}
	for _, t := range p.ServiceTerms {
		add("/services/", t.Name, "")
	}
	for _, t := range p.TagTerms {
		add("/tags/", t.Name, "")
	}
	return e
}

// feedAuthors keeps names and web addresses; e-mail addresses stay at home.
func feedAuthors(authors []postmortem.Author) []postmortem.Author {
	var list []postmortem.Author
	for _, a := range authors {
		author := postmortem.Author{Name: cleanText(a.Name)}
		if strings.HasPrefix(a.URL, "https://") || strings.HasPrefix(a.URL, "http://") {
			author.URL = cleanText(a.URL)
		}
		if author.Name != "" {
			list = append(list, author)
		}
	}
	return list
}

// feedHTML is the full text. What a terminal would have hidden is noise to
// whoever reads a log in a feed reader.
func feedHTML(doc *markdown.Doc, resolve markdown.Resolve) string {
	html := cleanText(string(doc.AppendHTML(nil, resolve)))
	return shownCodes.ReplaceAllLiteralString(html, "")
}
