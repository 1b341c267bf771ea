package watch

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"

	"publish/internal/bug"
)

// mirror is what somebody knows of the site who reads only what the batches
// name: the text of every file, by each of its paths.
type mirror map[string]string

// read reads everything, through links too.
func (m mirror) read(s *site, name string, above []string) {
	real, err := filepath.EvalSymlinks(s.path(name))
	if err != nil {
		return
	}
	if slices.ContainsFunc(above, func(a string) bool { return strings.HasPrefix(a+"/", real+"/") }) {
		return
	}
	entries, err := os.ReadDir(real)
	if err != nil {
		return
	}
	for _, e := range entries {
		below := path.Join(name, e.Name())
		if info, err := os.Stat(s.path(below)); err == nil && info.IsDir() {
			m.read(s, below, append(slices.Clone(above), real))
		} else {
			m.reread(s, below)
		}
	}
}

func (m mirror) reread(s *site, name string) {
	delete(m, name)
	info, err := os.Stat(s.path(name))
	if err != nil {
		maps.DeleteFunc(m, func(p, _ string) bool { return strings.HasPrefix(p, name+"/") })
	} else if !info.IsDir() {
		if text, err := os.ReadFile(s.path(name)); err == nil {
			m[name] = string(text)
		}
	}
}

// relist reads again what stands in a folder, but not below.
func (m mirror) relist(s *site, name string) {
	for p := range m {
		rest := p
		if name != "." {
			var below bool
			if rest, below = strings.CutPrefix(p, name+"/"); !below {
				continue
			}
		}
		first, _, _ := strings.Cut(rest, "/")
		m.reread(s, path.Join(name, first))
	}
	entries, _ := os.ReadDir(s.path(name))
	for _, e := range entries {
		m.reread(s, path.Join(name, e.Name()))
	}
}

func (m mirror) apply(s *site, b Batch) {
	if b.All {
		clear(m)
		m.read(s, ".", nil)
	}
	for _, p := range b.Paths {
		if m.reread(s, p); m[p] == "" {
			m.relist(s, p)
		}
	}
}

// writer does random things to the files of a site.
type writer struct {
	r *rand.Rand
	s *site
	n int
}

func (w *writer) name() string {
	name := ""
	for range w.r.IntN(3) {
		name = path.Join(name, fmt.Sprintf("d%d", w.r.IntN(4)))
	}
	return name
}

// act does one thing; errors mean that another writer was there before.
func (w *writer) act() {
	w.n++
	dir := w.s.path(w.name())
	file := filepath.Join(dir, fmt.Sprintf("f%d.md", w.r.IntN(6)))
	text := fmt.Appendf(nil, "%08d", w.r.IntN(1e8)) // always the same size
	switch w.r.IntN(12) {
	case 0, 1, 2, 3:
		_ = os.WriteFile(file, text, 0o644)
	case 4:
		_ = os.WriteFile(file+".tmp", text, 0o644)
		_ = os.Rename(file+".tmp", file)
	case 5:
		_ = os.Remove(file)
		_ = os.WriteFile(file, text, 0o644)
	case 6:
		_ = os.Remove(file)
	case 7:
		_ = os.Rename(file, filepath.Join(w.s.path(w.name()), filepath.Base(file)))
	case 8, 9:
		_ = os.MkdirAll(filepath.Join(dir, fmt.Sprintf("d%d", w.r.IntN(4))), 0o755)
	case 10:
		if dir != w.s.root {
			_ = os.Rename(dir, filepath.Join(w.s.path(w.name()), fmt.Sprintf("d%d", w.r.IntN(4))))
		}
	case 11:
		if dir != w.s.root && w.r.IntN(3) == 0 {
			_ = os.RemoveAll(dir)
		}
	}
}

// TestStorm: whatever several writers do at once, whoever reads what the
// batches name knows in the end what stands on the disk.
func TestStorm(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			inEveryWay(t, func(t *testing.T, s *site) {
				if seed%2 == 1 {
					s.link("d0", "l0")
					s.link("../d1", "content/l1")
					s.link("d2/f1.md", "linked.md")
				}
				var writers sync.WaitGroup
				for i := range uint64(3) {
					w := &writer{r: rand.New(rand.NewPCG(seed, i)), s: s}
					writers.Go(func() {
						for range 250 {
							w.act()
						}
					})
				}
				s.follow(&writers)
			})
		})
	}
}

// follow keeps a mirror until the writers ended and it equals the disk.
func (s *site) follow(writers *sync.WaitGroup) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 20*time.Second)
	defer cancel()
	known := mirror{}
	known.read(s, ".", nil)
	storm, ended := context.WithCancel(ctx)
	go func() { writers.Wait(); ended() }()
	for writing := true; ; {
		b, err := s.w.Next(storm)
		known.apply(s, b)
		if writing && storm.Err() == nil {
			continue
		}
		writing, storm = false, ctx
		truth := mirror{}
		if truth.read(s, ".", nil); maps.Equal(truth, known) {
			return
		}
		if err != nil && ctx.Err() != nil {
			for _, name := range slices.Sorted(maps.Keys(truth)) {
				if known[name] != truth[name] {
					s.t.Errorf("%s holds %q, known is %q", name, truth[name], known[name])
				}
				delete(known, name)
			}
			s.t.Fatalf("%v; believed to be there: %v", err, known)
		}
	}
}

func TestOverflow(t *testing.T) {
	lost := make(chan struct{})
	var o Options
	s := &site{t: t, root: t.TempDir()}
	s.write("content/a.md", "one")
	deaf := true // the loop's
	s.start(o, seams{slow: time.Hour, hear: func(e fsnotify.Event) bool {
		if deaf && filepath.Base(e.Name) == "last" {
			deaf = false
			close(lost)
			return false
		}
		return !deaf
	}})
	s.write("content/new/b.md", "two")
	s.write("last", "")
	<-lost
	s.w.queue.push(happening{err: fmt.Errorf("%w", fsnotify.ErrEventOverflow)})
	s.all() // the folder may be found out before or after this
	s.write("content/new/b.md", "three")
	s.expect("content/new/b.md")
	if said := s.hear(); len(said) > 0 {
		t.Errorf("it says %q", said)
	}
}

// TestMissed: where one watch is lost, as on some races of the library's, and
// others work, the sweep finds it out and sets it anew.
func TestMissed(t *testing.T) {
	s := &site{t: t, root: t.TempDir()}
	s.write("content/2021/a.md", "one")
	s.start(Options{}, seams{slow: time.Millisecond, wait: time.Second / 2})
	s.settle()
	s.must(s.w.queue.events.Remove(s.path("content/2021")))
	s.write("content/2021/a.md", "two, longer")
	s.expect("content/2021/a.md")
	for deadline := time.Now().Add(20 * time.Second); !slices.Contains(s.w.queue.events.WatchList(), s.path("content/2021")); {
		if time.Now().After(deadline) {
			t.Fatal("the folder is not watched again")
		}
		runtime.Gosched()
	}
	if said := s.hear(); len(said) > 0 {
		t.Errorf("it says %q", said)
	}
}

func TestNothingStaysBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	root := t.TempDir()
	for _, poll := range []bool{false, true} {
		for range 20 {
			w, err := start(root, Options{Poll: poll}, seams{fast: time.Millisecond, slow: time.Millisecond})
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(root, "a.md"), []byte("text"), 0o644); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	for deadline := time.Now().Add(20 * time.Second); runtime.NumGoroutine() > before; runtime.Gosched() {
		if time.Now().After(deadline) {
			stacks := make([]byte, 1<<20)
			t.Fatalf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
	}
}

// A panic in the watcher's goroutines is an error of Next's, and no crash.
func TestAPanicIsToldByNext(t *testing.T) {
	s := &site{t: t, root: t.TempDir()}
	s.start(Options{}, seams{slow: time.Hour, hear: func(fsnotify.Event) bool { panic("of an event") }})
	s.write("a.md", "one")
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for {
		_, err := s.w.Next(ctx)
		if found, ok := errors.AsType[*bug.Bug](err); ok && strings.Contains(found.Error(), "of an event (internal/watch/") {
			return
		} else if err != nil {
			t.Fatalf("got %v, want the panic", err)
		}
	}
}

// A panic where events are taken is the end of them, which the watcher is told.
func TestAPanicOfTheQueueIsAnError(t *testing.T) {
	q := newQueue(nil) // it cannot ask nothing for events
	<-q.wake
	got := q.take(nil)
	if len(got) != 1 {
		t.Fatalf("got %v", got)
	}
	if _, ok := errors.AsType[*bug.Bug](got[0].err); !ok || !strings.Contains(whyPolling(got[0].err), "nil pointer") {
		t.Errorf("got %v", got[0].err)
	}
}
