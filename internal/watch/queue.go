package watch

import (
	"sync"

	"github.com/fsnotify/fsnotify"

	"publish/internal/bug"
)

// queue takes every event off the library at once. The library must never
// wait for us: it holds its lock while it reports some errors, and setting or
// removing a watch needs that lock; and the kernel's own queue is short.
type queue struct {
	events *fsnotify.Watcher
	wake   chan struct{}
	ended  sync.WaitGroup

	mu      sync.Mutex
	waiting []happening
}

// happening is an event, or an error of the library's.
type happening struct {
	fsnotify.Event
	err error
}

func newQueue(events *fsnotify.Watcher) *queue {
	q := &queue{events: events, wake: make(chan struct{}, 1)}
	q.ended.Go(func() {
		// Without events the watcher looks by itself, and says so.
		if err := bug.Caught(q.pump); err != nil {
			q.push(happening{err: err})
		}
	})
	return q
}

func (q *queue) pump() error {
	for {
		var h happening
		var ok bool
		select {
		case h.Event, ok = <-q.events.Events:
		case h.err, ok = <-q.events.Errors:
		}
		if !ok {
			return nil
		}
		q.push(h)
	}
}

func (q *queue) push(h happening) {
	q.mu.Lock()
	q.waiting = append(q.waiting, h)
	q.mu.Unlock()
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// take returns what has come; spare is room that is used again.
func (q *queue) take(spare []happening) []happening {
	q.mu.Lock()
	defer q.mu.Unlock()
	taken := q.waiting
	q.waiting = spare[:0]
	return taken
}

func (q *queue) close() error {
	err := q.events.Close()
	q.ended.Wait()
	return err
}
