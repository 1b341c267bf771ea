package content

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"publish/internal/diag"
	"publish/internal/locale"
	"publish/internal/pattern"
	"publish/internal/postmortem"
	"publish/internal/tree"
)

// Redactions: what a public text does not say, and says that it does not. Three
// forms lead to one placeholder, which tells the reason and nothing of the
// length: an author writes the placeholder, wraps the words for the internal
// build to show, or the site names patterns in publish.yaml.

// Redaction is one place that the public reads as a placeholder.
type Redaction struct {
	Reason string
	Form   RedactionForm
	// Pattern is the number of the site's pattern, from 1; 0 for other forms.
	Pattern int
	Pos     diag.Pos
}

// RedactionForm says how a redaction was asked for.
type RedactionForm string

// The forms.
const (
	RedactionWritten RedactionForm = "written" // [[redacted: reason]]
	RedactionWrapped RedactionForm = "wrapped" // <!-- redact: reason -->…<!-- /redact -->
	RedactionPattern RedactionForm = "pattern" // `redact` in publish.yaml
)

// redactMark finds the marks around wrapped words.
var redactMark = pattern.New(`(?i)<!--\s*(?:(/)\s*redact|redact\s*:\s*([^<>\n]*?))\s*-->`)

// redactLike is a comment that was probably meant as one.
var redactLike = pattern.New(`(?i)<!--\s*(?:(?:/|end)\s*)?([a-z]{5,9})\s*(?::[^<>]{0,200}?|[^<>:]{0,60}?)-->`)

// writtenRedaction is the placeholder as authors write it.
var writtenRedaction = pattern.New(`(?i)\[\[?(?:` + locale.RedactedWords + `)[ \x{a0}\x{202f}]*:\s*([^\[\]\n]{1,200}?)\s*\]\]?`)

// sentinel stands for a placeholder from when words are cut until the text is
// parsed: a [ at the beginning of a value of YAML would be a list. It is made of
// noncharacters, which no text holds (Unicode §23.7).
const (
	sentinelStart = "\uFDD2"
	sentinelEnd   = "\uFDD3"
)

var sentinel = pattern.New(sentinelStart + `(\d+)` + sentinelEnd)

// placeholder is what the public reads. It can stand in any text.
func (d *reader) placeholder(reason string) string {
	return "[" + locale.For(d.language).T("redacted") + ": " + reason + "]"
}

// cutRedacted puts sentinels for wrapped words, but in the internal build, which
// keeps them. Marks that are wrong are errors, and leave no text.
func (d *reader) cutRedacted(text []byte) []byte {
	for _, sign := range []string{sentinelStart, sentinelEnd} {
		if bytes.Contains(text, []byte(sign)) {
			text = bytes.ReplaceAll(text, []byte(sign), nil)
		}
	}
	if !holdsComment(text) {
		return text
	}
	marks := inHTMLComments(text, redactMark)
	wrong := d.wrongRedactMarks(text, marks)
	if len(marks) == 0 && !wrong {
		return text
	}
	if len(marks) > maxMarks {
		d.redactError(text, marks[maxMarks][0], "use a pattern of `redact` in publish.yaml", "there are more than %d marks of redactions in this text", maxMarks)
		return nil
	}
	var out []byte
	last, open := 0, -1
	for i, m := range marks {
		closes := m[2] >= 0
		switch {
		case closes && open < 0:
			d.redactError(text, m[0], "put `<!-- redact: REASON -->` where it begins, or take this mark away", "the mark `<!-- /redact -->` closes nothing")
		case !closes && open >= 0:
			d.redactError(text, m[0], "close the first with `<!-- /redact -->`: redactions do not nest", "a redaction begins inside another")
		case !closes && m[5] == m[4]:
			d.redactError(text, m[0], "write `<!-- redact: REASON -->`", "a redaction has no reason")
		case closes:
			out, last, open = d.cutOne(out, text, marks[open], m), m[1], -1
		default:
			out = append(out, text[last:m[0]]...)
			last, open = m[1], i
		}
	}
	if open >= 0 {
		d.redactError(text, marks[open][0], "put `<!-- /redact -->` where it ends", "a redaction is never closed")
	}
	if d.diags.HasErrors() {
		return nil
	}
	return append(out, text[last:]...)
}

// cutOne writes what stays of wrapped words between two marks.
func (d *reader) cutOne(out, text []byte, open, end []int) []byte {
	inner, reason := text[open[1]:end[0]], string(text[open[4]:open[5]])
	c := cutAt(d.Path, text, mark{start: open[0], end: open[1]}, mark{start: end[0], end: end[1]})
	c.Redacted = reason
	c.Within = c.Within || len(bytes.TrimSpace(inner)) == 0 || inner[0] != '\n'
	d.Cuts = append(d.Cuts, c)
	d.Redactions = append(d.Redactions, Redaction{Reason: reason, Form: RedactionWrapped, Pos: position(d.Path, text, open[0])})
	if d.internal {
		return append(out, inner...)
	}
	out = fmt.Appendf(out, "%s%d%s", sentinelStart, len(d.reasons), sentinelEnd)
	d.reasons = append(d.reasons, reason)
	return append(out, bytes.Repeat([]byte{'\n'}, bytes.Count(text[open[0]:end[1]], []byte{'\n'}))...)
}

// wrongRedactMarks reports what nearly is a mark.
func (d *reader) wrongRedactMarks(text []byte, marks [][]int) bool {
	proper := map[int]bool{}
	for _, m := range marks {
		proper[m[0]] = true
	}
	found := false
	for _, m := range inHTMLComments(text, redactLike) {
		word := strings.ToLower(string(text[m[2]:m[3]]))
		if proper[m[0]] || word[:2] != "re" || diag.Distance(word, "redact", 3) > 2 && !strings.HasPrefix(word, "redact") {
			continue
		}
		inner := strings.TrimSpace(string(text[m[3] : m[1]-len("-->")]))
		if inner != "" && inner[0] != ':' && word != "redact" {
			continue // a sentence
		}
		found = true
		d.redactError(text, m[0], "write `<!-- redact: REASON -->` and `<!-- /redact -->`, or put it in other words",
			"`%s` looks like a mark of a redaction, and is none", text[m[0]:m[1]])
	}
	return found
}

func (d *reader) redactError(text []byte, at int, hint, format string, args ...any) {
	reportMark(&d.diags, d.Path, text, at, hint, format, args...)
}

// redact puts placeholders into front matter and text: for sentinels, and for
// what the site's patterns match. The internal build only counts those.
func (d *reader) redact(root *tree.Node, parts *postmortem.Parts) {
	if root != nil {
		d.redactTree(root)
	}
	body := d.redactBytes(parts.Body, parts.BodyLine)
	for _, at := range writtenRedaction.FindAllSubmatchIndex(parts.Body, -1) {
		d.written(string(parts.Body[at[2]:at[3]]), linePos(d.Path, parts.Body, at[0], parts.BodyLine))
	}
	d.wrongWritten(parts.Body, parts.BodyLine)
	parts.Body = body
}

// nearlyWritten is what was probably meant as a placeholder.
var nearlyWritten = pattern.New(`\[\[\s*(\pL{5,12})\s*(?::[^\[\]\n]*)?\]\]`)

// wrongWritten reports what nearly is a placeholder: its readers would take it for
// a mistake, and nobody would learn the reason.
func (d *reader) wrongWritten(text []byte, line int) {
	for _, at := range nearlyWritten.FindAllSubmatchIndex(text, -1) {
		word := strings.ToLower(string(text[at[2]:at[3]]))
		near := (strings.HasPrefix(word, "red") || strings.HasPrefix(word, "cav")) && slices.ContainsFunc(strings.Split(locale.RedactedWords+"|redact", "|"), func(w string) bool { return diag.Distance(word, w, 3) <= 1 })
		if near && !writtenRedaction.Match(text[at[0]:at[1]]) {
			d.diags.Report(diag.InternalMark, linePos(d.Path, text, at[0], line), "write `[[redacted: REASON]]`, or put it in other words",
				"`%s` looks like a redaction, and is none", text[at[0]:at[1]])
		}
	}
}

func (d *reader) written(reason string, pos diag.Pos) {
	d.Redactions = append(d.Redactions, Redaction{Reason: reason, Form: RedactionWritten, Pos: pos})
}

func linePos(file string, text []byte, at, first int) diag.Pos {
	pos := position(file, text, at)
	pos.Line += first - 1
	return pos
}

func (d *reader) redactTree(n *tree.Node) {
	if n.Kind == tree.Scalar && n.Value != "" {
		n.Value = withoutComments(n.Value)
		n.Value = d.redactValue(n.Value, n.Pos)
		if d.hides() {
			d.values = append(d.values, said{n.Value, n.Pos})
		}
	}
	if !d.internal && postmortem.IsInternal(n) {
		return // it is cut when it is decoded
	}
	for _, item := range n.Items {
		d.redactTree(item)
	}
	for _, e := range n.Entries {
		if len(d.redactions) > 0 || len(d.reasons) > 0 {
			e.Key.Value = d.redactValue(e.Key.Value, e.Key.Pos)
		}
		d.redactTree(e.Value)
	}
}

// withoutComments is a value of front matter without the comments of HTML in
// it, as they are dropped from a text. In a code span they are the code.
func withoutComments(value string) string {
	if !strings.Contains(value, "<!--") {
		return value
	}
	out, rest := "", value
	for {
		start := strings.Index(rest, "<!--")
		if start < 0 {
			return strings.TrimRight(out+rest, " \t")
		}
		end := strings.Index(rest[start:], "-->")
		if end < 0 {
			return out + rest
		}
		end += start + len("-->")
		if inCodeSpan([]byte(out + rest[:start])) {
			out += rest[:end]
		} else {
			out += rest[:start]
		}
		rest = rest[end:]
	}
}

func (d *reader) redactValue(value string, pos diag.Pos) string {
	if strings.Contains(value, "[") {
		value = writtenRedaction.ReplaceAllStringFunc(value, func(m string) string {
			d.written(writtenRedaction.FindStringSubmatch(m)[1], pos)
			return "[" + strings.Trim(m, "[]") + "]"
		})
	}
	if len(d.reasons) == 0 && len(d.redactions) == 0 {
		return value
	}
	return string(d.redactBytes([]byte(value), pos.Line))
}

// redactBytes puts placeholders into a text whose first line has the number.
func (d *reader) redactBytes(text []byte, line int) []byte {
	if len(d.reasons) > 0 {
		text = sentinel.ReplaceAllFunc(text, func(s []byte) []byte {
			n := 0
			_, _ = fmt.Sscanf(string(s[len(sentinelStart):]), "%d", &n)
			return []byte(d.placeholder(d.reasons[min(n, len(d.reasons)-1)]))
		})
	}
	for i, r := range d.redactions {
		text = d.redactPattern(text, line, i+1, r)
	}
	return text
}

// redaction is a pattern of the site's.
type redaction struct {
	pattern *regexp.Regexp
	seen    *regexp.Regexp // for texts as readers see them
	reason  string
}

// addresses finds where a placeholder would break Markdown: links with their
// text, addresses, definitions of links, tags.
var addresses = pattern.New(`(?m)^ {0,3}\[[^\]\n]+\]:[^\n]*$|!?\[([^\[\]\n]*)\]\([^()\n]*\)|<?\b(?:[a-zA-Z][a-zA-Z0-9+.-]*://|mailto:)[^\s<>"'\])` + "`" + `]+>?|<[a-zA-Z/][^<>\n]*>`)

// redactPattern puts a placeholder for all that a pattern matches.
func (d *reader) redactPattern(text []byte, line, number int, r redaction) []byte {
	if !r.pattern.Match(text) {
		return text
	}
	var out []byte
	done := 0
	plain := func(to int) {
		for _, m := range r.pattern.FindAllIndex(text[done:to], -1) {
			d.matched(text, done+m[0], done+m[1], line, number, r)
		}
		out = append(out, r.pattern.ReplaceAllFunc(text[done:to], func(m []byte) []byte { return d.hidden(m, r) })...)
		done = to
	}
	for _, at := range addresses.FindAllSubmatchIndex(text, -1) {
		whole := text[at[0]:at[1]]
		if at[0] < done || !r.pattern.Match(whole) {
			continue
		}
		plain(at[0])
		d.matched(text, at[0], at[1], line, number, r)
		done = at[1]
		if d.internal {
			out = append(out, whole...)
			continue
		}
		label := bytes.TrimLeft(whole, " ")
		switch {
		case at[2] >= 0 && !r.pattern.Match(text[at[3]:at[1]]): // a link that says it in its text alone
			label := r.pattern.ReplaceAllFunc(text[at[2]:at[3]], func(m []byte) []byte { return d.hidden(m, r) })
			out = append(append(append(out, text[at[0]:at[2]]...), label...), text[at[3]:at[1]]...)
		case at[2] >= 0: // a link: its text, as far as it may be read
			said := r.pattern.ReplaceAllLiteral(text[at[2]:at[3]], nil)
			out = append(append(out, bytes.TrimSpace(said)...), ' ')
			out = append(out, d.placeholder(r.reason)...)
		case label[0] == '[':
			end := bytes.IndexByte(label, ']')
			out = append(append(out, label[:end+1]...), ": https://redacted.invalid/"...)
		case whole[0] == '<' && !bytes.Contains(whole, []byte("://")) || bytes.ContainsAny(whole, "= "):
			out = append(out, r.pattern.ReplaceAllLiteral(whole, []byte("redacted"))...)
		default:
			out = append(out, d.placeholder(r.reason)...)
		}
	}
	plain(len(text))
	return out
}

// hidden is what the public reads instead of a match.
func (d *reader) hidden(match []byte, r redaction) []byte {
	if d.internal {
		return match
	}
	return append([]byte(d.placeholder(r.reason)), bytes.Repeat([]byte{'\n'}, bytes.Count(match, []byte{'\n'}))...)
}

func (d *reader) matched(text []byte, from, to, line, number int, r redaction) {
	if len(d.Redactions) > maxMarks {
		return // it is hidden all the same
	}
	pos := linePos(d.Path, text, from, line)
	d.Redactions = append(d.Redactions, Redaction{Reason: r.reason, Form: RedactionPattern, Pattern: number, Pos: pos})
	last := pos.Line + bytes.Count(text[from:to], []byte{'\n'})
	d.Cuts = append(d.Cuts, Cut{Text: string(text[from:to]), Pos: pos, First: pos.Line, Last: last, Within: true, Redacted: r.reason})
}
