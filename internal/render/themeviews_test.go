package render

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// views are the types that layouts see, by name.
type views struct {
	t     *testing.T
	types map[string]*ast.TypeSpec
	docs  map[string]string
	order []string
}

func readViews(t *testing.T) *views {
	t.Helper()
	v := &views{t: t, types: map[string]*ast.TypeSpec{}, docs: map[string]string{}}
	files, err := filepath.Glob("view*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append([]string{"frame.go", "cite.go"}, slices.Sorted(slices.Values(files))...) {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range parsed.Decls {
			d, ok := decl.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range d.Specs {
				if s, ok := spec.(*ast.TypeSpec); ok && s.Name.IsExported() {
					v.types[s.Name.Name] = s
					v.docs[s.Name.Name] = sentence(cmp.Or(d.Doc.Text(), s.Doc.Text()))
					v.order = append(v.order, s.Name.Name)
				}
			}
		}
	}
	return v
}

// all is a section for each type that a layout can reach.
func (v *views) all() string {
	reached := map[string]bool{}
	for _, name := range slices.Sorted(maps.Values(sees)) {
		v.reach(name, reached)
	}
	var text strings.Builder
	for _, name := range v.order {
		if !reached[name] {
			continue
		}
		if v.docs[name] == "" {
			v.t.Errorf("%s has no comment", name)
		}
		fmt.Fprintf(&text, "### %s\n\n%s\n\n| field | what it is | meaning |\n|---|---|---|\n", title(name), v.plain(v.docs[name]))
		for _, f := range v.fields(name) {
			v.row(&text, name, f)
		}
		text.WriteString("\n")
	}
	return strings.TrimSuffix(text.String(), "\n")
}

// fields are those of a type. A part that views share is a matter of their making:
// its fields are the type's own.
func (v *views) fields(name string) []*ast.Field {
	s, ok := v.types[name].Type.(*ast.StructType)
	if !ok {
		v.t.Fatalf("%s is no struct", name)
	}
	var list []*ast.Field
	for _, f := range s.Fields.List {
		if shared, ok := f.Type.(*ast.StarExpr); ok && len(f.Names) == 0 {
			list = append(list, v.fields(shared.X.(*ast.Ident).Name)...)
			continue
		}
		list = append(list, f)
	}
	return list
}

func (v *views) row(text *strings.Builder, owner string, f *ast.Field) {
	if len(f.Names) == 0 {
		name := f.Type.(*ast.Ident).Name
		fmt.Fprintf(text, "| | all of a %s | |\n", link(name))
		return
	}
	var names []string
	for _, n := range f.Names {
		if n.IsExported() {
			names = append(names, "`."+n.Name+"`")
		}
	}
	if len(names) == 0 {
		return
	}
	meaning := sentence(f.Doc.Text() + " " + f.Comment.Text())
	if meaning == "" {
		v.t.Errorf("%s.%s has no comment: authors of themes read it", owner, f.Names[0].Name)
		return
	}
	fmt.Fprintf(text, "| %s | %s | %s |\n", strings.Join(names, ", "), v.kind(f.Type), v.plain(meaning))
}

// kind is a field's type in the words of who writes a template.
func (v *views) kind(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		if known := map[string]string{"string": "text", "int": "number", "bool": "true or false"}[e.Name]; known != "" {
			return known
		}
		if v.types[e.Name] != nil {
			return link(e.Name)
		}
	case *ast.SelectorExpr:
		if e.Sel.Name == "HTML" {
			return "HTML"
		}
	case *ast.StarExpr:
		return v.kind(e.X) + ", or nothing"
	case *ast.ArrayType:
		inner := strings.TrimSuffix(v.kind(e.Elt), ", or nothing")
		switch {
		case inner == "number":
			return "list of numbers"
		case inner == "text":
			return "list of texts"
		}
		return "list: " + inner
	}
	v.t.Fatalf("there are no words for the type %v", e)
	return ""
}

// reach adds what can be reached from a type.
func (v *views) reach(name string, reached map[string]bool) {
	if reached[name] {
		return
	}
	if v.types[name] == nil {
		v.t.Fatalf("%s is in no view*.go", name)
	}
	reached[name] = true
	for _, f := range v.fields(name) {
		if len(f.Names) > 0 && !f.Names[0].IsExported() {
			continue
		}
		ast.Inspect(f.Type, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && v.types[id.Name] != nil {
				v.reach(id.Name, reached)
			}
			return true
		})
	}
}

// title parts a name into words: "Timeline day".
func title(name string) string {
	var b strings.Builder
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) {
			b.WriteByte(' ')
			r = unicode.ToLower(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}

func link(name string) string {
	t := title(name)
	return "[" + strings.ToLower(t) + "](#" + strings.ReplaceAll(strings.ToLower(t), " ", "-") + ")"
}

// sentence makes one line of a comment.
func sentence(comment string) string {
	s := strings.Join(strings.Fields(comment), " ")
	if s != "" && !strings.HasSuffix(s, ".") {
		s += "."
	}
	return strings.ToUpper(s[:min(1, len(s))]) + s[min(1, len(s)):]
}

var (
	nilWord  = regexp.MustCompile(`\b[Nn]il\b`)
	humpName = regexp.MustCompile(`\b[A-Z][a-z]+([A-Z][a-z]+)+\b`)
)

// plain puts a comment into the words of who writes a template, safe to stand
// in a table.
func (v *views) plain(s string) string {
	s = nilWord.ReplaceAllString(s, "nothing")
	for _, name := range humpName.FindAllString(s, -1) {
		if words := title(name); v.types[name] != nil {
			if !strings.HasPrefix(s, name) {
				words = strings.ToLower(words)
			}
			s = strings.ReplaceAll(s, name, words)
		}
	}
	s = strings.NewReplacer("|", "\\|", "<", "&lt;").Replace(s)
	return strings.ToUpper(s[:1]) + s[1:]
}
