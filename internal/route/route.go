// Package route holds the site as a table: path → function that writes bytes.
//
// `build` writes every route, `serve` answers from the same table and `check`
// reads it. A path says where a browser finds the page ("/2021/04/29/slug/",
// "/feed.xml"); File says which file of a static host answers it.
package route

import (
	"io"
	"path"
	"strings"
)

// Route is one address of the site.
type Route struct {
	// Path starts with a slash, is not percent-encoded, is NFC, and ends in a
	// slash for a page that stands in a folder of its own.
	Path string
	// Type is the media type; empty means the one of the file's extension.
	Type string
	// Source says what made the route, for messages: "content/x.md",
	// "static/style.css" or, for what publish generates, "home page".
	Source string
	// Key is the hash of everything that the bytes depend on: two routes of
	// equal keys have equal bytes, in any two revisions of a site and in any
	// two runs of one program. The zero key says nothing; see Key.Same.
	Key Key
	// Drawn says that the program draws a picture here. Nothing in it can be
	// wrong or lead anywhere, so that whoever looks for mistakes passes it over.
	Drawn bool
	// Render writes the bytes. It may be called from many goroutines, more
	// than once, and always writes the same. An error that is a
	// *diag.ErrorList is the site's mistake, any other the machine's.
	Render func(w io.Writer) error
}

// File is the path of the route's file below the output folder:
// "/a/" is a/index.html, "/feed.xml" is feed.xml.
func (r *Route) File() string { return File(r.Path) }

// File gives the file below the output folder that answers a path.
func File(p string) string {
	p = strings.TrimPrefix(p, "/")
	if p == "" || strings.HasSuffix(p, "/") {
		return p + "index.html"
	}
	return p
}

// MediaType is what the route is served as.
func (r *Route) MediaType() string {
	if r.Type != "" {
		return r.Type
	}
	return MediaType(r.File())
}

// MediaType is the type of a file by its extension, the same on every machine
// (the system's own table is not asked).
func MediaType(file string) string {
	ext := strings.ToLower(path.Ext(file))
	if t, ok := types[ext]; ok {
		return t
	}
	return "application/octet-stream"
}

var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
	".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
	".json": "application/json", ".map": "application/json", ".webmanifest": "application/manifest+json",
	".xml": "application/xml", ".atom": "application/atom+xml", ".rss": "application/rss+xml",
	".txt": "text/plain; charset=utf-8", ".log": "text/plain; charset=utf-8", ".md": "text/markdown; charset=utf-8",
	".csv": "text/csv; charset=utf-8", ".ics": "text/calendar; charset=utf-8",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
	".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif", ".ico": "image/x-icon",
	".pdf": "application/pdf", ".zip": "application/zip", ".gz": "application/gzip",
	".mp4": "video/mp4", ".webm": "video/webm", ".mp3": "audio/mpeg", ".wasm": "application/wasm",
	".woff": "font/woff", ".woff2": "font/woff2", ".ttf": "font/ttf", ".otf": "font/otf",
}
