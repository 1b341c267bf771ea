package main

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// smallHeap is how much memory a command may take before garbage is collected at
// all. Go begins at 4 MB: a third of the CPU of a build of 20 reports, whose 30
// MB of garbage nobody would miss.
const smallHeap = 64 << 20

// Garbage may be as much as fills smallHeap, in percent of what is in use: at most
// mostGarbage, and at least leastGarbage of what was there at the collection before too.
// Go has 100. What is in use may have doubled before anybody hears of a collection, and
// the garbage with it.
const (
	leastGarbage = 60
	mostGarbage  = 150
)

// spareCollections puts the first collection of garbage off until smallHeap is
// reached, and each next one for as long as what is in use says. Whoever set Go's own
// variables is left alone.
func spareCollections(getenv func(string) string) {
	if getenv("GOGC") != "" || getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(-1)
	limit := debug.SetMemoryLimit(smallHeap)
	before := uint64(math.MaxUint64)
	set := func() {
		now := inUse()
		debug.SetGCPercent(garbageFor(now, before))
		before = now
	}
	afterCollection(func() {
		set()
		debug.SetMemoryLimit(limit)
		afterEach(set)
	})
}

// garbageFor is how much garbage there may be beside so many bytes in use, in
// percent of them. Where they have grown since the collection before, it may be
// for a moment, a long list that is being written: that counts from the next on.
func garbageFor(inUse, before uint64) int {
	now := float64(max(inUse, 1))
	room := 100 * (smallHeap - now) / now
	steady := leastGarbage * min(float64(before)/now, 1)
	return int(math.Round(min(max(room, steady), mostGarbage)))
}

// inUse is how many bytes the last collection left.
func inUse() uint64 {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	return live[0].Value.Uint64()
}

// afterCollection does something once when garbage has been collected.
func afterCollection(do func()) {
	runtime.AddCleanup(new([32]byte), func(struct{}) { do() }, struct{}{})
}

// afterEach does something each time.
func afterEach(do func()) {
	afterCollection(func() {
		do()
		afterEach(do)
	})
}
