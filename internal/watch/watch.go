// Package watch tells which files below a folder may have changed. It names
// too much rather than too little: whoever reads the files decides by their
// bytes. Nothing is waited for here; the first change is told at once, and
// what comes until the next call of Next is gathered.
//
// Two things find changes: the events of the operating system, and a sweep
// that looks at every name, size, time and inode. Where events come, the
// sweep is a slow net. Where they do not (a network drive, WSL, a container's
// mount, a limit that is reached), it runs some times a second: that is
// polling, and the watcher goes over to it by itself.
//
// Nothing is ever written, not even to test whether events come: the folder
// may be read-only or watched by others, and on the file systems in question
// one's own writing does cause events, while that of the other side, where the
// editor runs, does not. What tells is a change that the sweep finds and no
// event announced.
package watch

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"

	"publish/internal/bug"
)

// Options say what is watched, and how. The functions are called from the
// watcher's own goroutine and must not call the watcher.
type Options struct {
	// Ignore says that a path is nobody's business: a folder is not looked
	// into, a file is not told. Paths have slashes and are relative to the
	// root. It may be nil.
	Ignore func(path string, dir bool) bool
	// Poll sweeps instead of using events.
	Poll bool
	// Say gets a line for the user when the watcher goes over to polling. It
	// may be nil.
	Say func(message string)
}

// Batch is what may have changed since the batch before. A file that is named
// may have been written, have come or be gone. A folder that is named may have
// come, or names in it have come or gone; if it is gone, then with all that was
// below it. Everything that stands in a new folder is named too.
type Batch struct {
	Paths []string // sorted, relative to the root ("." itself), with slashes
	All   bool     // anything may have changed: too much to name it; Paths is nil
}

// maxPaths is how many paths a batch names before it says All.
const maxPaths = 100_000

// Watcher watches one folder with all that is below it.
type Watcher struct {
	root  string // absolute
	say   func(string)
	tests seams
	tree  *tree // the loop's own
	queue *queue

	sweeper sweeper
	planted bool
	gone    bool                 // the root is
	silent  map[string]time.Time // changes that the sweep found, by real path
	heard   bool                 // an event has come

	mu      sync.Mutex
	pending map[string]struct{}
	all     bool
	ready   chan struct{}

	done    chan struct{}
	mistake chan *bug.Bug
	close   sync.Once
	running sync.WaitGroup
}

// seams are where tests take the place of the system.
type seams struct {
	arm  func(events *fsnotify.Watcher, dir string) error
	hear func(fsnotify.Event) bool // false: the event is lost
	fast time.Duration             // between sweeps when polling
	slow time.Duration             // between sweeps otherwise
	wait time.Duration             // for an event of what the sweep found
}

// New watches root. When it returns, no change is missed any more. An error
// says that the folder cannot be read at all.
func New(root string, o Options) (*Watcher, error) { return start(root, o, seams{}) }

func start(root string, o Options, tests seams) (*Watcher, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, fmt.Errorf("watching \"%s\": %w", root, err)
	}
	w := &Watcher{
		root: root, say: o.Say, tests: tests,
		pending: map[string]struct{}{}, silent: map[string]time.Time{},
		ready: make(chan struct{}, 1), done: make(chan struct{}), mistake: make(chan *bug.Bug, 1),
	}
	if w.say == nil {
		w.say = func(string) {}
	}
	if o.Ignore == nil {
		o.Ignore = func(string, bool) bool { return false }
	}
	w.tree = &tree{ignore: o.Ignore, arm: w.arm, disarm: w.disarm, tell: w.tell}
	w.sweeper = newSweeper(tests)
	if o.Poll || pollsAlways {
		w.sweeper.polling = true
	} else if events, err := fsnotify.NewWatcher(); err != nil {
		w.poll(whyPolling(err))
	} else {
		w.queue = newQueue(events)
	}
	real, id, err := whereIs(root)
	if err != nil {
		w.quit()
		return nil, err
	}
	if kind := remote(real); kind != "" && !w.sweeper.polling {
		w.sweeper.polling = true // events of this machine's own writing stay, as the quicker way
		w.say("this file system (" + kind + ") does not announce what others write" + instead)
	}
	w.tree.plant(real, id)
	w.planted = true
	w.running.Go(w.runOn)
	return w, nil
}

// whereIs finds the folder that stands behind the root's name.
func whereIs(root string) (real string, id ident, err error) {
	if real, err = filepath.EvalSymlinks(root); err != nil {
		return "", ident{}, err
	}
	info, err := os.Lstat(real)
	if err != nil {
		return "", ident{}, err
	}
	if !info.IsDir() {
		return "", ident{}, fmt.Errorf("\"%s\" is no folder", root)
	}
	_, id = stamp(info)
	return real, id, nil
}

// Next blocks until something may have changed, and returns all that is known
// until then. After Close the error is fs.ErrClosed; a *bug.Bug says that the
// watcher came to grief, and that nothing more will be told.
func (w *Watcher) Next(ctx context.Context) (Batch, error) {
	for {
		if b, some := w.take(); some {
			return b, nil
		}
		select {
		case <-w.ready:
		case <-ctx.Done():
			return Batch{}, ctx.Err()
		case found := <-w.mistake:
			return Batch{}, found
		case <-w.done:
			return Batch{}, fs.ErrClosed
		}
	}
}

// runOn runs the loop. A panic in it ends the watching, and Next says so.
func (w *Watcher) runOn() {
	defer func() {
		if found := recover(); found != nil {
			w.mistake <- bug.Of(found)
		}
	}()
	w.run()
}

func (w *Watcher) take() (Batch, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	b := Batch{All: w.all}
	if !w.all {
		b.Paths = slices.Sorted(maps.Keys(w.pending))
	}
	w.all = false
	clear(w.pending)
	return b, b.All || len(b.Paths) > 0
}

// tell adds a path to the next batch.
func (w *Watcher) tell(path string) {
	w.mu.Lock()
	if w.pending[path] = struct{}{}; len(w.pending) > maxPaths {
		w.all = true
		clear(w.pending)
	}
	w.mu.Unlock()
	w.wake()
}

func (w *Watcher) tellAll() {
	w.mu.Lock()
	w.all = true
	w.mu.Unlock()
	w.wake()
}

func (w *Watcher) wake() {
	select {
	case w.ready <- struct{}{}:
	default:
	}
}

// Close ends the watcher and every call of Next. It returns when nothing of
// it runs any more.
func (w *Watcher) Close() error {
	var err error
	w.close.Do(func() {
		close(w.done)
		w.running.Wait()
		err = w.quit()
	})
	return err
}

// quit gives back what the system holds for the events.
func (w *Watcher) quit() error {
	if w.queue == nil {
		return nil
	}
	q := w.queue
	w.queue = nil
	return q.close()
}
