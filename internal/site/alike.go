package site

import (
	"cmp"
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

// Alike are reports that the author does not name and that have services and
// tags in common with this one, the most alike first.
func (p *Page) Alike() []Alike {
	if p.Original != nil {
		list := p.Original.Alike()
		for i := range list {
			list[i].Page = list[i].Page.In(p.Lang)
		}
		return list
	}
	if p.Kind != postmortem.KindPostmortem || len(p.places) == 0 {
		return nil
	}
	var room [256]tally
	var some [16]tally
	found := some[:0]
	for _, near := range tallyNear(p.places, room[:]) {
		if near.weight < alikeLeast {
			continue
		}
		other := near.page(p)
		if other != p && other != p.former && other.Kind == postmortem.KindPostmortem && !related(p, other) {
			found = append(found, near)
		}
	}
	slices.SortFunc(found, func(x, y tally) int {
		a, b := x.page(p), y.page(p)
		return cmp.Or(
			cmp.Compare(y.weight, x.weight),
			b.Date.Time.Compare(a.Date.Time),
			strings.Compare(a.Document.Path, b.Document.Path),
		)
	})
	if len(found) == 0 {
		return nil
	}
	list := make([]Alike, min(len(found), maxAlike))
	for i := range list {
		other := found[i].page(p)
		list[i] = Alike{other, inCommon(p, other)}
	}
	return list
}

// tally is how much a report near by has in common with another; free while
// its weight is 0.
type tally struct {
	place  int32 // in Posts
	weight int32
	by     int32 // one of the other's places, and
	index  int32 // where it stands in the same term
}

func (t tally) page(p *Page) *Page { return p.places[t.by].term.Pages[t.index] }

// tallyNear counts the reports in the windows around some places. Every report
// has its slot in the room, or the next that is free; where less than half of
// the room would stay free, a larger one is taken.
func tallyNear(places []termPlace, room []tally) []tally {
	for len(room) < len(places)*alikeWindow*4 {
		room = make([]tally, 2*len(room))
	}
	for by, at := range places {
		weight := at.term.weight()
		from, to := at.window()
		for i := from; i < to; i++ {
			place := at.term.at[i]
			slot := int(place) & (len(room) - 1)
			for room[slot].weight > 0 && room[slot].place != place {
				slot = (slot + 1) & (len(room) - 1)
			}
			room[slot] = tally{place, room[slot].weight + weight, int32(by), int32(i)}
		}
	}
	return room
}

// window is the stretch of a term's pages that is looked at.
func (at termPlace) window() (from, to int) {
	return max(0, at.index-alikeWindow), min(len(at.term.Pages), at.index+alikeWindow+1)
}

// inCommon are the terms of a report in which another stands near by.
func inCommon(p, other *Page) []*Term {
	var terms []*Term
	for _, at := range p.places {
		from, to := at.window()
		if slices.ContainsFunc(other.places, func(o termPlace) bool { return o.term == at.term && o.index >= from && o.index < to }) {
			terms = append(terms, at.term)
		}
	}
	return terms
}

func related(p, other *Page) bool {
	return slices.Contains(p.Related, other) || slices.Contains(p.Recurrences, other) || p.RecurrenceOf == other
}

func (t *Term) weight() int32 {
	if t.Kind == "service" {
		return 2
	}
	return 1
}
