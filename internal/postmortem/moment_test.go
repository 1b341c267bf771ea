package postmortem

import (
	"testing"
	"time"

	"publish/internal/diag"
)

// momentCases are the spellings of the folders that were read, and those that
// the design promises. Want is the machine form, "~" before it if approximate.
var momentCases = []struct {
	text, want string
	problem    Problem
}{
	{"2021-04-14 10:00 (est.)", "~2021-04-14T10:00:00", 0},
	{"2021-04-14 10:00 UTC (推定)", "~2021-04-14T10:00:00Z", 0},
	{"2021-04-14 10:00 (EST)", "2021-04-14T10:00:00-05:00", 0},
	{"2021-04-14T10:00:00-00:00", "2021-04-14T10:00:00Z", 0},
	{"2020-06-08T14:48:51+05:30", "2020-06-08T14:48:51+05:30", 0},
	{"2026-05-04T19:51:05.703409Z", "2026-05-04T19:51:05Z", 0},
	{"2024-12-06T07:32:53.052Z", "2024-12-06T07:32:53Z", 0},
	{"2017-12-17 16:24:00", "2017-12-17T16:24:00", 0},
	{"2021-06-04 09:10:40+00:00", "2021-06-04T09:10:40Z", 0},
	{"2010-10-19 00:37:50 +0800", "2010-10-19T00:37:50+08:00", 0},
	{"2023-12-04T8:00:00-00:00", "2023-12-04T08:00:00Z", 0},
	{"2023-01-21T9:51:30+01:00", "2023-01-21T09:51:30+01:00", 0},
	{"2019-1-30 23:59:59", "2019-01-30T23:59:59", 0},
	{"2017-02-09", "2017-02-09", 0},
	{"2013/10/12", "2013-10-12", 0},
	{"2014-07-16 23:29 UTC", "2014-07-16T23:29:00Z", 0},
	{"2021-06-01T23:00:00", "2021-06-01T23:00:00", 0},
	{"1628-08-10T12:00:00Z", "1628-08-10T12:00:00Z", 0},
	{"April 28, 2020", "2020-04-28", 0},
	{"April 14th 2022", "2022-04-14", 0},
	{"March 4th 2022", "2022-03-04", 0},
	{"January 5 2023", "2023-01-05", 0},
	{"Nov. 21st, 2024", "2024-11-21", 0},
	{"30th January 2023", "2023-01-30", 0},
	{"28-Jun-2025", "2025-06-28", 0},
	{"Sep 27 2017 13:06", "2017-09-27T13:06:00", 0},
	{"May 28 2025, 11:30 AM UTC", "2025-05-28T11:30:00Z", 0},
	{"15 December 2024, 03:53 (UTC)", "2024-12-15T03:53:00Z", 0},
	{"Apr 05, 2024 - 14:55 UTC", "2024-04-05T14:55:00Z", 0},
	{"Thursday, April 5th, 2024", "2024-04-05", 0},
	{"January 14-19, 2026", "2026-01-14", 0},
	{"5 avril 2024 à 14h55", "2024-04-05T14:55:00", 0},
	{"1er octobre 2021", "2021-10-01", 0},
	{"jeudi 29 avril 2021", "2021-04-29", 0},
	{"29 avril 2021 à 9\u00A0h\u00A021", "2021-04-29T09:21:00", 0},
	{"21.04.2020", "2020-04-21", 0},
	{"29/04/2021", "2021-04-29", 0},
	{"04/29/2021", "2021-04-29", 0},
	{"5/5/2021", "2021-05-05", 0},
	{"2021年11月25日", "2021-11-25", 0},
	{"2021-04-29T10:00:00+02:00[Europe/Paris]", "2021-04-29T10:00:00+02:00", 0},
	{"2021-04-29 10:00 Europe/Paris", "2021-04-29T10:00:00+02:00", 0},
	{"2021-01-29 10:00 CET", "2021-01-29T10:00:00+01:00", 0},
	{"2021-04-29 10:00 UTC+1", "2021-04-29T10:00:00+01:00", 0},
	{"2022-01-25 1100CET", "2022-01-25T11:00:00+01:00", 0},
	{"2021-04-29 9:21 PM", "2021-04-29T21:21:00", 0},
	{"2021-04-29 12 am", "2021-04-29T00:00:00", 0},
	{"2021-04-29 13:55 PM", "2021-04-29T13:55:00", 0},
	{"~2021-04-29 14:45", "~2021-04-29T14:45:00", 0},
	{"vers le 29 avril 2021", "~2021-04-29", 0},
	{"2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z", 0},
	{"2021-04-29 24:00", "2021-04-30T00:00:00", 0},
	{"", "", 0},
	{"--:--", "", 0},
	{"??", "", 0},
	{"unknown", "", 0},

	{"2017-06-31 23:59:59", "", NoSuchMoment},
	{"2019-6-31", "", NoSuchMoment},
	{"2021-02-29", "", NoSuchMoment},
	{"June 31, 2020", "", NoSuchMoment},
	{"31.13.2020", "", NoSuchMoment},
	{"0000-01-01", "", NoSuchMoment},
	{"2024-08-13T015:00:00+02:00", "", NoSuchMoment},
	{"2021-04-29 24:30", "", NoSuchMoment},
	{"2021-04-29 10:60", "", NoSuchMoment},
	{"2021-04-29 10:00 +25:00", "", NoSuchMoment},
	{"2021-04-29 13:00 AM", "", NoSuchMoment},
	{"4/5/2023", "", AmbiguousDate},
	{"2021-04-29 10:00 IST", "", AmbiguousZone},

	{"soon", "", NotMoment},
	{"2021", "", NotMoment},
	{"2021-04", "", NotMoment},
	{"April 2021", "", NotMoment},
	{"2021-04-29 at noon", "", NotMoment},
	{"2021-04-29 10:00 and more", "", NotMoment},
	{"2021-04-29x", "", NotMoment},
	{"2021-04-29 10:00 ()", "", NotMoment},
	{"2021-04-29 10:00+01:00[]", "", NotMoment},
	{"4 h []", "", NotMoment},
	{"3 servers", "", NotMoment},
	{"12345", "", NotMoment},
	{"true", "", NotMoment},
}

func TestParseMoment(t *testing.T) {
	for _, c := range momentCases {
		m, problem := ParseMoment(c.text)
		got := m.String()
		if m.Approximate {
			got = "~" + got
		}
		if got != c.want || problem != c.problem {
			t.Errorf("ParseMoment(%q) = %q, problem %d; want %q, problem %d", c.text, got, problem, c.want, c.problem)
		}
		if m.Written != "" && m.Written != c.text {
			t.Errorf("ParseMoment(%q).Written = %q", c.text, m.Written)
		}
	}
}

// RFC 3339 has years of four digits.
func TestNoMomentLiesBeyondTheYear9999(t *testing.T) {
	if m, problem := ParseMoment("9999-12-31 24:00"); problem != NoSuchMoment {
		t.Errorf("ParseMoment = %s, problem %d", m, problem)
	}
	if m, problem := ParseMoment("9999-12-31 23:59"); problem != NoProblem || m.String() != "9999-12-31T23:59:00" {
		t.Errorf("ParseMoment = %s, problem %d", m, problem)
	}
	last := time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
	if m := mustMoment(t, "24:00").On(last); m.String() != "" || m.Written != "24:00" || m.Known() || m.ClockOnly() {
		t.Errorf("On = %+v", m)
	}
	var diags diag.List
	c := calendar{near: last, diags: &diags}
	for _, text := range []string{"23:50", "00:10", "24:00", "22:00-01:00", "T+5h", "9999-12-31 24:00"} {
		e, problem := scanEntryTime(text, nil)
		if problem != NoProblem {
			continue
		}
		if at, until := c.place(e, text, diag.Pos{}); at.Time.Year() > 9999 || until.Time.Year() > 9999 || at.Written != text {
			t.Errorf("%q: %s to %s, written %q", text, at, until, at.Written)
		}
	}
	if _, problem := scanEntryTime("9999-12-31 24:00 deployed", nil); problem != NoSuchMoment {
		t.Errorf("an entry beyond the last year: problem %d", problem)
	}
}

func TestClockOnly(t *testing.T) {
	day := time.Date(2021, 4, 29, 0, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"09:21": "2021-04-29T09:21:00", "9 h 21": "2021-04-29T09:21:00", "13h53": "2021-04-29T13:53:00", "18h": "2021-04-29T18:00:00",
		"1100CET": "2021-04-29T11:00:00+01:00", "9:21:07 AM": "2021-04-29T09:21:07", "~14:45": "2021-04-29T14:45:00",
		"vers 15h": "2021-04-29T15:00:00", "24:00": "2021-04-30T00:00:00", "9pm PDT": "2021-04-29T21:00:00-07:00",
	} {
		m, problem := ParseMoment(text)
		if problem != NoProblem || !m.ClockOnly() || m.Known() || m.String() != "" {
			t.Errorf("ParseMoment(%q) = %+v, problem %d; want a clock without a day", text, m, problem)
		}
		if got := m.On(day).String(); got != want {
			t.Errorf("ParseMoment(%q).On(day) = %s, want %s", text, got, want)
		}
	}
	dated, _ := ParseMoment("2020-01-01 10:00")
	if got := dated.On(day).String(); got != "2020-01-01T10:00:00" {
		t.Errorf("On changed a moment with a day: %s", got)
	}
}

func TestSiteAbbreviations(t *testing.T) {
	m, problem := parseMoment("2021-04-29 10:00 IST", map[string]string{"IST": "Asia/Kolkata"})
	if got := m.String(); problem != NoProblem || got != "2021-04-29T10:00:00+05:30" {
		t.Errorf("got %s, problem %d, want 2021-04-29T10:00:00+05:30", got, problem)
	}
}

func TestLoadZone(t *testing.T) {
	own := map[string]string{"IST": "+02:00", "OPS": "Europe/Paris", "CET": "Europe/Paris", "LOOP": "LOOP"}
	july := time.Date(2021, 7, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		text string
		own  map[string]string
		want string // the offset in July; empty if there is no such zone
	}{
		{"Europe/Paris", nil, "+02:00"}, {"America/Port-au-Prince", nil, "-04:00"}, {"Etc/GMT+5", nil, "-05:00"},
		{"UTC", nil, "+00:00"}, {"Z", nil, "+00:00"}, {"+02:00", nil, "+02:00"}, {"-0330", nil, "-03:30"}, {"UTC+1", nil, "+01:00"},
		{"GMT-8", nil, "-08:00"}, {"BST", nil, "+01:00"}, {"ET", nil, "-04:00"}, {"CET", nil, "+01:00"}, {"CET", own, "+02:00"}, {"IST", own, "+02:00"}, {"OPS", own, "+02:00"},
		{"IST", nil, ""}, {"LOOP", own, ""}, {"", nil, ""}, {"Local", nil, ""}, {"Europe/Nowhere", nil, ""}, {"Paris", nil, ""},
		{"../etc/passwd", nil, ""}, {"+25:00", nil, ""}, {"()", nil, ""}, {"[]", nil, ""}, {"CET and more", nil, ""},
	} {
		location, ok := LoadZone(c.text, c.own)
		got := ""
		if ok {
			got = july.In(location).Format("-07:00")
		}
		if got != c.want {
			t.Errorf("LoadZone(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func FuzzParseMoment(f *testing.F) {
	for _, c := range momentCases {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, problem := ParseMoment(text)
		if problem != NoProblem && m.Precision != NoTime {
			t.Errorf("%q: problem %d and %s", text, problem, m)
		}
		if _, offset := m.Time.Zone(); !m.Known() || m.Time.Year() > 9999 || offset%60 != 0 {
			return // RFC 3339 has four digits for the year and no seconds of offsets
		}
		again, problem := ParseMoment(m.String())
		if problem != NoProblem || !again.Time.Equal(m.Time) || again.String() != m.String() || again.Zoned != m.Zoned && m.Precision > Day {
			t.Errorf("%q: %s read again is %s, problem %d", text, m, again, problem)
		}
	})
}
