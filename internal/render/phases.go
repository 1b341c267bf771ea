package render

import (
	"time"

	"publish/internal/postmortem"
)

// milestones are the turning points of an incident; a zero moment is one that
// is not known.
type milestones struct {
	start, detected, identified, mitigated, resolved postmortem.Moment
}

// milestones takes the fields where they name a time of day, else the first
// event of the kind, as postmortem.Measures does.
func (b *postBuilder) milestones() milestones {
	m := b.p.Meta
	find := func(field postmortem.Moment, kind postmortem.EventKind) postmortem.Moment {
		if isInstant(field) {
			return field.In(b.zone)
		}
		for i := range m.Timeline {
			if e := &m.Timeline[i]; e.Kind == kind {
				if isInstant(e.At) {
					return e.At.In(b.zone)
				}
				break
			}
		}
		return postmortem.Moment{}
	}
	return milestones{
		start: find(m.Start, "started"), detected: find(m.Detected, "detected"), identified: find(m.Identified, "identified"),
		mitigated: find(m.Mitigated, "mitigated"), resolved: find(m.Resolved, "resolved"),
	}
}

func isInstant(m postmortem.Moment) bool { return m.Known() && m.Precision > postmortem.Day }

// contradicted says that the author states a length that the times do not
// give. Nothing is then drawn of them: a page never contradicts its author.
func contradicted(m postmortem.Measures) bool {
	return m.TimeToDetect.Contradicted || m.TimeToMitigate.Contradicted || m.TimeToResolve.Contradicted || m.Duration.Contradicted
}

// phaseWidth is the width of the phase bar, in the units of its drawing.
const phaseWidth = 1000

// phases are the bar under the facts: from the start of the incident until the
// service had recovered, divided where it was detected and where its cause was
// found. It is nil where that would be one phase only, and where the times do
// not agree.
func (b *postBuilder) phases() *Phases {
	m := b.milestones()
	end := m.mitigated
	if !isInstant(end) {
		end = m.resolved
	}
	if end.Time.Before(m.identified.Time) {
		m.identified = postmortem.Moment{} // the cause was found when all was over
	}
	if !isInstant(m.start) || !isInstant(end) || contradicted(b.measures) {
		return nil
	}
	turns, names := []postmortem.Moment{m.start, m.detected, m.identified, end}, []string{"undetected", "diagnosing", "repairing"}
	switch {
	// Where a turning point is not known, the phases about it are one.
	case !isInstant(m.detected) && !isInstant(m.identified):
		return nil
	case !isInstant(m.detected):
		turns, names = []postmortem.Moment{m.start, m.identified, end}, []string{"unexplained", "repairing"}
	case !isInstant(m.identified):
		turns, names = []postmortem.Moment{m.start, m.detected, end}, []string{"undetected", "responding"}
	}
	bar := &Phases{Recovered: b.w.after(m.start, end)}
	total := end.Time.Sub(m.start.Time)
	for i, name := range names {
		from, to := turns[i], turns[i+1]
		length := to.Time.Sub(from.Time)
		if from.Zoned != to.Zoned || length < 0 {
			return nil
		}
		if length == 0 {
			continue
		}
		x := phasePlace(from.Time.Sub(m.start.Time), total)
		bar.Phases = append(bar.Phases, Phase{
			Name: name, Label: b.w.T("phase_" + name), Duration: b.w.about(b.w.Duration(length), from.Approximate || to.Approximate),
			X: x, Width: max(phasePlace(to.Time.Sub(m.start.Time), total)-x, 3),
		})
	}
	if len(bar.Phases) < 2 {
		return nil
	}
	return bar
}

// phasePlace is where a part of the whole ends on the phase bar.
func phasePlace(part, total time.Duration) int {
	return int(int64(part/time.Second) * phaseWidth / max(int64(total/time.Second), 1))
}
