package content

import (
	"strings"
	"testing"
)

// What nearly is a redaction is told with its place, and what is not one is not.
func TestNearlyRedacted(t *testing.T) {
	for text, want := range map[string]string{
		"[[redacted: a customer]]":                      "",
		"[[Redacted : a customer]] and [[caviardé: x]]": "",
		"[redacted] and [redact]":                       "",
		"[[react]] [[reduced: x]] [[reacted]]":          "",
		"x [[redacted]]":                                "6:3 `[[redacted]]`",
		"[[redacted:]]":                                 "6:1 `[[redacted:]]`",
		"[[ redacted: a customer ]]":                    "6:1 `[[ redacted: a customer ]]`",
		"[[redact: a customer]]":                        "6:1 `[[redact: a customer]]`",
		"[[redated: a customer]]":                       "6:1 `[[redated: a customer]]`",
		"<!-- redacted: a -->x<!-- /redacted -->":       "6:1 `<!-- redacted: a -->`|6:22 `<!-- /redacted -->`",
		"<!-- redact: a -->x<!-- /redacted -->":         "6:1 a|6:20 `<!-- /redacted -->`",
	} {
		_, diags := load(t, site("content/2024-01-01-a.md", "---\ntitle: A\nkind: post\n---\n\n"+text+"\n"))
		var got []string
		for _, d := range diags {
			message, _, _ := strings.Cut(d.Message, " looks like")
			message, _, _ = strings.Cut(message, " redaction is")
			got = append(got, strings.TrimPrefix(d.Pos.String(), d.File+":")+" "+message)
			if d.Hint == "" || !strings.Contains(d.Hint, "redact") {
				t.Errorf("%q: the hint is %q", text, d.Hint)
			}
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q:\ngot  %q\nwant %q", text, strings.Join(got, "|"), want)
		}
	}
}
