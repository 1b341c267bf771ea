package plainfile

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
)

// folder makes a folder with a file, and with one of each thing that is none.
func folder(t *testing.T) *os.Root {
	t.Helper()
	dir := t.TempDir()
	t.Chdir(dir) // names of sockets are short
	for _, err := range []error{
		os.MkdirAll("content", 0o755),
		os.WriteFile("content/a.md", []byte("# A"), 0o644),
		os.Symlink("content/a.md", "inside"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	if err := fstest.TestFS(Below(root), "content/a.md", "inside"); err != nil {
		t.Error(err)
	}
	if out, err := exec.Command("mkfifo", "pipe").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	t.Cleanup(func() { // frees whoever waits for somebody to write
		if f, err := os.OpenFile(filepath.Join(dir, "pipe"), os.O_RDWR, 0); err == nil {
			f.Close()
		}
	})
	socket, err := net.Listen("unix", "socket")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { socket.Close() })
	for name, to := range map[string]string{"to-pipe": "pipe", "device": "/dev/zero", "out": "../..", "loop": "loop"} {
		if err := os.Symlink(to, name); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// What is no file is refused, and why is said in words.
func TestWhatIsNoFile(t *testing.T) {
	root := folder(t)
	for name, want := range map[string]string{
		"pipe":    ErrNoFile.Error(),
		"to-pipe": ErrNoFile.Error(),
		"socket":  ErrNoFile.Error(),
		"device":  "it is a link that leads out of its folder",
		"out":     "it is a link that leads out of its folder",
		"loop":    "it is a link that leads in a circle",
		"content": "it is a folder, not a file",
		"none":    "it does not exist",
	} {
		_, err := Read(root.OpenFile, name)
		if err == nil || Why(err) != want {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
		if _, err := fs.ReadFile(Below(root), name); err == nil || Why(err) != want {
			t.Errorf("%s as a file of the folder: %v, want %s", name, err, want)
		}
	}
	if _, err := Read(os.OpenFile, "/dev/zero"); !errors.Is(err, ErrNoFile) {
		t.Errorf("a device: %v", err)
	}
	if text, err := Read(root.OpenFile, "inside"); err != nil || string(text) != "# A" {
		t.Errorf("a link inside: %q, %v", text, err)
	}
}

func TestWhy(t *testing.T) {
	for want, err := range map[string]error{
		"permission denied":       &fs.PathError{Op: "open", Path: "a", Err: syscall.EACCES},
		"no space left on device": fmt.Errorf("read: %w", &fs.PathError{Op: "read", Path: "a", Err: syscall.ENOSPC}),
		"something else":          errors.New("something else"),
	} {
		if got := Why(err); !strings.EqualFold(got, want) {
			t.Errorf("%v: %q, want %q", err, got, want)
		}
	}
}
