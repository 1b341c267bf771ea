package main

import (
	"strings"
	"testing"
)

// TestDiffClaims: that nothing would change is said only where all was compared.
func TestDiffClaims(t *testing.T) {
	for _, c := range []struct {
		difference difference
		want       string
	}{
		{difference{Complete: true, Pages: pageChanges{Same: 7}}, "nothing would change for readers of x (7 pages)\n"},
		{difference{Pages: pageChanges{Same: 5000, Unread: 3}}, "nothing differs in what was compared of x (5000 pages); the rest is not known; the words of 3 pages were not compared\n"},
		{difference{Pages: pageChanges{Same: 7}}, "nothing differs in what was compared of x (7 pages); the rest is not known\n"},
		{difference{Pages: pageChanges{Same: 5000, Unread: 1, Added: []pageChange{{Path: "/a/", File: "a.md"}}}},
			"pages\n+ /a/  \n\ncompared with x: 1 page added, 0 changed, 0 moved, 0 removed; 0 would vanish; the words of 1 page were not compared\n"},
	} {
		var out strings.Builder
		c.difference.Other = "x"
		c.difference.printText(&out, &flags{})
		if out.String() != c.want {
			t.Errorf("got %q, want %q", &out, c.want)
		}
	}
}

// TestDiffSteersNothing: what another site calls its pages steers no terminal.
func TestDiffSteersNothing(t *testing.T) {
	c := difference{Other: "x", Pages: pageChanges{Removed: []pageChange{{Path: "/a\nb/", Title: "\x1b]0;x\aT\u009b"}}}}
	var out strings.Builder
	c.printText(&out, &flags{})
	if !strings.Contains(out.String(), "- /a\u240ab/  \u241b]0;x\u2407T<009B>\n") {
		t.Errorf("%q", &out)
	}
}
