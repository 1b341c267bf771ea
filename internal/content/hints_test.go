package content

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// TestHints holds the search for several words against that for each.
func TestHints(t *testing.T) {
	words := []string{"nternal", "NTERNAL", "edact", "{%", "aaaab", "hidden", "é!x"}
	h := newHints(words...)
	random := rand.New(rand.NewPCG(5, 6))
	found := 0
	pieces := append([]string{"n", "nter", "a", "aaaa", "b", "{", "%", "hid", "den", " ", "\n", "é", "!x", "INTERNA", "L", "The rest of it. "}, words...)
	for range 20_000 {
		var text []byte
		for range random.IntN(8) {
			text = append(text, pieces[random.IntN(len(pieces)-random.IntN(2)*len(words))]...)
		}
		want := false
		for _, w := range words {
			want = want || bytes.Contains(text, []byte(w))
		}
		if want {
			found++
		}
		if got := h.in(text); got != want {
			t.Fatalf("%q: %v, want %v", text, got, want)
		}
	}
	if found < 2000 || found > 18_000 {
		t.Errorf("%d of the texts hold a word", found)
	}
}
