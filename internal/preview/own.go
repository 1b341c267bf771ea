package preview

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// ownNames are what the preview answers below /-publish/. Everything else there
// is the site's.
var ownNames = []string{"live.js", "live.css", "events", "page"}

//go:embed live
var liveFiles embed.FS

// live is the browser's side.
var live = sync.OnceValue(readLive)

type liveAssets struct {
	script, style []byte
	version       string // of both
}

// readLive puts the script's files together. They share one scope, in this
// order; each says at its top what it does.
func readLive() liveAssets {
	var script bytes.Buffer
	script.WriteString("(() => {\n\"use strict\";\n")
	for _, name := range []string{"align.js", "patch.js", "place.js", "assets.js", "panel.js", "link.js", "main.js"} {
		script.Write(readLiveFile(name))
	}
	script.WriteString("})();\n")
	made := liveAssets{script: script.Bytes(), style: readLiveFile("live.css")}
	sum := sha256.Sum256(append(made.script, made.style...))
	made.version = hex.EncodeToString(sum[:6])
	return made
}

func readLiveFile(name string) []byte {
	data, err := liveFiles.ReadFile("live/" + name)
	if err != nil {
		panic(err) // it is embedded
	}
	return data
}

// serveOwn answers what is the preview's own, and says whether it was.
func (h *Handler) serveOwn(w http.ResponseWriter, r *http.Request) bool {
	name, ok := strings.CutPrefix(r.URL.Path, own)
	if !ok {
		return false
	}
	switch name {
	case "live.js":
		serveLive(w, r, "text/javascript; charset=utf-8", live().script)
	case "live.css":
		serveLive(w, r, "text/css; charset=utf-8", live().style)
	case "events":
		if h.fromHere(w, r) && onlyMethods(w, r, http.MethodGet) {
			h.serveEvents(w, r)
		}
	case "page":
		if h.fromHere(w, r) && onlyMethods(w, r, http.MethodPost) {
			h.servePage(w, r)
		}
	default:
		return false
	}
	return true
}

func serveLive(w http.ResponseWriter, r *http.Request, kind string, data []byte) {
	if !onlyMethods(w, r, http.MethodGet, http.MethodHead) {
		return
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("ETag", strconv.Quote(live().version))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}

// fromHere refuses what a page of another site asks for. Browsers say where a
// request comes from in Sec-Fetch-Site; for addresses that they do not trust (a
// machine in the same network, by http) only Origin is there, and it is left
// out where a page asks its own server with GET.
func (h *Handler) fromHere(w http.ResponseWriter, r *http.Request) bool {
	site := r.Header.Get("Sec-Fetch-Site")
	if site != "" && site != "same-origin" && site != "none" || !h.ownOrigin(r) {
		http.Error(w, "only pages of this preview may ask for this", http.StatusForbidden)
		return false
	}
	return true
}

// ownOrigin says whether the Origin, if one is given, is the one that was
// asked, or was named with --allow-host (a proxy may ask us by another name).
func (h *Handler) ownOrigin(r *http.Request) bool {
	values := r.Header.Values("Origin")
	if len(values) == 0 {
		return true
	}
	origin, err := url.Parse(values[0])
	if err != nil || len(values) > 1 || origin.Host == "" {
		return false
	}
	return strings.EqualFold(origin.Host, r.Host) || h.hosts.named(bare(origin.Host))
}
