package postmortem

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"publish/internal/locale"
	"publish/internal/pattern"
)

// date is a calendar day.
type date struct{ year, month, day int }

// problem says whether the day exists.
func (d date) problem() Problem {
	if d.year < 1 || d.month < 1 || d.month > 12 || d.day < 1 {
		return NoSuchMoment
	}
	if t := time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC); t.Day() != d.day {
		return NoSuchMoment
	}
	return NoProblem
}

// moment is the day as a Moment.
func (d date) moment(written string) Moment {
	return Moment{
		Time: time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC), Precision: Day, Written: written,
	}
}

// scanDate reads a full date at the beginning of a text. The problem is
// NotMoment where none stands there.
func scanDate(s string) (d date, size int, problem Problem) {
	if s == "" {
		return d, 0, NotMoment
	}
	if s[0] < '0' || s[0] > '9' {
		return scanDateFromWord(s)
	}
	number, n := digits(s)
	switch {
	case n == 4 && strings.HasPrefix(strings.TrimLeft(s[n:], " "), "年"):
		return scanKanjiDate(s, number)
	case n == 4:
		d, size, problem = scanYearFirst(s, number)
	case n <= 2:
		if d, size, problem = scanYearLast(s); problem == NotMoment {
			d, size, problem = scanDayWord(s, number, n)
		}
	default:
		return d, 0, NotMoment
	}
	return d, size, problem
}

// scanYearFirst reads 2021-04-29, 2021/4/29, 2021.04.29, 2021_04_29.
func scanYearFirst(s string, year int) (d date, size int, problem Problem) {
	if len(s) < 8 || !strings.ContainsRune("-/._", rune(s[4])) {
		return d, 0, NotMoment
	}
	month, n := digits(s[5:])
	size = 5 + n
	if n < 1 || n > 2 || size >= len(s) || s[size] != s[4] {
		return d, 0, NotMoment
	}
	day, n := digits(s[size+1:])
	if n < 1 || n > 2 {
		return d, 0, NotMoment
	}
	d = date{year, month, day}
	return d, size + 1 + n, d.problem()
}

// kanjiDate is 2021年11月25日, with or without blanks.
var kanjiDate = newOpener(asciiDigits, pattern.Holding("日号", `^\d{4} ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]`))

func scanKanjiDate(s string, year int) (d date, size int, problem Problem) {
	m := kanjiDate.FindStringSubmatch(s)
	if m == nil {
		return d, 0, NotMoment
	}
	d.year = year
	d.month, _ = digits(m[1])
	d.day, _ = digits(m[2])
	return d, len(m[0]), d.problem()
}

// scanYearLast reads 21.04.2020, day first, and 29/04/2021 or 04-29-2021 where
// only one order is possible.
func scanYearLast(s string) (d date, size int, problem Problem) {
	first, n := digits(s)
	if n >= len(s) || !strings.ContainsRune("./-", rune(s[n])) {
		return d, 0, NotMoment
	}
	separator := s[n]
	second, m := digits(s[n+1:])
	size = n + 1 + m
	if m < 1 || m > 2 || size >= len(s) || s[size] != separator {
		return d, 0, NotMoment
	}
	year, k := digits(s[size+1:])
	if k != 4 {
		return d, 0, NotMoment
	}
	size += 1 + k
	d = date{year, second, first}
	switch {
	case separator == '.' || first > 12 || first == second:
	case second > 12:
		d.month, d.day = first, second
	default:
		return d, 0, AmbiguousDate
	}
	return d, size, d.problem()
}

// scanDayWord reads `5 avril 2024`, `1er octobre 2021`, `30th of January 2023`,
// `21. April 2020`, `28-Jun-2025`.
func scanDayWord(s string, day, size int) (d date, _ int, problem Problem) {
	if w := word(s[size:]); w != "" {
		if words()["ordinal"][fold(w)] == "" {
			return d, 0, NotMoment
		}
		size += len(w)
	}
	size = skipFiller(s, size)
	w := word(s[size:])
	month, ok := locale.MonthByName(w)
	if !ok {
		return d, 0, NotMoment
	}
	size = skipFiller(s, size+len(w))
	year, n := digits(s[size:])
	if n != 4 {
		return d, 0, NotMoment
	}
	d = date{year, int(month), day}
	return d, size + n, d.problem()
}

// scanDateFromWord reads `April 28, 2020`, `Sep 27 2017`, and any date behind
// the name of a day of the week.
func scanDateFromWord(s string) (d date, size int, problem Problem) {
	w := word(s)
	if w == "" {
		return d, 0, NotMoment
	}
	month, ok := locale.MonthByName(w)
	if ok {
		if c := monthFirst.FindStringSubmatch(s[len(w):]); c != nil { // Feb-08-2021
			d.day, _ = digits(c[1])
			d.year, _ = digits(c[2])
			d.month = int(month)
			return d, len(w) + len(c[0]), d.problem()
		}
		if d, size, problem = scanMonthWord(s, int(month), len(w)); problem != NotMoment {
			return d, size, problem
		}
	}
	if _, ok := locale.WeekdayByName(w); !ok {
		return d, 0, NotMoment
	}
	from := skipFiller(s, len(w))
	if _, again := locale.WeekdayByName(word(s[from:])); again {
		return d, 0, NotMoment
	}
	d, size, problem = scanDate(s[from:])
	return d, from + size, problem
}

func scanMonthWord(s string, month, size int) (d date, _ int, problem Problem) {
	size = skipFiller(s, size)
	day, n := digits(s[size:])
	if n < 1 || n > 2 {
		return d, 0, NotMoment
	}
	size += n
	if w := word(s[size:]); w != "" {
		if words()["ordinal"][fold(w)] == "" {
			return d, 0, NotMoment
		}
		size += len(w)
	}
	if end := lastDay.FindString(s[size:]); end != "" {
		size += len(end) // January 14-19, 2026 begins on the 14th
	}
	size = skipFiller(s, size)
	year, n := digits(s[size:])
	if n != 4 {
		return d, 0, NotMoment
	}
	d = date{year, month, day}
	return d, size + n, d.problem()
}

// monthFirst is what stands behind the name of a month joined by hyphens.
var monthFirst = newOpener("-", pattern.New(`^-(\d{1,2})-(\d{4})\b`))

// lastDay is the end of a range of days in one month.
var lastDay = newOpener("\t\n\f\r -\xe2", pattern.New(`^\s?[-–]\s?\d{1,2}\b`)).then("-\xe2")

// skipFiller passes over what stands between the parts of a date in words:
// blanks, a comma, a full stop, the hyphens of file names, "de", "of".
func skipFiller(s string, at int) int {
	for at < len(s) {
		r, n := utf8.DecodeRuneInString(s[at:])
		if !unicode.IsSpace(r) && !strings.ContainsRune(",.-_", r) {
			break
		}
		at += n
	}
	if w := word(s[at:]); w != "" && words()["inside a date"][fold(w)] != "" && at+len(w) < len(s) {
		return at + len(w) + scanBlank(s[at+len(w):])
	}
	return at
}
