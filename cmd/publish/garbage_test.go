package main

import (
	"math"
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// TestSpareCollections: garbage is not collected at first, and as Go has it once
// it has been.
func TestSpareCollections(t *testing.T) {
	percent, limit := debug.SetGCPercent(100), debug.SetMemoryLimit(math.MaxInt64)
	defer func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}()
	setting := func() (int, int64) {
		p := debug.SetGCPercent(-1)
		debug.SetGCPercent(p)
		return p, debug.SetMemoryLimit(-1)
	}
	spareCollections(func(name string) string { return map[string]string{"GOGC": "50"}[name] })
	if p, l := setting(); p != 100 || l != math.MaxInt64 {
		t.Errorf("GOGC was given: got %d %% and %d bytes", p, l)
	}
	spareCollections(func(string) string { return "" })
	if p, l := setting(); p != -1 || l != smallHeap {
		t.Errorf("at first: got %d %% and %d bytes", p, l)
	}
	runtime.GC()
	// The limit is the last that is set back, and can be read without setting it.
	for end := time.Now().Add(10 * time.Second); debug.SetMemoryLimit(-1) != math.MaxInt64; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the first collection changed nothing")
		}
	}
	if p, _ := setting(); p != 100 {
		t.Errorf("after the first collection: got %d %%", p)
	}
}
