//go:build linux

package faults

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// descriptors builds with few files open at once. 20 is enough for publish.
func (s *suite) descriptors(t *testing.T, w *site) {
	for _, limit := range []int{20, 14, 9} {
		r := s.row(w.generator, fmt.Sprintf("%d descriptors", limit))
		for range times(4, 1) {
			state := s.limited(t, w, r, fmt.Sprintf("ulimit -n %d", limit))
			if w.strict && limit >= 20 && state != isNew {
				t.Errorf("a build with %d descriptors left the %s site", limit, state)
			}
		}
	}
}

// memory builds with little address space: the program ends wherever it cannot
// get more, which no program in Go can catch.
func (s *suite) memory(t *testing.T, w *site) {
	enough := w.enoughMemory(t)
	r := s.row(w.generator, "out of memory")
	for i := range times(20, 3) {
		limit := enough * (100 - i*times(2, 20)) / 100
		s.limited(t, w, r, fmt.Sprintf("ulimit -v %d", limit))
	}
	if w.strict && r.old == 0 {
		t.Error("no build was out of memory")
	}
}

// enoughMemory finds about how many KiB of address space a build needs.
func (w *site) enoughMemory(t *testing.T) int {
	t.Helper()
	low, high := 1<<18, 1<<22
	for high-low > low/times(50, 3) {
		middle := (low + high) / 2
		if _, err := w.run(filepath.Join(w.dir, "clean", "memory"), fmt.Sprintf("ulimit -v %d", middle)); err != nil {
			low = middle
		} else {
			high = middle
		}
		if err := os.RemoveAll(filepath.Join(w.dir, "clean")); err != nil {
			t.Fatal(err)
		}
	}
	return high
}

// fileSize lets writes fail at a size, as a full disk does, also where nothing
// can be mounted: in the middle of a file, which comes out short.
func (s *suite) fileSize(t *testing.T, w *site) {
	r := s.row(w.generator, "files of at most n KiB")
	for i := range times(12, 2) {
		said := s.limitedSaying(t, w, r, fmt.Sprintf("ulimit -f %d", 1+i*times(5, 30)))
		if w.strict && said != nil && !goodWords(said) {
			t.Errorf("a file that is too large for the limit: it says\n%s", said)
		}
	}
}

// limited builds under a limit of the shell's.
func (s *suite) limited(t *testing.T, w *site, r *row, limit string) (state string) {
	t.Helper()
	s.limitedSaying(t, w, r, limit)
	return r.last
}

// limitedSaying gives what a build that failed said.
func (s *suite) limitedSaying(t *testing.T, w *site, r *row, limit string) []byte {
	t.Helper()
	was, will := w.now, "all"
	if was == will {
		will = "base"
	}
	w.write(t, will)
	out, err := w.run(w.out, limit)
	r.last = w.after(t, r, was, will, []byte(out))
	if err == nil {
		if w.strict && r.last != isNew {
			t.Errorf("%s: a build that ended well left the %s site", limit, r.last)
		}
		return nil
	}
	return []byte(out)
}

// noPermission builds where nothing may be written: neither in the folder nor
// beside it.
func (s *suite) noPermission(t *testing.T, w *site) {
	r := s.row(w.generator, "no right to write")
	for range times(4, 1) {
		was := w.now
		w.write(t, "all")
		lock(t, w.out, filepath.Dir(w.out))
		c := w.build(w.out)
		asNobody(c)
		said, err := c.CombinedOutput()
		if err == nil {
			w.fault(t, "it builds where it must not write:\n%s", said)
		}
		if w.strict && !goodWords(said) {
			t.Errorf("without the right to write it says\n%s", said)
		}
		unlock(t, w.out, filepath.Dir(w.out))
		w.after(t, r, was, "all", said)
		w.become(t, "base")
	}
}

// asNobody has root, who may write everywhere, run a command as somebody else.
func asNobody(c *exec.Cmd) {
	if os.Getuid() == 0 {
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		c.Env = append(c.Env, "HOME=/nonexistent")
	}
}

// lock takes the right to write from folders and all below, unlock gives it back.
func lock(t *testing.T, folders ...string)   { chmod(t, 0o555, folders) }
func unlock(t *testing.T, folders ...string) { chmod(t, 0o755, folders) }

func chmod(t *testing.T, mode os.FileMode, folders []string) {
	t.Helper()
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(file string, e os.DirEntry, err error) error {
			if err == nil && e.IsDir() {
				err = os.Chmod(file, mode)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// inNamespace runs this test again as a process that may mount. It says false
// where the system does not let it.
func inNamespace(t *testing.T, test string, env ...string) (out []byte, allowed bool) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self, "-test.run=^"+test+"$", "-test.timeout=20m")
	c.Env = append(os.Environ(), env...)
	c.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	if uid, gid := os.Getuid(), os.Getgid(); uid != 0 {
		c.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		c.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: uid, Size: 1}}
		c.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: gid, Size: 1}}
	}
	out, err = c.CombinedOutput()
	if bytes.Contains(out, []byte(cannotMount)) || err != nil && strings.Contains(err.Error(), "operation not permitted") {
		return out, false
	}
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	return out, true
}

const cannotMount = "nothing can be mounted here"
