package tree

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"publish/internal/pattern"
)

// yamlProblem is what the library says about a syntax error. Its words are for
// people who write parsers; describe puts them into words for people who write
// postmortems.
type yamlProblem struct {
	message                string
	line, column           int // where it was noticed, from 1; 0 is unknown
	startLine, startColumn int // where the construct began, if the library says so
}

// yamlProblems maps a part of the library's message to what we say. The first
// that matches is used.
var yamlProblems = []struct {
	part string
	say  func(*yamlReader, yamlProblem)
}{
	{"control characters", (*yamlReader).controlCharacter},
	{"UTF-8", (*yamlReader).controlCharacter},
	{"multiple", (*yamlReader).secondDocument},
	{"aliasing", func(r *yamlReader, p yamlProblem) {
		r.report(r.at(max(p.line, 1), p.column), "write the values out", "aliases repeat more than %d values", maxAliased)
	}},
	{"max depth", func(r *yamlReader, p yamlProblem) { r.tooDeep(r.at(max(p.line, 1), p.column)) }},
	{"mapping values are not allowed", (*yamlReader).strayColon},
	{"cannot start any token", (*yamlReader).badStart},
	{"tab character", (*yamlReader).tab},
	{"tabs", (*yamlReader).tab},
	{"unknown anchor", (*yamlReader).badStart},
	{"alphabetic or numeric", (*yamlReader).badStart},
	{"expected node content", (*yamlReader).badStart},
	{"while scanning a tag", (*yamlReader).badStart},
	{"tag handle", (*yamlReader).badStart},
	{"unexpected end of stream", (*yamlReader).openQuote},
	{"document indicator", (*yamlReader).openQuote},
	{"escape", (*yamlReader).escape},
	{"hexadecimal", (*yamlReader).escape},
	{"expected ',' or", (*yamlReader).openBracket},
	{"expected ':'", func(r *yamlReader, p yamlProblem) {
		line := max(p.startLine, 1)
		r.report(r.at(line, p.startColumn), "write `name: value`, or indent the line to continue the text above it",
			"the line %s has no colon", quoted(r.sourceLine(line)))
	}},
	{"block sequence entries", func(r *yamlReader, p yamlProblem) {
		r.report(r.at(p.line, p.column), "begin the list on the next line, or put the value in quotes",
			"a list cannot begin on the line of its field's name")
	}},
	{"expected key", (*yamlReader).badIndent},
	{"expected '-'", (*yamlReader).badIndent},
}

func (r *yamlReader) describe(p yamlProblem) {
	if line := r.placeholderBefore(p.line); line > 0 {
		r.placeholder(line)
		return
	}
	if line := r.indentedFence(max(p.line, p.startLine)); line > 0 {
		r.report(r.at(line, 1), "move it to the first column", "an indented \"---\" does not end the front matter")
		return
	}
	for _, known := range yamlProblems {
		if strings.Contains(p.message, known.part) {
			known.say(r, p)
			return
		}
	}
	r.report(r.at(max(p.line, 1), p.column), "look at the quotes, colons and indentation of this line and the one before",
		"the line %s is not valid YAML", quoted(r.sourceLine(max(p.line, 1))))
}

// indentedFence finds a `---` with blanks before it in the line at fault or the
// few above: a closing fence that is none, whose text YAML takes for a value.
func (r *yamlReader) indentedFence(number int) int {
	for n := number; n > max(number-4, 0); n-- {
		if strings.TrimSpace(r.sourceLine(n)) == "---" && r.sourceLine(n)[0] != '-' {
			return n
		}
	}
	return 0
}

// sourceLine is a line of the text, from 1, without its end.
func (r *yamlReader) sourceLine(number int) string {
	n := 1
	for line := range strings.Lines(r.text) {
		if n == number {
			return strings.TrimRight(line, "\r\n")
		}
		n++
	}
	return ""
}

// quoted is the line for a message: trimmed, shortened, in quotes.
func quoted(line string) string {
	line = strings.TrimSpace(line)
	if utf8.RuneCountInString(line) > 60 {
		line = string([]rune(line)[:59]) + "…"
	}
	return fmt.Sprintf("%q", line)
}

// placeholderLine is a value that begins with the placeholder of a template.
var placeholderLine = pattern.New(`^[^#"']*(?:^|[:\-\[,]\s*)\{[{%]`)

// placeholderBefore finds an unquoted `{{ … }}` in the line at fault.
func (r *yamlReader) placeholderBefore(number int) int {
	for _, n := range []int{number, number - 1} {
		if n > 0 && placeholderLine.MatchString(r.sourceLine(n)) {
			return n
		}
	}
	return 0
}

func (r *yamlReader) placeholder(number int) {
	line := r.sourceLine(number)
	at := strings.Index(line, "{{")
	if at < 0 {
		at = max(strings.Index(line, "{%"), 0)
	}
	r.report(r.at(number, utf8.RuneCountInString(line[:at])+1), "fill the placeholder in, or put the whole value in single quotes",
		"a placeholder of a template stands here: %s", quoted(line[at:]))
}

func (r *yamlReader) controlCharacter(yamlProblem) {
	number := 1
	for line := range strings.Lines(r.text) {
		column := 1
		for at, c := range line {
			if c == utf8.RuneError && !strings.HasPrefix(line[at:], string(utf8.RuneError)) {
				r.report(r.at(number, column), "save the file as UTF-8", "the byte 0x%02x is not UTF-8", line[at])
				return
			}
			if c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7f {
				r.report(r.at(number, column), "delete it", "the character U+%04X cannot stand in YAML", c)
				return
			}
			column++
		}
		number++
	}
	r.report(r.at(1, 1), "save the file as UTF-8", "the text holds a character that YAML does not allow")
}

func (r *yamlReader) secondDocument(yamlProblem) {
	number, content := 0, false
	for line := range strings.Lines(r.text) {
		number++
		bare := strings.TrimRight(line, " \t\r\n")
		mark := bare == "---" || bare == "..." || strings.HasPrefix(bare, "--- ")
		if mark && content {
			r.report(r.at(number, 1), "keep one, and delete the line", "a second YAML document begins after %q", bare)
			return
		}
		content = content || !mark && strings.TrimSpace(bare) != "" && bare[0] != '#' && bare[0] != '%'
	}
	r.report(r.at(1, 1), "keep one", "the text holds several YAML documents")
}

var (
	fieldStart = pattern.New(`^\s*(?:- +)*("[^"]*"|'[^']*'|[^\s:#][^:#]*?)\s*:(?:\s+|$)`)
	tightColon = pattern.New(`^\s*(?:- +)*[\pL\pN_-]+:[^\s/]`)
)

// strayColon explains a colon where YAML wants none: mostly an unquoted
// `title: Outage: the database`, or a line that is indented for no reason.
func (r *yamlReader) strayColon(p yamlProblem) {
	line := r.sourceLine(p.line)
	if start := fieldStart.FindStringSubmatchIndex(line); start != nil && utf8.RuneCountInString(line[:start[1]]) < p.column {
		key, value := line[start[2]:start[3]], strings.TrimSpace(line[start[1]:])
		r.report(r.at(p.line, p.column), fmt.Sprintf("put the value in quotes: %s: \"%s\"", key, strings.ReplaceAll(value, `"`, `\"`)),
			"the value of %q holds a colon and is not in quotes", strings.Trim(key, `"'`))
		return
	}
	for before := p.line - 1; before > 0; before-- {
		above := r.sourceLine(before)
		if strings.TrimSpace(above) == "" {
			continue
		}
		if tightColon.MatchString(above) {
			r.report(r.at(before, 1), "put a space after the colon", "the line %s has no space after its colon", quoted(above))
			return
		}
		break
	}
	r.report(r.at(p.line, len(line)-len(strings.TrimLeft(line, " "))+1), "begin it in the same column as the fields around it",
		"the line %s is indented more than the field above it allows", quoted(line))
}

// badStart explains a value that begins with a character that means something
// to YAML.
func (r *yamlReader) badStart(p yamlProblem) {
	line, column := p.line, p.column
	if p.startLine == p.line && p.startColumn > 0 {
		column = p.startColumn
	}
	runes := []rune(r.sourceLine(line))
	switch {
	case column < 1 || column > len(runes):
		r.report(r.at(max(line, 1), column), "finish the line, or put the value in quotes", "the value ends too early")
	case runes[column-1] == '\t':
		r.tab(p)
	default:
		r.report(r.at(line, column), "put the whole value in quotes", "a value cannot begin with %q", string(runes[column-1]))
	}
}

func (r *yamlReader) tab(p yamlProblem) {
	r.report(r.at(p.line, p.column), "indent with spaces", "a tab stands where YAML wants spaces")
}

func (r *yamlReader) openQuote(p yamlProblem) {
	line, column := max(p.startLine, 1), p.startColumn
	mark := `"`
	if runes := []rune(r.sourceLine(line)); column >= 1 && column <= len(runes) {
		mark = string(runes[column-1])
	}
	r.report(r.at(line, column), "put another "+mark+" at the end of the value", "the quotation mark %s is never closed", mark)
}

func (r *yamlReader) escape(p yamlProblem) {
	r.report(r.at(p.line, p.column), `write \\ for a backslash, or use single quotes`,
		"a backslash inside double quotes begins something that YAML does not know")
}

func (r *yamlReader) openBracket(p yamlProblem) {
	open, end, what := "[", "]", "list"
	if strings.Contains(p.message, "}") {
		open, end, what = "{", "}", "mapping"
	}
	r.report(r.at(max(p.startLine, 1), p.startColumn), fmt.Sprintf("close it with %s, put commas between its values, or put the whole value in quotes", end),
		"the %s that %q begins is not closed, or lacks a comma", what, open)
}

// afterQuote is a quoted value with something behind it.
var afterQuote = pattern.New(`(?::\s+|^\s*-\s+)("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*[^\s#,\]}]`)

func (r *yamlReader) badIndent(p yamlProblem) {
	line := r.sourceLine(p.line)
	switch {
	case afterQuote.MatchString(line) && strings.Contains(line, "{{"):
		r.placeholder(p.line)
	case afterQuote.MatchString(line):
		r.report(r.at(p.line, p.column), `put the whole value in double quotes, with \" for a quotation mark inside it`,
			"there is text after the closing quotation mark")
	default:
		r.report(r.at(p.line, p.column), "begin it in the same column as the lines that it belongs to",
			"the line %s does not line up with the lines above it", quoted(line))
	}
}
