package render

import (
	"slices"
	"time"

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
		at := p.Reported
		if n := len(newest); n >= limit && (n == 0 || !at.After(newest[n-1].published)) || p.Preview != "" || !p.IsReport {
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
