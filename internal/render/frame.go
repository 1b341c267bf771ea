package render

import (
	"html/template"
	"strings"
	"sync"
	"sync/atomic"

	"publish/internal/locale"
	"publish/internal/search"
	"publish/internal/site"
	"publish/internal/spill"
)

// Frame is what base.html shows around every page. Every other view has its
// fields too.
type Frame struct {
	// Layout is the page's kind: the name of its layout.
	Layout string
	// Lang is the language of the frame's words; Dir is "ltr" or "rtl".
	Lang, Dir   string
	SiteTitle   string // name of the site
	Home        string // URL of the home page in this language
	Title       string // the page's h1
	HeadTitle   string // for <title>
	Description string // plain text
	Canonical   string // full URL, where the base URL is known
	Hidden      bool   // keep out of search engines
	// Policy is the content security policy.
	Policy string
	// Inline stands in place of the link to the style sheet on a page that cannot
	// link to it: on 404.html, where the site's address is not known.
	Inline template.HTML
	Feeds  []Alternate // for <link rel="alternate">
	Menu   []Link      // of the header
	// Search is the URL of the search, if the site has one.
	Search     string
	Breadcrumb []Link // on every page below the home page
	// Navigation is the tree of SUMMARY.md, on the pages that stand in it.
	Navigation []TreeItem
	Footer     []Link // links of the footer
	License    *Link  // of the texts; nil if not stated
	// Logo stands in the header in place of the mark, where the site has one.
	Logo *Image
	// Preview says why the page is shown although it is not public.
	Preview string
	// Inside says that the site is the internal edition.
	Inside bool
	// InsidePage says that the page's document is in no other edition.
	InsidePage bool
	// Languages are the same page in other languages, and itself (Current);
	// empty where it is in one.
	Languages []Language
	// Running heads every printed page of a report: its id and version.
	Running string

	route string // of the page
	reads string // the language of its readers, for which there may be no words
	link  func(route string) string
	theme *Theme
	// picture is the card, nil if no full address leads to it.
	picture *picture
	// What machines are told (OpenGraph, LinkedData): the full URLs of the page
	// and of the home page ("" if unknown), the language with its territory, the
	// organization, and the article that the page is, if it is one.
	address, home, locale string
	publisher             *linkedParty
	article               *linkedArticle
}

// Image is an image with the size at which it is shown, in pixels.
type Image struct {
	URL           string // as seen from the page
	Width, Height int    // in pixels
}

// Language is a page in one language. Name is what its speakers call it. URL is
// a link, Address the full URL where the base URL is known.
type Language struct {
	Tag, Name, URL, Address string // language tag, name in that language, addresses
	Current                 bool   // it is the page that is shown
	// Default marks the original: for readers of any other language.
	Default bool
}

// Alternate is the page in another form: a feed, data.
type Alternate struct {
	Title, URL, Type string // what it is, its address, its media type
}

// Link gives the URL of a route ("/archive/") as seen from this page.
func (f *Frame) Link(route string) string { return f.link(route) }

// Asset gives the URL of a file of static/ ("style.css") as seen from this
// page, with its content hash where it has one.
func (f *Frame) Asset(name string) (string, error) {
	route, err := f.theme.asset(name)
	if err != nil {
		return "", err
	}
	return f.link(route), nil
}

// builder makes the pages of one site in one theme.
type builder struct {
	site  *site.Site
	theme *Theme
	// has are the single routes beyond the lists that pages may link: feeds,
	// data, insights. termFeeds and data say that every term has a feed and
	// every postmortem its data beside it.
	has             map[string]bool
	termFeeds, data bool
	// promises says that there is a page of countermeasures, with some in it.
	promises bool
	// providers are those that reports name.
	providers []site.Provider
	// book is the tree of SUMMARY.md, once its links are settled.
	book *book

	// index is of the search, nil if the site has none; memory is from former
	// revisions.
	index  *search.Index
	memory *search.Memory

	// texts is where entries of the data are put away; nil is nowhere. madeData are
	// those, by Page.Place; nil if there is nowhere to put them.
	texts    *spill.File
	madeData []atomic.Pointer[spill.Text]

	feedTexts feedTexts
	sayings   sync.Map // language of the readers → []atomic.Pointer[saying], by Page.Place

	build string
	keys  keys
}

// hasFeed says whether a term has a feed. One that only a preview names has no
// page either.
func (b *builder) hasFeed(t *site.Term) bool { return b.termFeeds && t.Kind != "year" && t.Path != "" }

// words are the builder's words for a document's or the site's language.
func (b *builder) words(lang string) words { return words{locale.For(lang)} }

// frame makes the frame of the page at a route, in a language.
func (b *builder) frame(layout, route, lang, title string) Frame {
	return b.frameWith(layout, route, lang, title, func(to string) string { return b.relative(route, to) })
}

// relative is the URL of a route, which may carry a fragment or be an address
// elsewhere.
func (b *builder) relative(from, to string) string {
	if !strings.HasPrefix(to, "/") {
		return to
	}
	i := len(to)
	if at := strings.IndexAny(to, "?#"); at >= 0 {
		i = at
	}
	return b.site.Links.Relative(from, to[:i]) + to[i:]
}

func (b *builder) frameWith(layout, route, lang, title string, link func(string) string) Frame {
	w := b.words(lang)
	f := Frame{
		Layout: layout, Lang: frameLang(lang, w.Tag()), SiteTitle: siteName(b.site),
		Title: cleanText(title), Canonical: b.site.Links.Absolute(route), Home: link(b.site.HomeIn(lang)),
		Policy: b.policy(nil), route: route, reads: lang, link: link, theme: b.theme,
	}
	f.Inside = b.site.Options.Internal
	f.Dir = direction(f.Lang)
	f.address, f.home = f.Canonical, b.site.Links.Absolute("/")
	f.locale, f.publisher = openGraphLocale(f.Lang, w), b.publisher()
	b.addCard(&f, nil)
	if route != "/" {
		f.Breadcrumb = []Link{{Text: w.T("home"), URL: f.Home}, {Text: f.Title, Current: true}}
	}
	f.HeadTitle = f.Title
	if f.Title != f.SiteTitle {
		f.HeadTitle += " – " + f.SiteTitle
	}
	for _, feed := range advertised {
		if b.has[feed.route] {
			f.Feeds = append(f.Feeds, Alternate{f.SiteTitle + ": " + w.T(feed.key), link(feed.route), feed.media})
		}
	}
	f.Menu = b.menu(&f, w)
	if wants(b.site, "search") {
		f.Search = link(searchPath)
	}
	f.Footer = b.footer(w, link)
	f.Logo = b.logo(link)
	f.License = licenseLink(b.site.Config.License)
	return f
}

// licenseLink is the license of a text: a link where it is an address, nil where
// none is stated.
func licenseLink(license string) *Link {
	license = cleanText(license)
	if license == "" {
		return nil
	}
	if isURL(license) {
		return &Link{Text: strings.TrimPrefix(strings.TrimPrefix(license, "https://"), "http://"), URL: license, External: true}
	}
	return &Link{Text: license}
}

// advertised are the feeds that every page names in its head. Of one feed in
// several formats the first is enough; the history of Statuspage has both, since
// who looks for it looks for the one that it read there.
var advertised = []struct{ route, key, media string }{
	{"/feed.xml", "feed_reports", "application/atom+xml"},
	{"/updates.xml", "feed_updates", "application/atom+xml"},
	{"/history.atom", "feed_history", "application/atom+xml"},
	{"/history.rss", "feed_history", "application/rss+xml"},
}

// menu gives the header's links: the site's own, or the archive and the pages
// at the top.
func (b *builder) menu(f *Frame, w words) []Link {
	links := make([]Link, 0, len(b.site.Menu)+2)
	generated := func(key, path string) {
		if len(b.site.Config.Menu) == 0 {
			links = append(links, Link{Text: w.T(key), URL: f.link(path), Current: path == f.route})
		}
	}
	generated("archive", archivePath)
	for _, l := range b.site.Menu {
		if l.Path != "" {
			links = append(links, b.named(f, l))
		}
	}
	if b.has["/feed.xml"] {
		generated("subscribe", "/feeds/")
	}
	return links
}

func (b *builder) footer(w words, link func(string) string) []Link {
	links := make([]Link, 0, 8)
	add := func(key, url string) {
		if url != "" {
			links = append(links, Link{Text: w.T(key), URL: url, External: isURL(url)})
		}
	}
	c := b.site.Config
	add("archive", link("/archive/"))
	if b.promises {
		add("countermeasures", link(registerPath))
	}
	if b.has["/insights/"] {
		add("insights", link("/insights/"))
	}
	if b.has["/providers/"] {
		add("providers", link("/providers/"))
	}
	if b.has[redactionsPath] {
		add("redactions", link(redactionsPath))
	}
	if b.has["/feed.xml"] {
		add("subscribe", link("/feeds/"))
	}
	add("status_page", c.StatusPage)
	contact := c.Contact
	if strings.Contains(contact, "@") && !isURL(contact) {
		contact = "mailto:" + strings.TrimPrefix(contact, "mailto:")
	}
	add("contact", contact)
	return links
}

func isURL(s string) bool { return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") }

// policy lets a page load its own files and the images that its author shows
// from elsewhere, and nothing more. A page that is opened from disk has no
// origin of its own in some browsers: there, its own files are all of file:.
func (b *builder) policy(imageHosts []string) string {
	self := "'self'"
	if b.site.Options.Portable {
		self += " file:"
	}
	images := self + " data:"
	for _, host := range imageHosts {
		images += " " + host
	}
	return "default-src 'none'; style-src " + self + "; script-src " + self + "; connect-src " + self +
		"; font-src " + self + "; img-src " + images + "; base-uri 'none'; " + noForms
}

// noForms is the end of a policy: the one form that asks for another page is
// that of 404.html.
const noForms = "form-action 'none'"

// frameLang is the language of the frame: the document's own tag if there are
// words for it, else that of the words.
func frameLang(lang, words string) string {
	if lang == words || strings.HasPrefix(strings.ToLower(lang), words+"-") {
		return lang
	}
	return words
}

// rightToLeft are the languages that are written so, by their primary tag.
var rightToLeft = map[string]bool{"ar": true, "ckb": true, "dv": true, "fa": true, "he": true, "ps": true, "sd": true, "ug": true, "ur": true, "yi": true}

func direction(lang string) string {
	primary, _, _ := strings.Cut(strings.ToLower(lang), "-")
	if rightToLeft[primary] {
		return "rtl"
	}
	return "ltr"
}

// textLang gives the language and direction of a text where they differ from
// the frame's.
func textLang(f *Frame, lang string) (string, string) {
	if lang == "" || lang == f.Lang {
		return "", ""
	}
	if d := direction(lang); d != f.Dir {
		return lang, d
	}
	return lang, ""
}
