package tree

import (
	"errors"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"

	"publish/internal/diag"
)

// ParseTOML reads a TOML document into the same tree, with the same reports,
// as ParseYAML. Numbers, switches and dates keep their text: `2021-04-29` is
// not made into a time here, nor is `0x1F` made into 31.
func ParseTOML(file string, line int, src []byte, syntax diag.Code) (*Node, diag.List) {
	r := &tomlReader{
		reader:  reader{file: file, line: line, syntax: syntax},
		text:    src,
		keys:    map[*Node]map[string]*Node{},
		headers: map[*Node]bool{},
	}
	root := r.newMapping(r.at(1, 1))
	table := root
	r.parser.Reset(src)
	for r.parser.NextExpression() {
		switch e := r.parser.Expression(); e.Kind {
		case unstable.Table:
			table = r.table(root, e, false)
		case unstable.ArrayTable:
			table = r.table(root, e, true)
		case unstable.KeyValue:
			r.keyValue(table, e, 1)
		}
	}
	if err := r.parser.Error(); err != nil {
		r.explain(err)
	}
	return root, r.list
}

// tomlReader builds the tree from the parser's expressions. The parser knows
// only syntax; that nothing is defined twice is watched here.
type tomlReader struct {
	reader
	text   []byte
	parser unstable.Parser
	// keys are those of each mapping, by name; headers the mappings that had
	// a [header] of their own.
	keys    map[*Node]map[string]*Node
	headers map[*Node]bool
}

func (r *tomlReader) newMapping(pos diag.Pos) *Node {
	n := &Node{Kind: Mapping, Pos: pos}
	r.keys[n] = map[string]*Node{}
	return n
}

func (r *tomlReader) pos(offset int) diag.Pos { return r.byteAt(r.text, offset) }

func (r *tomlReader) key(n *unstable.Node) *Node {
	return &Node{Kind: Scalar, Pos: r.pos(int(n.Raw.Offset)), Value: string(n.Data), Quoted: true}
}

// table finds or makes the mapping that a [header] or a [[header]] opens.
func (r *tomlReader) table(root *Node, e *unstable.Node, array bool) *Node {
	into, depth := root, 1
	for it := e.Key(); it.Next(); depth++ {
		key := r.key(it.Node())
		if depth >= maxDepth {
			r.tooDeep(key.Pos)
			return r.newMapping(key.Pos)
		}
		if !it.IsLast() {
			into = r.step(into, key)
			continue
		}
		if array {
			return r.arrayItem(into, key)
		}
		next := r.step(into, key)
		if r.headers[next] {
			r.duplicate(key.Value, next.Pos, key.Pos)
		}
		r.headers[next] = true
		return next
	}
	return into
}

// step goes down into the mapping of a key, made where it is missing; in an
// array of tables it goes into the last one.
func (r *tomlReader) step(into *Node, key *Node) *Node {
	if first, ok := r.keys[into][key.Value]; ok {
		value := into.Get(key.Value)
		if value.Kind == Sequence && len(value.Items) > 0 {
			value = value.Items[len(value.Items)-1]
		}
		if _, open := r.keys[value]; open {
			return value
		}
		r.duplicate(key.Value, first.Pos, key.Pos)
		return r.newMapping(key.Pos)
	}
	next := r.newMapping(key.Pos)
	r.add(into, r.keys[into], key, next)
	return next
}

// arrayItem adds a mapping to the array of tables of a key.
func (r *tomlReader) arrayItem(into *Node, key *Node) *Node {
	item := r.newMapping(key.Pos)
	first, ok := r.keys[into][key.Value]
	if !ok {
		r.add(into, r.keys[into], key, &Node{Kind: Sequence, Pos: key.Pos, Items: []*Node{item}})
		return item
	}
	list := into.Get(key.Value)
	if list.Kind != Sequence {
		r.duplicate(key.Value, first.Pos, key.Pos)
		return item
	}
	list.Items = append(list.Items, item)
	return item
}

// keyValue reads `a.b = value` into a mapping.
func (r *tomlReader) keyValue(into *Node, e *unstable.Node, depth int) {
	for it := e.Key(); it.Next(); depth++ {
		key := r.key(it.Node())
		if depth >= maxDepth {
			r.tooDeep(key.Pos)
			return
		}
		if it.IsLast() {
			r.add(into, r.keys[into], key, r.value(e.Value(), key.Pos, depth+1))
			return
		}
		into = r.step(into, key)
	}
}

// value converts a value. Arrays do not know their place: they get that of
// their key.
func (r *tomlReader) value(v *unstable.Node, near diag.Pos, depth int) *Node {
	pos := near
	if v.Raw.Length > 0 {
		pos = r.pos(int(v.Raw.Offset))
	}
	if depth > maxDepth {
		return r.tooDeep(pos)
	}
	switch v.Kind {
	case unstable.Array:
		n := &Node{Kind: Sequence, Pos: pos}
		for it := v.Children(); it.Next(); {
			n.Items = append(n.Items, r.value(it.Node(), pos, depth+1))
		}
		return n
	case unstable.InlineTable:
		n := r.newMapping(pos)
		for it := v.Children(); it.Next(); {
			r.keyValue(n, it.Node(), depth)
		}
		return n
	}
	return &Node{Kind: Scalar, Pos: pos, Value: string(v.Data), Quoted: v.Kind == unstable.String}
}

// tomlProblems maps a part of the parser's message to what we say.
var tomlProblems = []struct{ part, message, hint string }{
	{"at start of value", "a value is missing, or is not in quotes", "write name = \"value\""},
	{"expected '='", "there is no \"=\" after the field's name", "write name = \"value\""},
	{"array is incomplete", "the list is not closed", "close it with ]"},
	{"array", "the list is not closed, or lacks a comma", "close it with ], and put commas between its values"},
	{"inline table", "the table is not closed, or lacks a comma", "close it with }, and put commas between its values"},
	{"new lines", "the quotation mark is never closed", "put another at the end of the value, or use \"\"\" for a text of several lines"},
	{"unterminated", "the quotation mark is never closed", "put another at the end of the value"},
	{"escape", "a backslash inside double quotes begins something that TOML does not know", "write \\\\ for a backslash, or use single quotes"},
}

func (r *tomlReader) explain(err error) {
	message, hint := "this is not valid TOML", "look at the quotes and the \"=\" of this line and the one before"
	for _, known := range tomlProblems {
		if strings.Contains(err.Error(), known.part) {
			message, hint = known.message, known.hint
			break
		}
	}
	offset := len(r.text)
	if at, ok := errors.AsType[*unstable.ParserError](err); ok && len(at.Highlight) > 0 {
		offset = int(r.parser.Range(at.Highlight).Offset)
	}
	r.report(r.pos(offset), hint, "%s", message)
}
