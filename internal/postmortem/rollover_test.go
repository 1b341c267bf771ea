package postmortem

import (
	"strings"
	"testing"
	"time"

	"publish/internal/diag"
)

// saidOfClocks places clocks of a day one after the other and gives what is said.
func saidOfClocks(t *testing.T, zone, day string, clocks ...string) string {
	t.Helper()
	location, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	var diags diag.List
	c := calendar{near: mustMoment(t, day).Time, zone: location, diags: &diags}
	if zone == "" {
		c.zone = nil
	}
	for _, text := range clocks {
		e, problem := scanEntryTime(text, nil)
		if problem != NoProblem {
			t.Fatalf("%q is no time", text)
		}
		c.place(e, text, diag.Pos{})
	}
	var lines []string
	for _, d := range diags {
		lines = append(lines, string(d.Code)+" "+d.Message)
	}
	return strings.Join(lines, "\n")
}

func TestClocksThatChange(t *testing.T) {
	for _, c := range []struct {
		zone, day string
		clocks    []string
		want      string
	}{
		{"Europe/Paris", "2022-03-27", []string{"01:59", "02:30", "03:00"},
			`time-nonexistent "02:30" does not exist on 2022-03-27, when the clocks went forward: 2022-03-27T01:30:00+01:00 or 2022-03-27T03:30:00+02:00 is meant`},
		{"Europe/Paris", "2021-10-31", []string{"01:59", "02:50 +02:00", "02:10"},
			`time-ambiguous "02:10" is twice on 2021-10-31, when the clocks went back: 2021-10-31T02:10:00+02:00 or 2021-10-31T02:10:00+01:00 is meant`},
		{"Australia/Lord_Howe", "2022-10-02", []string{"01:59", "02:15", "02:30"},
			`time-nonexistent "02:15" does not exist on 2022-10-02, when the clocks went forward: 2022-10-02T01:45:00+10:30 or 2022-10-02T02:45:00+11:00 is meant`},
		{"Australia/Lord_Howe", "2022-04-03", []string{"01:29", "01:45", "02:05"},
			`time-ambiguous "01:45" is twice on 2022-04-03, when the clocks went back: 2022-04-03T01:45:00+11:00 or 2022-04-03T01:45:00+10:30 is meant`},
		{"America/Sao_Paulo", "2018-11-04", []string{"00:30", "01:00"},
			`time-nonexistent "00:30" does not exist on 2018-11-04, when the clocks went forward: 2018-11-03T23:30:00-03:00 or 2018-11-04T01:30:00-02:00 is meant`},
		{"Europe/Paris", "2022-03-27", []string{"03:00", "01:59"}, `timeline-order "01:59" stands behind "03:00", which is later`},
		{"", "2022-05-03", []string{"09:00", "10:00 PDT", "10:05", "09:30"}, `timeline-order "09:30" stands behind "10:05", which is later`},
		{"", "2022-05-03", []string{"10:00 PDT", "09:30"}, ""},
	} {
		if got := saidOfClocks(t, c.zone, c.day, c.clocks...); got != c.want {
			t.Errorf("%s, %v:\ngot  %s\nwant %s", c.zone, c.clocks, got, c.want)
		}
	}
}

func TestClocksOfFrontMatterThatChange(t *testing.T) {
	const gone = "warning time-nonexistent: \"02:30\" does not exist on 2022-03-27, when the clocks went forward: " +
		"2022-03-27T01:30:00+01:00 or 2022-03-27T03:30:00+02:00 is meant (write the offset behind it, as in +01:00)"
	for _, c := range []struct{ yaml, want string }{
		{"start: 2022-03-27 01:30\n\ndetected: 02:30\nresolved: 03:30\n", "f:3:11 " + gone},
		{"start: 2022-03-27 01:30\ntimeline:\n  - 02:30 a\n  - 03:10 b\n", "f:3:5 " + gone},
		{"start: 2022-03-27 01:30\ntimeline: |\n  02:30 a\n", "f:3 " + gone},
		{"date: 2022-03-27\nimpacts:\n  - {from: 02:30, text: a}\n", "f:3:12 " + gone},
		{"timezone: Europe/London\nstart: 2022-03-27 02:30\n", ""},
		{"start: 2022-03-27 02:30 +02:00\n", ""},
		{"start: 2022-03-27 00:30 Europe/Paris\nresolved: 2022-03-27 02:30 UTC\n", ""},
		{"start: 2022-03-27 02:30 Europe/Paris\n", `f:1:8 warning time-nonexistent: "2022-03-27 02:30 Europe/Paris" does not exist on 2022-03-27, when the clocks went forward: 2022-03-27T01:30:00+01:00 or 2022-03-27T03:30:00+02:00 is meant (write the offset behind it, as in +01:00)`},
		{"end: 2021-10-31 02:10\n", `f:1:6 warning time-ambiguous: "2021-10-31 02:10" is twice on 2021-10-31, when the clocks went back: 2021-10-31T02:10:00+02:00 or 2021-10-31T02:10:00+01:00 is meant (write the offset behind it, as in +01:00)`},
	} {
		p := quiet(t, c.yaml)
		zone, ok := LoadZone(p.Timezone, nil)
		if !ok {
			zone, _ = LoadZone("Europe/Paris", nil)
		}
		if got := told(p.DoubtClocks(zone)); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.yaml, got, c.want)
		}
	}
}
