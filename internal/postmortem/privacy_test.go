package postmortem

import (
	"strings"
	"testing"

	"publish/internal/diag"
	"publish/internal/tree"
)

func TestNearPrivacyWord(t *testing.T) {
	for word, spellings := range map[string]string{
		"internal":  "internal Internal INTERNAL internl intenral internall internals in-ternal intérnal interal nternal intern internale",
		"audience":  "audience audiance audiences audince Audienc",
		"draft":     "draft drafts darft drfat draf Draft",
		"stage":     "stage stages stge stgae",
		"embargo":   "embargo embargos embargoed enbargo embarg",
		"published": "published publised pubilshed publishd",
		"redact":    "redact redacted redcat redacts",
		"withdrawn": "withdrawn withdraw withdrwan withdrawal whitdrawn",
	} {
		for spelling := range strings.FieldsSeq(spellings) {
			if got, near := nearPrivacyWord(spelling); !near || got != word {
				t.Errorf("%q spells %q, want %q", spelling, got, word)
			}
		}
	}
	for honest := range strings.FieldsSeq("external interval internet integral release_stage stage_name state usage image page drift raft publisher extract detect reduce audio team title due owner storage release data_loss tags date lane draught") {
		if got, near := nearPrivacyWord(honest); near {
			t.Errorf("%q is taken for %q", honest, got)
		}
	}
}

// holdBack is the hint at how to hold something back.
const holdBack = "write `audience: internal`, `draft: true` or `embargo: DATE` at the top of the front matter, or `internal: true` in an item of a list"

func TestPrivacyKeys(t *testing.T) {
	for yaml, want := range map[string]string{
		"internl: true": `f:1:1 error privacy-key: unknown field "internl" nearly spells "internal", which decides what is published (write "internal", or choose a name that is less like it)`,
		"redact: [x]":   `f:1:1 error privacy-key: "redact" does nothing, and looks as if it should hold something back (surround what only the team may read with <!-- internal --> and <!-- /internal -->)`,
		"timeline: [{at: 09:21, internel: true}]": `f:1:24 error privacy-key: unknown field "internel" nearly spells "internal", which decides what is published (write "internal", or choose a name that is less like it)`,
		"impacts: [{text: x, draft: true}]":       "f:1:21 error privacy-key: \"draft\" does nothing here, and looks as if it should hold something back (write it at the top of the front matter, or `internal: true` in an item of a list)",
		"params: {a: [{b: {embrago: x}}]}":        `f:1:19 error privacy-key: unknown field "embrago" nearly spells "embargo", which decides what is published (write "embargo", or choose a name that is less like it)`,
		"authors: [{name: A, audiance: x}]":       `f:1:21 error privacy-key: unknown field "audiance" nearly spells "audience", which decides what is published (write "audience", or choose a name that is less like it)`,
		"secret: true":                            "f:1:1 error privacy-key: \"secret\" does nothing here, and looks as if it should hold something back (" + holdBack + ")",
		"tlp: AMBER+STRICT":                       "f:1:1 error privacy-key: \"tlp\" does nothing here, and looks as if it should hold something back (" + holdBack + ")",
		"classification: Confidential":            "f:1:1 error privacy-key: \"classification\" does nothing here, and looks as if it should hold something back (" + holdBack + ")",
		"wip: yes":                                "f:1:1 error privacy-key: \"wip\" does nothing here, and looks as if it should hold something back (" + holdBack + ")",
		"publish_after: 2099-01-01":               "f:1:1 error privacy-key: \"publish_after\" does nothing here, and looks as if it should hold something back (" + holdBack + ")",
		"impacts: [{text: x, hidden: true}]":      "f:1:21 error privacy-key: \"hidden\" does nothing here, and looks as if it should hold something back (" + holdBack + ")",
		"impacts: [{text: x, visible: false}]":    "f:1:21 error privacy-key: \"visible\" does nothing here, and looks as if it should hold something back (" + holdBack + ")",
		"causes: [{text: x, vertraulich: ja}]":    "f:1:20 error privacy-key: \"vertraulich\" does nothing here, and looks as if it should hold something back (" + holdBack + ")",
		"withdrawn:\n":                            `f:1:1 error privacy-key: "withdrawn" says nothing, and so holds nothing back (write why, for those who had the address, or take the line out)`,
		"embargo: ''":                             `f:1:1 error privacy-key: "embargo" says nothing, and so holds nothing back (write the day on which it may be published, or take the line out)`,
		"private:":                                "f:1:1 error privacy-key: \"private\" says nothing, and so holds nothing back (write `audience: internal`, or take the line out)",
		"internal:":                               "f:1:1 error privacy-key: \"internal\" says nothing, and so holds nothing back (write `audience: internal`, or take the line out)",
		"internal: ture":                          `f:1:11 error field-type: "internal" must be true or false, not "ture" (did you mean "true"?)`,
		"draft:":                                  "",
		"timeline: [{at: 09:21, internal: }]":     `f:1:34 error field-type: "internal" must be true or false, not nothing (write ` + "`internal: true`, or take the line out)",
		"timeline: [{at: 09:21, internal: ja?}]":  `f:1:34 error field-type: "internal" must be true or false, not "ja?" (write ` + "`internal: true`, or take the line out)",
	} {
		if got := said(t, yaml+"\n"); got != want {
			t.Errorf("%s\n got %s\nwant %s", yaml, got, want)
		}
	}
}

// TestInternalItems cuts marked items of every list, unless the build is the
// internal one.
func TestInternalItems(t *testing.T) {
	yaml := `
authors: [{name: secret, internal: true}, A]
services: [{name: secret, internal: true}, A]
tags: [{name: secret, interne: oui}, A]
aliases: [{name: secret, internal: true}, A]
upstream: [{provider: secret, internal: true}, A]
timeline: [{at: 09:21, text: secret, internal: true}, {09:22: secret, internal: true}, 09:23 A]
impacts: [{text: secret, private: true}, A]
causes: [{text: secret, internal: "true"}, A]
countermeasures: [{text: secret, INTERNAL: yes}, A]
communications: [{at: 09:21, text: secret, internal: true}, 09:22 A]
lessons: {well: [{text: secret, internal: true}, A]}
updates: [{at: 09:21, text: secret, internal: true}, 09:22 A]
`
	count := func(p *Postmortem) int {
		return len(p.Authors) + len(p.Services) + len(p.Tags) + len(p.Aliases) + len(p.Upstream) + len(p.Timeline) + len(p.Impacts) +
			len(p.Causes) + len(p.Countermeasures) + len(p.Communications) + len(p.Lessons.Well) + len(p.Updates)
	}
	for internal, want := range map[bool]int{false: 12, true: 25} {
		p, list := decode(t, yaml, Options{Internal: internal})
		if got := count(p); got != want || len(list) > 0 {
			t.Errorf("internal %v: %d items, want %d; %s", internal, got, want, told(list))
		}
	}
	p, list := decode(t, "lessons: {internal: true, well: [a]}\ndeclared: {internal: true, ttr: 1h}\n", Options{})
	if len(p.Lessons.Well) > 0 || p.Declared.TimeToResolve.Known || len(list) > 0 {
		t.Errorf("a mapping that is internal: got %+v %+v, %s", p.Lessons, p.Declared, told(list))
	}
}

func TestPrivacyErrorsStopABuild(t *testing.T) {
	if diag.PrivacyKey.Level() != diag.Error {
		t.Error("privacy-key is no error")
	}
}

// TestHoldingKeysElsewhere wants an error where a key that holds a document
// back stands in an item, or in a mapping that nothing reads, or is misspelt.
func TestHoldingKeysElsewhere(t *testing.T) {
	var places = []string{
		"timeline: [{at: 09:21, text: x, %s}]", "timeline: [{09:21: x, %s}]", "impacts: [{text: x, %s}]", "causes: [{text: x, %s}]", "countermeasures: [{text: x, %s}]",
		"updates: [{at: 09:21, text: x, %s}]", "authors: [{name: x, %s}]", "services: [{name: x, %s}]", "tags: [{name: x, %s}]",
		"upstream: [{provider: x, %s}]", "aliases: [{name: x, %s}]", "lessons: {well: [{text: x, %s}]}", "declared: {ttr: 1h, %s}",
		"params: {%s}", "extra: {a: [{%s}]}", "ours: {%s}",
	}
	for _, held := range []string{
		"confidential: true", "internal_only: true", "visibility: internal", "public: false", "is_public: false", "audience: internal", "draft: true",
		"is_private: true", "embargo_until: 2099-01-01", "brouillon: oui", "unpublished: true", "confidentiel: oui", "privat: true", "restricted: true",
	} {
		for _, place := range places {
			yaml := strings.Replace(place, "%s", held, 1)
			if _, list := decode(t, yaml+"\n", Options{Extra: []string{"ours", "confidential"}}); !strings.Contains(told(list), " error privacy-key: ") {
				t.Errorf("%s: got %s", yaml, told(list))
			}
		}
	}
	for _, yaml := range []string{"privat: true", "confidentail: true", "under_embargo: true", "embargo_till: 2099-01-01", "is_public: false", "params: {private: true}", "extra: {interne: oui}"} {
		if got := said(t, yaml+"\n"); !strings.Contains(got, " error privacy-key: ") {
			t.Errorf("%s: got %s", yaml, got)
		}
	}
	for _, yaml := range []string{"extra: {public: true}", "params: {privacy: x}", "timeline: [{at: 09:21, text: x, public: true}]"} {
		if got := said(t, yaml+"\n"); strings.Contains(got, "privacy-key") {
			t.Errorf("%s: got %s", yaml, got)
		}
	}
}

// TestOpenGates wants an error where the day of an embargo, or of the
// publication, is left open.
func TestOpenGates(t *testing.T) {
	for _, key := range []string{"embargo", "embargo_until", "published", "published_at"} {
		for _, value := range []string{"TBD", `"?"`, "unknown", "n/a", "none", `"-"`, `"--:--"`, `"10:00"`, "soon"} {
			list := said(t, key+": "+value+"\n")
			if !strings.Contains(list, " error field-type: ") || strings.Contains(list, "()") {
				t.Errorf("%s: %s: got %q", key, value, list)
			}
		}
	}
}

// TestTheNarrowerCounts reads fields that disagree about publication.
func TestTheNarrowerCounts(t *testing.T) {
	for _, yaml := range []string{"published: 2020-01-01\npublished_at: 2099-01-01\n", "published_at: 2099-01-01\npublished: 2020-01-01\n"} {
		if p := quiet(t, yaml); p.Published.DateString() != "2099-01-01" {
			t.Errorf("%s: published %s", yaml, p.Published.DateString())
		}
	}
	for yaml, want := range map[string]Stage{
		"status: resolved\nstate: draft\n": StageDraft, "state: draft\nstatus: resolved\n": StageDraft,
		"status: draft\nstage: final\n": StageDraft, "stage: final\nstatus: review\n": StageReview, "stage: draft\nstatus: review\n": StageDraft,
		"stage: draft\nstatus: published\n": StageDraft,
	} {
		if p := quiet(t, yaml); p.Stage != want {
			t.Errorf("%s: stage %q, want %q", yaml, p.Stage, want)
		}
	}
	if p := quiet(t, "status: resolved\nstate: private\naudience: public\n"); p.Audience != AudienceInternal {
		t.Errorf("a state that is private: audience %q", p.Audience)
	}
}

func TestHides(t *testing.T) {
	for written, want := range map[string]bool{
		"published: false": true, "published: true": false, "draft: true": true, "draft: false": false, "visibility: private": true, "public: true": false,
		"embargo: TBD": true, "embargo: 2099-01-01": true, "state: draft": true, "stage: final": false, "status: resolved": false,
		"privat: true": true, "withdrawn: why": true, "sitemap: false": false, "layout: post": false, "date: nonsense": false,
	} {
		root, _ := tree.ParseYAML("f", 1, []byte(written+"\n"), diag.FrontMatterSyntax)
		if got := Hides(root.Entries[0]); got != want {
			t.Errorf("%s: %v, want %v", written, got, want)
		}
	}
}

// Keys that only look so are no fault of their authors.
func TestHonestKeys(t *testing.T) {
	for _, yaml := range []string{"secret: false", "tlp: green", "classification: database", "sensitivity: low", "impacts: [{text: x, show: true}]", "hidden: false"} {
		if got := said(t, yaml+"\n"); strings.Contains(got, "privacy-key") {
			t.Errorf("%s: %s", yaml, got)
		}
	}
}
