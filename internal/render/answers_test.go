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
