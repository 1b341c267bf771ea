package route

import (
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

// New sorts the routes and refuses addresses that some disk cannot hold (see
// names.go) and clashes: two routes with one file, files whose names differ
// only by letter case or Unicode form (one file on many disks), and a file
// where another route needs a folder. The diagnostics name both sources; the
// first route of a clash, in path and source order, stays in the table.
func New(routes []*Route) (*Table, diag.List) {
	routes = slices.Clone(routes)
	slices.SortStableFunc(routes, func(a, b *Route) int {
		if c := strings.Compare(a.Path, b.Path); c != 0 {
			return c
		}
		return strings.Compare(a.Source, b.Source)
	})
	t := &Table{routes: make([]*Route, 0, len(routes)), byPath: make(map[string]*Route, len(routes))}
	var diags diag.List
	taken := occupied{files: make(map[string]*Route, len(routes)), folders: map[string]*Route{}}
	for _, r := range routes {
		if fault := Fault(r.Path); fault != "" {
			diags.Report(diag.URLInvalid, diag.Pos{File: r.Source},
				"rename it, or give it another `slug` or `permalink`",
				"the address %q cannot be written on every disk: %s", r.Path, fault)
			continue
		}
		if other, why := taken.add(r); other != nil {
			diags.Report(diag.URLCollision, diag.Pos{File: r.Source},
				"rename one of them, or give it another `slug` or `permalink`",
				"%q and %q %s", other.Source, r.Source, why)
			continue
		}
		t.routes = append(t.routes, r)
		t.byPath[r.Path] = r
	}
	return t, diags
}

// Get gives the route of exactly this path, or nil.
func (t *Table) Get(path string) *Route { return t.byPath[path] }

// GetFile gives the route that writes this file below the output folder, or
// nil.
func (t *Table) GetFile(file string) *Route {
	if dir, ok := strings.CutSuffix("/"+file, "index.html"); ok {
		if r := t.byPath[dir]; r != nil {
			return r
		}
	}
	return t.byPath["/"+file]
}

// All lists the routes in the order of their paths. The slice is the table's
// own: it must not be changed.
func (t *Table) All() []*Route { return t.routes }

// occupied knows, by folded name, who has which file and who was the first to
// need which folder. Names begin with a slash, and the page of a folder has the
// folder's name with a slash behind it.
type occupied struct {
	files, folders map[string]*Route
}

// add takes the route's file; or it says which route stands in the way, and
// how the two clash.
func (o occupied) add(r *Route) (other *Route, why string) {
	file := ofFolder(Fold(r.Path))
	if other = o.files[file]; other != nil {
		if other.File() == r.File() {
			return other, "both want the address " + r.Path
		}
		return other, "want " + other.Path + " and " + r.Path + ", which are one file on many disks"
	}
	if other = o.folders[file]; other != nil {
		return other, "clash: " + other.Path + " needs a folder where " + r.Path + " is a file"
	}
	for folder := range Folders(file) {
		folder = ofFolder(folder)
		if o.folders[folder] != nil {
			break // no file is in its way, or in that of the folders above it
		}
		if other = o.files[folder]; other != nil {
			return other, "clash: " + r.Path + " needs a folder where " + other.Path + " is a file"
		}
	}
	o.files[file] = r
	for folder := range Folders(file) {
		folder = ofFolder(folder)
		if o.folders[folder] != nil {
			break // and then the folders above it are known too
		}
		o.folders[folder] = r
	}
	return nil, ""
}

// ofFolder calls an index.html by its folder, as its route is called.
func ofFolder(name string) string {
	if strings.HasSuffix(name, "/index.html") {
		return strings.TrimSuffix(name, "index.html")
	}
	return name
}

// Folders yields the folders above a file, innermost first: "a/b/c" gives
// "a/b", "a".
func Folders(file string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := strings.LastIndexByte(file, '/'); i > 0; i = strings.LastIndexByte(file[:i], '/') {
			if !yield(file[:i]) {
				return
			}
		}
	}
}
