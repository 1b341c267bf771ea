package main

import (
	"cmp"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"publish/internal/config"
	"publish/internal/diag"
	"publish/internal/plainfile"
	"publish/internal/search"
)

// open finds the site folder. Its handle stays open as long as the program
// runs, since images are read when they are written.
func (p *program) open(f *flags) (*workspace, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	dir, err := filepath.Abs(f.site)
	if err != nil {
		return nil, machinef("", "%w", err)
	}
	const hint = "name the folder that holds your postmortems with --site"
	switch info, err := os.Stat(dir); {
	case err != nil:
		return nil, usagef(hint, "there is no folder \"%s\"", f.site)
	case !info.IsDir():
		return nil, usagef(hint, "\"%s\" is a file, not a folder", f.site)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, machinef("", "%w", err)
	}
	return &workspace{p: p, f: f, dir: dir, root: root, search: search.NewMemory()}, nil
}

// reopen takes the folder that stands at the site's place now, if the one that
// was opened has been moved away. The handle of that one stays open: pages of
// earlier revisions may still read from it.
func (w *workspace) reopen() error {
	now, err := os.Stat(w.dir)
	if err != nil {
		return machinef("", "the site folder \"%s\" is gone", w.dir)
	}
	if before, err := w.root.Stat("."); err == nil && os.SameFile(before, now) {
		return nil
	}
	root, err := os.OpenRoot(w.dir)
	if err != nil {
		return machinef("", "%w", err)
	}
	w.root, w.reader = root, nil
	return nil
}

// readSettings reads what the site and the surroundings decide. Where the
// settings have errors the former ones stay, if there are any.
func (w *workspace) readSettings() error {
	cfg, diags := config.Load(plainfile.Below(w.root), w.f.config)
	base, more := config.ResolveBaseURL(w.f.baseURL, w.p.getenv("PUBLISH_BASE_URL"), w.p.getenv, cfg)
	cfg.BaseURL = base
	if cfg.Title == "" {
		cfg.Title = filepath.Base(w.dir)
	}
	if diags.HasErrors() { // what they would say of the address is not known
		more = slices.DeleteFunc(more, func(d diag.Diagnostic) bool { return d.Level == diag.Note })
	}
	w.said.config = append(diags, more...)
	if w.config != nil && w.said.config.HasErrors() {
		return nil
	}
	if err := refuseInside(w.dir, w.f.site, cfg); err != nil {
		return err
	}
	if w.config != nil && (parts{config: cfg}).internal(w.f) != w.internal(w.f) {
		w.reader = nil // what is cut from the texts is another
	}
	w.config = cfg
	return w.readClock()
}

// readClock takes the time for which the site is made.
func (w *workspace) readClock() (err error) {
	w.now, err = w.p.moment(w.f, w.config.Timezone)
	return err
}

// unwatched says what of the folder no preview depends on: what is hidden, the
// output, and packages of others.
func (w *workspace) unwatched() func(name string, dir bool) bool {
	output := path.Clean(w.config.Output)
	return func(name string, dir bool) bool {
		switch base := path.Base(name); {
		case base == ".gitignore" || base == ".gitbook" && dir:
			return false
		case strings.HasPrefix(base, "."):
			return true
		default:
			return dir && (name == output || base == "node_modules" || base == "_site")
		}
	}
}

// refuseInside catches the common mistake of standing in the content folder of
// a site: its settings would be missed without a word.
func refuseInside(dir, asked string, cfg *config.Config) error {
	above := filepath.Dir(dir)
	if _, err := os.Stat(filepath.Join(above, "publish.yaml")); err != nil || cfg.File != "" || above == dir {
		return nil
	}
	root, err := os.OpenRoot(above)
	if err != nil {
		return nil // what cannot be read is no site
	}
	defer root.Close()
	outer, _ := config.Load(plainfile.Below(root), "")
	if cmp.Or(outer.Content, "content") != filepath.Base(dir) {
		return nil
	}
	return usagef("run it in the folder above, or with --site "+filepath.Join(asked, ".."),
		"this is the content folder of the site whose publish.yaml lies above it")
}
