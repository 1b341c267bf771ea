package site

import (
	"slices"

	"publish/internal/content"
	"publish/internal/diag"
	"publish/internal/markdown"
)

// Ahead gives a page as it is with a newer version of its document, before the
// model is made anew: a copy, which stands where the page stands and whose
// links lead where the model as it is says. It gives false where only a new
// model can tell: where the gate says something else, where the page would
// stand elsewhere (address, id, date, terms, what it names as related), and
// where it shows a file that is not published yet.
//
// Nothing of the Site changes, so it may be called while pages are rendered.
// Links to what publish generates are settled as Confirm settled them.
func (s *Site) Ahead(p *Page, d *content.Document) (*Page, bool) {
	if p.former != nil {
		p = p.former
	}
	if s.byFile[p.Document.Path] != p && !p.apart || d.Path != p.Document.Path || s.judge(d) != s.judge(p.Document) {
		return nil, false
	}
	ahead := *p
	ahead.Document, ahead.former = s.dated(d), p
	s.classify(&ahead, &diag.List{})
	if ahead.Original != nil {
		ahead.follow()
	}
	if !s.samePlace(p, &ahead) {
		return nil, false
	}
	ahead.ImageHosts = nil
	ahead.destinations = make(destinations, 0, len(ahead.links)+len(d.MatterLinks))
	for l := range linksOf(&ahead) {
		if !s.settle(&ahead, l) {
			return nil, false
		}
	}
	ahead.destinations.sort()
	ahead.links = nil
	return &ahead, true
}

// samePlace says whether a new version of a page stands where the page stands.
func (s *Site) samePlace(p, ahead *Page) bool {
	s.slug(ahead)
	route, _ := s.claim(ahead)
	head, was := &ahead.Head, &p.Head
	if route != p.Path || ahead.Kind != p.Kind || head.ID != was.ID || p.FeedID != "" && p.Original == nil && s.feedID(ahead) != p.FeedID ||
		head.RecurrenceOf != was.RecurrenceOf || !slices.Equal(head.Related, was.Related) {
		return false
	}
	if !s.begins(ahead.Document, ahead.Date).Equal(s.begins(p.Document, p.Date)) {
		return false // it may have other neighbours
	}
	for i := range taxonomies {
		if names := taxonomies[i].names; !slices.Equal(names(ahead), names(p)) {
			return false
		}
	}
	return true
}

// settle finds where a link of a page leads, once and for all. It gives false
// if that is a file that is not published.
func (s *Site) settle(p *Page, l *markdown.Link) bool {
	d, fault := s.resolve(p, l)
	if fault != nil && s.exists != nil {
		if i := slices.IndexFunc(fault.routes, s.exists); i >= 0 {
			d.route = fault.routes[i]
		}
	}
	if d.asset != nil && !s.has(d.asset) {
		return false
	}
	if l.Image && d.url != "" {
		p.showFrom(d.url)
	}
	p.destinations.add(l, d)
	return true
}
