package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"publish/internal/locale"
	"publish/internal/pattern"
)

// redactedParser reads the placeholder of a redaction: [[redacted: reason]], or
// with single brackets. It is no link, whatever stands behind it.
type redactedParser struct{}

var redactedText = pattern.New(`(?i)^\[\[?(?:` + locale.RedactedWords + `)[ \x{a0}\x{202f}]*:[^\[\]\n]{1,250}\]`)

var kindRedacted = ast.NewNodeKind("Redacted")

// redactedNode is a placeholder; its child is its text in single brackets.
type redactedNode struct{ ast.BaseInline }

func (n *redactedNode) Kind() ast.NodeKind            { return kindRedacted }
func (n *redactedNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

func (redactedParser) Trigger() []byte { return []byte{'['} }

func (redactedParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	colon := bytes.IndexByte(line[:bytes.IndexByte(line, ']')+1], ':')
	if colon < 0 {
		return nil // as of most brackets
	}
	size := len(redactedText.Find(line))
	if size == 0 {
		return nil
	}
	outer := 0
	if line[1] == '[' {
		if size >= len(line) || line[size] != ']' || size+1 < len(line) && (line[size+1] == '(' || line[size+1] == '[') {
			return nil // a link whose text is a placeholder: the link parser takes the outer bracket
		}
		outer = 1
	}
	n := &redactedNode{}
	n.AppendChild(n, ast.NewTextSegment(text.NewSegment(segment.Start+outer, segment.Start+size)))
	block.Advance(size + outer)
	return n
}
