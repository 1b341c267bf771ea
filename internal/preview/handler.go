// Package preview serves a route table over HTTP as the site's host will: at
// the same base path, with the same redirects, letter case and 404 page, and
// with the same bytes that a build would write, but for one tag in each page.
//
// A request is answered from one revision of the site, whatever happens
// meanwhile: Handler.Show puts the next one in its place in one step, and
// Handler.Ahead one page of it before that. Paths are looked up in the table
// and nowhere else, so no request reaches a disk.
//
// The tag loads a script (folder live) that tells the server what its page
// shows and replaces what is not so any more. What it needs stands below
// /-publish/: the script itself, its styles, a stream of what changes (events)
// and the answer to "this is what I show" (page).
package preview

import (
	"bytes"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"publish/internal/bug"
	"publish/internal/route"
)

// Options say where the site is mounted and who may ask for it.
type Options struct {
	// Base is the path of the site's base URL: "/" (or empty) or "/repo/". A
	// revision may name another.
	Base string
	// Host is the host name or address that the server was told to listen on.
	Host string
	// AllowHost are further names by which browsers may ask: "preview.test",
	// or "*.preview.test" for all names below it.
	AllowHost []string
	// Memory is how many bytes of rendered pages are remembered; 0 means
	// 64 MiB.
	Memory int64
}

// Handler answers requests from the revision shown last.
type Handler struct {
	base    string // begins and ends in a slash
	hosts   hosts
	pages   *pages
	tabs    *tabs
	streams streams

	showing sync.Mutex // held by whoever changes current
	current atomic.Pointer[revision]
}

// NewHandler makes a handler. It answers once a revision is shown.
func NewHandler(o Options) *Handler {
	if o.Memory == 0 {
		o.Memory = 64 << 20
	}
	return &Handler{base: mount(o.Base), hosts: newHosts(o), pages: newPages(o.Memory), tabs: newTabs(), streams: newStreams()}
}

// mount is the base path as it begins and ends in a slash.
func mount(base string) string {
	if base = path.Clean("/" + base); base != "/" {
		base += "/"
	}
	return base
}

// Show makes the revision the one from which requests are answered from now
// on, sets its number, and tells the open tabs. Pages whose route has the key
// of one that was rendered before are not rendered again.
func (h *Handler) Show(shown *Revision) {
	h.showing.Lock()
	defer h.showing.Unlock()
	next := &revision{Revision: shown, base: h.base, doubts: &doubts{ask: shown.Doubts}, ahead: make(map[string]*route.Route)}
	next.doubts.printer.Source = shown.Source
	if shown.Base != "" {
		next.base = mount(shown.Base)
	}
	for _, r := range shown.Ahead {
		next.ahead[r.Path] = r
	}
	shown.Number = 1
	if before := h.current.Load(); before != nil {
		next.after(before)
	}
	next.state = sync.OnceValue(next.describe)
	h.pages.turn()
	h.current.Store(next)
	h.streams.wake()
}

// Ahead replaces one route of the revision shown last, until the next one, and
// tells the tabs that show it at once.
func (h *Handler) Ahead(r *route.Route) {
	h.showing.Lock()
	defer h.showing.Unlock()
	if rev := h.current.Load(); rev != nil {
		h.current.Store(rev.with(r))
		h.streams.wake()
	}
}

// Watched lists the routes that open tabs show: those that are visible first,
// then those that were visited last.
func (h *Handler) Watched() []string {
	var paths []string
	for _, w := range h.tabs.watched() {
		paths = append(paths, w.path)
	}
	return paths
}

// ServeHTTP answers one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer mistake(w)
	header := w.Header()
	header.Set("Cache-Control", "no-cache")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	rev := h.current.Load()
	switch {
	case !h.hosts.allow(r):
		h.hosts.refuse(w, r)
	case rev == nil:
		http.Error(w, "the site is being read: try again in a moment", http.StatusServiceUnavailable)
	case h.serveOwn(w, r):
	case onlyMethods(w, r, http.MethodGet, http.MethodHead):
		h.serveSite(w, r, rev)
	}
}

// mistake answers in words where this package came to grief; the mistakes of pages
// are told by the pages (fault).
func mistake(w http.ResponseWriter) {
	switch found := recover(); found {
	case nil:
	case http.ErrAbortHandler:
		panic(found) // the server's own way to end an answer
	default:
		http.Error(w, "this cannot be shown: "+bug.Of(found).Error()+"\n"+bug.Hint, http.StatusInternalServerError)
	}
}

// onlyMethods refuses a request by any other method.
func onlyMethods(w http.ResponseWriter, r *http.Request, methods ...string) bool {
	for _, method := range methods {
		if r.Method == method {
			return true
		}
	}
	w.Header().Set("Allow", strings.Join(methods, ", "))
	http.Error(w, "only this is answered here: "+strings.Join(methods, ", "), http.StatusMethodNotAllowed)
	return false
}

func (h *Handler) serveSite(w http.ResponseWriter, r *http.Request, rev *revision) {
	below, ok := strings.CutPrefix(r.URL.Path, rev.base)
	if !ok {
		outside(w, r, rev)
		return
	}
	found, redirect, missing := rev.answer("/" + below)
	if missing {
		if to := rev.moved(r.URL.Path); to != "" {
			moveTo(w, r, to, http.StatusFound)
			return
		}
	}
	switch {
	case found != nil && missing:
		h.serve(w, r, rev, found, http.StatusNotFound)
	case found != nil:
		h.serve(w, r, rev, found, http.StatusOK)
	case redirect != "":
		moveTo(w, r, rev.base+strings.TrimPrefix(redirect, "/"), http.StatusMovedPermanently)
	default:
		http.Error(w, "there is no such page", http.StatusNotFound)
	}
}

// outside answers what is not below the base path: on the real host that is
// another site.
func outside(w http.ResponseWriter, r *http.Request, rev *revision) {
	to := rev.moved(r.URL.Path)
	switch {
	case r.URL.Path == "/":
		moveTo(w, r, rev.base, http.StatusFound)
	case r.URL.Path == strings.TrimSuffix(rev.base, "/"):
		moveTo(w, r, rev.base, http.StatusMovedPermanently)
	case to != "":
		moveTo(w, r, to, http.StatusFound)
	default:
		http.Error(w, "the site is at "+rev.base+", as its base URL says; nothing is outside of it", http.StatusNotFound)
	}
}

// moveTo redirects to a path of this server, keeping the query.
func moveTo(w http.ResponseWriter, r *http.Request, to string, status int) {
	location := url.URL{Path: to, RawQuery: r.URL.RawQuery}
	w.Header().Set("Location", location.String())
	w.WriteHeader(status)
}

// serve writes a route's bytes, or says why there are none.
func (h *Handler) serve(w http.ResponseWriter, r *http.Request, rev *revision, found *route.Route, status int) {
	p := h.pages.get(found)
	if p.err != nil {
		fault(w, r, rev, found, p.err)
		return
	}
	data, version := p.data, p.version
	if p.slot >= 0 {
		// The script's version is in the tag's place: a browser that kept the
		// page of another publish must not keep its tag.
		version = rev.version(p)
		data = withTag(p, tag(found.Path, version))
		version += "-" + live().version
	}
	header := w.Header()
	header.Set("Content-Type", found.MediaType())
	if status == http.StatusOK {
		header.Set("ETag", strconv.Quote(version))
		// The time is none: the ETag alone decides.
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
		return
	}
	header.Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(data) // the browser has gone: nobody to tell
	}
}

func withTag(p *page, tag string) []byte {
	data := make([]byte, 0, len(p.data)+len(tag))
	data = append(data, p.data[:p.slot]...)
	data = append(data, tag...)
	return append(data, p.data[p.slot:]...)
}
