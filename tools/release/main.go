// Command release builds what a release of publish consists of: a static binary
// for each system, the completions of shells, what the binaries are made of
// (sbom.cdx.json) and the sums of all files (SHA256SUMS). It runs in the top
// folder of the repository: `make release`. The same commit and the same Go give
// the same bytes, in whatever folder.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// systems are those for which binaries are made.
var systems = []system{
	{"linux", "amd64"}, {"linux", "arm64"}, {"darwin", "amd64"}, {"darwin", "arm64"}, {"windows", "amd64"}, {"windows", "arm64"},
}

type system struct{ os, arch string }

func (s system) String() string { return s.os + "/" + s.arch }

// binary is the name of the file for a system.
func (s system) binary() string {
	name := "publish-" + s.os + "-" + s.arch
	if s.os == "windows" {
		name += ".exe"
	}
	return name
}

// release is what is to be built, and where to.
type release struct {
	dir     string // to write; new or empty
	version string
	source  string // where the sources can be cloned; may be empty
	systems []system
}

func main() {
	r := release{systems: systems}
	only := ""
	flag.StringVar(&r.dir, "output", "dist", "the `folder` to write")
	flag.StringVar(&r.version, "version", "development", "what the release is `called`")
	flag.StringVar(&r.source, "source", "", "the `address` from which the sources can be cloned")
	flag.StringVar(&only, "only", "", "the one `system` to build for, as linux/amd64")
	flag.Parse()
	if only != "" {
		r.systems = slices.DeleteFunc(slices.Clone(systems), func(s system) bool { return s.String() != only })
	}
	if err := r.make(); err != nil {
		fmt.Fprintf(os.Stderr, "release: %v\n", err)
		os.Exit(1)
	}
}

func (r release) make() error {
	if len(r.systems) == 0 {
		return fmt.Errorf("there is nothing to build: the systems are %v", systems)
	}
	if strings.ContainsAny(r.version+r.source, " \t\n'\"") {
		return fmt.Errorf("neither a version nor an address: %q %q", r.version, r.source)
	}
	if err := os.MkdirAll(r.dir, 0o755); err != nil {
		return err
	}
	if entries, err := os.ReadDir(r.dir); err != nil || len(entries) > 0 {
		return fmt.Errorf("%q is not empty: remove it first", r.dir)
	}
	for _, s := range r.systems {
		if err := r.build(s); err != nil {
			return fmt.Errorf("%v: %w", s, err)
		}
	}
	if err := r.completions(); err != nil {
		return err
	}
	if err := r.writeMaterials(); err != nil {
		return err
	}
	return r.writeSums()
}

// build makes the binary for a system, without a path of this machine in it.
func (r release) build(s system) error {
	// Whatever the settings of this machine's Go say, the commit is noted.
	c := exec.Command("go", "build", "-trimpath", "-buildvcs=auto",
		"-ldflags", "-s -w -X main.version="+r.version+" -X main.repository="+r.source,
		"-o", filepath.Join(r.dir, s.binary()), "./cmd/publish")
	c.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+s.os, "GOARCH="+s.arch, "GOFLAGS=", "GOAMD64=v1", "GOARM64=v8.0")
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	return c.Run()
}

// completions asks the binary for this machine.
func (r release) completions() error {
	here := system{runtime.GOOS, runtime.GOARCH}
	if !slices.Contains(r.systems, here) {
		return fmt.Errorf("the completions come from the binary for %v, which is not among %v", here, r.systems)
	}
	for shell, name := range map[string]string{"bash": "publish.bash", "zsh": "_publish", "fish": "publish.fish", "powershell": "publish.ps1"} {
		script, err := exec.Command(filepath.Join(r.dir, here.binary()), "completion", shell).Output()
		if err != nil {
			return fmt.Errorf("completions for %s: %w", shell, err)
		}
		if err := os.WriteFile(filepath.Join(r.dir, name), script, 0o644); err != nil {
			return err
		}
	}
	return nil
}

const sums = "SHA256SUMS"

// writeSums writes the sums as sha256sum does, which checks them with -c.
func (r release) writeSums() error {
	entries, err := os.ReadDir(r.dir)
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, e := range entries { // by name
		data, err := os.ReadFile(filepath.Join(r.dir, e.Name()))
		if err != nil {
			return err
		}
		sum := sha256.Sum256(data)
		fmt.Fprintf(&b, "%s  %s\n", hex.EncodeToString(sum[:]), e.Name())
	}
	return os.WriteFile(filepath.Join(r.dir, sums), []byte(b.String()), 0o644)
}
