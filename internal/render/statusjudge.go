package render

import (
	"slices"
	"time"
)

// judge says of every component, and of the whole, how it is: what runs now and
// names a component decides.
func (b *statusBoard) judge() {
	created, updated := make([]time.Time, len(b.parts)), make([]time.Time, len(b.parts))
	states := make([]int, len(b.parts))
	var earliest time.Time
	apart := 0 // the worst of what names no component
	for _, list := range [][]*statusNotice{b.incidents, b.maintenances} {
		for _, n := range list {
			since := n.created
			if n.started.Before(since) {
				since = n.started
			}
			if earliest.IsZero() || since.Before(earliest) {
				earliest = since
			}
			if n.open() && len(n.parts) == 0 {
				apart = max(apart, impactRank(n.weight()))
			}
			for _, i := range n.parts {
				if created[i].IsZero() || since.Before(created[i]) {
					created[i] = since
				}
				updated[i] = later(updated[i], n.updated)
				if n.open() {
					states[i] = max(states[i], stateRank(statusImpacts[impactRank(n.impact)].component))
				}
			}
		}
	}
	for i := range b.parts {
		c := b.parts[i].statusComponent
		if created[i].IsZero() {
			created[i] = earliest
		}
		c.Status = componentStates[states[i]]
		c.CreatedAt, c.UpdatedAt = statusStamp(created[i]), statusStamp(later(created[i], updated[i]))
	}
	b.judgeGroups()
	b.rollup = rollUp(states, apart)
}

// weight is what a notice without components counts in the whole. An incident of
// which nobody says how bad it is counts as minor while it runs: "All Systems
// Operational" above it would be a claim that its author did not make.
func (n *statusNotice) weight() string {
	if n.p.Severity == nil && !n.maintenance {
		return "minor"
	}
	return n.impact
}

func impactRank(word string) int {
	return max(0, slices.IndexFunc(statusImpacts, func(i statusImpact) bool { return i.word == word }))
}

func stateRank(state string) int { return max(0, slices.Index(componentStates, state)) }

// judgeGroups gives each group the worst state of its members, and their times.
func (b *statusBoard) judgeGroups() {
	var group *statusComponent
	for _, c := range b.components {
		switch {
		case c.Group:
			group = c
			group.Status = componentStates[0]
		case c.GroupID != nil:
			if stateRank(c.Status) > stateRank(group.Status) {
				group.Status = c.Status
			}
			// Times of one form are in the order of their texts.
			if group.CreatedAt == "" || c.CreatedAt < group.CreatedAt {
				group.CreatedAt = c.CreatedAt
			}
			group.UpdatedAt = max(group.UpdatedAt, c.UpdatedAt)
		}
	}
}

// rollUp is the state of the whole, as Statuspage blends it: the worst that
// happens counts in full only where it happens everywhere. What names no
// component counts as it is.
func rollUp(states []int, apart int) statusRollup {
	worst, least := 0, len(componentStates)
	for _, state := range states {
		worst, least = max(worst, state), min(least, state)
	}
	var blended statusRollup
	switch everywhere := least == worst; componentStates[worst] {
	case "major_outage":
		blended = statusRollup{"major", "Partial System Outage"}
		if everywhere {
			blended = statusRollup{"critical", "Major Service Outage"}
		}
	case "partial_outage":
		blended = statusRollup{"minor", "Minor Service Outage"}
		if everywhere {
			blended = statusRollup{"major", "Partial System Outage"}
		}
	case "degraded_performance":
		blended = statusRollup{"minor", "Partially Degraded Service"}
	case "under_maintenance":
		blended = statusRollup{"maintenance", "Service Under Maintenance"}
	default:
		blended = statusRollup{"none", "All Systems Operational"}
	}
	if apart > impactRank(blended.Indicator) {
		return statusRollup{statusImpacts[apart].word, statusImpacts[apart].description}
	}
	return blended
}
