package render

import (
	"slices"
	"strings"

	"publish/internal/postmortem"
)

// The lanes that have words of their own; others are called as their author
// calls them.
const (
	laneSystem = "system"
	lanePeople = "people"
	lanePublic = "public"
)

const (
	maxLanes  = 6
	maxRows   = 5 // of a lane, for events at one time
	markWidth = 14
)

// assignLanes gives every event its lane and lists those that are used, from
// top to bottom. A lane that nobody stated is told from the kind of the event:
// what was said in public always, the others only where the author divides
// some events into lanes; what tells nothing stays in a lane without a name.
func assignLanes(events []plotted) []string {
	divided := anyPlotted(events, func(e *plotted) bool { return e.Lane != "" })
	var own []string
	for i := range events {
		e := &events[i]
		e.lane = laneOf(e.Event, divided)
		switch e.lane {
		case "", laneSystem, lanePeople, lanePublic:
			continue
		}
		if !slices.Contains(own, e.lane) {
			if len(own) == maxLanes-4 {
				e.lane = ""
				continue
			}
			own = append(own, e.lane)
		}
	}
	order := slices.Concat([]string{laneSystem, lanePeople}, own, []string{"", lanePublic})
	return slices.DeleteFunc(order, func(lane string) bool {
		return !anyPlotted(events, func(e *plotted) bool { return e.lane == lane })
	})
}

func laneOf(e *postmortem.Event, divided bool) string {
	if lane := squeeze(cleanText(e.Lane)); lane != "" {
		if known := strings.ToLower(lane); known == laneSystem || known == lanePeople || known == lanePublic {
			return known
		}
		return lane
	}
	switch e.Kind {
	case "communicated":
		return lanePublic
	case "started", "mitigated", "resolved":
		if divided {
			return laneSystem
		}
	case "acknowledged", "identified", "change", "rollback":
		if divided {
			return lanePeople
		}
	}
	return ""
}

// laneName is what stands before a lane, shortened to its room.
func laneName(lane string, lanes int, w words) string {
	switch {
	case lane == "" || lanes == 1:
		return ""
	case lane == laneSystem || lane == lanePeople || lane == lanePublic:
		return w.T("lane_" + lane)
	}
	if r := []rune(lane); len(r) > 11 {
		return string(r[:10]) + "…"
	}
	return lane
}

// rows are the places above each other in a lane.
type rows struct {
	count  int // of the rows
	taken  []stretch
	crowds []crowd
}

// stretch is a part of a row, in pixels.
type stretch struct{ row, from, to int }

// crowd counts events that found no room about a place.
type crowd struct{ x, count int }

// clear makes place for another lane.
func (r *rows) clear() { r.count, r.taken, r.crowds = 0, r.taken[:0], r.crowds[:0] }

// place finds a row for an event: the lowest that is free there; ok is false where
// there is none.
func (r *rows) place(from, to int) (row int, ok bool) {
	to += markWidth
	var met [maxRows]bool
	for _, t := range r.taken {
		met[t.row] = met[t.row] || from < t.to && t.from < to
	}
	if row = slices.Index(met[:], false); row >= 0 {
		r.count = max(r.count, row+1)
		r.taken = append(r.taken, stretch{row, from, to})
		return row, true
	}
	near := slices.IndexFunc(r.crowds, func(c crowd) bool { return max(from-c.x, c.x-from) < 3*markWidth })
	if near < 0 {
		near = len(r.crowds)
		r.crowds = append(r.crowds, crowd{x: from})
	}
	r.crowds[near].count++
	return 0, false
}
