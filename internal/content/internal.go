package content

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"publish/internal/diag"
	"publish/internal/pattern"
)

// The marks around what only the internal build may see (DESIGN.md §4). They
// are found in the bare source, before anything is parsed, so that no construct
// of Markdown or YAML can hide one.

// properMark finds the marks; spaces and capitals do not count.
var properMark = pattern.New(`(?i)<!--\s*(/?)\s*internal\s*-->`)

// looksLikeMark is a comment, or what was meant to be one (an editor may make a
// dash of the hyphens, or they are forgotten), with little in it.
var looksLikeMark = pattern.New(`^(?:<\s*(?:!\s*(?:-{1,3}|[–—]+)?|-{1,3}|[–—]+)\s*([^<>]{1,60}?)\s*(?:-{1,3}|[–—]+)?\s*!?>|\{/\*\s*([^*<>]{1,60}?)\s*\*/\})`)

// closing is a comment that closes something.
var closing = pattern.New(`(?i)^(?:<\s*!?\s*(?:-{1,3}|[–—]+)|\{/\*)\s*(?:[/\\]|(?:ende?|fin|close|stop)(?:\b|_))([^<>{}]{0,200}?)(?:(?:-{1,3}|[–—]+)\s*!?>|\*/\})`)

// endsRedaction is what a comment says that closes a redaction, nearly or not.
var endsRedaction = pattern.New(`(?i)^\s*redact\w*\s*$`)

// unclosedComment finds a comment that begins like a mark and has no end.
var unclosedComment = pattern.New(`(?i)<!--\s*[/\\]?\s*internal\b`)

const (
	openMark  = "<!-- internal -->"
	closeMark = "<!-- /internal -->"
)

type mark struct {
	start, end int // in the source
	closes     bool
}

// Cut is a stretch of a source that only the internal build may see.
type Cut struct {
	Text string
	Pos  diag.Pos // of the first byte of Text that is no space
	// First and Last are the lines on which it begins and ends, marks included.
	First, Last int
	// Within says that its mark stands within a line and not at the beginning
	// of one.
	Within bool
	// Redacted is the reason of a redaction; "" for an internal part.
	Redacted string
}

// cutInternal takes out what stands between the marks, all but its newlines,
// so that places stay true; with keep it takes out only the marks. Where marks
// are wrong nobody can know what was meant to be hidden: then there is no text
// at all. The cuts are what stands between the marks, with both.
func cutInternal(file string, text []byte, keep bool) ([]byte, []Cut, diag.List) {
	if !mentionsInternal(text) {
		return text, nil, nil
	}
	var cuts []Cut
	var diags diag.List
	marks := findMarks(file, text, &diags)
	if len(marks) == 0 && !diags.HasErrors() {
		return text, nil, nil
	}
	if len(marks) > maxMarks {
		reportMark(&diags, file, text, marks[maxMarks].start, "surround what belongs together with one mark", "there are more than %d marks of internal parts in this text", maxMarks)
		return nil, nil, diags
	}
	var out []byte
	last, open := 0, -1
	for i, m := range marks {
		switch {
		case m.closes && open < 0:
			reportMark(&diags, file, text, m.start, "put `"+openMark+"` where the internal part begins, or take this mark away",
				"the mark `%s` closes nothing", closeMark)
			continue
		case !m.closes && open >= 0:
			reportMark(&diags, file, text, m.start, "close the first part with `"+closeMark+"`: internal parts do not nest",
				"the mark `%s` stands inside an internal part", openMark)
			continue
		}
		if open < 0 || keep {
			out = append(out, text[last:m.start]...)
		} else {
			out = append(out, bytes.Repeat([]byte{'\n'}, bytes.Count(text[last:m.start], []byte{'\n'}))...)
		}
		// A mark may itself stand on several lines.
		out = append(out, bytes.Repeat([]byte{'\n'}, bytes.Count(text[m.start:m.end], []byte{'\n'}))...)
		if m.closes {
			cuts = append(cuts, cutAt(file, text, marks[open], m))
		}
		last, open = m.end, i
		if m.closes {
			open = -1
		}
	}
	if open >= 0 {
		reportMark(&diags, file, text, marks[open].start, "put `"+closeMark+"` where the internal part ends",
			"the mark `%s` is never closed", openMark)
	}
	if diags.HasErrors() {
		return nil, nil, diags
	}
	out = append(out, text[last:]...)
	if len(marks) > 0 { // what stood around a mark may have become one
		for _, m := range findMarks(file, out, &diags) {
			reportMark(&diags, file, out, m.start, "keep marks apart from other comments", "a mark of an internal part appears only once others are cut")
		}
	}
	if diags.HasErrors() {
		return nil, nil, diags
	}
	return out, cuts, nil
}

// cutAt is the stretch between two marks.
func cutAt(file string, text []byte, open, end mark) Cut {
	inner := text[open.end:end.start]
	at := open.end + len(inner) - len(bytes.TrimLeft(inner, " \t\n"))
	c := Cut{
		Text: string(bytes.TrimSpace(inner)), Pos: position(file, text, min(at, end.start)),
		First: position(file, text, open.start).Line, Last: position(file, text, end.start).Line,
	}
	line := text[bytes.LastIndexByte(text[:open.start], '\n')+1 : open.start]
	c.Within = len(bytes.Trim(line, " \t>")) > 0
	return c
}

// moreMark ends an excerpt. It is the comment that most texts have, and no mark.
var moreMark = []byte("<!-- more -->")

// mentionsInternal spares most texts the search: every mark, right or wrong,
// holds a comment's bracket.
func mentionsInternal(text []byte) bool {
	for rest := text; ; {
		at := bytes.IndexByte(rest, '<')
		if at < 0 {
			return bytes.Contains(text, []byte("{/*"))
		}
		if rest = rest[at:]; bytes.HasPrefix(rest, moreMark) {
			rest = rest[len(moreMark):]
			continue
		}
		rest = rest[1:]
		for _, sign := range []string{"!", "-", " ", "–", "—"} {
			if bytes.HasPrefix(rest, []byte(sign)) {
				return true
			}
		}
	}
}

// holdsComment says whether a text holds a comment but for moreMark.
func holdsComment(text []byte) bool {
	for {
		at := bytes.Index(text, []byte("<!--"))
		if at < 0 || !bytes.HasPrefix(text[at:], moreMark) {
			return at >= 0
		}
		text = text[at+len(moreMark):]
	}
}

// maxMarks is how many marks a text may have: nobody writes more, and the place
// of each is counted.
const maxMarks = 4000

// maxSaid is how many wrong marks of one file are reported; a file with more
// is not about marks.
const maxSaid = 100

// findMarks lists the marks in order and reports what nearly is one.
func findMarks(file string, text []byte, diags *diag.List) []mark {
	var marks []mark
	proper := map[int]bool{} // and those that are reported
	for _, at := range inHTMLComments(text, properMark) {
		marks = append(marks, mark{at[0], at[1], at[2] < at[3]})
		proper[at[0]] = true
	}
	for _, at := range inComments(text, looksLikeMark.Regexp(), "<>", "*<>") {
		inner := text[max(at[2], at[4]):max(at[3], at[5])] // one of the two is -1
		if !proper[at[0]] && (nearlyInternal(string(inner)) || saysSecret(string(inner))) {
			proper[at[0]] = true
			reportMark(diags, file, text, at[0], "write `"+openMark+"` and `"+closeMark+"`, or put it in other words",
				"`%s` looks like a mark of an internal part, and is none", text[at[0]:at[1]])
		}
	}
	for _, at := range inComments(text, closing.Regexp(), "<>{}", "<>{}") {
		if !proper[at[0]] && !endsRedaction.Match(text[at[2]:at[3]]) && words().secret.find(string(text[at[2]:at[3]])) != "" {
			reportMark(diags, file, text, at[0], "write `"+openMark+"` and `"+closeMark+"`, or put it in other words",
				"`%s` looks like the end of an internal part, and is none", text[at[0]:at[1]])
		}
	}
	open := text // from behind the last end of a comment on
	for end := bytes.Index(open, []byte("-->")); end >= 0; end = bytes.Index(open, []byte("-->")) {
		open = open[end+1:] // bytes.LastIndex takes a hundred times as long
	}
	begin := len(text) - len(open)
	for _, at := range unclosedComment.FindAllIndex(open, -1) {
		reportMark(diags, file, text, begin+at[0], "write `"+openMark+"`", "this mark of an internal part has no `-->`")
	}
	return marks
}

// inHTMLComments finds what a pattern matches that begins with <!-- and ends at the
// first > behind it. It gives what the pattern would find in the whole text, and
// does not look at all of it.
func inHTMLComments(text []byte, pattern *pattern.Pattern) (found [][]int) {
	for at := 0; ; {
		next := bytes.Index(text[at:], []byte("<!--"))
		if next < 0 {
			return found
		}
		at += next
		end := bytes.IndexByte(text[at:], '>')
		if end < 0 {
			return found
		}
		match := pattern.FindSubmatchIndex(text[at : at+end+1])
		if match == nil {
			at += end + 1
			continue
		}
		for i := range match {
			if match[i] >= 0 {
				match[i] += at
			}
		}
		found = append(found, match)
		at = match[1]
	}
}

// inComments finds what a pattern matches where a comment begins. It gives what
// the pattern would find in the whole text, in a hundredth of the time: it looks
// at nothing but comments. Within one the pattern passes over none of the signs
// of ends: those of comments that begin with <, and with {/*.
func inComments(text []byte, pattern *regexp.Regexp, ends, endsMDX string) [][]int {
	var found [][]int
	for at := 0; ; {
		next := commentStart(text[at:])
		if next < 0 {
			return found
		}
		at += next
		end := commentEnd(text[at:], ends, endsMDX)
		if end == 0 {
			at++
			continue
		}
		match := pattern.FindSubmatchIndex(text[at : at+end])
		if match == nil {
			at++
			continue
		}
		for i := range match {
			if match[i] >= 0 {
				match[i] += at
			}
		}
		found = append(found, match)
		at = match[1]
	}
}

// commentStart is where the next comment may begin, -1 if none does.
func commentStart(text []byte) int {
	angle := bytes.IndexByte(text, '<')
	before := text
	if angle >= 0 {
		before = text[:angle]
	}
	if brace := bytes.Index(before, []byte("{/*")); brace >= 0 {
		return brace
	}
	return angle
}

// firstOfSigns is bytes.IndexAny of a few signs of ASCII, which are rare.
func firstOfSigns(text []byte, signs string) int {
	first := -1
	for i := range len(signs) {
		if at := bytes.IndexByte(text, signs[i]); at >= 0 {
			first, text = at, text[:at]
		}
	}
	return first
}

// commentEnd is the length of what may be a comment at the beginning of a text,
// 0 if there is none.
func commentEnd(text []byte, ends, endsMDX string) int {
	inside := 1
	switch {
	case bytes.HasPrefix(text, []byte("{/*")):
		inside, ends = len("{/*"), endsMDX
	case text[0] == '{' || !beginsComment(text[1:]):
		return 0
	}
	end := firstOfSigns(text[inside:], ends)
	if end < 0 {
		return 0
	}
	return min(inside+end+len("*/}"), len(text))
}

// beginsComment says whether what stands behind a < may make a comment of it.
func beginsComment(text []byte) bool {
	text = bytes.TrimLeft(text, " \t\n\f\r")
	return bytes.HasPrefix(text, []byte("!")) || bytes.HasPrefix(text, []byte("-")) || bytes.HasPrefix(text, []byte("–")) || bytes.HasPrefix(text, []byte("—"))
}

// nearlyInternal says whether the text of a comment was probably meant as a
// mark: "intern", "Internal:", "end internal", "endinternal", "/internale".
func nearlyInternal(inner string) bool {
	if bare := strings.Join(strings.Fields(strings.ToLower(inner)), ""); bare == "internal" || bare == "/internal" {
		return true // in spaced letters
	}
	near := false
	for _, word := range strings.FieldsFunc(strings.ToLower(inner), func(r rune) bool {
		return strings.ContainsRune(" \t\n/\\:;.,!*#=_-–—[](){}\"'`", r)
	}) {
		bare := word
		for _, affix := range []string{"end", "begin", "start"} {
			bare = strings.TrimSuffix(strings.TrimPrefix(bare, affix), affix)
		}
		switch {
		case words().besideMarks.is(word):
		case words().noMarks.is(word):
			return false
		case diag.Nearest(bare, []string{"internal"}) != "":
			near = true
		default:
			return false // a sentence, a comment like any other
		}
	}
	return near
}

// saysSecret says whether a comment consists of words for what not everybody
// may read, and of those that people put beside a mark: "private", "begin
// confidential section", "audience: internal".
func saysSecret(inner string) bool {
	if strings.HasPrefix(inner, "/") {
		return false // it closes something
	}
	split := strings.Fields(fold(inner))
	for len(split) > 0 && words().besideMarks.is(split[0]) {
		split = split[1:]
	}
	for len(split) > 0 && words().besideMarks.is(split[len(split)-1]) {
		split = split[:len(split)-1]
	}
	return words().secret.is(strings.Join(split, " "))
}

func reportMark(diags *diag.List, file string, text []byte, at int, hint, format string, args ...any) {
	if len(*diags) >= maxSaid {
		return
	}
	diags.Report(diag.InternalMark, position(file, text, at), hint, format, args...)
}

// position is the place of a byte of the source.
func position(file string, text []byte, at int) diag.Pos {
	before := text[:at]
	line := bytes.LastIndexByte(before, '\n') + 1
	return diag.Pos{File: file, Line: bytes.Count(before, []byte{'\n'}) + 1, Column: utf8.RuneCount(before[line:]) + 1}
}
