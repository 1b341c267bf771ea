package plainfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
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

// Append waits for nobody, and gives nothing to whoever reads from a pipe.
func TestAppend(t *testing.T) {
	root := folder(t)
	reader, err := os.OpenFile("pipe", os.O_RDWR, 0) // so that a write would go through
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	for _, name := range []string{"pipe", "to-pipe", "socket"} {
		if err := Append(root.OpenFile, name, "x"); !errors.Is(err, ErrNoFile) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := Append(root.OpenFile, "content", "x"); err == nil {
		t.Error("a folder was written to")
	}
	for name, want := range map[string]string{"inside": "# A, b", "new": ", b"} {
		err := Append(root.OpenFile, name, ", b")
		if text, _ := os.ReadFile(name); err != nil || string(text) != want {
			t.Errorf("%s: %q, %v", name, text, err)
		}
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

// What neighbours give, and refuse, is what the folder does.
func TestNeighbours(t *testing.T) {
	root := folder(t)
	for _, err := range []error{
		os.WriteFile("content/b.md", []byte("# B"), 0o644),
		os.MkdirAll("content/deep", 0o755),
		os.WriteFile("content/deep/c.md", []byte("# C"), 0o644),
		os.Symlink("b.md", "content/beside"),
		os.Symlink("../inside", "content/above"),
		os.Symlink("deep/c.md", "content/below"),
		os.Symlink("../../..", "content/out"),
		os.Symlink("../pipe", "content/pipe"),
		os.Symlink("content", "linked"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	names := []string{
		"content/a.md", "content/b.md", "content/beside", "content/above", "content/below", "content/out", "content/pipe", "content/none",
		"content/deep", "content/deep/c.md", "content/deep/none", "inside", "pipe", "out", "linked/a.md", "linked/above", "none/a.md", "content", "../a", ".",
	}
	shared, random := NeighboursIn(Below(root)), rand.New(rand.NewPCG(1, 2))
	defer shared.Close()
	stayed := 0
	for range 2000 {
		name := names[random.IntN(len(names))]
		got, saysGot := read(shared, name)
		want, saysWant := read(Below(root), name)
		if got != want || saysGot != saysWant {
			t.Fatalf("%s: %q, %s; want %q, %s", name, got, saysGot, want, saysWant)
		}
		if shared.root != nil {
			stayed++
		}
	}
	if stayed == 0 {
		t.Error("no folder stayed open")
	}
}

// read gives the bytes of a file, or what stands in their way.
func read(fsys fs.FS, name string) (text, why string) {
	file, err := fsys.Open(name)
	if err != nil {
		return "", err.Error()
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return "", err.Error()
	}
	raw, err := io.ReadAll(file)
	if err != nil {
		return "", Why(err)
	}
	return fmt.Sprintf("%s %d %s", info.Mode(), info.Size(), raw), ""
}
