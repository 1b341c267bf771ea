package main

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"publish/bench/corpus"
	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/spill"
)

// costPosts is how many reports the sites have whose cost is counted.
const costPosts = 60

// TestCostOfABuild guards what a build costs by counting: allocations and bytes
// allocated for each of its posts, beyond what a site of half the size takes.
// The bounds are a tenth above what was measured last.
func TestCostOfABuild(t *testing.T) {
	for _, c := range []struct {
		where                string
		texts                func() *spill.File
		mostAllocs, mostSize int64
	}{
		{"in memory", func() *spill.File { return nil }, 1_270, 250_000},
		{"on the disk", func() *spill.File { return spill.New(0) }, 1_860, 295_000},
	} {
		half := buildCost(t, costPosts/2, c.texts)
		whole := buildCost(t, costPosts, c.texts)
		allocs, size := (whole.AllocsPerOp()-half.AllocsPerOp())/(costPosts/2), (whole.AllocedBytesPerOp()-half.AllocedBytesPerOp())/(costPosts/2)
		t.Logf("%s, a post more: %d allocations, %d kB", c.where, allocs, size/1000)
		if allocs > c.mostAllocs || size > c.mostSize {
			t.Errorf("%s, a post more takes %d allocations and %d bytes, more than %d and %d", c.where, allocs, size, c.mostAllocs, c.mostSize)
		}
	}
}

// buildCost counts what the build of a site of n reports allocates.
func buildCost(t *testing.T, n int, texts func() *spill.File) testing.BenchmarkResult {
	t.Helper()
	site := t.TempDir()
	if err := corpus.Write(site, n); err != nil {
		t.Fatal(err)
	}
	build := func() {
		out := filepath.Join(t.TempDir(), "public")
		p := &program{stdout: io.Discard, stderr: io.Discard, getenv: func(string) string { return "" }, clock: fixedClock, texts: texts()}
		defer p.texts.Close()
		if code := p.run(t.Context(), []string{"build", "--jobs", "1", "--site", site, "--output", out}); code != exitGood {
			t.Fatalf("exit status %d", code)
		}
	}
	build() // what is made once for all
	return testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for range b.N {
			build()
		}
	})
}

// TestWorkOfAnEdit counts what a build makes and writes anew after an edit, in a
// new process: what depends on the edit, however many reports there are.
func TestWorkOfAnEdit(t *testing.T) {
	dir := t.TempDir()
	site, out := filepath.Join(dir, "site"), filepath.Join(dir, "public")
	if err := corpus.Write(site, costPosts); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(site, "content", corpus.Name(costPosts/2))
	replace := func(old, text string) func() error {
		return func() error {
			data, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			if !bytes.Contains(data, []byte(old)) {
				t.Fatalf("%s has no %q", file, old)
			}
			return os.WriteFile(file, bytes.Replace(data, []byte(old), []byte(text), 1), 0o644)
		}
	}
	for _, step := range []struct {
		name    string
		edit    func() error
		renders int // at most
		writes  int // at most
	}{
		{"the first build", func() error { return nil }, 320, 320},
		{"nothing", func() error { return nil }, 0, 0},
		{"a date of a file", func() error { return os.Chtimes(file, fixedClock(), fixedClock()) }, 0, 0},
		{"a word of the text", replace("Connections to the primary", "Many connections to the primary"), 20, 10},
		{"the title", replace("title: ", "title: Again "), 45, 30},
		{"a report that goes", func() error { return os.Remove(file) }, 55, 55},
	} {
		if err := step.edit(); err != nil {
			t.Fatal(err)
		}
		rendered, written := buildWork(t, site, out, filepath.Join(dir, "cache"))
		t.Logf("%s: %d rendered, %d written", step.name, rendered, written)
		if rendered > step.renders || written > step.writes {
			t.Errorf("%s: %d pages are made and %d written, at most %d and %d were expected", step.name, rendered, written, step.renders, step.writes)
		}
	}
}

// buildWork builds a site and gives how many files were made, and how many
// written.
func buildWork(t *testing.T, site, out, cache string) (rendered, written int) {
	t.Helper()
	var said bytes.Buffer
	environment := func(name string) string { return map[string]string{"HOME": cache, "LocalAppData": cache}[name] }
	p := &program{stdout: io.Discard, stderr: &said, getenv: environment, clock: fixedClock}
	if code := p.run(t.Context(), []string{"build", "--verbose", "--site", site, "--output", out}); code != exitGood {
		t.Fatalf("exit status %d: %s", code, said.String())
	}
	return numberIn(t, said.String(), `made ([\d,]+) files? of`), numberIn(t, said.String(), ` ([\d,]+) written`)
}

// numberIn is the number that a pattern finds in what was said; 0 if it is not
// found, since nothing written is not said.
func numberIn(t *testing.T, said, pattern string) int {
	t.Helper()
	found := regexp.MustCompile(pattern).FindStringSubmatch(said)
	if found == nil {
		return 0
	}
	n, err := strconv.Atoi(strings.ReplaceAll(found[1], ",", ""))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// counted counts what is read of a file system.
type counted struct {
	fs.FS
	opened, read *atomic.Int64
}

type countedFile struct {
	fs.File
	read *atomic.Int64
}

func (c counted) Open(name string) (fs.File, error) {
	f, err := c.FS.Open(name)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return f, nil
	}
	c.opened.Add(1)
	return countedFile{f, c.read}, nil
}

func (f countedFile) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	f.read.Add(int64(n))
	return n, err
}

// Stat asks without opening.
func (c counted) Stat(name string) (fs.FileInfo, error) { return fs.Stat(c.FS, name) }

// TestBytesRead counts what is read of a site: every report once, and then only
// those that changed.
func TestBytesRead(t *testing.T) {
	dir := t.TempDir()
	if err := corpus.Write(dir, costPosts); err != nil {
		t.Fatal(err)
	}
	size := 0
	for i := range costPosts {
		size += len(corpus.Text(i))
	}
	c := counted{os.DirFS(dir), new(atomic.Int64), new(atomic.Int64)}
	// A file that was changed just now may change again within the same tick.
	later := func() time.Time { return time.Now().Add(time.Hour) }
	reader := content.NewReader(c, content.Options{Jobs: 2, Now: later})
	edited, more := filepath.Join(dir, "content", corpus.Name(7)), corpus.Text(7)+"\nMore.\n"
	for _, step := range []struct {
		name         string
		edit         func() error
		opened, read int
	}{
		{"at first", func() error { return nil }, costPosts, size},
		{"nothing changed", func() error { return nil }, 0, 0},
		{"one changed", func() error { return os.WriteFile(edited, []byte(more), 0o644) }, 1, len(more)},
	} {
		if err := step.edit(); err != nil {
			t.Fatal(err)
		}
		c.opened.Store(0)
		c.read.Store(0)
		if _, diags, err := reader.Load(config.Default()); err != nil || diags.HasErrors() {
			t.Fatal(diags, err)
		}
		if opened, read := int(c.opened.Load()), int(c.read.Load()); opened != step.opened || read != step.read {
			t.Errorf("%s: %d files were opened and %d bytes read, not %d and %d", step.name, opened, read, step.opened, step.read)
		}
	}
}
