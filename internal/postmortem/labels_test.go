package postmortem

import (
	"slices"
	"strings"
	"testing"

	"publish/internal/block"
	"publish/internal/diag"
)

func TestReadLabels(t *testing.T) {
	f := reading(t, "labels.md", onDay("2024-03-05")).Facts
	equal(t, "severity", f.Severity.Text, "SEV-2")
	equal(t, "status", f.Status, StatusResolved)
	equal(t, "start", f.Start.String(), "2024-03-05T09:10:00Z")
	equal(t, "detected", f.Detected.String(), "2024-03-05T09:25:00Z")
	equal(t, "resolved, which only the timeline says", f.Resolved.String(), "")
	equal(t, "trigger", f.Trigger, "a configuration change")
	if want := []string{"Checkout", "Payments (cards)"}; !slices.Equal(f.Services, want) {
		t.Errorf("services: %q", f.Services)
	}
	if want := []Author{{Name: "Ana Lima"}, {Name: "Bo Ek", Email: "bo@example.org"}}; !slices.Equal(f.Authors, want) {
		t.Errorf("authors: %+v", f.Authors)
	}
}

func TestReadLabelsInATable(t *testing.T) {
	f := reading(t, "form.md", Context{}).Facts
	equal(t, "severity", f.Severity.Text, "SEV3")
	equal(t, "start", f.Start.String(), "2024-05-02T08:00:00+02:00")
	equal(t, "resolved", f.Resolved.String(), "2024-05-02T09:30:00+02:00")
	equal(t, "duration", f.Declared.Duration.Value.String(), "1h30m0s")
	equal(t, "services", len(f.Services), 1)
}

func TestLabelsInLine(t *testing.T) {
	cases := []struct {
		text   string
		fields []string
		values []string
	}{
		{"Severity: SEV1", []string{"severity"}, []string{"SEV1"}},
		{"Temps de résolution : 4h50min", []string{"time_to_resolve"}, []string{"4h50min"}},
		{"持续时间：53 分钟", []string{"duration"}, []string{"53 分钟"}},
		{"Total impact duration: 5 hours (10:45 - 15:45 UTC) Detection delay: 4 hours",
			[]string{"duration", "time_to_detect"}, []string{"5 hours (10:45 - 15:45 UTC)", "4 hours"}},
		{"Created by: Ana Last modified: 2024-05-01", []string{"authors", "updated"}, []string{"Ana", "2024-05-01"}},
		{"We knew the severity: it was bad", nil, nil},
		{"10:45 Severity: raised to SEV1", nil, nil},
	}
	for _, c := range cases {
		var fields, values []string
		for _, l := range labelsIn(c.text, oneLine, diag.Pos{}) {
			fields, values = append(fields, l.field), append(values, l.value)
		}
		if !slices.Equal(fields, c.fields) || !slices.Equal(values, c.values) {
			t.Errorf("labelsIn(%q) = %q %q", c.text, fields, values)
		}
	}
}

// Lines that a soft break joins are lines still: a label that means nothing to
// us ends the value above it.
func TestLabelsInLines(t *testing.T) {
	cases := []struct {
		lines          []string
		fields, values []string
	}{
		{[]string{"Gravedad: alta", "Patrón visto: dos veces", "Estado: resuelto"}, []string{"severity", "status"}, []string{"alta", "resuelto"}},
		{[]string{"Severity: High", "Project: billing"}, []string{"severity"}, []string{"High"}},
		{[]string{"级别：P1", "项目：账单"}, []string{"severity"}, []string{"P1"}},
		{[]string{"Services: mail,", "web shop"}, []string{"services"}, []string{"mail, web shop"}},
		{[]string{"Severity: High since nobody", "could pay: not even once"}, []string{"severity"}, []string{"High since nobody could pay: not even once"}},
	}
	for _, c := range cases {
		b := block.Block{Text: strings.Join(c.lines, " ")}
		for at := 0; len(c.lines) > 1; c.lines = c.lines[1:] {
			at += len(c.lines[0])
			b.Soft = append(b.Soft, at)
			at++
		}
		var fields, values []string
		for _, l := range labelsIn(b.Text, b.LineStarts, diag.Pos{}) {
			fields, values = append(fields, l.field), append(values, l.value)
		}
		if !slices.Equal(fields, c.fields) || !slices.Equal(values, c.values) {
			t.Errorf("labelsIn(%q) = %q %q", b.Text, fields, values)
		}
	}
}

func TestMomentsBehindLabels(t *testing.T) {
	r, _ := readText(blocksOf("# Mails late\n\n- Time of first impact: 2024-05-02T10:00:00Z UTC\n- Time mitigated (repaired): 2024-05-02 10:20 UTC\n- Time acknowledge: 2024-05-02 10:05 UTC"), Context{})
	equal(t, "start", r.Facts.Start.String(), "2024-05-02T10:00:00Z")
	equal(t, "mitigated", r.Facts.Mitigated.String(), "2024-05-02T10:20:00Z")
	equal(t, "acknowledged", r.Facts.Acknowledged.String(), "2024-05-02T10:05:00Z")
}

func TestStatusIn(t *testing.T) {
	cases := map[string]Status{
		"Resolved": StatusResolved,
		"resolved (2024-05-02). All was well after the second deploy, and nobody had to do more than look at the graphs": StatusResolved,
		"mitigated; the rest follows": StatusMonitoring,
		"Resuelto":                    StatusResolved,
		"em investigação":             StatusInvestigating,
		"Draft (all was resolved)":    "",
		"Resolved / Draft":            "",
	}
	for text, want := range cases {
		equal(t, text, statusIn(text), want)
	}
}

func TestSeverityIn(t *testing.T) {
	cases := map[string]string{
		"SEV-2 – slow":                         "SEV-2",
		"Major (high impact)":                  "Major",
		"Sévérité 1, arrêt du site":            "Sévérité 1",
		"P0 / P1 / P2":                         "",
		"[choose one]":                         "",
		"All was down. Nobody could pay.":      "",
		"Some users were affected":             "",
		"Critical.":                            "Critical",
		"High for EU":                          "High for EU",
		"it was worse than all that we saw so": "",
	}
	for text, want := range cases {
		equal(t, text, severityIn(text), want)
	}
}

func FuzzLabelsIn(f *testing.F) {
	f.Add("Severity: SEV1 Duration: 5 min")
	f.Add("État : résolu")
	f.Add("级别：P1")
	f.Fuzz(func(t *testing.T, text string) {
		for _, l := range labelsIn(text, oneLine, diag.Pos{}) {
			if l.field == "" || len(l.value) > len(text) {
				t.Errorf("labelsIn(%q) = %+v", text, l)
			}
		}
	})
}
