package main

import (
	"context"
	"os"
	"slices"
	"time"

	theme "publish"
	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/diag"
	"publish/internal/plainfile"
	"publish/internal/render"
	"publish/internal/route"
	"publish/internal/search"
	"publish/internal/site"
	"publish/internal/spill"
)

// loaded is a site from its folder to its route table.
type loaded struct {
	parts
	dir      string // the site folder
	site     *site.Site
	renderer *render.Renderer
	table    *route.Table
	extra    *route.Table // of what is not public; nil if not asked for
	diags    diag.List
}

// load is publish in one function: configuration → files → documents → model →
// routes. Mistakes of authors are collected in diags; the error is for the
// machine's failures and for what the command line got wrong. After a mistake
// in the configuration or the theme there is no table, unless what was good is
// kept: then the settings that could be read count, and the built-in layouts.
func (w *workspace) load(ctx context.Context) (*loaded, error) {
	if err := w.readSettings(); err != nil || w.said.config.HasErrors() && !w.keepGood {
		return w.loaded(), err
	}
	if err := w.readFolder(); err != nil {
		return w.loaded(), err
	}
	if err := w.readTheme(); err != nil || w.said.look.HasErrors() && !w.keepGood {
		return w.loaded(), err
	}
	if leveled(w.config, w.f, w.said.own).HasErrors() && !w.keepGood {
		return w.loaded(), nil // no file of them can be left out
	}
	return w.model(ctx)
}

// workspace is a site folder that can be read again and again: its settings,
// its texts and its theme, each when its files changed. Two readings share
// what did not change between them.
type workspace struct {
	p    *program
	f    *flags
	dir  string
	root *os.Root
	// previews asks for the pages of what is not public.
	previews bool
	// keepGood asks for what was good last where there are errors now: a page
	// stays while its author is in the middle of a word.
	keepGood bool

	reader *content.Reader // made for the settings
	search *search.Memory  // may be nil
	texts  *spill.File     // nil is memory
	parts
}

// parts are what a model is made of. They are replaced and never changed, so a
// copy of them stays true.
type parts struct {
	config *config.Config
	folder *content.Folder
	look   *render.Theme
	now    time.Time
	said   struct{ config, folder, look, own diag.List }
	unread []string // static files that were not looked into
}

// loaded is the site as far as it was read, without a model.
func (w *workspace) loaded() *loaded {
	l := &loaded{parts: w.parts, dir: w.dir}
	l.diags = slices.Concat(l.said.config, l.said.folder, l.said.look, l.said.own)
	return l
}

// internal says that the internal audience is asked for.
func (s parts) internal(f *flags) bool {
	return f.audience == "internal" || f.audience == "" && s.config.Audience == "internal"
}

// readFolder reads the texts that changed. Through os.Root no link leads out of
// the site folder.
func (w *workspace) readFolder() error {
	if w.reader == nil {
		w.reader = content.NewReader(plainfile.Below(w.root), content.Options{
			Internal: w.internal(w.f), Drafts: w.f.drafts, Jobs: w.f.jobs, Gitignores: gitignores(w.dir), KeepGood: w.keepGood, Now: w.p.clock, Texts: w.texts,
		})
	}
	folder, diags, err := w.reader.Load(w.config)
	if err != nil {
		return machinef(remedy(err), "%w", err)
	}
	w.folder, w.said.folder = folder, diags
	return nil
}

// readTheme reads the layouts and the static files. Where they have errors the
// former theme stays; where there is none, the built-in one takes its place.
func (w *workspace) readTheme() error {
	look, diags, err := render.LoadTheme(plainfile.Below(w.root), theme.Theme, w.config.Theme)
	if err != nil {
		return machinef("", "%w", err)
	}
	w.said.look = diags
	w.readOwn()
	switch {
	case !diags.HasErrors():
		w.look = look
	case w.look == nil && w.keepGood:
		if w.look, _, err = render.LoadTheme(nil, theme.Theme, w.config.Theme); err != nil {
			return machinef("", "%w", err)
		}
	}
	return nil
}

// readOwn looks for leaks in what the site's owners publish beside the texts.
func (w *workspace) readOwn() {
	if w.folder != nil {
		w.said.own, w.unread = w.folder.OwnFiles(plainfile.Below(w.root), w.config)
	}
}

// model makes the model and the route table. Some mistakes show only there (an
// address that is taken, a link that a site counts as an error): where files
// with errors are to be left out, it is made again without those, until none
// is found. It hardly ever takes more than two rounds. The error is that of
// ctx.
func (w *workspace) model(ctx context.Context) (*loaded, error) {
	l := w.loaded()
	o := site.Options{
		Now: l.now, Drafts: w.f.drafts, Future: w.f.future, Internal: l.internal(w.f), Portable: w.f.portable,
		Previews: w.previews, Without: map[string]bool{},
	}
	before := l.diags
	var said diag.List // of the rounds whose files were left out
	for ctx.Err() == nil {
		var diags, more diag.List
		l.site, diags = site.New(l.config, l.folder, o)
		if ctx.Err() != nil {
			break
		}
		l.renderer = render.New(l.site, l.look)
		l.renderer.Build, l.renderer.Search, l.renderer.Texts = buildID(), w.search, w.texts
		l.table, more = l.renderer.Table()
		diags = append(diags, more...)
		diags = append(diags, l.redactedNames()...)
		diags = append(diags, l.unsearched()...)
		l.diags = slices.Concat(before, said, diags)
		if !w.f.keepGoing || w.keepGood || !l.without(w.f, o.Without) {
			if w.previews { // a clash among them is one among public pages later
				l.extra, _ = route.New(l.renderer.Previews())
			}
			return l, nil
		}
		said = append(said, diags...)
	}
	return nil, ctx.Err()
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
