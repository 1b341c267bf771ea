package render

import (
	"io"
	"slices"

	"publish/internal/postmortem"
	"publish/internal/route"
	"publish/internal/site"
)

// Alone is the page of one document for a file of its own: the same view in the
// same layout. Where the site's address is not known, it comes without what
// only leads to other pages. It may be called once Table has returned.
func (r *Renderer) Alone(p *site.Page) *route.Route {
	b := r.b
	return &route.Route{Path: p.Path, Source: p.Document.Path, Render: func(w io.Writer) error {
		var view any
		if p.Kind == postmortem.KindPage {
			v := b.page(p)
			if view = v; !b.site.Links.Known() {
				v.alone()
				v.Older, v.Newer = nil, nil
			}
		} else {
			v := b.post(p)
			if view = v; !b.site.Links.Known() {
				v.alone()
				v.Older, v.Newer = nil, nil
				v.Subscribe = slices.DeleteFunc(v.Subscribe, func(l Link) bool { return !l.External })
			}
		}
		return b.theme.render(w, b.layoutOf(p), p.Lang, view)
	}}
}

// alone takes off what leads to other pages of the site.
func (f *Frame) alone() {
	f.Feeds, f.Menu, f.Search, f.Breadcrumb = nil, nil, "", nil
	f.Navigation, f.Languages = nil, nil
	f.Footer = slices.DeleteFunc(f.Footer, func(l Link) bool { return !l.External })
}
