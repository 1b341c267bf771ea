package site

import (
	"path"
	"slices"

	"publish/internal/diag"
)

// relate finds what `related` and `recurrence_of` name, in both directions.
func (s *Site) relate(diags *diag.List) {
	find := s.find(s.Posts)
	if len(find) == 0 {
		return
	}
	for _, p := range s.Posts {
		for _, name := range p.Head.Related {
			if other := find[name]; other != nil && other != p {
				link(&p.Related, other)
				link(&other.Related, p)
			} else if other == nil {
				s.reportUnrelated(p, "related", name, diags)
			}
		}
		if name := p.Head.RecurrenceOf; name != "" {
			if other := find[name]; other != nil && other != p {
				p.RecurrenceOf = other
				link(&other.Recurrences, p)
			} else if other == nil {
				s.reportUnrelated(p, "recurrence_of", name, diags)
			}
		}
	}
}

// find finds the posts that some pages name: by slug, file, file's name, route
// or id. Of several of one name it is the newest; what is not found is nil.
func (s *Site) find(pages []*Page) map[string]*Page {
	named := map[string]*Page{}
	for _, p := range pages {
		for _, name := range p.Head.Related {
			named[name] = nil
		}
		if name := p.Head.RecurrenceOf; name != "" {
			named[name] = nil
		}
	}
	if len(named) == 0 {
		return nil
	}
	for _, p := range slices.Backward(s.Posts) {
		for _, name := range [...]string{p.Slug, p.Document.Path, path.Base(p.Document.Path), fileID(p.Document.Path, s.root), p.Path, p.ID} {
			if _, asked := named[name]; asked {
				named[name] = p
			}
		}
	}
	return named
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
		if name == h.Document.Head.ID || name == fileID(h.Document.Path, s.root) || name == h.Document.Path {
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
