// Package tree reads YAML, TOML and JSON into one kind of tree, in which every
// key and value knows its place in the file.
//
// It exists so that front matter in three formats, publish.yaml, _config.yml
// and the data files are all decoded by the same code with the same messages,
// and so that each parsing library has one importer. Scalars keep their source
// text: `012`, `NO` and `3.10` stay what was written; what they mean is
// decided by whoever asks for a number, a date or a switch.
package tree

import "publish/internal/diag"

// Kind says what a Node is.
type Kind uint8

// The kinds. A Null is an empty value, `~` or `null`.
const (
	Null Kind = iota
	Scalar
	Sequence
	Mapping
)

// Node is one value with its place.
type Node struct {
	Kind Kind
	// Quoted says that a scalar was quoted or a block, so that "true" in
	// quotes is a text and not a switch.
	Quoted bool
	Pos    diag.Pos
	// Value is a scalar's text: unescaped if it was quoted, folded if it was
	// a block, otherwise exactly as written.
	Value   string
	Items   []*Node // of a sequence
	Entries []Entry // of a mapping, in the order of the file
}

// Entry is one key of a mapping. Keys are unique: the parser reports a second
// one and keeps the first.
type Entry struct {
	Key   *Node // always a scalar
	Value *Node
}

// Get gives the value of a key of a mapping, or nil.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for _, e := range n.Entries {
		if e.Key.Value == key {
			return e.Value
		}
	}
	return nil
}

// Describe says in words what a value is, for messages.
func (n *Node) Describe() string {
	switch n.Kind {
	case Scalar:
		return quoted(n.Value)
	case Sequence:
		return "a list"
	case Mapping:
		return "a mapping"
	}
	return "nothing"
}
