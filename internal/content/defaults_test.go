package content

import (
	"testing"
	"testing/fstest"

	"publish/internal/config"
	"publish/internal/diag"
)

func TestDefaultsOfJekyllThatHide(t *testing.T) {
	for values, hides := range map[string]bool{
		"published: false": true, "draft: true": true, "visibility: internal": true,
		"sitemap: false": false, "layout: post": false, "published: true": false,
	} {
		text := "defaults:\n- scope: {path: secret}\n  values:\n    comments: false\n    " + values + "\n"
		for _, settings := range []string{"", "title: Ours\n"} {
			fsys := fstest.MapFS{"_config.yml": {Data: []byte(text)}, "_posts/2021-04-29-a.md": {Data: []byte("---\ntitle: A\n---\n")}}
			if settings != "" {
				fsys["publish.yaml"] = &fstest.MapFile{Data: []byte(settings)}
			}
			cfg, diags := config.Load(fsys, "")
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			_, diags, err := Load(fsys, cfg, Options{})
			if err != nil || diags.HasErrors() != hides ||
				hides && (diags[0].Code != diag.Config || diags[0].Line != 5 || diags[0].File != "_config.yml") {
				t.Errorf("%s: got %v, %v", values, diags, err)
			}
		}
	}
}
