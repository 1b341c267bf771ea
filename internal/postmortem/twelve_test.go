package postmortem

import (
	"fmt"
	"strings"
	"testing"
)

// TestClocksOfTwelveHours reads lists that leave AM and PM out, and gives what the
// writer is told of them: the line, and the remedy.
func TestClocksOfTwelveHours(t *testing.T) {
	const heading = "add a heading or an entry with that day above it, as ### 2024-05-04"
	const order = "put it in its place, or give the day if it is another one"
	for _, c := range []struct{ name, text, want, told string }{
		{"PM carries over", "- 9:50 AM a\n- 12:40 PM b\n- 1:15 c\n- 2:05 d", "03T09:50 03T12:40 03T13:15 03T14:05", ""},
		{"to an end too", "- 5:21 PM a\n- 5:30 - 6:10 b\n- 6:20 c", "03T17:21 03T17:30/03T18:10 03T18:20", ""},
		{"not over supper", "- 4:00 PM a\n- 9:00 b", "03T16:00 03T09:00", "4 write 21:00 if it is the afternoon, " + order},
		{"not to two digits", "- 02:00 PM a\n- 03:10 b", "03T14:00 03T03:10", "4 write 15:10 if it is the afternoon, " + order},
		{"not beside 24 hours", "- 2:00 PM a\n- 3:10 b\n- 16:20 c", "03T14:00 03T03:10 03T16:20", "4 " + order},
		{"the day goes on behind PM", "- 10:00 PM a\n- 1:10 b", "03T22:00 04T01:10", "4 " + heading},
		{"a range over noon", "- 11:30 AM a\n- 11:50 - 1:15 b\n- 2:10 c", "03T11:30 03T11:50/03T13:15 03T14:10", ""},
		{"a range in the afternoon", "- 2:00 PM - 3:00 a\n- 16:20 b", "03T14:00/03T15:00 03T16:20", ""},
		{"a range over midnight", "- 10:00 PM - 2:00 a\n- 3:10 AM b", "03T22:00/04T02:00 04T03:10", "4 " + heading},
		{"neither AM nor PM: noon or midnight", "- 9:50 a\n- 11:30 b\n- 12:40 c\n- 1:15 d\n- 2:05 e", "03T09:50 03T11:30 03T12:40 04T01:15 04T02:05",
			"6 write 13:15 if it is the afternoon, or " + heading},
		{"neither, and back by less", "- 11:30 a\n- 12:40 b\n- 7:15 c\n- 8:05 d", "03T11:30 03T12:40 03T07:15 03T08:05",
			"5 write 19:15 if it is the afternoon, " + order},
		{"neither, and a range", "- 11:30 - 1:15 a\n- 11:40 b", "03T11:30/04T01:15 03T11:40", "3 write 13:15 if it is the same afternoon"},
		{"24 hours over midnight", "- 23:30 a\n- 1:15 b", "03T23:30 04T01:15", "4 " + heading},
		{"merely out of order", "- 10:00 a\n- 9:00 b", "03T10:00 03T09:00", "4 " + order},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, diags := readText(blocksOf("## Timeline\n\n"+c.text), Context{Date: mustMoment(t, "2024-05-03")})
			var got []string
			for _, v := range r.Facts.Timeline {
				s := v.At.Time.Format("02T15:04")
				if v.Until.Known() {
					s += v.Until.Time.Format("/02T15:04")
				}
				got = append(got, s)
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("got %s, want %s", s, c.want)
			}
			var told []string
			for _, d := range diags {
				told = append(told, fmt.Sprint(d.Pos.Line, " ", d.Hint))
			}
			if s := strings.Join(told, "\n"); s != c.told {
				t.Errorf("told %q, want %q", s, c.told)
			}
		})
	}
}
