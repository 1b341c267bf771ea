package locale

import (
	"strings"
	"sync"
	"unicode"
)

// commonWords gives, for each of the commonest words, the languages that have
// it.
var commonWords = sync.OnceValue(func() map[string][]string {
	words := map[string][]string{}
	for _, tag := range tags() {
		for _, word := range all()[tag].common {
			words[word] = append(words[word], tag)
		}
	}
	return words
})

// Limits of the guess. The beginning of a text says enough. One with fewer
// common words than minHits says nothing; the first language must have lead
// times the words of the second, and at least one word in every sparse must be
// common.
const (
	beginning = 4096 // bytes
	minHits   = 4
	lead      = 1.5
	sparse    = 10
)

// Guess tells the language of a text from its commonest words; ok is false
// where the text is too short or nothing is clearly ahead. Deterministic.
func Guess(text string) (tag string, ok bool) {
	text = text[:min(len(text), beginning)]
	if tag := guessByScript(text); tag != "" {
		return tag, true
	}
	hits := map[string]int{}
	words := 0
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		for _, tag := range commonWords()[strings.ToLower(word)] {
			hits[tag]++
		}
		words++
	}
	first, second := 0, 0
	for _, t := range tags() {
		switch n := hits[t]; {
		case n > first:
			tag, first, second = t, n, first
		case n > second:
			second = n
		}
	}
	if first < minHits || first*sparse < words || float64(first) < lead*float64(second) {
		return "", false
	}
	return tag, true
}

// guessByScript decides where the letters alone do. Kana are Japanese, Han
// without kana Chinese; it gives "" for texts in other letters.
func guessByScript(text string) string {
	var han, kana, letters int
	for _, r := range text {
		switch {
		case r < 0x80:
			if unicode.IsLetter(r) {
				letters++
			}
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			kana++
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.IsLetter(r):
			letters++
		}
	}
	switch {
	// A letter of these scripts says as much as about three Latin ones.
	case 3*(han+kana) < letters || han+kana < 10:
		return ""
	case 10*kana >= han:
		return "ja"
	}
	return "zh"
}
