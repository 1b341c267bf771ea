// Package proof looks for internal texts in the bytes that are about to be
// published. The texts were cut before anything was parsed, so none should be
// found: this is the second lock, which knows nothing of the first.
//
// An internal text is found by what nobody would say by chance:
//
//   - a telling word: of five characters or more, at least one of them a letter
//     (or of seven figures or more), that stands in no public text of the site
//     and that the program does not write by itself;
//   - a telling run: five words in a row, or a whole text of three or four, with
//     at least twelve characters, that stand so in no public text. In a file
//     that is held back they stand in one block, too.
//
// A day or an instant by itself tells nothing: the program writes many, in forms
// that no author used, of what the public may know.
//
// What is made of public words alone, and is shorter, says nothing that the
// public cannot read elsewhere on the site. Words are compared without case and
// accents, however they are escaped (see splitter), so that a page, a feed, a
// JSON text, an address and the search index are one.
package proof

import (
	"bytes"
	"cmp"
	"fmt"
	"math/bits"
	"slices"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"publish/internal/diag"
	"publish/internal/pattern"
)

const (
	shortestWord   = 5
	shortestNumber = 7
	// shortestInBinary is the shortest word that is looked for in what is no
	// text: in a gigabyte of noise, one of seven letters between two other signs
	// comes about once in a million times.
	shortestInBinary = 7
	run              = 5  // words
	shortestRun      = 12 // characters
)

// Text is an internal text with its place.
type Text struct {
	Text string
	Pos  diag.Pos
	// Held says that it is of a file that is held back as a whole. Such a file
	// repeats what others say, headings and titles, in a list or a table, as the
	// pages of a site do: a run of it is one only within a block.
	Held bool
	// Waits says that it is of a file that will be published, as a draft: it
	// says much that is no secret.
	Waits bool
}

// mark is a word or a run that tells of a text.
type mark struct {
	text   *Text
	words  string // as written
	run    bool   // more than one word
	public atomic.Bool
}

// Proof holds what must not be published. Public may be called by many
// goroutines until Ready; Search by many after it.
type Proof struct {
	words, runs map[uint64]*mark
	lengths     [run + 1]bool // of runs that there are
	maybe       filter

	mu   sync.Mutex
	hits map[*Text][]hit
}

type hit struct{ file, words string }

// New makes a Proof of internal texts; nil if there is none.
func New(texts []Text) *Proof {
	if len(texts) == 0 {
		return nil
	}
	p := &Proof{words: map[uint64]*mark{}, runs: map[uint64]*mark{}, hits: map[*Text][]hit{}}
	for i := range texts {
		p.learn(&texts[i])
	}
	return p
}

// readings are the ways in which a source may be published: as it is, with its
// backslashes as they are, and without its markup.
func readings(text []byte, read func(data []byte, bare bool)) {
	read(text, false)
	if bytes.IndexByte(text, '\\') >= 0 {
		read(text, true)
	}
	if bytes.ContainsAny(text, "[<") {
		read(plain(text), true)
	}
}

func (p *Proof) learn(text *Text) {
	parts := [][]byte{[]byte(text.Text)}
	if text.Held {
		parts = blocks(parts[0])
	}
	for _, part := range parts {
		readings(part, func(data []byte, bare bool) { p.learnPart(text, data, bare, len(parts) == 1) })
	}
}

// learnPart takes the marks of a text, or of a part of it.
func (p *Proof) learnPart(text *Text, data []byte, bare, whole bool) {
	var all []word
	s := splitter{bare: bare, emit: func(w word) { all = append(all, w) }}
	s.split(data)
	times := instant.FindAllIndex(data, -1)
	for i, w := range all {
		if telling(w) && !within(times, all[i:i+1]) && p.words[w.hash] == nil {
			p.words[w.hash] = &mark{text: text, words: written(data, all[i:i+1])}
		}
	}
	length := run
	if whole && len(all) >= 3 && len(all) < run {
		length = len(all)
	}
	for i := 0; i+length <= len(all); i++ {
		part := all[i : i+length]
		if letters(part) < shortestRun || within(times, part) {
			continue
		}
		p.lengths[length] = true
		if h := together(part); p.runs[h] == nil {
			p.runs[h] = &mark{text: text, words: written(data, part), run: true}
		}
	}
}

// instant is a day or an instant as ISO 8601 writes it, extended or basic.
var instant = pattern.New(`\b(?:19|20)\d\d(?:-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?|(?:0\d|1[0-2])[0-3]\d(?:[Tt]\d{4,6})?)(?:[Zz]|[+-]\d\d:?\d\d)?\b`)

// within says that words stand in one of the spans, which are in order.
func within(spans [][]int, words []word) bool {
	first, last := words[0].end, words[len(words)-1].end
	i, _ := slices.BinarySearchFunc(spans, last, func(s []int, end int) int { return cmp.Compare(s[1], end) })
	return i < len(spans) && spans[i][0] < first
}

func telling(w word) bool {
	if w.figures {
		return w.letters >= shortestNumber
	}
	return w.letters >= shortestWord
}

func letters(words []word) int {
	n := 0
	for _, w := range words {
		n += w.letters
	}
	return n
}

// written is about what stands in a text, for a message.
func written(data []byte, words []word) string {
	end := words[len(words)-1].end
	start := words[0].end
	for start > 0 && words[0].end-start < 40 {
		r, size := utf8.DecodeLastRune(data[:start])
		if r < utf8.RuneSelf && lower[r] == 0 && !escapes[r] {
			break
		}
		start -= size
	}
	return string(bytes.Join(bytes.Fields(bytes.ToValidUTF8(data[start:max(end, start)], nil)), []byte(" ")))
}

// together is the hash of a run; its order counts.
func together(words []word) uint64 {
	h := uint64(len(words))
	for i := range words {
		h = bits.RotateLeft64(h, 9) + words[i].hash
	}
	return h
}

// Public takes from the marks what a public text says: words and runs.
func (p *Proof) Public(text []byte) {
	readings(text, func(data []byte, bare bool) { p.each(data, bare, true, func(m *mark, _ int) { m.public.Store(true) }) })
}

// Words takes only the words of a text from the marks: of code, whose words the
// program may write into any page.
func (p *Proof) Words(text []byte) {
	p.each(text, false, false, func(m *mark, _ int) { m.public.Store(true) })
}

// Ready ends what Public and Words began.
func (p *Proof) Ready() {
	for _, marks := range []map[uint64]*mark{p.words, p.runs} {
		for h, m := range marks {
			if m.public.Load() {
				delete(marks, h)
			}
		}
	}
	p.maybe = newFilter(len(p.words) + len(p.runs))
	for h := range p.words {
		p.maybe.add(h)
	}
	for h := range p.runs {
		p.maybe.add(h)
	}
}

// each finds the marks in a text, with the number of letters of each.
func (p *Proof) each(data []byte, bare, runs bool, found func(m *mark, letters int)) {
	var last [run]uint64 // the hashes of the words before
	n := 0
	s := splitter{bare: bare, emit: func(w word) {
		if p.maybe.has(w.hash) {
			if m := p.words[w.hash]; m != nil {
				found(m, w.letters)
			}
		}
		if !runs {
			return
		}
		last[0], last[1], last[2], last[3], last[4] = last[1], last[2], last[3], last[4], w.hash
		n++
		for length := 3; length <= run; length++ {
			if !p.lengths[length] || n < length {
				continue
			}
			h := uint64(length)
			for _, hash := range last[run-length:] {
				h = bits.RotateLeft64(h, 9) + hash
			}
			if p.maybe.has(h) {
				if m := p.runs[h]; m != nil {
					found(m, shortestRun)
				}
			}
		}
	}}
	s.split(data)
}

// Search looks for the marks in a file that is about to be published, and in
// its name, and says whether it found none. Nothing is looked for in what is
// compressed.
func (p *Proof) Search(file string, data []byte) bool { return p.search(file, data, false) }

// SearchBeside is Search in a file that an author put beside a text: a log, a
// drawing. Nobody has told its words as public, and those that a log has in
// common with a draft are no leak: of what waits only runs are looked for.
func (p *Proof) SearchBeside(file string, data []byte) bool { return p.search(file, data, true) }

func (p *Proof) search(file string, data []byte, beside bool) bool {
	clean := true
	look := func(data []byte, shortest int, beside bool) {
		p.each(data, false, true, func(m *mark, letters int) {
			if letters >= shortest && (m.run || !beside || !m.text.Waits) {
				clean = false
				p.hit(m, file)
			}
		})
	}
	look([]byte(file), 0, false)
	if text := data[:min(len(data), 8<<10)]; bytes.IndexByte(text, 0) < 0 {
		look(data, 0, beside)
		return clean
	}
	look(data, shortestInBinary, beside)
	look(bytes.ReplaceAll(data, []byte{0}, nil), shortestInBinary, beside) // UTF-16
	return clean
}

func (p *Proof) hit(m *mark, file string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hits[m.text] = append(p.hits[m.text], hit{file, m.words})
}

// Report says what was found: each internal text once, where it stands, with
// the files in which it was found.
func (p *Proof) Report() diag.List {
	var list diag.List
	for text, hits := range p.hits {
		slices.SortFunc(hits, func(a, b hit) int {
			return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(len(b.words), len(a.words)), cmp.Compare(a.words, b.words))
		})
		where := fmt.Sprintf("%q", hits[0].file)
		if files := slices.CompactFunc(slices.Clone(hits), func(a, b hit) bool { return a.file == b.file }); len(files) > 1 {
			where += fmt.Sprintf(" and %d more", len(files)-1)
		}
		list.Report(diag.LeakInternal, text.Pos, "take it out of what is published; if the words are no secret, say them in a public text as well",
			"%q is of an internal text, and would be published in %s", hits[0].words, where)
	}
	list.Sort()
	return list
}

// filter says quickly of most hashes that they are none of a set.
type filter struct {
	bits []uint64
	mask uint64
}

func newFilter(n int) filter {
	size := uint64(1 << 12)
	for size < 16*uint64(n) {
		size *= 2
	}
	return filter{make([]uint64, size/64), size - 1}
}

func (f *filter) at(h uint64) (int, uint64) {
	h = (h ^ h>>29) & f.mask
	return int(h / 64), 1 << (h % 64)
}

func (f *filter) add(h uint64) {
	i, bit := f.at(h)
	f.bits[i] |= bit
}

// has says yes of a filter that is not made yet.
func (f *filter) has(h uint64) bool {
	if f.bits == nil {
		return true
	}
	i, bit := f.at(h)
	return f.bits[i]&bit != 0
}

// plain is a Markdown text without the addresses of its links and without tags:
// what a plain text makes of it, more or less.
func plain(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == ']' && i+1 < len(text) && (text[i+1] == '(' || text[i+1] == '['):
			end := bytes.IndexAny(text[i+2:], ")]\n")
			if end < 0 {
				return append(out, text[i:]...)
			}
			out = append(out, ' ')
			i += 2 + end
		case c == '<':
			end := bytes.IndexAny(text[i+1:], ">\n")
			if end < 0 || text[i+1+end] == '\n' {
				out = append(out, c)
				continue
			}
			i += 1 + end
		default:
			out = append(out, c)
		}
	}
	return out
}
