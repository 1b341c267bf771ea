//go:build linux

// Package hostile gives files of every bad kind to a real publish: bytes that are
// no text, texts that grow when they are read, names that no system likes, pipes,
// days that do not exist. cases.txt is the table: what each case puts beside the
// good pages of a site, and what comes of it.
//
//	go test ./bench/hostile            a third of those of little text
//	go test ./bench/hostile -update    all of them; writes the outcomes into the table: read the difference
//	make hostile                       all of them, and the table of time and memory
//
// Whatever it is, each file gives a page or a message with its place; the good
// pages are there and whole; and time and memory are bounded.
package hostile

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const tableFile = "cases.txt"

var (
	update = flag.Bool("update", false, "write the outcomes into "+tableFile)
	whole  = flag.Bool("whole", false, "every case, and the table")
)

// patience is how long a command may take before it is taken for one that hangs:
// hundreds of times what the slowest case takes.
const patience = 2 * time.Minute

// What no case may need at its peak: so many times what the good pages alone need,
// which the test measures, and so many bytes for each byte of the case.
const (
	maxTimes   = 15
	maxPerByte = 200
)

// `make test` tries one of every few cases, of those that have few bytes.
const (
	few    = 3
	little = 100_000
)

// TestHostileInput builds the site of each case.
func TestHostileInput(t *testing.T) {
	w := newWorkshop(t)
	all := readTable(t)
	if len(all) < 150 {
		t.Errorf("only %d cases", len(all))
	}
	plain := w.try(t, &trial{name: "the good pages alone"})
	report := []measured{plain}
	for i, c := range all {
		if !*whole && !*update && (i%few != 0 || c.slow || c.size() > little) {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			m := w.try(t, c)
			report = append(report, m)
			if m.memory > maxTimes*plain.memory+maxPerByte*int64(c.size()) {
				t.Errorf("%d MiB at its peak; the good pages alone take %d MiB", m.memory>>20, plain.memory>>20)
			}
			if *update {
				c.outcome = m.outcome
			} else if got, want := strings.Join(m.outcome, "\n"), strings.Join(c.outcome, "\n"); got != want {
				t.Errorf("it came to\n%s\nand not to\n%s", got, want)
			}
		})
	}
	if *update {
		writeTable(t, all)
	}
	t.Log(summary(report, *whole))
}

// workshop is where the cases are tried.
type workshop struct {
	program, dir string
	nobody       bool            // we are root, and become somebody without rights
	plain        map[string]bool // the files of the site that has the good pages alone
}

// newWorkshop builds the program and a folder in memory.
func newWorkshop(t *testing.T) *workshop {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "publish-hostile-")
	if err != nil {
		dir = t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil { // somebody without rights must get in
		t.Fatal(err)
	}
	w := &workshop{program: filepath.Join(dir, "publish"), dir: dir, nobody: os.Getuid() == 0}
	build := exec.Command("go", "build", "-trimpath", "-o", w.program, "publish/cmd/publish")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return w
}

// good are the pages that no case may harm, with what stands in them.
var good = []struct{ file, text, path, shows string }{
	{
		"content/2024-01-01-good.md",
		"---\ntitle: A good report\nseverity: SEV2\nservices: [api]\n---\n\nThe good report stands.\n\n## Timeline\n\n- 10:00 UTC it broke\n- 10:30 UTC it was mended\n",
		"2024/01/01/good/index.html", "The good report stands.",
	},
	{
		"content/2024-06-01-other.md",
		"# Another outage\n\nIt is like [the first](2024-01-01-good.md), and it stands too.\n",
		"2024/06/01/other/index.html", `<a href="../../../01/01/good/">the first</a>, and it stands too.`,
	},
	{"content/about.md", "# About us\n\nWe stand by our reports.\n", "about/index.html", "We stand by our reports."},
}

const settings = "title: Hostile\nbase_url: https://example.org/\nlanguage: en\n"
