package importer

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// plan makes a plan for files in an empty folder.
func plan(t *testing.T, names ...string) (*Plan, string) {
	t.Helper()
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	r := newResult()
	for _, name := range names {
		r.add(File{Path: name, Data: []byte("of " + name)})
	}
	if err := r.finish(); err != nil {
		t.Fatal(err)
	}
	p, err := NewPlan(root, r)
	if err != nil {
		t.Fatal(err)
	}
	return p, dir
}

// below lists everything in a folder.
func below(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, _ fs.DirEntry, err error) error {
		names = append(names, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names[1:]
}

func TestWriteAll(t *testing.T) {
	p, dir := plan(t, "content/a/b.md", "content/c.md", "publish.yaml")
	if err := p.Write(context.Background()); err != nil {
		t.Fatal(err)
	}
	want := []string{"content", "content/a", "content/a/b.md", "content/c.md", "publish.yaml"}
	if got := below(t, dir); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if data, err := os.ReadFile(filepath.Join(dir, "content", "c.md")); err != nil || string(data) != "of content/c.md" {
		t.Errorf("%q %v", data, err)
	}
}

// A file that appears between the plan and the writing is not written over,
// and what had been written is taken away.
func TestWriteNothing(t *testing.T) {
	p, dir := plan(t, "content/a/b.md", "content/c.md", "z.md")
	if err := os.WriteFile(filepath.Join(dir, "z.md"), []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := p.Write(context.Background()); err == nil || !strings.Contains(err.Error(), "z.md") {
		t.Errorf("%v", err)
	}
	if got := below(t, dir); !slices.Equal(got, []string{"z.md"}) {
		t.Errorf("%v", got)
	}
	if data, err := os.ReadFile(filepath.Join(dir, "z.md")); err != nil || string(data) != "mine" {
		t.Errorf("%q %v", data, err)
	}
}

// Two imports at once, and a link that leads out of the folder, stop it.
func TestWriteRefuses(t *testing.T) {
	p, dir := plan(t, "content/a.md")
	if err := os.Mkdir(filepath.Join(dir, staging), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := p.Write(context.Background()); err == nil || !strings.Contains(err.Error(), "another import") {
		t.Errorf("%v", err)
	}
	p, dir = plan(t, "content/a.md")
	away := t.TempDir()
	if err := os.Symlink(away, filepath.Join(dir, "content")); err != nil {
		t.Fatal(err)
	}
	if err := p.Write(context.Background()); err == nil {
		t.Error("it was written through a link")
	}
	if got := below(t, away); len(got) > 0 {
		t.Errorf("%v", got)
	}
}

// Two files of the source that would have one name, on a disk that does not
// tell cases apart, are refused.
func TestSameNames(t *testing.T) {
	r := newResult()
	r.add(File{Path: "content/A.md", Data: []byte("x"), From: "A.md"})
	r.add(File{Path: "content/a.md", Data: []byte("y"), From: "a.md"})
	if err := r.finish(); err == nil || !strings.Contains(err.Error(), `"A.md" and "a.md" would both be written`) {
		t.Errorf("%v", err)
	}
}

// stopped is a context that ends after it was asked a few times.
type stopped struct {
	context.Context
	asked, after int
}

func (c *stopped) Err() error {
	if c.asked++; c.asked > c.after {
		return context.Canceled
	}
	return nil
}

// TestWriteStopped: whenever it is told to stop, an import leaves nothing.
func TestWriteStopped(t *testing.T) {
	names := []string{"content/a/b.md", "content/c.md", "publish.yaml"}
	for after := range 2 * len(names) {
		p, dir := plan(t, names...)
		err := p.Write(&stopped{Context: context.Background(), after: after})
		if left := below(t, dir); !errors.Is(err, context.Canceled) || len(left) > 0 {
			t.Errorf("stopped after %d files: error %v, left %v", after, err, left)
		}
	}
}
