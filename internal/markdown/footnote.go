package markdown

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// footnoteRef is the id of the n-th place that refers to a footnote.
func (w *writer) footnoteRef(index, n int) string {
	id := w.o.IDPrefix + "fnref"
	if n > 0 {
		id += strconv.Itoa(n)
	}
	return id + ":" + strconv.Itoa(index)
}

func (w *writer) footnoteNote(index int) string { return w.o.IDPrefix + "fn:" + strconv.Itoa(index) }

func (w *writer) footnoteLink(n *east.FootnoteLink) {
	if w.excerpt {
		return
	}
	number := strconv.Itoa(n.Index)
	if w.feed || w.inLink > 0 {
		w.write("<sup>" + number + "</sup>")
		return
	}
	w.write("<sup")
	id := w.footnoteRef(n.Index, n.RefIndex)
	if !w.ids.used[id] { // a heading that is written twice would repeat it
		w.ids.give(id)
		w.html = appendAttribute(w.html, "id", id)
	}
	w.write("><a")
	w.html = appendAttribute(w.html, "href", "#"+w.footnoteNote(n.Index))
	w.write(` role="doc-noteref"`)
	w.html = appendAttribute(w.html, "aria-label", w.word("footnote", number))
	w.write(">" + number + "</a></sup>")
}

// footnoteBacklink leads from the note back to the text.
func (w *writer) footnoteBacklink(n *east.FootnoteBacklink) {
	if w.excerpt || w.feed || !w.ids.used[w.footnoteRef(n.Index, n.RefIndex)] {
		return
	}
	for w.top().name != "" { // it ends the note, and with it what the author left open
		w.pop()
	}
	label := w.word("footnote-back", "")
	if n.RefCount > 1 {
		label += " " + strconv.Itoa(n.RefIndex+1)
	}
	w.write(" <a")
	w.html = appendAttribute(w.html, "href", "#"+w.footnoteRef(n.Index, n.RefIndex))
	w.write(` role="doc-backlink"`)
	w.html = appendAttribute(w.html, "aria-label", label)
	w.write(">↩︎</a>")
}

func (w *writer) footnotes(n *east.FootnoteList) {
	if w.excerpt {
		return
	}
	if w.feed {
		w.write("<hr>\n<ol>\n")
	} else {
		w.write(`<section class="footnotes" role="doc-endnotes"`)
		w.html = appendAttribute(w.html, "aria-label", w.word("footnotes", ""))
		w.write(">\n<ol>\n")
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.footnote(c)
	}
	w.write("</ol>\n")
	if !w.feed {
		w.write("</section>\n")
	}
}

func (w *writer) footnote(n ast.Node) {
	w.write("<li")
	if f, ok := n.(*east.Footnote); ok && !w.feed {
		id := w.footnoteNote(f.Index)
		w.ids.give(id)
		w.html = appendAttribute(w.html, "id", id)
	}
	w.write(">")
	depth := w.frame(false)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Type() == ast.TypeInline { // the way back, where the note ends in no paragraph
			w.inline(c)
			continue
		}
		w.block(c)
	}
	w.closeTo(depth)
	w.write("</li>\n")
}
