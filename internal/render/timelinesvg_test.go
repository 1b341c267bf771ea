package render

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"publish/internal/content"
	"publish/internal/locale"
	"publish/internal/postmortem"
	"publish/internal/site"
)

// builderOf makes the builder of a page with this front matter, as far as
// drawings need it.
func builderOf(meta *postmortem.Postmortem) *postBuilder {
	postmortem.NameEvents(meta.Timeline)
	p := &site.Page{Document: content.Document{}.With(meta, nil)}
	return &postBuilder{p: p, m: p.Meta(), w: words{locale.For("en")}, measures: meta.Measures()}
}

func drawingOf(events ...postmortem.Event) *Drawing {
	b := builderOf(&postmortem.Postmortem{Timeline: events})
	return b.drawing()
}

func moment(t *testing.T, text string) postmortem.Moment {
	t.Helper()
	m, problem := postmortem.ParseMoment(text)
	if problem != postmortem.NoProblem {
		t.Fatalf("%q is no moment", text)
	}
	return m
}

// eventsAt makes events of lines: "2024-03-12 09:12 UTC", perhaps with a kind
// before it: "detected 2024-03-12 09:21 UTC".
func eventsAt(t *testing.T, lines ...string) []postmortem.Event {
	t.Helper()
	var events []postmortem.Event
	for _, line := range lines {
		var e postmortem.Event
		if kind, rest, ok := strings.Cut(line, " "); ok && !strings.ContainsAny(kind, "0123456789~-") {
			e.Kind, line = postmortem.EventKind(kind), rest
		}
		e.At, e.Text = moment(t, line), "told"
		events = append(events, e)
	}
	return events
}

func TestNothingToDraw(t *testing.T) {
	for name, times := range map[string][]string{
		"no event":                       {},
		"one event":                      {"2024-03-12 09:12 UTC"},
		"all at one time":                {"2024-03-12 09:12 UTC", "2024-03-12 10:12+01:00", "2024-03-12 09:12 UTC"},
		"times that are not known":       {"2024-03-12 09:12 UTC", "--:--", "--:--"},
		"clock times without a day":      {"09:12", "10:12"},
		"one day":                        {"2024-03-12", "2024-03-12"},
		"a time in no zone and one in a": {"2024-03-12 09:12 UTC", "2024-03-12 10:30"},
	} {
		if d := drawingOf(eventsAt(t, times...)...); d != nil {
			t.Errorf("%s: a drawing of %d marks", name, len(d.Marks))
		}
	}
}

func TestMarksStandAtTheirTimes(t *testing.T) {
	d := drawingOf(eventsAt(t, "started 2024-03-12 09:00 UTC", "detected 2024-03-12 11:30+01:00", "--:--", "~ 2024-03-12 12:00 UTC", "2024-03-12 09:30 UTC")...)
	var got []string
	for _, m := range d.Marks {
		got = append(got, fmt.Sprint(m.ID, " ", m.X, " ", m.Kind, " ", m.Soft))
	}
	// 644 pixels for three hours.
	want := []string{
		"t-20240312T0900 22 started false", "t-20240312T0930 129  false", "t-20240312T1130 344 detected false", "t-20240312T1200 666  true",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if u := d.Undetected; u == nil || u.From != 22 || u.To != 344 {
		t.Errorf("the undetected time is %v, want 22 to 344", u)
	}
	if d.LeftOut != "1 event is in the list only." {
		t.Errorf("got %q for the event of unknown time", d.LeftOut)
	}
}

func TestSilenceIsWritten(t *testing.T) {
	d := drawingOf(eventsAt(t, "2024-03-12 17:00 UTC", "2024-03-12 17:20 UTC", "2024-03-12 18:00 UTC", "2024-03-13 08:10 UTC", "2024-03-13 08:50 UTC")...)
	if len(d.Breaks) != 1 || d.Breaks[0].Label.Text != "14\u00A0h\u00A010\u00A0min" {
		t.Fatalf("got %v, want one break of 14 h 10 min", d.Breaks)
	}
	var days []string
	for _, day := range d.Days {
		if day.Label != nil {
			days = append(days, day.Label.Text)
		}
	}
	d = drawingOf(eventsAt(t, "2024-03-12 17:00 UTC", "2024-03-12 17:20 UTC", "2024-03-12 18:00 UTC", "2024-03-13 08:10 UTC")...)
	if last := d.Days[len(d.Days)-1].Label; last.X > d.Width-40 {
		t.Errorf("the last day's name stands at %d of %d", last.X, d.Width)
	}
	if strings.Join(days, ", ") != "12 Mar, 13 Mar" {
		t.Errorf("the days are %v", days)
	}
}

func TestDaysAreNamedBesideTicksOfDays(t *testing.T) {
	d := drawingOf(eventsAt(t, "2021-12-10 15:00 UTC", "2021-12-10 19:00 UTC", "2021-12-13 09:00 UTC", "2021-12-13 16:00 UTC", "2021-12-14 11:00 UTC", "2022-01-04 11:00 UTC")...)
	var days []string
	for _, day := range d.Days {
		if day.Label != nil && !day.Line {
			days = append(days, day.Label.Text)
		}
	}
	if got := strings.Join(days, ", "); got != "10 Dec, 13 Dec, 4 Jan" {
		t.Errorf("the pieces begin at %s", got)
	}
}

// A change of clocks does not stretch the axis: both nights are eight hours on
// the clock's face, and the second is an hour longer.
func TestLengthsOfSilencesHaveRoom(t *testing.T) {
	for after, want := range map[string]string{
		"2024-03-12 20:25 UTC":   "11\u00A0h 15\u00A0min",
		"2024-03-14 23:40 UTC":   "2\u00A0days 15\u00A0h",
		"~ 2024-03-12 20:25 UTC": "~\u00A011\u00A0h",
		"~ 2024-03-14 23:40 UTC": "~\u00A03\u00A0days",
		"2024-03-27 09:10 UTC":   "15\u00A0days",
	} {
		d := drawingOf(eventsAt(t, "2024-03-12 09:00 UTC", "2024-03-12 09:05 UTC", "2024-03-12 09:10 UTC", after, strings.TrimPrefix(after, "~ "))...)
		if len(d.Breaks) != 1 {
			t.Errorf("%s: got %d breaks, want 1", after, len(d.Breaks))
			continue
		}
		b := d.Breaks[0]
		if plain := strings.ReplaceAll(b.Label.Text, "\u00A0", " "); plain != strings.ReplaceAll(want, "\u00A0", " ") {
			t.Errorf("%s: %q, want %q", after, plain, want)
		}
		if room := b.To - b.From; room < 7*utf8.RuneCountInString(b.Label.Text) {
			t.Errorf("%s: %q in %d pixels", after, b.Label.Text, room)
		}
	}
}

func TestChangeOfClocks(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	var events []postmortem.Event
	for _, when := range []time.Time{
		time.Date(2024, 10, 26, 20, 0, 0, 0, paris), time.Date(2024, 10, 27, 1, 0, 0, 0, paris),
		time.Date(2024, 10, 27, 4, 0, 0, 0, paris), // four hours later
	} {
		events = append(events, postmortem.Event{At: postmortem.Moment{Time: when, Precision: postmortem.Minute, Zoned: true}})
	}
	d := drawingOf(events...)
	if x := []int{d.Marks[0].X, d.Marks[1].X, d.Marks[2].X}; x[1]-x[0] != 357 || x[2]-x[1] != 287 {
		t.Errorf("the marks are at %v, want distances as 5 to 4", x)
	}
}

func TestDaysOfUnknownHour(t *testing.T) {
	d := drawingOf(eventsAt(t, "2024-03-10", "2024-03-12", "2024-03-15")...)
	if len(d.Marks) != 3 || d.Marks[0].Soft || d.Marks[1].X != 279 {
		t.Errorf("got %+v, want three marks to the scale of days", d.Marks)
	}
	d = drawingOf(eventsAt(t, "2024-03-12 09:00 UTC", "2024-03-12 10:00 UTC", "2024-03-12")...)
	if len(d.Marks) != 3 || !d.Marks[1].Soft || d.Marks[1].Until != 644 {
		t.Errorf("got %+v, want a soft mark over its whole day", d.Marks)
	}
}

func TestManyEventsStayADrawing(t *testing.T) {
	start := moment(t, "2024-03-12 09:00 UTC")
	events := make([]postmortem.Event, 100_000)
	for i := range events {
		at := start
		at.Time = at.Time.Add(time.Duration(i) * time.Second)
		until := at
		until.Time = at.Time.Add(time.Minute)
		events[i] = postmortem.Event{At: at, Until: until, Text: "told"}
	}
	events[77_777].Kind = "detected"
	d := drawingOf(events...)
	if len(d.Marks) > maxDrawn || len(d.Marks) < maxDrawn/2 || d.Height > 300 || d.LeftOut == "" {
		t.Errorf("%d marks, %d pixels high, %q", len(d.Marks), d.Height, d.LeftOut)
	}
	detected := false
	for _, m := range d.Marks {
		detected = detected || m.Kind == "detected"
	}
	if !detected {
		t.Error("the one event that has a kind is not drawn")
	}

	for i := range events {
		events[i].At, events[i].Until = start, postmortem.Moment{}
	}
	events[0].At = moment(t, "2024-03-12 08:00 UTC")
	if d = drawingOf(events...); len(d.Marks) != maxRows+1 || d.LeftOut != "99,994 events are in the list only." {
		t.Errorf("all at one time: %d marks, %q", len(d.Marks), d.LeftOut)
	}
	if d = drawingOf(events[:20]...); len(d.Marks) != maxRows+1 || len(d.More) != 1 || d.More[0].Text != "+14" {
		t.Errorf("twenty at one time: %d marks and %v", len(d.Marks), d.More)
	}
}

func TestLanes(t *testing.T) {
	lanes := func(events []postmortem.Event) string {
		var names []string
		for _, lane := range drawingOf(events...).Lanes {
			name := ""
			if lane.Label != nil {
				name = lane.Label.Text
			}
			names = append(names, name)
		}
		return strings.Join(names, "|")
	}
	plain := eventsAt(t, "started 2024-03-12 09:00 UTC", "2024-03-12 09:20 UTC", "acknowledged 2024-03-12 09:30 UTC")
	if got := lanes(plain); got != "" {
		t.Errorf("without any division: %q", got)
	}
	told := append(eventsAt(t, "communicated 2024-03-12 09:40 UTC"), plain...)
	if got := lanes(told); got != "|Public" {
		t.Errorf("with a notice: %q", got)
	}
	told[2].Lane = "People"
	told[1].Lane = "the database of orders"
	if got := lanes(told); got != "People|the databa…|Public" {
		t.Errorf("with lanes of the author's: %q", got)
	}
}

func TestPhases(t *testing.T) {
	meta := func(times map[string]string) *postmortem.Postmortem {
		p := &postmortem.Postmortem{}
		for name, field := range map[string]*postmortem.Moment{
			"start": &p.Start, "detected": &p.Detected, "identified": &p.Identified, "mitigated": &p.Mitigated, "resolved": &p.Resolved,
		} {
			if text := times[name]; text != "" {
				*field = moment(t, "2024-03-12 "+text)
			}
		}
		return p
	}
	for _, test := range []struct {
		name  string
		times map[string]string
		want  string
	}{
		{"all", map[string]string{"start": "09:00", "detected": "09:15", "identified": "09:30", "mitigated": "10:00", "resolved": "12:00"},
			"undetected 0+250 15 min, diagnosing 250+250 15 min, repairing 500+500 30 min, 10:00"},
		{"no cause", map[string]string{"start": "09:00", "detected": "09:15", "resolved": "10:00"},
			"undetected 0+250 15 min, responding 250+750 45 min, 10:00"},
		{"no detection", map[string]string{"start": "09:00", "identified": "09:30", "resolved": "10:00"},
			"unexplained 0+500 30 min, repairing 500+500 30 min, 10:00"},
		{"the cause came later", map[string]string{"start": "09:00", "detected": "09:15", "mitigated": "10:00", "identified": "11:00"},
			"undetected 0+250 15 min, responding 250+750 45 min, 10:00"},
		{"about", map[string]string{"start": "09:00", "detected": "09:30", "resolved": "10:00"},
			"undetected 0+500 30 min, responding 500+500 30 min, 10:00"},
		{"one phase", map[string]string{"start": "09:00", "resolved": "10:00"}, ""},
		{"no end", map[string]string{"start": "09:00", "detected": "09:15"}, ""},
		{"out of order", map[string]string{"start": "09:00", "detected": "08:15", "resolved": "10:00"}, ""},
		{"in two zones", map[string]string{"start": "09:00", "detected": "09:15 UTC", "resolved": "10:00"}, ""},
	} {
		got := ""
		if bar := builderOf(meta(test.times)).phases(); bar != nil {
			for _, p := range bar.Phases {
				got += fmt.Sprintf("%s %d+%d %s, ", p.Name, p.X, p.Width, p.Duration)
			}
			got += bar.Recovered.Text
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	against := meta(map[string]string{"start": "09:00", "detected": "09:15", "resolved": "10:00"})
	against.Declared.Duration = postmortem.ParseDuration("3 h")
	if bar := builderOf(against).phases(); bar != nil {
		t.Errorf("a bar contradicts the author's three hours: %+v", bar)
	}
}

// A timeline of the text is drawn and not listed again, and so are its
// countermeasures not.
func TestTextIsNotSaidTwice(t *testing.T) {
	events := eventsAt(t, "2024-03-12 09:00 UTC", "2024-03-12 10:00 UTC")
	for i := range events {
		events[i].Span = postmortem.Span{Block: i + 1}
	}
	b := builderOf(&postmortem.Postmortem{
		Timeline:        events,
		Countermeasures: []postmortem.Countermeasure{{Text: "watch it", Span: postmortem.Span{Block: 7}}},
		Impacts:         []postmortem.Impact{{Text: "slow"}},
	})
	if v := b.timeline(); v == nil || v.Drawing == nil || v.Days != nil {
		t.Errorf("got %+v, want a drawing only", v)
	}
	if b.countermeasures() != nil || b.impacts() != nil {
		t.Error("what the text lists is listed again")
	}
	b.p.Meta().Timeline = events[:1]
	if v := b.timeline(); v != nil {
		t.Errorf("got %+v for one event of the text", v)
	}
}

func TestMarksLeadToTheirEvents(t *testing.T) {
	page := pagesOf(t, "testdata/pages", "https://example.org/", "")[report]
	marks := regexp.MustCompile(`<a xlink:href="#(t-[^"]+)"[^>]*><g`).FindAllStringSubmatch(page, -1)
	if len(marks) != 4 {
		t.Fatalf("%d marks, want 4", len(marks))
	}
	for _, mark := range marks {
		if !strings.Contains(page, ` id="`+mark[1]+`"`) {
			t.Errorf("no event has the id %q", mark[1])
		}
	}
	for _, want := range []string{
		`<svg role="group" aria-label="Timeline to scale, from 12 March 2024, 09:12`, `10:00 · We look at the network`, `class="break"`,
		`data-phase="undetected"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%s is not in the page", want)
		}
	}
}
