package site

import (
	"path"
	"slices"

	"publish/internal/diag"
)

// relate finds what `related` and `recurrence_of` name, in both directions.
func (s *Site) relate(diags *diag.List) {
	find := s.byAnyName()
	for _, p := range s.Posts {
		for _, name := range p.Meta.Related {
			if other := find[name]; other != nil && other != p {
				link(&p.Related, other)
				link(&other.Related, p)
			} else if other == nil {
				s.reportUnrelated(p, "related", name, diags)
			}
		}
		if name := p.Meta.RecurrenceOf; name != "" {
			if other := find[name]; other != nil && other != p {
				p.RecurrenceOf = other
				link(&other.Recurrences, p)
			} else if other == nil {
				s.reportUnrelated(p, "recurrence_of", name, diags)
			}
		}
	}
}

// byAnyName are the posts by all that an author may call them; of several of
// one name it is the newest.
func (s *Site) byAnyName() map[string]*Page {
	find := map[string]*Page{}
	for _, p := range slices.Backward(s.Posts) {
		for _, key := range []string{p.Slug, p.Document.Path, path.Base(p.Document.Path), fileID(p.Document.Path, s.root), p.Path, p.ID} {
			find[key] = p
		}
	}
	return find
}

func link(list *[]*Page, p *Page) {
	if !slices.Contains(*list, p) {
		*list = append(*list, p)
	}
}

// reportUnrelated stays silent about what is held back: its name must not
// come out in a message of a public build.
func (s *Site) reportUnrelated(p *Page, field, name string, diags *diag.List) {
	for _, h := range s.Held {
		if name == h.Document.Meta.ID || name == fileID(h.Document.Path, s.root) || name == h.Document.Path {
			return
		}
	}
	diags.Report(diag.LinkBroken, s.place(p), "name the other by its id or file name",
		"`%s` names \"%s\", which is no postmortem of this site", field, name)
}

// neighbours links every post to the one before and after it.
func (s *Site) neighbours() {
	for i, p := range s.Posts {
		p.Place = i
		if i > 0 {
			p.Newer = s.Posts[i-1]
		}
		if i+1 < len(s.Posts) {
			p.Older = s.Posts[i+1]
		}
	}
}
