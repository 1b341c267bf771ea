package postmortem

import (
	"testing"

	"publish/internal/diag"
)

// Fields without fences are told of; labels and prose are not.
func TestFieldsWithoutFences(t *testing.T) {
	for text, want := range map[string]diag.Level{
		"title: The disk was full\ndate: 2026-03-12\nseverity: sev2\n\nFor an hour.\n":       diag.Warning,
		"\ntitle: The disk was full\nservices:\n  - Login\nseverity: sev2\n\nFor an hour.\n": diag.Warning,
		"title: x\nstage: draft\n\nNot for others.\n":                                        diag.Error,
		"title: x\naudience: internal\n":                                                     diag.Error,
		"Date: 2026-03-12\nSeverity: SEV2\n\nFor an hour.\n":                                 0,
		"title: x\n\nFor an hour.\n":                                                         0,
		"title: and what it means\nis a line of prose, with date: after it\n":                0,
		"package: a\nversion: 2\ntitle: x\ndate: 2026-03-12\n\nText.\n":                      0,
		"# A title\n\ntitle: x\ndate: 2026-03-12\n":                                          0,
	} {
		_, said := Split("x.md", []byte(text))
		if len(said) == 0 && want != 0 || len(said) > 0 && (said[0].Level != want || said[0].Code != diag.FrontMatterUnclosed) {
			t.Errorf("%q: expected level %v, got %v", text, want, said)
		}
	}
}
