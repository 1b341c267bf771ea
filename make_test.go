package publish_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Whoever has no Go, an old one, or no ~/bin in the PATH is told so, and what to do.
func TestMakeInstall(t *testing.T) {
	program, err := exec.LookPath("make")
	if err != nil {
		t.Fatal(err)
	}
	for name, one := range map[string]struct {
		goes, want string // a script in place of Go; what is said
		fails      bool
	}{
		"none":            {"", "Go is missing: get 1.26 or newer from https://go.dev/dl/", true},
		"old":             {"case $1 in version) echo go version go1.19.8 linux/amd64 ;; *) exit 1 ;; esac\n", "this Go is too old (go version go1.19.8 linux/amd64)", true},
		"not in the PATH": {"exit 0\n", "which is not in your PATH: open a new terminal, or add it", false},
	} {
		dir := t.TempDir()
		if err := os.MkdirAll(filepath.Join(dir, "bin"), 0o755); err != nil {
			t.Fatal(err)
		}
		scripts := map[string]string{"mkdir": "exit 0\n"}
		if one.goes != "" {
			scripts["go"] = one.goes
		}
		for script, text := range scripts {
			if err := os.WriteFile(filepath.Join(dir, "bin", script), []byte("#!/bin/sh\n"+text), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		c := exec.Command(program, "-s", "install", "VERSION=v1", "SOURCE=", "BINDIR="+filepath.Join(dir, "home", "bin"))
		c.Env = []string{"PATH=" + filepath.Join(dir, "bin"), "HOME=" + dir}
		said, err := c.CombinedOutput()
		if (err != nil) != one.fails || !strings.Contains(string(said), one.want) {
			t.Errorf("%s: %v\n%s", name, err, said)
		}
	}
}
