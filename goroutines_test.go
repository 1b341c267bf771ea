package publish_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// goroutines are the places where one is begun, with what becomes of a panic in
// it: unrecovered it would end the program, and no function that called it could
// help. Those of a bug.Group need no row: whoever waits for it gets the panic.
var goroutines = map[string]string{
	"internal/bug/bug.go Go":             "the guard itself",
	"internal/watch/sweep.go begin":      "recovered, and handed in as a listing",
	"internal/watch/queue.go newQueue":   "bug.Caught, handed in as an event",
	"internal/watch/watch.go start":      "runOn recovers, and Next tells",
	"internal/preview/server.go Serve":   "bug.Caught; net/http recovers for each connection, and mistake before it",
	"internal/preview/tabs.go show":      "a timer that removes an entry of a map under a lock: no code that could panic",
	"cmd/publish/live.go follow":         "bug.Caught, an error of the watcher's",
	"cmd/publish/live.go make":           "orBug, an error of the model's",
	"cmd/publish/rest.go renderRest":     "survive",
	"cmd/publish/serve.go preview":       "orMistaken, the end of the command; each of its steps survives",
	"cmd/publish/interrupt.go loadUntil": "orBug, the end of the command",
	"cmd/publish/network.go openBrowser": "waits for a process of others",
	"cmd/publish/main.go main":           "stop, of package signal",
}

// TestEveryGoroutineIsGuarded finds go statements, calls of a method Go and of
// AfterFunc in the sources of the program.
func TestEveryGoroutineIsGuarded(t *testing.T) {
	var files []string
	for _, pattern := range []string{"internal/*/*.go", "cmd/*/*.go", "*.go"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	seen := map[string]bool{}
	groups := 0
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range parsed.Decls {
			function, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			guarded := groupsOf(function)
			ast.Inspect(function, func(n ast.Node) bool {
				if !begins(n, guarded) {
					return true
				}
				where := filepath.ToSlash(file) + " " + function.Name.Name
				if goroutines[where] == "" {
					t.Errorf("%s: a panic in this goroutine ends the program: use bug.Group or bug.Caught, and say so in goroutines", set.Position(n.Pos()))
				}
				seen[where] = true
				return true
			})
			groups += len(guarded)
		}
	}
	for where := range goroutines {
		if !seen[where] {
			t.Errorf("goroutines has a row for %q, where none is begun", where)
		}
	}
	if groups < 5 {
		t.Errorf("only %d uses of bug.Group were found", groups)
	}
}

// groupsOf are the variables of a function that are a bug.Group.
func groupsOf(function *ast.FuncDecl) map[string]bool {
	groups := map[string]bool{}
	ast.Inspect(function, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if s, ok := spec.Type.(*ast.SelectorExpr); ok && s.Sel.Name == "Group" && isName(s.X, "bug") {
			for _, name := range spec.Names {
				groups[name.Name] = true
			}
		}
		return true
	})
	return groups
}

// begins says whether something begins a goroutine that is in none of the groups.
func begins(n ast.Node, groups map[string]bool) bool {
	switch n := n.(type) {
	case *ast.GoStmt:
		return true
	case *ast.CallExpr:
		s, ok := n.Fun.(*ast.SelectorExpr)
		if !ok || s.Sel.Name != "Go" && s.Sel.Name != "AfterFunc" {
			return false
		}
		name, ok := s.X.(*ast.Ident)
		return !ok || !groups[name.Name]
	}
	return false
}

func isName(e ast.Expr, name string) bool {
	i, ok := e.(*ast.Ident)
	return ok && i.Name == name
}
