package render

import (
	"strconv"
	"strings"

	"publish/internal/locale"
)

// Property is a fact about the page for programs that show links to it: one
// line of the Open Graph protocol (ogp.me).
type Property struct{ Name, Content string }

// OpenGraph lists what a link to this page may show: title, description, dates,
// image. Addresses are full ones, so they are left out where the site's own is
// not known. A page that search engines are to pass over says nothing.
func (f *Frame) OpenGraph() []Property {
	if f.Hidden {
		return nil
	}
	var list []Property
	add := func(name, content string) {
		if content != "" {
			list = append(list, Property{name, content})
		}
	}
	kind := "website"
	if f.article != nil {
		kind = "article"
	}
	add("og:type", kind)
	add("og:title", f.Title)
	add("og:description", f.Description)
	add("og:url", f.Canonical)
	add("og:site_name", f.SiteTitle)
	add("og:locale", f.locale)
	for _, l := range f.Languages {
		if w := (words{locale.For(l.Tag)}); !l.Current && frameLang(l.Tag, w.Tag()) == l.Tag {
			add("og:locale:alternate", openGraphLocale(l.Tag, w))
		}
	}
	if p := f.picture; p != nil {
		add("og:image", p.url)
		if p.width > 0 {
			add("og:image:width", strconv.Itoa(p.width))
			add("og:image:height", strconv.Itoa(p.height))
		}
		add("og:image:alt", p.alt)
	}
	if a := f.article; a != nil {
		add("article:published_time", a.DatePublished)
		add("article:modified_time", a.DateModified)
		for _, tag := range a.Keywords {
			add("article:tag", tag)
		}
	}
	return list
}

// LargeCard says that a link to the page may be shown with its picture in full
// width, where somebody has to be told (the "Twitter card").
func (f *Frame) LargeCard() bool { return !f.Hidden && f.picture != nil }

// openGraphLocale is a language as Open Graph names it, with a territory:
// the page's own where it names one, else that of the words.
func openGraphLocale(lang string, w words) string {
	for i, part := range strings.Split(lang, "-") {
		if i > 0 && len(part) == 2 {
			return strings.ToLower(lang[:strings.IndexByte(lang, '-')]) + "_" + strings.ToUpper(part)
		}
	}
	return w.T("open_graph_locale")
}
