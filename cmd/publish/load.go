package main

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"time"

	theme "publish"
	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/diag"
	"publish/internal/render"
	"publish/internal/route"
	"publish/internal/site"
)

// loaded is a site from its folder to its route table.
type loaded struct {
	dir    string // the site folder
	config *config.Config
	folder *content.Folder
	site   *site.Site
	table  *route.Table
	diags  diag.List
	now    time.Time
}

// load is publish in one function: configuration → files → documents → model →
// routes. Mistakes of authors are collected in diags; the error is for the
// machine's failures and for what the command line got wrong. After a mistake
// in the configuration the rest is nil.
func (p *program) load(f *flags) (*loaded, error) {
	l, err := p.open(f)
	if err != nil || l.diags.HasErrors() {
		return l, err
	}
	internal := f.audience == "internal" || f.audience == "" && l.config.Audience == "internal"

	// Through os.Root no link leads out of the site folder. It stays open as
	// long as the program runs, since images are read when they are written.
	root, err := os.OpenRoot(l.dir)
	if err != nil {
		return l, machinef("", "%w", err)
	}
	folder, diags, err := content.Load(root.FS(), l.config, content.Options{
		Internal: internal, Jobs: f.jobs, Gitignores: gitignores(l.dir),
	})
	l.diags = append(l.diags, diags...)
	if err != nil {
		return l, machinef("", "%w", err)
	}
	l.folder = folder

	look, diags, err := render.LoadTheme(root.FS(), theme.Theme)
	l.diags = append(l.diags, diags...)
	if err != nil {
		return l, machinef("", "%w", err)
	}
	if diags.HasErrors() {
		return l, nil
	}
	l.model(f, look, site.Options{
		Now: l.now, Drafts: f.drafts, Future: f.future, Internal: internal, Portable: f.portable, Without: map[string]bool{},
	})
	return l, nil
}

// model makes the model and the route table. Some mistakes show only there (an
// address that is taken, a link that a site counts as an error): where files
// with errors are to be left out, it is made again without those, until none
// is found. It costs milliseconds and hardly ever takes more than two rounds.
func (l *loaded) model(f *flags, look *render.Theme, o site.Options) {
	before := l.diags
	var said diag.List // of the rounds whose files were left out
	for {
		var diags diag.List
		l.site, diags = site.New(l.config, l.folder, o)
		var more diag.List
		l.table, more = render.New(l.site, look).Table()
		diags = append(diags, more...)
		l.diags = slices.Concat(before, said, diags)
		if !f.keepGoing || !l.without(f, o.Without) {
			return
		}
		said = append(said, diags...)
	}
}

// without adds the public documents that have errors, and says whether there
// were any.
func (l *loaded) without(f *flags, out map[string]bool) bool {
	found := false
	for _, d := range leveled(l.config, f, l.diags) {
		if d.Level == diag.Error && l.site.PageOf(d.File) != nil && !out[d.File] {
			out[d.File], found = true, true
		}
	}
	return found
}

// open finds the site folder and reads what the site decides.
func (p *program) open(f *flags) (*loaded, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	dir, err := filepath.Abs(f.site)
	if err != nil {
		return nil, machinef("", "%w", err)
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, usagef("name the folder that holds your postmortems with --site", "there is no folder \"%s\"", f.site)
	}
	l := &loaded{dir: dir}
	l.config, l.diags = config.Load(os.DirFS(dir), f.config)
	base, diags := config.ResolveBaseURL(f.baseURL, p.getenv("PUBLISH_BASE_URL"), p.getenv, l.config)
	l.config.BaseURL = base
	l.diags = append(l.diags, diags...)
	if l.config.Title == "" {
		l.config.Title = filepath.Base(dir)
	}
	if err := refuseInside(dir, f.site, l.config); err != nil {
		return nil, err
	}
	l.now, err = p.moment(f, l.config.Timezone)
	return l, err
}

// refuseInside catches the common mistake of standing in the content folder of
// a site: its settings would be missed without a word.
func refuseInside(dir, asked string, cfg *config.Config) error {
	above := filepath.Dir(dir)
	if _, err := os.Stat(filepath.Join(above, "publish.yaml")); err != nil || cfg.File != "" || above == dir {
		return nil
	}
	outer, _ := config.Load(os.DirFS(above), "")
	if cmp.Or(outer.Content, "content") != filepath.Base(dir) {
		return nil
	}
	return usagef("run it in the folder above, or with --site "+filepath.Join(asked, ".."),
		"this is the content folder of the site whose publish.yaml lies above it")
}
