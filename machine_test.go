package publish_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// machines are functions and packages whose answer depends on the machine, the
// moment or the release of Go, with the files that may ask all the same and why:
// what they ask for gets into no page. Everything else is what a site says.
var machines = map[string]map[string]string{
	"time.Now": {
		"cmd/publish/main.go":      "the clock of the program, which flags.go alone reads",
		"internal/watch/tree.go":   "whether a file is young",
		"internal/watch/entry.go":  "whether a file is young",
		"internal/watch/loop.go":   "how late an event is",
		"internal/output/keys.go":  "which keys are of folders that are no longer built",
		"internal/preview/page.go": "how long a question may take",
	},
	"time.Local":            {},
	"time.LoadLocation":     {}, // zoneinfo.Load
	"time.Parse":            {}, // takes the machine's zone where an offset is its; time.ParseInLocation
	"mime.TypeByExtension":  {}, // reads tables of the machine
	"mime.ExtensionsByType": {},
	"math/rand":             {},
	"math/rand/v2":          {},
	"crypto/rand":           {},
	"hash/maphash":          {}, // another seed in each process
	"os.Hostname":           {},
	"os.Getuid":             {},
	"os.UserHomeDir":        {},
	"os.UserCacheDir":       {},
	"os.TempDir":            {},
	"os.LookupEnv":          {},
	"os.Environ":            {},
	"os.Getenv":             {"cmd/publish/main.go": "the environment of the program"},
	"os.Getwd":              {"cmd/publish/report.go": "how paths are printed", "cmd/publish/beginning.go": "which command is printed"},
	"os.Executable":         {"cmd/publish/buildid.go": "keys are of one build of publish"},
	"runtime.NumCPU":        {},
	"runtime.Version":       {"cmd/publish/version.go": "what `publish version` prints"},
	"runtime.GOARCH":        {"cmd/publish/version.go": "what `publish version` prints"},
	"os.PathSeparator":      {"internal/importer/source.go": "a folder that is named on the command line"},
	"filepath.Separator":    {"internal/watch/entry.go": "paths of the machine"},
	"strings.Title":         {},
	"unicode.Version":       {},
}

// paths are the packages that may know how the machine writes paths. All others
// know addresses and paths of io/fs, which have slashes everywhere.
var paths = []string{"internal/watch", "internal/output", "internal/scaffold", "internal/importer", "cmd/publish"}

// TestNothingAsksTheMachine looks for calls of these in the sources.
func TestNothingAsksTheMachine(t *testing.T) {
	asked := map[string]bool{}
	for _, pattern := range []string{"internal/*/*.go", "cmd/*/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if !strings.HasSuffix(file, "_test.go") && !strings.HasPrefix(file, filepath.FromSlash("internal/chromium/")) {
				lookForMachines(t, file, asked)
			}
		}
	}
	for what, files := range machines {
		for file := range files {
			if !asked[file+" "+what] {
				t.Errorf("%s does not ask for %s: its row can go", file, what)
			}
		}
	}
}

func lookForMachines(t *testing.T, file string, asked map[string]bool) {
	t.Helper()
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	slashed := filepath.ToSlash(file)
	judge := func(what string, at token.Pos) {
		files, known := machines[what]
		if asked[slashed+" "+what] = true; known && files[slashed] == "" {
			t.Errorf("%s: %s is another on another machine; if no page can show it, say so in machines", set.Position(at), what)
		}
	}
	for _, spec := range parsed.Imports {
		name, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		judge(name, spec.Pos())
		if name == "path/filepath" && !inOneOf(slashed, paths) {
			t.Errorf("%s: on Windows this package writes other paths: use path", set.Position(spec.Pos()))
		}
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if name, ok := s.X.(*ast.Ident); ok {
				judge(name.Name+"."+s.Sel.Name, s.Pos())
			}
		}
		return true
	})
}

func inOneOf(file string, folders []string) bool {
	for _, folder := range folders {
		if strings.HasPrefix(file, folder+"/") {
			return true
		}
	}
	return false
}
