package site

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"publish/internal/diag"
	"publish/internal/route"
)

// taxonomy is a way to group posts. A grouping by something else is one more
// row in taxonomies.
type taxonomy struct {
	kind   string
	folder string // of its pages
	// names gives a post's terms as written.
	names func(*Page) []string
	// list is where a post keeps its terms, set where it has one at most.
	list func(*Page) *[]*Term
	set  func(*Page, *Term)
	// terms is where the site keeps them.
	terms func(*Site) *[]*Term
	// less orders the terms; nil: by name.
	less func(a, b *Term) int
}

var taxonomies = []taxonomy{
	{
		kind: "service", folder: "/services/",
		names: func(p *Page) []string { return p.Head.Services },
		list:  func(p *Page) *[]*Term { return &p.ServiceTerms },
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
		set:   func(p *Page, t *Term) { p.SeverityTerm = t },
		terms: func(s *Site) *[]*Term { return &s.Severities },
		less:  func(a, b *Term) int { return cmp.Or(cmp.Compare(a.Rank, b.Rank), strings.Compare(a.Name, b.Name)) },
	},
	{
		kind: "tag", folder: "/tags/",
		names: func(p *Page) []string { return p.Head.Tags },
		list:  func(p *Page) *[]*Term { return &p.TagTerms },
		terms: func(s *Site) *[]*Term { return &s.Tags },
	},
	{
		kind: "year", folder: "/",
		names: func(p *Page) []string { return []string{yearName(p.Date.Time.Year())} },
		set:   func(p *Page, t *Term) { p.Year = t },
		terms: func(s *Site) *[]*Term { return &s.Years },
		less:  func(a, b *Term) int { return strings.Compare(b.Name, a.Name) },
	},
}

func yearName(year int) string {
	if year >= 1000 && year <= 9999 {
		return strconv.Itoa(year)
	}
	return fmt.Sprintf("%04d", year)
}

// group sorts all posts into the terms of all taxonomies.
func (s *Site) group(diags *diag.List) {
	s.makePlaces()
	for i := range taxonomies {
		s.groupBy(&taxonomies[i], diags)
	}
}

// makePlaces gives every post room for its places, out of one piece.
func (s *Site) makePlaces() {
	names := func(p *Page) int { return len(p.Head.Services) + len(p.Head.Tags) }
	total := 0
	for _, p := range s.Posts {
		total += names(p)
	}
	room := make([]termPlace, total)
	for _, p := range s.Posts {
		n := names(p)
		p.places, room = room[:0:n], room[n:]
	}
}

// grouping is one taxonomy while posts are sorted into it.
type grouping struct {
	*taxonomy
	terms []*Term
	byKey map[string]*Term // by folded name
	// written are the terms by their names as posts write them; nil for a name
	// that is none. Most posts write a name alike.
	written map[string]*Term
	room    []*Term // for the posts' own lists
}

func (s *Site) groupBy(tax *taxonomy, diags *diag.List) {
	g := &grouping{taxonomy: tax, byKey: map[string]*Term{}, written: map[string]*Term{}}
	if tax.list != nil {
		total := 0
		for _, p := range s.Posts {
			total += len(tax.names(p))
		}
		g.room = make([]*Term, total)
	}
	described := s.described(tax.kind)
	for i, p := range s.Posts {
		names := tax.names(p)
		if tax.list != nil {
			*tax.list(p), g.room = g.room[:0:len(names)], g.room[len(names):]
		}
		for _, name := range names {
			t, known := g.written[name]
			if !known {
				t = g.find(name, described)
				g.written[name] = t
			}
			if t == nil {
				continue
			}
			if name != t.Name && known || !known && t.Pages != nil {
				g.reportMerged(p, name, t, diags)
			}
			g.put(p, t, i)
		}
		if tax.list != nil && len(*tax.list(p)) == 0 {
			*tax.list(p) = nil
		}
	}
	less := tax.less
	if less == nil {
		less = func(a, b *Term) int {
			return cmp.Or(strings.Compare(a.folded, b.folded), strings.Compare(a.Name, b.Name))
		}
	}
	slices.SortFunc(g.terms, less)
	name(g.terms, tax.folder)
	*tax.terms(s), s.byName[tax.kind] = g.terms, g.byKey
}

// find gives the term of a name, a new one if it is the first of its kind; nil
// if there is nothing in the name.
func (g *grouping) find(name string, described map[string]Term) *Term {
	key := foldName(name)
	if key == "" || g.byKey[key] != nil {
		return g.byKey[key]
	}
	t := &Term{Name: shownName(name)}
	if known, ok := described[key]; ok {
		*t = known
	}
	t.Kind, t.folded = g.kind, foldName(t.Name)
	g.byKey[key] = t
	g.terms = append(g.terms, t)
	return t
}

// put sorts the post at a place in Posts into a term, once.
func (g *grouping) put(p *Page, t *Term, place int) {
	if n := len(t.Pages); n > 0 && t.Pages[n-1] == p {
		return
	}
	t.Pages = append(t.Pages, p)
	if g.list == nil {
		g.set(p, t)
		return
	}
	*g.list(p) = append(*g.list(p), t)
	p.places = append(p.places, termPlace{t, len(t.Pages) - 1})
	t.at = append(t.at, int32(place))
}

// reportMerged says that a name is spelled otherwise than its term. The first
// of a term decides, and is not said.
func (g *grouping) reportMerged(p *Page, name string, t *Term, diags *diag.List) {
	if g.kind == "severity" {
		return // its label is the scale's
	}
	if shown := shownName(name); shown != t.Name {
		diags.Report(diag.TermMerged, diag.Pos{File: p.Document.Path}, "spell it alike everywhere",
			"the %s \"%s\" is counted as \"%s\"", g.kind, shown, t.Name)
	}
}

// foldName is what makes two spellings one term: letter case, Unicode form and
// white space do not count.
func foldName(name string) string {
	if isFolded(name) {
		return name
	}
	return strings.Join(strings.Fields(cases.Fold().String(norm.NFKC.String(name))), " ")
}

// isFolded says of most names, without a look at Unicode, that they are folded.
func isFolded(name string) bool {
	for i := range len(name) {
		if c := name[i]; c <= ' ' || c >= 'A' && c <= 'Z' || c >= 0x7f {
			return false
		}
	}
	return true
}

// shownName is a name as pages show it: as it is written, in one line.
func shownName(name string) string { return strings.Join(strings.Fields(norm.NFC.String(name)), " ") }

// described are the terms that publish.yaml says something of, by their folded
// names; of two of one name the last counts.
func (s *Site) described(kind string) map[string]Term {
	terms := map[string]Term{}
	switch kind {
	case "service":
		for _, service := range s.Config.Services {
			terms[foldName(service.Name)] = Term{Name: service.Name, Group: service.Group, Note: service.Description}
		}
	case "severity":
		for _, severity := range s.Config.Severities {
			terms[foldName(severity.ID)] = Term{Name: severity.Label, Rank: severity.Rank, Note: severity.Definition, Slug: Slug(severity.ID)}
		}
	}
	return terms
}

// name gives every term its slug and path. Where two names have one slug, the
// first in the order of their folded names keeps it and the others gain a
// suffix made of the name itself, so that it does not depend on the rest.
func name(terms []*Term, folder string) {
	byName := slices.Clone(terms)
	for _, t := range byName {
		t.folded = cmp.Or(t.folded, foldName(t.Name))
	}
	slices.SortFunc(byName, func(a, b *Term) int { return strings.Compare(a.folded, b.folded) })
	taken := map[string]bool{}
	for _, t := range byName {
		slug := cmp.Or(t.Slug, termSlug(t.Name))
		if slug == "" || taken[slug] || route.Fault("/"+slug) != "" { // a device's on Windows
			sum := sha256.Sum256([]byte(t.folded))
			slug = strings.TrimPrefix(fmt.Sprintf("%s-%x", slug, sum[:3]), "-")
		}
		taken[slug] = true
		t.Slug, t.Path = slug, folder+slug+"/"
	}
}
