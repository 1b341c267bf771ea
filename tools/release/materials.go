package main

import (
	"bytes"
	"cmp"
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"publish/tools/internal/licence"
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
	Licences   []licensed `json:"licenses,omitempty"`
	Properties []property `json:"properties,omitempty"`
}

// licensed is one of the licences of a component.
type licensed struct {
	Licence struct {
		ID string `json:"id"` // as SPDX has it
	} `json:"license"`
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
		add(found, "std", strings.TrimPrefix(info.GoVersion, "go"), "")
		for _, m := range info.Deps {
			if m.Replace != nil {
				m = m.Replace
			}
			add(found, m.Path, m.Version, m.Sum)
		}
		for _, setting := range info.Settings {
			if setting.Key == "vcs.revision" {
				commit = setting.Value
			}
		}
	}
	if err := r.addLicences(found); err != nil {
		return err
	}
	publish := component{Type: "application", Ref: "publish", Name: "publish", Version: r.version, Licences: licensesOf("MIT")}
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

func add(found map[string]component, name, version, sum string) {
	c := component{Type: "library", Name: name, Version: version, URL: "pkg:golang/" + name + "@" + version}
	if sum != "" {
		c.Properties = []property{{"go:sum", sum}}
	}
	c.Ref = c.URL
	found[c.Ref] = c
}

// addLicences finds out the licence of each component, and writes their texts into
// one file: whoever gets a binary is to get these.
func (r release) addLicences(found map[string]component) error {
	dirs, err := folders(found)
	if err != nil {
		return err
	}
	var texts bytes.Buffer
	for _, ref := range slices.Sorted(maps.Keys(found)) {
		c := found[ref]
		ids, err := licence.Of(dirs[c.Name])
		if err != nil {
			return fmt.Errorf("%s: %w", c.Name, err)
		}
		c.Licences = licensesOf(ids...)
		found[ref] = c
		text, err := licence.Texts(dirs[c.Name])
		if err != nil {
			return err
		}
		fmt.Fprintf(&texts, "%s %s\n\n%s\n%s\n\n", c.Name, c.Version, text, strings.Repeat("-", 80))
	}
	return os.WriteFile(filepath.Join(r.dir, licences), texts.Bytes(), 0o644)
}

// licences is the file with the texts of licences.
const licences = "LICENSES.txt"

func licensesOf(ids ...string) []licensed {
	list := make([]licensed, len(ids))
	for i, id := range ids {
		list[i].Licence.ID = id
	}
	return list
}

// folders are where the sources of components lie.
func folders(found map[string]component) (map[string]string, error) {
	args := []string{"list", "-m", "-f", "{{.Path}}\t{{.Dir}}"}
	for _, c := range found {
		if c.Name != "std" {
			args = append(args, c.Name)
		}
	}
	out, err := exec.Command("go", args...).Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	dirs := map[string]string{"std": strings.TrimSpace(string(root))}
	for line := range strings.Lines(string(out)) {
		path, dir, _ := strings.Cut(strings.TrimSpace(line), "\t")
		dirs[path] = dir
	}
	return dirs, nil
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
