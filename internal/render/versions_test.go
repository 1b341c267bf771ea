package render

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// versionReport and versionTranslation say in each of their texts which language
// it is in: "Zorblax fr" is French.
const versionReport = `---
title: Zorblax %[1]s %[3]s
lang: %[1]s
severity: SEV1
services: [Qwix]
upstream: {provider: Zed}
start: %[2]s 09:00
detected: %[2]s 09:05
resolved: %[2]s 10:30
aliases: [/was-%[3]s/]
countermeasures:
  - {text: Tove %[1]s, status: open}
  - {text: Rath %[1]s, status: done}
---
Slithy.
`

const versionTranslation = `---
title: Zorblax %[1]s %[2]s
aliases: [/was-%[1]s-%[2]s/]
countermeasures: [Tove %[1]s, Rath %[1]s]
---
Slithy.
`

// versionSite is a site in a language, with an original in another one that is
// translated, the reverse, an original that nobody translated, one whose
// translation lists other countermeasures, and one that still runs.
func versionSite(t *testing.T, site, other string) string {
	t.Helper()
	running := "---\ntitle: Zorblax %[1]s running\nlang: %[1]s\nservices: [Qwix]\nstatus: monitoring\nstart: 2024-05-01\nrecurrence_of: 2024-03-02-foreign\nrelated: [2024-03-03-both]\nupdates: [{at: 2024-05-01 10:00, status: monitoring, text: Brillig %[1]s}]\n---\nSlithy.\n"
	return siteFolder(t, map[string]string{
		"publish.yaml":                               "title: Zorb\nlanguage: " + site + "\nmenu: [{title: Zorblax " + site + " about, url: about.md}]\n",
		"content/2024-03-01-own.md":                  fmt.Sprintf(versionReport, site, "2024-03-01", "own"),
		"content/2024-03-02-foreign.md":              fmt.Sprintf(versionReport, other, "2024-03-02", "foreign"),
		"content/2024-03-02-foreign." + site + ".md": fmt.Sprintf(versionTranslation, site, "foreign"),
		"content/2024-03-03-both.md":                 fmt.Sprintf(versionReport, site, "2024-03-03", "both"),
		"content/2024-03-03-both." + other + ".md":   fmt.Sprintf(versionTranslation, other, "both"),
		"content/2024-03-04-alone.md":                fmt.Sprintf(versionReport, other, "2024-03-04", "alone"),
		"content/2024-03-05-short.md":                fmt.Sprintf(versionReport, other, "2024-03-05", "short"),
		"content/2024-03-05-short." + site + ".md":   "---\ntitle: Zorblax " + site + " short\n---\nSlithy.\n",
		"content/2024-05-01-running.md":              fmt.Sprintf(running, other),
		"content/2024-05-01-running." + site + ".md": "---\ntitle: Zorblax " + site + " running\nupdates: [Brillig " + site + "]\n---\nSlithy.\n",
		"content/SUMMARY.md":                         "# Summary\n\n* [Zorblax " + site + " about](about.md)\n* [Zorblax " + other + " foreign](2024-03-02-foreign.md)\n* [Zorblax " + site + " help](about/help.md)\n",
		"content/about.md":                           "---\ntitle: Zorblax " + site + " about\nlang: " + site + "\n---\nSlithy.\n",
		"content/about." + other + ".md":             "---\ntitle: Zorblax " + other + " about\n---\nSlithy.\n",
		"content/about/help.md":                      "---\ntitle: Zorblax " + site + " help\nlang: " + site + "\n---\nSlithy.\n",
		"content/about/help." + other + ".md":        "---\ntitle: Zorblax " + other + " help\n---\nSlithy.\n",
	})
}

// telling is a text of a document as it stands on a page, and the link that it is.
type telling struct {
	text, lang     string // the text, and the language that the page says it is in
	hreflang, href string // of the link around it
}

var tellsLanguage = regexp.MustCompile(`^(Zorblax|Tove|Rath|Brillig) (\w\w)\b`)

// tellings are all texts of documents on a page.
func tellings(n *html.Node, at telling, list *[]telling) {
	if n.Type == html.ElementNode {
		at.href, at.hreflang = linkOf(n, at)
		for _, a := range n.Attr {
			if a.Key == "lang" {
				at.lang = a.Val
			}
		}
	}
	if n.Type == html.TextNode && tellsLanguage.MatchString(n.Data) && n.Parent.Data != "title" && n.Parent.Data != "script" {
		found := at
		found.text = n.Data
		*list = append(*list, found)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		tellings(c, at, list)
	}
}

func linkOf(n *html.Node, at telling) (href, hreflang string) {
	if n.Data != "a" {
		return at.href, at.hreflang
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "href":
			href = a.Val
		case "hreflang":
			hreflang = a.Val
		}
	}
	return href, hreflang
}

// TestLinksAreOfOneVersion: wherever a page names a document, the words, the
// address and the language are those of one version, and it is the version in
// the language of the page, if there is one.
func TestLinksAreOfOneVersion(t *testing.T) {
	for site, other := range map[string]string{"en": "fr", "fr": "en"} {
		pages := pagesOf(t, versionSite(t, site, other), "https://example.org/", "")
		for path, page := range pages {
			doc, err := html.Parse(strings.NewReader(page))
			if err != nil {
				t.Fatal(err)
			}
			tongue := regexp.MustCompile(`<html lang="(\w\w)`).FindStringSubmatch(page)[1]
			var list []telling
			tellings(doc, telling{}, &list)
			for _, is := range list {
				in := tellsLanguage.FindStringSubmatch(is.text)[2]
				fail := func(format string, args ...any) {
					t.Errorf("site in %s, %s (in %s): %+v: %s", site, path, tongue, is, fmt.Sprintf(format, args...))
				}
				if is.lang != in {
					fail("the page says that it is in %q", is.lang)
				}
				if is.hreflang != "" && is.hreflang != in {
					fail("it leads to a page in %q", is.hreflang)
				}
				if is.href != "" {
					if to := versionAt(t, pages, path, is.href); to != in {
						fail("it leads to the page in %q", to)
					}
				}
				translated := !strings.Contains(is.text, " alone") && !strings.Contains(is.text, " own") && (path != registerPath || strings.Contains(is.text, " both"))
				if in != tongue && translated {
					fail("there is a version in %q", tongue)
				}
			}
		}
	}
}

// versionAt is the language of the document behind a link.
func versionAt(t *testing.T, pages map[string]string, from, href string) string {
	t.Helper()
	base, err := url.Parse("https://example.org" + from)
	if err != nil {
		t.Fatal(err)
	}
	to, err := base.Parse(href)
	if err != nil {
		t.Fatal(err)
	}
	path := to.Path
	m := regexp.MustCompile(`<h1[^>]*>Zorblax (\w\w)`).FindStringSubmatch(pages[path])
	if m == nil {
		t.Fatalf("%s: %q leads to %s, which is no document", from, href, path)
	}
	return m[1]
}

// TestOneIncidentInEveryCount: translations are no incidents more.
func TestOneIncidentInEveryCount(t *testing.T) {
	pages := pagesOf(t, versionSite(t, "en", "fr"), "https://example.org/", "")
	for _, want := range []struct {
		path, part string
		times      int
	}{
		{"/", `<li class="entry"`, 6}, {"/", `6</span>`, 1}, {"/", `6 incidents,`, 1}, {"/archive/", `<tr data-terms=`, 6}, {"/archive/", `6 reports`, 2},
		{"/2024/", `<li class="entry"`, 6}, {"/services/", `6 reports`, 1}, {"/services/qwix/", `<li class="entry"`, 6},
		{"/severity/", `5 reports`, 1}, {"/insights/", `<p class="meta">6 incidents`, 1}, {"/providers/", `<li class="entry"`, 5},
		{"/fr/", `<li class="entry"`, 5}, {"/countermeasures/", `data-countermeasure=`, 10}, {"/countermeasures/", `class="count">5<`, 4},
	} {
		if got := strings.Count(pages[want.path], want.part); got != want.times {
			t.Errorf("%s has %s %d times, want %d", want.path, want.part, got, want.times)
		}
	}
}

// TestDirectionOfOtherLanguages: a text that is written from right to left says
// so wherever it stands.
func TestDirectionOfOtherLanguages(t *testing.T) {
	dir := siteFolder(t, map[string]string{
		"publish.yaml":                  "title: Zorb\nlanguage: en\n",
		"content/index.md":              "---\nlang: ar\ntitle: Zorblax\n---\nSlithy.\n",
		"content/2024-03-01-arabic.md":  "---\ntitle: Zorblax\nlang: ar\nseverity: SEV1\nstart: 2024-03-01 09:00\nresolved: 2024-03-01 10:00\naliases: [/was/]\nupstream: {provider: Zed}\ncountermeasures: [{text: Tove, status: open}]\n---\nSlithy.\n",
		"content/2024-03-02-running.md": "---\ntitle: Zorblax\nlang: ar\nservices: [Qwix]\nstatus: monitoring\nstart: 2024-03-02 09:00\nupdates: [{at: 2024-03-02 10:00, status: monitoring, text: Brillig}]\n---\nSlithy.\n",
		"content/2024-03-03-english.md": "---\ntitle: English\nlang: en\nseverity: SEV1\nstart: 2024-03-03 09:00\nresolved: 2024-03-03 10:00\n---\nSlithy.\n",
	})
	pages := pagesOf(t, dir, "", "")
	for path, want := range map[string][]string{
		"/": {`<h1 lang="ar" dir="rtl">Zorblax`, `<div class="text" lang="ar" dir="rtl">`, `<p class="news" lang="ar" dir="rtl">Brillig`,
			`lang="ar" hreflang="ar" dir="rtl">Zorblax</a>`, `<span class="unseen" lang="ar" dir="rtl">Zorblax`},
		"/archive/":            {`lang="ar" hreflang="ar" dir="rtl">Zorblax</a>`},
		"/insights/":           {`lang="ar" hreflang="ar" dir="rtl">Zorblax</a>`},
		"/providers/":          {`lang="ar" hreflang="ar" dir="rtl">Zorblax</a>`},
		"/countermeasures/":    {`<p lang="ar" dir="rtl">Tove`, `lang="ar" hreflang="ar" dir="rtl">Zorblax</a>`},
		"/was/":                {`lang="ar" hreflang="ar" dir="rtl">Zorblax</a>`},
		"/2024/03/03/english/": {`<b lang="ar" dir="rtl">Zorblax</b>`},
	} {
		for _, part := range want {
			if !strings.Contains(pages[path], part) {
				t.Errorf("%s has no %s", path, part)
			}
		}
	}
}
