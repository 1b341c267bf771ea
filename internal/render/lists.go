package render

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"

	"publish/internal/locale"
	"publish/internal/route"
	"publish/internal/site"
)

// route makes a route whose page is made anew each time it is written. The key
// is of what the page shows inside its frame.
func (b *builder) route(path, source, layout, lang string, view func() any, key func(*route.Hash)) planned {
	r := &route.Route{Path: path, Source: source, Render: func(w io.Writer) error {
		return b.theme.render(w, layout, lang, view())
	}}
	return planned{r, func(h *route.Hash) {
		b.addFrame(h, layout, lang)
		key(h)
	}}
}

// home gives the home page and those that follow it.
func (b *builder) home() []planned {
	open, rest := byState(b.site.Posts)
	count := b.homeCount(rest)
	routes := make([]planned, count)
	for i := range routes {
		routes[i] = b.homePage(i+1, open, rest, b.site.Home)
	}
	return routes
}

// byState parts the incidents that still run from all other posts.
func byState(posts []*site.Page) (open, rest []*site.Page) {
	for _, p := range posts {
		if p.Open {
			open = append(open, p)
		} else {
			rest = append(rest, p)
		}
	}
	return open, rest
}

func (b *builder) homeCount(rest []*site.Page) int {
	perPage := max(b.site.Config.PerPage, 1)
	return max((len(rest)+perPage-1)/perPage, 1)
}

// homePage is one of the pages, with the site's own text on the first.
func (b *builder) homePage(number int, open, rest []*site.Page, text *site.Page) planned {
	perPage, count := max(b.site.Config.PerPage, 1), b.homeCount(rest)
	pages := rest[min((number-1)*perPage, len(rest)):min(number*perPage, len(rest))]
	return b.route(homePath(number), "home page", "home", b.site.Language,
		func() any { return b.homeView(number, count, open, pages, text) },
		func(h *route.Hash) { b.addHome(h, number, count, open, pages, text) })
}

// languageHomes are the home pages of the languages into which something is
// translated: what there is in that language, for its readers, who find it there
// and not among the titles of another.
func (b *builder) languageHomes() []planned {
	var routes []planned
	for _, lang := range b.site.Languages {
		path := b.site.HomeIn(lang)
		if path == "/" {
			continue
		}
		routes = append(routes, b.languageHome(lang, path, b.homeTextIn(lang)))
	}
	return routes
}

// languageHome is one of them, with the site's own text.
func (b *builder) languageHome(lang, path string, text *site.Page) planned {
	pages, source := b.site.InLanguage(lang), "home page in \""+lang+"\""
	if text != nil {
		source = text.Document.Path
	}
	return b.route(path, source, "home", lang,
		func() any { return b.languageHomeView(path, lang, pages, text) },
		func(h *route.Hash) {
			b.addPages(h, pages)
			open, _ := byState(pages)
			addNews(h, open, lang)
			b.addHomes(h)
			h.Add(b.site.Config.Organization)
			h.Bool(text != nil)
			if text != nil {
				h.Bool(b.site.HomeBelow)
				b.addDocument(h, text)
			}
		})
}

func (b *builder) languageHomeView(path, lang string, pages []*site.Page, text *site.Page) *Home {
	w := b.words(lang)
	v := &Home{Frame: b.frame("home", path, lang, siteName(b.site)), Number: 1}
	v.Breadcrumb = nil
	open, rest := byState(pages)
	v.Open = b.running(&v.Frame, open)
	v.Years = b.years(&v.Frame, rest, w)
	b.homeText(v, text)
	b.homeLanguages(&v.Frame)
	return v
}

// homeTextIn is the translation of the text of the home page, or nil.
func (b *builder) homeTextIn(lang string) *site.Page {
	if b.site.Home == nil {
		return nil
	}
	for _, t := range b.site.Home.Translations {
		if b.isHomeText(t) && t.Lang == lang {
			return t
		}
	}
	return nil
}

// isHomeText says whether a translation is the text of a home page.
func (b *builder) isHomeText(p *site.Page) bool {
	return b.site.Home != nil && p.Original == b.site.Home && p.Path == b.site.HomeIn(p.Lang)
}

// homeLanguages are the home pages of the languages.
func (b *builder) homeLanguages(f *Frame) {
	add := func(lang, path string) {
		f.Languages = append(f.Languages, b.language(f, lang, path))
	}
	add(b.site.Language, "/")
	for _, lang := range b.site.Languages {
		if path := b.site.HomeIn(lang); path != "/" {
			add(lang, path)
		}
	}
	if len(f.Languages) == 1 {
		f.Languages = nil
		return
	}
	f.Languages[0].Default = true
}

// addHomes adds which languages have a home page.
func (b *builder) addHomes(h *route.Hash) {
	h.Int(len(b.site.Languages))
	for _, lang := range b.site.Languages {
		h.Add(lang, b.site.HomeIn(lang))
	}
}

// otherLanguages are the versions of a document's page.
func (b *builder) otherLanguages(f *Frame, p *site.Page) {
	whole := p.Whole()
	if p == whole && len(p.Translations) == 0 {
		return
	}
	lang := cmp.Or(whole.Lang, b.site.Language)
	f.Languages = []Language{b.language(f, lang, whole.Path)}
	f.Languages[0].Default = true
	f.Languages[0].Current = p == whole
	for _, t := range whole.Translations {
		l := b.language(f, t.Lang, t.Path)
		l.Current = t.Path == p.Path
		f.Languages = append(f.Languages, l)
	}
}

func (b *builder) language(f *Frame, lang, path string) Language {
	return Language{Tag: lang, Name: locale.Name(lang), URL: f.link(path),
		Address: cmp.Or(b.site.Links.Absolute(path), f.link(path)), Current: f.link(path) == f.link(f.route)}
}

func homePath(number int) string {
	if number == 1 {
		return "/"
	}
	return "/page/" + strconv.Itoa(number) + "/"
}

func (b *builder) homeView(number, count int, open, pages []*site.Page, text *site.Page) *Home {
	w := b.words(b.site.Language)
	v := &Home{Frame: b.frame("home", homePath(number), b.site.Language, siteName(b.site)), Number: number}
	v.Description = cleanText(b.site.Config.Description)
	v.Years = b.years(&v.Frame, pages, w)
	if count > 1 {
		v.Position = w.T("page_n_of", number, count)
	}
	if number > 1 {
		v.HeadTitle = v.Title + " – " + w.T("page_n", number)
		v.Hidden = true // the archive leads everywhere; these pages shift with every report
		v.Newer = v.link(homePath(number - 1))
		v.Breadcrumb[1].Text = v.Position
	}
	if number < count {
		v.Older = v.link(homePath(number + 1))
	}
	if number == 1 {
		b.homeLanguages(&v.Frame)
		v.Open = b.running(&v.Frame, open)
		v.Facets, v.Archive = b.facets(&v.Frame, w), v.link(archivePath)
		v.Calendar = b.calendar(&v.Frame, w)
		v.Navigation = b.navigation(&v.Frame, "/")
		b.homeText(v, text)
	}
	if len(b.site.Posts) == 0 && (text == nil || b.site.HomeBelow) { // a home page of one's own says enough
		v.Sample, v.Folder = sample(w), cmp.Or(b.site.Config.Content, "content")+"/"
	}
	return v
}

// homeText puts the site's own text on its home page.
func (b *builder) homeText(v *Home, p *site.Page) {
	if p == nil {
		return
	}
	v.Title, v.Below = shownTitle(p), b.site.HomeBelow
	v.TextLang, v.TextDir = textLang(&v.Frame, p.Lang)
	v.Text = shownText(p, b.site.Resolver(p))
	v.Policy = b.policy(p.ImageHosts)
	if v.Below {
		v.Title = v.SiteTitle
	}
}

// sample is a first postmortem, for a site that has none.
func sample(w words) string {
	var s bytes.Buffer
	fmt.Fprintf(&s, "---\ntitle: %s\ndate: 2026-02-03\nseverity: SEV2\ntimeline:\n", w.T("empty_sample_title"))
	fmt.Fprintf(&s, "  - 09:12 %s\n  - 10:40 %s\n---\n\n%s\n", w.T("empty_sample_event_1"), w.T("empty_sample_event_2"), w.T("empty_sample_text"))
	return s.String()
}

// years groups pages, which come newest first, by year and month.
func (b *builder) years(f *Frame, pages []*site.Page, w words) []Year {
	all := b.entries(f, pages) // years and months are stretches of it
	var years []Year
	year, month := 0, 0 // where the last ones begin
	for i, p := range pages {
		t := p.Date.Time
		if len(years) == 0 || t.Year() != pages[year].Date.Time.Year() {
			years, year = append(years, Year{Name: fmt.Sprintf("%04d", t.Year())}), i
			if p.Year != nil && p.Year.Path != f.route && f.Home == f.link("/") {
				years[len(years)-1].URL = f.link(p.Year.Path)
			}
		}
		y := &years[len(years)-1]
		name := w.MonthName(t.Month())
		if len(y.Months) == 0 || y.Months[len(y.Months)-1].Name != name {
			y.Months, month = append(y.Months, Month{Name: name}), i
		}
		y.Entries, y.Months[len(y.Months)-1].Entries = all[year:i+1:i+1], all[month:i+1:i+1]
	}
	for i := range years {
		years[i].Count = w.N("reports", len(years[i].Entries))
	}
	return years
}

// taxonomies are the ways to group posts: a way more is a row more. The keys
// are those of the words.
var taxonomies = []struct {
	name, label string
	title       string // of one term
	index       string // where all terms are listed
	terms       func(*site.Site) []*site.Term
}{
	{"service", "services", "service_n", "/services/", func(s *site.Site) []*site.Term { return s.Services }},
	{"severity", "severity", "severity_n", "/severity/", func(s *site.Site) []*site.Term { return s.Severities }},
	{"tag", "tags", "tag_n", "/tags/", func(s *site.Site) []*site.Term { return s.Tags }},
	{"year", "years", "year_n", "/archive/", func(s *site.Site) []*site.Term { return s.Years }},
}

// terms gives the page of every term and the index of every kind.
func (b *builder) terms() []planned {
	lang := b.site.Language
	var routes []planned
	for _, kind := range taxonomies {
		terms := kind.terms(b.site)
		for _, t := range terms {
			routes = append(routes, b.route(t.Path, kind.name+" \""+t.Name+"\"", "list", lang, func() any {
				return b.termView(t, kind.title, kind.label, kind.index)
			}, func(h *route.Hash) { addTerm(h, t); b.addPages(h, t.Pages) }))
		}
		if len(terms) > 0 && kind.index != "/archive/" {
			routes = append(routes, b.route(kind.index, "index of "+kind.label, "index", lang, func() any {
				return b.indexView(kind.name, kind.label, kind.index, terms)
			}, func(h *route.Hash) { addTerms(h, terms) }))
		}
	}
	return routes
}

func (b *builder) termView(t *site.Term, title, label, index string) *List {
	w := b.words(b.site.Language)
	v := &List{Frame: b.frame("list", t.Path, b.site.Language, w.T(title, t.Name)), Kind: t.Kind, Note: cleanText(t.Note)}
	v.Description = v.Note
	v.Count = w.N("reports", len(t.Pages))
	v.Years = b.years(&v.Frame, t.Pages, w)
	if t.Kind == "severity" {
		v.Severity = &Severity{ID: t.Slug, Label: cleanText(t.Name), Rank: t.Rank}
	}
	parent := Link{Text: w.T(label), URL: v.link(index)}
	if t.Kind == "year" {
		parent.Text = w.T("archive")
	}
	v.Breadcrumb = []Link{{Text: w.T("home"), URL: v.link("/")}, parent, {Text: cleanText(t.Name), Current: true}}
	if feed := termFeedPath(t); b.hasFeed(t) {
		v.Feed = v.link(feed)
		v.Feeds = append(v.Feeds, Alternate{w.T("feed_term", v.Title), v.Feed, "application/atom+xml"})
	}
	return v
}

func (b *builder) indexView(kind, label, path string, terms []*site.Term) *Index {
	w := b.words(b.site.Language)
	v := &Index{Frame: b.frame("index", path, b.site.Language, w.T(label)), Kind: kind}
	v.Breadcrumb = []Link{{Text: w.T("home"), URL: v.link("/")}, {Text: v.Title, Current: true}}
	grouped := slices.ContainsFunc(terms, func(t *site.Term) bool { return t.Group != "" })
	byName := map[string]int{}
	for _, t := range terms {
		name := t.Group
		if name == "" && grouped {
			name = w.T("other_services")
		}
		at, ok := byName[name]
		if !ok {
			at = len(v.Groups)
			byName[name] = at
			v.Groups = append(v.Groups, IndexGroup{Name: cleanText(name)})
		}
		term := IndexTerm{Link: Link{
			Text: cleanText(t.Name), URL: v.link(t.Path), Note: cleanText(t.Note), Count: w.N("reports", len(t.Pages)),
		}}
		if kind == "severity" {
			term.Severity = &Severity{ID: t.Slug, Label: term.Text, URL: term.URL, Rank: t.Rank}
		}
		v.Groups[at].Terms = append(v.Groups[at].Terms, term)
	}
	return v
}
