package markdown

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// checkHTML asserts what must hold for any HTML that we write: every element
// is closed where it was opened, nothing can run, no id stands twice, and a
// browser reads the tree that was written.
func checkHTML(t testing.TB, out string) {
	t.Helper()
	checkTags(t, out)
	if strings.ContainsAny(out, "\x00\x1b\r") || strings.Contains(out, markOpen) || strings.Contains(out, markClose) {
		t.Errorf("control characters or marks in %q", out)
	}
	// What follows the article must still follow it when a browser has read it.
	context := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader("<article>"+out+"</article><footer></footer>"), context)
	if err != nil || len(nodes) != 2 || nodes[0].Data != "article" || nodes[1].Data != "footer" {
		t.Errorf("the article does not hold together: %d nodes in %q", len(nodes), out)
		return
	}
	if written, read := outlineWritten(out), outlineRead(nodes[0], 0, nil); !slices.Equal(written, read[1:]) {
		t.Errorf("a browser reads %q as %v", out, read[1:])
	}
}

// impliedElement says which are put in by browsers where they are missing.
func impliedElement(name string) bool { return name == "tbody" || name == "thead" || name == "tfoot" }

// outlineWritten lists the elements as they are written, with their depth.
func outlineWritten(out string) []string {
	var list []string
	depth := 0
	for z := html.NewTokenizer(strings.NewReader(out)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return list
		case html.StartTagToken:
			if name := z.Token().Data; !impliedElement(name) {
				list = append(list, fmt.Sprint(depth+1, name))
				if !slices.Contains(voidElements, name) {
					depth++
				}
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); !impliedElement(string(name)) {
				depth--
			}
		}
	}
}

// outlineRead lists the elements that a browser makes of it.
func outlineRead(n *html.Node, depth int, list []string) []string {
	if n.Type == html.ElementNode && !impliedElement(n.Data) {
		list = append(list, fmt.Sprint(depth, n.Data))
		depth++
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		list = outlineRead(c, depth, list)
	}
	return list
}

var voidElements = []string{"br", "hr", "img", "input", "wbr"}

func checkTags(t testing.TB, out string) {
	t.Helper()
	var open []string
	seen := map[string]bool{}
	for z := html.NewTokenizer(strings.NewReader(out)); ; {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("never closed: %v in %q", open, out)
			}
			return
		case html.CommentToken, html.DoctypeToken:
			t.Errorf("comment in %q", out)
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			if _, ok := htmlTags[token.Data]; !ok && token.Data != "input" {
				t.Errorf("element <%s> in %q", token.Data, out)
			}
			for i, a := range token.Attr {
				if slices.ContainsFunc(token.Attr[:i], func(b html.Attribute) bool { return a.Key == b.Key }) {
					t.Errorf("attribute %s twice in %q", a.Key, out)
				}
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					t.Errorf("attribute %s in %q", a.Key, out)
				}
				if a.Key == "href" || a.Key == "src" {
					if safeURL(a.Val) == "" && a.Val != "" {
						t.Errorf("address %q in %q", a.Val, out)
					}
				}
				if a.Key == "id" {
					if seen[a.Val] || a.Val == "" {
						t.Errorf("id %q twice or empty in %q", a.Val, out)
					}
					seen[a.Val] = true
				}
			}
			if !slices.Contains(voidElements, token.Data) {
				open = append(open, token.Data)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				t.Errorf("</%s> does not close %v in %q", name, open, out)
				return
			}
			open = open[:len(open)-1]
		}
	}
}

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, c := range strings.Split("\n"+string(data), "\n=== ")[1:] {
			_, body, _ := strings.Cut(c, "\n")
			markdown, _, _ := strings.Cut(body, "\n----\n")
			f.Add(markdown)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<14 {
			return
		}
		for _, o := range []Options{
			{}, {Profile: Feed}, {Dialect: Jekyll, DropTitle: true}, {IDPrefix: "a-", Line: 3, File: "x.md"},
		} {
			doc, diags := Parse([]byte(text), o)
			// The worst resolver: it gives back what the author wrote.
			asWritten := func(l *Link) Target { return Target{URL: l.Dest, External: true} }
			out := string(doc.AppendHTML(nil, asWritten))
			checkHTML(t, out)
			for _, d := range diags {
				if d.Line < max(o.Line, 1) || d.Column < 1 {
					t.Errorf("place %v of %q", d.Pos, d.Message)
				}
			}
			if again, _ := Parse([]byte(text), o); string(again.AppendHTML(nil, asWritten)) != out {
				t.Errorf("not the same twice: %q", text)
			}
			for _, h := range doc.Headings {
				if o.Profile == Page && (!doc.IDs.Has(h.ID) || !strings.Contains(out, `id="`)) || h.Shown < 2 || h.Shown > 6 {
					t.Errorf("heading %+v of %q", h, text)
				}
			}
		}
	})
}

// fragments are what TestMixtures builds texts of.
var fragments = strings.Split("<table>|</table>|<tr>|<td>|</td>|<th>|<tbody>|<caption>|<ul>|</ul>|<ol>|<li>|</li>|<dl>|<dt>|<dd>|<p>|</p>|<div>|</div>|"+
	"<a href=x>|</a>|<a id=y>|<b>|</b>|<span>|</span>|<pre>|</pre>|<h2>|</h2>|<summary>|<details>|</details>|<figure>|<figcaption>|<blockquote>|"+
	"<br>|<hr>|<img src=x alt=y>|<script>|</script>|<form>|</form>|<svg>|</svg>|<textarea>|<del>|</del>|<center>|<code>|<kbd/>|<p align=center>|<small>|"+
	"<unknown>|<font>|<picture>|<!-- c -->|<!-- more -->|<!--|-->|<title>|<q|/>|text|text|*|**|`|[a](b)|[|](c)|![i](j)|~~|\\|:smile:|[^1]|<http://x>|"+
	"\n|\n|\n|\n|\n\n|\n\n|\n\n|\n\n- |\n  |\n> |\n\n# |\n\n| a | b |\n|---|---|\n| |\n\n[^1]: |\n\nt\n: |\n\n```\n|\n    |\n1. |{% hint style=\"info\" %}\n|{% endhint %}\n|"+
	"\n::: note\n|\n:::\n|\n!!! note\n    |{{ x }}|{% raw %}|{% endraw %}|{% highlight x %}\n|\n{% endhighlight %}|{: .x}|\n*c*\n|\u00e9", "|")

// TestMixtures puts fragments together at random, always the same ones.
func TestMixtures(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 4000 {
		var text strings.Builder
		for range 2 + random.IntN(14) {
			text.WriteString(fragments[random.IntN(len(fragments))])
		}
		for _, o := range []Options{{DropTitle: true}, {Dialect: Jekyll}, {Profile: Feed}} {
			doc, _ := Parse([]byte(text.String()), o)
			checkHTML(t, string(doc.AppendHTML(nil, goldenResolve)))
			if t.Failed() {
				t.Fatalf("of %q", text.String())
			}
		}
	}
}
