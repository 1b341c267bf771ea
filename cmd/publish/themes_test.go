package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// exampleFile is a file of the example in docs/themes.md: its name at the end
// of a sentence, its text in a block below.
var exampleFile = regexp.MustCompile("(?s)`((?:static|layouts)/[^`]+|publish\\.yaml)`[^`\n]*(?:`[^`\n]*`[^`\n]*)*:\n\n```(?:yaml|html)\n(.*?)```\n")

// What docs/themes.md shows is what it says: copied file by file, it is a theme.
func TestThemeExample(t *testing.T) {
	page, err := os.ReadFile("../../docs/themes.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(page), "\n## An example\n")
	example, _, _ = strings.Cut(example, "\n## ")
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	files := exampleFile.FindAllStringSubmatch(example, -1)
	if len(files) != 4 {
		t.Fatalf("the example has %d files, want 4", len(files))
	}
	for _, m := range files {
		writeFile(t, filepath.Join(dir, filepath.FromSlash(m[1])), m[2])
	}
	report, err := os.ReadFile("testdata/golden/content/2024-03-13-nodes.md")
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "content/2024-03-13-nodes.md"), string(report))
	if code, _, stderr := inProcess(t, "build", "--site", dir, "--base-url", "https://example.org/", "--output", out); code != exitGood {
		t.Fatalf("exit status %d:\n%s", code, stderr)
	}
	for name, wants := range map[string][]string{
		"archive/index.html":          {`<p>Example Ltd. <a href="./">Archive</a></p>`, `<img src="../logo.svg" width="56" height="28" alt="">`},
		"style.css":                   {"--accent: #8a1538;", "--accent: #ffb3c6;"},
		"2024/03/13/nodes/index.html": {`<li>Services: `, `<p>Example Ltd. <a href="../../../../archive/">`, `<section class="countermeasures"`, `<div class="text"`},
	} {
		data, err := os.ReadFile(filepath.Join(out, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range wants {
			if !strings.Contains(string(data), want) {
				t.Errorf("%s has no %s", name, want)
			}
		}
	}
}
