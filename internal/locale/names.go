package locale

import (
	"sync"
	"time"
	"unicode/utf8"
)

var monthNames = sync.OnceValue(func() *nameTable[time.Month] {
	names := newNameTable[time.Month]()
	for _, tag := range tags() {
		for i, spellings := range all()[tag].months {
			names.add(spellings, time.Month(i+1))
		}
	}
	return names
})

var weekdayNames = sync.OnceValue(func() *nameTable[time.Weekday] {
	names := newNameTable[time.Weekday]()
	for _, tag := range tags() {
		for i, spellings := range all()[tag].weekdays {
			names.add(spellings, time.Weekday(i))
		}
	}
	return names
})

// nameTable is what folded names stand for. Each word of a text is asked for, and
// most begin with other letters than any name.
type nameTable[T any] struct {
	values map[string]T
	begins [27 * 27 * 27]bool // by the first three letters
	han    map[rune]bool      // the first letters of those in Chinese characters
}

func newNameTable[T any]() *nameTable[T] {
	return &nameTable[T]{values: map[string]T{}, han: map[rune]bool{}}
}

// add adds spellings that no earlier language has taken.
func (t *nameTable[T]) add(spellings []string, value T) {
	for _, s := range spellings {
		name := Fold(s)
		if _, taken := t.values[name]; taken {
			continue
		}
		t.values[name] = value
		if at, letters := threeLetters(name); letters {
			t.begins[at] = true
		}
		if r, _ := utf8.DecodeRuneInString(name); PlainHan(r) {
			t.han[r] = true
		}
	}
}

func (t *nameTable[T]) find(word string) (value T, ok bool) {
	if at, letters := threeLetters(word); letters && !t.begins[at] {
		return value, false
	}
	if r, _ := utf8.DecodeRuneInString(word); PlainHan(r) && !t.han[r] {
		return value, false
	}
	return folded(t.values, word)
}

// folded looks a text up under its folded form, without a copy of it where it can.
func folded[T any](values map[string]T, text string) (value T, ok bool) {
	var few [96]byte
	if b, rest := AppendFold(few[:0], text, len(text)); rest == "" {
		value, ok = values[string(b)]
		return value, ok
	}
	value, ok = values[Fold(text)]
	return value, ok
}

// threeLetters numbers the letters of ASCII that a word begins with, up to three; ok
// is false where it begins with others.
func threeLetters(word string) (number int, ok bool) {
	for i := range 3 {
		number *= 27
		if i >= len(word) {
			continue
		}
		c := word[i] | 0x20
		if c < 'a' || c > 'z' {
			return 0, false
		}
		number += int(c-'a') + 1
	}
	return number, true
}

// MonthByName finds a month by its name or abbreviation in any language; case,
// accents and a full stop do not count.
func MonthByName(word string) (time.Month, bool) {
	return monthNames().find(word)
}

// WeekdayByName does the same for days of the week.
func WeekdayByName(word string) (time.Weekday, bool) {
	return weekdayNames().find(word)
}

// DayFirst says that a language writes the day before the month wherever it is
// used, so that 4/5/2024 is in May. English is written both ways.
func DayFirst(tag string) bool {
	l := all()[tag]
	return l != nil && l.dayFirst
}
