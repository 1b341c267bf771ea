package content

import (
	"strings"
	"testing"

	"publish/internal/diag"
)

// What is wrapped once and stands in clear elsewhere in the text was probably
// forgotten there.
func TestForgottenRedaction(t *testing.T) {
	for text, line := range map[string]string{
		"<!-- redact: a name -->Contoso<!-- /redact --> was down.\n\nWe told contoso.":                      "line 3",
		"<!-- redact: a name -->Acme Corp<!-- /redact --> was down.\n\n- We told Acme\n  Corp.":             "line 3",
		"---\ntitle: Contoso\n---\n<!-- redact: a name -->Contoso<!-- /redact --> was down.":                "line 1",
		"<!-- redact: a name -->Contoso<!-- /redact --> was down.\n\nWe told Contosoville of it.":           "",
		"<!-- redact: a name -->Contoso<!-- /redact --> and <!-- redact: a name -->Contoso<!-- /redact -->": "",
		"<!-- redact: a number -->42<!-- /redact --> of 42":                                                 "",
	} {
		_, diags := document(t, "content/2024-01-01-x.md", text)
		said := ""
		for _, d := range diags {
			if d.Code == diag.LeakInternal {
				said = d.Message
				if d.Level != diag.Warning {
					t.Errorf("%q: %v", text, d)
				}
			}
		}
		if line == "" && said != "" || line != "" && !strings.HasSuffix(said, line) {
			t.Errorf("%q: said %q, want %q", text, said, line)
		}
	}
}

func TestSeen(t *testing.T) {
	for text, want := range map[string]string{
		"Con\u00adto\u200bso":          "Contoso",
		"Acme\u00a0 \n\tCorp ":         "Acme Corp",
		"\uff23ontoso":                 "Contoso",
		"e\u0301":                      "\u00e9",
		"a\u202eb\u2066c\ufe0f\u3164d": "abcd",
	} {
		if got := seen(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
