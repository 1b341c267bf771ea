package postmortem

import "strings"

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
	if m.Zoned && rest == "UTC" {
		rest = "" // 2024-05-02T10:00:00Z UTC
	}
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
