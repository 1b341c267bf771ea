package site

import (
	"maps"
	"slices"

	"publish/internal/route"
)

// Settings is the hash of what the reading of every document depended on.
func (s *Site) Settings() [32]byte { return s.folder.Settings }

// AddLinks adds to a key where the links of a page lead, as far as the page's
// own text does not say it: to which address of the site, to an image of which
// size, or nowhere. Confirm has to have been called.
func (s *Site) AddLinks(h *route.Hash, p *Page) {
	for _, l := range p.destinations {
		if l.to.url == "" {
			h.Add(l.key.dest)
			h.Bool(l.key.image)
			s.addDestination(h, l.to)
		}
	}
	h.Int(len(p.destinations))
}

func (s *Site) addDestination(h *route.Hash, d destination) {
	switch {
	case d.asset != nil:
		h.Add("asset", d.asset.Route, d.suffix)
		h.Int(d.asset.Width)
		h.Int(d.asset.Height)
	case d.page != nil:
		h.Add("page", d.suffix)
		s.Links.AddAddress(h, d.page.Path)
	case d.route != "":
		h.Add("route", d.suffix)
		s.Links.AddAddress(h, d.route)
	default:
		h.Add("")
	}
}

// AddAddress adds a route and how the site calls it.
func (l *Links) AddAddress(h *route.Hash, route string) {
	h.Add(route)
	h.Bool(l.bare[route])
}

// AddAddresses adds how the site calls all its routes, where that is not their
// path.
func (l *Links) AddAddresses(h *route.Hash) {
	for _, r := range slices.Sorted(maps.Keys(l.bare)) {
		l.AddAddress(h, r)
	}
}
