package postmortem

import (
	"strings"
	"time"

	"publish/internal/pattern"
	"publish/internal/zoneinfo"
)

var closedPart = newOpener("\t\n\f\r ([", pattern.New(`^\s?[(\[]([^()\[\]]{1,40})[)\]]`)).then("([")

// readTail reads what may stand behind a time of day: the sign for "about", a
// zone, a day, a range or further times.
func (t *timeScanner) readTail() {
	t.approximateBehind()
	if t.e.clock.unknown {
		t.readZone(&t.e.zone)
		return
	}
	t.readRangeOrZone()
	t.approximateBehind()
	t.readDayBehind()
	if !t.e.hasUntil {
		t.readMoreTimes()
	}
	t.readRemark()
}

func (t *timeScanner) approximateBehind() {
	rest := t.rest()
	if n := scanBlank(rest); strings.HasPrefix(rest[n:], "~") {
		if next := rest[n+1:]; next == "" || next[0] < '0' || next[0] > '9' {
			t.at += n + 1
			t.e.approximate = true
			return
		}
	}
	if k := approximateInBrackets(rest, t.zones); k > 0 {
		t.at += k
		t.e.approximate = true
		return
	}
	n := scanBlank(rest)
	if n == 0 && strings.HasPrefix(rest, "-") {
		n = 1
	}
	if _, k := scanPhrase("about behind", rest[n:]); k > 0 {
		t.at += n + k
		t.e.approximate = true
	}
}

// partOfDayBehind passes over the part of a day that stands behind it and ends
// the time: `05-03 凌晨 |`, `3/5 morning:`. What hour that was, nobody says.
func (t *timeScanner) partOfDayBehind() {
	rest := t.rest()
	n := scanBlank(rest)
	_, k := scanPhrase("part of a day", rest[n:])
	if k == 0 {
		_, k = scanPhrase("half before", rest[n:])
	}
	if k > 0 && signFollows(rest[n+k:]) {
		t.at += n + k
	}
}

// approximateInBrackets is the size of a remark such as `(approx.)` or `(推定)`
// behind a time; `(EST)` is a zone.
func approximateInBrackets(s string, zones map[string]string) int {
	m := closedPart.FindStringSubmatch(s)
	if m == nil || scanZone(strings.TrimSpace(m[0]), zones).size > 0 {
		return 0
	}
	inner := strings.TrimSpace(m[1])
	if _, n := scanPhrase("about in brackets", inner); n == 0 || n != len(inner) {
		return 0
	}
	return len(m[0])
}

// readZone reads a zone, in brackets or not. An offset behind a name, as in
// `PDT (UTC-7)`, is what counts.
func (t *timeScanner) readZone(into **time.Location) {
	for range 2 {
		rest := t.rest()
		n := scanBlank(rest)
		z := scanZone(rest[n:], t.zones)
		if z.problem == NoSuchMoment && namesUTC(rest[n:n+z.size]) {
			t.noSuchZone = true
		}
		if z.size == 0 || z.problem == NoSuchMoment || !boundary(rest[n+z.size:]) && !wideFollows(rest[n+z.size:]) {
			if _, k := scanZoneWords(rest); k > 0 {
				location, _ := scanZoneWords(rest)
				*into = location
				t.at += k
			}
			return
		}
		t.at += n + z.size
		t.e.foreign = z.location == nil
		if z.location != nil {
			*into = z.location
		}
	}
}

// scanZoneWords reads "(heure française)" and the like.
func scanZoneWords(s string) (*time.Location, int) {
	n := scanBlank(s)
	inner := strings.TrimLeft(s[n:], "(")
	open := len(s) - n - len(inner)
	name, k := scanPhrase("zone words", inner)
	if k == 0 || open == 0 && !strings.Contains(inner[:k], " ") && inner[0] < 0x80 && !signFollows(inner[k:]) || open > 1 || open == 1 && !strings.HasPrefix(inner[k:], ")") {
		return nil, 0
	}
	location, err := zoneinfo.Load(name)
	if err != nil {
		return nil, 0
	}
	return location, n + open + k + open
}

// readDayBehind reads the day behind the time: `12:45 PM PST Saturday Oct 30th`,
// `22:30 UTC (Oct 29)`.
func (t *timeScanner) readDayBehind() {
	if t.e.dated() {
		return
	}
	rest := t.rest()
	if m := closedPart.FindStringSubmatch(rest); m != nil {
		if d, n, _, p := scanDay(m[1]); p == NoProblem && n == len(m[1]) {
			t.e.day = d
			t.at += len(m[0])
		} else if _, n := scanPhrase("day before", m[1]); n > 0 && n == len(m[1]) {
			t.e.day = dayPart{before: true}
			t.at += len(m[0])
		}
		return
	}
	n := scanBlank(rest)
	if strings.HasPrefix(rest[n:], ",") {
		n += 1 + scanBlank(rest[n+1:])
	}
	if n == 0 || !strings.ContainsAny(rest, asciiDigits) {
		return // a day with its month has its number
	}
	if _, k := scanPhrase("before a time", rest[n:]); k > 0 && !isDayName(rest[n:]) {
		n += k
		n += scanBlank(rest[n:])
	}
	d, k, _, p := scanDay(rest[n:])
	if p != NoProblem || d.month == 0 || !boundary(rest[n+k:]) {
		return
	}
	if after := rest[n+k:]; d.full() || signFollows(after) || strings.HasPrefix(after, ".") {
		if _, _, q := scanEntryClock(strings.TrimSpace(after), false); q != NoProblem {
			t.e.day = d
			t.at += n + k
		}
	}
}

// readRemark passes over brackets that hold another reading of the same time,
// as `12:48 (6:48 PDT)`, or the time since the start.
func (t *timeScanner) readRemark() {
	m := closedPart.FindStringSubmatch(t.rest())
	if m == nil {
		return
	}
	inner := strings.TrimSpace(m[1])
	if length, plus := strings.CutPrefix(strings.TrimLeft(inner, "Tt"), "+"); plus {
		// 14:45 (+1h05): the time since the start, told once more
		length = length[scanBlank(length):]
		if _, n := scanLength(length); n > 0 && n == len(length) {
			t.at += len(m[0])
		}
		return
	}
	if c, n, p := scanEntryClock(inner, false); p == NoProblem && c.known {
		tail := inner[n:]
		z := scanZone(tail[scanBlank(tail):], t.zones)
		if n+scanBlank(tail)+z.size == len(inner) {
			t.at += len(m[0])
		}
	}
}
