package site

import (
	"net/url"
	"path"
	"strings"
)

// Links writes addresses: the one place that joins base URL, base path and
// route paths. Layouts and feeds ask here and concatenate nothing.
type Links struct {
	base     *url.URL // nil if unknown
	portable bool
	bare     map[string]bool // "/a.html" that the site calls "/a"
}

// Known says whether the site's own address is known.
func (l *Links) Known() bool { return l.base != nil }

// BasePath is the path under which the site is mounted, ending in a slash:
// "/" or "/repo/".
func (l *Links) BasePath() string {
	if l.base == nil || l.base.Path == "" {
		return "/"
	}
	return l.base.Path
}

// Address is the path of a route as the site calls it, not percent-encoded:
// "/a/" stays, and a page whose permalink has no ending loses its ".html".
func (l *Links) Address(route string) string {
	if l.bare[route] {
		return strings.TrimSuffix(route, ".html")
	}
	return route
}

// Absolute is the full URL of a route, or "" when the base URL is unknown.
func (l *Links) Absolute(route string) string {
	if l.base == nil {
		return ""
	}
	return l.base.Scheme + "://" + l.base.Host + l.mount() + escapePath(l.Address(route))
}

// Rooted is the URL of a route from the host's root, base path included: what
// the 404 page uses, since it is shown at any depth.
func (l *Links) Rooted(route string) string {
	return l.mount() + escapePath(l.Address(route))
}

// mount is what stands before the routes of the site from its host's root.
func (l *Links) mount() string { return escapePath(strings.TrimSuffix(l.BasePath(), "/")) }

// Relative is the URL of the route to, as seen from the page at the route
// from. With Portable it ends in the file's own name. It is never empty.
func (l *Links) Relative(from, to string) string {
	there := to
	switch {
	case l.portable && to == dirOf(to):
		there += "index.html"
	case !l.portable:
		there = l.Address(to)
	}
	dir := dirOf(from)
	common := commonFolder(dir, dirOf(to))
	rel := escapePath(there[common:])
	if up := strings.Count(dir[common:], "/"); up > 0 {
		if up*len("../") > len(upwards) {
			return strings.Repeat("../", up) + rel
		}
		return upwards[:up*len("../")] + rel
	}
	// "./" keeps a first segment with a colon from being read as a scheme.
	if first, _, _ := strings.Cut(rel, "/"); rel == "" || strings.Contains(first, ":") {
		return "./" + rel
	}
	return rel
}

// upwards is the way out of as many folders as routes lie in.
const upwards = "../../../../../../../../../../"

// commonFolder is the length of the longest path in which two folders lie, up to and
// with its slash.
func commonFolder(a, b string) int {
	common := 0
	for i := 0; i < min(len(a), len(b)) && a[i] == b[i]; i++ {
		if a[i] == '/' {
			common = i + 1
		}
	}
	return common
}

// dirOf is the path up to and with its last slash.
func dirOf(p string) string { return p[:strings.LastIndexByte(p, '/')+1] }

// escapePath percent-encodes what may not stand in the path of a URL.
func escapePath(p string) string {
	for i := range len(p) {
		switch c := p[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '/', c == '-', c == '.', c == '_':
		default:
			return (&url.URL{Path: p}).EscapedPath()
		}
	}
	return p
}

// cleanRoute makes a route path of what an author wrote for an address: one
// leading slash, no empty, "." or ".." segments, a trailing slash kept.
func cleanRoute(p string) string {
	if strings.HasPrefix(p, "/") && !strings.Contains(p, "//") && !strings.Contains(p, "/.") {
		return p
	}
	slash := strings.HasSuffix(p, "/")
	p = path.Clean("/" + p)
	if slash && p != "/" {
		p += "/"
	}
	return p
}
