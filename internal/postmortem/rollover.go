package postmortem

import (
	"time"

	"publish/internal/diag"
)

// A clock that runs back by more than this has passed midnight; by less, it is
// out of order.
const rolledBack = 6 * time.Hour

// Nobody expects order from times that are said to be approximate.
const roughly = 10 * time.Minute

// calendar gives the entries of a timeline what they do not write themselves:
// the day and the zone. It follows the day from entry to entry.
type calendar struct {
	zone *time.Location // of entries that name none; nil if none is stated
	// near is the day that is known before the first entry, zero if none.
	near time.Time
	// dayFirst says that the language settles the order of 4/5.
	dayFirst bool
	// stated is the day that a note above the entries gives to all that name
	// none.
	stated time.Time
	day    time.Time // of the last entry, zero before the first
	next   time.Time // the day that was last called the next one
	last   Moment    // the last whole time
	early  time.Time // the earliest that it can have been
	half   byte      // of the day, if that wrote AM or PM
	zeroth time.Time // the day before "Day 1", zero if none was met
	twelve bool      // clocks without AM or PM are of twelve hours too
	small  bool      // no clock shows more than twelve hours: all of them may be of twelve
	first  Moment    // the first whole time
	diags  *diag.List
	marks  string // how the author begins a heading of a day: "### "
}

// today is the day of an entry that names none.
func (c *calendar) today() time.Time {
	switch {
	case c.day.IsZero() && !c.stated.IsZero():
		return c.stated
	case c.day.IsZero():
		return c.near
	case c.stated.After(c.day):
		return c.stated
	}
	return c.day
}

// enter begins a new day: a heading, a paragraph or an item that is only that.
func (c *calendar) enter(d dayPart) (time.Time, bool) {
	day, ok := c.dayOf(d)
	if ok {
		c.day, c.stated = day, time.Time{}
		c.last = Moment{}
	}
	return day, ok
}

// dayOf gives a day what it does not say itself. Counted days begin with the
// first that is met.
func (c *calendar) dayOf(d dayPart) (time.Time, bool) {
	near := c.day
	if near.IsZero() {
		near = c.today()
	}
	d.swappable = d.swappable && !c.dayFirst
	if d.next {
		if c.day.IsZero() || !c.day.Equal(c.next) {
			c.next = near.AddDate(0, 0, 1) // said again, it is the same day
		}
		return c.next, !near.IsZero()
	}
	if d.nth == 0 {
		return d.near(near, !c.day.IsZero())
	}
	if c.zeroth.IsZero() {
		if near.IsZero() {
			return time.Time{}, false
		}
		c.zeroth = near.AddDate(0, 0, -d.nth)
	}
	return c.zeroth.AddDate(0, 0, d.nth), true
}

// place makes moments of what an entry says.
func (c *calendar) place(e entryTime, written string, pos diag.Pos) (at, until Moment) {
	at = Moment{Written: written, Approximate: e.approximate, Pos: pos}
	if e.relative {
		return c.placeRelative(e, at), Moment{}
	}
	e.untilDay.swappable = e.untilDay.swappable && !c.dayFirst
	day, known := c.today(), !c.today().IsZero()
	if e.dated() {
		day, known = c.dayOf(e.day)
	}
	switch {
	case e.clock.unknown && !e.dated():
		return at, Moment{}
	case !e.clocked() && !known:
		return at, Moment{}
	case !e.clocked():
		at.Time, at.Precision = day, Day
		at = at.inYears()
		c.note(at, e)
		return at, c.lastDay(e, at)
	}
	zone := e.zone
	if zone == nil && !e.foreign {
		zone = c.zone
	}
	if !known {
		day = civil(0, 1, 1)
	}
	at = c.on(at, day, e.clock, zone)
	if known && c.inAfternoon(at, e) {
		e.clock.hour += 12
		at = c.on(at, day, e.clock, zone)
		if e.hasUntil && e.untilClock.half == 0 && e.untilClock.hour < 12 {
			e.untilClock.hour += 12
		}
	}
	if known && !e.dated() && c.last.Known() && c.last.Precision > Day && sameDay(c.last.Time, at.Time) && c.back(at) > rolledBack && !c.mixed(at, e) {
		day = day.AddDate(0, 0, 1)
		at = c.on(at, day, e.clock, zone)
		c.diags.Report(diag.DayRolled, pos, c.ifAfternoon(e, "or ")+"add a heading or an entry with that day above it, as "+c.marks+day.Format(time.DateOnly),
			"%q is taken for the next day, %s, since the clock runs back by more than six hours", written, day.Format(time.DateOnly))
	}
	if e.hasUntil {
		until = c.until(e, at, day, zone)
	}
	c.warnClock(at, day, e.clock)
	c.note(at, e)
	c.half = e.clock.half
	return at, until
}

// mixed says that a clock runs back only because the time before it was written
// with PM and this one without: then no midnight need have passed.
func (c *calendar) mixed(m Moment, e entryTime) bool {
	return c.half == 'p' && e.clock.half == 0 && c.back(m) <= 12*time.Hour
}

// on puts a clock on a day.
func (c *calendar) on(m Moment, day time.Time, clock clockTime, zone *time.Location) Moment {
	m.Precision, m.Zoned = clock.precision, zone != nil
	if zone == nil {
		zone = time.UTC
	}
	m.Time = wall(day, clock, zone)
	return m.inYears()
}

// wall is the time at which a clock shows something on a day. Where it never
// does, the day is kept.
func wall(day time.Time, clock clockTime, zone *time.Location) time.Time {
	t := time.Date(day.Year(), day.Month(), day.Day(), clock.hour, clock.minute, clock.second, 0, zone)
	if clock.hour < 24 && t.Day() != day.Day() {
		if t.Before(time.Date(day.Year(), day.Month(), day.Day(), 12, 0, 0, 0, zone)) {
			return t.Add(time.Hour)
		}
		return t.Add(-time.Hour)
	}
	return t
}

// until is the end of a range; one that would lie before its start is of the
// next day.
func (c *calendar) until(e entryTime, at Moment, day time.Time, zone *time.Location) Moment {
	m := Moment{Written: at.Written, Approximate: at.Approximate, Pos: at.Pos}
	if e.untilZone != nil {
		zone = e.untilZone
	}
	if e.untilDay.given() {
		if d, ok := e.untilDay.near(day, true); ok {
			day = d
		}
	}
	m = c.on(m, day, e.untilClock, zone)
	if m.Time.Before(at.Time) && !e.untilDay.given() {
		return c.untilLater(e, at, m, day, zone)
	}
	return m
}

// lastDay is the end of a range of days.
func (c *calendar) lastDay(e entryTime, at Moment) Moment {
	if e.day.last > 0 && !e.untilDay.given() {
		e.untilDay = dayPart{month: e.day.month, day: e.day.last}
	}
	if !e.untilDay.given() || e.hasUntil {
		return Moment{}
	}
	day, ok := e.untilDay.near(at.Time, true)
	if !ok || !day.After(at.Time) {
		return Moment{}
	}
	return Moment{Written: at.Written, Time: day, Precision: Day, Approximate: at.Approximate, Pos: at.Pos}.inYears()
}

// placeRelative adds an offset to the last whole time, or to the first.
func (c *calendar) placeRelative(e entryTime, m Moment) Moment {
	base := c.last
	if e.fromStart {
		base = c.first
	}
	if !base.Known() || base.Precision <= Day {
		return m
	}
	m.Time, m.Precision, m.Zoned = base.Time.Add(e.offset), base.Precision, base.Zoned
	return m.inYears()
}

// back says by how much a clock runs back. A time without a zone has only its
// hands to compare.
func (c *calendar) back(m Moment) time.Duration {
	if c.last.Zoned != m.Zoned {
		return hands(c.last.Time).Sub(hands(m.Time))
	}
	return c.last.Time.Sub(m.Time)
}

// hands is what the clocks of a place show, as a time in UTC.
func hands(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.Add(time.Duration(offset) * time.Second).UTC()
}

// note remembers an entry, and warns if it stands behind a later one.
func (c *calendar) note(m Moment, e entryTime) {
	if !m.Known() {
		c.last = m
		return
	}
	early, late, _ := readings(m, e.clock)
	c.warnOrder(m, late, e)
	y, month, d := m.Time.Date()
	c.day = civil(y, int(month), d)
	if m.Precision > Day {
		c.last, c.early = m, early
		if !c.first.Known() {
			c.first = m
		}
	} else if c.last.Known() && !sameDay(c.last.Time, m.Time) {
		c.last = Moment{}
	}
}

// warnOrder warns where no reading of the two times is in order.
func (c *calendar) warnOrder(m Moment, late time.Time, e entryTime) {
	if !c.last.Known() {
		return
	}
	back := c.early.Sub(late)
	if m.Precision > Day && c.last.Zoned != m.Zoned {
		return // they may be hours apart
	}
	if m.Precision == Day {
		y, month, d := c.last.Time.Date()
		back = civil(y, int(month), d).Sub(m.Time)
	}
	if back <= 0 || back < time.Minute && (m.Precision == Minute || c.last.Precision == Minute) || (m.Approximate || c.last.Approximate) && back <= roughly {
		return
	}
	c.diags.Report(diag.TimelineOrder, m.Pos, c.ifAfternoon(e, "")+"put it in its place, or give the day if it is another one",
		"%q stands behind %q, which is later", m.Written, c.last.Written)
}

// warnClock warns of a clock that a change to or from summer time passed over,
// or went through twice.
func (c *calendar) warnClock(m Moment, day time.Time, clock clockTime) {
	if clock.odd {
		c.diags.Report(diag.TimeAmbiguous, m.Pos, "write 14:05 or 2:05 PM", "%q has AM or PM behind a time of the 24-hour clock; %s was read",
			m.Written, m.Time.Format("15:04"))
	}
	early, late, kind := readings(m, clock)
	hint := "write the offset behind it, as in +01:00"
	switch kind {
	case skippedClock:
		c.diags.Report(diag.TimeNonexistent, m.Pos, hint, "%q does not exist on %s, when the clocks went forward: %s or %s is meant",
			m.Written, day.Format(time.DateOnly), early.Format(time.RFC3339), late.Format(time.RFC3339))
	case repeatedClock:
		c.diags.Report(diag.TimeAmbiguous, m.Pos, hint, "%q is twice on %s, when the clocks went back: %s or %s is meant",
			m.Written, day.Format(time.DateOnly), early.Format(time.RFC3339), late.Format(time.RFC3339))
	}
}

// How often a clock shows a time on its day.
type clockCount uint8

const (
	onceShown clockCount = iota
	skippedClock
	repeatedClock
)

// readings are the two times that a clock may mean that was put forward past it,
// or back to before it; both are the moment itself where only that is meant. The
// clocks of some places change by half an hour.
func readings(m Moment, clock clockTime) (early, late time.Time, kind clockCount) {
	if !m.Zoned || m.Precision <= Day || m.Time.Year() == 0 || clock.hour == 24 || !clock.known {
		return m.Time, m.Time, onceShown
	}
	_, before := m.Time.Add(-12 * time.Hour).Zone()
	_, after := m.Time.Add(12 * time.Hour).Zone()
	_, now := m.Time.Zone()
	change := time.Duration(after-before) * time.Second
	shows := func(t time.Time) bool {
		hour, minute, _ := t.Clock()
		return hour == clock.hour && minute == clock.minute
	}
	switch {
	case change > 0 && !shows(m.Time) && now == after:
		return m.Time.Add(-change), m.Time, skippedClock
	case change > 0 && !shows(m.Time):
		return m.Time, m.Time.Add(change), skippedClock
	case change < 0 && now == before && shows(m.Time.Add(-change)):
		return m.Time, m.Time.Add(-change), repeatedClock
	case change < 0 && now == after && shows(m.Time.Add(change)):
		return m.Time.Add(change), m.Time, repeatedClock
	}
	return m.Time, m.Time, onceShown
}

func sameDay(a, b time.Time) bool {
	y1, m1, d1 := a.Date()
	y2, m2, d2 := b.Date()
	return y1 == y2 && m1 == m2 && d1 == d2
}
