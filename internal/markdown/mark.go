package markdown

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"publish/internal/spill"
)

// Mark is something that was recognised in the text and that the page is to
// show there: a stretch of a block's text gets an id, attributes and a time.
type Mark struct {
	Block int // number in Doc.Blocks, from 1
	// Start and End are bytes of the block's Text. Where they are equal, an
	// empty element stands before the text at Start.
	Start, End int
	// ID is the id that is wished for; Doc.MarkIDs says which it got.
	ID         string
	Attributes []Attribute // behind the id, in this order
	Datetime   string      // of the <time> around the stretch; "" for no <time>
	// Image is the number in Doc.Links, from 1, of an image before which an empty
	// element stands: one that has its figure to itself is in no block.
	Image int
}

// Attribute is an attribute of HTML; a bare one has no value.
type Attribute struct {
	Name, Value string
	Bare        bool
}

// Mark gives a copy of the document whose HTML has
//
//	<span id="…" attributes…><time datetime="…">…</time></span>
//
// around the text of each mark. Nothing else changes: the text is the author's,
// and the excerpt has no marks. A stretch that the HTML divides (bold and plain,
// two cells) is marked at its first part that holds a digit, else at its first;
// spaces at the ends of a part stay outside. A mark that begins within another
// and ends behind it ends with it.
//
// A mark in a block without text, or outside the text of its block, stands
// nowhere. So do all marks of a Feed document, and of a copy that Mark made.
func (d *Doc) Mark(marks []Mark) *Doc {
	marked := *d
	marked.places = nil
	marked.MarkIDs = make([]string, len(marks))
	if d.places == nil || len(marks) == 0 {
		return &marked
	}
	if d.marksCode(marks) {
		d = d.colour()
	}
	given := ids{used: make(map[string]bool, len(d.IDs)+len(marks)), given: make([]string, 0, len(d.IDs)+len(marks)), reserved: map[string]bool{d.TitleID: true}}
	for _, id := range d.IDs {
		given.give(id)
	}
	spots := d.find(marks)
	for i := range spots {
		s := &spots[i]
		marked.MarkIDs[s.mark] = given.takeForMark(marks[s.mark].ID)
	}
	marked.IDs = given.sorted()
	html, pieces := insert(d.places.html, d.pieces, d.tagsOfImages(marks, tagsOf(marks, spots, marked.MarkIDs)))
	marked.html, marked.pieces = spill.Of(html), pieces
	return &marked
}

// tagsOfImages adds the elements of the marks that stand before images.
func (d *Doc) tagsOfImages(marks []Mark, tags []insertion) []insertion {
	before := len(tags)
	for i := range marks {
		for j := range d.pieces {
			if p := &d.pieces[j]; marks[i].Image > 0 && int(p.link) == marks[i].Image && !p.end {
				tags = append(tags, insertion{j, int(p.size), marks[i].startTags("") + marks[i].endTags()})
			}
		}
	}
	if len(tags) > before {
		slices.SortStableFunc(tags, func(a, b insertion) int { return cmp.Or(cmp.Compare(a.piece, b.piece), cmp.Compare(a.at, b.at)) })
	}
	return tags
}

// takeForMark gives the id wished for, with -2 and so on behind it if it is
// taken. Nothing is made up where none is wished for.
func (s *ids) takeForMark(wanted string) string {
	wanted = cleanID(wanted)
	if wanted == "" {
		return ""
	}
	id := wanted
	for n := max(s.next[wanted], 2); s.used[id] || s.reserved[id]; n++ {
		id = wanted + "-" + strconv.Itoa(n)
		s.countOn(wanted, n+1)
	}
	s.give(id)
	return id
}

// insertion is a tag that is put into a piece of the HTML.
type insertion struct {
	piece, at int // at is a byte of the piece
	tag       string
}

// tagsOf gives the tags of all marks in the order of the HTML, well nested.
func tagsOf(marks []Mark, spots []spot, markIDs []string) []insertion {
	slices.SortStableFunc(spots, func(a, b spot) int {
		return cmp.Or(cmp.Compare(a.piece, b.piece), cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to))
	})
	tags := make([]insertion, 0, 2*len(spots))
	var open []spot
	for _, s := range spots {
		for len(open) > 0 && !open[len(open)-1].holds(s) {
			tags, open = closeLast(tags, open, marks)
		}
		if len(open) > 0 {
			s.to = min(s.to, open[len(open)-1].to)
		}
		tags = append(tags, insertion{s.piece, s.from, marks[s.mark].startTags(markIDs[s.mark])})
		open = append(open, s)
	}
	for len(open) > 0 {
		tags, open = closeLast(tags, open, marks)
	}
	return tags
}

// holds says whether another spot begins within this one.
func (s spot) holds(other spot) bool { return s.piece == other.piece && other.from < s.to }

func closeLast(tags []insertion, open []spot, marks []Mark) ([]insertion, []spot) {
	s := open[len(open)-1]
	return append(tags, insertion{s.piece, s.to, marks[s.mark].endTags()}), open[:len(open)-1]
}

func (m *Mark) startTags(id string) string {
	b := append(make([]byte, 0, 120), "<span"...)
	if id != "" {
		b = appendAttribute(b, "id", id)
	}
	for _, a := range m.Attributes {
		if a.Bare {
			b = append(append(b, ' '), a.Name...)
		} else {
			b = appendAttribute(b, a.Name, a.Value)
		}
	}
	b = append(b, '>')
	if m.Datetime != "" {
		b = append(appendAttribute(append(b, "<time"...), "datetime", m.Datetime), '>')
	}
	return string(b)
}

func (m *Mark) endTags() string {
	if m.Datetime != "" {
		return "</time></span>"
	}
	return "</span>"
}

// insert gives the HTML with the tags, which are in order, and its pieces. Code that
// is coloured when it is shown is left out.
func insert(html string, old []piece, tags []insertion) (string, []piece) {
	length := len(html)
	for i := range tags {
		length += len(tags[i].tag)
	}
	var b strings.Builder
	b.Grow(length)
	pieces := slices.Clone(old)
	for i := range pieces {
		p, from, done := &pieces[i], b.Len(), 0
		for ; len(tags) > 0 && tags[0].piece == i; tags = tags[1:] {
			b.WriteString(html[done:tags[0].at])
			b.WriteString(tags[0].tag)
			done = tags[0].at
		}
		if p.code == 0 {
			b.WriteString(html[done:p.size])
		}
		html = html[p.size:]
		p.size = int32(b.Len() - from)
	}
	return b.String(), pieces
}
