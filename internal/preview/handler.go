// Package preview serves a route table over HTTP as the site's host will: at
// the same base path, with the same redirects, letter case and 404 page, and
// with the same bytes that a build would write.
//
// A request is answered from one revision of the site, whatever happens
// meanwhile: Handler.Show puts the next one in its place in one step. Paths
// are looked up in the table and nowhere else, so no request reaches a disk.
package preview

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync/atomic"
	"time"

	"publish/internal/route"
)

// Options say where the site is mounted and who may ask for it.
type Options struct {
	// Base is the path of the site's base URL: "/" (or empty) or "/repo/".
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
	memory  int64
	current atomic.Pointer[revision]
}

// revision is one table with the bytes of those of its pages that were asked
// for.
type revision struct {
	table *route.Table
	pages *pages
}

// NewHandler makes a handler that shows the table.
func NewHandler(table *route.Table, o Options) *Handler {
	h := &Handler{base: path.Clean("/" + o.Base), hosts: newHosts(o), memory: o.Memory}
	if h.base != "/" {
		h.base += "/"
	}
	if h.memory == 0 {
		h.memory = 64 << 20
	}
	h.Show(table)
	return h
}

// Show makes the table the one from which requests are answered from now on.
func (h *Handler) Show(table *route.Table) {
	h.current.Store(&revision{table: table, pages: newPages(h.memory)})
}

// ServeHTTP answers one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Cache-Control", "no-cache")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	if !h.hosts.allow(r) {
		h.hosts.refuse(w, r)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		http.Error(w, "only GET and HEAD are answered here", http.StatusMethodNotAllowed)
		return
	}
	below, ok := strings.CutPrefix(r.URL.Path, h.base)
	if !ok {
		h.outside(w, r)
		return
	}
	rev := h.current.Load()
	switch found, redirect := find(rev.table, "/"+below); {
	case found != nil:
		rev.serve(w, r, found, http.StatusOK)
	case redirect != "":
		moveTo(w, r, h.base+strings.TrimPrefix(redirect, "/"), http.StatusMovedPermanently)
	default:
		rev.notFound(w, r)
	}
}

// outside answers what is not below the base path: on the real host that is
// another site.
func (h *Handler) outside(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/":
		moveTo(w, r, h.base, http.StatusFound)
	case strings.TrimSuffix(h.base, "/"):
		moveTo(w, r, h.base, http.StatusMovedPermanently)
	default:
		http.Error(w, "the site is at "+h.base+", as its base URL says; nothing is outside of it", http.StatusNotFound)
	}
}

// find is how GitHub Pages finds the file for a path, which is decoded and
// begins with a slash; or it says to which path to redirect.
func find(table *route.Table, p string) (found *route.Route, redirect string) {
	if found = table.Get(p); found != nil {
		return found, ""
	}
	if strings.HasSuffix(p, "/") {
		return table.Get(p + "index.html"), ""
	}
	if folder, ok := strings.CutSuffix(p, "index.html"); ok && strings.HasSuffix(folder, "/") {
		return table.Get(folder), ""
	}
	if table.Get(p+"/") != nil || table.Get(p+"/index.html") != nil {
		return nil, p + "/"
	}
	return table.Get(p + ".html"), ""
}

// moveTo redirects to a path of this server, keeping the query.
func moveTo(w http.ResponseWriter, r *http.Request, to string, status int) {
	location := url.URL{Path: to, RawQuery: r.URL.RawQuery}
	w.Header().Set("Location", location.String())
	w.WriteHeader(status)
}

func (rev *revision) notFound(w http.ResponseWriter, r *http.Request) {
	if page := rev.table.Get("/404.html"); page != nil {
		rev.serve(w, r, page, http.StatusNotFound)
		return
	}
	http.Error(w, "there is no such page", http.StatusNotFound)
}

// serve writes a route's bytes, or says why there are none.
func (rev *revision) serve(w http.ResponseWriter, r *http.Request, found *route.Route, status int) {
	page := rev.pages.get(found)
	if page.err != nil {
		fault(w, r, found, page.err)
		return
	}
	header := w.Header()
	header.Set("Content-Type", found.MediaType())
	if status == http.StatusOK {
		header.Set("ETag", page.etag)
		// The time is none: the ETag alone decides.
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(page.data))
		return
	}
	header.Set("Content-Length", fmt.Sprint(len(page.data)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(page.data) // the browser has gone: nobody to tell
	}
}
