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

// TestIsItOver: what the state among the facts says already is no answer.
func TestIsItOver(t *testing.T) {
	for _, test := range []struct {
		status   postmortem.Status
		resolved string
		want     string
	}{
		{postmortem.StatusResolved, "2024-03-12 10:00 UTC", "Yes, since 12 March 2024, 10:00 UTC."},
		{postmortem.StatusResolved, "", ""},
		{postmortem.StatusPostmortem, "", ""},
		{postmortem.StatusInvestigating, "", "Not yet: investigating."},
	} {
		m := &postmortem.Postmortem{Status: test.status}
		if test.resolved != "" {
			m.Resolved = moment(t, test.resolved)
		}
		b, got := builderOf(m), ""
		b.p.Status = test.status
		for _, line := range b.isItOver() {
			got += string(line)
		}
		if got != test.want {
			t.Errorf("%s, resolved %q: got %q, want %q", test.status, test.resolved, got, test.want)
		}
	}
}
