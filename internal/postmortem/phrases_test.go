package postmortem

import (
	"slices"
	"strings"
	"testing"
)

// TestPhrasesIn: looking up the first words finds what looking for every phrase
// does.
func TestPhrasesIn(t *testing.T) {
	every := func(l *phraseList, text string) (found []string) {
		words := " " + plainWords(text) + " "
		for _, p := range l.list {
			if strings.Contains(words, p.words) {
				words = strings.ReplaceAll(words, p.words, " \x00 ")
				if !slices.Contains(found, p.meaning) {
					found = append(found, p.meaning)
				}
			}
		}
		return found
	}
	texts := []string{"", "no data was lost", "データは失われていません", "没有数据丢失 and no data was lost", "aucune perte de données, 24 messages perdus"}
	all := 0
	for _, l := range phrases() {
		for _, other := range phrases() {
			for _, p := range other.list {
				texts = append(texts[:5], p.words, "x "+p.words+" y "+p.words, "x"+p.words+"y")
				for _, text := range texts {
					all++
					if got, want := l.in(text), every(l, text); !slices.Equal(got, want) {
						t.Fatalf("%q: got %q, want %q", text, got, want)
					}
				}
			}
		}
	}
	if all < 10_000 {
		t.Errorf("only %d texts", all)
	}
}

// TestTicks: a tick is a word, alone and among others.
func TestTicks(t *testing.T) {
	for _, text := range []string{"✅", " ✅ ", "✅ done"} {
		words := strings.ReplaceAll(text, "✅", "checkmark ")
		for name, l := range phrases() {
			if l.is(text) != l.is(words) || !slices.Equal(l.in(text), l.in(words)) {
				t.Errorf("%s: %q means %q and %q, %q means %q and %q", name, text, l.is(text), l.in(text), words, l.is(words), l.in(words))
			}
		}
	}
	if phrases()["state"].in("✅") == nil || saysNothing("✅") {
		t.Error("a tick says nothing")
	}
}
