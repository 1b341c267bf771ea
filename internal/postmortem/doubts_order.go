package postmortem

import (
	"time"

	"publish/internal/diag"
	"publish/internal/pattern"
)

// order checks that the milestones that are stated come one after the other,
// and that nothing ends before it begins.
func (a *auditor) order() {
	p := a.report
	fields := []milestone{
		{name: "start", at: p.Start}, {name: "detected", at: p.Detected}, {name: "acknowledged", at: p.Acknowledged},
		{name: "identified", at: p.Identified}, {name: "mitigated", at: p.Mitigated}, {name: "resolved", at: p.Resolved},
	}
	// What is detected may be mitigated before anybody knows why.
	pairs := [][2]int{{0, 1}, {1, 2}, {0, 2}, {0, 3}, {0, 4}, {0, 5}, {1, 5}, {4, 5}}
	told := map[string]bool{}
	for _, pair := range pairs {
		first, then := fields[pair[0]], fields[pair[1]]
		if !told[then.name] && !told[first.name] && before(then.at, first.at) {
			told[then.name] = true
			a.diags.Report(diag.TimelineOrder, then.at.Pos, "correct one of the two, or the day or zone of one",
				"%q (%s) is before %q (%s)", then.name, then.at.Written, first.name, first.at.Written)
		}
	}
	a.backwards(p.ScheduledFor, p.ScheduledUntil)
	for _, e := range p.Timeline {
		a.backwards(e.At, e.Until)
	}
	for _, i := range p.Impacts {
		a.backwards(i.From, i.Until)
	}
	a.kindOrder()
	a.effectBeforeCause()
}

// before says that a moment is surely before another: days count where only
// they are known.
func before(m, other Moment) bool {
	if d, ok := other.span(m); ok {
		return d < 0 && !(m.Approximate || other.Approximate)
	}
	if !m.Known() || !other.Known() || m.Precision > Day && other.Precision > Day {
		return false
	}
	return m.DateString() < other.DateString()
}

func (a *auditor) backwards(from, until Moment) {
	if before(until, from) {
		pos := until.Pos
		if pos.Line == 0 {
			pos = from.Pos
		}
		a.diags.Report(diag.TimelineOrder, pos, "correct one of the two, or the day or zone of one",
			"the end (%s) is before the beginning (%s)", until.Written, from.Written)
	}
}

// kindOrder checks the milestones that events state by their kind.
func (a *auditor) kindOrder() {
	p := a.report
	start := p.milestone("start", p.Start, "started")
	for _, end := range []milestone{p.milestone("detected", p.Detected, "detected"), p.milestone("resolved", p.Resolved, "resolved")} {
		if start.inferred || end.inferred || start.field && end.field || !before(end.at, start.at) {
			continue
		}
		a.diags.Report(diag.TimelineOrder, end.at.Pos, "correct the time or the kind of one of the two",
			"%q (%s) is before %q (%s), at which the incident starts", end.name, end.at.Written, start.name, start.at.Written)
	}
}

var (
	aChange  = pattern.Of(func() string { return `(?i)(?:^|[^\pL])` + anyOf("change") + `(?:$|[^\pL])` })
	anEffect = pattern.Of(func() string { return `(?i)(?:^|[^\pL])` + anyOf("effect") + `(?:$|[^\pL])` })
)

// effectBeforeCause checks a sentence that says when a change began to hurt,
// as "towards 15h a deployment slowed the site", against the first events that
// were hurt. It takes one clock in the sentence, and a clear distance.
func (a *auditor) effectBeforeCause() {
	p := a.report
	effect := p.milestone("start", p.Start, "started")
	if effect.field || !effect.at.IsInstant() || a.severalDays() {
		return
	}
	for i, text := range a.prose {
		for _, sentence := range sentencesOf(text) {
			clocks := clocksIn(sentence)
			if len(clocks) != 1 || !aChange.MatchString(sentence) || !anEffect.MatchString(sentence) {
				continue
			}
			cause := clocks[0].On(effect.at.Time).In(zoneOf(effect.at))
			if late, ok := effect.at.span(cause); ok && late >= 45*time.Minute && cause.DateString() == effect.at.DateString() {
				a.diags.Report(diag.TimelineOrder, a.place(i, 0), "correct one of the two, or give start: in the front matter",
					"the change (%s) comes after its effect: the first is told at %q", asClaim(cause.Written), effect.at.label())
				return
			}
		}
	}
}

// zoneOf is a moment's zone, nil if it has none.
func zoneOf(m Moment) *time.Location {
	if m.Zoned {
		return m.Time.Location()
	}
	return nil
}
