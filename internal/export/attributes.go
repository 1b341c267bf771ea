package export

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

func find(t html.Token, name string) (string, bool) {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func get(t html.Token, name string) string {
	value, _ := find(t, name)
	return value
}

// keep are the attributes of a tag but for those of these names.
func keep(t html.Token, names ...string) []html.Attribute {
	return slices.DeleteFunc(slices.Clone(t.Attr), func(a html.Attribute) bool { return slices.Contains(names, a.Key) })
}

func without(t html.Token, names ...string) html.Token {
	t.Attr = keep(t, names...)
	return t
}

// set are the attributes of a tag with another value for one that it has.
func set(t html.Token, name, value string) []html.Attribute {
	attrs := slices.Clone(t.Attr)
	for i := range attrs {
		if attrs[i].Key == name {
			attrs[i].Val = value
		}
	}
	return attrs
}

// tag writes a start tag.
func tag(name string, attrs []html.Attribute) string {
	var b strings.Builder
	b.WriteString("<" + name)
	for _, a := range attrs {
		b.WriteString(" " + a.Key)
		if a.Val != "" || a.Key == "alt" {
			b.WriteString(`="` + html.EscapeString(a.Val) + `"`)
		}
	}
	b.WriteByte('>')
	return b.String()
}
