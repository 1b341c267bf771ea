package postmortem

import (
	"fmt"
	"regexp"
	"strings"

	"publish/internal/diag"
)

// shape is what a block between fences looks like.
type shape uint8

const (
	prose  shape = iota
	empty        // nothing but comments
	fields       // front matter, right or wrong
)

// fieldLine is a line at the first column that YAML reads as the beginning of
// a field.
var fieldLine = regexp.MustCompile(`^(?:"([^"]+)"|'([^']+)'|([\pL_][\pL\pN_ ./-]{0,60}?))\s*:(?:\s|$)`)

// fieldName gives the name of the field that a line begins.
func fieldName(text string) (name string, ok bool) {
	m := fieldLine.FindStringSubmatch(text)
	if m == nil {
		return "", false
	}
	return m[1] + m[2] + m[3], true
}

// examine tells front matter from Markdown that begins with a thematic break.
// Front matter is empty, or names a field that is known somewhere, or has
// nothing at the first column but fields, lists and comments.
//
// Text is the number of the line of the block, from 1, with which prose begins
// after the fields: there the closing fence is missing. It is 0 if all is well.
func examine(block string, f fence) (is shape, text int) {
	if f.open != "---" {
		return fields, 0
	}
	known, named, blank, count, others := false, false, false, 0, 0
	is = empty
	for l := range strings.Lines(block) {
		count++
		l = strings.TrimRight(l, " \t\r\n")
		if l == "" {
			blank = true
			continue
		}
		if strings.ContainsRune("# \t]}?", rune(l[0])) || l == "-" || strings.HasPrefix(l, "- ") {
			if l[0] != '#' {
				is = prose
			}
			continue
		}
		is = prose
		name, ok := fieldName(l)
		if !ok {
			if others++; blank && named && text == 0 {
				text = count
			}
			continue
		}
		named, known = true, known || isKnownKey(name)
	}
	if known || named && others == 0 {
		return fields, text
	}
	return is, 0
}

// indentedOpening reports front matter whose first fence is indented; Markdown
// may begin with such a thematic break.
func (s *splitter) indentedOpening(open line) {
	next, ok := s.after(open)
	if name, isField := fieldName(next.text); ok && isField && isKnownKey(name) {
		s.list.Report(diag.FrontMatterUnclosed, s.pos(open),
			"move it to the first column", "the \"---\" that opens the front matter is indented")
	}
}

// missingOpening reports a file that begins with the fields of a front matter
// and closes it, but never opened it. A single field is a heading in Markdown
// (`Note: x` underlined with `---`) unless it is one that every file has.
func (s *splitter) missingOpening(first line) {
	count, known := 0, false
	for l, ok := first, true; ok; l, ok = s.after(l) {
		if l.text == "---" {
			if known && (count > 1 || strings.EqualFold(first.text[:min(6, len(first.text))], "title:")) {
				s.list.Report(diag.FrontMatterUnclosed, s.pos(first),
					fmt.Sprintf("put a line `---` before line %d", first.number),
					"the \"---\" that opens the front matter is missing; line %d closes it", l.number)
			}
			return
		}
		name, isField := fieldName(l.text)
		switch {
		case isField:
			count++
			known = known || isKnownKey(name)
		case l.text == "", l.text[0] == ' ', l.text[0] == '\t', l.text[0] == '#', strings.HasPrefix(l.text, "- "):
			if count == 0 {
				return
			}
		default:
			return
		}
	}
}
