package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	shellBlock = regexp.MustCompile("(?s)\n```sh\n(.*?)```\n")
	textBlock  = regexp.MustCompile("(?s)\n```markdown\n(.*?)```\n")
	saidRow    = regexp.MustCompile("(?m)^\\| (`.*?`) \\| .* \\|$")
)

func startPage(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Whoever types what the page on starting says has a site with what the page
// promises: no command fails, and nothing is doubtful.
func TestStartPage(t *testing.T) {
	english, french := startPage(t, "start.md"), startPage(t, "start.fr.md")
	for _, one := range []struct{ name, page, lang, example, event string }{
		{"start.md", english, "C", "content/2026-11-20-example.md", "a new certificate is in place, logins succeed"},
		{"start.fr.md", french, "fr_FR.UTF-8", "content/2026-11-20-exemple.md", "un nouveau certificat est en place, les connexions aboutissent"},
	} {
		page := one.page
		t.Chdir(t.TempDir())
		if err := os.MkdirAll(".git", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(".git/config", []byte("[remote \"origin\"]\n\turl = git@github.com:acme/reports.git\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		env := map[string]string{"LANG": one.lang, "TZ": "Europe/Paris"}
		ran := 0
		for _, block := range shellBlock.FindAllStringSubmatch(page, -1) {
			for line := range strings.Lines(block[1]) {
				words, _, ok := commandWords(line)
				if !ok {
					continue
				}
				ran++
				stdout := typed(t, env, words)
				if words[0] == "new" {
					finish(t, strings.TrimSpace(stdout), textBlock.FindStringSubmatch(page)[1])
					if err := os.Remove(filepath.FromSlash(one.example)); err != nil {
						t.Errorf("%s: %v", one.name, err)
					}
				}
				if words[0] == "check" && !strings.HasPrefix(stdout, "1 post, ") {
					t.Errorf("%s: check says\n%s", one.name, stdout)
				}
			}
		}
		data, _ := os.ReadFile(filepath.Join("public", "postmortems.json"))
		if !strings.Contains(string(data), one.event) || ran < 5 {
			t.Errorf("%s: %d commands ran, and what was written is not in the data:\n%s", one.name, ran, data)
		}
	}
}

// finish writes a text into a draft and makes it public.
func finish(t *testing.T, name, text string) {
	t.Helper()
	draft, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	matter, _, _ := strings.Cut(string(draft), "\n---\n")
	matter = regexp.MustCompile(`(?m)^stage: draft.*\n`).ReplaceAllString(matter, "")
	if err := os.WriteFile(name, []byte(matter+"\n---\nNobody could log in for an hour.\n\n"+text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// The page on starting quotes messages in both languages, and each is one that
// the script of mistakes sees.
func TestStartPageQuotes(t *testing.T) {
	quotes := func(page string) (all []string) {
		_, table, _ := strings.Cut(page, "\n|---|---|\n| `no postmortem")
		for _, m := range saidRow.FindAllStringSubmatch("| `no postmortem"+table, -1) {
			all = append(all, m[1])
		}
		return all
	}
	english, french := quotes(startPage(t, "start.md")), quotes(startPage(t, "start.fr.md"))
	if d := cmp.Diff(english, french); d != "" || len(english) < 9 {
		t.Errorf("the two pages quote different messages:\n%s", d)
	}
	script, err := os.Open("testdata/script/newcomer_mistakes.txtar")
	if err != nil {
		t.Fatal(err)
	}
	defer script.Close()
	text, _ := io.ReadAll(script)
	plain := strings.NewReplacer("''", "'", `\`, "").Replace(string(text)) // as it is said
	for _, cell := range english {
		for _, quote := range regexp.MustCompile("`([^`]*)`").FindAllStringSubmatch(cell, -1) {
			for part := range strings.SplitSeq(quote[1], " … ") {
				if !strings.Contains(plain, part) {
					t.Errorf("nothing shows that %q is said", part)
				}
			}
		}
	}
}
