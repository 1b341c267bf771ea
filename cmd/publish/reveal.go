package main

import (
	"errors"
	"maps"
	"slices"

	"publish/internal/diag"
	"publish/internal/preview"
	"publish/internal/route"
	"publish/internal/site"
)

// show makes a model the one that is served, says what is new, and goes on to
// render what nobody looks at. A model that is the same as before, byte for
// byte, is no news; the places that it names may be others all the same.
func (v *live) show(l *loaded, e edits) {
	before, pages, problems := v.shown, changedRoutes(v.shown, l), v.problems(l)
	e.reload = e.reload && pages > 0
	news := before == nil || pages > 0 || !slices.Equal(problems, v.current) || !slices.Equal(held(before.site), held(l.site))
	v.shown, v.current = l, problems // also if nothing is new: it holds the documents as they are now
	if news || v.led {
		v.reveal(e)
	} else {
		v.reveal(edits{})
	}
	switch {
	case before == nil:
		v.told.problems = problems
	case news:
		e.ours(before, l)
		v.told.emptied(before, l)
		v.told.address(before.site.Links.BasePath(), l.site.Links.BasePath())
		if said := v.told.mistakes(problems); !said || pages > 0 {
			v.told.revision(e, pages, v.w.p.clock().Sub(e.since))
		}
	}
	v.renderRest(l.table)
}

// reveal hands the whole to the preview.
func (v *live) reveal(e edits) {
	l := v.shown
	rev := &preview.Revision{
		Table: l.table, Extra: l.extra, Errors: only(v.current, diag.Error), Warnings: only(v.current, diag.Warning),
		Source: l.source, Held: held(l.site), Doubts: l.doubts, Reload: e.reload,
		Base: l.site.Links.BasePath(), Ahead: v.ahead(slices.Collect(maps.Keys(v.state.files))),
	}
	v.led = len(rev.Ahead) > 0
	if len(e.files) == 1 {
		for name := range e.files {
			if page := l.pageOf(name); page != nil {
				rev.Edited, rev.EditedTitle = page.Path, page.Title
			}
		}
	}
	v.handler.Show(rev)
}

// changedRoutes counts the addresses that are new, gone, or answer something
// else, those of previews too.
func changedRoutes(before, now *loaded) int {
	if before == nil {
		return len(now.table.All())
	}
	n := 0
	for _, r := range now.routes() {
		if was := before.route(r.Path); was == nil || !was.Key.Same(r.Key) {
			n++
		}
	}
	for _, r := range before.routes() {
		if now.route(r.Path) == nil {
			n++
		}
	}
	return n
}

// routes are all that the preview answers.
func (l *loaded) routes() []*route.Route {
	if l.extra == nil || len(l.extra.All()) == 0 {
		return l.table.All()
	}
	return slices.Concat(l.table.All(), l.extra.All())
}

// route gives what the preview answers at a path, or nil.
func (l *loaded) route(path string) *route.Route {
	if r := l.table.Get(path); r != nil || l.extra == nil {
		return r
	}
	return l.extra.Get(path)
}

// pageOf gives the page of a file, or its preview, or nil.
func (l *loaded) pageOf(file string) *site.Page {
	if page := l.site.PageOf(file); page != nil {
		return page
	}
	for _, p := range l.site.Previews {
		if p.Document.Path == file {
			return p
		}
	}
	return nil
}

// problems are the errors and warnings of a model, at the site's own levels.
func (v *live) problems(l *loaded) diag.List {
	list := slices.Clone(l.diags)
	if failure := v.failed.err(); failure != nil {
		list = append(list, diag.Diagnostic{Level: diag.Error, Code: diag.Config, Message: failureText(failure),
			Hint: "the preview shows the site as it was"})
	}
	list = leveled(l.config, v.w.f, append(list, v.faults...))
	list = slices.DeleteFunc(list, func(d diag.Diagnostic) bool { return d.Level < diag.Warning })
	list.Sort()
	return list
}

// failureText is what a failure of the machine says, without what to do.
func failureText(err error) string {
	if own, ok := errors.AsType[*failure](err); ok {
		return own.err.Error()
	}
	return err.Error()
}

func only(list diag.List, level diag.Level) diag.List {
	return slices.DeleteFunc(slices.Clone(list), func(d diag.Diagnostic) bool { return d.Level != level })
}

// held lists what is not public, for the strip of the preview.
func held(s *site.Site) []preview.Held {
	at := map[string]*site.Page{}
	for _, p := range s.Previews {
		at[p.Document.Path] = p
	}
	var list []preview.Held
	for _, h := range s.Held {
		one := preview.Held{Title: h.Document.Title, File: h.Document.Path, Reason: h.Reason}
		if p := at[h.Document.Path]; p != nil {
			one.Path = p.Path
		}
		list = append(list, one)
	}
	return list
}
