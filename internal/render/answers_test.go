package render

import (
	"testing"

	"publish/internal/postmortem"
)

// TestWorstPersonal: one impact that touched personal data is what the report
// answers, wherever it stands in the list.
func TestWorstPersonal(t *testing.T) {
	for _, values := range [][]postmortem.Extent{{"none", "affected"}, {"affected", "none"}, {"", "affected", "unknown"}} {
		var impacts []postmortem.Impact
		for _, v := range values {
			impacts = append(impacts, postmortem.Impact{PersonalData: v})
		}
		if got := worstPersonal(impacts); got != "affected" {
			t.Errorf("%q are %q together", values, got)
		}
	}
	if got := worstPersonal(nil); got != "" {
		t.Errorf("no impact says %q", got)
	}
}

// TestIsItOver: the answer is one, and the state itself stands among the facts alone.
func TestIsItOver(t *testing.T) {
	for _, test := range []struct {
		status   postmortem.Status
		open     bool
		resolved string
		want     string
	}{
		{postmortem.StatusResolved, false, "2024-03-12 10:00 UTC", "Yes, since 12 March 2024, 10:00 UTC."},
		{postmortem.StatusResolved, false, "", ""},
		{postmortem.StatusPostmortem, false, "", ""},
		{postmortem.StatusPostmortem, true, "", ""}, // its author contradicts himself
		{postmortem.StatusInvestigating, true, "", "Not yet."},
		{postmortem.StatusUnset, true, "", "Not yet."}, // resolved: false
		{postmortem.StatusUnset, false, "", ""},
	} {
		m := &postmortem.Postmortem{Status: test.status}
		if test.resolved != "" {
			m.Resolved = moment(t, test.resolved)
		}
		b, got := builderOf(m), ""
		b.p.Status, b.p.Open = test.status, test.open
		for _, line := range b.isItOver() {
			got += string(line)
		}
		if got != test.want {
			t.Errorf("%s, open %t, resolved %q: got %q, want %q", test.status, test.open, test.resolved, got, test.want)
		}
	}
}

// TestOverAlone: "Is it over?" is asked alone only where no state among the facts
// answers it.
func TestOverAlone(t *testing.T) {
	for status, want := range map[postmortem.Status]int{postmortem.StatusInvestigating: 0, postmortem.StatusUnset: 1} {
		b := builderOf(&postmortem.Postmortem{Status: status})
		b.p.Status, b.p.Open = status, true
		if got := b.answers(); len(got) != want {
			t.Errorf("state %q: the answers are %v", status, got)
		}
	}
}

// TestDataOfATranslation: whether data is safe is the same in every language, also
// where a translation lists fewer impacts than its original, or none.
func TestDataOfATranslation(t *testing.T) {
	b := builderOf(&postmortem.Postmortem{})
	b.p.Original = builderOf(&postmortem.Postmortem{Impacts: []postmortem.Impact{{PersonalData: "affected"}}}).p
	if got := b.isDataSafe(); len(got) != 1 || got[0] != "Personal data was affected" {
		t.Errorf("got %q", got)
	}
}
