package markdown

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"publish/internal/block"
	"publish/internal/diag"
	"publish/internal/spill"
)

func TestTitle(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		title      string
		level      int
		place      string
		first      bool
		shown      string // levels of Headings with DropTitle
		id         string
	}{
		{"plain", "# A *b* `c`\n\n## D\n", "A b c", 1, "x.md:1:1", true, "2", "a-b-c"},
		{"after text", "text\n\n### A &amp; b\n# C\n## D\n", "A & b", 3, "x.md:3:1", false, "23", "a--b"},
		{"after a comment", "<!-- c -->\n# A\n", "A", 1, "x.md:2:1", true, "", "a"},
		{"setext", "A\nb\n===\n\nC\n---\n", "A b", 1, "x.md:1:1", true, "2", "a-b"},
		{"html", "<h1 align=center>A <b>b</b></h1>\n\n## C\n", "A b", 1, "x.md:1:1", true, "2", "a-b"},
		{"own id", "# A {#own}\n# Own\n", "A", 1, "x.md:1:1", true, "2", "own"},
		{"none", "text\n", "", 0, "", false, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, drop := range []bool{false, true} {
				doc, _ := parsed(t, tt.text, Options{DropTitle: drop})
				if doc.Title != tt.title || doc.TitleLevel != tt.level || doc.TitlePos.String() != tt.place || doc.TitleFirst != tt.first {
					t.Errorf("drop %v: %q %d %v %v", drop, doc.Title, doc.TitleLevel, doc.TitlePos, doc.TitleFirst)
				}
				if !drop {
					continue
				}
				shown := ""
				for _, h := range doc.Headings {
					shown += fmt.Sprint(h.Shown)
				}
				if shown != tt.shown || doc.TitleID != tt.id || doc.IDs.Has(tt.id) {
					t.Errorf("shown %q, title's id %q, ids %v", shown, doc.TitleID, doc.IDs)
				}
			}
		})
	}
}

func TestOutline(t *testing.T) {
	for levels, want := range map[string]string{
		"1": "2", "3": "2", "13": "23", "1232": "2343", "313": "223", "123456": "234566", "1121": "2232", "24": "23", "436": "223",
	} {
		var text strings.Builder
		for i, level := range levels {
			fmt.Fprintf(&text, "%s H%d\n\n", strings.Repeat("#", int(level-'0')), i)
		}
		doc, _ := parsed(t, text.String(), Options{})
		got := ""
		for _, h := range doc.Headings {
			got += fmt.Sprint(h.Shown)
		}
		if got != want {
			t.Errorf("%s is shown as %s, want %s", levels, got, want)
		}
	}
}

func TestIDs(t *testing.T) {
	text := "# A\n# A\n# A-1\n# a\n\n<a id=\"b\"></a>\n\n# B\n# C {#a-2}\n# D {#a-2}\n# ?!\n# fn:1 {#fn:1}\n# E\u0301te\u0301\n" +
		"x[^1] <span id=\"fnref:1\">y</span> <i id=b>z</i>\n\n[^1]: n\n"
	doc, _ := parsed(t, text, Options{})
	var got []string
	for _, h := range doc.Headings {
		got = append(got, h.ID)
	}
	want := []string{"a", "a-1", "a-1-1", "a-3", "b-1", "a-2", "d", "section", "fn1", "été"}
	if !slices.Equal(got, want) {
		t.Errorf("ids %q, want %q", got, want)
	}
	for _, id := range append(want, "b", "fn:1", "fnref:1") {
		if !doc.IDs.Has(id) {
			t.Errorf("%q is not among the ids %v", id, doc.IDs)
		}
	}
}

func TestExcerpt(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"not of labels", "**Severity:** SEV1\n**Owner:**\n**Date**: 2024-05-01 10:00\n\n## Summary\n\nOne.\n", "One."},
		{"not of plain labels", "Severity: SEV1\nStatus: over\n\nOne.\n", "One."},
		{"of labels, for want of others", "**Severity:** SEV1\n\n- One\n", "Severity: SEV1"},
		{"a label before a sentence", "**Summary:** It was down.\n\nTwo.\n", "Summary: It was down."},
		{"a sentence with a colon", "In short: it was down\n\nTwo.\n", "In short: it was down"},
		{"first paragraph", "# T\n\nOne *a*[^1].\n\nTwo\n\n[^1]: n\n", "One a."},
		{"more", "# T\n\nOne\n\n- a\n\n<!--more-->\n\nTwo\n", "One\na"},
		{"more in a line", "One <!-- MORE --> two\n\nThree\n", "One"},
		{"more in a list", "- a\n- b <!-- more -->\n- c\n", "a\nb"},
		{"link", "See [x](y.md) and <a href=z id=q>w</a>\n", "See x and w"},
		{"after an image", "![a](b.png)\n\ntext\n", "text"},
		{"in an alert", "> [!NOTE]\n> text\n", "text"},
		{"only a list", "- a\n", ""},
		{"heading in html", "<h1>T</h1>\n\nOne\n\n<!-- more -->\n", "One"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc, _ := parsed(t, tt.text, Options{})
			if got := doc.ExcerptText(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestBlocks(t *testing.T) {
	text := strings.Join([]string{
		"## Time\u202fline `x`",
		"",
		"* **9\u00a0h\u00a021** [up](x.md)\\",
		"  next <br> line",
		"  1. [x] inner",
		"* ",
		"",
		"> loose",
		"",
		"a | b",
		"--|--",
		"1<br>2 | `c` :smile:",
		"",
		"```log",
		"10:00 x",
		"```",
		"<details><summary>More</summary>",
		"tail <b>é</b> end",
		"</details>",
		"",
		"é ![i](i.png) é [w](w)",
	}, "\n")
	doc, _ := parsed(t, text, Options{Line: 5})
	var got []string
	for _, b := range doc.Blocks {
		got = append(got, fmt.Sprintf("%d %d %d %d %v %d:%d %q %q", b.Kind, b.Depth, b.List, b.Task, b.Head, b.Pos.Line, b.Pos.Column, b.Text, b.Cells))
	}
	want := []string{
		`1 2 0 0 false 5:1 "Time\u202fline x" []`,
		`3 1 1 0 false 7:3 "9\u00a0h\u00a021 up\nnext \n line" []`,
		`3 2 2 2 false 9:10 "inner" []`,
		`3 1 1 0 false 10:1 "" []`,
		`2 0 0 0 false 12:3 "loose" []`,
		`4 0 3 0 true 14:1 "a\tb" ["a" "b"]`,
		`4 0 3 0 false 16:1 "1\n2\tc 😄" ["1\n2" "c 😄"]`,
		`5 0 0 0 false 19:1 "10:00 x" []`,
		`2 0 0 0 false 21:19 "More" []`,
		`2 0 0 0 false 22:1 "tail é end" []`,
		`2 0 0 0 false 25:1 "é  é w" []`,
	}
	for i := range max(len(got), len(want)) {
		g, w := "", ""
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Errorf("block %d\n got %s\nwant %s", i, g, w)
		}
	}
	var links []string
	for _, l := range doc.Links {
		links = append(links, fmt.Sprintf("%s %s %v %d:%d", l.Dest, l.Text, l.Image, l.Pos.Line, l.Pos.Column))
	}
	if want := []string{"x.md up false 7:14", "i.png i true 25:3", "w w false 25:17"}; !slices.Equal(links, want) {
		t.Errorf("links %q", links)
	}
	for text, some := range map[string]bool{"": false, "```\na b\n```\n": false, "![](a.png)\n": false, "…\n\n- —\n": false, "…\n\n```\na\n```\n\n- é\n": true, "日": true, "장애": true} {
		if doc, _ := Parse([]byte(text), Options{}); doc.HasWords != some {
			t.Errorf("%q has words: %t", text, doc.HasWords)
		}
	}
}

// TestListsThatNumbersSpan checks that a list between the numbers of another is
// below them, since without indentation it ends that list.
func TestListsThatNumbersSpan(t *testing.T) {
	for text, want := range map[string]string{
		"1. a\n\n- x\n  - y\n\n2. b\n3. c\n\n- z\n":   "a1 x2 y3 b1 c1 z2",
		"1. a\n2. b\n\n- x\n\n3. c\n":                 "a1 b1 x2 c1",
		"1. a\n2. b\n\n- x\n":                         "a1 b1 x1",
		"1. a\n\n- x\n\n1. b\n":                       "a1 x1 b1",
		"1. a\n\n- x\n\n3. c\n":                       "a1 x1 c1",
		"1. a\n\n- x\n\n# h\n\n2. b\n\ntext\n\n- z\n": "a1 x1 b1 z1",
		"- a\n\n1. x\n\n- b\n":                        "a1 x1 b1",
	} {
		doc, _ := parsed(t, text, Options{})
		var got []string
		for _, b := range doc.Blocks {
			if b.Kind == block.Item {
				got = append(got, fmt.Sprint(b.Text, b.Depth))
			}
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

// TestPlacesSurviveTags checks that putting tags aside moves no place.
func TestPlacesSurviveTags(t *testing.T) {
	text := "a {{ x }} é [l]({{ site.baseurl }}/a \"{{ t }}\") {% raw %}{{ y }}{% endraw %} [m](b)\r\n" +
		"{% highlight x %}\r\n[no](link)\r\n{% endhighlight %}\r\n{% comment %}\nhidden\n{% endcomment %}[n](c)\n{: .x}\n\n![](d.png)\n"
	doc, diags := parsed(t, text, Options{Dialect: Jekyll, Line: 10})
	lines := strings.Split(text, "\n")
	for _, l := range doc.Links {
		line := []rune(lines[l.Pos.Line-10])
		rest := string(line[l.Pos.Column-1:])
		if !strings.HasPrefix(rest, "["+l.Text+"](") && !strings.HasPrefix(rest, "![](") {
			t.Errorf("%q stands at %v, where there is %q", l.Dest, l.Pos, rest)
		}
	}
	if len(doc.Links) != 4 {
		t.Errorf("links %+v", doc.Links)
	}
	for _, d := range diags {
		if d.Code == diag.AltMissing && (d.Line != 19 || d.Column != 1) || d.Code == diag.TagUnknown && d.Line != 10 {
			t.Errorf("%v %s", d.Pos, d.Message)
		}
	}
}

func TestSafeURL(t *testing.T) {
	for _, bad := range []string{
		"javascript:x", "JAVA\tSCRIPT:x", " \x01javascript:x", "java\nscript:x", "vbscript:x", "data:text/html,x", "DATA:x",
		"javascript&colon;x", "&#106;avascript:x", "java%73cript:x", "%6aavascript%3ax", "file:///etc", "blob:x", "ftp://x", "x-y:z",
	} {
		if got := safeURL(bad); got != "" {
			t.Errorf("%q comes out as %q", bad, got)
		}
	}
	for in, want := range map[string]string{
		"https://a/b?c=d&e#f": "https://a/b?c=d&e#f", "/a b": "/a%20b", "mailto:a@b": "mailto:a@b", "tel:+33": "tel:+33",
		"../é.md#ü": "../é.md#ü", "a%20b": "a%20b", "#x:y": "#x:y", "./12:30.png": "./12:30.png", "": "", `a"<b>`: "a%22%3Cb%3E",
	} {
		if got := safeURL(in); got != want {
			t.Errorf("%q comes out as %q, want %q", in, got, want)
		}
	}
	doc, _ := Parse([]byte("[a](x) ![b](y)"), Options{})
	out := string(doc.AppendHTML(nil, func(*Link) Target { return Target{URL: "java\tscript:alert(1)"} }))
	if out != "<p>a <span class=\"missing\">b</span></p>\n" {
		t.Error(out)
	}
}

func TestWords(t *testing.T) {
	o := Options{Words: func(key string) string { return "<" + key + ">" }}
	doc, _ := parsed(t, "> [!TIP]\n> x\n\n# H\n", o)
	out := string(doc.AppendHTML(nil, goldenResolve))
	for _, want := range []string{"&lt;tip&gt;", `aria-label="&lt;permalink&gt; H"`} {
		if !strings.Contains(out, want) {
			t.Errorf("%q lacks %q", out, want)
		}
	}
}

// hostileTexts make Markdown parsers slow: without our bounds some of them take
// minutes. A larger scale makes them shorter.
func hostileTexts(scale int) map[string]string {
	r := strings.Repeat
	var nested, notes, manyNotes strings.Builder
	for i := range 20000 / scale {
		fmt.Fprintf(&manyNotes, "[^%d]: x [^%d]\n\n", i, i+1)
	}
	for i := range 1500 / scale {
		nested.WriteString(r(" ", 2*i) + "- x\n")
		fmt.Fprintf(&notes, "[^%d]: x\n", i)
	}
	return map[string]string{
		"images":        r("![](", 20000/scale),
		"links":         r("[a](", 37500/scale),
		"link titles":   r("[a](b \"c", 20000/scale),
		"link parens":   r("[a](()", 25000/scale),
		"link angles":   r("[a](<", 30000/scale),
		"references":    r("[a][", 37500/scale),
		"brackets":      r("[", 30000/scale) + r("]", 30000/scale),
		"links in text": r("[", 20000/scale) + "[a](b)" + r("](b)", 20000/scale),
		"stars":         r("a**b", 18000/scale) + r("c* ", 25000/scale),
		"deep stars":    r("*", 70000/scale) + "a" + r("*", 70000/scale),
		"wide table":    r("|a", 5000/scale) + "\n" + r("|-", 5000/scale) + "\n" + r("|x\n", 500/scale),
		"quotations":    r(">", 50000/scale) + "x",
		"lists":         nested.String(),
		"list markers":  r("- ", 1500/scale) + "x",
		"headings":      r("# same\n\n", 20000/scale),
		"open tags":     r("<b><div>", 20000/scale),
		"open tables":   r("<table><tr><td>", 10000/scale),
		"open headings": r("<h1>", 20000/scale),
		"forms":         r("<form>\n\n", 10000/scale),
		"comments":      r("<!--", 40000/scale),
		"notes":         notes.String() + r("[^1]", 10000/scale),
		"note in note":  r("[^1]: ", 60000/scale),
		"many notes":    manyNotes.String(),
		"definitions":   r("[a]: b\n", 60000/scale),
		"labels":        r("a [x]\n", 60000/scale),
		"open blocks":   r("<div>\n", 60000/scale),
		"attributes":    "<p" + manyAttributes(100_000/scale) + ">",
		"addresses":     r("a@", 50000/scale) + r("(http://a.b/", 10000/scale),
		"tags":          r("{% raw %}{% highlight x %}\n{{ <%", 5000/scale),
		"hints":         r("{% hint style=\"info\" %}\n", 5000/scale),
		"code":          r("```js\n"+r("/*(((", 3000/scale)+"\n```\n", 8),
		"entities":      r("&#27;\\", 20000/scale),
	}
}

// TestHostileTexts: they come out whole and bounded. How long they take at full
// length is BenchmarkHostileTexts' to say; here a quadratic one would show as a
// test that does not end.
func TestHostileTexts(t *testing.T) {
	for name, text := range hostileTexts(4) {
		doc, _ := Parse([]byte(text), Options{Dialect: Jekyll})
		out := doc.AppendHTML(nil, goldenResolve)
		if len(out) > 30*len(text) {
			t.Errorf("%s grows from %d to %d bytes", name, len(text), len(out))
		}
		checkTags(t, string(out))
	}
}

func BenchmarkHostileTexts(b *testing.B) {
	for name, text := range hostileTexts(1) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Parse([]byte(text), Options{Dialect: Jekyll})
			}
		})
	}
}

func TestLimitsAreSaid(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("|a", 300) + "\n" + strings.Repeat("|-", 300) + "\n",
		strings.Repeat("a*b ", 5000),
		strings.Repeat("> ", 100) + "x",
		strings.Repeat("[a](", 20000),
		strings.Repeat("[", 5000),
		strings.Repeat("[^1]: ", 100) + "x",
		strings.Repeat("[a]: b\n", 6000),
		"<p" + manyAttributes(300) + ">",
	} {
		if _, diags := parsed(t, text, Options{}); len(diags) != 1 || diags[0].Code != diag.HTMLDropped {
			t.Errorf("%.20q: %v", text, diags)
		}
	}
}

func manyAttributes(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " a%d=b", i)
	}
	return b.String()
}

func TestParallel(t *testing.T) {
	var wg sync.WaitGroup
	want := render(benchmarkText)
	for range 8 {
		wg.Go(func() {
			for range 5 {
				if got := render(benchmarkText); got != want {
					t.Error("not the same")
				}
			}
		})
	}
	wg.Wait()
}

func render(text string) string {
	doc, _ := Parse([]byte(text), Options{File: "x.md"})
	return string(doc.AppendHTML(nil, goldenResolve))
}

// benchmarkText is 4 kB of what a postmortem usually holds.
var benchmarkText = `# Checkout was down

On **4 March** the checkout of all shops was down for two hours, because a [deploy](deploy.md) changed the pool
of database connections. No data was lost, and nobody was charged twice; see https://status.example.com/x for more.

## Timeline

All times are UTC.

` + strings.Repeat("- **09:21** the new version is deployed by `deploybot` to the first ten hosts, see [#123](https://example.com/123)\n", 12) + `
## Impact

| Who | Count | Share |
|-----|------:|------:|
` + strings.Repeat("| shops in Europe | 1 200 | 12 % |\n", 8) + `
![Connections over time](pool.png "Connections over time")

## Root cause

` + strings.Repeat("The pool was sized for the old driver, which opened a connection per *request*; the new one keeps them.\n", 8) + `
` + "```yaml\npool:\n  size: 10\n  timeout: 5s\n```\n" + `
## What we do

- [x] put the old size back
- [ ] alert when more than 80 % are in use
- [ ] rehearse the rollback[^1]

[^1]: Every quarter.
`

func BenchmarkParse(b *testing.B) {
	text := []byte(benchmarkText)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(text, Options{File: "x.md", DropTitle: true})
	}
}

func BenchmarkAppendHTML(b *testing.B) {
	doc, _ := Parse([]byte(benchmarkText), Options{File: "x.md"})
	var dst []byte
	b.ReportAllocs()
	for b.Loop() {
		dst = doc.AppendHTML(dst[:0], goldenResolve)
	}
}

func TestLinksOfBlocks(t *testing.T) {
	doc, _ := parsed(t, "See *[a b](x.md)* and <https://e.example/>, ![i](i.png).\n\n- [ ] [#3](https://e.example/3): do\n  1. <a href=\"y\">why</a> [](none)\n\n"+
		"| A | B |\n|---|---|\n| one | [two **three**](z) |\n\n> [q][r]\n\n[r]: https://e.example/r\n\n<div><a href=\"w\">loose</a></div>\n", Options{})
	var got []string
	for _, b := range doc.Blocks {
		for _, l := range b.Links {
			got = append(got, b.Text[l.Start:l.End]+" "+l.Dest)
		}
	}
	want := []string{"a b x.md", "https://e.example/ https://e.example/", "#3 https://e.example/3", "why y", "two three z", "q https://e.example/r", "loose w"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// Lines that are left out are as if they were not there, and the places behind
// them are true.
func TestOmit(t *testing.T) {
	doc, _ := parsed(t, "| a |\n|---|\n| b |\n\nsecret\n\n| c |\n\n[d](e)\n", Options{Omit: []int{4, 5, 6}})
	if html := string(doc.AppendHTML(nil, noTargets)); strings.Count(html, "<tr>") != 3 || strings.Contains(html, "secret") {
		t.Error(html)
	}
	if pos := doc.Links[0].Pos; pos.Line != 9 || pos.Column != 1 {
		t.Error(pos)
	}
}

func noTargets(*Link) Target { return Target{} }

// TestSections: each heading has its own text, also one written in HTML, and none
// is left of what an element takes with it.
func TestSections(t *testing.T) {
	for text, want := range map[string]string{
		"a\n\n# b\n\nc\n\n<h2>d <b>e</b></h2>\n\nf\n\n## g\n\nh\n": ":a b:c d e:f g:h",
		"# a\n\nb\n\n<iframe>\n\n## c\n\nd\n\n</iframe>\n\ne\n":    ": a:b\ne",
		"## a\n\n## b": ": a: b:",
	} {
		doc, _ := Parse([]byte(text), Options{})
		var got []string
		for _, s := range doc.Sections(new(spill.Room)) {
			name := ""
			if s.Heading != nil {
				name = s.Heading.Text
			}
			got = append(got, name+":"+s.Text)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestMayGiveIDs: it looks for less than it says, and finds as much.
func TestMayGiveIDs(t *testing.T) {
	for _, text := range []string{"", "=", "id=", "d=", "a = b id=", "name", "name=", "ame=", "x==id", "{#", "{ #", "# a {#b}", "i\nd="} {
		want := strings.Contains(text, "{#") || strings.Contains(text, "id=") || strings.Contains(text, "name=")
		if got := mayGiveIDs([]byte(text)); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}

// TestUnclosedComments: each is told, also one that ends its line, which the parser
// takes apart.
func TestUnclosedComments(t *testing.T) {
	for text, want := range map[string]int{
		"a <!--\n\nb -->\n":   1,
		"a <!-- b\n\nc -->\n": 1,
		"<!-- a\n-->\n":       0,
		"a <!-- b --> <!--\n": 1,
		"a \\<!-- b\n":        0,
		"`<!--`\n":            0,
	} {
		if _, diags := Parse([]byte(text), Options{}); len(diags) != want || want > 0 && diags[0].Code != diag.InternalMark {
			t.Errorf("%q: %v", text, diags)
		}
	}
}

// TestEmptyParagraph: a paragraph of which nothing is left is left out, behind an
// image that no figure holds as well.
func TestEmptyParagraph(t *testing.T) {
	for _, before := range []string{"", "a\n\n", "<img src=\"x\" alt=\"y\">\n\n"} {
		doc, _ := parsed(t, before+"</b></i>\n\nb\n", Options{})
		if out := string(doc.AppendHTML(nil, goldenResolve)); strings.Contains(out, "<p></p>") {
			t.Errorf("%q is written as %q", before, out)
		}
	}
}
