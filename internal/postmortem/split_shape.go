package postmortem

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"

	"publish/internal/diag"
)

// shape is what a block between fences looks like.
type shape uint8

const (
	prose  shape = iota
	empty        // nothing but comments
	fields       // front matter, right or wrong
)

// fieldName gives the name of the field that a line begins: what stands at the
// first column before a colon and a blank, in quotes or of letters, digits and
// few signs, and short.
func fieldName(text []byte) (name []byte, ok bool) {
	if len(text) == 0 {
		return nil, false
	}
	rest := text
	if quote := text[0]; quote == '"' || quote == '\'' {
		end := bytes.IndexByte(text[1:], quote)
		if end <= 0 {
			return nil, false
		}
		name, rest = text[1:1+end], bytes.TrimLeft(text[end+2:], " \t")
	} else {
		end := bytes.IndexByte(text, ':')
		if end <= 0 || end > 120 {
			return nil, false
		}
		name, rest = bytes.TrimRight(text[:end], " \t"), text[end:]
		if !isPlainName(name) {
			return nil, false
		}
	}
	return name, len(rest) > 0 && rest[0] == ':' && (len(rest) == 1 || rest[1] == ' ' || rest[1] == '\t')
}

func isPlainName(name []byte) bool {
	first, _ := utf8.DecodeRune(name)
	if !unicode.IsLetter(first) && first != '_' {
		return false
	}
	return !bytes.ContainsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !bytes.ContainsRune([]byte("_ ./-'$"), r)
	})
}

// examine tells front matter from Markdown that begins with a thematic break.
// Front matter is empty, or names a field that is known somewhere, or has
// nothing at the first column but fields, lists and comments.
//
// Text is the number of the line of the block, from 1, with which prose begins
// after the fields: there the closing fence is missing. It is 0 if all is well.
func examine(block []byte, f fence) (is shape, text int) {
	if f.open != "---" {
		return fields, 0
	}
	known, named, blank, count, others := false, false, false, 0, 0
	is = empty
	for l := range bytes.Lines(block) {
		count++
		l = bytes.TrimRight(l, " \t\r\n")
		if len(l) == 0 {
			blank = true
			continue
		}
		if bytes.IndexByte([]byte("# \t]}?"), l[0]) >= 0 || isListItem(l) {
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
		named, known = true, known || isKnownKey(string(name))
	}
	if known || named && others == 0 {
		return fields, text
	}
	return is, 0
}

func isListItem(text []byte) bool {
	return text[0] == '-' && (len(text) == 1 || text[1] == ' ')
}

// indentedOpening reports front matter whose first fence is indented; Markdown
// may begin with such a thematic break.
func (s *splitter) indentedOpening(open line) {
	next, ok := s.after(open)
	if name, isField := fieldName(next.text); ok && isField && isKnownKey(string(name)) {
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
		if string(l.text) == "---" {
			if known && (count > 1 || bytes.EqualFold(first.text[:min(6, len(first.text))], []byte("title:"))) {
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
			known = known || isKnownKey(string(name))
		case len(l.text) == 0, l.text[0] == ' ', l.text[0] == '\t', l.text[0] == '#', isListItem(l.text):
			if count == 0 {
				return
			}
		default:
			return
		}
	}
}
