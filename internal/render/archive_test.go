package render

import (
	"strings"
	"testing"
)

// A column of the archive that no report fills is not shown.
func TestArchiveHasNoEmptyColumns(t *testing.T) {
	for text, want := range map[string]string{
		"":                                "archive no-severity no-services no-duration no-data-loss no-state",
		"severity: SEV1\nduration: 2 h\n": "archive no-services no-data-loss no-state",
		"severity: SEV1\nduration: 2 h\nservices: [a]\nstatus: resolved\nimpacts: [{text: x, data_loss: none}]\n": "archive",
	} {
		page := pagesOf(t, siteFolder(t, map[string]string{
			"publish.yaml":            "title: Zorb\nlanguage: en\n",
			"content/2024-04-13-a.md": "---\ntitle: A\nkind: postmortem\n" + text + "---\nSlithy.\n",
			"content/2024-04-14-b.md": "---\ntitle: B\nkind: postmortem\n---\nTove.\n",
		}), "", "")[archivePath]
		if !strings.Contains(page, `<table class="`+want+`">`) {
			t.Errorf("%q: no table of the class %q", text, want)
		}
	}
}
