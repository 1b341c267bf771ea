package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// sources are what the program is built from.
var sources = []string{"cmd", "internal", "layouts", "static", "embed.go", "go.mod", "go.sum"}

// A release for the system of the test, made from a copy of the sources.
func makeIn(t *testing.T, root, dir string) (dist string) {
	t.Helper()
	for _, source := range sources {
		err := filepath.WalkDir(filepath.Join(root, source), func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			rel, _ := filepath.Rel(root, name) // it lies below
			data, err := os.ReadFile(name)
			if err != nil || strings.Contains(rel, "testdata") || strings.HasSuffix(rel, "_test.go") {
				return err
			}
			to := filepath.Join(dir, rel)
			if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
				return err
			}
			return os.WriteFile(to, data, 0o644)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	for _, args := range [][]string{{"init", "-q"}, {"add", "."}, {"commit", "-q", "-m", "one"}, {"tag", "v1.2.3"}} {
		c := exec.Command("git", args...)
		c.Env = append(os.Environ(), "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.org",
			"GIT_AUTHOR_DATE=2026-11-21T00:00:00Z", "GIT_COMMITTER_DATE=2026-11-21T00:00:00Z")
		if said, err := c.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, said)
		}
	}
	r := release{dir: "dist", version: "v1.2.3", source: "https://github.com/acme/publish", systems: []system{{runtime.GOOS, runtime.GOARCH}}}
	if err := r.make(); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, "dist")
}

// The same sources give the same files in two folders, and no path of either is
// in them. What they say of themselves is so.
func TestReproducible(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	above := t.TempDir()
	one, other := makeIn(t, root, filepath.Join(above, "one")), makeIn(t, root, filepath.Join(above, "another folder"))
	binary := system{runtime.GOOS, runtime.GOARCH}.binary()
	names := []string{"LICENSES.txt", "SHA256SUMS", "_publish", binary, "publish.bash", "publish.fish", "publish.ps1", "sbom.cdx.json"}
	for _, name := range names {
		a, err := os.ReadFile(filepath.Join(one, name))
		if err != nil {
			t.Fatal(err)
		}
		b, _ := os.ReadFile(filepath.Join(other, name)) // then it differs
		if !bytes.Equal(a, b) {
			t.Errorf("%s is another in another folder", name)
		}
		for _, path := range []string{above, root} {
			if bytes.Contains(a, []byte(path)) {
				t.Errorf("%s holds the path %s", name, path)
			}
		}
	}
	entries, _ := os.ReadDir(one)
	if len(entries) != len(names) {
		t.Errorf("%d files were made, and not %d", len(entries), len(names))
	}
	said, err := exec.Command(filepath.Join(one, binary), "version").Output()
	commit, _ := exec.Command("git", "-C", above+"/one", "rev-parse", "HEAD").Output() // then it is not said
	if err != nil || !strings.HasPrefix(string(said), "publish v1.2.3 "+string(commit[:12])+" (go") {
		t.Errorf("it says that it is %s (%v)", said, err)
	}
	check := exec.Command("sha256sum", "--check", "--strict", "SHA256SUMS")
	check.Dir = one
	if said, err := check.CombinedOutput(); err != nil || bytes.Count(said, []byte(": OK\n")) != len(names)-1 {
		t.Errorf("the sums: %v\n%s", err, said)
	}
	checkMaterials(t, filepath.Join(one, "sbom.cdx.json"), strings.TrimSpace(string(commit)))
	checkComplete(t, one, binary)
	if err := (release{dir: one, systems: systems}).make(); err == nil {
		t.Error("it writes into a folder that holds a release")
	}
}

func checkMaterials(t *testing.T, file, commit string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var b bill
	if err := json.Unmarshal(text, &b); err != nil {
		t.Fatal(err)
	}
	has := func(name string) bool {
		return slices.ContainsFunc(b.Components, func(c component) bool { return c.Name == name && c.Version != "" })
	}
	for _, name := range []string{"std", "github.com/yuin/goldmark", "github.com/spf13/cobra"} {
		if !has(name) {
			t.Errorf("the bill of materials lacks %s:\n%s", name, text)
		}
	}
	if has("github.com/google/go-cmp") {
		t.Error("a module for tests is in the bill of materials")
	}
	if b.Metadata.Component.Version != "v1.2.3" || !slices.Contains(b.Metadata.Component.Properties, property{"commit", commit}) {
		t.Errorf("it is about %+v", b.Metadata.Component)
	}
}

// checkComplete compares the bill with what `go version -m` says of the binary: each
// module is there in its version, with its sum and a licence whose text comes along.
func checkComplete(t *testing.T, dist, binary string) {
	t.Helper()
	out, err := exec.Command("go", "version", "-m", filepath.Join(dist, binary)).Output()
	if err != nil {
		t.Fatal(err)
	}
	var b bill
	text, err := os.ReadFile(filepath.Join(dist, "sbom.cdx.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &b); err != nil {
		t.Fatal(err)
	}
	texts, err := os.ReadFile(filepath.Join(dist, licences))
	if err != nil {
		t.Fatal(err)
	}
	modules := 1 // std
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		if len(fields) != 4 || fields[0] != "dep" {
			continue
		}
		modules++
		name, version, sum := fields[1], fields[2], fields[3]
		if !slices.ContainsFunc(b.Components, func(c component) bool {
			return c.Name == name && c.Version == version && slices.Contains(c.Properties, property{"go:sum", sum}) && len(c.Licences) > 0 && c.Licences[0].Licence.ID != ""
		}) {
			t.Errorf("the bill of materials lacks %s %s, its sum or its licence", name, version)
		}
		if !bytes.Contains(texts, []byte(name+" "+version+"\n")) {
			t.Errorf("the licence of %s does not come along", name)
		}
	}
	if modules < 15 || len(b.Components) != modules {
		t.Errorf("the bill of materials has %d components, the binary %d", len(b.Components), modules)
	}
}
