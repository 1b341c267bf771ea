package content

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"publish/internal/config"
	"publish/internal/diag"
	"publish/internal/postmortem"
)

// loadDocument reads a text whose name says nothing of it.
func loadDocument(name string, raw []byte, s *settings) (*Document, diag.List) {
	room := scratches.Get().(*scratch)
	defer scratches.Put(room)
	return readDocument(name, raw, s, kin{}, nil, room)
}

func document(t *testing.T, name, text string) (*Document, diag.List) {
	t.Helper()
	root, _, _ := strings.Cut(name, "/")
	return loadDocument(name, []byte(text), newSettings(config.Default(), &Folder{Root: root, Jekyll: root == "jekyll"}, Options{}))
}

func TestKinds(t *testing.T) {
	const (
		timeline = "## Timeline\n\n- 09:21: it broke\n- 09:40: it was repaired\n"
		prose    = "Something was said.\n"
	)
	for _, test := range []struct {
		name, path, text string
		kind             postmortem.Kind
		evidence         string // of the first
	}{
		{"an incident field", "content/2021-04-29-x.md", "---\nseverity: major\n---\n" + prose, postmortem.KindPostmortem, "front matter: `severity`"},
		{"post_mortem", "content/2021-04-29-x.md", "---\npost_mortem: true\n---\n" + prose, postmortem.KindPostmortem, "front matter: `post_mortem`"},
		{"a timeline", "content/2021-04-29-x.md", timeline, postmortem.KindPostmortem, `a timeline under "Timeline"`},
		{"a timeline with one time is none", "content/2021-04-29-x.md", "## Timeline\n\n- 09:21: it broke\n", postmortem.KindPost, "a date (file name), and nothing that tells of an incident"},
		{"a plan called timeline", "content/2021-04-29-x.md", "## Timeline\n\nWe begin soon.\n", postmortem.KindPost, ""},
		{"an impact section", "content/2021-04-29-x.md", "## Impact\n\nNobody could log in.\n", postmortem.KindPostmortem, `sections: "Impact"`},
		{"a cause, in French", "content/2021-04-29-x.md", "## Cause racine\n\nUn disque plein.\n", postmortem.KindPostmortem, `sections: "Cause racine"`},
		{"a summary alone", "content/2021-04-29-x.md", "## Summary\n\nText.\n", postmortem.KindPost, ""},
		{"the folder's name", "content/incidents/2021-04-29-x.md", prose, postmortem.KindPostmortem, `folder "incidents"`},
		{"the root's name", "postmortems/2021-04-29-x.md", prose, postmortem.KindPostmortem, `folder "postmortems"`},
		{"the file's name", "content/2021-04-29-api-outage.md", prose, postmortem.KindPostmortem, `file name: "outage"`},
		{"the title", "content/2021-04-29-x.md", "# Postmortem of the day\n", postmortem.KindPostmortem, `title: "postmortem"`},
		{"a German compound", "content/2021-04-29-netzausfall.md", prose, postmortem.KindPostmortem, `file name: "ausfall"`},
		{"a Chinese title", "content/2021-04-29-x.md", "# 服务器宕机通知\n", postmortem.KindPostmortem, `title: "宕机"`},
		{"a tag", "content/2021-04-29-x.md", "---\ntags: [ops, downtime]\n---\n", postmortem.KindPostmortem, `tag "downtime"`},
		{"release notes", "content/2021-04-29-release-notes.md", "# Release notes: fewer outages\n", postmortem.KindPost, ""},
		{"how incidents are handled", "content/incident-process.md", "# Incident process\n", postmortem.KindPage, "no date"},
		{"how to write reports", "content/incidents/how-to.md", "## Impact\n\nSay it.\n\n" + timeline, postmortem.KindPage, "no date"},
		{"a guide, dated", "content/2021-04-29-guide.md", "# How to write a postmortem\n", postmortem.KindPost, ""},
		{"nothing of it", "content/2021-04-29-news.md", prose, postmortem.KindPost, ""},
		{"no date", "content/about.md", prose, postmortem.KindPage, "no date"},
		{"said so", "content/about.md", "---\nkind: post\ndate: 2021-04-29\n---\n", postmortem.KindPost, "`kind: post`"},
		{"said to be a page", "content/2021-04-29-outage.md", "---\nkind: page\n---\n" + timeline, postmortem.KindPage, "`kind: page`"},
		{"planned", "content/2021-04-29-x.md", "---\nscheduled_for: 2021-05-01 22:00\n---\n", postmortem.KindMaintenance, "`scheduled_for`"},
		{"the README at the top", "content/README.md", "# Outages since 2021-04-29\n\n" + timeline, postmortem.KindPage, "the page at the top of the folder"},
		{"the page of a folder", "content/incidents/README.md", "# Incidents\n\n- 2021-04-29 a\n", postmortem.KindPage, "the page of its folder"},
		{"a bundle", "content/2021-04-29-outage/index.md", prose, postmortem.KindPostmortem, `folder name: "outage"`},
		{"a README that is a report", "content/x/README.md", "# Of 29 April 2021\n\n" + timeline, postmortem.KindPostmortem, `a timeline under "Timeline"`},
		{"a licence", "content/LICENSE.md", "# MIT License of 1 January 2020\n", postmortem.KindPage, "a file of the repository"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d, _ := document(t, test.path, test.text)
			if d.Kind != test.kind {
				t.Errorf("kind %q, want %q (%v)", d.Kind, test.kind, d.Grounds().Evidence)
			}
			if len(d.Grounds().Evidence) == 0 || test.evidence != "" && d.Grounds().Evidence[0] != test.evidence {
				t.Errorf("evidence %q, want %q", d.Grounds().Evidence, test.evidence)
			}
			if d.template != "" {
				t.Errorf("taken for %s", d.template)
			}
		})
	}
}

func TestOneSectionIsNotEnoughInARepository(t *testing.T) {
	s := newSettings(config.Default(), &Folder{Root: ".", OnlyPostmortems: true}, Options{})
	for text, want := range map[string]postmortem.Kind{
		"# Use another database\n\n## Impact\n\nSome.\n":                      postmortem.KindPost,
		"# Logins failed\n\n## Impact\n\nSome.\n\n## Root cause\n\nA disk.\n": postmortem.KindPostmortem,
		"# The outage\n\n## Impact\n\nSome.\n":                                postmortem.KindPostmortem,
	} {
		if d, _ := loadDocument("docs/2021-04-29-x.md", []byte(text), s); d.Kind != want {
			t.Errorf("%q is a %s (%v), want %s", text, d.Kind, d.Grounds().Evidence, want)
		}
	}
}

func TestDates(t *testing.T) {
	const timeline = "## Timeline\n\n| Time | Event |\n|---|---|\n| 2021-04-28 22:00 | broke |\n| 23:00 | repaired |\n"
	for _, test := range []struct{ name, path, text, date, from, day string }{
		{"front matter", "content/x.md", "---\ndate: 2021-04-29\n---\n", "2021-04-29", "front matter `date`", "2021-04-29"},
		{"front matter and name differ", "content/2021-05-01-x.md", "---\ndate: April 28, 2021\n---\n", "2021-04-28", "front matter `date` (the file name says 2021-05-01)", "2021-04-28"},
		{"the name", "content/2021-04-29-x.md", timeline, "2021-04-29", "file name", "2021-04-28"},
		{"the name alone", "content/2021-04-29.md", "x", "2021-04-29", "file name", "2021-04-29"},
		{"the name in words", "content/incident-du-1er-octobre-2021.md", "x", "2021-10-01", "file name", "2021-10-01"},
		{"the folder", "content/2021-04-29-x/index.md", "x", "2021-04-29", "folder name", "2021-04-29"},
		{"below a year", "content/2021/04-29-x.md", "x", "2021-04-29", "file name", "2021-04-29"},
		{"below a day", "content/2021/04/29/x.md", "x", "2021-04-29", "file name", "2021-04-29"},
		{"below a month", "content/2021/04/29-x.md", "x", "2021-04-29", "file name", "2021-04-29"},
		{"a permalink", "content/x.md", "---\npermalink: /blog/2021/04/29/x/\n---\n", "2021-04-29", "`permalink`", "2021-04-29"},
		{"a path", "content/x.md", "+++\npath = \"inside/2021/04/29/x\"\n+++\n", "2021-04-29", "`path`", "2021-04-29"},
		{"start", "content/x.md", "---\nstart: 2021-04-29 09:00\n---\n" + timeline, "2021-04-29", "`start`", "2021-04-29"},
		{"a timeline in front matter", "content/x.md", "---\ntimeline:\n  - 2021-04-29 09:21 it broke\n---\n", "2021-04-29", "first event of the timeline", "2021-04-29"},
		{"a timeline in the text", "content/x.md", "# Of 1 May 2021\n\n" + timeline, "2021-04-28", "first event of the timeline", "2021-04-28"},
		{"the title", "content/x.md", "---\ntitle: Outage of 29 April 2021\n---\n", "2021-04-29", "title", "2021-04-29"},
		{"the first heading", "content/x.md", "# Incident du 29 avril 2021\n", "2021-04-29", "first heading", "2021-04-29"},
		{"a label", "content/x-outage.md", "# X\n\n**Date:** January 14-19, 2026\n", "2026-01-14", "the text, where it names its date", "2026-01-14"},
		{"a label below another", "content/x-outage.md", "# X\n\n**Number:** 12  \n**Date:** 2021-04-29  \n**Length:** 2h\n", "2021-04-29", "the text, where it names its date", "2021-04-29"},
		{"a label in a heading", "content/x-outage.md", "# X\n\n## Date: July 1, 2021\n", "2021-07-01", "the text, where it names its date", "2021-07-01"},
		{"the opening of a report", "content/x.md", "# X\n\n- **Length**: from 10:00 to 12:00 on June 7, 2021.\n\n## Timeline\n\n- 10:00 a\n- 10:10 b\n", "2021-06-07", "the one date that its opening names", "2021-06-07"},
		{"the opening of a page", "content/x.md", "# X\n\nWritten on June 7, 2021.\n", "", "", ""},
		{"a label in Spanish", "content/x-outage.md", "# X\n\nFecha del incidente: lunes 20 de octubre de 2025.\n", "2025-10-20", "the text, where it names its date", "2025-10-20"},
		{"a label in Chinese", "content/x-outage.md", "# X\n\n**故障日期：** 2025年3月18日\n", "2025-03-18", "the text, where it names its date", "2025-03-18"},
		{"a label in a table", "content/x-outage.md", "# X\n\n| a | b |\n|---|---|\n| 発生日 | 2025/3/18 |\n", "2025-03-18", "the text, where it names its date", "2025-03-18"},
		{"a label on a line of its own", "content/x.md", "# Mails late\n\n**Id:** 12\n**Severity:** high\n**Date:** 2024-05-03\n\n## Impact\n", "2024-05-03", "the text, where it names its date", "2024-05-03"},
		{"when it was noticed", "content/x.md", "---\ndetected_at: 2024-05-03T18:40:00Z\n---\n# Mails late\n", "2024-05-03", "`detected_at`", "2024-05-03"},
		{"day and month in French", "content/x.md", "---\nlang: fr\n---\n# Panne du 04/05/2025\n", "2025-05-04", "first heading", "2025-05-04"},
		{"day and month in English", "content/x.md", "---\nlang: en\n---\n# Delay of 04/05/2025\n", "", "", ""},
		{"day and month in the folder of a month", "content/2025/04/x.md", "# 05-04-2025 - Delay\n", "2025-04-05", "first heading", "2025-04-05"},
		{"month and day in it", "content/2025/04/x.md", "# 04-05-2025 - Delay\n", "2025-04-05", "first heading", "2025-04-05"},
		{"in the folder of another month", "content/2025/06/x.md", "# 04-05-2025 - Delay\n", "", "", ""},
		{"an order that another day settles", "content/x.md", "# Delay\n\n## Timeline\n\n- 04-05-2025 10:00 it broke\n- 13-05-2025 10:00 repaired\n", "2025-05-04", "first event of the timeline", "2025-05-04"},
		{"an order that days contradict", "content/x.md", "# Delay\n\n## Timeline\n\n- 04-05-2025 10:00 it broke\n- 13-05-2025 and 05-13-2025 repaired\n", "2025-05-13", "first event of the timeline", "2025-05-13"},
		{"a heading that is a label", "content/x-outage.md", "# X\n\n## 発生日時\n\n2021年11月25日午後3時\n", "2021-11-25", "the text, where it names its date", "2021-11-25"},
		{"none", "content/x.md", "# Version 1.2.3 of 14:00\n", "", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			d, diags := document(t, test.path, test.text)
			got := []string{"", d.Grounds().DateFrom, ""}
			if d.Date.Known() {
				got[0] = d.Date.DateString()
			}
			if d.Day.Known() {
				got[2] = d.Day.DateString()
			}
			if diff := cmp.Diff([]string{test.date, test.from, test.day}, got); diff != "" {
				t.Error(diff)
			}
			if diags.HasErrors() {
				t.Error(diags)
			}
		})
	}
}

func TestTimesOfDayLeanOnTheName(t *testing.T) {
	d, _ := document(t, "content/2021-04-29-x.md", "---\nstart: 09:21\ntimeline:\n  - 09:30 it broke\n---\n")
	if got := d.Meta().Start.DateString(); got != "2021-04-29" {
		t.Errorf("start on %s", got)
	}
	if got := d.Meta().Timeline[0].At.String(); got != "2021-04-29T09:30:00" {
		t.Errorf("event at %s", got)
	}
	if got := d.Day.String(); got != "2021-04-29T09:21:00" {
		t.Errorf("day of the incident %s", got)
	}
}

func TestTimesThatTheClocksPassedOver(t *testing.T) {
	text := "---\ntitle: A\ntimezone: Europe/Paris\nstart: 2022-03-27 02:30\n---\n\n## Timeline\n\n- 2022-03-27 03:30 b\n- 04:00 c\n"
	_, list := document(t, "a.md", text)
	found := 0
	for _, d := range list {
		if d.Code == diag.TimeNonexistent && d.Line == 4 {
			found++
		}
	}
	if found != 1 {
		t.Errorf("%d warnings of a time that never was, want 1: %v", found, list)
	}
}

func TestMissingDates(t *testing.T) {
	const timeline = "## Timeline\n\n- 09:21: it broke\n- 09:40: it was repaired\n"
	for _, test := range []struct {
		name, path, text string
		missing          bool
	}{
		{"a report needs one", "content/x.md", timeline, true},
		{"an opening with two dates", "content/x.md", "From 2021-04-29 to 2021-05-02.\n\n" + timeline, true},
		{"a name alone makes no report", "content/outage.md", "x", false},
		{"a post needs one", "content/x.md", "---\nkind: post\n---\n", true},
		{"a page needs none", "content/x.md", "# X\n", false},
		{"a draft needs none yet", "jekyll/_drafts/x.md", timeline, false},
		{"a draft by its field", "content/x.md", "---\ndraft: true\n---\n" + timeline, false},
		{"a date of the wrong kind is told once", "content/x.md", "---\ntitle: x\ndate: [2021]\n---\n" + timeline, false},
		{"another field of the wrong kind", "content/x.md", "---\ndate:\ntitle: [x]\n---\n" + timeline, true},
		{"a wrong date is told once", "content/x.md", "---\ndate: 2021-06-31\n---\n" + timeline, false},
	} {
		_, diags := document(t, test.path, test.text)
		n := 0
		for _, d := range diags {
			if d.Code == diag.DateMissing {
				n++
			}
		}
		if n > 1 || (n == 1) != test.missing {
			t.Errorf("%s: %v", test.name, diags)
		}
	}
}

func TestWrongMarksAndFrontMatter(t *testing.T) {
	for text, want := range map[string]string{
		"---\ndate: 2021-06-31\n---\n<!-- internal -->\nx\n":                                                 "2 date-invalid, 4 internal-mark",
		"---\ndate: 2021-06-31\n# <!-- internal -->\n---\nx\n":                                               "3 internal-mark",
		"---\ntitle: x\n# <!-- internal -->\nauidence: x\n# <!-- /internal -->\n---\n<!-- internal -->\nx\n": "7 internal-mark",
	} {
		d, diags := document(t, "content/x.md", text)
		diags.Sort()
		var said []string
		for _, x := range diags {
			said = append(said, fmt.Sprint(x.Line, " ", x.Code))
		}
		if got := strings.Join(said, ", "); got != want {
			t.Errorf("%q: said %s", text, got)
		}
		if !d.Broken || d.facts.Get().text.Len() > 0 || d.Meta().Date.Known() || d.Title != "x" {
			t.Errorf("%q: something of it was read", text)
		}
	}
}

func TestTitles(t *testing.T) {
	for _, test := range []struct {
		name, path, text, title, from string
		headings                      int // left in the text
	}{
		{"front matter", "content/x.md", "---\ntitle: A title\n---\n## B\n", "A title", "title", 1},
		{"of two lines", "content/x.md", "---\ntitle: \"a\\nb\\tc\\ad\"\n---\nx\n", "a b cd", "title", 0},
		{"repeated in the text", "content/x.md", "---\ntitle: A *title\n---\n\n# A \\*title\n\n## B\n", "A *title", "title", 1},
		{"put there by another tool", "content/x.md", "---\ntitle: A\n---\n# <%= current_page.data.title %>\n\n## B\n", "A", "title", 1},
		{"put there by Jekyll", "content/x.md", "---\ntitle: A\n---\n# {{ page.title | escape }}\n\n## B\n", "A", "title", 1},
		{"put there by Hugo", "content/x.md", "---\ntitle: A\n---\n# {{- .Title -}}\n\n## B\n", "A", "title", 1},
		{"about a field named so", "content/x.md", "---\ntitle: A\n---\n# The app.Title field was empty\n\n## B\n", "A", "title", 2},
		{"about a template's tag", "content/x.md", "---\ntitle: A\n---\n# page.title was nil in {{ page.title }}\n\n## B\n", "A", "title", 2},
		{"another heading", "content/x.md", "---\ntitle: A\n---\n# B\n", "A", "title", 1},
		{"the first heading", "content/x.md", "# May 30th, 2019 Prow Flakiness\n\n## B\n", "May 30th, 2019 Prow Flakiness", "first heading", 1},
		{"underlined", "content/x.md", "A title\n=======\n\n## B\n", "A title", "first heading", 1},
		{"below a quotation", "content/x.md", "> From a book\n\n# A title\n", "A title", "first heading", 0},
		{"of the third level, but first", "content/x.md", "### A title of its own\n\n#### B\n", "A title of its own", "first heading", 1},
		{"a section is no title", "content/the-outage.md", "## Summary\n\nx\n", "the outage", "file name", 1},
		{"a section of the first level", "content/the-outage.md", "# Timeline\n\nx\n", "the outage", "file name", 1},
		{"a heading below text", "content/2024-02-28-decide is down.md", "Text.\n\n## More of it\n", "decide is down", "file name", 1},
		{"nothing but a date", "content/2021-04-29.md", "Text.\n", "2021-04-29", "file name", 0},
		{"of a bundle", "content/2021-04-29-all_is-down/index.md", "Text.\n", "all is down", "file name", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			d, _ := document(t, test.path, test.text)
			if d.Title != test.title || d.Grounds().TitleFrom != test.from {
				t.Errorf("got %q from %q", d.Title, d.Grounds().TitleFrom)
			}
			if len(d.Body().Headings) != test.headings {
				t.Errorf("headings: %+v", d.Body().Headings)
			}
		})
	}
}

func TestTemplates(t *testing.T) {
	for _, test := range []struct {
		path, text string
		template   bool
	}{
		{"content/template.md", "# Incident title\n", true},
		{"content/PMyyyy-nnn - Postmortem template.md", "# Incident Title\n", true},
		{"content/000 - Postmortem Template.md", "## Timeline\n\n- 2022-09-14: a\n- 2022-09-15: b\n", true},
		{"content/templates/outage.md", "# Outage\n", true},
		{"content/archetypes/issues.md", "---\ntitle: x\n---\n", true},
		{"content/new.md", "# [Title]\n\nYYYY-MM-DD HH:MM\n", true},
		{"content/new.md", "# Title of the incident\n", true},
		{"content/2021-04-29-email-template.md", "# x\n", false},
		{"content/template-outage.md", "---\ndate: 2021-04-29\n---\n", false},
		{"content/x.md", "---\ndate: 2021-04-29\n---\nYYYY-MM-DD HH:MM\n", true},
		{"content/2021-04-29-x.md", "# x\n\n## Timeline\n\n- YYYY-MM-DD HH:mm: what\n", true},
		{"content/2021-04-29-x.md", "# x\n\n## Timeline\n\n| Time | Event |\n|---|---|\n| 2021-04-29 HH:mm | Short description |\n| HH:MM | b |\n", false},
		{"content/2021-04-29-x.md", "# x\n\n## Timeline\n\n- 09:21 a\n- 09:22 b\n\n## Old\n\n- YYYY-MM-DD HH:mm\n", false},
		{"content/2021-04-29-x.md", "# x\n\n## Cause\n\nThe service wanted its dates as YYYY-MM-DD HH:mm, and got what the users of the form had typed there.\n", false},
		{"content/2021-04-29-x.md", "# x\n\n```\nYYYY-MM-DD HH:mm\n```\n", false},
		{"content/2021-04-29-TEMPLATE.md", "# x\n", true},
		{"content/2021-04-29-my-TEMPLATE-x.md", "# x\n", true},
		{"content/2021-04-29-template.md", "# x\n", true},
		{"content/2021-04-29-postmortem-template.md", "# x\n", true},
		{"content/2021-04-29-x.md", "# Incident TEMPLATE, copy me\n", true},
		{"content/2021-04-29-x.md", "# THE TEMPLATE SERVICE IS DOWN\n", false},
		{"content/2021-04-29-x.md", "# <Title>\n\ntext\n", true},
		{"content/2021-04-29-x.md", "# [Title]\n\ntext\n", true},
		{"content/2021-04-29-x.md", "# {{title}}\n\ntext\n", true},
		{"jekyll/_posts/2021-04-29-x.md", "# {{ page.title }}\n\ntext\n", false},
		{"jekyll/_posts/2021-04-29-x.md", "# {{ title }}\n\ntext\n", true},
		{"content/x.md", "---\ndate: 2021-04-29\ntitle: <Incident title>\n---\ntext\n", true},
		{"content/2021-04-29-x.md", "# ISSUE NAME\n\ntext\n", true},
		{"content/2021-04-29-x.md", "# ISSUE NAME\n\n## Timeline\n\n- 09:21 a\n- 09:22 b\n", false},
		{"content/2021-04-29-x.md", "<!-- The title of the incident -->\n# Down\n", false},
		{"content/2021-04-29-x.md", "---\ntitle: Real\n---\n# <Title>\n", false},
		{"content/2021-04-29-x.md", "# [API] down\n", false},
		{"content/x.md", "---\nkind: page\n---\nYYYY-MM-DD HH:MM\n", false},
		{"content/README.md", "Name it YYYY-MM-DD-title.md, with times HH:MM\n", false},
		{"content/style.md", "Write dates as YYYY-MM-DD.\n", false},
	} {
		d, _ := document(t, test.path, test.text)
		if (d.template != "") != test.template {
			t.Errorf("%s %q: %q", test.path, test.text, d.template)
		}
	}
	f, diags := load(t, site("content/template.md", "# Incident title\n\n## Timeline\n\n- 9:00 a\n- 9:10 b\n"))
	if len(f.Documents) > 0 || reasons(f)["content/template.md"] != "a template by its name" {
		t.Errorf("documents %v, passed over %v", paths(f), f.Skipped)
	}
	if len(diags) != 1 || diags[0].Code != diag.FileSkipped {
		t.Errorf("said %v", diags)
	}
}

func TestInternalParts(t *testing.T) {
	const text = "---\ntitle: Outage\ndate: 2021-04-29\n# <!-- internal -->\nowner_note: x\nseverity: major\n# <!-- /internal -->\n---\n" +
		"## Impact\n\nseen\n\n<!-- internal -->\n## Secret cause\n<!-- /internal -->\n"
	fsys := site("content/a.md", text)
	for internal, want := range map[bool]struct {
		severity string
		headings int
	}{false: {"", 1}, true: {"major", 2}} {
		f, _, err := Load(fsys, config.Default(), Options{Internal: internal})
		if err != nil {
			t.Fatal(err)
		}
		d := f.Documents[0]
		if d.Meta().Severity.Text != want.severity || len(d.Body().Headings) != want.headings {
			t.Errorf("internal %v: severity %q, headings %v", internal, d.Meta().Severity.Text, d.Body().Headings)
		}
		if d.Body().Headings[0].Pos.Line != 9 {
			t.Errorf("internal %v: the heading is said to stand on line %d", internal, d.Body().Headings[0].Pos.Line)
		}
	}
}

func TestLanguages(t *testing.T) {
	const french = "Le site a été très lent dans l'après-midi, puis il est devenu inaccessible pour tous les agents et les usagers de la plateforme.\n"
	for _, test := range []struct {
		text, site, lang string
		guessed          bool
	}{
		{"---\nlang: de\n---\n" + french, "en", "de", false},
		{french, "en", "en", false},
		{french, "", "fr", true},
		{"404\n", "", "", false},
	} {
		cfg := config.Default()
		cfg.Language = test.site
		d, _ := loadDocument("content/x.md", []byte(test.text), newSettings(cfg, &Folder{Root: "content"}, Options{}))
		if d.Lang != test.lang || d.LangGuessed != test.guessed {
			t.Errorf("%q on a site in %q: got %q, guessed %v", test.text, test.site, d.Lang, d.LangGuessed)
		}
	}
}

func FuzzDocument(f *testing.F) {
	f.Add("2021-04-29-x.md", "---\ntitle: A\n---\n# A\n\n## Timeline\n\n- 9:00 x\n- 9:10 y\n")
	f.Add("sub/index.md", "+++\npath = \"2021/01/02/x\"\n+++\n# B\n")
	f.Add("_drafts/x.md", "{\"title\": 1}\n\n<!-- internal -->x<!-- /internal -->\r\n")
	s := newSettings(config.Default(), &Folder{Root: "."}, Options{})
	f.Fuzz(func(t *testing.T, name, text string) {
		d, diags := loadDocument(name, []byte(text), s)
		if d.Body() == nil || d.Meta() == nil || d.Kind == postmortem.KindUnset {
			t.Errorf("an incomplete document: %+v", d)
		}
		if d.Broken != diags.HasErrors() {
			t.Error("broken and errors differ")
		}
		if d.Kind != postmortem.KindPage && !d.Date.Known() && !d.Broken && !d.Draft && !d.Meta().Draft && !d.Meta().Unpublished && d.Meta().Stage == "" && d.template == "" {
			t.Errorf("a dated kind without a date, and nothing said")
		}
	})
}
