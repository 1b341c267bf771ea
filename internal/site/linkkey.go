package site

import (
	"cmp"
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
	var room [8]linkKey
	keys := room[:0]
	for key, d := range p.destinations {
		if d.url == "" {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b linkKey) int {
		switch {
		case a.dest != b.dest:
			return cmp.Compare(a.dest, b.dest)
		case a.image:
			return 1
		}
		return -1
	})
	h.Int(len(keys))
	for _, key := range keys {
		h.Add(key.dest)
		h.Bool(key.image)
		s.addDestination(h, p.destinations[key])
	}
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
