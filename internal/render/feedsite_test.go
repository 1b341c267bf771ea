package render

import (
	"bytes"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/mmcdole/gofeed"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/markdown"
	"publish/internal/site"
)

// loadTestSite reads a site from files, as the program does.
func loadTestSite(t *testing.T, files map[string]string) *site.Site {
	t.Helper()
	dir := fstest.MapFS{}
	for name, text := range files {
		dir[name] = &fstest.MapFile{Data: []byte(text)}
	}
	cfg, diags := config.Load(dir, "")
	base, err := url.Parse(testBase)
	if err != nil {
		t.Fatal(err)
	}
	cfg.BaseURL = base
	folder, more, err := content.Load(dir, cfg, content.Options{Jobs: 1})
	if err != nil {
		t.Fatal(err)
	}
	diags = append(diags, more...)
	s, more := site.New(cfg, folder, site.Options{Now: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)})
	if diags = append(diags, more...); diags.HasErrors() {
		t.Fatalf("the test's own site has errors: %v", diags)
	}
	return s
}

// The reader of files refuses control characters; should it let them through
// one day, what package markdown makes of them must not reach a feed.
func TestTerminalCodesInFeedContent(t *testing.T) {
	doc, _ := markdown.Parse([]byte("```\n\x1b[1;31mred\x1b[0m \x1b]8;;https://x.example/\x1b\\link\x1b]8;;\x1b\\\n```\n"), markdown.Options{Profile: markdown.Feed})
	html := feedHTML(doc.AppendHTML(nil, func(*markdown.Link) markdown.Target { return markdown.Target{} }))
	if want := "<pre><code>red link\n</code></pre>\n"; html != want {
		t.Errorf("got %q, want %q", html, want)
	}
}

var feedAddress = regexp.MustCompile(`(?:href|src|cite|poster)="([^"]*)"`)

func TestFeedContentFromFiles(t *testing.T) {
	s := loadTestSite(t, map[string]string{
		"publish.yaml": "title: Reports\n",
		"content/2021-04-29-outage.md": "---\ntitle: Panne\nseverity: sev1\nlang: fr\n---\n" +
			"Texte[^1] avec [un lien](2021-04-01-other.md#cause), [la page](https://x.example/?a=1&b=2)\n" +
			"et ![un graphe](graph.png).\n\n## Journal\n\n```\n]]> rouge & <b>\n```\n\n[Journal](#journal)\n\n[^1]: Une note.\n",
		"content/2021-04-01-other.md": "---\ntitle: Other\nimpacts: [many]\n---\n## Cause\n\nText.\n",
		"content/graph.png":           "not really an image",
	})
	routes := machineRoutes(s)
	for _, format := range feedFormats {
		raw := renderRoute(t, routes, format.path)
		checkFeed(t, format, raw)
		got, err := gofeed.NewParser().Parse(bytes.NewReader(raw))
		if err != nil || len(got.Items) != 2 {
			t.Fatalf("%s: %v, %v", format.name, err, got)
		}
		html := got.Items[0].Content
		for _, want := range []string{
			`href="https://status.example/reports/2021/04/01/other/#cause"`, `src="https://status.example/reports/`,
			"]]&gt; rouge &amp; &lt;b&gt;", "Une note.",
		} {
			if !strings.Contains(html, want) {
				t.Errorf("%s: %s is not in\n%s", format.name, want, html)
			}
		}
		for _, m := range feedAddress.FindAllStringSubmatch(html, -1) {
			if !strings.HasPrefix(m[1], "https://") {
				t.Errorf("%s: the address %q is not absolute", format.name, m[1])
			}
		}
		for _, bad := range []string{" id=", " class=", "<script", "<span"} {
			if strings.Contains(html, bad) {
				t.Errorf("%s: %q is in\n%s", format.name, bad, html)
			}
		}
	}
}
