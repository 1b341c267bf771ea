package content

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

func TestIgnores(t *testing.T) {
	fsys := fstest.MapFS{
		".gitignore": {Data: []byte(strings.Join([]string{
			"# a comment", "", "*.log", "!keep.log", "/rooted", "build/", "a/b", "deep/**/end", "all/**", "**/any",
			`\#hash`, `\!bang`, "trailing   ", `space\ `, "[!x]y", "que?y", "shown/*", "!shown/this", "!hidden/back", "hidden", "/**/star",
			"[bad", "!", "/", "[[:alpha:]]-posix.md", "[]a]-first.md",
		}, "\n"))},
		"inner/.gitignore": {Data: []byte("!special.log\r\n/own\r\n")},
	}
	g := newIgnores(fsys, nil)
	for _, test := range []struct {
		name   string
		hidden bool
	}{
		{"x.log", true}, {"a/x.log", true}, {"keep.log", false}, {"a/keep.log", false},
		{"rooted", true}, {"a/rooted", false},
		{"build/", true}, {"a/build/", true}, {"build", false}, {"build/x.md", true},
		{"a/b", true}, {"x/a/b", false},
		{"deep/end", true}, {"deep/x/end", true}, {"deep/x/y/end", true}, {"deep/x/other", false},
		{"all/", false}, {"all/x", true}, {"all/x/y", true},
		{"any", true}, {"x/y/any", true},
		{"#hash", true}, {"!bang", true}, {"trailing", true}, {"space ", true}, {"space", false},
		{"ay", true}, {"xy", false}, {"query", true}, {"quey", false},
		{"shown/other", true}, {"shown/this", false},
		{"hidden/back", true}, {"x/star", true}, {"star", true},
		{"inner/special.log", false}, {"inner/x.log", true}, {"inner/own", true}, {"inner/x/own", false},
		{"x-posix.md", true}, {"1-posix.md", false}, {"]-first.md", true}, {"b-first.md", false},
		{"plain.md", false}, {"inner/plain.md", false},
	} {
		name, isDir := strings.CutSuffix(test.name, "/")
		if got := g.hides(name, isDir); got != test.hidden {
			t.Errorf("%q hidden: %v, want %v", test.name, got, test.hidden)
		}
	}
}

func FuzzIgnore(f *testing.F) {
	for _, s := range []string{"*.md", "!a/", "**/**/x/**", "[", `\`, "a/**/b/**/c", strings.Repeat("**/a/", 30)} {
		f.Add(s, "a/b/c.md")
	}
	f.Fuzz(func(t *testing.T, rules, name string) {
		name = strings.Trim(name, "/")
		if name == "" || len(name) > 200 || len(rules) > 500 {
			return
		}
		hides := func(text string) bool {
			return newIgnores(fstest.MapFS{".gitignore": {Data: []byte(text)}}, nil).matches(name, true)
		}
		hides(rules)
		if hides(rules + "\n!*") {
			t.Errorf("%q is hidden although the last rule shows everything", name)
		}
	})
}

func TestRulesAboveTheSite(t *testing.T) {
	fsys := fstest.MapFS{".gitignore": {Data: []byte("!shown.md\n")}}
	g := newIgnores(fsys, []Gitignore{
		{Site: "team/docs", Text: "*.bak.md\n/team/docs/private/\n/private2/\nshown.md\n"},
		{Site: "docs", Text: "drafts/\n/docs\n"},
	})
	for _, test := range []struct {
		name   string
		isDir  bool
		hidden bool
	}{
		{"x.bak.md", false, true}, {"deep/x.bak.md", false, true}, {"private", true, true}, {"private2", true, false},
		{"drafts", true, true}, {"drafts", false, false}, {"shown.md", false, false}, {"a.md", false, false},
	} {
		if got := g.hides(test.name, test.isDir); got != test.hidden {
			t.Errorf("%s: hidden %v, want %v", test.name, got, test.hidden)
		}
	}
}

// A pipe would keep its reader waiting, so that it must not even be opened.
func TestIgnoreThatIsNoFile(t *testing.T) {
	fsys := fstest.MapFS{
		"pipe/.gitignore":   {Data: []byte("*\n"), Mode: fs.ModeNamedPipe | 0o644},
		"folder/.gitignore": {Mode: fs.ModeDir | 0o755},
		"file/.gitignore":   {Data: []byte("*\n"), Mode: 0o644},
	}
	g := newIgnores(fsys, nil)
	for name, hidden := range map[string]bool{"pipe/a.md": false, "folder/a.md": false, "file/a.md": true} {
		if got := g.hides(name, false); got != hidden {
			t.Errorf("%s: hidden %v, want %v", name, got, hidden)
		}
	}
}
