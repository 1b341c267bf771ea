package site

import (
	"publish/internal/diag"
	"publish/internal/locale"
	"publish/internal/postmortem"
)

// Doubts recomputes what a postmortem claims and says where it contradicts
// itself. They are for the author: no public page shows them.
func (s *Site) Doubts(p *Page) diag.List {
	if p.Kind != postmortem.KindPostmortem {
		return nil
	}
	c := postmortem.Context{
		Date: p.Date, Zone: s.zoneOf(p.Document), Title: p.Title, Zones: s.zones, Headings: s.Headings(),
	}
	return p.Meta().Doubts(p.Blocks(), c)
}

// Headings are the site's own names of sections, by role.
func (s *Site) Headings() *locale.OwnNames { return s.headings }

// Hints say where a report blames persons, and what its readers will miss. They
// are for the author, as doubts are.
func (s *Site) Hints(p *Page) diag.List {
	if p.Kind != postmortem.KindPostmortem || p.Original != nil {
		return nil
	}
	c := postmortem.Context{
		Date: p.Date, Zone: s.zoneOf(p.Document), Title: p.Title, Zones: s.zones, Headings: s.Headings(), Language: p.Lang,
	}
	return p.Meta().Hints(p.Blocks(), c)
}
