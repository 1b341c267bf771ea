package postmortem

// Spent is what an incident's time went into.
type Spent struct {
	// The turning points, each an instant, or zero where it is not known.
	Start, Detected, Identified, Recovered Moment
	// The parts between them. A part is known where both of its ends are.
	Undetected Measure // detected − start
	Diagnosing Measure // cause found − detected
	Repairing  Measure // recovered − cause found
}

// Spent computes the parts from the same ends as Measures. The service had
// recovered when the incident was mitigated, else when it was resolved; a cause
// that was found after that divides nothing, nor does what belongs to another
// outage than the first turning point.
func (p *Postmortem) Spent() Spent {
	start := p.milestone("start", p.Start, "started")
	detected := p.milestone("detected", p.Detected, "detected")
	identified := p.milestone("identified", p.Identified, "identified")
	recovered := p.milestone("mitigated", p.Mitigated, "mitigated")
	if !recovered.at.IsInstant() {
		recovered = p.milestone("resolved", p.Resolved, "resolved")
	}
	var first *milestone
	for _, turn := range []*milestone{&start, &detected, &identified, &recovered} {
		switch {
		case !turn.at.IsInstant():
		case first == nil:
			first = turn
		case turn.outage != first.outage:
			*turn = milestone{}
		}
	}
	if d, ok := identified.at.span(recovered.at); ok && d < 0 {
		identified = milestone{}
	}
	return Spent{
		Start: start.instant(), Detected: detected.instant(), Identified: identified.instant(), Recovered: recovered.instant(),
		Undetected: measure(start, detected, Duration{}),
		Diagnosing: measure(detected, identified, Duration{}),
		Repairing:  measure(identified, recovered, Duration{}),
	}
}

// instant is when it was; zero if only the day is known.
func (m milestone) instant() Moment {
	if !m.at.IsInstant() {
		return Moment{}
	}
	return m.at
}
