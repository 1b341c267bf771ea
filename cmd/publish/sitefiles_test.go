package main

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/diag"
)

// pipe makes a pipe under a name that may be taken. The test's end frees whoever
// waits for somebody to write to it.
func pipe(t *testing.T, name string) {
	t.Helper()
	if err := os.RemoveAll(name); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mkfifo", name).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	t.Cleanup(func() {
		if f, err := os.OpenFile(name, os.O_RDWR, 0); err == nil {
			f.Close()
		}
	})
}

// atOnce fails where something waits.
func atOnce[T any](t *testing.T, what string, f func() T) (result T) {
	t.Helper()
	done := make(chan T, 1)
	go func() { done <- f() }()
	select {
	case result = <-done:
	case <-time.After(20 * time.Second):
		t.Errorf("%s waits for somebody to write", what)
	}
	return result
}

func TestSiteFiles(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "content", "a.md"), "# A")
	writeFile(t, filepath.Join(dir, "publish.yaml"), "title: x")
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if err := fstest.TestFS(siteFiles{root}, "content/a.md", "publish.yaml"); err != nil {
		t.Error(err)
	}
	pipe(t, filepath.Join(dir, "pipe"))
	if err := os.Symlink("pipe", filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"pipe", "link"} {
		err := atOnce(t, name, func() error {
			_, err := fs.ReadFile(siteFiles{root}, name)
			return err
		})
		if !errors.Is(err, errNoFile) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// swapping makes a pipe of a text in the moment before it is opened.
type swapping struct {
	siteFiles
	swap func(name string)
}

func (s swapping) Open(name string) (fs.File, error) {
	s.swap(name)
	return s.siteFiles.Open(name)
}

// A text that becomes a pipe between the listing of its folder and its reading
// stops nobody: it is told of, and the others are read.
func TestSwappedForPipe(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"2024-01-01-a.md", "2024-01-02-b.md"} {
		writeFile(t, filepath.Join(dir, "content", name), "# A report\n")
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	files := swapping{siteFiles{root}, func(name string) {
		if name == "content/2024-01-02-b.md" {
			pipe(t, filepath.Join(dir, "content", "2024-01-02-b.md"))
		}
	}}
	atOnce(t, "the reading of the folder", func() bool {
		folder, said, err := content.Load(files, config.Default(), content.Options{})
		told := slices.ContainsFunc(said, func(d diag.Diagnostic) bool {
			return d.File == "content/2024-01-02-b.md" && strings.Contains(d.Message, errNoFile.Error())
		})
		if err != nil || len(folder.Documents) != 1 || !told {
			t.Errorf("%v: %+v, %d documents", err, said, len(folder.Documents))
		}
		return true
	})
}

// Commands that read other files of the site wait for none of them either.
func TestPipesInPlaceOfFiles(t *testing.T) {
	for name, args := range map[string][]string{
		"layouts/new.md":              {"new", "X", "--site"},
		".gitignore":                  {"init", "--host", "server"},
		"CNAME":                       {"init"},
		".github/workflows/pages.yml": {"init"},
		"public/.publish-manifest":    {"init"},
		".git/HEAD":                   {"init"},
		".git/commondir":              {"init"},
		".git/config":                 {"init"},
	} {
		dir := t.TempDir()
		writeFile(t, filepath.Join(dir, ".git", "HEAD"), "ref: refs/heads/main\n")
		writeFile(t, filepath.Join(dir, filepath.FromSlash(name)), "")
		pipe(t, filepath.Join(dir, filepath.FromSlash(name)))
		atOnce(t, strings.Join(args, " ")+" with "+name, func() bool {
			code, _, said := inProcess(t, append(args, dir)...)
			if code != exitGood && !strings.Contains(said, errNoFile.Error()) {
				t.Errorf("%s with %s: status %d\n%s", args, name, code, said)
			}
			return true
		})
	}
}
