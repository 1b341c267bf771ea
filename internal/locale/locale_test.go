package locale

import (
	"testing"
	"time"
)

func TestMonthByName(t *testing.T) {
	for word, want := range map[string]time.Month{
		"April": time.April, "avr.": time.April, "DÉC": time.December, "decembre": time.December,
		"März": time.March, "октября": time.October, "août": time.August, "Sept": time.September,
		"enero": time.January, "12月": time.December, "set": 0, "ago": 0, "out": 0, "": 0,
	} {
		if got, ok := MonthByName(word); got != want || ok != (want != 0) {
			t.Errorf("MonthByName(%q) = %v, %v; want %v", word, got, ok, want)
		}
	}
}
