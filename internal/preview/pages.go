package preview

import (
	"bytes"
	"container/list"
	"crypto/sha256"
	"fmt"
	"sync"

	"publish/internal/route"
)

// pages remembers what the routes of one table rendered, up to a number of
// bytes; the page that was not asked for longest is forgotten first.
type pages struct {
	budget int64

	mu      sync.Mutex
	used    int64
	byRoute map[*route.Route]*list.Element
	recent  list.List // of *page, the last used first
}

// page is what one route rendered. Two requests at once share the work.
type page struct {
	route  *route.Route
	render func() // once

	// These are set by render.
	data []byte
	etag string
	err  error

	counted bool // in pages.used; under pages.mu
}

func newPages(budget int64) *pages {
	return &pages{budget: budget, byRoute: make(map[*route.Route]*list.Element)}
}

// get gives a route's page, rendering it if need be. Errors are remembered
// too: the same table would give the same ones.
func (ps *pages) get(r *route.Route) *page {
	p := ps.entry(r)
	p.render()
	ps.count(p)
	return p
}

func (ps *pages) entry(r *route.Route) *page {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	if e, ok := ps.byRoute[r]; ok {
		ps.recent.MoveToFront(e)
		return e.Value.(*page)
	}
	p := &page{route: r}
	p.render = sync.OnceFunc(p.fill)
	ps.byRoute[r] = ps.recent.PushFront(p)
	return p
}

func (p *page) fill() {
	var b bytes.Buffer
	if p.err = p.route.Write(&b); p.err != nil {
		return
	}
	p.data = b.Bytes()
	sum := sha256.Sum256(p.data)
	p.etag = fmt.Sprintf("%q", fmt.Sprintf("%x", sum[:16]))
}

// count adds a page that is rendered now, and forgets others for it.
func (ps *pages) count(p *page) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	if p.counted {
		return
	}
	p.counted = true
	ps.used += int64(cap(p.data))
	for e := ps.recent.Back(); e != nil && ps.used > ps.budget; {
		oldest := e
		e = e.Prev()
		if old := oldest.Value.(*page); old.counted {
			ps.used -= int64(cap(old.data))
			delete(ps.byRoute, old.route)
			ps.recent.Remove(oldest)
		}
	}
}
