package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// checkFlags says which of the words are flags that the command does not have.
func checkFlags(t *testing.T, file string, c *cobra.Command, words []string) {
	t.Helper()
	c.InitDefaultHelpFlag()
	for _, word := range words {
		name, isFlag := strings.CutPrefix(word, "--")
		if isFlag && c.Flags().Lookup(strings.Split(name, "=")[0]) == nil {
			t.Errorf("%s: `%s` has no flag --%s", file, c.CommandPath(), name)
		}
	}
}

// Saved under the name that the README gives, its postmortem is published
// without a remark.
func TestReadmeExampleIsPublished(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile("(?s)Save this one as `([^`]+)`:\n\n```markdown\n(.*?\n)```\n").FindSubmatch(text)
	if m == nil {
		t.Fatal("README.md does not say how to save its postmortem")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, filepath.FromSlash(string(m[1])))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, m[2], 0o644); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := inProcess(t, "check", "--strict", "--site", dir, "--base-url", "https://example.org/")
	if code != exitGood || !strings.HasPrefix(stdout, "1 post, ") || stderr != "" {
		t.Errorf("exit status %d\n%s%s", code, stdout, stderr)
	}
}
