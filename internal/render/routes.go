// Package render turns the model of a site into routes: pages in a theme, and
// what machines read. It decides nothing about content: what is shown, in
// which order and under which address stands in the model; how it looks, in
// layouts/ and static/.
package render

import (
	"slices"
	"strings"

	"publish/internal/diag"
	"publish/internal/route"
	"publish/internal/site"
)

// Routes lists the whole site. What an author put in the place of something
// generated wins, and is noted.
func Routes(s *site.Site, theme *Theme) ([]*route.Route, diag.List) {
	machine := machineRoutes(s)
	b := &builder{site: s, theme: theme, has: map[string]bool{}, promises: hasPromises(s)}
	for _, r := range machine {
		b.has[r.Path] = true
	}
	insights := b.insights()   // /insights/
	providers := b.providers() // /providers/
	for _, r := range slices.Concat(insights, providers) {
		b.has[r.Path] = true
	}
	own := slices.Concat(
		b.documents(), // postmortems, posts, maintenances, pages, tombstones
		theme.staticRoutes(),
		assetRoutes(s),
	)
	generated := slices.Concat(
		b.home(),     // /, /page/2/
		b.register(), // /countermeasures/
		b.terms(),    // /2021/, /services/, /services/api/, /severity/…, /tags/…
		[]*route.Route{b.archive(), b.notFound()},
		insights, providers,
		b.feeds(),     // /feeds/
		b.redirects(), // old addresses
		machine,       // feeds, data, sitemap, robots
	)
	return replace(generated, own)
}

// replace puts the author's routes over the generated ones.
func replace(generated, own []*route.Route) ([]*route.Route, diag.List) {
	var diags diag.List
	byFile := make(map[string]*route.Route, len(own))
	for _, r := range own {
		byFile[strings.ToLower(r.File())] = r
	}
	all := own
	for _, r := range generated {
		if by := byFile[strings.ToLower(r.File())]; by != nil {
			diags.Report(diag.PageReplaced, diag.Pos{File: by.Source}, "", "%q takes the place of the generated %s", r.Path, r.Source)
			continue
		}
		all = append(all, r)
	}
	return all, diags
}
