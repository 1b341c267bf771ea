// Package code tells the parts of a program's text, so that a page can colour
// them: words of the language, texts, numbers, comments. What is known of a
// language stands in languages.txt.
//
// It reads a text once, from its first byte to its last, and looks no more than
// a few bytes ahead, so its time grows with the text and with nothing else. The
// same bytes have the same parts on every machine: no clock stops it. It is no
// parser: where a text is wrong, or a language is richer than its entry, less
// is coloured.
package code

import "strings"

// MaxSize is the size in bytes of the largest text that is coloured. A page of
// colours is several times its text, and nobody reads a megabyte of it.
const MaxSize = 1 << 20

// Class is what a part of a text is.
type Class uint8

// The classes, which are those that the style sheet tells apart.
const (
	Plain Class = iota
	Comment
	Preprocessor // and what else is said to a tool: attributes, a first line
	Keyword
	Type
	Constant
	Text
	Number
	Function
	Builtin
	Attribute // of a tag, and keys of settings
	Variable
	Tag // of HTML, and keys of data
	Inserted
	Deleted
	Heading
	Hunk
)

// names are the short class names of Pygments, which style sheets for code
// have had for twenty years.
var names = [...]string{"", "c", "cp", "k", "kt", "kc", "s", "m", "nf", "nb", "na", "nv", "nt", "gi", "gd", "gh", "gu"}

// String is the name of the class in HTML.
func (c Class) String() string { return names[c] }

// Span is a part of a text that is not plain: the bytes from Start to End.
type Span struct {
	Start, End int
	Class      Class
}

// Lookup finds a language by a name, an alias or a file's ending, in small
// letters. It gives nil for one that is not known.
func Lookup(name string) *Language { return languages()[name] }

// AppendSpans appends the parts of a text that are not plain, in their order;
// no two of them share a byte.
func (l *Language) AppendSpans(spans []Span, text string) []Span {
	if len(text) > MaxSize {
		return spans
	}
	if l.session != nil && strings.HasPrefix(text, "$ ") {
		l = l.session // a shell's block that shows what a terminal did
	}
	x := lexer{Language: l, text: text, spans: spans, first: true}
	x.read()
	return x.spans
}

// lexer goes through a text.
type lexer struct {
	*Language
	text  string
	at    int
	spans []Span
	// first says that only blanks stand between here and the beginning of the
	// line, or of the statement.
	first bool
	// last is the last byte that was neither blank nor comment.
	last byte
	// defines says that the last word is followed by the name of something new.
	defines bool
	// heredoc ends the text that begins with the next line; "" for none.
	heredoc      string
	heredocPlain bool // what looks like a variable in it is none
	noHeredoc    bool // one was not ended
	// missing says for each opener up to where nothing closes it.
	missing [maxPairs]int
	// looked is the number of bytes that were looked at, however often: a test
	// holds it against the size of the text.
	looked int
}

// read reads the text in the form of its language.
func (x *lexer) read() {
	switch x.form {
	case formYAML:
		x.yaml()
	case formINI:
		x.ini()
	case formMarkup:
		x.markup()
	case formDiff:
		x.diff()
	case formConsole:
		x.console()
	case formIslands:
		x.islands()
	default:
		x.code()
	}
}

// within reads a stretch of the text, up to end, in another language.
func (x *lexer) within(l *Language, start, end int) {
	inner := lexer{Language: l, text: x.text[:end], at: start, spans: x.spans, first: true}
	inner.read()
	x.spans, x.at = inner.spans, end
	x.looked += inner.looked
}

// emit notes a part, joined to the last one where that ends here.
func (x *lexer) emit(class Class, start, end int) {
	if class == Plain || start >= end {
		return
	}
	if n := len(x.spans); n > 0 && x.spans[n-1].End == start && x.spans[n-1].Class == class {
		x.spans[n-1].End = end
		return
	}
	x.spans = append(x.spans, Span{start, end, class})
}

// lineEnd is where the line ends that at is in.
func (x *lexer) lineEnd(at int) int {
	n := strings.IndexByte(x.text[at:], '\n')
	if n < 0 {
		n = len(x.text) - at
	}
	x.looked += n
	return at + n
}

// skipBlanks gives the first place from at on that is neither blank nor tab.
func (x *lexer) skipBlanks(at int) int {
	for at < len(x.text) && (x.text[at] == ' ' || x.text[at] == '\t') {
		at++
		x.looked++
	}
	return at
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }
func isLetter(c byte) bool {
	return c >= 'a' && c <= 'z' || isUpper(c)
}
