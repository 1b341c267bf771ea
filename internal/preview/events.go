package preview

import (
	"fmt"
	"net/http"
	"sync"
	"time"
)

const (
	// maxStreams is how many browsers (or tabs, where they cannot share one)
	// may listen at once.
	maxStreams = 32
	// streamLife is how long one stream goes on; the browser asks for another.
	// So one whose other end is gone without a word ends too.
	streamLife = 10 * time.Minute
	// pulse is how often a stream says that it lives.
	pulse = 15 * time.Second
)

// streams wakes those who listen.
type streams struct {
	mu      sync.Mutex
	open    int
	changed chan struct{} // closed at the next change
}

func newStreams() streams { return streams{changed: make(chan struct{})} }

func (s *streams) wake() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.changed)
	s.changed = make(chan struct{})
}

// next is closed when something changes after this call.
func (s *streams) next() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

// enter counts one more stream, unless there are too many.
func (s *streams) enter() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open == maxStreams {
		return false
	}
	s.open++
	return true
}

func (s *streams) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open--
}

// stream is one listener. It is told what is so, never what happened: each time
// it wakes it compares the newest revision with what it told before, so a slow
// one misses steps but never the end.
type stream struct {
	h      *Handler
	w      http.ResponseWriter
	number int               // of the revision that it was told of
	sent   map[string]string // the versions that it was told, by path
	err    error
}

func (h *Handler) serveEvents(w http.ResponseWriter, r *http.Request) {
	if !h.streams.enter() {
		http.Error(w, fmt.Sprintf("%d tabs listen already", maxStreams), http.StatusServiceUnavailable)
		return
	}
	defer h.streams.leave()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no") // for proxies, which wait for more otherwise
	s := &stream{h: h, w: w, sent: make(map[string]string)}
	beat, life := time.NewTicker(pulse), time.NewTimer(streamLife)
	defer beat.Stop()
	defer life.Stop()
	changed := h.streams.next() // before the revision is read: nothing comes between
	rev := h.current.Load()
	_, s.err = fmt.Fprint(w, "retry: 300\n")
	s.number = rev.Number
	s.event("hello", rev.state())
	for s.err == nil {
		select {
		case <-r.Context().Done():
			return
		case <-life.C:
			return
		case <-beat.C:
			s.event("pulse", []byte("{}"))
		case <-changed:
			changed = h.streams.next()
			s.tell(h.current.Load())
		}
	}
}

func (s *stream) event(kind string, data []byte) {
	if s.err == nil {
		_, s.err = fmt.Fprintf(s.w, "event: %s\ndata: %s\n\n", kind, data)
	}
	if s.err == nil {
		s.err = http.NewResponseController(s.w).Flush()
	}
}

// tell sends what differs from what was told: first the pages, those before
// somebody's eyes before the others.
func (s *stream) tell(rev *revision) {
	sent := make(map[string]string, len(s.sent))
	for _, w := range s.h.tabs.watched() {
		version, answer := s.h.compare(rev, w.path, s.sent[w.path])
		if answer == nil {
			continue // it has mistakes, or is gone: the state tells
		}
		if before, told := s.sent[w.path]; told && before != version || !told && s.h.tabs.behind(w.path, version) {
			s.event("page", encode(answer))
		} else if !told {
			continue
		}
		sent[w.path] = version
	}
	s.sent = sent
	if s.number != rev.Number {
		s.number = rev.Number
		s.event("state", rev.state())
	}
}
