package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/diag"
	"publish/internal/plainfile"
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

// swapping makes a pipe of a text in the moment before it is opened.
type swapping struct {
	plainfile.Folder
	swap func(name string)
}

func (s swapping) Open(name string) (fs.File, error) {
	s.swap(name)
	return s.Folder.Open(name)
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
	files := swapping{plainfile.Below(root), func(name string) {
		if name == "content/2024-01-02-b.md" {
			pipe(t, filepath.Join(dir, "content", "2024-01-02-b.md"))
		}
	}}
	atOnce(t, "the reading of the folder", func() bool {
		folder, said, err := content.Load(files, config.Default(), content.Options{})
		told := slices.ContainsFunc(said, func(d diag.Diagnostic) bool {
			return d.File == "content/2024-01-02-b.md" && strings.Contains(d.Message, plainfile.ErrNoFile.Error())
		})
		if err != nil || len(folder.Documents) != 1 || !told {
			t.Errorf("%v: %+v, %d documents", err, said, len(folder.Documents))
		}
		return true
	})
}

// Settings are read from what was opened, and not from what stood there before.
func TestSettingsSwappedForPipe(t *testing.T) {
	for _, name := range []string{"publish.yaml", "_config.yml"} {
		dir := t.TempDir()
		writeFile(t, filepath.Join(dir, name), "title: T\n")
		root, err := os.OpenRoot(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer root.Close()
		files := swapping{plainfile.Below(root), func(opened string) {
			if opened == name {
				pipe(t, filepath.Join(dir, name))
			}
		}}
		atOnce(t, "the reading of "+name, func() bool {
			if _, said := config.Load(files, ""); len(said) != 1 || !strings.Contains(said[0].Message, plainfile.ErrNoFile.Error()) {
				t.Errorf("%s: %+v", name, said)
			}
			return true
		})
	}
}

// No command waits for a pipe in the place of a file that it reads.
func TestPipesInPlaceOfFiles(t *testing.T) {
	const none = "it is neither a file nor a folder"
	for _, c := range []struct {
		pipe, command string
		code          int
		says          string
	}{
		{"layouts/new.md", "new X --site .", exitMachine, "layouts/new.md: " + none},
		{".gitignore", "init . --host server", exitMachine, ".gitignore: " + none},
		{"CNAME", "init .", exitGood, ""},
		{".github/workflows/pages.yml", "init .", exitGood, "kept .github/workflows/pages.yml"},
		{"public/.publish-manifest", "init .", exitGood, ""},
		{".git/HEAD", "init .", exitGood, ""},
		{".git/commondir", "init .", exitGood, ""},
		{".git/config", "init .", exitGood, ""},
		{".gitignore", "build", exitGood, ""},
		{"publish.yaml", "build", exitUsage, none},
		{"public/.publish-manifest", "build", exitUsage, "it is not a file"},
		{"built/index.html", "diff built", exitGood, "1 of its files are not compared (index.html: " + none + ")"},
		{"built/postmortems.json", "diff built", exitGood, "(postmortems.json: " + none + ")"},
		{"built/feed.xml", "diff built", exitGood, "(feed.xml: " + none + ")"},
		{"old/_config.yml", "import old", exitGood, "_config.yml: " + none},
		{"old/_posts/2020-01-02-b.md", "import old", exitGood, "b.md: " + none},
		{"content/2020-01-01-a.md", "import old", exitContent, "is there already"},
		{"publish.yaml", "import old", exitUsage, "\"publish.yaml\" cannot be read: " + none},
		{"report.html", "export content/2024-01-01-a.md --output report.html", exitMachine, "nobody reads from \"report.html\""},
		{"old.zip", "import old.zip", exitUsage, "is neither a file nor a folder"},
	} {
		t.Run(c.command+" with "+c.pipe, func(t *testing.T) {
			dir := t.TempDir()
			writeFile(t, filepath.Join(dir, ".git", "HEAD"), "ref: refs/heads/main\n")
			writeFile(t, filepath.Join(dir, "content", "2024-01-01-a.md"), "# A report\n")
			writeFile(t, filepath.Join(dir, "old", "_posts", "2020-01-01-a.md"), "---\ntitle: A\n---\n")
			writeFile(t, filepath.Join(dir, "built", "a.html"), "<h1>A</h1>")
			writeFile(t, filepath.Join(dir, filepath.FromSlash(c.pipe)), "")
			pipe(t, filepath.Join(dir, filepath.FromSlash(c.pipe)))
			t.Chdir(dir)
			atOnce(t, c.command, func() bool {
				code, out, said := inProcess(t, strings.Fields(c.command)...)
				if code != c.code || !strings.Contains(out+said, c.says) {
					t.Errorf("status %d, want %d and %q\n%s%s", code, c.code, c.says, out, said)
				}
				return true
			})
		})
	}
}
