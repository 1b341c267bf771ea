package postmortem

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestStateBehind holds the look at the end of an item against the pattern for all
// of it.
func TestStateBehind(t *testing.T) {
	random, found := rand.New(rand.NewPCG(9, 10)), 0
	pieces := []string{"done", " ", " ", "-", " - ", "\u2013", ": ", "\uff1a", "\u2192", "\u5b8c\u4e86", ".", "\u3002", "\n", "\xff", "\u00e9", "a longer piece of words", "0123456789"}
	for range 30_000 {
		var text string
		for range random.IntN(9) {
			text += pieces[random.IntN(len(pieces))]
		}
		got, want := stateBehind(text), trailingState.FindStringSubmatch(text)
		if !slices.Equal(got, want) {
			t.Fatalf("%q: %q, want %q", text, got, want)
		}
		if want != nil {
			found++
		}
	}
	if found < 1000 {
		t.Errorf("%d states", found)
	}
}
