package render

import (
	"slices"
	"strings"

	"publish/internal/bug"
	"publish/internal/config"
	"publish/internal/route"
	"publish/internal/site"
)

// The key of a route is the hash of everything that its bytes depend on (see
// route.Key). Each route comes with the rule of its key; the rules are in
// keyrules.go, one per kind of route, beside what they have in common here.
//
// A rule may add more than is shown: then a page is rendered again in vain. It
// must never add less. Therefore
//
//   - of a document's own page counts the hash of the whole file,
//   - of other documents counts what a page shows of them, or their Outline,
//   - of the configuration counts all but what a rule adds by itself
//     (ownRules), so that a new setting counts everywhere until it has a rule.

// planned is a route with the rule of its key.
type planned struct {
	*route.Route
	key func(*route.Hash)
}

func (p planned) setKey(h *route.Hash, build string) {
	h.Reset()
	h.Add(build, p.Path)
	p.key(h)
	p.Key = h.Sum()
}

// keys are what many rules need, made once.
type keys struct {
	common route.Key
	frames map[string]route.Key // by language
	// lines are what a list shows of a post, texts what it says by itself, data
	// what the data say of it, all by its place in Site.Posts.
	lines, texts, data []route.Key
	// alike are the reports like a post: its key and its page both need them.
	alike [][]site.Alike
}

// setKeys gives all routes their keys. Until now nothing was settled that
// depends on which routes there are.
func (b *builder) setKeys(all []planned) {
	var h route.Hash
	n := len(b.site.Posts)
	b.keys = keys{
		common: b.commonKey(&h), frames: map[string]route.Key{},
		lines: make([]route.Key, n), texts: make([]route.Key, n), data: make([]route.Key, n), alike: make([][]site.Alike, n),
	}
	each(n, func(h *route.Hash, i int) {
		p := b.site.Posts[i]
		b.keys.lines[i] = b.newLine(h, p)
		b.keys.texts[i] = b.newText(h, p)
		b.keys.alike[i] = p.Alike()
		if b.data && inData(p) {
			b.keys.data[i] = b.dataKey(h, p)
		}
	})
	for _, pages := range [][]*site.Page{b.site.Posts, b.site.Pages, b.site.Translations, b.site.Tombstones} {
		for _, p := range pages {
			b.keepFrame(&h, p.Lang)
		}
	}
	b.keepFrame(&h, b.site.Language)
	b.searchKeys()
	each(len(all), func(h *route.Hash, i int) { all[i].setKey(h, b.build) })
}

// each makes n keys on all processors, a few at a time.
func each(n int, make func(h *route.Hash, i int)) {
	bug.Each(n, 64, func() func(i int) {
		var h route.Hash
		return func(i int) { make(&h, i) }
	})
}

// ownRules takes out of the configuration what rules add where it is shown, and
// what no page shows.
func ownRules(c config.Config) config.Config {
	c.Description, c.PerPage, c.Content = "", 0, "" // addHome
	c.Menu = nil                                    // frameKey, as links
	c.Theme = config.Theme{}                        // frameKey: the logo, and the address of the styles
	c.Severities, c.Services = nil, nil             // as terms, and severities of pages
	c.Feed, c.Authors, c.Organization = config.Feed{}, nil, ""
	c.Pages = config.Pages{} // decides which pages there are
	c.SubscribeURL = ""      // addFeeds, addPost
	c.Checks, c.Output = nil, ""
	return c
}

// commonKey is of what any page may depend on.
func (b *builder) commonKey(h *route.Hash) route.Key {
	s := b.site
	h.Reset()
	addValue(h, ownRules(*s.Config))
	settings := s.Settings()
	h.Bytes(settings[:])
	h.Add(s.Title, s.Language)
	h.Bool(s.Jekyll)
	h.Bool(s.Options.Internal)
	h.Bool(s.Options.Portable)
	return h.Sum()
}

// addFrame adds what surrounds a page in a language, and its layout.
func (b *builder) addFrame(h *route.Hash, layout, lang string) {
	frame, ok := b.keys.frames[lang]
	if !ok {
		frame = b.frameKey(new(route.Hash), lang)
	}
	h.Key(frame)
	h.Key(b.theme.keys[layout])
}

func (b *builder) keepFrame(h *route.Hash, lang string) {
	if _, ok := b.keys.frames[lang]; !ok {
		b.keys.frames[lang] = b.frameKey(h, lang)
	}
}

// frameKey is of what surrounds every page in a language, as seen from
// anywhere: the page's own path is in its key.
func (b *builder) frameKey(h *route.Hash, lang string) route.Key {
	h.Reset()
	h.Key(b.keys.common)
	h.Add(lang)
	b.theme.addReferences(h, b.site)
	h.Bool(len(b.site.Config.Menu) == 0)
	for _, l := range b.site.Menu {
		b.addNamed(h, l, lang)
	}
	for _, path := range []string{"/feed.xml", "/updates.xml", "/history.atom", "/insights/", "/providers/", redactionsPath} {
		h.Bool(b.has[path])
	}
	h.Bool(b.promises)
	if logo := b.logo(func(route string) string { return route }); logo != nil {
		h.Add(logo.URL)
		h.Int(logo.Width)
	}
	h.Add(b.site.HomeIn(lang))
	h.Int(b.theme.cardSize.X)
	h.Int(b.theme.cardSize.Y)
	h.Bool(b.theme.marked)
	h.Bool(b.theme.byName[touchIcon] != nil)
	return h.Sum()
}

// addNamed adds what a link of the menu or the tree shows in one language.
func (b *builder) addNamed(h *route.Hash, l site.Link, lang string) {
	h.Add(l.Title)
	h.Bool(l.External)
	b.site.Links.AddAddress(h, l.Path)
	p := b.site.PageAt(l.Path)
	if p == nil {
		return
	}
	h.Bool(l.Title == p.Title)
	h.Add(p.Lang)
	if there := p.In(lang); there != p {
		h.Add(there.Title)
		b.site.Links.AddAddress(h, there.Path)
	}
}

// addTitle adds what a link shows of another page.
func (b *builder) addTitle(h *route.Hash, p *site.Page) {
	if p == nil {
		h.Bool(false)
		return
	}
	h.Bool(true)
	h.Add(p.Title, p.Lang)
	h.Bool(insidePage(p))
	b.site.Links.AddAddress(h, p.Path)
	addMoment(h, p.Date)
	b.addVersions(h, p)
}

// addVersions adds what a list in any language may show of a page.
func (b *builder) addVersions(h *route.Hash, p *site.Page) {
	if p.Original == nil { // else it is the one that is meant
		for _, t := range p.Translations {
			h.Add(t.Title)
		}
	}
	b.addLanguages(h, p)
}

// addLanguages adds where a page stands in which language.
func (b *builder) addLanguages(h *route.Hash, p *site.Page) {
	whole := p.Whole()
	h.Int(len(whole.Translations))
	if whole != p {
		h.Add(whole.Lang)
		b.site.Links.AddAddress(h, whole.Path)
	}
	for _, t := range whole.Translations {
		h.Add(t.Lang)
		b.site.Links.AddAddress(h, t.Path)
	}
}

// addSeverity adds what is shown of a page's severity.
func (b *builder) addSeverity(h *route.Hash, p *site.Page) {
	h.Bool(p.Severity != nil)
	if p.Severity == nil {
		return
	}
	h.Add(p.Severity.ID, p.Severity.Label)
	h.Int(p.Severity.Rank)
	h.Bool(slices.ContainsFunc(b.site.Config.Severities, func(s config.Severity) bool { return s.ID == p.Severity.ID }))
	if p.SeverityTerm != nil {
		h.Add(p.SeverityTerm.Name, p.SeverityTerm.Path)
	}
}

// addNames adds the names and addresses of terms.
func addNames(h *route.Hash, terms []*site.Term) {
	h.Int(len(terms))
	for _, t := range terms {
		h.Add(t.Name, t.Path)
	}
}

// addOutline adds all of a post that other pages count, measure and list.
func addOutline(h *route.Hash, p *site.Page) {
	h.Bytes(p.Document.Outline[:])
	addMoment(h, p.Date) // that of a draft without one is today's
}

// isPost says whether a page is one of the site, and not one that is ahead of
// it or only a preview.
func (b *builder) isPost(p *site.Page) bool {
	return p.Place < len(b.site.Posts) && b.site.Posts[p.Place] == p
}

// alike are the reports like a page.
func (b *builder) alike(p *site.Page) []site.Alike {
	if b.isPost(p) {
		return b.keys.alike[p.Place]
	}
	return p.Alike()
}

// line is the key of a post's line in a list.
func (b *builder) line(p *site.Page) route.Key {
	if b.isPost(p) {
		return b.keys.lines[p.Place]
	}
	return b.newLine(new(route.Hash), p)
}

// newLine is of everything that an Entry is made of.
func (b *builder) newLine(h *route.Hash, p *site.Page) route.Key {
	h.Reset()
	whole := p.Whole()
	h.Add(string(p.Kind), string(p.Status), p.Preview, string(whole.DataLoss))
	b.addTitle(h, p)
	b.addSeverity(h, p)
	addNames(h, p.ServiceTerms)
	d := whole.Length
	h.Add(d.Written)
	h.Int(int(d.Value))
	h.Bool(d.Known)
	h.Bool(d.Approximate)
	h.Bool(p.Open)
	if whole.LastUpdate != nil {
		addMoment(h, *whole.LastUpdate)
	}
	return h.Sum()
}

// newText is of a post's own text and front matter and of what it is filed
// under: what its page and the feeds show.
func (b *builder) newText(h *route.Hash, p *site.Page) route.Key {
	h.Reset()
	settings := b.site.Settings() // the same bytes say less to the public
	h.Bytes(settings[:])
	b.addDocument(h, p)
	b.addSeverity(h, p)
	addNames(h, p.ServiceTerms)
	addNames(h, p.TagTerms)
	return h.Sum()
}

// addLines adds a list of posts.
func (b *builder) addLines(h *route.Hash, pages []*site.Page) {
	h.Int(len(pages))
	for _, p := range pages {
		h.Key(b.line(p))
	}
}

// addPages adds a list of posts by year.
func (b *builder) addPages(h *route.Hash, pages []*site.Page) {
	b.addLines(h, pages)
	var year *site.Term
	for _, p := range pages {
		if p.Year != nil && p.Year != year {
			year = p.Year
			h.Add(year.Name, year.Path)
		}
	}
}

// addTerm adds what is said of a term.
func addTerm(h *route.Hash, t *site.Term) {
	h.Add(t.Kind, t.Name, t.Slug, t.Path, t.Group, t.Note)
	h.Int(t.Rank)
}

// addLate adds which of a post's countermeasures are late today, where that may
// be shown.
func (b *builder) addLate(h *route.Hash, p *site.Page) {
	if !b.site.Shows("late") {
		return
	}
	var late strings.Builder
	list := p.Meta().Countermeasures
	for i := range list {
		if b.site.Late(&list[i]) {
			late.WriteByte('1')
		} else {
			late.WriteByte('0')
		}
	}
	h.Add(late.String())
}
