package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"publish/internal/chromium"
)

// npmModules is the folder of the npm packages of tools/package-lock.json.
func npmModules(t *testing.T) string {
	t.Helper()
	command := exec.Command("../../tools/npm.sh")
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("tools/npm.sh, which `make unit` runs, has not installed the npm packages: %v", err)
	}
	folder, err := filepath.Abs(strings.TrimSpace(string(out)))
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// statusDesk is the site of testdata/statuspage, served.
func statusDesk(t *testing.T) *desk {
	t.Helper()
	files, err := txtar.ParseFile("testdata/statuspage/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, dir: t.TempDir()}
	for _, f := range files.Files {
		d.save(f.Name, string(f.Data))
	}
	return d
}

func (d *desk) serveStatus() {
	d.served = startPreview(d.t, d.dir, "--base-url", "https://status.example.org/", "--now", "2026-11-21T09:30:00Z")
}

// solve ends the incident that runs.
func (d *desk) solve() {
	d.edit("content/2026-11-21-api.md", "updates:", "updates:\n  - {at: 2026-11-21T09:25:00Z, status: resolved, text: It is over.}")
}

// seenByClient is what clients from npm give back, as far as these tests look.
type seenByClient struct {
	Summary struct {
		Incidents    []seenIncident
		Maintenances []seenIncident `json:"scheduled_maintenances"`
	}
	Status struct {
		Status struct{ Indicator, Description string }
	}
	Components struct {
		Components []struct{ Name, Status string }
	}
	Incidents, Unresolved          struct{ Incidents []seenIncident }
	Maintenances, Active, Upcoming struct {
		Maintenances []seenIncident `json:"scheduled_maintenances"`
	}
}

type seenIncident struct {
	Name, Status, Impact string
	ResolvedAt           *time.Time `json:"resolved_at"`
	Updates              []struct {
		Status, Body string
		At           time.Time `json:"display_at"`
	} `json:"incident_updates"`
}

// inLines says in a line each what was seen.
func inLines(incidents []seenIncident) []string {
	lines := []string{}
	for _, x := range incidents {
		line := x.Name + ": " + x.Status + ", " + x.Impact
		if x.ResolvedAt != nil {
			line += ", over " + x.ResolvedAt.Format(time.DateTime)
		}
		for _, u := range x.Updates {
			line += " | " + u.At.Format(time.TimeOnly) + " " + u.Status + ": " + strings.ReplaceAll(u.Body, "\n", " ")
		}
		lines = append(lines, line)
	}
	return lines
}

// What the clients see of testdata/statuspage, a notice a line.
const (
	seenRuns   = `Errors & "delays" of the API: identified, major | 09:20:00 identified: We know why. | 09:00:00 investigating: We look.`
	seenOver   = `Errors & "delays" of the API: resolved, major, over 2026-11-21 09:25:00 | 09:25:00 resolved: It is over. | 09:20:00 identified: We know why. | 09:00:00 investigating: We look.`
	seenReport = "Mail was late: postmortem, minor, over 2026-11-01 12:00:00 | 12:00:00 postmortem: The queue was full. Cause A disk."
	seenPlan   = "New disks: scheduled, maintenance | 00:00:00 scheduled: New disks"
	seenWorks  = "New cables: in_progress, maintenance | 09:10:00 in_progress: We begin. | 08:00:00 scheduled: We will."
)

// check holds what a client saw of the notices against what the site says.
func (seen *seenByClient) check(t *testing.T) {
	t.Helper()
	for _, c := range []struct {
		what  string
		got   []seenIncident
		lines []string
	}{
		{"all incidents", seen.Incidents.Incidents, []string{seenRuns, seenReport}},
		{"unresolved incidents", seen.Unresolved.Incidents, []string{seenRuns}},
		{"incidents of the summary", seen.Summary.Incidents, []string{seenRuns}},
		{"upcoming maintenances", seen.Upcoming.Maintenances, []string{seenPlan}},
		{"maintenances of the summary", seen.Summary.Maintenances, []string{seenWorks, seenPlan}},
	} {
		if diff := cmp.Diff(c.lines, inLines(c.got)); diff != "" {
			t.Errorf("%s:\n%s", c.what, diff)
		}
	}
	if s := seen.Status.Status; s.Indicator != "minor" || s.Description != "Minor Service Outage" {
		t.Errorf("the whole is %v", s)
	}
	if c := seen.Components.Components; len(c) != 3 || c[1].Name != "API" || c[1].Status != "partial_outage" || c[2].Status != "under_maintenance" {
		t.Errorf("the components are %v", c)
	}
}

// client runs a script of testdata/statuspage with the address of the preview.
func (d *desk) client(ctx context.Context, modules, script string) (command *exec.Cmd, said *bytes.Buffer) {
	command = exec.CommandContext(ctx, "node", "testdata/statuspage/"+script, strings.TrimSuffix(d.url, "/"))
	command.Env = append(os.Environ(), "NODE_PATH="+modules)
	said = &bytes.Buffer{}
	command.Stderr = said
	return command, said
}

// TestStatuspageClient: a client that was written for Statuspage, unchanged but
// for the address that it is told, reads a preview.
func TestStatuspageClient(t *testing.T) {
	modules := npmModules(t)
	d := statusDesk(t)
	d.serveStatus()
	ask := func() (seen seenByClient) {
		command, said := d.client(t.Context(), modules, "client.cjs")
		out, err := command.Output()
		if err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
		if err := json.Unmarshal(out, &seen); err != nil {
			t.Fatal(err)
		}
		return seen
	}
	seen := ask()
	seen.check(t)

	d.solve()
	eventually(t, "the client is told that it is over", func() bool { return len(ask().Unresolved.Incidents) == 0 })
	seen = ask()
	if diff := cmp.Diff([]string{seenOver, seenReport}, inLines(seen.Incidents.Incidents)); diff != "" {
		t.Errorf("all incidents, later:\n%s", diff)
	}
	if s := seen.Status.Status; s.Indicator != "maintenance" || s.Description != "Service Under Maintenance" {
		t.Errorf("the whole is %v, later", s)
	}
}

// TestStatuspageWatcher: another client, which asks all eight addresses and then
// waits for news, is told what an author writes, once it is written.
func TestStatuspageWatcher(t *testing.T) {
	modules := npmModules(t)
	d := statusDesk(t)
	d.serveStatus()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	command, said := d.client(ctx, modules, "watcher.cjs")
	out, err := command.StdoutPipe()
	if err == nil {
		err = command.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	next := func() []byte {
		t.Helper()
		if !lines.Scan() {
			t.Fatalf("%v\n%s", command.Wait(), said)
		}
		return lines.Bytes()
	}
	var seen seenByClient
	if err := json.Unmarshal(next(), &seen); err != nil {
		t.Fatal(err)
	}
	seen.check(t)
	// The other client asks for those to come, whichever it is asked for.
	if diff := cmp.Diff([]string{seenWorks}, inLines(seen.Active.Maintenances)); diff != "" {
		t.Errorf("active maintenances:\n%s", diff)
	}
	if diff := cmp.Diff([]string{seenPlan, seenWorks}, inLines(seen.Maintenances.Maintenances)); diff != "" {
		t.Errorf("all maintenances:\n%s", diff)
	}

	if line := next(); string(line) != "watching" {
		t.Fatalf("it says %s", line)
	}
	d.solve()
	var news seenIncident
	if err := json.Unmarshal(next(), &news); err != nil {
		t.Fatal(err)
	}
	if got := inLines([]seenIncident{news}); got[0] != seenOver {
		t.Errorf("it is told %s, not %s", got[0], seenOver)
	}
	if err := command.Wait(); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
}

// TestStatuspageWidget: Atlassian's own widget for other people's pages shows in
// a real browser what the site says.
func TestStatuspageWidget(t *testing.T) {
	t.Parallel()
	modules := npmModules(t)
	d := statusDesk(t)
	for name, file := range map[string]string{
		"static/widget.js": "@statuspage/status-widget/dist/index.js",
		"static/shim.js":   "@webcomponents/custom-elements/src/native-shim.js",
	} {
		data, err := os.ReadFile(filepath.Join(modules, filepath.FromSlash(file)))
		if err != nil {
			t.Fatal(err)
		}
		d.save(name, string(data))
	}
	d.serveStatus()
	ctx, cancel := context.WithTimeout(chromium.Start(t), time.Minute)
	t.Cleanup(cancel)
	shows := func(indicator, description string) {
		t.Helper()
		const script = `(() => { const root = document.querySelector("statuspage-widget")?.shadowRoot;
			return (root?.querySelector(".status-indicator")?.className ?? "") + ": " + (root?.querySelector(".status-text")?.textContent ?? "") })()`
		want, got := "status-indicator "+indicator+": "+description, ""
		eventually(t, "the widget shows "+want, func() bool {
			if err := chromedp.Do(ctx, chromedp.Navigate(d.url+"widget.html")); err != nil {
				t.Fatal(err)
			}
			for end := time.Now().Add(2 * time.Second); got != want && time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
				var err error
				if got, err = chromedp.Run(ctx, chromedp.Evaluate[string](script)); err != nil {
					t.Fatal(err)
				}
			}
			return got == want
		})
	}
	shows("minor", "Minor Service Outage")
	d.solve()
	d.edit("content/2026-11-21-cables.md", "updates:", "updates:\n  - {at: 2026-11-21T09:25:00Z, status: completed, text: Done.}")
	shows("none", "All Systems Operational")
}
