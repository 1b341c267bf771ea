package postmortem

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"publish/internal/block"
	"publish/internal/diag"
	"publish/internal/locale"
)

// blocksOf makes blocks of a plain notation: headings, items indented by two
// blanks, rows between bars (the first of a table is its head), and paragraphs.
func blocksOf(text string) []block.Block {
	var blocks []block.Block
	list, number := 0, 0
	kind := block.Paragraph
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimRight(line, "\n")
		words := strings.TrimLeft(line, " ")
		b := block.Block{Kind: block.Paragraph, Text: words, Pos: diag.Pos{File: "f", Line: number, Column: 1}}
		switch level := len(words) - len(strings.TrimLeft(words, "#")); {
		case words == "":
			kind = block.Code
			continue
		case level > 0:
			b.Kind, b.Depth, b.Text = block.Heading, min(level, 6), strings.TrimSpace(words[level:])
		case strings.HasPrefix(words, "- "):
			b.Kind, b.Depth, b.Text = block.Item, 1+(len(line)-len(words))/2, words[2:]
			if kind != block.Item {
				list++
			}
			b.List = list*100 + b.Depth
		case strings.HasPrefix(words, "|"):
			b.Kind, b.Head = block.Row, kind != block.Row
			if b.Head {
				list++
			}
			b.List = list * 100
			for cell := range strings.SplitSeq(strings.Trim(words, "|"), "|") {
				b.Cells = append(b.Cells, strings.TrimSpace(cell))
			}
			b.Text = strings.TrimSpace(strings.Join(b.Cells, "\t"))
		default:
			b.Text = strings.ReplaceAll(words, `\n`, "\n")
		}
		kind = b.Kind
		blocks = append(blocks, b)
	}
	return blocks
}

// timelineOf prints what is read of a text: instant, end and words a line.
func timelineOf(t testing.TB, text string, c Context) (lines, told string) {
	blocks := blocksOf(text)
	r, diags := readText(blocks, c)
	var b strings.Builder
	for _, v := range r.Facts.Timeline {
		at := v.At.String()
		if at == "" {
			at = "-"
		}
		if v.At.Approximate {
			at = "~" + at
		}
		if v.Until.Known() {
			at += "/" + v.Until.String()
		}
		fmt.Fprintf(&b, "%s %s\n", at, strings.ReplaceAll(v.Text, "\n", "//"))
		if v.Span.Start < v.Span.End && blocks[v.Span.Block-1].Text[v.Span.Start:v.Span.End] != v.At.Written {
			t.Errorf("the span of %q is not %q", v.Text, v.At.Written)
		}
	}
	var codes []string
	for _, d := range diags {
		if d.Code != diag.ZoneMismatch {
			codes = append(codes, fmt.Sprintf("%d %s", d.Pos.Line, d.Code))
		}
	}
	return b.String(), strings.Join(codes, ", ")
}

func TestReadTextTimeline(t *testing.T) {
	day, _ := ParseMoment("2024-05-03")
	paris, _ := time.LoadLocation("Europe/Paris")
	for _, c := range []struct {
		name, text, want, told string
		context                Context
	}{
		{
			name: "list", text: "# Outage\n\n## Timeline (UTC)\n\n- 10:00 alarm\n  - 10:01 a detail\n- 10:05 - rollback\n- over\n\n## Impact\n\n- 11:00 is no event",
			want: "2024-05-03T10:00:00Z alarm\n2024-05-03T10:05:00Z rollback\n- over\n",
		},
		{
			name: "days as items", text: "## Déroulé\n- Jeudi 2\n  - 23 h 50 : alarme\n- Vendredi 3\n  - 0 h 10 : fin",
			want: "2024-05-02T23:50:00 alarme\n2024-05-03T00:10:00 fin\n",
		},
		{
			name: "day headings", text: "## Timeline\n\nAll times in CET.\n\n### 2024-05-01\n\n- 22:00 a\n- 23:00 UTC b\n\n### May 2\n\n- 01:00 c",
			want: "2024-05-01T22:00:00+01:00 a\n2024-05-01T23:00:00Z b\n2024-05-02T01:00:00+01:00 c\n",
		},
		{
			name: "ranges of days before their month", text: "## Timeline\n\n- 20-21 Apr: a\n- 7-13th May - b\n- 05-06 12:00 c",
			want: "2024-04-20/2024-04-21 a\n2024-05-07/2024-05-13 b\n2024-05-06T12:00:00 c\n",
		},
		{
			name: "rows that name a day", text: "## Timeline\n\n| Time | Event |\n| 1/28 | |\n| 12:45 | a |\n| 1/30 | |\n| 11:00 | b |\n| 1/31 | |",
			want: "2024-01-28T12:45:00 a\n2024-01-30T11:00:00 b\n2024-01-31 \n", context: Context{Date: Moment{Time: civil(2024, 1, 30), Precision: Day}},
		},
		{
			name: "the night before", text: "## Timeline\n\n| Time (UTC) | Event |\n| ~23:29 (previous night) | a |\n| 10:00 | b |",
			want: "~2024-05-02T23:29:00Z a\n2024-05-03T10:00:00Z b\n", told: "5 day-rolled",
		},
		{
			name: "two letters of a zone with seasons", text: "## Timeline (PT)\n\n- 2024-05-02 22:00 a\n- 2024-12-02 22:00 b",
			want: "2024-05-02T22:00:00-07:00 a\n2024-12-02T22:00:00-08:00 b\n",
		},
		{
			name: "two letters that are no zone", text: "## Timeline of the CT scanner\n\n- 10:00 a\n- 10:05 b",
			want: "2024-05-03T10:00:00 a\n2024-05-03T10:05:00 b\n",
		},
		{
			name: "a zone that several share hides none farther away", text: "All times elsewhere are in PDT.\n\n## Timeline (times in IST)\n\n- 10:00 a\n- 10:05 b",
			want: "2024-05-03T10:00:00 a\n2024-05-03T10:05:00 b\n",
		},
		{
			name: "a note with such a zone", text: "All times elsewhere are in PDT.\n\n## Timeline\n\nTimes are in IST.\n\n- 10:00 a\n- 10:05 b",
			want: "2024-05-03T10:00:00 a\n2024-05-03T10:05:00 b\n",
		},
		{
			name: "headings as events", text: "## Timeline\n\n### Days before\n\nSlow growth.\n\n### 2024-05-02 23:50\n\nAlarm.\n\n- 23:55 is a detail\n\n### 23:58 Call\n\n## 00:10\n\nOver.\n\n## Causes\n\nNone.",
			want: "- Days before//Slow growth.\n2024-05-02T23:50:00 Alarm.\n2024-05-02T23:58:00 Call\n2024-05-03T00:10:00 Over.\n", told: "15 day-rolled",
		},
		{
			name: "table", text: "## Timeline\n\n| Date | Time (UTC) | Event |\n| May 2 | 10:00 | alarm | \n| | 10:05 | call |\n| May 3 | 09:00 | over |",
			want: "2024-05-02T10:00:00Z alarm\n2024-05-02T10:05:00Z call\n2024-05-03T09:00:00Z over\n",
		},
		{
			name: "table with three columns of time", text: "## Timeline\n\n| Day | Date | Time | What |\n| Thu | May 2 | 10:00 | alarm |\n| Thu | May 2 | 10:05 | call |",
			want: "2024-05-02T10:00:00 alarm\n2024-05-02T10:05:00 call\n",
		},
		{
			name: "table with numbers and ends", text: "## Timeline\n\n| # | Start | End | What |\n| 1 | 10:00 | 10:30 | slow |\n| 2 | 10:30 | ongoing | down |",
			want: "2024-05-03T10:00:00/2024-05-03T10:30:00 slow\n2024-05-03T10:30:00 down\n",
		},
		{
			name: "key events", text: "- Key events\n  - Fault occurs 2024-05-02 07:15\n  - Detected: 2024-05-02 11.50\n  - Declared 22024-05-02 12:00\n  - Closed 2024-05-03 (Time TBC)\n- Status: closed at 2024-05-03 15:09 UTC",
			want: "2024-05-02T07:15:00 Fault occurs\n2024-05-02T11:50:00 Detected\n- Declared\n2024-05-03 Closed\n", told: "4 time-unread",
		},
		{
			name: "paragraphs", text: "### Chronologie\n\nJeudi 2 mai, mise en production.\n\nVendredi 3 mai ~ 10 h 00, alerte.\n\nNous cherchons.\n\nÀ 11 h 00, retour en arrière.",
			want: "2024-05-02 mise en production.\n~2024-05-03T10:00:00 alerte.\n2024-05-03T11:00:00 retour en arrière.\n",
		},
		{
			name: "lines", text: "## Timeline\n\n06:00: slow\\n06:10: down\\nfor everybody\n\n07:00: over",
			want: "2024-05-03T06:00:00 slow\n2024-05-03T06:10:00 down//for everybody\n2024-05-03T07:00:00 over\n",
		},
		{
			name: "a label and its list", text: "**x**\n\nTimeline:\n\n- 10:00 a\n- 10:05 b\n\nRoot causes:\n\n- 10:10 is none",
			want: "2024-05-03T10:00:00 a\n2024-05-03T10:05:00 b\n",
		},
		{
			name: "several incidents", text: "## Timeline\n\n### May 1, 2024 - Disk\n\nTimeline:\n\n- 10:00 a\n- 11:00 b\n\n### May 2, 2024 - Net\n\n- 09:00 c",
			want: "2024-05-01T10:00:00 a\n2024-05-01T11:00:00 b\n2024-05-02T09:00:00 c\n",
		},
		{
			name: "out of order and unread", text: "## Timeline\n\n- 10:00 a\n- 09:00 b\n- 25:10 c\n- 13:55 PM d",
			want: "2024-05-03T10:00:00 a\n2024-05-03T09:00:00 b\n- 25:10 c\n2024-05-03T13:55:00 d\n", told: "4 timeline-order, 5 time-unread, 6 time-ambiguous",
		},
		{
			name: "the stated day comes after the first entry", text: "## Timeline\n\nUnless noted all of it happened on 2024-05-02.\n\n- 2024-05-01 23:00: a\n- 01:00: b",
			want: "2024-05-01T23:00:00 a\n2024-05-02T01:00:00 b\n",
		},
		{
			name: "the lead names another day", text: "On the evening of May 2 the site was down.\n\n## Timeline\n\n- 21:00 a\n- 22:00 b",
			want: "2024-05-02T21:00:00 a\n2024-05-02T22:00:00 b\n",
		},
		{
			name: "offsets", text: "## Timeline\n\n- 10:00 a\n- +10 minutes: b\n- T+1h: c\n- [+2 Business Days Later] d",
			want: "2024-05-03T10:00:00 a\n2024-05-03T10:10:00 b\n2024-05-03T11:00:00 c\n- [+2 Business Days Later] d\n",
		},
		{
			name: "clocks go forward and back", text: "## Timeline\n\n- 2024-03-31 02:30 a\n- 2024-10-27 02:30 b\n- 2024-10-27 02:40 +01:00 c", context: Context{Zone: paris},
			want: "2024-03-31T03:30:00+02:00 a\n2024-10-27T02:30:00+01:00 b\n2024-10-27T02:40:00+01:00 c\n", told: "3 time-nonexistent, 4 time-ambiguous",
		},
		{
			name: "headings of stretches", text: "## Timeline\n\n### May 2\n\n### 22:00-23:00 UTC: it begins\n- 22:04: a\n- 22:30: b\n\n### 23:10 UTC Call\n\n- 23:12 a detail\n- no time\n",
			want: "2024-05-02T22:04:00Z a\n2024-05-02T22:30:00Z b\n2024-05-02T23:10:00Z Call\n",
		},
		{
			name: "clocks of twelve hours", text: "## Timeline\n\n### 11:30 AM-1:20 PM: Looking\n- 11:45: a\n- 12:08-12:10: b\n- 1:17-1:19: c\n\n### 1:40-2:00 PM: Mending\n- 1:42: d\n- 2:00: e\n",
			want: "2024-05-03T11:45:00 a\n2024-05-03T12:08:00/2024-05-03T12:10:00 b\n2024-05-03T13:17:00/2024-05-03T13:19:00 c\n2024-05-03T13:42:00 d\n2024-05-03T14:00:00 e\n",
		},
		{
			name: "some entries name the zone", text: "## Timeline\n\n- 2024-05-02 16:22 PST: a\n- 16:59 PST: b\n- 17:07: c\n- 17:09: d",
			want: "2024-05-02T16:22:00-08:00 a\n2024-05-02T16:59:00-08:00 b\n2024-05-02T17:07:00-08:00 c\n2024-05-02T17:09:00-08:00 d\n",
		},
		{
			name: "entries name different zones", text: "## Timeline\n\n- 16:22 UTC: a\n- 17:59 CEST: b\n- 18:07: c",
			want: "2024-05-03T16:22:00Z a\n2024-05-03T17:59:00+02:00 b\n2024-05-03T18:07:00 c\n", told: "4 timeline-order",
		},
		{
			name: "counted days", text: "## Timeline\n\n### Day 1\n\n- 22:00 a\n\n### Day 2: repair\n\n- 09:00 b\n- Day 4, 10:00: c",
			want: "2024-05-03T22:00:00 a\n2024-05-04T09:00:00 b\n2024-05-06T10:00:00 c\n",
		},
		{
			name: "times within sentences", text: "## Timeline\n\n- The attack started at May-02-2024 06:17:19 PM +UTC with a transfer.\n- It ended on 2024-05-02 18:20 UTC\n- Nobody knew at first",
			want: "2024-05-02T18:17:19Z The attack started at May-02-2024 06:17:19 PM +UTC with a transfer.\n2024-05-02T18:20:00Z It ended\n- Nobody knew at first\n",
		},
		{
			name: "labels before times", text: "## Timeline\n\n- Start: May 2, 2024 ~16:00 UTC - mails stop\n- First repair: May 3, 2024 05:45 UTC\n- Duration: 14 hours",
			want: "~2024-05-02T16:00:00Z Start: mails stop\n2024-05-03T05:45:00Z First repair\n",
		},
		{
			name: "no day anywhere", text: "## Timeline\n\n- 10:00 a\n- 11:00 b", context: Context{Title: "x"},
			want: "- a\n- b\n",
		},
		{
			name: "lengths below a table", text: "## Timeline\n\n| Time | What |\n| 10:00 | a |\n| 11:30 | b |\n\nHow long:\n\n- Orders: 60 minutes (10:00–11:00 UTC)\n- Mails: 90 minutes (10:00–11:30 UTC)",
			want: "2024-05-03T10:00:00 a\n2024-05-03T11:30:00 b\n",
		},
		{
			name: "times behind headings", text: "## Timeline\n\n### Before\n\nx\n\n### First try (15:30-16:00)\n\n- y\n\n### The alert (16:15 UTC)\n\n- z\n\n### Recovery (~16:40)\n\nw",
			want: "2024-05-03T15:30:00/2024-05-03T16:00:00 First try\n2024-05-03T16:15:00Z The alert\n~2024-05-03T16:40:00 Recovery\n", told: "",
		},
		{
			name: "phases with their time behind", text: "## Timeline\n\n### First phase (15:30-16:00)\n\n- 15:30 a\n- 15:40 b\n\n### Second phase (16:00-17:00)\n\n- 16:10 c\n- 16:20 d",
			want: "2024-05-03T15:30:00 a\n2024-05-03T15:40:00 b\n2024-05-03T16:10:00 c\n2024-05-03T16:20:00 d\n",
		},
		{
			name: "a chat in paragraphs", text: "## Timeline\n\n@alice [5:21 PM] it is slow\n\n@bob [5:25 PM]\\nlooking\n\n[17:31] alice: back",
			want: "2024-05-03T17:21:00 @alice it is slow\n2024-05-03T17:25:00 @bob//looking\n2024-05-03T17:31:00 alice: back\n",
		},
		{
			name: "a chat in lines", text: "## Timeline\n\n@alice [5:21 PM] it is slow\\n@bob Smith [May 3, 5:25 PM] looking\\nand found\\n@alice [17:31] back",
			want: "2024-05-03T17:21:00 @alice it is slow\n2024-05-03T17:25:00 @bob Smith looking//and found\n2024-05-03T17:31:00 @alice back\n",
		},
		{
			name: "a chat in a list", text: "## Timeline\n\n- @alice [5:21 PM] it is slow\n- @bob [INC-5:21] is open\n- @bob asked at 17:25\n- @alice [5:31 PM back",
			want: "2024-05-03T17:21:00 @alice it is slow\n",
		},
		{name: "prose", text: "## Timeline\n\nAt 10:00 it broke, see [the chat](x).\n\n- more\n- words"},
		{name: "a template", text: "## Timeline\n\n| Time | What |\n| HH:mm | a |\n| YYYY-MM-DD HH:mm | b |"},
		{name: "a plan under a label", text: "Timeline\n\n| Date | What |\n| May 4 | freeze |\n| May 9 | move |"},
		{name: "no timeline", text: "## Support hours\n\n- 10:00 to 17:00 on weekdays\n- 2024-05-03: closed"},
		{name: "a title is no timeline", text: "# Lost orders - Events and queues\n\n- 10:00 a\n- 11:00 b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.context.Title == "" {
				c.context.Date = day
			}
			got, told := timelineOf(t, c.text, c.context)
			if got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
			if told != c.told {
				t.Errorf("got %q, want %q", told, c.told)
			}
		})
	}
}

func TestFindSections(t *testing.T) {
	text := "# Outage of the mail events service\n\n## 2. Impact\n\nNone.\n\n### Details\n\nx\n\n## ⚠️ Leadup\n\n- 10:00 a\n\n### 10:05 Root cause found\n\nx\n\n## Lessons learned\n\nRoot causes:\n\n- y\n\n- Key events\n  - 10:00 z\n- Other"
	r, _ := readText(blocksOf(text), Context{Headings: locale.NewOwnNames(map[locale.Role][]string{locale.RoleResolution: {"Other"}})})
	var got strings.Builder
	for _, s := range r.Sections {
		fmt.Fprintf(&got, "%s %q %v %d-%d\n", s.Role, s.Heading, s.Label, s.First, s.Last)
	}
	want := "impact \"2. Impact\" false 2-5\ntimeline \"⚠️ Leadup\" false 6-9\nlessons \"Lessons learned\" false 10-15\ncauses \"Root causes\" true 11-15\ntimeline \"Key events\" true 13-14\n"
	if got.String() != want {
		t.Errorf("got\n%swant\n%s", &got, want)
	}
}

func FuzzReadTextTimeline(f *testing.F) {
	f.Add("## Timeline\n\n- 10:00 a\n  - 10:01 b\n- c\n\n### 2024-05-02\n\n| Time | x |\n| 10:00 | y |\n| | z |")
	f.Add("## Timeline\n\n### 10:00\n\nText.\n\n## 09:00\n\n06:00 a\\n06:10 b\n\n07:00 c")
	f.Add("## Timeline\n\n@alice [5:21 PM] a\\n@bob [May 3, 17:25] b\n\n- @ [17:31] c")
	f.Add("- Key events\n  - Fault 2024-05-02 07:15\n  - Fault 22024-05-02 07:15")
	f.Fuzz(func(t *testing.T, text string) {
		day, _ := ParseMoment("2024-03-31")
		paris, _ := time.LoadLocation("Europe/Paris")
		blocks := blocksOf(text)
		r, _ := readText(blocks, Context{Date: day, Zone: paris})
		var last Span // the order of the source is kept
		for _, v := range r.Facts.Timeline {
			if s := v.Span; s != (Span{}) {
				if s.Block < last.Block || s.Block == last.Block && s.Start < last.End || s.Start > s.End || s.End > len(blocks[s.Block-1].Text) {
					t.Fatalf("span %v behind %v", s, last)
				}
				last = s
			}
			if s := v.At.String(); s != "" {
				if again, problem := ParseMoment(s); problem != NoProblem || again.String() != s {
					t.Errorf("%q is written %q and not read back", v.At.Written, s)
				}
			}
		}
	})
}

func TestAnUnreadTimeIsNamedWithItsOffset(t *testing.T) {
	_, list := readText(textBlocks("# Timeline\n- 10:00 UTC+25 down\n- 10:20 up"), Context{Date: mustMoment(t, "2022-07-05")})
	if len(list) != 1 || list[0].Code != diag.TimeUnread || list[0].Message != `"10:00 UTC+25" cannot be read as a time` {
		t.Errorf("%v", list)
	}
}
