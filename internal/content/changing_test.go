package content

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"publish/internal/config"
	"publish/internal/diag"
)

// changing is a folder in which something happens right before a file is opened,
// or behind its first bytes.
type changing struct {
	fs.FS
	name         string
	open, within func()
}

func (c changing) Open(name string) (fs.File, error) {
	if name != c.name {
		return c.FS.Open(name)
	}
	c.open()
	f, err := c.FS.Open(name)
	return &changingFile{f, c.within}, err
}

type changingFile struct {
	fs.File
	within func()
}

func (f *changingFile) Read(p []byte) (int, error) {
	n, err := f.File.Read(p[:min(len(p), 40)])
	f.within()
	return n, err
}

// A file that changes while it is read is what it was, what it became, or has a
// message; it costs no other and nothing waits for it.
func TestFilesThatChangeWhileTheyAreRead(t *testing.T) {
	const other, name = "content/2024-01-01-other.md", "content/2024-03-01-x.md"
	for _, test := range []struct {
		what   string
		change func(t *testing.T, file string)
	}{
		{"vanishes", func(_ *testing.T, file string) { os.RemoveAll(file) }},
		{"is emptied", func(t *testing.T, file string) { must(t, os.Truncate(file, 0)) }},
		{"is cut", func(t *testing.T, file string) { must(t, os.Truncate(file, 20)) }},
		{"grows", func(t *testing.T, file string) {
			must(t, os.WriteFile(file, []byte(report+strings.Repeat("More words.\n", 1000)), 0o644))
		}},
		{"grows without end", func(t *testing.T, file string) {
			f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
			must(t, err)
			_, err = f.WriteString(strings.Repeat("x", 1000))
			must(t, err)
			must(t, f.Close())
		}},
		{"becomes bytes", func(t *testing.T, file string) { must(t, os.WriteFile(file, []byte("\xff\x00\xfe"), 0o644)) }},
		{"becomes a folder", func(t *testing.T, file string) {
			os.RemoveAll(file)
			must(t, os.MkdirAll(file, 0o755))
		}},
		{"becomes a link out", func(t *testing.T, file string) {
			os.RemoveAll(file)
			must(t, os.Symlink("/etc/passwd", file))
		}},
		{"becomes a link to itself", func(t *testing.T, file string) {
			os.RemoveAll(file)
			must(t, os.Symlink(filepath.Base(file), file))
		}},
	} {
		for when, within := range map[string]bool{"before": false, "within": true} {
			t.Run(test.what+" "+when, func(t *testing.T) {
				dir := t.TempDir()
				for _, file := range []string{other, name} {
					must(t, os.MkdirAll(filepath.Join(dir, "content"), 0o755))
					must(t, os.WriteFile(filepath.Join(dir, file), []byte(report+strings.Repeat("Words.\n", 500)), 0o644))
				}
				root, err := os.OpenRoot(dir)
				must(t, err)
				defer root.Close()
				left := 1 // how often it may happen: growing has to end, as disks do
				if test.what == "grows without end" {
					left = 10_000
				}
				happen := func() {
					if left--; left >= 0 {
						test.change(t, filepath.Join(dir, name))
					}
				}
				fsys := changing{root.FS(), name, happen, func() {}}
				if within {
					fsys.open, fsys.within = func() {}, happen
				}
				f, diags, err := Load(fsys, config.Default(), Options{})
				if err != nil {
					t.Fatal(err)
				}
				published := map[string]bool{}
				for _, d := range f.Documents {
					published[d.Path] = !d.Broken
				}
				if !published[other] {
					t.Errorf("the other text is lost: %v", diags)
				}
				said := diags.HasErrors()
				for _, d := range diags {
					if d.Level == diag.Error && d.File != name {
						t.Errorf("a message about another file: %+v", d)
					}
				}
				if test.what != "vanishes" && !published[name] && !said {
					t.Errorf("it is neither there nor in a message: %v", diags)
				}
			})
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
