package markdown

import (
	"strconv"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"publish/internal/block"
)

// table writes a table. Its first column are row heads where the table is used
// as a form (two columns, the head row empty or with one filled cell) or as a
// matrix (the corner is empty). A head row without text is left out.
func (w *writer) table(n *east.Table) {
	head := n.FirstChild()
	filled := 0
	for c := head.FirstChild(); c != nil; c = c.NextSibling() {
		if c.HasChildren() {
			filled++
		}
	}
	columns := head.ChildCount()
	keyed := columns == 2 && filled <= 1 || columns > 1 && filled > 0 && !head.FirstChild().HasChildren()

	w.lists++
	w.tables++
	if !w.feed {
		w.write(`<div class="table" role="region" tabindex="0"`)
		w.html = appendAttribute(w.html, "aria-label", w.word("table", strconv.Itoa(w.tables)))
		w.write(">\n")
	}
	w.write("<table>\n")
	list, body := w.lists, false
	for row := head; row != nil && !w.stopped; row = row.NextSibling() {
		switch {
		case row == head && filled > 0:
			w.write("<thead>\n")
			w.row(row, list, true, false)
			w.write("</thead>\n")
			continue
		case row == head:
			continue
		case !body:
			body = true
			w.write("<tbody>\n")
		}
		w.row(row, list, false, keyed)
	}
	if body {
		w.write("</tbody>\n")
	}
	w.write("</table>\n")
	if !w.feed {
		w.write("</div>\n")
	}
}

func (w *writer) row(n ast.Node, list int, head, keyed bool) {
	i := w.startBlock(block.Block{Kind: block.Row, Head: head, List: list}, n.Pos())
	first := n.FirstChild()
	cells := span{start: len(w.cells)}
	w.write("<tr>")
	for c := first; c != nil; c = c.NextSibling() {
		if c != first {
			w.plain = append(w.plain, '\t')
		}
		start := len(w.plain)
		w.cell(c.(*east.TableCell), head, keyed && c == first)
		w.cells = append(w.cells, span{start, len(w.plain)})
	}
	w.write("</tr>\n")
	w.endBlock(i)
	if cells.end = len(w.cells); i < len(w.blocks) {
		w.blocks[i].cells = cells
	}
}

// cell writes a cell; an empty one is never a head, since it heads nothing.
func (w *writer) cell(n *east.TableCell, head, key bool) {
	tag := "td"
	if (head || key) && n.HasChildren() {
		tag = "th"
	}
	w.write("<" + tag)
	if tag == "th" && head {
		w.write(` scope="col"`)
	} else if tag == "th" {
		w.write(` scope="row"`)
	}
	if n.Alignment != east.AlignNone && !w.feed {
		w.write(` class="align-` + n.Alignment.String() + `"`)
	}
	w.write(">")
	w.inlines(n, tag == "th")
	w.write("</" + tag + ">")
}
