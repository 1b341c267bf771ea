package locale

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

// TestNamesAreFound holds that the first letters rule out no name, in capitals or
// with its accents, and nothing else.
func TestNamesAreFound(t *testing.T) {
	tried := 0
	for _, tag := range tags() {
		for i, spellings := range slices.Concat(all()[tag].months, all()[tag].weekdays) {
			for _, s := range spellings {
				for _, word := range []string{s, strings.ToUpper(s), strings.ToTitle(s) + ".", "\u00a0" + s, s + "x"} {
					tried++
					month, isMonth := monthNames().values[Fold(word)]
					weekday, isWeekday := weekdayNames().values[Fold(word)]
					if got, ok := MonthByName(word); got != month || ok != isMonth {
						t.Errorf("%s: %q (%d): month %v, want %v", tag, word, i, got, month)
					}
					if got, ok := WeekdayByName(word); got != weekday || ok != isWeekday {
						t.Errorf("%s: %q (%d): weekday %v, want %v", tag, word, i, got, weekday)
					}
				}
			}
		}
	}
	if tried < 500 {
		t.Errorf("only %d names", tried)
	}
}

// TestPlainHan: folding leaves them as they are, and takes each for a letter.
func TestPlainHan(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if PlainHan(r) && (foldAny("a "+string(r)+"b") != "a "+string(r)+"b" || !Unspaced(r)) {
			t.Errorf("%U is folded", r)
		}
	}
}

// FuzzNames holds the search by first letters against that in the table alone.
func FuzzNames(f *testing.F) {
	for _, tag := range tags() {
		for _, spellings := range append(all()[tag].months, all()[tag].weekdays...) {
			for _, s := range spellings {
				f.Add(s)
				f.Add(s + "曜")
			}
		}
	}
	f.Fuzz(func(t *testing.T, word string) {
		month, isMonth := MonthByName(word)
		if want, ok := monthNames().values[foldAny(word)]; month != want || isMonth != ok {
			t.Errorf("%q is %v, %v; the table has %v, %v", word, month, isMonth, want, ok)
		}
		day, isDay := WeekdayByName(word)
		if want, ok := weekdayNames().values[foldAny(word)]; day != want || isDay != ok {
			t.Errorf("%q is %v, %v; the table has %v, %v", word, day, isDay, want, ok)
		}
	})
}
