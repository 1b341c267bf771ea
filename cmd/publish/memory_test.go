package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"publish/bench/corpus"
	"publish/internal/spill"
)

// TestServeForgets edits texts again and again: what was there before an edit
// is not kept, and nothing goes on running.
func TestServeForgets(t *testing.T) {
	dir := newSite(t, "title: Site\n")
	s := startStepped(t, dir)
	round := func(n int) {
		for i := range 100 {
			s.edit(report(fmt.Sprintf("Edit %03d", i))+fmt.Sprintf("\nRound %d of %03d.\n", n, i), oneFile)
			s.finish(s.model())
			s.wants(onePage, fmt.Sprintf("Round %d", n))
			s.wants("/", "<html")
		}
	}
	round(0)
	objects, running := objectsInUse(), runtime.NumGoroutine()
	for n := range 3 {
		round(1 + n)
	}
	// A revision of this site has some thousands of objects: one that was kept
	// of each edit would show.
	if now := objectsInUse(); now > objects+objects/10+3000 {
		t.Errorf("%d objects are kept after 300 edits more, %d before", now, objects)
	}
	if now := runtime.NumGoroutine(); now > running+2 {
		t.Errorf("%d goroutines run, %d did before", now, running)
	}
}

// objectsInUse counts the objects that are in use.
func objectsInUse() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapObjects
}

// TestMemoryOfABuild guards what stays in memory of each report while its site is
// built, once what is long lies on the disk: whatever keeps a part of what a
// document says keeps it for all of them.
func TestMemoryOfABuild(t *testing.T) {
	half, whole := buildMemory(t, 100), buildMemory(t, 200)
	stays := (whole - half) / 100
	t.Logf("of a post more %d bytes stay", stays)
	const most = 5_800
	if stays > most {
		t.Errorf("of a post more %d bytes stay in memory, more than %d", stays, most)
	}
}

// buildMemory is how many bytes a site of n reports takes when all its pages have
// been made.
func buildMemory(t *testing.T, n int) int {
	t.Helper()
	site := t.TempDir()
	if err := corpus.Write(site, n); err != nil {
		t.Fatal(err)
	}
	// Feeds hold the texts of the newest, however many there are.
	settings := "title: Reports\nbase_url: https://example.org/\noutputs: [html]\n"
	if err := os.WriteFile(filepath.Join(site, "publish.yaml"), []byte(settings), 0o644); err != nil {
		t.Fatal(err)
	}
	texts := spill.New(0)
	defer texts.Close()
	p := &program{stdout: io.Discard, stderr: io.Discard, getenv: func(string) string { return "" }, clock: fixedClock, texts: texts}
	load := func() *loaded {
		l, err := p.loadUntil(t.Context(), &flags{site: site, jobs: 1})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range l.table.All() {
			if err := r.Write(io.Discard); err != nil {
				t.Fatal(err)
			}
		}
		return l
	}
	load() // what is made once for all
	before := liveBytes()
	l := load()
	defer runtime.KeepAlive(l)
	return liveBytes() - before
}

func liveBytes() int {
	runtime.GC()
	runtime.GC() // what pools held is gone after the second
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}
