package postmortem

import (
	"strings"
	"unicode/utf8"

	"publish/internal/diag"
	"publish/internal/tree"
)

// privacyWords are the names on which it depends what the world may read. An
// unknown key that nearly spells one stops the build: to warn would be to
// publish first.
var privacyWords = []string{
	"internal", "audience", "draft", "stage", "embargo", "published", "redact", "withdrawn",
}

// internalAliases are the other names of an item's `internal`.
const internalAliases = "interne private prive"

func isInternalKey(key string) bool {
	key = fold(key)
	return key == "internal" || strings.Contains(" "+internalAliases+" ", " "+key+" ")
}

// nearPrivacyWord gives the word that a key spells or nearly spells: one edit
// for words of up to five letters, two for longer ones if the first letter is
// right. Words of their own that happen to be near are in data/honest.txt.
func nearPrivacyWord(key string) (word string, near bool) {
	key = fold(key)
	if honestKeys[key] {
		return "", false
	}
	for _, w := range privacyWords {
		switch n := edits(key, w, 3); {
		case n <= 1, n == 2 && len(w) > 5 && key != "" && key[0] == w[0]:
			return w, true
		}
	}
	return "", false
}

// privateKey reports an unknown key that may be meant to hold something back.
func (d *decoder) privateKey(e tree.Entry) bool {
	word, near := nearPrivacyWord(e.Key.Value)
	if !near {
		return false
	}
	switch {
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

// privateKeys looks for such keys inside a value that nothing else reads.
func (d *decoder) privateKeys(n *tree.Node) {
	for _, item := range n.Items {
		d.privateKeys(item)
	}
	for _, e := range n.Entries {
		d.privateKey(e)
		d.privateKeys(e.Value)
	}
}

// edits counts insertions, deletions, replacements and swaps of neighbours
// that lead from a to b, or gives limit if it takes that many or more.
func edits(a, b string, limit int) int {
	if d := utf8.RuneCountInString(a) - utf8.RuneCountInString(b); d >= limit || -d >= limit {
		return limit
	}
	from, to := []rune(a), []rune(b)
	before, last, row := make([]int, len(to)+1), make([]int, len(to)+1), make([]int, len(to)+1)
	for j := range last {
		last[j] = j
	}
	for i := range from {
		row[0] = i + 1
		for j := range to {
			cost := 1
			if from[i] == to[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && from[i] == to[j-1] && from[i-1] == to[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return min(last[len(to)], limit)
}
