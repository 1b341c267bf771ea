package site

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"publish/internal/postmortem"
)

// Alike is a report that has something in common with another: the services
// and tags that both have, which is what the page says of it.
type Alike struct {
	Page   *Page
	Shared []*Term
}

// termPlace is where a page stands among the pages of one of its terms.
type termPlace struct {
	term  *Term
	index int
}

const (
	// alikeWindow is how many reports before and after a report are looked at
	// in each term, so that the work grows with the reports and not with their
	// square, and old stories do not come up for ever.
	alikeWindow = 8
	// alikeLeast is how much two reports must have in common: two services, or
	// a service and a tag. A service counts 2, a tag 1.
	alikeLeast = 3
	maxAlike   = 3
)

// compare finds, for every postmortem, the ones most like it that its author
// does not name.
func (s *Site) compare() {
	for _, p := range s.Posts {
		if p.Kind == postmortem.KindPostmortem {
			p.Alike = alike(p)
		}
	}
}

func alike(p *Page) []Alike {
	shared := map[*Page][]*Term{}
	for _, at := range p.places {
		pages := at.term.Pages
		for _, other := range pages[max(0, at.index-alikeWindow):min(len(pages), at.index+alikeWindow+1)] {
			if other != p && other != p.former && other.Kind == postmortem.KindPostmortem && !related(p, other) {
				shared[other] = append(shared[other], at.term)
			}
		}
	}
	found := slices.DeleteFunc(slices.Collect(maps.Keys(shared)), func(other *Page) bool { return weigh(shared[other]) < alikeLeast })
	slices.SortFunc(found, func(a, b *Page) int {
		return cmp.Or(
			cmp.Compare(weigh(shared[b]), weigh(shared[a])),
			b.Date.Time.Compare(a.Date.Time),
			strings.Compare(a.Document.Path, b.Document.Path),
		)
	})
	var list []Alike
	for _, other := range found[:min(len(found), maxAlike)] {
		list = append(list, Alike{other, shared[other]})
	}
	return list
}

func related(p, other *Page) bool {
	return slices.Contains(p.Related, other) || slices.Contains(p.Recurrences, other) || p.RecurrenceOf == other
}

func weigh(terms []*Term) int {
	weight := 0
	for _, t := range terms {
		weight++
		if t.Kind == "service" {
			weight++
		}
	}
	return weight
}
