package route

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"publish/internal/diag"
)

// Table is all routes of one revision of a site, sorted by path. It never
// changes once made.
type Table struct {
	routes []*Route
	byPath map[string]*Route
}

// New sorts the routes and refuses clashes: two routes with one file, paths
// that differ only by letter case (one file on many disks), and a file where
// another route needs a folder. The diagnostics name both sources; the first
// route of a clash, in path and source order, stays in the table.
func New(routes []*Route) (*Table, diag.List) {
	routes = slices.Clone(routes)
	slices.SortStableFunc(routes, func(a, b *Route) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Source, b.Source))
	})
	t := &Table{byPath: make(map[string]*Route, len(routes))}
	var diags diag.List
	files := make(map[string]*Route, len(routes))
	folders := make(map[string]*Route, len(routes))
	for _, r := range routes {
		file := strings.ToLower(r.File())
		other := files[file]
		for folder := range parents(file) {
			if other == nil {
				other = files[folder]
			}
		}
		if other == nil {
			other = folders[file]
		}
		if other != nil {
			diags.Report(diag.URLCollision, diag.Pos{File: r.Source},
				"give one of them another `slug` or `permalink`",
				"%q and %q both want the address %s", other.Source, r.Source, clash(other.Path, r.Path))
			continue
		}
		files[file] = r
		for folder := range parents(file) {
			if folders[folder] == nil {
				folders[folder] = r
			}
		}
		t.routes = append(t.routes, r)
		t.byPath[r.Path] = r
	}
	return t, diags
}

func clash(a, b string) string {
	if a == b {
		return a
	}
	return a + " (or " + b + ", which many disks cannot tell from it)"
}

// parents yields the folders above a file: "a/b/c" gives "a/b", "a".
func parents(file string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := strings.LastIndexByte(file, '/'); i > 0; i = strings.LastIndexByte(file[:i], '/') {
			if !yield(file[:i]) {
				return
			}
		}
	}
}

// Get gives the route of exactly this path, or nil.
func (t *Table) Get(path string) *Route { return t.byPath[path] }

// All lists the routes in the order of their paths. The slice is the table's
// own: it must not be changed.
func (t *Table) All() []*Route { return t.routes }
