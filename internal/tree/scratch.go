package tree

// Scratch is memory for trees, for whoever reads very many. A tree that was read
// with it stands until the next one is; the texts of its values stay.
type Scratch struct {
	memory
	// missing is how much more the last tree needed.
	missing struct{ nodes, entries, items int }
}

// memory is what plain YAML is read into: nodes, and the lists of those that are
// complete, each in one piece. Lists that are still open lie upon each other.
type memory struct {
	nodes       []Node
	entries     []Entry
	items       []*Node
	openEntries []Entry
	openItems   []*Node
}

// mostKept is how many nodes are kept; a larger front matter is rare.
const mostKept = 2048

// grow makes room for as much as the last tree needed.
func (s *Scratch) grow() {
	if n := len(s.nodes) + s.missing.nodes; s.missing.nodes > 0 && n <= mostKept {
		s.nodes = make([]Node, n)
	}
	if n := len(s.entries) + s.missing.entries; s.missing.entries > 0 && n <= mostKept {
		s.entries = make([]Entry, n)
	}
	if n := len(s.items) + s.missing.items; s.missing.items > 0 && n <= mostKept {
		s.items = make([]*Node, n)
	}
	s.missing.nodes, s.missing.entries, s.missing.items = 0, 0, 0
}
