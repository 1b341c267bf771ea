package leak

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"publish/internal/diag"
)

// Sheet is one file with what was found in it and what its author allows.
type Sheet struct {
	scanner    *Scanner
	file       string
	comment    Comment
	found      []placed
	allowances []allowance
	value      []byte // that was looked at last: its memory is used again
}

// placed is a finding with its place.
type placed struct {
	pos     diag.Pos
	code    diag.Code
	kind    string
	masked  string
	comment Comment
}

// Sheet begins a file, in which comments are written in a way.
func (s *Scanner) Sheet(file string, comment Comment) *Sheet {
	return &Sheet{scanner: s, file: file, comment: comment}
}

// Text looks through a text that begins at a line of the file, and reads the
// allowances in it.
func (sh *Sheet) Text(text []byte, line int) {
	sh.Allow(text, line)
	at := placer{file: sh.file, text: text, line: line}
	var before map[string]int // the line on which something was told last
	for _, f := range sh.scanner.Scan(text) {
		pos := at.place(f.Start)
		value := string(text[f.Start:f.End])
		if before[value] != pos.Line { // an address is often its own link's text
			if before == nil {
				before = map[string]int{}
			}
			before[value] = pos.Line
			sh.add(f, pos, sh.comment)
		}
	}
}

// nearby is how far behind its place the source of a value is looked for.
const nearby = 1 << 16

// Value looks through a value that somebody has decoded. It stands at a place
// of the file, whose text from the beginning of a line on lines gives; there the
// place of a finding is looked for. The codes are those that are none here. Front
// matter has comments of its own.
func (sh *Sheet) Value(value string, pos diag.Pos, lines func(line int) []byte, none ...diag.Code) {
	sh.value = append(sh.value[:0], value...)
	found := sh.scanner.Scan(sh.value)
	if len(found) == 0 {
		return
	}
	source := lines(pos.Line)
	source = source[:min(len(source), nearby)]
	at, from := placer{file: sh.file, text: source, line: pos.Line}, 0
	for _, f := range found {
		if slices.Contains(none, f.Code) {
			continue
		}
		place := pos
		if i := bytes.Index(source[from:], []byte(value[f.Start:f.End])); i >= 0 {
			place = at.place(from + i)
			from += i
		}
		sh.add(f, place, Hash)
	}
}

// placer tells where bytes of a text stand, each behind the last.
type placer struct {
	file string
	text []byte
	line int // of the byte below
	at   int
}

func (p *placer) place(at int) diag.Pos {
	p.line += bytes.Count(p.text[p.at:at], []byte{'\n'})
	p.at = at
	begin := bytes.LastIndexByte(p.text[:at], '\n') + 1
	return diag.Pos{File: p.file, Line: p.line, Column: utf8.RuneCount(p.text[begin:at]) + 1}
}

func (sh *Sheet) add(f Finding, pos diag.Pos, comment Comment) {
	sh.found = append(sh.found, placed{pos, f.Code, f.Kind, f.Masked, comment})
}

// advice is what to do about a code, before the words on the allowance.
var advice = map[diag.Code]string{
	diag.LeakSecret:   "revoke it, since it stands in the history of the repository too; then take it out, or",
	diag.LeakPersonal: "name a role instead, or",
	diag.LeakHost:     "say it in general words, or",
}

// hint says what to do about a finding, with the comment that fits its place.
func (f *placed) hint() string {
	hint := advice[f.code]
	if f.comment == Markdown && f.code != diag.LeakSecret {
		hint = strings.TrimSuffix(hint, ", or") + ", put it between `<!-- internal -->` and `<!-- /internal -->`, or"
	}
	hint += " write `" + string(f.comment) + " allow " + string(f.code) + ": REASON" + f.comment.end() + "` on the line before"
	if f.code == diag.LeakSecret {
		hint += ", if it opens nothing"
	}
	return hint
}

// Comment is how a comment begins where something was found.
type Comment string

// The comments that allowances are written in.
const (
	Markdown Comment = "<!--"
	Hash     Comment = "#" // front matter, settings, logs
	Slashes  Comment = "//"
	Stars    Comment = "/*"
)

func (c Comment) end() string {
	switch c {
	case Markdown:
		return " -->"
	case Stars:
		return " */"
	}
	return ""
}

// Diags are what the author has to hear: what is not allowed, and allowances
// that have no reason or allow nothing. A message never holds what it is about.
func (sh *Sheet) Diags() diag.List {
	var list diag.List
	if len(sh.found) == 0 && len(sh.allowances) == 0 {
		return nil
	}
	allowed := sh.byLine()
	for i := range sh.found {
		if f := &sh.found[i]; !allows(allowed[f.pos.Line], f.code) {
			list.Report(f.code, f.pos, f.hint(), "%q looks like %s", f.masked, f.kind)
		}
	}
	for _, a := range sh.allowances {
		switch {
		case len(a.codes) == 0:
			list.Report(diag.LeakAllowance, a.pos, "write `allow leak-secret: REASON`, leak-personal or leak-host", "this allowance names no code that can be allowed")
		case a.reason == "":
			list.Report(diag.LeakAllowance, a.pos, "write why: `allow "+strings.Join(codeNames(a.codes), ", ")+": REASON`", "an allowance without a reason allows nothing")
		case !a.used:
			list.Report(diag.LeakAllowance, a.pos, "take it away, or put it on the line before the one that it is for", "this allowance allows nothing: there is no %s at its place", strings.Join(codeNames(a.codes), " or "))
		}
	}
	return list
}

// byLine are the allowances that have a reason, by the lines that they are for.
func (sh *Sheet) byLine() map[int][]*allowance {
	lines := map[int][]*allowance{}
	for i := range sh.allowances {
		if a := &sh.allowances[i]; a.reason != "" {
			for line := a.first; line <= a.last; line++ {
				lines[line] = append(lines[line], a)
			}
		}
	}
	return lines
}

func allows(list []*allowance, code diag.Code) bool {
	allowed := false
	for _, a := range list {
		if slices.Contains(a.codes, code) {
			a.used, allowed = true, true
		}
	}
	return allowed
}

func codeNames(codes []diag.Code) (names []string) {
	for _, code := range codes {
		names = append(names, string(code))
	}
	return names
}
