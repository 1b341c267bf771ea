package postmortem

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/adrg/frontmatter"

	"publish/internal/diag"
	"publish/internal/pattern"
)

// Format is the language of a front matter.
type Format uint8

// The formats.
const (
	NoFrontMatter Format = iota
	YAML
	TOML
	JSON
)

// maxMatter is the largest front matter that is read, in bytes. Longer ones
// are a fence in the wrong place, or an attack on the YAML parser.
const maxMatter = 64 << 10

// Parts is a file cut into front matter and body. Matter and Body are parts of
// the source.
type Parts struct {
	Format     Format
	Matter     []byte // without its fences
	MatterLine int    // line of the matter's first byte, from 1
	Body       []byte
	BodyLine   int // line of the body's first byte, from 1
}

// fence is a way to mark front matter: a line that opens it and the lines that
// may close it.
type fence struct {
	open   string
	close  []string
	format Format
}

// fences are tried in order. `...` is YAML's own end of a document, which
// Jekyll and Pandoc accept too.
var fences = []fence{
	{"---", []string{"---", "..."}, YAML},
	{"---yaml", []string{"---", "..."}, YAML},
	{"---toml", []string{"---"}, TOML},
	{"---json", []string{"---"}, JSON},
	{"+++", []string{"+++"}, TOML},
	{";;;", []string{";;;"}, JSON},
}

// Split finds the front matter of a source that has no byte-order mark and
// only \n line ends. What cannot be split is reported, and the whole source is
// given as body.
//
// A fence counts only at the first column, so that text in a block may hold an
// indented one. What stands between fences, and is no front matter, is an
// error: it may have been meant to keep the text back. Only a file that begins
// with a thematic break (`---`), an empty line and prose is Markdown, which a
// note says.
func Split(file string, source []byte) (Parts, diag.List) {
	s := splitter{file: file, source: source}
	return s.split(), s.list
}

type splitter struct {
	file   string
	source []byte
	list   diag.List
}

// line is one line of the source: its number, where it begins, where the next
// one begins, and its text without blanks at the end.
type line struct {
	number      int
	start, next int
	text        []byte
}

// after gives the line that begins where another ends; ok is false at the end.
func (s *splitter) after(l line) (next line, ok bool) {
	if l.next >= len(s.source) {
		return line{}, false
	}
	end := len(s.source)
	if i := bytes.IndexByte(s.source[l.next:], '\n'); i >= 0 {
		end = l.next + i + 1
	}
	text := bytes.TrimRight(s.source[l.next:end], " \t\r\n")
	return line{number: l.number + 1, start: l.next, next: end, text: text}, true
}

func (s *splitter) split() Parts {
	whole := Parts{Body: s.source, BodyLine: 1}
	before := line{}
	if bytes.HasPrefix(s.source, []byte("\uFEFF")) {
		before.next = len("\uFEFF")
		whole.Body = s.source[before.next:]
	}
	first, ok := s.after(before)
	for ok && len(first.text) == 0 {
		first, ok = s.after(first)
	}
	if !ok {
		return whole
	}
	for _, f := range fences {
		if string(first.text) == f.open {
			return s.fenced(first, f, whole)
		}
	}
	switch {
	case first.text[0] == '{':
		return s.braces(first, whole)
	case s.indentedOpening(first), s.wrongOpening(first):
	case s.missingOpening(first):
	default:
		s.noFences(first)
	}
	return whole
}

// fenced cuts front matter between two fences.
func (s *splitter) fenced(open line, f fence, whole Parts) Parts {
	end, indented, found := s.closing(open, f)
	last := len(s.source)
	if found {
		last = end.start
	}
	block := s.source[open.next:last]
	is, text := examine(block, f, found)
	switch {
	case is == fields && (!found || text > 0):
		s.unclosed(open, indented, text)
		return whole
	case is == neither && !found:
		s.list.Report(diag.FrontMatterUnclosed, s.pos(open), "put a line `---` behind its fields, or begin the file with `***` if a line was meant",
			"the front matter that %q opens is never closed", open.text)
		return whole
	case !found:
		return whole
	case is == neither:
		s.noMapping(open, block)
		return whole
	case is == prose:
		s.list = append(s.list, diag.Diagnostic{
			Pos: s.pos(open), Level: diag.Note, Code: diag.FrontMatterSyntax,
			Message: "the text between the first two \"---\" is read as text: it has no fields",
			Hint:    noFieldHint,
		})
		return whole
	}
	if last-open.next > maxMatter {
		s.list.Report(diag.FrontMatterSyntax, s.pos(open),
			"close it before the text begins", "the front matter is larger than %d KiB", maxMatter>>10)
		return whole
	}
	if next, ok := s.after(end); ok && is == empty && knownField(next.text) {
		s.list.Report(diag.FrontMatterSyntax, s.pos(end), "take one of the two fences away",
			"the front matter ends before its first field")
	}
	return Parts{
		Format:     f.format,
		Matter:     s.capture(open, end, f),
		MatterLine: open.number + 1,
		Body:       s.source[end.next:],
		BodyLine:   end.number + 1,
	}
}

// mayClose says whether a line may be one of those that close, with blanks of any
// kind around it: its last byte tells.
func (f *fence) mayClose(text []byte) bool {
	if len(text) == 0 {
		return false
	}
	last := text[len(text)-1]
	for _, mark := range f.close {
		if mark[len(mark)-1] == last {
			return true
		}
	}
	return last <= ' ' || last >= 0x7f
}

// closing finds the fence that closes a front matter. Inside TOML's
// multi-line texts none counts. Indented is the first line that would be a
// closing fence if it began at the first column.
func (s *splitter) closing(open line, f fence) (end line, indented int, found bool) {
	var quote string
	for l, ok := s.after(open); ok; l, ok = s.after(l) {
		if f.format == TOML {
			inside := quote != ""
			if quote = tomlQuote(string(l.text), quote); inside {
				continue
			}
		}
		if !f.mayClose(l.text) {
			continue
		}
		for _, mark := range f.close {
			if string(l.text) == mark {
				return l, indented, true
			}
			if indented == 0 && string(bytes.TrimSpace(l.text)) == mark {
				indented = l.number
			}
		}
	}
	return line{}, indented, false
}

// tomlQuote says which multi-line quote is open after a line, if any.
func tomlQuote(text, open string) string {
	for {
		if open != "" {
			i := strings.Index(text, open)
			if i < 0 {
				return open
			}
			text, open = text[i+3:], ""
			continue
		}
		double, single := strings.Index(text, `"""`), strings.Index(text, "'''")
		if double < 0 && single < 0 {
			return ""
		}
		i := double
		open = `"""`
		if double < 0 || single >= 0 && single < double {
			i, open = single, "'''"
		}
		text = text[i+3:]
	}
}

// capture lets the front matter library cut the block, whose bounds are known
// exactly, and gives the part of the source that it took. The library trims
// lines before it compares them, so lines inside the block that would look
// like its end are hidden from it.
func (s *splitter) capture(open, end line, f fence) []byte {
	if inner := s.source[open.next:end.start]; !bytes.Contains(inner, end.text) {
		return inner // no line of it can be taken for its end
	}
	return s.captured(open, end, f)
}

// captured is capture by the library.
func (s *splitter) captured(open, end line, f fence) []byte {
	block := s.source[open.start:end.next]
	if bytes.Count(block, end.text) > 1 {
		block = hideInner(block, open.next-open.start, end.start-open.start, string(end.text))
	}
	taken := 0
	format := frontmatter.NewFormat(f.open, string(end.text), func(data []byte, _ any) error {
		taken = len(data)
		return nil
	})
	if _, err := frontmatter.Parse(bytes.NewReader(block), nil, format); err != nil {
		taken = end.start - open.next // reading from memory cannot fail
	}
	return s.source[open.next : open.next+taken]
}

// hideInner copies a block with every inner line that trims to the closing
// fence overwritten.
func hideInner(block []byte, from, to int, mark string) []byte {
	block = bytes.Clone(block)
	for start := from; start < to; {
		end := to
		if i := bytes.IndexByte(block[start:to], '\n'); i >= 0 {
			end = start + i
		}
		if text := block[start:end]; string(bytes.TrimSpace(text)) == mark {
			copy(text, bytes.Repeat([]byte("#"), len(text)))
		}
		start = end + 1
	}
	return block
}

// pos is the beginning of a line.
func (s *splitter) pos(l line) diag.Pos {
	return diag.Pos{File: s.file, Line: l.number, Column: 1}
}

// unclosed reports front matter whose end is missing. Indented is the line of
// a fence that counts for nothing because it is indented, text the line of the
// block where prose begins; both are 0 if there is none.
func (s *splitter) unclosed(open line, indented, text int) {
	at := "after the last field"
	switch {
	case indented > 0:
		s.list.Report(diag.FrontMatterUnclosed, s.pos(open), fmt.Sprintf("move the fence of line %d to the first column", indented),
			"the front matter that %q opens is never closed: the fence of line %d is indented", open.text, indented)
		return
	case text > 0:
		at = fmt.Sprintf("before line %d, where the text begins", open.number+text)
	}
	mark := strings.TrimRight(string(open.text), "abcdefghijklmnopqrstuvwxyz")
	s.list.Report(diag.FrontMatterUnclosed, s.pos(open), "put a line `"+mark+"` "+at,
		"the front matter that %q opens is never closed", open.text)
}

// bareName is a field of a JSON object that was written as in YAML.
var bareName = pattern.New(`^('[^'\n]*'|[\pL_][\pL\d_-]*)\s*:\s`)

// braces cuts a JSON object off the beginning of the source. The library wants
// its braces alone on their lines and an empty line behind, and ends it at any
// inner brace; the decoder of the standard library knows where it ends.
func (s *splitter) braces(open line, whole Parts) Parts {
	rest := s.source[open.start:]
	inner := bytes.TrimLeft(rest[1:], " \t\r\n")
	if bareName.Match(inner) {
		s.list.Report(diag.FrontMatterSyntax, s.pos(open), "write `\"title\": \"…\"`",
			"the names and texts of a front matter in JSON stand in double quotes")
		return whole
	}
	if len(inner) == 0 || inner[0] != '"' && inner[0] != '}' {
		return whole // Markdown of some kind: {% include %}, {{ … }}, {: .class }
	}
	var object json.RawMessage
	decoder := json.NewDecoder(bytes.NewReader(rest))
	size := 0
	if decoder.Decode(&object) == nil {
		size = int(decoder.InputOffset())
	} else if size = s.brokenObject(open); size == 0 {
		s.list.Report(diag.FrontMatterUnclosed, s.pos(open),
			"put a line `}` after the last field", "the front matter that \"{\" opens is never closed")
		return whole
	}
	if size > maxMatter {
		s.list.Report(diag.FrontMatterSyntax, s.pos(open),
			"close it before the text begins", "the front matter is larger than %d KiB", maxMatter>>10)
		return whole
	}
	matter, body := rest[:size], rest[size:]
	end := open.number + bytes.Count(matter, []byte("\n"))
	tail, next, more := bytes.Cut(body, []byte("\n"))
	if text := strings.TrimSpace(string(tail)); text != "" {
		s.list.Report(diag.FrontMatterSyntax, diag.Pos{File: s.file, Line: end},
			"begin the text on the next line", "there is text after the closing \"}\" of the front matter")
	}
	if !more {
		next = body[len(body):]
	}
	return Parts{Format: JSON, Matter: matter, MatterLine: open.number, Body: next, BodyLine: end + 1}
}

// brokenObject is the size of an object with a syntax error, up to the first
// line that is only its closing brace; 0 if there is none.
func (s *splitter) brokenObject(open line) int {
	if bytes.HasSuffix(open.text, []byte("}")) {
		return len(open.text)
	}
	for l, ok := s.after(open); ok; l, ok = s.after(l) {
		if string(l.text) == "}" {
			return l.start - open.start + 1
		}
	}
	return 0
}
