package output

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// failing takes one kind of call from a test's system.
func failing(op string, err error) func(op, path string) error {
	return func(called, _ string) error {
		if called == op {
			return err
		}
		return nil
	}
}

// nth lets the n-th call fail, and with forGood all that come after it. Before it
// fails a call does half of its work, where it has halves.
type nth struct {
	n       int
	forGood bool
	err     error
	way     func(op, path string) error // what the way takes from the system anyway

	count int
	op    string // that failed first
}

func (f *nth) fail(op, path string) error {
	if f.way != nil {
		if err := f.way(op, path); err != nil {
			return err
		}
	}
	f.count++
	if f.count < f.n || f.count > f.n && !f.forGood {
		return nil
	}
	if f.count == f.n {
		f.op = op
	}
	switch op {
	case "write":
		_ = os.WriteFile(path, []byte("ha"), 0o644)
	case "remove all":
		_ = filepath.WalkDir(path, func(file string, e os.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return nil
			}
			_ = os.Remove(file)
			return filepath.SkipAll
		})
	}
	return f.err
}

// Every call of a build fails in its turn, once and for good, and the folder is
// one of the two sites each time, as is what the error says of it.
func TestWriteWhateverCallFails(t *testing.T) {
	was, will := with(firstFiles, "CNAME", "example.org"), with(secondFiles, "CNAME", "example.org")
	for way, o := range ways {
		for _, errno := range []syscall.Errno{syscall.ENOSPC, syscall.EIO, syscall.EACCES} {
			for _, forGood := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s, %v, for good %v", way, errno, forGood), func(t *testing.T) {
					t.Parallel()
					for n := 1; ; n++ {
						f := &nth{n: n, forGood: forGood, err: errno, way: o.seams.fail}
						if !oneFault(t, o, f, was, will) {
							if n < 15 {
								t.Errorf("only %d calls were made", n-1)
							}
							return
						}
					}
				})
			}
		}
	}
}

// The same of a first build, which has no old site to leave as it was.
func TestFirstWriteWhateverCallFails(t *testing.T) {
	for way, o := range ways {
		for _, forGood := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, for good %v", way, forGood), func(t *testing.T) {
				t.Parallel()
				for n := 1; oneFault(t, o, &nth{n: n, forGood: forGood, err: syscall.ENOSPC, way: o.seams.fail}, nil, secondFiles); n++ {
				}
			})
		}
	}
}

// oneFault builds with a fault, looks at the folder, and builds again without. It
// says whether the fault came to pass.
func oneFault(t *testing.T, o Options, f *nth, was, will map[string]string) bool {
	t.Helper()
	o.Dir, o.Jobs = filepath.Join(inMemory(t), "public"), 1
	again := o
	if was != nil {
		write(t, first, Options{Dir: o.Dir})
		put(t, filepath.Join(o.Dir, "CNAME"), "example.org")
	}
	o.seams.fail = f.fail
	_, err := Write(t.Context(), site(t, second), o)
	if f.op == "" {
		return false
	}
	where := fmt.Sprintf("call %d, %s, gave %v", f.n, f.op, err)
	changed, hasChanged := errors.AsType[*Changed](err)
	switch {
	case err == nil:
		expectFiles(t, where, o.Dir, will)
	case !hasChanged && was == nil:
		if _, err := os.Lstat(o.Dir); err == nil {
			t.Errorf("%s: the first build left the folder", where)
		}
	case !hasChanged:
		expectFiles(t, where, o.Dir, was)
	case strings.Contains(changed.State, "old site now stands in"):
		if _, err := os.Lstat(o.Dir); err == nil {
			t.Errorf("%s: something stands in the folder", where)
		}
		expectFiles(t, where, filepath.Join(filepath.Dir(o.Dir), ".public"+asideName), was)
	case strings.Contains(changed.State, "new site is in place"):
		expectFiles(t, where, o.Dir, will)
	case strings.Contains(changed.State, "of the old site and of the new"):
		expectMixed(t, where, o.Dir, was, will)
	default:
		t.Errorf("%s: nothing is said of the folder", where)
	}
	if err != nil && !strings.Contains(err.Error(), filepath.Base(filepath.Dir(o.Dir))) {
		t.Errorf("%s: no file is named", where)
	}
	if kept := filepath.Join(filepath.Dir(o.Dir), ".public"+keptName); hasChanged && strings.Contains(changed.State, "files of others") {
		_ = os.RemoveAll(kept) // as it asks for
	}
	if _, err := Write(t.Context(), site(t, second), again); err != nil {
		t.Errorf("%s: the next build gives %v", where, err)
	}
	expect(t, o.Dir, will)
	return true
}

// inMemory is a folder on a file system in memory, if there is one: each build
// waits until the disk has everything, and these are some thousands of builds.
func inMemory(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "publish-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// expectFiles compares what readers see of a folder.
func expectFiles(t *testing.T, where, dir string, want map[string]string) {
	t.Helper()
	got := texts(t, dir)
	maps.DeleteFunc(got, func(file, _ string) bool { return ownFile(file) })
	if !maps.Equal(got, want) {
		t.Errorf("%s: got the files %q, want %q", where, got, want)
	}
}

// expectMixed checks that a folder in which files are replaced one by one has
// only whole files, each of the old site or the new.
func expectMixed(t *testing.T, where, dir string, was, will map[string]string) {
	t.Helper()
	got := texts(t, dir)
	for file, text := range got {
		if old, ok := was[file]; ownFile(file) || strings.HasSuffix(file, "/") || ok && old == text {
			continue
		}
		if now, ok := will[file]; !ok || now != text {
			t.Errorf("%s: %q has %q", where, file, text)
		}
	}
	for file := range will {
		if _, ok := was[file]; !ok {
			continue
		}
		if _, ok := got[file]; !ok {
			t.Errorf("%s: %q, of both sites, is missing", where, file)
		}
	}
}

// ownFile says whether a file is publish's own, which no page leads to.
func ownFile(file string) bool {
	return file == manifestName || strings.HasPrefix(file, stagingName)
}
