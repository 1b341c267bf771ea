package render

import (
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"publish/internal/route"
)

// statusLimit is how many incidents and maintenances the lists of Statuspage
// hold, and its history.
const statusLimit = 50

// statusFile is one address under /api/v2/: what it answers, and for its key,
// what that holds beside the page: notices, the state of the whole, components.
type statusFile struct {
	path              string
	answer            func(b *statusBoard) any
	notices           func(b *statusBoard) []*statusNotice
	whole, components bool
}

// statusFiles is the interface, an address a row.
var statusFiles = []statusFile{
	{path: "summary", answer: func(b *statusBoard) any {
		return struct {
			Page         statusPage         `json:"page"`
			Components   []*statusComponent `json:"components"`
			Incidents    []statusIncident   `json:"incidents"`
			Maintenances []statusIncident   `json:"scheduled_maintenances"`
			Status       statusRollup       `json:"status"`
		}{b.page, b.allComponents(), b.incidentsOf(b.unresolved()), b.incidentsOf(b.planned()), b.rollup}
	}, notices: func(b *statusBoard) []*statusNotice { return slices.Concat(b.unresolved(), b.planned()) }, whole: true, components: true},
	{path: "status", answer: func(b *statusBoard) any {
		return struct {
			Page   statusPage   `json:"page"`
			Status statusRollup `json:"status"`
		}{b.page, b.rollup}
	}, whole: true},
	{path: "components", answer: func(b *statusBoard) any {
		return struct {
			Page       statusPage         `json:"page"`
			Components []*statusComponent `json:"components"`
		}{b.page, b.allComponents()}
	}, components: true},
	statusIncidents("incidents", func(b *statusBoard) []*statusNotice { return newestNotices(b.incidents) }),
	statusIncidents("incidents/unresolved", (*statusBoard).unresolved),
	statusMaintenances("scheduled-maintenances", func(b *statusBoard) []*statusNotice { return newestNotices(b.maintenances) }),
	statusMaintenances("scheduled-maintenances/upcoming", func(b *statusBoard) []*statusNotice { return b.maintenancesThatAre("scheduled") }),
	statusMaintenances("scheduled-maintenances/active", func(b *statusBoard) []*statusNotice {
		return b.maintenancesThatAre("in_progress", "verifying")
	}),
}

func statusIncidents(path string, notices func(b *statusBoard) []*statusNotice) statusFile {
	return statusFile{path: path, notices: notices, answer: func(b *statusBoard) any {
		return struct {
			Page      statusPage       `json:"page"`
			Incidents []statusIncident `json:"incidents"`
		}{b.page, b.incidentsOf(notices(b))}
	}}
}

func statusMaintenances(path string, notices func(b *statusBoard) []*statusNotice) statusFile {
	return statusFile{path: path, notices: notices, answer: func(b *statusBoard) any {
		return struct {
			Page         statusPage       `json:"page"`
			Maintenances []statusIncident `json:"scheduled_maintenances"`
		}{b.page, b.incidentsOf(notices(b))}
	}}
}

func newestNotices(list []*statusNotice) []*statusNotice { return list[:min(len(list), statusLimit)] }

// allComponents is never nil: a program that walks through a list must find one.
func (b *statusBoard) allComponents() []*statusComponent {
	return append([]*statusComponent{}, b.components...)
}

func (b *statusBoard) unresolved() []*statusNotice {
	return slices.DeleteFunc(slices.Clone(b.incidents), func(n *statusNotice) bool { return !n.open() })
}

// maintenancesThatAre are the maintenances of some states, the first to come
// first.
func (b *statusBoard) maintenancesThatAre(states ...string) []*statusNotice {
	list := slices.DeleteFunc(slices.Clone(b.maintenances), func(n *statusNotice) bool { return !slices.Contains(states, n.status) })
	slices.Reverse(list)
	return list
}

// planned are the maintenances that are not over.
func (b *statusBoard) planned() []*statusNotice {
	return b.maintenancesThatAre("scheduled", "in_progress", "verifying")
}

// statusRoutes give the output `statuspage`: Statuspage's interface and history,
// and badges. It claims to know the state of a live system, and therefore has to
// be asked for. All but the badges hold the site's address.
func (b *builder) statusRoutes() []planned {
	if !wants(b.site, "statuspage") {
		return nil
	}
	board := sync.OnceValue(func() *statusBoard { return newStatusBoard(b.site) })
	routes := b.badges(board)
	if !b.site.Links.Known() {
		return routes
	}
	for _, f := range statusFiles {
		routes = append(routes, planned{&route.Route{Path: "/api/v2/" + f.path + ".json", Type: "application/json; charset=utf-8",
			Source: "Statuspage's " + strings.ReplaceAll(f.path, "/", ", "), Render: func(w io.Writer) error {
				return writeJSONLine(w, f.answer(board()))
			}}, func(h *route.Hash) { b.addStatus(h, board(), &f) }})
	}
	return append(routes, b.statusHistory(board)...)
}

// addStatus is the rule of an address of the interface.
func (b *builder) addStatus(h *route.Hash, board *statusBoard, f *statusFile) {
	h.Key(b.keys.common)
	addValue(h, board.page)
	if f.whole {
		h.Add(board.rollup.Indicator, board.rollup.Description)
	}
	if f.components {
		addValue(h, board.components)
	}
	if f.notices == nil {
		return
	}
	notices := f.notices(board)
	h.Int(len(notices))
	for _, n := range notices {
		b.addMessages(h, n)
		h.Add(n.impact)
		for _, t := range []time.Time{n.created, n.started, n.from, n.until, n.over} {
			h.Add(statusStamp(t))
		}
		h.Int(len(n.parts))
		for _, i := range n.parts {
			h.Add(board.parts[i].fullName())
			addValue(h, board.parts[i].statusComponent)
		}
	}
}

// addMessages adds what a notice says, and where it stands.
func (b *builder) addMessages(h *route.Hash, n *statusNotice) {
	p := n.p
	h.Add(n.id, n.status, p.Title)
	b.site.Links.AddAddress(h, p.Path)
	for _, t := range []time.Time{n.created, n.updated, n.from, n.over, p.Published.Instant(b.site.Config.Timezone)} {
		h.Add(statusStamp(t))
	}
	text := ""
	if n.status == "postmortem" {
		text = p.Body().Text()
	}
	m := p.Meta()
	if h.Add(text); text == "" {
		h.Add(m.Summary, p.Excerpt())
	}
	h.Int(len(m.Updates))
	for i := range m.Updates {
		u := &m.Updates[i]
		h.Add(string(u.Status), u.Text)
		h.Bool(u.At.Known())
		h.Add(statusStamp(u.At.Instant(b.site.Zone(p))))
	}
}
