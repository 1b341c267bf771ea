package render

import "testing"

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
