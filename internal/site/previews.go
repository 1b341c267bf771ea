package site

import (
	"slices"

	"publish/internal/diag"
	"publish/internal/postmortem"
)

// preview gives what waits to become public the address that it will have and
// its place beside the others. What is wrong with it is not said, since it is
// said of the public site only. It comes last, since nothing of the public
// model may know of it.
func (s *Site) preview() {
	if len(s.Previews) == 0 {
		return
	}
	ids := map[string]bool{}
	for _, p := range s.public() {
		ids[p.ID] = true
	}
	taken := map[string]bool{}
	originals := map[*Page]bool{}
	place := func(p *Page) bool {
		s.classify(p, &diag.List{})
		if p.ID = p.Head.ID; p.ID == "" {
			if p.ID = fileID(p.Document.Path, s.root); ids[p.ID] {
				p.ID = pathID(p.Document.Path, s.root)
			}
		}
		if p.Original != nil {
			if p.Original.Path == "" || p.Original.apart && !originals[p.Original] {
				return true
			}
			p.ID = p.Original.ID
		}
		s.slug(p)
		p.Path, _ = s.claim(p)
		if s.byPath[p.Path] != nil || taken[p.Path] || s.reportFault(p, &diag.List{}) {
			return true
		}
		taken[p.Path], originals[p] = true, true
		return false
	}
	gone := map[*Page]bool{}
	for _, translations := range []bool{false, true} {
		for _, p := range s.Previews {
			if (p.Original != nil) == translations {
				gone[p] = place(p)
			}
		}
	}
	s.Previews = slices.DeleteFunc(s.Previews, func(p *Page) bool { return gone[p] })
	find := s.find(s.Previews)
	s.taking = s.aside
	for _, p := range s.Previews {
		if p.Kind != postmortem.KindPage && p.Original == nil {
			p.FeedID = s.feedID(p)
			s.placeApart(p)
			s.relateApart(p, find)
		}
		s.followPage(p, nil)
	}
	for _, p := range s.Previews {
		if p.Original != nil {
			p.follow()
		}
	}
	s.taking = nil
	s.PreviewAssets = byRoute(s.aside)
}

// placeApart gives a preview its terms, in none of which it is listed.
func (s *Site) placeApart(p *Page) {
	for i := range taxonomies {
		tax := &taxonomies[i]
		seen := map[string]bool{}
		for _, name := range tax.names(p) {
			key := foldName(name)
			t := s.byName[tax.kind][key]
			switch {
			case key == "" || seen[key]:
				continue
			case t == nil && tax.kind != "service" && tax.kind != "tag":
				continue // there is nothing to lead to
			case t == nil:
				t = &Term{Kind: tax.kind, Name: shownName(name)}
			}
			seen[key] = true
			if tax.list != nil {
				*tax.list(p) = append(*tax.list(p), t)
			} else {
				tax.set(p, t)
			}
		}
	}
}

// relateApart finds what a preview names, which does not name it in turn.
func (s *Site) relateApart(p *Page, find map[string]*Page) {
	for _, name := range p.Head.Related {
		if other := find[name]; other != nil {
			link(&p.Related, other)
		}
	}
	p.RecurrenceOf = find[p.Head.RecurrenceOf]
}
