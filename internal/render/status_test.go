package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/route"
	"publish/internal/site"
)

// statusFilesOfTest is a site with one notice of every kind, on 21 November
// 2026 at half past nine.
var statusFilesOfTest = map[string]string{
	"publish.yaml": "title: Example\ntimezone: Europe/Paris\noutputs: [html, statuspage]\nfeed: {id: example}\n" +
		"services:\n  - {name: API, group: Core, description: \"The *interface*.\"}\n  - {name: Mail}\n  - {name: Web, group: Core}\n" +
		"severities:\n  - {id: sev1, statuspage: critical}\n  - {id: sev2, statuspage: major}\n  - {id: sev4, statuspage: none}\n",
	"content/2026-11-21-running.md": "---\ntitle: Errors & \"more\"\nseverity: sev2\nservices: [api, Search]\nstart: 2026-11-21T08:00+01:00\n" +
		"updates:\n  - {at: 2026-11-21T10:10+01:00, text: Still at it}\n  - {at: 2026-11-21T10:00+01:00, status: monitoring, text: A fix is out}\n" +
		"  - {at: 2026-11-21T09:00+01:00, status: investigating, text: \"We *look*\"}\n---\n",
	"content/2026-10-05-report.md": "---\ntitle: The report\nseverity: sev1\nservices: [Mail]\nstart: 2026-10-05T08:00+02:00\nresolved: 2026-10-05T10:00+02:00\n---\n" +
		"It broke.\n\n## Cause\n\nA name server.\n",
	"content/2026-09-01-bare.md": "---\nkind: postmortem\n---\n# Bare\n",
	"content/2026-08-01-over.md": "---\ntitle: Over\nseverity: sev4\nupdates:\n" +
		"  - {at: 2026-08-01T10:00Z, status: identified, text: Known}\n  - {at: 2026-08-01T10:30Z, status: monitoring}\n  - {at: 2026-08-01T11:00Z, status: resolved, text: Done}\n" +
		"  - {at: 2026-08-02T11:00Z, status: correction, text: It was eleven}\n---\n",
	"content/2026-11-20-now.md":   "---\ntitle: Disk\nkind: maintenance\nservices: [Mail]\nscheduled_for: 2026-11-21T10:00+01:00\nscheduled_until: 2026-11-21T12:00+01:00\n---\nMail is off.\n",
	"content/2026-11-19-later.md": "---\ntitle: Move\nkind: maintenance\nscheduled_for: 2026-12-01\n---\n",
	"content/2026-11-18-soon.md":  "---\ntitle: Soon\nkind: maintenance\ndate: 2026-11-18T08:00Z\nupdates: [{at: 2026-11-19T09:00Z, text: A reminder}]\nscheduled_for: 2026-11-22T01:00Z\nscheduled_until: 2026-11-22T02:00Z\n---\n",
	"content/2026-11-01-done.md":  "---\ntitle: Done\nkind: maintenance\nscheduled_for: 2026-11-01T01:00Z\nscheduled_until: 2026-11-01T02:00Z\n---\n",
	"content/2026-11-02-note.md":  "---\ntitle: A note\nkind: post\n---\nOnly a post.\n",
}

func statusTestRoutes(t *testing.T, files map[string]string) []*route.Route {
	t.Helper()
	s := loadTestSite(t, files)
	s.Options.Now = time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)
	return machineRoutes(s)
}

// statusAnswer reads what an address of the interface answers.
func statusAnswer(t *testing.T, routes []*route.Route, path string) (a struct {
	Page         statusPage
	Status       statusRollup
	Components   []statusComponent
	Incidents    []statusIncident
	Maintenances []statusIncident `json:"scheduled_maintenances"`
}) {
	t.Helper()
	if err := json.Unmarshal(renderRoute(t, routes, "/api/v2/"+path+".json"), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

// TestStatusShape holds every answer against the original's shape: each field
// with its type, its words and its form, and none beside them.
func TestStatusShape(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("testdata/statuspage.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	nothing := map[string]string{"publish.yaml": "outputs: [html, statuspage]\n", "content/about.md": "# About\n"}
	for name, files := range map[string]map[string]string{"everything": statusFilesOfTest, "nothing": nothing} {
		routes := statusTestRoutes(t, files)
		for _, f := range statusFiles {
			raw := renderRoute(t, routes, "/api/v2/"+f.path+".json")
			answer, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(answer); err != nil {
				t.Errorf("%s, %s: %v", name, f.path, err)
			}
			top := map[string][]string{
				"summary": {"page", "components", "incidents", "scheduled_maintenances", "status"}, "status": {"page", "status"},
				"components": {"page", "components"}, "incidents": {"page", "incidents"}, "scheduled-maintenances": {"page", "scheduled_maintenances"},
			}[strings.Split(f.path, "/")[0]]
			for _, key := range top {
				if _, ok := answer.(map[string]any)[key]; !ok || len(answer.(map[string]any)) != len(top) {
					t.Errorf("%s, %s: %s, want the keys %v", name, f.path, raw, top)
				}
			}
		}
	}
}

// told is a notice in a line.
func told(list []statusIncident) (lines []string) {
	for _, x := range list {
		line := x.Name + ": " + x.Status + ", " + x.Impact + ", from " + x.StartedAt
		if x.ResolvedAt != nil {
			line += " to " + *x.ResolvedAt
		}
		for _, u := range x.Updates {
			line += fmt.Sprintf(" | %s %s %q", u.DisplayAt, u.Status, u.Body)
		}
		lines = append(lines, line)
	}
	return lines
}

func TestStatusNotices(t *testing.T) {
	routes := statusTestRoutes(t, statusFilesOfTest)
	const running = `Errors & "more": monitoring, major, from 2026-11-21T07:00:00.000Z | 2026-11-21T09:10:00.000Z monitoring "Still at it"` +
		` | 2026-11-21T09:00:00.000Z monitoring "A fix is out" | 2026-11-21T08:00:00.000Z investigating "We look"`
	const later = `Move: scheduled, maintenance, from 2026-11-30T23:00:00.000Z | 2026-11-18T23:00:00.000Z scheduled "Move"`
	const soon = `Soon: scheduled, maintenance, from 2026-11-22T01:00:00.000Z | 2026-11-19T09:00:00.000Z scheduled "A reminder"`
	const now = `Disk: in_progress, maintenance, from 2026-11-21T09:00:00.000Z | 2026-11-21T09:00:00.000Z in_progress "Mail is off."`
	for path, want := range map[string][]string{
		"incidents/unresolved": {running},
		"incidents": {
			running,
			`The report: postmortem, critical, from 2026-10-05T06:00:00.000Z to 2026-10-05T08:00:00.000Z | 2026-10-05T08:00:00.000Z postmortem "It broke.\nCause\nA name server."`,
			`Bare: postmortem, none, from 2026-08-31T22:00:00.000Z to 2026-08-31T22:00:00.000Z | 2026-08-31T22:00:00.000Z postmortem "Bare"`,
			`Over: resolved, none, from 2026-08-01T10:00:00.000Z to 2026-08-01T11:00:00.000Z | 2026-08-02T11:00:00.000Z resolved "It was eleven"` +
				` | 2026-08-01T11:00:00.000Z resolved "Done" | 2026-08-01T10:30:00.000Z monitoring "Monitoring" | 2026-08-01T10:00:00.000Z identified "Known"`,
		},
		"scheduled-maintenances": {later, soon, now,
			`Done: completed, maintenance, from 2026-11-01T01:00:00.000Z to 2026-11-01T02:00:00.000Z | 2026-11-01T02:00:00.000Z completed "Done"`},
		"scheduled-maintenances/upcoming": {soon, later},
		"scheduled-maintenances/active":   {now},
		"summary":                         {running, now, soon, later},
	} {
		a := statusAnswer(t, routes, path)
		if diff := cmp.Diff(want, told(slices.Concat(a.Incidents, a.Maintenances))); diff != "" {
			t.Errorf("%s:\n%s", path, diff)
		}
	}
	if at := statusAnswer(t, routes, "scheduled-maintenances/upcoming").Maintenances[0].CreatedAt; at != "2026-11-18T08:00:00.000Z" {
		t.Errorf("a maintenance was told of at %s", at)
	}
	x := statusAnswer(t, routes, "incidents").Incidents[0]
	if *x.MonitoringAt != "2026-11-21T09:00:00.000Z" || x.CreatedAt != "2026-11-21T08:00:00.000Z" || x.UpdatedAt != "2026-11-21T09:10:00.000Z" {
		t.Errorf("monitored %s, created %s, updated %s", *x.MonitoringAt, x.CreatedAt, x.UpdatedAt)
	}
	if x.Shortlink != "https://status.example/reports/2026/11/21/running/" {
		t.Errorf("the link is %s", x.Shortlink)
	}
	if got := x.Updates[2].Affected; got[0].Name != "Core - API" || got[0].OldStatus != "operational" || got[0].NewStatus != "partial_outage" {
		t.Errorf("the first update says of components %+v", got)
	}
}

// TestStatusMaintenances: the messages of a maintenance have its four states,
// whether its author writes them in these words or in those of an incident; what
// the author says wins over the clock, but that something is planned does not.
func TestStatusMaintenances(t *testing.T) {
	head := func(title, from, until string) string {
		return "---\ntitle: " + title + "\nkind: maintenance\nscheduled_for: " + from + "\nscheduled_until: " + until + "\n"
	}
	routes := statusTestRoutes(t, map[string]string{
		"publish.yaml": "outputs: [html, statuspage]\n",
		"content/2026-11-20-all.md": head("All", "2026-11-21T06:00Z", "2026-11-21T12:00Z") +
			"updates:\n  - {at: 2026-11-20T09:00Z, status: scheduled, text: We will}\n  - {at: 2026-11-21T06:00Z, status: in_progress, text: We do}\n" +
			"  - {at: 2026-11-21T07:00Z, text: Still}\n  - {at: 2026-11-21T08:00Z, status: verifying, text: We look}\n  - {at: 2026-11-21T09:00Z, status: completed, text: We did}\n---\n",
		"content/2026-11-19-late.md":  head("Late", "2026-11-19T10:00Z", "2026-11-19T12:00Z") + "status: in_progress\n---\n",
		"content/2026-11-18-look.md":  head("Look", "2026-11-18T10:00Z", "2026-11-25T12:00Z") + "updates: [{at: 2026-11-18T10:00Z, status: identified, text: A}, {at: 2026-11-19T10:00Z, status: monitoring, text: B}]\n---\n",
		"content/2026-11-17-begun.md": head("Begun", "2026-11-21T09:00Z", "2026-11-21T10:00Z") + "status: scheduled\nupdates: [{at: 2026-11-17T10:00Z, status: scheduled, text: Soon}]\n---\n",
		"content/2026-11-16-odd.md":   "---\ntitle: Odd\nupdates: [{at: 2026-11-16T10:00Z, status: identified, text: A}, {at: 2026-11-16T11:00Z, status: in_progress, text: B}, {at: 2026-11-16T12:00Z, text: C}]\n---\n",
	})
	schema, err := jsonschema.NewCompiler().Compile("testdata/statuspage.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, path := range []string{"scheduled-maintenances", "incidents"} {
		answer, err := jsonschema.UnmarshalJSON(bytes.NewReader(renderRoute(t, routes, "/api/v2/"+path+".json")))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(answer); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		a := statusAnswer(t, routes, path)
		for _, x := range slices.Concat(a.Maintenances, a.Incidents) {
			line := x.Name + ": " + x.Status
			for _, u := range x.Updates {
				line += ", " + u.Status + " " + u.Body
			}
			got = append(got, line)
		}
	}
	want := []string{
		"Begun: in_progress, in_progress Begun, scheduled Soon",
		"All: completed, completed We did, verifying We look, in_progress Still, in_progress We do, scheduled We will",
		"Late: in_progress, in_progress Late",
		"Look: verifying, verifying B, in_progress A",
		"Odd: identified, identified C, identified B, identified A",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	page := string(renderRoute(t, routes, "/api/v2/summary.json"))
	if strings.Contains(page, `"All"`) {
		t.Errorf("what is over is in the summary: %s", page)
	}
}

// TestStatusNeedsToBeAskedFor: nothing is claimed of a live system by itself,
// and nothing of an address that is not known.
func TestStatusNeedsToBeAskedFor(t *testing.T) {
	paths := func(outputs string, known bool) string {
		s := loadTestSite(t, map[string]string{"publish.yaml": "outputs: [" + outputs + "]\nservices: [{name: API}]\n", "content/a.md": "# A\n"})
		if !known {
			s = loadNowhere(t, s.Config)
		}
		var list []string
		for _, p := range routePaths(machineRoutes(s)) {
			if strings.HasPrefix(p, "/api/") || strings.HasPrefix(p, "/badges/") || strings.HasPrefix(p, "/history.") {
				list = append(list, p)
			}
		}
		return strings.Join(list, " ")
	}
	if got := paths("html, feeds, search, data", true); got != "" {
		t.Errorf("nobody asked for %s", got)
	}
	if got := paths("html, statuspage", false); got != "/badges/api.svg /badges/status.svg" {
		t.Errorf("without an address: %s", got)
	}
	if got := len(strings.Fields(paths("html, statuspage", true))); got != len(statusFiles)+4 {
		t.Errorf("%d addresses", got)
	}
}

// TestStatusSchemaIsStrict: what TestStatusShape holds the answers against lets no
// slip pass.
func TestStatusSchemaIsStrict(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("testdata/statuspage.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	good := string(renderRoute(t, statusTestRoutes(t, statusFilesOfTest), "/api/v2/summary.json"))
	for _, change := range [][2]string{
		{`"showcase":false`, `"showcase":null`}, {`.000Z"`, `Z"`}, {`"reminder_intervals":null`, `"reminder_intervals":null,"more":1`},
		{`"status":"monitoring"`, `"status":"open"`}, {`"scheduled_until"`, `"scheduled_till"`}, {`"incidents":[`, `"incidents":null,"x":[`},
	} {
		bad, err := jsonschema.UnmarshalJSON(strings.NewReader(strings.Replace(good, change[0], change[1], 1)))
		if err != nil || schema.Validate(bad) == nil {
			t.Errorf("%q passes (%v)", change, err)
		}
	}
}

// loadNowhere is an empty site of which nobody knows the address.
func loadNowhere(t *testing.T, c *config.Config) *site.Site {
	t.Helper()
	own := *c
	own.BaseURL = nil
	s, diags := site.New(&own, &content.Folder{Root: "content"}, site.Options{})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return s
}
