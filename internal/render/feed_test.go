package render

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/markdown"
	"publish/internal/postmortem"
	"publish/internal/route"
	"publish/internal/site"
)

const testBase = "https://status.example/reports/"

// newTestSite makes a site of documents, with a base URL and the defaults that
// matter here.
func newTestSite(t *testing.T, change func(*config.Config), docs ...*content.Document) *site.Site {
	t.Helper()
	base, err := url.Parse(testBase)
	if err != nil {
		t.Fatal(err)
	}
	cfg := &config.Config{
		Title: "Example reports", BaseURL: base, Language: "en", Outputs: []string{"html", "feeds", "search", "data"},
		Feed: config.Feed{Limit: 20}, PerPage: 20,
		Severities: []config.Severity{{ID: "sev1", Label: "SEV1", Rank: 0}, {ID: "sev2", Label: "SEV2", Rank: 1}},
	}
	if change != nil {
		change(cfg)
	}
	now := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	s, diags := site.New(cfg, &content.Folder{Root: "content", Documents: docs}, site.Options{Now: now})
	if diags.HasErrors() {
		t.Fatalf("the test's own site has errors: %v", diags)
	}
	return s
}

// machineRoutes are the routes that programs read.
func machineRoutes(s *site.Site) []*route.Route { return sitemapRoutes(s, maxSitemap) }

// sitemapRoutes are those of a site whose sitemaps have a limit.
func sitemapRoutes(s *site.Site, limit int) []*route.Route {
	b := New(s, &Theme{}).b
	all, _ := b.all()
	var routes []*route.Route
	if limit != maxSitemap {
		all = b.sitemaps(limit)
	}
	for _, r := range all {
		if !strings.HasSuffix(r.Path, "/") && r.Path != "/404.html" {
			routes = append(routes, r.Route)
		}
	}
	return routes
}

// newTestDoc makes a postmortem of 2021-04-DAY.
func newTestDoc(day int, name string, change func(*content.Document)) *content.Document {
	d := content.Document{
		Path: fmt.Sprintf("content/2021-04-%02d-%s.md", day, name), Stem: name, Title: "About " + name, Lang: "en",
		Kind: postmortem.KindPostmortem, Date: testDay(2021, 4, day),
	}.With(&postmortem.Postmortem{Summary: "What " + name + " was."}, &markdown.Doc{HasWords: true})
	if change != nil {
		change(d)
	}
	d.Meta().Head = d.Head
	postmortem.NameEvents(d.Meta().Timeline)
	return d
}

func testDay(year int, month time.Month, day int) postmortem.Moment {
	return postmortem.Moment{Time: time.Date(year, month, day, 0, 0, 0, 0, time.UTC), Precision: postmortem.Day}
}

// testTime is a moment with a clock time; without an offset it is unzoned.
func testTime(t *testing.T, text string) postmortem.Moment {
	t.Helper()
	if at, err := time.Parse("2006-01-02T15:04Z07:00", text); err == nil {
		return postmortem.Moment{Time: at, Precision: postmortem.Minute, Zoned: true, Written: text}
	}
	at, err := time.Parse("2006-01-02T15:04", text)
	if err != nil {
		t.Fatal(err)
	}
	return postmortem.Moment{Time: at, Precision: postmortem.Minute, Written: text}
}

func renderRoute(t *testing.T, routes []*route.Route, path string) []byte {
	t.Helper()
	for _, r := range routes {
		if r.Path != path {
			continue
		}
		var first, second bytes.Buffer
		if err := r.Render(&first); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if err := r.Render(&second); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("%s: two renderings differ", path)
		}
		return first.Bytes()
	}
	t.Fatalf("there is no route %s", path)
	return nil
}

func routePaths(routes []*route.Route) []string {
	var paths []string
	for _, r := range routes {
		paths = append(paths, r.Path)
	}
	slices.Sort(paths)
	return paths
}

// testFeed is a feed with everything that has gone wrong in feeds before, its
// texts cleaned as newFeed does it.
func testFeed() *feed {
	paris := time.FixedZone("CEST", 2*60*60)
	return &feed{
		id: site.FeedID("", ""), title: cleanText("Reports <&> \x1b[1mbold\x1b[0m"), subtitle: "What broke & why", language: "en",
		rights: "CC-BY-4.0", home: testBase, authors: []string{"Example team"},
		updated: time.Date(2021, 5, 2, 10, 0, 0, 0, paris),
		entries: []feedEntry{
			{
				id: site.FeedID("", "a"), url: testBase + "2021/04/29/a/", language: "fr",
				title:   cleanText("Panne ]]> <b>\x07\ufffe & \x1b]8;;https://x.example\x1b\\lien\x1b]8;;\x1b\\ AT&amp;T"),
				summary: "5 < 6 & ]]> fin",
				content: cleanText("<p>Journal\u00a0: ]]&gt; ]]> \x1b[31mrouge\x1b[0m \x00\x0b\ufffe\uffff &lt;b&gt; 🔥</p>\n<p><a href=\"https://status.example/reports/x/\">x</a></p>"),
				authors: []postmortem.Author{{Name: "Ada"}, {Name: "Bob & Co", URL: "https://bob.example/"}},
				// A change that a reader should see.
				published: time.Date(2021, 4, 29, 9, 21, 0, 0, paris), updated: time.Date(2021, 5, 2, 10, 0, 0, 0, paris),
				categories: []feedCategory{
					{testBase + "severity/", "sev1", "SEV1"}, {testBase + "services/", "API & web", ""}, {testBase + "tags/", "dns", ""},
				},
			},
			{
				id: site.FeedID("", "b"), url: testBase + "2021/04/28/b/", language: "en", title: "Beyond the cap", summary: "Only this.",
				published: time.Date(2021, 4, 28, 0, 0, 0, 0, time.UTC), updated: time.Date(2021, 4, 28, 0, 0, 0, 0, time.UTC),
			},
		},
	}
}

func encodeTest(t *testing.T, format feedFormat, f *feed) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := format.encode(&buf, f, strings.TrimSuffix(testBase, "/")+format.path); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func TestEveryFormatSaysTheSame(t *testing.T) {
	want := testFeed()
	for _, format := range feedFormats {
		t.Run(format.name, func(t *testing.T) {
			raw := encodeTest(t, format, want)
			checkFeed(t, format, raw)
			got, err := gofeed.NewParser().Parse(bytes.NewReader(raw))
			if err != nil {
				t.Fatalf("%v\n%s", err, raw)
			}
			if got.Title != "Reports <&> bold" || got.Description != inFormat(format, want.subtitle) {
				t.Errorf("title %q, description %q", got.Title, got.Description)
			}
			if got.FeedLink != strings.TrimSuffix(testBase, "/")+format.path || got.Link != testBase {
				t.Errorf("feed link %q, link %q", got.FeedLink, got.Link)
			}
			if len(got.Items) != len(want.entries) {
				t.Fatalf("%d items, want %d", len(got.Items), len(want.entries))
			}
			for i, item := range got.Items {
				compareItem(t, format, item, want.entries[i])
			}
		})
	}
}

// inFormat is a plain text where the format wants HTML.
func inFormat(format feedFormat, text string) string {
	if strings.HasPrefix(format.name, "RSS") {
		return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
	}
	return text
}

func compareItem(t *testing.T, format feedFormat, got *gofeed.Item, want feedEntry) {
	t.Helper()
	if got.GUID != want.id || got.Link != want.url || got.Title != want.title {
		t.Errorf("id %q, link %q, title %q; want %q, %q, %q", got.GUID, got.Link, got.Title, want.id, want.url, want.title)
	}
	if got.Description != inFormat(format, want.summary) {
		t.Errorf("summary %q, want %q", got.Description, inFormat(format, want.summary))
	}
	content := want.content
	if content == "" && strings.HasPrefix(format.name, "JSON") {
		content = want.summary
	}
	if got.Content != content {
		t.Errorf("content\n%q, want\n%q", got.Content, content)
	}
	if got.PublishedParsed == nil || !got.PublishedParsed.Equal(want.published) {
		t.Errorf("published %v, want %v", got.PublishedParsed, want.published)
	}
	if got.UpdatedParsed != nil && !got.UpdatedParsed.Equal(want.updated) {
		t.Errorf("updated %v, want %v", got.UpdatedParsed, want.updated)
	}
	if len(got.Categories) != len(want.categories) {
		t.Errorf("categories %q, want %v", got.Categories, want.categories)
	}
	if len(want.authors) > 0 && (len(got.Authors) == 0 || !strings.Contains(got.Authors[0].Name, want.authors[0].Name)) {
		t.Errorf("authors %v, want %v", got.Authors, want.authors)
	}
}

func TestFeedsOfASite(t *testing.T) {
	zone := time.FixedZone("", 2*60*60)
	docs := []*content.Document{
		newTestDoc(1, "plain", nil),
		newTestDoc(2, "zoned", func(d *content.Document) {
			d.Date = testTime(t, "2021-04-02T09:21-05:00")
			d.Meta().Updated = testTime(t, "2021-04-03T08:00Z")
		}),
		newTestDoc(3, "late", func(d *content.Document) { d.Meta().Embargo = testDay(2021, 6, 1) }),
		newTestDoc(4, "same-day", func(d *content.Document) {
			d.Date = testTime(t, "2021-04-04T15:00")
			d.Meta().Updated = testDay(2021, 4, 4)
		}),
		newTestDoc(5, "draft", func(d *content.Document) { d.Meta().Draft = true }),
		newTestDoc(6, "work", func(d *content.Document) { d.Kind = postmortem.KindMaintenance }),
	}
	s := newTestSite(t, func(c *config.Config) { c.Timezone = zone }, docs...)
	got, err := gofeed.NewParser().Parse(bytes.NewReader(renderRoute(t, machineRoutes(s), "/feed.xml")))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, item := range got.Items {
		lines = append(lines, fmt.Sprint(item.Title, " ", item.Published, " ", item.Updated))
	}
	want := []string{
		"About late 2021-06-01T00:00:00+02:00 2021-06-01T00:00:00+02:00",
		"About same-day 2021-04-04T15:00:00+02:00 2021-04-04T15:00:00+02:00",
		"About zoned 2021-04-02T09:21:00-05:00 2021-04-03T08:00:00Z",
		"About plain 2021-04-01T00:00:00+02:00 2021-04-01T00:00:00+02:00",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
	if got.Updated != "2021-06-01T00:00:00+02:00" {
		t.Errorf("the feed was updated at %s", got.Updated)
	}
}

func TestFeedIdsSurviveTitleAddressAndDomain(t *testing.T) {
	ids := func(change func(*config.Config), edit func(*content.Document)) []string {
		s := newTestSite(t, change, newTestDoc(1, "a", edit))
		got, err := gofeed.NewParser().Parse(bytes.NewReader(renderRoute(t, machineRoutes(s), "/rss.xml")))
		if err != nil {
			t.Fatal(err)
		}
		atom := string(renderRoute(t, machineRoutes(s), "/feed.xml"))
		return []string{got.Items[0].GUID, atom[strings.Index(atom, "<id>"):strings.Index(atom, "</id>")]}
	}
	before := ids(nil, nil)
	after := ids(
		func(c *config.Config) {
			c.Title, c.BaseURL, c.Permalink = "Renamed", &url.URL{Scheme: "https", Host: "other.example", Path: "/"}, "/:title/"
		},
		func(d *content.Document) {
			d.Title, d.Head.Slug, d.Meta().Updated = "Retitled", "moved", testDay(2022, 1, 1)
		},
	)
	if !slices.Equal(before, after) || !strings.HasPrefix(before[0], "urn:uuid:") {
		t.Errorf("ids were %q, are %q", before, after)
	}
}

func TestTermFeedsAndAliases(t *testing.T) {
	s := newTestSite(t, func(c *config.Config) {
		for _, path := range []string{"/index.xml", "/atom.xml", "/feed/rss", "/old.json"} {
			c.Feed.Aliases = append(c.Feed.Aliases, config.Alias{Path: path})
		}
	},
		newTestDoc(1, "a", func(d *content.Document) {
			d.Head.Services, d.Meta().Severity.Text = []string{"API"}, "sev1"
			d.Head.Tags = []string{"dns"}
		}),
		newTestDoc(2, "b", nil))
	routes := machineRoutes(s)
	counts := map[string]int{
		"/feed.xml": 2, "/rss.xml": 2, "/feed.json": 2, "/index.xml": 2, "/atom.xml": 2, "/feed/rss": 2, "/old.json": 2,
		"/services/api/feed.xml": 1, "/severity/sev1/feed.xml": 1, "/tags/dns/feed.xml": 1,
	}
	seen := map[string]string{}
	for path, want := range counts {
		got, err := gofeed.NewParser().Parse(bytes.NewReader(renderRoute(t, routes, path)))
		if err != nil || len(got.Items) != want {
			t.Errorf("%s: %v, %d items, want %d", path, err, len(got.Items), want)
			continue
		}
		self := path
		if now := map[string]string{"/index.xml": "/feed.xml", "/atom.xml": "/feed.xml", "/feed/rss": "/rss.xml", "/old.json": "/feed.json"}[path]; now != "" {
			self = now
			if !bytes.Equal(renderRoute(t, routes, path), renderRoute(t, routes, now)) {
				t.Errorf("%s has other bytes than %s", path, now)
			}
		}
		if got.FeedLink != strings.TrimSuffix(testBase, "/")+self {
			t.Errorf("%s calls itself %s", path, got.FeedLink)
		}
		if strings.HasSuffix(path, "/feed.xml") {
			if other := seen[got.Title]; other != "" {
				t.Errorf("%s has the title of %s: %q", path, other, got.Title)
			}
			seen[got.Title] = path
		}
	}
}

func TestWithoutBaseURLThereAreNoFeeds(t *testing.T) {
	for name, change := range map[string]func(*config.Config){
		"no base URL":      func(c *config.Config) { c.BaseURL = nil },
		"feeds not wanted": func(c *config.Config) { c.Outputs = []string{"html"} },
	} {
		s := newTestSite(t, change, newTestDoc(1, "a", nil))
		for _, path := range routePaths(machineRoutes(s)) {
			if strings.Contains(path, "feed") || strings.Contains(path, "rss") {
				t.Errorf("%s: there is %s", name, path)
			}
		}
	}
}

func TestAnEmptyFeedIsValid(t *testing.T) {
	s := newTestSite(t, nil)
	routes := machineRoutes(s)
	for _, format := range feedFormats {
		raw := renderRoute(t, routes, format.path)
		checkFeed(t, format, raw)
		got, err := gofeed.NewParser().Parse(bytes.NewReader(raw))
		if err != nil || len(got.Items) != 0 {
			t.Errorf("%s: %v, %v", format.name, err, got)
		}
	}
}

func TestFeedLimit(t *testing.T) {
	var docs []*content.Document
	for day := range 9 {
		docs = append(docs, newTestDoc(day+1, fmt.Sprint("n", day), nil))
	}
	s := newTestSite(t, func(c *config.Config) { c.Feed.Limit = 3 }, docs...)
	f := siteFeed(s, new(feedTexts))
	if len(f.entries) != 3 || f.entries[0].title != "About n8" {
		t.Errorf("%d entries, the first %q", len(f.entries), f.entries[0].title)
	}
}
