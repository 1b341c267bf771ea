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
