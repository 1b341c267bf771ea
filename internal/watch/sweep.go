package watch

import (
	"cmp"
	"maps"
	"slices"
	"sync"
	"time"

	"publish/internal/bug"
)

// A sweep lists every folder. As a net it is spread thinly: after each folder
// it rests for slowShare times what the folder took. When polling it runs
// through and then rests as long as it took, fastShare times, but fastRest at
// least.
const (
	slowRest  = 2 * time.Second
	slowShare = 150 // so that it takes less than 1 % of one core
	fastRest  = 300 * time.Millisecond
	fastShare = 4
)

// sweeper lists folders, outside the loop, and hands the lists in.
type sweeper struct {
	polling    bool
	thin       bool         // the sweep that runs is the net: what it finds, an event should have told
	found      chan listing // of the sweep that runs; nil if none does
	quit       chan struct{}
	running    *sync.WaitGroup
	took       time.Duration // of this sweep, or else the last
	fast, slow time.Duration
}

func newSweeper(tests seams) sweeper {
	return sweeper{
		fast: cmp.Or(tests.fast, fastRest), slow: cmp.Or(tests.slow, slowRest),
		running: &sync.WaitGroup{},
	}
}

// rest is the time until the next sweep.
func (s *sweeper) rest() time.Duration {
	if s.polling {
		return max(s.fast, fastShare*s.took)
	}
	return s.slow
}

// start begins a sweep.
func (s *sweeper) start(t *tree) {
	if s.polling {
		s.begin(t, 0)
	} else {
		s.begin(t, slowShare)
	}
}

// hurry makes the sweep that runs one without rests.
func (s *sweeper) hurry(t *tree) {
	s.halt()
	s.begin(t, 0)
}

// begin starts a sweep that rests share times as long as it works.
func (s *sweeper) begin(t *tree, share int) {
	s.took, s.thin = 0, share > 0
	s.found, s.quit = make(chan listing), make(chan struct{})
	places, root := slices.Sorted(maps.Keys(t.places)), t.root
	found, quit := s.found, s.quit
	s.running.Go(func() {
		defer close(found)
		defer func() {
			if p := recover(); p != nil {
				select {
				case found <- listing{mistake: bug.Of(p)}:
				case <-quit:
				}
			}
		}()
		var owed time.Duration
		for _, real := range places {
			l := list(root, real)
			owed += time.Duration(share) * l.took
			select {
			case found <- l:
			case <-quit:
				return
			}
			if owed < 10*time.Millisecond {
				continue
			}
			select {
			case <-time.After(owed):
				owed = 0
			case <-quit:
				return
			}
		}
	})
}

func (s *sweeper) ended() { s.found, s.quit = nil, nil }

// halt ends the sweep that runs; a new one may begin.
func (s *sweeper) halt() {
	if s.quit != nil {
		close(s.quit)
		s.running.Wait()
	}
	s.ended()
}

func (s *sweeper) runs() bool { return s.found != nil }
