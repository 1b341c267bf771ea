package postmortem

// Spent is what an incident's time went into. A part is known where both of its
// ends are.
type Spent struct {
	Undetected Measure // detected − start
	Diagnosing Measure // cause found − detected
	Repairing  Measure // recovered − cause found
}

// Spent computes the parts from the same ends as Measures. The service had
// recovered when the incident was mitigated, else when it was resolved; a cause
// that was found after that divides nothing.
func (p *Postmortem) Spent() Spent {
	start := p.milestone("start", p.Start, "started")
	detected := p.milestone("detected", p.Detected, "detected")
	identified := p.milestone("identified", p.Identified, "identified")
	recovered := p.milestone("mitigated", p.Mitigated, "mitigated")
	if !recovered.at.isInstant() {
		recovered = p.milestone("resolved", p.Resolved, "resolved")
	}
	if d, ok := identified.at.span(recovered.at); ok && d < 0 {
		identified = milestone{}
	}
	return Spent{
		Undetected: measure(start, detected, Duration{}),
		Diagnosing: measure(detected, identified, Duration{}),
		Repairing:  measure(identified, recovered, Duration{}),
	}
}
