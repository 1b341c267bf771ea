package postmortem

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Problem says why a text is no moment.
type Problem uint8

// The problems.
const (
	NoProblem     Problem = iota
	NotMoment             // a text of another kind
	NoSuchMoment          // a day or a time that does not exist: 31 June, 24:30
	AmbiguousDate         // 4/5/2023: April or May?
	AmbiguousZone         // an abbreviation that names several zones: IST
)

// ParseMoment reads a date, a time of day or both, as people write them:
// ISO 8601 in all its spellings, `April 14th 2022`, `5 avril 2024 à 14h55`,
// `2013/10/12`, `2014-07-16 23:29 UTC`, `2021年11月25日`, `~ 9 h 21`. The whole
// text has to be read.
//
//   - A time of day alone gives a moment of the year 0 (ClockOnly).
//   - `--:--`, `unknown` and an empty text give a moment with no time.
//   - Fractions of a second are dropped; a leap second (23:59:60) is read as
//     the second before it, which the clocks of computers show instead.
//   - 24:00 is the midnight at the end of the day.
//   - A day that could be read in two orders (4/5/2023) is refused.
func ParseMoment(text string) (Moment, Problem) { return parseMoment(text, nil) }

// parseMoment is ParseMoment with the abbreviations of a site.
func parseMoment(text string, abbreviations map[string]string) (Moment, Problem) {
	written := strings.TrimFunc(text, unicode.IsSpace)
	m, size, problem := scanMoment(written, abbreviations)
	if problem == NotMoment && isUnread(written) {
		return Moment{Written: written}, NoProblem
	}
	if problem == NoProblem && size != len(written) {
		problem = NotMoment
	}
	if problem != NoProblem {
		return Moment{Written: written}, problem
	}
	m.Written = written
	return m, NoProblem
}

// isUnread says that a text stands for a time that is not known.
func isUnread(text string) bool {
	return strings.Trim(text, "?-–—:. ") == "" || values()["unread"][fold(text)] != ""
}

// scanMoment reads a moment at the beginning of a text and gives the number of
// bytes that it took.
func scanMoment(s string, abbreviations map[string]string) (m Moment, size int, problem Problem) {
	size = scanApproximate(s)
	m.Approximate = size > 0
	day, n, problem := scanDate(s[size:])
	if problem != NoProblem && problem != NotMoment {
		return m, 0, problem
	}
	dated := problem == NoProblem
	size += n
	m.Precision = Day
	gap := 0
	if dated {
		gap = scanBetween(s[size:])
	} else {
		day.year, day.month, day.day, m.Precision = 0, 1, 1, NoTime
	}
	at, n, problem := scanClock(s[size+gap:], dated)
	switch {
	case problem == NotMoment && !dated:
		return m, 0, NotMoment
	case problem == NotMoment:
		m.Time = time.Date(day.year, time.Month(day.month), day.day, 0, 0, 0, 0, time.UTC)
		return m, size, NoProblem
	case problem != NoProblem:
		return m, 0, problem
	}
	size += gap + n
	m.Precision = at.precision
	location := time.UTC
	blank := scanBlank(s[size:])
	if z := scanZone(s[size+blank:], abbreviations); z.size > 0 {
		if z.problem != NoProblem {
			return m, 0, z.problem
		}
		size, location, m.Zoned = size+blank+z.size, z.location, true
	}
	m.Time = time.Date(day.year, time.Month(day.month), day.day, at.hour, at.minute, at.second, 0, location)
	if beyondYears(m.Time) {
		return m, 0, NoSuchMoment
	}
	if n := approximateInBrackets(s[size:], abbreviations); n > 0 {
		m.Approximate, size = true, size+n
	}
	return m, size, NoProblem
}

// scanApproximate reads a word or sign for "about" and the blanks behind it.
func scanApproximate(s string) int {
	if s == "" || '0' <= s[0] && s[0] <= '9' {
		return 0
	}
	size := strings.IndexFunc(s, func(r rune) bool { return unicode.IsDigit(r) })
	if size <= 0 {
		return 0
	}
	if word := fold(s[:size]); words()["approximate"][word] != "" {
		return size
	}
	// "vers le 5 mai", "about April 5th": the first word alone.
	end := strings.IndexFunc(s, unicode.IsSpace)
	if end <= 0 || words()["approximate"][fold(s[:end])] == "" {
		return 0
	}
	end += scanBlank(s[end:])
	if w := word(s[end:]); w != "" && words()["inside a date"][fold(w)] != "" {
		end += len(w) + scanBlank(s[end+len(w):])
	}
	return end
}

// scanBetween reads what may stand between a date and a time of day.
func scanBetween(s string) int {
	if s != "" && (s[0] == 'T' || s[0] == 't') {
		return 1
	}
	n := scanBlank(s)
	if strings.HasPrefix(s[n:], ",") {
		n += 1 + scanBlank(s[n+1:])
	}
	if n == 0 {
		return 0
	}
	if strings.HasPrefix(s[n:], "- ") {
		return n + 2
	}
	if w := word(s[n:]); w != "" && words()["between date and time"][fold(w)] != "" {
		after := n + len(w)
		return after + scanBlank(s[after:])
	}
	return n
}

// timeOfDay is a clock time.
type timeOfDay struct {
	hour, minute, second int
	precision            Precision
}

// scanClock reads a time of day: `09:21`, `9:21:07.5`, `9 h 21`, `18h`,
// `9:21 AM`, `9pm`, and after a date or before a zone `1100`.
func scanClock(s string, dated bool) (at timeOfDay, size int, problem Problem) {
	number, n := digits(s)
	rest := s[n:]
	at = timeOfDay{hour: number, precision: Minute}
	switch {
	case n == 0 || n > 4:
		return at, 0, NotMoment
	case n == 4:
		if z := scanZoneName(rest, nil); !dated && z.size == 0 || !boundary(rest[z.size:]) {
			return at, 0, NotMoment
		}
		at.hour, at.minute = number/100, number%100
		return at, n, at.problem()
	case strings.HasPrefix(rest, ":"):
		if size = n + at.minutes(rest); size == n {
			return at, 0, NotMoment
		}
		if n == 3 {
			return at, 0, NoSuchMoment
		}
	case n == 3:
		return at, 0, NotMoment
	default:
		size = n + at.hourMark(rest)
	}
	half := scanHalf(s[size:])
	if half == 0 && size == n {
		return at, 0, NotMoment
	}
	if half > 0 {
		afternoon := strings.ContainsAny(s[size:size+half], "pP")
		switch {
		case afternoon && at.hour < 12:
			at.hour += 12
		case !afternoon && at.hour == 12:
			at.hour = 0
		case !afternoon && at.hour > 12:
			return at, 0, NoSuchMoment
		}
		size += half
	}
	return at, size, at.problem()
}

// minutes reads `:21` or `:21:07.5`.
func (at *timeOfDay) minutes(s string) (size int) {
	minute, n := digits(s[1:])
	if n != 2 {
		return 0
	}
	at.minute, size = minute, 3
	second, n := 0, 0
	if strings.HasPrefix(s[size:], ":") {
		second, n = digits(s[size+1:])
	}
	if n != 2 {
		return size
	}
	at.second, at.precision, size = second, Second, size+3
	if size+1 < len(s) && (s[size] == '.' || s[size] == ',') {
		if _, fraction := digits(s[size+1:]); fraction > 0 {
			size += 1 + fraction
		}
	}
	return size
}

// hourMark reads the French ` h 21`; it is 0 where no such mark stands.
func (at *timeOfDay) hourMark(s string) int {
	size := scanBlank(s)
	if size >= len(s) || s[size] != 'h' && s[size] != 'H' {
		return 0
	}
	size++
	gap := scanBlank(s[size:])
	if minute, n := digits(s[size+gap:]); n == 2 {
		at.minute = minute
		return size + gap + n
	}
	if !boundary(s[size:]) {
		return 0
	}
	return size
}

// problem says whether the time of day exists.
func (at *timeOfDay) problem() Problem {
	if at.second == 60 && at.minute == 59 {
		at.second = 59
	}
	if at.minute > 59 || at.second > 59 || at.hour > 24 || at.hour == 24 && at.minute+at.second > 0 {
		return NoSuchMoment
	}
	return NoProblem
}

// scanHalf reads `AM`, ` p.m.` and the like.
func scanHalf(s string) int {
	size := scanBlank(s)
	for _, half := range []string{"a.m.", "p.m.", "a. m.", "p. m.", "a.\u00a0m.", "p.\u00a0m.", "a.m", "p.m", "am", "pm"} {
		end := size + len(half)
		if end <= len(s) && strings.EqualFold(s[size:end], half) && boundary(s[end:]) {
			return end
		}
	}
	return 0
}

// digits reads a number of up to nine ASCII digits, and says how many.
func digits(s string) (number, count int) {
	for count < len(s) && '0' <= s[count] && s[count] <= '9' {
		if count < 9 {
			number = number*10 + int(s[count]-'0')
		}
		count++
	}
	return number, count
}

// scanBlank is the size of the blanks, of every kind, that a text begins with.
func scanBlank(s string) int {
	if s == "" || '!' <= s[0] && s[0] < 0x80 {
		return 0
	}
	return len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
}

// word is the run of letters that a text begins with.
func word(s string) string {
	n := 0
	for n < len(s) && 'a' <= s[n]|0x20 && s[n]|0x20 <= 'z' {
		n++
	}
	if n == len(s) || s[n] < 0x80 {
		return s[:n]
	}
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) })
	if end < 0 {
		return s
	}
	return s[:end]
}

// boundary says that no letter or digit follows.
func boundary(s string) bool {
	if s == "" {
		return true
	} else if c := s[0]; c < 0x80 {
		lower := c | 0x20
		return (c < '0' || c > '9') && (lower < 'a' || lower > 'z')
	}
	r, size := utf8.DecodeRuneInString(s)
	return size == 0 || !unicode.IsLetter(r) && !unicode.IsDigit(r)
}
