package render

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"time"

	"publish/internal/pattern"
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
var ownStatusID = pattern.New(`^[a-z0-9]{12}$`)

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
