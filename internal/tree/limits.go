package tree

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"publish/internal/diag"
)

const (
	// maxDepth is how deep values may nest. Front matter as people write it
	// stays below ten; the limit keeps every walk over a tree shallow.
	maxDepth = 50
	// maxAliased is how many values YAML aliases may add to a document. It
	// closes the "billion laughs" trick, in which ten lines stand for
	// thousands of millions of values.
	maxAliased = 10_000
)

// reader is what the three parsers share: where the text stands in its file
// and what has been reported about it.
type reader struct {
	file   string
	line   int // of the first byte of the text
	syntax diag.Code
	list   diag.List
}

// at is the place of a line and column of the text, both from 1.
func (r *reader) at(line, column int) diag.Pos {
	return diag.Pos{File: r.file, Line: r.line + line - 1, Column: column}
}

// byteAt is the place of a byte of the text, given by its offset.
func (r *reader) byteAt(text []byte, offset int) diag.Pos {
	before := text[:min(offset, len(text))]
	start := bytes.LastIndexByte(before, '\n') + 1
	return r.at(bytes.Count(before, []byte("\n"))+1, utf8.RuneCount(before[start:])+1)
}

func (r *reader) report(pos diag.Pos, hint, format string, args ...any) {
	r.list.Report(r.syntax, pos, hint, format, args...)
}

// tooDeep reports a value below the allowed depth; the value counts as empty.
func (r *reader) tooDeep(pos diag.Pos) *Node {
	r.report(pos, "flatten the value", "values are nested more than %d levels deep", maxDepth)
	return &Node{Pos: pos}
}

// duplicate reports a key that its mapping has already.
func (r *reader) duplicate(key string, first, again diag.Pos) {
	code := diag.FieldDuplicate
	if r.syntax != diag.FrontMatterSyntax {
		code = r.syntax
	}
	if first.Line == again.Line {
		r.list.Report(code, again, "keep one of them", "%q is written twice, in columns %d and %d of line %d",
			key, first.Column, again.Column, again.Line)
		return
	}
	r.list.Report(code, again, fmt.Sprintf("keep one of lines %d and %d", first.Line, again.Line),
		"%q is written twice, on lines %d and %d", key, first.Line, again.Line)
}

// add appends an entry to a mapping, unless its key is there already: then it
// is reported and the first one stays.
func (r *reader) add(mapping *Node, seen map[string]*Node, key, value *Node) {
	if first, ok := seen[key.Value]; ok {
		r.duplicate(key.Value, first.Pos, key.Pos)
		return
	}
	seen[key.Value] = key
	mapping.Entries = append(mapping.Entries, Entry{Key: key, Value: value})
}

// root makes sure that a document is a mapping.
func (r *reader) root(n *Node) *Node {
	if n.Kind == Mapping {
		return n
	}
	if n.Kind != Null {
		r.report(n.Pos, "write each field on a line of its own, as `title: …`",
			"expected fields, each with its name and value, found %s", n.Describe())
	}
	return &Node{Kind: Mapping, Pos: n.Pos}
}
