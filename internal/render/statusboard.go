package render

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"publish/internal/postmortem"
	"publish/internal/site"
)

// statusBoard is what the site says of its state: what all routes of the output
// `statuspage` are made of. It holds no texts; those are read when a route is
// written.
type statusBoard struct {
	s          *site.Site
	page       statusPage
	rollup     statusRollup
	components []*statusComponent // groups before their members
	parts      []statusPart       // the services, without the groups
	// incidents are the newest first, and so are the maintenances, by the time
	// for which they are planned.
	incidents, maintenances []*statusNotice

	byTerm map[*site.Term]int // place in parts
}

// statusPart is a service: its component and what the model says of it.
type statusPart struct {
	*statusComponent
	site.Component
}

// statusNotice is an incident or a maintenance, but for its texts.
type statusNotice struct {
	p              *site.Page
	id             string
	maintenance    bool
	status, impact string
	created        time.Time // when it was first told of
	updated        time.Time
	started        time.Time
	from, until    time.Time // of a maintenance
	over           time.Time // zero while it runs or waits
	parts          []int     // places in parts
}

// open says that it runs now, and hurts.
func (n *statusNotice) open() bool { return statusRuns(n.status) }

func statusRuns(status string) bool {
	switch status {
	case "investigating", "identified", "monitoring", "in_progress", "verifying":
		return true
	}
	return false
}

func newStatusBoard(s *site.Site) *statusBoard {
	b := &statusBoard{s: s, byTerm: map[*site.Term]int{}}
	b.page = statusPage{
		ID: statusID("page", site.FeedID(s.Config.Feed.ID, "")), Name: siteName(s),
		URL: strings.TrimSuffix(s.Links.Absolute("/"), "/"), TimeZone: statusZone(s.Config.Timezone),
	}
	b.addComponents()
	var updated time.Time
	for _, p := range s.Posts {
		// What only --drafts or --future show claims nothing about a live system.
		if !inData(p) || p.Preview != "" {
			continue
		}
		n := b.notice(p)
		if n.maintenance {
			b.maintenances = append(b.maintenances, n)
		} else {
			b.incidents = append(b.incidents, n)
		}
		updated = later(updated, n.updated)
	}
	b.page.UpdatedAt = statusStamp(updated)
	slices.SortStableFunc(b.incidents, func(x, y *statusNotice) int { return y.created.Compare(x.created) })
	slices.SortStableFunc(b.maintenances, func(x, y *statusNotice) int { return y.from.Compare(x.from) })
	b.judge()
	return b
}

// statusID is an id of Statuspage's shape, twelve small letters and digits. It
// hangs on what names the thing alone, so that it stays with it.
func statusID(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	const length, all = 12, 36 * 36 * 36 * 36 * 36 * 36 * 36 * 36 * 36 * 36 * 36 * 36
	digits := strconv.FormatUint(binary.BigEndian.Uint64(sum[:])%all, 36)
	return strings.Repeat("0", length-len(digits)) + digits
}

// ownStatusID is an id that Statuspage gave.
var ownStatusID = regexp.MustCompile(`^[a-z0-9]{12}$`)

// incidentID is the id of an incident. One that came from Statuspage keeps the
// id that it had there, by which programs know it.
func incidentID(feed, own string) string {
	if ownStatusID.MatchString(own) {
		return own
	}
	return statusID("incident", feed)
}

// statusStamp is a time as Statuspage writes it on pages in UTC. Where nothing
// is known, and the field has to be there, it is the beginning of all.
func statusStamp(t time.Time) string {
	if t.IsZero() {
		t = time.Unix(0, 0)
	}
	return t.UTC().Format("2006-01-02T15:04:05.000Z")
}

// statusZone is the name of a zone in the zone database; a mere offset has none.
func statusZone(zone *time.Location) string {
	if zone == nil || zone == time.UTC || zone.String() == "" {
		return "Etc/UTC"
	}
	return zone.String()
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// addComponents lists the services. A group is a component too, and stands
// before its members.
func (b *statusBoard) addComponents() {
	feed := site.FeedID(b.s.Config.Feed.ID, "")
	var group *statusComponent
	position := 0
	for _, c := range b.s.Components() {
		name := cleanText(c.Group)
		if name == "" {
			group = nil
		} else if group == nil || group.Name != name {
			position++
			group = &statusComponent{
				ID: statusID("group", feed, c.Group), Name: name, Position: position, PageID: b.page.ID, Group: true,
				Components: []string{},
			}
			b.components = append(b.components, group)
		}
		part := &statusComponent{ID: statusID("component", feed, c.Key), Name: cleanText(c.Name), PageID: b.page.ID}
		if text := plainText(c.Description); text != "" {
			part.Description = &text
		}
		if group != nil {
			group.Components = append(group.Components, part.ID)
			part.GroupID, part.Position = &group.ID, len(group.Components)
		} else {
			position++
			part.Position = position
		}
		if c.Term != nil {
			b.byTerm[c.Term] = len(b.parts)
		}
		b.components = append(b.components, part)
		b.parts = append(b.parts, statusPart{part, c})
	}
}

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
	n.started = b.milestone(p, p.Meta.Start, "started")
	first, last := b.span(p)
	if n.started.IsZero() {
		n.started = first
	}
	if n.started.IsZero() {
		n.started = instant(cmp.Or(p.Day, p.Date), b.s.Zone(p))
	}
	n.created = first
	if first.IsZero() {
		n.created = instant(p.Published, b.s.Config.Timezone)
		if p.Published.Precision == postmortem.Day && !n.maintenance {
			n.created = later(n.created, n.started) // a day begins before its hours
		}
	}
	n.updated = later(n.created, last)
	if p.Updated.Known() {
		n.updated = later(n.updated, instant(p.Updated, b.s.Config.Timezone))
	}
	if n.maintenance {
		b.plan(n)
		return n
	}
	n.status, n.impact = b.incidentStatus(p), incidentImpact(p)
	if !n.open() {
		n.over = b.end(n)
		n.updated = later(n.updated, n.over)
	}
	return n
}

// end is when an incident was over. Programs take one without that time for one
// that runs, so that where nobody says it, it is when it was told of.
func (b *statusBoard) end(n *statusNotice) time.Time {
	at := b.milestone(n.p, n.p.Meta.Resolved, "resolved")
	for i := range n.p.Meta.Updates {
		if u := &n.p.Meta.Updates[i]; at.IsZero() && u.Status == postmortem.StatusResolved && u.At.Known() {
			at = instant(u.At, b.s.Zone(n.p))
		}
	}
	if at.IsZero() {
		if d, ok := publicDuration(n.p); ok {
			at = n.started.Add(d.Value)
		}
	}
	if at.Before(n.started) {
		return later(n.created, n.started)
	}
	return at
}

// milestone is the instant of a field, else of the first event of its kind.
func (b *statusBoard) milestone(p *site.Page, m postmortem.Moment, kind postmortem.EventKind) time.Time {
	for i := range p.Meta.Timeline {
		if m.Known() {
			break
		}
		if e := &p.Meta.Timeline[i]; e.Kind == kind {
			m = e.At
		}
	}
	if !m.Known() {
		return time.Time{}
	}
	return instant(m, b.s.Zone(p))
}

// span gives the times of the first and the last update.
func (b *statusBoard) span(p *site.Page) (first, last time.Time) {
	for i := range p.Meta.Updates {
		if at := p.Meta.Updates[i].At; at.Known() {
			t := instant(at, b.s.Zone(p))
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
	case isReport(b.s, p):
		return string(postmortem.StatusPostmortem)
	}
	return string(postmortem.StatusResolved)
}

// incidentImpact is what the site's scale says of the severity. One that states
// none, or none of the scale, counts as minor: "none" would claim that nothing
// was hurt, and the interface has no word for not knowing.
func incidentImpact(p *site.Page) string {
	if p.Severity == nil || p.Severity.Statuspage == "" {
		return "minor"
	}
	return p.Severity.Statuspage
}

// plan reads when a maintenance is to be, and its state at the site's time.
func (b *statusBoard) plan(n *statusNotice) {
	m, zone := n.p.Meta, b.s.Zone(n.p)
	n.impact, n.from = "maintenance", b.milestone(n.p, m.Start, "started")
	if n.from.IsZero() {
		n.from = instant(cmp.Or(n.p.Day, n.p.Date), zone)
	}
	if m.ScheduledFor.Known() {
		n.from = instant(m.ScheduledFor, zone)
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
				n.over = instant(u.At, zone)
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
	return instant(m, zone)
}
