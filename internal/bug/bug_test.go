package bug

import (
	"errors"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
)

// catch gives what a function panicked with, as callers see it.
func catch(do func()) (found *Bug) {
	defer func() {
		if p := recover(); p != nil {
			found = Of(p)
		}
	}()
	do()
	return nil
}

func TestOfTellsWhatAndWhere(t *testing.T) {
	var none []int
	found := catch(func() { _ = none[len(none)] })
	if found == nil || !strings.Contains(found.What, "index out of range") || !strings.HasPrefix(found.Where, "internal/bug/bug_test.go:") {
		t.Errorf("got %+v", found)
	}
	if found := catch(func() { panic("two\nlines") }); found.What != "two" || !strings.Contains(found.Error(), "two (internal/bug/") {
		t.Errorf("got %+v", found)
	}
	if found := catch(func() {}); found != nil {
		t.Errorf("without a panic: got %+v", found)
	}
}

func TestGroupHandsAPanicToWhoWaits(t *testing.T) {
	var g Group
	done := make([]bool, 8)
	found := catch(func() {
		for i := range done {
			g.Go(func() {
				if i == 3 {
					panic("the fourth")
				}
				done[i] = true
			})
		}
		g.Wait()
		t.Error("waiting ended as if all were well")
	})
	if found == nil || found.What != "the fourth" || !strings.HasPrefix(found.Where, "internal/bug/bug_test.go:") {
		t.Errorf("got %+v", found)
	}
	for i, ok := range done {
		if ok == (i == 3) {
			t.Errorf("%d: done is %v", i, ok)
		}
	}
}

func TestCaughtMakesAPanicAnError(t *testing.T) {
	err := Caught(func() error { panic("here") })
	if found, ok := errors.AsType[*Bug](err); !ok || found.What != "here" || !strings.HasPrefix(found.Where, "internal/bug/bug_test.go:") {
		t.Errorf("got %v", err)
	}
	if want := errors.New("of its own"); Caught(func() error { return want }) != want || Caught(func() error { return nil }) != nil {
		t.Error("without a panic it gives something else")
	}
}

// TestUnwrap: whoever waits can still tell what it was.
func TestUnwrap(t *testing.T) {
	full := errors.New("the disk is full")
	found := catch(func() {
		var g Group
		g.Go(func() { panic(full) })
		g.Wait()
	})
	if !errors.Is(found, full) {
		t.Errorf("got %v", found)
	}
	if found := catch(func() { panic("a word") }); errors.Unwrap(found) != nil {
		t.Errorf("got %v", found)
	}
}

func TestEach(t *testing.T) {
	for _, n := range []int{0, 1, 63, 64, 65, 1000} {
		times := make([]atomic.Int32, n)
		var workers atomic.Int32
		Each(n, 64, func() func(int) {
			workers.Add(1)
			return func(i int) { times[i].Add(1) }
		})
		for i := range times {
			if times[i].Load() != 1 {
				t.Errorf("of %d, %d was done %d times", n, i, times[i].Load())
			}
		}
		if most := int32(runtime.GOMAXPROCS(0)); workers.Load() > most {
			t.Errorf("%d workers for %d", workers.Load(), n)
		}
	}
	if found := catch(func() { Each(10, 1, func() func(int) { return func(i int) { panic("one") } }) }); found == nil || found.What != "one" {
		t.Errorf("got %v", found)
	}
}
