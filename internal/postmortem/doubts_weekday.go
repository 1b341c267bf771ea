package postmortem

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"publish/internal/diag"
	"publish/internal/locale"
)

// monthWord reads the name of a month and gives its size, 0 if none.
func monthWord(s string) (month, size int) {
	w := word(s)
	m, ok := locale.MonthByName(w)
	if !ok {
		return 0, 0
	}
	return int(m), len(w)
}

// weekdays compares each day of the week in the text with the date beside it:
// `Thursday, April 5th, 2024`, `mardi 21 janvier`, `2021年11月25日(木)`.
func (a *auditor) weekdays() {
	undated := !a.day.Known() && !a.hasFullDate()
	for i, text := range a.prose {
		for at := 0; at < len(text); at = nextToken(text, at) {
			claim, ok := weekdayFirst(text, at)
			if !ok {
				claim, ok = weekdayLast(text, at)
			}
			if !ok {
				continue
			}
			if undated && claim.day.year == 0 {
				a.ambiguousYear(i, text, claim)
				undated = false // once is enough
				continue
			}
			a.checkWeekday(i, text, claim)
		}
	}
}

// weekdayClaim says that a day is one of the week.
type weekdayClaim struct {
	weekday    time.Weekday
	day        calendarDay
	start, end int // bytes
}

// weekdayFirst reads `Thursday, April 5th, 2024`.
func weekdayFirst(text string, at int) (c weekdayClaim, ok bool) {
	name := word(text[at:])
	weekday, ok := weekdayNamed(name)
	if !ok || followsWeekday(behind(text, at)) {
		return c, false
	}
	from := at + len(name)
	from += len(text[from:]) - len(strings.TrimPrefix(text[from:], "-feira"))
	nameEnd := from
	if strings.HasPrefix(text[from:], ".") && utf8.RuneCountInString(name) <= 4 {
		from++
	}
	from += scanBlank(text[from:])
	for _, sign := range []string{",", "(", "，"} {
		if strings.HasPrefix(text[from:], sign) {
			from += len(sign)
			from += scanBlank(text[from:])
			break
		}
	}
	if w := word(text[from:]); words()["inside a date"][fold(w)] != "" && w != "" {
		from += len(w) + scanBlank(text[from+len(w):])
	}
	if from == nameEnd {
		return c, false
	}
	day, ok := dayAt(text, from)
	return weekdayClaim{weekday, day, at, day.end}, ok
}

// weekdayLast reads `5 April 2024 (Friday)`, `April 5, Friday`, `4月5日(金)`.
func weekdayLast(text string, at int) (c weekdayClaim, ok bool) {
	day, ok := dayAt(text, at)
	if !ok {
		return c, false
	}
	end := day.end + scanBlank(text[day.end:])
	bracket := false
	for _, sign := range []string{"(", "（", ","} {
		if strings.HasPrefix(text[end:], sign) {
			bracket = sign != ","
			end += len(sign)
			end += scanBlank(text[end:])
			break
		}
	}
	name := word(text[end:])
	rest := text[end+len(name):]
	weekday, known := weekdayNamed(name)
	if single := meaningOf("bracketed day", name); bracket && single != "" {
		number, _ := strconv.Atoi(single)
		weekday, known = time.Weekday(number), true
	}
	closed := strings.HasPrefix(rest, ")") || strings.HasPrefix(rest, "）")
	wide := name != "" && name[0] >= 0xE3
	if !known || bracket != closed || !bracket && !wide && (end == day.end || !strings.HasPrefix(strings.TrimSpace(text[day.end:]), ",")) {
		return c, false
	}
	if !bracket {
		// `5 April, Friday 6 April`: the name belongs to the next date.
		if _, next := weekdayFirst(text, end); next || followsWeekday(behind(text, at)) {
			return c, false
		}
		if strings.HasPrefix(rest, "'") || strings.HasPrefix(rest, "’") {
			return c, false
		}
	}
	return weekdayClaim{weekday, day, at, end + len(name)}, true
}

// weekdayNamed knows the names of days. Short forms in Latin letters are words
// of some language (sun, mon, mar), so they have to begin with a capital.
func weekdayNamed(name string) (time.Weekday, bool) {
	first, _ := utf8.DecodeRuneInString(name)
	if len(name) <= 3 && first < 0x250 && (len(name) < 3 || !unicode.IsUpper(first)) {
		return 0, false
	}
	return locale.WeekdayByName(name)
}

// followsWeekday says that another day of the week stands directly before:
// "Monday/Tuesday 5-6 April".
func followsWeekday(before string) bool {
	before = strings.TrimRightFunc(before, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("-–—/,&+.", r) })
	name := lastWord(before)
	if _, ok := weekdayNamed(name); ok {
		return true
	}
	before = strings.TrimRightFunc(strings.TrimSuffix(before, name), unicode.IsSpace)
	_, ok := weekdayNamed(lastWord(before))
	return ok
}

func lastWord(s string) string {
	return s[strings.LastIndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })+1:]
}

func (a *auditor) checkWeekday(block int, text string, c weekdayClaim) {
	day, ok := a.inherit(c.day)
	if !ok {
		return
	}
	t := day.time()
	if t.Weekday() == c.weekday {
		return
	}
	meant := t
	for _, away := range []int{-1, 1, -2, 2, -3, 3} {
		if meant = t.AddDate(0, 0, away); meant.Weekday() == c.weekday {
			break
		}
	}
	claim := claimIn(text, c.start, c.end)
	a.diags.Report(diag.WeekdayMismatch, a.place(block, c.start),
		fmt.Sprintf("write %s, or the date that was meant: %s is a %s", t.Weekday(), meant.Format("2 January 2006"), c.weekday),
		"%q: %s is a %s", claim, t.Format("2 January 2006"), t.Weekday())
}

// hasFullDate says that a year is told somewhere.
func (a *auditor) hasFullDate() bool {
	for _, text := range a.prose {
		if _, ok := FindDate(text); ok {
			return true
		}
	}
	return false
}

// ambiguousYear proposes years for a day of the week and of a month, where no
// date of the report has one.
func (a *auditor) ambiguousYear(block int, text string, c weekdayClaim) {
	var years []string
	for year := 2010; year <= 2030; year++ {
		d := date{year, c.day.month, c.day.day}
		if d.problem() == NoProblem && d.time().Weekday() == c.weekday {
			years = append(years, strconv.Itoa(year))
		}
	}
	if len(years) == 0 {
		return
	}
	claim := claimIn(text, c.start, c.end)
	a.diags.Report(diag.TimeAmbiguous, a.place(block, c.start), "write the year, or give the report a date in its front matter",
		"%q has no year, nor has any date of the report: it is a %s in %s", claim, c.weekday, inWords(years))
}

// inWords joins a list: "2015, 2020 and 2026".
func inWords(list []string) string {
	if n := len(list); n > 1 {
		return strings.Join(list[:n-1], ", ") + " and " + list[n-1]
	}
	return strings.Join(list, "")
}
