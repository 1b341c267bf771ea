package postmortem

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"publish/internal/pattern"
)

// itemLabel is a pattern for words that may begin anywhere in an item, and what
// stands behind them. Few items have any: no word of theirs begins so.
type itemLabel struct {
	pattern *pattern.Pattern
	words   []string // how they begin, as far as that has no sign of a pattern
	starts  func() *phraseStarts
}

// newItemLabel makes one of the words, a part of the pattern, parted by bars.
func newItemLabel(words string, p *pattern.Pattern) *itemLabel {
	l := &itemLabel{pattern: p}
	for word := range strings.SplitSeq(words, "|") {
		if at := strings.IndexAny(word, `?([\`); at > 0 && word[at] == '?' {
			_, optional := utf8.DecodeLastRuneInString(word[:at])
			word = word[:at-optional]
		} else if at >= 0 {
			word = word[:at]
		}
		l.words = append(l.words, word)
	}
	l.starts = sync.OnceValue(func() *phraseStarts {
		starts := new(phraseStarts)
		for _, word := range l.words {
			if at, letters := startOf(word); letters {
				starts[at] = 1
			}
		}
		return starts
	})
	return l
}

// mayMatch says whether a word of a text begins as one of the pattern. Those in
// other letters than Latin ones may always.
func (l *itemLabel) mayMatch(text string) bool {
	starts := l.starts()
	for at := 0; at < len(text); at = nextToken(text, at) {
		if n, letters := startOf(text[at:]); !letters || n > 0 && starts[n] != 0 && l.begins(text[at:]) {
			return true
		}
	}
	return false
}

// begins says whether a text may begin with one of the words. Nothing is known of
// what is not ASCII.
func (l *itemLabel) begins(text string) bool {
	return slices.ContainsFunc(l.words, func(word string) bool {
		head := text[:min(len(text), len(word))]
		return !isASCII(head) || strings.EqualFold(head, word)
	})
}

// FindStringSubmatch is the pattern's.
func (l *itemLabel) FindStringSubmatch(text string) []string {
	if !l.pattern.MayMatch(text) || !l.mayMatch(text) {
		return nil
	}
	return l.pattern.FindStringSubmatch(text)
}

// FindStringIndex is the pattern's.
func (l *itemLabel) FindStringIndex(text string) []int {
	if !l.pattern.MayMatch(text) || !l.mayMatch(text) {
		return nil
	}
	return l.pattern.FindStringIndex(text)
}
