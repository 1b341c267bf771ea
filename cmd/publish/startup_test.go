package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestStartup: no package of ours does work before a command begins. Every
// command would pay for it, `publish version` too: data are read, and patterns
// compiled, where they are first used (sync.OnceValue, internal/pattern).
func TestStartup(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "version")
	cmd.Args[0] = "publish" // for TestMain
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	var trace strings.Builder
	cmd.Stderr = &trace
	if err := cmd.Run(); err != nil {
		t.Fatal(err, trace.String())
	}
	// What is left are tables of fields and a few maps; half of it are variables
	// of the tests of this package.
	const mostBytes, mostAllocs, mostOfAll = 150_000, 700, 300_000
	row := regexp.MustCompile(`(?m)^init (publish\S*|main) @.* clock, (\d+) bytes, (\d+) allocs$`)
	read, whole := 0, 0
	for _, m := range row.FindAllStringSubmatch(trace.String(), -1) {
		bytes, _ := strconv.Atoi(m[2])
		allocs, _ := strconv.Atoi(m[3])
		read, whole = read+1, whole+bytes
		if bytes > mostBytes || allocs > mostAllocs {
			t.Errorf("%s allocates %d bytes in %d pieces before the program begins; at most %d in %d", m[1], bytes, allocs, mostBytes, mostAllocs)
		}
	}
	if read < 10 {
		t.Fatalf("only %d packages were read:\n%s", read, trace.String())
	}
	if whole > mostOfAll {
		t.Errorf("all packages together allocate %d bytes before the program begins, at most %d", whole, mostOfAll)
	}
	t.Logf("%d packages allocate %d bytes", read, whole)
}

// TestStartupOfCommands: what each command allocates on an empty site, beyond what
// every program does before it begins. The bounds are a quarter above what was
// measured last, that of the bytes two thirds, which is what the race detector
// takes. docs/performance.md has the times.
func TestStartupOfCommands(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "site", "content"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "site", "publish.yaml"), []byte("title: Empty\nbase_url: https://example.org/\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	pieces0, bytes0 := commandCost(t, dir, "version")
	for _, c := range []struct {
		command     string
		pieces, kbs int // at most
	}{
		{"explain /archive/", 9_200, 5_000},
		{"build", 80_000, 12_500}, // the first
		{"build", 12_000, 5_500},  // with nothing to do
		{"check", 80_000, 9_500},
		{"diff public", 82_000, 15_500},
	} {
		pieces, bytes := commandCost(t, dir, strings.Fields(c.command)...)
		pieces, kbs := pieces-pieces0, (bytes-bytes0)/1000
		t.Logf("%s: %d allocations, %d kB", c.command, pieces, kbs)
		if pieces > c.pieces || kbs > c.kbs {
			t.Errorf("%s makes %d allocations of %d kB on an empty site, at most %d of %d were expected", c.command, pieces, kbs, c.pieces, c.kbs)
		}
	}
}

// commandCost counts what one command allocates in a process of its own, in a
// folder that holds a site.
func commandCost(t *testing.T, dir string, args ...string) (pieces, bytes int) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, args...)
	cmd.Args[0] = "publish-counted" // for TestMain
	cmd.Dir = filepath.Join(dir, "site")
	cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_CACHE_HOME="+dir, "LocalAppData="+dir)
	said, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, said)
	}
	if _, err := fmt.Sscanf(string(said), "%d allocations, %d bytes", &pieces, &bytes); err != nil {
		t.Fatalf("%v: %v\n%s", args, err, said)
	}
	return pieces, bytes
}

// mainCounted is main, but says nothing but what it allocated.
func mainCounted() {
	p := &program{stdout: io.Discard, stderr: io.Discard, getenv: os.Getenv, clock: time.Now}
	code := p.run(context.Background(), os.Args[1:])
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Printf("%d allocations, %d bytes\n", m.Mallocs, m.TotalAlloc)
	os.Exit(code)
}
