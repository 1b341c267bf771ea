package route

import (
	"slices"
	"strings"
	"testing"

	"publish/internal/diag"
)

func routesAt(paths ...string) []*Route {
	var routes []*Route
	for _, p := range paths {
		routes = append(routes, &Route{Path: p, Source: "source of " + p})
	}
	return routes
}

func TestNewRefusesClashes(t *testing.T) {
	tests := []struct {
		name  string
		paths []string
		kept  []string
		says  string // part of the one message; "" for no message
	}{
		{"nothing in common", []string{"/", "/a/", "/b/", "/feed.xml"}, []string{"/", "/a/", "/b/", "/feed.xml"}, ""},
		{"a page and files in its folder", []string{"/a/", "/a/index.json", "/a/b/"}, []string{"/a/", "/a/b/", "/a/index.json"}, ""},
		{"a page as file and as folder", []string{"/a.html", "/a/"}, []string{"/a.html", "/a/"}, ""},
		{"the same path", []string{"/a/", "/a/"}, []string{"/a/"}, "both want the address /a/"},
		{"one file under two paths", []string{"/a/", "/a/index.html"}, []string{"/a/"}, "both want the address /a/index.html"},
		{"letter case", []string{"/a/", "/A/"}, []string{"/A/"}, "want /A/ and /a/, which are one file on many disks"},
		{"letter case of a folder only", []string{"/a/x/", "/A/y/"}, []string{"/A/y/", "/a/x/"}, ""},
		{"letter case beyond ASCII", []string{"/É/", "/é/"}, []string{"/É/"}, "one file on many disks"},
		{"two forms of one letter", []string{"/σ/", "/ς/"}, []string{"/ς/"}, "one file on many disks"},
		{"composed and decomposed", []string{"/\u00e9/", "/e\u0301/"}, []string{"/e\u0301/"}, "one file on many disks"},
		{"a file where a folder is needed", []string{"/a", "/a/"}, []string{"/a"}, "/a/ needs a folder where /a is a file"},
		{"the same, far above", []string{"/a", "/a/b/c/"}, []string{"/a"}, "/a/b/c/ needs a folder where /a is a file"},
		{"a folder where a file is wanted", []string{"/A/x", "/a"}, []string{"/A/x"}, "/A/x needs a folder where /a is a file"},
		{"a page where its file is a folder", []string{"/a/", "/a/index.html/x"}, []string{"/a/"}, "/a/index.html/x needs a folder where /a/ is a file"},
		{"the same, the folder first", []string{"/a/INDEX.html/x", "/a/index.html"}, []string{"/a/INDEX.html/x"}, "needs a folder where /a/index.html is a file"},
		{"the file comes later", []string{"/a/-/x", "/a/-"}, []string{"/a/-"}, "/a/-/x needs a folder"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			table, diags := New(routesAt(test.paths...))
			var kept []string
			for _, r := range table.All() {
				kept = append(kept, r.Path)
				if table.Get(r.Path) != r {
					t.Errorf("Get(%q) does not find the route", r.Path)
				}
			}
			if !slices.Equal(kept, test.kept) {
				t.Errorf("got %q, want %q", kept, test.kept)
			}
			checkMessage(t, diags, test.says)
		})
	}
}

func TestNewRefusesNames(t *testing.T) {
	tests := []struct{ path, says string }{
		{"a/", "does not begin with a slash"},
		{"", "does not begin with a slash"},
		{"//a/", "empty name"},
		{"/a//", "empty name"},
		{"/../a", `".." leads to another folder`},
		{"/a/./b", `"." leads to another folder`},
		{"/a/..", `".." leads to another folder`},
		{`/a\..\b`, "backslash"},
		{"/a\x00b", "control character"},
		{"/a\nb/", "control character"},
		{"/con/", `"con" is the name of a device`},
		{"/a/AUX.html", `"AUX" is the name of a device`},
		{"/com1.tar.gz", "device"},
		{"/lpt²", "device"},
		{"/" + strings.Repeat("a", 256) + "/", "has 256 bytes"},
		{"/" + strings.Repeat("é", 128), "has 256 bytes"},
		{"/" + strings.Repeat("a", 255) + "/", ""},
		{"/console/", ""},
		{"/a..b/...", ""},
		{"/.well-known/x", ""},
		{"/what: really?.png", ""},
		{"/事故/", ""},
	}
	for _, test := range tests {
		table, diags := New(routesAt(test.path))
		if got, want := len(table.All()), 1; test.says == "" && got != want {
			t.Errorf("%q was refused: %v", test.path, diags)
		}
		checkMessage(t, diags, test.says)
	}
}

func checkMessage(t *testing.T, diags diag.List, says string) {
	t.Helper()
	switch {
	case says == "" && len(diags) > 0:
		t.Errorf("got %v, want no message", diags)
	case says != "" && (len(diags) != 1 || !strings.Contains(diags[0].Message, says)):
		t.Errorf("got %v, want one message with %q", diags, says)
	case says != "" && (diags[0].Hint == "" || diags[0].File == "" || diags[0].Code.Level() != diag.Error):
		t.Errorf("%+v lacks its place or hint, or is no error", diags[0])
	}
}

func TestNewNamesBothSourcesInOrder(t *testing.T) {
	a := &Route{Path: "/x/", Source: "content/b.md"}
	b := &Route{Path: "/x/", Source: "content/a.md"}
	for _, routes := range [][]*Route{{a, b}, {b, a}} {
		table, diags := New(routes)
		if got := table.Get("/x/"); got != b {
			t.Errorf("got the route of %q, want the one of content/a.md", got.Source)
		}
		if got, want := diags[0].Message, `"content/a.md" and "content/b.md" both want the address /x/`; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestNewLeavesItsArgumentAlone(t *testing.T) {
	routes := routesAt("/b", "/a")
	New(routes)
	if routes[0].Path != "/b" {
		t.Error("the caller's slice was sorted")
	}
}

func FuzzNew(f *testing.F) {
	f.Add("/a/", "/A")
	f.Add("/e\u0301/x", "/\u00e9")
	f.Add("/\xff/", `/\`)
	f.Fuzz(func(t *testing.T, a, b string) {
		table, diags := New(routesAt(a, b))
		if len(table.All())+len(diags) != 2 {
			t.Errorf("%d routes and %d diagnostics of two paths", len(table.All()), len(diags))
		}
		files := make(map[string]bool)
		for _, r := range table.All() {
			if files[Fold(r.File())] {
				t.Errorf("two routes have the file %q", r.File())
			}
			files[Fold(r.File())] = true
		}
	})
}
