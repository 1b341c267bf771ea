package postmortem

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"publish/internal/block"
	"publish/internal/diag"
	"publish/internal/locale"
)

// labelled is one fact with its label: "Severity: SEV2".
type labelled struct {
	field string // what the label means, by data/labels.txt
	value string
	zone  string // what the label says in parentheses: "Start (UTC)"
	pos   diag.Pos
}

// readLabels reads what stands under the title, or in the summary and the
// list of figures, with labels of front matter.
func readLabels(t *textReader, r *Reading) {
	head := t.headEnd(r)
	for i := range t.blocks {
		if t.labelsAllowed(r, i, head) {
			for _, l := range t.labelsAt(i) {
				t.readLabel(r, l)
			}
		}
	}
	for _, m := range []*Moment{&r.Facts.Start, &r.Facts.Detected, &r.Facts.Acknowledged, &r.Facts.Identified, &r.Facts.Mitigated, &r.Facts.Resolved, &r.Facts.Communicated} {
		*m = t.dayFor(r, *m)
	}
}

// dayFor gives a time of day under a label the day of the document.
func (t *textReader) dayFor(r *Reading, m Moment) Moment {
	for _, day := range []Moment{r.Facts.Date, r.Facts.Start, t.context.Date} {
		if m.ClockOnly() && day.Known() {
			return m.On(day.Time)
		}
	}
	if m.ClockOnly() {
		return Moment{}
	}
	return m
}

// labelsAllowed says whether labels count where a block stands. A timeline or
// a list of things to do may well say "Resolved: …" of something else. Head is
// where the part under the title ends.
func (t *textReader) labelsAllowed(r *Reading, i, head int) bool {
	switch role := t.roleAt(r, i); role {
	case locale.RoleSummary, locale.RoleMeasures:
		return true
	case locale.RoleImpact:
		return t.blocks[i].Kind == block.Paragraph
	case locale.NoRole:
		return i < head
	}
	return false
}

// headEnd is where the part under the title ends: at the first section that a
// heading opens, else at the second heading that is no label.
func (t *textReader) headEnd(r *Reading) int {
	end := len(t.blocks)
	for _, s := range r.Sections {
		if !s.Label {
			end = s.First
			break
		}
	}
	headings := 0
	for i, b := range t.blocks[:end] {
		if b.Kind == block.Heading && t.labelsAt(i) == nil {
			if headings++; headings > 1 {
				return i
			}
		}
	}
	return end
}

// labelsAt gives the facts with labels that a block begins.
func (t *textReader) labelsAt(i int) []labelled {
	b := &t.blocks[i]
	switch b.Kind {
	case block.Row:
		return t.labelsInRow(i)
	case block.Heading:
		if ls := labelsIn(b.Text, oneLine, b.Pos); ls != nil {
			return t.withNext(ls, i)
		}
		if field := labels().is(b.Text); field != "" && b.Depth > 1 {
			return t.withNext([]labelled{{field: field, pos: b.Pos}}, i)
		}
	case block.Paragraph, block.Item:
		return t.withNext(labelsIn(b.Text, b.LineStarts, b.Pos), i)
	}
	return nil
}

// withNext gives a label that has nothing behind it what comes next: the items
// below an item, or the list or the short paragraph under a heading. Without
// either the label is none.
func (t *textReader) withNext(ls []labelled, i int) []labelled {
	if len(ls) == 0 || ls[len(ls)-1].value != "" {
		return ls
	}
	b := t.blocks[i]
	var values []string
	for _, next := range t.blocks[i+1:] {
		below := next.Kind == block.Item && (b.Kind != block.Item || next.Depth == b.Depth+1)
		if !below || len(next.Text) > maxLabel || len(values) == maxListed {
			if next.Kind == block.Paragraph && values == nil && b.Kind != block.Item && len(next.Text) < maxLabel {
				values = append(values, next.Text)
			}
			break
		}
		values = append(values, next.Text)
	}
	ls[len(ls)-1].value = strings.Join(values, "\n")
	if values == nil {
		ls = ls[:len(ls)-1]
	}
	if len(ls) == 0 {
		return nil
	}
	return ls
}

// maxListed is how many items are taken as values of one label.
const maxListed = 12

// labelsInRow reads a row with its label in front, or the one row under a head
// of labels.
func (t *textReader) labelsInRow(i int) []labelled {
	b := t.blocks[i]
	if len(b.Cells) == 2 {
		if field := labels().is(b.Cells[0]); field != "" && b.Cells[1] != "" {
			return []labelled{{field: field, value: strings.TrimSpace(b.Cells[1]), pos: b.Pos}}
		}
	}
	if !b.Head || i+1 >= len(t.blocks) || t.blocks[i+1].List != b.List || t.blocks[i+1].Kind != block.Row ||
		i+2 < len(t.blocks) && t.blocks[i+2].Kind == block.Row && t.blocks[i+2].List == b.List {
		return nil
	}
	var ls []labelled
	row := t.blocks[i+1]
	known := true
	for n, head := range b.Cells {
		field := labels().is(head)
		if n >= len(row.Cells) {
			return nil
		}
		known = known && field != ""
		if value := strings.TrimSpace(row.Cells[n]); value != "" && field != "" {
			ls = append(ls, labelled{field: field, value: value, pos: row.Pos})
		}
	}
	if known {
		return ls
	}
	// Beside what is no label ("Customers impacted") a "Date" is of anything,
	// a length of time is not.
	return slices.DeleteFunc(ls, func(l labelled) bool { return !lengthLabel(l.field) })
}

// lengthLabel says that a label stands before a length of time.
func lengthLabel(field string) bool {
	return field == "duration" || strings.HasPrefix(field, "time_to_")
}

// labelsIn reads a text that begins with a label; further labels in it begin
// with a capital, since lines of a paragraph are joined. Where those begin is
// asked of what has a label: a value ends where a line has one of its own,
// whatever that means.
func labelsIn(text string, lineStarts func() []int, pos diag.Pos) []labelled {
	label, value, _ := cutLabel(text)
	l := labelOf(label)
	if l.field == "" {
		return nil
	}
	lines := lineStarts()
	l.pos = pos
	var ls []labelled
	for {
		at, next, rest := nextLabel(value)
		end := len(value)
		if next.field != "" {
			end = at
		}
		from := len(text) - len(value)
		l.value = strings.TrimSpace(value[:endOfValue(text[:from+end], from, lines)-from])
		ls = append(ls, l)
		if next.field == "" {
			return ls
		}
		l, value = next, rest
		l.pos = pos
	}
}

// oneLine is where the lines of a text begin that has no other than its first.
func oneLine() []int { return nil }

// endOfValue is where the value that begins at a byte of a text ends: before
// the first line with a label, else with the text.
func endOfValue(text string, from int, lines []int) int {
	for _, start := range lines {
		if start > from && start < len(text) && beginsWithLabel(text[start:]) {
			return start
		}
	}
	return len(text)
}

// beginsWithLabel says that a line begins with a few words, the first with a
// capital where its script has some, and a colon.
func beginsWithLabel(line string) bool {
	label, _, _ := cutLabel(line)
	r, _ := utf8.DecodeRuneInString(label)
	return unicode.IsLetter(r) && !unicode.IsLower(r) && strings.Count(label, " ") < maxLabelWords && !strings.ContainsAny(label, ".,;\n")
}

// labelOf reads a label, with what it says in parentheses.
func labelOf(text string) labelled {
	if field := labels().is(text); field != "" {
		return labelled{field: field}
	}
	before, note, ok := strings.Cut(text, "(")
	if !ok {
		return labelled{}
	}
	return labelled{field: labels().is(before), zone: strings.TrimRight(strings.TrimSpace(note), ")")}
}

// nextLabel finds the next label within a text: where it begins, and the text
// behind its colon.
func nextLabel(text string) (at int, l labelled, rest string) {
	for from := 0; ; {
		colon := strings.IndexByte(text[from:], ':')
		if colon < 0 {
			return 0, labelled{}, ""
		}
		colon += from
		start := max(from, colon-maxLabel)
		for start < colon && !utf8.RuneStart(text[start]) {
			start++
		}
		for i, r := range text[start:colon] {
			i += start
			if i > 0 && !strings.ContainsRune(" \n\t|", rune(text[i-1])) || !unicode.IsUpper(r) {
				continue
			}
			if l := labelOf(text[i:colon]); l.field != "" {
				return i, l, strings.TrimLeft(text[colon+1:], " ")
			}
		}
		from = colon + 1
	}
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// LabelMeans says that a label stands before a fact, as data/labels.txt names
// it: "Fecha del incidente" before the date.
func LabelMeans(label, fact string) bool { return labels().is(label) == fact }
