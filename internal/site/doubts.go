package site

import (
	"publish/internal/diag"
	"publish/internal/postmortem"
)

// Doubts recomputes what a postmortem claims and says where it contradicts
// itself. They are for the author: no public page shows them.
func (s *Site) Doubts(p *Page) diag.List {
	if p.Kind != postmortem.KindPostmortem {
		return nil
	}
	c := postmortem.Context{
		Date: p.Date, Zone: s.zoneOf(p.Document), Title: p.Title,
		Zones: map[string]string{}, Headings: s.Config.RoleNames(),
	}
	for _, z := range s.Config.Zones {
		c.Zones[z.Abbreviation] = z.Name
	}
	return p.Meta.Doubts(p.Body.Blocks, c)
}
