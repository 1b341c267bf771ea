package markdown

import (
	"slices"
	"sync"

	"publish/internal/block"
	"publish/internal/diag"
)

// writer walks the tree that goldmark made, once, and writes HTML, plain text
// and everything else that a Doc holds. A second, smaller walk is made for the
// plain text of the excerpt; its HTML is thrown away.
type writer struct {
	src     *source
	o       Options
	text    []byte // src.text
	feed    bool
	excerpt bool
	stopped bool // the excerpt has ended

	html []byte // all that is no text
	// plain is the text of everything; blocks, links and cells are ranges of it.
	plain   []byte
	soft    []int32 // the bytes of it that stand for soft line breaks
	parts   []part
	divided bool // what follows is no part of the text before it
	textAt  int  // where in html the last text stands
	holes   []hole

	blocks   []openBlock
	cells    []span // of all rows
	lists    int
	depth    int // of lists
	links    []link
	linkAt   map[int]int // where a link stands in text → its index
	headings []openHeading
	outline  []int // levels of the headings that are open
	ids      ids
	more     bool

	title      Heading
	titleFirst bool
	titleID    string

	loose  bool // text of raw HTML is being gathered into the last block
	stack  []element
	inLink int // the links that are open
	nested int // marks of emphasis within each other
	tables int

	coloured int      // bytes of code
	codes    []string // languages
	diags    diag.List
	said     map[string]bool // what is said once, however often it is met
	notes    diag.List       // that, which no rewind takes back
	decoded  map[string]string
	dropped  map[droppedTag]bool
	lastEnd  map[string]int // where the last end tag of an element stands
}

type span struct{ start, end int }

type openBlock struct {
	block.Block
	span
	cells span // of a row, in the writer's cells
}

type openHeading struct {
	Heading
	block int  // index of its block
	whole bool // its text is all that its block holds
}

type link struct {
	Link
	at         int // of the link in text
	start, end int // of its own text in plain
}

func newWriter(src *source, o Options) *writer {
	w := writers.Get().(*writer)
	w.src, w.o, w.text, w.feed = src, o, src.text, o.Profile == Feed
	return w
}

// writers are writers that have done their work: what they gathered in is used
// again. What a Doc keeps is copied out of it.
var (
	writers        = sync.Pool{New: func() any { return &writer{linkAt: map[int]int{}, ids: ids{used: map[string]bool{}}} }}
	excerptWriters = sync.Pool{New: func() any { return new(writer) }}
)

// mostKept is the length of HTML above which a writer is not kept.
const mostKept = 1 << 20

// excerptWriter is a writer for the excerpt of what w has written. It shares the
// links of w, which has to be kept as long.
func (w *writer) excerptWriter() *writer {
	e := excerptWriters.Get().(*writer)
	e.src, e.o, e.text, e.feed, e.excerpt = w.src, w.o, w.text, w.feed, true
	e.linkAt, e.links = w.linkAt, w.links
	return e
}

// done gives a writer back.
func (w *writer) done() {
	if cap(w.html)+cap(w.plain) > mostKept {
		return
	}
	fresh := writer{
		html: w.html[:0], holes: emptied(w.holes), plain: w.plain[:0], soft: w.soft[:0], parts: w.parts[:0],
		blocks: emptied(w.blocks), cells: w.cells[:0], headings: emptied(w.headings),
		outline: w.outline[:0], codes: emptied(w.codes), stack: emptied(w.stack),
	}
	pool := &excerptWriters
	if !w.excerpt { // those of an excerpt are another's
		fresh.linkAt, fresh.links = cleared(w.linkAt), emptied(w.links)
		fresh.ids = ids{used: cleared(w.ids.used), given: emptied(w.ids.given)}
		pool = &writers
	}
	*w = fresh
	pool.Put(w)
}

// emptied is a slice without its elements, which hold on to nothing any more.
func emptied[T any](s []T) []T {
	clear(s)
	return s[:0]
}

// cleared is a map without its entries. To clear one that was large takes long.
func cleared[K comparable, V any](m map[K]V) map[K]V {
	if len(m) > 1000 {
		return map[K]V{}
	}
	clear(m)
	return m
}

func (w *writer) report(code diag.Code, pos diag.Pos, hint, format string, args ...any) {
	if !w.excerpt {
		w.diags.Report(code, pos, hint, format, args...)
	}
}

// once reports what is left out, for the first place where it is met.
func (w *writer) once(key string, at int, hint, format string, args ...any) {
	if w.excerpt || w.said[key] {
		return
	}
	if w.said == nil {
		w.said = map[string]bool{}
	}
	w.said[key] = true
	w.notes.Report(diag.HTMLDropped, w.src.pos(at), hint, format, args...)
}

func (w *writer) write(s string) { w.html = append(w.html, s...) }

// checkpoint is a state to go back to.
type checkpoint struct {
	html, holes, plain, parts, textAt, blocks, links, headings, diags, ids, codes int
	outline                                                                       []int
	title                                                                         Heading
}

func (w *writer) checkpoint() checkpoint {
	return checkpoint{
		len(w.html), len(w.holes), len(w.plain), len(w.parts), w.textAt, len(w.blocks), len(w.links), len(w.headings), len(w.diags), len(w.ids.given), len(w.codes),
		slices.Clone(w.outline), w.title,
	}
}

// rewind forgets what was written since the checkpoint, ids and links too.
func (w *writer) rewind(m checkpoint) {
	w.html, w.holes, w.plain = w.html[:m.html], w.holes[:m.holes], w.plain[:m.plain]
	w.blocks, w.diags, w.codes = w.blocks[:m.blocks], w.diags[:m.diags], w.codes[:m.codes]
	for len(w.soft) > 0 && int(w.soft[len(w.soft)-1]) >= m.plain {
		w.soft = w.soft[:len(w.soft)-1]
	}
	w.endLoose()
	w.parts, w.textAt, w.divided = w.parts[:m.parts], m.textAt, true
	if m.parts > 0 {
		w.parts[m.parts-1].end = min(w.parts[m.parts-1].end, int32(m.plain)) // it may have grown
	}
	if n := len(w.blocks); n > 0 {
		w.blocks[n-1].end = min(w.blocks[n-1].end, m.plain) // it may have gathered what is gone
	}
	if w.excerpt {
		return
	}
	for _, l := range w.links[m.links:] {
		delete(w.linkAt, l.at)
	}
	w.ids.takeBack(m.ids)
	w.links, w.headings = w.links[:m.links], w.headings[:m.headings]
	w.outline, w.title = m.outline, m.title
}

// element is something open: a tag of the author's own, or a frame that one of
// Markdown's blocks has put up. Tags of the author reach no further than the
// frame they stand in, so that none can break out of its place.
type element struct {
	name string // the author's tag; "" for a frame
	end  string // what closes it
	// phrasing: only text and what belongs into running text may stand within.
	phrasing bool
	inline   bool // a frame whose text a Markdown block gathers
	holds    content
	link     bool        // an <a> with an address
	drop     *checkpoint // everything within is left out
}

// content says what must stand within some elements for text to stand there.
type content uint8

const (
	anything content = iota
	items            // ul, ol
	terms            // dl
	rows             // table, thead, tbody, tfoot
	cells            // tr
)

// frame opens a frame and gives the depth to close it with.
func (w *writer) frame(phrasing bool) int {
	w.stack = append(w.stack, element{phrasing: phrasing})
	return len(w.stack) - 1
}

// closeTo closes everything above a depth.
func (w *writer) closeTo(depth int) {
	for len(w.stack) > depth {
		w.pop()
	}
}

func (w *writer) pop() {
	e := w.stack[len(w.stack)-1]
	w.stack = w.stack[:len(w.stack)-1]
	if e.link {
		w.closeLink()
	}
	w.write(e.end)
	if e.drop != nil {
		w.rewind(*e.drop)
	}
}

func (w *writer) top() *element {
	if len(w.stack) == 0 {
		return &element{}
	}
	return &w.stack[len(w.stack)-1]
}

// makeFlow prepares for a block: what the author left open and cannot hold one
// is closed, and a list or table gets the item or cell that it needs.
func (w *writer) makeFlow() {
	w.endLoose()
	for w.top().name != "" && w.top().phrasing {
		w.pop()
	}
	w.makeHolder()
}

// makeHolder opens the item or cell that text needs directly in a list or table.
func (w *writer) makeHolder() {
	for range 2 {
		switch w.top().holds {
		case items:
			w.openTag("li", "<li>", false, anything)
		case terms:
			w.openTag("dd", "<dd>", false, anything)
		case rows:
			w.openTag("tr", "<tr>", false, cells)
		case cells:
			w.openTag("td", "<td>", false, anything)
		}
	}
}

func (w *writer) openTag(name, tag string, phrasing bool, holds content) {
	w.write(tag)
	w.stack = append(w.stack, element{name: name, end: "</" + name + ">", phrasing: phrasing, holds: holds})
}

// startBlock notes a block of the text and gives its index.
func (w *writer) startBlock(b block.Block, at int) int {
	if n := len(w.plain); n > 0 && w.plain[n-1] != '\n' {
		w.plain = append(w.plain, '\n')
	}
	if !w.excerpt {
		b.Pos = w.src.pos(at)
	}
	w.blocks = append(w.blocks, openBlock{Block: b, span: span{len(w.plain), len(w.plain)}})
	return len(w.blocks) - 1
}

func (w *writer) endBlock(i int) {
	if i < len(w.blocks) {
		w.blocks[i].end = len(w.plain)
	}
}
