package main

import "testing"

// A tag is told, and what Go makes up for a commit without one is not.
func TestTagOf(t *testing.T) {
	for module, want := range map[string]string{
		"v1.2.3": "v1.2.3", "v1.2.3+dirty": "v1.2.3", "v2.0.0-rc.1": "v2.0.0-rc.1",
		"(devel)": "development", "": "development",
		"v0.0.0-20261121231501-0d163449ad2c":              "development",
		"v1.2.4-0.20261121231501-0d163449ad2c":            "development",
		"v1.2.3-rc.1.0.20261121231501-0d163449ad2c+dirty": "development",
	} {
		if got := tagOf(module); got != want {
			t.Errorf("%q is %q, and not %q", module, got, want)
		}
	}
}
