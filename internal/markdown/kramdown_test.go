package markdown

import (
	"strings"
	"testing"
)

// TestHiddenInJekyll: what Jekyll hides does not come out, and nothing else is
// lost.
func TestHiddenInJekyll(t *testing.T) {
	for name, text := range map[string]string{
		"liquid in a fence":       "a\n\n```sh\none\n  {% comment %}\n  hidden\n  {% endcomment %}\ntwo\n```\n\nlast\n",
		"liquid around a fence":   "a one two\n\n{% comment %}\n```\nhidden\n```\n{% endcomment %}\n\nlast\n",
		"liquid in a line":        "```\none {%- comment -%}hidden{%- endcomment -%} two\n```\nlast\n",
		"liquid in highlight":     "{% highlight sh %}\none\n{% comment %}hidden{% endhighlight %}{% endcomment %}\ntwo\n{% endhighlight %}\n\nlast\n",
		"liquid in liquid":        "one {% comment %}a{% comment %}hidden{% endcomment %}hidden{% endcomment %} two\n\nlast\n",
		"liquid without its end":  "one {% comment %}a{% comment %}hidden{% endcomment %} two\n\nlast\n",
		"liquid behind highlight": "{% highlight sh %}\none{% comment %}hidden{% endcomment %}\n{% endhighlight %}\ntwo {% highlight x %}{% comment %}last\n",
		"block":                   "one\n\n{::comment}\nhidden\n\n```\nhidden\n{:/comment}\n\ntwo\n\nlast\n",
		"block, short":            "one\n\n{::comment}\nhidden\n\nhidden\n{:/}\n\ntwo\n\nlast\n",
		"block in a list":         "- one\n\n    {::comment}\n    hidden\n\n    hidden\n    {:/}\n\n    two\n\nlast\n",
		"block in a quotation":    "> one\n> {::comment}\n> hidden\n> {:/}\n> two\n\nlast\n",
		"in a line":               "one {::comment}hidden{:/comment} two {::comment}hidden\nhidden{:/} last\n",
		"at a line's start":       "{::comment}hidden{:/comment} one\ntwo\n\nlast\n",
	} {
		doc, _ := Parse([]byte(text), Options{Dialect: Jekyll})
		out := string(doc.AppendHTML(nil, goldenResolve))
		checkHTML(t, out)
		for _, text := range []string{out, doc.Text(), doc.excerptText} {
			if strings.Contains(text, "hidden") {
				t.Errorf("%s: it comes out: %s", name, text)
			}
		}
		for _, word := range []string{"one", "two", "last"} {
			if !strings.Contains(out, word) {
				t.Errorf("%s: %q is lost in %s", name, word, out)
			}
		}
		if strings.Contains(out, "comment") && !strings.Contains(name, "behind") || strings.Contains(out, "{:/") {
			t.Errorf("%s: a mark is left in %s", name, out)
		}
	}
}

// TestBracesInCode: what only looks a little like kramdown's is the author's.
func TestBracesInCode(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"indented":         {"a\n\n    {:ok, pid}\n    {:ok}\n\n    {::comment}\n    b\n    {:/}\n", "{:ok, pid}\n{:ok}\n\n{::comment}\nb\n{:/}\n"},
		"indented by tabs": {"a\n\n\t{: .x}\n", "{: .x}\n"},
		"in a list":        {"- a\n\n      {:ok, pid}\n", "{:ok, pid}"},
		"fenced":           {"```\n{: .x}\n{::comment}\nb\n{:/}\n```\n", "{: .x}\n{::comment}\nb\n{:/}\n"},
		"a span":           {"a `{::comment}b{:/}` c", "{::comment}b{:/}"},
		"text":             {"a\n\n{:ok, pid}\n", "{:ok, pid}"},
		"behind a link":    {"[a](b){:ok, pid}", "{:ok, pid}"},
	} {
		doc, _ := Parse([]byte(test.text), Options{Dialect: Jekyll})
		if !strings.Contains(doc.Text(), test.want) {
			t.Errorf("%s: got %q", name, doc.Text())
		}
	}
	for _, list := range []string{
		"{: .class #id key=\"v\" }", "{:.class}", "{:.a.b}", "{: .a .b}", "{:#id}", "{:toc}", "{:target=\"_blank\" rel='x y'}", "{: width=50%}",
		"{:name: .x}", "{::options toc_levels=\"1..3\" /}", "{::nomarkdown}", "{:/nomarkdown}", "{:/}", "{: }", "{:.a#b}", "{: width=\"5\" height=\"6\"}",
	} {
		for _, text := range []string{"a\n" + list + "\n\nb\n", "a\n\n" + list + "\nb\n", "- a\n\n    b\n    " + list + "\n"} {
			doc, _ := Parse([]byte(text), Options{Dialect: Jekyll})
			if strings.Join(strings.Fields(doc.Text()), "") != "ab" {
				t.Errorf("%q: got %q", text, doc.Text())
			}
		}
	}
}
