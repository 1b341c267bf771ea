package site

import (
	"slices"
	"strings"

	"publish/internal/content"
	"publish/internal/diag"
	"publish/internal/locale"
)

// A translation is a page beside its original: the same incident in another
// language, with the same id. It stands in Site.Translations alone, so that no
// list, count, feed or neighbour has an incident twice.

// admitTranslations makes the pages of translations, once all others are known.
func (s *Site) admitTranslations(admitted map[string]*Page, looks []look, diags *diag.List) {
	for i, d := range s.folder.Documents {
		if d.Translates == "" {
			continue
		}
		original := admitted[d.Translates]
		if original == nil {
			s.byFile[d.Path] = nil
			s.Passed = append(s.Passed, content.Skipped{Path: d.Path, Reason: "a translation of \"" + d.Translates + "\", which is not published"})
			continue
		}
		s.admitOne(d, &looks[i], diags)
		looks[i].page.Original = original
	}
}

// ofOriginal adds to what the gate says of a translation what it says of the
// original: nothing that is not public gets out in another language.
func (s *Site) ofOriginal(d *content.Document, own verdict) verdict {
	original := s.folder.Document(d.Translates)
	if original == nil {
		return verdict{reason: "its original is not published"}
	}
	of := s.judgeAlone(original)
	held := own.reason != "" && !own.shown
	switch {
	case of.reason == "":
		return own
	case held:
		own.tombstone = own.tombstone && (of.shown || of.tombstone)
		own.waits = own.waits && (of.shown || of.waits)
		own.broken = own.broken && of.shown
		return own
	case of.shown && own.shown:
		return own
	}
	of.reason = "its original is not public (" + of.reason + ")"
	of.broken = false
	return of
}

// claim gives the route of a page: a translation has that of its original below
// its language, unless it names one itself.
func (s *Site) claim(p *Page) (route string, bare bool) {
	if p.Original == nil || p.Head.Permalink != "" {
		return s.permalink(p)
	}
	route, bare = p.Original.Path, s.Links.bare[p.Original.Path]
	if p.Head.Slug != "" {
		named := *p.Original
		document := *named.Document
		document.Head.Slug = p.Head.Slug
		named.Document, named.Slug = &document, Slug(p.Head.Slug)
		if named.Original = nil; named.Slug != "" {
			route, bare = s.permalink(&named)
		}
	}
	return languagePath(p.Lang) + strings.TrimPrefix(route, "/"), bare
}

// languagePath is where what is translated into a language stands: "/fr/".
func languagePath(lang string) string { return "/" + strings.ToLower(lang) + "/" }

// languageOf is a page's language, the site's where nobody knows it.
func (s *Site) languageOf(p *Page) string {
	if p.Lang == "" {
		return s.Language
	}
	return p.Lang
}

// reportTwin says that a translation is in the language of its original.
func (s *Site) reportTwin(p *Page, diags *diag.List) bool {
	if p.Original == nil || !strings.EqualFold(p.Lang, s.languageOf(p.Original)) {
		return false
	}
	hint := "write `lang:` into the original, if that is in another language, or remove one of the two"
	if p.Original.Meta().Lang != "" {
		hint = "remove one of the two, or correct `lang` of the original"
	}
	diags.Report(diag.TranslationClash, s.place(p), hint,
		"\"%s\" is in the same language (%s)", p.Original.Document.Path, p.Lang)
	return true
}

// tie joins translations and originals, and gives translations what their
// originals have among the other pages.
func (s *Site) tie() {
	for _, p := range s.Translations {
		p.Original.Translations = append(p.Original.Translations, p)
	}
	for _, p := range s.Translations {
		slices.SortStableFunc(p.Original.Translations, func(a, b *Page) int { return strings.Compare(a.Lang, b.Lang) })
	}
	for _, p := range s.Translations {
		p.follow()
	}
	for _, p := range s.Translations {
		if !slices.Contains(s.Languages, p.Lang) {
			s.Languages = append(s.Languages, p.Lang)
		}
	}
	slices.Sort(s.Languages)
}

// follow takes over what an original is among the other pages, each of those in
// the language of p, where it is in that language too, and what is said of it in
// brief: a translation may list less, and was looked at by itself.
func (p *Page) follow() {
	o := p.Original
	p.FeedID, p.Severity, p.Status, p.Open = o.FeedID, o.Severity, o.Status, o.Open
	p.Published, p.Updated, p.Brief = o.Published, o.Updated, o.Brief
	p.Year, p.ServiceTerms, p.SeverityTerm, p.TagTerms = o.Year, o.ServiceTerms, o.SeverityTerm, o.TagTerms
	p.Newer, p.Older, p.RecurrenceOf = o.Newer.In(p.Lang), o.Older.In(p.Lang), o.RecurrenceOf.In(p.Lang)
	p.Related, p.Recurrences = allIn(o.Related, p.Lang), allIn(o.Recurrences, p.Lang)
}

// Whole is the page that stands for the incident: the original of a
// translation, else the page itself.
func (p *Page) Whole() *Page {
	if p != nil && p.Original != nil {
		return p.Original
	}
	return p
}

// In is the page in a language, as far as there is one; else the original.
func (p *Page) In(lang string) *Page {
	if p == nil || p.Lang == lang {
		return p
	}
	o := p.Whole()
	if o.Lang != lang {
		for _, t := range o.Translations {
			if t.Lang == lang {
				return t
			}
		}
		for _, t := range o.Translations {
			if locale.SameLanguage(t.Lang, lang) && !locale.SameLanguage(o.Lang, lang) {
				return t
			}
		}
	}
	return o
}

func allIn(pages []*Page, lang string) []*Page {
	var list []*Page
	for _, p := range pages {
		list = append(list, p.In(lang))
	}
	return list
}

// InLanguage lists the posts that there are in a language, newest first.
func (s *Site) InLanguage(lang string) []*Page {
	var list []*Page
	for _, p := range s.Posts {
		if there := p.In(lang); locale.SameLanguage(s.languageOf(there), lang) {
			list = append(list, there)
		}
	}
	return list
}

// HomeIn is the address of the home page in a language: the site's own, where
// nothing is translated into that language.
func (s *Site) HomeIn(lang string) string {
	if slices.Contains(s.Languages, lang) && !locale.SameLanguage(lang, s.Language) {
		return languagePath(lang)
	}
	return "/"
}

// inOwnTongue is where a link of a page leads: to the text in the language of
// the page, if the author names an original that is translated into it.
func (p *Page) inOwnTongue(target *Page) *Page {
	if target == nil || target.Original != nil || len(target.Translations) == 0 || target == p.Whole() {
		return target
	}
	return target.In(p.Lang)
}

// missWords says once for each language of public pages which of their words are
// missing, so that English stands in.
func (s *Site) missWords(diags *diag.List) {
	const shown = 5
	asked := map[string]bool{}
	for _, p := range s.public() {
		lang, _, _ := strings.Cut(strings.ToLower(s.languageOf(p)), "-")
		if asked[lang] {
			continue
		}
		asked[lang] = true
		switch missing, all := locale.Missing(lang); {
		case len(missing) == all:
			diags.Report(diag.LanguageIncomplete, diag.Pos{}, "docs/languages.md says how to add a language",
				"there are no words in \"%s\" for menus, dates and headings: on its pages these are in English", lang)
		case len(missing) > 0:
			diags.Report(diag.LanguageIncomplete, diag.Pos{}, "add them to internal/locale/languages/"+lang+".yaml",
				"%d of %d words in \"%s\" are missing, and stand in English: %s", len(missing), all, lang, strings.Join(missing[:min(len(missing), shown)], ", "))
		}
	}
}
