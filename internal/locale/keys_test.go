package locale

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// uses are the texts that layouts and Go sources could ask a catalog for.
type uses struct {
	asked  map[string]string // key → where: T "key", .T("key"), Words("key")
	quoted map[string]bool   // every quoted text, for keys put together or kept in tables
}

var (
	askedInLayout  = regexp.MustCompile(`\b[tnTN] "([^"]+)"`)
	quotedInLayout = regexp.MustCompile(`"([^"]+)"`)
)

func findUses(t *testing.T) uses {
	t.Helper()
	u := uses{map[string]string{}, map[string]bool{}}
	for _, root := range []string{"../../layouts", "../../internal", "../../cmd"} {
		err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && d.Name() == "testdata":
				return filepath.SkipDir
			case strings.HasSuffix(file, ".html"):
				return u.readLayout(file)
			case strings.HasSuffix(file, ".go") && !strings.HasSuffix(file, "_test.go"):
				return u.readGo(file)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return u
}

func (u uses) readLayout(file string) error {
	src, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	for _, m := range askedInLayout.FindAllStringSubmatch(string(src), -1) {
		u.asked[m[1]] = file
	}
	for _, m := range quotedInLayout.FindAllStringSubmatch(string(src), -1) {
		u.quoted[m[1]] = true
	}
	return nil
}

func (u uses) readGo(file string) error {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		return err
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			if n.Kind == token.STRING {
				text, _ := strconv.Unquote(n.Value)
				u.quoted[text] = true
			}
		case *ast.CallExpr:
			name := ""
			switch f := n.Fun.(type) {
			case *ast.SelectorExpr:
				name = f.Sel.Name
			case *ast.Ident:
				name = f.Name
			}
			if len(n.Args) == 0 || !slices.Contains([]string{"T", "N", "Words", "word"}, name) {
				break
			}
			if lit, ok := n.Args[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
				key, _ := strconv.Unquote(lit.Value)
				u.asked[key] = file
			}
		}
		return true
	})
	return nil
}

// A key that ends in a line, like "status_", is the beginning of others.
func beginsKey(c *Catalog, prefix string) bool {
	for key := range c.words {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}

func TestEveryKeyThatIsAskedForHasWords(t *testing.T) {
	u := findUses(t)
	if len(u.asked) < 30 {
		t.Errorf("only %d keys were found in layouts and sources", len(u.asked))
	}
	for _, tag := range Languages() {
		c := For(tag)
		for key, where := range u.asked {
			_, word := c.words[key]
			_, plural := c.plurals[key]
			if !word && !plural && !(strings.HasSuffix(key, "_") && beginsKey(c, key)) {
				t.Errorf("%s has no words for %q, which %s asks for", tag, key, where)
			}
		}
	}
}

func TestNoWordsThatNobodyAsksFor(t *testing.T) {
	u := findUses(t)
	asked := func(key string) bool {
		if u.quoted[key] || u.asked[key] != "" {
			return true
		}
		for i := range len(key) {
			if key[i] == '_' && u.quoted[key[:i+1]] {
				return true
			}
		}
		return false
	}
	for key := range For("en").words {
		if !asked(key) {
			t.Errorf("nobody asks for the words %q: take them out of the data files", key)
		}
	}
	for key := range For("en").plurals {
		if !asked(key) {
			t.Errorf("nobody asks for the plural %q: take it out of the data files", key)
		}
	}
}
