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
	given := spareCollections(func(name string) string { return map[string]string{"GOGC": "50"}[name] })
	given.hurry()() // has no say either
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
		inUse, before uint64
		want          int
	}{
		{0, 0, 150}, {20 << 20, 20 << 20, 150}, {20 << 20, 1 << 20, 150}, {32 << 20, 30 << 20, 100}, {40 << 20, 40 << 20, 80}, {80 << 20, 80 << 20, 80},
		{80<<20 + 1000, 80 << 20, 80}, {64 << 20, 0, 0},
		{80 << 20, 90 << 20, 80}, {80 << 20, 60 << 20, 60}, {1 << 40, 1 << 40, 80}, {1 << 40, math.MaxUint64, 80}, {1 << 40, 0, 0},
	} {
		if got := garbageFor(c.inUse, c.before); got != c.want {
			t.Errorf("%d bytes after %d: got %d %%, want %d", c.inUse, c.before, got, c.want)
		}
	}
}

// TestHurry: more garbage may be there for as long as somebody waits.
func TestHurry(t *testing.T) {
	c := &collections{}
	c.garbage(80 << 20)
	done := c.hurry()
	if got := c.garbage(80 << 20); got != mostGarbage {
		t.Errorf("in a hurry: got %d %%", got)
	}
	done()
	if got := c.garbage(80 << 20); got != leastGarbage {
		t.Errorf("after it: got %d %%", got)
	}
}
