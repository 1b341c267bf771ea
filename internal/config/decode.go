package config

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"publish/internal/diag"
	"publish/internal/tree"
)

// key is one key of a mapping of publish.yaml.
type key[T any] struct {
	name string
	value[T]
}

// value is what may stand behind a key: how it is read, and the schema that
// editors hold it against, made when it is asked for.
type value[T any] struct {
	read  func(*decoder, *tree.Node, T)
	shape shape
}

// decoder turns nodes into values and reports what does not fit.
type decoder struct {
	diags *diag.List
	path  string // of the mapping being read, for messages: "feed."
}

// wrong reports a mistake at a node, which may be nil.
func (d *decoder) wrong(n *tree.Node, hint, format string, args ...any) {
	var pos diag.Pos
	if n != nil {
		pos = n.Pos
	}
	d.diags.Report(diag.Config, pos, hint, format, args...)
}

// mapping reads a mapping by its table of keys.
func (d *decoder) mapping(n *tree.Node, name string, table []key[*Config], c *Config) {
	readMapping(d, n, name, table, c)
}

func readMapping[T any](d *decoder, n *tree.Node, name string, table []key[T], into T) {
	if n.Kind == tree.Null {
		return
	}
	if n.Kind != tree.Mapping {
		d.wrong(n, "", "%s must be a mapping of keys to values, not %s", subject(name), kindOf(n))
		return
	}
	outer := d.path
	if name != "" {
		d.path = name + "."
	}
	defer func() { d.path = outer }()
	for _, e := range n.Entries {
		i := slices.IndexFunc(table, func(k key[T]) bool { return k.name == e.Key.Value })
		switch {
		case i < 0:
			unknown(d, e.Key, table)
		case e.Value.Kind != tree.Null: // an empty value is an absent one
			table[i].read(d, e.Value, into)
		}
	}
}

func unknown[T any](d *decoder, at *tree.Node, table []key[T]) {
	known := names(table)
	hint := "it is one of " + strings.Join(known, ", ")
	if near := diag.Nearest(at.Value, known); near != "" {
		hint = "did you mean `" + near + "`?"
	}
	d.wrong(at, hint, "unknown key %q", d.path+at.Value)
}

func subject(name string) string {
	if name == "" {
		return "the file"
	}
	return "`" + name + "`"
}

func kindOf(n *tree.Node) string {
	switch n.Kind {
	case tree.Scalar:
		return "the text \"" + n.Value + "\""
	case tree.Sequence:
		return "a list"
	case tree.Mapping:
		return "a mapping"
	}
	return "nothing"
}

// text reads a text; any scalar is one, as it was written.
func (d *decoder) text(n *tree.Node, name string) (string, bool) {
	if n.Kind != tree.Scalar {
		d.wrong(n, "", "`%s%s` must be a text, not %s", d.path, name, kindOf(n))
		return "", false
	}
	return strings.TrimSpace(n.Value), true
}

// texts reads a list of texts; a single text is a list of one.
func (d *decoder) texts(n *tree.Node, name string) []string {
	switch n.Kind {
	case tree.Scalar:
		return []string{strings.TrimSpace(n.Value)}
	case tree.Mapping:
		d.wrong(n, "", "`%s%s` must be a list of texts, not a mapping", d.path, name)
		return nil
	}
	var list []string
	for _, item := range n.Items {
		if item.Kind == tree.Null {
			continue
		}
		if text, ok := d.text(item, name); ok {
			list = append(list, text)
		}
	}
	return list
}

// number reads a whole number of at least least.
func (d *decoder) number(n *tree.Node, name string, least int) (int, bool) {
	v, err := strconv.Atoi(strings.TrimSpace(n.Value))
	if n.Kind == tree.Scalar && err == nil && v < least {
		d.wrong(n, "", "`%s%s` must be a whole number from %d, not %d", d.path, name, least, v)
		return 0, false
	}
	if n.Kind != tree.Scalar || err != nil {
		d.wrong(n, "", "`%s%s` must be a whole number from %d, not %s", d.path, name, least, kindOf(n))
		return 0, false
	}
	return v, true
}

// choice reads one of a few words; case does not count.
func (d *decoder) choice(n *tree.Node, name string, words ...string) (string, bool) {
	if n.Kind == tree.Scalar {
		for _, w := range words {
			if strings.EqualFold(strings.TrimSpace(n.Value), w) {
				return w, true
			}
		}
	}
	hint := ""
	if near := diag.Nearest(n.Value, words); n.Kind == tree.Scalar && near != "" {
		hint = "did you mean `" + near + "`?"
	}
	d.wrong(n, hint, "`%s%s` must be one of %s, not %s", d.path, name, strings.Join(words, ", "), kindOf(n))
	return "", false
}

// choices reads a list of such words; each stands once.
func (d *decoder) choices(n *tree.Node, name string, words ...string) []string {
	items := n.Items
	if n.Kind != tree.Sequence {
		items = []*tree.Node{n}
	}
	list := []string{}
	for _, item := range items {
		if w, ok := d.choice(item, name, words...); ok && !slices.Contains(list, w) {
			list = append(list, w)
		}
	}
	return list
}

// address reads an absolute URL with one of the schemes.
func (d *decoder) address(n *tree.Node, name string, schemes ...string) (string, bool) {
	text, ok := d.text(n, name)
	if !ok {
		return "", false
	}
	u, err := url.Parse(text)
	if err != nil || !slices.Contains(schemes, u.Scheme) || u.Host == "" && u.Opaque == "" {
		d.wrong(n, "", "`%s%s` must be an address that begins with %s, not %q", d.path, name, strings.Join(schemes, " or "), text)
		return "", false
	}
	return text, true
}

// folder reads the path of a folder below the site folder.
func (d *decoder) folder(n *tree.Node, name string) (string, bool) {
	text, ok := d.text(n, name)
	if !ok {
		return "", false
	}
	clean := path.Clean(strings.ReplaceAll(text, "\\", "/"))
	if path.IsAbs(clean) || clean == ".." || strings.HasPrefix(clean, "../") || strings.Contains(clean, ":") {
		d.wrong(n, "", "`%s%s` must be a folder below the site folder, not %q", d.path, name, text)
		return "", false
	}
	return clean, true
}

// mappings reads a list of mappings; plain, if not nil, takes an item that is
// just a text.
func mappings[T any](d *decoder, n *tree.Node, name string, table []key[*T], plain func(*tree.Node) T) []T {
	if n.Kind != tree.Sequence {
		d.wrong(n, "begin each entry with `- `", "`%s%s` must be a list, not %s", d.path, name, kindOf(n))
		return nil
	}
	var list []T
	for i, item := range n.Items {
		var v T
		if item.Kind == tree.Scalar && plain != nil {
			v = plain(item)
		} else {
			readMapping(d, item, fmt.Sprintf("%s[%d]", name, i), table, &v)
		}
		list = append(list, v)
	}
	return list
}

// pairs yields the entries of a mapping of free keys.
func (d *decoder) pairs(n *tree.Node, name string) []tree.Entry {
	if n.Kind != tree.Mapping {
		d.wrong(n, "", "`%s%s` must be a mapping of keys to values, not %s", d.path, name, kindOf(n))
	}
	return n.Entries
}
