package locale

import (
	"slices"
	"strings"
	"testing"
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
