package postmortem

import (
	"strings"
	"testing"
)

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

func TestAdoptNotesDifferences(t *testing.T) {
	matter := func() *Postmortem {
		return &Postmortem{
			Severity: Text{Text: "SEV2"}, Status: StatusResolved, Start: mustMoment(t, "2024-05-01 09:00"),
			Timeline:        []Event{timed(t, "", "2024-05-01 09:00"), timed(t, "", "2024-05-01 10:00")},
			Countermeasures: []Countermeasure{{Text: "a"}},
			Declared:        Declared{Duration: ParseDuration("1 h")},
		}
	}
	for name, c := range map[string]struct {
		text *Postmortem
		want string
	}{
		"nothing in the text": {&Postmortem{}, ""},
		"the same in other words": {&Postmortem{
			Severity: Text{Text: "sev-2 (major)"}, Status: StatusPostmortem, Start: mustMoment(t, "2024-05-01"),
			Timeline:        []Event{timed(t, "", "2024-05-01 09:00"), timed(t, "", "2024-05-01")},
			Countermeasures: []Countermeasure{{Text: "b"}}, Declared: Declared{Duration: ParseDuration("61 min")},
		}, ""},
		"severity":        {&Postmortem{Severity: Text{Text: "Sévérité 1"}}, "severity"},
		"a word":          {&Postmortem{Severity: Text{Text: "critical"}}, ""},
		"state":           {&Postmortem{Status: StatusMonitoring}, "status"},
		"start":           {&Postmortem{Start: mustMoment(t, "2024-05-01 09:30")}, "start"},
		"another day":     {&Postmortem{Start: mustMoment(t, "2024-05-02")}, "start"},
		"zone on one":     {&Postmortem{Start: mustMoment(t, "2024-05-01 09:00 +02:00")}, ""},
		"length":          {&Postmortem{Declared: Declared{Duration: ParseDuration("2 h")}}, "duration"},
		"events":          {&Postmortem{Timeline: []Event{timed(t, "", "2024-05-01 09:00")}}, "events of the timeline: 1"},
		"an event's time": {&Postmortem{Timeline: []Event{timed(t, "", "2024-05-01 09:00"), timed(t, "", "2024-05-01 10:10")}}, "event 2"},
		"countermeasures": {&Postmortem{Countermeasures: []Countermeasure{{Text: "a"}, {Text: "b"}}}, "countermeasures: 2"},
	} {
		said := ""
		for _, d := range matter().Adopt(&Reading{Facts: *c.text}) {
			said += d.Message
		}
		if c.want == "" && said != "" || !strings.Contains(said, c.want) {
			t.Errorf("%s: %q", name, said)
		}
	}
}
