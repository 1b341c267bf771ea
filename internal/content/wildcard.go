package content

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// matchName matches a text against a pattern as fnmatch(3) without flags does:
// `*`, `?`, `[a-z]`, `[!a]`, `[]a]`, `[[:alpha:]]` and a backslash before a
// sign that means itself. A slash is a sign like any other. A pattern whose
// bracket is never closed matches nothing, as in git.
func matchName(pattern, name string) bool {
	star, from := -1, 0 // behind the last star, and what it has taken so far
	p, n := 0, 0
	for n < len(name) {
		if p < len(pattern) && pattern[p] == '*' {
			p++
			star, from = p, n
			continue
		}
		r, size := utf8.DecodeRuneInString(name[n:])
		if taken, ok := matchSign(pattern[p:], r); ok {
			p, n = p+taken, n+size
			continue
		}
		if star < 0 {
			return false
		}
		_, size = utf8.DecodeRuneInString(name[from:])
		from += size
		p, n = star, from
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// matchSign matches one sign, and says how many bytes of the pattern that took.
func matchSign(pattern string, r rune) (taken int, ok bool) {
	if pattern == "" {
		return 0, false
	}
	switch pattern[0] {
	case '?':
		return 1, true
	case '[':
		return matchBracket(pattern, r)
	}
	want, size := literal(pattern)
	return size, want == r
}

// literal reads one sign of a pattern that means itself.
func literal(pattern string) (r rune, size int) {
	if len(pattern) > 1 && pattern[0] == '\\' {
		r, size = utf8.DecodeRuneInString(pattern[1:])
		return r, size + 1
	}
	return utf8.DecodeRuneInString(pattern)
}

// matchBracket matches one sign against a set: `[a-z]`.
func matchBracket(pattern string, r rune) (taken int, ok bool) {
	p := 1
	without := p < len(pattern) && (pattern[p] == '!' || pattern[p] == '^')
	if without {
		p++
	}
	found := false
	for first := true; p < len(pattern) && (first || pattern[p] != ']'); first = false {
		if class, _, closed := strings.Cut(pattern[p:], ":]"); closed && strings.HasPrefix(class, "[:") {
			is := classes[class[2:]]
			if is == nil {
				return 0, false
			}
			found = found || is(r)
			p += len(class) + 2
			continue
		}
		low, size := literal(pattern[p:])
		p += size
		high := low
		if p+1 < len(pattern) && pattern[p] == '-' && pattern[p+1] != ']' {
			high, size = literal(pattern[p+1:])
			p += 1 + size
		}
		found = found || low <= r && r <= high
	}
	if p >= len(pattern) {
		return 0, false // never closed
	}
	return p + 1, found != without
}

// classes are those of POSIX, in ASCII as in git but for letters: a name of
// another script is rather hidden than shown.
var classes = map[string]func(rune) bool{
	"alpha": unicode.IsLetter, "upper": unicode.IsUpper, "lower": unicode.IsLower, "space": unicode.IsSpace,
	"punct": func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) },
	"digit": isDigit,
	"alnum": func(r rune) bool { return unicode.IsLetter(r) || isDigit(r) },
	"xdigit": func(r rune) bool {
		return isDigit(r) || 'a' <= r && r <= 'f' || 'A' <= r && r <= 'F'
	},
	"blank": func(r rune) bool { return r == ' ' || r == '\t' },
	"cntrl": unicode.IsControl, "print": unicode.IsPrint, "graph": unicode.IsGraphic,
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }
