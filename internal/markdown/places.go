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
)

// places says where the plain text stands in the HTML.
type places struct {
	html   string // the pieces put together
	runs   []run
	blocks []int32 // where the Text of each block begins in the plain text
}

// run is a stretch of plain text whose HTML is the same text, escaped. No hole
// stands within, and only in highlighted code do tags.
type run struct{ start, end, html int32 }

// noteRun notes that the text from plain on stands in the HTML from html on.
func (w *writer) noteRun(plain, html int) {
	if w.runs == nil || plain == len(w.plain) {
		return
	}
	last := len(w.runs) - 1
	hole := len(w.holes) > 0 && w.holes[len(w.holes)-1].at == html
	if last >= 0 && w.runStop == html && int(w.runs[last].end) == plain && !hole {
		w.runs[last].end = int32(len(w.plain))
	} else {
		w.runs = append(w.runs, run{int32(plain), int32(len(w.plain)), int32(html)})
	}
	w.runStop = len(w.html)
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
	whole.codes, whole.pieces = nil, slices.Clone(d.pieces)
	whole.places = &places{runs: slices.Clone(d.places.runs), blocks: d.places.blocks}
	rest, html := d.places.html, make([]byte, 0, 2*len(d.places.html))
	before := 0 // where the piece begins in d's HTML
	runs := whole.places.runs
	plain := d.text.String()
	var spans []codes.Span
	move := func(upTo int) {
		for ; len(runs) > 0 && int(runs[0].html) <= upTo; runs = runs[1:] {
			runs[0].html += int32(len(html) - before)
		}
	}
	for i := range whole.pieces {
		p := &whole.pieces[i]
		move(before)
		from := len(html)
		if p.code > 0 {
			html = d.codes[p.code-1].append(html, plain, &spans)
		} else {
			html = append(html, rest[:p.size]...)
		}
		before, rest = before+int(p.size), rest[p.size:]
		p.size, p.code = int32(len(html)-from), 0
	}
	move(before)
	whole.places.html = string(html)
	return &whole
}

// part is a stretch of the plain text that no tag divides, and its place in the
// HTML.
type part struct{ start, end, from, to int }

// trimmed leaves out the spaces at both ends, none of which is escaped.
func (p part) trimmed(text string) part {
	text = text[p.start:p.end]
	left := len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace))
	right := len(text[left:]) - len(strings.TrimRightFunc(text[left:], unicode.IsSpace))
	return part{p.start + left, p.end - right, p.from + left, p.to - right}
}

// walk goes through the plain text and the HTML side by side.
type walk struct {
	*places
	text      string
	run       int  // the current one
	entered   bool // the next byte, in the text and in the HTML, is known
	plain, at int
}

// part gives the next part that begins before a place in the text, and goes
// behind it.
func (k *walk) part(before int) (part, bool) {
	for ; k.run < len(k.runs); k.run, k.entered = k.run+1, false {
		r := k.runs[k.run]
		if !k.entered {
			k.entered, k.plain, k.at = true, int(r.start), int(r.html)
		}
		if end := min(int(r.end), before); k.plain < end {
			return k.partOfRun(end), true
		}
		if int(r.end) > before {
			break
		}
	}
	return part{}, false
}

func (k *walk) partOfRun(end int) part {
	for k.html[k.at] == '<' {
		k.at += strings.IndexByte(k.html[k.at:], '>') + 1
	}
	p := part{start: k.plain, from: k.at}
	for k.plain < end && k.html[k.at] != '<' {
		k.at += escapedLen(k.text[k.plain])
		k.plain++
	}
	p.end, p.to = k.plain, k.at
	return p
}

// escapedLen is how long appendEscaped makes a byte of text that is clean.
func escapedLen(c byte) int {
	switch c {
	case '&':
		return len("&amp;")
	case '<', '>':
		return len("&lt;")
	case '"':
		return len("&quot;")
	}
	return 1
}

// seek goes to the first text that does not stand before a place.
func (k *walk) seek(place int) {
	for k.run < len(k.runs) && int(k.runs[k.run].end) <= place {
		k.run, k.entered = k.run+1, false
	}
	for ok := true; ok; {
		_, ok = k.part(place)
	}
}

// spot is where a mark stands in the HTML: bytes of one of the pieces.
type spot struct{ mark, piece, from, to int }

// stretch is what a mark asks for, in bytes of the whole text.
type stretch struct{ mark, start, end, blockStart, blockEnd int }

// find looks for the spots of all marks in one walk, and gives those that
// there are in the order of the marks.
func (d *Doc) find(marks []Mark) []spot {
	starts := make([]int, len(d.pieces)) // of the pieces in the HTML
	for i := 1; i < len(starts); i++ {
		starts[i] = starts[i-1] + int(d.pieces[i-1].size)
	}
	stretches := make([]stretch, 0, len(marks))
	for i, m := range marks {
		if s, ok := d.stretch(m); ok {
			s.mark = i
			stretches = append(stretches, s)
		}
	}
	slices.SortStableFunc(stretches, func(a, b stretch) int { return cmp.Compare(a.start, b.start) })

	spots := make([]spot, 0, len(stretches))
	k := walk{places: d.places, text: d.text.String()}
	for _, s := range stretches {
		k.seek(s.start)
		p, ok := k.chosen(s)
		if !ok {
			continue
		}
		// Holes have no length: of the pieces that begin at the same byte, the
		// last is the one with the text.
		i := sort.SearchInts(starts, p.text+1) - 1
		spots = append(spots, spot{s.mark, i, p.from - starts[i], p.to - starts[i]})
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
	at := int(d.places.blocks[m.Block-1])
	return stretch{start: at + m.Start, end: at + m.End, blockStart: at, blockEnd: at + len(text)}, true
}

// chosenPart is the part of a stretch that gets the mark.
type chosenPart struct {
	from, to int // in the HTML
	text     int // a byte of text in the same piece of the HTML
}

// chosen chooses among the parts of the stretch that the walk stands before;
// where it has no text, the place before the next text of the block, else the
// place behind the last.
func (k walk) chosen(s stretch) (chosenPart, bool) {
	first, found := part{}, false
	ahead := k
	for p, ok := ahead.part(s.end); ok; p, ok = ahead.part(s.end) {
		p = p.trimmed(k.text)
		if strings.ContainsFunc(k.text[p.start:p.end], unicode.IsDigit) {
			return chosenPart{p.from, p.to, p.from}, true
		}
		if !found && p.start < p.end {
			first, found = p, true
		}
	}
	if found {
		return chosenPart{first.from, first.to, first.from}, true
	}
	ahead = k
	if p, ok := ahead.part(s.blockEnd); ok {
		return chosenPart{p.from, p.from, p.from}, true
	}
	run := sort.Search(len(k.runs), func(i int) bool { return int(k.runs[i].start) >= s.blockEnd }) - 1
	if run < 0 || int(k.runs[run].end) <= s.blockStart {
		return chosenPart{}, false
	}
	last := part{}
	back := walk{places: k.places, text: k.text, run: run}
	for p, ok := back.part(s.blockEnd); ok; p, ok = back.part(s.blockEnd) {
		last = p
	}
	return chosenPart{last.to, last.to, last.from}, true
}
