package render

import (
	"cmp"
	"html"
	"slices"
	"strings"
	"time"

	"publish/internal/route"
	"publish/internal/site"
)

// statusHistory gives /history.atom and /history.rss: the newest incidents and
// maintenances, an entry each. Ids do not hang on the site's address, as they do
// in the original, so that a move disturbs no reader.
func (b *builder) statusHistory(board func() *statusBoard) []planned {
	collect := func() *feed { return board().history() }
	var routes []planned
	for i, path := range []string{"/history.atom", "/history.rss"} {
		format := feedFormats[i]
		routes = append(routes, b.feedRoute(format, path, "Statuspage's history", b.site.Links.Absolute(path), collect, func(h *route.Hash) {
			h.Add(b.site.Config.Feed.ID, board().page.Name)
			for _, n := range board().told() {
				b.addMessages(h, n)
				if format.mark == "atom" {
					h.Add(n.p.Lang)
				}
			}
		}))
	}
	return routes
}

// told are the newest notices that were told of already: what waits for its day
// would give a feed a date in the future.
func (b *statusBoard) told() []*statusNotice {
	all := slices.DeleteFunc(slices.Concat(b.incidents, b.maintenances), func(n *statusNotice) bool { return n.created.After(b.s.Options.Now) })
	slices.SortStableFunc(all, func(x, y *statusNotice) int {
		return cmp.Or(y.created.Compare(x.created), strings.Compare(x.id, y.id))
	})
	return newestNotices(all)
}

func (b *statusBoard) history() *feed {
	f := &feed{
		id: site.FeedID(b.s.Config.Feed.ID, "history"), title: b.page.Name + " Status - Incident History", language: "en-US",
		rights: cleanText(b.s.Config.License), home: b.s.Links.Absolute("/"), authors: []string{b.page.Name}, updated: time.Unix(0, 0).UTC(),
	}
	room := newFeedRoom()
	for _, n := range b.told() {
		e := feedEntry{
			id: site.FeedID(b.s.Config.Feed.ID, "history "+n.p.ID), url: b.s.Links.Absolute(n.p.Path), title: cleanText(n.p.Title),
			language: cmp.Or(n.p.Lang, b.s.Language), published: n.created.UTC(), updated: n.updated.UTC(),
		}
		e.content = room.take(&e, func() string { return b.historyHTML(n) })
		f.updated = later(f.updated, e.updated)
		f.entries = append(f.entries, e)
	}
	return f
}

// historyHTML is the body of an entry in Statuspage's own form, which programs
// take apart: the newest message first, a paragraph each, without the year.
func (b *statusBoard) historyHTML(n *statusNotice) string {
	zone := cmp.Or(b.s.Config.Timezone, time.UTC)
	var out strings.Builder
	steps := b.steps(n)
	for _, s := range slices.Backward(steps) {
		at := s.at.In(zone)
		name, _ := at.Zone()
		out.WriteString("<p><small>" + at.Format("Jan") + ` <var data-var="date">` + at.Format("2") + `</var>, <var data-var="time">` +
			at.Format("15:04") + "</var> " + html.EscapeString(historyZone(name)) + "</small><br><strong>" + s.label + "</strong> - ")
		out.WriteString(strings.ReplaceAll(html.EscapeString(s.text), "\n", "<br>") + "</p>")
	}
	return out.String()
}

// historyZone is the abbreviation of a zone; an offset is written as such.
func historyZone(name string) string {
	if name == "" || strings.HasPrefix(name, "+") || strings.HasPrefix(name, "-") {
		return "UTC" + name
	}
	return name
}
