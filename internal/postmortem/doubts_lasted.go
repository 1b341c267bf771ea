package postmortem

import (
	"strings"
	"time"

	"publish/internal/diag"
	"publish/internal/pattern"
)

var (
	// lastedWords end where the length of time begins: `the outage lasted about`.
	lastedWords = pattern.Of(func() string {
		return `(?i)(?:^|[^\pL])(?:` + anyOf("incident") + `[^\pL.;:\d\n](?:[^.;:\d\n]{0,40}[^\pL.;:\d\n])?` + anyOf("lasted") +
			`|` + anyOf("down for") + `)[^\pL.;:\d\n](?:[^.;:\d\n]{0,24}[^\pL\d.;:\n])?`
	})
	notThis   = pattern.Of(func() string { return `(?i)(?:^|[^\pL])` + anyOf("not this") + `(?:$|[^\pL])` })
	ofAYear   = pattern.New(`\b(?:19|20)\d\d\b`)
	clauseEnd = pattern.New(`[.,;:()!?](?:\s|$)`)
)

// mostBeyond is how many times the span of its times a report may claim before
// they are taken for a part of what happened.
const mostBeyond = 4

// lasted compares how long a sentence says that the incident was ("the outage
// lasted 3 hours", "logins were down for 3 hours") with all times that the report
// tells. Only what does not fit between the first and the last is a doubt: what is
// shorter may be a part of the incident.
func (a *auditor) lasted() {
	first, last, ok := a.bounds()
	if !ok {
		return
	}
	span, _ := first.at.span(last.at)
	for i, text := range a.prose {
		start := 0
		for _, sentence := range sentencesOf(text) {
			d, at := lengthSaid(sentence)
			slack := max(2*time.Minute, d.unit()/2)
			if d.Approximate {
				slack = max(slack, d.Value/10)
			}
			if d.Known && !a.declaredAlready(d) && d.Value > span+slack && d.Value <= mostBeyond*span {
				a.diags.Report(diag.DurationMismatch, a.place(i, start+at), "correct the figure, or write when it began and when it was over",
					"%q: all times of the report lie between %s and %s, %s apart, %s", strings.TrimRight(asClaim(d.Written), "."),
					first.label, last.label, inHours(span), difference(span, d.Value))
			}
			start += len(sentence)
		}
	}
}

// lengthSaid reads `the outage lasted 3 hours` with the place of its figure.
func lengthSaid(sentence string) (d Duration, at int) {
	m := lastedWords.FindStringIndex(sentence)
	if m == nil || notThis.MatchString(sentence) || ofAYear.MatchString(sentence) {
		return Duration{}, 0
	}
	for at = m[1]; at > m[0]; at-- { // a word that belongs to the figure: "about"
		if d, size := scanDuration(clause(sentence[at:])); size > 0 && boundary(sentence[at+size:]) {
			d.Approximate = d.Approximate || endsWithPhrase("at most", behind(sentence, at)) || endsWithPhrase("at least", behind(sentence, at))
			return d, at
		}
		if sentence[at-1] >= '0' && sentence[at-1] <= '9' {
			break
		}
	}
	return Duration{}, 0
}

// clause is a sentence up to the sign that ends it, or a part of it: in "3 h 30.
// Then" the minutes are the last word.
func clause(sentence string) string {
	if end := clauseEnd.FindStringIndex(sentence); end != nil {
		return sentence[:end[0]]
	}
	return sentence
}

// declaredAlready says that a figure was compared as a measure of the report.
func (a *auditor) declaredAlready(d Duration) bool {
	m := a.report.Declared
	for _, other := range []Duration{m.TimeToDetect, m.TimeToAcknowledge, m.TimeToMitigate, m.TimeToResolve, m.Duration} {
		if other.Known && other.Value == d.Value {
			return true
		}
	}
	return false
}

// bounds are the first and the last of all times that the report tells, where
// all of them can be compared.
func (a *auditor) bounds() (first, last instant, ok bool) {
	told := a.instants(true)
	for n, t := range told {
		if n == 0 {
			first, last = t, t
		}
		early, comparable := first.at.span(t.at)
		if !comparable {
			return first, last, false
		}
		if early < 0 {
			first = t
		}
		if late, _ := last.at.span(t.at); late > 0 {
			last = t
		}
	}
	return first, last, len(a.report.Timeline) > 1
}
