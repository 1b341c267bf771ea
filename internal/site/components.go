package site

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
)

// Component is a part of the system with a state of its own, in the words of
// status pages: a service of publish.yaml, or one that only reports name.
type Component struct {
	Name, Group, Description string
	// Key is the name without what makes no difference between two spellings.
	Key string
	// Slug names the component's files, for one that no report names too.
	Slug string
	// Term is nil for a service that no report names.
	Term *Term
}

// Components lists the services of publish.yaml in their order there, then those
// that only public reports name, by name. The members of a group stand together, where
// its first one does.
func (s *Site) Components() []Component {
	var list []Component
	known := map[string]bool{}
	for _, service := range s.Config.Services {
		key := foldName(service.Name)
		if key == "" || known[key] {
			continue
		}
		known[key] = true
		list = append(list, Component{
			Name: service.Name, Group: service.Group, Description: service.Description,
			Key: key, Term: s.byName["service"][key],
		})
	}
	for _, t := range s.Services {
		if !known[t.folded] && slices.ContainsFunc(t.Pages, func(p *Page) bool { return p.Preview == "" }) {
			known[t.folded] = true
			list = append(list, Component{Name: t.Name, Group: t.Group, Description: t.Note, Key: t.folded, Term: t})
		}
	}
	slugComponents(list)
	return together(list)
}

// slugComponents gives every component the slug of its term; the others step
// aside, as terms do among themselves.
func slugComponents(list []Component) {
	taken := map[string]bool{}
	for i := range list {
		if t := list[i].Term; t != nil {
			list[i].Slug = t.Slug
			taken[t.Slug] = true
		}
	}
	for i := range list {
		c := &list[i]
		if c.Slug != "" {
			continue
		}
		c.Slug = termSlug(c.Name)
		if c.Slug == "" || taken[c.Slug] {
			sum := sha256.Sum256([]byte(c.Key))
			c.Slug = strings.TrimPrefix(fmt.Sprintf("%s-%x", c.Slug, sum[:3]), "-")
		}
		taken[c.Slug] = true
	}
}

// together brings the members of each group to its first.
func together(list []Component) []Component {
	place := map[string]int{}
	for i, c := range list {
		if _, ok := place[c.Group]; !ok && c.Group != "" {
			place[c.Group] = i
		}
	}
	at := make(map[string]int, len(list))
	for i, c := range list {
		at[c.Key] = i
		if c.Group != "" {
			at[c.Key] = place[c.Group]
		}
	}
	slices.SortStableFunc(list, func(a, b Component) int { return cmp.Compare(at[a.Key], at[b.Key]) })
	return list
}
