package content

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"publish/internal/diag"
	"publish/internal/pattern"
)

func TestCutInternal(t *testing.T) {
	for _, test := range []struct{ name, text, public, internal string }{
		{"no mark", "a <b> <!-- c --> d\n", "a <b> <!-- c --> d\n", "a <b> <!-- c --> d\n"},
		{"a block", "a\n<!-- internal -->\nsecret\n<!-- /internal -->\nb\n", "a\n\n\n\nb\n", "a\n\nsecret\n\nb\n"},
		{"in a line", "a <!-- internal -->secret<!-- /internal --> b", "a  b", "a secret b"},
		{"no spaces", "<!--internal-->s<!--/internal-->", "", "s"},
		{"capitals", "<!-- Internal -->s<!-- /INTERNAL -->", "", "s"},
		{"inner spaces", "<!--\tinternal  -->s<!-- / internal -->", "", "s"},
		{"a mark of two lines", "<!--\ninternal\n-->s<!-- /internal -->\nb", "\n\n\nb", "\n\ns\nb"},
		{"two parts", "<!-- internal -->1<!-- /internal -->a<!-- internal -->2<!-- /internal -->b", "ab", "1a2b"},
		{"in front matter", "---\ntitle: a\n# <!-- internal -->\nowner: x\n# <!-- /internal -->\n---\n", "---\ntitle: a\n# \n\n\n---\n", "---\ntitle: a\n# \nowner: x\n# \n---\n"},
		{"in code", "```\n<!-- internal -->\nx\n<!-- /internal -->\n```", "```\n\n\n\n```", "```\n\nx\n\n```"},
		{"shown escaped", "write &lt;!-- internal --&gt;", "write &lt;!-- internal --&gt;", "write &lt;!-- internal --&gt;"},
		{"sentences are comments", "<!-- internal note: check the numbers --> <!-- see the internal wiki -->", "<!-- internal note: check the numbers --> <!-- see the internal wiki -->", "<!-- internal note: check the numbers --> <!-- see the internal wiki -->"},
		{"other words", "<!-- external --> <!-- international --> <!-- interval --> <!-- end -->", "<!-- external --> <!-- international --> <!-- interval --> <!-- end -->", "<!-- external --> <!-- international --> <!-- interval --> <!-- end -->"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for keep, want := range map[bool]string{false: test.public, true: test.internal} {
				got, _, diags := cutInternal("x.md", []byte(test.text), keep)
				if len(diags) > 0 {
					t.Errorf("keep %v: %v", keep, diags)
				}
				if string(got) != want {
					t.Errorf("keep %v: got %q, want %q", keep, got, want)
				}
				if strings.Count(string(got), "\n") != strings.Count(test.text, "\n") {
					t.Errorf("keep %v: the lines moved", keep)
				}
			}
		})
	}
}

// What other tools have for the purpose stops the build, and words that only
// look so do not.
func TestOtherFormsOfInternal(t *testing.T) {
	for text, want := range map[string]bool{
		"![bill](a.png){: .internal}":                   true,
		"![bill](a.png){internal=true}":                 true,
		"Text.\n{: .internal}\n":                        true,
		"::: internal\nx\n:::":                          true,
		":::{.internal}\nx\n:::":                        true,
		"!!! internal\n    x":                           true,
		"> [!INTERNAL]\n> x":                            true,
		"{% internal %}x{% endinternal %}":              true,
		"<div class=\"internal\">x</div>":               true,
		"<img src=a.png internal>":                      true,
		"<p data-audience=\"internal\">x</p>":           true,
		"<internal>x</internal>":                        true,
		"<private>x</private>":                          true,
		"<redact reason=\"x\">y</redact>":               true,
		"[internal]x[/internal]":                        true,
		"[[redacted: x]]y[[/redacted]]":                 true,
		"[//]: # (internal)\nx\n[//]: # (/internal)":    true,
		"[comment]: <> (private)\nx":                    true,
		"%% internal\nx\n%%":                            true,
		"```internal\nx\n```":                           true,
		"~~~ {.internal}\nx\n~~~":                       true,
		"::: private\nx\n:::":                           true,
		"> [!PRIVATE]\n> x":                             true,
		"{% if internal %}x{% endif %}":                 true,
		"{% if site.audience == \"internal\" %}x":       true,
		"{% comment %}x{% endcomment %}":                true,
		"{{% private %}}x{{% /private %}}":              true,
		"{# internal #}x":                               true,
		"<%# internal %>x":                              true,
		"{/* redact: x */}y{/* /redact */}":             true,
		"<div class=internal>x</div>":                   true,
		"<div class=\"note internal\">x</div>":          true,
		"<div hidden>x</div>":                           true,
		"<p style=\"display: none\">x</p>":              true,
		"<a class=\"reference internal\" href=\"#x\">":  false,
		"<input type=\"hidden\" name=\"x\">":            false,
		"```html\n<div class=\"internal\" hidden>\n```": false,
		"the attribute `<div hidden>` hides":            false,
		"a vector<private> and {% link internal.md %}":  false,
		"```\n</internal>\n```\n\n{% include x.md %}":   false,
		"the internal network (internal) {internal}":    false,
		"`{at: 1, internal: true}` and /x/{internal}/":  false,
		"<a class=\"internal-link\" href=x>x</a>":       false,
		"<a href=\"/internal\">internal</a>":            false,
		"> [!NOTE]\n> internal":                         false,
		"an internal server error ::: internal":         false,
	} {
		d := &reader{settings: &settings{}, Document: &Document{Path: "x.md"}}
		if d.refuseOtherForms([]byte(text)); d.diags.HasErrors() != want {
			t.Errorf("%q: %v", text, d.diags)
		}
	}
}

func TestWrongMarks(t *testing.T) {
	for _, test := range []struct {
		text, message string
		line, column  int
	}{
		{"a\n<!-- internal -->\nx", "the mark `<!-- internal -->` is never closed", 2, 1},
		{"a <!-- /internal -->", "the mark `<!-- /internal -->` closes nothing", 1, 3},
		{"<!-- internal -->\n é <!-- internal --><!-- /internal -->", "the mark `<!-- internal -->` stands inside an internal part", 2, 4},
		{"<!-- intern -->x<!-- /intern -->", "`<!-- intern -->` looks like a mark of an internal part, and is none", 1, 1},
		{"<!-- interal -->", "`<!-- interal -->` looks like a mark of an internal part, and is none", 1, 1},
		{"<!-- internal -->x<!-- end internal -->", "`<!-- end internal -->` looks like a mark of an internal part, and is none", 1, 19},
		{"<!-- endinternal -->", "`<!-- endinternal -->` looks like a mark of an internal part, and is none", 1, 1},
		{"<!-- internal: -->", "`<!-- internal: -->` looks like a mark of an internal part, and is none", 1, 1},
		{"<!-- INTERNAL ONLY -->", "`<!-- INTERNAL ONLY -->` looks like a mark of an internal part, and is none", 1, 1},
		{`<!-- \internal -->`, "`<!-- \\internal -->` looks like a mark of an internal part, and is none", 1, 1},
		{"<!— internal —>", "`<!— internal —>` looks like a mark of an internal part, and is none", 1, 1},
		{"<-- internal -->", "`<-- internal -->` looks like a mark of an internal part, and is none", 1, 1},
		{"<!- internal ->", "`<!- internal ->` looks like a mark of an internal part, and is none", 1, 1},
		{"<!--- internal --->", "`<!--- internal --->` looks like a mark of an internal part, and is none", 1, 1},
		{"< !-- internal -->", "`< !-- internal -->` looks like a mark of an internal part, and is none", 1, 1},
		{"{/* internal */}", "`{/* internal */}` looks like a mark of an internal part, and is none", 1, 1},
		{"<!-- interne -->", "`<!-- interne -->` looks like a mark of an internal part, and is none", 1, 1},
		{"<!-- internal notes -->SECRET<!-- /internal notes -->", "`<!-- /internal notes -->` looks like the end of an internal part, and is none", 1, 30},
		{"<!-- private notes -->x<!-- /private -->", "`<!-- /private -->` looks like the end of an internal part, and is none", 1, 24},
		{"<!-- private -->x<!-- public -->", "`<!-- private -->` looks like a mark of an internal part, and is none", 1, 1},
		{"<!-- begin confidential section -->x", "`<!-- begin confidential section -->` looks like a mark of an internal part, and is none", 1, 1},
		{"<!-- audience: internal -->x<!-- audience: public -->", "`<!-- audience: internal -->` looks like a mark of an internal part, and is none", 1, 1},
		{"<!-- not public -->x", "`<!-- not public -->` looks like a mark of an internal part, and is none", 1, 1},
		{"<!-- 内部 -->x", "`<!-- 内部 -->` looks like a mark of an internal part, and is none", 1, 1},
		{"<!-- I N T E R N A L -->x", "`<!-- I N T E R N A L -->` looks like a mark of an internal part, and is none", 1, 1},
		{"<! internal >x", "`<! internal >` looks like a mark of an internal part, and is none", 1, 1},
		{"a\n<!-- end of the confidential part -->", "`<!-- end of the confidential part -->` looks like the end of an internal part, and is none", 2, 1},
		{"<!-- fin partie privée -->", "`<!-- fin partie privée -->` looks like the end of an internal part, and is none", 1, 1},
		{"<!-- END_INTERNAL_NOTES -->", "`<!-- END_INTERNAL_NOTES -->` looks like the end of an internal part, and is none", 1, 1},
		{"{/* internal notes */}x{/* /internal notes */}", "`{/* /internal notes */}` looks like the end of an internal part, and is none", 1, 24},
		{"<!-- / internal-notes\n-->", "`<!-- / internal-notes\n-->` looks like the end of an internal part, and is none", 1, 1},
		{"<!— /internal notes —>", "`<!— /internal notes —>` looks like the end of an internal part, and is none", 1, 1},
		{"<!-- /vertraulich -->", "`<!-- /vertraulich -->` looks like the end of an internal part, and is none", 1, 1},
		{"<!-- /Interne Notizen -->", "`<!-- /Interne Notizen -->` looks like the end of an internal part, and is none", 1, 1},
		{"x\n<!-- int<!-- internal --><!-- /internal -->ernal -->", "a mark of an internal part appears only once others are cut", 2, 1},
		{"a <!-- internal", "this mark of an internal part has no `-->`", 1, 3},
	} {
		for _, keep := range []bool{false, true} {
			text, _, diags := cutInternal("x.md", []byte(test.text), keep)
			if len(diags) == 0 {
				t.Errorf("%q: nothing said", test.text)
				continue
			}
			d := diags[0]
			if d.Code != diag.InternalMark || d.Message != test.message || d.Line != test.line || d.Column != test.column || d.Hint == "" {
				t.Errorf("%q: got %v %s", test.text, d.Pos, d.Message)
			}
			if text != nil {
				t.Errorf("%q: text was given although nobody knows what is internal", test.text)
			}
		}
	}
}

func FuzzCutInternal(f *testing.F) {
	for _, s := range []string{
		"a<!-- internal -->SECRET<!-- /internal -->b", "<!-- internal --><!-- internal -->SECRET", "<!--internal\n-->\n\nSECRET<!--/internal-->",
		"<!-- <!-- internal --> --> SECRET <!-- /internal -->", "<!-- internal -->SECRET", "``` <!-- internal --> SECRET", "<\x00!-- internal -->",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		public, _, diags := cutInternal("x.md", []byte(text), false)
		internal, _, _ := cutInternal("x.md", []byte(text), true)
		if diags.HasErrors() {
			if public != nil {
				t.Fatal("text in spite of wrong marks")
			}
			return
		}
		if bytes.Count(public, []byte("\n")) != strings.Count(text, "\n") || bytes.Count(internal, []byte("\n")) != strings.Count(text, "\n") {
			t.Error("the lines moved")
		}
		if len(public) > len(internal) {
			t.Error("the public text is longer than the internal one")
		}
	})
}

func TestSecretsNeverSurvive(t *testing.T) {
	// Whatever stands around it, what is between right marks is gone.
	for _, around := range []string{"", "<", "<!", "<!--", "-->", "```\n", "{/* ", "\\", "&lt;", "<!-- a", "<b title=\"", "<!-- internal", "<!-", "`"} {
		for _, after := range []string{"", ">", "-->", "```", "*/}", "<!--"} {
			text := around + "<!-- internal -->SECRET<!-- /internal -->" + after
			public, _, _ := cutInternal("x.md", []byte(text), false)
			if bytes.Contains(public, []byte("SECRET")) {
				t.Errorf("%q: %q", text, public)
			}
		}
	}
}

// TestCommentsAreFoundAsInTheWholeText compares with the patterns let loose on
// the whole text, which is slow.
func TestCommentsAreFoundAsInTheWholeText(t *testing.T) {
	parts := []string{
		"<", "!", "--", "-", "–", "—", ">", "-->", "<!--", "{/*", "*/}", "*", "{", "}", "/", "internal", "end", "End_x", "stop ", " ", "\n", "a", "redact", ": b",
		strings.Repeat(" ", 300), strings.Repeat("b", 70), strings.Repeat("c", 210), "<!-- /intern -->", "{/* end internal */}",
	}
	type search struct {
		pattern, whole *regexp.Regexp
		ends, endsMDX  string
	}
	searches := []search{{pattern: looksLikeMark.Regexp(), ends: "<>", endsMDX: "*<>"}, {pattern: closing.Regexp(), ends: "<>{}", endsMDX: "<>{}"}}
	for i := range searches {
		searches[i].whole = regexp.MustCompile(strings.Replace(searches[i].pattern.String(), "^", "", 1))
	}
	random, matches := rand.New(rand.NewPCG(1, 2)), 0
	for range 20_000 {
		var b strings.Builder
		for range 1 + random.IntN(16) {
			b.WriteString(parts[random.IntN(len(parts))])
		}
		text := []byte(b.String())
		for _, p := range searches {
			want := p.whole.FindAllSubmatchIndex(text, -1)
			matches += len(want)
			if got := inComments(text, p.pattern, p.ends, p.endsMDX); !reflect.DeepEqual(got, want) {
				t.Fatalf("%q: %v, want %v by %s", text, got, want, p.whole)
			}
		}
		for _, p := range []*pattern.Pattern{properMark, redactMark, redactLike} {
			want := p.FindAllSubmatchIndex(text, -1)
			matches += len(want)
			if got := inHTMLComments(text, p); !reflect.DeepEqual(got, want) {
				t.Fatalf("%q: %v, want %v by %s", text, got, want, p)
			}
		}
	}
	if matches < 1000 {
		t.Errorf("only %d comments were compared", matches)
	}
}

func TestTooManyMarks(t *testing.T) {
	for text, want := range map[string]string{
		"<!-- internal -->x<!-- /internal -->": "more than 4000 marks of internal parts",
		"<!-- redact: a -->x<!-- /redact -->":  "more than 4000 marks of redactions",
	} {
		d, diags := document(t, "content/x.md", strings.Repeat(text+" ", maxMarks))
		if len(diags) == 0 || !strings.Contains(diags[0].Message, want) || d.facts.Get().text.Len() > 0 {
			t.Errorf("%s: said %v", text, diags)
		}
	}
}

// TestTextsWithoutMarks: what is spared the search for marks has none, right or wrong.
func TestTextsWithoutMarks(t *testing.T) {
	parts := []string{"<!-- more -->", "<!-- more", "<!--", "-->", "<!-- ", " ", "more", "internal", "/internal", "redact: a", "<", ">", "-", "–", "—", "!", "{/*", "*/}", "\n", "a <b>"}
	random, spared := rand.New(rand.NewPCG(5, 6)), 0
	for range 20_000 {
		var b strings.Builder
		for range random.IntN(8) {
			b.WriteString(parts[random.IntN(len(parts))])
		}
		text := []byte(b.String())
		if !mentionsInternal(text) {
			var diags diag.List
			if marks := findMarks("x.md", text, &diags); len(marks) > 0 || len(diags) > 0 {
				t.Fatalf("%q is spared: %v, %v", text, marks, diags)
			}
		}
		if !holdsComment(text) {
			d := &reader{settings: &settings{}, Document: &Document{}}
			marks := inHTMLComments(text, redactMark)
			if d.wrongRedactMarks(text, marks) || len(marks) > 0 {
				t.Fatalf("%q is spared: %v, %v", text, marks, d.diags)
			}
			spared++
		}
	}
	if spared < 5000 {
		t.Errorf("only %d texts were spared", spared)
	}
}
