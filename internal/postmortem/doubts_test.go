package postmortem

import (
	"fmt"
	"strings"
	"testing"

	"publish/internal/block"
	"publish/internal/diag"
)

// textBlocks makes blocks of lines: `# ` begins a heading, `- ` an item, `|` a
// row with cells between `|`; `\n` in a line is a hard break.
func textBlocks(text string) []block.Block {
	var blocks []block.Block
	list := 0
	for n, line := range strings.Split(strings.TrimSpace(text), "\n") {
		b := block.Block{Kind: block.Paragraph, Text: line, Pos: diag.Pos{File: "f", Line: n + 1, Column: 1}}
		switch {
		case line == "":
			list++
			continue
		case strings.HasPrefix(line, "# "):
			b.Kind, b.Depth, b.Text = block.Heading, 2, line[2:]
		case strings.HasPrefix(line, "- "):
			b.Kind, b.Depth, b.List, b.Text = block.Item, 1, list, line[2:]
		case strings.HasPrefix(line, "|"):
			b.Kind, b.List = block.Row, list
			for cell := range strings.SplitSeq(strings.Trim(line, "|"), "|") {
				b.Cells = append(b.Cells, strings.TrimSpace(cell))
			}
			b.Text = strings.Join(b.Cells, "\t")
			b.Head = len(blocks) == 0 || blocks[len(blocks)-1].List != list
		}
		b.Text = strings.ReplaceAll(b.Text, `\n`, "\n")
		blocks = append(blocks, b)
	}
	return blocks
}

// doubted gives the doubts about a text of a day, with its events under a
// heading "Timeline", as lines `line code message`.
func doubted(t *testing.T, day, text string) string {
	t.Helper()
	c := Context{}
	if day != "" {
		c.Date = mustMoment(t, day)
	}
	blocks := textBlocks(text)
	r, _ := readText(blocks, c)
	p := r.Facts
	InferKinds(p.Timeline, "")
	NameEvents(p.Timeline)
	var lines []string
	for _, d := range p.Doubts(blocks, c) {
		if d.Hint == "" || d.Level != diag.Warning && d.Code != diag.HostMismatch {
			t.Errorf("%s has no remedy or is no warning", d.Message)
		}
		lines = append(lines, fmt.Sprintf("%d %s %s", d.Line, d.Code, d.Message))
	}
	return strings.Join(lines, "\n")
}

// doubtTest is a text of a day and what is said of it; empty for nothing.
type doubtTest struct{ day, text, want string }

func testDoubts(t *testing.T, tests []doubtTest) {
	t.Helper()
	for _, test := range tests {
		if got := doubted(t, test.day, test.text); got != test.want {
			t.Errorf("%s %q:\ngot  %s\nwant %s", test.day, test.text, got, test.want)
		}
	}
}

func TestWeekdayDoubts(t *testing.T) {
	testDoubts(t, []doubtTest{
		{"", "It broke on Wednesday, March 3rd, 2022.", `1 weekday-mismatch "Wednesday, March 3rd, 2022": 3 March 2022 is a Thursday`},
		{"", "It broke on Thursday, March 3rd, 2022.", ""},
		{"", "Broken on 3 March 2022 (Wednesday), fixed later", `1 weekday-mismatch "3 March 2022 (Wednesday)": 3 March 2022 is a Thursday`},
		{"2022-03-04", "# Mercredi 3 mars", `1 weekday-mismatch "Mercredi 3 mars": 3 March 2022 is a Thursday`},
		{"2022-03-04", "# Jeudi 3 mars", ""},
		{"2023-01-04", "# Donnerstag, 30. Dezember", `1 weekday-mismatch "Donnerstag, 30. Dezember": 30 December 2022 is a Friday`},
		{"", "El miércoles, 3 de marzo de 2022", `1 weekday-mismatch "miércoles, 3 de marzo de 2022": 3 March 2022 is a Thursday`},
		{"", "Na quarta-feira, 3 de março de 2022", `1 weekday-mismatch "quarta-feira, 3 de março de 2022": 3 March 2022 is a Thursday`},
		{"", "В среду, 3 марта 2022", `1 weekday-mismatch "среду, 3 марта 2022": 3 March 2022 is a Thursday`},
		{"", "среда, 3 марта 2022", `1 weekday-mismatch "среда, 3 марта 2022": 3 March 2022 is a Thursday`},
		{"", "2022年3月3日(水) 障害", `1 weekday-mismatch "2022年3月3日(水)": 3 March 2022 is a Thursday`},
		{"", "2022年3月3日（木）障害", ""},
		{"", "2022年3月3日星期三", `1 weekday-mismatch "2022年3月3日星期三": 3 March 2022 is a Thursday`},
		{"2022-03-03", "| Day | Date\n| Wed | Mar 3", `2 weekday-mismatch "Wed Mar 3": 3 March 2022 is a Thursday`},
		// Another year may be meant, or no date at all.
		{"2022-03-04", "The audit is due on Wednesday 3 October", ""},
		{"2022-03-04", "From Wednesday/Thursday 3-4 March on", ""},
		{"2022-03-04", "On 2 March, Thursday 3 March and Friday 4 March", ""},
		{"2022-03-04", "we sat 3 March in the dark; mon 3 mars", ""},
		{"2022-03-04", "Every Wednesday. 3 March 2022 was different", ""},
		{"", "# Thursday 17 September", `1 time-ambiguous "Thursday 17 September" has no year, nor has any date of the report: it is a Thursday in 2015, 2020 and 2026`},
		{"", "# Thursday 17 September\nWritten on 2020-09-20", ""},
	})
}

func TestZoneDoubts(t *testing.T) {
	testDoubts(t, []doubtTest{
		{"2022-07-05", "(Heure française, UTC+1)", `1 zone-mismatch "Heure française, UTC+1": on 5 July 2022 Paris is at UTC+2, not UTC+1`},
		{"2022-07-05", "(Heure française, UTC+2)", ""},
		{"2022-12-05", "(Heure française, UTC+1)", ""},
		{"2022-12-05", "All times in UTC+2 (Zurich time).", `1 zone-mismatch "UTC+2 (Zurich time)": on 5 December 2022 Zurich is at UTC+1, not UTC+2`},
		{"2022-03-27", "(Heure française, UTC+1)", ""}, // the day on which the clocks change
		{"2022-07-05", "All times in PST (UTC-7).", `1 zone-mismatch "PST (UTC-7)": PST is UTC-8, not UTC-7
1 zone-mismatch "PST" on 5 July 2022: PST is UTC-8, but Los Angeles kept PDT (UTC-7) that day`},
		{"2022-07-05", "All times in PDT (UTC-7).", ""},
		{"2022-07-05", "All times in CET/CEST (UTC+1/+2).", ""},
		{"2022-07-05", "All times in CET.", `1 zone-mismatch "CET" on 5 July 2022: CET is UTC+1, but Paris kept CEST (UTC+2) that day`},
		{"2022-12-05", "All times in CET.", ""},
		{"2022-12-05", "| Time (PDT) | Event\n| 10:00 | Alert triggered\n| 10:20 | Incident resolved", `1 zone-mismatch "PDT" on 5 December 2022: PDT is UTC-7, but Los Angeles kept PST (UTC-8) that day`},
		{"2022-12-05", "# Timeline\n- 10:00 CEST Alert triggered\n- 10:20 CEST Incident resolved", `2 zone-mismatch "CEST" on 5 December 2022: CEST is UTC+2, but Paris kept CET (UTC+1) that day`},
		{"2022-07-05", "The plan of January: at 09:00 CET on 12 January 2023 all clusters move", ""},
		{"2022-07-05", "Our office is in the CET zone; EST is an acronym here", ""},
		{"", "All times in CET.", ""}, // of no day
		{"2022-07-05", "From 2022-12-05T10:00+02:00[Europe/Paris] on", `1 zone-mismatch "+02:00[Europe/Paris]": on 5 December 2022 Paris is at UTC+1, not UTC+2`},
	})
}

const shortTimeline = `# Timeline
- 09:00 Outage begins
- 09:12 Alert triggered
- 11:40 Incident resolved
`

func TestADoubtNamesTheLineOfASoftBreak(t *testing.T) {
	text := "The times of the\nreport are all in PST (UTC-7).\nSo are these."
	first := strings.Index(text, "\n")
	blocks := []block.Block{{
		Kind: block.Paragraph, Text: strings.ReplaceAll(text, "\n", " "), Soft: []int{first, strings.LastIndex(text, "\n")},
		Pos: diag.Pos{File: "f", Line: 7, Column: 1},
	}}
	p := &Postmortem{}
	list := p.Doubts(blocks, Context{Date: mustMoment(t, "2022-07-05")})
	if len(list) != 2 || list[0].Line != 8 || list[1].Line != 8 {
		t.Errorf("%v, want two doubts about line 8", list)
	}
}

func TestDurationDoubts(t *testing.T) {
	measures := "\n# Metrics\n\n"
	testDoubts(t, []doubtTest{
		{"2022-03-03", shortTimeline + measures + "- Time to detect: 12 min\n- Time to resolve: 2h 40m", ""},
		{"2022-03-03", shortTimeline + measures + "- Time to detect: 28 min", `8 duration-mismatch time to detect "28 min": no two times of the report are so far apart; the nearest are 09:00 and 09:12, 12 min apart, 16 min less`},
		{"2022-03-03", shortTimeline + "In truth it began at 08:44." + measures + "- Time to detect: 28 min", ""},
		{"2022-03-03", shortTimeline + measures + "- Time to resolve: about 2h 30m", ""},
		{"2022-03-03", shortTimeline + measures + "- Time to resolve: 5h (in hours of support)", ""},
		// Told in sentences only, each a minute or more away.
		{"", "L’alerte est arrivée à 13h53 et tout marchait de nouveau à 18h40, après des lenteurs vers 15h.\n# Métriques\n\n- Temps de résolution : 4h50min",
			`4 duration-mismatch time to resolve "4h50min": no two times of the report are so far apart; the nearest are 13h53 and 18h40, 4 h 47 min apart, 3 min less`},
		{"", "La réunion dure 4h50, la suivante 2h10.\n# Métriques\n\n- Temps de résolution : 4h55min", ""},
	})
}

func TestStatedEndsCountAlone(t *testing.T) {
	p := &Postmortem{
		Start: mustMoment(t, "2022-03-03 09:00"), Detected: mustMoment(t, "2022-03-03 09:20"), Resolved: mustMoment(t, "2022-03-03 11:00"),
		Declared: Declared{TimeToResolve: ParseDuration("1h40min")},
	}
	got := p.Doubts(nil, Context{})
	if want := `time to resolve "1h40min": from start to resolved it is 2 h, 20 min more`; len(got) != 1 || got[0].Message != want {
		t.Errorf("got %v, want %s", got, want)
	}
	p.Declared.TimeToResolve = ParseDuration("2h")
	if got := p.Doubts(nil, Context{}); len(got) != 0 {
		t.Errorf("got %v, want none", got)
	}
}

func TestImpactDurationDoubts(t *testing.T) {
	p := &Postmortem{
		Timeline: []Event{{At: mustMoment(t, "2022-03-01 16:40")}, {At: mustMoment(t, "2022-03-03 18:00")}},
		Impacts:  []Impact{{Duration: ParseDuration("48 h")}},
	}
	want := `"48 h": from the first event (1 March 16:40) to the last (3 March 18:00) it is 49 h 20 min, 1 h 20 min more`
	if got := p.Doubts(nil, Context{}); len(got) != 1 || got[0].Message != want {
		t.Errorf("got %v, want %s", got, want)
	}
	for _, silent := range []string{"49 h", "49h20", "2 days", "about 48 h", "3 h", "a while"} {
		p.Impacts[0].Duration = ParseDuration(silent)
		if got := p.Doubts(nil, Context{}); len(got) != 0 {
			t.Errorf("%s: got %v, want none", silent, got)
		}
	}
}

func TestShareDoubts(t *testing.T) {
	testDoubts(t, []doubtTest{
		{"", "Touchés : 21,91 % des lecteurs en français (177 FR) et 17,7 % en anglais (410 EN), soit 76 sessions.", `1 share-mismatch "21,91 % des lecteurs en français (177 FR) et 17,7 % en anglais (410 EN), soit 76": the shares make about 111, not 76`},
		{"", "Touchés : 21,91 % des lecteurs en français (177 FR) et 17,7 % en anglais (410 EN), soit 111 sessions.", ""},
		{"", "Touchés : 30 % (177 FR) et 70 % (410 EN), soit 587 sessions.", ""}, // the numbers are the parts
		{"", "Touchés : 12 % des lecteurs, soit 76 sessions.", ""},
		{"", "We lost 17.7% of 410 orders, i.e. 73.", ""},
		{"", "We lost 17.7% of 410 orders, i.e. 37.", `1 share-mismatch "17.7% of 410 orders, i.e. 37": the shares make about 73, not 37`},
		{"", "In all, 76 of 8,438 sessions (0.9 %) broke.", ""},
		{"", "In all, 76 of 8,438 sessions (9 %) broke.", `1 share-mismatch "76 of 8,438 sessions (9 %)": that is 0.901 %, not 9 %`},
		{"", "About 5 % of 2019, that is 18 days", ""},
	})
}

func TestSumDoubts(t *testing.T) {
	testDoubts(t, []doubtTest{
		{"", `FR : 177\nEN : 410\nFR bis : 5634\nEN bis : 2217\nTotal : 8438`, ""},
		{"", `FR : 177\nEN : 410\nFR bis : 5634\nEN bis : 2217\nTotal : 8348`, `5 sum-mismatch the total "8348": 177 + 410 + 5634 + 2217 make 8438`},
		{"", "FR : 177 EN : 410 Total : 8348", `1 sum-mismatch the total "8348": 177 + 410 make 587`},
		{"", "177 + 410 = 578", `1 sum-mismatch the total "578": 177 + 410 make 587`},
		{"", "1.5 + 1.5 + 1.1 = 4", ""},
		{"", "- Lyon: 3\n- Lille: 4\n- Total: 8", `3 sum-mismatch the total "8": 3 + 4 make 7`},
		{"", "- Total: 8\n- Lyon: 3\n- Lille: 4", ""}, // some of them, perhaps
		{"", "- Lyon: 3 h\n- Lille: 4 min\n- Total: 8", ""},
		{"", "| City | Users | Share\n| Lyon | 3 | 40 %\n| Lille | 4 | 60 %\n| Total | 8 | 100 %", `4 sum-mismatch the total "8": 3 + 4 make 7`},
		{"", "| City | Users\n| Lyon | 3\n| Lille | unknown\n| Total | 8", ""},
		{"", "Start: 10:45 End: 11:50 Total: 65", ""},
	})
}

func TestOrderDoubts(t *testing.T) {
	tests := []struct {
		start, detected, resolved string
		want                      string
	}{
		{"2022-03-03 09:00", "2022-03-03 09:10", "2022-03-03 10:00", ""},
		{"2022-03-03 09:00", "2022-03-03 08:10", "2022-03-03 10:00", `"detected" (2022-03-03 08:10) is before "start" (2022-03-03 09:00)`},
		{"2022-03-03 09:00", "", "2022-03-02", `"resolved" (2022-03-02) is before "start" (2022-03-03 09:00)`},
		{"2022-03-03 09:00", "", "2022-03-03", ""},
		{"2022-03-03 09:00 UTC", "", "2022-03-03 08:00", ""}, // not comparable
		{"~2022-03-03 09:00", "", "2022-03-03 08:55", ""},
	}
	for _, test := range tests {
		p := &Postmortem{}
		for text, field := range map[string]*Moment{test.start: &p.Start, test.detected: &p.Detected, test.resolved: &p.Resolved} {
			if text != "" {
				*field = mustMoment(t, text)
			}
		}
		var got []string
		for _, d := range p.Doubts(nil, Context{}) {
			got = append(got, d.Message)
		}
		if all := strings.Join(got, "\n"); all != test.want {
			t.Errorf("%+v: got %s", test, all)
		}
	}
	p := &Postmortem{Timeline: []Event{
		{ID: "t-1", Kind: "started", At: mustMoment(t, "2022-03-03 09:00")}, {ID: "t-2", Kind: "resolved", At: mustMoment(t, "2022-03-03 08:00")},
	}}
	if got := p.Doubts(nil, Context{}); len(got) != 1 || got[0].Code != diag.TimelineOrder {
		t.Errorf("an end before the beginning: got %v", got)
	}
}

// A figure of two characters may end a text, where a date would go on.
func TestClockAtTheEnd(t *testing.T) {
	for _, text := range []string{"Down for 2h", "9h", "at 9h", "é9h", "1.9h"} {
		if got := clocksIn(text); len(got) > 1 {
			t.Errorf("%q holds %d clocks", text, len(got))
		}
	}
	testDoubts(t, []doubtTest{{"2022-03-03", "# Stats\n- Time to repair: 3h\nIt was down for 2h\n" + shortTimeline, ""}})
}

func TestEffectBeforeCause(t *testing.T) {
	testDoubts(t, []doubtTest{
		{"2022-03-03", "Around 11:00 a deployment slowed every page.\n" + shortTimeline, `1 timeline-order the change (Around 11:00) comes after its effect: the first is told at "09:00"`},
		{"2022-03-03", "At 08:59 a deployment slowed every page.\n" + shortTimeline, ""},
		{"2022-03-03", "At 11:00 we cancelled the deployment of the day.\n" + shortTimeline, ""},
		{"2022-03-03", "Between 08:30 and 11:00 a deployment slowed every page.\n" + shortTimeline, ""},
	})
}

func FuzzDoubts(f *testing.F) {
	for _, seed := range []string{
		"Wednesday, March 3rd, 2022", "- Time to detect: 28 min", "21,91 % (177) et 17 % (4), soit 76", "A: 1 B: 2 Total: 4",
		"| Total |", "(Heure française, UTC+1)", "1+1=3", "2022年3月3日(水)", "PST (UTC-99)", "76 of 0 (5 %)", "\xff", "Wed. ",
		"- 9:00 CEST Outage begins\n- Duration: 1:00", "# Stats\n- Time to repair: 3h\n\nDown for 2h", "99999999999999999999 % (9), soit 9",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		blocks := textBlocks(text)
		c := Context{Date: Moment{Time: date{2022, 3, 3}.time(), Precision: Day, Written: "2022-03-03"}}
		r, _ := readText(blocks, c)
		InferKinds(r.Facts.Timeline, "")
		NameEvents(r.Facts.Timeline)
		for _, d := range r.Facts.Doubts(blocks, c) {
			if d.Message == "" || d.Hint == "" {
				t.Errorf("an empty doubt: %+v", d)
			}
		}
	})
}
