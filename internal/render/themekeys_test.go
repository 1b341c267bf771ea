package render

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestReferences(t *testing.T) {
	for layout, want := range map[string]string{
		`{{.Asset "style.css"}} {{$.Asset "a.js"}}`: "a.js style.css",
		`{{.Link "/about/"}} {{$.Link  "/b/"}}`:     "/about/ /b/",
		`{{.Asset .Name}}`:                          "  every asset",
		`{{.Link .Name}}`:                           "  every address",
		`{{.Link (print "/a" "/")}}`:                "  every address",
		`{{"/about/" | .Link}}`:                     "every address",
		`{{.Name|$.Frame.Link}}`:                    "every address",
		`{{.Links}} | {{with .Asset}}{{.}}{{end}}`:  "  every asset",
		`{{range .Link}}{{.LinkedData}}{{end}}`:     "",
	} {
		var r references
		r.read(layout)
		got := slices.Sorted(maps.Keys(r.assets))
		got = append(got, slices.Sorted(maps.Keys(r.links))...)
		if r.everyAsset {
			got = append(got, "", "every asset")
		}
		if r.everyURL {
			got = append(got, "every address")
		}
		if got := strings.Join(got, " "); strings.TrimSpace(got) != strings.TrimSpace(want) {
			t.Errorf("%s: %q, want %q", layout, got, want)
		}
	}
}
