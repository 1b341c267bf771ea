package config

import (
	"strings"
	"testing"
)

// FuzzBaseURL: an address that is taken can be written again and is taken then.
func FuzzBaseURL(f *testing.F) {
	for _, s := range []string{"https://example.org/", "http://localhost:4000/a/b", "https://bücher.example/x y", "https://[::1]/", "javascript:alert(1)", "https://u:p@h/", "https://h/%2e%2e/", "https://h/a?b#c", "//h/", "https://h:99999/", "https://\x00/", "http://\u00ad", "http://:8080/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		u, problem := parseBaseURL(text)
		if (u == nil) != (problem != "") {
			t.Fatalf("%q: %v, %q", text, u, problem)
		}
		if u == nil {
			return
		}
		if u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || !strings.HasPrefix(u.Path, "/") {
			t.Errorf("%q is taken as %q", text, u)
		}
		if again, problem := parseBaseURL(u.String()); problem != "" || again.String() != u.String() {
			t.Errorf("%q is written as %q, which is read as %v: %s", text, u, again, problem)
		}
	})
}

// FuzzColour: a colour that is taken is six digits, and stays itself.
func FuzzColour(f *testing.F) {
	for _, s := range []string{"#fff", "#A1B2C3", "rgb(1, 2, 3)", "hsl(120 50% 50%)", "rgb(999,-1,1e9)", "hsl(nan,0%,0%)", "hsl(1e308 50% 50%)", "#ffff", "red", "oklch(0.5 0.1 20)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, ok := ParseColour(text)
		if !ok {
			return
		}
		if again, ok := ParseColour(string(c)); !ok || again != c || len(c) != len("#000000") {
			t.Errorf("%q is %q, which is %q", text, c, again)
		}
	})
}
