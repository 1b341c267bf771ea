package render

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"publish/internal/pattern"
	"publish/internal/site"
	"publish/internal/tree"
)

// extraFields are keys of the front matter that publish does not know, in the
// order of the file.
type extraFields []tree.Entry

// newExtra gives the keys that the site publishes on purpose (`data.extra`);
// the internal build has them all.
func newExtra(s *site.Site, p *site.Page) extraFields {
	var fields extraFields
	for _, e := range p.Meta().Unknown {
		if s.Options.Internal || slices.Contains(s.Config.DataExtra, e.Key.Value) {
			if value, ok := prune(e.Value, s.Options.Internal); ok {
				fields = append(fields, tree.Entry{Key: e.Key, Value: value})
			}
		}
	}
	return fields
}

// prune cuts empty values, since absent is absent, and outside the internal
// build every mapping that is marked `internal: true`, at any depth.
func prune(n *tree.Node, internal bool) (*tree.Node, bool) {
	switch {
	case n == nil || n.Kind == tree.Null:
		return nil, false
	case n.Kind == tree.Sequence:
		list := &tree.Node{Kind: n.Kind}
		for _, item := range n.Items {
			if value, ok := prune(item, internal); ok {
				list.Items = append(list.Items, value)
			}
		}
		return list, true
	case n.Kind == tree.Mapping:
		if mark := n.Get("internal"); !internal && mark != nil && !isNo(mark) {
			return nil, false
		}
		mapping := &tree.Node{Kind: n.Kind}
		for _, e := range n.Entries {
			if value, ok := prune(e.Value, internal); ok {
				mapping.Entries = append(mapping.Entries, tree.Entry{Key: e.Key, Value: value})
			}
		}
		return mapping, true
	}
	return n, true
}

// isNo says that a mark is plainly switched off; anything else counts as on.
func isNo(n *tree.Node) bool {
	return n.Kind == tree.Scalar && (strings.EqualFold(n.Value, "false") || strings.EqualFold(n.Value, "no"))
}

// MarshalJSON writes the fields as an object.
func (f extraFields) MarshalJSON() ([]byte, error) {
	return appendNode(nil, &tree.Node{Kind: tree.Mapping, Entries: f})
}

// jsonNumber is the grammar of RFC 8259 §6. What looks otherwise (012, 1_000)
// stays the text that the author wrote.
var jsonNumber = pattern.New(`^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?$`)

func appendNode(dst []byte, n *tree.Node) ([]byte, error) {
	var err error
	switch n.Kind {
	case tree.Mapping:
		dst = append(dst, '{')
		for i, e := range n.Entries {
			if i > 0 {
				dst = append(dst, ',')
			}
			if dst, err = appendNode(dst, &tree.Node{Kind: tree.Scalar, Value: e.Key.Value, Quoted: true}); err != nil {
				return nil, err
			}
			if dst, err = appendNode(append(dst, ':'), e.Value); err != nil {
				return nil, err
			}
		}
		return append(dst, '}'), nil
	case tree.Sequence:
		dst = append(dst, '[')
		for i, item := range n.Items {
			if i > 0 {
				dst = append(dst, ',')
			}
			if dst, err = appendNode(dst, item); err != nil {
				return nil, err
			}
		}
		return append(dst, ']'), nil
	}
	if !n.Quoted && (n.Value == "true" || n.Value == "false" || jsonNumber.MatchString(n.Value)) {
		return append(dst, n.Value...), nil
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err = enc.Encode(cleanText(n.Value))
	return append(dst, bytes.TrimSpace(buf.Bytes())...), err
}
