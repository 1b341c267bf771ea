package render

import (
	"bytes"
	"errors"
	"text/template/parse"
)

const (
	// mostBytes is how large a page may become: a layout that never ends must not
	// take all memory. The archive of 100 000 reports has some 40 MB.
	mostBytes = 256 << 20
	// mostSteps is how often a page may go through a {{range}} or call a part: one
	// that writes nothing would never grow. The archive of 100 000 reports takes
	// fewer than a million.
	mostSteps = 10_000_000
)

var (
	errTooLong = errors.New("the page grows beyond 256 MB")
	errTooFar  = errors.New("the page takes more than 10 million steps")
)

// bounded writes to a buffer, if there is one: so much, and in so many steps, and
// no more. A step is a text without letters; see countIn.
type bounded struct {
	to           *bytes.Buffer
	bytes, steps int
}

func (b *bounded) Write(p []byte) (int, error) {
	if len(p) == 0 {
		if b.steps++; b.steps > mostSteps {
			return 0, errTooFar
		}
		return 0, nil
	}
	if b.bytes += len(p); b.bytes > mostBytes {
		return 0, errTooLong
	}
	if b.to == nil {
		return len(p), nil
	}
	return b.to.Write(p)
}

// countIn puts an empty text before each call of a part and at the beginning of
// each {{range}}. It shows nothing, wherever it stands; but it is written, so that
// bounded can end a layout that goes on and on without a word: the library asks
// nobody between two rounds of a loop.
func countIn(list *parse.ListNode) {
	if list == nil {
		return
	}
	var nodes []parse.Node
	for _, n := range list.Nodes {
		switch n := n.(type) {
		case *parse.RangeNode:
			countIn(n.List)
			countIn(n.ElseList)
			n.List.Nodes = append([]parse.Node{step(n.Pos)}, n.List.Nodes...)
		case *parse.IfNode:
			countIn(n.List)
			countIn(n.ElseList)
		case *parse.WithNode:
			countIn(n.List)
			countIn(n.ElseList)
		case *parse.TemplateNode:
			nodes = append(nodes, step(n.Pos))
		}
		nodes = append(nodes, n)
	}
	list.Nodes = nodes
}

func step(at parse.Pos) parse.Node { return &parse.TextNode{NodeType: parse.NodeText, Pos: at} }
