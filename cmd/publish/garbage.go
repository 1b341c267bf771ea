package main

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
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
	leastGarbage = 80
	mostGarbage  = 150
)

// collections say when garbage is collected. Nil ones are Go's own.
type collections struct {
	hurried atomic.Bool
	before  uint64 // what the collection before left
}

// spareCollections puts the first collection of garbage off until smallHeap is
// reached, and each next one for as long as what is in use says. Whoever set Go's own
// variables is left alone.
func spareCollections(getenv func(string) string) *collections {
	if getenv("GOGC") != "" || getenv("GOMEMLIMIT") != "" {
		return nil
	}
	c := &collections{before: math.MaxUint64}
	debug.SetGCPercent(-1)
	limit := debug.SetMemoryLimit(smallHeap)
	afterCollection(func() {
		c.set()
		debug.SetMemoryLimit(limit)
		afterEach(c.set)
	})
	return c
}

// set is done after each collection, by one goroutine.
func (c *collections) set() { debug.SetGCPercent(c.garbage(inUse())) }

// garbage is how much there may be after a collection that left so many bytes, in
// percent of them.
func (c *collections) garbage(inUse uint64) int {
	before := c.before
	c.before = inUse
	if c.hurried.Load() {
		return mostGarbage
	}
	return garbageFor(inUse, before)
}

// hurry takes memory for time, until done: the first page of the preview comes a tenth
// sooner, and with more garbage than that no sooner still.
func (c *collections) hurry() (done func()) {
	if c == nil {
		return func() {}
	}
	c.hurried.Store(true)
	return func() { c.hurried.Store(false) }
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
