package postmortem

import (
	"regexp"
	"testing"
)

// FuzzQuantityIn holds the numbers that are found against an expression.
func FuzzQuantityIn(f *testing.F) {
	expression := regexp.MustCompile(`[~≈]?\d[\d\s\x{A0}\x{202F},.'’]*`)
	for _, seed := range []string{"", "~8 000 dossiers", "≈ 3,5 ~12’000.", "a1\v2", "\xff1\xe2\x80 2", "~~4≈5"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		for _, want := range expression.FindAllStringIndex(text, -1) {
			start, end := quantityIn(text, at)
			if start != want[0] || end != want[1] {
				t.Fatalf("%q: from %d on found at %d to %d, want %v", text, at, start, end, want)
			}
			at = end
		}
		if start, _ := quantityIn(text, at); start >= 0 {
			t.Errorf("%q: another at %d", text, start)
		}
	})
}
