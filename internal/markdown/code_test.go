package markdown

import (
	"strings"
	"testing"
)

// TestColouredCode: what a page shows of code is the code, whatever its
// language is.
func TestColouredCode(t *testing.T) {
	text := "a: \"b\" # c\n\tif (x < 1) { return 'y' } /* z */\n\n<p class=a>é &amp;</p>\n$ echo ${A}\n+ 1 {{ x }}\n"
	for _, name := range []string{"go", "sh", "yaml", "html", "diff", "console", "jinja", "ini", "SQL", "c++"} {
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

// TestAllCodeIsColoured: neither a long block nor many of them stay plain, until
// there is a megabyte of them.
func TestAllCodeIsColoured(t *testing.T) {
	block := "```go\n" + strings.Repeat("return 1\n", 10_000) + "```\n\n"
	for blocks, want := range map[int]int{5: 50_000, 15: 110_000} {
		doc, _ := parsed(t, strings.Repeat(block, blocks), Options{})
		if n := strings.Count(string(doc.AppendHTML(nil, goldenResolve)), `<span class="k">return</span>`); n != want {
			t.Errorf("%d lines of %d blocks are coloured, want %d", n, blocks, want)
		}
	}
}
