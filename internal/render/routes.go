// Package render turns the model of a site into routes: pages in a theme, and
// what machines read. It decides nothing about content: what is shown, in
// which order and under which address stands in the model; how it looks, in
// layouts/ and static/.
package render

import (
	"path"
	"slices"
	"strings"

	"publish/internal/diag"
	"publish/internal/postmortem"
	"publish/internal/route"
	"publish/internal/search"
	"publish/internal/site"
	"publish/internal/spill"
)

// Renderer makes the routes of one site in one theme. It never changes what it
// was given but for Site.Confirm, and may be used by many goroutines once Table
// has returned.
type Renderer struct {
	// Build names the program's build: keys are good for one build only.
	Build string
	// Search keeps what was read for the search from one revision of the site to
	// the next; it may be nil.
	Search *search.Memory
	// Texts is where that is put away which several routes show; nil is nowhere,
	// and each makes its own.
	Texts *spill.File

	b *builder
}

// New makes a Renderer.
func New(s *site.Site, theme *Theme) *Renderer {
	return &Renderer{b: &builder{site: s, theme: theme, has: map[string]bool{}}}
}

// Table is the whole site: all its routes, with their keys. What an author put
// in the place of something generated wins, and is noted. The links to what is
// generated are settled (Site.Confirm), since only the table knows it, and a
// key holds where they lead.
func (r *Renderer) Table() (*route.Table, diag.List) {
	r.b.memory, r.b.texts = r.Search, r.Texts
	all, diags := r.b.all()
	routes := make([]*route.Route, len(all))
	for i := range all {
		routes[i] = all[i].Route
	}
	table, more := route.New(routes)
	diags = append(diags, more...)
	diags = append(diags, r.b.site.Confirm(func(path string) bool { return table.Get(path) != nil })...)
	r.b.book = newBook(r.b)
	r.b.build = r.Build
	r.b.setKeys(all)
	return table, diags
}

// Page is the route of one document's page: of one in the site, or of one that
// Site.Ahead made of it.
func (r *Renderer) Page(p *site.Page) *route.Route {
	made := r.b.document(p)
	if p.Path == "/" && p.Kind == postmortem.KindPage {
		open, rest := byState(r.b.site.Posts)
		made = r.b.homePage(1, open, rest, p)
	} else if r.b.isHomeText(p) {
		made = r.b.languageHome(p.Lang, p.Path, p)
	}
	var h route.Hash
	made.setKey(&h, r.b.build)
	return made.Route
}

// Previews are the routes of what waits to become public, with the reason on
// each page, and of the files that only these pages show. It may be called once
// Table has returned.
func (r *Renderer) Previews() []*route.Route {
	made := assetRoutes(r.b.site.PreviewAssets)
	for _, p := range r.b.site.Previews {
		made = append(made, r.b.document(p))
	}
	var h route.Hash
	routes := make([]*route.Route, len(made))
	for i := range made {
		made[i].setKey(&h, r.b.build)
		routes[i] = made[i].Route
	}
	return routes
}

// all lists the routes: this is the whole site on one screen. Nothing is
// rendered yet.
func (b *builder) all() ([]planned, diag.List) {
	b.promises, b.providers = hasPromises(b.site), b.site.Providers()
	b.data = wants(b.site, "data")
	b.termFeeds = wants(b.site, "feeds") && b.site.Links.Known()
	machine := b.machine()
	insights := b.insights()      // /insights/
	providers := b.providerPage() // /providers/
	redactions := b.redactions()  // /redactions/
	for _, r := range slices.Concat(machine, insights, providers, redactions) {
		b.has[r.Path] = true
	}
	own := slices.Concat(
		b.documents(), // postmortems, posts, maintenances, pages, tombstones
		b.theme.staticRoutes(),
	)
	files := assetRoutes(b.site.Assets)
	generated := slices.Concat(
		b.home(),          // /, /page/2/
		b.languageHomes(), // /fr/
		b.registers(),     // /countermeasures/, /countermeasures/page/2/, /countermeasures/services/api/
		b.terms(),         // /2021/, /services/, /services/api/, /severity/…, /tags/…
		[]planned{b.archive(), b.notFound()},
		insights, providers, redactions,
		b.searchRoutes(), // /search/, its index, text.js beside every page
		b.feeds(),        // /feeds/
		b.cards(),        // /card.png, card.png beside every report, /apple-touch-icon.png
		b.redirects(),    // old addresses
		machine,          // feeds, data, sitemap, robots
		b.termFeedRoutes(),
		b.dataRoutes(), // index.json beside every postmortem
	)
	all, diags := replace(generated, own, files)
	all, more := b.addAliases(all)
	return all, slices.Concat(diags, more, b.theme.unused(b.site))
}

// replace puts the author's routes over the generated ones: pages, and files of
// static/. Files beside the texts may not, but for a picture: whoever writes a
// text could poison feeds and data with them.
func replace(generated, own, files []planned) ([]planned, diag.List) {
	var diags diag.List
	byFile := make(map[string]*route.Route, len(own)+len(files))
	for _, r := range own {
		byFile[strings.ToLower(r.File())] = r.Route
	}
	beside := make(map[string]bool, len(files))
	for _, r := range files {
		name := strings.ToLower(r.File())
		byFile[name], beside[name] = r.Route, true
	}
	all := slices.Concat(own, files)
	all = slices.Grow(all, len(generated))
	for _, r := range generated {
		name := strings.ToLower(r.File())
		by := byFile[name]
		if by == nil {
			all = append(all, r)
			continue
		}
		if beside[name] && path.Ext(name) != ".png" {
			diags.Report(diag.URLCollision, diag.Pos{File: by.Source}, "rename it, or put it into `static/` if it is to take that place",
				"the file has the address %s, which is that of the generated %s", r.Path, r.Source)
			continue
		}
		diags.Report(diag.PageReplaced, diag.Pos{File: by.Source}, "", "%q takes the place of the generated %s", r.Path, r.Source)
	}
	return all, diags
}
