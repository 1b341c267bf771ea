package render

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"publish/internal/diag"
	"publish/internal/locale"
	"publish/internal/tree"
)

// tongueReport states everything that a page has words for; its own words mean
// nothing in any language.
const tongueReport = `---
title: Zorblax %[1]s
lang: %[1]s
severity: SEV1
status: resolved
services: [Qwix]
tags: [vlum]
regions: [Nowhere]
timezone: Europe/Paris
start: %[2]s 09:00
detected: %[2]s 09:05
acknowledged: %[2]s 09:06
identified: %[2]s 09:30
mitigated: %[2]s 09:50
resolved: %[2]s 10:30
communicated: %[2]s 09:20
trigger: blorp
detection: monitoring
workaround: frobnicate
upstream: {provider: Zed}
authors: [Ada]
updated: 2024-04-01
timeline:
  - {at: %[2]s 09:00, kind: started, text: gruk}
  - {at: %[2]s 09:05, kind: detected, text: mef, actor: Ada}
  - {at: %[2]s 09:30, kind: identified, text: plok}
  - {at: %[2]s 09:50, kind: mitigated, text: dref}
  - {at: %[2]s 10:30, kind: resolved, text: snar}
impacts:
  - {text: bli, who: blu, count: 1200, of: 8000, share: 15, duration: 1 h 30, data_loss: none, personal_data: none, recovered: blo}
causes: [{kind: root, status: confirmed, text: wug}, {kind: trigger, status: suspected, text: dax}]
countermeasures:
  - {text: tove, kind: prevent, horizon: short, owner: Ada, due: 2024-05-01, status: open}
  - {text: rath, kind: detect, horizon: long, status: done, done_on: 2024-04-02}
communications: [{at: %[2]s 09:20, channel: mail, audience: blu, text: mome}]
lessons: {well: [borogove], wrong: [jub], lucky: [snark]}
updates:
  - {at: 2024-03-20, status: correction, text: vorpal}
  - {at: %[2]s 09:10, status: investigating, text: manxome}
---
Slithy.

## Gyre

Gimble.
`

const tongueTranslation = `---
title: Zorblax %[1]s
trigger: blorp
detection: monitoring
workaround: frobnicate
timeline: [gruk, mef, plok, dref, snar]
impacts: [{text: bli, who: blu}]
causes: [wug, dax]
countermeasures: [tove, rath]
communications: [{text: mome}]
lessons: {well: [borogove]}
updates: [vorpal, manxome]
---
Slithy.
`

// tongueSite is a site in a language with reports in both, of which one is
// translated.
func tongueSite(t *testing.T, site, other string) string {
	t.Helper()
	return siteFolder(t, map[string]string{
		"publish.yaml":                               "title: Zorb\nlanguage: " + site + "\norganization: Zed\ncountermeasures: {show: [owner, due, late]}\ncontact: a@example.org\nstatus_page: https://status.example.org/\nsubscribe_url: https://example.org/s\nrepository: https://github.com/zed/zorb\n",
		"content/2024-03-01-own.md":                  fmt.Sprintf(tongueReport, site, "2024-03-01"),
		"content/2024-03-02-other.md":                fmt.Sprintf(tongueReport, other, "2024-03-02"),
		"content/2024-03-03-both.md":                 fmt.Sprintf(tongueReport, site, "2024-03-03"),
		"content/2024-03-03-both." + other + ".md":   fmt.Sprintf(tongueTranslation, other),
		"content/2024-02-28-foreign.md":              fmt.Sprintf(tongueReport, other, "2024-02-28"),
		"content/2024-02-28-foreign." + site + ".md": fmt.Sprintf(tongueTranslation, site),
		"content/2024-04-01-running.md":              "---\nlang: " + other + "\nstatus: monitoring\nstart: 2024-04-01\nupdates: [{at: 2024-04-01 10:00, status: monitoring, text: brillig}]\n---\nSlithy.\n",
		"content/2024-04-02-note.md":                 "---\nlang: " + other + "\n---\nSlithy.\n",
		"content/2024-04-03-works.md":                "---\nlang: " + other + "\nkind: maintenance\nscheduled_for: 2024-04-03 10:00\nscheduled_until: 2024-04-03 12:00\n---\nSlithy.\n",
		"content/2024-04-04-gone.md":                 "---\nlang: " + other + "\nwithdrawn: wabe\naliases: [/was/]\n---\nSlithy.\n",
		"content/page.md":                            "---\nlang: " + other + "\n---\n# Tumtum\n\nSlithy.\n",
	})
}

// ofTongue finds the words that one language has and the other has not.
type ofTongue struct {
	whole map[string]string // text → key
	parts []*regexp.Regexp  // of words with holes, and dates
}

func onlyIn(t *testing.T, tag, other string) ofTongue {
	t.Helper()
	src, err := os.ReadFile("../locale/languages/" + tag + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	root, problems := tree.ParseYAML(tag, 1, src, diag.Config)
	if problems.HasErrors() {
		t.Fatal(problems)
	}
	own, theirs := locale.For(tag), locale.For(other)
	taken := map[string]bool{}
	for _, e := range root.Get("words").Entries {
		taken[theirs.T(e.Key.Value)] = true
	}
	found := ofTongue{whole: map[string]string{}}
	hole := regexp.MustCompile(`\\\{\w+\\\}`)
	for _, e := range root.Get("words").Entries {
		text := own.T(e.Key.Value)
		switch {
		case taken[text] || e.Key.Value == "image-full" || e.Key.Value == "open_graph_locale": // a code, which a page has of each of its languages
		case !strings.Contains(text, "{"):
			found.whole[text] = e.Key.Value
		case len(hole.ReplaceAllString(regexp.QuoteMeta(text), "")) > 4 && text != theirs.T(e.Key.Value):
			found.parts = append(found.parts, regexp.MustCompile("^"+hole.ReplaceAllString(regexp.QuoteMeta(text), ".+")+"$"))
		}
	}
	for m := time.January; m <= time.December; m++ {
		day := time.Date(2024, m, 15, 0, 0, 0, 0, time.UTC)
		if own.Month(day) != theirs.Month(day) {
			found.parts = append(found.parts, regexp.MustCompile(`(^|\s)`+regexp.QuoteMeta(strings.Fields(own.Month(day))[0])+`(\s|$)`))
		}
	}
	for _, e := range root.Get("plurals").Entries {
		for _, n := range []int{1, 2} {
			if text := own.N(e.Key.Value, n); text != theirs.N(e.Key.Value, n) && strings.ContainsAny(text, "aeiou") {
				words := strings.TrimSpace(strings.Trim(text, "0123456789\u00A0 "))
				found.parts = append(found.parts, regexp.MustCompile(`\d[\s\x{A0}]`+regexp.QuoteMeta(words)+`\b`))
			}
		}
	}
	return found
}

func (o ofTongue) find(text string) bool {
	text = strings.TrimSpace(text)
	if text == "" {
		return false
	}
	return o.whole[text] != "" || slices.ContainsFunc(o.parts, func(r *regexp.Regexp) bool { return r.MatchString(text) })
}

// spoken are the attributes that hold words: for people, or for scripts to show.
var spoken = []string{
	"title", "aria-label", "alt", "placeholder", "content", "label",
	"data-copied", "data-copy", "data-wrap", "data-close", "data-permalink", "data-results", "data-none", "data-failed",
}

func mixed(n *html.Node, lang string, foreign map[string]ofTongue, report func(text, lang string)) int {
	seen := 0
	if n.Type == html.ElementNode {
		for _, a := range n.Attr {
			if a.Key == "lang" {
				lang, _, _ = strings.Cut(a.Val, "-")
			}
		}
		for _, a := range n.Attr {
			if slices.Contains(spoken, a.Key) && foreign[lang].find(a.Val) {
				report(a.Val, lang)
			}
		}
	}
	if n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style" {
		seen++
		if foreign[lang].find(n.Data) {
			report(n.Data, lang)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		seen += mixed(c, lang, foreign, report)
	}
	return seen
}

// TestPagesMixNoLanguages: whatever stands on a page is in the language that the
// page, or the part of it, says.
func TestPagesMixNoLanguages(t *testing.T) {
	foreign := map[string]ofTongue{"en": onlyIn(t, "fr", "en"), "fr": onlyIn(t, "en", "fr")}
	for site, other := range map[string]string{"en": "fr", "fr": "en"} {
		pages := pagesOf(t, tongueSite(t, site, other), "https://example.org/", "")
		for _, path := range []string{"/" + other + "/", "/" + other + "/2024/03/03/both/", "/" + site + "/2024/02/28/foreign/", "/2024/03/02/other/", "/insights/"} {
			if pages[path] == "" {
				t.Errorf("%s: there is no page %s", site, path)
			}
		}
		for path, page := range pages {
			doc, err := html.Parse(strings.NewReader(page))
			if err != nil {
				t.Fatal(err)
			}
			if seen := mixed(doc, site, foreign, func(text, lang string) {
				t.Errorf("site in %s, %s: %q in a part in %q", site, path, strings.TrimSpace(text), lang)
			}); seen < 10 {
				t.Errorf("%s: only %d texts", path, seen)
			}
		}
	}
}

// TestMixtureIsFound: the test above can fail.
func TestMixtureIsFound(t *testing.T) {
	foreign := map[string]ofTongue{"en": onlyIn(t, "fr", "en"), "fr": onlyIn(t, "en", "fr")}
	for page, want := range map[string]bool{
		`<html lang="fr"><h2>Timeline</h2>`:                    true,
		`<html lang="fr"><h2 lang="en">Timeline</h2>`:          false,
		`<html lang="en"><p>le 3 mars 2024`:                    true,
		`<html lang="en"><p aria-label="Langues">`:             true,
		`<html lang="fr"><p>3&#160;days`:                       true,
		`<html lang="fr"><p>3&#160;jours, Chronologie, 3 mars`: false,
		`<html lang="en"><p>Severity: SEV1</p><p>Timeline</p>`: false,
		`<html lang="fr"><p>Severity: SEV1</p>`:                true,
	} {
		doc, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		found := false
		mixed(doc, "", foreign, func(string, string) { found = true })
		if found != want {
			t.Errorf("%s: found is %v", page, found)
		}
	}
}
