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
		goes, bindir, want string // a script in place of Go; BINDIR, from HOME; what is said, of HOME
		fails              bool
	}{
		"none":                  {"", "bin", "Go is missing: get 1.26 or newer from https://go.dev/dl/", true},
		"old":                   {"case $1 in version) echo go version go1.19.8 linux/amd64 ;; *) exit 1 ;; esac\n", "bin", "this Go is too old (go version go1.19.8 linux/amd64)", true},
		"not in the PATH":       {"exit 0\n", "bin", `publish is in HOME/bin, which is not in your PATH: open a new terminal, or add it: export PATH="HOME/bin:$PATH"` + "\n", false},
		"elsewhere":             {"exit 0\n", "my programs/", `publish is in HOME/my programs, which is not in your PATH: add it, in the file that your shell reads when it starts too: export PATH="HOME/my programs:$PATH"` + "\n", false},
		"in the PATH":           {"exit 0\n", "there", "", false},
		"in the PATH, slashed":  {"exit 0\n", "there/", "", false},
		"in the PATH, in steps": {"exit 0\n", "bin/../there", "", false},
	} {
		dir := t.TempDir()
		home := filepath.Join(dir, "home")
		if err := os.MkdirAll(filepath.Join(dir, "bin"), 0o755); err != nil {
			t.Fatal(err)
		}
		scripts := map[string]string{"mkdir": "exec /bin/mkdir \"$@\"\n"}
		if one.goes != "" {
			scripts["go"] = one.goes
		}
		for script, text := range scripts {
			if err := os.WriteFile(filepath.Join(dir, "bin", script), []byte("#!/bin/sh\n"+text), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		c := exec.Command(program, "-s", "install", "VERSION=v1", "SOURCE=", "BINDIR="+home+"/"+one.bindir)
		c.Env = []string{"PATH=" + filepath.Join(dir, "bin") + ":" + filepath.Join(home, "there"), "HOME=" + home}
		out, err := c.CombinedOutput()
		said := strings.ReplaceAll(string(out), home, "HOME")
		if (err != nil) != one.fails || !strings.Contains(said, one.want) || one.want == "" && said != "" {
			t.Errorf("%s: %v\n%s", name, err, said)
		}
	}
}

// What is built knows where its sources are on the web, by the remote of its clone.
func TestMakeSource(t *testing.T) {
	makefile, err := filepath.Abs("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	for remote, want := range map[string]string{
		"https://git.example.com/a/b.git":         "https://git.example.com/a/b.git",
		"https://git.example.com:8443/a/b.git":    "https://git.example.com:8443/a/b.git",
		"https://u:secret@git.example.com/a/b":    "",
		"ssh://git@host:2222/a/b.git":             "https://host/a/b.git",
		"ssh://git@host/a/b.git":                  "https://host/a/b.git",
		"git@github.com:acme/publish.git":         "https://github.com/acme/publish.git",
		"/srv/git/publish.git":                    "",
		"https://git.example.com/a/b; echo x":     "",
		"ssh://git@ssh.github.com:443/acme/p.git": "https://ssh.github.com/acme/p.git",
	} {
		dir := t.TempDir()
		config := "[core]\n\trepositoryformatversion = 0\n[remote \"origin\"]\n\turl = \"" + remote + "\"\n"
		for name, text := range map[string]string{"HEAD": "ref: refs/heads/main\n", "config": config, "objects/x": "", "refs/x": ""} {
			if err := os.MkdirAll(filepath.Join(dir, ".git", filepath.Dir(name)), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, ".git", name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		c := exec.Command("make", "-n", "-f", makefile, "build")
		c.Dir = dir
		said, err := c.CombinedOutput()
		if err != nil || !strings.Contains(string(said), "-X main.repository="+want+`" `) {
			t.Errorf("%s: %v\n%s", remote, err, said)
		}
	}
}
