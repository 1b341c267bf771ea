package content

import (
	"bytes"
	"strings"
	"sync"

	"publish/internal/pattern"
)

// hiding are the words by which other tools, and guesses, call what is kept
// inside.
const hiding = `(?:internal|private|confidential|redact(?:ed)?)`

// otherForms are how other tools, or a guess, would keep a part or an image
// inside: attributes, fenced blocks, alerts, tags, comments of other languages.
// Here they keep nothing.
var otherForms = pattern.Of(func() string {
	return `(?im)` + strings.Join([]string{
		`\)\{:?[^{}\n]*\binternal\b[^{}\n]*\}`,
		`^[ \t]*\{:[^{}\n]*\binternal\b[^{}\n]*\}[ \t]*$`,
		`^[ \t]*:{3,}[ \t]*\{?[ \t]*\.?` + hiding + `\b`,
		"^[ \\t>]*(?:`{3,}|~{3,})[ \\t]*\\{?[ \\t]*\\.?" + hiding + "\\b",
		`^[ \t]*!{3}[ \t]*` + hiding + `\b`,
		`^[ \t]*>[ \t]*\[!` + hiding + `\]`,
		`^[ \t]*%%[ \t]*/?` + hiding + `\b`,                                           // Obsidian
		`^[ \t]*\[[^\]\n]*\]:[ \t]*(?:#|<>)[ \t]*[("'][ \t]*/?[ \t]*` + hiding + `\b`, // a comment for lack of one
		`\{%-?[ \t]*(?:(?:if|unless|case)\b[^%\n]*\binternal|(?:end)?` + hiding + `)\b`,
		`\{\{[<%][ \t]*/?` + hiding + `\b`,
		`(?:\{#|<%#)[ \t]*/?` + hiding + `\b`,
		`\{/\*[ \t]*/?redact`,
		`\[\[?/` + hiding + `\]`,
		`</` + hiding + `(?:-[a-z]+)?[ \t]*>`,
		`<[a-z][^<>\n]*[ \t](?:class=(?:internal\b|["'](?:[\w-]+ )*internal(?: [\w-]+)*["'])|(?:data-)?internal(?:=["']?true["']?)?[ \t/>]|data-audience=["']?internal)`,
		// What a browser would not show is shown here.
		`<[a-z][^<>\n]*[ \t](?:hidden(?:=["']?(?:hidden|true)?["']?)?[ \t/>]|style=["'][^"'\n]*\bdisplay:[ \t]*none)`,
	}, "|")
})

// otherComment is a comment of Liquid's. Where Liquid is not read, it is text.
var otherComment = pattern.New(`\{%-?[ \t]*comment\b`)

// signsOfForms are signs of which every other form has one, and prose has few.
// None of the forms goes over the end of a line.
var signsOfForms = signs{"{", "<", ":::", "```", "~~~", "!!!", "[!", "[/", "]:", "%%"}

// hintsOfForms are letters of which every other form has some.
var hintsOfForms = sync.OnceValue(func() *hints {
	return newHints("nternal", "rivate", "onfidential", "edact", "hidden", "display:")
})

// refuseOtherForms reports them: what was to be kept inside would be published.
// In code they are what the text is about.
func (d *reader) refuseOtherForms(text []byte) {
	if d.internal {
		return
	}
	d.refuseForms(text, findOtherForms(text))
	if !d.jekyll && bytes.Contains(text, []byte("{%")) {
		d.refuseForms(text, otherComment.FindAllIndex(text, -1))
	}
}

// findOtherForms finds what otherForms matches, which is slow, and tried on few
// lines therefore.
func findOtherForms(text []byte) (found [][]int) {
	for start, line := range signsOfForms.lines(text) {
		if hintsOfForms().index(line) < 0 {
			continue
		}
		for _, at := range otherForms.FindAllIndex(line, -1) {
			found = append(found, []int{start + at[0], start + at[1]})
		}
	}
	return found
}

func (d *reader) refuseForms(text []byte, found [][]int) {
	if len(found) == 0 {
		return
	}
	code := fencedSpans(text)
	for _, at := range found {
		start := at[1] - len(bytes.TrimLeft(text[at[0]:at[1]], " \t)"))
		written := text[start:at[1]]
		if within(code, start) || inCodeSpan(text[:start]) || bytes.Contains(written, []byte("reference internal")) { // docutils has this class for links
			continue
		}
		reportMark(&d.diags, d.Path, text, start, "put `"+openMark+"` before it and `"+closeMark+"` behind it",
			"`%s` keeps nothing inside", written)
	}
}

// inCodeSpan says whether a code span seems to be open at the end of a text.
func inCodeSpan(before []byte) bool {
	line := before[bytes.LastIndexByte(before, '\n')+1:]
	return bytes.Count(line, []byte("`"))%2 == 1
}

func within(spans [][2]int, at int) bool {
	for _, span := range spans {
		if at >= span[0] && at < span[1] {
			return true
		}
	}
	return false
}
