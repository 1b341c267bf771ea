package markdown

import (
	_ "embed" // languages.txt
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/yuin/goldmark/ast"

	"publish/internal/block"
)

// What the highlighter is given, in bytes: its patterns can go back and forth
// over a whole block, and would be stopped by the clock (see languages.txt).
// What is beyond is shown as plain code.
const (
	maxHighlightedBlock = 10_000
	maxHighlighted      = 60_000 // in one document
)

// code writes a block of code, coloured by classes where its language is known.
func (w *writer) code(n ast.Node, info string) {
	lines := n.Lines()
	at := n.Pos()
	var b strings.Builder
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

//go:embed languages.txt
var languageNames string

// languages are chroma's lexers by name, as far as languages.txt has them. Its
// own lookup compares file name patterns for a language that it does not know,
// each time.
var languages = sync.OnceValue(func() map[string]chroma.Lexer {
	allowed := map[string]bool{}
	for line := range strings.Lines(languageNames) {
		allowed[strings.TrimSpace(line)] = true
	}
	known := make(map[string]chroma.Lexer, 4*len(allowed))
	for _, lexer := range lexers.GlobalLexerRegistry.Lexers {
		config := lexer.Config()
		if !allowed[config.Name] {
			continue
		}
		known[strings.ToLower(config.Name)] = lexer
		for _, name := range config.Filenames {
			if ending, ok := strings.CutPrefix(name, "*."); ok && known[ending] == nil {
				known[ending] = lexer
			}
		}
	}
	for _, lexer := range lexers.GlobalLexerRegistry.Lexers {
		if !allowed[lexer.Config().Name] {
			continue
		}
		for _, alias := range lexer.Config().Aliases {
			known[strings.ToLower(alias)] = lexer
		}
	}
	// Not code, or nothing that colours would make clearer.
	for _, plain := range []string{"", "log", "ansi", "mermaid", "text", "txt", "plain", "plaintext", "output"} {
		delete(known, plain)
	}
	return known
})

// coloured is a block of code that is highlighted when a page is written: most
// of what reading it would cost is highlighting, and nobody but its page shows
// it.
type coloured struct{ language, code string }

// colour writes code whose plain text begins at plain. It leaves a hole where
// colours belong.
func (w *writer) colour(language, code string, plain int) {
	html := len(w.html)
	w.html = appendEscaped(w.html, code)
	if languages()[language] == nil || len(code) > maxHighlightedBlock || w.highlighted+len(code) > maxHighlighted {
		return
	}
	w.highlighted += len(code)
	if w.excerpt || string(w.plain[plain:]) != code {
		w.html = coloured{language, code}.append(w.html[:html])
		return
	}
	w.codes = append(w.codes, openCode{language, span{plain, len(w.plain)}})
	w.holes = append(w.holes, hole{piece: piece{code: len(w.codes)}, at: html, stop: len(w.html)})
}

// openCode is a coloured block while its text is being gathered.
type openCode struct {
	language string
	span
}

// append appends the HTML of the code.
func (c coloured) append(dst []byte) []byte {
	tokens, err := chroma.Coalesce(languages()[c.language]).Tokenise(nil, c.code)
	if err != nil {
		return appendEscaped(dst, c.code)
	}
	start := len(dst)
	rest, same := c.code+"\n", true // some lexers end the last line
	for token := tokens(); token != chroma.EOF && same; token = tokens() {
		rest, same = strings.CutPrefix(rest, token.Value)
		class := classOf(token.Type)
		if class == "" {
			dst = appendEscaped(dst, token.Value)
			continue
		}
		dst = append(append(append(dst, `<span class="`...), class...), `">`...)
		dst = append(appendEscaped(dst, token.Value), "</span>"...)
	}
	if !same || len(rest) > 1 { // a lexer gave up; nothing of the text may be lost
		return appendEscaped(dst[:start], c.code)
	}
	return dst
}

// classOf is the short class of Pygments' style sheets.
func classOf(t chroma.TokenType) string {
	switch t {
	case chroma.Error, chroma.Other, chroma.TextWhitespace, chroma.Name, chroma.Text, chroma.Punctuation:
		return ""
	}
	for _, kind := range []chroma.TokenType{t, t.SubCategory(), t.Category()} {
		if class, ok := chroma.StandardTypes[kind]; ok {
			return class
		}
	}
	return ""
}
