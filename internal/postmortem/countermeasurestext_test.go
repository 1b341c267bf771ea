package postmortem

import (
	"fmt"
	"strings"
	"testing"
)

// shown writes countermeasures one a line.
func shown(list []Countermeasure) string {
	var b strings.Builder
	for _, c := range list {
		fmt.Fprintf(&b, "%s|%s|%s|%s|%s|%s|%.21s\n", c.Status, c.Horizon, c.Kind, c.Owner, c.Due, c.Link, c.Text)
	}
	return b.String()
}

func TestCountermeasuresOfLists(t *testing.T) {
	const want = `unknown|||Ana|||Add an alert for full
unknown|||Bo Ek|2024-05-01||[#395]: Clean the cac
unknown|||@cho||https://example.org/runbook/7|Write the runbook htt
done||||||✅ Rolled the change b
in_progress||||||Ask the vendor (in pr
done|short|||||Raise the limit
open|short|||||Test the limit
done|long|||||Split the database
open||||||Review changes in pai
`
	if got := shown(reading(t, "actions.md", Context{}).Facts.Countermeasures); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestCountermeasuresOfTables(t *testing.T) {
	const want = `done||prevent|Ana|2024-06-01|OPS-12|Alert on queue length
open||process||||Write a runbook
in_progress|||王伟|2024-07-01||增加监控
unknown|immediate|||||Le serveur a été redé
unknown|long|||||La configuration sera
done|long|||||La copie est vérifiée
`
	if got := shown(reading(t, "tables.md", Context{}).Facts.Countermeasures); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestProseHasNoCountermeasures(t *testing.T) {
	if got := shown(reading(t, "prose.md", Context{}).Facts.Countermeasures); got != "" {
		t.Errorf("got\n%s", got)
	}
}

func TestGroupSays(t *testing.T) {
	cases := map[string]groupFacts{
		"Short-term (completed)":             {horizon: "short", status: "done"},
		"Immediate Actions (Completed)":      {horizon: "immediate", status: "done"},
		"Completed or in progress":           {},
		"In progress (next two weeks):":      {status: "in_progress"},
		"Open items":                         {status: "open"},
		"Actions terminées":                  {status: "done"},
		"Actions immédiates":                 {horizon: "immediate"},
		"À long terme":                       {horizon: "long"},
		"Process improvements":               {kind: "process"},
		"Process/Policy improvements":        {kind: "process"},
		"Monitoring":                         {kind: "detect"},
		"Response and monitoring":            {},
		"Corrective and preventive measures": {},
		"短期（已完成）":                            {horizon: "short", status: "done"},
		"All this prevents the same kind of failure from coming back": {},
		"": {},
	}
	for heading, want := range cases {
		equal(t, heading, groupSays(heading), want)
	}
}
