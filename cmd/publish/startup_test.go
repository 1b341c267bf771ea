package main

import (
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
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
