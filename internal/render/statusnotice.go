package render

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"publish/internal/postmortem"
	"publish/internal/site"
)

// incident writes a notice out, with its texts.
func (b *statusBoard) incident(n *statusNotice) statusIncident {
	steps := b.steps(n)
	x := statusIncident{
		ID: n.id, Name: cleanText(n.p.Title), Status: n.status, CreatedAt: statusStamp(n.created),
		UpdatedAt: statusStamp(n.updated), Impact: n.impact, Shortlink: b.s.Links.Absolute(n.p.Path),
		StartedAt: statusStamp(n.started), PageID: b.page.ID, Components: []*statusComponent{},
		Updates: b.updates(n, steps),
	}
	for _, s := range steps {
		if s.status == string(postmortem.StatusMonitoring) && x.MonitoringAt == nil {
			x.MonitoringAt = stampPointer(s.at)
		}
	}
	if !n.over.IsZero() {
		x.ResolvedAt = stampPointer(n.over)
	}
	for _, i := range n.parts {
		x.Components = append(x.Components, b.parts[i].statusComponent)
	}
	if n.maintenance {
		x.ScheduledFor, x.ScheduledUntil = stampPointer(n.from), stampPointer(n.until)
	}
	return x
}

func (b *statusBoard) incidentsOf(list []*statusNotice) []statusIncident {
	out := make([]statusIncident, 0, len(list))
	for _, n := range list {
		out = append(out, b.incident(n))
	}
	return out
}

func stampPointer(t time.Time) *string {
	text := statusStamp(t)
	return &text
}

// statusStep is one message while it is put in order. added says that nobody
// wrote it as an update.
type statusStep struct {
	at     time.Time
	status string
	text   string
	label  string // for people
	added  bool
}

// steps are the messages of a notice, oldest first, none without words.
func (b *statusBoard) steps(n *statusNotice) []statusStep {
	steps := b.complete(n, b.written(n))
	for i := range steps {
		steps[i].text = cmp.Or(steps[i].text, statusLabels[steps[i].status])
	}
	return steps
}

// complete adds what an original would have: one message at least, and the last
// with the state of the whole.
func (b *statusBoard) complete(n *statusNotice, steps []statusStep) []statusStep {
	at := later(n.created, n.over)
	switch n.status {
	case "postmortem":
		if i := len(steps) - 1; i >= 0 && steps[i].status == n.status {
			steps[i].text = strings.TrimSpace(steps[i].text + "\n\n" + statusReport(n.p))
			return steps
		}
		at = later(at, n.p.Published.Instant(b.s.Config.Timezone))
		return append(steps, statusStep{at: later(at, lastStep(steps)), status: n.status,
			text: cmp.Or(statusReport(n.p), statusSummary(n.p)), label: statusLabels[n.status], added: true})
	case "in_progress", "verifying":
		at = n.from
	}
	if i := len(steps) - 1; i < 0 || steps[i].status != n.status {
		steps = append(steps, statusStep{at: later(at, lastStep(steps)), status: n.status, text: statusSummary(n.p),
			label: statusLabels[n.status], added: true})
	}
	return steps
}

func lastStep(steps []statusStep) time.Time {
	if len(steps) == 0 {
		return time.Time{}
	}
	return steps[len(steps)-1].at
}

// written are the updates that the author wrote. Those that say nothing of the
// state, like a correction, keep the one before.
func (b *statusBoard) written(n *statusNotice) []statusStep {
	updates := slices.Clone(n.p.Meta().Updates)
	if newestFirst(updates) {
		slices.Reverse(updates) // so that those of one minute stand in their order
	}
	steps := make([]statusStep, 0, len(updates)+1)
	for i := range updates {
		s := statusStep{at: n.created, status: string(updates[i].Status), text: plainText(updates[i].Text)}
		if updates[i].At.Known() {
			s.at = updates[i].At.Instant(b.s.Zone(n.p))
		}
		steps = append(steps, s)
	}
	slices.SortStableFunc(steps, func(x, y statusStep) int { return x.at.Compare(y.at) })
	state := "investigating"
	if n.maintenance {
		state = "scheduled"
	}
	for i := range steps {
		now, known := statusWord(steps[i].status, n.maintenance)
		if !known {
			now = state
		}
		steps[i].label = statusLabels[now]
		if i > 0 && now == state {
			steps[i].label = "Update"
		}
		state, steps[i].status = now, now
	}
	return steps
}

func newestFirst(updates []postmortem.Update) bool {
	var first, last postmortem.Moment
	for i := range updates {
		if at := updates[i].At; at.Known() {
			if !first.Known() {
				first = at
			}
			last = at
		}
	}
	return first.Known() && first.Time.After(last.Time)
}

// statusWord is the state that an update names, in the words of incidents or of
// maintenances.
func statusWord(status string, maintenance bool) (word string, known bool) {
	switch postmortem.Status(status) {
	case postmortem.StatusInvestigating, postmortem.StatusIdentified:
		if maintenance {
			return "in_progress", true
		}
	case postmortem.StatusMonitoring:
		if maintenance {
			return "verifying", true
		}
	case postmortem.StatusResolved, postmortem.StatusPostmortem:
		if maintenance {
			return "completed", true
		}
	case postmortem.StatusScheduled, postmortem.StatusInProgress:
		return status, maintenance
	default:
		return "", false
	}
	return status, true
}

// statusLabels are how Statuspage's history calls the states.
var statusLabels = map[string]string{
	"investigating": "Investigating", "identified": "Identified", "monitoring": "Monitoring", "resolved": "Resolved",
	"postmortem": "Postmortem", "scheduled": "Scheduled", "in_progress": "In progress", "verifying": "Verifying",
	"completed": "Completed",
}

// statusReport is the text of a report.
func statusReport(p *site.Page) string { return cleanText(strings.TrimSpace(p.Body().Text())) }

// statusSummary stands for a message where there is none.
func statusSummary(p *site.Page) string { return cmp.Or(summaryText(p), cleanText(p.Title)) }

// updates are the messages, newest first.
func (b *statusBoard) updates(n *statusNotice, steps []statusStep) []statusUpdate {
	out := make([]statusUpdate, len(steps))
	seen := map[string]int{}
	before := make([]string, len(n.parts))
	for i := range before {
		before[i] = componentStates[0]
	}
	for i, s := range steps {
		at := statusStamp(s.at)
		// What was added moves behind each new update and stays what it is.
		name := at
		if s.added {
			name = s.status
		}
		seen[name]++
		u := statusUpdate{
			ID: statusID("update", n.id, name, strconv.Itoa(seen[name])), Status: s.status, Body: s.text, IncidentID: n.id,
			CreatedAt: at, UpdatedAt: at, DisplayAt: at,
		}
		state := componentStates[0]
		if statusRuns(s.status) {
			state = statusImpacts[impactRank(n.impact)].component
		}
		for k, part := range n.parts {
			u.Affected = append(u.Affected, statusAffected{
				Code: b.parts[part].ID, Name: b.parts[part].fullName(), OldStatus: before[k], NewStatus: state,
			})
			before[k] = state
		}
		out[len(steps)-1-i] = u
	}
	return out
}

// fullName is the name of a component behind that of its group.
func (p statusPart) fullName() string {
	if p.GroupID == nil {
		return p.statusComponent.Name
	}
	return cleanText(p.Component.Group) + " - " + p.statusComponent.Name
}
