package main

import (
	"runtime"
	"runtime/debug"
)

// smallHeap is how much memory a command may take before garbage is collected at
// all. Go begins at 4 MB: a third of the CPU of a build of 20 reports, whose 30
// MB of garbage nobody would miss.
const smallHeap = 64 << 20

// spareCollections puts the first collection of garbage off until smallHeap is
// reached; from then on all is as Go has it. Whoever set Go's own variables is
// left alone.
func spareCollections(getenv func(string) string) {
	if getenv("GOGC") != "" || getenv("GOMEMLIMIT") != "" {
		return
	}
	usual := debug.SetGCPercent(-1)
	limit := debug.SetMemoryLimit(smallHeap)
	runtime.AddCleanup(new([32]byte), func(usual int) { // by the first collection
		debug.SetGCPercent(usual)
		debug.SetMemoryLimit(limit)
	}, usual)
}
