//go:build linux

package faults

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"publish/bench/corpus"
)

// generator is a program that makes sites.
type generator struct {
	name     string
	strict   bool // what it does wrong is a failure of the test
	content  string
	template string // a folder that its sites begin with
	command  func(out string) []string
}

// site is a folder of reports in one of several revisions, and where it is
// served from.
type site struct {
	*generator
	dir, out string
	reports  int
	inPlace  bool                // the new files are staged in a hidden folder of the served one
	now      string              // its revision
	wants    map[string]manifest // what a clean build of a revision gives
	took     map[string]time.Duration
}

// manifest is what a reader finds: path → hash of the bytes.
type manifest map[string][sha256.Size]byte

// The revisions, by how many reports they edit. For publish the last also has one
// report more; Hugo leaves on the disk what is no longer part of a site, fault or
// no fault, and is not to be blamed for that here.
var revisions = []string{"base", "one", "some", "all"}

func edited(revision string, report, reports int) bool {
	switch revision {
	case "one":
		return report == reports/2
	case "some":
		return report%5 == 0
	case "all":
		return true
	}
	return false
}

// newSite makes a site and learns what each of its revisions looks like.
func (s *suite) newSite(t *testing.T, g *generator, reports int) *site {
	t.Helper()
	dir := filepath.Join(s.dir, g.name)
	w := &site{
		generator: g, dir: dir, out: filepath.Join(dir, "served", "public"), reports: reports,
		wants: make(map[string]manifest), took: make(map[string]time.Duration),
	}
	if err := os.MkdirAll(filepath.Join(dir, g.content), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Dir(w.out), 0o755); err != nil {
		t.Fatal(err)
	}
	if g.template != "" {
		if err := os.CopyFS(dir, os.DirFS(g.template)); err != nil {
			t.Fatal(err)
		}
	} else {
		put(t, filepath.Join(dir, "publish.yaml"), "title: Faults\nbase_url: https://example.org/faults/\n")
	}
	for _, revision := range revisions {
		w.write(t, revision)
		clean := filepath.Join(dir, "clean", revision)
		if out, err := w.run(clean); err != nil {
			t.Fatalf("%s: %v\n%s", revision, err, out)
		}
		w.wants[revision] = read(t, clean)
		if err := os.RemoveAll(clean); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

func put(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// write makes the texts those of a revision.
func (w *site) write(t *testing.T, revision string) {
	t.Helper()
	for i := range w.reports {
		if w.now != "" && edited(w.now, i, w.reports) == edited(revision, i, w.reports) {
			continue
		}
		text := corpus.Text(i)
		if edited(revision, i, w.reports) {
			text = strings.Replace(text, "\n## Impact\n", "\nThis was edited, and is longer now.\n\n## Impact\n", 1)
		}
		put(t, filepath.Join(w.dir, w.content, corpus.Name(i)), text)
	}
	more := filepath.Join(w.dir, w.content, corpus.Name(w.reports))
	if revision == "all" && w.strict {
		put(t, more, corpus.Text(w.reports))
	} else if err := os.RemoveAll(more); err != nil {
		t.Fatal(err)
	}
	w.now = revision
}

// build is the command of a build into a folder, below a shell's limits if there
// are some.
func (w *site) build(out string, limits ...string) *exec.Cmd {
	command := w.command(out)
	if len(limits) > 0 {
		command = append([]string{"sh", "-c", strings.Join(limits, "; ") + `; exec "$@"`, "sh"}, command...)
	}
	c := exec.Command(command[0], command[1:]...)
	c.Dir = w.dir
	c.Env = append(os.Environ(), "NO_COLOR=1", "HUGO_CACHEDIR="+filepath.Join(w.dir, "cache"), "XDG_CACHE_HOME="+filepath.Join(w.dir, "cache"))
	return c
}

func (w *site) run(out string, limits ...string) (string, error) {
	c := w.build(out, limits...)
	var said bytes.Buffer
	c.Stdout, c.Stderr = &said, &said
	if err := c.Start(); err != nil {
		return "", err
	}
	hung := time.AfterFunc(patience, func() { _ = c.Process.Kill() })
	err := c.Wait()
	if !hung.Stop() {
		err = errors.Join(fmt.Errorf("it was still at it after %v", patience), err)
	}
	return said.String(), err
}

// patience is how long a build may take before it is taken for one that hangs.
const patience = 2 * time.Minute

// become brings the served folder to a revision, without any fault.
func (w *site) become(t *testing.T, revision string) {
	t.Helper()
	w.write(t, revision)
	begin := time.Now()
	if said, err := w.run(w.out); err != nil {
		t.Fatalf("a build without a fault: %v\n%s", err, said)
	}
	w.took[revision] = time.Since(begin)
}

// read reads a folder as a visitor can: every file that is served.
func read(t *testing.T, dir string) manifest {
	t.Helper()
	m := make(manifest)
	err := filepath.WalkDir(dir, func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(file)
		name, _ := filepath.Rel(dir, file)
		m[name] = sha256.Sum256(data)
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return m
}

// visible is what is not hidden.
func (m manifest) visible() manifest {
	m = maps.Clone(m)
	maps.DeleteFunc(m, func(name string, _ [sha256.Size]byte) bool { return name[0] == '.' })
	return m
}

// What a reader finds.
const (
	isOld  = "old"
	isNew  = "new"
	isTorn = "torn"
)

// look compares the served folder with two revisions and says what is torn.
func (w *site) look(t *testing.T, was, will string) (state, why string) {
	t.Helper()
	got := read(t, w.out)
	old, now := w.wants[was], w.wants[will]
	if w.inPlace {
		got, old, now = got.visible(), old.visible(), now.visible()
	}
	switch {
	case maps.Equal(got, now):
		return isNew, ""
	case maps.Equal(got, old):
		return isOld, ""
	}
	var missing, broken, ofOld, ofNew int
	var first string
	for _, name := range slices.Sorted(maps.Keys(now)) {
		sum, ok := got[name]
		switch _, before := old[name]; {
		case !ok && before:
			missing++
		case ok && sum == now[name] && sum != old[name]:
			ofNew++
		case ok && sum == old[name] && sum != now[name]:
			ofOld++
		case ok && sum != now[name]:
			broken++
			first = cmp.Or(first, name)
		}
	}
	return isTorn, fmt.Sprintf("of %d files %d are missing, %d are neither (%s), %d are of the old site alone and %d of the new", len(now), missing, broken, first, ofOld, ofNew)
}

// litter lists what lies beside the served folder.
func (w *site) litter(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(w.out))
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, e := range entries {
		if e.Name() != filepath.Base(w.out) {
			left = append(left, e.Name())
		}
	}
	return left
}

// after looks at the folder after a fault, builds again without, and enters both
// into the row.
func (w *site) after(t *testing.T, r *row, was, will string, said []byte) (state string) {
	t.Helper()
	state, why := w.look(t, was, will)
	r.runs++
	switch state {
	case isOld:
		r.old++
	case isNew:
		r.new++
	default:
		r.torn++
		r.note(why)
		w.fault(t, "%s: %s to %s: %s\n%s", r.fault, was, will, why, said)
	}
	out, err := w.run(w.out)
	state2, why := w.look(t, was, will)
	if left := w.litter(t); err != nil || state2 != isNew || len(left) > 0 {
		r.unrepaired++
		w.fault(t, "%s: %s to %s: the next build: %v, %s %s, beside it %q\n%s", r.fault, was, will, err, state2, why, left, out)
		if err := os.RemoveAll(w.out); err != nil {
			t.Fatal(err)
		}
		w.become(t, will)
	}
	return state
}

// fault is a failure of the test if the generator is publish.
func (w *site) fault(t *testing.T, format string, args ...any) {
	t.Helper()
	if w.strict {
		t.Errorf(format, args...)
	}
}

// goodWords says whether a message tells in words what was wrong, and is no
// crash.
func goodWords(said []byte) bool {
	return bytes.Contains(said, []byte("publish: error:")) && bytes.Contains(said, []byte("hint:")) && !bytes.Contains(said, []byte("goroutine "))
}
