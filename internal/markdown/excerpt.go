package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"

	"publish/internal/pattern"
)

// writeExcerpt writes what stands before the mark, else the first paragraph
// that has text. Paragraphs of labels say nothing that a list would not say by
// itself: they come last.
func (w *writer) writeExcerpt(root ast.Node, more bool) {
	if more {
		w.children(root)
		return
	}
	for _, wanted := range []paragraphs{{}, {inside: true}, {inside: true, labels: true}} {
		if w.firstParagraph(root, wanted) {
			return
		}
	}
}

// paragraphs says which paragraphs may be an excerpt: also those inside of
// quotations and containers, also those of labels.
type paragraphs struct{ inside, labels bool }

func (w *writer) firstParagraph(parent ast.Node, wanted paragraphs) bool {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n.Kind() {
		case ast.KindParagraph:
			if !wanted.labels && w.isLabels(n) {
				continue
			}
			m := w.checkpoint()
			w.block(n)
			if len(strings.TrimSpace(string(w.plain))) > 0 {
				return true
			}
			w.rewind(m)
		case ast.KindBlockquote, kindContainer:
			if wanted.inside && w.firstParagraph(n, wanted) {
				return true
			}
		}
	}
	return false
}

var (
	// strongLabel is a line like `**Severity:** SEV1`, plainLabel one like
	// `Severity: SEV1`, of which one alone may be a sentence. Neither ends as a
	// sentence does.
	strongLabel = pattern.New(`^(?:\*\*|__)[^*_\n]{1,40}?(?::(?:\*\*|__)|(?:\*\*|__)\s?:)\s*(?:[^\n]{0,60}[^\n.!?])?$`)
	plainLabel  = pattern.New(`^\pL[\pL \t/()-]{0,30}:[ \t]+[^\n]{0,60}[^\n.!?]$`)
)

// isLabels says that every line of a paragraph is a label with its value.
func (w *writer) isLabels(n ast.Node) bool {
	lines, strong := n.Lines(), true
	for i := range lines.Len() {
		segment := lines.At(i)
		line := bytes.TrimRight(bytes.TrimSpace(segment.Value(w.src.text)), "\\ ")
		if bytes.IndexByte(line, ':') < 0 {
			return false
		}
		if !strongLabel.Match(line) {
			strong = false
			if !plainLabel.Match(line) {
				return false
			}
		}
	}
	return strong || lines.Len() > 1
}
