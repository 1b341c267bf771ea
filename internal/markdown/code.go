package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"publish/internal/block"
	codes "publish/internal/code"
)

// maxColoured is how much code of one document is coloured, in bytes: its HTML
// may be ten times as long.
const maxColoured = 1 << 20

// code writes a block of code, coloured by classes where its language is known.
func (w *writer) code(n ast.Node, info string) {
	lines := n.Lines()
	at := n.Pos()
	length := 0
	for i := range lines.Len() {
		line := lines.At(i)
		length += line.Len()
	}
	var b strings.Builder
	b.Grow(length)
	for i := range lines.Len() {
		line := lines.At(i)
		if i == 0 {
			at = line.Start
		}
		b.Write(line.Value(w.text))
	}
	code := w.src.written(b.String())
	language := languageOf(w.src.written(info))
	var looks []styled
	terminal := isTerminal(language, code)
	if terminal {
		code, looks = readTerminal(code)
	}
	i := w.startBlock(block.Block{Kind: block.Code}, at)
	if w.feed {
		w.write("<pre><code>")
		w.verbatim(code)
	} else {
		w.write(`<pre tabindex="0"><code`) // scrolls sideways, so it must take the focus
		if language != "" {
			w.html = appendAttribute(w.html, "class", "language-"+language)
		}
		w.write(">")
		if terminal {
			w.styled(code, looks)
		} else {
			w.colour(language, code)
		}
	}
	w.endBlock(i)
	w.write("</code></pre>\n")
}

// languageOf reads the language out of an info string: `go`, `{.go title=x}`,
// `{python}`, `yaml,hl_lines=3`.
func languageOf(info string) string {
	info = strings.TrimLeft(info, "{. ")
	end := strings.IndexFunc(info, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("+#-_.", r))
	})
	if end >= 0 {
		info = info[:end]
	}
	return strings.ToLower(info)
}

// colour writes code. Its colours are left to when a page is written, where its plain
// text is the code itself: nobody but its page shows them, and their HTML is several
// times the code, which is kept anyway.
func (w *writer) colour(language, code string) {
	if w.excerpt || codes.Lookup(language) == nil || w.coloured+len(code) > maxColoured {
		w.verbatim(code)
		return
	}
	w.coloured += len(code)
	plain := len(w.plain)
	if w.plain = appendClean(w.plain, code); string(w.plain[plain:]) != code {
		w.plain = w.plain[:plain]
		colourParts(language, code, new([]codes.Span), w.write, w.verbatim)
		return
	}
	w.codes = append(w.codes, language)
	w.parts = append(w.parts, part{int32(len(w.html)), int32(plain), int32(len(w.plain)), codeOf(len(w.codes) - 1)})
}

// appendColoured appends the HTML of code with its colours. The spans are memory to
// use again.
func appendColoured(dst []byte, language, code string, spans *[]codes.Span) []byte {
	at := 0
	*spans = codes.Lookup(language).AppendSpans((*spans)[:0], code)
	for _, s := range *spans {
		dst = appendEscaped(dst, code[at:s.Start])
		dst = append(append(append(dst, `<span class="`...), s.Class.String()...), `">`...)
		dst = append(appendEscaped(dst, code[s.Start:s.End]), "</span>"...)
		at = s.End
	}
	return appendEscaped(dst, code[at:])
}

// colourParts gives the tags that appendColoured writes and the text between them, in
// turn, for what needs to know where either stands.
func colourParts(language, code string, spans *[]codes.Span, tag, text func(string)) {
	at := 0
	*spans = codes.Lookup(language).AppendSpans((*spans)[:0], code)
	for _, s := range *spans {
		text(code[at:s.Start])
		tag(`<span class="`)
		tag(s.Class.String())
		tag(`">`)
		text(code[s.Start:s.End])
		tag("</span>")
		at = s.End
	}
	text(code[at:])
}
