package postmortem

import "testing"

func TestAdoptFillsWhatIsAbsent(t *testing.T) {
	p := &Postmortem{Title: "Ours", Severity: Text{Text: "SEV1"}, Countermeasures: []Countermeasure{{Text: "a"}}}
	p.Declared.Duration = ParseDuration("1 h")
	r := &Reading{Facts: Postmortem{
		Title: "Theirs", Severity: Text{Text: "SEV2"}, Status: StatusResolved,
		Countermeasures: []Countermeasure{{Text: "b"}, {Text: "c"}},
		Impacts:         []Impact{{Text: "slow"}},
		Lessons:         Lessons{Well: []string{"fast"}},
	}}
	r.Facts.Declared.Duration = ParseDuration("2 h")
	r.Facts.Declared.TimeToDetect = ParseDuration("5 min")
	p.Adopt(r)
	equal(t, "title", p.Title, "Ours")
	equal(t, "severity", p.Severity.Text, "SEV1")
	equal(t, "status", p.Status, StatusResolved)
	equal(t, "countermeasures", len(p.Countermeasures), 1)
	equal(t, "impacts", len(p.Impacts), 1)
	equal(t, "lessons", len(p.Lessons.Well), 1)
	equal(t, "duration", p.Declared.Duration.Written, "1 h")
	equal(t, "time to detect", p.Declared.TimeToDetect.Written, "5 min")
}

// `resolved: false` in the front matter is not overruled by a time in the text.
func TestAdoptKeepsAnOpenIncidentOpen(t *testing.T) {
	end, _ := ParseMoment("2024-05-01 10:00")
	p := &Postmortem{ResolvedSwitch: StateNo}
	p.Adopt(&Reading{Facts: Postmortem{Resolved: end}})
	if !p.Resolved.IsZero() {
		t.Errorf("resolved: %v", p.Resolved)
	}
}
