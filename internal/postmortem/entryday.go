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
// 06-12`. The event stands at the first.
func (t *timeScanner) lastDayBehind() bool {
	if t.e.untilDay.given() {
		return true
	}
	rest := t.rest()
	n := t.daySign(rest)
	if n == 0 {
		return false
	}
	n += scanBlank(rest[n:])
	d, size, _, problem := scanDay(rest[n:])
	if problem != NoProblem || d.day == 0 || d.month != 0 && d.month < t.e.day.month && d.year == 0 || !startsWithDigit(rest[n:]) {
		return false
	}
	tail := rest[n+size:]
	if !signFollows(tail) && (!strings.HasPrefix(tail, " ") || clockBehind(tail)) {
		return false
	}
	t.at += n + size
	if d.month > 0 {
		t.e.untilDay = d
	}
	return true
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
