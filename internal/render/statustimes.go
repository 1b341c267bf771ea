package render

import (
	"cmp"
	"slices"
	"time"

	"publish/internal/postmortem"
	"publish/internal/site"
)

// notice reads of a page when it was told of, and its state.
func (b *statusBoard) notice(p *site.Page) *statusNotice {
	n := &statusNotice{
		p: p, id: incidentID(site.FeedID(b.s.Config.Feed.ID, p.ID), p.ID),
		maintenance: p.Kind == postmortem.KindMaintenance,
	}
	for _, t := range p.ServiceTerms {
		if i, ok := b.byTerm[t]; ok {
			n.parts = append(n.parts, i)
		}
	}
	slices.Sort(n.parts)
	n.started = b.milestone(p, p.Meta().Start, "started")
	first, last := b.span(p)
	if n.started.IsZero() {
		n.started = first
	}
	if n.started.IsZero() {
		n.started = cmp.Or(p.Day, p.Date).Instant(b.s.Zone(p))
	}
	n.created = b.since(n, first)
	n.updated = later(n.created, last)
	if p.Updated.Known() {
		n.updated = later(n.updated, p.Updated.Instant(b.s.Config.Timezone))
	}
	if n.maintenance {
		b.plan(n)
		return n
	}
	n.status, n.impact = b.incidentStatus(p), incidentImpact(p, n.parts)
	if !n.open() {
		n.over = b.end(n)
		n.updated = later(n.updated, n.over)
	}
	return n
}

// end is when an incident was over. Programs take one without that time for one
// that runs, so that where nobody says it, it is when it was told of.
func (b *statusBoard) end(n *statusNotice) time.Time {
	m := n.p.Meta()
	at := b.milestone(n.p, m.Resolved, "resolved")
	for i := range m.Updates {
		if u := &m.Updates[i]; at.IsZero() && u.Status == postmortem.StatusResolved && u.At.Known() {
			at = u.At.Instant(b.s.Zone(n.p))
		}
	}
	if at.IsZero() {
		if n.p.HasLength {
			at = n.started.Add(n.p.Length.Value)
		}
	}
	if at.Before(n.started) {
		return later(n.created, n.started)
	}
	return at
}

// since is when a notice was first told of: its first update, unless it was
// published before.
func (b *statusBoard) since(n *statusNotice, first time.Time) time.Time {
	m := n.p.Published
	published := m.Instant(b.s.Config.Timezone)
	switch {
	case !first.IsZero() && m.Precision == postmortem.Day && published.AddDate(0, 0, 1).After(first),
		!first.IsZero() && published.After(first):
		return first
	case m.Precision == postmortem.Day && first.IsZero() && !n.maintenance:
		return later(published, n.started) // a day begins before its hours
	}
	return published
}

// milestone is the instant of a field, else of the first event of its kind.
func (b *statusBoard) milestone(p *site.Page, m postmortem.Moment, kind postmortem.EventKind) time.Time {
	events := p.Meta().Timeline
	for i := range events {
		if m.Known() {
			break
		}
		if e := &events[i]; e.Kind == kind {
			m = e.At
		}
	}
	if !m.Known() {
		return time.Time{}
	}
	return m.Instant(b.s.Zone(p))
}

// span gives the times of the first and the last update.
func (b *statusBoard) span(p *site.Page) (first, last time.Time) {
	for _, u := range p.Meta().Updates {
		if at := u.At; at.Known() {
			t := at.Instant(b.s.Zone(p))
			if first.IsZero() || t.Before(first) {
				first = t
			}
			last = later(last, t)
		}
	}
	return first, last
}

// incidentStatus is the state of an incident in Statuspage's words. One that is
// over has the state `postmortem` once its report is there.
func (b *statusBoard) incidentStatus(p *site.Page) string {
	switch {
	case p.Open && p.Status.Open():
		return string(p.Status)
	case p.Open:
		return string(postmortem.StatusInvestigating)
	case p.IsReport:
		return string(postmortem.StatusPostmortem)
	}
	return string(postmortem.StatusResolved)
}

// incidentImpact is what the site's scale says of the severity. Where nobody
// states one, it follows from the components, as in the original: none without
// any, else minor, since all that is known of them is that they were hurt. So
// does a severity for which the scale has no word of the interface.
func incidentImpact(p *site.Page, parts []int) string {
	switch {
	case p.Severity != nil && p.Severity.Statuspage != "":
		return p.Severity.Statuspage
	case p.Severity == nil && len(parts) == 0:
		return "none"
	}
	return "minor"
}

// plan reads when a maintenance is to be, and its state at the site's time.
func (b *statusBoard) plan(n *statusNotice) {
	m, zone := n.p.Meta(), b.s.Zone(n.p)
	n.impact, n.from = "maintenance", b.milestone(n.p, m.Start, "started")
	if n.from.IsZero() {
		n.from = cmp.Or(n.p.Day, n.p.Date).Instant(zone)
	}
	if m.ScheduledFor.Known() {
		n.from = m.ScheduledFor.Instant(zone)
	}
	switch {
	case m.ScheduledUntil.Known():
		n.until = ending(m.ScheduledUntil, zone)
	case m.Resolved.Known():
		n.until = ending(m.Resolved, zone)
	case m.Declared.Duration.Known:
		n.until = n.from.Add(m.Declared.Duration.Value)
	default: // nobody said for how long: no longer than its day
		y, month, day := n.from.In(cmp.Or(zone, time.UTC)).Date()
		n.until = time.Date(y, month, day+1, 0, 0, 0, 0, cmp.Or(zone, time.UTC))
	}
	n.until = later(n.from, n.until)
	n.started = n.from
	// What its author says of the state wins over the clock.
	switch now := b.s.Options.Now; {
	case n.p.Status == postmortem.StatusMonitoring:
		n.status = "verifying"
	case n.p.Open:
		n.status = "in_progress"
	case n.p.Status == postmortem.StatusResolved && !m.Resolved.Known(), n.p.Status == postmortem.StatusPostmortem, !now.Before(n.until):
		n.status = "completed"
	case now.Before(n.from):
		n.status = "scheduled"
	default:
		n.status = "in_progress"
	}
	switch {
	case n.status == "completed":
		n.over = n.until
		for i := range m.Updates { // it may have been done before its time
			if u := &m.Updates[i]; u.Status == postmortem.StatusResolved && u.At.Known() {
				n.over = u.At.Instant(zone)
			}
		}
		n.updated = later(n.updated, n.over)
	case n.open():
		n.updated = later(n.updated, n.from)
	}
}

// ending is the instant at which a moment is over: a day ends when the next
// begins.
func ending(m postmortem.Moment, zone *time.Location) time.Time {
	if m.Precision == postmortem.Day {
		m.Time = m.Time.AddDate(0, 0, 1)
	}
	return m.Instant(zone)
}
