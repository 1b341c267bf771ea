package markdown

import (
	"bytes"
	"slices"
	"strings"

	"publish/internal/pattern"
)

var (
	attributeLine = pattern.New(`^(?:\{:(?:[\w-]+:)?` + attributeWords + `\}|\{::\w+(?:\s[^}]*)?/?\}|\{:/\w*\})$`)
	attributeSpan = pattern.New(`^\{:` + attributeWords + `\}$`)

	commentStart = pattern.New(`^\{::comment(?:\s[^}\n]*)?\}`)
	commentEnd   = pattern.New(`\{:/(?:comment)?\}`)
	emptyLine    = pattern.New(`\n[ \t\r>]*\n`)
	// What indented text below may belong to.
	itemStart = pattern.New(`^ {0,3}(?:[-*+:]|\d+[.)]|\[\^[^\]]+\]:)(?:\s|$)`)
)

// attributeWords are what kramdown's braces hold: classes, ids, attributes,
// names of other lists. Only what looks like them is taken for them, since code
// of other languages has {:ok, pid}.
const attributeWords = `\s*(?:[.#][\w.:#-]+(?:\s+|,|$)?|[\w:-]+=(?:"[^"]*"|'[^']*'|[^\s"'{}]+)\s*|\w[\w-]*\s*)*`

// indentedCode follows the lines and says whether one belongs to a block of
// code that is indented.
func (r *rewriter) indentedCode(line []byte) bool {
	text := bytes.TrimLeft(line, " \t")
	if len(bytes.TrimSpace(text)) == 0 {
		r.blank = true
		return false
	}
	width := 0
	for _, c := range line[:len(line)-len(text)] {
		if c == '\t' {
			width += 4 - width%4
		} else {
			width++
		}
	}
	needed := 4
	if r.list {
		needed = 8
	}
	code := width >= needed && (r.blank || r.indented)
	switch {
	case code:
	case itemStart.Match(line):
		r.list = true
	case width == 0 && r.blank:
		r.list = false
	}
	r.blank, r.indented = false, code
	return code
}

// blockComment leaves out what kramdown hides: from a {::comment} on a line of
// its own to a line with its end.
func (r *rewriter) blockComment(i, end int, line string) int {
	if commentStart.FindString(line) != line {
		return i // in running text; see spanComment
	}
	if strings.HasSuffix(line, "/}") {
		r.replace(i, end, "")
		return end
	}
	const name = "{:/comment}"
	if from, known := r.absent[name]; known && i >= from {
		return i
	}
	for at := end + 1; at < len(r.original); {
		stop := lineEnd(r.original, at)
		last := bytes.TrimSpace(bytes.TrimLeft(r.original[at:stop], "> \t"))
		if string(last) == name || string(last) == "{:/}" {
			r.replace(i, stop, "")
			return stop
		}
		at = stop + 1
	}
	r.noteAbsent(name, i)
	return i
}

// spanComment puts a comment in running text aside: in code it is shown.
func (r *rewriter) spanComment(i int) int {
	start := commentStart.Find(r.original[i:min(len(r.original), i+maxTag)])
	if start == nil || r.fence != 0 || r.indented || i < r.noCommentEnd {
		return i
	}
	inside := r.original[i+len(start):]
	if bytes.HasSuffix(start, []byte("/}")) {
		return r.putAside(i, i+len(start), tag{meaning: silent})
	}
	stop := commentEnd.FindIndex(inside)
	if stop == nil {
		r.noCommentEnd = len(r.original)
		return i
	}
	if gap := emptyLine.FindIndex(inside[:stop[0]]); gap != nil { // it ends with its paragraph
		r.noCommentEnd = i + len(start) + gap[0]
		return i
	}
	return r.putAside(i, i+len(start)+stop[1], tag{meaning: silent})
}

// liquidComment leaves out a comment of Liquid's, which hides what it holds
// wherever it stands, and in code its lines.
func (r *rewriter) liquidComment(from, to int) int {
	if r.fence != 0 || from < r.opaqueUntil {
		start := bytes.LastIndexByte(r.original[:from], '\n') + 1
		end := lineEnd(r.original, to)
		if start >= r.done && !lineHasTextBefore(r.original, from) && len(bytes.TrimSpace(r.original[to:end])) == 0 {
			from, to = start, min(end+1, len(r.original))
		}
	}
	r.replace(from, to, "")
	return to
}

// endOfComment gives where the Liquid comment ends that begins before i, or -1.
// Comments may stand in comments; if too few end, the last end counts.
func (r *rewriter) endOfComment(i int) int {
	const name = "endcomment"
	if from, known := r.absent[name]; known && i >= from {
		return -1
	}
	last := -1
	for at, open := i, 1; open > 0; {
		n := bytes.Index(r.original[at:], []byte("{%"))
		if n < 0 {
			break
		}
		t, end, ok := r.liquidAt(at + n)
		at += n + 2
		switch {
		case !ok:
		case t.name == "comment":
			open, at = open+1, end
		case t.name == name:
			open, at, last = open-1, end, end
		}
	}
	if last < 0 {
		r.noteAbsent(name, i)
	}
	return last
}

// noteAbsent keeps that a tag was looked for from i on in vain.
func (r *rewriter) noteAbsent(name string, i int) {
	if r.absent == nil {
		r.absent = map[string]int{}
	}
	if from, known := r.absent[name]; !known || i < from {
		r.absent[name] = i
	}
}

// attributeList drops kramdown's {: .class } under a block; of `{: #id }` under
// a heading the id is kept, and with {:toc} goes the list item that it replaces.
func (r *rewriter) attributeList(i, end int, line string) int {
	r.keep(i)
	last := ""
	if r.lastLine >= 0 && r.lastLine < len(r.out) {
		last = strings.TrimSpace(string(r.out[r.lastLine:]))
	}
	if id := attributeListID(line); id != "" && strings.HasPrefix(last, "#") && !strings.HasSuffix(last, "}") {
		r.out = append(bytes.TrimRight(r.out, "\n"), " {#"+id+"}\n"...)
		r.edits = append(r.edits, edit{len(r.out), i})
	}
	if strings.HasPrefix(line, "{:toc") && strings.TrimLeft(last, "-*+0123456789.) ") != last {
		r.out = append(r.out[:r.lastLine], '\n')
		r.edits = slices.DeleteFunc(r.edits, func(e edit) bool { return e.at > r.lastLine })
		r.edits = append(r.edits, edit{len(r.out), i})
	}
	r.replace(i, end, "")
	r.lastLine = -1
	return end
}

func attributeListID(line string) string {
	for _, word := range strings.Fields(strings.Trim(line, "{:}")) {
		if id, ok := strings.CutPrefix(word, "#"); ok {
			return id
		}
	}
	return ""
}
