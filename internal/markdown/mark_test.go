package markdown

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// TestMark: each mark is written as the number of its block and the stretch; a
// stretch that ends in ^ is the place before it.
func TestMark(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		block      int
		stretch    string
		want       string
	}{
		{"paragraph", "At 09:21 it *fell*.\n", 1, "09:21", "<p>At [09:21] it <em>fell</em>.</p>\n"},
		{"bold", "- **09:21** down\n", 1, "09:21", "<ul>\n<li><strong>[09:21]</strong> down</li>\n</ul>\n"},
		{"bold and plain", "- **Seen** at 09:21 by\n", 1, "Seen at 09:21", "<ul>\n<li><strong>Seen</strong> [at 09:21] by</li>\n</ul>\n"},
		{"no digit", "a **b c** d\n", 1, "b c d", "<p>a <strong>[b c]</strong> d</p>\n"},
		{"cells", "|a|b|\n|-|-|\n|x y|10:00|\n", 2, "x y\t10:00", `<div class="table" role="region" tabindex="0" aria-label="Table 1">` +
			"\n<table>\n<thead>\n<tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr>\n</thead>\n<tbody>\n<tr><td>x y</td><td>[10:00]</td></tr>\n</tbody>\n</table>\n</div>\n"},
		{"heading", "## 10:00 Down {#own}\n", 1, "10:00", `<h2 id="own">[10:00] Down <a class="permalink" href="#own" aria-label="Permalink: 10:00 Down">#</a></h2>` + "\n"},
		{"setext heading", "At *10:00*\n---\n", 1, "10:00", `<h2 id="at-1000">At <em>[10:00]</em> <a class="permalink" href="#at-1000" aria-label="Permalink: At 10:00">#</a></h2>` + "\n"},
		{"HTML heading", "<h2>At 10:00</h2>\n", 1, "10:00", "<h2 id=\"at-1000\">At [10:00]</h2>\n"},
		{"whole link", "a [10:00](x) b\n", 1, "10:00", `<p>a <a href="/to/x">[10:00]</a> b</p>` + "\n"},
		{"behind a link", "[a](x)10:00\n", 1, "10:00", `<p><a href="/to/x">a</a>[10:00]</p>` + "\n"},
		{"before a link", "10:00[a](x)\n", 1, "10:00", `<p>[10:00]<a href="/to/x">a</a></p>` + "\n"},
		{"between images", "![a](x)10:00![b](missing)\n", 1, "10:00",
			`<p><img src="/to/x" alt="a" width="40" height="30" loading="lazy" decoding="async">[10:00]<span class="missing">b</span></p>` + "\n"},
		{"code span", "`10:00 &<`\n", 1, "0 &<", "<p><code>10:0[0 &amp;&lt;]</code></p>\n"},
		{"escapes", "\"<&>\" \\* &eacute; 10:00 \"\n", 1, "10:00", "<p>&quot;&lt;&amp;&gt;&quot; * é [10:00] &quot;</p>\n"},
		{"control characters", "a\x1bb \x7f 10:00\n", 1, "10:00", "<p>a␛b ␡ [10:00]</p>\n"},
		{"soft line break", "at\n10:00 x\n", 1, "at 10:00", "<p>[at\n10:00] x</p>\n"},
		{"hard line break", "at\\\n10:00 x\n", 1, "at\n10:00", "<p>at<br>\n[10:00] x</p>\n"},
		{"leading spaces", "<div>\n   10:00 x</div>\n", 1, "10:00", "<div>\n   [10:00] x</div>\n"},
		{"no-break spaces", "a 10\u202fh\u00a021 b\n", 1, "10\u202fh\u00a021", "<p>a [10\u202fh\u00a021] b</p>\n"},
		{"task", "- [x] do 1\n", 1, "do 1", `<ul>` + "\n" + `<li class="task"><input type="checkbox" disabled checked aria-label="Done"> [do 1]</li>` + "\n</ul>\n"},
		{"second paragraph of an item", "- a\n\n  10:00\n", 1, "10:00", "<ul>\n<li><p>a</p>\n<p>[10:00]</p>\n</li>\n</ul>\n"},
		{"footnote in between", "a[^1] 10:00\n\n[^1]: n\n", 1, "a 10:00", `<p>a<sup id="fnref:1"><a href="#fn:1" role="doc-noteref" aria-label="Footnote 1">1</a></sup> [10:00]</p>` +
			"\n<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n<li id=\"fn:1\"><p>n <a href=\"#fnref:1\" role=\"doc-backlink\" aria-label=\"Back to text\">↩︎</a></p>\n</li>\n</ol>\n</section>\n"},
		{"caption", "![a](x \"At 10:00\")\n", 1, "10:00", `<figure><a href="/to/x"><img src="/to/x" alt="a" width="40" height="30" loading="lazy" decoding="async"></a><figcaption>At [10:00]</figcaption></figure>` + "\n"},
		{"plain code", "```log\n09:00 <\n10:00\n```\n", 1, "10:00", `<pre tabindex="0"><code class="language-log">09:00 &lt;` + "\n[10:00]\n</code></pre>\n"},
		{"coloured code", "```ini\n; x\na = 10:00 \"b\"\n```\n", 1, "a = 10:00", `<pre tabindex="0"><code class="language-ini"><span class="c">; x</span>` +
			"\n<span class=\"na\">a</span> = <span class=\"s\">[10:00] &quot;b&quot;</span>\n</code></pre>\n"},
		{"raw HTML", "<details><summary>At 10:00</summary>\nx <b>y</b></details>\n", 1, "10:00", "<details><summary>At [10:00]</summary>x <b>y</b></details>\n"},
		{"alert's title", "!!! note \"At 10:00\"\n    x\n", 1, "10:00", `<div class="alert note" role="note">` + "\n<p class=\"alert-title\">At [10:00]</p>\n<p>x</p>\n</div>\n"},
		{"a place", "a **b**\n", 1, "b^", "<p>a <strong>[]b</strong></p>\n"},
		{"the place at the end", "a **b** <br>\n\nc\n", 1, "^", "<p>a <strong>b[]</strong> <br>\n</p>\n<p>c</p>\n"},
		{"behind a link at the end", "a [b](x)\n\nc\n", 1, "^", `<p>a <a href="/to/x">b[]</a></p>` + "\n<p>c</p>\n"},
		{"only an emoji", ":smile:\n", 1, "😄", `<p><span role="img" aria-label="grinning face with smiling eyes">😄</span></p>` + "\n"},
		{"an emoji", ":smile: b\n", 1, "😄", `<p><span role="img" aria-label="grinning face with smiling eyes">😄</span>[] b</p>` + "\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc, _ := parsed(t, tt.text, Options{})
			text := doc.Blocks[tt.block-1].Text
			stretch, place := strings.CutSuffix(tt.stretch, "^")
			start := strings.LastIndex(text, stretch)
			m := Mark{Block: tt.block, Start: start, End: start + len(stretch), ID: "i"}
			if place {
				m.End = start
			}
			marked := doc.Mark([]Mark{m})
			want := strings.NewReplacer("[", `<span id="i">`, "]", "</span>").Replace(tt.want)
			if got := string(marked.AppendHTML(nil, goldenResolve)); got != want {
				t.Errorf("%q in %q:\n got %s\nwant %s", stretch, text, got, want)
			}
			if placed := strings.Contains(tt.want, "["); marked.MarkIDs[0] == "i" != placed || marked.IDs.Has("i") != placed {
				t.Errorf("ids %q, %v", marked.MarkIDs, marked.IDs)
			}
			if doc.IDs.Has("i") {
				t.Error("the document itself has changed")
			}
		})
	}
}

func TestMarkTags(t *testing.T) {
	doc, _ := parsed(t, "Today 09:21 b\n", Options{})
	event := func(kind string) []Attribute { return []Attribute{{Name: "data-event", Value: kind}} }
	for _, tt := range []struct {
		name  string
		marks []Mark
		want  string
	}{
		{"event", []Mark{{1, 6, 11, "e", event("detected"), "2020-01-02T09:21Z", 0}},
			`Today <span id="e" data-event="detected"><time datetime="2020-01-02T09:21Z">09:21</time></span> b`},
		{"event without kind or time", []Mark{{1, 6, 11, "e", event(""), "", 0}}, `Today <span id="e" data-event="">09:21</span> b`},
		{"countermeasure", []Mark{{1, 12, 13, "c", []Attribute{{Name: "data-countermeasure", Bare: true}, {Name: "data-status", Value: "do\"ne"}}, "", 0}},
			`Today 09:21 <span id="c" data-countermeasure data-status="do&quot;ne">b</span>`},
		{"same stretch", []Mark{{1, 6, 11, "a", nil, "x", 0}, {1, 6, 11, "b", nil, "", 0}},
			`Today <span id="a"><time datetime="x"><span id="b">09:21</span></time></span> b`},
		{"outer last", []Mark{{1, 6, 8, "a", nil, "", 0}, {1, 0, 13, "b", nil, "", 0}},
			`<span id="b">Today <span id="a">09</span>:21 b</span>`},
		{"overlap", []Mark{{1, 0, 8, "a", nil, "", 0}, {1, 6, 13, "b", nil, "", 0}, {1, 8, 9, "c", nil, "", 0}},
			`<span id="a">Today <span id="b">09</span></span><span id="c">:</span>21 b`},
		{"places", []Mark{{1, 6, 6, "a", nil, "", 0}, {1, 6, 11, "b", nil, "", 0}, {1, 6, 6, "c", nil, "x", 0}},
			`Today <span id="b"><span id="a"></span><span id="c"><time datetime="x"></time></span>09:21</span> b`},
		{"outside", []Mark{{0, 0, 1, "a", nil, "", 0}, {2, 0, 1, "b", nil, "", 0}, {1, 3, 2, "c", nil, "", 0}, {1, 0, 14, "d", nil, "", 0}, {1, -1, 1, "e", nil, "", 0}},
			`Today 09:21 b`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := string(doc.Mark(tt.marks).AppendHTML(nil, goldenResolve)); got != "<p>"+tt.want+"</p>\n" {
				t.Errorf(" got %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestMarkIDs(t *testing.T) {
	doc, _ := parsed(t, "# Title\n\n## T\n\n- a\n- ![i](x)\n- b\n- c\n- d\n- e\n- f\n", Options{DropTitle: true})
	var marks []Mark
	for i, id := range []string{"t", "t", "x", "t", "t-2", "title", " \"", "t"} {
		marks = append(marks, Mark{Block: i + 1, End: 1, ID: id})
	}
	marks[2].End = 0 // of the image
	marked := doc.Mark(marks)
	if want := []string{"t-2", "t-3", "", "t-4", "t-2-2", "title-2", "", "t-5"}; !slices.Equal(marked.MarkIDs, want) {
		t.Errorf("ids %q, want %q", marked.MarkIDs, want)
	}
	if got, want := marked.IDs, (IDs{"t", "t-2", "t-2-2", "t-3", "t-4", "t-5", "title-2"}); !slices.Equal(got, want) {
		t.Errorf("all ids %q", got)
	}
	if again := marked.Mark(marks); again.MarkIDs[0] != "" || string(again.AppendHTML(nil, goldenResolve)) != string(marked.AppendHTML(nil, goldenResolve)) {
		t.Error("marked twice")
	}
	feed, _ := parsed(t, "a\n", Options{Profile: Feed})
	if got := string(feed.Mark(marks[:1]).AppendHTML(nil, goldenResolve)); got != "<p>a</p>\n" {
		t.Errorf("feed: %s", got)
	}
	if got := (&Doc{}).Mark(marks).MarkIDs; len(got) != len(marks) {
		t.Error(got)
	}
}

// randomMarks are valid marks; every second one has a time.
func randomMarks(doc *Doc, random *rand.Rand) []Mark {
	var marks []Mark
	for i, b := range doc.Blocks {
		for range random.IntN(4) {
			m := Mark{
				Block: i + 1, Start: random.IntN(len(b.Text) + 1), ID: fmt.Sprint("m", random.IntN(5)),
				Attributes: []Attribute{{Name: "data-mark", Bare: true}},
			}
			m.End = m.Start + random.IntN(len(b.Text)-m.Start+1)
			if random.IntN(2) == 0 {
				m.Datetime = "2020"
				m.Attributes[0] = Attribute{Name: "data-mark", Value: "time"}
			}
			marks = append(marks, m)
		}
	}
	return marks
}

// withoutMarks takes the tags of marks out of HTML again.
func withoutMarks(out string) string {
	var b strings.Builder
	var drop []bool // for each open element
	timed := false
	for z := html.NewTokenizer(strings.NewReader(out)); ; {
		kind := z.Next()
		raw := string(z.Raw())
		switch kind {
		case html.ErrorToken:
			return b.String()
		case html.StartTagToken:
			ours := strings.Contains(raw, " data-mark") || timed
			timed = strings.Contains(raw, ` data-mark="time"`)
			if name, _ := z.TagName(); !slices.Contains(voidElements, string(name)) {
				drop = append(drop, ours)
			}
			if ours {
				continue
			}
		case html.EndTagToken:
			last := len(drop) - 1
			ours := drop[last]
			drop = drop[:last]
			if ours {
				continue
			}
		}
		b.WriteString(raw)
	}
}

// checkMarks asserts what must hold of any marks.
func checkMarks(t testing.TB, doc *Doc, marks []Mark) {
	t.Helper()
	before := string(doc.AppendHTML(nil, goldenResolve))
	marked := doc.Mark(marks)
	after := string(marked.AppendHTML(nil, goldenResolve))
	checkHTML(t, after)
	if got := withoutMarks(after); got != before {
		t.Errorf("without the marks again\n%q, was\n%q", got, before)
	}
	if marked.ExcerptText() != doc.ExcerptText() {
		t.Error("the excerpt has changed")
	}
	seen := map[string]bool{}
	for i, m := range marks {
		id := marked.MarkIDs[i]
		text := doc.Blocks[m.Block-1].Text
		switch {
		case id == "":
			if strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
				t.Errorf("mark %+v in %q stands nowhere", m, text)
			}
			continue
		case seen[id] || doc.IDs.Has(id) || !marked.IDs.Has(id) || strings.Count(after, `<span id="`+id+`" data-mark`) != 1:
			t.Errorf("id %q in %q", id, after)
		}
		seen[id] = true
		checkMarkedText(t, doc, m)
	}
}

// checkMarkedText marks one stretch alone and looks at what came to stand in it.
func checkMarkedText(t testing.TB, doc *Doc, m Mark) {
	t.Helper()
	m.Datetime = ""
	marked := doc.Mark([]Mark{m})
	out := string(marked.AppendHTML(nil, goldenResolve))
	_, inside, _ := strings.Cut(out, `<span id="`+marked.MarkIDs[0]+`" data-mark`)
	_, inside, _ = strings.Cut(inside, ">")
	inside, _, _ = strings.Cut(inside, "<")
	inside = strings.ReplaceAll(html.UnescapeString(inside), "\n", " ")
	text := doc.Blocks[m.Block-1].Text
	for m.Start > 0 && m.Start < m.End && !utf8.RuneStart(text[m.Start]) {
		m.Start--
	}
	for m.Start < m.End && m.End < len(text) && !utf8.RuneStart(text[m.End]) {
		m.End++
	}
	if wanted := strings.ReplaceAll(text[m.Start:m.End], "\n", " "); !strings.Contains(wanted, inside) {
		t.Errorf("%q of %q is marked as %q in %q", wanted, text, inside, out)
	} else if inside == "" && strings.ContainsFunc(wanted, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		t.Errorf("nothing of %q in %q is marked in %q", wanted, text, out)
	}
}

func FuzzMark(f *testing.F) {
	f.Add("- **09:21** a [b](c) `d`\n\n|a|b|\n|-|-|\n|1|2|\n", uint64(1))
	f.Add("## A &amp; \"b\"\n\n<details><summary>c</summary>d<br>e</details>\n\n```go\nfunc f() {}\n```\n", uint64(2))
	f.Add("a\nb\\\nc :smile: d[^1]![](e)\n\n[^1]: f\n", uint64(3))
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		if len(text) > 1<<12 {
			return
		}
		for _, o := range []Options{{}, {Dialect: Jekyll, DropTitle: true}} {
			doc, _ := Parse([]byte(text), o)
			checkMarks(t, doc, randomMarks(doc, rand.New(rand.NewPCG(seed, 1))))
		}
	})
}

// TestMarkedMixtures marks texts put together at random, always the same ones.
func TestMarkedMixtures(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	pieces := append(slices.Clone(fragments), " 09:21 ", "a 1 & \"2\" ", "12", "\u202f", "\n```go\nx := \"1\" // 2\n```\n", "    1\n")
	for range 3000 {
		var text strings.Builder
		for range 2 + random.IntN(14) {
			text.WriteString(pieces[random.IntN(len(pieces))])
		}
		doc, _ := Parse([]byte(text.String()), Options{DropTitle: random.IntN(2) == 0})
		checkMarks(t, doc, randomMarks(doc, random))
		if t.Failed() {
			t.Fatalf("of %q", text.String())
		}
	}
}

// TestManyMarks: one walk finds them all, and equal ids are not counted anew;
// were it not so, this test would not end.
func TestManyMarks(t *testing.T) {
	var marks []Mark
	text := strings.Repeat("09:21 a & b ", 20_000)
	for i := range 20_000 {
		marks = append(marks, Mark{Block: 1, Start: 12 * i, End: 12*i + 5, ID: "t"})
	}
	slices.Reverse(marks)
	doc, _ := Parse([]byte("```\n"+text+"\n```\n"), Options{})
	marked := doc.Mark(marks)
	if got := strings.Count(string(marked.AppendHTML(nil, goldenResolve)), ">09:21</span> a &amp;"); got != len(marks) {
		t.Errorf("%d of %d marks", got, len(marks))
	}
	if first, last := marked.MarkIDs[0], marked.MarkIDs[len(marks)-1]; first != "t" || last != "t-20000" {
		t.Errorf("ids from %q to %q", first, last)
	}
}

func BenchmarkMark(b *testing.B) {
	doc, _ := Parse([]byte(benchmarkText), Options{File: "x.md"})
	var marks []Mark
	for i, block := range doc.Blocks {
		if at := strings.Index(block.Text, "09:21"); at >= 0 {
			marks = append(marks, Mark{Block: i + 1, Start: at, End: at + 5, ID: "t-0921", Datetime: "2020-03-04T09:21:00Z", Attributes: []Attribute{{Name: "data-event"}}})
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		doc.Mark(marks)
	}
}

// TestSoftBreaks: where the author broke a line is known, though the text has a
// blank there.
func TestSoftBreaks(t *testing.T) {
	d, _ := Parse([]byte("# t\n\n*a*\nbé\\\nc\nd\n\ne\nf\n"), Options{})
	var got []string
	for _, b := range d.Blocks {
		got = append(got, fmt.Sprint(b.Text, b.Soft, b.LineStarts()))
	}
	want := []string{"t[] [0]", "a bé\nc d[1 7] [0 2 6 8]", "e f[1] [0 2]"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestMarkAroundColouredCode: code is highlighted when a page is written, and
// every mark stands where it would if it had been highlighted before.
func TestMarkAroundColouredCode(t *testing.T) {
	doc, _ := parsed(t, "a 1\n\n```ini\nb = \"2\"\n```\n\nc 3\n\n```ini\nd = \"4\"\n```\n\ne [5](x)\n", Options{})
	colour := func(a, b string) string {
		return `<pre tabindex="0"><code class="language-ini"><span class="na">` + a + `</span> = <span class="s">` + b + "</span>\n</code></pre>\n"
	}
	for _, blocks := range [][]int{{1, 3, 5}, {1, 2, 3, 4, 5}, {4}, {2, 5}} {
		var marks []Mark
		want := "<p>a [1]</p>\n" + colour("b", `[&quot;2&quot;]`) + "<p>c [3]</p>\n" + colour("d", `[&quot;4&quot;]`) + `<p>e <a href="/to/x">[5]</a></p>` + "\n"
		for i, b := range doc.Blocks {
			start, n := "[", ""
			if slices.Contains(blocks, i+1) {
				n = strconv.Itoa(i + 1)
				at := strings.LastIndexAny(b.Text, " ") + 1
				marks = append(marks, Mark{Block: i + 1, Start: at, End: len(b.Text), ID: "m" + n})
				start = `<span id="m` + n + `">`
			}
			end := "</span>"
			if n == "" {
				start, end = "", ""
			}
			want = strings.Replace(strings.Replace(want, "[", start, 1), "]", end, 1)
		}
		if got := string(doc.Mark(marks).AppendHTML(nil, goldenResolve)); got != want {
			t.Errorf("marks in %v:\n got %s\nwant %s", blocks, got, want)
		}
	}
}

// An image that has a figure to itself is in no block, and can be marked too.
func TestMarkImage(t *testing.T) {
	doc, _ := parsed(t, "Text.\n\n![a](b.png)\n\n[![c](d.png)](e.png)\n", Options{})
	m := Mark{Attributes: []Attribute{{Name: "class", Value: "m"}}}
	marks := []Mark{m, m}
	for i, l := range doc.Links {
		if l.Image {
			marks[i/2].Image = i + 1
		}
	}
	html := string(doc.Mark(marks).AppendHTML(nil, goldenResolve))
	for _, want := range []string{`<figure><span class="m"></span><a href="/to/b.png"><img src="/to/b.png"`, `<span class="m"></span><img src="/to/d.png"`} {
		if !strings.Contains(html, want) {
			t.Errorf("%s\nis not in\n%s", want, html)
		}
	}
	if strings.Contains(string(doc.AppendHTML(nil, goldenResolve)), "<span") {
		t.Error("the document itself is marked")
	}
}
