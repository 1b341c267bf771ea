package main

import (
	"math"
	"runtime"
	"runtime/debug"
	"testing"
	"time"
)

// TestSpareCollections: garbage is not collected at first, and then as what is in
// use says, again after each collection.
func TestSpareCollections(t *testing.T) {
	percent, limit := debug.SetGCPercent(100), debug.SetMemoryLimit(math.MaxInt64)
	defer func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}()
	setting := func() int {
		p := debug.SetGCPercent(-1)
		debug.SetGCPercent(p)
		return p
	}
	spareCollections(func(name string) string { return map[string]string{"GOGC": "50"}[name] })
	if p, l := setting(), debug.SetMemoryLimit(-1); p != 100 || l != math.MaxInt64 {
		t.Errorf("GOGC was given: got %d %% and %d bytes", p, l)
	}
	spareCollections(func(string) string { return "" })
	if p, l := setting(), debug.SetMemoryLimit(-1); p != -1 || l != smallHeap {
		t.Errorf("at first: got %d %% and %d bytes", p, l)
	}
	wait := func(what string, reached func() bool) {
		// What is made while a collection runs lives until the next.
		for end := time.Now().Add(10 * time.Second); !reached(); time.Sleep(time.Millisecond) {
			runtime.GC()
			if time.Now().After(end) {
				t.Fatalf("%s: %d %% and %d bytes", what, setting(), debug.SetMemoryLimit(-1))
			}
		}
	}
	wait("the first collection", func() bool { return debug.SetMemoryLimit(-1) == math.MaxInt64 && setting() > leastGarbage })
	held := make([]byte, smallHeap)
	wait("much in use", func() bool { return setting() == leastGarbage })
	runtime.KeepAlive(held)
	wait("little again", func() bool { return setting() > leastGarbage })
}

func TestGarbage(t *testing.T) {
	for _, c := range []struct {
		inUse uint64
		want  int
	}{{0, 150}, {20 << 20, 150}, {32 << 20, 99}, {40 << 20, 70}, {80 << 20, 70}, {1 << 40, 70}} {
		if got := garbageFor(c.inUse); got != c.want {
			t.Errorf("%d bytes: got %d %%, want %d", c.inUse, got, c.want)
		}
	}
}
