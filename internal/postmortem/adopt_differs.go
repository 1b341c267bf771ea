package postmortem

import (
	"strings"
	"time"
	"unicode"

	"publish/internal/diag"
)

// differences notes where the front matter and the text say different things
// of one incident (DESIGN.md §4): the front matter counts, and the text stays
// as its author wrote it.
func (p *Postmortem) differences(text *Postmortem) diag.List {
	var diags diag.List
	differ := func(pos diag.Pos, what, here, there string) {
		if pos.Line == 0 {
			pos = p.fieldPos(what)
		}
		diags.Report(diag.TextDiffers, pos, "correct one of the two, or take one away",
			"the text has %s as `%s`, the front matter %s, which counts", here, what, there)
	}
	if here, there := text.Severity.Text, p.Severity.Text; unlike(here, there) {
		differ(text.Severity.Pos, "severity", quote(here), quote(there))
	}
	if here, there := text.Status, p.Status; here != "" && there != "" && here.Open() != there.Open() {
		differ(diag.Pos{}, "status", quote(string(here)), quote(string(there)))
	}
	for _, f := range []struct {
		name        string
		here, there Moment
	}{
		{"start", text.Start, p.Start}, {"detected", text.Detected, p.Detected},
		{"acknowledged", text.Acknowledged, p.Acknowledged}, {"identified", text.Identified, p.Identified},
		{"mitigated", text.Mitigated, p.Mitigated}, {"resolved", text.Resolved, p.Resolved},
	} {
		if f.here.differs(f.there) {
			differ(f.here.Pos, f.name, quote(f.here.Written), quote(f.there.Written))
		}
	}
	here, there := &text.Declared, &p.Declared
	for _, f := range []struct {
		name        string
		here, there Duration
	}{
		{"time_to_detect", here.TimeToDetect, there.TimeToDetect}, {"time_to_acknowledge", here.TimeToAcknowledge, there.TimeToAcknowledge},
		{"time_to_mitigate", here.TimeToMitigate, there.TimeToMitigate}, {"time_to_resolve", here.TimeToResolve, there.TimeToResolve},
		{"duration", here.Duration, there.Duration},
	} {
		slack := max(f.here.tolerance(), f.there.tolerance())
		if f.here.Known && f.there.Known && (f.here.Value-f.there.Value).Abs() > slack {
			differ(diag.Pos{}, f.name, quote(f.here.Written), quote(f.there.Written))
		}
	}
	return append(diags, p.listDifferences(text)...)
}

// listDifferences compares what both list. Texts are not compared: they tell
// the same in other words.
func (p *Postmortem) listDifferences(text *Postmortem) diag.List {
	var diags diag.List
	const hint = "write the list in one place only, or make both alike"
	if here, there := text.Timeline, p.Timeline; len(here) > 0 && len(there) > 0 {
		if len(here) != len(there) {
			diags.Report(diag.TextDiffers, here[0].Pos, hint,
				"events of the timeline: %d in the text, %d in the front matter, which count", len(here), len(there))
		} else {
			for i := range here {
				if here[i].At.differs(there[i].At) {
					diags.Report(diag.TextDiffers, here[i].Pos, hint,
						"event %d of the timeline is at %s here and at %s in the front matter, which counts", i+1, quote(here[i].At.Written), quote(there[i].At.Written))
					break // they may be shifted against each other
				}
			}
		}
	}
	if here, there := text.Countermeasures, p.Countermeasures; len(here) > 0 && len(there) > 0 && len(here) != len(there) {
		diags.Report(diag.TextDiffers, here[0].Pos, hint,
			"countermeasures: %d in the text, %d in the front matter, which count", len(here), len(there))
	}
	return diags
}

// differs says that two moments are both told and cannot be one. A day agrees
// with every time on it, and times without a zone with the same clock in any.
func (m Moment) differs(other Moment) bool {
	if !m.Known() || !other.Known() {
		return false
	}
	if !m.IsInstant() || !other.IsInstant() {
		return m.DateString() != other.DateString()
	}
	a, b := m.Time, other.Time
	if m.Zoned != other.Zoned {
		a, b = m.wall(), other.wall()
	}
	slack := time.Minute
	if m.Approximate || other.Approximate {
		slack = roughly
	}
	return a.Sub(b).Abs() >= slack
}

// wall is what the clock showed, in no zone.
func (m Moment) wall() time.Time {
	t := m.Time
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
}

// unlike says that two severities are not one: "SEV-2 (major)" and "sev2" are.
// Where only one has a number, the site's scale would have to tell.
func unlike(a, b string) bool {
	numberA, numberB := keep(a, unicode.IsDigit), keep(b, unicode.IsDigit)
	if numberA != "" || numberB != "" {
		return numberA != "" && numberB != "" && numberA != numberB
	}
	a, b = keep(a, unicode.IsLetter), keep(b, unicode.IsLetter)
	return a != "" && b != "" && !strings.Contains(a, b) && !strings.Contains(b, a)
}

// keep leaves the characters of a kind, in lower case.
func keep(s string, kind func(rune) bool) string {
	return strings.Map(func(r rune) rune {
		if kind(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// fieldPos is where the front matter has a field.
func (p *Postmortem) fieldPos(name string) diag.Pos {
	for _, f := range p.Fields {
		if f.Name == name {
			return f.Pos
		}
	}
	return diag.Pos{}
}

func quote(s string) string { return `"` + asClaim(s) + `"` }
