package render

import (
	"cmp"
	"slices"

	"publish/internal/postmortem"
	"publish/internal/route"
	"publish/internal/site"
)

// builtin are the layouts that publish itself chooses. Any other file in
// layouts/ is for documents that name it in their field `layout`.
var builtin = map[string]bool{
	"base": true, "home": true, "list": true, "index": true, "archive": true, "feeds": true, "404": true,
	"countermeasures": true, "insights": true, "providers": true, "redactions": true,
	"redirect": true, "search": true, "tombstone": true, "postmortem": true, "post": true, "maintenance": true, "page": true,
}

// layoutOf is the layout of a document: its own if the theme has one of that
// name, else that of its kind. A Jekyll post's `layout: post` says nothing.
func (b *builder) layoutOf(p *site.Page) string {
	if name := p.Head.Layout; !builtin[name] && b.theme.pages[name] != "" {
		return name
	}
	return string(p.Kind)
}

// documents gives the pages of all documents.
func (b *builder) documents() []planned {
	routes := make([]planned, 0, len(b.site.Posts)+len(b.site.Pages)+len(b.site.Translations)+len(b.site.Tombstones))
	for _, p := range slices.Concat(b.site.Posts, b.site.Pages) {
		routes = append(routes, b.document(p))
	}
	for _, p := range b.site.Translations {
		if !b.isHomeText(p) {
			routes = append(routes, b.document(p))
		}
	}
	for _, p := range b.site.Tombstones {
		routes = append(routes, b.route(p.Path, p.Document.Path, "tombstone", p.Lang, func() any { return b.tombstone(p) },
			func(h *route.Hash) { h.Add(p.Head.Withdrawn) }))
	}
	return routes
}

// document gives the page of one public document.
func (b *builder) document(p *site.Page) planned {
	if p.Kind == postmortem.KindPage {
		return b.route(p.Path, p.Document.Path, b.layoutOf(p), p.Lang, func() any { return b.page(p) },
			func(h *route.Hash) { b.addPage(h, p) })
	}
	return b.route(p.Path, p.Document.Path, b.layoutOf(p), p.Lang, func() any { return b.post(p) },
		func(h *route.Hash) { b.addPost(h, p) })
}

// documentFrame is the frame of a document's own page.
func (b *builder) documentFrame(layout string, p *site.Page) Frame {
	f := b.frame(layout, p.Path, p.Lang, shownTitle(p))
	f.Description = cleanText(p.Excerpt())
	f.Canonical = cmp.Or(p.Head.CanonicalURL, f.Canonical)
	if len(p.ImageHosts) > 0 {
		f.Policy = b.policy(p.ImageHosts)
	}
	f.Preview = cleanText(p.Preview)
	f.Hidden = p.Preview != ""
	f.InsidePage = f.Inside && insidePage(p)
	f.Navigation = b.navigation(&f, p.Whole().Path)
	b.otherLanguages(&f, p)
	if license := licenseLink(p.Meta().License); license != nil {
		f.License = license
	}
	return f
}

func (b *builder) page(p *site.Page) *Plain {
	v := &Plain{Frame: b.documentFrame("page", p)}
	v.TextLang, v.TextDir = textLang(&v.Frame, p.Lang)
	v.Text = shownText(p, b.site.Resolver(p))
	v.Contents = b.contents(p)
	v.Breadcrumb = b.trail(&v.Frame, p)
	v.Older, v.Newer = b.beside(&v.Frame, p.Path)
	return v
}

// contents nests headings by their levels. A single one needs no table.
func (b *builder) contents(p *site.Page) []Content {
	words := b.words(p.Lang)
	top := make([]Content, 0, len(p.Body().Headings))
	var open []*[]Content // the lists above the next item, one per level
	var levels []int
	for _, h := range p.Body().Headings {
		for len(levels) > 0 && levels[len(levels)-1] >= h.Shown {
			levels, open = levels[:len(levels)-1], open[:len(open)-1]
		}
		list := &top
		if len(open) > 0 {
			list = open[len(open)-1]
		}
		*list = append(*list, Content{
			ID: h.ID, Text: words.Spaced(cleanText(h.Text)), Inside: inside(words, b.site.Options.Internal && insideLine(p.Document, h.Pos.Line)),
		})
		levels, open = append(levels, h.Shown), append(open, &(*list)[len(*list)-1].Items)
	}
	return top
}

// tombstone is what stays of a page that was withdrawn.
func (b *builder) tombstone(p *site.Page) *Plain {
	v := &Plain{Frame: b.frame("tombstone", p.Path, p.Lang, b.words(p.Lang).T("withdrawn_title"))}
	v.Hidden = true
	v.Reason = cleanText(p.Head.Withdrawn)
	return v
}

// feeds explains the feeds and the data to people.
func (b *builder) feeds() []planned {
	if !b.has["/feed.xml"] {
		return nil
	}
	lang := b.site.Language
	return []planned{b.route("/feeds/", "page about feeds", "feeds", lang, func() any {
		w := b.words(lang)
		v := &Feeds{Frame: b.frame("feeds", "/feeds/", lang, w.T("subscribe"))}
		v.Main = b.existing(&v.Frame, w, "/feed.xml", "feed_reports_text", "/updates.xml", "feed_updates_text",
			"/rss.xml", "feed_rss_text", "/feed.json", "feed_json_text",
			"/history.atom", "feed_history_text", "/history.rss", "feed_history_rss_text")
		v.Data = b.existing(&v.Frame, w, "/postmortems.json", "data_json_text", tablePath, "data_csv_text")
		for _, kind := range taxonomies {
			for _, t := range kind.terms(b.site) {
				if b.hasFeed(t) {
					v.Terms = append(v.Terms, Link{Text: w.T(kind.title, cleanText(t.Name)), URL: v.link(termFeedPath(t))})
				}
			}
		}
		if u := b.site.Config.SubscribeURL; u != "" {
			v.Notify = &Link{Text: u, URL: u, External: true}
		}
		return v
	}, b.addFeeds)}
}

// existing links those of the routes that the site has; pairs of route and key
// of the words.
func (b *builder) existing(f *Frame, w words, pairs ...string) []Link {
	var links []Link
	for i := 0; i+1 < len(pairs); i += 2 {
		if b.has[pairs[i]] {
			url := cmp.Or(b.site.Links.Absolute(pairs[i]), f.link(pairs[i]))
			links = append(links, Link{Text: url, URL: f.link(pairs[i]), Note: w.T(pairs[i+1])})
		}
	}
	return links
}

// redirects answer old addresses: a host of files can only answer with a page
// that sends its reader on.
func (b *builder) redirects() []planned {
	var routes []planned
	for _, r := range b.site.Redirects {
		routes = append(routes, b.route(r.From, r.To.Document.Path, "redirect", r.To.Lang, func() any {
			v := &Moved{Frame: b.frame("redirect", r.From, r.To.Lang, b.words(r.To.Lang).T("moved"))}
			to := linkTo(&v.Frame, r.To)
			v.URL, v.To, v.TextLang, v.TextDir, v.Hidden = to.URL, to.Text, to.Lang, to.Dir, true
			v.Canonical = b.site.Links.Absolute(r.To.Path)
			return v
		}, func(h *route.Hash) { b.addTitle(h, r.To) }))
	}
	return routes
}
