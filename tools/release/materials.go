package main

import (
	"bytes"
	"cmp"
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The bill of materials is CycloneDX 1.6 in JSON (ECMA-424): the part of it that
// says which modules are in the binaries. The linker wrote down what it linked,
// so nothing is guessed from go.mod, where modules for tests stand too.
type bill struct {
	Format     string      `json:"bomFormat"`
	Spec       string      `json:"specVersion"`
	Version    int         `json:"version"`
	Metadata   metadata    `json:"metadata"`
	Components []component `json:"components"`
}

type metadata struct {
	Component component `json:"component"`
}

type component struct {
	Type       string     `json:"type"`
	Ref        string     `json:"bom-ref"`
	Name       string     `json:"name"`
	Version    string     `json:"version"`
	URL        string     `json:"purl,omitempty"`
	Properties []property `json:"properties,omitempty"`
}

// property holds what CycloneDX has no field for: Go's sum of a module is one
// of all its files together, and not of any file.
type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// writeMaterials lists what is in any of the binaries.
func (r release) writeMaterials() error {
	found := map[string]component{}
	var commit string
	for _, s := range r.systems {
		info, err := buildinfo.ReadFile(filepath.Join(r.dir, s.binary()))
		if err != nil {
			return fmt.Errorf("%s: %w", s.binary(), err)
		}
		add(found, "library", "std", strings.TrimPrefix(info.GoVersion, "go"), "")
		for _, m := range info.Deps {
			if m.Replace != nil {
				m = m.Replace
			}
			add(found, "library", m.Path, m.Version, m.Sum)
		}
		for _, setting := range info.Settings {
			if setting.Key == "vcs.revision" {
				commit = setting.Value
			}
		}
	}
	publish := component{Type: "application", Ref: "publish", Name: "publish", Version: r.version}
	for _, p := range []property{{"commit", commit}, {"source", r.source}} {
		if p.Value != "" {
			publish.Properties = append(publish.Properties, p)
		}
	}
	return writeJSON(filepath.Join(r.dir, "sbom.cdx.json"), bill{
		Format: "CycloneDX", Spec: "1.6", Version: 1, Metadata: metadata{publish},
		Components: slices.SortedFunc(maps.Values(found), func(a, b component) int { return cmp.Compare(a.Ref, b.Ref) }),
	})
}

func add(found map[string]component, kind, name, version, sum string) {
	c := component{Type: kind, Name: name, Version: version, URL: "pkg:golang/" + name + "@" + version}
	if sum != "" {
		c.Properties = []property{{"go:sum", sum}}
	}
	c.Ref = c.URL
	found[c.Ref] = c
}

func writeJSON(name string, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	return os.WriteFile(name, b.Bytes(), 0o644)
}
