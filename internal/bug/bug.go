// Package bug puts a panic into words, also one in a goroutine that others wait
// for. A panic is a mistake in publish, never one of an author's: whoever reads what
// it says can do nothing but report it, and should lose one page by it and not the
// run.
package bug

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
)

// Hint is what to do about one.
const Hint = "this is a mistake in publish, not yours: please report it, with this line and the file"

// Bug is a panic as an error.
type Bug struct {
	What  string // one line
	Where string // the line of the program, "internal/site/links.go:12", or ""

	cause error // what was panicked with, if it was an error
}

func (b *Bug) Error() string {
	if b.Where == "" {
		return b.What
	}
	return b.What + " (" + b.Where + ")"
}

// Unwrap is the error that a step panicked with, nil if it was none: a disk that
// fails is no mistake.
func (b *Bug) Unwrap() error { return b.cause }

// Of describes what recover gave. It is called by the deferred function itself:
// there the place of the panic can still be seen.
func Of(recovered any) *Bug {
	if known, ok := recovered.(*Bug); ok {
		return known // from a Group, or recovered before
	}
	what, _, _ := strings.Cut(fmt.Sprint(recovered), "\n")
	cause, _ := recovered.(error)
	return &Bug{What: what, Where: where(), cause: cause}
}

// Caught does a step in a goroutine that nobody waits for by a Group. A panic in it
// is its error, a *Bug.
func Caught(step func() error) (err error) {
	defer func() {
		if found := recover(); found != nil {
			err = Of(found)
		}
	}()
	return step()
}

// where finds the innermost line of publish that was being run.
func where() string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	panicked := false
	for {
		frame, more := frames.Next()
		if panicked && strings.HasPrefix(frame.Function, "publish/") {
			return fmt.Sprintf("%s:%d", file(frame.File), frame.Line)
		}
		panicked = panicked || frame.Function == "runtime.gopanic"
		if !more {
			return ""
		}
	}
}

// file is a file's path within the project, wherever that was compiled.
func file(path string) string {
	for _, top := range []string{"/internal/", "/cmd/"} {
		if i := strings.LastIndex(path, top); i >= 0 {
			return path[i+1:]
		}
	}
	return path[strings.LastIndexByte(path, '/')+1:]
}

// Group is goroutines that work on one thing. A panic in any of them ends that one
// and becomes a panic of whoever waits, which can be recovered from; in a
// goroutine of its own it would end the program.
type Group struct {
	group sync.WaitGroup
	mu    sync.Mutex
	first *Bug
}

// Go does work in a goroutine.
func (g *Group) Go(work func()) {
	g.group.Go(func() {
		defer func() {
			if p := recover(); p != nil {
				found := Of(p)
				g.mu.Lock()
				defer g.mu.Unlock()
				if g.first == nil {
					g.first = found
				}
			}
		}()
		work()
	})
}

// Each does work for 0 to n-1 on all processors, a few at a time, and returns when
// all is done. Each worker is made once. A panic is handed on as Wait does.
func Each(n, few int, worker func() func(i int)) {
	var next atomic.Int64
	var workers Group
	for range min(runtime.GOMAXPROCS(0), n/few+1) {
		workers.Go(func() {
			work := worker()
			for from := int(next.Add(int64(few))) - few; from < n; from = int(next.Add(int64(few))) - few {
				for i := from; i < min(from+few, n); i++ {
					work(i)
				}
			}
		})
	}
	workers.Wait()
}

// Wait returns when all have ended. It panics with the *Bug of the first that did.
func (g *Group) Wait() {
	g.group.Wait()
	if g.first != nil {
		panic(g.first)
	}
}
