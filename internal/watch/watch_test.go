package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

// site is a watched folder in a test.
type site struct {
	t    *testing.T
	root string
	w    *Watcher

	mu   sync.Mutex
	said []string
}

// ways are the ways of finding changes; every story is told in each.
var ways = map[string]func(*Options, *seams){
	"events": func(_ *Options, s *seams) { s.slow = time.Hour },
	"poll":   func(o *Options, s *seams) { o.Poll, s.fast = true, 5*time.Millisecond },
	"silent": func(_ *Options, s *seams) {
		s.hear = func(fsnotify.Event) bool { return false }
		s.slow, s.fast, s.wait = 5*time.Millisecond, 5*time.Millisecond, 20*time.Millisecond
	},
	"limit": func(_ *Options, s *seams) {
		left := 2
		s.fast = 5 * time.Millisecond
		s.arm = func(events *fsnotify.Watcher, dir string) error {
			if left--; left < 0 {
				return fmt.Errorf("no space left: %w", syscall.ENOSPC)
			}
			return events.Add(dir)
		}
	},
}

// inEveryWay runs a story in each way of finding changes.
func inEveryWay(t *testing.T, story func(t *testing.T, s *site)) {
	for name, set := range ways {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var o Options
			var tests seams
			set(&o, &tests)
			s := &site{t: t, root: t.TempDir()}
			s.write("content/a.md", "one")
			s.write("content/b.md", "one")
			s.write("content/2021/c.md", "one")
			s.start(o, tests)
			story(t, s)
		})
	}
}

func (s *site) start(o Options, tests seams) {
	s.t.Helper()
	o.Say = func(line string) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.said = append(s.said, line)
	}
	var err error
	if s.w, err = start(s.root, o, tests); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { s.must(s.w.Close()) })
}

func (s *site) path(name string) string { return filepath.Join(s.root, filepath.FromSlash(name)) }

func (s *site) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *site) write(name, text string) {
	s.t.Helper()
	s.must(os.MkdirAll(filepath.Dir(s.path(name)), 0o755))
	s.must(os.WriteFile(s.path(name), []byte(text), 0o644))
}

func (s *site) rename(from, to string) { s.t.Helper(); s.must(os.Rename(s.path(from), s.path(to))) }
func (s *site) remove(name string)     { s.t.Helper(); s.must(os.Remove(s.path(name))) }

// expect waits until all these paths were told, and returns all that was.
func (s *site) expect(paths ...string) []string {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 20*time.Second)
	defer cancel()
	left := map[string]bool{}
	for _, p := range paths {
		left[p] = true
	}
	var told []string
	for len(left) > 0 {
		b, err := s.w.Next(ctx)
		if err != nil {
			s.t.Fatalf("%v: never told of %v (told: %v)", err, left, told)
		}
		if b.All {
			return append(told, "*")
		}
		if !slices.IsSorted(b.Paths) || len(b.Paths) == 0 {
			s.t.Errorf("a batch of %q", b.Paths)
		}
		told = append(told, b.Paths...)
		for _, p := range b.Paths {
			delete(left, p)
		}
	}
	return told
}

// settle swallows what is still told, until a file written last is.
func (s *site) settle() {
	s.t.Helper()
	s.write("settled.md", fmt.Sprint(time.Now().UnixNano()))
	for !slices.Contains(s.expect("settled.md"), "settled.md") {
		s.write("settled.md", fmt.Sprint(time.Now().UnixNano()))
	}
}

func TestWaysOfSaving(t *testing.T) {
	for name, save := range map[string]func(s *site){
		"in place": func(s *site) { s.write("content/a.md", "other") },
		"in two chunks": func(s *site) {
			f, err := os.OpenFile(s.path("content/a.md"), os.O_TRUNC|os.O_WRONLY, 0)
			s.must(err)
			_, err = f.WriteString("first")
			s.must(err)
			s.expect("content/a.md")
			_, err = f.WriteString(" second")
			s.must(errors.Join(err, f.Close()))
		},
		"renamed over": func(s *site) {
			s.write("content/.a.md.tmp123", "other")
			s.rename("content/.a.md.tmp123", "content/a.md")
		},
		"deleted and created": func(s *site) {
			s.remove("content/a.md")
			s.write("content/a.md", "other")
		},
		"vim": func(s *site) {
			s.write("content/.a.md.swp", "swap")
			s.write("content/4913", "")
			s.remove("content/4913")
			s.rename("content/a.md", "content/a.md~")
			s.write("content/a.md", "other")
			s.remove("content/a.md~")
		},
		"emacs": func(s *site) {
			s.must(os.Symlink("me@host.123:456", s.path("content/.#a.md")))
			s.write("content/#a.md#", "other")
			s.write("content/a.md", "other")
			s.remove("content/#a.md#")
			s.remove("content/.#a.md")
		},
		"JetBrains": func(s *site) {
			s.write("content/a.md___jb_tmp___", "other")
			s.rename("content/a.md", "content/a.md___jb_old___")
			s.rename("content/a.md___jb_tmp___", "content/a.md")
			s.remove("content/a.md___jb_old___")
		},
		"gedit": func(s *site) {
			s.write("content/.goutputstream-X1Y2Z3", "other")
			s.rename("content/.goutputstream-X1Y2Z3", "content/a.md")
		},
		"touched": func(s *site) {
			s.must(os.Chtimes(s.path("content/a.md"), time.Now(), time.Now().Add(time.Hour)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			inEveryWay(t, func(t *testing.T, s *site) {
				save(s)
				for _, p := range s.expect("content/a.md") {
					if name := path.Base(p); p != "*" && p != "." && p != "content" && len(name) != len("a.md") && !strings.HasPrefix(name, ".a.md.tmp") {
						t.Errorf("told of %q, which is no content", p)
					}
				}
				s.settle()
				s.write("content/a.md", "and once more") // the watch is still there
				s.expect("content/a.md")
			})
		})
	}
}

func TestCheckout(t *testing.T) {
	inEveryWay(t, func(t *testing.T, s *site) {
		var all []string
		for i := range 300 {
			name := fmt.Sprintf("content/%d/post%d.md", i%7, i)
			s.write(name, "text")
			all = append(all, name)
		}
		s.expect(all...)
	})
}

func TestFoldersMove(t *testing.T) {
	inEveryWay(t, func(t *testing.T, s *site) {
		outside := t.TempDir()
		tree := &site{t: t, root: outside}
		tree.write("in/x/y/deep.md", "text")
		tree.write("in/top.md", "text")
		s.must(os.Rename(filepath.Join(outside, "in"), s.path("content/in")))
		s.expect("content/in/x/y/deep.md", "content/in/top.md")
		s.settle()
		s.write("content/in/x/y/deep.md", "other")
		s.expect("content/in/x/y/deep.md")

		s.rename("content/in", "content/renamed")
		s.expect("content/in/x/y/deep.md", "content/in/top.md", "content/renamed/x/y/deep.md", "content/renamed/top.md")
		s.settle()
		s.write("content/renamed/x/y/deep.md", "once more")
		s.expect("content/renamed/x/y/deep.md")
		s.write("content/renamed/x/y/new.md", "text")
		s.expect("content/renamed/x/y/new.md")

		s.rename("content/renamed", "content/in") // and back
		s.expect("content/renamed/top.md", "content/in/x/y/deep.md")
		s.settle()
		s.write("content/in/x/y/deep.md", "a third time")
		s.expect("content/in/x/y/deep.md")

		s.must(os.Rename(s.path("content/in"), filepath.Join(outside, "out")))
		s.expect("content/in/x/y/deep.md", "content/in/top.md")
		s.settle()
		s.must(os.MkdirAll(s.path("content/in/x/y"), 0o755))
		s.write("content/in/x/y/deep.md", "a new one")
		s.expect("content/in/x/y/deep.md")
	})
}

func TestFolderRemovedAndMade(t *testing.T) {
	inEveryWay(t, func(t *testing.T, s *site) {
		for range 20 {
			s.must(os.RemoveAll(s.path("content/2021")))
			s.write("content/2021/c.md", "two")
			s.expect("content/2021/c.md")
			s.settle()
			s.write("content/2021/c.md", "three")
			s.expect("content/2021/c.md")
			s.settle()
		}
	})
}

func TestManyAtOnce(t *testing.T) {
	inEveryWay(t, func(t *testing.T, s *site) {
		var all []string
		for i := range 5000 {
			name := fmt.Sprintf("content/many/%d.md", i)
			s.write(name, "text")
			all = append(all, name)
		}
		s.expect(all...)
	})
}

func TestRootGoesAndComesBack(t *testing.T) {
	inEveryWay(t, func(t *testing.T, s *site) {
		aside := s.root + "-aside"
		s.must(os.Rename(s.root, aside))
		s.all()
		s.must(os.Rename(aside, s.root))
		s.all()
		s.write("content/a.md", "other")
		s.expect("content/a.md")
		s.settle()
		s.must(os.RemoveAll(s.root))
		s.expect("content/2021/c.md")
		s.write("content/2021/c.md", "new")
		s.expect("content/2021/c.md")
		s.settle()
		s.write("content/2021/c.md", "other")
		s.expect("content/2021/c.md")
	})
}

// all waits for a batch that says All.
func (s *site) all() {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 20*time.Second)
	defer cancel()
	for {
		b, err := s.w.Next(ctx)
		if err != nil {
			s.t.Fatal(err)
		}
		if b.All {
			return
		}
	}
}

func TestSaid(t *testing.T) {
	for name, want := range map[string]string{
		"events": "", "poll": "",
		"limit":  "fs.inotify.max_user_watches",
		"silent": "did not announce",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var o Options
			var tests seams
			ways[name](&o, &tests)
			s := &site{t: t, root: t.TempDir()}
			s.write("content/2021/a.md", "one")
			s.start(o, tests)
			s.write("content/2021/a.md", "two, longer")
			s.expect("content/2021/a.md")
			deadline := time.Now().Add(20 * time.Second)
			said := s.hear()
			for want != "" && len(said) == 0 && time.Now().Before(deadline) {
				s.settle()
				said = s.hear()
			}
			if want == "" && len(said) > 0 {
				t.Errorf("it says %q", said)
			}
			if want != "" && (len(said) != 1 || !strings.Contains(said[0], want) || !strings.Contains(said[0], "--poll")) {
				t.Errorf("it says %q, not one line with %q", said, want)
			}
		})
	}
}

func (s *site) hear() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.said)
}

func TestClose(t *testing.T) {
	inEveryWay(t, func(t *testing.T, s *site) {
		s.settle()
		ended := make(chan error)
		go func() {
			for {
				if _, err := s.w.Next(context.Background()); err != nil {
					ended <- err
					return
				}
			}
		}()
		s.must(s.w.Close())
		if err := <-ended; !errors.Is(err, fs.ErrClosed) {
			t.Errorf("Next ended with %v", err)
		}
		s.must(s.w.Close())
	})
}

func TestNoFolder(t *testing.T) {
	s := &site{t: t, root: t.TempDir()}
	s.write("file", "text")
	for _, name := range []string{"none", "file"} {
		if _, err := New(s.path(name), Options{}); err == nil {
			t.Errorf("%q can be watched", name)
		}
	}
}
