package importer

import (
	"context"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"golang.org/x/net/html"

	"publish/internal/diag"
	"publish/internal/postmortem"
	"publish/internal/tree"
)

func newResult() *Result {
	return &Result{content: "content", traces: map[trace]*Trace{}, taken: map[string]int{}}
}

// matterOf reads a written document as publish does.
func matterOf(t *testing.T, data []byte) (*tree.Node, postmortem.Parts) {
	t.Helper()
	parts, problems := postmortem.Split("x.md", data)
	if problems.HasErrors() {
		t.Fatalf("%q cannot be split: %v", data, problems)
	}
	if parts.Format == postmortem.NoFrontMatter {
		return mapNode(), parts
	}
	root, problems := tree.ParseYAML("x.md", parts.MatterLine, parts.Matter, diag.FrontMatterSyntax)
	if problems.HasErrors() {
		t.Fatalf("%q cannot be read: %v", data, problems)
	}
	return root, parts
}

// Whatever front matter a text has, every key of it is there afterwards, with
// its value, under its name or below `extra`; and the text is the same.
func FuzzFrontMatter(f *testing.F) {
	for _, s := range []string{
		"---\ntitle: \"A: b\"\n# note\nunknown: [1, two, \"3\"]\n---\ntext\n", "+++\ntitle = 'x'\ndate = 2021-04-29\n[extra]\na = 1\n[params]\nb = [1.5]\n+++\n\nbody",
		"{\"title\": \"x\", \"other\": {\"a\": null, \"b\": [true]}}\n\nbody", "---\n{a: b, c: d}\n---\n", "---\n- x\n---\n", "no front matter", "---\nopen: yes\n",
		"---\ntext: |\n  # not a comment\n  more\nlast: >-\n  a\n  b\n---\n", "---\na: &x 1\nb: *x\n---\n", "---\nkey with space: 1\n? complex\n: 2\n---\n", "---\nextra: text\nnew: 1\n---\n",
		"---\naliases: [a, b]\nzz: ''\n---\nx", "---\n\"quoted key\": 1\n'no': \"no\"\n---\n---\nrule\n", ";;;\n{\"a\": 1}\n;;;\nx", "---\na: 1\n...\nx",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d := readDocument("x.md", data, newResult())
		if d.raw != nil {
			if string(d.bytes()) != string(data) {
				t.Fatal("a text that cannot be read was changed")
			}
			return
		}
		before, body := d.entries, d.body
		d.addAlias("/old/")
		d.settle(newResult())
		root, parts := matterOf(t, d.bytes())
		if strings.TrimLeft(string(parts.Body), "\n") != strings.TrimLeft(body, "\n") {
			t.Fatalf("%q: the text became %q", body, parts.Body)
		}
		for _, e := range before {
			key := e.Key.Value
			after := root.Get(key)
			if after == nil {
				after = root.Get("extra").Get(key)
			}
			switch {
			case strings.EqualFold(key, "aliases") || key == "extra" || d.bare:
			case after == nil:
				t.Fatalf("%q: the key %q is gone: %q", data, key, d.bytes())
			default:
				if why := differs(e.Value, after); why != "" {
					t.Fatalf("%q: the key %q: %s: %q", data, key, why, d.bytes())
				}
			}
		}
	})
}

// Tags are written out or kept; code is as it was, and no sign of ours is left.
func FuzzLiquid(f *testing.F) {
	for _, s := range []string{
		"{% raw %}{{ x }}{% endraw %} {% highlight go %}\na\n{% endhighlight %}", "[a]({{ site.baseurl }}/b.html) {{ '/x' | relative_url }}", "## H\n{: #id .c}\n\n* TOC\n{:toc}\n",
		"{% post_url 2021-01-01-x %} `{{ code }}`\n```\n{% raw %}\n```\n", "{::comment}a{:/comment} {% comment %}--> x{% endcomment %}", "![a](x.png){: .b} [c]: {{ site.url }}/d",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if strings.ContainsAny(body, "\ue000\ue001\ue002\ue010\ue011") || !strings.Contains(body, "{") && !strings.Contains(body, "](") {
			return
		}
		src := &source{FS: fstest.MapFS{"x.png": {Data: []byte("x")}, "b.md": {Data: []byte("b")}}}
		r := newResult()
		d := &document{from: "_posts/2021-04-29-a.md", to: "content/2021-04-29-a.md", body: body}
		other := &document{from: "b.md", to: "content/b.md"}
		j := &jekyll{move: move{src: src, r: r, texts: map[string]*document{d.from: d, other.from: other}, byAddress: map[string]*document{"/b": other}, address: map[*document]string{}, roots: []string{"."}, assetTo: r.inContent}}
		j.docs = []*document{d, other}
		j.convert(d)
		d.body = j.relink(d)
		if strings.ContainsAny(d.body, "\ue000\ue002\ue010\ue011") {
			t.Fatalf("%q became %q", body, d.body)
		}
	})
}

// Blank code keeps every other byte, and every line, in its place.
func FuzzBlankCode(f *testing.F) {
	for _, s := range []string{"a `b` ``c ` d`` e", "```\nx\n```\ny", "~~~ a\n```\n~~~", "> ```\n> x\n> ```", "`a\n\nb`", "````\n```\n````"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		hidden := blankCode(text)
		if len(hidden) != len(text) {
			t.Fatalf("%q became %q", text, hidden)
		}
		for i := range len(text) {
			if hidden[i] != text[i] && (hidden[i] != ' ' || text[i] == '\n') {
				t.Fatalf("%q became %q at %d", text, hidden, i)
			}
		}
	})
}

// Shortcodes are written out or kept, and nothing else is touched.
func FuzzShortcodes(f *testing.F) {
	for _, s := range []string{`{{< track "2021-04-29 10:00:00" >}}`, `{{% note %}}x{{% /note %}}`, `{{< figure src="a.png" caption="b \"c\"" link=x >}}`, `{{< ref "b.md#x" >}} {{</* no */>}}`, "`{{< x >}}`", "{{<ref>}}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if strings.ContainsAny(body, "\ue010\ue011") {
			return
		}
		h := &hugo{contentDir: "content", move: move{src: &source{FS: fstest.MapFS{}}, r: newResult(), texts: map[string]*document{}, address: map[*document]string{}}}
		d := &document{from: "content/a.md", to: "content/a.md", body: body}
		h.shortcodes(d)
		h.relink(d)
		if !strings.Contains(body, "{{") && d.body != body {
			t.Fatalf("%q became %q", body, d.body)
		}
	})
}

// What stands between the tags of a book stays, in its order.
func FuzzGitBook(f *testing.F) {
	for _, s := range []string{
		"{% hint style=\"info\" %}\na\n\n{% hint %}\nb\n{% endhint %}\n{% endhint %}\nc", "{% tabs %}\n{% tab title=\"A*\" %}\n```\n{% endtab %}\n```\n{% endtab %}\n{% endtabs %}",
		"{% embed url=\"https://a.b/c\" %}\n{% file src=\"x y.pdf\" %}", "{% endhint %}\nx", "> {% hint %}\n> a\n> {% endhint %}", "{% code title=\"a\" overflow=\"wrap\" %}\n```js\nx\n```\n{% endcode %}",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		g := &gitbook{move: move{r: newResult()}}
		d := &document{from: "a.md", body: body}
		g.convert(d)
		rest := d.body
		hidden := strings.Split(blankCode(body), "\n")
		for i, line := range strings.Split(body, "\n") {
			line = strings.TrimRight(line, " ")
			if bookTag.MatchString(hidden[i]) || strings.TrimSpace(line) == "" {
				continue
			}
			_, after, found := strings.Cut(rest, line)
			if !found {
				t.Fatalf("%q: the line %q is not in %q", body, line, d.body)
			}
			rest = after
		}
	})
}

// Whatever Statuspage answers, what is written can be read.
func FuzzStatuspage(f *testing.F) {
	for _, name := range []string{"v2/incidents.json", "v2/scheduled-maintenances.json", "v2/components.json", "v1.json", "history.atom"} {
		data, err := os.ReadFile("testdata/statuspage/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`{"incident":{"id":"../../x","name":"\u0000 \n---\n","incident_updates":[{"body":7},{"body":"a\r\n- b","status":"x"},null]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		src := &source{answers: []blob{{"x.json", data}}}
		r := newResult()
		if err := readStatuspage(context.Background(), src, r); err != nil {
			t.Fatal(err)
		}
		for _, file := range r.Files {
			if strings.Contains(file.Path, "..") {
				t.Fatalf("%q leads out of the folder", file.Path)
			}
			if file.Kind == Text {
				matterOf(t, file.Data)
			}
		}
		if settings := r.SettingsFile(); settings != "" {
			if _, problems := tree.ParseYAML("publish.yaml", 1, []byte(settings), diag.Config); problems.HasErrors() {
				t.Fatalf("%q: %v", settings, problems)
			}
		}
	})
}

// Every letter of what HTML shows is in the Markdown, in its order.
func FuzzHTML(f *testing.F) {
	for _, s := range []string{
		"<p>We <strong>see</strong> *stars* &amp; 1. things &lt;b&gt;<br>next <a href='/x y'>a [b]</a></p>", "<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul>",
		"<table><tr><th>a</th><td>b|c</td></tr></table>", "<details><summary>Hi</summary><p>x</p></details>", "<u>u</u><mark>m</mark><del>x</del><sup>2</sup>", "a_b\nc <b>d</b>\n\ne",
		"<pre><code>a\n  b</code></pre>", "<dl><dt>x<dd>y</dl>", "<var>5</var><small>x</small>", "plain\n- list\nmore", "<h2>T</h2><blockquote>q</blockquote><hr>",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !htmlTag.MatchString(text) {
			return
		}
		shown := lettersOf(shownText(text))
		rest := markdownOf(text)
		for _, c := range shown {
			i := strings.IndexRune(rest, c)
			if i < 0 {
				t.Fatalf("%q: %q is not all in %q", text, shown, markdownOf(text))
			}
			rest = rest[i+len(string(c)):]
		}
	})
}

func lettersOf(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

// shownText is the text of HTML that a reader sees.
func shownText(text string) string {
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return ""
	}
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.Type == html.ElementNode && strings.Contains(" script style template head noscript iframe textarea select title object audio video noframes noembed input svg math ", " "+n.Data+" "):
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	return b.String()
}
