package render

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/postmortem"
	"publish/internal/site"
)

// property is one line of a calendar, unfolded.
type property struct{ name, params, value string }

// contentLine is RFC 5545 §3.1 for the parameters that publish writes.
var contentLine = regexp.MustCompile(`^([A-Z-]+)((?:;[A-Z-]+=[A-Z-]+)*):(.*)$`)

// readCalendar reads a calendar strictly: ends of lines, folds, characters,
// nesting, and that escapes are complete.
func readCalendar(t *testing.T, text string) (components []string, events [][]property) {
	t.Helper()
	if !strings.HasSuffix(text, "\r\n") || strings.Count(text, "\n") != strings.Count(text, "\r\n") ||
		strings.Count(text, "\r") != strings.Count(text, "\r\n") {
		t.Fatalf("the lines do not all end in CRLF: %q", text)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		if line == "" || len(line) > 75 || !utf8.ValidString(line) {
			t.Errorf("a line of %d octets, valid: %t: %q", len(line), utf8.ValidString(line), line)
		}
	}
	var open []string
	unfolded := strings.ReplaceAll(strings.TrimSuffix(text, "\r\n"), "\r\n ", "")
	for line := range strings.SplitSeq(unfolded, "\r\n") {
		m := contentLine.FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("not a property: %q", line)
		}
		p := property{m[1], m[2], m[3]}
		switch p.name {
		case "BEGIN":
			open, components = append(open, p.value), append(components, p.value)
			if p.value == "VEVENT" {
				events = append(events, nil)
			}
		case "END":
			if len(open) == 0 || open[len(open)-1] != p.value {
				t.Fatalf("%q ends within %v", p.value, open)
			}
			open = open[:len(open)-1]
		case "SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME":
			if bare := regexp.MustCompile(`\\[\\;,n]`).ReplaceAllString(p.value, ""); strings.ContainsAny(bare, `\;,`) {
				t.Errorf("not escaped: %q", p.value)
			}
			fallthrough
		default:
			if len(open) > 0 && open[len(open)-1] == "VEVENT" {
				events[len(events)-1] = append(events[len(events)-1], p)
			}
		}
	}
	checkComponents(t, unfolded, events)
	if len(open) > 0 || components[0] != "VCALENDAR" || len(components) < 2 {
		t.Errorf("%v is still open; the components are %v, and one is needed", open, components)
	}
	return components, events
}

// checkComponents: what RFC 5545 §3.6 asks of a calendar (VERSION, PRODID) and
// of its events (§3.6.1), each once.
func checkComponents(t *testing.T, unfolded string, events [][]property) {
	t.Helper()
	for _, name := range []string{"VERSION:2.0", "PRODID:-//"} {
		if strings.Count(unfolded, "\r\n"+name) != 1 {
			t.Errorf("%s does not stand once in the calendar", name)
		}
	}
	uids := map[string]bool{}
	for _, event := range events {
		values := map[string]string{}
		for _, p := range event {
			if _, twice := values[p.name]; twice && p.name != "END" {
				t.Errorf("%s stands twice in %v", p.name, event)
			}
			values[p.name] = p.value
		}
		if _, err := time.Parse("20060102T150405Z", values["DTSTAMP"]); err != nil {
			t.Errorf("DTSTAMP: %v", err)
		}
		if _, err := time.Parse("20060102", values["DTSTART"]); err != nil {
			t.Errorf("DTSTART: %v", err)
		}
		if u, err := url.Parse(values["URL"]); err != nil || values["URL"] != "" && !u.IsAbs() {
			t.Errorf("URL %q", values["URL"])
		}
		if uid := values["UID"]; uid == "" || uids[uid] {
			t.Errorf("the UID %q is empty, or stands twice", uid)
		}
		uids[values["UID"]] = true
	}
	if strings.ContainsFunc(strings.ReplaceAll(unfolded, "\r\n", ""), func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }) {
		t.Errorf("control characters in %q", unfolded)
	}
}

// calendarSite is a site of one report.
func calendarSite(t *testing.T, show []string, list ...postmortem.Countermeasure) *site.Site {
	base, _ := url.Parse("https://example.org/reports/")
	cfg := &config.Config{BaseURL: base, Title: "Reports, all; of them", Show: show, Feed: config.Feed{ID: "x"}}
	s, _ := site.New(cfg, &content.Folder{Root: "content"}, site.Options{Now: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)})
	p := &site.Page{
		Document: content.Document{
			Kind: postmortem.KindPostmortem, Title: `Login; it \ was, slow`, Date: moment(t, "2024-03-12"),
		}.With(&postmortem.Postmortem{Countermeasures: list}, nil),
		Path: "/2024/03/12/login/", FeedID: site.FeedID("x", "login"),
	}
	s.Posts = []*site.Page{p}
	return s
}

func TestCalendar(t *testing.T) {
	due := moment(t, "2024-05-01")
	long := strings.Repeat("désactiver ", 20) + `a;b,c\d`
	s := calendarSite(t, []string{"due"},
		postmortem.Countermeasure{Text: "Done", Status: "done", Due: due},
		postmortem.Countermeasure{Text: long, Status: "open", Due: due, Owner: "Ada"},
		postmortem.Countermeasure{Text: "Without a day", Status: "open"},
		postmortem.Countermeasure{Text: "Who knows", Status: "unknown", Due: due},
		postmortem.Countermeasure{Text: "two\n\nlines", Status: "in_progress", Due: moment(t, "2024-05-02T23:00:00-10:00")})
	_, events := readCalendar(t, string(calendar(s)))
	if len(events) != 2 {
		t.Fatalf("%d events: %v", len(events), events)
	}
	want := []property{
		{"UID", "", ""},
		{"DTSTAMP", "", "20240312T000000Z"}, {"DTSTART", ";VALUE=DATE", "20240501"},
		{"SUMMARY", "", strings.Repeat("désactiver ", 20) + `a\;b\,c\\d`},
		{"DESCRIPTION", "", `Login\; it \\ was\, slow\nOpen`}, {"TRANSP", "", "TRANSPARENT"},
		{"URL", "", "https://example.org/reports/2024/03/12/login/#cm-2"},
	}
	uid := regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	if got := events[0][0]; !uid.MatchString(got.value) || got.value == events[1][0].value {
		t.Errorf("the names are %q and %q", got.value, events[1][0].value)
	}
	want[0] = events[0][0]
	if !slices.Equal(events[0], want) {
		t.Errorf("the event is\n%q, not\n%q", events[0], want)
	}
	if got := events[1][2].value + events[1][3].value; got != "20240502two lines" {
		t.Errorf("the second event has %q", got)
	}

	// Neither the clock nor what comes before or after may change an event.
	again := calendarSite(t, []string{"due", "owner"}, s.Posts[0].Meta().Countermeasures[:2]...)
	again.Options.Now = again.Options.Now.AddDate(1, 0, 0)
	_, later := readCalendar(t, string(calendar(again)))
	if later[0][0] != events[0][0] || later[0][1] != events[0][1] {
		t.Errorf("the event became %q", later[0])
	}
	if got := later[0][4].value; got != `Login\; it \\ was\, slow\nOpen\nAda` {
		t.Errorf("with its owner it is described as %q", got)
	}
}

// TestCalendarNames: an event is known by its report and its words, whatever
// stands above it and whatever becomes of it.
func TestCalendarNames(t *testing.T) {
	due, later := moment(t, "2024-05-01"), moment(t, "2024-06-01")
	open := func(text string) postmortem.Countermeasure {
		return postmortem.Countermeasure{Text: text, Status: "open", Due: due}
	}
	names := func(list ...postmortem.Countermeasure) map[string]string {
		_, events := readCalendar(t, string(calendar(calendarSite(t, []string{"due"}, list...))))
		uids := map[string]string{}
		for _, e := range events {
			uids[e[3].value] += e[0].value + " "
		}
		return uids
	}
	before := names(open("Renew *early*."), open("Alert"), open("Alert"))
	moved := open("Renew early")
	moved.Due, moved.Owner, moved.Status = later, "Ada", "in_progress"
	after := names(open("New above"), open("Alert"), moved, open("Alert"))
	if before["Renew early."] != after["Renew early"] || before["Alert"] != after["Alert"] {
		t.Errorf("%q became %q", before, after)
	}
	if u := strings.Fields(before["Alert"]); len(u) != 2 || u[0] == u[1] {
		t.Errorf("two of the same words have the names %q", u)
	}
	done := open("Alert")
	done.Status = "done"
	if second := names(done, open("Alert"))["Alert"]; !strings.HasSuffix(before["Alert"], " "+second) {
		t.Errorf("the second of two became %q when the first was done", second)
	}
	if names(open("Renew late"))["Renew late"] == before["Renew early."] {
		t.Error("other words have the same name")
	}
}

func TestCalendarWithoutEvents(t *testing.T) {
	components, events := readCalendar(t, string(calendar(calendarSite(t, []string{"due"}))))
	if len(events) != 0 || !slices.Equal(components, []string{"VCALENDAR", "VTIMEZONE", "STANDARD"}) {
		t.Errorf("the components are %v", components)
	}
}

// FuzzCalendarText: no text breaks a line, and every text comes back.
func FuzzCalendarText(f *testing.F) {
	for _, seed := range []string{"", `a\n;,`, strings.Repeat("é", 80), strings.Repeat("x", 75), "\r\nEND:VCALENDAR", "\x00\u2028\U0001f600"} {
		f.Add(seed)
	}
	back := strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n")
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "")
		s := calendarSite(t, nil, postmortem.Countermeasure{Text: text, Status: "open", Due: moment(t, "2024-05-01"), Span: postmortem.Span{Block: 1}})
		_, events := readCalendar(t, string(calendar(s)))
		if want := strings.Join(strings.Fields(cleanText(text)), " "); len(events) != 1 || back.Replace(events[0][3].value) != want {
			t.Errorf("%q became %q", want, events)
		}
	})
}
