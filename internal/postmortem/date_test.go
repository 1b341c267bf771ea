package postmortem

import (
	"strings"
	"testing"
)

func TestFindDate(t *testing.T) {
	for text, want := range map[string]string{
		"2017-09-27, Hub 403":                    "2017-09-27",
		"May 30th, 2019 Prow Flakiness":          "2019-05-30",
		"Incident du 1er octobre 2021":           "2021-10-01",
		"incident-du-1er-octobre-2021":           "2021-10-01",
		"inside-rust/2023/02/08/dns-outage":      "2023-02-08",
		"v2/2023/02/08/x":                        "2023-02-08",
		"PostHog Surveys SDK Bug (Oct. 3, 2025)": "2025-10-03",
		"障害は2021年11月25日午後3時":                     "2021-11-25",
		"| 2024-03-13 10:01 | Node":              "2024-03-13",
		"Störung am 27. März 2023":               "2023-03-27",
		"on 2021-02-30, that is on 2021-03-02":   "2021-03-02",
		"4/5/2023 or 2023-05-04":                 "2023-05-04",
		"Thursday, April 5th, 2024":              "2024-04-05",
		"version 1.27.2021, host 10.04.2020.1":   "",
		"at 192.10.04.2020":                      "",
		"20202-01-16":                            "",
		"2021-01-167":                            "",
		"may 2021":                               "",
		"":                                       "",
	} {
		m, ok := FindDate(text)
		if got := m.String(); got != want || ok != (want != "") {
			t.Errorf("FindDate(%q) = %q, %v; want %q", text, got, ok, want)
		}
		if !strings.Contains(text, m.Written) {
			t.Errorf("FindDate(%q).Written = %q", text, m.Written)
		}
	}
}

func TestDateInPath(t *testing.T) {
	for _, c := range []struct{ dir, name, want, rest string }{
		{"", "2021-04-29-outage", "2021-04-29", "outage"},
		{"", "2021-04-29", "2021-04-29", ""},
		{"", "2021-4-9_outage", "2021-04-09", "outage"},
		{"", "2021_04_29_outage", "2021-04-29", "outage"},
		{"", "2021-04-29 - Outage", "2021-04-29", "Outage"},
		{"", "20210429-outage", "2021-04-29", "outage"},
		{"", "outage-2021-04-29", "2021-04-29", "outage"},
		{"", "2021-04-29-to-2021-05-01", "2021-04-29", "to-2021-05-01"},
		{"", "network_outage_pm_241219", "2024-12-19", "network_outage_pm"},
		{"", "incident-du-1er-octobre-2021", "2021-10-01", "incident-du-1er-octobre-2021"},
		{"", "incident-de-production-du-29-avril-2021", "2021-04-29", "incident-de-production-du-29-avril-2021"},
		{"", "2021-07-56-vacation", "", "2021-07-56-vacation"},
		{"", "PM2021-005 - Title", "", "PM2021-005 - Title"},
		{"", "001 - Postmortem for v0.0.19", "", "001 - Postmortem for v0.0.19"},
		{"", "report_241219", "", "report_241219"},
		{"", "20219999-x", "", "20219999-x"},
		{"", "04-25-outage", "", "04-25-outage"},
		{"content/2024", "04-25-outage", "2024-04-25", "outage"},
		{"content/2024/incidents", "04-25", "2024-04-25", ""},
		{"reports/2024-04", "04-25-outage", "2024-04-25", "outage"},
		{"reports/2024-04", "05-25-outage", "", "05-25-outage"},
		{"content/2024", "13-25-outage", "", "13-25-outage"},
		{"content/2021/04/29", "outage", "2021-04-29", "outage"},
		{"content/2021/04/31", "outage", "", "outage"},
		{"content/2021/04", "outage", "", "outage"},
		{"content/2020", "2021-04-29-x", "2021-04-29", "x"},
		{"", "", "", ""},
	} {
		m, rest, ok := DateInPath(c.dir, c.name)
		if got := m.String(); got != c.want || rest != c.rest || ok != (c.want != "") {
			t.Errorf("DateInPath(%q, %q) = %q, %q, %v; want %q, %q", c.dir, c.name, got, rest, ok, c.want, c.rest)
		}
	}
}

func FuzzFindDate(f *testing.F) {
	f.Add("content/2024", "Incident du 1er octobre 2021, 2021-02-30")
	f.Add("2021/04/29", "network_outage_pm_241219")
	for _, date := range []string{"29.04.2021", "29/4/2021", "04-29-2021", "Apr-29-2021", "Thu, April 28-29, 2021", "2021年4月29日", "29th of April 2021", "5.4.21", "12 345", "1er mai 202"} {
		f.Add(date, "it was "+date+" that it broke")
	}
	f.Fuzz(func(t *testing.T, dir, text string) {
		for _, dayFirst := range []bool{false, true} {
			m, end := nextDate(text, 0, dayFirst)
			if want, wantEnd := nextDateAnywhere(text, 0, dayFirst); m != want || end != wantEnd {
				t.Errorf("%q: %+v up to %d, want %+v up to %d", text, m, end, want, wantEnd)
			}
		}
		m, ok := FindDate(text)
		if ok != m.Known() || !strings.Contains(text, m.Written) {
			t.Errorf("FindDate(%q) = %+v, %v", text, m, ok)
		}
		if m, rest, ok := DateInPath(dir, text); ok != m.Known() || !strings.Contains(text, rest) {
			t.Errorf("DateInPath(%q, %q) = %s, %q, %v", dir, text, m, rest, ok)
		}
	})
}
