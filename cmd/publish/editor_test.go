package main

import (
	"slices"
	"testing"
)

func TestSplitWords(t *testing.T) {
	for command, want := range map[string][]string{
		"vi":                        {"vi"},
		" code  --wait ":            {"code", "--wait"},
		`"/opt/My Editor/ed" -n ''`: {"/opt/My Editor/ed", "-n", ""},
		`/opt/My\ Editor/ed`:        {"/opt/My Editor/ed"},
		`C:\Tools\ed.exe`:           {`C:\Tools\ed.exe`},
		`emacs --eval '(a "b\c")'`:  {"emacs", "--eval", `(a "b\c")`},
		`a"b c"d`:                   {"ab cd"},
		`ed "it said \"yes\""`:      {"ed", `it said "yes"`},
		"":                          nil,
	} {
		if got, ok := splitWords(command); !ok || !slices.Equal(got, want) {
			t.Errorf("%s is split into %q %t, not %q", command, got, ok, want)
		}
	}
	for _, command := range []string{`"vi`, `vi 'x`, `vi "x\"`} {
		if got, ok := splitWords(command); ok {
			t.Errorf("%s has an open quote, but is split into %q", command, got)
		}
	}
}
