package publish_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path"
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
	"time.Since":            {"internal/watch/entry.go": "how long a listing took"},
	"time.Until":            {},
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
	"os/user":               {},
	"os.Getpid":             {"cmd/publish/export.go": "a file that is written beside another and takes its name"},
	"net.InterfaceAddrs":    {"cmd/publish/network.go": "who could reach the preview"},
	"runtime.NumCPU":        {},
	"runtime.GOMAXPROCS": {
		"internal/bug/bug.go": "how many work at once", "internal/content/text.go": "how many work at once",
		"internal/output/build.go": "how many work at once", "cmd/publish/flags.go": "how many work at once",
	},
	"runtime.GOOS": {
		"internal/plainfile/plainfile.go": "how a file is opened without waiting",
		"internal/watch/limits.go":        "how folders are watched",
		"internal/output/disk.go":         "whether files have modes",
		"internal/preview/server.go":      "which number says that a port is taken",
		"cmd/publish/keysfile.go":         "where caches lie",
		"cmd/publish/network.go":          "which program opens a browser",
		"cmd/publish/version.go":          "what `publish version` prints",
	},
	"runtime.Version":    {"cmd/publish/version.go": "what `publish version` prints"},
	"runtime.GOARCH":     {"cmd/publish/version.go": "what `publish version` prints"},
	"os.PathSeparator":   {"internal/importer/source.go": "a folder that is named on the command line"},
	"filepath.Separator": {"internal/watch/entry.go": "paths of the machine"},
	"strings.Title":      {},
	"unicode.Version":    {},
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
	for _, n := range namedIn(parsed) {
		files, known := machines[n.what]
		if asked[slashed+" "+n.what] = true; known && files[slashed] == "" {
			t.Errorf("%s: %s is another on another machine; if no page can show it, say so in machines", set.Position(n.at), n.what)
		}
		if n.what == "path/filepath" && !inOneOf(slashed, paths) {
			t.Errorf("%s: on Windows this package writes other paths: use path", set.Position(n.at))
		}
		if strings.HasPrefix(n.what, ". ") {
			t.Errorf("%s: of what is imported by a dot nobody sees where it is from", set.Position(n.at))
		}
	}
}

// named is a package, by its path, or something of one: "time.Now".
type named struct {
	what string
	at   token.Pos
}

// namedIn lists what a file names of packages, by whatever name it imports them. A
// package that is imported by a dot is its path behind one.
func namedIn(file *ast.File) []named {
	var found []named
	packages := map[string]string{} // name in this file → the last part of its path
	for _, spec := range file.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value) // the parser holds that it is a string
		last := path.Base(imported)
		name := last
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if packages[name] = last; name == "." {
			imported = ". " + imported
		}
		found = append(found, named{imported, spec.Pos()})
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if name, ok := s.X.(*ast.Ident); ok && packages[name.Name] != "" {
				found = append(found, named{packages[name.Name] + "." + s.Sel.Name, s.Pos()})
			}
		}
		return true
	})
	return found
}

// What a file asks for is seen under any name; what is no package is none.
func TestNamedIn(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{`import "time"; var now = time.Now()`, "time time.Now"},
		{`import clock "time"; var now = clock.Now`, "time time.Now"},
		{`import fp "path/filepath"; func f() { fp.Join(string(fp.Separator)) }`, "path/filepath filepath.Join filepath.Separator"},
		{`import . "time"; var now = Now()`, ". time"},
		{`import r "math/rand/v2"; const x = 1`, "math/rand/v2"},
		{`type clock struct{ Now int }; func f(time clock) int { return time.Now }`, ""},
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x; "+c.source, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, n := range namedIn(file) {
			got = append(got, n.what)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s\ngot %q, want %q", c.source, got, c.want)
		}
	}
}

func inOneOf(file string, folders []string) bool {
	for _, folder := range folders {
		if strings.HasPrefix(file, folder+"/") {
			return true
		}
	}
	return false
}
