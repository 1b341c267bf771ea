package content

import (
	"bytes"
	"strings"
	"testing"

	"publish/internal/config"
)

// FuzzSummary: any SUMMARY.md is a tree of words or has an error with its place.
func FuzzSummary(f *testing.F) {
	for _, s := range []string{
		"# Summary\n\n* [One](a.md)\n  * [Two](b/c.md#d)\n\n## Part\n\n* [Three](<x y.md>)\n", "* a\n* [](x)\n* ![i](y.png)\n", "* [a](../../x)\n", "\xff", "* [redacted: x] b\n",
		"<!-- internal -->\n* [s](s.md)\n<!-- /internal -->\n", "* [a](/)\n* [b](http://[::1)\n", "- - - - [x](y.md)\n", "[a](b)\n\n[c](d)\n", "* <!-- redact: r -->x<!-- /redact -->\n",
	} {
		f.Add([]byte(s), "book")
	}
	cfg := config.Default()
	f.Fuzz(func(t *testing.T, raw []byte, dir string) {
		s := newSettings(cfg, &Folder{}, Options{})
		document, items, diags := parseSummary("SUMMARY.md", dir, raw, s)
		if document == nil {
			t.Fatal("no document")
		}
		for _, d := range diags {
			if d.File == "" || d.Message == "" || d.Line < 0 {
				t.Errorf("a diagnostic without a place or words: %+v", d)
			}
		}
		walkItems(t, items, 0)
	})
}

// walkItems walks a tree, whose depth is bounded.
func walkItems(t *testing.T, items []NavItem, depth int) {
	if depth > 200 {
		t.Fatal("more than 200 levels")
	}
	for _, item := range items {
		walkItems(t, item.Items, depth+1)
	}
}

// FuzzCutRedacted: what right marks wrap is gone from the public text, whatever is
// around it, and wrong marks leave no text at all.
func FuzzCutRedacted(f *testing.F) {
	for _, s := range []string{"a", "\n\n", "```\n", "<!--", "-->", "[[redacted: x]]", "<!-- redact: y -->", "<!-- /redact -->", "\ue0f00\ue0f1", "<!-- redact -->", "\xff"} {
		f.Add(s, "words", "b")
	}
	f.Fuzz(func(t *testing.T, before, reason, after string) {
		const secret = "SECRETWORD"
		if strings.Contains(before+reason+after, secret) {
			return
		}
		text := before + "<!-- redact: " + reason + " -->" + secret + "<!-- /redact -->" + after
		d := &reader{settings: &settings{}, Document: &Document{Path: "x.md"}}
		public := d.cutRedacted([]byte(text))
		if d.diags.HasErrors() && public != nil {
			t.Fatalf("text in spite of wrong marks: %q", public)
		}
		if bytes.Contains(public, []byte(secret)) && redactMark.MatchString("<!-- redact: "+reason+" -->") && !strings.Contains(before, "<!") && !strings.ContainsAny(reason, "\ue0f0\ue0f1") {
			t.Fatalf("%q keeps what is wrapped: %q", text, public)
		}
		if public != nil && bytes.Count(public, []byte("\n")) != strings.Count(text, "\n") {
			t.Errorf("%q: the lines moved", text)
		}
	})
}
