package main

import (
	"bytes"
	"crypto/sha256"
	"image"
	"image/png"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	theme "publish"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/render"
	"publish/internal/route"
	"publish/internal/search"
	"publish/internal/site"
)

// world is a site folder in memory, and how it is published.
type world struct {
	files map[string][]byte
	base  string
	o     site.Options
	t     *testing.T
}

func keysWorld(t *testing.T) *world {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/keys/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, files: map[string][]byte{}, base: "https://example.org/reports/",
		o: site.Options{Now: time.Date(2024, 3, 15, 12, 0, 0, 0, time.UTC)}}
	for _, f := range archive.Files {
		w.files[f.Name] = f.Data
	}
	w.picture("content/picture.png", 30, 20)
	w.picture("content/hidden.png", 5, 5)
	return w
}

// demonstration is the project's own site.
func demonstration(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, files: map[string][]byte{}, base: "https://example.org/", o: site.Options{Now: fixedClock()}}
	for _, name := range []string{"publish.yaml", "content"} {
		err := filepath.WalkDir(filepath.Join("../..", name), func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(file)
			w.files[filepath.ToSlash(strings.TrimPrefix(file, filepath.FromSlash("../../")))] = data
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return w
}

func (w *world) clone() *world {
	copied := *w
	copied.files = maps.Clone(w.files)
	return &copied
}

func (w *world) write(name, text string) { w.files[name] = []byte(text) }

// replace changes the first place of a text in a file; a text that is not there
// is none of the edits' doing when several meet.
func (w *world) replace(name, old, text string) {
	w.files[name] = bytes.Replace(w.files[name], []byte(old), []byte(text), 1)
}

func (w *world) add(name, text string) {
	if w.files[name] != nil {
		w.files[name] = append(slices.Clone(w.files[name]), text...)
	}
}

func (w *world) remove(name string) { delete(w.files, name) }

func (w *world) rename(from, to string) {
	if data, ok := w.files[from]; ok {
		w.files[to] = data
		delete(w.files, from)
	}
}

func (w *world) picture(name string, width, height int) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		w.t.Fatal(err)
	}
	w.files[name] = b.Bytes()
}

// load is what a preview would serve of the site: files with errors are left
// out.
func (w *world) load() *loaded {
	w.t.Helper()
	folder := fstest.MapFS{}
	for name, data := range w.files {
		folder[name] = &fstest.MapFile{Data: data, Mode: 0o644}
	}
	f := &flags{keepGoing: true, drafts: w.o.Drafts, future: w.o.Future, portable: w.o.Portable, audience: "public"}
	if w.o.Internal {
		f.audience = "internal"
	}
	space := &workspace{f: f, parts: parts{now: w.o.Now}, previews: w.o.Previews, search: search.NewMemory()}
	space.search.Warm() // as after the first page of the index
	space.config, space.said.config = config.Load(folder, "")
	if space.said.config.HasErrors() {
		w.t.Fatalf("the configuration has errors: %+v", space.said.config)
	}
	if space.config.BaseURL == nil && w.base != "" {
		base, err := url.Parse(w.base)
		if err != nil {
			w.t.Fatal(err)
		}
		space.config.BaseURL = base
	}
	var err error
	space.folder, _, err = content.Load(folder, space.config, content.Options{Internal: w.o.Internal, Jobs: 1})
	if err != nil {
		w.t.Fatal(err)
	}
	look, diags, err := render.LoadTheme(folder, theme.Theme, space.config.Theme)
	if err != nil || diags.HasErrors() {
		w.t.Fatal(err, diags)
	}
	space.look = look
	l, err := space.model(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return l
}

// rendered is a table with the hashes of what its routes write.
type rendered map[string]struct {
	key   route.Key
	bytes [32]byte
}

func (w *world) render() rendered {
	w.t.Helper()
	return renderedOf(w.t, w.load().table.All())
}

func renderedOf(t *testing.T, routes []*route.Route) rendered {
	t.Helper()
	pages := rendered{}
	for _, r := range routes {
		var b bytes.Buffer
		if err := r.Write(&b); err != nil {
			t.Fatalf("%s: %v", r.Path, err)
		}
		if !r.Key.Known() {
			t.Errorf("%s has no key", r.Path)
		}
		page := pages[r.Path]
		page.key, page.bytes = r.Key, sha256.Sum256(b.Bytes())
		pages[r.Path] = page
	}
	return pages
}

// promises remembers, for every key that was ever met, the bytes that it stands
// for.
type promises map[route.Key][32]byte

// hold says which routes have a key that once stood for other bytes.
func (p promises) hold(pages rendered) (broken []string) {
	for path, page := range pages {
		if was, ok := p[page.key]; ok && was != page.bytes {
			broken = append(broken, path)
		}
		p[page.key] = page.bytes
	}
	slices.Sort(broken)
	return broken
}

// keyEdit is one kind of edit.
type keyEdit struct {
	name string
	do   func(*world)
	// vain is how many routes may be rendered again although their bytes stay
	// the same; many stands for any number.
	vain int
}

// many is for settings that are changed once in a while, which need no rule as
// fine as the texts have.
const many = 1000

// compared says which routes have another key than before and the same bytes,
// and which have other bytes.
func compared(before, after rendered) (wasted, changed []string) {
	for path, page := range after {
		was, ok := before[path]
		switch {
		case !ok || was.bytes != page.bytes:
			changed = append(changed, path)
		case was.key != page.key:
			wasted = append(wasted, path)
		}
	}
	slices.Sort(wasted)
	slices.Sort(changed)
	return wasted, changed
}

func TestKeys(t *testing.T) {
	t.Parallel()
	known := promises{}
	start := keysWorld(t)
	before := start.render()
	known.hold(before)
	if wasted, changed := compared(before, start.clone().render()); len(wasted)+len(changed) > 0 {
		t.Fatalf("the same site has other keys %q or bytes %q", wasted, changed)
	}
	for _, edit := range keyEdits {
		w := start.clone()
		edit.do(w)
		after := w.render()
		if broken := known.hold(after); len(broken) > 0 {
			t.Errorf("%s: other bytes under a key that is known: %q", edit.name, broken)
		}
		wasted, changed := compared(before, after)
		// A translation is rendered again with its original, whose facts it shows.
		wasted = slices.DeleteFunc(wasted, func(path string) bool {
			return strings.HasPrefix(path, "/fr/") && !strings.Contains(edit.name, "transl")
		})
		if same := len(changed) == 0 && len(after) == len(before); same != strings.HasSuffix(edit.name, "no change") {
			t.Errorf("%s: other bytes at %q", edit.name, changed)
		}
		if len(wasted) > edit.vain {
			t.Errorf("%s: %d routes are rendered again in vain, at most %d were expected: %q\nother bytes: %q", edit.name, len(wasted), edit.vain, wasted, changed)
		}
	}
}

// TestKeysOfManyEdits mixes the edits: whatever came together, a key stands for
// the same bytes.
func TestKeysOfManyEdits(t *testing.T) {
	t.Parallel()
	known := promises{}
	random := rand.New(rand.NewPCG(5, 40))
	for range 60 {
		w := keysWorld(t)
		var names []string
		for range 1 + random.IntN(6) {
			edit := keyEdits[random.IntN(len(keyEdits))]
			next := w.clone()
			edit.do(next)
			if slices.Contains(names, edit.name) || setsTwice(string(next.files[configFile])) {
				continue // a setting that stands there twice is an error
			}
			w = next
			names = append(names, edit.name)
		}
		if broken := known.hold(w.render()); len(broken) > 0 {
			t.Fatalf("after %q: other bytes under a key that is known: %q", names, broken)
		}
	}
}

// setsTwice says that settings have one key twice.
func setsTwice(settings string) bool {
	seen := map[string]bool{}
	for line := range strings.Lines(settings) {
		key, _, ok := strings.Cut(line, ":")
		if !ok || strings.ContainsAny(key, " #-") {
			continue
		}
		if seen[key] {
			return true
		}
		seen[key] = true
	}
	return false
}

// TestKeysOfTheDemonstration edits each file of a real site.
func TestKeysOfTheDemonstration(t *testing.T) {
	t.Parallel()
	known := promises{}
	start := demonstration(t)
	known.hold(start.render())
	for _, name := range slices.Sorted(maps.Keys(start.files)) {
		w := start.clone()
		switch {
		case name == "publish.yaml":
			w.replace(name, "label: SEV 1", "label: Worst")
		case strings.HasSuffix(name, ".md"):
			w.add(name, "\nA line more.\n")
			if broken := known.hold(w.render()); len(broken) > 0 {
				t.Errorf("%s: other bytes under a key that is known: %q", name, broken)
			}
			w.replace(name, "title: ", "title: New ")
		default:
			w.remove(name)
		}
		if broken := known.hold(w.render()); len(broken) > 0 {
			t.Errorf("%s: other bytes under a key that is known: %q", name, broken)
		}
	}
}

// TestKeysAhead: a page ahead of the next model has the key that it has there,
// or else it makes no promise that the next model breaks.
func TestKeysAhead(t *testing.T) {
	t.Parallel()
	start := keysWorld(t)
	before, known := start.load(), promises{}
	ahead, kept := 0, 0
	for _, edit := range keyEdits {
		w := start.clone()
		edit.do(w)
		after := w.load()
		for _, d := range after.folder.Documents {
			p := before.site.PageOf(d.Path)
			if p == nil || p.Document.Hash == d.Hash || before.folder.Settings != after.folder.Settings {
				continue
			}
			next, ok := before.site.Ahead(p, d)
			if !ok {
				continue
			}
			r := before.renderer.Page(next)
			ahead++
			comes := after.table.Get(r.Path)
			if comes != nil {
				known.hold(renderedOf(t, []*route.Route{comes}))
			}
			if comes != nil && comes.Key.Same(r.Key) {
				kept++
			} else if edit.name == "prose" || edit.name == "prose of a page" {
				t.Errorf("%s: %s is rendered ahead and again", edit.name, r.Path)
			}
			if broken := known.hold(renderedOf(t, []*route.Route{r})); len(broken) > 0 {
				t.Errorf("%s: the page ahead has other bytes than its key: %q", edit.name, broken)
			}
		}
	}
	if ahead < 20 || kept < ahead/2 {
		t.Errorf("%d pages could be rendered ahead, %d of them need not be rendered again", ahead, kept)
	}
}

// TestKeysOfPreviews: what waits to become public changes no key of what is,
// and has keys of its own.
func TestKeysOfPreviews(t *testing.T) {
	t.Parallel()
	w := keysWorld(t)
	public := w.render()
	w.o.Previews = true
	l := w.load()
	known := promises{}
	known.hold(renderedOf(t, l.table.All()))
	if wasted, changed := compared(public, renderedOf(t, l.table.All())); len(wasted)+len(changed) > 0 {
		t.Errorf("previews change the public keys %q and bytes %q", wasted, changed)
	}
	previews := renderedOf(t, l.renderer.Previews())
	known.hold(previews)
	for _, path := range []string{"/2024/03/12/draft/", "/2024/02/27/embargo/", "/fr/2024/02/27/embargo/", "/hidden.png"} {
		if _, ok := previews[path]; !ok {
			t.Errorf("%s is no preview: %v", path, slices.Sorted(maps.Keys(previews)))
		}
	}
	for _, edit := range keyEdits {
		w := keysWorld(t)
		w.o.Previews = true
		edit.do(w)
		if broken := known.hold(renderedOf(t, w.load().renderer.Previews())); len(broken) > 0 {
			t.Errorf("%s: other bytes under a key that is known: %q", edit.name, broken)
		}
	}
}
