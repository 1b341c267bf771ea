package markdown

import (
	"bytes"
	"path"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"

	"publish/internal/block"
	"publish/internal/diag"
)

// children writes the blocks within a node.
func (w *writer) children(parent ast.Node) {
	depth := w.frame(false)
	for n := parent.FirstChild(); n != nil && !w.stopped; n = n.NextSibling() {
		w.block(n)
	}
	w.closeTo(depth)
}

func (w *writer) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.HTMLBlock:
		w.htmlBlock(n)
		return
	case *ast.LinkReferenceDefinition:
		return
	case *east.FootnoteList:
		w.makeFlow()
		w.footnotes(n)
		return
	case *container:
		w.makeFlow()
		w.container(n)
		return
	}
	if isCaption(n) {
		return
	}
	w.makeFlow()
	switch n := n.(type) {
	case *ast.Heading:
		w.heading(n)
	case *ast.Paragraph, *ast.TextBlock:
		w.paragraph(n)
	case *ast.Blockquote:
		w.quotation(n)
	case *ast.List:
		w.list(n)
	case *ast.FencedCodeBlock:
		w.code(n, string(n.Language(w.text)))
	case *ast.CodeBlock:
		w.code(n, "")
	case *ast.ThematicBreak:
		w.write("<hr>\n")
	case *east.Table:
		w.table(n)
	case *east.DefinitionList:
		w.definitions(n)
	default:
		w.children(n)
	}
}

// paragraph writes a paragraph, or the figure that it is.
func (w *writer) paragraph(n ast.Node) {
	if f, ok := figureIn(n); ok {
		w.figure(f)
		return
	}
	i := w.startBlock(block.Block{Kind: block.Paragraph}, n.Pos())
	w.prose(n)
	w.endBlock(i)
}

// prose writes the text of a paragraph, with the tags unless it stands in a
// list whose items are tight.
func (w *writer) prose(n ast.Node) {
	tight := n.Kind() == ast.KindTextBlock
	start, parts := len(w.html), len(w.parts)
	if !tight {
		w.write("<p>")
	}
	empty := len(w.html)
	w.inlines(n, !tight)
	switch {
	case tight:
		if n.NextSibling() != nil {
			w.write("\n")
		}
	case len(w.html) == empty && len(w.parts) == parts:
		w.html = w.html[:start] // a comment, say
	default:
		w.write("</p>\n")
	}
}

// inlines writes running text in a frame of its own.
func (w *writer) inlines(n ast.Node, phrasing bool) {
	depth := w.frame(phrasing)
	w.stack[depth].inline = true
	w.inlineChildren(n)
	w.closeTo(depth)
}

func (w *writer) quotation(n *ast.Blockquote) {
	if kind := w.alertIn(n); kind != "" {
		w.alert(kind, "", n)
		return
	}
	w.write("<blockquote>\n")
	w.children(n)
	w.write("</blockquote>\n")
}

func (w *writer) list(n *ast.List) {
	w.lists++
	number := w.lists
	end := "</ul>\n"
	switch {
	case !n.IsOrdered():
		w.write("<ul>\n")
	case n.Start != 1:
		w.write(`<ol start="` + strconv.Itoa(n.Start) + "\">\n")
		end = "</ol>\n"
	default:
		w.write("<ol>\n")
		end = "</ol>\n"
	}
	depth := w.depth
	if w.depth++; numbersSpan(n) {
		w.depth++
	}
	for item := n.FirstChild(); item != nil && !w.stopped; item = item.NextSibling() {
		w.item(item, number)
	}
	w.depth = depth
	w.write(end)
}

// numbersSpan says that a list belongs to the item of another above it, though
// nobody indented it: the numbers go on behind it, or had gone on before it.
func numbersSpan(n *ast.List) bool {
	above, ok := n.PreviousSibling().(*ast.List)
	if !ok || n.IsOrdered() || !above.IsOrdered() {
		return false
	}
	below, ok := n.NextSibling().(*ast.List)
	return above.Start > 1 || ok && below.IsOrdered() && below.Start == above.Start+above.ChildCount()
}

// item writes a list item. Its own text is what stands before the first block
// of another kind.
func (w *writer) item(n ast.Node, list int) {
	b := block.Block{Kind: block.Item, Depth: w.depth, List: list}
	at := n.Pos()
	first := n.FirstChild()
	if first != nil && isText(first) {
		at = first.Pos()
		if box, ok := first.FirstChild().(*east.TaskCheckBox); ok {
			b.Task = block.OpenTask
			if box.IsChecked {
				b.Task = block.DoneTask
			}
			if next := box.NextSibling(); next != nil && next.Pos() >= 0 {
				at = next.Pos()
			}
		}
	}
	if b.Task != block.NoTask && !w.feed {
		w.write(`<li class="task">`)
	} else {
		w.write("<li>")
	}
	depth := w.frame(false)
	i := w.startBlock(b, at)
	c := first
	for ; c != nil && isText(c) && !w.stopped; c = c.NextSibling() {
		if _, figure := figureIn(c); figure {
			break
		}
		if c != first {
			w.plain = append(w.plain, '\n')
		}
		w.prose(c)
	}
	w.endBlock(i)
	for ; c != nil && !w.stopped; c = c.NextSibling() {
		w.block(c)
	}
	w.closeTo(depth)
	w.write("</li>\n")
}

func isText(n ast.Node) bool {
	return n.Kind() == ast.KindParagraph || n.Kind() == ast.KindTextBlock
}

func (w *writer) definitions(n ast.Node) {
	w.write("<dl>\n")
	for c := n.FirstChild(); c != nil && !w.stopped; c = c.NextSibling() {
		if c.Kind() == east.KindDefinitionTerm {
			i := w.startBlock(block.Block{Kind: block.Paragraph}, c.Pos())
			w.write("<dt>")
			w.inlines(c, true)
			w.write("</dt>\n")
			w.endBlock(i)
			continue
		}
		w.write("<dd>")
		w.children(c)
		w.write("</dd>\n")
	}
	w.write("</dl>\n")
}

// container writes what another tool would have made of its block.
func (w *writer) container(c *container) {
	if !c.closed && c.what != plainContainer || !c.closed && c.name == ":::" {
		w.report(diag.TagUnknown, w.src.pos(c.addressAt), "close it where it ends", "the block %q is never closed", c.name)
	}
	switch c.what {
	case alertContainer:
		w.alert(c.alert, c.title, c)
	case titledContainer:
		w.write(map[bool]string{true: "<div>\n", false: "<div class=\"titled\">\n"}[w.feed])
		if c.title != "" {
			i := w.startBlock(block.Block{Kind: block.Paragraph}, c.addressAt)
			w.write("<p><strong>")
			w.value(c.title)
			w.write("</strong></p>\n")
			w.endBlock(i)
		}
		w.children(c)
		w.write("</div>\n")
	case linkContainer:
		i := w.startBlock(block.Block{Kind: block.Paragraph}, c.addressAt)
		w.write("<p>")
		label := c.title
		switch {
		case label != "":
		case c.name == "file":
			label = path.Base(c.address)
		default:
			label = c.address
		}
		w.openLink(Link{Dest: w.inDestination(c.address)}, "", c.addressAt)
		w.value(label)
		w.closeLink()
		w.write("</p>\n")
		w.endBlock(i)
	default:
		w.children(c)
	}
}

// alert writes a note or a warning with its title.
func (w *writer) alert(kind, title string, n ast.Node) {
	start, middle, end := `<div class="alert `+kind+`" role="note">`+"\n"+`<p class="alert-title">`, "</p>\n", "</div>\n"
	if w.feed {
		start, middle, end = "<blockquote>\n<p><strong>", "</strong></p>\n", "</blockquote>\n"
	}
	w.write(start)
	if title == "" {
		w.html = appendEscaped(w.html, w.word(kind, ""))
	} else { // the author's words, so they belong to the text
		i := w.startBlock(block.Block{Kind: block.Paragraph}, n.Pos())
		w.value(title)
		w.endBlock(i)
	}
	w.write(middle)
	w.children(n)
	w.write(end)
}

// alertIn recognises GitHub's alerts, `> [!NOTE]`, takes the marker out of the
// tree and gives the kind. Nothing may follow the marker on its line, and
// alerts do not stand in other blocks, as on GitHub.
func (w *writer) alertIn(n *ast.Blockquote) string {
	if kind, ok := n.AttributeString("alert"); ok {
		return kind.(string)
	}
	p := n.FirstChild()
	if p == nil || p.Kind() != ast.KindParagraph || p.Lines().Len() == 0 || n.Parent().Kind() != ast.KindDocument {
		return ""
	}
	line := p.Lines().At(0)
	marker := string(bytes.TrimSpace(line.Value(w.text)))
	if !strings.HasPrefix(marker, "[!") || !strings.HasSuffix(marker, "]") {
		return ""
	}
	switch kind := strings.ToLower(marker[2 : len(marker)-1]); kind {
	case "note", "tip", "important", "warning", "caution":
		for c := p.FirstChild(); c != nil && c.Pos() < line.Stop; {
			next := c.NextSibling()
			p.RemoveChild(p, c)
			c = next
		}
		if p.FirstChild() == nil {
			n.RemoveChild(n, p)
		}
		n.SetAttributeString("alert", kind)
		return kind
	}
	return ""
}

// noteStray reports the footnotes below n that nothing refers to.
func noteStray(n ast.Node, pc parser.Context) {
	list, ok := n.(*east.FootnoteList)
	if !ok {
		return
	}
	for c := list.FirstChild(); c != nil; c = c.NextSibling() {
		if f, ok := c.(*east.Footnote); ok && f.Index < 0 {
			l := limitsOf(pc)
			l.stray = append(l.stray, strayFootnote{c.Pos(), string(f.Ref)})
		}
	}
}
