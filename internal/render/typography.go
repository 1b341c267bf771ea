package render

import (
	"bytes"
	"html/template"

	"publish/internal/locale"
	"publish/internal/markdown"
	"publish/internal/site"
)

// shownTitle is the title of a page as it is shown: with the spaces that its language
// keeps together, so that no line begins with "»" or ends with "«". Feeds and
// data have it as it is written.
func shownTitle(p *site.Page) string { return locale.For(p.Lang).Spaced(cleanText(p.Title)) }

// shownText is the text of a document as its page shows it. It is put together in a
// buffer that is used again, since most of it is as long as the page.
func shownText(p *site.Page, resolve markdown.Resolve) template.HTML {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	buf.Write(p.Body().AppendHTML(buf.AvailableBuffer(), resolve))
	return typeset(buf.Bytes(), p.Lang)
}

// verbatim are the elements whose text is nobody's prose.
var verbatim = [][]byte{
	[]byte("pre"), []byte("code"), []byte("kbd"), []byte("samp"), []byte("script"), []byte("style"), []byte("svg"), []byte("math"), []byte("textarea"),
}

// typeset puts the spaces of a language into the prose of HTML that package
// markdown wrote, keeps its figures unbroken, and trusts it. Tags and what is
// verbatim stay as they are.
func typeset(html []byte, lang string) template.HTML {
	words, figures := locale.For(lang), hasFigures(html)
	if !figures && !words.HasSpacing() {
		return trusted(html)
	}
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	out := buf.AvailableBuffer()
	for len(html) > 0 {
		end := bytes.IndexByte(html, '<')
		if end < 0 {
			end = len(html)
		}
		text := html[:end]
		html = html[end:]
		if figures && joined(text, 0) >= 0 {
			if words.HasSpacing() {
				text = words.AppendSpaced(nil, text)
			}
			out = appendUnbroken(out, text)
		} else {
			out = words.AppendSpaced(out, text)
		}
		tag := tagLength(html)
		out = append(out, html[:tag]...)
		html = html[tag:]
	}
	buf.Write(out)
	return trusted(buf.Bytes())
}

// hasFigures says whether figures that a hyphen joins may stand in the text of HTML:
// most stand in addresses and in the times of tags.
func hasFigures(html []byte) bool {
	for at := joined(html, 0); at >= 0; at = joined(html, at+1) {
		if before := bytes.LastIndexAny(html[:at], "<>"); before < 0 || html[before] == '>' {
			return true
		}
	}
	return false
}

// tagLength is the length of the tag at the beginning of HTML, up to the end of
// its element where that is verbatim.
func tagLength(html []byte) int {
	if len(html) == 0 {
		return 0
	}
	end, quote := 1, byte(0)
	for ; end < len(html) && (quote != 0 || html[end] != '>'); end++ {
		switch c := html[end]; {
		case quote == c:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		}
	}
	end = min(end+1, len(html))
	if len(html) > 1 && html[1] == '/' {
		return end
	}
	for _, name := range verbatim {
		rest, ok := bytes.CutPrefix(html[1:], name)
		if !ok || len(rest) == 0 || rest[0] != '>' && rest[0] != ' ' && rest[0] != '\n' {
			continue
		}
		var room [16]byte
		closing := bytes.Index(html[end:], append(append(room[:0], "</"...), name...))
		if closing < 0 {
			return len(html)
		}
		return end + closing
	}
	return end
}

// longestWhole is how many letters a word of figures may have that is kept together:
// a day with the hour that ISO 8601 puts behind it has 13. What is longer has to break
// somewhere on a phone.
const longestWhole = 13

// unbroken is a text in which no line ends within figures that a hyphen joins, as
// those of a day: Chromium breaks "2021-04-29" behind its hyphens, whatever a style
// sheet says. What is kept together stands in an element, so that a copy of it has
// the author's letters alone.
func unbroken(text string) template.HTML {
	text = template.HTMLEscapeString(text)
	if joined([]byte(text), 0) < 0 {
		return trusted(text)
	}
	const tags = len(`<span class="whole"></span>`)
	return trusted(appendUnbroken(make([]byte, 0, len(text)+2*tags), []byte(text)))
}

// appendUnbroken appends what unbroken makes of a text that is HTML without tags.
func appendUnbroken(html, text []byte) []byte {
	done := 0
	for at := joined(text, 0); at >= 0; at = joined(text, at) {
		from, to := at-1, at+1
		for from > done && (isWordByte(text[from-1]) || text[from-1] == '-' && from-1 > done && isWordByte(text[from-2])) {
			from--
		}
		for to < len(text) && (isWordByte(text[to]) || text[to] == '-' && to+1 < len(text) && isWordByte(text[to+1])) {
			to++
		}
		if at = to; to-from <= longestWhole {
			html = append(append(append(append(html, text[done:from]...), `<span class="whole">`...), text[from:to]...), "</span>"...)
			done = to
		}
	}
	return append(html, text[done:]...)
}

// joined is where the next hyphen between figures stands; negative if there is none.
func joined(text []byte, from int) int {
	for at := from; ; at++ {
		next := bytes.IndexByte(text[at:], '-')
		if next < 0 {
			return -1
		}
		if at += next; at > 0 && at+1 < len(text) && isDigit(text[at-1]) && isDigit(text[at+1]) {
			return at
		}
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isWordByte(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'z' }
