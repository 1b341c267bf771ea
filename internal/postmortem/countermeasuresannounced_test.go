package postmortem

import (
	"strings"
	"testing"
)

func TestAnnouncedCountermeasures(t *testing.T) {
	table := "| Action Item | Owner |\n|---|---|\n| one | Ana |\n| two | Bo |\n"
	for what, c := range map[string]struct{ text, want string }{
		"the sentence above":         {"# T\n\n## Remediation\n\nLooks like I am going to need to:\n\n- one\n- two\n", "one two"},
		"the head of a table":        {"# T\n\n## Resolution\n\nWe waited.\n\n" + table, "one two"},
		"in another language":        {"# T\n\n## Résolution\n\nPour que cela ne se reproduise pas :\n\n- one\n- two\n", "one two"},
		"under a heading of its own": {"# T\n\n## What comes now\n\nWe will:\n\n- one\n  - detail\n- two\n", "one two"},
		"what was done":              {"# T\n\n## Resolution\n\nWe did this:\n\n- one\n- two\n", ""},
		"no sentence of it":          {"# T\n\n## Resolution\n\nWe will see.\n\n- one\n- two\n", ""},
		"of an impact":               {"# T\n\n## Impact\n\nWe will lose:\n\n- one\n- two\n", ""},
		"beside a section for them":  {"# T\n\n## Resolution\n\nWe will:\n\n- one\n\n## Action items\n\n- two\n", "two"},
	} {
		r, _ := readText(plainBlocks(c.text), Context{})
		var got []string
		for _, m := range r.Facts.Countermeasures {
			got = append(got, m.Text)
		}
		equal(t, what, strings.Join(got, " "), c.want)
	}
}
