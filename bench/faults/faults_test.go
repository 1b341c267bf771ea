//go:build linux

// Package faults lets builds of a real publish, and of Hugo beside it, come to
// grief, and looks at what a reader of the served folder finds then.
//
//	go test ./bench/faults          a few of each fault, publish alone
//	make faults                     all of them, with Hugo, and the table
//
// Whatever happens, the folder must be the old site or the new one, whole, and
// the next build must need no cleaning and leave nothing lying about. That is
// asserted of publish; of Hugo it is counted.
package faults

import (
	"flag"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

var (
	whole = flag.Bool("whole", false, "every fault as often as the table needs, for some ten minutes")
	hugo  = flag.String("hugo", "", "the `program` of Hugo; without it publish is alone")
	posts = flag.Int("posts", 150, "how many reports the site has in the whole suite")
	seed  = flag.Uint64("seed", 1, "of the instants at which builds are killed")
)

// TestFaults is all of it, one fault after the other.
func TestFaults(t *testing.T) {
	s := &suite{dir: place(t), random: rand.New(rand.NewPCG(10, *seed))}
	s.generators = append(s.generators, s.publish(t))
	if *hugo != "" {
		s.generators = append(s.generators, s.hugo(t))
	}
	for _, g := range s.generators {
		t.Run(g.name, func(t *testing.T) {
			w := s.newSite(t, g, times(*posts, 30))
			for _, fault := range faults {
				t.Run(fault.name, func(t *testing.T) {
					w.become(t, "base")
					fault.of(s, t, w)
				})
			}
		})
	}
	t.Log(s.table())
}

// faults are all that there are. Each gets the site as the revision "base".
var faults = []struct {
	name string
	of   func(s *suite, t *testing.T, w *site)
}{
	{"kills", (*suite).kills},
	{"signals", (*suite).signals},
	{"two at once", (*suite).twoAtOnce},
	{"readers", (*suite).readers},
	{"descriptors", (*suite).descriptors},
	{"memory", (*suite).memory},
	{"file size", (*suite).fileSize},
	{"no permission", (*suite).noPermission},
	{"small disk", (*suite).smallDisk},
}

// suite is what the faults share.
type suite struct {
	dir        string
	random     *rand.Rand
	generators []*generator
	rows       []*row
}

// times is how often something is done: in the whole suite, and in its quick
// part.
func times(all, few int) int {
	if *whole {
		return all
	}
	return few
}

// place is a folder in memory, if the system has such a file system: publish
// waits until the disk has everything, and here builds follow each other.
func place(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "publish-faults-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil { // somebody without rights must get in
		t.Fatal(err)
	}
	return dir
}

// publish builds the program.
func (s *suite) publish(t *testing.T) *generator {
	t.Helper()
	program := filepath.Join(s.dir, "publish-program")
	build := exec.Command("go", "build", "-trimpath", "-o", program, "publish/cmd/publish")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return &generator{
		name: "publish", strict: true, content: "content",
		command: func(out string) []string {
			return []string{program, "build", "--now", "2026-11-21", "--output", out}
		},
	}
}

// hugo prepares the site that the benchmark gives to Hugo.
func (s *suite) hugo(t *testing.T) *generator {
	t.Helper()
	program, err := filepath.Abs(filepath.Join("..", "..", *hugo))
	if filepath.IsAbs(*hugo) {
		program = *hugo
	}
	if err != nil {
		t.Fatal(err)
	}
	return &generator{
		name: "hugo", content: filepath.Join("content", "postmortems"), template: filepath.Join("..", "peers", "hugo"),
		command: func(out string) []string {
			return []string{program, "--quiet", "--cleanDestinationDir", "--destination", out}
		},
	}
}
