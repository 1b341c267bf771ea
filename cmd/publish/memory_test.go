package main

import (
	"fmt"
	"runtime"
	"testing"
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
	objects, running := inUse(), runtime.NumGoroutine()
	for n := range 3 {
		round(1 + n)
	}
	// A revision of this site has some thousands of objects: one that was kept
	// of each edit would show.
	if now := inUse(); now > objects+objects/10+3000 {
		t.Errorf("%d objects are kept after 300 edits more, %d before", now, objects)
	}
	if now := runtime.NumGoroutine(); now > running+2 {
		t.Errorf("%d goroutines run, %d did before", now, running)
	}
}

// inUse counts the objects that are in use.
func inUse() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapObjects
}
