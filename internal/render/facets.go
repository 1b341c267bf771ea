package render

import (
	"bytes"
	"cmp"
	"slices"

	"publish/internal/site"
)

// maxFacetLinks is how many terms of one kind the home page links; the index
// has the rest.
const maxFacetLinks = 12

// facets are the rows of links above the list.
func (b *builder) facets(f *Frame, w words) []Facet {
	var facets []Facet
	for _, kind := range taxonomies {
		terms := kind.terms(b.site)
		if len(terms) == 0 || kind.name == "year" && len(terms) == 1 {
			continue
		}
		facet := Facet{Kind: kind.name, Label: w.T(kind.label), URL: f.link(kind.index)}
		for _, t := range mostUsed(terms, maxFacetLinks) {
			facet.Links = append(facet.Links, Link{
				Text: cleanText(t.Name), URL: f.link(t.Path), Count: w.Number(float64(len(t.Pages))), Term: termID(t),
			})
		}
		facets = append(facets, facet)
	}
	if b.has["/providers/"] {
		facets = append(facets, b.providerFacet(f, w))
	}
	return facets
}

// mostUsed keeps the terms with the most reports, in the order of the list.
func mostUsed(terms []*site.Term, limit int) []*site.Term {
	if len(terms) <= limit {
		return terms
	}
	byUse := slices.Clone(terms)
	slices.SortStableFunc(byUse, func(x, y *site.Term) int { return cmp.Compare(len(y.Pages), len(x.Pages)) })
	byUse = byUse[:limit]
	return slices.DeleteFunc(slices.Clone(terms), func(t *site.Term) bool { return !slices.Contains(byUse, t) })
}

// termID names a term where a script looks for it: "service:api".
func termID(t *site.Term) string { return t.Kind + ":" + t.Slug }

// filedUnder names all terms of a post, a space between them: a slug has none.
func filedUnder(p *site.Page) string {
	var room [256]byte
	ids := room[:0]
	for _, terms := range [...][]*site.Term{p.ServiceTerms, {p.SeverityTerm}, p.TagTerms, {p.Year}} {
		for _, t := range terms {
			if t != nil && t.Path != "" {
				ids = append(append(ids, termID(t)...), ' ')
			}
		}
	}
	return string(bytes.TrimSuffix(ids, []byte(" ")))
}
