// Package postmortem is the domain: what a postmortem says, as types; how that
// is read from front matter (Split, Decode) and from the blocks of a text
// (ReadText, Adopt); what follows from it (Measures, Spent) and what in it
// contradicts itself (Doubts). It does no input or output and knows no HTML.
package postmortem

import (
	"slices"
	"time"

	"publish/internal/diag"
	"publish/internal/tree"
)

// Postmortem is the front matter of one document, decoded. A zero field is
// one that the author did not give; nothing is guessed here.
type Postmortem struct {
	Head

	// Identity.
	Title       string
	Date        Moment
	Published   Moment // when it was, or will be, made public
	Unpublished bool   // Jekyll's `published: false`
	Updated     Moment
	Lang        string // BCP 47
	Authors     []Author
	Summary     string
	Stage       Stage
	Draft       bool
	Embargo     Moment
	Kind        Kind
	License     string

	// Incident.
	Severity     Text // as written
	Status       Status
	Plan         Status // scheduled or in_progress, which `status` may say of a maintenance; else unset
	Regions      []string
	Start        Moment
	Detected     Moment
	Acknowledged Moment
	Identified   Moment
	Mitigated    Moment
	Resolved     Moment
	// ResolvedSwitch is `resolved: true` (StateYes) or `false` (StateNo).
	ResolvedSwitch State
	Communicated   Moment
	Trigger        string
	Detection      string
	Workaround     string
	Contact        string
	ScheduledFor   Moment // maintenance
	ScheduledUntil Moment

	Timeline        []Event
	Impacts         []Impact
	Causes          []Cause
	Countermeasures []Countermeasure
	Communications  []Communication
	Lessons         Lessons
	Declared        Declared
	Updates         []Update

	// Fields lists every key that was read, in the order of the file: what
	// `explain` prints.
	Fields []Field
	// Unknown lists the keys that mean nothing here, with their values, for
	// the internal build's JSON and for `data.extra`.
	Unknown []tree.Entry
	// Evidence lists the incident fields that were given (canonical names):
	// what makes the document a postmortem.
	Evidence []string
}

// Head is what a site asks of all its documents again and again while it puts
// them together: their names, addresses and terms, and which others they name.
type Head struct {
	ID           string
	FeedID       Text // of its entry in feeds, where another generator gave it
	Slug         string
	Permalink    string
	Aliases      []Text // old addresses, each with its place
	Tags         []string
	Categories   []string
	Services     []string
	Upstream     []Upstream
	Related      []string
	RecurrenceOf string
	Timezone     string // as written: an IANA name, an offset or an abbreviation
	Withdrawn    string // the reason
	Layout       string
	CanonicalURL string
	Audience     Audience
	// Internal lists the texts of all items with `internal: true`. In a public
	// build nothing else is left of them, and no page asks for it.
	Internal []Text
}

// Field is one key as read.
type Field struct {
	Key  string // as written
	Name string // the field's name in the field table
	Pos  diag.Pos
}

// States says whether the front matter has a field, by its name in the field
// table.
func (p *Postmortem) States(name string) bool {
	return slices.ContainsFunc(p.Fields, func(f Field) bool { return f.Name == name })
}

// Text is a text of the author's with its place.
type Text struct {
	Text string
	Pos  diag.Pos
}

// Author is a person or team, as far as the front matter says.
type Author struct {
	Name  string
	URL   string
	Email string
}

// Precision says how much of a Moment is known.
type Precision uint8

// The precisions.
const (
	NoTime Precision = iota // nothing is known (`--:--`, an empty field)
	Day                     // a calendar day
	Minute                  // a clock time without seconds
	Second                  // a clock time with seconds
)

// Moment is a point in time as an author writes it: perhaps only a day,
// perhaps without a zone, perhaps approximate.
type Moment struct {
	// Time is the wall clock as written. If Zoned, its location is the
	// written offset or zone and it is an instant; otherwise its location is
	// UTC and says nothing.
	Time        time.Time
	Precision   Precision
	Zoned       bool
	Approximate bool
	Written     string // the author's own text
	Pos         diag.Pos
}

// IsZero says that nothing was given.
func (m Moment) IsZero() bool { return m.Precision == NoTime && m.Written == "" }

// Known says that at least the day is known.
func (m Moment) Known() bool { return m.Precision != NoTime && !m.ClockOnly() }

// ClockOnly says that the author wrote a time of day and no day. Such a moment
// has the year 0 until FillDays gives it the day of its document.
func (m Moment) ClockOnly() bool { return m.Precision > Day && m.Time.Year() == 0 }

// On gives a moment of a clock only the day that it was missing; any other is
// given back as it is.
func (m Moment) On(day time.Time) Moment {
	if m.ClockOnly() {
		t := m.Time // 24:00 has become the day after the first
		m.Time = time.Date(day.Year(), day.Month(), day.Day()+t.Day()-1, t.Hour(), t.Minute(), t.Second(), 0, t.Location())
	}
	return m.inYears()
}

// inYears takes the time from a moment beyond the year 9999, the last that
// RFC 3339 can write: midnight at the end of that year is one.
func (m Moment) inYears() Moment {
	if beyondYears(m.Time) {
		return Moment{Written: m.Written, Approximate: m.Approximate, Pos: m.Pos}
	}
	return m
}

func beyondYears(t time.Time) bool { return t.Year() > 9999 }

// In gives the same wall clock in a zone, for a moment that names none; a
// zoned moment is given back as it is. A nil zone changes nothing.
func (m Moment) In(zone *time.Location) Moment {
	if m.Zoned || zone == nil || m.Precision <= Day {
		return m
	}
	t := m.Time
	m.Time = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), zone)
	m.Zoned = true
	return m
}

// Instant is the point in time at which a moment begins; where the author names
// no zone, it is the given one, else UTC.
func (m Moment) Instant(zone *time.Location) time.Time {
	if m.Zoned {
		return m.Time
	}
	if zone == nil {
		zone = time.UTC
	}
	t := m.Time
	if m.Precision == Day {
		return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, zone)
	}
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, zone)
}

// DateString is the calendar day as written, 2006-01-02.
func (m Moment) DateString() string { return m.Time.Format(time.DateOnly) }

// String is the machine form of /postmortems.json (DESIGN.md §6): RFC 3339
// with the moment's own offset; local without offset where no zone is stated;
// a date where only the day is known; empty where not even that is.
func (m Moment) String() string {
	switch {
	case !m.Known():
		return ""
	case m.Precision == Day:
		return m.DateString()
	case m.Zoned:
		return m.Time.Format(time.RFC3339)
	}
	return m.Time.Format("2006-01-02T15:04:05")
}

// Event is one entry of a timeline.
type Event struct {
	// Internal says that only the internal build has it.
	Internal bool
	// ID names the event in the data and as an anchor: "t-20210429T0921". It
	// is given by NameEvents, once the timeline is complete.
	ID    string
	At    Moment
	Until Moment
	Kind  EventKind
	// KindInferred says that the kind was read from the words, not stated.
	KindInferred bool
	// Text is Markdown where it comes from front matter, plain where it comes
	// from the text; one line or more.
	Text  string
	Actor string
	Link  string
	Lane  string
	Pos   diag.Pos
	// Parent is the number of the block, from 1, with the heading that the
	// timeline of the event stands under, 0 if none: a text that tells of several
	// incidents has several such headings.
	Parent int
	// Outage counts from 0 the outages of an incident that came back after a long
	// time; InferKinds does. No time between two of them is a length of the incident.
	Outage int
	// Span is where the event's time stands in the text; zero for an event of
	// the front matter.
	Span Span
}

// Span is a stretch of the text that was recognised: bytes Start to End of the
// Text of a block. Equal ends mark a place. The zero Span is none.
type Span struct {
	Block      int // number of the block, from 1
	Start, End int
}

// EventKind says what an event did to the incident.
type EventKind string

// EventKinds are the kinds that front matter may name.
var EventKinds = []EventKind{
	"started", "change", "detected", "acknowledged", "identified", "mitigated",
	"rollback", "resolved", "communicated", "note",
}

// Impact is who or what was hurt, and how much. Numbers keep the author's
// text; Count, Of and Share are what could be read from it.
type Impact struct {
	// Internal says that only the internal build has it.
	Internal     bool
	Text         string
	Who          string
	Service      string
	Count        Number
	Of           Number
	Share        Number // in percent
	Unit         string
	From         Moment
	Until        Moment
	Duration     Duration
	Recovered    string
	DataLoss     Extent
	PersonalData Extent
	Pos          diag.Pos
}

// Number is a quantity as written and as read.
type Number struct {
	Written     string
	Value       float64
	Approximate bool
	Known       bool // Value could be read
}

// Duration is a length of time as written and as read.
type Duration struct {
	Written     string
	Value       time.Duration
	Approximate bool
	Known       bool // Value could be read
}

// Cause is one cause of the incident.
type Cause struct {
	// Internal says that only the internal build has it.
	Internal bool
	Kind     string // trigger, immediate, root, contributing
	Status   string // suspected, confirmed, ruled_out
	Text     string
	Pos      diag.Pos
}

// Countermeasure is something that was promised so that it does not happen
// again.
type Countermeasure struct {
	// Internal says that only the internal build has it.
	Internal bool
	Text     string
	Kind     string // prevent, detect, mitigate, process
	Horizon  string // immediate, short, long
	Owner    string
	Due      Moment
	Status   string // proposed, open, in_progress, done, dropped, unknown
	DoneOn   Moment
	Link     string
	Pos      diag.Pos
	// Span is the item or row of the text; zero for one of the front matter.
	Span Span
}

// Unsettled says that the countermeasure is known to be neither done nor
// dropped.
func (c *Countermeasure) Unsettled() bool {
	return c.Status == "proposed" || c.Status == "open" || c.Status == "in_progress"
}

// Communication is a message that was sent while the incident ran.
type Communication struct {
	// Internal says that only the internal build has it.
	Internal bool
	At       Moment
	Channel  string
	Audience string
	Text     string
	Pos      diag.Pos
}

// Lessons are what the team learned.
type Lessons struct{ Well, Wrong, Lucky []string }

// Declared holds the measures that the author states.
type Declared struct {
	TimeToDetect, TimeToAcknowledge, TimeToMitigate, TimeToResolve, Duration Duration
}

// Update is one message about the incident or about the report.
type Update struct {
	// Internal says that only the internal build has it.
	Internal bool
	At       Moment
	Status   Status
	Text     string // Markdown
	Pos      diag.Pos
}

// Kept says that a countermeasure was kept, on a day that is known.
func (c *Countermeasure) Kept() bool { return c.Status == "done" && c.DoneOn.Known() }

// Newest is the update with the latest time; a zero one if none has a time.
func Newest(updates []Update) Update {
	var newest Update
	for _, u := range updates {
		if u.At.Known() && (!newest.At.Known() || u.At.Time.After(newest.At.Time)) {
			newest = u
		}
	}
	return newest
}

func (e *Event) keepInside()          { e.Internal = true }
func (i *Impact) keepInside()         { i.Internal = true }
func (c *Cause) keepInside()          { c.Internal = true }
func (c *Countermeasure) keepInside() { c.Internal = true }
func (c *Communication) keepInside()  { c.Internal = true }
func (u *Update) keepInside()         { u.Internal = true }

// Upstream is a provider whose fault it was.
type Upstream struct{ Provider, URL, ID string }
