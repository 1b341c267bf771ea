package render

import (
	"io"
	"slices"

	"publish/internal/route"
	"publish/internal/site"
)

// machineRoutes gives what programs read: feeds, data, sitemap and the files
// that hosts and crawlers look for. Feeds and sitemap need absolute addresses:
// without a base URL they are left out.
func machineRoutes(s *site.Site) []*route.Route {
	routes := []*route.Route{
		bytesRoute("/robots.txt", "robots file", robots(s)),
		// GitHub Pages would otherwise run Jekyll on the output.
		bytesRoute("/.nojekyll", "mark for GitHub Pages", nil),
	}
	if wants(s, "feeds") && s.Links.Known() {
		routes = append(routes, feedRoutes(s)...)
	}
	if wants(s, "data") {
		routes = append(routes, dataRoutes(s)...)
	}
	if s.HasRegister() && s.Shows("due") {
		routes = append(routes, calendarRoute(s))
	}
	if s.Links.Known() && !s.Options.Internal {
		routes = append(routes, sitemapRoutes(s, maxSitemap)...)
	}
	return routes
}

func wants(s *site.Site, output string) bool { return slices.Contains(s.Config.Outputs, output) }

func bytesRoute(path, source string, content []byte) *route.Route {
	return &route.Route{Path: path, Source: source, Render: func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	}}
}
