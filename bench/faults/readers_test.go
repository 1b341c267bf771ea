//go:build linux

package faults

import (
	"crypto/sha256"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// readers read while builds go on: some by path, as a web server does, and one
// that opened every file before.
func (s *suite) readers(t *testing.T, w *site) {
	r := s.row(w.generator, "a page asked for during a build")
	held := s.row(w.generator, "a file kept open across a build")
	for i := range times(20, 2) {
		was, will := "base", "all"
		if i%2 == 1 {
			was, will = will, was
		}
		open := w.openAll(t, was)
		w.write(t, will)
		done := make(chan struct{})
		ended := make(chan seen)
		random := rand.New(rand.NewPCG(s.random.Uint64(), 0))
		go func() { ended <- w.visit(was, will, random, done) }()
		if said, err := w.run(w.out); err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
		close(done)
		v := <-ended
		r.runs += v.reads
		r.old, r.new, r.torn = r.old+v.old, r.new+v.new, r.torn+v.torn
		if v.torn > 0 {
			r.note(v.why)
			w.fault(t, "%d of %d reads during a build: %s", v.torn, v.reads, v.why)
		}
		w.closeAll(t, held, open, was)
	}
}

// seen is what a visitor met.
type seen struct {
	reads, old, new, torn int
	why                   string
}

// visit reads pages that differ between the two revisions, one after the other.
func (w *site) visit(was, will string, random *rand.Rand, done <-chan struct{}) (v seen) {
	old, now := w.wants[was], w.wants[will]
	var names []string
	for _, name := range slices.Sorted(maps.Keys(old)) {
		if sum, ok := now[name]; ok && sum != old[name] {
			names = append(names, name)
		}
	}
	for {
		select {
		case <-done:
			return v
		default:
		}
		name := names[random.IntN(len(names))]
		data, err := os.ReadFile(filepath.Join(w.out, name))
		v.reads++
		switch sum := sha256.Sum256(data); {
		case err != nil:
			v.torn, v.why = v.torn+1, err.Error()
		case sum == now[name]:
			v.new++
		case sum == old[name] && v.new > 0:
			v.torn, v.why = v.torn+1, name+" is old after another page was new"
		case sum == old[name]:
			v.old++
		default:
			v.torn, v.why = v.torn+1, name+" is neither the old page nor the new"
		}
	}
}

func (w *site) openAll(t *testing.T, revision string) map[string]*os.File {
	t.Helper()
	files := make(map[string]*os.File)
	for name := range w.wants[revision] {
		f, err := os.Open(filepath.Join(w.out, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = f
	}
	return files
}

// closeAll reads what was opened before a build: the old bytes, still.
func (w *site) closeAll(t *testing.T, r *row, files map[string]*os.File, was string) {
	t.Helper()
	for name, f := range files {
		data, err := io.ReadAll(f)
		f.Close()
		r.runs++
		if err == nil && sha256.Sum256(data) == w.wants[was][name] {
			r.old++
			continue
		}
		r.torn++
		r.note(name + " has other bytes than when it was opened")
		w.fault(t, "%s, kept open, has other bytes after a build: %v", name, err)
	}
}
