package watch

import (
	"cmp"
	"errors"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"
)

// patience is how long an event may be on its way before the sweep, which saw
// the change already, takes it for lost. Systems that send events at all do so
// within microseconds; a machine under load takes longer to read them.
const patience = time.Second

// run is the watcher's one goroutine: all that it knows is changed here.
func (w *Watcher) run() {
	defer w.sweeper.halt()
	judge := time.NewTicker(cmp.Or(w.tests.wait, patience) / 2)
	defer judge.Stop()
	planned := w.rest() // 0: nothing is planned
	sweep := time.NewTimer(planned)
	defer sweep.Stop()
	var spare []happening
	for {
		var wake chan struct{}
		if w.queue != nil {
			wake = w.queue.wake
		}
		select {
		case <-w.done:
			return
		case <-wake:
			spare = w.happened(w.queue.take(spare))
		case found, more := <-w.sweeper.found:
			if more {
				w.swept(found)
			} else {
				w.sweeper.ended()
			}
		case <-sweep.C:
			planned = 0
			if w.rooted(false); !w.gone && !w.sweeper.runs() {
				w.sweeper.start(w.tree)
			}
		case now := <-judge.C:
			w.judge(now)
		}
		w.tree.relink()
		if rest := w.rest(); !w.sweeper.runs() && (planned == 0 || rest < planned) {
			planned = rest
			sweep.Reset(rest)
		}
	}
}

// rest is the time until the next sweep, or the next look for the root.
func (w *Watcher) rest() time.Duration {
	if w.gone {
		return w.sweeper.fast
	}
	return w.sweeper.rest()
}

func (w *Watcher) happened(all []happening) []happening {
	for _, h := range all {
		switch {
		case w.tests.hear != nil && h.err == nil && !w.tests.hear(h.Event):
		case h.err == nil:
			w.heard = true
			w.event(h.Event)
		case errors.Is(h.err, fsnotify.ErrEventOverflow):
			// New folders may be among what was lost: look through everything
			// at once, without resting.
			w.tellAll()
			w.sweeper.hurry(w.tree)
		default:
			w.tellAll()
			w.poll(whyPolling(h.err))
		}
	}
	clear(all)
	return all
}

// event handles what the system reports of one path. Its name is not to be
// trusted after a renaming: what counts is what stands there now.
func (w *Watcher) event(e fsnotify.Event) {
	name := filepath.Clean(e.Name)
	if name == w.tree.root && e.Has(fsnotify.Remove|fsnotify.Rename) {
		w.rooted(true)
		return
	}
	dir, base := filepath.Split(name)
	dir = filepath.Clean(dir)
	p := w.tree.places[dir]
	if p == nil {
		return
	}
	p.heard = true
	delete(w.silent, name)
	if helper(base, p.entries[base].folder) {
		return
	}
	was := p.entries[base].folder
	told := w.tree.touch(p, base, e.Has(fsnotify.Create))
	// Two writings may look the same from outside, and what came and went
	// between two looks is worth a look too.
	if is := p.entries[base].folder; !told && !was && !is && e.Op != fsnotify.Chmod {
		w.tree.everywhere(p, base, false)
	}
}

// rooted looks whether the root is still the folder that it was. Lost says
// that it was not for a moment: a folder that is made in the place of a removed
// one may even get its inode.
func (w *Watcher) rooted(lost bool) {
	real, id, err := whereIs(w.root)
	switch {
	case err != nil && w.gone:
	case err != nil:
		w.gone = true
		w.sweeper.halt()
		w.tree.fell()
		w.tellAll()
	case lost || w.gone || real != w.tree.root || id != w.tree.id:
		w.gone = false
		w.sweeper.halt()
		w.tree.fell()
		w.tree.plant(real, id)
		w.tellAll()
	}
}

// swept takes over what a sweep found in one place. What the net finds an
// event should have told, or will tell in a moment; but for what is behind
// links, of which the events of other folders tell.
func (w *Watcher) swept(found listing) {
	if found.mistake != nil {
		panic(found.mistake) // in the goroutine that can tell
	}
	w.sweeper.took += found.took
	p := w.tree.places[found.real]
	if p == nil {
		return
	}
	different := w.tree.compare(p, found, w.sweeper.polling)
	w.tree.flicker(p, found) // no proof: its event may have come between the list and now
	if !w.sweeper.thin {
		return
	}
	for _, name := range different {
		if !p.entries[name].link {
			w.silent[filepath.Join(p.real, name)] = time.Now()
		}
	}
}

// judge goes over to polling where changes were found that no event told of.
// Where events do come otherwise, the watch of that one folder may be what was
// lost: it is set anew, and only the second time is proof.
func (w *Watcher) judge(now time.Time) {
	for name, since := range w.silent {
		if now.Sub(since) < cmp.Or(w.tests.wait, patience) {
			continue
		}
		delete(w.silent, name)
		p := w.tree.places[filepath.Dir(name)]
		switch {
		case p == nil || w.sweeper.polling:
		case w.heard && !p.rearmed:
			p.rearmed = true
			id := p.id
			w.tree.unwatch(p)
			w.tree.watch(p, id)
		default:
			w.poll(noEvents)
		}
	}
}
