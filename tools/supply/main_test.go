package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// Every library that is linked on this machine has a licence that is allowed, and
// whatever is fetched is pinned. `make supply` looks at the other systems too.
func TestSupply(t *testing.T) {
	lines, err := look("../..", []string{runtime.GOOS})
	if err != nil {
		t.Error(err)
	}
	if text := strings.Join(lines, "\n"); len(lines) < 15 || !strings.Contains(text, "goldmark@v") || strings.Contains(text, "chromedp") {
		t.Errorf("got\n%s", text)
	}
}

func TestPinnedTools(t *testing.T) {
	for text, want := range map[string]string{
		"\tgo run example.org/tool@v1.2.3 x\n":         "",
		"\tgo run example.org/tool@latest x\n":         "example.org/tool is fetched",
		"\tgo install example.org/tool/cmd/x\n":        "example.org/tool/cmd/x is fetched",
		"TOOL := example.org/tool@main\n":              "example.org/tool is fetched",
		"\tgo run ./cmd/publish\n\tgo run $(TOOL) x\n": "",
	} {
		top := t.TempDir()
		if err := os.MkdirAll(filepath.Join(top, ".ci"), 0o755); err != nil {
			t.Fatal(err)
		}
		good := strings.Repeat("go run example.org/other@v1.0.0\n", 5)
		for name, content := range map[string]string{"Makefile": good + text, ".ci/run": ""} {
			if err := os.WriteFile(filepath.Join(top, name), []byte(content), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		err := pinnedTools(top)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", text, err, want)
		}
	}
}
