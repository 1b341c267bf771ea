package main

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"publish/internal/site"
)

// jekyllDocument is what a real Jekyll made of a file (tools/jekyll.sh).
type jekyllDocument struct {
	Source, URL, File, ID, Excerpt string
}

// TestJekyllAgrees compares addresses, output files, excerpts, feed ids and
// what is held back with what a real Jekyll made of the same folder, for the
// default, the other named and two custom permalink styles.
func TestJekyllAgrees(t *testing.T) {
	for style, name := range map[string]string{
		"": "date", "date": "date", "pretty": "pretty", "ordinal": "ordinal", "weekdate": "weekdate", "none": "none",
		"/:year/:short_month/:i_day/:slug/": "year-short-month-i-day-slug",
		"/:categories/:title":               "categories-title",
	} {
		t.Run(name, func(t *testing.T) { compareJekyll(t, style, name) })
	}
}

func compareJekyll(t *testing.T, style, name string) {
	var want struct{ Posts, Pages []jekyllDocument }
	data, err := os.ReadFile(filepath.Join("testdata/jekyll", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	l := loadJekyll(t, style)
	if len(l.site.Posts) != len(want.Posts) || len(l.site.Pages) != len(want.Pages) {
		t.Errorf("got %d posts and %d pages, Jekyll %d and %d", len(l.site.Posts), len(l.site.Pages), len(want.Posts), len(want.Pages))
	}
	for _, w := range slices.Concat(want.Posts, want.Pages) {
		p := l.site.PageOf(norm.NFC.String(w.Source))
		if p == nil {
			t.Errorf("%s is not published", w.Source)
			continue
		}
		compareDocument(t, l.site, p, w)
	}
	ids, err := os.ReadFile(filepath.Join("testdata/jekyll", name+".ids"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range l.site.Posts {
		got = append(got, "<id>"+strings.ReplaceAll(p.FeedID, "&", "&amp;")+"</id>")
	}
	slices.Sort(got)
	if text := strings.Join(got, "\n") + "\n"; text != string(ids) {
		t.Errorf("feed ids:\n%s\nJekyll's:\n%s", text, ids)
	}
}

func compareDocument(t *testing.T, s *site.Site, p *site.Page, w jekyllDocument) {
	t.Helper()
	const base = "/base"
	if got := strings.TrimPrefix(s.Links.Rooted(p.Path), base); got != w.URL {
		t.Errorf("%s: address %s, Jekyll's %s", w.Source, got, w.URL)
	}
	file := strings.TrimPrefix(p.Path, "/")
	if strings.HasSuffix(p.Path, "/") {
		file += "index.html"
	}
	if file != w.File {
		t.Errorf("%s: file %s, Jekyll's %s", w.Source, file, w.File)
	}
	if got := strings.Join(strings.Fields(p.Body().ExcerptText()), " "); w.Excerpt != "" && got != w.Excerpt {
		t.Errorf("%s: excerpt %q, Jekyll's %q", w.Source, got, w.Excerpt)
	}
}

// loadJekyll copies the recorded site and sets its permalink style.
func loadJekyll(t *testing.T, style string) *loaded {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/jekyll/site")); err != nil {
		t.Fatal(err)
	}
	if style != "" {
		f, err := os.OpenFile(filepath.Join(dir, "_config.yml"), os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteString("permalink: " + style + "\n"); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	p := &program{stdout: io.Discard, stderr: io.Discard, getenv: func(string) string { return "" }, clock: fixedClock}
	l, err := p.loadUntil(t.Context(), &flags{site: dir, jobs: 1})
	if err != nil {
		t.Fatal(err)
	}
	if l.diags.HasErrors() {
		t.Fatalf("%v", l.diags)
	}
	return l
}
