package content

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"publish/internal/config"
	"publish/internal/diag"
)

// TestReaderAgreesWithLoad edits folders at random and holds that a Reader
// always gives what a new one would.
func TestReaderAgreesWithLoad(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			e := newEditor(t, seed)
			for range 120 {
				e.step()
				if t.Failed() {
					t.Log(strings.Join(e.log[max(0, len(e.log)-12):], "\n"))
					return
				}
			}
			if e.reloads < 10 {
				t.Errorf("only %d reloads were enough", e.reloads)
			}
		})
	}
}

// editor edits a site folder at random, and reads it with two Readers after
// each step.
type editor struct {
	*disk
	rand    *rand.Rand
	cfg     *config.Config
	keeping *Reader // one with KeepGood
	log     []string
	reloads int
}

func newEditor(t *testing.T, seed uint64) *editor {
	e := &editor{disk: newDisk(t, Options{}), rand: rand.New(rand.NewPCG(seed, 5)), cfg: config.Default()}
	e.keeping = NewReader(e.reader.fsys, Options{KeepGood: true, Jobs: 1, Now: e.reader.options.Now})
	if seed%4 == 3 { // GitBook's, or a repository
		e.write("README.md", "# Us\n")
	} else {
		e.write("content/2021-04-29-x.md", good)
	}
	e.read(nil)
	return e
}

func (e *editor) pick(list ...string) string { return list[e.rand.IntN(len(list))] }

func (e *editor) folder() string {
	return e.pick("content", "content", "content", "content/sub", "content/sub/deep", "content/_posts", "content/templates", "postmortems", ".", "_posts", "other")
}

func (e *editor) name() string {
	return path.Join(e.folder(), e.pick(
		"a.md", "b.md", "2021-04-29-x.md", "2021-05-30-y.md", "README.md", "index.md", "SUMMARY.md", "template.md", "notes.txt", "pic.png",
		"2021-06-01 outage", "Makefile", "caf\u00e9.md", "cafe\u0301.md", "page.html", ".hidden.md", "x.mdx", "2021-02-31-z.md",
	))
}

// text is a text of any kind: good, broken, without front matter, a template …
func (e *editor) text() string {
	n := e.rand.IntN(10)
	return fmt.Sprintf(e.pick(
		"", "---\ndate: 2021-04-2%d\n---\n\nIt broke.\n", "---\ndate: 2021-02-3%d\n---\n\nIt broke.\n", "---\ntitle: Open %d\n",
		"---\ntitle: Incident %d\nticket: 12\nteam: us\nteam2: %[1]d\n---\n\nIt broke.\n", "---\nticket: %d\nteam: us\n---\n",
		"# An outage %d\n\n## Timeline\n\n- 2021-04-29 09:21: it broke\n- 09:40: it was repaired\n\n## Impact\n\nMany.\n",
		"# Panne %d\n\nLe serveur est tombé dans la nuit, et nous avons mis deux heures pour le remettre en route.\n",
		"# Outage %d\n\nThe server broke in the night and it took us two hours until it was up again, which is too long.\n",
		"<!-- internal -->\nSecret %d\n", "# A\n\n<!-- internal -->\nSecret %d\n<!-- /internal -->\n", "# Incident template %d\n\nYYYY-MM-DD\n",
		"# Summary\n\n- [One](a.md)\n  - [Two](sub/b%d.md)\n", "![](pic.png) [x](b.md) %d <script>x</script>\n", "secret%d\n", "\xff%d", "kind: page %d\n",
	), n)
}

// existing is a file that is there, "" if there is none.
func (e *editor) existing(only func(name string) bool) string {
	var names []string
	for name, entry := range e.walk() {
		if !entry.IsDir() && only(name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	slices.Sort(names)
	return e.pick(names...)
}

func (e *editor) walk() map[string]fs.DirEntry {
	found := map[string]fs.DirEntry{}
	if err := fs.WalkDir(e.reader.fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if name != "." {
			found[name] = d
		}
		return err
	}); err != nil {
		e.t.Fatal(err)
	}
	return found
}

func anyFile(string) bool { return true }

func (e *editor) isPlainText(name string) bool {
	_, ok := textName(name)
	info, err := fs.Lstat(e.reader.fsys, name)
	return ok && err == nil && info.Mode().IsRegular()
}

// step edits, lets time pass or not, and reads.
func (e *editor) step() {
	if e.rand.IntN(3) > 0 {
		e.now = e.now.Add(time.Duration(e.rand.IntN(5000)) * time.Millisecond)
	}
	if e.rand.IntN(2) == 0 {
		var edited []string
		for range 1 + e.rand.IntN(2) {
			if name := e.editText(); name != "" {
				edited = append(edited, name)
			}
		}
		e.read(edited)
		return
	}
	for range 1 + e.rand.IntN(3) {
		e.now = e.now.Add(time.Millisecond)
		e.change()
	}
	e.read(nil)
}

// editText edits one text in place, often without another size or time.
func (e *editor) editText() string {
	name := e.existing(e.isPlainText)
	if name == "" {
		return ""
	}
	raw, err := fs.ReadFile(e.reader.fsys, name)
	if err != nil {
		e.t.Fatal(err)
	}
	text := string(raw)
	switch e.rand.IntN(6) {
	case 0:
		text = e.text()
	case 1:
		text += "More.\n"
	case 2, 3:
		text = strings.NewReplacer("broke", "stood", "2021", "2022", "Impact", "Causes").Replace(text)
	case 4:
		text = strings.NewReplacer("stood", "broke", "2022", "2021", "Causes", "Impact").Replace(text)
	} // else touched
	e.say("edit", name)
	e.write(name, text)
	return name
}

func (e *editor) say(what ...string) { e.log = append(e.log, strings.Join(what, " ")) }

func (e *editor) at(name string) string { return filepath.Join(e.dir, filepath.FromSlash(name)) }

// change changes something in the folder. What cannot be done is not done: a
// file may stand where a folder should be.
func (e *editor) change() {
	name := e.name()
	switch e.rand.IntN(10) {
	case 0, 1, 2:
		e.say("write", name)
		e.put(name, e.text())
	case 3:
		if name = e.existing(anyFile); name != "" {
			e.say("remove", name)
			e.remove(name)
		}
	case 4, 5:
		if from := e.existing(anyFile); from != "" {
			e.say("rename", from, name)
			_ = os.Rename(e.at(from), e.at(name))
		}
	case 6:
		from, to := e.folder(), e.folder()
		e.say("rename folder", from, to)
		_ = os.Rename(e.at(from), e.at(to))
	case 7:
		link, to := path.Join(e.folder(), e.pick("link.md", "linked", "a.md", "l.png")), e.pick("a.md", "sub", "../other", "..", "b.md", "2021-04-29-x.md", "../../x", "pic.png")
		e.say("link", link, to)
		_ = os.Symlink(filepath.FromSlash(to), e.at(link))
	case 8:
		name = path.Join(e.pick(".", "content", "content/sub"), ".gitignore")
		e.say("ignore in", name)
		e.put(name, e.pick("", "a.md\n", "sub/\n", "*.png\n", "!a.md\n/b.md\n", "deep\n"))
	case 9:
		e.settle()
	}
}

// put writes a file where that can be done; not through a link, whose target
// may be anywhere.
func (e *editor) put(name, text string) {
	if os.MkdirAll(filepath.Dir(e.at(name)), 0o777) == nil {
		_ = os.Remove(e.at(name))
		if os.WriteFile(e.at(name), []byte(text), 0o666) == nil {
			_ = os.Chtimes(e.at(name), e.now, e.now)
		}
	}
}

// settle changes what the site decides.
func (e *editor) settle() {
	next := *e.cfg
	switch e.rand.IntN(6) {
	case 0:
		next.Language = e.pick("", "de")
	case 1:
		next.DataExtra = [][]string{nil, {"ticket"}}[e.rand.IntN(2)]
	case 2:
		next.Forbidden = [][]string{nil, {`secret\d`}}[e.rand.IntN(2)]
	case 3:
		next.Content = e.pick("", "content", ".")
	case 4:
		next.Jekyll = !next.Jekyll
	case 5:
		next.Timezone = []*time.Location{nil, time.FixedZone("", 3600)}[e.rand.IntN(2)]
	}
	e.say("settings:", fmt.Sprint(next.Language, next.DataExtra, next.Forbidden, next.Content, next.Jekyll, next.Timezone))
	e.cfg = &next
}

// read reads the folder with both Readers, by Reload where only those texts
// were edited and it can, and compares with a new one.
func (e *editor) read(edited []string) {
	e.t.Helper()
	want, wantDiags, err := Load(e.reader.fsys, e.cfg, Options{Jobs: 1})
	if err != nil {
		e.t.Fatal(err)
	}
	got, diags := e.again(e.reader, edited)
	if !alike(e.t, want, got) {
		e.t.Error("the folders differ")
	}
	if diff := cmp.Diff(wantDiags, diags); diff != "" {
		e.t.Errorf("diagnostics: %s", diff)
	}
	kept, _ := e.again(e.keeping, edited)
	for _, d := range want.Documents {
		if !d.Broken && !slices.ContainsFunc(kept.Documents, func(k *Document) bool { return reflect.DeepEqual(d, k) }) {
			e.t.Errorf("%s is not what it is on the disk", d.Path)
		}
	}
}

func (e *editor) again(r *Reader, edited []string) (*Folder, diag.List) {
	if f, diags, _, ok := r.Reload(edited); ok {
		e.reloads++
		return f, diags
	}
	f, diags, err := r.Load(e.cfg)
	if err != nil {
		e.t.Fatal(err)
	}
	return f, diags
}

// alike compares two folders deeply.
func alike(t *testing.T, want, got *Folder) bool {
	t.Helper()
	a, b := *want, *got
	same := len(a.Documents) == len(b.Documents)
	for i := range min(len(a.Documents), len(b.Documents)) {
		if !reflect.DeepEqual(a.Documents[i], b.Documents[i]) {
			t.Errorf("%s and %s differ", a.Documents[i].Path, b.Documents[i].Path)
			same = false
		}
	}
	same = sameFiles(t, a.Files, b.Files) && sameFiles(t, a.composed, b.composed) && same
	for _, f := range []*Folder{&a, &b} {
		f.Documents, f.Files, f.composed = nil, nil, nil
	}
	if !reflect.DeepEqual(a, b) {
		t.Errorf("want %+v\ngot  %+v", a, b)
		same = false
	}
	return same
}

func sameFiles(t *testing.T, want, got map[string]*File) bool {
	t.Helper()
	same := len(want) == len(got)
	for name, f := range want {
		g := got[name]
		if g == nil || f.Path != g.Path || f.Size != g.Size {
			t.Errorf("%s: %v", name, g)
			return false
		}
		a, err1 := f.Read()
		b, err2 := g.Read()
		h, err3 := f.Hash()
		i, err4 := g.Hash()
		if err := errors.Join(err1, err2, err3, err4); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a, b) || h != i {
			t.Errorf("%s: other bytes, or another hash", name)
			same = false
		}
	}
	return same
}
