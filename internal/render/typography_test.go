package render

import (
	"strings"
	"testing"

	"publish/internal/locale"
	"publish/internal/markdown"
)

// French prose never breaks a line before a mark of two parts or within quotes;
// what is verbatim, and other languages, stay as they are written.
func TestSpacesOfALanguage(t *testing.T) {
	const nb, thin = "\u00a0", "\u202f"
	for _, test := range []struct{ lang, html, want string }{
		{"fr", `<p>Panne : « Étoile » à 5 % ; non ? Si !</p>`, `<p>Panne` + nb + `: «` + nb + `Étoile` + nb + `» à 5` + nb + `%` + thin + `; non` + thin + `? Si` + thin + `!</p>`},
		{"fr-CA", `a : b`, `a` + nb + `: b`},
		{"en", `a : b ?`, `a : b ?`},
		{"de", `a : b ?`, `a : b ?`},
		{"fr", `<a title="a : b > c ?" href='x ; y'>d !</a> : e`, `<a title="a : b > c ?" href='x ; y'>d` + thin + `!</a>` + nb + `: e`},
		{"fr", `<pre><code>a ? b : c</code>
d ; e</pre> : f`, `<pre><code>a ? b : c</code>
d ; e</pre>` + nb + `: f`},
		{"fr", `<code class="x">a ; b</code> ; <codec>a ; b</codec>`, `<code class="x">a ; b</code>` + thin + `; <codec>a` + thin + `; b</codec>`},
		{"fr", `<p>« <em>x</em> »</p> <`, `<p>«` + nb + `<em>x</em>` + nb + `»</p> <`},
		{"fr", `<code>a ; b`, `<code>a ; b`},
		{"fr", `10:30, http://a.b/?c, a:b`, `10:30, http://a.b/?c, a:b`},
		{"fr", ``, ``},
	} {
		if got := string(spaced([]byte(test.html), test.lang)); got != test.want {
			t.Errorf("%s: %s\ngot  %q\nwant %q", test.lang, test.html, got, test.want)
		}
	}
}

func TestBeginsWith(t *testing.T) {
	for _, text := range []string{"", "a", " a  b\nc ", "It broke.  Then\tit was mended.", "It broke"} {
		for _, begin := range []string{"a", "a b", "a b c", "a b c d", "It", "It bro", "It broke.", "It broke. Then it", "It broke. Then x", "broke", "a bc"} {
			if got, want := beginsWith(text, begin), strings.HasPrefix(squeeze(text), begin); got != want {
				t.Errorf("%q begins with %q: got %t, want %t", text, begin, got, want)
			}
		}
	}
}

func TestSqueeze(t *testing.T) {
	for _, text := range []string{"", " ", "a", " a", "a ", "a b", "a  b", "a\nb", "a\u00a0b", "a \u2003b", "é b\u2028", "\u00a0", "a\tb c", "\xff b"} {
		if got, want := squeeze(text), strings.Join(strings.Fields(text), " "); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// What inline writes of words alone is what the parser makes of them.
func TestInlineOfWords(t *testing.T) {
	for _, lang := range []string{"en", "fr"} {
		p := prose{lang: lang, words: locale.For(lang), resolve: func(*markdown.Link) markdown.Target { return markdown.Target{} }}
		for _, text := range []string{"It broke", "A \"b\" (c) d's: no", "Panne « ici » à 5 % ; non ? Si !", "Étoile ici - là", "a & b", "*a*", "a\nb", "www.example.org", "1. a", "", "It broke ", "x\u00a0y – z…"} {
			block := string(p.block(text, 1))
			want := strings.TrimSuffix(strings.TrimPrefix(block, "<p>"), "</p>")
			if got := string(p.inline(text, 1)); got != want && got != block {
				t.Errorf("%s: got %q, want %q", text, got, want)
			}
		}
	}
}
