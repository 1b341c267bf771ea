package tree

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"publish/internal/diag"
)

// ParseJSON reads a JSON object into the same tree, with the same reports, as
// ParseYAML. It uses the standard decoder's tokens, which know surrogate pairs
// and where they stand; keys that come twice, which that decoder accepts, are
// reported.
func ParseJSON(file string, line int, src []byte, syntax diag.Code) (*Node, diag.List) {
	r := &jsonReader{reader: reader{file: file, line: line, syntax: syntax}, text: src}
	empty := &Node{Kind: Mapping, Pos: r.at(1, 1)}
	if len(bytes.TrimSpace(src)) == 0 {
		return empty, nil
	}
	r.decoder = json.NewDecoder(bytes.NewReader(src))
	r.decoder.UseNumber()
	n, ok := r.value(1)
	if !ok {
		return empty, r.list
	}
	if next := r.next(); next < len(src) {
		r.report(r.pos(next), "keep one pair of braces around everything", "there is text after the end of the JSON")
	}
	return r.root(n), r.list
}

type jsonReader struct {
	reader
	text    []byte
	decoder *json.Decoder
}

func (r *jsonReader) pos(offset int) diag.Pos { return r.byteAt(r.text, offset) }

// next is where the next token begins: after blanks and the separators that
// the decoder has not yet taken.
func (r *jsonReader) next() int {
	at := int(r.decoder.InputOffset())
	return at + len(r.text[at:]) - len(bytes.TrimLeft(r.text[at:], " \t\r\n,:"))
}

// value reads one value. After a syntax error, which is reported, ok is false.
func (r *jsonReader) value(depth int) (n *Node, ok bool) {
	start := r.next()
	n = &Node{Kind: Scalar, Pos: r.pos(start)}
	token, err := r.decoder.Token()
	if err != nil {
		return nil, r.explain(start)
	}
	if depth > maxDepth {
		r.tooDeep(n.Pos)
		return nil, false
	}
	switch t := token.(type) {
	case json.Delim:
		if t == '[' {
			return r.array(n, depth)
		}
		return r.object(n, depth)
	case string:
		n.Value, n.Quoted = t, true
	case nil:
		n.Kind = Null
	default:
		n.Value = fmt.Sprint(t)
	}
	return n, true
}

func (r *jsonReader) array(n *Node, depth int) (*Node, bool) {
	n.Kind = Sequence
	for r.decoder.More() {
		item, ok := r.value(depth + 1)
		if !ok {
			return nil, false
		}
		n.Items = append(n.Items, item)
	}
	return n, r.end()
}

func (r *jsonReader) object(n *Node, depth int) (*Node, bool) {
	n.Kind = Mapping
	seen := map[string]*Node{}
	for r.decoder.More() {
		key, ok := r.value(depth + 1)
		if !ok {
			return nil, false
		}
		value, ok := r.value(depth + 1)
		if !ok {
			return nil, false
		}
		r.add(n, seen, key, value)
	}
	return n, r.end()
}

// end takes the closing bracket.
func (r *jsonReader) end() bool {
	start := r.next()
	if _, err := r.decoder.Token(); err != nil {
		return r.explain(start)
	}
	return true
}

// explain reports what stands where the decoder stopped. It is always false.
func (r *jsonReader) explain(start int) bool {
	rest := strings.TrimSpace(string(r.text[min(start, len(r.text)):]))
	taken := bytes.TrimRight(r.text[:min(start, len(r.text))], " \t\r\n")
	pos := r.pos(start)
	switch {
	case rest == "":
		r.report(pos, "close every { with }, every [ with ] and every quotation mark", "the JSON ends too early")
	case bytes.HasSuffix(taken, []byte(",")) && (rest[0] == '}' || rest[0] == ']'):
		r.report(pos, "delete the comma before it", "a comma stands before the closing %q", rest[:1])
	case rest[0] == '\'':
		r.report(pos, "use double quotes", "JSON does not know single quotes")
	case strings.HasPrefix(rest, "//"), strings.HasPrefix(rest, "/*"), rest[0] == '#':
		r.report(pos, "delete the comment, or write the front matter as YAML", "JSON does not know comments")
	case rest[0] == '"':
		r.report(pos, "put a comma between two values, and close every quotation mark", "a comma is missing before this text, or its quotation mark is never closed")
	default:
		r.report(pos, "put names and texts in double quotes, and a comma between two values", "this is not valid JSON: %s", quoted(firstLine(rest)))
	}
	return false
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
