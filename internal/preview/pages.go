package preview

import (
	"bytes"
	"container/list"
	"crypto/sha256"
	"encoding/hex"
	"sync"

	"publish/internal/route"
)

// pages remembers what routes rendered, up to a number of bytes; the page that
// was not asked for longest is forgotten first. What is remembered by key
// outlives its revision: the next one asks for it again where nothing changed.
type pages struct {
	budget int64

	mu     sync.Mutex
	used   int64
	byName map[name]*list.Element
	recent list.List // of *page, the last used first
}

// name is what a page is remembered by: its route's key, or the route itself
// where that has none.
type name struct {
	key   route.Key
	route *route.Route
}

func nameOf(r *route.Route) name {
	if r.Key.Known() {
		return name{key: r.Key}
	}
	return name{route: r}
}

// page is what one route rendered. Two requests at once share the work. It does
// not hold its route when it is done: behind that stands a whole model, and
// the page may live longer.
type page struct {
	name   name
	render func() // once

	// These are set by render.
	data    []byte
	version string // a hash of the data
	slot    int    // where the preview's tag goes; -1 in what is not HTML
	err     error

	counted bool // in pages.used; under pages.mu
}

func newPages(budget int64) *pages {
	return &pages{budget: budget, byName: make(map[name]*list.Element)}
}

// get gives a route's page, rendering it if need be.
func (ps *pages) get(r *route.Route) *page {
	p := ps.entry(r)
	p.render()
	ps.count(p)
	return p
}

func (ps *pages) entry(r *route.Route) *page {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	if e, ok := ps.byName[nameOf(r)]; ok {
		ps.recent.MoveToFront(e)
		return e.Value.(*page)
	}
	p := &page{name: nameOf(r)}
	p.render = sync.OnceFunc(func() { p.fill(r) })
	ps.byName[p.name] = ps.recent.PushFront(p)
	return p
}

func (p *page) fill(r *route.Route) {
	var b bytes.Buffer
	p.slot = -1
	if p.err = r.Write(&b); p.err != nil {
		return
	}
	p.data = b.Bytes()
	p.version = versionOf(p.data)
	if isHTML(r) {
		p.slot = tagSlot(p.data)
	}
}

// versionOf names some bytes. It is not the route's key: a browser's cache
// outlives the program, and the next one may make other bytes of the same key.
func versionOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:12])
}

// count adds a page that is rendered now, and forgets others for it.
func (ps *pages) count(p *page) {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	if p.counted || ps.byName[p.name] == nil {
		return
	}
	p.counted = true
	ps.used += int64(cap(p.data))
	for e := ps.recent.Back(); e != nil && ps.used > ps.budget; {
		oldest := e
		e = e.Prev()
		if oldest.Value.(*page).counted {
			ps.forget(oldest)
		}
	}
}

func (ps *pages) forget(e *list.Element) {
	p := e.Value.(*page)
	if p.counted {
		ps.used -= int64(cap(p.data))
	}
	delete(ps.byName, p.name)
	ps.recent.Remove(e)
}

// turn forgets what the next revision cannot ask for: pages of routes without
// a key (with them goes the model that they were made from), and mistakes,
// which may be the machine's and over by now.
func (ps *pages) turn() {
	ps.mu.Lock()
	defer ps.mu.Unlock()
	for e := ps.recent.Back(); e != nil; {
		old := e
		e = e.Prev()
		if p := old.Value.(*page); p.name.route != nil || p.counted && p.err != nil {
			ps.forget(old)
		}
	}
}
