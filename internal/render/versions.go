package render

import (
	"publish/internal/locale"
	"publish/internal/postmortem"
	"publish/internal/site"
)

// A document may be there in several languages. Whatever leads to one is made
// here, so that the words, the address and the language of a link are those of
// one version.

// linkTo is a link to this version of a document.
func linkTo(f *Frame, p *site.Page) Link {
	l := Link{Text: shownTitle(p), URL: f.link(p.Path)}
	l.Lang, l.Dir = textLang(f, p.Lang)
	if insidePage(p) && p.Preview == "" {
		l.Inside = locale.For(f.Lang).T("inside")
	}
	return l
}

// version is a document in the language of a page's readers, as far as there is
// one.
func version(f *Frame, p *site.Page) *site.Page { return p.In(f.reads) }

// pageLink is a link to a document in the language of a page's readers, as far
// as there is one.
func pageLink(f *Frame, p *site.Page) Link { return linkTo(f, version(f, p)) }

// named is a link of the menu or of the tree. Its name is what the author wrote
// in the site's language; a document that there is in the language of the page
// has its own.
func (b *builder) named(f *Frame, l site.Link) Link {
	link, lang := Link{Text: cleanText(l.Title), External: l.External, Current: l.Path == f.route}, b.site.Language
	if l.Path != "" {
		link.URL = f.link(l.Path)
	}
	if p := b.site.PageAt(l.Path); p != nil {
		// An author who names a translation means that text.
		if there := version(f, p); there != p && p.Original == nil {
			link = linkTo(f, there)
			link.Current = there.Path == f.route
			return link
		}
		if l.Title == p.Title {
			lang = p.Lang
		}
	}
	if !locale.SameLanguage(lang, f.Lang) {
		link.Lang, link.Dir = textLang(f, lang)
	}
	return link
}

// promiseIn is a countermeasure as it stands in the version of its report that a
// page links, with what its line says. Where a translation lists others, only the
// original has it.
func promiseIn(l *lines, p site.Promise) (*postmortem.Countermeasure, *saying) {
	said := l.saying(p.Page)
	if said.shown == p.Page {
		return p.Countermeasure, said
	}
	if list := said.shown.Meta().Countermeasures; len(list) == len(p.Page.Meta().Countermeasures) {
		return &list[p.Index], said
	}
	return p.Countermeasure, l.newSaying(p.Page, p.Page)
}
