package render

import (
	"publish/internal/postmortem"
	"publish/internal/route"
	"publish/internal/site"
)

// addDocument is the rule of a document's page, and of what every document
// shows: its own text and front matter, and where its links lead.
func (b *builder) addDocument(h *route.Hash, p *site.Page) {
	b.site.Links.AddAddress(h, p.Path)
	h.Add(p.Document.Path, p.ID, p.Preview)
	h.Bytes(p.Document.Hash[:])
	addMoment(h, p.Date) // that of a draft without one is today's
	b.site.AddLinks(h, p)
	b.addLanguages(h, p)
	if p.Original != nil {
		h.Bytes(p.Original.Document.Hash[:]) // its facts are shown
	}
}

// addPage is the rule of a page of the site's own.
func (b *builder) addPage(h *route.Hash, p *site.Page) {
	b.addDocument(h, p)
	b.addTree(h, p.Whole().Path)
	for _, above := range b.above(p) {
		b.addTitle(h, above)
	}
}

// addPost is the rule of the page of a postmortem, a post or a maintenance: its
// place in the site, and what it shows of other posts.
func (b *builder) addPost(h *route.Hash, p *site.Page) {
	if b.isPost(p) {
		h.Key(b.keys.texts[p.Place])
	} else {
		h.Key(b.newText(new(route.Hash), p))
	}
	h.Bool(p.Year != nil)
	if p.Year != nil {
		h.Add(p.Year.Name, p.Year.Path)
	}
	h.Bool(b.termFeeds)
	h.Bool(b.hasData(p.Whole()))
	h.Add(b.site.Config.Organization, b.site.Config.SubscribeURL)
	b.addTitle(h, p.Older)
	b.addTitle(h, p.Newer)
	b.addTitle(h, p.RecurrenceOf)
	b.addLines(h, p.Recurrences)
	b.addLines(h, p.Related)
	alike := b.alike(p)
	h.Int(len(alike))
	for _, other := range alike {
		h.Key(b.line(other.Page))
		addNames(h, other.Shared)
	}
	b.addLate(h, p)
	b.addTree(h, p.Whole().Path)
}

// addHome is the rule of the home page and of those that follow it.
func (b *builder) addHome(h *route.Hash, number, count int, open, pages []*site.Page, text *site.Page) {
	c := b.site.Config
	h.Add(c.Description, c.Organization)
	h.Int(number)
	h.Int(count)
	b.addPages(h, pages)
	if len(b.site.Posts) == 0 {
		h.Add(c.Content)
	}
	if number > 1 {
		return
	}
	b.addHomes(h)
	b.addLines(h, open)
	addNews(h, open, b.site.Language)
	b.addFacets(h)
	b.addMonths(h)
	b.addTree(h, "/")
	h.Bool(text != nil)
	if text != nil {
		h.Bool(b.site.HomeBelow)
		b.addDocument(h, text)
	}
}

// addNews adds what was said last of incidents that still run.
func addNews(h *route.Hash, open []*site.Page, lang string) {
	for _, p := range open {
		news, in := lastSaid(p, p.In(lang))
		h.Add(news, in.Lang)
	}
}

// addFacets adds the ways to browse above the list.
func (b *builder) addFacets(h *route.Hash) {
	for _, kind := range taxonomies {
		terms := kind.terms(b.site)
		h.Int(len(terms))
		for _, t := range mostUsed(terms, maxFacetLinks) {
			h.Add(t.Name, t.Path)
			h.Int(len(t.Pages))
		}
	}
	for _, p := range b.providers[:min(len(b.providers), maxFacetLinks)] {
		h.Add(p.Name, p.Slug)
		h.Int(len(p.Incidents))
	}
}

// addTerms is the rule of the index of a kind of terms.
func addTerms(h *route.Hash, terms []*site.Term) {
	for _, t := range terms {
		addTerm(h, t)
		h.Int(len(t.Pages))
	}
}

// addCalendar is the rule of the days by which countermeasures are due.
func (b *builder) addCalendar(h *route.Hash) {
	h.Key(b.keys.common)
	for _, p := range b.site.Posts {
		if promises(p) && p.Preview == "" {
			h.Add(b.site.Config.Feed.ID, p.ID, p.Title)
			b.site.Links.AddAddress(h, p.Path)
			addOutline(h, p)
		}
	}
}

// addInsights is the rule of the page of insights.
func (b *builder) addInsights(h *route.Hash) {
	for _, p := range b.site.Posts {
		if p.Kind == postmortem.KindPostmortem {
			h.Key(b.line(p))
			addOutline(h, p)
		}
	}
}

// addProviders is the rule of the page of providers.
func (b *builder) addProviders(h *route.Hash) {
	for _, v := range b.providers {
		h.Add(v.Name, v.Slug)
		h.Int(len(v.Incidents))
		for _, i := range v.Incidents {
			h.Key(b.line(i.Page))
			h.Int(len(i.Own))
			for _, own := range i.Own {
				h.Add(own.ID, own.URL)
			}
		}
	}
}

// addFeeds is the rule of the page about feeds.
func (b *builder) addFeeds(h *route.Hash) {
	h.Add(b.site.Config.SubscribeURL)
	for _, path := range []string{"/rss.xml", "/feed.json", "/postmortems.json", tablePath} {
		h.Bool(b.has[path])
	}
	for _, kind := range taxonomies {
		for _, t := range kind.terms(b.site) {
			if b.hasFeed(t) {
				h.Add(kind.name, t.Name, t.Path)
			}
		}
	}
}

// feedKey is the rule of a feed of the reports among the pages, which holds the
// full texts of the newest.
func (b *builder) feedKey(pages []*site.Page) route.Key {
	var h route.Hash
	c := b.site.Config
	h.Add(c.Feed.ID, c.Organization)
	h.Add(c.Authors...)
	for _, p := range newestReports(b.site, pages) {
		h.Add(p.FeedID, p.Head.Withdrawn)
		if p.Head.Withdrawn != "" {
			b.site.Links.AddAddress(&h, p.Path)
			h.Add(p.Lang, p.Reported.String())
			addMoment(&h, p.Updated)
			continue
		}
		h.Key(b.keys.texts[p.Place])
	}
	return h.Sum()
}

// dataKey is the rule of what the data say of a post.
func (b *builder) dataKey(h *route.Hash, p *site.Page) route.Key {
	h.Reset()
	h.Key(b.keys.common)
	addOutline(h, p)
	h.Add(p.Document.Path, p.ID)
	b.site.Links.AddAddress(h, p.Path)
	b.addSeverity(h, p)
	addNames(h, p.ServiceTerms)
	addNames(h, p.TagTerms)
	b.addLanguages(h, p)
	h.Int(len(p.Related))
	for _, other := range p.Related {
		h.Add(other.ID)
	}
	if p.RecurrenceOf != nil {
		h.Add(p.RecurrenceOf.ID)
	}
	return h.Sum()
}

// addAllData is the rule of /postmortems.json.
func (b *builder) addAllData(h *route.Hash) {
	h.Key(b.keys.common)
	for i, p := range b.site.Posts {
		if inData(p) {
			h.Key(b.keys.data[i])
		}
	}
}

// addSitemap is the rule of a sitemap that holds everything.
func (b *builder) addSitemap(h *route.Hash, overviews []string) {
	h.Key(b.keys.common)
	add := func(p *site.Page) {
		b.site.Links.AddAddress(h, p.Path)
		h.Bool(p.Preview != "")
		h.Add(p.Head.CanonicalURL)
		addMoment(h, p.Updated)
		addMoment(h, p.Published)
		b.addLanguages(h, p)
	}
	if b.site.Home != nil {
		add(b.site.Home)
	}
	for _, pages := range [][]*site.Page{b.site.Posts, b.site.Pages, b.site.Translations} {
		h.Int(len(pages))
		for _, p := range pages {
			add(p)
		}
	}
	h.Add(overviews...)
}
