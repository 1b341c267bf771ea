package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"publish/internal/block"
	"publish/internal/diag"
	"publish/internal/spill"
)

// sentence reads a text that is one line of words and nothing that Markdown
// gives a meaning to, as most texts of front matter are: a page shows twenty of
// them. It gives what the parser would; nil where it is not sure.
func sentence(text []byte, o Options) *Doc {
	if o.Profile != Feed || !justWords(text) {
		return nil
	}
	s := string(text)
	return &Doc{
		Links:    []Link{},
		Blocks:   []block.Block{{Kind: block.Paragraph, Text: s, Pos: diag.Pos{File: o.File, Line: max(o.Line, 1), Column: 1}}},
		HasWords: hasWords(s),
		html:     spill.Of("<p></p>\n"), text: spill.Of(s), parts: spill.ItemsOf([]part{{int32(len("<p>")), 0, int32(len(s)), escaping(s)}}), excerptText: s,
		feed: true, fullSize: o.word("image-full", ""),
	}
}

// AppendWords appends a text as the HTML of its paragraph would say it, if it is
// one line of words and nothing else. Where ok is false the text has to be parsed.
func AppendWords(dst []byte, text string) (html []byte, ok bool) {
	if !justWords(text) {
		return dst, false
	}
	return appendEscaped(dst, text), true
}

// IsWords says whether a text is one line of words and nothing else: its plain text
// is the same.
func IsWords(text string) bool { return justWords(text) }

// wordPunctuation is what may stand between letters without a meaning.
const wordPunctuation = `.,;'"()%/?-’«»–—…` + "\u00a0\u202f"

// justWords says whether a text begins with a letter, does not end with a blank
// and holds only letters, digits, blanks and punctuation that is only that.
func justWords[T string | []byte](text T) bool {
	if len(text) == 0 || len(text) > 1000 {
		return false
	}
	last := ' '
	for i, n := 0, 0; i < len(text); i += n {
		r := rune(text[i])
		if n = 1; r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(string(text[i:min(i+utf8.UTFMax, len(text))]))
		}
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0xc0 && r < 0x250 && unicode.IsLetter(r)
		if !letter && (i == 0 || r != ' ' && (r < '0' || r > '9') && !strings.ContainsRune(wordPunctuation, r)) {
			return false
		}
		if r == 'w' && last == 'w' { // an address without its scheme
			return false
		}
		last = r
	}
	return !unicode.IsSpace(last)
}
