package markdown

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"

	"publish/internal/block"
	"publish/internal/diag"
	"publish/internal/spill"
)

// Parse reads a text. What is dropped or not understood is reported; there is
// always a Doc.
func Parse(text []byte, o Options) (*Doc, diag.List) { return new(Room).Parse(text, o) }

// Room is memory for the Blocks of a Doc, for whoever reads very many: they stand
// until the next Doc is read into it. All else of a Doc stays.
type Room struct {
	blocks []block.Block
	cells  []string
	links  []block.Link
	nodes  nodes
	lines  []int
	html   []byte // of the last FeedHTML
}

// Parse reads a text as the function does.
func (r *Room) Parse(text []byte, o Options) (*Doc, diag.List) {
	if d := sentence(text, o); d != nil {
		return d, nil
	}
	return parseWith(theParser(), r.source(text, o), o, r)
}

// FeedHTML reads a text for its HTML in feeds alone, whose holes are filled: all
// else that a Doc says is not made. Resolve does not learn the texts of links. The
// HTML stands until the next is made in the Room.
func (r *Room) FeedHTML(text []byte, o Options, resolve Resolve) []byte {
	o.Profile = Feed
	if cap(r.html) > mostKept {
		r.html = nil
	}
	if d := sentence(text, o); d != nil {
		r.html = d.AppendHTML(r.html[:0], resolve)
		return r.html
	}
	w, _, _ := r.write(theParser(), r.source(text, o), o)
	d := w.shownDoc()
	r.html = d.AppendHTML(r.html[:0], resolve)
	r.done(w)
	return r.html
}

// source makes a text ready, whose lines are noted in the Room.
func (r *Room) source(text []byte, o Options) *source {
	src := newSource(text, o)
	if src.lines == nil {
		src.lines = r.lines[:0]
	}
	return src
}

// write reads a text and writes it. The writer and the tree are the Room's again
// when it is done.
func (r *Room) write(p parser.Parser, src *source, o Options) (*writer, ast.Node, parser.Context) {
	context := parser.NewContext()
	context.Set(nodesKey, &r.nodes)
	root := p.Parse(gmtext.NewReader(src.text), parser.WithContext(context))
	w := newWriter(src, o)
	w.reserveIDs(root)
	w.children(root)
	return w, root, context
}

// done takes back what a text was read and written in.
func (r *Room) done(w *writer) {
	if r.lines = w.src.lines; cap(r.lines) > mostBlocks {
		r.lines = nil
	}
	w.done()
	r.nodes.reset()
}

// mostBlocks is how many blocks a Room keeps memory for.
const mostBlocks = 4096

// take gives memory for so many blocks, cells and links, which holds anything.
func (r *Room) take(blocks, cells, links int) ([]block.Block, []string, []block.Link) {
	if max(blocks, cells, links) > mostBlocks {
		r = new(Room)
	}
	if cap(r.blocks) < blocks {
		r.blocks = make([]block.Block, blocks)
	}
	if cap(r.cells) < cells {
		r.cells = make([]string, cells)
	}
	if cap(r.links) < links {
		r.links = make([]block.Link, links)
	}
	return r.blocks[:blocks], r.cells[:0], r.links[:0]
}

func parseWith(p parser.Parser, src *source, o Options, room *Room) (*Doc, diag.List) {
	w, root, context := room.write(p, src, o)
	w.limitWarnings(limitsOf(context))

	d := w.doc(room)
	e := w.excerptWriter()
	e.writeExcerpt(root, w.more)
	d.excerptText = w.partOf(d.text.String(), bytes.TrimSpace(e.plain))
	w.diags = append(w.diags, w.notes...)
	w.diags.Sort()
	diags := w.diags
	e.done()
	room.done(w)
	return d, diags
}

// partOf gives a text as a part of the whole, which mostly holds it.
func (w *writer) partOf(whole string, text []byte) string {
	if at := bytes.Index(w.plain, text); at >= 0 {
		return whole[at : at+len(text)]
	}
	return string(text)
}

func (w *writer) limitWarnings(l *limits) {
	for _, hit := range l.hit {
		w.report(diag.HTMLDropped, w.src.pos(hit.at), "split the text",
			"too many %s: from here on they are shown as text", hit.what)
	}
	for _, note := range l.stray {
		w.report(diag.AnchorMissing, w.src.pos(note.at), "refer to it as [^"+note.label+"], or delete it",
			"the footnote %q is left out, since nothing refers to it", note.label)
	}
}

// shownDoc is as much of a document as its HTML needs.
func (w *writer) shownDoc() *Doc {
	d := &Doc{
		Links: make([]Link, len(w.links)), feed: w.feed, fullSize: w.word("image-full", ""),
		html: spill.Of(string(w.html)), text: spill.Of(string(w.plain)),
		parts: spill.ItemsOf(append([]part(nil), w.parts...)), holes: append([]hole(nil), w.holes...),
		soft: append([]int32(nil), w.soft...), codes: append([]string(nil), w.codes...),
	}
	for i, l := range w.links {
		d.Links[i] = l.Link
	}
	return d
}

// doc puts together what the writer has gathered.
func (w *writer) doc(room *Room) *Doc {
	d := w.shownDoc()
	d.Title, d.TitleLevel, d.TitlePos, d.TitleFirst, d.TitleID = w.title.Text, w.title.Level, w.title.Pos, w.titleFirst, w.titleID
	d.IDs = w.ids.sorted()
	plain := d.text.String()
	d.Headings = slices.Grow(d.Headings, len(w.headings))
	for _, h := range w.headings {
		if h.span = w.blocks[h.block].span; h.whole {
			h.Text = strings.TrimSpace(plain[h.start:h.end])
		}
		d.Headings = append(d.Headings, h.Heading)
	}
	for i, l := range w.links {
		if !l.Image {
			d.Links[i].Text = strings.TrimSpace(plain[min(l.start, l.end):l.end])
		}
	}
	blocks, cells, links := room.take(len(w.blocks), len(w.cells), len(w.links))
	d.Blocks = blocks
	if !w.feed {
		d.starts = make([]int32, len(w.blocks))
	}
	soft := w.soft
	for i := range w.blocks {
		b := &w.blocks[i]
		d.Blocks[i] = b.Block
		text := strings.TrimLeftFunc(plain[b.start:b.end], unicode.IsSpace)
		if d.starts != nil {
			d.starts[i] = int32(b.end - len(text))
		}
		d.Blocks[i].Text = strings.TrimRightFunc(text, unicode.IsSpace)
		from := b.end - len(text)
		for ; len(soft) > 0 && int(soft[0]) < b.end; soft = soft[1:] {
			if at := int(soft[0]) - from; at > 0 && at < len(d.Blocks[i].Text) {
				d.Blocks[i].Soft = append(d.Blocks[i].Soft, at)
			}
		}
		if b.Kind == block.Row {
			first := len(cells)
			for _, c := range w.cells[b.cells.start:b.cells.end] {
				cells = append(cells, strings.TrimSpace(plain[c.start:c.end]))
			}
			d.Blocks[i].Cells = slices.Clip(cells[first:])
		}
		if !d.HasWords && b.Kind != block.Code {
			d.HasWords = hasWords(d.Blocks[i].Text)
		}
	}
	w.linkBlocks(d, links)
	return d
}

// linkBlocks gives every block the links whose own text stands in it. Both are
// in the order of the text.
func (w *writer) linkBlocks(d *Doc, all []block.Link) {
	next := 0
	for i := range w.blocks {
		b, first := &w.blocks[i], len(all)
		if next == len(w.links) {
			return
		} else if w.links[next].start >= b.end {
			continue
		}
		text := d.Blocks[i].Text
		trimmed := b.start + strings.Index(d.text.String()[b.start:b.end], text)
		for ; next < len(w.links) && w.links[next].start < b.end; next++ {
			l := &w.links[next]
			start, end := max(l.start-trimmed, 0), min(l.end-trimmed, len(text))
			if !l.Image && start < end {
				all = append(all, block.Link{Start: start, End: end, Dest: l.Dest})
			}
		}
		if len(all) > first {
			d.Blocks[i].Links = all[first:len(all):len(all)]
		}
	}
}

// hasWords says whether a text holds a letter or a digit.
func hasWords(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
