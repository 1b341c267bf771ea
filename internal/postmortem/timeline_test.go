package postmortem

import (
	"fmt"
	"strings"
	"testing"
)

func events(p *Postmortem) string {
	var b strings.Builder
	for _, v := range p.Timeline {
		fmt.Fprintf(&b, "%d:%d %s|%s|%q\n", v.Pos.Line, v.Pos.Column, v.At, v.At.Written, v.Text)
	}
	return b.String()
}

func TestTimeline(t *testing.T) {
	for _, c := range []struct{ name, yaml, want, told string }{
		{
			"block of lines", "date: 2021-04-29\ntimeline: |\n  09:21 deployed the update\n  - 9 h 28 : alert\n    in three regions\n\n  **13h53** rollback\n",
			"3:0 2021-04-29T09:21:00|09:21|\"deployed the update\"\n4:0 2021-04-29T09:28:00|9 h 28|\"alert\\nin three regions\"\n7:0 2021-04-29T13:53:00|13h53|\"rollback\"\n", "",
		},
		{
			"days in the block", "timeline: |\n  2021-04-29\n  23:50 a\n  30 avril 2021\n  00:10 b\n",
			"3:0 2021-04-29T23:50:00|23:50|\"a\"\n5:0 2021-04-30T00:10:00|00:10|\"b\"\n", "",
		},
		{
			"line without a time", "timeline: |\n  deployed\n  09:21 a\n",
			"2:0 ||\"deployed\"\n3:0 |09:21|\"a\"\n",
			`f:2 warning time-unread: no time was found at the beginning of "deployed" (begin it with a time, as 09:21 or 2021-04-29 09:21, or with --:-- if none is known)`,
		},
		{
			"strings", "start: 2021-04-29\ntimeline:\n  - 2021-04-28 09:21 UTC - a\n  - \"[08:47] b\"\n  - \"`07:35` c\"\n  - --:-- d\n  - \"14:?? e\"\n  - ~14:45, f\n",
			"3:5 2021-04-28T09:21:00Z|2021-04-28 09:21 UTC|\"a\"\n4:5 2021-04-28T08:47:00|08:47|\"b\"\n5:5 2021-04-28T07:35:00|07:35|\"c\"\n6:5 |--:--|\"d\"\n7:5 |14:??|\"e\"\n8:5 2021-04-28T14:45:00|~14:45|\"f\"\n", "",
		},
		{
			"colons that YAML reads", "date: 2021-04-29\ntimeline:\n  - 09:21: deployed\n  - 09:22 the server: down\n  - 09:23:\n",
			"3:5 2021-04-29T09:21:00|09:21|\"deployed\"\n4:5 2021-04-29T09:22:00|09:22|\"the server: down\"\n5:5 2021-04-29T09:23:00|09:23|\"\"\n", "",
		},
		{
			"mapping of times", "date: 2021-04-29\ntimeline:\n  09:21: a\n  09:22: b\n",
			"3:3 2021-04-29T09:21:00|09:21|\"a\"\n4:3 2021-04-29T09:22:00|09:22|\"b\"\n", "",
		},
		{
			"a day carries forward", "date: 2021-04-29\ntimeline:\n  - {at: 2021-05-02 10:00, text: a}\n  - {at: 11:00, text: b}\n",
			"3:5 2021-05-02T10:00:00|2021-05-02 10:00|\"a\"\n4:5 2021-05-02T11:00:00|11:00|\"b\"\n", "",
		},
		{
			"French words that look like zones", "date: 2021-04-29\ntimeline:\n  - 9h21 et le site tombe\n  - 18h cet hôte\n",
			"3:5 2021-04-29T09:21:00|9h21|\"et le site tombe\"\n4:5 2021-04-29T18:00:00|18h|\"cet hôte\"\n", "",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, list := decode(t, c.yaml, Options{})
			if got := events(p); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
			if got := told(list); got != c.told {
				t.Errorf("got %s, want %s", got, c.told)
			}
		})
	}
}

func TestFillDays(t *testing.T) {
	p := quiet(t, "timeline: ['09:21 a', '09:22 b']\nresolved: 10:00\nupdates: [09:30 x]\nimpacts: [{from: 09:00}]\n")
	if p.Timeline[0].At.Known() {
		t.Error("a clock without a day is known")
	}
	day, _ := ParseMoment("2021-04-29")
	p.FillDays(day)
	for _, m := range []Moment{p.Timeline[1].At, p.Resolved, p.Updates[0].At, p.Impacts[0].From} {
		if m.DateString() != "2021-04-29" {
			t.Errorf("%q is on %s, want 2021-04-29", m.Written, m.DateString())
		}
	}
}

func TestParseEventTime(t *testing.T) {
	for text, want := range map[string]string{
		"09:21: deployed":            "09:21|deployed",
		"9 h 21 – livraison":         "9 h 21|livraison",
		"1100CET first":              "1100CET|first",
		"9:21 AM | x":                "9:21 AM|x",
		"**16:58 UTC** - Writer":     "16:58 UTC|Writer",
		"**01:38: alerts fired**":    "01:38|alerts fired",
		"Apr 05, 2024 - 14:55 UTC x": "Apr 05, 2024 - 14:55 UTC|x",
		"vers 15h, le site":          "vers 15h|le site",
		"2021-04-29":                 "2021-04-29|",
		"3 servers died":             "",
		"18hours later":              "",
		"**bold** text":              "",
		"**09:21 never closed":       "",
		"[link](x) 09:21":            "",
		"":                           "",
	} {
		m, _, rest, ok := parseEventTime(text, nil)
		got := ""
		if ok {
			got = m.Written + "|" + rest
		}
		if got != want {
			t.Errorf("parseEventTime(%q) = %q, want %q", text, got, want)
		}
	}
}
