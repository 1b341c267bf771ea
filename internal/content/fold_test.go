package content

import (
	"testing"
	"unicode"
)

// TestFold holds the short way to fold against the long one, for each letter.
func TestFold(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if r > 0x3000 && r%997 != 0 {
			continue
		}
		for _, text := range []string{string(r), "A" + string(r) + "b", " " + string(r) + string(r) + "é"} {
			if got, want := fold(text), foldAny(text); got != want {
				t.Errorf("%q: %q, not %q", text, got, want)
			}
		}
	}
}
