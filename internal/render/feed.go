package render

import (
	"cmp"
	"html"
	"io"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"publish/internal/diag"
	"publish/internal/locale"
	"publish/internal/postmortem"
	"publish/internal/route"
	"publish/internal/site"
)

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

// feedEntry is one report, or one piece of news.
type feedEntry struct {
	id, url, title, language string
	summary                  string // plain
	content                  string // HTML, perhaps shortened (feedRoom)
	escaped                  string // the same as text in XML, where it is known
	authors                  []postmortem.Author
	published, updated       time.Time
	categories               []feedCategory
}

// feedCategory is a term with the URL of its taxonomy.
type feedCategory struct{ scheme, term, label string }

// siteFeeds gives the main feed in all formats; aliases gives it under its old
// addresses, with the same bytes, since a host of files cannot redirect a
// reader of feeds. They name the address that it has now, which some readers
// take over.
func (b *builder) siteFeeds() (routes []planned, aliases []feedAlias) {
	// The formats share one collection: its texts are rendered once.
	collect := sync.OnceValue(func() *feed { return siteFeed(b.site, &b.feedTexts) })
	key := sync.OnceValue(func() route.Key { return b.feedKey(inFeed(b.site)) })
	plan := func(format feedFormat, path, source string) planned {
		return b.feedRoute(format, path, source, b.site.Links.Absolute(format.path), collect, func(h *route.Hash) {
			h.Add(format.name, b.site.Config.Description)
			h.Key(key())
		})
	}
	for _, format := range feedFormats {
		routes = append(routes, plan(format, format.path, format.name))
	}
	for _, alias := range b.site.Config.Feed.Aliases {
		format := aliasFormat(alias.Path)
		aliases = append(aliases, feedAlias{plan(format, alias.Path, format.name+" under an old address"), alias.Pos})
	}
	return routes, aliases
}

// feedAlias is a feed at an old address, which the configuration names.
type feedAlias struct {
	planned
	pos diag.Pos
}

// addAliases adds the old addresses of the feed to all other routes. Whoever
// put one there counts on it: something else in its place is a mistake.
func (b *builder) addAliases(all []planned) ([]planned, diag.List) {
	if !b.termFeeds || len(b.site.Config.Feed.Aliases) == 0 {
		return all, nil
	}
	var diags diag.List
	taken := make(map[string]*route.Route, len(all))
	for _, r := range all {
		taken[route.Fold(r.File())] = r.Route
	}
	_, aliases := b.siteFeeds()
	for _, alias := range aliases {
		file := route.Fold(alias.File())
		if other := taken[file]; other != nil {
			diags.Report(diag.URLCollision, alias.pos, "take it out of `feed.aliases`, or move what stands there",
				"the old address %q of the feed is that of %q", alias.Path, other.Source)
			continue
		}
		taken[file] = alias.Route
		all = append(all, alias.planned)
	}
	return all, diags
}

// termFeedRoutes gives the feed of each term.
func (b *builder) termFeedRoutes() []planned {
	if !b.termFeeds {
		return nil
	}
	var routes []planned
	for _, terms := range [][]*site.Term{b.site.Services, b.site.Severities, b.site.Tags} {
		for _, t := range terms {
			routes = append(routes, b.feedRoute(feedFormats[0], termFeedPath(t), "feed of the "+t.Kind+" "+t.Name, b.site.Links.Absolute(termFeedPath(t)),
				func() *feed { return termFeed(b.site, &b.feedTexts, t) },
				func(h *route.Hash) { addTerm(h, t); h.Key(b.feedKey(t.Pages)) }))
		}
	}
	return routes
}

func (b *builder) feedRoute(format feedFormat, path, source, self string, collect func() *feed, key func(*route.Hash)) planned {
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

// updatesRoute gives the feed of everything that happens to reports (newestNews).
func (b *builder) updatesRoute() planned {
	return b.feedRoute(feedFormats[0], updatesPath, "feed of updates", b.site.Links.Absolute(updatesPath), func() *feed { return updatesFeed(b.site, &b.feedTexts) },
		func(h *route.Hash) { h.Key(b.updatesKey()) })
}

// termFeedPath is the route of a term's feed.
func termFeedPath(t *site.Term) string { return strings.TrimSuffix(t.Path, "/") + "/feed.xml" }

// inFeed are the pages from which the main feed is made: a report that was
// withdrawn keeps its entry, since readers of feeds keep what they have fetched
// until the entry of the same id says something else.
// Translations have no entries, and what says no reason of its own is none.
func inFeed(s *site.Site) []*site.Page {
	gone := slices.DeleteFunc(slices.Clone(s.Tombstones), func(p *site.Page) bool { return p.Translates != "" || p.Head.Withdrawn == "" })
	return slices.Concat(s.Posts, gone)
}

func siteFeed(s *site.Site, texts *feedTexts) *feed {
	f := newFeed(s, texts, inFeed(s))
	f.id, f.title, f.home = site.FeedID(s.Config.Feed.ID, ""), siteName(s), s.Links.Absolute("/")
	if s.Jekyll && s.Config.Feed.ID == "" {
		f.id = s.Links.Absolute(feedFormats[0].path) // as jekyll-feed has it
	}
	f.subtitle = cleanText(s.Config.Description)
	return f
}

func termFeed(s *site.Site, texts *feedTexts, t *site.Term) *feed {
	f := newFeed(s, texts, t.Pages)
	// Ids of posts are names of files or of their authors; none has a space
	// and a slash in this place.
	f.id = site.FeedID(s.Config.Feed.ID, "feed "+t.Path)
	f.title, f.home = cleanText(t.Name)+" · "+siteName(s), s.Links.Absolute(t.Path)
	f.subtitle = cleanText(t.Note)
	return f
}

// newFeed makes a feed of the reports among the pages, the last published
// first.
func newFeed(s *site.Site, texts *feedTexts, pages []*site.Page) *feed {
	f := emptyFeed(s)
	room := newFeedRoom()
	for _, p := range newestReports(s, pages) {
		if p.Head.Withdrawn != "" {
			f.add(withdrawnEntry(s, p))
			continue
		}
		e := newFeedEntry(s, p)
		var text feedText
		e.content = room.take(&e, func() string {
			text = texts.of(s, p)
			return text.html
		})
		if e.content == text.html {
			e.escaped = text.escaped
		}
		f.add(e)
	}
	return f
}

// emptyFeed is what all feeds of a site have in common.
func emptyFeed(s *site.Site) *feed {
	f := &feed{language: s.Language, rights: cleanText(s.Config.License), updated: time.Unix(0, 0).UTC()}
	for _, name := range s.Config.Authors {
		f.authors = append(f.authors, cleanText(name))
	}
	if len(f.authors) == 0 {
		f.authors = []string{cmp.Or(cleanText(s.Config.Organization), siteName(s))}
	}
	return f
}

func (f *feed) add(e feedEntry) {
	if e.updated.After(f.updated) {
		f.updated = e.updated
	}
	f.entries = append(f.entries, e)
}

// withdrawnEntry is what stays of the entry of a report that was withdrawn: its
// id, its address and its times, with the reason in the place of everything else.
func withdrawnEntry(s *site.Site, p *site.Page) feedEntry {
	w := words{locale.For(cmp.Or(p.Lang, s.Language))}
	reason := w.T("withdrawn_reason", cleanText(p.Head.Withdrawn))
	e := feedEntry{
		id: p.FeedID, url: s.Links.Absolute(p.Path), language: cmp.Or(p.Lang, s.Language),
		title: w.T("withdrawn_title"), summary: reason, content: "<p>" + html.EscapeString(reason) + "</p>",
		published: p.Reported,
	}
	e.updated = e.published
	if p.Updated.Known() && p.Updated.Instant(s.Config.Timezone).After(e.published) {
		e.updated = p.Updated.Instant(s.Config.Timezone)
	}
	return e
}

func newFeedEntry(s *site.Site, p *site.Page) feedEntry {
	e := feedEntry{
		id: p.FeedID, url: s.Links.Absolute(p.Path), title: cleanText(p.Title),
		language: cmp.Or(p.Lang, s.Language), summary: summaryText(p),
		authors:   feedAuthors(p.Meta().Authors),
		published: p.Reported,
	}
	e.updated = e.published
	// A day declared for the day of publication begins before its hour.
	if p.Updated.Known() && p.Updated.Instant(s.Config.Timezone).After(e.published) {
		e.updated = p.Updated.Instant(s.Config.Timezone)
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
func feedHTML(html []byte) string {
	return shownCodes.ReplaceAllLiteralString(cleanText(string(html)), "")
}
