package site

import (
	"slices"
	"strings"

	"publish/internal/markdown"
)

// linkKey is what decides where a link of a page leads.
type linkKey struct {
	dest  string
	image bool
}

func keyOf(l *markdown.Link) linkKey { return linkKey{l.Dest, l.Image} }

func (k linkKey) compare(other linkKey) int {
	switch {
	case k.dest != other.dest || k.image == other.image:
		return strings.Compare(k.dest, other.dest)
	case k.image:
		return 1
	}
	return -1
}

// destination is where a link of a document leads. At most one of page, route,
// asset and url is set; none means that the link becomes its text.
type destination struct {
	page   *Page
	asset  *Asset
	route  string // something generated
	url    string // elsewhere
	suffix string // "?query#fragment", percent-encoded
}

func (d *destination) none() bool {
	return d.page == nil && d.route == "" && d.asset == nil && d.url == ""
}

// destinations are where the links of a page lead, in the order of their keys:
// a page has few, and a map for each of many pages costs more than the links.
type destinations []linkTo

type linkTo struct {
	key linkKey
	to  destination
}

// add notes one link; sort has to follow.
func (d *destinations) add(l *markdown.Link, to destination) { *d = append(*d, linkTo{keyOf(l), to}) }

// sort puts the links in order, each once.
func (d *destinations) sort() {
	slices.SortFunc(*d, func(a, b linkTo) int { return a.key.compare(b.key) })
	*d = slices.CompactFunc(*d, func(a, b linkTo) bool { return a.key == b.key })
}

// find gives where a link leads; nil if it was never met.
func (d destinations) find(l *markdown.Link) *destination {
	i, ok := slices.BinarySearchFunc(d, keyOf(l), func(at linkTo, key linkKey) int { return at.key.compare(key) })
	if !ok {
		return nil
	}
	return &d[i].to
}
