package postmortem

import (
	"time"

	"publish/internal/diag"
)

// PlaceIn gives every time of the incident that names no zone the one that the
// document or the site states; nil changes nothing. The dates of the document
// itself (date, published, updated, embargo) are days of the site and stay.
func (p *Postmortem) PlaceIn(zone *time.Location) {
	if zone == nil {
		return
	}
	for _, m := range p.times() {
		*m = m.In(zone)
	}
}

// times are the times of the incident, each event's and impact's beginning
// before its end.
func (p *Postmortem) times() []*Moment {
	list := make([]*Moment, 0, 9+2*len(p.Timeline)+2*len(p.Impacts)+len(p.Communications)+len(p.Updates))
	list = append(list, &p.Start, &p.Detected, &p.Acknowledged, &p.Identified, &p.Mitigated, &p.Resolved, &p.Communicated,
		&p.ScheduledFor, &p.ScheduledUntil)
	for i := range p.Timeline {
		list = append(list, &p.Timeline[i].At, &p.Timeline[i].Until)
	}
	for i := range p.Impacts {
		list = append(list, &p.Impacts[i].From, &p.Impacts[i].Until)
	}
	for i := range p.Communications {
		list = append(list, &p.Communications[i].At)
	}
	for i := range p.Updates {
		list = append(list, &p.Updates[i].At)
	}
	return list
}

// DoubtClocks warns of times of the front matter that the clocks of their zone
// passed over, or showed twice, as ReadText does of those of the text. zone is
// that of the times which name none, or nil. It is asked before PlaceIn, which
// leaves no trace of a clock that was passed over.
func (p *Postmortem) DoubtClocks(zone *time.Location) diag.List {
	var diags diag.List
	c := calendar{diags: &diags}
	var before Moment
	for _, m := range p.times() {
		if m.Written == before.Written && m.Pos == before.Pos {
			continue // the end of a range: both are one text
		}
		before = *m
		if m.Zoned && neverChanges(m.Time.Location()) {
			continue
		}
		if clock, day, in := m.clockIn(zone); in != nil {
			c.warnClock(c.on(*m, day, clock, in), day, clock)
		}
	}
	return diags
}

// neverChanges says of a zone that its clocks are surely never put forward or
// back: it is UTC or an offset, which alone has no name.
func neverChanges(zone *time.Location) bool { return zone == time.UTC || zone.String() == "" }

// clockIn is what a clock showed at a moment by its author's words, and where;
// nil where nothing says, or there is no clock.
func (m Moment) clockIn(zone *time.Location) (clock clockTime, day time.Time, in *time.Location) {
	if !m.Known() || m.Precision <= Day {
		return clock, day, nil
	}
	day = civil(m.Time.Year(), int(m.Time.Month()), m.Time.Day())
	if !m.Zoned {
		clock.hour, clock.minute, clock.second = m.Time.Clock()
		clock.precision, clock.known = m.Precision, true
		return clock, day, zone
	}
	// Its time is no longer what was written, if that never was.
	e, problem := scanEntryTime(m.Written, nil)
	if problem != NoProblem || !e.clocked() {
		return clock, day, nil
	}
	if e.day.full() {
		day = civil(e.day.year, e.day.month, e.day.day)
	}
	e.clock.odd = false
	return e.clock, day, m.Time.Location()
}
