package render

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"sync"

	"publish/internal/config"
	"publish/internal/diag"
	"publish/internal/photo"
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
	// sum is the hash of its bytes, found out once.
	sum func() ([32]byte, error)
	// tail is what the site's settings add to its bytes.
	tail []byte
}

// read gives the file's bytes.
func (f *staticFile) read() ([]byte, error) {
	content, err := f.source.read()
	return append(content, f.tail...), err
}

// canBeRead says so, and reports it where it is not.
func (f *staticFile) canBeRead(diags *diag.List) bool {
	opened, err := f.fsys.Open(f.name)
	if err != nil {
		return unreadable(f.name, err, diags) != nil // the machine's fault shows again
	}
	opened.Close()
	return true
}

// hashedTypes are the files that pages link by hash.
var hashedTypes = map[string]bool{".css": true, ".js": true, ".mjs": true}

// icon is linked by every page, and so by its hash too.
const icon = "favicon.svg"

// loadStatic lists static/, the user's files over the built-in ones. The style
// sheet ends with what the settings say.
func (t *Theme) loadStatic(user, builtin fs.FS, settings config.Theme, diags *diag.List) error {
	sources, err := overlay("static", diags, user, builtin)
	if err != nil {
		return err
	}
	for _, src := range sources {
		name := strings.TrimPrefix(src.name, "static/")
		f := &staticFile{source: src, path: "/" + name}
		if src.own && !f.canBeRead(diags) {
			continue
		}
		if name == styleSheet && settings.Styles() {
			if f.tail, err = tail(f, settings, diags); err != nil {
				return err
			}
		}
		f.sum = sync.OnceValues(func() ([32]byte, error) { return sumOf(f.read) })
		if ext := path.Ext(name); hashedTypes[ext] || name == icon {
			sum, err := f.sum()
			if err != nil {
				return fmt.Errorf("read the theme: %w", err)
			}
			f.hashed = strings.TrimSuffix(f.path, ext) + "." + hex.EncodeToString(sum[:5]) + ext
		}
		t.static = append(t.static, f)
		t.byName[name] = f
	}
	if err := t.readPictures(source{name: "static/" + icon, fsys: builtin}); err != nil {
		return fmt.Errorf("read the theme: %w", err)
	}
	return nil
}

// Address is where a file of the site's own static/ is published, "" if it is not;
// its name is as in "static/logo.svg".
func (t *Theme) Address(name string) string {
	rest, ok := strings.CutPrefix(name, "static/")
	if f := t.byName[rest]; ok && f != nil && f.own {
		return cmp.Or(f.hashed, f.path)
	}
	return ""
}

// IsLayout says that a file is a layout of the site's own.
func (t *Theme) IsLayout(name string) bool {
	layout, _ := layoutName(name)
	return layout != "" && t.files[layout] == name
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
func (t *Theme) staticRoutes() []planned {
	var routes []planned
	for _, f := range t.static {
		write := copyOf(f.read)
		key := func(h *route.Hash) { addSum(h, f.sum) }
		routes = append(routes, planned{&route.Route{Path: f.path, Source: f.name, Render: write}, key})
		if f.hashed != "" {
			routes = append(routes, planned{&route.Route{Path: f.hashed, Source: f.name, Render: write}, key})
		}
	}
	return routes
}

// assetRoutes are the files that pages refer to.
func assetRoutes(assets []*site.Asset) []planned {
	var routes []planned
	for _, a := range assets {
		routes = append(routes, planned{
			&route.Route{Path: a.Route, Source: a.Path, Render: copyOf(a.Bytes)},
			func(h *route.Hash) {
				h.Add(a.Path) // whose ending decides whether a drawing is made harmless
				h.Int(photo.Version)
				addSum(h, a.Hash)
			},
		})
	}
	return routes
}

// addSum adds the hash of a file; one that cannot be read has no key.
func addSum(h *route.Hash, sum func() ([32]byte, error)) {
	content, err := sum()
	if err != nil {
		h.Unknown()
	}
	h.Bytes(content[:])
}

func sumOf(read func() ([]byte, error)) ([32]byte, error) {
	content, err := read()
	return sha256.Sum256(content), err
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
