package publish_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestPatterns: every regular expression of the program compiles. They are
// compiled when they are first used, which may be late.
func TestPatterns(t *testing.T) {
	files, err := filepath.Glob("internal/*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob("cmd/*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	set, parsed, constants := token.NewFileSet(), map[string]*ast.File{}, map[string]ast.Expr{}
	for _, file := range append(files, more...) {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		parsed[file] = f
		ast.Inspect(f, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok && len(spec.Values) == len(spec.Names) {
				for i, name := range spec.Names {
					constants[f.Name.Name+"."+name.Name] = spec.Values[i]
				}
			}
			return true
		})
	}
	tried := 0
	for _, f := range parsed {
		refuseCompiled(t, set, f)
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !isPatternNew(call.Fun) {
				return true
			}
			text, ok := constantText(call.Args[len(call.Args)-1], f.Name.Name, constants)
			if !ok {
				t.Errorf("%s: the text of a pattern must be constant; use pattern.Of for one that is put together", set.Position(call.Pos()))
			} else if _, err := regexp.Compile(text); err != nil {
				t.Errorf("%s: %v", set.Position(call.Pos()), err)
			} else if len(call.Args) == 2 {
				signs, ok := constantText(call.Args[0], f.Name.Name, constants)
				if re, _ := syntax.Parse(text, syntax.Perl); !ok || !everyMatchHolds(re, signs) {
					t.Errorf("%s: it may match a text that holds none of %q", set.Position(call.Pos()), signs)
				}
			}
			tried++
			return true
		})
	}
	if tried < 200 {
		t.Errorf("only %d patterns were tried", tried)
	}
}

// refuseCompiled reports variables of a package that are compiled at the start.
func refuseCompiled(t *testing.T, set *token.FileSet, f *ast.File) {
	for _, d := range f.Decls {
		general, ok := d.(*ast.GenDecl)
		if !ok {
			continue
		}
		ast.Inspect(general, func(n ast.Node) bool {
			if _, ok := n.(*ast.FuncLit); ok {
				return false
			}
			if call, ok := n.(*ast.CallExpr); ok {
				if s, ok := call.Fun.(*ast.SelectorExpr); ok && s.Sel.Name == "MustCompile" {
					t.Errorf("%s: every command compiles this when it starts; write pattern.New(…)", set.Position(call.Pos()))
				}
			}
			return true
		})
	}
}

// everyMatchHolds says whether each text that an expression matches holds one of
// some signs.
func everyMatchHolds(re *syntax.Regexp, signs string) bool {
	holds := func(sub *syntax.Regexp) bool { return everyMatchHolds(sub, signs) }
	switch re.Op {
	case syntax.OpLiteral:
		return re.Flags&syntax.FoldCase == 0 && strings.ContainsAny(string(re.Rune), signs)
	case syntax.OpCharClass:
		for i := 0; i < len(re.Rune); i += 2 {
			for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
				if !strings.ContainsRune(signs, r) {
					return false
				}
			}
		}
		return true
	case syntax.OpConcat:
		return slices.ContainsFunc(re.Sub, holds)
	case syntax.OpAlternate:
		return !slices.ContainsFunc(re.Sub, func(sub *syntax.Regexp) bool { return !holds(sub) })
	case syntax.OpCapture, syntax.OpPlus:
		return holds(re.Sub[0])
	case syntax.OpRepeat:
		return re.Min > 0 && holds(re.Sub[0])
	}
	return false
}

// isPatternNew says whether a function takes the text of a pattern, as its last
// argument.
func isPatternNew(fun ast.Expr) bool {
	selector, ok := fun.(*ast.SelectorExpr)
	if !ok || selector.Sel.Name != "New" && selector.Sel.Name != "Holding" {
		return false
	}
	name, ok := selector.X.(*ast.Ident)
	return ok && name.Name == "pattern"
}

// constantText is the value of a constant text: literals, names of constants,
// and their sums.
func constantText(e ast.Expr, pkg string, constants map[string]ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return text, err == nil
	case *ast.BinaryExpr:
		left, ok := constantText(e.X, pkg, constants)
		right, also := constantText(e.Y, pkg, constants)
		return left + right, ok && also && e.Op == token.ADD
	case *ast.Ident:
		value, ok := constants[pkg+"."+e.Name]
		if !ok {
			return "", false
		}
		return constantText(value, pkg, constants)
	case *ast.SelectorExpr:
		if name, ok := e.X.(*ast.Ident); ok {
			return constantText(e.Sel, name.Name, constants)
		}
	}
	return "", false
}
