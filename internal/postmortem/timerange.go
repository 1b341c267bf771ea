package postmortem

import (
	"strings"
	"time"
	"unicode/utf8"

	"publish/internal/pattern"
)

// secondsEnd is the end of a range of seconds: 16:05:57-58.
var secondsEnd = newOpener("\t\n\f\r -\xe2", pattern.New(`^\s?[-–—]\s?(\d{2})(?:[^\d:.]|$)`)).then("-\xe2")

// readRangeOrZone reads the zone behind a time and the end of a range. A hyphen
// may lead to either: 10:00-11:00 is a range, T10:00-05:00 has an offset.
func (t *timeScanner) readRangeOrZone() {
	if t.e.clock.precision == Second && !t.exact {
		if m := secondsEnd.FindStringSubmatch(t.rest()); m != nil {
			if second, _ := digits(m[1]); second < 60 && second > t.e.clock.second {
				t.e.untilClock = t.e.clock
				t.e.untilClock.second, t.e.hasUntil = second, true
				t.at += strings.Index(m[0], m[1]) + 2
			}
		}
	}
	if !t.e.hasUntil && !t.exact && t.hyphenIsRange() && t.readUntil() {
		return
	}
	t.readZone(&t.e.zone)
	if !t.e.hasUntil {
		t.readUntil()
	}
}

// hyphenIsRange says that what follows the time directly begins with a hyphen
// and is the end of a range rather than an offset from UTC.
func (t *timeScanner) hyphenIsRange() bool {
	rest := t.rest()
	if !strings.HasPrefix(rest, "-") {
		return false
	}
	c, n, problem := scanEntryClock(rest[1:], true)
	if problem != NoProblem || n == 0 {
		return false
	}
	if c.unknown || c.half != 0 || c.precision == Second {
		return true
	}
	if n == 4 {
		return true // 14:20-2:00: an offset has two digits before its colon
	}
	return c.hour > 14 || c.hour*60+c.minute > t.e.clock.hour*60+t.e.clock.minute
}

// readUntil reads the end of a range, and says whether there was one. What it
// cannot read it leaves.
func (t *timeScanner) readUntil() bool {
	back := *t
	if !t.rangeSign() {
		*t = back
		return false
	}
	t.skipBlank()
	if _, n := scanPhrase("about", t.rest()); n > 0 {
		t.e.approximate = true
		t.at += n
	} else if strings.HasPrefix(t.rest(), "~") {
		t.e.approximate = true
		t.at++
	}
	t.skipBlank()
	if _, n := scanPhrase("before a time", t.rest()); n > 0 && !isDayName(t.rest()) {
		t.at += n // 10:30 y las 11:00
		t.skipBlank()
	}
	if _, n := scanPhrase("open end", t.rest()); n > 0 {
		t.at += n
		return true
	}
	if _, problem := t.readDay(&t.e.untilDay); problem == NoProblem {
		t.skipBetween()
	}
	plain := !strings.ContainsAny(t.text[t.e.start:back.at], ":hH")
	c, n, problem := scanEntryClock(t.rest(), plain || t.between)
	if problem != NoProblem || !boundary(t.rest()[n:]) && scanZoneName(t.rest()[n:], nil).size == 0 && !wideFollows(t.rest()[n:]) {
		*t = back
		return false
	}
	t.at += n
	if c.unknown {
		t.e.untilDay = dayPart{}
		return true
	}
	t.e.untilClock, t.e.hasUntil = c, true
	t.shareHalf()
	t.approximateBehind()
	t.readZone(&t.e.untilZone)
	if t.e.zone == nil {
		t.e.zone = t.e.untilZone
	}
	if t.e.untilZone == nil {
		t.e.untilZone = t.e.zone
	}
	return true
}

// rangeSign passes over the sign or word between two ends. A sign with nothing
// but words behind it belongs to the entry, which readUntil finds out.
func (t *timeScanner) rangeSign() bool {
	t.skipBlank()
	for _, sign := range []string{"-", "–", "—", "→", "->", "~", "〜", "～", "&"} {
		if strings.HasPrefix(t.rest(), sign) {
			t.at += len(sign)
			if sign == "-" && strings.HasPrefix(t.rest(), ">") {
				t.at++
			}
			return true
		}
	}
	meaning, n := scanPhrase("to", t.rest())
	if n == 0 {
		if _, k := scanPhrase("open end", t.rest()); k > 0 {
			return true
		}
		return false
	}
	if meaning == "to" && !t.between && isAnd(t.rest()[:n]) {
		return false // 13:49 and 13:55 are two times
	}
	t.at += n
	return true
}

// isAnd says that a word makes a range only behind "between".
func isAnd(w string) bool { return words()["duration joiner"][fold(w)] != "" }

// shareHalf gives the start of a range the half of the day that only its end
// names, as in `02:00 - 02:30 PM`.
func (t *timeScanner) shareHalf() {
	start, end := &t.e.clock, &t.e.untilClock
	if end.half == 0 || end.odd || start.half != 0 || start.hour > 12 || start.hour == 0 {
		return
	}
	shared := *start
	shared.half = end.half
	shared.applyHalf()
	if !end.before(shared) {
		*start = shared
	}
}

// before says that a clock shows less than another.
func (c clockTime) before(other clockTime) bool {
	return (c.hour*60+c.minute)*60+c.second < (other.hour*60+other.minute)*60+other.second
}

// readMoreTimes passes over further times of the same entry: `13:49, 13:55,
// 14:27:`. The event stands at the first.
func (t *timeScanner) readMoreTimes() {
	for {
		rest := t.rest()
		n := scanBlank(rest)
		r, size := utf8.DecodeRuneInString(rest[n:])
		switch {
		case strings.ContainsRune(",/&;、+", r) && size > 0:
			n += size
		default:
			_, k := scanPhrase("to", rest[n:])
			if k == 0 || !isAnd(rest[n:n+k]) {
				return
			}
			n += k
		}
		n += scanBlank(rest[n:])
		c, k, problem := scanEntryClock(rest[n:], false)
		if problem != NoProblem || c.unknown || !boundary(rest[n+k:]) {
			return
		}
		t.at += n + k
		zone, foreign := t.e.zone, t.e.foreign
		t.readZone(&t.e.zone)
		if zone != nil || foreign {
			t.e.zone, t.e.foreign = zone, foreign // the first one counts
		}
	}
}

var (
	startOffset = newOpener("Tt", pattern.New(`^[Tt]0?\s?([+\-−–])\s?`))
	zeroOffset  = newOpener("Tt", pattern.New(`^[Tt]\s?=?\s?0\b`))
	someOffset  = newOpener("Tt", pattern.New(`(?i)^T0?\s?\+\s?(?:[NXY?]{1,2}\s?)?(?:min(?:utes?)?|hours?|[hmNXY?])(?:[^\p{L}\p{N}]|$)`))
	partLength  = newOpener(asciiDigits, pattern.New(`^(\d{1,3})\.(\d)\s?(\p{L}+)`))
	clockOffset = newOpener(asciiDigits, pattern.New(`^(\d{1,3}):(\d{2})(?::(\d{2}))?`))
)

// readRelative reads `T+12m`, `T-5 min`, `T+~1 hour`, `+00:35`, `+1h20`,
// `+10 minutes`, and `T+N minutes`, which nobody counted.
func (t *timeScanner) readRelative() bool {
	rest := t.rest()
	if m := someOffset.FindString(rest); m != "" {
		t.e.clock = clockTime{unknown: true, known: true}
		for size := len(m); size > 0; size-- {
			if r := m[size-1]; r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '?' {
				t.at += size
				break
			}
		}
		return true
	}
	sign, n := time.Duration(1), 0
	if m := startOffset.FindStringSubmatch(rest); m != nil {
		t.e.fromStart = true
		n = len(m[0])
		if m[1] != "+" {
			sign = -1
		}
	} else if strings.HasPrefix(rest, "+") {
		n = 1 + scanBlank(rest[1:])
	} else {
		if m := zeroOffset.FindString(rest); m != "" {
			t.e.relative, t.e.fromStart = true, true
			t.at += len(m)
		}
		return t.e.relative
	}
	if t.e.fromStart && strings.HasPrefix(rest[n:], "~") {
		t.e.approximate = true
		n += 1 + scanBlank(rest[n+1:])
	}
	if n >= len(rest) || rest[n] < '0' || rest[n] > '9' {
		t.e.fromStart = false
		return false
	}
	length, size := scanLength(rest[n:])
	if size == 0 {
		t.e.fromStart = false
		return false
	}
	t.e.relative, t.e.offset = true, sign*length
	t.at += n + size
	return true
}

// longest is the longest offset that is read: a year.
const longest = 366 * 24 * time.Hour

// scanLength reads a length of time at the beginning of a text: `12m`, `1h20`,
// `1 hrs`, `2 Business Days` is none, `00:35` is hours and minutes.
func scanLength(s string) (length time.Duration, size int) {
	if m := clockOffset.FindStringSubmatch(s); m != nil {
		hours, _ := digits(m[1])
		minutes, _ := digits(m[2])
		seconds, _ := digits(m[3])
		return time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute + time.Duration(seconds)*time.Second, len(m[0])
	}
	if m := partLength.FindStringSubmatch(s); m != nil { // 1.5 hours
		unit, err := time.ParseDuration(words()["unit"][fold(m[3])])
		whole, _ := digits(m[1])
		tenths, _ := digits(m[2])
		if length = time.Duration(whole)*unit + time.Duration(tenths)*unit/10; err == nil && length <= longest {
			return length, len(m[0])
		}
		return 0, 0
	}
	at := 0
	for at < len(s) {
		number, n := digits(s[at:])
		if n == 0 || n > 5 {
			break
		}
		k := at + n + scanBlank(s[at+n:])
		w := word(s[k:])
		unit, err := time.ParseDuration(words()["unit"][fold(w)])
		if err != nil && size > 0 && at == size && length%time.Hour == 0 && n == 2 && boundary(s[at+n:]) { // 1h20
			return length + time.Duration(number)*time.Minute, at + n
		}
		if err != nil || w == "" || !boundary(s[k+len(w):]) && !startsWithDigit(s[k+len(w):]) {
			break
		}
		if length += time.Duration(number) * unit; number > 9999 || length > longest {
			return 0, 0
		}
		size = k + len(w)
		at = size + scanBlank(s[size:])
	}
	return length, size
}

func startsWithDigit(s string) bool { return s != "" && '0' <= s[0] && s[0] <= '9' }
