package render

import (
	"testing"

	"publish/internal/config"
)

func TestTicket(t *testing.T) {
	trackers := []config.Tracker{{Prefix: "DEV", URL: "https://dev.example.org/"}, {Prefix: "OPS", URL: "https://t.example.org/OPS-{id}?a"}, {Prefix: "acme/api", URL: "https://git.example.org/acme/api/issues/"}}
	for link, want := range map[string][2]string{
		"OPS-12":                {"https://t.example.org/OPS-12?a", "OPS-12"},
		"DEV-7":                 {"https://dev.example.org/7", "DEV-7"},
		"DEVOPS-7":              {"", "DEVOPS-7"},
		"JIRA-7":                {"", "JIRA-7"},
		"acme/api#9":            {"https://git.example.org/acme/api/issues/9", "acme/api#9"},
		"acme/web#9":            {"", "acme/web#9"},
		"#9":                    {"", "#9"},
		"https://example.org/a": {"https://example.org/a", ""},
		"":                      {"", ""},
		"notes.md":              {"notes.md", ""},
	} {
		if address, name := ticket(link, trackers); address != want[0] || name != want[1] {
			t.Errorf("%q: got %q, %q, want %q", link, address, name, want)
		}
	}
}
