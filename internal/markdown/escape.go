package markdown

import (
	"fmt"
	"html"
	"net/url"
	"strings"
	"unicode/utf8"
)

// appendEscaped appends text for use between tags or in a double-quoted
// attribute. Control characters come out visibly (U+241B for ESC), since logs
// are full of them and HTML does not allow them; what is no character at all
// becomes U+FFFD.
func appendEscaped[T string | []byte](dst []byte, s T) []byte {
	start := 0
	for i := 0; i < len(s); {
		if stays[s[i]] == inHTML {
			i++
			continue
		}
		with, n := "", 1
		switch s[i] {
		case '&':
			with = "&amp;"
		case '<':
			with = "&lt;"
		case '>':
			with = "&gt;"
		case '"':
			with = "&quot;"
		default:
			with, n = visible(string(s[i:min(i+4, len(s))]))
			if with == "" {
				i += n
				continue
			}
		}
		dst = append(append(dst, s[start:i]...), with...)
		i += n
		start = i
	}
	return append(dst, s[start:]...)
}

// stays says of each byte whether it is written as it is: in plain text, and in
// HTML too. All others are looked at more closely.
var stays = func() (table [256]uint8) {
	for c := ' '; c < 0x7f; c++ {
		table[c] = inHTML
	}
	table['\n'], table['\t'] = inHTML, inHTML
	for _, c := range `&<>"` {
		table[c] = inText
	}
	return table
}()

// asItIs says whether a text is written as it is, in plain text and in HTML.
func asItIs[T string | []byte](s T) bool {
	for i := range len(s) {
		if stays[s[i]] != inHTML {
			return false
		}
	}
	return true
}

const (
	inText = 1
	inHTML = 2
)

// appendClean is appendEscaped for plain text: nothing is escaped.
func appendClean[T string | []byte](dst []byte, s T) []byte {
	start := 0
	for i := 0; i < len(s); {
		if stays[s[i]] != 0 {
			i++
			continue
		}
		with, n := visible(string(s[i:min(i+4, len(s))]))
		if with != "" {
			dst = append(append(dst, s[start:i]...), with...)
			start = i + n
		}
		i += n
	}
	return append(dst, s[start:]...)
}

// visible says what stands for the first character of s, or "" for the
// character itself, and how many bytes that is.
func visible(s string) (string, int) {
	c := s[0]
	switch {
	case c == 0:
		return "\uFFFD", 1
	case c < ' ':
		return string(rune(0x2400) + rune(c)), 1
	case c == 0x7f:
		return "\u2421", 1
	}
	r, n := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && n <= 1 || r >= 0x80 && r <= 0x9f || r >= 0xfdd0 && r <= 0xfdef || r&0xfffe == 0xfffe {
		return "\uFFFD", n
	}
	return "", n
}

// unescape undoes backslash escapes and entities. Entities need their
// semicolon, as in CommonMark.
func unescape(s string) string {
	if !strings.ContainsAny(s, `\&`) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && isPunct(s[i+1]):
			i++
			b.WriteByte(s[i])
		case c == '&':
			entity := entityAt(s[i:])
			if entity == "" {
				b.WriteByte(c)
				continue
			}
			b.WriteString(html.UnescapeString(entity))
			i += len(entity) - 1
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// entityAt gives the entity that s begins with, semicolon included, or "".
func entityAt(s string) string {
	for i := 1; i < len(s) && i < 34; i++ {
		switch c := s[i]; {
		case c == ';' && i > 1:
			return s[:i+1]
		case c == '#' && i == 1, c >= '0' && c <= '9', c|0x20 >= 'a' && c|0x20 <= 'z':
		default:
			return ""
		}
	}
	return ""
}

func isPunct(c byte) bool {
	return c >= '!' && c <= '/' || c >= ':' && c <= '@' || c >= '[' && c <= '`' || c >= '{' && c <= '~'
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

// safeURL is the last guard before an address is written: it gives the address,
// or "" for one that a browser could run. Whoever resolves links has decided
// already; this only makes sure that no mistake there becomes a script.
func safeURL(address string) string {
	address = strings.TrimFunc(address, func(r rune) bool { return r <= ' ' })
	if scheme := schemeOf(address); scheme != "" {
		switch scheme {
		case "http", "https", "mailto", "tel":
		default:
			return ""
		}
	}
	decoded := address
	for range 3 { // a browser decodes once at most; twice more for good measure
		next := html.UnescapeString(decoded)
		if u, err := url.PathUnescape(next); err == nil {
			next = u
		}
		if next == decoded {
			break
		}
		decoded = next
	}
	switch schemeOf(decoded) {
	case "javascript", "vbscript", "data", "file", "blob", "livescript", "mocha":
		return ""
	}
	return encodeURL(address)
}

// encodeURL percent-encodes what must not stand in an address as it is. Letters
// of any script may.
func encodeURL(address string) string {
	const refused = "\"<>\\^`{|}"
	if !strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r == 0x7f || strings.ContainsRune(refused, r) }) {
		return address
	}
	var b strings.Builder
	for i := range len(address) {
		switch c := address[i]; {
		case c < ' ' || c == 0x7f:
		case c == ' ' || strings.IndexByte(refused, c) >= 0:
			fmt.Fprintf(&b, "%%%02X", c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// schemeOf reads the scheme as a browser does: blind to case and to the control
// characters and spaces that it strips.
func schemeOf(address string) string {
	var b []byte
	for i := range len(address) {
		switch c := address[i]; {
		case c <= ' ' || c == 0x7f:
		case c|0x20 >= 'a' && c|0x20 <= 'z' && c < 0x80:
			b = append(b, c|0x20)
		case len(b) > 0 && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'):
			b = append(b, c)
		case c == ':':
			return string(b)
		default:
			return ""
		}
		if len(b) > 40 {
			return ""
		}
	}
	return ""
}

// appendAttribute appends ` name="value"`.
func appendAttribute(dst []byte, name, value string) []byte {
	dst = append(append(append(dst, ' '), name...), '=', '"')
	return append(appendEscaped(dst, value), '"')
}
