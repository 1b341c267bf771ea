package render

import (
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/diag"
	"publish/internal/locale"
	"publish/internal/route"
	"publish/internal/site"
)

// siteFolder writes the files of a site, by path.
func siteFolder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// routesOf makes the routes of a site folder.
func routesOf(t *testing.T, dir, base, language string) []*route.Route {
	t.Helper()
	return routesWith(t, dir, base, language, site.Options{})
}

func routesWith(t *testing.T, dir, base, language string, o site.Options) []*route.Route {
	t.Helper()
	cfg, diags := config.Load(os.DirFS(dir), "")
	if base != "" {
		u, err := url.Parse(base)
		if err != nil {
			t.Fatal(err)
		}
		cfg.BaseURL = u
	}
	if language != "" {
		cfg.Language = language
	}
	folder, more, err := content.Load(os.DirFS(dir), cfg, content.Options{Jobs: 1})
	if err != nil {
		t.Fatal(err)
	}
	diags = append(diags, more...)
	o.Now = time.Date(2024, 7, 1, 12, 0, 0, 0, time.UTC)
	s, more := site.New(cfg, folder, o)
	diags = append(diags, more...)
	theme, more, err := LoadTheme(nil, repository, config.Theme{})
	if err != nil {
		t.Fatal(err)
	}
	diags = append(diags, more...)
	table, more := New(s, theme).Table()
	if diags = append(diags, more...); diags.HasErrors() {
		t.Fatalf("the test's own site has errors: %v", diags)
	}
	return table.All()
}

// pagesOf renders every page of a site folder: path → HTML.
func pagesOf(t *testing.T, dir, base, language string) map[string]string {
	t.Helper()
	pages := map[string]string{}
	for _, r := range routesOf(t, dir, base, language) {
		if !strings.HasPrefix(r.MediaType(), "text/html") {
			continue
		}
		var page strings.Builder
		if err := r.Render(&page); err != nil {
			t.Fatalf("%s: %v", r.Path, err)
		}
		pages[r.Path] = page.String()
	}
	return pages
}

const report = "/2024/03/12/checkout/"

func TestReportHasItsHooks(t *testing.T) {
	page := pagesOf(t, "testdata/pages", "https://example.org/postmortems/", "")[report]
	for _, want := range []string{
		`<main id=`, `<article class="report with-toc" data-id="INC-7"`, `<nav class="toc"`,
		`<li data-event="detected" id="t-20240312T0921`, `<time datetime="2024-03-12T09:21:00&#43;01:00">09:21</time>`,
		`<ol class="timeline">`, `data-severity="SEV1" data-rank="0"`, `data-countermeasure="cm-1" id="cm-1" data-status="done"`,
		`<a rel="prev" href="../../../../2023/11/02/mail/"`, `<a rel="next" href="../../../04/01/note/"`,
		`<link rel="alternate" type="application/atom&#43;xml"`, `<link rel="alternate" type="application/json"`,
		`<link rel="canonical" href="https://example.org/postmortems/2024/03/12/checkout/">`,
		`https://github.com/example/incidents/blob/HEAD/content/2024-03-12-checkout.md`,
		"The checkout &lt;answered&gt; slowly", `<code>orders_by_day</code>`, `href="../../../04/01/note/"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%s is not in the page", want)
		}
	}
	if t.Failed() {
		t.Log(page)
	}
}

func TestReadingOrder(t *testing.T) {
	page := pagesOf(t, "testdata/pages", "", "")[report]
	at := 0
	for _, part := range []string{
		"<h1", `class="facts"`, `class="answers"`, `class="correction"`, `class="updates"`, `class="toc"`, `class="text"`,
		`class="impacts"`, `class="timeline-section"`, `class="causes"`, `class="countermeasures"`, `class="foot"`,
		`class="neighbours"`, `<footer class="site-footer"`,
	} {
		i := strings.Index(page[at:], part)
		if i < 0 {
			t.Fatalf("%s does not follow in the page", part)
		}
		at += i
	}
}

// TestWordsAreThere renders everything in every complete language: a missing
// word shows as its key in brackets.
func TestWordsAreThere(t *testing.T) {
	missing := regexp.MustCompile(`\[[a-z]+(?:_[a-z_]+)*\]`)
	for _, language := range locale.Languages() {
		for path, page := range pagesOf(t, "testdata/pages", "https://example.org/", language) {
			if words := missing.FindAllString(page, -1); words != nil {
				t.Errorf("%s in %q: no words for %v", path, language, words)
			}
		}
	}
}

// TestEveryKeyHasWords catches the keys that no sample shows.
func TestEveryKeyHasWords(t *testing.T) {
	call := regexp.MustCompile(`\{\{-? ?(?:.*?[ (])?(t|n) "([a-z_]+)"`)
	sources, err := overlay("layouts", new(diag.List), repository)
	if err != nil || len(sources) == 0 {
		t.Fatal(err, len(sources))
	}
	keys := 0
	check := func(file string, m []string) {
		keys++
		for _, language := range locale.Languages() {
			words := locale.For(language).T(m[2])
			if strings.EqualFold(m[1], "n") {
				words = locale.For(language).N(m[2], 1)
			}
			if words == "["+m[2]+"]" {
				t.Errorf("%s: no words for %q in %q", file, m[2], language)
			}
		}
	}
	for _, src := range sources {
		text, err := src.read()
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range call.FindAllStringSubmatch(string(text), -1) {
			check(src.name, m)
		}
	}
	inCode := regexp.MustCompile(`\.(T|N)\("([a-z_]+)"[,)]`)
	for _, name := range []string{
		"answers.go", "entry.go", "facts.go", "frame.go", "lanes.go", "lists.go", "pages.go", "phases.go", "post.go", "sections.go", "timelinesvg.go",
	} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range inCode.FindAllStringSubmatch(string(text), -1) {
			check(name, m)
		}
	}
	if keys < 80 {
		t.Errorf("found only %d keys: the pattern does not match any more", keys)
	}
}

// TestValuesHaveWords goes through the fixed sets of the front matter's values.
func TestValuesHaveWords(t *testing.T) {
	for prefix, values := range map[string]string{
		"": "severity status scheduled_for scheduled_until start detected acknowledged identified mitigated resolved communicated " +
			"duration time_to_detect time_to_acknowledge time_to_mitigate time_to_resolve services regions upstream recurrence_of " +
			"incident_id published updated authors not_stated trigger detection workaround",
		"status_":        "investigating identified monitoring resolved postmortem correction follow_up scheduled in_progress verifying completed",
		"extent_":        "none partial total affected unknown",
		"data_loss_":     "none partial total unknown",
		"personal_data_": "none affected unknown",
		"event_":         "started change detected acknowledged identified mitigated rollback resolved communicated note",
		"cause_":         "trigger immediate root contributing",
		"cause_status_":  "suspected confirmed ruled_out",
		"measure_":       "prevent detect mitigate process",
		"horizon_":       "immediate short long none",
		"state_":         "proposed open in_progress done dropped unknown",
		"kind_":          "postmortem post maintenance",
		"ask_":           "who data over changes",
		"lessons_":       "well wrong lucky",
		"lane_":          "system people public",
		"phase_":         "undetected unexplained diagnosing repairing responding",
	} {
		for value := range strings.FieldsSeq(values) {
			for _, language := range locale.Languages() {
				if words := locale.For(language).T(prefix + value); words == "["+prefix+value+"]" {
					t.Errorf("no words for %q in %q", prefix+value, language)
				}
			}
		}
	}
}

// TestPagesAreWellFormed reads every page as a browser would and looks at what
// holds for all of them.
func TestPagesAreWellFormed(t *testing.T) {
	for path, page := range pagesOf(t, "testdata/pages", "https://example.org/postmortems/", "") {
		doc, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		count, ids := map[string]int{}, map[string]bool{}
		for n := range doc.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			count[n.Data]++
			for _, a := range n.Attr {
				switch {
				case a.Key == "id" && ids[a.Val]:
					t.Errorf("%s: the id %q stands twice", path, a.Val)
				case a.Key == "id":
					ids[a.Val] = true
				case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
					t.Errorf("%s: <%s %s> breaks the policy", path, n.Data, a.Key)
				}
			}
			data := slices.Contains(n.Attr, html.Attribute{Key: "type", Val: "application/ld+json"}) // no script
			if n.Data == "style" || n.Data == "script" && n.FirstChild != nil && !data {
				t.Errorf("%s: an inline <%s> breaks the policy", path, n.Data)
			}
		}
		if count["h1"] != 1 || count["main"] != 1 {
			t.Errorf("%s: %d h1, %d main, want one of each", path, count["h1"], count["main"])
		}
		for _, wrong := range []string{"ZgotmplZ", "<no value>", "%!", "0001"} {
			if strings.Contains(page, wrong) {
				t.Errorf("%s contains %q", path, wrong)
			}
		}
	}
}

func TestWithdrawnTextIsNowhere(t *testing.T) {
	pages := pagesOf(t, "testdata/pages", "", "")
	for path, page := range pages {
		if strings.Contains(page, "Hidden text") || strings.Contains(page, "Secret story") {
			t.Errorf("%s shows what was withdrawn", path)
		}
	}
	tombstone := pages["/2024/02/01/withdrawn/"]
	if !strings.Contains(tombstone, "it named a customer") || !strings.Contains(tombstone, `content="noindex"`) {
		t.Errorf("the tombstone lacks its reason or noindex:\n%s", tombstone)
	}
}

func TestNotFoundPageWorksAtAnyDepth(t *testing.T) {
	page := pagesOf(t, "testdata/pages", "https://example.org/postmortems/", "")["/404.html"]
	for _, m := range regexp.MustCompile(`(?:href|src)="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if !strings.HasPrefix(m[1], "/postmortems/") && !strings.HasPrefix(m[1], "https://") &&
			!strings.HasPrefix(m[1], "#") && !strings.HasPrefix(m[1], "mailto:") {
			t.Errorf("the link %q depends on where the page is shown", m[1])
		}
	}
}

func TestRedirectKeepsQueryAndFragment(t *testing.T) {
	page := pagesOf(t, "testdata/pages", "https://example.org/", "")["/old/checkout/"]
	for _, want := range []string{
		`<meta http-equiv="refresh" content="0; url=../../2024/03/12/checkout/">`, `data-to="../../2024/03/12/checkout/"`,
		`<meta name="robots" content="noindex">`, `<link rel="canonical" href="https://example.org/2024/03/12/checkout/">`,
		`<a href="../../2024/03/12/checkout/">The checkout`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%s is not in\n%s", want, page)
		}
	}
}

func TestLicenseThatIsAnAddressIsALink(t *testing.T) {
	pages := pagesOf(t, siteFolder(t, map[string]string{
		"publish.yaml":            "title: Zorb\nlicense: MIT\n",
		"content/2024-03-01-a.md": "---\nlicense: https://creativecommons.org/licenses/by/4.0/\n---\nSlithy.\n",
		"content/2024-03-02-b.md": "---\nlicense: CC BY\n---\nSlithy.\n",
	}), "", "")
	for path, want := range map[string]string{
		"/2024/03/01/a/": `<a rel="license external" href="https://creativecommons.org/licenses/by/4.0/">creativecommons.org/licenses/by/4.0/</a></p>`,
		"/2024/03/02/b/": " CC BY</p>", "/": " MIT</p>",
	} {
		if !strings.Contains(pages[path], want) {
			t.Errorf("%s has no %s", path, want)
		}
	}
}

func TestDocumentsSpeakTheirLanguage(t *testing.T) {
	pages := pagesOf(t, "testdata/pages", "", "")
	french := pages["/2023/11/02/mail/"]
	for _, want := range []string{`<html lang="fr"`, "2 novembre 2023", "Durée", "environ 2\u00A0h"} {
		if !strings.Contains(french, want) {
			t.Errorf("%s is not in the French page", want)
		}
	}
	if home := pages["/page/2/"]; !strings.Contains(home, `lang="fr" hreflang="fr">Courriels en retard`) {
		t.Errorf("the list does not mark the French title:\n%s", home)
	}
}

func TestHomePages(t *testing.T) {
	pages := pagesOf(t, "testdata/pages", "", "")
	first, second := pages["/"], pages["/page/2/"]
	if !strings.Contains(first, `<section class="open">`) || strings.Contains(second, `<section class="open">`) {
		t.Error("open incidents belong on the first page only")
	}
	if strings.Count(first, `">Search answers nothing</a>`) != 1 {
		t.Error("an open incident stands once on the home page")
	}
	if !strings.Contains(first, `<a rel="next" href="page/2/">`) || !strings.Contains(second, `<a rel="prev" href="../../">`) {
		t.Error("the pages do not link each other")
	}
	if !strings.Contains(pages["/archive/"], "<table") || pages["/services/"] == "" || pages["/severity/sev1/"] == "" ||
		pages["/tags/database/"] == "" || pages["/2024/"] == "" {
		t.Error("lists are missing")
	}
}

func TestEmptySiteExplainsHowToBegin(t *testing.T) {
	home := pagesOf(t, "testdata/empty", "", "")["/"]
	if !strings.Contains(home, "title: ") || !strings.Contains(home, "content/") {
		t.Errorf("no sample on the empty home page:\n%s", home)
	}
}

func TestAuthorsRoutesReplaceGeneratedOnes(t *testing.T) {
	all, diags := replace(
		[]planned{
			{Route: &route.Route{Path: "/archive/", Source: "archive"}},
			{Route: &route.Route{Path: "/robots.txt", Source: "robots file"}},
		},
		[]planned{{Route: &route.Route{Path: "/archive/", Source: "content/archive.md"}}},
		nil,
	)
	if len(all) != 2 || all[0].Source != "content/archive.md" || all[1].Path != "/robots.txt" {
		t.Errorf("got %v", all)
	}
	if len(diags) != 1 || diags[0].File != "content/archive.md" {
		t.Errorf("got %v, want a note at content/archive.md", diags)
	}
}

func TestLinksOfSource(t *testing.T) {
	const file = "content/x y.md"
	for _, test := range []struct{ repository, view, edit, issue string }{
		{"https://github.com/a/b", "https://github.com/a/b/blob/HEAD/content/x%20y.md", "https://github.com/a/b/edit/HEAD/content/x%20y.md", "https://github.com/a/b/issues/new"},
		{"https://github.com/a/b.git", "https://github.com/a/b/blob/HEAD/content/x%20y.md", "https://github.com/a/b/edit/HEAD/content/x%20y.md", "https://github.com/a/b/issues/new"},
		{"https://gitlab.example.org/a/b/", "https://gitlab.example.org/a/b/-/blob/HEAD/content/x%20y.md", "https://gitlab.example.org/a/b/-/edit/HEAD/content/x%20y.md", "https://gitlab.example.org/a/b/-/issues/new"},
		{"https://codeberg.org/a/b", "https://codeberg.org/a/b/src/branch/HEAD/content/x%20y.md", "https://codeberg.org/a/b/_edit/HEAD/content/x%20y.md", "https://codeberg.org/a/b/issues/new"},
		{"https://github.com/a/b/tree/main/site", "https://github.com/a/b/tree/main/site/content/x%20y.md", "https://github.com/a/b/edit/main/site/content/x%20y.md", "https://github.com/a/b/issues/new"},
		{"https://gitlab.com/a/b/-/tree/main/site", "https://gitlab.com/a/b/-/tree/main/site/content/x%20y.md", "https://gitlab.com/a/b/-/edit/main/site/content/x%20y.md", "https://gitlab.com/a/b/-/issues/new"},
		{"https://codeberg.org/a/b/src/branch/main", "https://codeberg.org/a/b/src/branch/main/content/x%20y.md", "https://codeberg.org/a/b/_edit/main/content/x%20y.md", "https://codeberg.org/a/b/issues/new"},
		{"https://git.example.org/a/b", "https://git.example.org/a/b/blob/HEAD/content/x%20y.md", "", ""},
		{"git@github.com:a/b.git", "", "", ""},
		{"", "", "", ""},
	} {
		if got, want := linksOfSource(test.repository, file), (sourceLinks{test.view, test.edit, test.issue}); got != want {
			t.Errorf("%q: got %q, want %q", test.repository, got, want)
		}
	}
}

func TestProblemURL(t *testing.T) {
	for _, test := range []struct{ own, site, issue, want string }{
		{"", "", "https://x.example/issues/new", "https://x.example/issues/new"},
		{"", "a@b.example", "https://x.example/issues/new", "mailto:a@b.example?subject=INC-1:%20a%20%3F%26"},
		{"https://c.example/ask", "mailto:a@b.example", "", "https://c.example/ask"},
		{"ask at the door", "mailto:a@b.example", "", "mailto:a@b.example?subject=INC-1:%20a%20%3F%26"},
		{"ask a@b.example", "", "", ""},
	} {
		if got := problemURL("INC-1: a ?&", test.own, test.site, test.issue); got != test.want {
			t.Errorf("%v: got %q", test, got)
		}
	}
}

// No year stands above the incidents that are not over.
func TestOpenIncidentsHaveTheirYear(t *testing.T) {
	home := pagesOf(t, siteFolder(t, map[string]string{
		"publish.yaml":            "title: Zorb\nlanguage: en\n",
		"content/2018-04-13-a.md": "---\ntitle: A\nstatus: monitoring\n---\nSlithy.\n",
		"content/2018-04-14-b.md": "---\ntitle: B\nstatus: resolved\n---\nSlithy.\n",
	}), "", "")["/"]
	for _, want := range []string{`<time class="day" datetime="2018-04-13">13 April 2018</time>`, `<time class="day" datetime="2018-04-14">14<span> Apr</span></time>`} {
		if !strings.Contains(home, want) {
			t.Errorf("no %s", want)
		}
	}
}

// The page of a year says it in its title, and does not lead to itself.
func TestYearIsSaidOnce(t *testing.T) {
	pages := pagesOf(t, siteFolder(t, map[string]string{
		"publish.yaml":            "title: Zorb\nlanguage: en\n",
		"content/2018-04-13-a.md": "---\ntitle: A\nservices: [api]\n---\nSlithy.\n",
	}), "", "")
	for path, want := range map[string]string{
		"/2018/": "<div class=\"of-year\">\n<section class=\"year\">\n<h2>2018</h2>", "/services/api/": "<div class=\"of-service\">\n<section class=\"year\">\n<h2><a href=\"../../2018/\">2018</a></h2>",
	} {
		if !strings.Contains(pages[path], want) {
			t.Errorf("%s: no %s", path, want)
		}
	}
}
