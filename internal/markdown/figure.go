package markdown

import (
	"path"

	"github.com/yuin/goldmark/ast"

	"publish/internal/block"
	"publish/internal/diag"
)

// figure is an image that has its paragraph to itself.
type figure struct {
	image   *ast.Image
	link    *ast.Link     // the link that the author put around it, if any
	caption *ast.Emphasis // a line or a paragraph below it, wholly in italics
}

// figureIn recognises a paragraph that is a figure.
func figureIn(n ast.Node) (figure, bool) {
	if n == nil || n.Kind() != ast.KindParagraph {
		return figure{}, false
	}
	var f figure
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			if !c.Segment.IsEmpty() {
				return figure{}, false
			}
		case *ast.Image:
			if f.image != nil {
				return figure{}, false
			}
			f.image = c
		case *ast.Link:
			image, ok := c.FirstChild().(*ast.Image)
			if !ok || c.ChildCount() != 1 || f.image != nil {
				return figure{}, false
			}
			f.image, f.link = image, c
		case *ast.Emphasis:
			if c.Level != 1 || f.image == nil || f.caption != nil || !startsLine(c) {
				return figure{}, false
			}
			f.caption = c
		default:
			return figure{}, false
		}
	}
	if f.image == nil {
		return figure{}, false
	}
	if f.caption == nil {
		f.caption = captionIn(n.NextSibling())
	}
	return f, true
}

// startsLine says whether a node is the first of its line.
func startsLine(n ast.Node) bool {
	t, ok := n.PreviousSibling().(*ast.Text)
	return ok && (t.SoftLineBreak() || t.HardLineBreak())
}

// captionIn gives the emphasis that is all of a paragraph.
func captionIn(n ast.Node) *ast.Emphasis {
	if n == nil || n.Kind() != ast.KindParagraph || n.ChildCount() == 0 {
		return nil
	}
	e, ok := n.FirstChild().(*ast.Emphasis)
	if !ok || e.Level != 1 {
		return nil
	}
	for c := e.NextSibling(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); !ok || !t.Segment.IsEmpty() {
			return nil
		}
	}
	return e
}

// isCaption says whether a paragraph has been written as the caption of the
// figure above it.
func isCaption(n ast.Node) bool {
	if n.PreviousSibling() == nil || captionIn(n) == nil {
		return false
	}
	f, ok := figureIn(n.PreviousSibling())
	return ok && f.caption.Parent() == n
}

func (w *writer) figure(f figure) {
	w.write("<figure>")
	titled := f.caption == nil // the title is the caption
	if f.link != nil {
		w.openLink(Link{Dest: w.destination(f.link.Destination), Title: w.linkTitle(f.link.Title, f.link.Pos())}, "", f.link.Pos())
		w.image(f.image, false, titled)
		w.closeLink()
	} else {
		w.image(f.image, true, titled)
	}
	switch {
	case f.caption != nil:
		i := w.startBlock(block.Block{Kind: block.Paragraph}, f.caption.Pos())
		w.write("<figcaption>")
		w.inlines(f.caption, true)
		w.write("</figcaption>")
		w.endBlock(i)
	case len(f.image.Title) > 0:
		i := w.startBlock(block.Block{Kind: block.Paragraph}, f.image.Pos())
		w.write("<figcaption>")
		w.value(w.linkTitle(f.image.Title, f.image.Pos()))
		w.write("</figcaption>")
		w.endBlock(i)
	}
	w.write("</figure>\n")
}

// image writes an image; alone in its figure it links to itself at full size.
func (w *writer) image(n *ast.Image, alone, titled bool) {
	l := Link{Dest: w.destination(n.Destination), Text: w.plainOf(n), Title: w.linkTitle(n.Title, n.Pos()), Image: true}
	if l.Text == "" {
		w.report(diag.AltMissing, w.src.pos(n.Pos()), "write what it shows between the brackets: ![…](…)",
			"the image %q has no alternative text", path.Base(l.Dest))
	}
	attributes := appendAttribute(nil, "alt", l.Text)
	if l.Title != "" && !titled {
		attributes = appendAttribute(attributes, "title", l.Title)
	}
	w.hole(l, hole{attributes: string(attributes), figure: alone && !w.feed}, n.Pos())
}
