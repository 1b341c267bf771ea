package locale

import (
	"math/bits"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// commonTable gives, for each of the commonest words, the languages that have it,
// by their places among the tags. Nearly every word of a text is short and without
// accents: those are found by their bytes as one number, which costs a third.
type commonTable struct {
	words map[string][]int
	short shortWords
}

// longestShort is how many bytes make one number.
const longestShort = 8

var commonWords = sync.OnceValue(func() *commonTable {
	t := &commonTable{words: map[string][]int{}}
	for i, tag := range tags() {
		for _, word := range all()[tag].common {
			t.words[word] = append(t.words[word], i)
		}
	}
	t.short = newShortWords(len(t.words))
	for word, languages := range t.words {
		if number, size := shortWord(word); size == len(word) && size <= longestShort {
			t.short.add(number, languages)
		}
	}
	return t
})

// shortWord makes a number of the letters of ASCII that a text begins with, in lower
// case, and says how many they are. The number is theirs alone if they are few.
func shortWord(s string) (number uint64, size int) {
	for size < len(s) {
		c := s[size] | 0x20
		if c < 'a' || c > 'z' {
			break
		}
		number = number<<8 | uint64(c)
		size++
	}
	return number, size
}

// shortWords are words of up to longestShort letters and their languages. A map of
// Go's took two thirds of the time to guess a language.
type shortWords struct {
	numbers   []uint64 // each where it belongs or in the next place that was free; 0 is none
	languages [][]int
	shift     int
}

// newShortWords has room for some words: three quarters of the places stay free.
func newShortWords(words int) shortWords {
	size := bits.Len(uint(4*words + 3))
	return shortWords{make([]uint64, 1<<size), make([][]int, 1<<size), 64 - size}
}

// place is where a number is, or would be. It belongs where the highest bits of its
// product with a number that mixes them say (Knuth, The Art of Computer Programming,
// volume 3, 6.4).
func (t *shortWords) place(number uint64) uint64 {
	at := number * 0x9e3779b97f4a7c15 >> t.shift
	for t.numbers[at] != number && t.numbers[at] != 0 {
		at = (at + 1) % uint64(len(t.numbers))
	}
	return at
}

func (t *shortWords) add(number uint64, languages []int) {
	at := t.place(number)
	t.numbers[at], t.languages[at] = number, languages
}

func (t *shortWords) of(number uint64) []int { return t.languages[t.place(number)] }

// count counts the words of a text, and those of each language among them.
func (t *commonTable) count(text string, hits []int) (words int) {
	for text != "" {
		number, size := shortWord(text)
		plain := size
		for size < len(text) {
			r, n := utf8.DecodeRuneInString(text[size:])
			if !unicode.IsLetter(r) {
				break
			}
			size += n
		}
		var languages []int
		switch {
		case size == 0:
			_, n := utf8.DecodeRuneInString(text)
			text = text[n:]
			continue
		case size == plain && size <= longestShort:
			languages = t.short.of(number)
		default:
			languages = t.words[strings.ToLower(text[:size])]
		}
		for _, i := range languages {
			hits[i]++
		}
		words++
		text = text[size:]
	}
	return words
}

// Enough is how many bytes of the beginning of a text Guess looks at.
const Enough = 4096

// Limits of the guess. A text with fewer common words than minHits says nothing; the
// first language must have lead times the words of the second, and at least one word
// in every sparse must be common.
const (
	minHits = 4
	lead    = 1.5
	sparse  = 10
)

// Guess tells the language of a text from its commonest words; ok is false
// where the text is too short or nothing is clearly ahead. Deterministic.
func Guess(text string) (tag string, ok bool) {
	text = text[:min(len(text), Enough)]
	if tag := guessByScript(text); tag != "" {
		return tag, true
	}
	hits := make([]int, len(tags()))
	words := commonWords().count(text, hits)
	first, second := 0, 0
	for i, t := range tags() {
		switch n := hits[i]; {
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

// leastHan is how many letters of their scripts make a text Japanese or Chinese.
const leastHan = 10

// guessByScript decides where the letters alone do. Kana are Japanese, Han
// without kana Chinese; it gives "" for texts in other letters.
func guessByScript(text string) string {
	far := 0
	for _, r := range text {
		if r >= firstHan {
			far++
		}
	}
	if far < leastHan {
		return ""
	}
	return scriptOf(text)
}

// scriptOf is guessByScript of a text that may have enough of their letters.
func scriptOf(text string) string {
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
	case 3*(han+kana) < letters || han+kana < leastHan:
		return ""
	case 10*kana >= han:
		return "ja"
	}
	return "zh"
}
