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
	found      []placed
	allowances []allowance
}

// placed is a finding with its place.
type placed struct {
	pos    diag.Pos
	code   diag.Code
	kind   string
	masked string
}

// Sheet begins a file.
func (s *Scanner) Sheet(file string) *Sheet { return &Sheet{scanner: s, file: file} }

// Text looks through a text that begins at a line of the file, and reads the
// allowances in it.
func (sh *Sheet) Text(text []byte, line int) {
	sh.Allow(text, line)
	before := map[string]int{} // the line on which something was told last
	for _, f := range sh.scanner.Scan(text) {
		pos := sh.place(text, line, f.Start)
		value := string(text[f.Start:f.End])
		if before[value] != pos.Line { // an address is often its own link's text
			before[value] = pos.Line
			sh.add(f, pos)
		}
	}
}

// Value looks through a value that somebody has decoded. It stands at a place
// of the file, whose text from the beginning of that line on is given; there the
// place of a finding is looked for. The codes are those that are none here.
func (sh *Sheet) Value(value string, pos diag.Pos, source []byte, none ...diag.Code) {
	for _, f := range sh.scanner.Scan([]byte(value)) {
		if slices.Contains(none, f.Code) {
			continue
		}
		at := pos
		if i := bytes.Index(source, []byte(value[f.Start:f.End])); i >= 0 {
			at = sh.place(source, pos.Line, i)
		}
		sh.add(f, at)
	}
}

func (sh *Sheet) add(f Finding, pos diag.Pos) {
	sh.found = append(sh.found, placed{pos, f.Code, f.Kind, f.Masked})
}

// place is where a byte of a text stands.
func (sh *Sheet) place(text []byte, line, at int) diag.Pos {
	begin := bytes.LastIndexByte(text[:at], '\n') + 1
	return diag.Pos{File: sh.file, Line: line + bytes.Count(text[:at], []byte{'\n'}), Column: utf8.RuneCount(text[begin:at]) + 1}
}

// hints say what to do about a code.
var hints = map[diag.Code]string{
	diag.LeakSecret: "revoke it, since it stands in the history of the repository too; then take it out, or write" +
		" `<!-- allow leak-secret: REASON -->` on the line before, if it opens nothing",
	diag.LeakPersonal: "name a role instead, put it between `<!-- internal -->` and `<!-- /internal -->`, or write" +
		" `<!-- allow leak-personal: REASON -->` on the line before",
	diag.LeakHost: "say it in general words, put it between `<!-- internal -->` and `<!-- /internal -->`, or write" +
		" `<!-- allow leak-host: REASON -->` on the line before",
}

// Diags are what the author has to hear: what is not allowed, and allowances
// that have no reason or allow nothing. A message never holds what it is about.
func (sh *Sheet) Diags() diag.List {
	var list diag.List
	for _, f := range sh.found {
		if !sh.allows(f) {
			list.Report(f.code, f.pos, hints[f.code], "%q looks like %s", f.masked, f.kind)
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

func (sh *Sheet) allows(f placed) bool {
	allowed := false
	for i := range sh.allowances {
		if a := &sh.allowances[i]; a.reason != "" && a.first <= f.pos.Line && f.pos.Line <= a.last && slices.Contains(a.codes, f.code) {
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
