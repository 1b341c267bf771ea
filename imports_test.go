package publish_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The layers of DESIGN.md §8: a package may import the ones of the layers
// under it, and of its own layer only what its row names.
var (
	foundation = []string{"bug", "diag", "route", "tree", "locale", "block", "jsonschema"}
	reading    = slices.Concat(foundation, []string{"config", "postmortem", "markdown"})
	modelling  = slices.Concat(reading, []string{"content", "site"})
	afterwards = []string{"bug", "diag", "route", "site"}
)

// mayImport is the direction of the imports, a row for every package.
var mayImport = map[string][]string{
	"bug":    nil,
	"diag":   nil,
	"spill":  nil,
	"route":  {"bug", "diag", "spill"},
	"tree":   {"diag"},
	"locale": {"diag", "tree"},
	"block":  {"diag"},
	"card":   nil,
	// It is a form to write in, for whoever describes what it reads.
	"jsonschema": nil,
	// It knows html/template, and nothing of sites.
	"layout": nil,
	"code":   nil,
	// It knows bytes, and is asked by whoever reads a text.
	"leak":       {"diag"},
	"config":     foundation,
	"postmortem": foundation,
	"markdown":   slices.Concat(foundation, []string{"code", "spill"}),
	"content":    slices.Concat(reading, []string{"leak", "spill"}),
	"site":       slices.Concat(reading, []string{"content", "leak", "photo"}),
	"search":     slices.Concat(modelling, []string{"spill"}),
	"render":     slices.Concat(modelling, []string{"search", "card", "layout", "photo", "spill"}),
	"importer":   reading,
	// What comes after the pages works on routes and does not know how they
	// were made.
	"output":  afterwards,
	"preview": afterwards,
	"check":   afterwards,
	// It knows texts and bytes, and neither how those are cut nor how these are made.
	"proof":  {"diag"},
	"export": afterwards,
	// It knows what visitors of a site see, and nothing of how it is made.
	"diff":    {"bug"},
	"pattern": nil,
	// It is asked by whoever reads the name of a time zone.
	"zoneinfo": nil,
	// It is asked by whoever opens a file that somebody else may have put there.
	"plainfile": nil,
	// It knows folders, and nothing of sites.
	"watch": {"bug"},
	// It knows texts to begin with, and nothing of sites.
	"scaffold": nil,
	// It is for tests only.
	"chromium": nil,
}

// importerOf names the one package that may import a library. Only the
// libraries of the Go project (golang.org/x/…) are for everybody.
var importerOf = map[string]string{
	"go.yaml.in/yaml/v4":                           "internal/tree",
	"github.com/pelletier/go-toml":                 "internal/tree",
	"github.com/adrg/frontmatter":                  "internal/postmortem",
	"github.com/yuin/goldmark":                     "internal/markdown",
	"github.com/gorilla/feeds":                     "internal/render",
	"github.com/fsnotify/fsnotify":                 "internal/watch",
	"github.com/JohannesKaufmann/html-to-markdown": "internal/importer",
	"github.com/spf13/cobra":                       "cmd/publish",
	"github.com/spf13/pflag":                       "cmd/publish",
	"github.com/google/go-cmp":                     "tests",
	"github.com/rogpeppe/go-internal":              "tests",
	"github.com/mmcdole/gofeed":                    "tests",
	"github.com/chromedp/chromedp":                 "internal/chromium",
	"github.com/chromedp/cdproto":                  "tests",
	"github.com/santhosh-tekuri/jsonschema":        "tests",
}

func TestImports(t *testing.T) {
	read := 0
	for _, root := range []string{"cmd", "internal"} {
		err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && d.Name() == "testdata" {
				return filepath.SkipDir
			}
			if strings.HasSuffix(file, ".go") {
				read++
				checkImports(t, filepath.ToSlash(file))
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if read < 50 {
		t.Errorf("only %d files were read", read)
	}
}

func checkImports(t *testing.T, file string) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Error(err)
		return
	}
	for _, spec := range parsed.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Error(err)
			continue
		}
		switch first, _, _ := strings.Cut(name, "/"); {
		case strings.HasPrefix(name, "publish/internal/"):
			checkOwn(t, file, strings.TrimPrefix(name, "publish/internal/"))
		case strings.Contains(first, ".") && first != "golang.org":
			checkLibrary(t, file, name)
		}
	}
}

// everybodys are leaves that any package may import.
var everybodys = []string{"pattern", "plainfile", "zoneinfo"}

// checkOwn judges an import of a package of ours. Tests may look further than
// their package does.
func checkOwn(t *testing.T, file, name string) {
	t.Helper()
	folder, internal := strings.CutPrefix(path.Dir(file), "internal/")
	if !internal || strings.HasSuffix(file, "_test.go") {
		return
	}
	allowed, known := mayImport[folder]
	switch {
	case !known:
		t.Errorf("%s: package %q has no row in mayImport: say what it may know", file, folder)
	case !slices.Contains(allowed, name) && !slices.Contains(everybodys, name):
		t.Errorf("%s imports %q, but the arrows go the other way: %q may know only %q (DESIGN.md §8)", file, name, folder, allowed)
	}
}

func checkLibrary(t *testing.T, file, name string) {
	t.Helper()
	for library, importer := range importerOf {
		if name != library && !strings.HasPrefix(name, library+"/") && !strings.HasPrefix(name, library+"-") {
			continue
		}
		if strings.HasSuffix(file, "_test.go") || path.Dir(file) == importer {
			return
		}
		t.Errorf("%s imports %q, which only %s may: one importer per library keeps its traps in one place", file, name, importer)
		return
	}
	t.Errorf("%s imports %q, which has no row in importerOf: say which package is its one importer", file, name)
}

// A library that nobody can say a reason for is one that nobody dares to remove.
func TestEveryLibraryHasAReason(t *testing.T) {
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	_, reasons, _ := strings.Cut(string(text), "\n## Libraries\n")
	reasons, _, _ = strings.Cut(reasons, "\n## ")
	version := regexp.MustCompile(`/v\d+$`)
	found := 0
	for line := range strings.Lines(string(mod)) {
		module, _, required := strings.Cut(strings.TrimSpace(line), " v")
		if !required || strings.HasSuffix(strings.TrimSpace(line), "// indirect") {
			continue
		}
		found++
		name := version.ReplaceAllString(module, "")
		for _, host := range []string{"github.com/", "golang.org/"} {
			name = strings.TrimPrefix(name, host)
		}
		if !regexp.MustCompile(regexp.QuoteMeta(name) + `[^\w-]`).MatchString(reasons) {
			t.Errorf("ARCHITECTURE.md, Libraries: %q is in go.mod, and nothing says why", name)
		}
	}
	if found < 15 {
		t.Errorf("only %d libraries were found in go.mod", found)
	}
}
