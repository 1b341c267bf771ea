package render

import (
	"bytes"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"publish/internal/locale"
	"publish/internal/route"
	"publish/internal/site"
)

const calendarPath = "/countermeasures.ics"

// maxCalendarLine is how many octets a line of a calendar may have without its
// end (RFC 5545 §3.1).
const maxCalendarLine = 75

// calendarRoute gives the days by which open countermeasures are due.
func (b *builder) calendarRoute() planned {
	return planned{&route.Route{Path: calendarPath, Source: "calendar of countermeasures", Render: func(w io.Writer) error {
		_, err := w.Write(calendar(b.site))
		return err
	}}, b.addCalendar}
}

// calendar writes RFC 5545: an event of one day for each date, since most
// programs that subscribe to calendars show no to-do entries.
func calendar(s *site.Site) []byte {
	var b bytes.Buffer
	name := siteName(s) + ": " + locale.For(s.Language).T("countermeasures")
	for _, line := range []string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//publish//countermeasures//EN",
		"NAME:" + calendarText(name), "X-WR-CALNAME:" + calendarText(name), // RFC 7986 §5.1, and what came before it
	} {
		writeFolded(&b, line)
	}
	events, seen := 0, map[string]int{}
	for _, p := range s.Register() {
		uid := promiseUID(s, p, seen)
		// What is shown only as a preview is in no calendar, as in no feed.
		if p.Page.Preview == "" && p.Unsettled() && p.Due.Known() {
			writeEvent(&b, s, p, uid)
			events++
		}
	}
	if events == 0 {
		// A calendar has to hold a component (§3.6); this one shows nothing.
		for _, line := range []string{
			"BEGIN:VTIMEZONE", "TZID:Etc/UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000",
			"TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE",
		} {
			writeFolded(&b, line)
		}
	}
	writeFolded(&b, "END:VCALENDAR")
	return b.Bytes()
}

// promiseUID names a countermeasure for those who subscribe to the calendar: by
// its report and its words, as lists have others put in above, sorted and struck
// out. A new day, owner or state is then a change of the event, and only other
// words make another one of it. Those of one report that have the same words are
// numbered, with what is done, so that it may be done without a change to others.
func promiseUID(s *site.Site, p site.Promise, seen map[string]int) string {
	words := strings.Join(strings.FieldsFunc(strings.ToLower(promiseText(p)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	}), " ")
	page := site.FeedID(s.Config.Feed.ID, p.Page.ID) // and not Jekyll's, which is an address
	return site.FeedID(page, strings.TrimPrefix(numbered(seen, page+" countermeasure "+words), page+" "))
}

// promiseText is a countermeasure in a line.
func promiseText(p site.Promise) string {
	return strings.Join(strings.Fields(fromText(p.Text, p.Span)), " ")
}

func writeEvent(b *bytes.Buffer, s *site.Site, p site.Promise, uid string) {
	words := locale.For(s.Language)
	about := cleanText(p.Page.Title) + "\n" + words.T("state_"+p.Status)
	if p.Owner != "" && s.Shows("owner") {
		about += "\n" + plainText(p.Owner)
	}
	lines := []string{
		"BEGIN:VEVENT", "UID:" + uid,
		// The clock of the build would change the file each time.
		"DTSTAMP:" + p.Page.Date.Instant(s.Config.Timezone).UTC().Format("20060102T150405Z"),
		"DTSTART;VALUE=DATE:" + p.Due.Time.Format("20060102"),
		"SUMMARY:" + calendarText(promiseText(p)),
		"DESCRIPTION:" + calendarText(about),
		"TRANSP:TRANSPARENT",
	}
	if address := s.Links.Absolute(p.Page.Path); address != "" {
		lines = append(lines, "URL:"+address+"#"+countermeasureID(p.Index))
	}
	for _, line := range append(lines, "END:VEVENT") {
		writeFolded(b, line)
	}
}

var calendarEscapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

// calendarText escapes a text (§3.3.11).
func calendarText(s string) string { return calendarEscapes.Replace(s) }

// writeFolded writes a line in pieces of no more than 75 octets, none of which
// begins within a character.
func writeFolded(b *bytes.Buffer, line string) {
	room := maxCalendarLine
	for len(line) > room {
		cut := room
		for !utf8.RuneStart(line[cut]) {
			cut--
		}
		b.WriteString(line[:cut] + "\r\n ")
		line, room = line[cut:], maxCalendarLine-1 // the space counts
	}
	b.WriteString(line + "\r\n")
}
