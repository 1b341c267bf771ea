package preview

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"publish/internal/diag"
	"publish/internal/route"
)

const (
	// maxQuestion is how many bytes a tab may say.
	maxQuestion = 64 << 10
	// maxAssets is how many of a page's files are looked up.
	maxAssets = 500
	// maxID is how long a tab's own name may be.
	maxID = 64
)

// question is what a tab says: at load, when it becomes visible, when the
// connection or the revision is a new one, and now and then.
type question struct {
	Tab string `json:"tab"`
	// Path is the route that it shows, At the address in its address bar: of a
	// page that is not there, the route is the 404 page.
	Path string `json:"path"`
	At   string `json:"at"`
	// Version is the version of the route that it shows.
	Version string `json:"version"`
	Visible bool   `json:"visible"`
	// Gone says that the page was left.
	Gone bool `json:"gone"`
	// Assets are the addresses of images, styles and scripts on the page.
	Assets []string `json:"assets"`
}

// answer is what a tab is told about its page.
type answer struct {
	Path    string `json:"path"`
	Version string `json:"version"`
	// Step counts up: of two answers the one with the greater is the newer.
	Step int `json:"step"`
	// HTML is the page as it is now, without the tag; absent where the tab
	// shows it already.
	HTML *string `json:"html,omitempty"`
	// Reload says that another page answers at the tab's address now.
	Reload bool `json:"reload,omitempty"`
	// Fault says why the page cannot be made.
	Fault []message `json:"fault,omitempty"`
	// Doubts are those about this page.
	Doubts []message         `json:"doubts,omitempty"`
	State  json.RawMessage   `json:"state,omitempty"`
	Assets map[string]string `json:"assets,omitempty"` // their versions; those that are not ours are missing
}

// askTime is how long a question may take to arrive.
const askTime = 10 * time.Second

func (h *Handler) servePage(w http.ResponseWriter, r *http.Request) {
	// A question that never ends would keep a connection for ever. A writer
	// that knows no deadlines is a test's.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(askTime))
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxQuestion))
	if os.IsTimeout(err) {
		http.Error(w, "the question took too long", http.StatusRequestTimeout)
		return
	}
	if err != nil {
		http.Error(w, fmt.Sprintf("more than %d bytes", maxQuestion), http.StatusRequestEntityTooLarge)
		return
	}
	var q question
	if err := json.Unmarshal(data, &q); err != nil || q.Tab == "" || len(q.Tab) > maxID {
		http.Error(w, "this is not what a page of the preview asks", http.StatusBadRequest)
		return
	}
	if q.Gone {
		h.tabs.gone(q.Tab)
		w.WriteHeader(http.StatusNoContent)
		return
	}
	// First the tab is noted, then the revision is read: what is shown in
	// between reaches it by the stream.
	rev := h.current.Load()
	if rev.get(q.Path) != nil {
		h.tabs.show(q.Tab, watched{path: q.Path, version: q.Version, visible: q.Visible})
		rev = h.current.Load()
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(encode(h.reply(rev, q))) // the browser has gone: nobody to tell
}

func (h *Handler) reply(rev *revision, q question) *answer {
	a := &answer{Path: q.Path, Version: q.Version, Reload: true}
	if found := h.at(rev, q.At); found != nil && found.Path == q.Path {
		_, a = h.compare(rev, q.Path, q.Version)
	}
	if a == nil {
		a = &answer{Path: q.Path, Version: q.Version, Fault: h.faultOf(rev, q.Path)}
	}
	a.State, a.Step = rev.state(), rev.step
	a.Doubts = rev.doubts.of(q.Path)
	a.Assets = make(map[string]string)
	for _, asset := range q.Assets[:min(len(q.Assets), maxAssets)] {
		if version := h.assetVersion(rev, asset); version != "" {
			a.Assets[asset] = version
		}
	}
	return a
}

// at is the route that answers at an address of this server, as it is written
// in an address bar; nil where it redirects.
func (h *Handler) at(rev *revision, address string) *route.Route {
	decoded, err := url.PathUnescape(address)
	if err != nil {
		return nil
	}
	below, ok := strings.CutPrefix(decoded, rev.base)
	if !ok {
		return nil
	}
	found, _, _ := rev.answer("/" + below)
	return found
}

func (h *Handler) assetVersion(rev *revision, address string) string {
	found := h.at(rev, address)
	switch {
	case found == nil || isHTML(found):
		return ""
	case found.Key.Known():
		return found.Key.String() // without reading the file
	}
	return h.pages.get(found).version
}

// compare gives the version of a route, and what to tell somebody who has
// another: nil if there is no such route, or it cannot be made.
func (h *Handler) compare(rev *revision, path, has string) (version string, told *answer) {
	found := rev.get(path)
	if found == nil {
		return "", nil
	}
	p := h.pages.get(found)
	if p.err != nil {
		return "", nil
	}
	told = &answer{Path: path, Version: rev.version(p), Step: rev.step}
	if told.Version != has {
		html := string(p.data)
		told.HTML = &html
	}
	return told.Version, told
}

// version names the bytes of a page and, behind a dot, how often all pages had
// to be loaded anew. A browser that finds another number there loads the page.
func (rev *revision) version(p *page) string { return fmt.Sprintf("%s.%d", p.version, rev.reloads) }

// faultVersion is the version of a page that cannot be made.
func (rev *revision) faultVersion() string { return fmt.Sprintf("fault.%d", rev.reloads) }

func (h *Handler) faultOf(rev *revision, path string) []message {
	found := rev.get(path)
	if found == nil {
		return nil
	}
	return messages(diag.Printer{Source: rev.Source}, mistakes(h.pages.get(found).err))
}

// mistakes are the reasons of an error, as diagnostics.
func mistakes(err error) diag.List {
	if err == nil {
		return nil
	}
	if list, ok := errors.AsType[*diag.ErrorList](err); ok {
		return list.List
	}
	return diag.List{{Level: diag.Error, Code: diag.TemplateError, Message: err.Error()}}
}
