package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// What a reader of one report may have to load, in bytes over the wire and
// without its images.
const (
	maxPageWeight   = 60_000
	maxScriptWeight = 10_000
)

// TestWeight: the page of a report, its styles, scripts and icon are light. And
// all it runs or wears is a file: the page's policy allows nothing else.
func TestWeight(t *testing.T) {
	reports := 0
	for _, site := range []string{"../..", "testdata/golden"} {
		dir := filepath.Join(t.TempDir(), "out")
		if code, _, stderr := inProcess(t, "build", "--site", site, "--base-url", "https://example.org/postmortems/", "--output", dir); code != exitGood {
			t.Fatalf("exit status %d:\n%s", code, stderr)
		}
		files, err := filepath.Glob(filepath.Join(dir, "2*", "*", "*", "*", "index.html"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			reports++
			page, scripts := weigh(t, file)
			if page > maxPageWeight || scripts > maxScriptWeight {
				t.Errorf("%s: %d bytes, of which %d are scripts; at most %d and %d may be", file, page, scripts, maxPageWeight, maxScriptWeight)
			}
			t.Logf("%s: %d bytes, of which %d are scripts", file, page, scripts)
		}
	}
	if reports < 8 {
		t.Errorf("%d reports were weighed, want at least 8", reports)
	}
}

// weigh gives the bytes of a page with what it loads, and those of its scripts.
func weigh(t *testing.T, file string) (page, scripts int) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(data, []byte(`<article class="report`)) {
		t.Fatalf("%s is not the page of a report", file)
	}
	page = compressed(t, data)
	for z := html.NewTokenizer(bytes.NewReader(data)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return page, scripts
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			attributes := map[string]string{}
			for _, a := range token.Attr {
				attributes[a.Key] = a.Val
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s: <%s %s> is refused by the page's own policy", file, token.Data, a.Key)
				}
			}
			load := ""
			switch rel := attributes["rel"]; {
			case token.Data == "script":
				if load = attributes["src"]; load == "" && attributes["type"] != "application/ld+json" {
					t.Errorf("%s: a script without a file", file)
				}
			case token.Data == "style":
				t.Errorf("%s: styles without a file", file)
			case token.Data == "link" && (rel == "stylesheet" || rel == "icon" || rel == "modulepreload" || rel == "preload"):
				load = attributes["href"]
			}
			if load == "" {
				continue
			}
			part, err := os.ReadFile(filepath.Join(filepath.Dir(file), filepath.FromSlash(load)))
			if err != nil {
				t.Fatal(err)
			}
			n := compressed(t, part)
			page += n
			if token.Data == "script" {
				scripts += n
			}
		}
	}
}

// compressed is the length of data as hosts send it.
func compressed(t *testing.T, data []byte) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}
