package markdown

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"publish/internal/block"
	codes "publish/internal/code"
	"publish/internal/spill"
)

// part is what stands at a place between the tags: a stretch of the plain text, code
// that is coloured when it is shown, or a hole. So a text is kept once, for lists and
// search and for its page. Text that no tag divides is one part.
type part struct {
	html       int32 // the tags before it end here
	start, end int32 // of the plain text; of a hole, where the text before it ends
	of         int32 // asWritten, toEscape, codeOf its number in codes, or its number in holes, from 1
}

const (
	asWritten int32 = 0  // text that is its own HTML
	toEscape  int32 = -1 // text
)

// codeOf is what part.of says of code.
func codeOf(number int) int32 { return int32(-2 - number) }

// escaping says what clean text is: whether its HTML is another.
func escaping[T string | []byte](text T) int32 {
	for i := range len(text) {
		if stays[text[i]] == inText {
			return toEscape
		}
	}
	return asWritten
}

func (p *part) isText() bool { return p.of == asWritten || p.of == toEscape }

// code is the number of the code that the part is.
func (p *part) code() (number int, ok bool) { return int(-2 - p.of), p.of <= codeOf(0) }

// noteText notes that the plain text from a place on has been written.
func (w *writer) noteText(plain int, of int32) {
	if plain == len(w.plain) {
		return
	}
	if n := len(w.parts); n > 0 && !w.divided {
		if p := &w.parts[n-1]; p.isText() && int(p.html) == len(w.html) && int(p.end) == plain {
			p.end, p.of = int32(len(w.plain)), min(p.of, of)
			return
		}
	}
	w.divided, w.textAt = false, len(w.html)
	w.parts = append(w.parts, part{int32(len(w.html)), int32(plain), int32(len(w.plain)), of})
}

// textEnd is where the text ends that has been written.
func (w *writer) textEnd() int32 {
	if len(w.parts) == 0 {
		return 0
	}
	return w.parts[len(w.parts)-1].end
}

// beginsLine says whether nothing has been written, or what has been ends a line.
func (w *writer) beginsLine() bool {
	if end := w.textEnd(); end > 0 && w.textAt == len(w.html) {
		return w.plain[end-1] == '\n' || len(w.soft) > 0 && w.soft[len(w.soft)-1] == end-1
	}
	return len(w.html) == 0 || w.html[len(w.html)-1] == '\n'
}

// marksCode says whether a mark stands in a block of code.
func (d *Doc) marksCode(marks []Mark) bool {
	return len(d.codes) > 0 && slices.ContainsFunc(marks, func(m Mark) bool {
		return m.Block >= 1 && m.Block <= len(d.Blocks) && d.Blocks[m.Block-1].Kind == block.Code
	})
}

// colour gives a copy of the document whose code is highlighted in the HTML,
// for marks between its tags.
func (d *Doc) colour() *Doc {
	whole := *d
	whole.codes = nil
	parts := make([]part, 0, 2*len(d.parts.All()))
	tags, plain := d.html.String(), d.text.String()
	var html []byte
	var spans []codes.Span
	done := int32(0)
	for _, p := range d.parts.All() {
		html = append(html, tags[done:p.html]...)
		done = p.html
		number, isCode := p.code()
		if !isCode {
			p.html = int32(len(html))
			parts = append(parts, p)
			continue
		}
		at := p.start
		colourParts(d.codes[number], plain[p.start:p.end], &spans, func(tag string) { html = append(html, tag...) }, func(text string) {
			if end := at + int32(len(text)); text != "" {
				parts = append(parts, part{int32(len(html)), at, end, toEscape})
				at = end
			}
		})
	}
	whole.html, whole.parts = spill.Of(string(append(html, tags[done:]...))), spill.ItemsOf(parts)
	return &whole
}

// spot is where a mark stands: bytes of the text of one part.
type spot struct {
	mark, part int
	from, to   int32
}

// stretch is what a mark asks for, in bytes of the whole text.
type stretch struct {
	mark                             int
	start, end, blockStart, blockEnd int32
}

// find looks for the spots of all marks in one walk, and gives those that
// there are in the order of the marks.
func (d *Doc) find(marks []Mark) []spot {
	stretches := make([]stretch, 0, len(marks))
	for i, m := range marks {
		if s, ok := d.stretch(m); ok {
			s.mark = i
			stretches = append(stretches, s)
		}
	}
	slices.SortStableFunc(stretches, func(a, b stretch) int { return cmp.Compare(a.start, b.start) })

	spots := make([]spot, 0, len(stretches))
	first, parts := 0, d.parts.All() // first does not end before the stretch
	for _, s := range stretches {
		for first < len(parts) && parts[first].end <= s.start {
			first++
		}
		if chosen, ok := d.spot(s, first); ok {
			chosen.mark = s.mark
			spots = append(spots, chosen)
		}
	}
	slices.SortFunc(spots, func(a, b spot) int { return cmp.Compare(a.mark, b.mark) })
	return spots
}

// stretch gives what a mark asks for, widened to whole characters.
func (d *Doc) stretch(m Mark) (stretch, bool) {
	if m.Block < 1 || m.Block > len(d.Blocks) {
		return stretch{}, false
	}
	text := d.Blocks[m.Block-1].Text
	if text == "" || m.Start < 0 || m.End < m.Start || m.End > len(text) {
		return stretch{}, false
	}
	empty := m.Start == m.End
	for m.Start < len(text) && !utf8.RuneStart(text[m.Start]) {
		m.Start--
	}
	if empty {
		m.End = m.Start
	}
	for m.End < len(text) && !utf8.RuneStart(text[m.End]) {
		m.End++
	}
	at := d.starts[m.Block-1]
	return stretch{start: at + int32(m.Start), end: at + int32(m.End), blockStart: at, blockEnd: at + int32(len(text))}, true
}

// spot chooses among the parts of a stretch, the first of which is given, the one that
// gets the mark: the first that holds a digit, else the first that holds anything. Where
// the stretch has no text, it is the place before the next text of the block, else the
// place behind the last.
func (d *Doc) spot(s stretch, first int) (spot, bool) {
	text, parts := d.text.String(), d.parts.All()
	chosen, next := spot{part: -1}, spot{part: -1}
	for i := first; i < len(parts) && parts[i].start < s.blockEnd; i++ {
		p := &parts[i]
		if !p.isText() {
			continue
		}
		from := max(p.start, s.start)
		if next.part < 0 {
			next = spot{part: i, from: from, to: from}
		}
		if from >= s.end {
			break
		}
		from, to := trimmed(text, from, min(p.end, s.end))
		if strings.ContainsFunc(text[from:to], unicode.IsDigit) {
			return spot{part: i, from: from, to: to}, true
		}
		if chosen.part < 0 && from < to {
			chosen = spot{part: i, from: from, to: to}
		}
	}
	switch {
	case chosen.part >= 0:
		return chosen, true
	case next.part >= 0:
		return next, true
	}
	return d.behindLast(s)
}

// trimmed leaves out the spaces at both ends of a stretch of the text.
func trimmed(text string, from, to int32) (int32, int32) {
	left := strings.TrimLeftFunc(text[from:to], unicode.IsSpace)
	right := strings.TrimRightFunc(left, unicode.IsSpace)
	return to - int32(len(left)), to - int32(len(left)-len(right))
}

// behindLast is the place behind the last text of a block.
func (d *Doc) behindLast(s stretch) (spot, bool) {
	parts := d.parts.All()
	i := sort.Search(len(parts), func(i int) bool { return parts[i].start >= s.blockEnd }) - 1
	for i >= 0 && !parts[i].isText() {
		i--
	}
	if i < 0 || parts[i].end <= s.blockStart {
		return spot{}, false
	}
	at := min(parts[i].end, s.blockEnd)
	return spot{part: i, from: at, to: at}, true
}
