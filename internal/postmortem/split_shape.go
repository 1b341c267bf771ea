package postmortem

import (
	"bytes"
	"fmt"
	"slices"
	"unicode"
	"unicode/utf8"

	"publish/internal/diag"
)

// shape is what a block between fences looks like.
type shape uint8

const (
	prose   shape = iota
	empty         // nothing but comments
	fields        // front matter, right or wrong
	neither       // what may have been meant as fields, and is none
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
	if isASCIIName(name) {
		return true
	}
	first, _ := utf8.DecodeRune(name)
	if !unicode.IsLetter(first) && first != '_' {
		return false
	}
	return !bytes.ContainsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !bytes.ContainsRune([]byte("_ ./-'$"), r)
	})
}

// isASCIIName says whether a name begins with an ASCII letter or _ and holds
// nothing but those, digits and -, as nearly all do.
func isASCIIName(name []byte) bool {
	for i, c := range name {
		letter := c == '_' || 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (i == 0 || c != '-' && (c < '0' || c > '9')) {
			return false
		}
	}
	return len(name) > 0
}

// examine tells front matter from Markdown that begins with a thematic break.
// Front matter is empty, or names a field that is known somewhere, or has
// nothing at the first column but fields, lists and comments, or is indented as
// a whole.
//
// Text is the number of the line of the block, from 1, with which prose begins
// after the fields: there the closing fence is missing. It is 0 if all is well.
func examine(block []byte, f fence, closed bool) (is shape, text int) {
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
			if is == empty {
				if _, ok := fieldName(bytes.TrimLeft(l, " ")); ok {
					named = true // all fields are indented, as YAML allows
				}
			}
			if l[0] != '#' {
				is = neither
			}
			continue
		}
		is = neither
		name, ok := fieldName(l)
		if !ok {
			if others++; blank && named && text == 0 {
				text = count
			}
			continue
		}
		named, known = true, known || isKnownKey(string(name))
	}
	switch {
	case known || named && others == 0:
		return fields, text
	case is == neither && isProse(block, closed):
		return prose, 0
	case is == neither && bytes.IndexByte([]byte("{?!"), bytes.TrimSpace(block)[0]) >= 0:
		return fields, 0 // YAML has other ways to write a mapping
	}
	return is, 0
}

// longLine is the number of words above which a line is a sentence, and no
// setting without its colon (`draft true`).
const longLine = 4

// isProse says whether what follows a first line `---` is plainly Markdown: the
// line was a thematic break. Behind one there is an empty line, then text of
// whole sentences, and nothing like a field. Without a second `---` only the
// first paragraph has to be so.
func isProse(block []byte, closed bool) bool {
	first, sentence := true, false
	for l := range bytes.Lines(block) {
		l = bytes.TrimSpace(l)
		switch {
		case len(l) == 0 && !closed:
			return true
		case first && closed && len(l) > 0, likeField(l):
			return false
		case len(l) > 0 && l[0] != '#' && !sentence:
			if sentence = len(bytes.Fields(l)) > longLine; !sentence {
				return false
			}
		}
		first = false
	}
	return true
}

// likeField says whether a line may be a field, at any depth and in any of the
// formats.
func likeField(text []byte) bool {
	text = bytes.TrimLeft(text, " \t-*+>")
	name, ok := fieldName(text)
	if before, _, found := bytes.Cut(text, []byte("=")); !ok && found {
		name, ok = bytes.TrimSpace(before), true
	}
	return ok && len(bytes.Fields(name)) <= 2
}

func isListItem(text []byte) bool {
	return text[0] == '-' && (len(text) == 1 || text[1] == ' ')
}

// noMapping reports what stands between two fences and is no mapping.
func (s *splitter) noMapping(open line, block []byte) {
	at := open
	for l, ok := s.after(open); ok && l.start < open.next+len(block); l, ok = s.after(l) {
		if _, isField := fieldName(l.text); len(l.text) > 0 && l.text[0] != '#' && !isField {
			at = l
			break
		}
	}
	s.list.Report(diag.FrontMatterSyntax, s.pos(at), noFieldHint,
		"the front matter is no mapping of fields to values: %q is no field", shortened(at.text))
}

const noFieldHint = "write fields as `title: …`, or begin the file with `***` if a line was meant"

// shortened is the beginning of a line, for a message.
func shortened(text []byte) string {
	text = bytes.TrimSpace(text)
	if utf8.RuneCount(text) <= 60 {
		return string(text)
	}
	return string([]rune(string(text))[:59]) + "…"
}

// indentedOpening reports front matter whose first fence is indented, and says
// whether it is; Markdown may begin with such a thematic break.
func (s *splitter) indentedOpening(open line) bool {
	text := bytes.TrimSpace(open.text)
	i := slices.IndexFunc(fences, func(f fence) bool { return string(text) == f.open })
	if i < 0 || len(text) == len(open.text) {
		return false
	}
	block, closed := s.source[open.next:], false
	for l, ok := s.after(open); ok && !closed; l, ok = s.after(l) {
		if closed = slices.Contains(fences[i].close, string(bytes.TrimSpace(l.text))); closed {
			block = s.source[open.next:l.start]
		}
	}
	if fences[i].open == "---" && isProse(block, closed) {
		return true
	}
	at := s.pos(open)
	at.Column += utf8.RuneCount(open.text) - utf8.RuneCount(text)
	s.list.Report(diag.FrontMatterUnclosed, at,
		"move it to the first column", "the %q that opens the front matter is indented", text)
	return true
}

// wrongOpening reports a first line that is nearly a fence (`----`, `—-`), or a
// comment, above what looks like fields, and says whether it is one.
func (s *splitter) wrongOpening(open line) bool {
	text := bytes.TrimFunc(open.text, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
	if bytes.HasPrefix(text, []byte("<!--")) {
		return s.commentAbove(open)
	}
	dashes := len(text) - len(bytes.TrimLeft(text, "-–—"))
	if next, ok := s.after(open); dashes < 2 || !ok || !knownField(next.text) {
		return false
	}
	s.list.Report(diag.FrontMatterUnclosed, s.pos(open), "open it with `---`, alone on its line",
		"%q does not open a front matter, and fields stand below it", shortened(text))
	return true
}

// commentAbove reports front matter that stands below a comment, where no tool
// looks for it, and says whether it does.
func (s *splitter) commentAbove(open line) bool {
	end := bytes.Index(s.source[open.start:], []byte("-->"))
	if end < 0 {
		return false
	}
	l := open
	for ok := true; ok && (l.start <= open.start+end || len(l.text) == 0); {
		l, ok = s.after(l)
	}
	if next, ok := s.after(l); !ok || string(bytes.TrimSpace(l.text)) != "---" || !knownField(next.text) {
		return false
	}
	s.list.Report(diag.FrontMatterUnclosed, s.pos(l), "move the comment below the front matter",
		"the front matter does not begin the file: a comment stands above it")
	return true
}

// knownField says whether a line begins a field that means something.
func knownField(text []byte) bool {
	name, ok := fieldName(bytes.TrimLeft(text, " \t-"))
	return ok && isKnownKey(string(name))
}

// missingOpening reports a file that begins with the fields of a front matter
// and closes it, but never opened it. A single field is a heading in Markdown
// (`Note: x` underlined with `---`) unless it is one that every file has.
func (s *splitter) missingOpening(first line) (said bool) {
	if holdsBack(first.text) && !bytes.Contains(bytes.TrimSpace(valueOf(first.text)), []byte(" ")) {
		s.list.Report(diag.FrontMatterUnclosed, s.pos(first), "put a line `---` before and after the fields",
			"a field that keeps a text back stands outside of any front matter, where it does nothing")
		return true
	}
	count, known := 0, false
	for l, ok := first, true; ok; l, ok = s.after(l) {
		if string(l.text) == "---" {
			if known && (count > 1 || bytes.EqualFold(first.text[:min(6, len(first.text))], []byte("title:"))) {
				s.list.Report(diag.FrontMatterUnclosed, s.pos(first),
					fmt.Sprintf("put a line `---` before line %d", first.number),
					"the \"---\" that opens the front matter is missing; line %d closes it", l.number)
				return true
			}
			return false
		}
		name, isField := fieldName(l.text)
		switch {
		case isField:
			count++
			known = known || isKnownKey(string(name))
		case len(l.text) == 0, l.text[0] == ' ', l.text[0] == '\t', l.text[0] == '#', isListItem(l.text):
			if count == 0 {
				return false
			}
		default:
			return false
		}
	}
	return false
}
