package main

import (
	"strings"
	"testing"
)

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

// A program of changed sources names no commit for others to use, and says why.
func TestSourceOf(t *testing.T) {
	const commit = "0123456789abcdef0123456789abcdef01234567"
	for _, one := range []struct {
		repository string
		changed    bool
		name       string
		want       source
	}{
		{"https://github.com/acme/publish", false, "development", source{action: "acme/publish@" + commit, clone: "https://github.com/acme/publish.git", commit: commit}},
		{"https://git.example.org:8443/acme/publish.git", false, "v1.2.3", source{clone: "https://git.example.org:8443/acme/publish.git", commit: commit, release: "v1.2.3"}},
		{"https://github.com/acme/publish", true, "v1.2.3", source{changed: true}},
		{"", false, "v1.2.3", source{}},
	} {
		if got := sourceOf(one.repository, commit, one.changed, one.name); got != one.want {
			t.Errorf("%+v is from %+v", one, got)
		}
	}
	for _, host := range initHosts[:2] {
		b := &beginning{host: host}
		if said := b.online(true); strings.Contains(said, "changed") {
			t.Errorf("%s: %s", host, said)
		}
		b.changed = true
		if said := b.online(true); !strings.Contains(said, "this publish was built of changed sources, which no commit has") {
			t.Errorf("%s: %s", host, said)
		}
	}
}
