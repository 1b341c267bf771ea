package postmortem

import (
	"slices"
	"strings"
	"sync"

	"publish/internal/diag"
	"publish/internal/tree"
)

// privacyWords are the names on which it depends what the world may read. An
// unknown key that nearly spells one stops the build: to warn would be to
// publish first.
var privacyWords = []string{
	"internal", "audience", "draft", "stage", "embargo", "published", "redact", "withdrawn", "private", "confidential",
}

// holdingKeys are the folded names that hold a whole document back at the top
// of front matter, or seem to. Anywhere else they would do nothing.
var holdingKeys = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for key := range strings.FieldsSeq("audience internal draft embargo " + audienceAliases + " " + draftAliases + " " + embargoAliases + " " + seemingKeys) {
		set[fold(key)] = true
	}
	return set
})

// seemingKeys do nothing anywhere.
const seemingKeys = "publish_after publish_from not_before visible_from is_public not_public non_public is_published not_published is_embargoed is_hidden is_restricted restricted"

// holds says that an entry holds something back, or would do so elsewhere. A
// switch that says the opposite (`public: true`) does not.
func holds(e tree.Entry) bool {
	key := fold(e.Key.Value)
	if on, _ := switchOf(e.Value); on && seemingSwitches()[key] || grades()[key] && graded()[fold(e.Value.Value)] {
		return true
	}
	if !holdingKeys()[key] || isEmpty(e.Value) {
		return false
	}
	on, isSwitch := switchOf(e.Value)
	opens := key == "public" || key == "ispublic" || key == "ispublished"
	return !isSwitch || on != opens
}

// grades are the folded names of keys that say how secret something is, and
// graded the folded values that say that it is.
var (
	grades = namesOnce("access classification confidentiality sensitivity clearance permission permissions tlp")
	graded = namesOnce("internal private confidential secret restricted sensitive high team staff red amber amber+strict tlp:red tlp:amber")
)

// namesOnce gives names, folded, that are taken apart when they are asked for.
func namesOnce(names string) func() map[string]bool {
	return sync.OnceValue(func() map[string]bool {
		all := map[string]bool{}
		for name := range strings.FieldsSeq(names) {
			all[fold(name)] = true
		}
		return all
	})
}

// hidesItem says that an entry of an item would keep it from being seen in
// another tool: there is nothing else that it could mean there.
func hidesItem(e tree.Entry) bool {
	key := fold(e.Key.Value)
	on, isSwitch := switchOf(e.Value)
	switch key {
	case "exclude", "skip", "omit":
		return on
	case "visible", "show", "display":
		return isSwitch && !on
	}
	return hidingKeys()[key] && on
}

// internalAliases are the other names of an item's `internal`.
const internalAliases = "interne private prive"

var internalNames = strings.Fields(internalAliases)

func isInternalKey(key string) bool {
	key = fold(key)
	return key == "internal" || slices.Contains(internalNames, key)
}

// IsInternal says that a part of front matter is marked as internal: it is cut
// where it is decoded.
func IsInternal(n *tree.Node) bool {
	for _, e := range n.Entries {
		if !isInternalKey(e.Key.Value) {
			continue
		}
		if on, isSwitch := switchOf(e.Value); isSwitch && on {
			return true
		}
	}
	return false
}

// nearPrivacyWord gives the word that a key spells, nearly spells or, of the
// longest, holds: one edit for words of up to five letters, two for longer ones
// if the first letter is right. Words of their own that happen to be near are in data/honest.txt.
func nearPrivacyWord(key string) (word string, near bool) {
	key = fold(key)
	if honestKeys()[key] {
		return "", false
	}
	for _, part := range []string{"embargo", "confidential"} {
		if strings.Contains(key, part) {
			return part, true
		}
	}
	for _, w := range privacyWords {
		switch n := diag.Distance(key, w, 3); {
		case n <= 1, n == 2 && len(w) > 5 && key != "" && key[0] == w[0]:
			return w, true
		}
	}
	return "", false
}

// privateKey reports an unknown key that may be meant to hold something back.
func (d *decoder) privateKey(e tree.Entry, item bool) bool {
	word, near := nearPrivacyWord(e.Key.Value)
	held := holds(e) || item && hidesItem(e)
	if !near && !held {
		return false
	}
	switch {
	case held && word != fold(e.Key.Value):
		d.report(diag.PrivacyKey, e.Key.Pos, "write `audience: internal`, `draft: true` or `embargo: DATE` at the top of the front matter, or `internal: true` in an item of a list",
			"%q does nothing here, and looks as if it should hold something back", e.Key.Value)
	case word == "redact":
		d.report(diag.PrivacyKey, e.Key.Pos, "surround what only the team may read with <!-- internal --> and <!-- /internal -->",
			"%q does nothing, and looks as if it should hold something back", e.Key.Value)
	case fold(e.Key.Value) == word:
		d.report(diag.PrivacyKey, e.Key.Pos, "write it at the top of the front matter, or `internal: true` in an item of a list",
			"%q does nothing here, and looks as if it should hold something back", e.Key.Value)
	default:
		d.report(diag.PrivacyKey, e.Key.Pos, "write \""+word+"\", or choose a name that is less like it",
			"unknown field %q nearly spells %q, which decides what is published", e.Key.Value, word)
	}
	return true
}

// Hides says whether an entry of front matter, by itself, may keep a document
// from being published.
func Hides(e tree.Entry) bool {
	p, list := Decode(&tree.Node{Kind: tree.Mapping, Entries: []tree.Entry{e}}, Options{})
	for _, x := range list {
		if x.Code == diag.PrivacyKey {
			return true
		}
	}
	if row, known := frontMatter.names().row[fold(e.Key.Value)]; known && list.HasErrors() {
		switch frontMatter.rows[row].name {
		case "published", "stage", "draft", "audience", "embargo", "withdrawn":
			return true // it cannot be read, and may be meant
		}
	}
	return p.Draft || p.Unpublished || p.Stage == StageDraft || p.Stage == StageReview || p.Audience == AudienceInternal ||
		p.Published.Known() || p.Embargo.Known() || p.Withdrawn != ""
}

// HidesElsewhere says whether an entry of front matter keeps a page from being
// seen in another tool, and does nothing here: whoever moves a page over has to
// hold it back in another way.
func HidesElsewhere(e tree.Entry) bool {
	on, ok := switchOf(e.Value)
	return hidingKeys()[fold(e.Key.Value)] && !isEmpty(e.Value) && (on || !ok)
}

// emptyHold reports a field that would hold a document back if it said anything:
// whoever wrote its name meant to, and published at once is published for good.
func (d *decoder) emptyHold(e tree.Entry, field string) {
	hint, holds := map[string]string{
		"audience":  "write `audience: internal`, or take the line out",
		"embargo":   "write the day on which it may be published, or take the line out",
		"withdrawn": "write why, for those who had the address, or take the line out",
	}[field]
	if holds && isEmpty(e.Value) {
		d.report(diag.PrivacyKey, e.Key.Pos, hint, "%q says nothing, and so holds nothing back", e.Key.Value)
	}
}

// privateKeys looks for such keys inside a value that nothing else reads.
func (d *decoder) privateKeys(n *tree.Node) {
	for _, item := range n.Items {
		d.privateKeys(item)
	}
	for _, e := range n.Entries {
		d.privateKey(e, false)
		d.privateKeys(e.Value)
	}
}
