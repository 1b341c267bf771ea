package site

import (
	"slices"
	"time"

	"publish/internal/locale"
	"publish/internal/postmortem"
)

// Brief is what lists and feeds say of a report beside its dates and its state. It
// is made once, since they are many and what they say follows from all of it.
type Brief struct {
	// IsReport tells reports from notices, which stay out of the feeds of reports
	// until their report appears: maintenances, incidents that still run and those
	// that have only updates, unless they analyse already.
	IsReport bool
	// Reported is when the report entered the feeds.
	Reported time.Time
	// Length is how long the incident took as far as a public page says: as
	// declared, else as its times give. HasLength is false where that is no length.
	Length    postmortem.Duration
	HasLength bool
	// DataLoss is what the impacts say together of data loss.
	DataLoss postmortem.Extent
	// UpdateCount is how many updates there are; LastUpdate is when the newest of an
	// open incident was, nil if nobody says.
	UpdateCount int
	LastUpdate  *postmortem.Moment
	// Kept counts the countermeasures that were kept on a day that is known.
	Kept int
}

// brief makes the Brief of a page whose state and dates are known.
func (s *Site) brief(p *Page) Brief {
	m := p.Meta()
	b := Brief{
		IsReport: s.isReport(p, m), Reported: s.reported(p, m), DataLoss: worstLoss(m.Impacts),
		UpdateCount: len(m.Updates), Kept: kept(m.Countermeasures),
	}
	if at := postmortem.Newest(m.Updates).At; p.Open && at.Known() {
		b.LastUpdate = &at // not the update, which has a text
	}
	b.Length, b.HasLength = publicLength(m)
	return b
}

func (s *Site) isReport(p *Page, m *postmortem.Postmortem) bool {
	switch {
	case p.Kind == postmortem.KindMaintenance:
		return false
	case p.Kind == postmortem.KindPost || p.Status == postmortem.StatusPostmortem:
		return true
	}
	notice := p.Open || len(m.Updates) > 0 && !p.Body().HasWords
	return !notice || s.analyses(p, m)
}

// analyses says whether the page has what only a report has.
func (s *Site) analyses(p *Page, m *postmortem.Postmortem) bool {
	l := m.Lessons
	if len(m.Causes)+len(m.Countermeasures)+len(l.Well)+len(l.Wrong)+len(l.Lucky) > 0 {
		return true
	}
	for _, h := range p.Body().Headings {
		switch locale.RoleOf(h.Text, s.headings) {
		case locale.RoleCause, locale.RoleCountermeasures, locale.RoleLessons:
			return true
		}
	}
	return false
}

// reported is when a report entered the feeds, as far as its author says: its
// field `published`, else its date. A report that began as a notice was not
// there before the incident was over, and its date would put it below what its
// readers have seen since, or beyond the end of the feed; then it is the time of
// the update that says so (Statuspage's `postmortem`), else of the last update
// while the incident ran. Later corrections do not move it.
func (s *Site) reported(p *Page, m *postmortem.Postmortem) time.Time {
	at := p.Published.Instant(s.Config.Timezone)
	if m.Published.Known() || p.Kind != postmortem.KindPostmortem {
		return at
	}
	zone := s.Zone(p)
	for i := range m.Updates {
		u := &m.Updates[i]
		if !u.At.Known() || u.Status == postmortem.StatusUnset || u.Status == postmortem.StatusCorrection || u.Status == postmortem.StatusFollowUp {
			continue
		}
		when := u.At.In(zone).Instant(s.Config.Timezone)
		if u.Status == postmortem.StatusPostmortem {
			return when
		}
		if when.After(at) {
			at = when
		}
	}
	return at
}

func publicLength(m *postmortem.Postmortem) (d postmortem.Duration, ok bool) {
	measures := m.Measures()
	length, approximate, ok := measures.Duration.Public()
	if !ok || !measures.Duration.Declared.Known && measures.Contradicted() {
		return m.Declared.Duration, false
	}
	return postmortem.Duration{Value: length, Known: true, Approximate: approximate}, true
}

func kept(list []postmortem.Countermeasure) int {
	n := 0
	for i := range list {
		if list[i].Kept() {
			n++
		}
	}
	return n
}

// worstLoss is what impacts say together of data loss.
func worstLoss(impacts []postmortem.Impact) postmortem.Extent {
	order := []postmortem.Extent{"", postmortem.ExtentNone, postmortem.ExtentUnknown, postmortem.ExtentPartial, postmortem.ExtentTotal}
	worst := 0
	for i := range impacts {
		worst = max(worst, slices.Index(order, impacts[i].DataLoss))
	}
	return order[worst]
}
