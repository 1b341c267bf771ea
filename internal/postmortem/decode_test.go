package postmortem

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"publish/internal/diag"
	"publish/internal/tree"
)

// decode reads YAML whose first line is line 1.
func decode(t testing.TB, yaml string, o Options) (*Postmortem, diag.List) {
	t.Helper()
	root, list := tree.ParseYAML("f", 1, []byte(yaml), diag.FrontMatterSyntax)
	if len(list) > 0 {
		t.Fatalf("%s\n%s", yaml, told(list))
	}
	return Decode(root, o)
}

// quiet decodes what is right.
func quiet(t testing.TB, yaml string) *Postmortem {
	t.Helper()
	p, list := decode(t, yaml, Options{})
	if len(list) > 0 {
		t.Errorf("%s\n%s", yaml, told(list))
	}
	return p
}

// said gives the diagnostics of a text.
func said(t testing.TB, yaml string) string {
	t.Helper()
	_, list := decode(t, yaml, Options{})
	return told(list)
}

const everything = `
id: DISN20220125
title: "NO"
date: 2022-01-25
published: 2022-02-01
updated: 2022-02-03
slug: live-event
permalink: /2022/live/
aliases: [/old/, /older/]
lang: fr_FR
authors:
  - Anna Roth <anna@example.org>
  - {name: Team Blue, url: https://example.org/blue}
summary: Players went dark.
tags: video live
categories: [live events]
stage: final
draft: false
audience: public
embargo: 2022-02-01T09:00:00+01:00
kind: postmortem
layout: wide
license: CC-BY-4.0
canonical_url: https://example.org/x
severity: SEV-2
status: resolved
services: [Player, Backstage - Overall]
regions: Western Europe, Northern Europe
timezone: Europe/Paris
start: 2022-01-25 11:00
detected: 11:03
acknowledged: 11:05
identified: ~11:30
mitigated: 11:45
resolved: 2022-01-25 12:00
communicated: 11:20
trigger: load
detection: customer
workaround: Watch elsewhere.
upstream: {provider: Cloud, url: https://status.example.org/1}
related: [A1]
recurrence_of: A0
contact: mailto:help@example.org
scheduled_for: 2022-01-25
scheduled_until: 2022-01-26
timeline:
  - {at: 11:00, kind: started, text: Players fail, actor: system, lane: players, link: https://example.org}
  - 11:03 a customer calls
  - 11:20: notice on the status page
  - {at: 2022-01-25 11:45, until: 12:00, text: Traffic moved}
impacts:
  - {who: iOS viewers, count: 76, of: 8 438, share: "0,9 %", unit: sessions, duration: 1 h, data_loss: none, personal_data: non, from: 11:00}
  - Support was busy
causes:
  - {kind: root, status: confirmed, text: One server}
  - Load
countermeasures:
  - {text: More servers, kind: prevent, horizon: short, owner: Ops, due: 2022-03-01, status: en cours, link: "https://example.org/2"}
  - "[x] Alert on errors"
communications:
  - {at: 11:20, channel: mail, audience: customers, text: We know}
lessons:
  well: [Fast]
  wrong: Slow, and late
  lucky: []
time_to_detect: 3 min
declared: {ttr: PT1H}
updates:
  - {at: 11:10, status: investigating, text: We look}
  - {at: 2022-02-03, status: correction, text: Numbers}
`

func TestDecodeEverything(t *testing.T) {
	p := quiet(t, everything)
	for name, c := range map[string]struct{ got, want any }{
		"id":       {p.ID, "DISN20220125"},
		"title":    {p.Title, "NO"},
		"date":     {p.Date.String(), "2022-01-25"},
		"publish":  {p.Published.String(), "2022-02-01"},
		"updated":  {p.Updated.String(), "2022-02-03"},
		"lang":     {p.Lang, "fr-FR"},
		"aliases":  {p.Aliases, []Text{{"/old/", diag.Pos{File: "f", Line: 9, Column: 11}}, {"/older/", diag.Pos{File: "f", Line: 9, Column: 18}}}},
		"authors":  {p.Authors, []Author{{Name: "Anna Roth", Email: "anna@example.org"}, {Name: "Team Blue", URL: "https://example.org/blue"}}},
		"tags":     {p.Tags, []string{"video", "live"}},
		"category": {p.Categories, []string{"live events"}},
		"embargo":  {p.Embargo.String(), "2022-02-01T09:00:00+01:00"},
		"stage":    {p.Stage, StageFinal},
		"audience": {p.Audience, AudiencePublic},
		"kind":     {p.Kind, KindPostmortem},
		"severity": {p.Severity.Text, "SEV-2"},
		"status":   {p.Status, StatusResolved},
		"services": {p.Services, []string{"Player", "Backstage - Overall"}},
		"regions":  {p.Regions, []string{"Western Europe", "Northern Europe"}},
		"start":    {p.Start.String(), "2022-01-25T11:00:00"},
		"detected": {p.Detected.String(), "2022-01-25T11:03:00"},
		"approx":   {p.Identified.Approximate, true},
		"upstream": {p.Upstream, []Upstream{{Provider: "Cloud", URL: "https://status.example.org/1"}}},
		"events":   {len(p.Timeline), 4},
		"event 0":  {p.Timeline[0].At.String() + p.Timeline[0].Text + p.Timeline[0].Lane + string(p.Timeline[0].Kind), "2022-01-25T11:00:00Players failplayersstarted"},
		"event 1":  {p.Timeline[1].At.String() + " " + p.Timeline[1].Text, "2022-01-25T11:03:00 a customer calls"},
		"event 2":  {p.Timeline[2].At.String() + " " + p.Timeline[2].Text, "2022-01-25T11:20:00 notice on the status page"},
		"event 3":  {p.Timeline[3].Until.String(), "2022-01-25T12:00:00"},
		"of":       {p.Impacts[0].Of.Value, 8438.0},
		"share":    {p.Impacts[0].Share.Value, 0.9},
		"data":     {p.Impacts[0].PersonalData, ExtentNone},
		"impact":   {p.Impacts[1].Text, "Support was busy"},
		"cause":    {p.Causes[0].Kind + p.Causes[0].Status + p.Causes[1].Text, "rootconfirmedLoad"},
		"counter":  {p.Countermeasures[0].Status + p.Countermeasures[1].Status + p.Countermeasures[1].Text, "in_progressdoneAlert on errors"},
		"lessons":  {p.Lessons, Lessons{Well: []string{"Fast"}, Wrong: []string{"Slow, and late"}}},
		"declared": {p.Declared.TimeToDetect.Value.String() + p.Declared.TimeToResolve.Value.String(), "3m0s1h0m0s"},
		"updates":  {p.Updates[0].At.String() + string(p.Updates[1].Status), "2022-01-25T11:10:00correction"},
		"unknown":  {len(p.Unknown), 0},
		"first":    {p.Fields[0], Field{"id", "id", diag.Pos{File: "f", Line: 2, Column: 1}}},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("%s: got %v, want %v", name, c.got, c.want)
		}
	}
	for _, name := range []string{"severity", "timeline", "declared", "updates"} {
		if !strings.Contains(strings.Join(p.Evidence, " "), name) {
			t.Errorf("%s is no evidence in %v", name, p.Evidence)
		}
	}
}

func TestNoFrontMatter(t *testing.T) {
	p, list := Decode(nil, Options{})
	if len(list) > 0 || !reflect.DeepEqual(p, &Postmortem{}) {
		t.Errorf("got %+v, %s", p, told(list))
	}
}

// TestOtherTools reads what Jekyll, Hugo and others write, in silence.
func TestOtherTools(t *testing.T) {
	for name, yaml := range map[string]string{
		"Jekyll":     "layout: post\ntitle: x\ndate: 2021-04-29 10:00:00 +0200\ncategories: a b\ntags: [c]\nauthor: anna\npermalink: /x/\nexcerpt_separator: <!--more-->\npublished: true\nexcerpt: short\ndescription: other\nimage: /a.png\ncomments: true\ntoc: true\n",
		"Hugo":       "title: x\ndate: 2021-04-29\nlastmod: 2021-05-01\npublishDate: 2021-04-30\ndraft: false\nweight: 3\ntype: posts\nslug: x\nurl: /y/\naliases: [/z/]\ncascade: {a: 1}\nparams: {b: {c: 1}}\nkeywords: [k]\nmenu: main\n",
		"Docusaurus": "title: x\nslug: /x\nauthors:\n  - {name: A, title: Dev, image_url: /a.png, socials: {x: a}}\nhide_table_of_contents: true\nlast_update: {date: 2021-04-29, author: a}\nunlisted: false\n",
		"cState":     "title: x\ndate: 2021-04-29\nresolved: true\nresolvedWhen: 2021-04-29 11:00\nseverity: down\naffected:\n  - API\nsection: issue\ninformational: false\npin: false\n",
		"WordPress":  "layout: post\nstatus: publish\ntype: post\npublished: true\nmeta: {a: b}\n",
		"Quarto":     "title: x\nformat: html\nexecute: {echo: false}\ndate: last-of\n",
		"MkDocs":     "date: 2021-01-10\nauthors: [joe]\ncategories: [a]\ndraft: false\ndescription: x\nhide: [toc]\n",
		"empty":      "title:\ndate: ''\ntags: []\nseverity: ~\ntimeline:\ndraft:\nupdates: [~, ~]\nlessons: {}\n",
	} {
		t.Run(name, func(t *testing.T) {
			_, list := decode(t, yaml, Options{})
			want := ""
			if name == "Quarto" {
				want = "f:4:7 error field-type: \"date\" must be a date or time, not \"last-of\" (write it as 2021-04-29 or 2021-04-29 09:21)"
			}
			if got := told(list); got != want {
				t.Errorf("got %s\nwant %s", got, want)
			}
		})
	}
}

func TestJekyll(t *testing.T) {
	p := quiet(t, "category: incident reports\ntags: a b\nauthor: Anna, Bert\npublished: false\nexcerpt: one\ndescription: two\n")
	want := &Postmortem{
		Head:        Head{Categories: []string{"incident reports"}, Tags: []string{"a", "b"}},
		Authors:     []Author{{Name: "Anna"}, {Name: "Bert"}},
		Unpublished: true, Summary: "one", Fields: p.Fields,
	}
	if !reflect.DeepEqual(p, want) {
		t.Errorf("got %+v\nwant %+v", p, want)
	}
	if p := quiet(t, "description: two\nsummary: zero\nexcerpt: one\n"); p.Summary != "zero" {
		t.Errorf("summary = %q, want that of the canonical name", p.Summary)
	}
	if p := quiet(t, "keywords: [a]\ntags: b, c d\n"); !reflect.DeepEqual(p.Tags, []string{"a", "b", "c d"}) {
		t.Errorf("tags = %v, want those of both names", p.Tags)
	}
}

func TestReadings(t *testing.T) {
	for yaml, holds := range map[string]func(*Postmortem) bool{
		"published: 2021-04-29":           func(p *Postmortem) bool { return p.Published.Known() && !p.Unpublished },
		"published: 'false'":              func(p *Postmortem) bool { return p.Unpublished },
		"published: oui":                  func(p *Postmortem) bool { return !p.Unpublished && p.Published.IsZero() },
		"resolved: false":                 func(p *Postmortem) bool { return p.ResolvedSwitch == StateNo },
		"resolved: true\nend: 2021-04-29": func(p *Postmortem) bool { return p.ResolvedSwitch == StateYes && p.Resolved.Known() },
		"status: draft":                   func(p *Postmortem) bool { return p.Stage == StageDraft && p.Status == "" && len(p.Evidence) == 0 },
		"status: private":                 func(p *Postmortem) bool { return p.Audience == AudienceInternal },
		"status: Résolu":                  func(p *Postmortem) bool { return p.Status == StatusResolved && len(p.Evidence) == 1 },
		"status: scheduled":               func(p *Postmortem) bool { return p.Status == "" && p.Plan == StatusScheduled && len(p.Evidence) == 0 },
		"stage: brouillon":                func(p *Postmortem) bool { return p.Stage == StageDraft },
		"brouillon: oui":                  func(p *Postmortem) bool { return p.Draft },
		"unpublished: true":               func(p *Postmortem) bool { return p.Draft },
		"internal: true":                  func(p *Postmortem) bool { return p.Audience == AudienceInternal },
		"private: true\naudience: public": func(p *Postmortem) bool { return p.Audience == AudienceInternal },
		"audience: public\nprivate: true": func(p *Postmortem) bool { return p.Audience == AudienceInternal },
		"public: false":                   func(p *Postmortem) bool { return p.Audience == AudienceInternal },
		"internal: false":                 func(p *Postmortem) bool { return p.Audience == AudiencePublic },
		"diffusion: interne":              func(p *Postmortem) bool { return p.Audience == AudienceInternal },
		"withdrawn: wrong incident":       func(p *Postmortem) bool { return p.Withdrawn == "wrong incident" },
		"withdrawn: false":                func(p *Postmortem) bool { return p.Withdrawn == "" },
		"url: https://example.org/x":      func(p *Postmortem) bool { return p.CanonicalURL != "" && p.Permalink == "" },
		"path: 2018/10/19/x":              func(p *Postmortem) bool { return p.Permalink == "2018/10/19/x" },
		"type: page":                      func(p *Postmortem) bool { return p.Kind == KindUnset },
		"type: incident":                  func(p *Postmortem) bool { return p.Kind == KindPostmortem },
		"kind: Billet":                    func(p *Postmortem) bool { return p.Kind == KindPost },
		"section: issue":                  func(p *Postmortem) bool { return len(p.Evidence) == 1 },
		"section: news":                   func(p *Postmortem) bool { return len(p.Evidence) == 0 },
		"post_mortem: true":               func(p *Postmortem) bool { return len(p.Evidence) == 1 },
		"post_mortem: false":              func(p *Postmortem) bool { return len(p.Evidence) == 0 },
		"priority: 0.8":                   func(p *Postmortem) bool { return p.Severity.Text == "" && len(p.Evidence) == 0 },
		"priority: P1":                    func(p *Postmortem) bool { return p.Severity.Text == "P1" },
		"severity: 012":                   func(p *Postmortem) bool { return p.Severity.Text == "012" },
		"root_cause: a disk": func(p *Postmortem) bool {
			return p.Causes[0] == Cause{Kind: "root", Text: "a disk", Pos: p.Causes[0].Pos}
		},
		"cause_immédiate: x":                        func(p *Postmortem) bool { return p.Causes[0].Kind == "immediate" },
		"contributing_factors: [x, y]":              func(p *Postmortem) bool { return p.Causes[1].Kind == "contributing" },
		"causes: x":                                 func(p *Postmortem) bool { return p.Causes[0].Kind == "" },
		"what_went_well: [a, b]":                    func(p *Postmortem) bool { return len(p.Lessons.Well) == 2 },
		"upstream: Cloud":                           func(p *Postmortem) bool { return p.Upstream[0].Provider == "Cloud" },
		"services: Backstage - Overall":             func(p *Postmortem) bool { return len(p.Services) == 1 },
		"services: [{name: A, group: G}, B]":        func(p *Postmortem) bool { return reflect.DeepEqual(p.Services, []string{"A", "B"}) },
		"last_update: {date: 2021-04-29}":           func(p *Postmortem) bool { return p.Updated.Known() },
		"start: 09:21\ndate: 2021-04-29":            func(p *Postmortem) bool { return p.Start.String() == "2021-04-29T09:21:00" },
		"detected: 09:21\nstart: 2021-04-28 10:00":  func(p *Postmortem) bool { return p.Detected.String() == "2021-04-28T09:21:00" },
		"detected: 09:21":                           func(p *Postmortem) bool { return p.Detected.ClockOnly() },
		"detected: '--:--'":                         func(p *Postmortem) bool { return p.Detected.Written == "--:--" && !p.Detected.Known() },
		"duration: about 3 hours":                   func(p *Postmortem) bool { return p.Declared.Duration.Approximate },
		"metrics: {MTTR: 5h 09m}":                   func(p *Postmortem) bool { return p.Declared.TimeToResolve.Known },
		"TITLE: x":                                  func(p *Postmortem) bool { return p.Title == "x" },
		"title: |\n  x\n":                           func(p *Postmortem) bool { return p.Title == "x" },
		"wordpress_id: 3":                           func(p *Postmortem) bool { return len(p.Unknown) == 1 },
		"scheduled_for: 2021-04-29":                 func(p *Postmortem) bool { return p.ScheduledFor.Known() && len(p.Evidence) == 0 },
		"timezone: CET":                             func(p *Postmortem) bool { return p.Timezone == "CET" },
		"start: 2021-04-29\nstart_time: 2021-04-29": func(p *Postmortem) bool { return p.Start.Known() },
	} {
		if p := quiet(t, yaml+"\n"); !holds(p) {
			t.Errorf("%s\n%+v", yaml, p)
		}
	}
}

// TestMistakes is what authors are told.
func TestMistakes(t *testing.T) {
	for yaml, want := range map[string]string{
		"severty: x":                       `f:1:1 warning field-unknown: unknown field "severty" (did you mean "severity"?)`,
		"zzzzzz: x":                        `f:1:1 warning field-unknown: unknown field "zzzzzz" ()`,
		"external: x":                      `f:1:1 warning field-unknown: unknown field "external" ()`,
		"title: [a]":                       `f:1:8 error field-type: "title" must be a text, not a list ()`,
		"tags: {a: b}":                     `f:1:8 warning field-unknown: unknown field "a" ()`,
		"draft: maybe":                     `f:1:8 error field-type: "draft" must be true or false, not "maybe" (write ` + "`draft: true`, or take the line out)",
		"date: soon":                       `f:1:7 error field-type: "date" must be a date or time, not "soon" (write it as 2021-04-29 or 2021-04-29 09:21)`,
		"date: 2017-06-31 23:59:59":        `f:1:7 error date-invalid: "date" is a day or time that does not exist: "2017-06-31 23:59:59" (correct the day, the month or the time)`,
		"date: 4/5/2023":                   `f:1:7 error field-type: "date" can be read with the day or the month first: "4/5/2023" (write the year first: 2021-04-29)`,
		"start: 2021-04-29 10:00 IST":      `f:1:8 error field-type: "start" names a time zone by an abbreviation that several zones share: "2021-04-29 10:00 IST" (write the offset, as +05:30, or say under ` + "`zones`" + ` in publish.yaml which one you mean)`,
		"published: maybe":                 `f:1:12 error field-type: "published" must be a date, or true or false, not "maybe" (write it as 2021-04-29 or 2021-04-29 09:21)`,
		"resolved: yep":                    `f:1:11 error field-type: "resolved" must be a date or time, or true or false, not "yep" (write it as 2021-04-29 or 2021-04-29 09:21)`,
		"status: resolvd":                  `f:1:9 error field-type: "status" must be one of investigating, identified, monitoring, resolved, postmortem, not "resolvd" (did you mean "resolved"?)`,
		"audience: [public, internal]":     `f:1:11 error field-type: "audience" must be one of public, internal, not a list ()`,
		"audience: customers":              `f:1:11 error field-type: "audience" must be one of public, internal, not "customers" ()`,
		"withdrawn: true":                  `f:1:12 error field-type: "withdrawn" must be the reason, as a text, not "true" (write why, for those who had the address)`,
		"kind: blurb":                      `f:1:7 error field-type: "kind" must be one of postmortem, post, maintenance, page, not "blurb" ()`,
		"type: gallery":                    "f:1:7 note field-unknown: \"type\" is ignored: \"gallery\" is no kind of document here (write `kind:` with one of postmortem, post, maintenance, page if the guess is wrong)",
		"timezone: Mars":                   `f:1:11 error field-type: "timezone" must be the name or offset of one time zone, not "Mars" (write it as Europe/Paris or +02:00)`,
		"timezone: IST":                    `f:1:11 error field-type: "timezone" must be the name or offset of one time zone, not "IST" (write it as Europe/Paris or +02:00)`,
		"lang: Klingon":                    `f:1:7 warning field-type: "lang" is not used: "Klingon" is no language tag (write a tag such as en, fr or pt-BR; without one the language is guessed)`,
		"start: 1.1.2021\nbegin: 2.1.2021": `f:2:1 warning field-duplicate: "begin" is not used: line 1 gives the field "start" too (keep one of them)`,
		"begin: 1.1.2021\nstart: 2.1.2021": `f:1:1 warning field-duplicate: "begin" is not used: line 2 gives the field "start" too (keep one of them)`,
		"embargo: 1.1.2021\nembargo_until: 2.1.2021":  `f:2:1 error field-duplicate: "embargo_until" and "embargo" (line 1) are the same field, "embargo", and say different things (keep one of them)`,
		"end: 1.1.2021\nresolved: 2.1.2021":           `f:1:6 warning field-duplicate: "1.1.2021" is not used: line 2 gives the field "resolved" too (keep one of them)`,
		"unlisted: true":                              "f:1:1 warning field-unknown: \"unlisted\" hides nothing here (hold it back with `draft: true`, `audience: internal` or `embargo: DATE`)",
		"causes: [{kind: roots}]":                     `f:1:17 error field-type: "kind" must be one of trigger, immediate, root, contributing, not "roots" (did you mean "root"?)`,
		"impacts: [[a]]":                              `f:1:11 error field-type: "impacts" must be a list without lists inside it, not a list ()`,
		"lessons: [a]":                                `f:1:10 error field-type: "lessons" must be a mapping with fields such as "well", not a list ()`,
		"timeline: [{at: 25:00}]":                     `f:1:17 error date-invalid: "at" is a day or time that does not exist: "25:00" (correct the day, the month or the time)`,
		"timeline: [{txt: x}, {txt: y}]":              "f:1:13 warning field-unknown: unknown field \"txt\" (did you mean \"text\"?)\nf:1:23 warning field-unknown: unknown field \"txt\" (did you mean \"text\"?)",
		"duration: banana":                            `f:1:11 warning time-unread: "duration" cannot be read as a length of time: "banana" (write it as 4h50min, with its units)`,
		"declared: {time_to_detect: 99999999999h}":    `f:1:28 warning time-unread: "time_to_detect" cannot be read as a length of time: "99999999999h" (write it as 4h50min, with its units)`,
		"impacts: [{duration: long}]":                 `f:1:22 warning time-unread: "duration" cannot be read as a length of time: "long" (write it as 4h50min, with its units)`,
		"duration: unknown\ntime_to_resolve: ongoing": "",
		"timeline: [deployed]":                        `f:1:12 warning time-unread: no time was found at the beginning of "deployed" (begin it with a time, as 09:21 or 2021-04-29 09:21, or with --:-- if none is known)`,
	} {
		if got := said(t, yaml+"\n"); got != want {
			t.Errorf("%s\n got %s\nwant %s", yaml, got, want)
		}
	}
}

func TestExtraKeys(t *testing.T) {
	p, list := decode(t, "team_size: 3\ndraft_notes: x\n", Options{Extra: []string{"team_size", "draft_notes"}})
	if len(list) > 0 || len(p.Unknown) != 2 {
		t.Errorf("got %s, %v", told(list), p.Unknown)
	}
}

func TestTOMLAndJSONAreDecodedAlike(t *testing.T) {
	yaml := quiet(t, "title: x\ndate: 2021-04-29\ntags: [a]\ntimeline:\n- {at: 09:21, text: y}\n")
	toml, list := tree.ParseTOML("f", 1, []byte("title = 'x'\ndate = 2021-04-29\ntags = ['a']\n[[timeline]]\nat = 09:21\ntext = 'y'\n"), diag.FrontMatterSyntax)
	if len(list) > 0 {
		t.Fatal(told(list))
	}
	object, list := tree.ParseJSON("f", 1, []byte(`{"title": "x", "date": "2021-04-29", "tags": ["a"], "timeline": [{"at": "09:21", "text": "y"}]}`), diag.FrontMatterSyntax)
	if len(list) > 0 {
		t.Fatal(told(list))
	}
	for name, root := range map[string]*tree.Node{"TOML": toml, "JSON": object} {
		p, list := Decode(root, Options{})
		if len(list) > 0 || p.Title != yaml.Title || p.Date.String() != yaml.Date.String() || p.Timeline[0].At.String() != yaml.Timeline[0].At.String() {
			t.Errorf("%s: got %+v, %s", name, p, told(list))
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(everything)
	f.Add("timeline: |\n  2021-04-29\n  09:21 a\n   b\nlessons: {well: [a]}\ninternl: 1\n")
	f.Add("a: &x {internal: true, text: y}\nimpacts: [*x, {<<: *x}]\n")
	f.Fuzz(func(t *testing.T, text string) {
		root, _ := tree.ParseYAML("f", 1, []byte(text), diag.FrontMatterSyntax)
		public, list := Decode(root, Options{})
		internal, more := Decode(root, Options{Internal: true})
		if told(list) != told(more) {
			t.Errorf("%q: the public build says\n%s\nthe internal one\n%s", text, told(list), told(more))
		}
		if len(public.Timeline) > len(internal.Timeline) || len(public.Impacts) > len(internal.Impacts) {
			t.Errorf("%q: the public build has more items", text)
		}
		if _, err := json.Marshal(public); err != nil && !strings.Contains(err.Error(), "year outside of range") {
			t.Errorf("%q: %v", text, err)
		}
	})
}

// BenchmarkDecode reads a front matter of 3 KB, parsing and decoding apart.
func BenchmarkDecode(b *testing.B) {
	text := strings.TrimSpace(everything) + "\n"
	for i := 0; len(text) < 3000; i++ {
		text += "  - {at: 2022-02-04 10:00, status: follow_up, text: One more number was wrong}\n"
	}
	source := []byte(text)
	root, list := tree.ParseYAML("f", 1, source, diag.FrontMatterSyntax)
	if len(list) > 0 {
		b.Fatal(told(list))
	}
	b.Run("split", func(b *testing.B) {
		file := []byte("---\n" + text + "---\nText\n")
		b.ReportAllocs()
		for b.Loop() {
			Split("f", file)
		}
	})
	b.Run("parse", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			tree.ParseYAML("f", 1, source, diag.FrontMatterSyntax)
		}
	})
	b.Run("decode", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			Decode(root, Options{})
		}
	})
}
