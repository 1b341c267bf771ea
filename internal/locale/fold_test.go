package locale

import (
	"testing"
	"unicode"
)

// TestUnspaced holds that no letter of those scripts comes before the first that is
// looked at.
func TestUnspaced(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if got, want := Unspaced(r), unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana); got != want {
			t.Fatalf("%q: %v, want %v", r, got, want)
		}
	}
}

// TestPictures holds that whatever is looked up nowhere folds to a space.
func TestPictures(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if between := foldAny("a" + string(r) + "b"); isPicture(r) && between != "a b" {
			t.Errorf("%q (%U) folds to %q", r, r, between)
		}
	}
	if got := foldAny("a" + string(shownAsPicture) + "b"); got != "ab" {
		t.Errorf("got %q", got)
	}
}
