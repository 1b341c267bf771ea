package postmortem

import "time"

// Measures are the lengths of an incident's phases.
type Measures struct {
	TimeToDetect      Measure // detected − start
	TimeToAcknowledge Measure // acknowledged − detected
	TimeToMitigate    Measure // mitigated − start
	TimeToResolve     Measure // resolved − start
	Duration          Measure // the end of the impact − start
}

// Contradicted says that the author states a length that the times do not
// give. Nothing is then drawn of them: a page never contradicts its author.
func (m Measures) Contradicted() bool {
	return m.TimeToDetect.Contradicted || m.TimeToMitigate.Contradicted || m.TimeToResolve.Contradicted || m.Duration.Contradicted
}

// Measure is one length of time: as computed from two ends, as the author
// declares it, or both.
type Measure struct {
	// Computed is known if both ends are.
	Computed    time.Duration
	HasComputed bool
	Approximate bool
	// From and To are the events from which it was computed: event ids, or
	// names of fields ("start") where the ends come from those.
	From, To string
	Declared Duration
	// Contradicted says that declared and computed differ beyond tolerance:
	// the larger of 2 minutes and 2 %, 10 % where the author says "about".
	Contradicted bool
}

// Public gives what a public page may show (DESIGN.md §4): what is stated, or
// computed and not contradicted. ok is false where there is nothing, and where
// what is stated could not be read: only the author's own words stand then.
func (m Measure) Public() (d time.Duration, approximate, ok bool) {
	switch {
	case m.Declared.Known:
		return m.Declared.Value, m.Declared.Approximate, true
	case m.Declared.Written != "" || !m.HasComputed:
		return 0, false, false
	}
	return m.Computed, m.Approximate, true
}

// Measures computes them from the fields start, detected … and, where those
// are missing, from the kinds of the events. It is total: a missing end gives a
// measure that is not known, and so does one before its beginning, or one that
// belongs to another outage.
//
// The impact ends when the incident is resolved; a declared duration may also
// end when it was mitigated, and is taken so if it fits that better.
func (p *Postmortem) Measures() Measures {
	start := p.milestone("start", p.Start, "started")
	detected := p.milestone("detected", p.Detected, "detected")
	acknowledged := p.milestone("acknowledged", p.Acknowledged, "acknowledged")
	mitigated := p.milestone("mitigated", p.Mitigated, "mitigated")
	resolved := p.milestone("resolved", p.Resolved, "resolved")
	duration := measure(start, resolved, p.Declared.Duration)
	if duration.Contradicted || !duration.HasComputed && duration.Declared.Known {
		if m := measure(start, mitigated, p.Declared.Duration); m.HasComputed && !m.Contradicted {
			duration = m
		}
	}
	return Measures{
		TimeToDetect:      measure(start, detected, p.Declared.TimeToDetect),
		TimeToAcknowledge: measure(detected, acknowledged, p.Declared.TimeToAcknowledge),
		TimeToMitigate:    measure(start, mitigated, p.Declared.TimeToMitigate),
		TimeToResolve:     measure(start, resolved, p.Declared.TimeToResolve),
		Duration:          duration,
	}
}

// milestone is one end of a measure.
type milestone struct {
	name     string // of its field, or the ID of its event
	at       Moment
	field    bool
	inferred bool // the event's kind was read from its words
	outage   int  // of the event; a field tells of the first
}

// milestone takes the field if it is an instant, else the first event of the
// kind.
func (p *Postmortem) milestone(name string, field Moment, kind EventKind) milestone {
	if field.IsInstant() {
		return milestone{name: name, at: field, field: true}
	}
	for _, e := range p.Timeline {
		if e.Kind == kind {
			return milestone{name: e.ID, at: e.At, inferred: e.KindInferred, outage: e.Outage}
		}
	}
	return milestone{}
}

// IsInstant says that a clock time of a known day is given.
func (m Moment) IsInstant() bool { return m.Known() && m.Precision > Day }

// span is the time from one moment to another; ok is false where they cannot
// be compared: one is a day only, or only one has a zone.
func (m Moment) span(to Moment) (d time.Duration, ok bool) {
	if !m.IsInstant() || !to.IsInstant() || m.Zoned != to.Zoned {
		return 0, false
	}
	return to.Time.Sub(m.Time), true
}

func measure(from, to milestone, declared Duration) Measure {
	m := Measure{Declared: declared}
	d, ok := from.at.span(to.at)
	if !ok || d < 0 || from.outage != to.outage {
		return m
	}
	m.Computed, m.HasComputed, m.From, m.To = d, true, from.name, to.name
	m.Approximate = from.at.Approximate || to.at.Approximate
	m.Contradicted = declared.Known && (d-declared.Value).Abs() > declared.tolerance()
	return m
}

// tolerance is how far a figure may be from the times (DESIGN.md §4).
func (d Duration) tolerance() time.Duration {
	share := d.Value / 50
	if d.Approximate {
		share = d.Value / 10
	}
	return max(2*time.Minute, share)
}
