package render

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"

	"publish/internal/config"
)

const loginReport = `---
title: Login down
date: 2024-03-12
severity: sev1
services: [API]
timezone: Europe/Paris
status: resolved
updates:
  - {at: "2024-03-12T09:40", status: identified, text: "A *certificate* [expired](about.md)."}
  - {at: "2024-03-12T10:10", status: resolved, text: Renewed.}
  - {at: "2024-03-20T09:00+01:00", status: correction, text: "The first user was hit at 09:02."}
countermeasures:
  - {text: Alert on expiry, status: open, due: 2024-06-01, owner: Ada}
  - {text: Renew "by itself", status: done, done_on: 2024-04-02}
  - {text: Test it, status: done}
---
## Root cause

A certificate.
`

const diskNotice = `---
title: Disk full
date: 2024-05-01
status: investigating
updates:
  - {at: "2024-05-01T07:00Z", status: investigating, text: We look.}
---
`

const quietNotice = "---\ntitle: Odd answers\ndate: 2024-05-02\nstatus: investigating\n---\nSome answers are odd.\n"

// newsOf reads /updates.xml of a site: id and title of each entry.
func newsOf(t *testing.T, files map[string]string) (ids map[string]string, titles []string, feed *gofeed.Feed) {
	t.Helper()
	files["publish.yaml"] = strings.TrimPrefix(files["publish.yaml"]+"\ntitle: Reports\n", "\n")
	files["content/about.md"] = "# About\n\nUs.\n"
	raw := renderRoute(t, machineRoutes(loadTestSite(t, files)), "/updates.xml")
	checkFeed(t, feedFormats[0], raw)
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	ids = map[string]string{}
	for _, item := range feed.Items {
		ids[item.GUID] = item.Title
		titles = append(titles, item.Published+" "+item.Title+" "+strings.TrimPrefix(item.Link, testBase))
	}
	return ids, titles, feed
}

func TestUpdatesFeed(t *testing.T) {
	_, titles, feed := newsOf(t, map[string]string{
		"content/2024-03-12-login.md": loginReport, "content/2024-05-01-disk.md": diskNotice, "content/2024-05-02-odd.md": quietNotice,
	})
	want := []string{
		"2024-05-02T00:00:00Z Odd answers 2024/05/02/odd/",
		"2024-05-01T07:00:00Z Disk full – Investigating 2024/05/01/disk/#update-1",
		"2024-04-02T00:00:00Z Login down – Done – Renew \"by itself\" 2024/03/12/login/#cm-2",
		"2024-03-20T09:00:00+01:00 Login down – Correction 2024/03/12/login/#update-3",
		"2024-03-12T10:10:00+01:00 Login down – Resolved 2024/03/12/login/#update-2",
		"2024-03-12T09:40:00+01:00 Login down – Identified 2024/03/12/login/#update-1",
	}
	if !slices.Equal(titles, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(titles, "\n"), strings.Join(want, "\n"))
	}
	contents := map[int]string{
		0: "<p>Some answers are odd.</p>", 1: "<p>We look.</p>", 2: "<p>Renew &quot;by itself&quot;</p>",
		5: `<p>A <em>certificate</em> <a href="` + testBase + `about/">expired</a>.</p>`,
	}
	for i, want := range contents {
		if got := strings.TrimSpace(feed.Items[i].Content); got != want {
			t.Errorf("entry %d holds %q, want %q", i, got, want)
		}
	}
	for _, item := range feed.Items {
		if strings.Contains(item.Content+item.Description, "Ada") {
			t.Errorf("%q names an owner", item.Title)
		}
	}
	if feed.Updated != "2024-05-02T00:00:00Z" {
		t.Errorf("the feed was updated at %s", feed.Updated)
	}
}

// What an author does to a report without news makes no new entry; news does.
func TestIdsOfUpdatesStay(t *testing.T) {
	const file = "content/2024-03-12-login.md"
	newest := strings.Index(loginReport, "  - {at: \"2024-03-12T09:40")
	before, _, _ := newsOf(t, map[string]string{file: loginReport})
	for name, c := range map[string]struct {
		from, to string
		news     int // how many ids are new
	}{
		"a title":                    {"title: Login down", "title: Nobody could log in", 0},
		"a slug":                     {"severity:", "slug: elsewhere\nseverity:", 0},
		"a typo in an update":        {"Renewed.", "It was renewed.", 0},
		"a typo in a promise":        {`Renew "by`, `It renews "by`, 0},
		"a promise before":           {"countermeasures:\n", "countermeasures:\n  - {text: More, status: open}\n", 0},
		"another zone":               {"Europe/Paris", "Europe/London", 0},
		"an update":                  {"countermeasures:", "  - {at: \"2024-03-21T09:00\", status: follow_up, text: More.}\ncountermeasures:", 1},
		"an update written on top":   {loginReport[newest : newest+8], "  - {at: \"2024-03-21T09:00\", status: follow_up, text: More.}\n" + loginReport[newest:newest+8], 1},
		"an update of the same time": {"countermeasures:", "  - {at: \"2024-03-12T10:10\", status: resolved, text: More.}\ncountermeasures:", 1},
		"an update without a time":   {"countermeasures:", "  - {status: follow_up, text: More.}\ncountermeasures:", 1},
		"a promise kept":             {"Alert on expiry, status: open", "Alert on expiry, status: done, done_on: 2024-05-05", 1},
	} {
		text := strings.Replace(loginReport, c.from, c.to, 1)
		if text == loginReport {
			t.Fatalf("%s: nothing was edited", name)
		}
		after, titles, _ := newsOf(t, map[string]string{file: text})
		fresh := 0
		for id := range after {
			if before[id] == "" {
				fresh++
			}
		}
		if fresh != c.news || len(after) != len(before)+c.news {
			t.Errorf("%s: %d of %d ids are new, want %d\n%s", name, fresh, len(after), c.news, strings.Join(titles, "\n"))
		}
	}
}

// A site that shows no page of promises says nowhere else which were kept.
func TestKeptPromisesAreAsPublicAsTheirPage(t *testing.T) {
	for _, where := range []string{"internal", "off"} {
		_, titles, _ := newsOf(t, map[string]string{
			"publish.yaml": "pages: {countermeasures: " + where + "}", "content/2024-03-12-login.md": loginReport,
		})
		if text := strings.Join(titles, "\n"); strings.Contains(text, "Done") || len(titles) != 3 {
			t.Errorf("%s:\n%s", where, text)
		}
	}
}

// A notice becomes a report: one address, an entry of its own in the feed of
// reports, where its readers see it as new and find it on top.
func TestNoticeBecomesReport(t *testing.T) {
	reports := func(text string) []*gofeed.Item {
		s := loadTestSite(t, map[string]string{"content/2024-05-01-disk.md": text, "content/2024-05-02-other.md": "---\ntitle: Other\nseverity: sev2\n---\nText.\n"})
		got, err := gofeed.NewParser().Parse(bytes.NewReader(renderRoute(t, machineRoutes(s), "/feed.xml")))
		if err != nil {
			t.Fatal(err)
		}
		return got.Items
	}
	if items := reports(diskNotice); len(items) != 1 || items[0].Title != "Other" {
		t.Fatalf("while it runs: %v", items)
	}
	report := strings.Replace(diskNotice, "status: investigating\n", "status: resolved\n", 1)
	report = strings.TrimSuffix(report, "---\n") + "  - {at: \"2024-05-03T07:00Z\", status: resolved, text: Over.}\n---\nThe disk was full.\n"
	items := reports(report)
	if len(items) != 2 || items[0].Title != "Disk full" || items[0].Link != testBase+"2024/05/01/disk/" || items[0].Published != "2024-05-03T07:00:00Z" {
		t.Fatalf("as a report: %v", items[0])
	}
	ids, titles, _ := newsOf(t, map[string]string{"content/2024-05-01-disk.md": report})
	before, _, _ := newsOf(t, map[string]string{"content/2024-05-01-disk.md": diskNotice})
	for id := range before {
		if ids[id] == "" {
			t.Errorf("the update lost its id: %v", titles)
		}
	}
	if ids[items[0].GUID] != "" {
		t.Error("an update has the id of the report: its readers would not be shown the report")
	}
	for name, c := range map[string]struct{ add, want string }{
		"the update that says so": {"\nupdates:\n  - {at: \"2024-05-04T07:00Z\", status: postmortem, text: Read it.}\n", "2024-05-04T07:00:00Z"},
		"a later correction":      {"\nupdates:\n  - {at: \"2024-06-04T07:00Z\", status: correction, text: A number.}\n", "2024-05-03T07:00:00Z"},
		"what the author states":  {"\npublished: 2024-05-09\nupdates:\n", "2024-05-09T00:00:00Z"},
	} {
		if got := reports(strings.Replace(report, "\nupdates:\n", c.add, 1)); got[0].Published != c.want || got[0].GUID != items[0].GUID {
			t.Errorf("%s: published %s, want %s", name, got[0].Published, c.want)
		}
	}
}

func TestUpdatesFeedIsLimited(t *testing.T) {
	s := loadTestSite(t, map[string]string{"publish.yaml": "feed: {limit: 2}\n", "content/2024-03-12-login.md": loginReport})
	if got := updatesFeed(s, new(feedTexts)).entries; len(got) != 2 || !strings.Contains(got[0].title, "Done") {
		t.Errorf("%d entries, first %v", len(got), got[0].title)
	}
	empty := renderRoute(t, machineRoutes(newTestSite(t, func(c *config.Config) { c.Feed.Limit = 3 })), "/updates.xml")
	checkFeed(t, feedFormats[0], empty)
}

// TestTimeAloneIsNoNews: an update without a text or a state tells nobody
// anything; one with a state does.
func TestTimeAloneIsNoNews(t *testing.T) {
	_, titles, _ := newsOf(t, map[string]string{"content/2024-05-01-disk.md": "---\ntitle: Disk full\ndate: 2024-05-01\nupdates:\n" +
		"  - {at: \"2024-05-01T07:00Z\"}\n  - {at: \"2024-05-01T08:00Z\", status: resolved}\n---\n## Cause\n\nLogs.\n"})
	if len(titles) != 1 || !strings.Contains(titles[0], "Resolved") {
		t.Errorf("%q", titles)
	}
}
