package leak

import "slices"

// anchors finds the anchors of all rules in one pass over a text: the automaton
// of Aho and Corasick, as a table. Letters of either case are one, and bytes
// that stand in no anchor are one class, so that the table stays small enough
// for a processor's cache.
type anchors struct {
	class  [256]uint8
	width  int
	next   []uint16 // by state × width + class; a state is the place of its row
	accept uint16   // rows from here on end an anchor
	ends   [][]end  // of those rows, in their order
}

// end is an anchor whose beginning ends in a state. Of most rules the letters'
// case counts.
type end struct {
	rule   int
	anchor string
	known  int // how many of its bytes the automaton has seen
	exact  bool
}

// beginning is how many bytes of an anchor the automaton knows. The rest is
// compared where they stand, which is seldom; with more of them the table would
// not stay in the cache that is nearest. Of a site's own hosts it knows fewer
// where there are many of them.
const beginning = 3

// maxPlaces is how many places a table may have.
const maxPlaces = 1 << 16

// known is how many bytes of an anchor of the rule the automaton knows.
func (r *rule) known(anchor string, ofHosts int) int {
	if r.own {
		return min(len(anchor), ofHosts)
	}
	return min(len(anchor), beginning)
}

// node is a state while the automaton is built.
type node struct {
	to   []int32 // by class; -1 for none
	fail int32
	ends []end
}

func newAnchors(list []*rule) *anchors {
	for ofHosts := beginning; ; ofHosts-- {
		a := &anchors{width: 1}
		a.classify(list, ofHosts)
		if nodes := a.trie(list, ofHosts); len(nodes)*a.width <= maxPlaces || ofHosts == 1 {
			a.tabulate(nodes)
			return a
		}
	}
}

// classify gives every byte that stands in an anchor a class.
func (a *anchors) classify(list []*rule, ofHosts int) {
	for _, r := range list {
		for _, anchor := range r.anchors {
			for _, c := range []byte(anchor[:r.known(anchor, ofHosts)]) {
				c = lower(c)
				if a.class[c] == 0 {
					a.class[c] = uint8(a.width)
					a.width++
				}
			}
		}
	}
	for c := byte('a'); c <= 'z'; c++ {
		a.class[c-0x20] = a.class[c]
	}
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c | 0x20
	}
	return c
}

// trie puts all anchors into a tree and gives every node its longest suffix
// that is one too, breadth first.
func (a *anchors) trie(list []*rule, ofHosts int) []node {
	fresh := func() node {
		return node{to: slices.Repeat([]int32{-1}, a.width)}
	}
	nodes := []node{fresh()}
	for n, r := range list {
		for _, anchor := range r.anchors {
			at, known := int32(0), r.known(anchor, ofHosts)
			for _, c := range []byte(anchor[:known]) {
				class := a.class[lower(c)]
				if nodes[at].to[class] < 0 {
					nodes[at].to[class] = int32(len(nodes))
					nodes = append(nodes, fresh())
				}
				at = nodes[at].to[class]
			}
			nodes[at].ends = append(nodes[at].ends, end{rule: n, anchor: anchor, known: known, exact: r.exact})
		}
	}
	var queue []int32
	for class, to := range nodes[0].to {
		if to < 0 {
			nodes[0].to[class] = 0
		} else if to > 0 {
			queue = append(queue, to)
		}
	}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		fail := nodes[at].fail
		nodes[at].ends = append(nodes[at].ends, nodes[fail].ends...)
		for class, to := range nodes[at].to {
			if to < 0 {
				nodes[at].to[class] = nodes[fail].to[class]
				continue
			}
			nodes[to].fail = nodes[fail].to[class]
			queue = append(queue, to)
		}
	}
	return nodes
}

// stands says that the whole anchor stands at the beginning of a text, of which
// the automaton has seen a part.
func (e *end) stands(text []byte) bool {
	if len(text) < len(e.anchor) {
		return false
	}
	if e.exact {
		return string(text[:len(e.anchor)]) == e.anchor
	}
	for i := e.known; i < len(e.anchor); i++ {
		if lower(text[i]) != lower(e.anchor[i]) {
			return false
		}
	}
	return true
}

// tabulate numbers the nodes so that those with ends come last.
func (a *anchors) tabulate(nodes []node) {
	order := make([]int, 0, len(nodes))
	for _, ending := range []bool{false, true} {
		if ending {
			a.accept = uint16(len(order) * a.width)
		}
		for i := range nodes {
			if len(nodes[i].ends) > 0 == ending {
				order = append(order, i)
				if ending {
					a.ends = append(a.ends, nodes[i].ends)
				}
			}
		}
	}
	row := make([]int, len(nodes))
	for place, i := range order {
		row[i] = place * a.width
	}
	if len(nodes)*a.width > maxPlaces {
		panic("leak: the anchors of rules.txt need more than 65 536 places") // a test reads the file
	}
	a.next = make([]uint16, len(nodes)*a.width)
	for i, n := range nodes {
		for class, to := range n.to {
			a.next[row[i]+class] = uint16(row[to])
		}
	}
}

// each calls found with the rule of every anchor in a text and the place where
// it begins.
func (a *anchors) each(text []byte, found func(rule, start int)) {
	state, next, accept := uint16(0), a.next, a.accept
	for i, c := range text {
		state = next[int(state)+int(a.class[c])]
		if state < accept {
			continue
		}
		for _, e := range a.ends[(int(state)-int(accept))/a.width] {
			start := i + 1 - e.known
			if e.stands(text[start:]) {
				found(e.rule, start)
			}
		}
	}
}
