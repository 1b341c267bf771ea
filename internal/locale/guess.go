package locale

import (
	"math/bits"
	"sync"
	"unicode"
	"unicode/utf8"
)

// languageSet are languages, a bit each, by their places among the tags.
type languageSet uint64

// maxLanguages is how many fit into a set.
const maxLanguages = 64

// commonTable gives, for each of the commonest words, the languages that have it. Nearly
// every word of a text is short and without accents: those are found by their bytes as
// one number, which costs a third.
type commonTable struct {
	words   map[string]languageSet
	longest int // the letters of the longest of them
	short   shortWords
}

// longestShort is how many bytes make one number.
const longestShort = 8

var commonWords = sync.OnceValue(func() *commonTable {
	t := &commonTable{words: map[string]languageSet{}}
	for i, tag := range tags() {
		for _, word := range all()[tag].common {
			t.words[word] |= 1 << i
			t.longest = max(t.longest, utf8.RuneCountInString(word))
		}
	}
	t.short = newShortWords(len(t.words))
	for word, languages := range t.words {
		if number, size := shortWord([]byte(word)); size == len(word) && size <= longestShort {
			t.short.add(number, languages)
		}
	}
	return t
})

// shortWord makes a number of the letters of ASCII that a text begins with, in lower
// case, and says how many they are. The number is theirs alone if they are few. Eight
// bytes are looked at at once: one by one took a third longer.
func shortWord(s []byte) (number uint64, size int) {
	if len(s) >= longestShort {
		number, size = lettersOf(uint64(s[7]) | uint64(s[6])<<8 | uint64(s[5])<<16 | uint64(s[4])<<24 |
			uint64(s[3])<<32 | uint64(s[2])<<40 | uint64(s[1])<<48 | uint64(s[0])<<56)
		if size < longestShort {
			return number, size
		}
	}
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

// Each byte of a number, all at once.
const (
	highBits = 0x8080808080808080
	eachByte = 0x0101010101010101
)

// lettersOf is shortWord of eight bytes, of which the highest comes first. A byte is a
// letter if, in lower case, it reaches the high bit with 'a' taken for 0x80 and does not
// with one behind 'z'.
func lettersOf(bytes uint64) (number uint64, size int) {
	small := bytes | ' '*eachByte
	low := small &^ highBits
	letters := (low + (0x80-'a')*eachByte) &^ (low + (0x80-'z'-1)*eachByte) &^ bytes
	size = bits.LeadingZeros64(^letters&highBits) / 8
	return small >> (64 - 8*size), size
}

// shortWords are words of up to longestShort letters and their languages. A map of
// Go's took two thirds of the time to guess a language.
type shortWords struct {
	numbers   []uint64 // each where it belongs or in the next place that was free; 0 is none
	languages []languageSet
	shift     int
}

// newShortWords has room for some words: three quarters of the places stay free.
func newShortWords(words int) shortWords {
	size := bits.Len(uint(4*words + 3))
	return shortWords{make([]uint64, 1<<size), make([]languageSet, 1<<size), 64 - size}
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

func (t *shortWords) add(number uint64, languages languageSet) {
	at := t.place(number)
	t.numbers[at], t.languages[at] = number, languages
}

func (t *shortWords) of(number uint64) languageSet { return t.languages[t.place(number)] }

// count counts the words of a text, and those of each language among them.
func (t *commonTable) count(text []byte, hits *[maxLanguages]int) (words int) {
	for len(text) > 0 {
		number, plain := shortWord(text)
		size := wordEnd(text, plain)
		var languages languageSet
		switch {
		case size == 0:
			_, n := utf8.DecodeRune(text)
			text = text[n:]
			continue
		case size == plain && size <= longestShort:
			languages = t.short.of(number)
		default:
			languages = t.long(text[:size])
		}
		for ; languages != 0; languages &= languages - 1 {
			hits[bits.TrailingZeros64(uint64(languages))]++
		}
		words++
		text = text[size:]
		if len(text) > 0 && text[0] < utf8.RuneSelf { // what ended the word
			text = text[1:]
		}
	}
	return words
}

// long are the languages of a word that is no number.
func (t *commonTable) long(word []byte) languageSet {
	if utf8.RuneCount(word) > t.longest {
		return 0
	}
	var room [32]byte // enough for nearly all of them
	small := room[:0]
	for _, r := range string(word) {
		small = utf8.AppendRune(small, unicode.ToLower(r))
	}
	return t.words[string(small)]
}

// wordEnd is where a word ends whose first letters are seen.
func wordEnd(text []byte, seen int) int {
	for seen < len(text) && text[seen] >= utf8.RuneSelf {
		r, n := utf8.DecodeRune(text[seen:])
		if !unicode.IsLetter(r) {
			break
		}
		_, more := shortWord(text[seen+n:])
		seen += n + more
	}
	return seen
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
func Guess(text []byte) (tag string, ok bool) {
	text = text[:min(len(text), Enough)]
	if tag := guessByScript(text); tag != "" {
		return tag, true
	}
	var hits [maxLanguages]int
	words := commonWords().count(text, &hits)
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
func guessByScript(text []byte) string {
	far := 0
	for i := range len(text) {
		if text[i] >= 0xe2 && string(text[i:min(i+2, len(text))]) >= firstFar {
			far++
		}
	}
	if far < leastHan {
		return ""
	}
	return scriptOf(text)
}

// firstFar is what the UTF-8 of firstHan begins with. That of each later letter is more.
const firstFar = "\xe2\xba"

// scriptOf is guessByScript of a text that may have enough of their letters.
func scriptOf(text []byte) string {
	var han, kana, letters int
	for _, r := range string(text) {
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
