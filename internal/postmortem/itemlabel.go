package postmortem

import (
	"strings"
	"sync"

	"publish/internal/pattern"
)

// itemLabel is a pattern for words that may begin anywhere in an item, and what
// stands behind them. Few items have any: no word of theirs begins so.
type itemLabel struct {
	pattern *pattern.Pattern
	starts  func() *phraseStarts
}

// newItemLabel makes one of the words, a part of the pattern, parted by bars.
func newItemLabel(words string, p *pattern.Pattern) *itemLabel {
	return &itemLabel{p, sync.OnceValue(func() *phraseStarts {
		starts := new(phraseStarts)
		for word := range strings.SplitSeq(words, "|") {
			if at, letters := startOf(word); letters {
				starts[at] = 1
			}
		}
		return starts
	})}
}

// mayMatch says whether a word of a text begins as one of the pattern. Those in
// other letters than Latin ones may always.
func (l *itemLabel) mayMatch(text string) bool {
	starts := l.starts()
	for at := 0; at < len(text); at = nextToken(text, at) {
		if n, letters := startOf(text[at:]); !letters || n > 0 && starts[n] != 0 {
			return true
		}
	}
	return false
}

// FindStringSubmatch is the pattern's.
func (l *itemLabel) FindStringSubmatch(text string) []string {
	if !l.mayMatch(text) {
		return nil
	}
	return l.pattern.FindStringSubmatch(text)
}

// FindStringIndex is the pattern's.
func (l *itemLabel) FindStringIndex(text string) []int {
	if !l.mayMatch(text) {
		return nil
	}
	return l.pattern.FindStringIndex(text)
}
