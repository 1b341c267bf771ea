package preview

import (
	"bytes"
	"html"
	"mime"
	"strings"

	"publish/internal/route"
)

// own is where the preview keeps what it needs itself, at the server's root:
// outside of the base path, unless that is the root too.
const own = "/-publish/"

// tag is the one thing that the preview adds to a page. The page tells with it
// what it shows when it connects, so that no edit between two connections is
// lost.
func tag(path, version string) string {
	return `<script src="` + own + `live.js" data-path="` + html.EscapeString(path) + `" data-version="` + version + `" defer></script>`
}

func isHTML(r *route.Route) bool {
	kind, _, err := mime.ParseMediaType(r.MediaType())
	return err == nil && kind == "text/html"
}

// tagSlot is where in a page the tag goes: right behind <head>, so that its
// script is the first that runs after the page was read. A page of the site's
// own may have no <head>: then behind <html> or the doctype, where browsers put
// a script into the head that they make up.
func tagSlot(page []byte) int {
	slot := 0
	for at := 0; ; {
		start := bytes.IndexByte(page[at:], '<')
		if start < 0 {
			return slot
		}
		at += start
		if bytes.HasPrefix(page[at:], []byte("<!--")) {
			end := bytes.Index(page[at:], []byte("-->"))
			if end < 0 {
				return slot
			}
			at += end + len("-->")
			continue
		}
		end := tagEnd(page[at:])
		if end < 0 {
			return slot
		}
		at += end
		switch tagName(page[at-end+1 : at]) {
		case "!doctype", "html":
			slot = at
		case "head":
			return at
		default:
			return slot // the page's own things begin: there is no <head>
		}
	}
}

// tagEnd is the length of a tag: up to the ">" that stands in no quoted value.
func tagEnd(text []byte) int {
	quote := byte(0)
	for i, c := range text {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i + 1
		}
	}
	return -1
}

func tagName(text []byte) string {
	if end := bytes.IndexAny(text, " \t\r\n\f/>"); end >= 0 {
		text = text[:end]
	}
	return strings.ToLower(string(text))
}
