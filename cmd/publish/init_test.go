package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// Settings that init adds to a folder full of reports change nothing but the
// site's title: the same reports with the same facts at the same addresses, and
// no message more or less.
func TestInitChangesNothing(t *testing.T) {
	t.Parallel()
	for _, one := range []string{"jekyll/site", "golden", "import/hugo.txtar", "import/gitbook.txtar", "import/cstate.txtar", "import/jekyll.txtar"} {
		dir := filepath.Join(t.TempDir(), "site")
		copyTo(t, dir, filepath.Join("testdata", filepath.FromSlash(one)))
		before, saidBefore := builtAt(t, dir)
		if len(before) < 5 || !strings.Contains(before["postmortems.json"], `"id"`) {
			t.Errorf("%s: only %d files, and no report", one, len(before))
		}
		if code, _, said := inProcess(t, "init", dir); code != exitGood || strings.Contains(said, "is an example") {
			t.Errorf("%s: exit status %d\n%s", one, code, said)
		}
		after, saidAfter := builtAt(t, dir)
		for name, text := range before {
			other, ok := after[name]
			if !ok {
				t.Errorf("%s: %s is gone", one, name)
			}
			if name == "postmortems.json" && withoutTitle(text) != withoutTitle(other) {
				t.Errorf("%s: the data is another:\n%s\nand not\n%s", one, other, text)
			}
		}
		if len(after) != len(before) || saidAfter != saidBefore {
			t.Errorf("%s: %d files became %d; what is said is\n%s\nand not\n%s", one, len(before), len(after), saidAfter, saidBefore)
		}
	}
}

// copyTo copies a folder, or what an archive holds.
func copyTo(t *testing.T, dir, from string) {
	t.Helper()
	var site fs.FS = os.DirFS(from)
	if strings.HasSuffix(from, ".txtar") {
		a, err := txtar.ParseFile(from)
		if err != nil {
			t.Fatal(err)
		}
		if site, err = txtar.FS(a); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.CopyFS(dir, site); err != nil {
		t.Fatal(err)
	}
}

// withoutTitle is the data without the line of the site's title.
func withoutTitle(data string) string {
	before, rest, _ := strings.Cut(data, `"title":`)
	_, after, _ := strings.Cut(rest, `"url":`)
	return before + after
}

// builtAt builds a site and gives its files but those whose names hold a hash,
// and what is doubtful about it.
func builtAt(t *testing.T, dir string) (files map[string]string, said string) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	code, _, text := inProcess(t, "build", "--site", dir, "--output", out, "--base-url", "https://example.org/", "--keep-going")
	if code > exitContent {
		t.Fatalf("exit status %d\n%s", code, text)
	}
	_, report, _ := inProcess(t, "check", "--site", dir, "--base-url", "https://example.org/", "--keep-going")
	for line := range strings.Lines(report) {
		if !strings.HasPrefix(line, "passed over") { // of which the new files are
			said += line
		}
	}
	files = map[string]string{}
	for _, f := range archive(t, out).Files {
		if strings.Count(f.Name, ".") < 2 {
			files[f.Name] = string(f.Data)
		}
	}
	return files, said
}
