package content

import (
	"testing"

	"publish/internal/diag"
)

func TestGitBookKeepsItsImagesAtTheTop(t *testing.T) {
	f, _ := load(t, site("SUMMARY.md", "# x", "postmortems/a.md", report, "postmortems/.gitbook/assets/b.png", "png",
		".gitbook/assets/a.png", "png", ".gitbook/assets/.x.png", "png", ".gitbook/vars.yaml", "", "other/c.png", "png"))
	for name, want := range map[string]bool{
		".gitbook/assets/a.png": true, "postmortems/.gitbook/assets/b.png": true,
		".gitbook/assets/.x.png": false, ".gitbook/vars.yaml": false, "other/c.png": false,
	} {
		if got := f.File(name) != nil; got != want {
			t.Errorf("%s: found %v", name, got)
		}
	}
	f, _ = load(t, site("postmortems/a.md", report, ".gitbook/assets/a.png", "png", ".gitignore", ".gitbook/\n"))
	if f.File(".gitbook/assets/a.png") != nil {
		t.Error("what .gitignore hides is read")
	}
}

func TestDatesInNamesThatDoNotExist(t *testing.T) {
	const text = "# The API\n\nAll of it.\n"
	for name, want := range map[string]string{
		"incidents/2021-02-31-outage.md":      "date-invalid",
		"docs/incidents/2021-02-31-outage.md": "date-invalid",
		"docs/incidents/2021-02-28-outage.md": "",
		"docs/2021-02-31-notes.md":            "",
		"docs/incidents/process.md":           "",
	} {
		_, diags := load(t, site(name, text))
		said := ""
		for _, d := range diags {
			if d.Level == diag.Warning && d.File == name {
				said += string(d.Code)
			}
		}
		if said != want {
			t.Errorf("%s: said %q, want %q", name, said, want)
		}
	}
}
