package main

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// inProcess runs a command line inside the test and gives its exit status and
// what it printed.
func inProcess(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	p := &program{
		stdout: &out, stderr: &err,
		getenv: func(string) string { return "" },
		clock:  fixedClock,
	}
	code = p.run(context.Background(), args)
	return code, out.String(), err.String()
}

// TestGolden builds a small site that uses everything and compares every byte
// of text with golden.txtar. `make golden` rewrites that file: read the
// difference before you commit it.
func TestGolden(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	code, _, stderr := inProcess(t, "build", "--site", "testdata/golden", "--base-url", "https://example.com/reports/", "--output", dir)
	if code != exitGood {
		t.Fatalf("exit status %d:\n%s", code, stderr)
	}
	got := archive(t, dir)
	const file = "testdata/golden.txtar"
	if *update {
		if err := os.WriteFile(file, txtar.Format(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(contents(want), contents(got)); diff != "" {
		t.Errorf("the site is not as expected (-want +got); if it should be, run `make golden`:\n%s", diff)
	}
}

// archive reads the text files of a built site, without the theme's own (their
// names change with every letter of the style sheet) and without images.
func archive(t *testing.T, dir string) *txtar.Archive {
	t.Helper()
	a := &txtar.Archive{Comment: []byte("made by `make golden` from testdata/golden\n")}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		name := filepath.ToSlash(rel)
		switch filepath.Ext(name) {
		case ".html", ".xml", ".json", ".txt":
		default:
			return nil
		}
		data, err := os.ReadFile(path)
		a.Files = append(a.Files, txtar.File{Name: name, Data: withoutHashes(data)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	sort.Slice(a.Files, func(i, j int) bool { return a.Files[i].Name < a.Files[j].Name })
	return a
}

func contents(a *txtar.Archive) map[string]string {
	m := map[string]string{}
	for _, f := range a.Files {
		m[f.Name] = strings.TrimSuffix(string(f.Data), "\n")
	}
	return m
}

func fixedClock() time.Time { return time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC) }
