package site

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxSlug bounds a slug in bytes, below the 255 that file systems allow for a
// name, with room for a suffix.
const maxSlug = 200

// Slug makes a name for URLs: NFC, lower case, letters, marks and digits of any
// script kept, all else one hyphen.
func Slug(s string) string {
	if isSlug(s) {
		return s
	}
	return cut(hyphenate(strings.ToLower(norm.NFC.String(s)), ""))
}

// isSlug says of most names of files that they are slugs already.
func isSlug(s string) bool {
	last := byte('-')
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && (c != '-' || last == '-') {
			return false
		}
		last = c
	}
	return last != '-' && len(s) <= maxSlug
}

// pathSlug is Slug for each part between slashes.
func pathSlug(s string) string {
	parts := strings.Split(s, "/")
	for i := range parts {
		parts[i] = Slug(parts[i])
	}
	return strings.Join(parts, "/")
}

// hyphenate keeps letters, marks, decimal digits and what keep lists.
func hyphenate(s, keep string) string {
	var b strings.Builder
	pending := false
	for _, r := range s {
		if !unicode.In(r, unicode.L, unicode.M, unicode.Nd) && !strings.ContainsRune(keep, r) {
			pending = b.Len() > 0
			continue
		}
		if pending {
			b.WriteByte('-')
			pending = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

func cut(s string) string {
	if len(s) <= maxSlug {
		return s
	}
	n := maxSlug
	for !utf8.RuneStart(s[n]) {
		n--
	}
	return strings.Trim(s[:n], "-")
}

// termNames spells out the signs that set apart names such as C, C++ and C#.
var termNames = strings.NewReplacer("+", "plus", "#", "sharp", "&", " and ", "@", " at ", "%", " percent ")

// termSlug is Slug for the name of a service or tag.
func termSlug(name string) string {
	if rest, ok := strings.CutPrefix(name, "."); ok {
		name = "dot" + rest
	}
	return Slug(termNames.Replace(name))
}

// jekyllTitle is Jekyll's slug of mode "pretty" with its case kept: what
// :title stands for in its permalinks.
func jekyllTitle(s string) string { return hyphenate(s, "-._~!$&'()+,;=@") }
