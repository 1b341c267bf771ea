package markdown

import (
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// TestLanguages: every name in languages.txt is a lexer's, and no other is used.
func TestLanguages(t *testing.T) {
	var names []string
	for line := range strings.Lines(languageNames) {
		if name := strings.TrimSpace(line); !strings.HasPrefix(name, "#") {
			names = append(names, name)
		}
	}
	for _, name := range names {
		if lexer := lexers.Get(name); lexer == nil || lexer.Config().Name != name {
			t.Errorf("no lexer has the name %q", name)
		}
	}
	for alias, lexer := range languages() {
		if !slices.Contains(names, lexer.Config().Name) {
			t.Errorf("%q is read as %s", alias, lexer.Config().Name)
		}
	}
	for _, alias := range []string{"sh", "bash", "console", "yml", "js", "ts", "tsx", "py", "golang", "tf", "c++", "cs", "dockerfile", "makefile", "jsonc", "ps1", "rb"} {
		if languages()[alias] == nil {
			t.Errorf("%q is not known", alias)
		}
	}
	for _, alias := range []string{"http", "markdown", "log", ""} {
		if languages()[alias] != nil {
			t.Errorf("%q is known", alias)
		}
	}
}

// TestColouredCode: what the highlighter makes of code is the code.
func TestColouredCode(t *testing.T) {
	text := "a: \"b\" # c\n\tif (x < 1) { return 'y' } /* z */\n\n<p class=a>é &amp;</p>\n$ echo ${A}\n+ 1 {{ x }}\n"
	seen := map[chroma.Lexer]bool{}
	for _, lexer := range languages() {
		if seen[lexer] {
			continue
		}
		seen[lexer] = true
		name := strings.ToLower(lexer.Config().Aliases[0])
		doc, _ := parsed(t, "````"+name+"\n"+text+"````\n", Options{})
		out := string(doc.AppendHTML(nil, goldenResolve))
		if !strings.Contains(out, "<span") {
			t.Errorf("%s is not coloured", name)
		}
		var plain strings.Builder
		for rest := out; rest != ""; {
			before, tag, _ := strings.Cut(rest, "<")
			plain.WriteString(before)
			_, rest, _ = strings.Cut(tag, ">")
		}
		if want := string(appendEscaped(nil, text)) + "\n"; plain.String() != want {
			t.Errorf("%s: %q, want %q", name, plain.String(), want)
		}
	}
}
