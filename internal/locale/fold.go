package locale

import (
	"strings"
	"sync"
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

// AppendFold appends what Fold makes of a text as far as it is ASCII or written in
// the letters and signs of most European languages, which needs no copy, and
// gives what it left: from the first other byte on, or from where more than most
// bytes were appended.
func AppendFold(b []byte, s string, most int) (folded []byte, rest string) {
	begin, space := len(b), false
	for i := 0; i < len(s); i++ {
		c := foldedASCII[s[i]]
		switch {
		case c == foldSpace:
			space = true
			continue
		case c == foldOther:
			r, size := utf8.DecodeRuneInString(s[i:])
			f := foldedRune(r)
			if f == nil {
				return b, s[i:]
			}
			if i += size - 1; f.parts {
				space = true
			} else if f.letters != "" {
				if space && len(b) > begin {
					b = append(b, ' ')
				}
				space = false
				b = append(b, f.letters...)
			}
		default:
			if space && len(b) > begin {
				b = append(b, ' ')
			}
			space = false
			b = append(b, c)
		}
		if len(b)-begin > most {
			return b, s[i:]
		}
	}
	return b, ""
}

// foldedLetter is what Fold makes of a letter or a sign, whatever stands around it.
type foldedLetter struct {
	letters string // nothing of some signs
	parts   bool   // it parts words
	known   bool
}

// The letters and signs that are looked up: Latin ones, and general punctuation.
const (
	latinEnd  = 0x250
	signStart = 0x2000
	signEnd   = 0x2070
)

var foldedRunes = sync.OnceValue(func() *[latinEnd + signEnd - signStart]foldedLetter {
	table := new([latinEnd + signEnd - signStart]foldedLetter)
	for i := range table {
		r := rune(i)
		if i >= latinEnd {
			r += signStart - latinEnd
		}
		between, ok := strings.CutPrefix(foldAny("a"+string(r)+"b"), "a")
		between, ok2 := strings.CutSuffix(between, "b")
		switch {
		case !ok || !ok2:
		case between == " ":
			table[i] = foldedLetter{parts: true, known: true}
		case !strings.Contains(between, " "): // "1 2" of ½ is left to the long way
			table[i] = foldedLetter{letters: between, known: true}
		}
	}
	return table
})

// foldedRune is what becomes of a rune; nil if that is not known.
func foldedRune(r rune) *foldedLetter {
	i := int(r)
	switch {
	case r >= signStart && r < signEnd:
		i += latinEnd - signStart
	case isPicture(r):
		return &picture
	case r == shownAsPicture:
		return &nothing
	case r >= latinEnd || r == utf8.RuneError:
		return nil
	}
	if f := &foldedRunes()[i]; f.known {
		return f
	}
	return nil
}

var (
	picture = foldedLetter{parts: true, known: true}
	nothing = foldedLetter{known: true}
)

// shownAsPicture is said behind a sign that is to be drawn in colours.
const shownAsPicture = '\uFE0F'

// isPicture says whether a rune is one of the arrows, marks and emoji that reports
// are full of.
func isPicture(r rune) bool {
	return 0x2190 <= r && r < 0x2460 || 0x2500 <= r && r < 0x27C0 || 0x1F300 <= r && r < 0x1FB00
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

// Unspaced says that a letter belongs to a script that writes no spaces
// between words. Hangul is none of them: Korean parts its words.
func Unspaced(r rune) bool {
	return r >= firstHan && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// PlainHan says of a letter that it is one of the common Chinese characters, which
// folding leaves as they are, whatever stands around them.
func PlainHan(r rune) bool { return 0x4E00 <= r && r < 0xA000 }

// firstHan is the first letter of those scripts.
const firstHan = 0x2E80
