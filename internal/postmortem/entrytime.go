package postmortem

import (
	_ "embed"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"publish/internal/pattern"
)

var (
	//go:embed data/times.txt
	timesFile string
	times     = sync.OnceValue(func() timeTables { return newTimeTables(readLexicon(timesFile)) })
)

// entryTime is the time of a timeline's entry as far as the entry itself says
// it. What is missing, a day or a zone, comes from around it.
type entryTime struct {
	day, untilDay     dayPart
	clock, untilClock clockTime
	hasUntil          bool
	zone, untilZone   *time.Location // nil where none is written
	// foreign says that a zone is written that could be several: the time is
	// local, whatever zone is stated for the others.
	foreign     bool
	approximate bool
	// relative says that the time is an offset, from the start or from the
	// last whole time.
	relative  bool
	fromStart bool
	offset    time.Duration
	// start and end bound the time's own text, size all that stands before
	// the words of the entry: brackets and signs too.
	start, end, size int
	// unclosed are the marks, of emphasis say, that were opened before the time
	// and not closed behind it.
	unclosed string
}

// dated says that the entry writes its day.
func (e *entryTime) dated() bool { return e.day.given() }

// clocked says that it writes a time of day that is known.
func (e *entryTime) clocked() bool { return e.clock.known && !e.clock.unknown }

// dayOnly says that it is a day and no more, not even a mark for a time.
func (e *entryTime) dayOnly() bool { return e.dated() && !e.clock.known }

// timeScanner reads the time at the beginning of an entry.
type timeScanner struct {
	text  string
	at    int
	zones map[string]string
	e     entryTime
	// between says that a word like "between" asks for a range.
	between bool
	// exact says that the date is followed by a T, as in ISO 8601, so that a
	// hyphen behind the clock is an offset.
	exact bool
	// paren says that the time of day stands in brackets behind its day.
	paren bool
	// noSuchZone says that the time has an offset that no zone has: UTC+25.
	noSuchZone bool
}

// reachOfTime is how far into a text, in bytes, its time may reach with all that
// stands around it. It keeps the work on a long text in step with its length.
const reachOfTime = 500

// scanEntryTime reads the time with which an entry begins: a day, a time of
// day or both, a range, an offset (`T+12m`), or a mark for an unknown time, in
// brackets or behind small words if it must. The problem is NotMoment where
// the text begins with something else, NoSuchMoment where it begins with a time
// that does not exist.
func scanEntryTime(text string, zones map[string]string) (entryTime, Problem) {
	if len(text) > reachOfTime {
		text = text[:reachOfTime]
	}
	plain, at := inASCII(text)
	e, problem := scanNarrow(plain, zones)
	if at != nil && problem == NoProblem {
		e.start, e.end, e.size = at(e.start), at(e.end), at(e.size)
	}
	return e, problem
}

func scanNarrow(text string, zones map[string]string) (entryTime, Problem) {
	t := &timeScanner{text: text, zones: zones}
	closers := t.open()
	if hopeless(t.rest()) {
		return entryTime{}, NotMoment
	}
	return t.scan(closers)
}

// scan reads the time behind what open has passed over.
func (t *timeScanner) scan(closers string) (entryTime, Problem) {
	t.lead()
	if !t.readRelative() {
		if problem := t.readMoment(); problem != NoProblem {
			return entryTime{}, problem
		}
	}
	if d := t.e.day; t.noSuchZone || d.full() && beyondYears(wall(civil(d.year, d.month, d.day), t.e.clock, time.UTC)) {
		return entryTime{}, NoSuchMoment
	}
	t.e.end = t.at
	if !t.close(closers) {
		return entryTime{}, NotMoment
	}
	return t.e, NoProblem
}

func (t *timeScanner) rest() string { return t.text[t.at:] }
func (t *timeScanner) skipBlank()   { t.at += scanBlank(t.rest()) }

// open passes over brackets, marks of emphasis and the like, and gives those
// that have to be closed again.
func (t *timeScanner) open() (closers string) {
	for t.at < len(t.text) {
		r, size := utf8.DecodeRuneInString(t.rest())
		switch {
		case unicode.IsSpace(r):
		case strings.ContainsRune("*_`\"", r):
			closers += string(r)
		case strings.ContainsRune("[({【（〔", r):
			closers += map[rune]string{'[': "]", '(': ")", '{': "}", '【': "】", '（': "）", '〔': "〕"}[r]
		default:
			return closers
		}
		t.at += size
	}
	return closers
}

// lead passes over the small words before a time. Words for "about" belong to
// the time's own text, others do not.
func (t *timeScanner) lead() {
	t.e.start = t.at
	for range 3 {
		rest := t.rest()
		r, size := utf8.DecodeRuneInString(rest)
		if r == '~' || r == '≈' || r == '∼' || r == '～' {
			t.e.approximate = true
			t.at += size
			t.skipBlank()
			continue
		}
		if _, n := scanPhrase("about", rest); n > 0 {
			t.e.approximate = true
			t.at += n
			t.skipBlank()
			continue
		}
		if _, n := scanPhrase("between", rest); n > 0 {
			t.between = true
			t.at += n
			t.skipBlank()
			continue
		}
		if _, n := scanPhrase("before a time", rest); n > 0 && !isDayName(rest) {
			t.at += n
			if strings.HasPrefix(t.rest(), ":") {
				t.at++
			}
			t.skipBlank()
			if !t.e.approximate {
				t.e.start = t.at
			}
			continue
		}
		return
	}
}

// isDayName says that a word of the lead would be a day: "sun".
func isDayName(s string) bool {
	_, size, _, problem := scanDay(s)
	return size > 0 && problem == NoProblem
}

// readMoment reads days, times of day, zones and ranges.
func (t *timeScanner) readMoment() Problem {
	if t.readUnknownDay() {
		return NoProblem
	}
	firm, problem := t.readDay(&t.e.day)
	if problem != NoProblem && problem != NotMoment {
		return problem
	}
	gap := t.at
	if t.e.dated() {
		t.skipBetween()
		t.leadToClock()
	}
	if at := t.at; t.e.day.nth > 0 && t.readRelative() {
		t.e.start, t.e.day = at, dayPart{} // the offset counts from the beginning anyway
		return NoProblem
	}
	if t.readHours() {
		t.readTail()
		return NoProblem
	}
	c, size, problem := scanEntryClock(t.rest(), t.e.dated() || t.between)
	switch {
	case problem == NoSuchMoment:
		return problem
	case problem != NoProblem && !t.e.dated():
		return NotMoment
	case problem != NoProblem:
		t.at = gap
		ranged := t.lastDayBehind()
		if t.between && !ranged {
			return NotMoment
		}
		firm = firm || ranged
		t.partOfDayBehind()
		if t.approximateBehind(); !firm && !t.endsHere() {
			return NotMoment
		}
		return NoProblem
	}
	if startsWithLetter(t.rest()) && t.at == 0 && !t.e.dated() && !signFollows(t.rest()[size:]) && scanUnknownMark(t.rest()) == 0 {
		return NotMoment // "Unknown users", "Midnight traffic"
	}
	t.e.clock = c
	t.e.approximate = t.e.approximate || c.vague
	t.at += size
	t.readTail()
	if t.paren && strings.HasPrefix(t.rest(), ")") {
		t.at++
	}
	return NoProblem
}

// bareHours is a range of hours of which only the end says which half of the day
// is meant: 10-11am.
var bareHours = newOpener(asciiDigits, pattern.New(`^(\d{1,2})\s?(?:[-–—]|to)\s?(\d{1,2}(?::\d{2})?\s?(?:[aApP]\.?[mM]\.?))`)).then("-\xe2t")

// readHours reads such a range.
func (t *timeScanner) readHours() bool {
	m := bareHours.FindStringSubmatch(t.rest())
	if m == nil || !boundary(t.rest()[len(m[0]):]) {
		return false
	}
	hour, _ := digits(m[1])
	end, n, problem := scanEntryClock(m[2], true)
	if problem != NoProblem || n != len(m[2]) || hour < 1 || hour > 12 {
		return false
	}
	t.e.clock = clockTime{known: true}
	t.e.clock.hour, t.e.clock.precision = hour, Minute
	t.e.untilClock, t.e.hasUntil = end, true
	t.shareHalf()
	t.at += len(m[0])
	return true
}

func startsWithLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) && r < 0x2E80
}

// endsHere says that a sign, a closing bracket or nothing follows.
func (t *timeScanner) endsHere() bool {
	return signFollows(t.rest()) || strings.HasPrefix(t.rest(), "*")
}

// skipBetween passes over what may stand between a day and a time of day.
func (t *timeScanner) skipBetween() {
	rest := t.rest()
	if len(rest) > 1 && (rest[0] == 'T' || rest[0] == 't') && '0' <= rest[1] && rest[1] <= '9' {
		t.exact = true
		t.at++
		return
	}
	t.skipBlank()
	if scanUnknownMark(t.rest()) > 0 {
		return
	}
	for _, sign := range []string{",", "/", "_", "—", "–", "-", ":", "@", "|", "("} {
		if strings.HasPrefix(t.rest(), sign) {
			t.at += len(sign)
			t.paren = sign == "("
			t.skipBlank()
			break
		}
	}
}

// leadToClock passes over the small words between a day and its time.
func (t *timeScanner) leadToClock() {
	start, about := t.e.start, t.e.approximate
	at := t.at
	t.lead()
	t.e.start = start
	if t.at != at {
		_, _, day := scanDate(t.rest()) // `2026-05-19 a 2026-05-22`: the year is no time of day
		if c, _, p := scanEntryClock(t.rest(), true); p != NoProblem || !c.known || day == NoProblem {
			t.at, t.e.approximate, t.between = at, about, false
		}
	}
}

// close passes over the closing marks, and the signs before the words of the
// entry. It fails where a letter follows the time directly.
func (t *timeScanner) close(closers string) bool {
	rest := t.rest()
	if !boundary(rest) && !wideFollows(rest) {
		return false
	}
	size := len(rest)
	for i, r := range rest {
		if i := strings.IndexRune(closers, r); i >= 0 {
			closers = closers[:i] + closers[i+utf8.RuneLen(r):]
			continue
		}
		if unicode.IsSpace(r) || strings.ContainsRune(":-–—―|,：、>→⇒=•.;", r) {
			continue
		}
		size = i
		break
	}
	t.e.size, t.e.unclosed = t.at+size, closers
	return !strings.ContainsAny(closers, "])}】）〕") || strings.ContainsAny(rest, "])}】）〕")
}
