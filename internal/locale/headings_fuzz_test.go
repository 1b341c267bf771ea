package locale

import (
	"regexp"
	"slices"
	"testing"
)

// FuzzPieces holds the pieces of a heading against what an expression parts, as
// far as they have words.
func FuzzPieces(f *testing.F) {
	separator := regexp.MustCompile(`[:：,、，/|&+;；・()（）]|\s-\s|[–—]|\.\s`)
	for _, seed := range []string{"", "1. Impact - what broke", "a - - b. - c", "Cause/effect (more)", "原因：何か", "x.\u00a0y -z", "a\v-\vb -\xff- c"} {
		f.Add(seed)
	}
	words := func(pieces []string) (folded []string) {
		for _, piece := range pieces {
			if words := Fold(piece); words != "" {
				folded = append(folded, words)
			}
		}
		return folded
	}
	f.Fuzz(func(t *testing.T, heading string) {
		if got, want := words(slices.Collect(pieces(heading))), words(separator.Split(heading, -1)); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", heading, got, want)
		}
	})
}
