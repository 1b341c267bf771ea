package search

import (
	"bytes"
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The rules by which a text becomes words. static/search.js has the same ones,
// and a test compares the two on a list of texts: a query is only found if both
// sides make the same words.
//
//   - A word is a run of letters, digits and marks; lower case, without accents.
//   - An elided word goes ("l'API" is "api"), and so does an English ending
//     after an apostrophe ("node's" is "node").
//   - Words joined by a hyphen, a full stop or an underscore, with a digit
//     among them, are a word more together: "INC-123" is "inc", "123", "inc123".
//   - Scripts that write no spaces become pairs of neighbours.
//   - Stop words, single letters and numbers of one or two digits are left out.

// longest is the length of the longest word, in bytes; what is longer is
// nothing that anybody types.
const longest = 40

// shortestJoined and longestJoined bound words that were joined, in bytes.
const (
	shortestJoined = 4
	longestJoined  = 32
)

//go:embed stopwords.txt
var stopWordList string

// wordList is a set of words. Of a letter it knows the lengths of the words that
// begin with it, a bit each: most others need not be looked for.
type wordList struct {
	words   map[string]bool
	lengths [256]uint64
}

// stopWords are left out of index and queries: those of all languages together,
// since a query tells none.
var stopWords = sync.OnceValue(func() *wordList {
	list := &wordList{words: map[string]bool{}}
	for line := range strings.Lines(stopWordList) {
		if !strings.HasPrefix(line, "#") {
			for _, word := range strings.Fields(line) {
				list.words[word] = true
				list.lengths[word[0]] |= 1 << len(word)
			}
		}
	}
	return list
})

// has says whether a word of at most longest bytes is one of the list.
func (l *wordList) has(word []byte) bool {
	return l.lengths[word[0]]&(1<<len(word)) != 0 && l.words[string(word)]
}

// elided are the words that French joins to the next.
var elided = map[string]bool{
	"l": true, "d": true, "j": true, "m": true, "t": true, "s": true, "c": true, "n": true, "qu": true,
	"jusqu": true, "lorsqu": true, "puisqu": true, "quoiqu": true, "presqu": true, "quelqu": true,
}

// splitter makes words of texts; its memory is used again.
type splitter struct {
	emit   func(word []byte)
	raw    []byte // the word as written
	joined []byte
	parts  int // of joined
	digit  bool
}

// split gives the words of a text to emit, in their order. They are valid until
// emit returns.
func (s *splitter) split(text string) {
	s.joined, s.parts, s.digit = s.joined[:0], 0, false
	for i := 0; i < len(text); {
		end := wordEnd(text, i)
		if end == i {
			_, size := utf8.DecodeRuneInString(text[i:])
			i += size
			continue
		}
		s.word(text[i:end])
		if i = end; !joins(text, i) {
			s.join()
		} else {
			i++
		}
	}
}

// wordEnd is where the word at i ends, apostrophes inside it included.
func wordEnd(text string, i int) int {
	end := i
	for i < len(text) {
		if c := text[i]; c < utf8.RuneSelf {
			switch {
			case letterOrDigit[c]:
				i++
				end = i
				continue
			case c == '\'' && end == i && i > 0:
				i++
				continue
			}
			return end
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case wordRune(r):
			i += size
			end = i
		case (r == '’' || r == 'ʼ') && end == i:
			i += size
		default:
			return end
		}
	}
	return end
}

// joins says whether what stands at i joins two words.
func joins(text string, i int) bool {
	if i+1 >= len(text) || text[i] != '-' && text[i] != '.' && text[i] != '_' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[i+1:])
	return wordRune(r)
}

var letterOrDigit = func() (is [utf8.RuneSelf]bool) {
	for c := range is {
		is[c] = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
	}
	return is
}()

func wordRune(r rune) bool {
	return r != utf8.RuneError && r != 'ʼ' && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r))
}

// word folds what is written and gives its parts.
func (s *splitter) word(written string) {
	s.raw = fold(s.raw[:0], written)
	rest := s.raw
	if i := bytes.IndexByte(rest, '\''); i >= 0 {
		for i >= 0 && elided[string(rest[:i])] {
			rest = rest[i+1:]
			i = bytes.IndexByte(rest, '\'')
		}
		for {
			i := bytes.LastIndexByte(rest, '\'')
			if i < 0 || len(rest)-i-1 > 2 {
				break
			}
			rest = rest[:i]
		}
	}
	for len(rest) > 0 {
		part := rest
		if i := bytes.IndexByte(rest, '\''); i >= 0 {
			part, rest = rest[:i], rest[i+1:]
		} else {
			rest = nil
		}
		s.part(part)
	}
}

func (s *splitter) part(part []byte) {
	if len(part) == 0 {
		return
	}
	s.parts++
	if len(s.joined) <= longestJoined {
		s.joined = append(s.joined, part...)
	}
	ascii := true
	for _, c := range part {
		s.digit = s.digit || c >= '0' && c <= '9'
		ascii = ascii && c < utf8.RuneSelf
	}
	if ascii {
		s.give(part)
		return
	}
	s.mixed(part)
}

// mixed gives the stretches of a part that are written without spaces as pairs,
// the others as they are.
func (s *splitter) mixed(part []byte) {
	for len(part) > 0 {
		r, size := utf8.DecodeRune(part)
		unspaced := isUnspaced(r)
		runes, end, last := 1, size, 0
		for end < len(part) {
			r, size := utf8.DecodeRune(part[end:])
			if isUnspaced(r) != unspaced {
				break
			}
			if unspaced {
				s.emit(part[last : end+size])
			}
			last, end = end, end+size
			runes++
		}
		switch {
		case !unspaced:
			s.give(part[:end])
		case runes == 1:
			s.emit(part[:end])
		}
		part = part[end:]
	}
}

// give gives a word, if it is worth being found.
func (s *splitter) give(word []byte) {
	if len(word) < 2 || len(word) > longest || stopWords().has(word) {
		return
	}
	if len(word) < 3 && word[0] >= '0' && word[0] <= '9' && word[1] >= '0' && word[1] <= '9' {
		return
	}
	s.emit(word)
}

// join ends a row of words that were joined.
func (s *splitter) join() {
	if s.parts > 1 && s.digit && len(s.joined) >= shortestJoined && len(s.joined) <= longestJoined {
		s.emit(s.joined)
	}
	s.joined, s.parts, s.digit = s.joined[:0], 0, false
}

// isUnspaced says that a letter belongs to a script that writes no spaces.
func isUnspaced(r rune) bool {
	return r >= 0x2E80 && r <= 0x9FFF || r >= 0xF900 && r <= 0xFAFF || r >= 0x20000
}

// fold appends a word in lower case without accents, its apostrophes plain.
func fold(to []byte, word string) []byte {
	for i := range len(word) {
		if word[i] >= utf8.RuneSelf {
			return foldUnicode(to, word)
		}
	}
	for i := range len(word) {
		c := word[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		to = append(to, c)
	}
	return to
}

func foldUnicode(to []byte, word string) []byte {
	begin := len(to)
	to = norm.NFKD.AppendString(to, strings.ToLower(word))
	folded := to[:begin] // written over what is read, which is never shorter
	for rest := to[begin:]; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		switch letter := rest[:size]; {
		case r >= 0x300 && r <= 0x36F, r == 0x3099, r == 0x309A, r == 0x2044:
		case r == 'œ':
			folded = append(folded, "oe"...)
		case r == 'æ':
			folded = append(folded, "ae"...)
		case r == 'ß':
			folded = append(folded, "ss"...)
		case r == 'ø':
			folded = append(folded, 'o')
		case r == 'ł':
			folded = append(folded, 'l')
		case r == 'đ':
			folded = append(folded, 'd')
		case r == 'ς':
			folded = append(folded, "σ"...)
		case r == '’', r == 'ʼ':
			folded = append(folded, '\'')
		default:
			folded = append(folded, letter...)
		}
		rest = rest[size:]
	}
	return folded
}
