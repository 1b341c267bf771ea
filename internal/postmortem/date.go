package postmortem

import (
	"iter"
	"slices"
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
var kanjiDate = newOpener(asciiDigits, `^\d{4} ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号]`)

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
var monthFirst = newOpener("-", `^-(\d{1,2})-(\d{4})\b`)

// lastDay is the end of a range of days in one month.
var lastDay = newOpener("\t\n\f\r -\xe2", `^\s?[-–]\s?\d{1,2}\b`)

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

// FindDate finds the first full date in a text of any kind: a title, a
// heading, a path, a line. Days that do not exist, and dates that could be
// read in two orders, are passed over.
func FindDate(text string) (Moment, bool) { return FindDateIn(text, "") }

// FindDateIn does the same in a text of a known language, which may settle the
// order of day and month.
func FindDateIn(text, language string) (Moment, bool) {
	for m := range findDates(text, language) {
		return m, true
	}
	return Moment{}, false
}

// FindDates finds all of them.
func FindDates(text, language string) []Moment { return slices.Collect(findDates(text, language)) }

func findDates(text, language string) iter.Seq[Moment] {
	dayFirst := locale.DayFirst(language)
	return func(yield func(Moment) bool) {
		for at := 0; at < len(text); {
			d, size, problem := scanDate(text[at:])
			if problem == AmbiguousDate && dayFirst {
				d, size, problem = scanDayFirst(text[at:])
			}
			if problem == NoProblem && bounded(text, at, at+size) {
				if !yield(d.moment(text[at : at+size])) {
					return
				}
				if at += size - 1; at >= len(text) {
					return
				}
			}
			at = nextToken(text, at)
		}
	}
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

var (
	compactDate = pattern.New(`^(\d{4})(\d{2})(\d{2})(?:[-_ ]|$)`)
	serialDate  = pattern.New(`(?i)(?:^|[-_ ])pm[-_ ](\d{2})(\d{2})(\d{2})$`)
	monthDay    = pattern.New(`^(\d{1,2})[-_](\d{1,2})(?:[-_ ](.*))?$`)
	yearFolder  = pattern.New(`^\d{4}$`)
	monthFolder = pattern.New(`^(\d{4})[-_.](\d{2})$`)
)

// dateInName finds the date that the name of a file or folder holds, and what
// remains of the name without it: `2021-04-29-outage` and `outage-2021-04-29`
// leave `outage`. A date in words (`incident-du-1er-octobre-2021`) or within
// the name stays in the rest, which would not read well without it. The name
// has no extension.
func dateInName(name string) (m Moment, rest string, ok bool) {
	if d, size, problem := scanDate(name); problem == NoProblem && name[0] <= '9' {
		if tail := name[size:]; tail == "" || strings.ContainsRune("-_ .T", rune(tail[0])) {
			return d.moment(name[:size]), strings.TrimLeft(tail, "-_ ."), true
		}
	}
	if c := compactDate.FindStringSubmatch(name); c != nil {
		if d := dateOf(c[1], c[2], c[3]); d.problem() == NoProblem && d.year > 1900 && d.year < 2100 {
			return d.moment(name[:8]), strings.TrimLeft(name[8:], "-_ "), true
		}
	}
	if c := serialDate.FindStringSubmatch(name); c != nil {
		if d := dateOf("20"+c[1], c[2], c[3]); d.problem() == NoProblem {
			return d.moment(name[len(name)-6:]), strings.TrimRight(name[:len(name)-6], "-_ "), true
		}
	}
	m, ok = FindDate(name)
	if !ok {
		return Moment{}, name, false
	}
	rest = name
	if before, found := strings.CutSuffix(name, m.Written); found && m.Written[0] <= '9' && !strings.ContainsFunc(m.Written, unicode.IsLetter) {
		if before = strings.TrimRight(before, "-_ ."); before != "" {
			rest = before
		}
	}
	return m, rest, true
}

// DateInPath is dateInName with the help of the folders above: `04-25-outage`
// below a folder `2024`, and anything below `2021/04/29`. Dir has slashes and
// not the name itself.
func DateInPath(dir, name string) (m Moment, rest string, ok bool) {
	if m, rest, ok = dateInName(name); ok {
		return m, rest, true
	}
	folders := strings.Split(dir, "/")
	if last := len(folders) - 1; last >= 2 && yearFolder.MatchString(folders[last-2]) {
		whole := strings.Join(folders[last-2:], "/")
		if d, size, problem := scanDate(whole); problem == NoProblem && size == len(whole) {
			return d.moment(whole), name, true
		}
	}
	c := monthDay.FindStringSubmatch(name)
	if c == nil {
		return Moment{}, name, false
	}
	for i := len(folders) - 1; i >= 0; i-- {
		year := folders[i]
		if month := monthFolder.FindStringSubmatch(year); month != nil && month[2] == c[1] {
			year = month[1]
		} else if !yearFolder.MatchString(year) {
			continue
		}
		d := dateOf(year, c[1], c[2])
		if d.problem() != NoProblem {
			break
		}
		return d.moment(year + "-" + c[1] + "-" + c[2]), c[3], true
	}
	return Moment{}, name, false
}

// dateOf makes a date of three runs of digits.
func dateOf(year, month, day string) date {
	y, _ := digits(year)
	m, _ := digits(month)
	d, _ := digits(day)
	return date{y, m, d}
}
