package markdown

import (
	"strings"
	"testing"

	"publish/internal/diag"
)

// TestLongAddresses: one long definition, referred to many times, is no link.
func TestLongAddresses(t *testing.T) {
	const n = 1000
	for name, text := range map[string]string{
		"address": strings.Repeat("[a] ", n) + "\n\n[a]: http://" + strings.Repeat("x", 25_000) + "\n",
		"image":   strings.Repeat("![a] ", n) + "\n\n[a]: http://" + strings.Repeat("x", 25_000) + "\n",
		"title":   strings.Repeat("[a] ", n) + "\n\n[a]: b '" + strings.Repeat("x", 25_000) + "'\n",
	} {
		doc, diags := Parse([]byte(text), Options{File: "x.md"})
		out := string(doc.AppendHTML(nil, goldenResolve))
		checkHTML(t, out)
		if len(out) > 40*n || strings.Count(out, "a") < n {
			t.Errorf("%s: %d bytes: %.300s", name, len(out), out)
		}
		if name != "title" && len(doc.Links) > 0 {
			t.Errorf("%s: %d links", name, len(doc.Links))
		}
		if len(diags) != 1 || diags[0].Code != diag.HTMLDropped || diags[0].Line != 1 {
			t.Errorf("%s: %v", name, diags)
		}
	}
	doc, diags := Parse([]byte("[a](b) [c](http://"+strings.Repeat("x", 3000)+") [d](e)"), Options{})
	if got, want := string(doc.AppendHTML(nil, goldenResolve)), `<p><a href="/to/b">a</a> c <a href="/to/e">d</a></p>`+"\n"; got != want || len(diags) != 1 {
		t.Errorf("got %s, %v", got, diags)
	}
}

// TestDroppedAttributesAreSaid: each once, at its first place, also those of a
// heading that became the title.
func TestDroppedAttributesAreSaid(t *testing.T) {
	text := "<h1 style=x>T</h1>\n\n<p style=y onclick=z class=c>a</p>\n\nb <b onclick=z>c</b> <img src=i alt=j onerror=k>\n\n<script onload=x></script>\n"
	_, diags := Parse([]byte(text), Options{File: "x.md", DropTitle: true})
	var got []string
	for _, d := range diags {
		if strings.Contains(d.Message, "attribute") {
			got = append(got, d.Pos.String()+" "+strings.Split(d.Message, `"`)[1])
		}
	}
	if got, want := strings.Join(got, "; "), "x.md:1:1 style; x.md:3:1 onclick; x.md:5:22 onerror"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestIDsOfLayouts: what the pages around the text are built with stays theirs.
func TestIDsOfLayouts(t *testing.T) {
	text := "<p id=\"_main\">a</p>\n\n<a name=_states></a>\n\n## _main\n\n## b {#_services}\n\n<h3 id=_main>c</h3>\n\n## `__init__`\n"
	doc, diags := Parse([]byte(text), Options{})
	for _, id := range layoutIDs {
		if doc.IDs.Has(id) {
			t.Errorf("%s is given away", id)
		}
	}
	if !doc.IDs.Has("_main-1") || !doc.IDs.Has("b") || !doc.IDs.Has("c") || !doc.IDs.Has("__init__") {
		t.Errorf("ids %v", doc.IDs)
	}
	if len(diags) != 1 || !strings.Contains(diags[0].Message, `"_main"`) {
		t.Error(diags)
	}
}
