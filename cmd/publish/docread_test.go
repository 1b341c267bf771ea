package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"publish/internal/config"
	"publish/internal/diag"
	"publish/internal/pattern"
	"publish/internal/tree"
)

// beside are the files that an example in Markdown needs around it, and where
// it stands itself, if that is no report of its own.
var beside = map[string]func() map[string]string{
	"docs/audiences.md": func() map[string]string {
		return map[string]string{"content/bill.png": "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"}
	},
	"docs/languages.md": func() map[string]string {
		return map[string]string{
			"content/2026-03-12-login.en.md": "---\ntitle: Names did not resolve\ntimeline: [\"08:00 a record changes\", \"08:05 the zone is loaded\"]\n---\nNobody could reach us for an hour and a half.\n",
			"content/2026-03-12-login.fr.md": "", // the example
		}
	},
}

// Markdown that the documentation shows is published without a remark, and so
// are settings read. Front matter alone, the pages on hosts and on writing have
// tests of their own.
func TestReadExamples(t *testing.T) {
	read := 0
	for _, file := range documentation(t) {
		for _, e := range examplesIn(t, file) {
			switch {
			case e.lang == "markdown" && file != "docs/writing.md":
				read++
				publishExample(t, e)
			case e.lang == "yaml" && !slices.Contains([]string{"docs/front-matter.md", "docs/github-pages.md", "docs/gitlab-pages.md"}, file):
				read++
				readSettings(t, e)
			}
		}
	}
	if read < 20 {
		t.Errorf("only %d examples were read", read)
	}
}

func publishExample(t *testing.T, e example) {
	t.Helper()
	dir := reportSite(t, e)
	if files := beside[e.file]; files != nil {
		for name, text := range files() {
			if text == "" {
				text = e.text
				if err := os.Remove(filepath.Join(dir, "content", "2026-03-12-login.md")); err != nil {
					t.Fatal(err)
				}
			}
			writeFile(t, filepath.Join(dir, filepath.FromSlash(name)), text)
		}
	}
	for _, audience := range []string{"public", "internal"} {
		code, stdout, stderr := inProcess(t, "check", "--strict", "--site", dir, "--base-url", "https://example.org/", "--now", "2026-03-20", "--audience", audience)
		if code != exitGood || strings.Contains(stdout, ".md: note: ") || !strings.Contains(stdout, "1 post, ") {
			t.Errorf("%s, for %s: exit status %d\n%s%s", e, audience, code, stdout, stderr)
		}
	}
}

func readSettings(t *testing.T, e example) {
	t.Helper()
	root, _ := tree.ParseYAML(e.file, e.line, []byte(e.text), "")
	folder := fstest.MapFS{"publish.yaml": {Data: []byte(e.text)}}
	for _, n := range []*tree.Node{root.Get("content")} {
		if n != nil {
			folder[n.Value+"/x.md"] = &fstest.MapFile{}
		}
	}
	_, said := config.Load(folder, "")
	for _, d := range said {
		t.Errorf("%s: %s", e, d.Message)
	}
}

var (
	aFlag       = pattern.New(`(?:^|[\s\x60(,])--([a-z][a-z0-9-]*[a-z0-9])`)
	cssVariable = pattern.New(`(--[a-z][a-z0-9-]*)\s*:`)
	callInText  = pattern.New("`publish ([a-z][^`]*)`")
)

// No page names a flag that does not exist, or a command with a flag that it
// does not have.
func TestNoOtherFlagsAreDocumented(t *testing.T) {
	root := (&program{}).command(nil)
	known := map[string]bool{"help": true, "version": true}
	for _, c := range root.Commands() {
		c.Flags().VisitAll(func(f *pflag.Flag) { known[f.Name] = true })
	}
	style := docText(t, "static/style.css")
	for _, m := range cssVariable.FindAllStringSubmatch(style, -1) {
		known[strings.TrimPrefix(m[1], "--")] = true
	}
	seen := 0
	for _, file := range documentation(t) {
		for line := range strings.Lines(docText(t, file)) {
			if slices.ContainsFunc(notTyped, func(r struct{ begins, why string }) bool { return strings.HasPrefix(line, r.begins) }) {
				continue
			}
			for _, m := range aFlag.FindAllStringSubmatch(line, -1) {
				if seen++; !known[m[1]] && !slices.Contains(flagsOfOthers, file+" "+m[1]) {
					t.Errorf("%s: nothing has a flag --%s: %s", file, m[1], line)
				}
			}
			for _, m := range callInText.FindAllStringSubmatch(line, -1) {
				checkCall(t, file, root, m[1])
			}
		}
	}
	if seen < 100 {
		t.Errorf("only %d flags were found", seen)
	}
}

// flagsOfOthers are flags of other programs that pages explain.
var flagsOfOthers = []string{
	"docs/server.md delete", "docs/server.md delay-updates", // rsync
}

// checkCall looks at what a text calls by name: `publish check --strict`.
func checkCall(t *testing.T, file string, root *cobra.Command, line string) {
	t.Helper()
	words := strings.Fields(line)
	if words[0] == "COMMAND" {
		return
	}
	c, rest, err := root.Find(words)
	if err != nil || c == root {
		t.Errorf("%s: there is no `publish %s`", file, line)
		return
	}
	checkFlags(t, file, c, rest)
}

var asksEnvironment = pattern.New(`getenv\("([A-Za-z_]+)"\)`)

// The page on the commands lists the variables that the program asks for.
func TestVariablesAreDocumented(t *testing.T) {
	page := docText(t, "docs/commands.md")
	asked := map[string]bool{"LC_ALL": true, "LC_MESSAGES": true, "LANG": true} // in a loop
	for _, dir := range []string{".", filepath.Join("..", "..", "internal")} {
		err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			text, err := os.ReadFile(name)
			for _, m := range asksEnvironment.FindAllStringSubmatch(string(text), -1) {
				asked[m[1]] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(asked) < 12 {
		t.Errorf("only %d variables were found", len(asked))
	}
	for name := range asked {
		if !strings.Contains(page, "`"+name+"`") {
			t.Errorf("docs/commands.md does not tell of %s", name)
		}
	}
}

var (
	linkToFile = pattern.New(`\]\(([^)#:\s]*)(#[^)\s]*)?\)`)
	anyHeading = pattern.New("(?m)^#+ (.*)$")
	noSlug     = pattern.New(`[^\p{L}\p{N} _-]`)
)

// What a reader of the repository clicks at is there, at its place: publish
// follows the links of docs/ (TestDocumentationIsASite), and this those of the
// pages beside it.
func TestLinksOfTheRepository(t *testing.T) {
	root, links := filepath.Join("..", ".."), 0
	pages, err := filepath.Glob(filepath.Join(root, "*.md"))
	if err != nil || len(pages) < 2 {
		t.Fatal(pages, err)
	}
	for _, page := range pages {
		text := docText(t, filepath.Base(page))
		for _, m := range linkToFile.FindAllStringSubmatch(text, -1) {
			links++
			target := page
			if m[1] != "" {
				target = filepath.Join(root, filepath.FromSlash(m[1]))
			}
			data, err := os.ReadFile(target)
			if info, e := os.Stat(target); e == nil && info.IsDir() {
				continue
			}
			if err != nil {
				t.Errorf("%s: %v", page, err)
				continue
			}
			if id := strings.TrimPrefix(m[2], "#"); id != "" && !slices.Contains(slugsOf(string(data)), id) {
				t.Errorf("%s: there is no %s in %s", page, m[2], m[1])
			}
		}
	}
	if links < 20 {
		t.Errorf("only %d links were found", links)
	}
}

// slugsOf are the ids that headings have on GitHub.
func slugsOf(text string) (ids []string) {
	for _, m := range anyHeading.FindAllStringSubmatch(text, -1) {
		ids = append(ids, strings.ReplaceAll(noSlug.ReplaceAllString(strings.ToLower(m[1]), ""), " ", "-"))
	}
	return ids
}

var bracketedScripts = pattern.New("\\(((?:`[a-z_]+`(?:, )?)+)[;)]")

// The threat model names scripts that are there.
func TestScriptsOfTheThreatModel(t *testing.T) {
	found := 0
	for _, m := range bracketedScripts.FindAllStringSubmatch(docText(t, "docs/security.md"), -1) {
		for name := range strings.SplitSeq(m[1], ", ") {
			found++
			if _, err := os.Stat(filepath.Join("testdata", "script", strings.Trim(name, "`")+".txtar")); err != nil {
				t.Error(err)
			}
		}
	}
	if found < 10 {
		t.Errorf("only %d scripts are named", found)
	}
}

var (
	codesOfTable = pattern.New("(?m)^\\| [a-z ]+ \\| ((?:`[a-z-]+`(?:, )?)+) \\| .* \\|$")
	inBackticks  = pattern.New("`([a-z-]+)`")
)

// The messages that the page on writing sorts are codes of the program.
func TestCodesOfWriting(t *testing.T) {
	var known []string
	for _, level := range []diag.Level{diag.Error, diag.Warning, diag.Note} {
		for _, code := range diag.Codes(level) {
			known = append(known, string(code))
		}
	}
	found := 0
	for _, row := range codesOfTable.FindAllStringSubmatch(docText(t, "docs/writing.md"), -1) {
		for _, m := range inBackticks.FindAllStringSubmatch(row[1], -1) {
			if found++; !slices.Contains(known, m[1]) {
				t.Errorf("there is no code %s", m[1])
			}
		}
	}
	if found < 15 {
		t.Errorf("only %d codes were found", found)
	}
}
