package site

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"publish/internal/diag"
)

// taxonomy is a way to group posts. A grouping by something else is one more
// row in taxonomies.
type taxonomy struct {
	kind   string
	folder string // of its pages
	// names gives a post's terms as written.
	names func(*Page) []string
	// add notes the term at the post; terms is where the site keeps them.
	add   func(*Page, *Term)
	terms func(*Site) *[]*Term
	// less orders the terms; nil: by name.
	less func(a, b *Term) int
}

var taxonomies = []taxonomy{
	{
		kind: "service", folder: "/services/",
		names: func(p *Page) []string { return p.Meta.Services },
		add:   func(p *Page, t *Term) { p.ServiceTerms = append(p.ServiceTerms, t) },
		terms: func(s *Site) *[]*Term { return &s.Services },
	},
	{
		kind: "severity", folder: "/severity/",
		names: func(p *Page) []string {
			if p.Severity == nil {
				return nil
			}
			return []string{p.Severity.ID}
		},
		add:   func(p *Page, t *Term) { p.SeverityTerm = t },
		terms: func(s *Site) *[]*Term { return &s.Severities },
		less:  func(a, b *Term) int { return cmp.Or(cmp.Compare(a.Rank, b.Rank), strings.Compare(a.Name, b.Name)) },
	},
	{
		kind: "tag", folder: "/tags/",
		names: func(p *Page) []string { return p.Meta.Tags },
		add:   func(p *Page, t *Term) { p.TagTerms = append(p.TagTerms, t) },
		terms: func(s *Site) *[]*Term { return &s.Tags },
	},
	{
		kind: "year", folder: "/",
		names: func(p *Page) []string { return []string{fmt.Sprintf("%04d", p.Date.Time.Year())} },
		add:   func(p *Page, t *Term) { p.Year = t },
		terms: func(s *Site) *[]*Term { return &s.Years },
		less:  func(a, b *Term) int { return strings.Compare(b.Name, a.Name) },
	},
}

// group sorts all posts into the terms of all taxonomies.
func (s *Site) group(diags *diag.List) {
	for i := range taxonomies {
		s.groupBy(&taxonomies[i], diags)
	}
}

func (s *Site) groupBy(tax *taxonomy, diags *diag.List) {
	byKey := map[string]*Term{}
	var terms []*Term
	for _, p := range s.Posts {
		seen := map[*Term]bool{}
		for _, name := range tax.names(p) {
			key := foldName(name)
			if key == "" {
				continue
			}
			t := byKey[key]
			if t == nil {
				t = &Term{Kind: tax.kind, Name: shownName(name)}
				s.describe(t, key)
				byKey[key] = t
				terms = append(terms, t)
			} else if shown := shownName(name); shown != t.Name && tax.kind != "severity" {
				diags.Report(diag.TermMerged, diag.Pos{File: p.Document.Path}, "spell it alike everywhere",
					"the %s \"%s\" is counted as \"%s\"", tax.kind, shown, t.Name)
			}
			if !seen[t] {
				seen[t] = true
				t.Pages = append(t.Pages, p)
				if tax.kind == "service" || tax.kind == "tag" {
					p.places = append(p.places, termPlace{t, len(t.Pages) - 1})
				}
				tax.add(p, t)
			}
		}
	}
	less := tax.less
	if less == nil {
		less = func(a, b *Term) int {
			return cmp.Or(strings.Compare(foldName(a.Name), foldName(b.Name)), strings.Compare(a.Name, b.Name))
		}
	}
	slices.SortFunc(terms, less)
	name(terms, tax.folder)
	*tax.terms(s), s.byName[tax.kind] = terms, byKey
}

// foldName is what makes two spellings one term: letter case, Unicode form and
// white space do not count.
func foldName(name string) string {
	return strings.Join(strings.Fields(cases.Fold().String(norm.NFKC.String(name))), " ")
}

// shownName is a name as pages show it: as it is written, in one line.
func shownName(name string) string { return strings.Join(strings.Fields(norm.NFC.String(name)), " ") }

// describe fills in what publish.yaml says of a term.
func (s *Site) describe(t *Term, key string) {
	switch t.Kind {
	case "service":
		for _, service := range s.Config.Services {
			if foldName(service.Name) == key {
				t.Name, t.Group, t.Note = service.Name, service.Group, service.Description
			}
		}
	case "severity":
		for _, severity := range s.Config.Severities {
			if foldName(severity.ID) == key {
				t.Name, t.Rank, t.Note = severity.Label, severity.Rank, severity.Definition
				t.Slug = Slug(severity.ID)
			}
		}
	}
}

// name gives every term its slug and path. Where two names have one slug, the
// first in the order of their folded names keeps it and the others gain a
// suffix made of the name itself, so that it does not depend on the rest.
func name(terms []*Term, folder string) {
	byName := slices.Clone(terms)
	slices.SortFunc(byName, func(a, b *Term) int { return strings.Compare(foldName(a.Name), foldName(b.Name)) })
	taken := map[string]bool{}
	for _, t := range byName {
		slug := cmp.Or(t.Slug, termSlug(t.Name))
		if slug == "" || taken[slug] {
			sum := sha256.Sum256([]byte(foldName(t.Name)))
			slug = strings.TrimPrefix(fmt.Sprintf("%s-%x", slug, sum[:3]), "-")
		}
		taken[slug] = true
		t.Slug, t.Path = slug, folder+slug+"/"
	}
}
