package leak

import (
	"bytes"
	"slices"
	"strings"

	"publish/internal/diag"
	"publish/internal/pattern"
)

// An allowance is a comment that says that something is meant to be published,
// and why:
//
//	<!-- allow leak-host: the range is documented -->
//
// It counts for its own line and, where nothing else stands there, for the next:
// for the whole of a block of code or a table that begins with that, since
// neither can hold a comment. In front matter and in attached files it may be
// written as `# allow leak-host: …`, `// allow …` or `/* allow … */`.
type allowance struct {
	pos         diag.Pos
	codes       []diag.Code
	reason      string
	first, last int // lines
	used        bool
}

var allowed = pattern.New(`(?i)(?:<!--|\{?/\*|//|#|;|--)[ \t]*allow[ \t]+(leak[\w, \t-]*?)[ \t]*(?:[:=–—][ \t]*([^\n]*?))?[ \t]*(?:-->|\*/\}?|\n|$)`)

var (
	mentioned = []byte("allow")
	leakWord  = []byte("leak-")
	wordEnd   = []byte("k-") // of it, which is found sooner to be nowhere: an l is in each second word
	blank     = pattern.New(`^[ \t>]*$`)
	itemMark  = pattern.New(`^[ \t>]*(?:[*+-][ \t]+)?$`)
	fence     = pattern.New("^[ \t>*+-]*(?:\\d+[.)])?[ \t]*(`{3,}|~{3,})")
	tableRow  = pattern.New(`^[ \t>]*\|`)
)

// Allow reads the allowances in a text that begins at a line of the file.
func (sh *Sheet) Allow(text []byte, line int) {
	if !bytes.Contains(text, wordEnd) || !bytes.Contains(text, leakWord) || !bytes.Contains(bytes.ToLower(text), mentioned) {
		return
	}
	at := placer{file: sh.file, text: text, line: line}
	lines := strings.Split(string(text), "\n")
	for _, m := range allowed.FindAllSubmatchIndex(text, -1) {
		a := allowance{pos: at.place(m[0])}
		if m[4] >= 0 {
			a.reason = strings.TrimSpace(string(text[m[4]:m[5]]))
		}
		for name := range strings.FieldsFuncSeq(string(text[m[2]:m[3]]), func(r rune) bool { return r == ',' || r == ' ' || r == '\t' }) {
			code := diag.Code(strings.ToLower(name))
			if _, known := advice[code]; known && !slices.Contains(a.codes, code) {
				a.codes = append(a.codes, code)
			}
		}
		a.first, a.last = a.pos.Line, a.pos.Line
		begin := bytes.LastIndexByte(text[:m[0]], '\n') + 1
		ending := m[1]
		if ending > 0 && text[ending-1] == '\n' {
			ending--
		}
		rest, _, _ := bytes.Cut(text[ending:], []byte{'\n'})
		if itemMark.Match(text[begin:m[0]]) && blank.Match(rest) {
			a.last += below(lines[a.pos.Line-line+1:])
		}
		sh.allowances = append(sh.allowances, a)
	}
}

// below counts the lines that belong to an allowance on the line above: to the
// next that is not empty, or to the end of the block of code or the table that
// begins there.
func below(lines []string) int {
	n := 0
	for n < len(lines) && blank.MatchString(lines[n]) {
		n++
	}
	if n == len(lines) {
		return n
	}
	if m := fence.FindStringSubmatch(lines[n]); m != nil {
		for i, line := range lines[n+1:] {
			if strings.HasPrefix(strings.TrimLeft(line, " \t>"), m[1]) {
				return n + i + 2
			}
		}
		return len(lines)
	}
	if tableRow.MatchString(lines[n]) {
		for n < len(lines) && tableRow.MatchString(lines[n]) {
			n++
		}
		return n
	}
	return n + 1
}
