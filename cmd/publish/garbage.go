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

// usualHeap is how much memory may be filled from then on before garbage is
// collected again; mostGarbage is how much garbage there may be, in percent of what is
// in use, where that is more. Go has 4 MB and 100.
const (
	usualHeap   = 80 << 20
	mostGarbage = 70
)

// spareCollections puts the first collection of garbage off until smallHeap is
// reached, and each next one until usualHeap is, or mostGarbage. Whoever set Go's
// own variables is left alone.
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
	if inUse >= usualHeap {
		return mostGarbage
	}
	return max(mostGarbage, int((usualHeap-inUse)*100/max(inUse, 1<<20)))
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
