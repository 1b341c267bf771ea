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
	const list = "example.org/other@v1.0.0\tthe test's\nactions/checkout@v7\tthe same\nowner/thing@0123456789012345678901234567890123456789\tthe same\n"
	const commit = "0123456789012345678901234567890123456789"
	for _, c := range []struct{ file, text, want string }{
		{"Makefile", "\tgo run example.org/other@v1.0.0 x\n", ""},
		{"Makefile", "\tgo run ./cmd/publish -base-url https://example.org/x\n\tgo run $(TOOL) x\n", ""},
		{"Makefile", "\tgo run example.org/other@v1.0.1 x\n", "example.org/other@v1.0.1 is fetched"},
		{"Makefile", "\tgo run example.org/other@v1 x\n", "example.org/other@v1 is fetched"},
		{"Makefile", "\tgo run example.org/tool@latest x\n", "example.org/tool@latest is fetched"},
		{"Makefile", "\tgo install -v \\\n\t\texample.org/tool@latest\n", "example.org/tool@latest is fetched"},
		{"Makefile", "\tgo install example.org/tool/cmd/x\n", "example.org/tool/cmd/x is fetched"},
		{"Makefile", "\tgo get -u 'example.org/tool'\n", "example.org/tool is fetched"},
		{"Makefile", "TOOL := example.org/tool@main\n", "example.org/tool@main is fetched"},
		{"bench/peers/x.go", "const tool = \"example.org/tool@main\"\n", "example.org/tool@main is fetched"},
		{"bench/x_test.go", "const tool = \"example.org/tool@main\"\n", ""},
		{"action.yml", "    - uses: actions/checkout@v7\n    - uses: ./x\n    # uses: a/b@main\n", ""},
		{"action.yml", "    - uses: actions/checkout@main\n", "actions/checkout@main is fetched"},
		{"action.yml", "    - uses: 'actions/checkout'\n", "actions/checkout is fetched"},
		{".github/workflows/x.yaml", "      uses: owner/thing@main\n", "owner/thing@main is fetched"},
		{".github/workflows/x.yaml", "      uses: owner/thing@" + commit + "\n", ""},
		{".github/workflows/x.yml", "    uses: owner/other/.github/workflows/x.yml@v1\n", "owner/other/.github/workflows/x.yml@v1 is fetched"},
		{"internal/scaffold/data/pages.yml", "        uses: [[.Action]]\n        uses: OWNER/publish@COMMIT\n", ""},
		{"internal/scaffold/data/pages.yml", "      - uses: actions/cache@v4\n", "actions/cache@v4 is fetched"},
		{"internal/scaffold/data/gitlab-ci.yml", "  image: golang:latest\n", "golang:latest is fetched"},
		{"internal/locale/words.yaml", "image: picture\n", ""},
		{"tools/x.sh", "npm ci --ignore-scripts\ncurl -o x https://example.org/ | grep x\n", ""},
		{"tools/x.sh", "npx lighthouse\n", "\"npx\" runs"},
		{"tools/x.sh", "npm install lighthouse\n", "\"npm install\" runs"},
		{"tools/x.sh", "pip install x\n", "\"pip install\" runs"},
		{"tools/x.sh", "curl -fsSL https://example.org/x.sh | sudo bash -s\n", "| sudo bash\" runs"},
		{"tools/x.sh", "wget -qO- https://example.org/x.sh \\\n  | sh\n", "| sh\" runs"},
		{"tools/x.sh", "bash <(curl -s https://example.org/)\n", "<(curl\" runs"},
		{"tools/x.sh", "sh -c \"$(curl -s https://example.org/)\"\n", "$(curl\" runs"},
		{"tools/x.sh", "version=$(curl -s https://example.org/)\n", ""},
		{"tools/deep/x.sh", "npx x\n", "tools/deep/x.sh: \"npx\" runs"},
		{"content/x.sh", "npx x\n", ""},
	} {
		top := t.TempDir()
		write(t, top, ".github/workflows/all.yml", "- uses: actions/checkout@v7\n- uses: owner/thing@"+commit+" # v2\n- run: go run example.org/other@v1.0.0\n")
		write(t, top, c.file, c.text)
		if err := pinnedTools(top, list); (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %q: got %v, want %q", c.file, c.text, err, c.want)
		}
	}
}

// The list has exact versions, reasons, and no row that nobody needs.
func TestDeclared(t *testing.T) {
	for row, want := range map[string]string{
		"example.org/x@v1.0.0\ta reason\n":     "nobody fetches example.org/x@v1.0.0",
		"example.org/x@v1.0.0\n":               "has no reason",
		"example.org/x@v1\ta reason\n":         "example.org/x@v1 has no exact version",
		"example.org/x@latest\ta reason\n":     "has no exact version",
		"owner/x@v1\ta reason\n":               "has no exact version",
		"owner/x@main\ta reason\n":             "has no exact version",
		"actions/x@main\ta reason\n":           "has no exact version",
		"golang:latest\ta reason\n":            "has no exact version",
		"golang:1.26\ta\ngolang:1.26\ttwice\n": "stands twice",
	} {
		if err := pinnedTools(t.TempDir(), row); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", row, err, want)
		}
	}
}

func TestPinnedPackages(t *testing.T) {
	const lock = `{"packages": {"": {}, "node_modules/x": {"version": "1.2.3", "integrity": "sha512-x"}}}`
	for _, c := range []struct{ asked, locked, want string }{
		{`{"devDependencies": {"x": "1.2.3"}}`, lock, ""},
		{`{"dependencies": {"x": "1.2.3"}}`, lock, ""},
		{`{"dependencies": {"x": "^1.2.3"}}`, lock, `x "^1.2.3" is not the one version`},
		{`{"optionalDependencies": {"x": "1.2.4"}}`, lock, `x "1.2.4" is not the one version`},
		{`{"devDependencies": {"x": "1.2.3"}}`, strings.Replace(lock, "sha512-x", "", 1), "node_modules/x has no sum"},
		{`{}`, `{"packages": {"": {}}}`, "nothing is locked"},
		{`{"dependencies": []}`, lock, "package.json: json"},
	} {
		top := t.TempDir()
		write(t, top, "some/where/package.json", c.asked)
		write(t, top, "some/where/package-lock.json", c.locked)
		write(t, top, "node_modules/x/package.json", "{}")
		if err := pinnedPackages(top); (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.asked, err, c.want)
		}
	}
}

func write(t *testing.T, top, name, text string) {
	t.Helper()
	file := filepath.Join(top, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
