package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// Every file that a real Jekyll wrote is there after the import, as a page or
// as what leads to it, whatever the pattern of the addresses was.
func TestImportedJekyllKeepsAddresses(t *testing.T) {
	for style, name := range map[string]string{
		"": "date", "pretty": "pretty", "/:categories/:title": "categories-title",
	} {
		t.Run(name, func(t *testing.T) {
			source := loadJekyll(t, style).dir
			dir, _ := imported(t, "jekyll", source)
			data, err := os.ReadFile(filepath.Join("testdata/jekyll", name+".json"))
			if err != nil {
				t.Fatal(err)
			}
			var want struct{ Posts, Pages []jekyllDocument }
			if err := json.Unmarshal(data, &want); err != nil {
				t.Fatal(err)
			}
			for _, w := range slices.Concat(want.Posts, want.Pages) {
				name := filepath.Join(dir, "public", filepath.FromSlash(w.File))
				alone := strings.TrimSuffix(name, ".html")
				if _, err := os.Stat(name); err != nil {
					if _, err := os.Stat(filepath.Join(alone, "index.html")); err != nil {
						t.Errorf("%s: nothing answers at %s", w.Source, w.File)
					}
				}
			}
		})
	}
}

// facts are what the data say of a site's incidents, but for where they stand.
func facts(t *testing.T, dir string) map[string]any {
	t.Helper()
	builtData(t, dir)
	text, err := os.ReadFile(filepath.Join(dir, "public", "postmortems.json"))
	if err != nil {
		t.Fatal(err)
	}
	var data struct{ Postmortems []map[string]any }
	if err := json.Unmarshal(text, &data); err != nil {
		t.Fatal(err)
	}
	found := map[string]any{}
	for _, p := range data.Postmortems {
		for _, key := range []string{"id", "path", "url", "source", "severity"} {
			delete(p, key)
		}
		found[p["title"].(string)] = p
	}
	return found
}

// publish reads these folders without an import too: it must say the same of
// them before and after.
func TestImportedFoldersSayTheSame(t *testing.T) {
	for _, file := range []string{"cstate", "gitbook", "hugo", "jekyll"} {
		t.Run(file, func(t *testing.T) {
			source := sourceFolder(t, "testdata/import/"+file+".txtar")
			dir, _ := imported(t, file, source)
			before, after := facts(t, source), facts(t, dir)
			if len(before) < 2 {
				t.Fatalf("only %d incidents", len(before))
			}
			for title, want := range before {
				if got := after[title]; !reflect.DeepEqual(got, want) {
					t.Errorf("%s:\nbefore %v\nafter  %v", title, want, got)
				}
			}
			if len(after) != len(before) {
				t.Errorf("%d incidents became %d", len(before), len(after))
			}
		})
	}
}

// An archive is the folder in it, on disk and at an address; one with a name that
// leads out of it is refused.
func TestImportedArchive(t *testing.T) {
	folder := t.TempDir()
	for name, files := range map[string][]string{
		"book.zip": {"book-main/SUMMARY.md", "book-main/a.md"},
		"evil.zip": {"SUMMARY.md", "a.md", "../../../evil.md", "/root.md"},
	} {
		if err := os.WriteFile(filepath.Join(folder, name), packed(t, files), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	server := httptest.NewServer(http.FileServer(http.Dir(folder)))
	t.Cleanup(server.Close)
	for source, want := range map[string][]string{
		filepath.Join(folder, "book.zip"): {"site/content/SUMMARY.md", "site/content/a.md"},
		server.URL + "/book.zip":          {"site/content/SUMMARY.md", "site/content/a.md"},
		filepath.Join(folder, "evil.zip"): nil,
	} {
		dir := t.TempDir()
		if err := os.Mkdir(filepath.Join(dir, "site"), 0o755); err != nil {
			t.Fatal(err)
		}
		code, said := ran("import", "--site", filepath.Join(dir, "site"), source)
		if refused := want == nil; refused != (code == exitUsage) || !refused && code != exitGood {
			t.Fatalf("%s: exit %d: %s", source, code, said)
		}
		if got := filesBelow(t, dir); !slices.Equal(got, want) {
			t.Errorf("%s: %v", source, got)
		}
	}
}

// packed is an archive of small texts.
func packed(t *testing.T, names []string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte("# Of " + name + "\n"))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func filesBelow(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
