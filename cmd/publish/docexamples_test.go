package main

import (
	"encoding/json"
	"fmt"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"strings"
	"testing"

	"publish/internal/pattern"
)

// example is a block of code of the documentation.
type example struct {
	file string // from the repository's root, with slashes
	line int    // of its first line
	lang string // what stands behind the fence
	text string
}

func (e example) String() string { return fmt.Sprintf("%s:%d", e.file, e.line) }

// documentation lists the pages that people read: the README and docs/.
func documentation(t *testing.T) []string {
	t.Helper()
	files := []string{"README.md"}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(filepath.Join(root, "docs"), func(name string, e fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".md") {
			name, err = filepath.Rel(root, name)
			files = append(files, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil || len(files) < 20 {
		t.Fatal(len(files), err)
	}
	return files
}

func docText(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(file)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// htmlExample is a block that shows marks which would be taken for real ones in
// a block of code.
var htmlExample = pattern.New(`(?s)<pre><code>(.*?)</code></pre>`)

// examplesIn finds the blocks of code of a page.
func examplesIn(t *testing.T, file string) (all []example) {
	t.Helper()
	text := docText(t, file)
	var open *example
	for i, line := range strings.Split(text, "\n") {
		fence, isFence := strings.CutPrefix(line, "```")
		switch {
		case open == nil && isFence:
			open = &example{file: file, line: i + 2, lang: fence}
		case open == nil:
		case line == "```":
			all = append(all, *open)
			open = nil
		default:
			open.text += line + "\n"
		}
	}
	if open != nil {
		t.Errorf("%s: a block of code is not closed", open)
	}
	for _, m := range htmlExample.FindAllStringSubmatch(text, -1) {
		all = append(all, example{file: file, lang: "markdown", text: html.UnescapeString(m[1])})
	}
	return all
}

// Every block of code in the documentation is looked at by some test: one of
// an unknown kind fails here.
func TestEveryExampleIsTested(t *testing.T) {
	var total, typed, read, compared, untested int
	for _, file := range documentation(t) {
		for _, e := range examplesIn(t, file) {
			total++
			switch e.lang {
			case "sh", "console":
				typed++ // TestTypedExamples, TestWritingExamples
			case "yaml", "markdown":
				read++ // TestReadExamples; on front matter, in docs_test.go
			case "json", "html":
				compared++ // TestWritingExamples, TestThemeExample
			case "text":
				if test := textTests[file]; test == "" {
					t.Errorf("%s: nobody tests this text", e)
				}
				compared++
			case "nginx":
				untested++ // there is no nginx where the tests run
			default:
				t.Errorf("%s: nobody tests %q", e, e.lang)
			}
		}
	}
	t.Logf("%d examples: %d typed, %d read, %d compared, %d not tested", total, typed, read, compared, untested)
}

// TestWritingExamples: each text in docs/writing.md is read as the block below
// it says: as data, or with these messages.
func TestWritingExamples(t *testing.T) {
	const file = "docs/writing.md"
	page := docText(t, file)
	var text example
	results := 0
	for _, e := range examplesIn(t, file) {
		switch e.lang {
		case "markdown":
			text = e
		case "json":
			results++
			compareData(t, e, text)
		case "console":
			results++
			const prompt = "$ publish check\n"
			dir := reportSite(t, text)
			_, got, _ := inProcess(t, "check", "--site", dir, "--base-url", "https://example.org/", "--now", "2026-03-20")
			got = prompt + filesLookedAt.ReplaceAllString(got, "")
			if *update {
				page = strings.Replace(page, "```console\n"+e.text, "```console\n"+got, 1)
			} else if got != e.text {
				t.Errorf("%s: the program says\n%s", e, got)
			}
		}
	}
	if results < 8 {
		t.Errorf("%s shows only %d results", file, results)
	}
	if *update {
		if err := os.WriteFile(filepath.Join("..", "..", filepath.FromSlash(file)), []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// filesLookedAt is the line of a check that counts what a site is made of: with
// every file more that publish writes, another number.
var filesLookedAt = pattern.New(`(?m)^1 post, \d+ files of the site looked at\n`)

// reportSite is a site with one report, whose text is an example, or a part of
// one.
func reportSite(t *testing.T, text example) string {
	t.Helper()
	dir, body := t.TempDir(), text.text
	if !strings.HasPrefix(body, "# ") && !strings.HasPrefix(body, "---\n") {
		body = "---\nkind: postmortem\n---\n# Logins failed\n\nNobody could log in.\n\n" + body
	}
	writeFile(t, filepath.Join(dir, "content", "2026-03-12-login.md"), body)
	return dir
}

func compareData(t *testing.T, result, text example) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	code, _, said := inProcess(t, "build", "--site", reportSite(t, text), "--output", out, "--strict", "--base-url", "https://example.org/", "--now", "2026-03-20")
	if code != exitGood {
		t.Fatalf("%s: exit status %d\n%s", text, code, said)
	}
	data, err := os.ReadFile(filepath.Join(out, "2026", "03", "12", "login", "index.json"))
	if err != nil {
		t.Fatal(err)
	}
	var got, want any
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(result.text), &want); err != nil {
		t.Fatalf("%s: %v", result, err)
	}
	if where := missing(want, got, ""); where != "" {
		t.Errorf("%s: the data differ at %s:\n%s", result, where, data)
	}
}

// missing says where what is wanted is not found: keys that are not shown may
// be there, lists have the same length.
func missing(want, got any, at string) string {
	switch want := want.(type) {
	case map[string]any:
		object, ok := got.(map[string]any)
		if !ok {
			return at
		}
		for key, value := range want {
			if where := missing(value, object[key], at+"."+key); where != "" {
				return where
			}
		}
		return ""
	case []any:
		list, ok := got.([]any)
		if !ok || len(list) != len(want) {
			return at
		}
		for i := range want {
			if where := missing(want[i], list[i], fmt.Sprintf("%s[%d]", at, i)); where != "" {
				return where
			}
		}
		return ""
	}
	if want != got {
		return at
	}
	return ""
}

// textTests names what holds the blocks of plain text of each page.
var textTests = map[string]string{
	"README.md":           "TestTreeOfReadme",
	"docs/commands.md":    "TestCommandDocs",
	"docs/diagnostics.md": "TestMessagesOfPages",
	"docs/editors.md":     "TestEditorsPage",
	"docs/themes.md":      "TestMessagesOfPages",
}

// The messages that pages show are those of the program.
func TestMessagesOfPages(t *testing.T) {
	for page, files := range map[string]map[string]string{
		"docs/diagnostics.md": {"content/2021-04-29-login.md": "---\ntitle: Login\nseverity: sev2\nstart: 2021-04-29\n# the end:\nresolved: 2021-04-31\n---\nx\n"},
		"docs/themes.md":      {"content/about.md": "# About\n", "layouts/page.html": "{{define \"main\"}}\n{{range .Menu}}<a>{{.Adress}}</a>{{end}}\n{{end}}\n"},
	} {
		dir := t.TempDir()
		for name, text := range files {
			writeFile(t, filepath.Join(dir, filepath.FromSlash(name)), text)
		}
		_, got, _ := inProcess(t, "check", "--site", dir)
		shown := 0
		for _, e := range examplesIn(t, page) {
			if e.lang != "text" {
				continue
			}
			if shown++; !strings.Contains(got, e.text) {
				t.Errorf("%s: the program says\n%s", e, got)
			}
		}
		if shown == 0 {
			t.Errorf("%s shows no message", page)
		}
	}
}

// The README's map of the repository names what is there.
func TestTreeOfReadme(t *testing.T) {
	for _, e := range examplesIn(t, "README.md") {
		if e.lang != "text" {
			continue
		}
		for line := range strings.Lines(e.text) {
			name := strings.Fields(line)[0]
			if _, err := os.Stat(filepath.Join("..", "..", filepath.FromSlash(name))); err != nil {
				t.Errorf("%s: %v", e, err)
			}
		}
	}
}

// The pattern that the page on editors gives is that of the task which init
// writes.
func TestEditorsPage(t *testing.T) {
	task := docText(t, "internal/scaffold/data/tasks.json")
	found := 0
	for _, e := range examplesIn(t, "docs/editors.md") {
		if e.lang == "text" {
			found++
			if quoted, _ := json.Marshal(strings.TrimSpace(e.text)); !strings.Contains(task, string(quoted)) {
				t.Errorf("%s: the task of init has another pattern than %s", e, quoted)
			}
		}
	}
	if found != 1 {
		t.Errorf("docs/editors.md shows %d patterns", found)
	}
}

// The documentation is a site about which publish has nothing to say: no link
// leads nowhere, no page is taken for a report, and SUMMARY.md lists all.
func TestDocumentationIsASite(t *testing.T) {
	dir := filepath.Join("..", "..", "docs")
	code, stdout, stderr := inProcess(t, "check", "--strict", "--site", dir, "--base-url", "https://example.org/docs/", "--verbose")
	if code != exitGood || strings.Contains(stdout, ": note: ") || !strings.Contains(stdout, "\n0 posts, ") {
		t.Errorf("exit status %d\n%s%s", code, stdout, stderr)
	}
	summary := docText(t, "docs/SUMMARY.md")
	listed := map[string]bool{"README.md": true, "SUMMARY.md": true}
	for _, m := range regexp.MustCompile(`\]\(([^)]+)\)`).FindAllStringSubmatch(summary, -1) {
		listed[m[1]] = true
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(m[1]))); err != nil {
			t.Errorf("docs/SUMMARY.md: %v", err)
		}
	}
	for _, file := range documentation(t) {
		name, ok := strings.CutPrefix(file, "docs/")
		if ok && !listed[name] && !strings.HasSuffix(name, ".fr.md") {
			t.Errorf("docs/SUMMARY.md does not list %s", name)
		}
	}
}
