package render

import (
	"time"

	"publish/internal/postmortem"
)

// phaseWidth is the width of the phase bar, in the units of its drawing.
const phaseWidth = 1000

// phases are the bar under the facts: from the start of the incident until the
// service had recovered, divided where it was detected and where its cause was
// found. It is nil where that would be one phase only, and where the times do
// not agree.
func (b *postBuilder) phases() *Phases {
	m := b.m.Spent()
	if !m.Start.IsInstant() || !m.Recovered.IsInstant() || b.measures.Contradicted() {
		return nil
	}
	turns, names := []postmortem.Moment{m.Start, m.Detected, m.Identified, m.Recovered}, []string{"undetected", "diagnosing", "repairing"}
	switch {
	// Where a turning point is not known, the phases about it are one.
	case !m.Detected.IsInstant() && !m.Identified.IsInstant():
		return nil
	case !m.Detected.IsInstant():
		turns, names = []postmortem.Moment{m.Start, m.Identified, m.Recovered}, []string{"unexplained", "repairing"}
	case !m.Identified.IsInstant():
		turns, names = []postmortem.Moment{m.Start, m.Detected, m.Recovered}, []string{"undetected", "responding"}
	}
	bar := &Phases{Recovered: b.w.after(m.Start, m.Recovered)}
	total := m.Recovered.Time.Sub(m.Start.Time)
	for i, name := range names {
		from, to := turns[i], turns[i+1]
		length := to.Time.Sub(from.Time)
		if from.Zoned != to.Zoned || length < 0 {
			return nil
		}
		if length == 0 {
			continue
		}
		x := phasePlace(from.Time.Sub(m.Start.Time), total)
		bar.Phases = append(bar.Phases, Phase{
			Name: name, Label: b.w.T("phase_" + name), Duration: b.w.about(b.w.Duration(length), from.Approximate || to.Approximate),
			X: x, Width: max(phasePlace(to.Time.Sub(m.Start.Time), total)-x, 3),
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
