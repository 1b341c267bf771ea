package markdown

import (
	"cmp"
	"slices"
	"strconv"
	"sync"

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
	marked.starts = nil
	marked.MarkIDs = make([]string, len(marks))
	if d.starts == nil || len(marks) == 0 {
		return &marked
	}
	if d.marksCode(marks) {
		d = d.colour()
	}
	given := ids{used: make(map[string]bool, len(marks)), given: append(make([]string, 0, len(d.IDs)+len(marks)), d.IDs...)}
	spots := d.find(marks)
	for i := range spots {
		s := &spots[i]
		marked.MarkIDs[s.mark] = d.idOfMark(marks[s.mark].ID, &given)
	}
	marked.IDs = given.given
	slices.Sort(marked.IDs)
	marked.codes = d.codes
	marked.insert(d, d.imageTags(marks, tagsOf(spots)), marks)
	return &marked
}

// imageTags adds the elements of marks before images to the tags, and puts all in
// their order.
func (d *Doc) imageTags(marks []Mark, tags []insertion) []insertion {
	text, parts := len(tags), d.parts.All()
	for i := range marks {
		if m := &marks[i]; m.Image > 0 {
			for n := range parts {
				if p := &parts[n]; p.of > 0 && int(d.holes[p.of-1].link) == m.Image && !d.holes[p.of-1].end {
					tags = append(tags, insertion{n, p.start, i, startTags}, insertion{n, p.start, i, endTags})
				}
			}
		}
	}
	if len(tags) > text {
		slices.SortStableFunc(tags, func(a, b insertion) int { return cmp.Compare(a.part, b.part) })
	}
	return tags
}

// idOfMark gives the id wished for, with -2 and so on behind it if it is
// taken. Nothing is made up where none is wished for.
func (d *Doc) idOfMark(wanted string, s *ids) string {
	wanted = cleanID(wanted)
	if wanted == "" {
		return ""
	}
	id := wanted
	for n := max(s.next[wanted], 2); s.used[id] || id == d.TitleID || d.IDs.Has(id); n++ {
		id = wanted + "-" + strconv.Itoa(n)
		s.countOn(wanted, n+1)
	}
	s.give(id)
	return id
}

// insertion is the tags of a mark that are put into a part, or before a hole.
type insertion struct {
	part int
	at   int32 // of the text
	mark int
	tags markTags
}

// markTags says which tags of a mark.
type markTags uint8

const (
	startTags markTags = iota
	endTags
)

// tagsOf gives the tags of all marks in the order of the HTML, well nested.
func tagsOf(spots []spot) []insertion {
	slices.SortStableFunc(spots, func(a, b spot) int {
		return cmp.Or(cmp.Compare(a.part, b.part), cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to))
	})
	tags := make([]insertion, 0, 2*len(spots))
	var open []spot
	for _, s := range spots {
		for len(open) > 0 && !open[len(open)-1].holds(s) {
			tags, open = closeLast(tags, open)
		}
		if len(open) > 0 {
			s.to = min(s.to, open[len(open)-1].to)
		}
		tags = append(tags, insertion{s.part, s.from, s.mark, startTags})
		open = append(open, s)
	}
	for len(open) > 0 {
		tags, open = closeLast(tags, open)
	}
	return tags
}

// holds says whether another spot begins within this one.
func (s spot) holds(other spot) bool { return s.part == other.part && other.from < s.to }

func closeLast(tags []insertion, open []spot) ([]insertion, []spot) {
	s := open[len(open)-1]
	return append(tags, insertion{s.part, s.to, s.mark, endTags}), open[:len(open)-1]
}

// appendStart appends the tags that open a mark. One of an image has no id.
func (m *Mark) appendStart(b []byte, id string) []byte {
	b = append(b, "<span"...)
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
	return b
}

func (m *Mark) appendEnd(b []byte) []byte {
	if m.Datetime != "" {
		b = append(b, "</time>"...)
	}
	return append(b, "</span>"...)
}

// markedHTML is memory to put marks into HTML, used again.
var markedHTML = sync.Pool{New: func() any { return new([]byte) }}

// insert takes the HTML of another document with the tags, which are in order.
func (d *Doc) insert(old *Doc, tags []insertion, marks []Mark) {
	memory := markedHTML.Get().(*[]byte)
	html, before, done := (*memory)[:0], old.html.String(), int32(0)
	parts := make([]part, 0, len(old.parts.All())+len(tags))
	for i, p := range old.parts.All() {
		html = append(html, before[done:p.html]...)
		done = p.html
		for ; len(tags) > 0 && tags[0].part == i; tags = tags[1:] {
			t := &tags[0]
			if t.at > p.start {
				parts = append(parts, part{int32(len(html)), p.start, t.at, p.of})
				p.start = t.at
			}
			if t.tags == endTags {
				html = marks[t.mark].appendEnd(html)
			} else {
				html = marks[t.mark].appendStart(html, d.MarkIDs[t.mark])
			}
		}
		if p.html = int32(len(html)); p.start < p.end || !p.isText() {
			parts = append(parts, p)
		}
	}
	html = append(html, before[done:]...)
	d.html, d.parts = spill.Of(string(html)), spill.ItemsOf(parts)
	if cap(html) <= mostKept {
		*memory = html
		markedHTML.Put(memory)
	}
}
