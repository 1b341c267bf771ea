package render

import (
	"fmt"
	"net/url"
	"publish"
	"slices"
	"strings"
	"testing"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/postmortem"
	"publish/internal/route"
	"publish/internal/site"
)

func sitemapOf(t *testing.T, routes []*route.Route, path, element string) (locs, lines []string) {
	t.Helper()
	root := parseXML(t, renderRoute(t, routes, path))
	for _, e := range root.all(sitemapNamespace, element) {
		e.only(t, sitemapNamespace, "loc", "lastmod")
		loc := e.one(t, sitemapNamespace, "loc")
		checkAbsolute(t, "loc", loc)
		locs = append(locs, loc)
		line := strings.TrimPrefix(loc, strings.TrimSuffix(testBase, "/"))
		for _, m := range e.all(sitemapNamespace, "lastmod") {
			line += " " + m.text
		}
		lines = append(lines, line)
	}
	return locs, lines
}

func TestSitemap(t *testing.T) {
	s := newTestSite(t, nil,
		newTestDoc(1, "été", func(d *content.Document) { d.Head.Services = []string{"API"} }),
		newTestDoc(2, "changed", func(d *content.Document) { d.Meta().Updated = testTime(t, "2021-05-01T10:00+02:00") }),
		newTestDoc(3, "draft", func(d *content.Document) { d.Meta().Draft = true }),
		newTestDoc(4, "elsewhere", func(d *content.Document) { d.Head.CanonicalURL = "https://other.example/" }),
		newTestDoc(5, "withdrawn", func(d *content.Document) { d.Head.Withdrawn = "wrong" }),
		content.Document{Path: "content/about.md", Stem: "about", Title: "About", Kind: postmortem.KindPage}.
			With(&postmortem.Postmortem{}, newTestDoc(1, "x", nil).Body()),
	)
	_, got := sitemapOf(t, machineRoutes(s), "/sitemap.xml", "url")
	want := []string{
		"/", "/2021/04/02/changed/ 2021-05-01T10:00:00+02:00", "/2021/04/01/%C3%A9t%C3%A9/ 2021-04-01", "/about/",
		"/archive/", "/feeds/", "/search/", "/2021/", "/services/", "/services/api/",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// What the sitemap lists and what the site has must be the same pages.
func TestSitemapAgreesWithTheRoutes(t *testing.T) {
	s := newTestSite(t, func(c *config.Config) { c.PerPage, c.Pages.Insights = 1, "public" },
		newTestDoc(1, "été", func(d *content.Document) {
			d.Head.Services, d.Head.Tags, d.Meta().Severity.Text = []string{"API"}, []string{"dns"}, "sev1"
			d.Head.Aliases, d.Head.Upstream = []postmortem.Text{{Text: "/old/"}}, []postmortem.Upstream{{Provider: "Cloudy"}}
			d.Meta().Countermeasures = []postmortem.Countermeasure{{Text: "Watch it"}}
		}),
		newTestDoc(2, "other", nil))
	theme, diags, err := LoadTheme(nil, publish.Theme, config.Theme{})
	if err != nil || diags.HasErrors() {
		t.Fatal(err, diags)
	}
	table, _ := New(s, theme).Table()
	var want []string
	for _, r := range table.All() {
		if strings.HasPrefix(r.MediaType(), "text/html") && !slices.Contains([]string{"/404.html", "/old/", "/page/2/"}, r.Path) {
			want = append(want, s.Links.Absolute(r.Path))
		}
	}
	got, _ := sitemapOf(t, table.All(), "/sitemap.xml", "url")
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestSitemapLeavesPreviewsOut(t *testing.T) {
	s := newTestSite(t, nil, newTestDoc(1, "a", nil))
	s.Posts[0].Preview = "draft: true"
	if locs, _ := sitemapOf(t, machineRoutes(s), "/sitemap.xml", "url"); slices.Contains(locs, testBase+"2021/04/01/a/") {
		t.Error("a preview is in the sitemap")
	}
}

func TestSitemapIsSplit(t *testing.T) {
	const limit = 10
	s := newTestSite(t, nil)
	for i := range 2*limit - 4 { // and home page, archive, feeds, search
		s.Pages = append(s.Pages, &site.Page{Document: newTestDoc(1, "a", nil), Path: fmt.Sprintf("/p%d/", i)})
	}
	routes := sitemapRoutes(s, limit)
	files, _ := sitemapOf(t, routes, "/sitemap.xml", "sitemap")
	seen := map[string]bool{}
	for i, file := range files {
		locs, _ := sitemapOf(t, routes, fmt.Sprintf("/sitemap-%d.xml", i+1), "url")
		if file != fmt.Sprintf("%ssitemap-%d.xml", testBase, i+1) || len(locs) != limit {
			t.Errorf("%s has %d addresses", file, len(locs))
		}
		for _, loc := range locs {
			seen[loc] = true
		}
	}
	if len(files) != 2 || len(seen) != 2*limit {
		t.Errorf("%d files with %d addresses, want 2 with %d", len(files), len(seen), 2*limit)
	}
	if routes := sitemapRoutes(s, 2*limit); len(routes) != 1 {
		t.Errorf("%v where one is enough", routePaths(routes))
	}
}

func TestRobots(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*site.Site)
		base   *url.URL
		want   string
	}{
		"public":   {func(*site.Site) {}, &url.URL{Scheme: "https", Host: "a.example", Path: "/"}, "User-agent: *\nAllow: /\n\nSitemap: https://a.example/sitemap.xml\n"},
		"no base":  {func(*site.Site) {}, nil, "User-agent: *\nAllow: /\n"},
		"internal": {func(s *site.Site) { s.Options.Internal = true }, &url.URL{Scheme: "https", Host: "a.example", Path: "/"}, "User-agent: *\nDisallow: /\n"},
	} {
		s := newTestSite(t, func(cfg *config.Config) { cfg.BaseURL = c.base })
		c.change(s)
		routes := machineRoutes(s)
		if got := string(renderRoute(t, routes, "/robots.txt")); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, c.want)
		}
		if got := renderRoute(t, routes, "/.nojekyll"); len(got) > 0 {
			t.Errorf("%s: .nojekyll holds %q", name, got)
		}
		if has := slices.Contains(routePaths(routes), "/sitemap.xml"); has != (name == "public") {
			t.Errorf("%s: sitemap %v", name, has)
		}
	}
}
