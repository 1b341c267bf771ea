package content

import (
	"strings"
	"testing"
)

func TestMatchName(t *testing.T) {
	for _, test := range []struct {
		pattern, name string
		want          bool
	}{
		{"*.md", "a.md", true}, {"*.md", "a.mdx", false}, {"a*b*c", "axxbxxbc", true}, {"?", "é", true}, {"?", "ab", false},
		{"[[:alpha:]]*.md", "x1.md", true}, {"[[:alpha:]]*.md", "1x.md", false}, {"[^[:digit:]]", "a", true}, {"[![:digit:]]", "7", false},
		{"[[:upper:][:digit:]_]x", "_x", true}, {"[[:none:]]", "a", false},
		{"[]a]", "]", true}, {"[]a]", "a", true}, {"[]a]", "b", false}, {"[!]a]", "]", false}, {"[^]a]", "b", true},
		{"[a-c]", "b", true}, {"[a-c]", "d", false}, {"[a-]", "-", true}, {"[-a]", "-", true}, {`[\]]`, "]", true},
		{"[bad", "b", false}, {"[bad", "[bad", false}, {`\*`, "*", true}, {`\*`, "a", false}, {"[", "[", false}, {`\`, `\`, true},
		{"deep/*.md", "deep/a/b.md", true}, {"", "", true}, {"**", "", true}, {"", "a", false},
	} {
		if got := matchName(test.pattern, test.name); got != test.want {
			t.Errorf("%q of %q: %v, want %v", test.pattern, test.name, got, test.want)
		}
	}
}

func FuzzMatchName(f *testing.F) {
	for _, s := range []string{"*", "[", "[[:", "[[:alpha:]", "[]", "[a-", `\`, "[!", "*[*]*?*"} {
		f.Add(s, "a]b")
	}
	f.Fuzz(func(t *testing.T, pattern, name string) {
		if len(pattern) > 100 || len(name) > 100 || strings.HasSuffix(pattern, `\`) {
			return
		}
		if matchName(pattern, name) && !matchName(pattern+"*", name+"x") {
			t.Errorf("%q matches %q, and with a star not what begins so", pattern, name)
		}
	})
}

func TestStarOfJekyllsCrossesFolders(t *testing.T) {
	for rel, want := range map[string]bool{"deep/a.md": true, "deep/a/b.md": true, "x/deep/a.md": false, "deep/a.txt": false} {
		if got := jekyllMatch("deep/*.md", rel); got != want {
			t.Errorf("%s: %v, want %v", rel, got, want)
		}
	}
}
