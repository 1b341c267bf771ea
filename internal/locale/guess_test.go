package locale

import (
	_ "embed"
	"slices"
	"strings"
	"testing"
	"unicode"
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
		if got, ok := Guess([]byte(text)); got != want || ok != (want != "") {
			t.Errorf("got %q, %v, want %q: %s", got, ok, want, text)
		}
	}
}

func TestGuessReadsOnlyTheBeginning(t *testing.T) {
	english := strings.Repeat("it was the one that we had and the other was not for us ", Enough)
	if got, ok := Guess([]byte(english + strings.Repeat("и в не на что с по ", 100*Enough))); got != "en" || !ok {
		t.Errorf("got %q, %v", got, ok)
	}
}

func FuzzGuess(f *testing.F) {
	for line := range strings.Lines(sampleTexts) {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tag, ok := Guess([]byte(text))
		if ok != (tag != "") {
			t.Errorf("%q: %q, %v", text, tag, ok)
		}
		if again, _ := Guess([]byte(text)); again != tag {
			t.Errorf("%q: %q, then %q", text, tag, again)
		}
	})
}

// FuzzCount holds the counting of words against that of one word after the other.
func FuzzCount(f *testing.F) {
	for line := range strings.Lines(sampleTexts) {
		f.Add(line)
	}
	f.Add("The été THE éTé etc\xff notwithstanding, l’un LES \u212Bles pour\u0301 @[`{ für FÜR")
	f.Fuzz(func(t *testing.T, text string) {
		want, wantWords := make([]int, len(tags())), 0
		for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
			for i, tag := range tags() {
				for _, common := range all()[tag].common {
					if common == strings.ToLower(word) {
						want[i]++
					}
				}
			}
			wantWords++
		}
		var hits [maxLanguages]int
		words := commonWords().count([]byte(text), &hits)
		if got := hits[:len(tags())]; words != wantWords || !slices.Equal(got, want) {
			t.Errorf("%q: %d words, %v of %v, want %d, %v", text, words, got, tags(), wantWords, want)
		}
	})
}

// FuzzGuessByScript holds the short way of a text in other letters against the long one.
func FuzzGuessByScript(f *testing.F) {
	for line := range strings.Lines(sampleTexts) {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, r := range text {
			if Unspaced(r) != unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) {
				t.Errorf("%q is taken for a letter of another script", r)
			}
		}
		if got, want := guessByScript([]byte(text)), scriptOf([]byte(text)); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	})
}
