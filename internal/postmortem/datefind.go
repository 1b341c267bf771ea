package postmortem

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"publish/internal/locale"
)

// FindDate finds the first full date in a text of any kind: a title, a
// heading, a path, a line. Days that do not exist, and dates that could be
// read in two orders, are passed over.
func FindDate(text string) (Moment, bool) { return FindDateIn(text, "") }

// FindDateIn does the same in a text of a known language, which may settle the
// order of day and month.
func FindDateIn(text, language string) (Moment, bool) {
	m, end := nextDate(text, 0, locale.DayFirst(language))
	return m, end > 0
}

// FindDates finds all of them.
func FindDates(text, language string) (dates []Moment) {
	dayFirst := locale.DayFirst(language)
	for m, end := nextDate(text, 0, dayFirst); end > 0; m, end = nextDate(text, nextToken(text, end-1), dayFirst) {
		dates = append(dates, m)
	}
	return dates
}

// nextDate finds the first date that begins at or behind a place, and where it
// ends; 0 if there is none.
func nextDate(text string, at int, dayFirst bool) (m Moment, end int) {
	if !holdsYear(text[min(at, len(text)):]) {
		return Moment{}, 0
	}
	return nextDateAnywhere(text, at, dayFirst)
}

// holdsYear says whether a text has four digits in a row, as every full date has.
func holdsYear(text string) bool {
	row := 0
	for i := range len(text) {
		if row++; text[i] < '0' || text[i] > '9' {
			row = 0
		} else if row == 4 {
			return true
		}
	}
	return false
}

func nextDateAnywhere(text string, at int, dayFirst bool) (m Moment, end int) {
	for ; at < len(text); at = nextToken(text, at) {
		d, size, problem := scanDate(text[at:])
		if problem == AmbiguousDate && dayFirst {
			d, size, problem = scanDayFirst(text[at:])
		}
		if problem == NoProblem && bounded(text, at, at+size) {
			return d.moment(text[at : at+size]), at + size
		}
	}
	return Moment{}, 0
}

// scanDayFirst reads 04/05/2024 as a day of May.
func scanDayFirst(s string) (d date, size int, problem Problem) {
	c := slashDate.FindStringSubmatch(s)
	if c == nil {
		return d, 0, NotMoment
	}
	d = dateOf(c[4], c[3], c[1])
	return d, len(c[0]), d.problem()
}

// FindDateDayFirst finds the first date in figures (08-01-2026) of a text whose
// days, as something else says, stand before their months, or behind them.
func FindDateDayFirst(text string, dayFirst bool) (Moment, bool) {
	for at := 0; at < len(text); at = nextToken(text, at) {
		d, size, problem := scanDayFirst(text[at:])
		if problem == NotMoment {
			continue
		}
		if !dayFirst {
			d.month, d.day = d.day, d.month
		}
		if d.problem() == NoProblem && bounded(text, at, at+size) {
			return d.moment(text[at : at+size]), true
		}
	}
	return Moment{}, false
}

// OrderOfDays looks in a text for days in figures that can be read in one order
// only: 24-10-2024 stands day first, 10/24/2024 month first.
func OrderOfDays(text string) (dayFirst, monthFirst bool) {
	for at := 0; at < len(text); at = nextToken(text, at) {
		if !startsWithDigit(text[at:]) {
			continue
		}
		d, size, problem := scanDayFirst(text[at:])
		if problem == NotMoment || !bounded(text, at, at+size) {
			continue
		}
		dayFirst = dayFirst || problem == NoProblem && d.day > 12
		monthFirst = monthFirst || d.month > 12 && d.month < 32 && d.day < 13
	}
	return dayFirst, monthFirst
}

// bounded says that a date is not a part of a longer number: an address, a
// version.
func bounded(text string, start, end int) bool {
	if end < len(text) && ('0' <= text[end] && text[end] <= '9' || partOfNumber(text[end:])) {
		return false
	}
	if start < 2 || startsWithDigit(text[min(start+2, len(text)):]) {
		return true // a year may follow anything: v2/2023/02/08
	}
	joined := strings.IndexByte("./-", text[start-1]) >= 0
	return !joined || text[start-2] < '0' || text[start-2] > '9'
}

func partOfNumber(s string) bool {
	return len(s) > 1 && s[0] == '.' && '0' <= s[1] && s[1] <= '9'
}

// nextToken is where the next word or number begins. A digit behind a letter
// of a script without blanks begins one too.
func nextToken(text string, at int) int {
	if next := nextPlain(text, at); next > 0 {
		return next
	}
	return nextAny(text, at)
}

// nextAny is nextToken in any text.
func nextAny(text string, at int) int {
	r, n := utf8.DecodeRuneInString(text[at:])
	wasLetter, wasDigit := unicode.IsLetter(r), unicode.IsDigit(r)
	wide := r > 0x2E80
	for at += n; at < len(text); at += n {
		r, n = utf8.DecodeRuneInString(text[at:])
		letter, digit := unicode.IsLetter(r), unicode.IsDigit(r)
		if (letter || digit) && !wasLetter && !wasDigit || digit && wide {
			return at
		}
		wasLetter, wasDigit, wide = letter, digit, r > 0x2E80
	}
	return at
}

// nextPlain is nextToken where all up to there is ASCII, else 0.
func nextPlain(text string, at int) int {
	was := true // what stands at the place begins nothing again
	for i := at; i < len(text); i++ {
		c := text[i]
		if c >= utf8.RuneSelf {
			return 0
		}
		is := isASCIIWord(c)
		if is && !was {
			return i
		}
		was = is
	}
	return len(text)
}
