package main

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

//go:embed fetched.txt
var fetchedText string

// How a version is exact: that of a Go module, the commit of an action.
var (
	moduleVersion = regexp.MustCompile(`@v\d+\.\d+\.\d+(-[\w.]+)?$`)
	commit        = regexp.MustCompile(`@[0-9a-f]{40}$`)
	major         = regexp.MustCompile(`^actions/[\w-]+@v\d+$`)
	image         = regexp.MustCompile(`^[\w./-]+:\d[\w.-]*$`)
)

// declared reads fetched.txt: what may be fetched, and why.
func declared(text string) (map[string]string, error) {
	rows := map[string]string{}
	var wrong []error
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, why, _ := strings.Cut(line, "\t")
		host, _, below := strings.Cut(name, "/")
		isModule := below && strings.Contains(host, ".")
		switch {
		case why == "" || rows[name] != "":
			wrong = append(wrong, fmt.Errorf("fetched.txt: %s has no reason, or stands twice", name))
		case isModule && !moduleVersion.MatchString(name), !isModule && !major.MatchString(name) && !commit.MatchString(name) && !image.MatchString(name):
			wrong = append(wrong, fmt.Errorf("fetched.txt: %s has no exact version", name))
		}
		rows[name] = why
	}
	return rows, errors.Join(wrong...)
}

// pinnedTools looks in the Makefile, scripts, workflows and sources for what is
// fetched, and holds it against the list.
func pinnedTools(top, list string) error {
	rows, err := declared(list)
	wrong := []error{err}
	used := map[string]bool{}
	err = walk(top, func(name string) error {
		if !mayFetch(name) {
			return nil
		}
		text, err := os.ReadFile(filepath.Join(top, name))
		if err != nil {
			return err
		}
		for _, what := range fetchedIn(string(text), isWorkflow(name)) {
			if used[what] = true; rows[what] == "" {
				wrong = append(wrong, fmt.Errorf("%s: %s is fetched, but is not in tools/supply/fetched.txt", name, what))
			}
		}
		for _, what := range ranUnseen(string(text)) {
			wrong = append(wrong, fmt.Errorf("%s: %q runs what nobody pinned", name, what))
		}
		return nil
	})
	for name := range rows {
		if !used[name] {
			wrong = append(wrong, fmt.Errorf("fetched.txt: nobody fetches %s any more", name))
		}
	}
	return errors.Join(append(wrong, err)...)
}

// walk visits the files that are written by hand, with their paths below top.
func walk(top string, visit func(name string) error) error {
	beside := []string{".git", ".cache", "node_modules", "testdata", "content", "docs", "static", "layouts", "public", "dist", "supply"}
	return filepath.WalkDir(top, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(top, name)
		if err != nil {
			return err
		}
		if e.IsDir() {
			if slices.Contains(beside, e.Name()) && rel != "." {
				return fs.SkipDir
			}
			return nil
		}
		return visit(filepath.ToSlash(rel))
	})
}

// mayFetch says of a file that it is a program, or tells a machine which to run.
func mayFetch(name string) bool {
	return slices.Contains([]string{".sh", ".mjs", ".js", ".mk", ".yml"}, path.Ext(name)) || isWorkflow(name) ||
		path.Base(name) == "Makefile" || path.Dir(name) == ".ci" || path.Ext(name) == ".go" && !strings.HasSuffix(name, "_test.go")
}

func isWorkflow(name string) bool {
	return path.Ext(name) == ".yml" || path.Ext(name) == ".yaml" && strings.HasPrefix(name, ".github/")
}

var (
	action = regexp.MustCompile(`(?m)^[^#\n]*\buses:\s*["']?([^\s"'#]+)`)
	runsIn = regexp.MustCompile(`(?m)^[^#\n]*\bimage:\s*["']?([^\s"'#]+)`)
	// A module with a version, wherever it stands: in a command, or in a variable.
	module = regexp.MustCompile(`(?m)(?:^|[\s"'=(` + "`" + `])((?:[\w-]+\.)+[a-z]{2,}/[\w./~-]+@[\w.+-]+)`)
	// One without: go finds the newest.
	goCommand = regexp.MustCompile(`\bgo (?:run|install|get) ([^\n;&|]*)`)
	hostPath  = regexp.MustCompile(`^(?:[\w-]+\.)+[a-z]{2,}/[\w./~-]+$`)
)

// fetchedIn lists what a text fetches by its name. What is ours, or the reader's
// to fill in, is not fetched.
func fetchedIn(text string, workflow bool) []string {
	text = strings.ReplaceAll(text, "\\\n", " ")
	var found []string
	patterns := []*regexp.Regexp{module}
	if workflow {
		patterns = append(patterns, action, runsIn)
	}
	for _, pattern := range patterns {
		for _, m := range pattern.FindAllStringSubmatch(text, -1) {
			if !strings.HasPrefix(m[1], "./") && !strings.HasPrefix(m[1], "[[") && m[1] != "OWNER/publish@COMMIT" {
				found = append(found, m[1])
			}
		}
	}
	for _, m := range goCommand.FindAllStringSubmatch(text, -1) {
		for word := range strings.FieldsSeq(m[1]) {
			if word = strings.Trim(word, `"'`); hostPath.MatchString(word) {
				found = append(found, word)
			}
		}
	}
	return found
}

// unseen are commands that fetch and run in one go, or fetch what no list of ours
// knows: there is no version to look at.
var unseen = []*regexp.Regexp{
	regexp.MustCompile(`\b(?:npx|pnpx|bunx|uvx|pipx)\b`),
	regexp.MustCompile(`\bnpm (?:exec|x|i|install|add|update)\b`),
	regexp.MustCompile(`\b(?:pnpm|yarn) (?:dlx|add|install)\b`),
	regexp.MustCompile(`\b(?:pip3?|gem|cargo|brew) install\b`),
	regexp.MustCompile(`\bdocker (?:run|pull)\b`),
	regexp.MustCompile(`\b(?:curl|wget)\b[^\n]*\|\s*(?:sudo |env |exec )*(?:\w*sh|python3?|node|perl|ruby)\b`),
	regexp.MustCompile(`(?:\b\w*sh|eval|source|\s\.)\s[^\n;|]*[<$]\(\s*(?:curl|wget)\b`),
}

func ranUnseen(text string) []string {
	text = strings.ReplaceAll(text, "\\\n", " ")
	var found []string
	for _, pattern := range unseen {
		found = append(found, pattern.FindAllString(text, -1)...)
	}
	return found
}
