package postmortem

import (
	"slices"
	"testing"
)

func TestReadTextLessons(t *testing.T) {
	l := reading(t, "actions.md", Context{}).Facts.Lessons
	for _, c := range []struct{ got, want []string }{
		{l.Well, []string{"The alert came at once"}},
		{l.Wrong, []string{"Nobody knew the runbook"}},
		{l.Lucky, []string{"It was a Sunday."}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestCommunications(t *testing.T) {
	r, _ := readText(plainBlocks("# T\n\n## Communication\n\nWe wrote twice:\n\n- 2024-05-01 10:00 UTC: mail to all\n- A note in the app\n"), Context{})
	if len(r.Facts.Communications) != 2 {
		t.Fatalf("got %+v", r.Facts.Communications)
	}
	first := r.Facts.Communications[0]
	equal(t, "at", first.At.String(), "2024-05-01T10:00:00Z")
	equal(t, "text", first.Text, "mail to all")
	equal(t, "second", r.Facts.Communications[1].Text, "A note in the app")
}
