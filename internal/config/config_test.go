package config

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"publish/internal/diag"
)

func load(t *testing.T, files map[string]string) (*Config, diag.List) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return Load(fsys, "")
}

func TestDefaults(t *testing.T) {
	c, diags := load(t, nil)
	if len(diags) > 0 {
		t.Errorf("diagnostics without a file: %v", diags)
	}
	want := Default()
	if diff := cmp.Diff(want, c); diff != "" {
		t.Error(diff)
	}
	if c.PerPage != 20 || c.Output != "public" || c.Feed.Limit != 20 || c.Facts != "stated" || len(c.Severities) != 4 {
		t.Errorf("unexpected defaults: %+v", c)
	}
	for i, id := range []string{"SEV1", "SEV2", "SEV3", "SEV4"} {
		s := c.Severities[i]
		if s.ID != id || s.Rank != i || s.Definition == "" || s.Label == "" || s.Statuspage == "" {
			t.Errorf("step %d of the scale is %+v", i, s)
		}
	}
}

func TestEveryKey(t *testing.T) {
	c, diags := load(t, map[string]string{"texts/a.md": "", "publish.yaml": `
title: "012"
description: What broke
base_url: https://Example.org/postmortems
language: fr-CA
timezone: Europe/Paris
organization: Example
authors: [Jo, Al]
contact: team@example.org
status_page: https://status.example.org
subscribe_url: mailto:list@example.org
repository: example/postmortems
license: CC-BY-4.0
content: ./texts/
output: site
permalink: /:year/:title/
per_page: 5
outputs: [html, Feeds, statuspage]
pages: {countermeasures: internal, insights: off}
countermeasures: {show: [owner, due]}
facts: full
severities:
  - {id: low, label: Low, rank: 2}
  - {id: high, label: High, rank: 0, definition: Bad, statuspage: major}
services: [API, {name: Web, group: Front, description: The site}]
menu:
  - {title: About, url: about.md}
feed: {limit: 3, id: x, aliases: [/old.xml]}
trackers: {OPS: "https://t.example.org/{id}", DEV: https://d.example.org/}
headings: {timeline: [What happened when], causes: Why}
zones: {IST: Asia/Kolkata, XST: "+03:30", YST: UTC-3}
data: {extra: [team]}
forbidden: ['db-\d+']
checks:
  alt-missing: error
  link-broken: {"old/*": off}
audience: internal
`})
	for _, d := range diags {
		if d.Level != diag.Note {
			t.Error(d.Pos, d.Message)
		}
	}
	if c.File != "publish.yaml" || c.Title != "012" || c.BaseURL.String() != "https://example.org/postmortems/" ||
		c.Language != "fr-CA" || c.Timezone.String() != "Europe/Paris" || c.Repository != "https://github.com/example/postmortems" ||
		c.Content != "texts" || c.Output != "site" || c.PerPage != 5 || c.Facts != "full" || c.Audience != "internal" {
		t.Errorf("simple keys: %+v", c)
	}
	same := func(name string, got, want any) {
		t.Helper()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	same("authors", c.Authors, []string{"Jo", "Al"})
	same("outputs", c.Outputs, []string{"html", "feeds", "statuspage"})
	same("pages", c.Pages, Pages{Countermeasures: "internal", Insights: "off"})
	same("show", c.Show, []string{"owner", "due"})
	same("severities", c.Severities, []Severity{
		{ID: "high", Label: "High", Rank: 0, Definition: "Bad", Statuspage: "major"},
		{ID: "low", Label: "Low", Rank: 2, Statuspage: "minor"},
	})
	same("services", c.Services, []Service{{Name: "API"}, {Name: "Web", Group: "Front", Description: "The site"}})
	same("feed", c.Feed, Feed{Limit: 3, ID: "x", Aliases: []Alias{{"/old.xml", c.Feed.Aliases[0].Pos}}})
	same("trackers", c.Trackers, []Tracker{{"DEV", "https://d.example.org/"}, {"OPS", "https://t.example.org/{id}"}})
	same("headings", c.Headings, []Headings{{"timeline", []string{"What happened when"}}, {"causes", []string{"Why"}}})
	same("zones", c.Zones, []Zone{{"IST", "Asia/Kolkata"}, {"XST", "+03:30"}, {"YST", "UTC-3"}})
	same("checks", c.Checks, []Check{{diag.AltMissing, diag.Error, ""}, {diag.LinkBroken, diag.Off, "old/*"}})
	same("forbidden", c.Forbidden, []string{`db-\d+`})
	if c.Menu[0].Title != "About" || c.Menu[0].Pos.Line == 0 {
		t.Errorf("menu: %+v", c.Menu)
	}
}

func TestAllMistakesInOneRun(t *testing.T) {
	_, diags := load(t, map[string]string{"publish.yaml": strings.TrimSpace(`
titel: x
title: [a]
per_page: many
language: "?"
timezone: Mars/Olympus
base_url: example.org
content: ../elsewhere
output: .
outputs: [html, feed]
facts: ful
feed: {limt: 3}
severities: [{label: x}, {id: a}, {id: A}]
services: [{group: x}]
menu: {title: x}
trackers: {A: nothing}
headings: {timelime: [x]}
zones: {X: Nowhere/Here}
checks: {alt-mising: off, alt-missing: loud}
`)})
	want := []struct {
		line          int
		message, hint string
	}{
		{1, `unknown key "titel"`, "did you mean `title`?"},
		{2, "`title` must be a text, not a list", ""},
		{3, "`per_page` must be a whole number from 1, not the text \"many\"", ""},
		{4, "`language` must be a language tag, not \"?\"", "write a tag such as `en`, `fr` or `pt-BR`"},
		{5, `unknown time zone "Mars/Olympus"`, "write a name such as `Europe/Paris`, or `UTC`"},
		{6, "`base_url` must begin with https:// or http://: \"example.org\"", baseURLHint},
		{7, "`content` must be a folder below the site folder, not \"../elsewhere\"", ""},
		{8, "the output \".\" would replace the site's own files", "name a folder of its own, such as `public`"},
		{9, "`outputs` must be one of html, feeds, search, data, statuspage, not the text \"feed\"", "did you mean `feeds`?"},
		{10, "`facts` must be one of stated, full, not the text \"ful\"", "did you mean `full`?"},
		{11, `unknown key "feed.limt"`, "did you mean `limit`?"},
		{12, "`severities[0]` needs an `id`", ""},
		{12, "the severity \"A\" stands twice", ""},
		{13, "`services[0]` needs a `name`", ""},
		{14, "`menu` must be a list, not a mapping", "begin each entry with `- `"},
		{15, "`trackers.A` must be an address that begins with https or http, not \"nothing\"", ""},
		{16, "`headings` must be one of timeline, countermeasures, causes, impact, lessons, summary, resolution, detection, measures, communications, updates, not the text \"timelime\"", "did you mean `timeline`?"},
		{17, `unknown time zone "Nowhere/Here"`, "write a name such as `Europe/Paris`"},
		{18, "unknown code \"alt-mising\" in `checks`", "did you mean `alt-missing`?"},
		{18, "`checks.alt-missing` must be one of error, warning, note, off, not the text \"loud\"", ""},
	}
	diags.Sort()
	for i, d := range diags {
		if d.Code != diag.Config || d.Level != diag.Error || d.File != "publish.yaml" || d.Column == 0 {
			t.Errorf("diagnostic %d: %+v", i, d)
		}
		if i < len(want) && (d.Line != want[i].line || d.Message != want[i].message || d.Hint != want[i].hint) {
			t.Errorf("got  %d %s | %s\nwant %d %s | %s", d.Line, d.Message, d.Hint, want[i].line, want[i].message, want[i].hint)
		}
	}
	if len(diags) != len(want) {
		t.Errorf("%d diagnostics, want %d", len(diags), len(want))
	}
}

func TestPermalinks(t *testing.T) {
	for written, want := range map[string]string{
		"pretty": "", "/:year/:month/:title/": "", "/:year_:month/:i_day:output_ext": "", "/all/:slug": "", "/12:30/:slug/": "",
		"/:yaer/:slug/": "`permalink` holds the unknown placeholder \":yaer\" | did you mean `:year`?",
		"/:foo_bar/":    "`permalink` holds the unknown placeholder \":foo_bar\" | it is one of :" + strings.Join(Placeholders, ", :"),
		"prety":         "`permalink` must be a pattern or the name of one, not \"prety\" | did you mean `pretty`?",
	} {
		c, diags := load(t, map[string]string{"publish.yaml": "permalink: " + written + "\n"})
		got, kept := "", written
		if len(diags) > 0 {
			got, kept = diags[0].Message+" | "+diags[0].Hint, ""
		}
		if got != want || c.Permalink != kept {
			t.Errorf("%s: permalink %q, said %s", written, c.Permalink, got)
		}
	}
}

func TestWhatCannotBeLowered(t *testing.T) {
	for written, lowered := range map[string]bool{
		"{config: warning}": true, "{privacy-key: off}": true, "{internal-mark: {old/*: note}}": true, "{leak-internal: warning}": true,
		"{privacy-key: error}": false, "{field-type: warning}": false,
	} {
		c, diags := load(t, map[string]string{"publish.yaml": "checks: " + written + "\n"})
		if diags.HasErrors() != lowered || (len(c.Checks) == 0) != lowered {
			t.Errorf("%s: checks %v, said %v", written, c.Checks, diags)
		}
		if lowered && !strings.Contains(diags[0].Message, "is always an error and cannot be lowered to") {
			t.Errorf("%s: said %s", written, diags[0].Message)
		}
	}
}

func TestNumbers(t *testing.T) {
	for written, want := range map[string]string{
		"-3": "`per_page` must be a whole number from 1, not -3", "0": "`per_page` must be a whole number from 1, not 0",
		"2.5": "`per_page` must be a whole number from 1, not the text \"2.5\"", "[1]": "`per_page` must be a whole number from 1, not a list",
	} {
		if _, diags := load(t, map[string]string{"publish.yaml": "per_page: " + written + "\n"}); len(diags) != 1 || diags[0].Message != want {
			t.Errorf("%s: said %v", written, diags)
		}
	}
}

func TestFilesThatAreNotThere(t *testing.T) {
	_, diags := Load(fstest.MapFS{}, "other.yaml")
	if len(diags) != 1 || diags[0].Message != `"other.yaml" cannot be read: it does not exist` {
		t.Errorf("got %v", diags)
	}
	_, diags = load(t, map[string]string{"publish.yaml": "content: texts\n"})
	if len(diags) != 1 || diags[0].Message != `the content folder "texts" does not exist` || diags[0].Line != 1 {
		t.Errorf("got %v", diags)
	}
	if _, diags = load(t, map[string]string{"publish.yaml": "# nothing yet\n"}); len(diags) > 0 {
		t.Errorf("an empty file: %v", diags)
	}
	if _, diags = load(t, map[string]string{"publish.yaml": "- a\n"}); len(diags) != 1 {
		t.Errorf("a list: %v", diags)
	}
}

func TestJekyll(t *testing.T) {
	jekyll := `
title: Our incidents
description: all of them
url: https://Example.org
baseurl: /blog
timezone: Europe/Paris
locale: fr_FR
permalink: pretty
paginate: 7
author: {name: Jo}
repository: example/blog
exclude: [drafts, "*.txt"]
include: _pages
collections_dir: pages
collections: {news: {output: true}, staff: {output: false}}
plugins: [jekyll-feed]
`
	c, diags := load(t, map[string]string{"_config.yml": jekyll})
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if !c.Jekyll || c.File != "_config.yml" || c.Title != "Our incidents" || c.BaseURL.String() != "https://example.org/blog/" ||
		c.Timezone.String() != "Europe/Paris" || c.Language != "fr-FR" || c.Permalink != "pretty" || c.PerPage != 7 ||
		c.Repository != "https://github.com/example/blog" || c.CollectionsDir != "pages" {
		t.Errorf("got %+v", c)
	}
	if diff := cmp.Diff([][]string{{"Jo"}, {"drafts", "*.txt"}, {"_pages"}, {"news"}},
		[][]string{c.Authors, c.Exclude, c.Include, c.Collections}); diff != "" {
		t.Error(diff)
	}

	c, diags = load(t, map[string]string{"_config.yml": jekyll, "publish.yaml": "title: Ours\nbase_url: https://a.example/\n"})
	if len(diags) > 0 || c.Title != "Ours" || c.BaseURL.Host != "a.example" || c.PerPage != 7 || !c.Jekyll || c.File != "publish.yaml" {
		t.Errorf("both files: %+v %v", c, diags)
	}
	if _, diags = load(t, map[string]string{"_config.yml": "a: [\n"}); len(diags) == 0 || diags[0].Code != diag.Config {
		t.Errorf("broken file: %v", diags)
	}
}

func TestOtherTools(t *testing.T) {
	for file, text := range map[string]string{
		"mkdocs.yml":  "site_name: Name\nsite_description: About\ntheme:\n  language: fr\nnav: !!python/name:x\n",
		"book.toml":   "[book]\ntitle = \"Name\"\ndescription = \"About\"\nlanguage = \"fr\"\n",
		"config.yml":  "title: Name\nlanguageCode: fr\nparams:\n  description: About\n",
		"_quarto.yml": "website:\n  title: Name\n  description: About\nlang: fr\n",
	} {
		c, diags := load(t, map[string]string{file: text})
		if len(diags) > 0 || c.Title != "Name" || c.Description != "About" || c.Language != "fr" || c.File != file {
			t.Errorf("%s: %q %q %q %v", file, c.Title, c.Description, c.Language, diags)
		}
	}
}

func TestSeverity(t *testing.T) {
	c := Default()
	for written, want := range map[string]string{
		"SEV1": "SEV1", "SEV-1": "SEV1", "sev 1": "SEV1", "S1": "SEV1", "Sévérité 1": "SEV1", "1": "SEV1", "SEV0": "SEV1",
		"critical": "SEV1", "Critique": "SEV1", "P0": "SEV1", "down": "SEV1",
		"P1": "SEV2", "major": "SEV2", "majeure": "SEV2", "high": "SEV2", "disrupted": "SEV2",
		"Major (High Impact, Service Degradation)": "SEV2", "SEV-2 – degraded network": "SEV2", "Sev 2: partial": "SEV2",
		"Severity: major": "SEV2", "Level 2 - Internal": "SEV2",
		"minor": "SEV3", "mineure": "SEV3", "medium": "SEV3", "P2": "SEV3", "modérée": "SEV3",
		"notice": "SEV4", "low": "SEV4", "P3": "SEV4", "P4": "SEV4", "SEV-5": "SEV4", "faible": "SEV4",
		"P0 / P1 / P2": "", "SEV-1/2/3": "", "notice | disrupted | down": "", "SEV9": "", "": "", "unknown": "", "(none)": "",
		"Internal": "", "s3 bucket": "",
	} {
		s, ok := c.Severity(written)
		got := ""
		if ok {
			got = s.ID
		}
		if got != want {
			t.Errorf("%q is %q, want %q", written, got, want)
		}
	}
}

func TestSeverityOfOwnScale(t *testing.T) {
	c := &Config{Severities: []Severity{{ID: "P0", Label: "Outage", Rank: 0}, {ID: "P1", Label: "Incident", Rank: 1}, {ID: "P2", Label: "Low", Rank: 5}}}
	for written, want := range map[string]string{
		"P1": "P1", "p-1": "P1", "outage": "P0", "SEV1": "P0", "SEV2": "P1", "low": "P2", "minor": "P2", "4": "P2",
	} {
		if s, ok := c.Severity(written); !ok || s.ID != want {
			t.Errorf("%q is %v, want %s", written, s, want)
		}
	}
	zero := &Config{Severities: []Severity{{ID: "SEV0", Rank: 0}, {ID: "SEV1", Rank: 1}, {ID: "SEV2", Rank: 2}}}
	for written, want := range map[string]string{"S1": "SEV1", "1": "SEV1", "severity 0": "SEV0"} {
		if s, ok := zero.Severity(written); !ok || s.ID != want {
			t.Errorf("%q is %v, want %s", written, s, want)
		}
	}
	if _, ok := (&Config{}).Severity("P1"); ok {
		t.Error("a site without a scale has no severity")
	}
}

func TestResolveBaseURL(t *testing.T) {
	own := Default()
	own.BaseURL, _ = parseBaseURL("https://own.example/x")
	for _, test := range []struct {
		name      string
		flag, env string
		github    string
		server    string
		c         *Config
		want      string
		code      diag.Code
	}{
		{"the flag wins", "https://flag.example", "https://env.example/", "o/r", "", own, "https://flag.example/", ""},
		{"then the environment", "", "http://env.example/a", "o/r", "", own, "http://env.example/a/", ""},
		{"then the configuration", "", "", "o/r", "", own, "https://own.example/x/", ""},
		{"then a guess", "", "", "Owner/repo", "https://github.com", Default(), "https://owner.github.io/repo/", diag.BaseURLGuessed},
		{"an owner's own site", "", "", "Owner/owner.github.io", "", Default(), "https://owner.github.io/", diag.BaseURLGuessed},
		{"a server of one's own", "", "", "o/r", "https://git.example", Default(), "", diag.BaseURLMissing},
		{"nothing", "", "", "", "", Default(), "", diag.BaseURLMissing},
		{"a bad address is said where it stands", "", "", "o/r", "", &Config{BaseURLWrong: true}, "", ""},
		{"a bad flag", "ftp://x", "", "o/r", "", own, "", diag.Config},
		{"a query", "https://x/?a", "", "", "", own, "", diag.Config},
		{"dots", "https://x/../a", "", "", "", own, "", diag.Config},
	} {
		t.Run(test.name, func(t *testing.T) {
			getenv := func(name string) string {
				return map[string]string{"GITHUB_REPOSITORY": test.github, "GITHUB_SERVER_URL": test.server}[name]
			}
			u, diags := ResolveBaseURL(test.flag, test.env, getenv, test.c)
			got := ""
			if u != nil {
				got = u.String()
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if code := first(diags); code != test.code {
				t.Errorf("said %q, want %q", code, test.code)
			}
		})
	}
}

func first(diags diag.List) diag.Code {
	if len(diags) == 0 {
		return ""
	}
	return diags[0].Code
}

func FuzzConfig(f *testing.F) {
	f.Add("title: x\nseverities: [{id: a}]\nfeed: {limit: 1}\n")
	f.Add("menu: [a, {title: 1}]\nchecks: {x: {y: off}}\nservices: {}\n")
	f.Fuzz(func(t *testing.T, text string) {
		fsys := fstest.MapFS{"publish.yaml": {Data: []byte(text)}, "_config.yml": {Data: []byte(text)}}
		c, diags := Load(fsys, "")
		if c == nil || len(c.Severities) == 0 || c.PerPage < 1 {
			t.Fatalf("unusable configuration %+v", c)
		}
		for _, d := range diags {
			if d.Message == "" || d.File == "" {
				t.Errorf("diagnostic without a place or a message: %+v", d)
			}
		}
	})
}

func FuzzSeverity(f *testing.F) {
	for _, s := range []string{"SEV-1 (bad)", "Severity: Severity: x", "P0/P1", "１"} {
		f.Add(s)
	}
	c := Default()
	f.Fuzz(func(t *testing.T, s string) {
		if found, ok := c.Severity(s); ok != (found != nil) {
			t.Errorf("%q: %v %v", s, found, ok)
		}
	})
}
