package render

import (
	"slices"
	"time"

	"publish/internal/locale"
	"publish/internal/postmortem"
	"publish/internal/site"
)

// newestReports gives the pages that enter a feed: as many as the site wishes,
// in the order of their publication, which an embargo may have put long after
// their date.
func newestReports(s *site.Site, pages []*site.Page) []*site.Page {
	type report struct {
		page      *site.Page
		published time.Time
	}
	limit := s.Config.Feed.Limit
	newest := make([]report, 0, min(limit, len(pages))+1)
	for _, p := range pages {
		at := reportedAt(s, p)
		if n := len(newest); n >= limit && (n == 0 || !at.After(newest[n-1].published)) || p.Preview != "" || !isReport(s, p) {
			continue
		}
		// Of two of one time the first of the pages stays first.
		i := len(newest)
		for i > 0 && at.After(newest[i-1].published) {
			i--
		}
		newest = slices.Insert(newest, i, report{p, at})
		newest = newest[:min(len(newest), limit)]
	}
	reports := make([]*site.Page, len(newest))
	for i := range newest {
		reports[i] = newest[i].page
	}
	return reports
}

// reportedAt is when a report entered the feeds, as far as its author says: its
// field `published`, else its date. A report that began as a notice was not
// there before the incident was over, and its date would put it below what its
// readers have seen since, or beyond the end of the feed; then it is the time of
// the update that says so (Statuspage's `postmortem`), else of the last update
// while the incident ran. Later corrections do not move it.
func reportedAt(s *site.Site, p *site.Page) time.Time {
	at := instant(p.Published, s.Config.Timezone)
	if p.Meta.Published.Known() || p.Kind != postmortem.KindPostmortem {
		return at
	}
	zone := s.Zone(p)
	for i := range p.Meta.Updates {
		u := &p.Meta.Updates[i]
		if !u.At.Known() || u.Status == postmortem.StatusUnset || u.Status == postmortem.StatusCorrection || u.Status == postmortem.StatusFollowUp {
			continue
		}
		when := instant(u.At.In(zone), s.Config.Timezone)
		if u.Status == postmortem.StatusPostmortem {
			return when
		}
		if when.After(at) {
			at = when
		}
	}
	return at
}

// isReport tells reports from notices, which stay out of the feeds of reports
// until their report appears: maintenances, incidents that still run
// and those that have only updates, unless they analyse already.
func isReport(s *site.Site, p *site.Page) bool {
	notice := p.Open || len(p.Meta.Updates) > 0 && p.Body.Words == 0
	switch {
	case p.Kind == postmortem.KindMaintenance:
		return false
	case p.Kind == postmortem.KindPost || p.Status == postmortem.StatusPostmortem:
		return true
	}
	return !notice || analyses(s, p)
}

// analyses says whether the page has what only a report has.
func analyses(s *site.Site, p *site.Page) bool {
	l := p.Meta.Lessons
	if len(p.Meta.Causes)+len(p.Meta.Countermeasures)+len(l.Well)+len(l.Wrong)+len(l.Lucky) > 0 {
		return true
	}
	own := s.Headings()
	for _, h := range p.Body.Headings {
		switch locale.RoleOf(h.Text, own) {
		case locale.RoleCause, locale.RoleCountermeasures, locale.RoleLessons:
			return true
		}
	}
	return false
}
