package content

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"publish/internal/diag"
)

// sameGuess says whether two documents count alike in what is said of guessed
// languages.
func (d *Document) sameGuess(other *Document) bool {
	return d.LangGuessed == other.LangGuessed && (!d.LangGuessed || d.Lang == other.Lang && d.wanted() == other.wanted())
}

// sayGuesses says once for all texts that their language was guessed.
func (w *walker) sayGuesses() {
	count := map[string]int{}
	for _, d := range w.folder.Documents {
		if d.LangGuessed && (!w.folder.OnlyPostmortems || d.wanted()) {
			count[d.Lang]++
		}
	}
	if len(count) == 0 {
		return
	}
	var parts []string
	for _, lang := range slices.Sorted(maps.Keys(count)) {
		parts = append(parts, fmt.Sprintf("%s (%d)", lang, count[lang]))
	}
	w.diags.Report(diag.LanguageGuessed, diag.Pos{}, "write `language:` in publish.yaml, or `lang:` in a text",
		"the language was guessed from the words: %s", strings.Join(parts, ", "))
}
