//go:build linux

package main

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// startChild runs `publish serve` as a process of its own until the test ends,
// started by a line of a shell ("$@" is the command), with what more the system
// is to do.
func startChild(t *testing.T, dir, shell string, attributes *syscall.SysProcAttr) (*served, *os.Process) {
	t.Helper()
	s := &served{t: t, seen: map[string]bool{}}
	c := exec.Command("/bin/sh", "-c", shell, "sh", "publish", "serve", "--site", dir, "--addr", "localhost:0")
	c.Stderr, c.SysProcAttr = s, attributes
	must(t, c.Start())
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	s.stop = sync.OnceFunc(func() {
		_ = c.Process.Signal(syscall.SIGCONT)
		_ = c.Process.Signal(syscall.SIGTERM)
		if err := <-ended; err != nil {
			t.Errorf("serve ended with %v:\n%s", err, s.text())
		}
	})
	t.Cleanup(s.stop)
	s.findURL()
	return s, c.Process
}

// TestStormWhileStopped edits more files than the kernel keeps events for while
// the preview is stopped, as that of a laptop that was closed.
func TestStormWhileStopped(t *testing.T) {
	dir := stormSite(t, 40)
	s, process := startChild(t, dir, `exec "$@"`, nil)
	must(t, process.Signal(syscall.SIGSTOP))
	time.Sleep(time.Duration(asMany(20_000, 100)) * time.Millisecond)
	for n := range asMany(1000, 450) { // each is two events or more, and the kernel keeps 16 384
		for i := range 20 {
			writeFile(t, stormFile(dir, i), report(fmt.Sprintf("Edited %d", n)))
		}
	}
	must(t, os.RemoveAll(filepath.Join(dir, "content", "2019")))
	writeFile(t, filepath.Join(dir, "content", "new", "2025-05-05-new.md"), report("Written meanwhile"))
	must(t, process.Signal(syscall.SIGCONT))
	s.agrees(dir)
	writeFile(t, stormFile(dir, 1), report("Edited behind it"))
	s.agrees(dir)
}

// TestStormWithoutDescriptors takes all descriptors that the preview has by
// connections, edits the site, and lets go.
func TestStormWithoutDescriptors(t *testing.T) {
	dir := stormSite(t, 40)
	s, _ := startChild(t, dir, `ulimit -n 32; exec "$@"`, nil)
	u, err := url.Parse(s.url)
	must(t, err)
	var taken []net.Conn
	for range 60 { // those that are not accepted wait in the kernel
		c, err := net.Dial("tcp", u.Host)
		must(t, err)
		taken = append(taken, c)
	}
	for i := range 40 {
		writeFile(t, stormFile(dir, i), report(fmt.Sprintf("Edited without descriptors %d", i)))
	}
	writeFile(t, filepath.Join(dir, "content", "new", "2025-05-05-new.md"), report("New"))
	s.says("too many open files")
	time.Sleep(time.Second) // longer than anything is doubted
	for _, c := range taken {
		c.Close()
	}
	if status, home := s.get(""); status != http.StatusOK || !bytes.Contains(home, []byte("</html>")) {
		t.Errorf("the home page is not whole: status %d", status)
	}
	s.says("no errors any more") // and nobody has edited anything since
	s.agrees(dir)
}

// TestStormWithoutWatches gives the preview fewer watches than it has folders, or
// none: it says so, and looks itself.
func TestStormWithoutWatches(t *testing.T) {
	for _, limit := range []struct{ file, value, says string }{
		{"max_inotify_watches", "5", "raise fs.inotify.max_user_watches"},
		{"max_inotify_instances", "0", "raise fs.inotify.max_user_instances"},
	} {
		dir := stormSite(t, 40)
		own := &syscall.SysProcAttr{
			Cloneflags:  syscall.CLONE_NEWUSER,
			UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
			GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
		}
		test := exec.Command("/bin/sh", "-c", "echo "+limit.value+" >/proc/sys/user/"+limit.file)
		test.SysProcAttr = own
		if err := test.Run(); err != nil {
			t.Logf("no limit of our own can be set here: %v", err)
			return // what the watcher does then is tested by its seam: TestSaid
		}
		s, _ := startChild(t, dir, "echo "+limit.value+" >/proc/sys/user/"+limit.file+` && exec "$@"`, own)
		s.says(limit.says)
		must(t, os.RemoveAll(filepath.Join(dir, "content", "2019")))
		for i := range 19 {
			writeFile(t, stormFile(dir, i), report(fmt.Sprintf("Edited %d", i)))
		}
		writeFile(t, filepath.Join(dir, "content", "new", "deep", "2025-05-05-new.md"), report("New"))
		s.agrees(dir)
	}
}

// TestStormOnAFullDisk has a site on a small disk, and somebody who saves texts
// there until it is full. It is run again as a process that may mount.
func TestStormOnAFullDisk(t *testing.T) {
	const where = "PUBLISH_STORM_DISK"
	if disk := os.Getenv(where); disk != "" {
		onFullDisk(t, disk)
		return
	}
	self, err := os.Executable()
	must(t, err)
	c := exec.Command(self, "-test.run=^TestStormOnAFullDisk$", "-test.timeout=5m", "-test.v")
	c.Env = append(os.Environ(), where+"="+t.TempDir())
	c.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	if os.Getuid() != 0 {
		c.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		c.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}}
		c.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}}
	}
	out, err := c.CombinedOutput()
	if errors.Is(err, syscall.EPERM) || bytes.Contains(out, []byte(noMounts)) {
		t.Logf("%s: what a full disk leaves is tested by TestStorms", noMounts)
	} else if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

const noMounts = "nothing can be mounted here"

func onFullDisk(t *testing.T, disk string) {
	err := errors.Join(syscall.Mount("none", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""), syscall.Mount("none", disk, "tmpfs", 0, "size=600k"))
	if err != nil {
		t.Logf("%s: %v", noMounts, err)
		return
	}
	defer func() { _ = syscall.Unmount(disk, syscall.MNT_DETACH) }()
	dir := filepath.Join(disk, "site")
	must(t, os.CopyFS(dir, os.DirFS(stormSite(t, 20))))
	s := startPreview(t, dir)
	defer s.stop()
	filler := filepath.Join(disk, "filler")
	_ = os.WriteFile(filler, make([]byte, 1<<20), 0o644)
	full := 0
	for i := range 20 { // saved by emptying the file first, as most editors do
		err := os.WriteFile(stormFile(dir, i), []byte(report("Saved")+strings.Repeat("\nMore words.\n", 500)), 0o644)
		if errors.Is(err, syscall.ENOSPC) {
			full++
		}
		_ = os.WriteFile(stormFile(dir, i)+".new", []byte("# Never whole\n"), 0o644)
	}
	if full == 0 {
		t.Error("the disk was not full")
	}
	if status, home := s.get(""); status != http.StatusOK || !bytes.Contains(home, []byte("</html>")) {
		t.Errorf("the home page is not whole: status %d", status)
	}
	must(t, os.Remove(filler))
	for i := range 20 {
		writeFile(t, stormFile(dir, i), report(fmt.Sprintf("Saved at last %d", i)))
		must(t, os.Remove(stormFile(dir, i)+".new"))
	}
	s.agrees(dir)
}
