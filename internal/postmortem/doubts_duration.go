package postmortem

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"publish/internal/diag"
)

// instant is a time that the report tells somewhere.
type instant struct {
	at    Moment
	label string
}

// maxInstants bounds the times of sentences that are looked at: every pair of
// them is.
const maxInstants = 300

// maxPaired is with how many times a figure is compared at all: among so many
// some pair explains it anyway.
const maxPaired = 1000

// durations compares each declared measure with its two ends, and where those
// are not known, or only guessed, with every pair of times that the report
// tells. The tolerance of DESIGN.md §4 is for the two ends; any other pair
// explains a figure only if it is as exact as the figure is written, since
// among many pairs one always comes near.
func (a *auditor) durations() {
	m, d := a.report.Measures(), a.report.Declared
	told := a.instants(false)
	for _, c := range []struct {
		words, field string
		measure      Measure
		declared     Duration
	}{
		{"time to detect", "time_to_detect", m.TimeToDetect, d.TimeToDetect},
		{"time to acknowledge", "time_to_acknowledge", m.TimeToAcknowledge, d.TimeToAcknowledge},
		{"time to mitigate", "time_to_mitigate", m.TimeToMitigate, d.TimeToMitigate},
		{"time to resolve", "time_to_resolve", m.TimeToResolve, d.TimeToResolve},
		{"duration", "duration", m.Duration, d.Duration},
	} {
		if !c.declared.Known || c.measure.HasComputed && !c.measure.Contradicted || a.qualified(c.declared) {
			continue
		}
		claim := fmt.Sprintf("%s %q", c.words, asClaim(c.declared.Written))
		if c.measure.HasComputed && a.endsStated(c.measure) {
			a.diags.Report(diag.DurationMismatch, a.declaredPlace(c.field, c.declared), "correct the figure or one of the two times",
				"%s: from %s to %s it is %s, %s", claim, a.endName(c.measure.From), a.endName(c.measure.To),
				inHours(c.measure.Computed), difference(c.measure.Computed, c.declared.Value))
			continue
		}
		a.againstPairs(claim, a.declaredPlace(c.field, c.declared), c.declared, told)
	}
	a.impactDurations()
}

// qualified says that words behind a figure say what it counts: "7h (during
// support hours)".
func (a *auditor) qualified(d Duration) bool {
	for _, text := range a.prose {
		if _, rest, ok := strings.Cut(text, d.Written); ok && strings.ContainsFunc(rest, unicode.IsLetter) && strings.HasPrefix(strings.TrimSpace(rest), "(") {
			return true
		}
	}
	return false
}

// severalDays says that the timeline goes over midnight.
func (a *auditor) severalDays() bool {
	day := ""
	for _, e := range a.report.Timeline {
		if e.At.Known() {
			if day != "" && e.At.DateString() != day {
				return true
			}
			day = e.At.DateString()
		}
	}
	return false
}

// endsStated says that neither end was guessed from the words of an event.
func (a *auditor) endsStated(m Measure) bool {
	return !slices.ContainsFunc(a.report.Timeline, func(e Event) bool {
		return e.KindInferred && (e.ID == m.From || e.ID == m.To)
	})
}

// endName is the time at an end of a measure, in the author's words.
func (a *auditor) endName(name string) string {
	for _, e := range a.report.Timeline {
		if e.ID == name {
			return e.At.label()
		}
	}
	return name
}

func difference(computed, stated time.Duration) string {
	if computed < stated {
		return inHours(stated-computed) + " less"
	}
	return inHours(computed-stated) + " more"
}

// label is a moment in messages: as written, or by the clock.
func (m Moment) label() string {
	return cmp.Or(asClaim(m.Written), m.Time.Format("15:04"))
}

// againstPairs reports a figure that no pair of times explains, with the pair
// that comes nearest. Over several days, where teams count hours of work or of
// support, only a figure that a pair nearly explains is a doubt: by twice the
// tolerance of DESIGN.md §4.
func (a *auditor) againstPairs(claim string, pos diag.Pos, declared Duration, told []instant) {
	tolerance := max(2*time.Minute, declared.unit()/2)
	if declared.Approximate {
		tolerance = max(tolerance, declared.Value/10)
	}
	if declared.Value <= tolerance {
		return
	}
	if len(told) > maxPaired {
		return
	}
	var from, to instant
	nearest := time.Duration(-1)
	for _, x := range told {
		for _, y := range told {
			d, ok := x.at.span(y.at)
			if !ok || d <= 0 || x.at.Approximate && y.at.Approximate {
				continue
			}
			away := (d - declared.Value).Abs()
			if away <= tolerance {
				return
			}
			if nearest < 0 || away < nearest {
				from, to, nearest = x, y, away
			}
		}
	}
	if nearest < 0 || a.severalDays() && nearest > declared.Value/25 {
		return
	}
	d, _ := from.at.span(to.at)
	a.diags.Report(diag.DurationMismatch, pos, "correct the figure, or write the two times between which it was measured",
		"%s: no two times of the report are so far apart; the nearest are %s and %s, %s apart, %s", claim,
		from.label, to.label, inHours(d), difference(d, declared.Value))
}

// unit is the smallest unit that a length of time is written in.
func (d Duration) unit() time.Duration {
	digits, _ := figures(d.Written[min(scanApproximate(d.Written), len(d.Written)):])
	number, _ := strconv.ParseFloat(digits, 64)
	units := []time.Duration{7 * 24 * time.Hour, 24 * time.Hour, time.Hour, time.Minute}
	for _, unit := range units {
		if math.Round(number*float64(unit)) == float64(d.Value) {
			return unit
		}
	}
	if d.Value%time.Minute == 0 {
		return time.Minute
	}
	return time.Second
}

// instants are all times that the report tells: its fields, its events, and
// the clock times in its sentences; on request those too near which something
// happened.
func (a *auditor) instants(near bool) []instant {
	p := a.report
	var list []instant
	add := func(m Moment, label string) {
		if m.IsInstant() {
			list = append(list, instant{m, label})
		}
	}
	for _, m := range []Moment{p.Start, p.Detected, p.Acknowledged, p.Identified, p.Mitigated, p.Resolved, p.Communicated} {
		add(m, m.label())
	}
	var zone *time.Location
	days := map[string]bool{}
	from := map[int]int{} // where the words behind an event's time begin
	for _, e := range p.Timeline {
		add(e.At, e.At.label())
		add(e.Until, e.Until.label())
		from[e.Span.Block-1] = max(from[e.Span.Block-1], e.Span.End)
		if e.At.IsInstant() {
			days[e.At.DateString()] = true
			if e.At.Zoned {
				zone = e.At.Time.Location()
			}
		}
	}
	for _, u := range p.Updates {
		add(u.At, u.At.label())
	}
	if len(days) > 1 {
		return list // the day of a clock in a sentence would be a guess
	}
	day := a.day.Time
	if !a.day.Known() {
		day = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // any, for the clocks among themselves
	}
	for i, text := range a.prose {
		if a.declares(text) || from[i] > len(text) {
			continue
		}
		for _, m := range clocksIn(text[from[i]:]) {
			if (near || !m.Approximate) && len(list) < maxInstants { // too little to explain a figure
				add(m.On(day).In(zone), m.label())
			}
		}
	}
	return list
}

// declares says that a text states one of the measures: what looks like a time
// in it (4h50) is a length.
func (a *auditor) declares(text string) bool {
	d := a.report.Declared
	for _, m := range []Duration{d.TimeToDetect, d.TimeToAcknowledge, d.TimeToMitigate, d.TimeToResolve, d.Duration} {
		if m.Written != "" && strings.Contains(text, m.Written) {
			return true
		}
	}
	return false
}

// clocksIn finds the times of day in a sentence. Those with an h may be
// lengths, so that a word such as "at" has to stand before them.
func clocksIn(text string) (list []Moment) {
	for at, size := 0, 0; at < len(text); at = nextToken(text, at+max(0, size-1)) {
		m, n, problem := scanMoment(ahead(text, at), nil)
		size = n
		if problem != NoProblem || m.Precision <= Day || !boundary(text[at+size:]) || !bounded(text, at, at+size) {
			size = 0
			continue
		}
		m.Written = strings.TrimSpace(text[at : at+size])
		before := behind(text, at)
		clock := strings.TrimLeftFunc(m.Written, func(r rune) bool { return !unicode.IsDigit(r) })
		if strings.ContainsAny(clock, "hH") && !m.Approximate && !endsWithPhrase("before a clock", before) {
			continue
		}
		m.Approximate = m.Approximate || endsWithPhrase("near a clock", before)
		list = append(list, m)
	}
	return list
}

// declaredPlace is where a measure is declared: its field, else the last block
// that holds the author's words and least besides.
func (a *auditor) declaredPlace(field string, d Duration) diag.Pos {
	for _, f := range a.report.Fields {
		if f.Name == field || f.Name == "declared" {
			return f.Pos
		}
	}
	best, place := -1, diag.Pos{}
	for i, text := range a.prose {
		if at := strings.Index(text, d.Written); at >= 0 && (best < 0 || len(text) < best) {
			best, place = len(text), a.place(i, at)
		}
	}
	return place
}

// impactDurations compares how long an impact is said to have lasted with the
// span of the timeline. A figure that is far from it measures something else;
// one that is nearly it was meant to be it.
func (a *auditor) impactDurations() {
	first, last, ok := a.reach()
	if !ok {
		return
	}
	span, _ := first.span(last)
	m := a.report.Measures()
	for _, i := range a.report.Impacts {
		d := i.Duration
		tolerance := max(d.tolerance(), d.unit()/2)
		away := (span - d.Value).Abs()
		if !d.Known || d.Approximate || d.Value < time.Hour || away <= tolerance || away > d.Value/20 {
			continue
		}
		near := func(m Measure) bool { return m.HasComputed && (m.Computed-d.Value).Abs() <= tolerance }
		if near(m.TimeToResolve) || near(m.TimeToMitigate) || near(m.Duration) || i.From.IsInstant() && i.Until.IsInstant() {
			continue
		}
		a.diags.Report(diag.DurationMismatch, i.Pos, "correct the figure, or say from when to when",
			"%q: from the first event (%s) to the last (%s) it is %s, %s", asClaim(d.Written),
			clockOf(first), clockOf(last), inHours(span), difference(span, d.Value))
	}
}

// reach is the first and the last moment of the timeline, where all of them
// can be compared.
func (a *auditor) reach() (first, last Moment, ok bool) {
	for n, e := range a.report.Timeline {
		if n == 0 {
			first, last = e.At, e.At
		}
		early, comparable := first.span(e.At)
		if !comparable || e.At.Approximate {
			return first, last, false
		}
		if early < 0 {
			first = e.At
		}
		if late, _ := last.span(e.At); late > 0 {
			last = e.At
		}
	}
	return first, last, len(a.report.Timeline) > 1
}

// clockOf is a moment in full, for events whose day stands in a heading.
func clockOf(m Moment) string { return m.Time.Format("2 January 15:04") }
