package markdown

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/parser"
	gmtext "github.com/yuin/goldmark/text"

	"publish/internal/block"
	"publish/internal/diag"
	"publish/internal/locale"
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
}

// Parse reads a text as the function does.
func (r *Room) Parse(text []byte, o Options) (*Doc, diag.List) {
	if d := sentence(text, o); d != nil {
		return d, nil
	}
	src := newSource(text, o)
	return parseWith(parserFor(src.text), src, o, r)
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
	context := parser.NewContext()
	root := p.Parse(gmtext.NewReader(src.text), parser.WithContext(context))

	w := newWriter(src, o)
	w.reserveIDs(root)
	w.children(root)
	w.limitWarnings(limitsOf(context))

	d := w.doc(room)
	e := w.excerptWriter()
	e.writeExcerpt(root, w.more)
	d.excerptText = strings.TrimSpace(string(e.plain))
	w.diags = append(w.diags, w.notes...)
	w.diags.Sort()
	diags := w.diags
	e.done()
	w.done()
	return d, diags
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

// doc puts together what the writer has gathered.
func (w *writer) doc(room *Room) *Doc {
	html := string(w.html)
	d := &Doc{
		Title: w.title.Text, TitleLevel: w.title.Level, TitlePos: w.title.Pos, TitleFirst: w.titleFirst, TitleID: w.titleID,
		Headings: cloned(w.headings), Links: make([]Link, len(w.links)), IDs: w.ids.used,
		pieces: w.pieces(html), text: string(w.plain), headed: cloned(w.headed),
		feed: w.feed, fullSize: w.word("image-full", ""),
	}
	for i, l := range w.links {
		d.Links[i] = l.Link
	}
	if len(w.codes) > 0 {
		d.codes = make([]coloured, 0, len(w.codes))
	}
	for _, c := range w.codes {
		d.codes = append(d.codes, coloured{c.language, d.text[c.start:c.end]})
	}
	blocks, cells, links := room.take(len(w.blocks), w.cells, len(w.links))
	d.Blocks = blocks
	if !w.feed {
		d.places = &places{html: html, runs: slices.Clone(w.runs), blocks: make([]int32, len(w.blocks))}
	}
	soft := w.soft
	for i := range w.blocks {
		b := &w.blocks[i]
		d.Blocks[i] = b.Block
		text := strings.TrimLeftFunc(d.text[b.start:b.end], unicode.IsSpace)
		if d.places != nil {
			d.places.blocks[i] = int32(b.end - len(text))
		}
		d.Blocks[i].Text = strings.TrimRightFunc(text, unicode.IsSpace)
		from := b.end - len(text)
		for ; len(soft) > 0 && soft[0] < b.end; soft = soft[1:] {
			if at := soft[0] - from; at > 0 && at < len(d.Blocks[i].Text) {
				d.Blocks[i].Soft = append(d.Blocks[i].Soft, at)
			}
		}
		if b.cells != nil {
			first := len(cells)
			for _, c := range b.cells {
				cells = append(cells, strings.TrimSpace(d.text[c.start:c.end]))
			}
			d.Blocks[i].Cells = slices.Clip(cells[first:])
		}
		if b.Kind != block.Code {
			d.Words += countWords(d.Blocks[i].Text)
		}
	}
	w.linkBlocks(d, links)
	if w.titleID != "" {
		delete(d.IDs, w.titleID)
	}
	return d
}

// cloned is a copy of just the length that is needed; nil of nothing.
func cloned[T any](s []T) []T {
	if len(s) == 0 {
		return nil
	}
	return append(make([]T, 0, len(s)), s...)
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
		trimmed := b.start + strings.Index(d.text[b.start:b.end], text)
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

// countWords counts what stands between spaces. Chinese and Japanese do not
// divide words; two characters count as one there.
func countWords(s string) int {
	words, ideographs := 0, 0
	inWord := false
	for i, r := range s {
		if r < utf8.RuneSelf {
			switch wordBytes[s[i]] {
			case inOfWord:
				if !inWord {
					words++
				}
				inWord = true
			case endOfWord:
				inWord = false
			}
			continue
		}
		switch {
		case r < 0x2e80 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			if !inWord {
				words++
			}
			inWord = true
		case r >= 0x2e80 && locale.Unspaced(r):
			ideographs++
			inWord = false
		case unicode.IsSpace(r):
			inWord = false
		}
	}
	return words + (ideographs+1)/2
}

// wordBytes says of ASCII what stands in words and what parts them; other signs do
// neither.
var wordBytes = func() (table [utf8.RuneSelf]uint8) {
	for c := range table {
		switch r := rune(c); {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			table[c] = inOfWord
		case unicode.IsSpace(r):
			table[c] = endOfWord
		}
	}
	return table
}()

const (
	inOfWord  = 1
	endOfWord = 2
)
