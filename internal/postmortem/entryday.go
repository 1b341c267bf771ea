package postmortem

import (
	"strings"
	"unicode/utf8"

	"publish/internal/locale"
)

// readUnknownDay reads a day that is not known, and the time of day behind it,
// which then says nothing: `2022-02-?? ??:??`.
func (t *timeScanner) readUnknownDay() bool {
	m := unknownDay.FindString(t.rest())
	if m == "" {
		return false
	}
	tail := t.rest()[len(m):]
	blank := scanBlank(tail)
	_, n, problem := scanEntryClock(tail[blank:], true)
	if problem != NoProblem {
		if m[0] == '?' {
			return false
		}
		blank, n = 0, 0
	}
	if m[0] == '?' && blank == 0 {
		return false
	}
	t.e.clock = clockTime{unknown: true, known: true}
	t.at += len(m) + blank + n
	return true
}

func (t *timeScanner) readDay(d *dayPart) (firm bool, problem Problem) {
	part, size, firm, problem := scanDay(t.rest())
	if problem != NoProblem {
		return false, problem
	}
	rest := t.rest()[size:]
	if !part.next && !boundary(rest) && !strings.HasPrefix(rest, "_") && !strings.HasPrefix(rest, "T") && !strings.HasPrefix(rest, "t") && !wideFollows(rest) && !gluedDate.MatchString(t.rest()) {
		return false, NotMoment
	}
	*d = part
	t.at += size
	if n := scanBlank(t.rest()); n > 0 {
		if _, k := scanPhrase("behind a year", t.rest()[n:]); k > 0 && part.year > 0 {
			t.at += n + k // 3 мая 2024 г.
		}
	}
	t.weekdayBehind()
	return firm, NoProblem
}

// lastDayBehind reads the end of a range of days: `08-23〜08-27`, `2026-06-10 →
// 06-12`, `Jul 29 – Aug 2:`, `07-29 -> 31:`. The event stands at the first.
func (t *timeScanner) lastDayBehind() bool {
	if t.e.untilDay.given() || t.e.day.last > 0 {
		return true
	}
	rest := t.rest()
	n := t.daySign(rest)
	if n == 0 {
		return false
	}
	blank := scanBlank(rest[n:])
	joined := blank == 0 && scanBlank(rest) == 0
	n += blank
	if number, size := t.lastOfMonth(rest[n:], joined); size > 0 {
		t.e.day.last = number
		t.at += n + size
		return true
	}
	d, size, _, problem := scanDay(rest[n:])
	if problem != NoProblem || d.day == 0 || d.month == 0 && startsWithLetter(rest[n:]) || !t.e.day.mayLead(d) {
		return false
	}
	if tail := rest[n+size:]; !t.endsRange(tail, joined) && (!startsWithDigit(rest[n:]) || !strings.HasPrefix(tail, " ") || clockBehind(tail)) {
		return false // "Jul 29 - Aug 2 was a holiday"
	}
	t.at += n + size
	switch {
	case d.month == 0 && d.day > t.e.day.day:
		t.e.day.last = d.day // 5月3日〜5日
	case d.month > 0:
		t.e.untilDay = d
		t.e.day.takeYear(d)
	}
	return true
}

// lastOfMonth reads a number that is the last day of a range within its month.
// Words may begin with one too, as in "Jul 29 - 31 servers fail", so something
// has to say that it is none of theirs.
func (t *timeScanner) lastOfMonth(s string, joined bool) (number, size int) {
	first := t.e.day
	number, size = digits(s)
	if size == 0 || size > 2 || number <= first.day || first.month == 0 || first.swappable {
		return 0, 0
	}
	if (dayPart{year: first.year, month: first.month, day: number}).problem() != NoProblem {
		return 0, 0
	}
	if w := word(s[size:]); w != "" {
		if words()["ordinal"][fold(w)] == "" {
			return 0, 0
		}
		size += len(w)
		joined = true // 29th - 31st
	}
	if !t.endsRange(s[size:], joined) {
		return 0, 0
	}
	return number, size
}

// endsRange says that what stands behind the last of two days is none of its
// own, nor of words that only begin like one.
func (t *timeScanner) endsRange(tail string, joined bool) bool {
	if signFollows(tail) || strings.HasPrefix(tail, "*") {
		return true
	}
	return (joined || t.between) && strings.HasPrefix(tail, " ") && !clockBehind(tail)
}

// mayLead says that a range may begin with a day and end with another. Without a
// year it does not go back, but over the end of the year.
func (d dayPart) mayLead(last dayPart) bool {
	return last.month == 0 || last.year > 0 || last.month >= d.month || d.month == 12 && last.month == 1
}

// takeYear takes the year that only the end of a range has: Jul 29 – Aug 2, 2024.
func (d *dayPart) takeYear(last dayPart) {
	if d.year > 0 || last.year == 0 || d.month == 0 || d.swappable {
		return
	}
	if d.year = last.year; d.month > last.month {
		d.year--
	}
}

// daySign is the length of the sign or word between two days.
func (t *timeScanner) daySign(rest string) int {
	n := scanBlank(rest)
	for _, sign := range []string{"〜", "～", "~", "–", "—", "->", "→", "-"} {
		if strings.HasPrefix(rest[n:], sign) {
			return n + len(sign)
		}
	}
	meaning, k := scanPhrase("to", rest[n:])
	if n == 0 || k == 0 || meaning == "to" && !t.between && isAnd(rest[n:n+k]) {
		return 0
	}
	return n + k
}

// weekdayBehind passes over the day of the week behind a day: `2021-04-29
// (Thu)`, `5月3日（金）`, `5月3日 周五 9:10`.
func (t *timeScanner) weekdayBehind() {
	rest := t.rest()
	blank := scanBlank(rest)
	inner, open := rest[blank:], 0
	if strings.HasPrefix(inner, "(") {
		open = 1
	}
	inner = inner[open:]
	w := word(inner)
	_, known := locale.WeekdayByName(w)
	known = known || len(w) == 3 && strings.Contains("日月火水木金土", w) && open == 1 || timeWord("short weekday", w) != "" && open == 1
	behind := strings.TrimPrefix(inner[len(w):], "-feira")
	w = inner[:len(inner)-len(behind)]
	if open == 1 {
		if known && strings.HasPrefix(strings.TrimPrefix(behind, "."), ")") {
			t.at += blank + open + len(w) + strings.Index(behind, ")") + 1
		}
		return
	}
	if known && blank > 0 && w != "" && clockBehind(behind) {
		t.at += blank + len(w)
	}
}

func wideFollows(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return size > 0 && r > 0x2E80
}
