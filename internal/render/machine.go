package render

import (
	"io"
	"slices"

	"publish/internal/route"
	"publish/internal/site"
)

// machine gives what programs read, but for the feeds of terms and the data
// beside each postmortem: feeds, data, sitemap and the files that hosts and
// crawlers look for. Feeds and sitemap need absolute addresses: without a base
// URL they are left out.
func (b *builder) machine() []planned {
	s := b.site
	routes := []planned{
		bytesRoute("/robots.txt", "robots file", robots(s)),
		// GitHub Pages would otherwise run Jekyll on the output.
		bytesRoute("/.nojekyll", "mark for GitHub Pages", nil),
	}
	if b.termFeeds {
		feeds, _ := b.siteFeeds()
		routes = append(append(routes, feeds...), b.updatesRoute())
	}
	if b.data {
		routes = append(routes, b.allData(), b.table(), bytesRoute("/schema/postmortems.json", "schema of the data", dataSchema))
	}
	routes = append(routes, b.statusRoutes()...)
	if s.HasRegister() && s.Shows("due") {
		routes = append(routes, b.calendarRoute())
	}
	if s.Links.Known() && !s.Options.Internal {
		routes = append(routes, b.sitemaps(maxSitemap)...)
	}
	return routes
}

func wants(s *site.Site, output string) bool { return slices.Contains(s.Config.Outputs, output) }

func bytesRoute(path, source string, content []byte) planned {
	return planned{&route.Route{Path: path, Source: source, Render: func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	}}, func(h *route.Hash) { h.Bytes(content) }}
}
