package publish_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"publish/internal/diag"
	"publish/internal/tree"
)

var (
	quotedPath = regexp.MustCompile("`([a-zA-Z_.][a-zA-Z0-9_./-]*)`")
	linkedPath = regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)
	makeTarget = regexp.MustCompile("(?m)^make ([a-z]+)|`make ([a-z]+)`")
	testName   = regexp.MustCompile(`-run (Test[A-Za-z]+)(?:/(\w+))?`)
)

// Whoever wants to help finds every file that these pages name, every target of
// make and every test.
func TestPagesForPeopleWhoHelp(t *testing.T) {
	makefile, tests := readWhole(t, "Makefile"), ""
	names, err := filepath.Glob("cmd/publish/*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		tests += readWhole(t, name)
	}
	found := 0
	for _, page := range []string{"CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"} {
		text := readWhole(t, page)
		for _, m := range slices.Concat(quotedPath.FindAllStringSubmatch(text, -1), linkedPath.FindAllStringSubmatch(text, -1)) {
			name := m[1]
			if m[0][0] == '`' && !strings.Contains(name, "/") && filepath.Ext(name) == "" || slices.Contains(written, name) {
				continue // a word, or a file of somebody's site
			}
			found++
			if _, err := os.Stat(name); err != nil {
				t.Errorf("%s names %s, which is not there", page, name)
			}
		}
		for _, m := range makeTarget.FindAllStringSubmatch(text, -1) {
			if !strings.Contains(makefile, "\n"+m[1]+m[2]+":") {
				t.Errorf("%s: there is no `make %s%s`", page, m[1], m[2])
			}
		}
		for _, m := range testName.FindAllStringSubmatch(text, -1) {
			stories, _ := filepath.Glob("cmd/publish/testdata/script/" + m[2] + "*.txtar")
			if !strings.Contains(tests, "\nfunc "+m[1]) || len(stories) == 0 {
				t.Errorf("%s: there is no test %s", page, m[0])
			}
		}
	}
	if found < 30 {
		t.Errorf("only %d files are named", found)
	}
}

// written are what the pages name and what is no file here.
var written = []string{"postmortems.json", "postmortems.csv", "diag.List"}

func readWhole(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// GitHub shows the forms for issues: it takes them with a name, a description and
// questions that have names of their own.
// https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-issue-forms
func TestIssueForms(t *testing.T) {
	forms, err := filepath.Glob(".github/ISSUE_TEMPLATE/*.yml")
	if err != nil || len(forms) != 4 {
		t.Fatalf("%d forms: %v", len(forms), err)
	}
	for _, file := range forms {
		root, said := tree.ParseYAML(file, 1, []byte(readWhole(t, file)), diag.Config)
		if len(said) > 0 {
			t.Errorf("%v", said)
			continue
		}
		if filepath.Base(file) == "config.yml" {
			continue
		}
		for _, key := range []string{"name", "description"} {
			if n := root.Get(key); n == nil || len(n.Value) < 4 {
				t.Errorf("%s has no %s", file, key)
			}
		}
		seen, required := []string{}, false
		for _, question := range root.Get("body").Items {
			kind, attributes := question.Get("type").Value, question.Get("attributes")
			switch kind {
			case "markdown":
				if attributes.Get("value") == nil {
					t.Errorf("%s: a remark says nothing", file)
				}
				continue
			case "dropdown":
				if len(attributes.Get("options").Items) < 2 {
					t.Errorf("%s: nothing to choose from", file)
				}
			case "textarea", "input":
			default:
				t.Errorf("%s: nobody knows the type %q", file, kind)
			}
			id := question.Get("id").Value
			if slices.Contains(seen, id) || !regexp.MustCompile(`^[a-z-]+$`).MatchString(id) || attributes.Get("label") == nil {
				t.Errorf("%s: the question %q has no name or no words", file, id)
			}
			seen = append(seen, id)
			if v := question.Get("validations"); v != nil {
				required = required || v.Get("required").Value == "true"
			}
		}
		if !required || !slices.Contains(seen, "version") && filepath.Base(file) != "feature.yml" {
			t.Errorf("%s does not ask for what is needed", file)
		}
	}
}
