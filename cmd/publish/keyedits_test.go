package main

import "time"

// The kinds of edits that TestKeys makes to testdata/keys/site.txtar.

const (
	configFile    = "publish.yaml"
	first         = "content/2024-01-10-first.md"
	firstInFrench = "content/2024-01-10-first.fr.md"
	second        = "content/2024-01-20-second.md"
	third         = "content/2024-02-01-third.md"
	fourth        = "content/2024-02-10-fourth.md"
	fifth         = "content/2024-02-15-fifth.md"
	running       = "content/2024-02-20-running.md"
	note          = "content/2024-02-22-note.md"
	works         = "content/2024-02-25-works.md"
	gone          = "content/2024-02-26-gone.md"
	draft         = "content/2024-03-12-draft.md"
	embargoed     = "content/2024-02-27-embargo.md"
	old           = "content/2023-06-05-old.md"
)

// edited is the edit that replaces a text.
func edited(file, from, to string) func(*world) {
	return func(w *world) { w.replace(file, from, to) }
}

// withCards is other edits on a site that draws a card for each report.
func withCards(others ...func(*world)) func(*world) {
	return func(w *world) {
		w.replace(configFile, "per_page: 4", "per_page: 4\ncards: true")
		for _, edit := range others {
			edit(w)
		}
	}
}

var keyEdits = []keyEdit{
	{name: "no change", do: func(*world) {}},
	{name: "prose in the excerpt", vain: 3, do: edited(first, "The API was down.", "The API was slow.")},
	{name: "prose", do: edited(first, "Nobody had looked.", "Nobody had [looked](https://example.net/) there for *years*.")},
	{name: "prose of an old report, beyond the main feed", do: edited(old, "And it is over.", "And all is over.")},
	{name: "prose of a page", do: edited("content/guide/start.md", "How to read", "How one reads")},
	{name: "prose of the home page", do: edited("content/index.md", "The text", "A text")},
	{name: "prose of a draft: no change", do: edited(draft, "Not yet.", "Still not.")},
	{name: "title", do: edited(second, "The second", "The other")},
	{name: "title of a page in the menu", do: edited("content/about.md", "# About us", "# About them")},
	{name: "title of the home page", do: edited("content/index.md", "# Welcome", "# Hello")},
	{name: "date", vain: 2, do: func(w *world) { w.rename(third, "content/2024-01-15-third.md") }},
	{name: "date field", vain: 2, do: edited(third, "detection:", "date: 2024-01-15\ndetection:")},
	{name: "slug", vain: 3, do: edited(third, "detection:", "slug: tertiary\ndetection:")},
	{name: "severity", do: edited(second, "severity: sev2", "severity: sev1")},
	{name: "no severity", do: edited(second, "severity: sev2\n", "")},
	{name: "service", vain: 1, do: edited(fifth, "[mail, Search]", "[mail]")},
	{name: "new service", vain: 1, do: edited(fifth, "[mail, Search]", "[mail, Search, Billing, Payments]")},
	{name: "spelling of a service", vain: 1, do: edited(running, "[Search]", "[search]")},
	{name: "tag", vain: 3, do: edited(first, "[dns, \"a b\"]", "[dns, \"a b\", new]")},
	{name: "tag gone", vain: 8, do: edited(first, "[dns, \"a b\"]", "[dns]")},
	{name: "tags that clash", vain: 1, do: edited(fifth, "[c++, \"C#\"]", "[\"c plus plus\", \"C#\"]")},
	{name: "status", vain: 2, do: edited(running, "status: investigating\nupdates", "status: monitoring\nupdates")},
	{name: "resolved", vain: 2, do: edited(running, "status: investigating\nupdates", "status: resolved\nupdates")},
	{name: "resolved time", vain: 10, do: edited(fifth, "12:00+01:00", "13:00+01:00")},
	{name: "update", vain: 3, do: edited(running, "2024-02-20T10:00", "2024-02-20T11:00")},
	{name: "text of an update", vain: 1, do: edited(running, "We look", "We looked")},
	{name: "promise kept", vain: 20, do: edited(first, "due: 2024-03-01, status: open", "status: done, done_on: 2024-03-01")},
	{name: "summary", vain: 1, do: edited(second, "Once more.", "Again.")},
	{name: "duration", vain: 10, do: edited(second, "duration: 2 h", "duration: 3 h")},
	{name: "start", vain: 8, do: edited(first, "2024-01-10T09:00", "2024-01-10T08:50")},
	{name: "event of the text", vain: 3, do: edited(first, "- 09:00 it began", "- 09:00 it began\n- 09:30 someone saw it")},
	{name: "cause", vain: 9, do: edited(third, "kind: root", "kind: trigger")},
	{name: "impact", vain: 14, do: edited(fourth, "data_loss: partial", "data_loss: total")},
	{name: "upstream", vain: 11, do: edited(second, "Cloudy", "Windy")},
	{name: "upstream's address", vain: 11, do: edited(second, "example.org/1", "example.org/2")},
	{name: "related to another", vain: 9, do: edited(second, "2024-01-10-first", "2024-02-10-fourth")},
	{name: "related to nothing", vain: 9, do: edited(second, "related: [2024-01-10-first]\n", "")},
	{name: "related back, which it was: no change", vain: 11, do: edited(first, "ticket: T-1", "related: [2024-01-20-second]\nticket: T-1")},
	{name: "recurrence", vain: 10, do: edited(third, "recurrence_of: 2024-01-10-first\n", "")},
	{name: "alias", vain: 11, do: edited(first, "aliases: [/old/first/]", "aliases: [/old/first/, /older/]")},
	{name: "alias gone", vain: 11, do: edited(first, "aliases: [/old/first/]\n", "")},
	{name: "id", vain: 2, do: edited(first, "ticket: T-1", "id: INC-1\nticket: T-1")},
	{name: "extra key", vain: 9, do: edited(first, "ticket: T-1", "ticket: T-2")},
	{name: "withdrawn", do: edited(second, "summary:", "withdrawn: it was wrong\nsummary:")},
	{name: "reason of a withdrawal", do: edited(gone, "it never happened", "a mistake")},
	{name: "withdrawal undone", do: edited(gone, "withdrawn: it never happened\n", "")},
	{name: "text of a tombstone: no change", do: edited(gone, "Nobody", "Somebody")},
	{name: "draft", do: edited(second, "summary:", "draft: true\nsummary:")},
	{name: "draft published", do: edited(draft, "draft: true\n", "")},
	{name: "drafts shown", vain: 1, do: func(w *world) { w.o.Drafts = true }},
	{name: "undated draft shown", vain: 1, do: func(w *world) {
		w.o.Drafts = true
		w.write("content/later.md", "---\ntitle: Later\ndraft: true\nseverity: sev1\n---\nText.\n")
	}},
	{name: "future shown", vain: 1, do: func(w *world) { w.o.Future = true }},
	{name: "embargo reached", do: func(w *world) { w.o.Now = time.Date(2024, 4, 2, 12, 0, 0, 0, time.UTC) }},
	{name: "embargo put off", do: edited(embargoed, "2024-04-01", "2024-03-01")},
	{name: "another day", do: func(w *world) { w.o.Now = w.o.Now.AddDate(0, 0, 1) }},
	{name: "another hour: no change", do: func(w *world) { w.o.Now = w.o.Now.Add(time.Hour) }},
	{name: "late", do: func(w *world) { w.o.Now = time.Date(2024, 3, 17, 1, 0, 0, 0, time.UTC) }},
	{name: "due", vain: 6, do: edited(first, "due: 2024-03-01", "due: 2025-03-01")},
	{name: "owner", vain: 6, do: edited(first, "owner: Ada", "owner: Bea")},
	{name: "promise kept", vain: 6, do: edited(first, "status: open", "status: done")},
	{name: "new post", do: func(w *world) {
		w.write("content/2024-02-05-new.md", "---\ntitle: A new one\nseverity: sev1\nservices: [API, Mail]\ntags: [dns]\n---\nNew.\n")
	}},
	{name: "new post on top", do: func(w *world) {
		w.write("content/2024-03-10-new.md", "---\ntitle: The newest\nseverity: sev2\nservices: [Billing]\n---\nNew.\n")
	}},
	{name: "new post in the past", do: func(w *world) {
		w.write("content/2020-03-10-new.md", "---\ntitle: The oldest\nseverity: sev2\n---\nOld.\n")
	}},
	{name: "new page", do: func(w *world) { w.write("content/guide/more.md", "# More\n\nText.\n") }},
	{name: "page above another", do: func(w *world) { w.write("content/guide/index.md", "# All of the guide\n\nText.\n") }},
	{name: "page in the place of the archive", do: func(w *world) { w.write("content/archive.md", "# Our archive\n\nText.\n") }},
	{name: "page with the address of another", do: func(w *world) {
		w.write("content/other.md", "---\npermalink: /about/\n---\n# Other\n\nText.\n")
	}},
	{name: "file that a text waited for", do: func(w *world) { w.write("content/nowhere.md", "# It is somewhere\n\nText.\n") }},
	{name: "deleted post", vain: 2, do: func(w *world) { w.remove(third) }},
	{name: "deleted page", do: func(w *world) { w.remove("content/about.md") }},
	{name: "deleted home page", vain: 1, do: func(w *world) { w.remove("content/index.md") }},
	{name: "renamed post", do: func(w *world) { w.rename(first, "content/2024-01-10-one.md") }},
	{name: "renamed page", do: func(w *world) { w.rename("content/guide/start.md", "content/guide/begin.md") }},
	{name: "image with more behind its end: no change", vain: 1, do: func(w *world) { w.add("content/picture.png", "more") }},
	{name: "image resized", do: func(w *world) { w.picture("content/picture.png", 60, 40) }},
	{name: "image deleted", do: func(w *world) { w.remove("content/picture.png") }},
	{name: "image of a draft: no change", do: func(w *world) { w.picture("content/hidden.png", 6, 6) }},
	{name: "drawing changed", do: edited("content/drawing.svg", "<rect", "<rect fill=\"red\"")},
	{name: "drawing resized", do: edited("content/drawing.svg", "width=\"40\"", "width=\"80\"")},
	{name: "drawing with a script: no change", vain: 1, do: edited("content/drawing.svg", "<rect", "<script>x()</script><rect")},
	{name: "log changed", do: edited("content/run.log", "started", "stopped")},
	{name: "unused file: no change", do: edited("content/unused.txt", "nobody", "no one")},
	{name: "link to a new file", vain: 3, do: edited(second, "[nothing](nowhere.md)", "[a file](unused.txt)")},
	{name: "link to another site", vain: 3, do: edited(second, "[nothing](nowhere.md)", "[a site](https://example.net/)")},
	{name: "image from another host", vain: 3, do: edited(second, "[nothing](nowhere.md)", "![far](https://example.net/x.png)")},
	{name: "heading that another page links to", vain: 2, do: edited(first, "## Cause", "## Root cause")},
	{name: "heading with the place that was missing", vain: 1, do: edited(second, "See [the cause]", "## No such place\n\nSee [the cause]")},
	{name: "kind", vain: 5, do: edited(note, "kind: post", "kind: postmortem")},
	{name: "kind of a page", do: edited(note, "kind: post", "kind: page")},
	{name: "language of a text", vain: 4, do: edited(fourth, "lang: fr", "lang: en")},
	{name: "layout of a text", vain: 5, do: edited(note, "layout: special", "layout: none")},
	{name: "scheduled", vain: 1, do: edited(works, "2024-03-30T02:00", "2024-03-30T03:00")},
	{name: "front matter's form: no change", vain: 6, do: edited(first, "title: The first", "title:   \"The first\"")},
	{name: "order of the front matter", vain: 1, do: edited(second, "summary: Once more.\nupstream", "upstream")},
	{name: "front matter unclosed", do: edited(second, "duration: 2 h\n---", "duration: 2 h\n")},
	{name: "internal", do: edited(second, "summary:", "audience: internal\nsummary:")},
	{name: "audience", vain: many, do: func(w *world) { w.o.Internal = true }},
	{name: "portable", vain: many, do: func(w *world) { w.o.Portable = true }},
	{name: "other base URL", vain: many, do: func(w *world) { w.base = "https://other.example/" }},
	{name: "no base URL", vain: many, do: func(w *world) { w.base = "" }},
	{name: "SUMMARY.md", do: edited("content/SUMMARY.md", "[Guide]", "[The guide]")},

	{name: "config: title", vain: many, do: edited(configFile, "title: Reports", "title: Incidents")},
	{name: "config: redact", vain: many, do: edited(configFile, "title: Reports", "redact: [{text: \"it was wrong\", reason: a secret}, {text: The, reason: a word}]\ntitle: Reports")},
	{name: "config: description", do: edited(configFile, "What went wrong.", "What broke.")},
	{name: "config: menu", do: edited(configFile, "title: Numbers", "title: Figures")},
	{name: "config: menu to nothing", do: edited(configFile, "/insights/}", "/nothing/}")},
	{name: "config: no menu", do: edited(configFile, `menu:
  - {title: About, url: about.md}
  - {title: Numbers, url: /insights/}
  - {title: Status, url: https://status.example.org/}
`, "")},
	{name: "config: a line above: no change", do: edited(configFile, "title: Reports", "# a remark\ntitle: Reports")},
	{name: "config: label of a severity", vain: 1, do: edited(configFile, "label: Partial", "label: Half")},
	{name: "config: definition of a severity", do: edited(configFile, "Some is down.", "Half is down.")},
	{name: "config: new severity", do: edited(configFile, "services:\n", "  - {id: sev9, label: Odd, rank: 2}\nservices:\n")},
	{name: "config: group of a service", vain: 2, do: edited(configFile, "group: Edge", "group: Outside")},
	{name: "config: description of a service", do: edited(configFile, "The interface.", "Our interface.")},
	{name: "config: name of a service", vain: 1, do: edited(configFile, "name: Mail", "name: MAIL")},
	{name: "config: trackers: no change", vain: many, do: edited(configFile, "tracker.example.org", "issues.example.org")},
	{name: "config: facts", vain: many, do: edited(configFile, "per_page: 4", "per_page: 4\nfacts: full")},
	{name: "config: per page", do: edited(configFile, "per_page: 4", "per_page: 3")},
	{name: "config: insights off", do: edited(configFile, "insights: public", "insights: off")},
	{name: "config: register off", do: edited(configFile, "countermeasures: public", "countermeasures: off")},
	{name: "config: owners hidden", vain: many, do: edited(configFile, "[owner, due, late]", "[due, late]")},
	{name: "config: due days hidden", vain: many, do: edited(configFile, "[owner, due, late]", "[owner, late]")},
	{name: "config: lateness hidden", vain: many, do: edited(configFile, "[owner, due, late]", "[owner, due]")},
	{name: "config: feed limit", do: edited(configFile, "limit: 5", "limit: 3")},
	{name: "config: feed id", do: edited(configFile, "id: keys", "id: other")},
	{name: "config: feed alias", do: edited(configFile, "/old/atom.xml", "/old/rss.xml")},
	{name: "config: language", vain: many, do: edited(configFile, "language: en", "language: fr")},
	{name: "config: time zone", vain: many, do: edited(configFile, "Europe/Paris", "Asia/Tokyo")},
	{name: "config: extra keys", vain: many, do: edited(configFile, "extra: [ticket]", "extra: [other]")},
	{name: "config: outputs", vain: many, do: edited(configFile, ", data, statuspage]", "]")},
	{name: "config: no data", vain: many, do: edited(configFile, ", data, statuspage]", ", statuspage]")},
	{name: "config: no statuspage", vain: many, do: edited(configFile, ", statuspage]", "]")},
	{name: "config: Statuspage's word for a severity", do: edited(configFile, "Some is down.}", "Some is down., statuspage: critical}")},
	{name: "config: service not described", vain: 2, do: edited(configFile, "  - {name: Mail, group: Edge}\n", "")},
	{name: "maintenance begins", do: func(w *world) { w.o.Now = time.Date(2024, 3, 30, 0, 30, 0, 0, time.UTC) }},
	{name: "config: permalink", vain: many, do: edited(configFile, "per_page: 4", "per_page: 4\npermalink: /:slug")},
	{name: "config: repository", vain: many, do: edited(configFile, "example/reports", "example/others")},
	{name: "config: license", vain: many, do: edited(configFile, "license: MIT", "license: CC0")},
	{name: "config: authors", do: edited(configFile, "[Ada]", "[Bea]")},
	{name: "config: no authors", do: edited(configFile, "authors: [Ada]\n", "")},
	{name: "config: organization", vain: many, do: edited(configFile, "organization: Example", "organization: Initech")},
	{name: "config: status page", vain: many, do: edited(configFile, "status_page: https://status", "status_page: https://state")},
	{name: "config: subscribe URL", vain: 1, do: edited(configFile, "/subscribe", "/follow")},
	{name: "config: heading names", vain: many, do: edited(configFile, "per_page: 4", "per_page: 4\nheadings: {causes: [Background]}")},
	{name: "config: base URL", vain: many, do: edited(configFile, "per_page: 4", "per_page: 4\nbase_url: https://example.com/r/")},
	{name: "prose of a translation", vain: 2, do: edited(firstInFrench, "Le texte de", "Un texte sur")},
	{name: "title of a translation", vain: 20, do: edited(firstInFrench, "La première", "Une première")},
	{name: "title of a page's translation", vain: 3, do: edited("content/about.fr.md", "À propos de nous", "Qui nous sommes")},
	{name: "prose of the home page's translation", vain: 1, do: edited("content/index.fr.md", "Le texte", "Un texte")},
	{name: "translation of an embargoed report: no change", do: edited("content/2024-02-27-embargo.fr.md", "Pas encore", "Toujours pas")},
	{name: "language of a translation", vain: many, do: func(w *world) { w.rename(firstInFrench, "content/2024-01-10-first.de.md") }},
	{name: "new translation", vain: many, do: func(w *world) {
		w.write("content/2024-01-20-second.fr.md", "# La deuxième\n\nLe texte de la deuxième.\n")
	}},
	{name: "translation gone", vain: many, do: func(w *world) { w.remove(firstInFrench) }},
	{name: "original gone", vain: many, do: func(w *world) { w.remove(first) }},
	{name: "translation held back", vain: many, do: edited(firstInFrench, "title:", "stage: draft\ntitle:")},
	{name: "translation with an address of its own", vain: many, do: edited(firstInFrench, "title:", "slug: la-premiere\ntitle:")},
	{name: "original in the language of its translation", vain: many, do: edited(third, "detection:", "lang: fr\ndetection:")},
	{name: "config: accent", do: edited(configFile, "theme: {font: sans}", "theme: {accent: navy}")},
	{name: "config: width and type", do: edited(configFile, "theme: {font: sans}", "theme: {width: 70rem, font: serif}")},
	{name: "config: logo", vain: 1, do: edited(configFile, "theme: {font: sans}", "theme: {logo: drawing.svg}")},
	{name: "logo resized", vain: 1, do: func(w *world) {
		edited(configFile, "theme: {font: sans}", "theme: {logo: drawing.svg}")(w)
		w.replace("content/drawing.svg", "width=\"40\"", "width=\"80\"")
	}},
	{name: "config: cards", vain: many, do: withCards()},
	{name: "config: cards, and a title", vain: many, do: withCards(edited(second, "The second", "The other"))},
	{name: "config: cards, and a severity", vain: many, do: withCards(edited(second, "severity: sev2", "severity: sev1"))},
	{name: "config: cards, and a date", vain: many, do: withCards(func(w *world) { w.rename(third, "content/2024-01-15-third.md") })},
	{name: "config: cards, and the label of a severity", vain: many, do: withCards(edited(configFile, "label: Severe", "label: Grave"))},
	{name: "config: cards, and the site's title", vain: many, do: withCards(edited(configFile, "title: Reports", "title: Incidents"))},
	{name: "config: checks: no change", do: edited(configFile, "per_page: 4", "per_page: 4\nchecks: {alt-missing: off}")},

	{name: "layout", do: edited("layouts/special.html", "<h1>", "<h1 class=\"x\">")},
	{name: "partial", vain: many, do: edited("layouts/partials/note.html", "special", "very special")},
	{name: "new layout for postmortems", vain: many, do: func(w *world) {
		w.write("layouts/postmortem.html", `{{define "main"}}<main>{{.Title}} {{.Date.Text}} <a href="{{.Link "/about/"}}">x</a></main>{{end}}`)
	}},
	{name: "new layout with a computed address", vain: many, do: func(w *world) {
		w.write("layouts/post.html", `{{define "main"}}<main>{{range .Menu}}{{.URL}}{{end}}{{.Asset (printf "%s.css" "extra")}}{{.Link .ID}}</main>{{end}}`)
		w.replace(note, "layout: special\n", "")
	}},
	{name: "new layout that is not used: no change", do: func(w *world) { w.write("layouts/other.html", `{{define "main"}}x{{end}}`) }},
	{name: "style", do: func(w *world) { w.write("static/style.css", "body { color: red }") }},
	{name: "script", vain: many, do: func(w *world) { w.write("static/redirect.js", "location = '/'") }},
	{name: "static file", do: edited("static/extra.txt", "As it is.", "As it was.")},
	{name: "static style that no layout names", do: edited("static/extra.css", "margin: 0", "margin: 1px")},
	{name: "new static file", do: func(w *world) { w.write("static/new.txt", "new") }},
	{name: "static file in the place of a page", do: func(w *world) { w.write("static/feeds/index.html", "<p>feeds") }},
	{name: "static file that a link waited for", do: func(w *world) { w.write("static/nowhere.md", "text") }},
	{name: "static card", vain: many, do: func(w *world) { w.picture("static/card.png", 30, 20) }},
	{name: "static card of another size", vain: many, do: func(w *world) { w.picture("static/card.png", 30, 21) }},
	{name: "static icon", vain: many, do: func(w *world) { w.write("static/favicon.svg", "<svg/>") }},
	{name: "static icon for phones", vain: many, do: func(w *world) { w.picture("static/apple-touch-icon.png", 4, 4) }},
	{name: "static icons", vain: many, do: func(w *world) {
		w.write("static/favicon.svg", "<svg/>")
		w.picture("static/apple-touch-icon.png", 4, 4)
	}},
	{name: "static file gone", do: func(w *world) { w.remove("static/extra.txt") }},
}
