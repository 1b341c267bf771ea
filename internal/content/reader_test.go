package content

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"publish/internal/config"
	"publish/internal/diag"
)

// disk is a site folder on the disk, read by one Reader. Its files are older
// than the Reader's clock by as much as a test says.
type disk struct {
	t      *testing.T
	dir    string
	now    time.Time
	reader *Reader
}

func newDisk(t *testing.T, o Options, files ...string) *disk {
	t.Helper()
	d := &disk{t: t, dir: t.TempDir(), now: time.Now().Add(time.Hour)}
	root, err := os.OpenRoot(d.dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	o.Now = func() time.Time { return d.now }
	d.reader = NewReader(root.FS(), o)
	for i := 0; i < len(files); i += 2 {
		d.write(files[i], files[i+1])
	}
	return d
}

// write writes a file that was last changed at the Reader's present.
func (d *disk) write(name, text string) {
	d.t.Helper()
	file := filepath.Join(d.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		d.t.Fatal(err)
	}
	if err := os.Chtimes(file, d.now, d.now); err != nil {
		d.t.Fatal(err)
	}
}

func (d *disk) remove(name string) {
	d.t.Helper()
	if err := os.Remove(filepath.Join(d.dir, filepath.FromSlash(name))); err != nil {
		d.t.Fatal(err)
	}
}

func (d *disk) load() (*Folder, diag.List) {
	d.t.Helper()
	f, diags, err := d.reader.Load(config.Default())
	if err != nil {
		d.t.Fatal(err)
	}
	return f, diags
}

// reload reads texts again and fails where that cannot be done.
func (d *disk) reload(names ...string) (*Folder, diag.List, []string) {
	d.t.Helper()
	f, diags, changed, ok := d.reader.Reload(names)
	if !ok {
		d.t.Fatalf("%v: more than a text has changed", names)
	}
	return f, diags, changed
}

func (f *Folder) document(t *testing.T, path string) *Document {
	t.Helper()
	for _, d := range f.Documents {
		if d.Path == path {
			return d
		}
	}
	t.Fatalf("no document %s", path)
	return nil
}

const (
	good   = "---\ndate: 2021-04-29\n---\n\nIt broke.\n"
	broken = "---\ndate: 2021-02-31\n---\n\nIt broke.\n"
)

func TestReaderKeepsWhatIsAsItWas(t *testing.T) {
	d := newDisk(t, Options{}, "content/a.md", good, "content/b.md", good, "content/a.png", "one")
	first, _ := d.load()
	hash, err := first.Files["content/a.png"].Hash()
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := d.load(); again != first {
		t.Error("nothing has changed, and the folder is another one")
	}
	d.now = d.now.Add(time.Minute)
	d.write("content/a.md", good) // touched
	d.write("content/b.md", good+"More.\n")
	d.write("content/a.png", "two")
	second, _ := d.load()
	if second.document(t, "content/a.md") != first.document(t, "content/a.md") {
		t.Error("a touched text was parsed again")
	}
	if second.document(t, "content/b.md") == first.document(t, "content/b.md") {
		t.Error("an edited text was not parsed again")
	}
	if now, err := second.Files["content/a.png"].Hash(); err != nil || now == hash {
		t.Errorf("the hash of an edited file: %x, %v", now, err)
	}
	if now, err := first.Files["content/a.png"].Hash(); err != nil || now != hash {
		t.Errorf("the File of before has forgotten its hash: %x, %v", now, err)
	}
}

func TestEditWithinOneTick(t *testing.T) {
	d := newDisk(t, Options{}, "content/a.md", good, "content/a.png", "one")
	first, _ := d.load()
	if _, err := first.Files["content/a.png"].Hash(); err != nil {
		t.Fatal(err)
	}
	d.write("content/a.md", strings.Replace(good, "broke", "stood", 1)) // of the same size and time
	d.write("content/a.png", "two")
	second, _ := d.load()
	if !strings.Contains(second.document(t, "content/a.md").Body().Text(), "stood") {
		t.Error("an edit within the same tick of the clock was missed")
	}
	if second.Files["content/a.png"] == first.Files["content/a.png"] {
		t.Error("an edit of a file within the same tick of the clock was missed")
	}
}

func TestReload(t *testing.T) {
	d := newDisk(t, Options{}, "content/a.md", good, "content/b.md", good)
	first, _ := d.load()
	d.write("content/b.md", good+"More.\n")
	second, _, changed := d.reload("content/b.md", "content/a.md", "content/b.md")
	if !slices.Equal(changed, []string{"content/b.md"}) {
		t.Errorf("changed: %v", changed)
	}
	if second.document(t, "content/a.md") != first.document(t, "content/a.md") {
		t.Error("another text was parsed too")
	}
	if before := first.document(t, "content/b.md"); strings.Contains(before.Body().Text(), "More") {
		t.Error("the folder of before was changed")
	}
	if text := second.document(t, "content/b.md").Body().Text(); !strings.Contains(text, "More") {
		t.Errorf("the text is %q", text)
	}
	if third, _, changed := d.reload("content/b.md"); third != second || changed != nil {
		t.Errorf("nothing has changed, and yet: %v", changed)
	}
}

func TestReloadKnowsItsLimits(t *testing.T) {
	d := newDisk(t, Options{}, "content/a.md", good, "content/b.md", good, "content/real/c.md", good, "content/e.md", good, "content/a.png", "")
	for link, to := range map[string]string{"content/l.md": "b.md", "content/linked": "real", "content/e": "e.md"} {
		if err := os.Symlink(to, filepath.Join(d.dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, _, ok := d.reader.Reload([]string{"content/a.md"}); ok {
		t.Error("nothing was loaded before")
	}
	d.load()
	for _, name := range []string{
		"content/new.md", "content/a.png", "content", "publish.yaml", "content/b.md", "content/l.md", "content/real/c.md", "content/linked/c.md", "content/e.md",
	} {
		if _, _, _, ok := d.reader.Reload([]string{"content/a.md", name}); ok {
			t.Errorf("%s: only Load can tell what has changed", name)
		}
	}
	d.write("content/a.md", "---\ntitle: Incident template\n---\n")
	if _, _, _, ok := d.reader.Reload([]string{"content/a.md"}); ok {
		t.Error("the text is a template now, which the folder does not hold")
	}
	if f, _ := d.load(); slices.Contains(paths(f), "content/a.md") {
		t.Error("a template is a document")
	}
}

func TestKeepGood(t *testing.T) {
	d := newDisk(t, Options{KeepGood: true}, "content/a.md", good, "content/b.md", broken)
	first, diags := d.load()
	if !first.document(t, "content/b.md").Broken || diags.Count(diag.Error) != 1 {
		t.Errorf("a text that never was good: %v", diags)
	}
	d.write("content/a.md", broken)
	second, diags, changed := d.reload("content/a.md")
	if second.document(t, "content/a.md") != first.document(t, "content/a.md") {
		t.Error("the good document is gone")
	}
	if diags.Count(diag.Error) != 2 || len(changed) != 1 {
		t.Errorf("changed %v: %v", changed, diags)
	}
	third, diags := d.load()
	if third.document(t, "content/a.md") != first.document(t, "content/a.md") || diags.Count(diag.Error) != 2 {
		t.Errorf("Load after Reload: %v", diags)
	}
	d.write("content/a.md", "")
	d.reload("content/a.md")
	d.write("content/a.md", broken)
	if f, _, _ := d.reload("content/a.md"); f.document(t, "content/a.md") != first.document(t, "content/a.md") {
		t.Error("an emptied text counts as good")
	}
	d.write("content/a.md", good+"More.\n")
	mended, diags, _ := d.reload("content/a.md")
	if !strings.Contains(mended.document(t, "content/a.md").Body().Text(), "More") || diags.Count(diag.Error) != 1 {
		t.Errorf("mended: %v", diags)
	}
}

// Many programs save in steps: a text may be gone for a moment.
func TestWhatVanishedMayComeBack(t *testing.T) {
	d := newDisk(t, Options{KeepGood: true}, "content/a.md", good, "content/b.md", good)
	first, _ := d.load()
	d.remove("content/b.md")
	if _, _, _, ok := d.reader.Reload([]string{"content/b.md"}); ok {
		t.Error("Reload took a text that is gone for one that was edited")
	}
	if f, _ := d.load(); slices.Contains(paths(f), "content/b.md") {
		t.Errorf("it is gone, and still among %v", paths(f))
	}
	d.write("content/b.md", broken)
	if f, _ := d.load(); f.document(t, "content/b.md") != first.document(t, "content/b.md") {
		t.Error("a text that came back at once has forgotten that it was good")
	}
}

// TestNavigationCountsFromTheContentFolder holds that the links of a SUMMARY.md
// move when another folder becomes the content folder.
func TestNavigationCountsFromTheContentFolder(t *testing.T) {
	d := newDisk(t, Options{}, "content/SUMMARY.md", "- [One](a.md)\n", "content/a.md", good)
	first, _ := d.load()
	cfg := config.Default()
	cfg.Content = "."
	second, _, err := d.reader.Load(cfg)
	if err != nil || first.Navigation[0].Dest != "a.md" || second.Navigation[0].Dest != "content/a.md" {
		t.Errorf("%v, %v, %v", first.Navigation, second.Navigation, err)
	}
}

func TestSettings(t *testing.T) {
	d := newDisk(t, Options{}, "content/a.md", good)
	cfg := config.Default()
	first, _, err := d.reader.Load(cfg)
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*config.Config){
		"language":   func(c *config.Config) { c.Language = "fr" },
		"timezone":   func(c *config.Config) { c.Timezone = time.FixedZone("", 3600) },
		"zones":      func(c *config.Config) { c.Zones = []config.Zone{{Abbreviation: "IST", Name: "Asia/Kolkata"}} },
		"data.extra": func(c *config.Config) { c.DataExtra = []string{"ticket"} },
		"headings":   func(c *config.Config) { c.Headings = []config.Headings{{Role: "impact", Names: []string{"Harm"}}} },
		"forbidden":  func(c *config.Config) { c.Forbidden = []string{"x"} },
		"content":    func(c *config.Config) { c.Content = "." },
	} {
		changed := config.Default()
		change(changed)
		f, _, err := d.reader.Load(changed)
		if err != nil {
			t.Fatal(err)
		}
		if f.Settings == first.Settings || f.Documents[0] == first.Documents[0] {
			t.Errorf("%s: the same settings, or the same document", name)
		}
	}
	if f, _, _ := d.reader.Load(cfg); f.Settings != first.Settings {
		t.Error("the settings of before have another hash")
	}
	internal, _, err := NewReader(d.reader.fsys, Options{Internal: true}).Load(cfg)
	if err != nil || internal.Settings == first.Settings {
		t.Errorf("internal: the same settings, %v", err)
	}
}
