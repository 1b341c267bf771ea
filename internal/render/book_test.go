package render

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

var bookFiles = map[string]string{
	"publish.yaml":            "language: en\nmenu:\n  - {title: Guide, url: guide/README.md}\n  - {title: Status, url: 'https://status.example.org/'}\n",
	"content/SUMMARY.md":      "# Summary\n\n- [Guide](guide/README.md)\n  - [Begin](guide/start.md)\n\n## Reports\n\n- [The first](2024-01-10-first.md)\n- [Gone](gone.md)\n",
	"content/guide/README.md": "# The guide\n\nText.\n", "content/guide/start.md": "# How to start\n\nText.\n",
	"content/apart.md": "# Apart\n\nText.\n", "content/2024-01-10-first.md": "# First\n\nText.\n",
}

var treeOf = regexp.MustCompile(`(?s)<nav class="tree".*?</nav>`)

func TestTreeStandsOnItsPages(t *testing.T) {
	pages := pagesOf(t, siteFolder(t, bookFiles), "", "")
	for _, path := range []string{"/", "/guide/", "/guide/start/", "/2024/01/10/first/"} {
		nav := treeOf.FindString(pages[path])
		current := strings.Count(nav, `aria-current="page"`)
		if nav == "" || (current == 1) != (path != "/") {
			t.Errorf("%s marks %d items of the tree %q", path, current, nav)
		}
		if strings.Contains(nav, "Gone") {
			t.Errorf("%s names a page that is not there: %q", path, nav)
		}
	}
	for _, path := range []string{"/apart/", "/archive/", "/2024/"} {
		if treeOf.MatchString(pages[path]) {
			t.Errorf("%s does not stand in the tree and shows it", path)
		}
	}
	start := pages["/guide/start/"]
	for _, want := range []string{
		`<a href="./" aria-current="page">Begin</a>`, "<span>Reports</span>",
		`<a rel="prev" href="../"><span>Previous</span> <b>Guide</b></a>`,
		`<a rel="next" href="../../2024/01/10/first/"><span>Next</span> <b>The first</b></a>`,
		`<li><a href="../">The guide</a></li>` + "\n" + `<li><span aria-current="page">How to start</span></li>`,
		`<li><a href="https://status.example.org/" rel="external">Status</a></li>`,
	} {
		if !strings.Contains(start, want) {
			t.Errorf("%s is not in the page:\n%s", want, start)
		}
	}
}

// A table of very many reports does not stand on each of them in full.
func TestLongTreeShowsWhatIsNear(t *testing.T) {
	files := map[string]string{"publish.yaml": "language: en\n", "content/other.md": "# Other\n\nText.\n"}
	summary := "# Summary\n\n## Reports\n\n"
	for i := range 200 {
		name := fmt.Sprintf("chapter%03d.md", i)
		files["content/"+name] = "# A chapter\n\nText.\n"
		summary += fmt.Sprintf("- [Page %d](%s)\n", i, name)
	}
	files["content/SUMMARY.md"] = summary + "\n## Others\n\n- [Other](other.md)\n"
	pages := pagesOf(t, siteFolder(t, files), "", "")
	for path, want := range map[string]struct {
		links     int
		has, lack string
	}{
		"/chapter000/": {maxTree + 1 + 1, `<a href="../chapter060/">140 more</a>`, ">Page 60<"},
		"/chapter100/": {maxTree + 2 + 1, `<a href="../chapter069/">70 more</a>`, ">Page 69<"},
		"/chapter199/": {maxTree + 1 + 1, `<a href="../chapter139/">140 more</a>`, ">Page 139<"},
		"/other/":      {2, `<a href="../chapter000/">Reports</a>`, ">Page 0<"},
	} {
		nav := treeOf.FindString(pages[path])
		if n := strings.Count(nav, "<a "); n != want.links || !strings.Contains(nav, want.has) || strings.Contains(nav, want.lack) {
			t.Errorf("%s shows %d links, want %d with %s:\n%s", path, n, want.links, want.has, nav)
		}
	}
}

func TestBreadcrumbsBelowTheHomePage(t *testing.T) {
	for path, page := range pagesOf(t, "testdata/pages", "https://example.org/", "") {
		if has := strings.Contains(page, `<nav class="breadcrumb"`); has != (path != "/") {
			t.Errorf("%s: a breadcrumb is %v", path, has)
		}
	}
}
