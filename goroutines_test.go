package publish_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
)

// goroutines are the places where one is begun, with what becomes of a panic in
// it: unrecovered it would end the program, and no function that called it could
// help. Those of a bug.Group need no row: whoever waits for it gets the panic. A
// second one in a function has a row of its own, which ends in 2.
var goroutines = map[string]string{
	"internal/bug/bug.go Go":             "the guard itself",
	"internal/bug/bug.go Each":           "its Group",
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
		found, guarded := begunIn(parsed)
		groups += guarded
		for _, b := range found {
			where := filepath.ToSlash(file) + " " + b.where
			if seen[where] = true; goroutines[where] == "" {
				t.Errorf("%s: a panic in this goroutine ends the program: use bug.Group or bug.Caught, and say so in goroutines for %q", set.Position(b.at), where)
			}
		}
	}
	for where := range goroutines {
		if !seen[where] {
			t.Errorf("goroutines has a row for %q, where none is begun", where)
		}
	}
	if groups < 4 {
		t.Errorf("only %d uses of bug.Group were found", groups)
	}
}

// begun is a place where a goroutine is begun that no bug.Group guards: the
// function, with a number from the second on.
type begun struct {
	where string
	at    token.Pos
}

// begunIn finds them in a file, in values of its variables too, and counts the
// groups.
func begunIn(file *ast.File) (found []begun, groups int) {
	times := map[string]int{}
	for _, d := range file.Decls {
		name := "var"
		if function, ok := d.(*ast.FuncDecl); ok {
			name = function.Name.Name
		}
		guarded := groupsOf(d)
		groups += len(guarded)
		ast.Inspect(d, func(n ast.Node) bool {
			if !begins(n, guarded) {
				return true
			}
			where := name
			if times[name]++; times[name] > 1 {
				where = fmt.Sprint(name, " ", times[name])
			}
			found = append(found, begun{where, n.Pos()})
			return true
		})
	}
	return found, groups
}

// Each goroutine counts, and not each function that has one.
func TestBegunIn(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{"func f() { go g() }", "f"},
		{"func f() { go g(); go h() }", "f, f 2"},
		{"func (a) f() { go g() }; func (b) f() { go g() }", "f, f 2"},
		{"func f() { go func() { time.AfterFunc(1, g) }() }", "f, f 2"},
		{"func f() { var g bug.Group; g.Go(h); g.Go(h) }", ""},
		{"func f() { var g bug.Group; var w sync.WaitGroup; g.Go(h); w.Go(h) }", "f"},
		{"func f() { var g bug.Group; g.Go(h) }; func k() { g.Go(h) }", "k"},
		{"var f = func() { go g() }", "var"},
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x; "+c.source, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		found, _ := begunIn(file)
		for _, b := range found {
			got = append(got, b.where)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s\ngot %q, want %q", c.source, got, c.want)
		}
	}
}

// groupsOf are the variables of a declaration that are a bug.Group.
func groupsOf(d ast.Decl) map[string]bool {
	groups := map[string]bool{}
	ast.Inspect(d, func(n ast.Node) bool {
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
