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
	plain := len(w.plain)
	w.plain = appendClean(w.plain, code)
	w.endBlock(i)

	if w.feed {
		w.write("<pre><code>")
		w.html = appendEscaped(w.html, code)
		w.write("</code></pre>\n")
		return
	}
	w.write(`<pre tabindex="0"><code`) // scrolls sideways, so it must take the focus
	if language != "" {
		w.html = appendAttribute(w.html, "class", "language-"+language)
	}
	w.write(">")
	html := len(w.html)
	if terminal {
		w.html = appendStyled(w.html, code, looks)
	} else {
		w.colour(language, code, plain)
	}
	w.noteRun(plain, html)
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

// coloured is a block of code that is coloured when a page is written: nobody
// but its page shows the colours, and their HTML is several times the code,
// which is kept anyway.
type coloured struct {
	language string
	span     // of the plain text
}

// colour writes code whose plain text begins at plain. It leaves a hole where
// colours belong.
func (w *writer) colour(language, code string, plain int) {
	if w.excerpt {
		return
	}
	html := len(w.html)
	w.html = appendEscaped(w.html, code)
	if codes.Lookup(language) == nil || w.coloured+len(code) > maxColoured {
		return
	}
	w.coloured += len(code)
	if string(w.plain[plain:]) != code {
		w.html = appendColoured(w.html[:html], language, code, new([]codes.Span))
		return
	}
	w.codes = append(w.codes, coloured{language, span{plain, len(w.plain)}})
	w.holes = append(w.holes, hole{piece: piece{code: int32(len(w.codes))}, at: html, stop: len(w.html)})
}

// append appends the HTML of the code. The spans are memory to use again.
func (c coloured) append(dst []byte, plain string, spans *[]codes.Span) []byte {
	return appendColoured(dst, c.language, plain[c.start:c.end], spans)
}

// appendColoured appends the HTML of code with its colours.
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
