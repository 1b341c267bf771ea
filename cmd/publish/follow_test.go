package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// newSite is a small site with some reports.
func newSite(t *testing.T, settings string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	writeFile(t, filepath.Join(dir, "publish.yaml"), settings)
	writeFile(t, filepath.Join(dir, "content", "2025-01-02-one.md"), report("One"))
	writeFile(t, filepath.Join(dir, "content", "2025-01-03-two.md"), report("Two"))
	return dir
}

func report(title string) string {
	return "---\ntitle: " + title + "\nseverity: SEV2\n---\n\nThe text.\n\n## Timeline\n\n- 09:00 the alarm rang\n"
}

// says waits for words on the terminal.
func (s *served) says(words string) {
	s.t.Helper()
	eventually(s.t, words, func() bool { return strings.Contains(s.text(), words) })
}

// TestServeFollows changes a site in ways that are not the edit of a text. After
// each the preview is what a build writes.
func TestServeFollows(t *testing.T) {
	const settings = "title: Site\nbase_url: https://example.org/site/\n"
	config := func(text string) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) { writeFile(t, filepath.Join(dir, "publish.yaml"), text) }
	}
	tests := []struct {
		name   string
		change func(t *testing.T, dir string)
		before func(t *testing.T, dir string)
	}{
		{name: "the title of the site", change: config("title: Other\nbase_url: https://example.org/site/\n")},
		{name: "the path of the base URL", change: config("title: Site\nbase_url: https://example.org/elsewhere/\n")},
		{name: "no path any more", change: config("title: Site\nbase_url: https://example.org/\n")},
		{name: "no settings", change: func(t *testing.T, dir string) { remove(t, filepath.Join(dir, "publish.yaml")) }},
		{
			name:   "settings of another tool",
			before: func(t *testing.T, dir string) { writeFile(t, filepath.Join(dir, "mkdocs.yml"), "site_name: One\n") },
			change: func(t *testing.T, dir string) {
				remove(t, filepath.Join(dir, "publish.yaml"))
				writeFile(t, filepath.Join(dir, "mkdocs.yml"), "site_name: Other\n")
			},
		},
		{name: "another content folder, named before it is there", change: func(t *testing.T, dir string) {
			config(settings+"content: docs\n")(t, dir)
			move(t, filepath.Join(dir, "content"), filepath.Join(dir, "docs"))
		}},
		{name: "another folder in the place of the site's", change: func(t *testing.T, dir string) {
			next := dir + ".next"
			if err := os.CopyFS(next, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			move(t, dir, dir+".before")
			move(t, next, dir)
			writeFile(t, filepath.Join(dir, "content", "2025-01-03-two.md"), report("In the other folder"))
		}},
		{name: "the folder away and back", change: func(t *testing.T, dir string) {
			move(t, dir, dir+".away")
			move(t, dir+".away", dir)
			writeFile(t, filepath.Join(dir, "content", "2025-01-03-two.md"), report("Back again"))
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := newSite(t, settings)
			if test.before != nil {
				test.before(t, dir)
			}
			s := startPreview(t, dir)
			test.change(t, dir)
			s.agrees(dir)
		})
	}
}

func move(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, name string) {
	t.Helper()
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
}

// TestServeRecovers starts the preview of a site that has errors where nothing
// good is known yet.
func TestServeRecovers(t *testing.T) {
	tests := []struct{ name, file, broken, mended string }{
		{"settings that cannot be read", "publish.yaml", "title: [Site\n", "title: Site\nbase_url: https://example.org/site/\n"},
		{"a wrong value in the settings", "publish.yaml", "title: Site\nbase_url: https://example.org/site/\nper_page: many\n", "title: Site\nbase_url: https://example.org/site/\nper_page: 3\n"},
		{"a content folder that is not there", "publish.yaml", "content: docs\n", "content: content\n"},
		{"a layout", "layouts/404.html", "{{define", "{{define \"main\"}}<p>{{.Title}}</p>{{end}}"},
		{"the frame", "layouts/base.html", "{{if}}", "<!doctype html><html><head></head><title>x</title>{{block \"main\" .}}{{end}}</html>"},
		{"a text", "content/2025-01-02-one.md", "---\ntitle: [One\n---\n", report("One")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := newSite(t, "title: Site\n")
			file := filepath.Join(dir, filepath.FromSlash(test.file))
			writeFile(t, file, test.broken)
			s := startPreview(t, dir)
			s.says(test.file)
			if status, _ := s.get(""); status != http.StatusOK {
				t.Errorf("the home page has status %d", status)
			}
			writeFile(t, file, test.mended)
			s.says("no errors any more")
			s.agrees(dir)
		})
	}
}

// TestServeSaysThatTheFolderIsGone moves the site away for a while.
func TestServeSaysThatTheFolderIsGone(t *testing.T) {
	dir := newSite(t, "title: Site\n")
	s := startPreview(t, dir)
	move(t, dir, dir+".away")
	s.says("is gone")
	if _, home := s.get(""); !strings.Contains(string(home), "One") {
		t.Error("the site is not shown as it was")
	}
	move(t, dir+".away", dir)
	s.says("no errors any more")
	s.agrees(dir)
}

// TestMovedSiteIsFoundAtItsFormerAddress: open tabs load their page anew.
func TestMovedSiteIsFoundAtItsFormerAddress(t *testing.T) {
	dir := newSite(t, "base_url: https://example.org/old/\n")
	s := startPreview(t, dir)
	writeFile(t, filepath.Join(dir, "publish.yaml"), "base_url: https://example.org/new/\n")
	s.says(strings.Replace(s.url, "/old/", "/new/", 1) + " now")
	response, err := http.Get(s.url + "2025/01/02/one/")
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if at := response.Request.URL.Path; response.StatusCode != http.StatusOK || at != "/new/2025/01/02/one/" {
		t.Errorf("the page's old address ends at %s with status %d", at, response.StatusCode)
	}
}

// TestQuietServe says where the site is, and what is wrong, and nothing else.
func TestQuietServe(t *testing.T) {
	dir := newSite(t, "title: Site\n")
	writeFile(t, filepath.Join(dir, "content", "2025-01-04-draft.md"), "---\ntitle: Draft\ndraft: true\n---\nNot yet.\n")
	s := startPreview(t, dir, "--quiet")
	writeFile(t, filepath.Join(dir, "content", "2025-01-02-one.md"), "---\ntitle: [One\n---\n")
	s.says("error: ")
	writeFile(t, filepath.Join(dir, "content", "2025-01-02-one.md"), report("One"))
	s.says("no errors any more")
	for _, word := range []string{"held back", "changed after"} {
		if strings.Contains(s.text(), word) {
			t.Errorf("it says %q:\n%s", word, s.text())
		}
	}
}
