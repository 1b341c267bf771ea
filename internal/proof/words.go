package proof

import (
	"bytes"
	"html"
	"strconv"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// word is one word of a text, as far as it matters here.
type word struct {
	hash    uint64
	letters int  // a sign of a script without spaces counts as three
	figures bool // it has no letter
	end     int  // byte behind it
}

// The hash is FNV-1a, 64 bits: one multiplication a byte.
const (
	hashStart = 14695981039346656037
	hashPrime = 1099511628211
)

// lower is a letter of ASCII in lower case, or a figure; 0 of any other byte.
var lower = func() (to [256]byte) {
	for b := '0'; b <= '9'; b++ {
		to[b] = byte(b)
	}
	for b := 'a'; b <= 'z'; b++ {
		to[b], to[b-'a'+'A'] = byte(b), byte(b)
	}
	return to
}()

var escapes = [256]bool{'\\': true, '&': true, '%': true}

// splitter makes words of bytes: runs of letters and figures of any script, in
// lower case and without accents, as the search index has them. Each sign of a
// script without spaces is a word. How a letter is escaped does not matter:
// JSON's \u00e9, HTML's &eacute; and an address's %C3%A9 are é.
type splitter struct {
	now  word
	emit func(word)
	// bare takes backslashes for signs like any other.
	bare bool
}

func (s *splitter) split(data []byte) {
	s.now = word{hash: hashStart}
	for i := 0; i < len(data); {
		c := data[i]
		switch {
		case lower[c] != 0:
			i = s.plainWord(data, i)
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRune(data[i:])
			s.rune(r, i)
			i += size
		case escapes[c]:
			i += s.escape(data[i:], i)
		default:
			if s.now.letters > 0 {
				s.end(i)
			}
			i++
		}
	}
	s.end(len(data))
}

// plainWord takes letters and figures of ASCII: nearly all of what there is. It
// gives the byte behind them.
func (s *splitter) plainWord(data []byte, from int) int {
	h, all, i := s.now.hash, byte(0), from
	for ; i < len(data); i++ {
		c := lower[data[i]]
		if c == 0 {
			break
		}
		h = (h ^ uint64(c)) * hashPrime
		all |= c
	}
	figures := all&0x40 == 0 && (s.now.figures || s.now.letters == 0)
	s.now = word{hash: h, letters: s.now.letters + i - from, figures: figures}
	return i
}

func (s *splitter) end(at int) {
	if s.now.letters > 0 {
		s.now.end = at
		s.emit(s.now)
	}
	s.now = word{hash: hashStart}
}

// rune adds a letter that is not plain ASCII, or was escaped.
func (s *splitter) rune(r rune, at int) {
	switch {
	case r < utf8.RuneSelf && lower[r] == 0, r == utf8.RuneError:
		s.end(at)
	case unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Mn, r):
		// They hide within a word, or are its accents.
	case isUnspaced(r):
		s.end(at)
		s.letter(r)
		s.now.letters = 3
		s.end(at)
	case unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r):
		for _, part := range folded(r) {
			s.letter(part)
		}
	default:
		s.end(at)
	}
}

func (s *splitter) letter(r rune) {
	figure := unicode.IsNumber(r)
	if s.now.letters == 0 {
		s.now.figures = true
	}
	s.now.figures = s.now.figures && figure
	var b [utf8.UTFMax]byte
	for _, c := range b[:utf8.EncodeRune(b[:], r)] {
		s.now.hash = (s.now.hash ^ uint64(c)) * hashPrime
	}
	s.now.letters++
}

// isUnspaced says that a letter belongs to a script that writes no spaces.
func isUnspaced(r rune) bool {
	return r >= 0x2E80 && r <= 0x9FFF || r >= 0xF900 && r <= 0xFAFF || r >= 0x20000 && r < 0x40000 ||
		r >= 0xE00 && r <= 0xEFF // Thai and Lao
}

// folded is a letter in lower case without accents, as package search folds it.
func folded(r rune) string {
	switch r = unicode.ToLower(r); r {
	case 'œ':
		return "oe"
	case 'æ':
		return "ae"
	case 'ß':
		return "ss"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ':
		return "d"
	case 'ς':
		return "σ"
	}
	if r < utf8.RuneSelf {
		return string(r)
	}
	var b []rune
	for _, part := range norm.NFKD.String(string(r)) {
		if !unicode.Is(unicode.Mn, part) {
			b = append(b, unicode.ToLower(part))
		}
	}
	return string(b)
}

// escape reads what begins with \, & or %, and gives its length.
func (s *splitter) escape(data []byte, at int) int {
	switch data[0] {
	case '\\':
		if s.bare || len(data) < 2 {
			break
		}
		switch data[1] {
		case 'n', 'r', 't', 'b', 'f', '"', '\\', '/':
			s.end(at)
			return 2
		case 'u':
			if r, ok := fromHex(data, 2, 6); ok {
				s.rune(r, at)
				return 6
			}
		case 'x':
			if r, ok := fromHex(data, 2, 4); ok {
				s.rune(r, at)
				return 4
			}
		}
	case '&':
		end := bytes.IndexByte(data[:min(len(data), 12)], ';')
		if end < 2 {
			break
		}
		if text := html.UnescapeString(string(data[:end+1])); text != string(data[:end+1]) {
			for _, r := range text {
				s.rune(r, at)
			}
			return end + 1
		}
	case '%':
		var raw [utf8.UTFMax]byte
		n := 0
		for n < len(raw) {
			b, ok := fromHex(data, 3*n+1, 3*n+3)
			if !ok || data[3*n] != '%' {
				break
			}
			raw[n] = byte(b)
			n++
			if utf8.FullRune(raw[:n]) {
				break
			}
		}
		if n > 0 {
			r, _ := utf8.DecodeRune(raw[:n])
			s.rune(r, at)
			return 3 * n
		}
	}
	s.end(at)
	return 1
}

func fromHex(data []byte, from, to int) (rune, bool) {
	if to > len(data) {
		return 0, false
	}
	n, err := strconv.ParseUint(string(data[from:to]), 16, 32)
	return rune(n), err == nil
}
