package render

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"publish/internal/diag"
	"publish/internal/pattern"
	"publish/internal/site"
)

// partialCall is how layouts name a partial.
var partialCall = pattern.New(`\{\{-?\s*(?:template|block)\s+"([^"]+)"`)

// findOwn remembers which files in layouts/ are the site's, and how the built-in
// ones are called.
func (t *Theme) findOwn(user, builtin fs.FS) error {
	if user == nil {
		return nil
	}
	own, err := overlay("layouts", new(diag.List), user)
	if err != nil {
		return err
	}
	theirs, err := overlay("layouts", new(diag.List), builtin)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, s := range theirs {
		known[s.name] = true
	}
	for _, s := range own {
		if !known[s.name] {
			t.added = append(t.added, s.name)
		}
	}
	t.builtin = slices.Sorted(maps.Keys(known))
	return nil
}

// unused tells the files in the site's layouts/ that no page shows: whoever made
// one believes that it does something, and a name that is mistyped is the most
// frequent reason why it does not.
func (t *Theme) unused(s *site.Site) diag.List {
	if len(t.added) == 0 {
		return nil
	}
	asked := map[string]bool{}
	for _, pages := range [][]*site.Page{s.Posts, s.Pages, s.Translations, s.Tombstones, s.Previews} {
		for _, p := range pages {
			asked[p.Head.Layout] = true
		}
	}
	called := map[string]bool{}
	for _, text := range t.texts {
		for _, m := range partialCall.FindAllStringSubmatch(text, -1) {
			called[m[1]] = true
		}
	}
	var diags diag.List
	for _, file := range t.added {
		name, partial := layoutName(file)
		if name == "" && !alike(file) || name != "" && (partial && called[name] || !partial && asked[name]) {
			continue
		}
		hint := "a text asks for it by `layout: " + name + "` in its front matter"
		switch {
		case name == "":
			hint = "layouts end in .html, and stand in layouts/ or layouts/partials/"
		case partial:
			hint = `a layout calls it by {{template "` + name + `" .}}`
		}
		if near := diag.Nearest(file, t.builtin); near != "" {
			hint = `did you mean "` + near + `"? else ` + hint
		}
		diags.Report(diag.TemplateUnused, diag.Pos{File: file}, hint, "no page uses this layout")
	}
	return diags
}

// alike says whether a file that is no layout by its name was meant for one.
func alike(file string) bool {
	if strings.HasPrefix(path.Base(file), ".") {
		return false
	}
	switch strings.ToLower(path.Ext(file)) {
	case ".html", ".htm", ".tmpl", ".gohtml":
		return true
	}
	return false
}
