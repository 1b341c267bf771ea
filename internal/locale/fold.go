package locale

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold makes words comparable: lower case, without accents, everything that
// is neither letter nor digit a single space. "Cause(s) :" becomes "cause s".
func Fold(s string) string {
	var few [96]byte
	if b, rest := AppendFold(few[:0], s, len(s)); rest == "" {
		if string(b) == s {
			return s
		}
		return string(b)
	}
	return foldAny(s)
}

// AppendFold appends what Fold makes of a text as far as it is ASCII, which
// needs no table and no copy, and gives what it left: from the first other
// byte on, or from where more than most bytes were appended.
func AppendFold(b []byte, s string, most int) (folded []byte, rest string) {
	begin, space := len(b), false
	for i := range len(s) {
		c := foldedASCII[s[i]]
		switch {
		case c == foldSpace:
			space = true
		case c == foldOther:
			return b, s[i:]
		default:
			if space && len(b) > begin {
				b = append(b, ' ')
			}
			space = false
			if b = append(b, c); len(b)-begin > most {
				return b, s[i:]
			}
		}
	}
	return b, ""
}

// foldedASCII is what Fold makes of a byte: the letter or digit, a space or,
// with all that is not ASCII, something to look at more closely.
var foldedASCII = func() (table [256]byte) {
	for c := range table {
		switch {
		case c >= utf8.RuneSelf:
			table[c] = foldOther
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
			table[c] = byte(c)
		case 'A' <= c && c <= 'Z':
			table[c] = byte(c) | 0x20
		default:
			table[c] = foldSpace
		}
	}
	return table
}()

const (
	foldSpace = 0
	foldOther = 1
)

// foldAny folds any text.
func foldAny(s string) string {
	s = norm.NFKD.String(s)
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case r >= 0x300 && r <= 0x36F, r == 0xFE0F: // accents that NFKD split off; "as an emoji"
			continue
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(unicode.ToLower(r))
		default:
			space = true
		}
	}
	return b.String()
}

// unspaced says that a letter belongs to a script that writes no spaces
// between words.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}
