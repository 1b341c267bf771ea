package locale

import (
	"sync"
	"time"
)

var monthNames = sync.OnceValue(func() map[string]time.Month {
	names := map[string]time.Month{}
	for _, tag := range tags() {
		for i, spellings := range all()[tag].months {
			addNames(names, spellings, time.Month(i+1))
		}
	}
	return names
})

var weekdayNames = sync.OnceValue(func() map[string]time.Weekday {
	names := map[string]time.Weekday{}
	for _, tag := range tags() {
		for i, spellings := range all()[tag].weekdays {
			addNames(names, spellings, time.Weekday(i))
		}
	}
	return names
})

// addNames adds spellings that no earlier language has taken.
func addNames[T any](names map[string]T, spellings []string, value T) {
	for _, s := range spellings {
		if _, taken := names[Fold(s)]; !taken {
			names[Fold(s)] = value
		}
	}
}

func byName[T any](names map[string]T, word string) (T, bool) {
	var few [64]byte
	if b, rest := AppendFold(few[:0], word, len(word)); rest == "" {
		value, ok := names[string(b)]
		return value, ok
	}
	value, ok := names[Fold(word)]
	return value, ok
}

// MonthByName finds a month by its name or abbreviation in any language; case,
// accents and a full stop do not count.
func MonthByName(word string) (time.Month, bool) {
	return byName(monthNames(), word)
}

// WeekdayByName does the same for days of the week.
func WeekdayByName(word string) (time.Weekday, bool) {
	return byName(weekdayNames(), word)
}

// DayFirst says that a language writes the day before the month wherever it is
// used, so that 4/5/2024 is in May. English is written both ways.
func DayFirst(tag string) bool {
	l := all()[tag]
	return l != nil && l.dayFirst
}
