package markdown

import (
	"bytes"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"publish/internal/diag"
)

// source is a text made ready for goldmark, which knows nothing of the tags of
// other tools. A tag such as {{ site.baseurl }} holds spaces and quotes that
// would break a link apart, so each is put aside and a mark stands in for it:
// U+FDD0, its number, U+FDD1. The writer puts its meaning in the mark's place,
// or, in code, the tag as it was written. What has no tags is not copied.
//
// Neither lines nor columns need to be kept that way: the edits say where every
// byte came from, so that a place is always the author's.
type source struct {
	file      string
	firstLine int
	omit      []int
	jekyll    bool
	original  []byte
	text      []byte
	edits     []edit
	tags      []tag
	lines     []int // where the lines of original begin

	lastOffset, lastColumn int // the place that was asked for last
}

// edit says that from `at` on in text, bytes come from `from` on in original.
type edit struct{ at, from int }

const (
	markOpen  = "\uFDD0"
	markClose = "\uFDD1"
)

func newSource(text []byte, o Options) *source {
	s := &source{
		file: o.File, firstLine: max(o.Line, 1), omit: o.Omit, jekyll: o.Dialect == Jekyll,
		original: text, text: text, lastColumn: 1,
	}
	if s.needsRewriting() {
		r := rewriter{source: s, lastLine: -1, blank: true}
		s.text = r.run()
	}
	return s
}

func (s *source) needsRewriting() bool {
	if len(s.omit) > 0 {
		return true
	}
	for _, sign := range []string{"\r", "<%", "{{<", "{{%", markOpen, markClose} {
		if bytes.Contains(s.original, []byte(sign)) {
			return true
		}
	}
	if !s.jekyll {
		return false
	}
	for _, sign := range []string{"{{", "{%", "{:"} {
		if bytes.Contains(s.original, []byte(sign)) {
			return true
		}
	}
	return false
}

// pos gives the place in the file of a byte of text.
func (s *source) pos(offset int) diag.Pos {
	i := sort.Search(len(s.edits), func(i int) bool { return s.edits[i].at > offset })
	if i > 0 {
		from := s.edits[i-1].from + offset - s.edits[i-1].at
		if i < len(s.edits) {
			from = min(from, s.edits[i].from)
		}
		offset = from
	}
	return s.originalPos(offset)
}

func (s *source) originalPos(offset int) diag.Pos {
	if len(s.lines) == 0 {
		s.lines = append(slices.Grow(s.lines, len(s.original)/40+1), 0)
		for end := lineEnd(s.original, 0); end < len(s.original); end = lineEnd(s.original, end+1) {
			s.lines = append(s.lines, end+1)
		}
	}
	offset = min(max(offset, 0), len(s.original))
	line := sort.SearchInts(s.lines, offset+1) - 1
	// Mostly one asks further and further along a line, which may be long.
	from, column := s.lines[line], 1
	if from <= s.lastOffset && s.lastOffset <= offset {
		from, column = s.lastOffset, s.lastColumn
	}
	column += utf8.RuneCount(s.original[from:offset])
	s.lastOffset, s.lastColumn = offset, column
	return diag.Pos{File: s.file, Line: s.firstLine + line, Column: column}
}

// rewriter walks through a text once, copying what it does not change.
type rewriter struct {
	*source
	out  []byte
	done int // what has been copied of original
	// A fence of code that is open; inside, only raw marks have a meaning.
	fence    byte
	fenceLen int
	// Until here nothing has a meaning, and there a closing tag is dealt with.
	rawUntil int
	// Until here not even a fence has: the inside of a highlight block.
	opaqueUntil int
	closing     []closing
	absent      map[string]int // tags that were looked for, and from where on there is none
	lastLine    int            // where in out the last line begins, -1 if it is gone
	// What the lines above say about an indented one.
	blank, indented, list bool
	// Until here no comment of kramdown's ends.
	noCommentEnd int
}

// closing is an end tag that was found ahead, and what is to stand for it.
type closing struct {
	from, to int
	with     string
}

func (r *rewriter) run() []byte {
	r.out = make([]byte, 0, len(r.original)+len(r.original)/8)
	for i := 0; i < len(r.original); {
		if r.omitted(i) {
			next := min(lineEnd(r.original, i)+1, len(r.original))
			r.replace(i, next, "")
			i = next
			continue
		}
		if next := r.wholeLine(i); next > i {
			i = next
			continue
		}
		start := len(r.out) + i - r.done
		i = r.restOfLine(i)
		r.keep(i)
		r.lastLine = start
	}
	r.keep(len(r.original))
	return r.out
}

// omitted says whether a line that begins at i is to be left out. It is asked of
// one line after the other.
func (r *rewriter) omitted(i int) bool {
	if len(r.omit) == 0 || i > 0 && r.original[i-1] != '\n' {
		return false
	}
	line := r.originalPos(i).Line
	for len(r.omit) > 0 && r.omit[0] < line {
		r.omit = r.omit[1:]
	}
	return len(r.omit) > 0 && r.omit[0] == line
}

// keep copies what comes before an offset of original.
func (r *rewriter) keep(upTo int) {
	if upTo > r.done {
		r.out = append(r.out, r.original[r.done:upTo]...)
		r.done = upTo
	}
}

func (r *rewriter) replace(from, to int, with string) {
	r.keep(from)
	r.edits = append(r.edits, edit{len(r.out), from})
	r.out = append(r.out, with...)
	r.done = max(r.done, to)
	r.edits = append(r.edits, edit{len(r.out), r.done})
}

// restOfLine deals with the tags from i to the end of a line and gives where
// the next line begins. A tag that spans lines joins them.
func (r *rewriter) restOfLine(i int) int {
	for i < len(r.original) {
		switch r.original[i] {
		case '\n':
			return i + 1
		case '\r':
			with := ""
			if i+1 >= len(r.original) || r.original[i+1] != '\n' {
				with = "\n"
			}
			r.replace(i, i+1, with)
		case '{', '<':
			if next := r.tagAt(i); next > i {
				if r.original[next-1] == '\n' {
					return next
				}
				i = next
				continue
			}
		case markOpen[0]:
			rest := r.original[i:]
			if bytes.HasPrefix(rest, []byte(markOpen)) || bytes.HasPrefix(rest, []byte(markClose)) {
				r.replace(i, i+len(markOpen), "\uFFFD")
				i += len(markOpen)
				continue
			}
		}
		i++
	}
	return i
}

// wholeLine deals with lines that mean something as a whole. It gives where to
// go on, or i if the line is an ordinary one.
func (r *rewriter) wholeLine(i int) int {
	if i < r.opaqueUntil {
		return i
	}
	end := lineEnd(r.original, i)
	line := strings.TrimSpace(strings.TrimLeft(string(r.original[i:end]), "> \t"))
	if r.inFence(line) {
		r.blank, r.indented = false, false
		return i
	}
	code := (i == 0 || r.original[i-1] == '\n') && r.indentedCode(r.original[i:end])
	switch {
	case i < r.rawUntil || !r.jekyll:
	case strings.HasPrefix(line, "{%"):
		return r.highlight(i, end)
	case code:
	case strings.HasPrefix(line, "{::comment"):
		return r.blockComment(i, end, line)
	case attributeLine.MatchString(line):
		return r.attributeList(i, end, line)
	}
	return i
}

// inFence follows the fences of code and says whether the line belongs to one.
func (r *rewriter) inFence(line string) bool {
	bare := strings.TrimLeft(line, "-*+0123456789.) ")
	if r.fence == 0 {
		line = bare
	}
	n := 0
	for n < len(line) && (line[n] == '`' || line[n] == '~') && line[n] == line[0] {
		n++
	}
	switch {
	case r.fence != 0:
		if n >= r.fenceLen && line[0] == r.fence && n == len(line) {
			r.fence = 0
		}
		return true
	case n >= 3 && (line[0] == '~' || !strings.Contains(line[n:], "`")):
		r.fence, r.fenceLen = line[0], n
		return true
	}
	return false
}

// highlight makes a fence of code of Jekyll's `{% highlight lang %}` block.
func (r *rewriter) highlight(i, end int) int {
	from := i + bytes.Index(r.original[i:end], []byte("{%"))
	t, to, ok := r.liquidAt(from)
	if !ok || t.name != "highlight" || len(bytes.TrimSpace(r.original[to:max(to, end)])) > 0 {
		return i
	}
	stop, stopEnd := r.find(to, "endhighlight")
	if stop < 0 {
		return i
	}
	fence := "```"
	for bytes.Contains(r.original[to:stop], []byte(fence)) {
		fence += "`"
	}
	lang, _, _ := strings.Cut(t.arguments, " ")
	r.replace(from, to, fence+lang)
	r.rawUntil, r.opaqueUntil = stop, stop
	with := fence
	if lineHasTextBefore(r.original, stop) {
		with = "\n" + fence
	}
	r.closing = append(r.closing, closing{stop, stopEnd, with})
	return to
}

func lineEnd(b []byte, i int) int {
	if n := bytes.IndexByte(b[i:], '\n'); n >= 0 {
		return i + n
	}
	return len(b)
}

func lineHasTextBefore(b []byte, i int) bool {
	start := bytes.LastIndexByte(b[:i], '\n') + 1
	return len(bytes.TrimSpace(b[start:i])) > 0
}

// putAside keeps a tag for the writer and leaves its mark in the text.
func (r *rewriter) putAside(from, to int, t tag) int {
	t.written = string(r.original[from:to])
	t.at = from
	r.tags = append(r.tags, t)
	r.replace(from, to, markOpen+strconv.Itoa(len(r.tags)-1)+markClose)
	return to
}

// tagFrom reads the mark that s begins with.
func (s *source) tagFrom(text string) (*tag, int) {
	rest, ok := strings.CutPrefix(text, markOpen)
	if !ok {
		return nil, 0
	}
	number, _, ok := strings.Cut(rest, markClose)
	if !ok {
		return nil, 0
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n >= len(s.tags) {
		return nil, 0
	}
	return &s.tags[n], len(markOpen) + len(number) + len(markClose)
}

// written gives back the tags as the author wrote them.
func (s *source) written(text string) string {
	return s.eachTag(text, func(t *tag) string { return t.written })
}

// eachTag replaces every mark.
func (s *source) eachTag(text string, with func(*tag) string) string {
	if len(s.tags) == 0 || !strings.Contains(text, markOpen) {
		return text
	}
	var b strings.Builder
	for text != "" {
		i := strings.Index(text, markOpen)
		if i < 0 {
			break
		}
		b.WriteString(text[:i])
		t, n := s.tagFrom(text[i:])
		if t == nil {
			b.WriteString(text[i : i+len(markOpen)])
			text = text[i+len(markOpen):]
			continue
		}
		b.WriteString(with(t))
		text = text[i+n:]
	}
	b.WriteString(text)
	return b.String()
}
