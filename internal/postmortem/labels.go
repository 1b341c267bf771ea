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
	b := t.blocks[i]
	switch b.Kind {
	case block.Row:
		return t.labelsInRow(i)
	case block.Heading:
		if ls := labelsIn(b.Text, nil, b.Pos); ls != nil {
			return t.withNext(ls, i)
		}
		if field := labels().is(b.Text); field != "" && b.Depth > 1 {
			return t.withNext([]labelled{{field: field, pos: b.Pos}}, i)
		}
	case block.Paragraph, block.Item:
		return t.withNext(labelsIn(b.Text, b.LineStarts(), b.Pos), i)
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
// with a capital, since lines of a paragraph are joined. Lines are the bytes
// where those begin: a value ends where a line has a label of its own, whatever
// that means.
func labelsIn(text string, lines []int, pos diag.Pos) []labelled {
	label, value, _ := cutLabel(text)
	l := labelOf(label)
	if l.field == "" {
		return nil
	}
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

// readLabel puts a fact into its field, unless that has one.
func (t *textReader) readLabel(r *Reading, l labelled) {
	f := &r.Facts
	if saysNothing(l.value) {
		return
	}
	switch l.field {
	case "severity":
		if s := severityIn(l.value); s != "" && f.Severity.Text == "" {
			f.Severity = Text{Text: s, Pos: l.pos}
		}
	case "status":
		if s := statusIn(l.value); s != "" && f.Status == "" {
			f.Status = s
		}
	case "id":
		setText(&f.ID, l.value, 40)
	case "detection":
		setText(&f.Detection, l.value, 200)
	case "trigger":
		setText(&f.Trigger, l.value, 1000)
	case "workaround":
		setText(&f.Workaround, l.value, 1000)
	case "services":
		setNames(&f.Services, l.value)
	case "regions":
		setNames(&f.Regions, l.value)
	case "authors":
		if f.Authors == nil {
			for _, name := range namesIn(l.value) {
				f.Authors = append(f.Authors, authorIn(name))
			}
		}
	case "date":
		t.setMoment(&f.Date, l)
	case "updated":
		t.setMoment(&f.Updated, l)
	case "start":
		t.setMoment(&f.Start, l)
	case "detected":
		t.setMoment(&f.Detected, l)
	case "acknowledged":
		t.setMoment(&f.Acknowledged, l)
	case "identified":
		t.setMoment(&f.Identified, l)
	case "mitigated":
		t.setMoment(&f.Mitigated, l)
	case "resolved":
		t.setMoment(&f.Resolved, l)
	}
}

// setText takes a text that is not too long to be a fact.
func setText(to *string, value string, longest int) {
	if *to == "" && len(value) <= longest {
		*to = strings.Join(strings.Fields(value), " ")
	}
}

func setNames(to *[]string, value string) {
	if *to == nil {
		*to = namesIn(value)
	}
}

// namesIn splits a list of names, on lines or at commas. A sentence is no
// list of names.
func namesIn(value string) []string {
	separators := "\n"
	if !strings.Contains(value, "\n") {
		separators = ",;、，"
	}
	var names []string
	for part := range strings.FieldsFuncSeq(value, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		part = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(part), "."))
		if len(part) > 60 || strings.Count(part, " ") > 5 || strings.Count(part, "(") != strings.Count(part, ")") {
			return nil
		}
		if part != "" && !saysNothing(part) {
			names = append(names, part)
		}
	}
	return names
}

// authorIn reads a name with a mail address behind it.
func authorIn(name string) Author {
	words := strings.Fields(strings.TrimSuffix(strings.TrimPrefix(name, "["), "]"))
	if last := len(words) - 1; last > 0 && strings.Contains(words[last], "@") && !strings.HasPrefix(words[last], "@") {
		return Author{Name: strings.Join(words[:last], " "), Email: strings.Trim(words[last], "<>()")}
	}
	return Author{Name: strings.Join(words, " ")}
}

// severityIn reads a severity with a remark behind it: "SEV-2 – degraded
// network" is SEV-2. A choice that nobody has made ("P0 / P1 / P2") is none.
func severityIn(value string) string {
	value, _, _ = strings.Cut(value, "\n")
	sentence := strings.HasSuffix(strings.TrimSpace(value), ".") || strings.Contains(value, ". ")
	for _, end := range []string{" – ", " — ", " - ", " (", "（", ", ", "; ", ": ", ". "} {
		value, _, _ = strings.Cut(value, end)
	}
	value = strings.TrimRight(strings.TrimSpace(value), ".")
	words := strings.Count(value, " ") + 1
	if len(value) > 40 || strings.ContainsAny(value, "/|<>{}[]") || words > 4 {
		return ""
	}
	if words > 2 && (sentence || words > 3) && !strings.ContainsAny(value, "0123456789") {
		return "" // "Some users were affected."
	}
	return value
}

// statusIn reads the state of the incident, which may have more behind it:
// "Resolved at 2020-04-15 15:09 UTC". The stage of a report is not that.
func statusIn(value string) Status {
	for _, end := range []string{" (", "（", ". ", "; ", " – ", " — "} {
		value, _, _ = strings.Cut(value, end) // "resolved (2024-05-02). A long story"
	}
	if len(value) > maxLabel || strings.ContainsAny(value, "/|") {
		return ""
	}
	meaning, _ := phrases()["update"].begins(value)
	if meaning == "" {
		meaning = values()["status"][fold(strings.TrimRight(value, ". "))]
	}
	switch s := Status(meaning); s {
	case StatusInvestigating, StatusIdentified, StatusMonitoring, StatusResolved, StatusPostmortem:
		return s
	}
	return ""
}

// setMoment reads a time that a text begins with. More may stand behind it
// only in parentheses or after a sign.
func (t *textReader) setMoment(to *Moment, l labelled) {
	if !to.IsZero() {
		return
	}
	value, _, _ := strings.Cut(l.value, "\n")
	m, size, problem := scanMoment(value, t.context.Zones)
	if problem != NoProblem || size == 0 || m.Precision == NoTime {
		return
	}
	rest := strings.TrimSpace(value[size:])
	if rest != "" && !strings.ContainsRune("(,;.–—-[（〜～~→、。※頃", firstRune(rest)) {
		return
	}
	for _, zoned := range []string{rest, l.zone} {
		if m.Zoned || m.Precision == Day {
			break
		}
		if z := scanZone(strings.TrimSpace(zoned), t.context.Zones); z.size > 0 && z.problem == NoProblem && z.location != nil {
			m = m.In(z.location)
		}
	}
	m.Written, m.Pos = strings.TrimSpace(value[:size]), l.pos
	*to = m
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// LabelMeans says that a label stands before a fact, as data/labels.txt names
// it: "Fecha del incidente" before the date.
func LabelMeans(label, fact string) bool { return labels().is(label) == fact }
