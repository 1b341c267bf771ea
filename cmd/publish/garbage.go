package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// smallHeap is how much memory a command may take before garbage is collected at
// all. Go begins at 4 MB: a third of the CPU of a build of 20 reports, whose 30
// MB of garbage nobody would miss.
const smallHeap = 64 << 20

// Garbage may be as much as fills smallHeap, in percent of what is in use, within these
// bounds. Go has 100. What is in use may have doubled before anybody hears of a
// collection, and the garbage with it.
const (
	leastGarbage = 70
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
	afterCollection(func() {
		debug.SetGCPercent(garbageFor(inUse()))
		debug.SetMemoryLimit(limit)
		afterEach(func() { debug.SetGCPercent(garbageFor(inUse())) })
	})
}

// garbageFor is how much garbage there may be beside so many bytes in use, in
// percent of them.
func garbageFor(inUse uint64) int {
	room := (smallHeap - float64(inUse)) / float64(inUse+1)
	return int(min(max(100*room, leastGarbage), mostGarbage))
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
