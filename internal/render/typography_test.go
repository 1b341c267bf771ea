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
		if got := string(typeset([]byte(test.html), test.lang)); got != test.want {
			t.Errorf("%s: %s\ngot  %q\nwant %q", test.lang, test.html, got, test.want)
		}
	}
}

// A day in figures is kept whole in prose of any language, and only there.
func TestFiguresInProse(t *testing.T) {
	const nb, day = "\u00a0", `<span class="whole">2026-11-22</span>`
	for _, test := range []struct{ lang, html, want string }{
		{"en", `<p id="d-2026-11-22">on 2026-11-22</p>`, `<p id="d-2026-11-22">on ` + day + `</p>`},
		{"fr", `<p>le 2026-11-22 : « 2026-11-22 »</p>`, `<p>le ` + day + nb + `: «` + nb + day + nb + `»</p>`},
		{"en", `<p><time datetime="2026-11-22">2026-11-22</time> <code>2026-11-22</code> e-mail</p>`, `<p><time datetime="2026-11-22">` + day + `</time> <code>2026-11-22</code> e-mail</p>`},
		{"en", `<pre>2026-11-22</pre><a href="2026-11-22/">2026-11-22</a> &amp;2026-11-22&gt;`, `<pre>2026-11-22</pre><a href="2026-11-22/">` + day + `</a> &amp;` + day + `&gt;`},
		{"en", `<a href="2026-11-22/">that day</a>`, `<a href="2026-11-22/">that day</a>`},
	} {
		if got := string(typeset([]byte(test.html), test.lang)); got != test.want {
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
		for _, text := range []string{"It broke", "A \"b\" (c) d's: no", "Panne « ici » à 5 % ; non ? Si !", "Étoile ici - là", "a & b", "*a*", "a\nb", "www.example.org", "1. a", "", "It broke ", "Since 2026-11-22", "x\u00a0y – z…"} {
			block := string(p.block(text, 1))
			want := strings.TrimSuffix(strings.TrimPrefix(block, "<p>"), "</p>")
			if got := string(p.inline(text, 1)); got != want && got != block {
				t.Errorf("%s: got %q, want %q", text, got, want)
			}
		}
	}
}

// A day in figures is never parted by the end of a line, and nothing but an element
// is added to a title.
func TestUnbroken(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{"Panne du 29 avril", "Panne du 29 avril"},
		{"2021-04-29", `<span class="whole">2021-04-29</span>`},
		{"2021-04-29 outage, again on 2021-05-01.", `<span class="whole">2021-04-29</span> outage, again on <span class="whole">2021-05-01</span>.`},
		{"<2021-04> & PM2019-009: it's", `&lt;<span class="whole">2021-04</span>&gt; &amp; <span class="whole">PM2019-009</span>: it&#39;s`},
		{"'21-04' e-mail, x-1, 1-x, 5-", `&#39;<span class="whole">21-04</span>&#39; e-mail, x-1, 1-x, 5-`},
		{"INC-2021-04, a-1-2-b-", `<span class="whole">INC-2021-04</span>, <span class="whole">a-1-2-b</span>-`},
		{"10-15- 1-2-a", `<span class="whole">10-15</span>- <span class="whole">1-2-a</span>`},
		{"slow at 2026-11-22T10:05Z, and at 2026-11-22T10:05:01.123-05:00", `slow at <span class="whole">2026-11-22T10</span>:05Z, and at <span class="whole">2026-11-22T10</span>:05:01.<span class="whole">123-05</span>:00`},
		{"550e8400-29b4-41d4-a716-446655440000", "550e8400-29b4-41d4-a716-446655440000"},
		{"-1--2-3", `-1--<span class="whole">2-3</span>`},
	} {
		if got := string(unbroken(test.text)); got != test.want {
			t.Errorf("%q\ngot  %s\nwant %s", test.text, got, test.want)
		}
	}
}
