package render

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestStatusImpact: where nobody says how bad it is, the services decide, and
// what runs is never passed over in the whole.
func TestStatusImpact(t *testing.T) {
	for _, c := range []struct{ front, impact, whole string }{
		{"", "none", "minor"},
		{"services: [API]\n", "minor", "minor"},
		{"severity: sev1\n", "critical", "critical"},
		{"severity: sev4\n", "none", "none"},
		{"severity: odd\nservices: [API]\n", "minor", "minor"},
	} {
		a := statusAnswer(t, statusTestRoutes(t, map[string]string{
			"publish.yaml":            statusFilesOfTest["publish.yaml"],
			"content/2026-11-21-x.md": "---\ntitle: X\nstatus: investigating\n" + c.front + "---\n",
		}), "summary")
		if x := a.Incidents[0]; x.Impact != c.impact || a.Status.Indicator != c.whole {
			t.Errorf("%q: impact %s, the whole %s", c.front, x.Impact, a.Status.Indicator)
		}
	}
}

func TestStatusComponents(t *testing.T) {
	routes := statusTestRoutes(t, statusFilesOfTest)
	a := statusAnswer(t, routes, "summary")
	var got []string
	for _, c := range a.Components {
		line := fmt.Sprintf("%d %s: %s", c.Position, c.Name, c.Status)
		switch {
		case c.Group:
			line = "group " + line
		case c.GroupID != nil:
			line = "in a group " + line
		}
		got = append(got, line)
	}
	want := []string{
		"group 1 Core: partial_outage", "in a group 1 API: partial_outage", "in a group 2 Web: operational",
		"2 Mail: under_maintenance", "3 Search: partial_outage",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if a.Status != (statusRollup{"minor", "Minor Service Outage"}) {
		t.Errorf("the whole is %v", a.Status)
	}
	if a.Page.URL != "https://status.example/reports" || a.Page.TimeZone != "Europe/Paris" {
		t.Errorf("the page is %+v", a.Page)
	}
}

// TestStatusIDs: an id stays with its file or name, whatever else changes.
func TestStatusIDs(t *testing.T) {
	ids := func(files map[string]string) (all []string) {
		a := statusAnswer(t, statusTestRoutes(t, files), "summary")
		all = append(all, a.Page.ID, a.Incidents[0].ID, a.Incidents[0].Updates[2].ID, a.Maintenances[0].ID)
		for _, c := range a.Components {
			all = append(all, c.ID)
		}
		return all
	}
	changed := map[string]string{}
	for name, text := range statusFilesOfTest {
		changed[name] = strings.NewReplacer("title: Example", "title: Other", "Errors", "Slowness", "We *look*", "We looked",
			"name: Mail", "name: mail", "severity: sev2", "severity: sev1\nslug: other", "Europe/Paris", "Asia/Tokyo").Replace(text)
	}
	changed["content/2026-11-21-new.md"] = "---\ntitle: New\nseverity: sev1\nstart: 2026-11-20\n---\nText.\n"
	if diff := cmp.Diff(ids(statusFilesOfTest), ids(changed)); diff != "" {
		t.Error(diff)
	}
}

func TestStatusRollup(t *testing.T) {
	for _, c := range []struct {
		states []int
		apart  string
		want   statusRollup
	}{
		{nil, "none", statusRollup{"none", "All Systems Operational"}},
		{[]int{0, 0}, "none", statusRollup{"none", "All Systems Operational"}},
		{[]int{0, 1}, "none", statusRollup{"maintenance", "Service Under Maintenance"}},
		{[]int{0, 2}, "none", statusRollup{"minor", "Partially Degraded Service"}},
		{[]int{0, 3}, "none", statusRollup{"minor", "Minor Service Outage"}},
		{[]int{3, 3}, "none", statusRollup{"major", "Partial System Outage"}},
		{[]int{0, 4}, "none", statusRollup{"major", "Partial System Outage"}},
		{[]int{4, 4}, "none", statusRollup{"critical", "Major Service Outage"}},
		{[]int{0, 1}, "critical", statusRollup{"critical", "Major Service Outage"}},
		{[]int{0, 2}, "minor", statusRollup{"minor", "Partially Degraded Service"}},
		{nil, "maintenance", statusRollup{"maintenance", "Service Under Maintenance"}},
	} {
		if got := rollUp(c.states, impactRank(c.apart)); got != c.want {
			t.Errorf("%v and %s: got %v, want %v", c.states, c.apart, got, c.want)
		}
	}
}

// TestStatusLimit: the lists hold the newest fifty, what runs holds all.
func TestStatusLimit(t *testing.T) {
	files := map[string]string{"publish.yaml": "outputs: [html, statuspage]\n"}
	for i := range 60 {
		files[fmt.Sprintf("content/2026-%02d-%02d-x.md", 1+i/28, 1+i%28)] = fmt.Sprintf("---\ntitle: No. %d\nstatus: investigating\n---\n", i)
	}
	routes := statusTestRoutes(t, files)
	all := statusAnswer(t, routes, "incidents").Incidents
	if len(all) != 50 || all[0].Name != "No. 59" || all[49].Name != "No. 10" {
		t.Errorf("%d incidents from %s", len(all), all[0].Name)
	}
	if open := statusAnswer(t, routes, "incidents/unresolved").Incidents; len(open) != 60 {
		t.Errorf("%d incidents run", len(open))
	}
}
