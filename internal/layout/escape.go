package layout

import (
	"html/template"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// escaper appends a text as it has to stand in one context.
type escaper func(dst []byte, s string, of content) []byte

// contexts are the escapers by the names that html/template gives the steps of
// each: text, RCDATA (<title>), attributes with quotes and without, and URLs in
// attributes: at the beginning, in the path, in a query or fragment, and that of
// <meta http-equiv="refresh">.
var contexts = sync.OnceValue(func() map[string]escaper {
	t := newTables()
	return map[string]escaper{
		"htmlescaper":                            t.text,
		"rcdataescaper":                          t.rcdata,
		"attrescaper":                            t.attribute,
		"nospaceescaper":                         t.unquoted,
		"urlfilter urlnormalizer attrescaper":    t.url,
		"urlnormalizer attrescaper":              t.path,
		"urlescaper attrescaper":                 t.query,
		"urlfilter attrescaper":                  t.filtered,
		"urlfilter urlnormalizer nospaceescaper": t.urlUnquoted,
	}
})

// distrusted is what html/template writes in place of what it does not trust.
const distrusted = "ZgotmplZ"

// replaced is what stands in HTML for each byte; "" for the byte itself.
type replaced [256]string

// tables are what bytes become.
type tables struct {
	// marks are the bytes that mean something in text and between quotes, entities
	// the same for what has entities already, bare those of an attribute without
	// quotes.
	marks, entities, bare replaced
	// address and component are what URLs become in an attribute: percent encoded,
	// then escaped. A "%" of an address is judged where it stands.
	address, component replaced
}

func newTables() *tables {
	t := &tables{marks: replaced{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}}
	t.entities, t.bare = t.marks, t.marks
	t.entities['&'] = ""
	for _, c := range []byte("\t\n\v\f\r =`") {
		t.bare[c] = "&#" + strconv.Itoa(int(c)) + ";"
	}
	t.bare[0] = "&#xfffd;"
	for c := range 256 {
		letter := byte(c)
		switch {
		case 'a' <= letter && letter <= 'z', 'A' <= letter && letter <= 'Z', '0' <= letter && letter <= '9', strings.IndexByte("-._~", letter) >= 0:
			continue
		}
		encoded := "%" + string([]byte{hexadecimal[c>>4], hexadecimal[c&15]})
		t.address[c], t.component[c] = encoded, encoded
		if strings.IndexByte("!#$&*+,/:;=?@[]", letter) >= 0 {
			t.address[c] = t.marks[c]
		}
	}
	return t
}

func (r *replaced) append(dst []byte, s string) []byte {
	written := 0
	for i := range len(s) {
		if by := r[s[i]]; by != "" {
			dst = append(append(dst, s[written:i]...), by...)
			written = i + 1
		}
	}
	return append(dst, s[written:]...)
}

func (t *tables) text(dst []byte, s string, of content) []byte {
	if of == ofHTML {
		return append(dst, s...)
	}
	return t.marks.append(dst, s)
}

func (t *tables) rcdata(dst []byte, s string, of content) []byte {
	if of == ofHTML {
		return t.entities.append(dst, s)
	}
	return t.marks.append(dst, s)
}

func (t *tables) attribute(dst []byte, s string, of content) []byte {
	switch {
	case of != ofHTML:
		return t.marks.append(dst, s)
	case !strings.Contains(s, "<"):
		return t.entities.append(dst, s)
	}
	return append(dst, untagged(s, `"`)...)
}

func (t *tables) unquoted(dst []byte, s string, of content) []byte {
	switch {
	case s == "":
		return append(dst, distrusted...)
	case of == ofHTML:
		return append(dst, untagged(s, "")...)
	}
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r < utf8.RuneSelf:
			dst = t.bare.append(dst, s[i:i+n])
		case 0xfdd0 <= r && r <= 0xfdef || 0xfff0 <= r && r <= 0xffff: // of what is no UTF-8 too
			dst = append(dst, "&#x"...)
			for shift := 12; shift >= 0; shift -= 4 {
				dst = append(dst, hexadecimal[r>>shift&15])
			}
			dst = append(dst, ';')
		default:
			dst = append(dst, s[i:i+n]...)
		}
		i += n
	}
	return dst
}

// untagged asks html/template to take tags off, for an attribute in these quotes.
// Hardly any layout needs it.
func untagged(s, quotes string) string {
	t, err := template.New("").Parse("<p title=" + quotes + "{{.}}" + quotes + ">")
	var b strings.Builder
	if err != nil || t.Execute(&b, template.HTML(s)) != nil {
		fail()
	}
	return strings.TrimSuffix(strings.TrimPrefix(b.String(), "<p title="+quotes), quotes+">")
}

const hexadecimal = "0123456789abcdef"

// harmless says whether a URL has no scheme, or one that runs nothing.
func harmless(s string) bool {
	scheme, _, ok := strings.Cut(s, ":")
	return !ok || strings.Contains(scheme, "/") ||
		strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "mailto")
}

func (t *tables) url(dst []byte, s string, of content) []byte {
	if of != ofURL && !harmless(s) {
		return append(append(dst, '#'), distrusted...)
	}
	return t.path(dst, s, of)
}

func (t *tables) filtered(dst []byte, s string, of content) []byte {
	if of != ofURL && !harmless(s) {
		return append(append(dst, '#'), distrusted...)
	}
	return t.marks.append(dst, s)
}

func (t *tables) path(dst []byte, s string, _ content) []byte { return t.encoded(dst, s, &t.address) }

// query also encodes what has a meaning in URLs, unless the text is one.
func (t *tables) query(dst []byte, s string, of content) []byte {
	if of == ofURL {
		return t.encoded(dst, s, &t.address)
	}
	return t.encoded(dst, s, &t.component)
}

func (t *tables) urlUnquoted(dst []byte, s string, of content) []byte {
	if of != ofURL && !harmless(s) {
		return append(append(dst, '#'), distrusted...)
	}
	if s == "" {
		return append(dst, distrusted...)
	}
	// Of what means something without quotes, encoding leaves this.
	return append(dst, strings.ReplaceAll(string(t.path(nil, s, of)), "=", "&#61;")...)
}

// encoded appends a URL. What is encoded already stays, with an address.
func (t *tables) encoded(dst []byte, s string, by *replaced) []byte {
	written := 0
	for i := range len(s) {
		to := by[s[i]]
		if to == "" || s[i] == '%' && by == &t.address && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			continue
		}
		dst = append(append(dst, s[written:i]...), to...)
		written = i + 1
	}
	return append(dst, s[written:]...)
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}
