package postmortem

import (
	"strings"
	"time"
	"unicode"

	"publish/internal/locale"
	"publish/internal/pattern"
)

// dayPart is as much of a calendar day as an entry of a timeline writes; the
// rest comes from what stands around it.
type dayPart struct {
	year, month, day int
	weekday          time.Weekday
	named            bool // the day of the week is written
	// swappable says that day and month may stand in either order: 4/5.
	swappable bool
	// nth is the number of a day that is counted from the first: "Day 2".
	nth int
	// last is the last day of a range within the month: 20-21 Nov.
	last int
	// next says that it is the day after the one before: 翌日, le lendemain.
	next bool
	// before says that it is the day before that of the document: la veille.
	before bool
}

func (d dayPart) given() bool { return d.day > 0 || d.named || d.nth > 0 || d.next || d.before }
func (d dayPart) full() bool  { return d.year > 0 && d.day > 0 && !d.swappable }

var (
	slashDate  = newOpener(asciiDigits, pattern.New(`^(\d{1,2})([/-])(\d{1,2})[/-](\d{4})`)).then("/-")
	slashDay   = newOpener(asciiDigits, pattern.New(`^(\d{1,2})([/.-])(\d{1,2})`)).then("/.-")
	kanjiDay   = newOpener(asciiDigits, pattern.New(`^(?:(\d{1,2}) ?月 ?)?(\d{1,2}) ?[日号]`)).then("\xe5\xe6")
	packedDay  = newOpener(asciiDigits, pattern.New(`^((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[Tt_: \]-]|$)`)).then(asciiDigits)
	spacedDate = newOpener(asciiDigits, pattern.New(`^((?:19|20)\d{2}) (0[1-9]|1[0-2]) (0[1-9]|[12]\d|3[01]) ?[@T,]?[ ~]*\d{1,2}:\d{2}`))
	gluedDate  = newOpener(asciiDigits, pattern.New(`^((?:19|20)\d{2})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[0-2]\d:[0-5]\d`))
	unknownDay = newOpener(asciiDigits+"?", pattern.Holding("?", `^\d{4}(?:/\d{2})?-(?:\d{2}|\?\?)-\?\?|^\?\?(?:-\?\?)*`))
)

// scanDay reads a day, or a part of one, at the beginning of a text. firm says
// that it is a day whatever follows; otherwise a time, a sign or nothing must.
func scanDay(s string) (d dayPart, size int, firm bool, problem Problem) {
	if beginsClock(s) {
		return d, 0, false, NotMoment // as most entries of timelines do
	}
	return scanAnyDay(s)
}

// beginsClock says that a text begins with the hour of a clock: 9:21.
func beginsClock(s string) bool {
	_, n := digits(s[:min(len(s), 2)])
	return n > 0 && n < len(s) && s[n] == ':'
}

func scanAnyDay(s string) (d dayPart, size int, firm bool, problem Problem) {
	if d := oddDate(s); d.day > 0 {
		return d, len("2026-05-01"), true, d.problem()
	}
	full, n, problem := scanDate(s)
	switch {
	case problem == NoProblem && partOfNumber(s[n:]):
		return d, 0, false, NotMoment
	case problem == NoProblem:
		d = dayPart{year: full.year, month: full.month, day: full.day}
		if !startsWithDigit(s) {
			if c := rangeInside.FindStringSubmatch(s[:n]); c != nil {
				d.endOn(c[1])
			}
		}
		return d, n, true, NoProblem
	case problem == NoSuchMoment:
		return d, 0, false, problem
	}
	if c := slashDate.FindStringSubmatch(s); c != nil {
		written := dateOf(c[4], c[3], c[1])
		return dayPart{year: written.year, month: written.month, day: written.day, swappable: true}, len(c[0]), true, NoProblem
	}
	if s == "" {
		return d, 0, false, NotMoment
	}
	if s[0] >= '0' && s[0] <= '9' {
		return scanDayNumber(s)
	}
	if _, n := scanPhrase("next day", s); n > 0 {
		rest := strings.TrimPrefix(s[n:], ",")
		rest = rest[scanBlank(rest):]
		if _, k := scanPhrase("before a time", rest); k > 0 {
			rest = rest[k+scanBlank(rest[k:]):]
		}
		if c, _, problem := scanEntryClock(rest, false); problem == NoProblem && !c.unknown {
			return dayPart{next: true}, n, true, NoProblem
		}
	}
	return scanDayName(s)
}

// oddDate reads a whole date that only the time of day behind it gives away:
// `2026 05 01 @ 10:00`, and `2026-05-0110:00`, which lost its blank where an
// editor took the date for a link.
func oddDate(s string) (d dayPart) {
	const size = len("2026-05-01")
	if len(s) <= size || s[4] != ' ' && (s[4] != '-' || s[size] < '0' || s[size] > '2') {
		return d
	}
	c := spacedDate.FindStringSubmatch(s)
	if c == nil {
		c = gluedDate.FindStringSubmatch(s)
	}
	if c != nil {
		d.year, _ = digits(c[1])
		d.month, _ = digits(c[2])
		d.day, _ = digits(c[3])
	}
	return d
}

// scanDayNumber reads `11/25`, `12-05`, `5 mai`, `30th of January`, `11月25日`.
func scanDayNumber(s string) (d dayPart, size int, firm bool, problem Problem) {
	if c := kanjiDay.FindStringSubmatch(s); c != nil {
		d.month, _ = digits(c[1])
		d.day, _ = digits(c[2])
		return d, len(c[0]), true, d.problem()
	}
	if c := slashDay.FindStringSubmatch(s); c != nil && !monthBehind(s[len(c[0]):]) && boundary(s[len(c[0]):]) && !partOfDate(s[len(c[0]):]) &&
		(c[2] != "-" || len(c[1]) == 2 && len(c[3]) == 2) {
		first, _ := digits(c[1])
		second, _ := digits(c[3])
		switch {
		case c[2] == "." && !strings.HasPrefix(s[len(c[0]):], "."):
			if d.month, d.day = second, first; len(c[3]) == 2 && d.problem() == NoProblem && clockBehind(s[len(c[0]):]) {
				return d, len(c[0]), false, NoProblem // 24.11 13:20
			}
			return dayPart{}, 0, false, NotMoment // a clock or a number
		case c[2] == ".":
			d.month, d.day = second, first
			return d, len(c[0]) + 1, false, d.problem()
		case first > 12:
			d.month, d.day = second, first
		case c[2] == "-" || second > 12: // as in ISO dates
			d.month, d.day = first, second
		default:
			d.month, d.day, d.swappable = second, first, first != second
		}
		return d, len(c[0]), false, d.problem()
	}
	if c := packedDay.FindStringSubmatch(s); c != nil {
		written := dateOf(c[1], c[2], c[3])
		return dayPart{year: written.year, month: written.month, day: written.day}, len(c[1]) + 4, false, written.problem()
	}
	number, n := digits(s)
	if n > 2 {
		return d, 0, false, NotMoment
	}
	if end := lastNumber.FindStringSubmatch(s[n:]); end != nil && monthBehind(s[n+len(end[0]):]) {
		n += len(end[0]) // 3-4 May begins on the 3rd
		d.day = number
		d.endOn(end[1])
	}
	if w := word(s[n:]); w != "" && words()["ordinal"][fold(w)] != "" {
		n += len(w)
	}
	n = skipFiller(s, n)
	w := word(s[n:])
	month, ok := locale.MonthByName(w)
	if !ok || w == "" {
		return d, 0, false, NotMoment
	}
	d.month, d.day = int(month), number
	n += len(w)
	if d.last > 0 { // 29-31 Jul 2024
		at := skipFiller(s, n)
		if year, k := digits(s[at:]); k == 4 && (year/100 == 19 || year/100 == 20) && boundary(s[at+k:]) {
			d.year = year
			n = at + k
		}
	}
	return d, n, true, d.problem()
}

// endOn takes a number for the last day of a range, if it can be.
func (d *dayPart) endOn(number string) {
	if last, _ := digits(number); last > d.day {
		d.last = last
	}
}

// rangeInside is the end of a range of days in a whole date: January 14-19, 2026.
var rangeInside = pattern.Holding("-–", `^[\pL., ]+\d{1,2}(?:st|nd|rd|th)?\s?[-–]\s?(\d{1,2})(?:[^\d./-]|$)`)

// lastNumber is the end of a range of days before their month: 7-13th Nov.
var lastNumber = newOpener("\t\n\f\r -\xe2snrt", pattern.Holding("-–", `^(?:st|nd|rd|th)?\s?[-–]\s?(\d{1,2})(?:st|nd|rd|th|º|ª)?`))

// monthBehind says that the name of a month comes next.
func monthBehind(s string) bool {
	w := word(s[skipFiller(s, 0):])
	_, ok := locale.MonthByName(w)
	return ok && w != ""
}

// scanDayName reads `March 22`, `Mardi 21 janvier`, `Jeudi 23`, `Sun`.
func scanDayName(s string) (d dayPart, size int, firm bool, problem Problem) {
	w := word(s)
	if w == "" {
		return d, 0, false, NotMoment
	}
	if timeWord("counted day", w) != "" && isCapital(w) {
		if number, n := digits(strings.TrimPrefix(s[len(w):], " ")); n > 0 && n <= 2 && number > 0 {
			size = len(s) - len(strings.TrimPrefix(s[len(w):], " ")) + n
			if boundary(s[size:]) && !partOfNumber(s[size:]) && !strings.HasPrefix(s[size:], "/") {
				return dayPart{nth: number}, size, false, NoProblem
			}
		}
		return d, 0, false, NotMoment
	}
	if month, ok := locale.MonthByName(w); ok {
		if d, size, problem = scanMonthDay(s, int(month), len(w)); problem != NotMoment {
			return d, size, true, problem
		}
	}
	weekday, ok := locale.WeekdayByName(w)
	if short := timeWord("short weekday", w); !ok && short != "" && isCapital(w) {
		// `Fr, 03.05.`; without a date behind it, it is any word
		at := skipFiller(s, len(w))
		d, n, _, problem := scanDay(s[at:])
		if problem != NoProblem || d.month == 0 || !startsWithDigit(s[at:]) {
			return dayPart{}, 0, false, NotMoment
		}
		d.weekday, d.named = time.Weekday(short[0]-'0'), true
		return d, at + n, true, NoProblem
	}
	if !ok || !isCapital(w) && len(w) < 5 {
		return d, 0, false, NotMoment
	}
	at := skipFiller(s, len(w))
	if _, again := locale.WeekdayByName(word(s[at:])); again {
		return dayPart{weekday: weekday, named: true}, len(w), false, NoProblem
	}
	if d, n, _, problem := scanDay(s[at:]); problem == NoProblem && !d.named {
		d.weekday, d.named = weekday, true
		return d, at + n, true, NoProblem
	}
	if c := slashDay.FindStringSubmatch(s[at:]); c != nil && c[2] == "." && len(c[3]) == 2 && boundary(s[at+len(c[0]):]) {
		d.day, _ = digits(c[1])
		d.month, _ = digits(c[3])
		if d.day > 23 && d.problem() == NoProblem { // Пн 24.11, which no clock shows
			d.weekday, d.named = weekday, true
			return d, at + len(c[0]), true, NoProblem
		}
	}
	d = dayPart{weekday: weekday, named: true}
	if number, n := digits(s[at:]); n > 0 && n <= 2 && number > 0 && number <= 31 && boundary(s[at+n:]) && !strings.HasPrefix(s[at+n:], ":") &&
		!partOfNumber(s[at+n:]) && !hourFollows(s[at+n:]) {
		d.day = number
		return d, at + n, false, NoProblem
	}
	return d, len(w), false, NoProblem
}

func scanMonthDay(s string, month, size int) (d dayPart, _ int, problem Problem) {
	if strings.HasPrefix(s[size:], ".") {
		size++
	}
	blank := scanBlank(s[size:])
	number, n := digits(s[size+blank:])
	if blank == 0 || n < 1 || n > 2 {
		return d, 0, NotMoment
	}
	size += blank + n
	if strings.HasPrefix(s[size:], ":") && len(s) > size+1 && unicode.IsDigit(rune(s[size+1])) {
		return d, 0, NotMoment // Mar 10:30
	}
	if w := word(s[size:]); w != "" && words()["ordinal"][fold(w)] != "" {
		size += len(w)
	}
	d.month, d.day = month, number
	return d, size, d.problem()
}

// hourFollows says that the number before was an hour: "Mardi 9 h 20".
func hourFollows(s string) bool {
	_, size, problem := scanClock("9"+s, false)
	return size > 0 && problem == NoProblem
}

// clockBehind says that a time of day follows, with perhaps a comma and a small
// word between.
func clockBehind(s string) bool {
	s = strings.TrimPrefix(s, ",")
	blank := scanBlank(s)
	if blank == 0 {
		return false
	}
	s = s[blank:]
	for _, table := range []string{"about", "before a time"} {
		if _, n := scanPhrase(table, s); n > 0 {
			s = s[n+scanBlank(s[n:]):]
		}
	}
	c, _, problem := scanEntryClock(s, false)
	return problem == NoProblem && !c.unknown && startsWithDigit(s)
}

func isCapital(w string) bool {
	for _, r := range w {
		return unicode.IsUpper(r) || r > 0x2E80
	}
	return false
}

// partOfDate says that a date goes on, so that what was read is no day.
func partOfDate(s string) bool {
	return len(s) > 1 && (s[0] == '/' || s[0] == '-' || s[0] == '.') && '0' <= s[1] && s[1] <= '9'
}

// problem says whether the day can exist in some year.
func (d dayPart) problem() Problem {
	year, month := d.year, d.month
	if year == 0 {
		year = 2024
	}
	if month == 0 {
		month = 1
	}
	return date{year, month, d.day}.problem()
}

// near gives the whole day, with what is missing taken from a day nearby; after
// says that it does not lie before that day. ok is false where it stays
// unknown: no day nearby, or two orders of day and month that both fit.
func (d dayPart) near(day time.Time, after bool) (_ time.Time, ok bool) {
	switch {
	case d.next:
		return day.AddDate(0, 0, 1), !day.IsZero()
	case d.before:
		return day.AddDate(0, 0, -1), !day.IsZero()
	case d.nth > 0:
		return time.Time{}, false // a calendar has to count
	case d.swappable:
		return d.unswapped(day, after)
	case d.full():
		return civil(d.year, d.month, d.day), true
	case day.IsZero():
		return time.Time{}, false
	case d.month > 0:
		best := time.Time{}
		for year := day.Year() - 1; year <= day.Year()+1; year++ {
			if (date{year, d.month, d.day}).problem() != NoProblem {
				continue
			}
			if t := civil(year, d.month, d.day); best.IsZero() || distance(t, day) < distance(best, day) {
				best = t
			}
		}
		return best, !best.IsZero()
	}
	first, last := -15, 15
	switch {
	case after && d.day == 0:
		first, last = 0, 6
	case d.day == 0:
		first, last = -3, 3
	}
	best := time.Time{}
	for n := first; n <= last; n++ {
		t := day.AddDate(0, 0, n)
		if (d.day == 0 || t.Day() == d.day) && (!d.named || t.Weekday() == d.weekday) &&
			(best.IsZero() || distance(t, day) < distance(best, day)) {
			best = t
		}
	}
	return best, !best.IsZero()
}

// unswapped decides the order of day and month by what is nearer: one of them
// has to be near, the other far.
func (d dayPart) unswapped(day time.Time, after bool) (time.Time, bool) {
	const close = 10 * 24 * time.Hour
	d.swappable = false
	one, ok1 := d.near(day, after)
	d.month, d.day = d.day, d.month
	two, ok2 := d.near(day, after)
	if d.problem() != NoProblem || !ok2 {
		return one, ok1 && d.year > 0
	}
	switch {
	case day.IsZero():
	case distance(one, day) <= close && distance(two, day) > close:
		return one, true
	case distance(two, day) <= close && distance(one, day) > close:
		return two, true
	}
	return time.Time{}, false
}

func civil(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

func distance(a, b time.Time) time.Duration { return a.Sub(b).Abs() }
