package render

import (
	"strings"
	"testing"

	"publish/internal/postmortem"
)

func TestLengthsAmongTheFacts(t *testing.T) {
	incident := func(declared postmortem.Declared) *postmortem.Postmortem {
		return &postmortem.Postmortem{
			Declared: declared, Resolved: moment(t, "2024-03-12 10:00 UTC"),
			Timeline: eventsAt(t, "started 2024-03-12 09:00 UTC", "detected 2024-03-12 09:10 UTC", "mitigated 2024-03-12 09:50 UTC"),
		}
	}
	for _, test := range []struct {
		name     string
		declared postmortem.Declared
		full     bool
		want     string
	}{
		{"computed", postmortem.Declared{}, false, "duration: 1 h; time_to_detect: 10 min; time_to_mitigate: 50 min"},
		{"stated beats computed", postmortem.Declared{TimeToDetect: postmortem.ParseDuration("about 9 min")}, false,
			"duration: 1 h; time_to_detect: about 9 min; time_to_mitigate: 50 min"},
		{"nothing is said against the author", postmortem.Declared{Duration: postmortem.ParseDuration("3 h")}, false, "duration: 3 h"},
		{"words that nobody can read", postmortem.Declared{TimeToDetect: postmortem.ParseDuration("a moment")}, false,
			"duration: 1 h; time_to_detect: a moment; time_to_mitigate: 50 min"},
		{"in full", postmortem.Declared{Duration: postmortem.ParseDuration("3 h")}, true,
			"duration: stated: 3 h, computed: 1 h (from 09:00 to resolved); time_to_detect: computed: 10 min (from 09:00 to 09:10); " +
				"time_to_mitigate: computed: 50 min (from 09:00 to 09:50); time_to_resolve: computed: 1 h (from 09:00 to resolved)"},
	} {
		b := builderOf(incident(test.declared))
		b.full = test.full
		var got []string
		for _, l := range b.lengths() {
			var texts []string
			for _, item := range b.lengthItems(l) {
				if item.Text != "" {
					texts = append(texts, strings.ReplaceAll(string(item.Text), "\u00A0", " "))
				}
			}
			if texts != nil {
				got = append(got, l.name+": "+strings.Join(texts, ", "))
			}
		}
		if all := strings.Join(got, "; "); all != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, all, test.want)
		}
	}
}

func TestWhatIsNotStated(t *testing.T) {
	b := builderOf(&postmortem.Postmortem{})
	got := b.notStated([]Fact{{Name: "severity"}, {Name: "duration"}, {Name: "start"}, {Name: "services"}})
	if !strings.HasPrefix(got, "State, Detected, ") || strings.Contains(got, "Services") {
		t.Errorf("not stated: %s", got)
	}
}
