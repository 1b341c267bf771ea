package postmortem

import (
	"strings"
	"unicode/utf8"

	"publish/internal/pattern"
)

// trailingState is a state behind a sign at the end of an item: "… – erledigt",
// "…：完了".
var trailingState = pattern.Holding(stateSigns, `(?:\s[-–—→]\s|[:：]\s?)([^-–—:：→]{1,30})[.。]?$`)

// stateSigns are the signs of trailingState, and longestBehind the runes that a
// match may have from its sign on.
const (
	stateSigns    = "-–—→:："
	longestBehind = 33
)

// stateBehind is what trailingState finds. Its sign is the last one of the text.
func stateBehind(text string) []string {
	if !trailingState.MayMatch(text) {
		return nil
	}
	rest := text
	for range longestBehind {
		r, n := utf8.DecodeLastRuneInString(rest)
		rest = rest[:len(rest)-n]
		if strings.ContainsRune(stateSigns, r) {
			_, blank := utf8.DecodeLastRuneInString(rest)
			return trailingState.FindStringSubmatch(text[len(rest)-blank:])
		}
	}
	return nil
}
