package main

import (
	"strings"
	"testing"
)

func TestBuildID(t *testing.T) {
	if buildID() == "" || buildID() == version+revision() {
		t.Errorf("this program's build is called %q", buildID())
	}
	long := strings.Repeat("x", 2*buildIDHead)
	ids := map[string]string{}
	for name, text := range map[string]string{
		"with an id": "\x7fELF\xff Go build ID: \"a/b\"\n \xff" + long,
		"without":    "\x7fELF" + long,
		"another":    "\x7fELF" + long + "y",
		"in a note":  "\x7fELF\x04\x00\x00\x00\x03\x00\x00\x00\x04\x00\x00\x00Go\x00\x00c/d" + long,
		"empty id":   "\x7fELF Go build ID: \"\"" + long,
	} {
		id, err := readBuildID(strings.NewReader(text))
		if err != nil || id == "" || ids[id] != "" {
			t.Errorf("%s: %q, %v, as %q", name, id, err, ids[id])
		}
		ids[id] = name
	}
	if ids["a/b"] != "with an id" || ids["c/d"] != "in a note" {
		t.Errorf("Go's own id is not found: %v", ids)
	}
}
