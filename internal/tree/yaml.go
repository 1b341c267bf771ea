package tree

import (
	"errors"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"publish/internal/diag"
)

// ParseYAML reads one YAML document. Line is the line in the file of the first
// byte of src, from 1. An empty or comment-only text is an empty mapping. What
// cannot be read is reported under the code syntax; a key that stands twice in
// a mapping under field-duplicate in front matter and under syntax elsewhere,
// and the first one stays. The node is never nil: after a syntax error it is
// an empty mapping.
//
// Aliases are followed and merge keys (`<<`) applied; a key of the mapping's
// own wins over a merged one.
func ParseYAML(file string, line int, src []byte, syntax diag.Code) (*Node, diag.List) {
	return new(Scratch).ParseYAML(file, line, src, syntax)
}

// ParseYAML reads as the function does, into this memory.
func (s *Scratch) ParseYAML(file string, line int, src []byte, syntax diag.Code) (*Node, diag.List) {
	r := &yamlReader{reader: reader{file: file, line: line, syntax: syntax}, text: string(src)}
	if r.blank() {
		return &Node{Kind: Mapping, Pos: r.at(1, 1)}, nil
	}
	if n, ok := r.plainYAML(s); ok {
		return n, nil
	}
	return r.libraryYAML()
}

// libraryYAML reads a text that is not blank with the library.
func (r *yamlReader) libraryYAML() (*Node, diag.List) {
	var doc yaml.Node
	if err := yaml.Load([]byte(hideBreaks(r.text)), &doc); err != nil {
		r.explain(err)
		return &Node{Kind: Mapping, Pos: r.at(1, 1)}, r.list
	}
	top := &doc
	if doc.Kind == yaml.DocumentNode && len(doc.Content) == 1 {
		top = doc.Content[0]
	}
	r.done = map[*yaml.Node]*Node{}
	r.size = map[*yaml.Node]int{}
	n, _ := r.convert(top, 1)
	return r.root(n), r.list
}

// yamlReader turns the library's nodes into ours.
type yamlReader struct {
	reader
	text string
	// done and size hold the anchored nodes that are converted, and how many
	// values each stands for; a nil entry in done is being converted.
	done    map[*yaml.Node]*Node
	size    map[*yaml.Node]int
	aliased int
}

// blank says that the text holds nothing but comments. The library calls that
// an error.
func (r *yamlReader) blank() bool {
	for line := range strings.Lines(r.text) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			return false
		}
	}
	return true
}

// The library follows YAML 1.1 and ends a line at these characters too, which
// editors do not: lines would be counted wrongly and a text with one would be
// cut. They are swapped for noncharacters while it reads (Unicode §23.7: no text
// may hold them, and no page shows them), and a carriage return without a line
// feed for a blank.
var (
	breakHider   = strings.NewReplacer("\r\n", "\r\n", "\r", " ", "\u0085", "\uFDD4", "\u2028", "\uFDD5", "\u2029", "\uFDD6")
	breakShower  = strings.NewReplacer("\uFDD4", "\u0085", "\uFDD5", "\u2028", "\uFDD6", "\u2029")
	hiddenBreaks = "\uFDD4\uFDD5\uFDD6"
)

func hideBreaks(text string) string {
	if strings.ContainsAny(text, hiddenBreaks) {
		text = strings.Map(dropHidden, text) // no text holds them
	}
	return breakHider.Replace(text)
}

func dropHidden(c rune) rune {
	if strings.ContainsRune(hiddenBreaks, c) {
		return utf8.RuneError
	}
	return c
}

// convert gives our node and the number of values that it stands for.
func (r *yamlReader) convert(y *yaml.Node, depth int) (*Node, int) {
	pos := r.at(y.Line, y.Column)
	if depth > maxDepth {
		return r.tooDeep(pos), 1
	}
	if y.Anchor != "" && y.Kind != yaml.AliasNode {
		r.done[y] = nil
	}
	n, size := &Node{Pos: pos}, 1
	switch y.Kind {
	case yaml.ScalarNode:
		r.scalar(n, y)
	case yaml.SequenceNode:
		n.Kind = Sequence
		n.Items = make([]*Node, 0, len(y.Content))
		for _, c := range y.Content {
			item, s := r.convert(c, depth+1)
			n.Items, size = append(n.Items, item), size+s
		}
	case yaml.MappingNode:
		n.Kind = Mapping
		size += r.mapping(n, y, depth)
	case yaml.AliasNode:
		return r.alias(y, pos)
	}
	if y.Anchor != "" {
		r.done[y], r.size[y] = n, size
	}
	return n, size
}

func (r *yamlReader) scalar(n *Node, y *yaml.Node) {
	n.Kind = Scalar
	n.Value = breakShower.Replace(y.Value)
	n.Quoted = y.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0 ||
		y.Style&yaml.TaggedStyle != 0 && y.Tag == "!!str"
	if y.Tag == "!!null" && !n.Quoted {
		n.Kind, n.Value = Null, ""
	}
}

func (r *yamlReader) mapping(n *Node, y *yaml.Node, depth int) (size int) {
	n.Entries = make([]Entry, 0, len(y.Content)/2)
	seen := make(map[string]*Node, len(y.Content)/2)
	var merged []*Node
	for i := 0; i+1 < len(y.Content); i += 2 {
		key, value := y.Content[i], y.Content[i+1]
		v, s := r.convert(value, depth+1)
		size += s + 1
		if key.Tag == "!!merge" {
			merged = append(merged, r.mergeSources(v)...)
			continue
		}
		if k := r.key(key); k != nil {
			r.add(n, seen, k, v)
		}
	}
	for _, from := range merged {
		for _, e := range from.Entries {
			if _, own := seen[e.Key.Value]; !own {
				seen[e.Key.Value] = e.Key
				n.Entries = append(n.Entries, e)
			}
		}
	}
	return size
}

// key converts the key of an entry, or gives nil if it is no text.
func (r *yamlReader) key(y *yaml.Node) *Node {
	target := y
	if y.Kind == yaml.AliasNode && y.Alias != nil {
		target = y.Alias
	}
	pos := r.at(y.Line, y.Column)
	switch {
	case target.Kind == yaml.ScalarNode:
		return &Node{Kind: Scalar, Pos: pos, Value: breakShower.Replace(target.Value), Quoted: true}
	case strings.Contains(r.sourceLine(y.Line), "{{"):
		r.placeholder(y.Line)
	default:
		r.report(pos, "write a word before the colon", "the name of a field must be a text, not a list or a mapping")
	}
	return nil
}

// mergeSources are the mappings that a merge key names.
func (r *yamlReader) mergeSources(v *Node) []*Node {
	sources := []*Node{v}
	if v.Kind == Sequence {
		sources = v.Items
	}
	for _, s := range sources {
		if s.Kind != Mapping && s.Kind != Null {
			r.report(s.Pos, "write `<<: *name`, where `&name` stands before a mapping",
				"\"<<\" takes the fields of another mapping, not %s", s.Describe())
			return nil
		}
	}
	return sources
}

// alias gives the node that an alias stands for, at the place of the alias.
func (r *yamlReader) alias(y *yaml.Node, pos diag.Pos) (*Node, int) {
	target, known := r.done[y.Alias]
	if !known || target == nil {
		r.report(pos, "write the value out", "the alias %q stands inside the value that it names", "*"+y.Value)
		return &Node{Pos: pos}, 1
	}
	before := r.aliased
	r.aliased += r.size[y.Alias]
	if r.aliased > maxAliased {
		if before <= maxAliased {
			r.report(pos, "write the values out", "aliases repeat more than %d values", maxAliased)
		}
		return &Node{Pos: pos}, 1
	}
	n := *target
	n.Pos = pos
	return &n, r.size[y.Alias]
}

// explain reports why the library could not read the text.
func (r *yamlReader) explain(err error) {
	var load *yaml.LoadError
	if !errors.As(err, &load) {
		load = &yaml.LoadError{Message: err.Error()}
	}
	problem := yamlProblem{
		message: load.Message, line: load.Mark.Line, column: load.Mark.Column,
		startLine: load.ContextMark.Line, startColumn: load.ContextMark.Column,
	}
	r.describe(problem)
}
