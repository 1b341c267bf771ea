package render

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"publish/internal/route"
	"publish/internal/site"
)

// staticFile is a file of static/. Pages link styles and scripts by a name
// that holds a hash of their bytes, since hosts let browsers keep them for a
// while; the plain name stays for everybody else.
type staticFile struct {
	source
	path   string // "/style.css"
	hashed string // "/style.0123abcd.css"; "" for what keeps its plain name
}

// hashedTypes are the files that pages link by hash.
var hashedTypes = map[string]bool{".css": true, ".js": true, ".mjs": true}

// icon is linked by every page, and so by its hash too.
const icon = "favicon.svg"

// loadStatic lists static/, the user's files over the built-in ones.
func (t *Theme) loadStatic(user, builtin fs.FS) error {
	sources, err := overlay("static", user, builtin)
	if err != nil {
		return err
	}
	for _, src := range sources {
		name := strings.TrimPrefix(src.name, "static/")
		f := &staticFile{source: src, path: "/" + name}
		if ext := path.Ext(name); hashedTypes[ext] || name == icon {
			content, err := src.read()
			if err != nil {
				return fmt.Errorf("read the theme: %w", err)
			}
			sum := sha256.Sum256(content)
			f.hashed = strings.TrimSuffix(f.path, ext) + "." + hex.EncodeToString(sum[:5]) + ext
		}
		t.static = append(t.static, f)
		t.byName[name] = f
	}
	return nil
}

// asset gives the route by which pages link a static file.
func (t *Theme) asset(name string) (string, error) {
	f := t.byName[strings.TrimPrefix(name, "/")]
	switch {
	case f == nil:
		return "", fmt.Errorf("there is no file %q in static/", name)
	case f.hashed != "":
		return f.hashed, nil
	}
	return f.path, nil
}

// staticRoutes are the files of static/, under their plain and hashed names.
func (t *Theme) staticRoutes() []*route.Route {
	var routes []*route.Route
	for _, f := range t.static {
		write := copyOf(f.read)
		routes = append(routes, &route.Route{Path: f.path, Source: f.name, Render: write})
		if f.hashed != "" {
			routes = append(routes, &route.Route{Path: f.hashed, Source: f.name, Render: write})
		}
	}
	return routes
}

// assetRoutes are the files that pages refer to.
func assetRoutes(s *site.Site) []*route.Route {
	var routes []*route.Route
	for _, a := range s.Assets {
		routes = append(routes, &route.Route{Path: a.Route, Source: a.Path, Render: copyOf(a.Bytes)})
	}
	return routes
}

func copyOf(read func() ([]byte, error)) func(io.Writer) error {
	return func(w io.Writer) error {
		content, err := read()
		if err != nil {
			return err
		}
		_, err = w.Write(content)
		return err
	}
}
