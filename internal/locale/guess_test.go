package locale

import (
	_ "embed"
	"strings"
	"testing"
)

//go:embed testdata/texts.txt
var sampleTexts string

func TestGuess(t *testing.T) {
	for line := range strings.Lines(sampleTexts) {
		want, text, isText := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !isText {
			continue // a comment
		}
		want = strings.TrimPrefix(want, "-")
		if got, ok := Guess(text); got != want || ok != (want != "") {
			t.Errorf("got %q, %v, want %q: %s", got, ok, want, text)
		}
	}
}

func TestGuessReadsOnlyTheBeginning(t *testing.T) {
	english := strings.Repeat("it was the one that we had and the other was not for us ", beginning)
	if got, ok := Guess(english + strings.Repeat("и в не на что с по ", 100*beginning)); got != "en" || !ok {
		t.Errorf("got %q, %v", got, ok)
	}
}

func FuzzGuess(f *testing.F) {
	for line := range strings.Lines(sampleTexts) {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tag, ok := Guess(text)
		if ok != (tag != "") {
			t.Errorf("%q: %q, %v", text, tag, ok)
		}
		if again, _ := Guess(text); again != tag {
			t.Errorf("%q: %q, then %q", text, tag, again)
		}
	})
}
