package markdown

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"publish/internal/diag"
)

var update = flag.Bool("update", false, "write the expectations in testdata anew")

// TestGolden compares what stands in testdata/*.txt. A file holds cases:
//
//	=== name, options (feed, jekyll, drop-title, prefix=x)
//	Markdown
//	---
//	HTML
//	---
//	diagnostics, if any
//
// Every link leads to its destination with "/to/" before it, an image is 40 by
// 30 pixels, and what has "missing" in its destination leads nowhere.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		for _, c := range strings.Split("\n"+string(data), "\n=== ")[1:] {
			head, body, _ := strings.Cut(c, "\n")
			parts := strings.SplitN(strings.TrimSuffix(body, "\n")+"\n", "\n----\n", 3)
			doc, diags := Parse([]byte(parts[0]+"\n"), goldenOptions(head))
			html := strings.TrimSuffix(string(doc.AppendHTML(nil, goldenResolve)), "\n")
			var said strings.Builder
			for _, d := range diags {
				fmt.Fprintf(&said, "%s: %s: %s [%s]\n", d.Pos, d.Level, d.Message, d.Code)
			}
			fmt.Fprintf(&out, "=== %s\n%s\n----\n%s\n----\n%s", head, parts[0], html, said.String())
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txt")+"/"+head, func(t *testing.T) {
				checkHTML(t, html)
				if *update {
					return
				}
				want := append(parts[1:], "", "")
				if html != want[0] {
					t.Errorf("HTML\n%s\nwant\n%s", html, want[0])
				}
				if got := strings.TrimSpace(said.String()); got != strings.TrimSpace(want[1]) {
					t.Errorf("diagnostics\n%s\nwant\n%s", got, want[1])
				}
			})
		}
		if *update && !bytes.Equal(data, []byte(out.String())) {
			if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func goldenOptions(head string) Options {
	o := Options{File: "x.md", Line: 1, Language: "en"}
	_, list, _ := strings.Cut(head, ", ")
	for _, option := range strings.Fields(list) {
		switch prefix, isPrefix := strings.CutPrefix(option, "prefix="); {
		case option == "feed":
			o.Profile = Feed
		case option == "jekyll":
			o.Dialect = Jekyll
		case option == "drop-title":
			o.DropTitle = true
		case isPrefix:
			o.IDPrefix = prefix
		}
	}
	return o
}

func goldenResolve(l *Link) Target {
	switch {
	case strings.Contains(l.Dest, "missing"):
		return Target{}
	case strings.HasPrefix(l.Dest, "#"):
		return Target{URL: l.Dest}
	case schemeOf(l.Dest) != "" && !strings.HasPrefix(l.Dest, "post_url:") && !strings.HasPrefix(l.Dest, "link:"):
		return Target{URL: l.Dest, External: true}
	case l.Image:
		return Target{URL: "/to/" + l.Dest, Width: 40, Height: 30}
	}
	return Target{URL: "/to/" + l.Dest}
}

// parsed is a helper for tests of everything but HTML.
func parsed(t *testing.T, text string, o Options) (*Doc, diag.List) {
	t.Helper()
	if o.File == "" {
		o.File = "x.md"
	}
	doc, diags := Parse([]byte(text), o)
	checkHTML(t, string(doc.AppendHTML(nil, goldenResolve)))
	return doc, diags
}
