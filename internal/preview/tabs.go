package preview

import (
	"cmp"
	"slices"
	"sync"
	"time"
)

const (
	// maxTabs is how many tabs are remembered; the one that was heard of
	// longest ago goes first.
	maxTabs = 200
	// tabLife is how long a tab is remembered that is not heard of any more.
	// They speak every 30 s, but hidden ones may have a slow clock.
	tabLife = 3 * time.Minute
)

// tabs are the pages that browsers show, as they said themselves.
type tabs struct {
	mu    sync.Mutex
	byID  map[string]*tab
	moves int
}

type tab struct {
	watched
	id     string
	seen   int // when it came or was looked at; counts up
	heard  int // when it spoke last; counts up
	expiry *time.Timer
}

// watched is a page that a tab shows.
type watched struct {
	path, version string
	visible       bool
}

func newTabs() *tabs { return &tabs{byID: make(map[string]*tab)} }

// show remembers what a tab says that it shows.
func (ts *tabs) show(id string, w watched) {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	ts.moves++
	t := ts.byID[id]
	if t == nil {
		ts.makeRoom()
		t = &tab{id: id}
		t.expiry = time.AfterFunc(tabLife, func() { ts.gone(id) })
		ts.byID[id] = t
	} else {
		t.expiry.Reset(tabLife)
	}
	if t.path != w.path || w.visible && !t.visible {
		t.seen = ts.moves
	}
	t.heard, t.watched = ts.moves, w
}

func (ts *tabs) makeRoom() {
	if len(ts.byID) < maxTabs {
		return
	}
	var oldest *tab
	for _, t := range ts.byID {
		if oldest == nil || t.heard < oldest.heard {
			oldest = t
		}
	}
	oldest.expiry.Stop()
	delete(ts.byID, oldest.id)
}

// gone forgets a tab.
func (ts *tabs) gone(id string) {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	if t := ts.byID[id]; t != nil {
		t.expiry.Stop()
		delete(ts.byID, id)
	}
}

// watched lists the pages that are shown, each path once: the visible ones
// first, then those that were looked at last.
func (ts *tabs) watched() []watched {
	ts.mu.Lock()
	list := make([]*tab, 0, len(ts.byID))
	for _, t := range ts.byID {
		list = append(list, t)
	}
	slices.SortFunc(list, func(a, b *tab) int {
		if a.visible != b.visible {
			if a.visible {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.seen, a.seen)
	})
	shown := make([]watched, len(list))
	for i, t := range list {
		shown[i] = t.watched
	}
	ts.mu.Unlock()
	known := make(map[string]bool)
	return slices.DeleteFunc(shown, func(w watched) bool {
		again := known[w.path]
		known[w.path] = true
		return again
	})
}

// behind says whether some tab shows another version of the page.
func (ts *tabs) behind(path, version string) bool {
	ts.mu.Lock()
	defer ts.mu.Unlock()
	for _, t := range ts.byID {
		if t.path == path && t.version != version {
			return true
		}
	}
	return false
}
