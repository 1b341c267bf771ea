package postmortem

import (
	"strings"
	"testing"
)

// FuzzItemLabel holds that a label is found in no text of which no word begins as one.
func FuzzItemLabel(f *testing.F) {
	for _, seed := range []string{"", "(P1, Ana)", "Overdue: x", "x\uff08OWNER\uff1aAna", "due\u00a02024", "a,deadline x", "\u3000\u671f\u9650 1", "zust\u00e4ndig: B", "a\u017f\u017fignee: C", "1due x", "_due 1", "\u00e9che\u0301ance 3", "\xffdue 1"} {
		f.Add(seed)
	}
	for _, words := range []string{ownerWords, dueWords} {
		for word := range strings.SplitSeq(words, "|") {
			f.Add("see " + word + ": Ana")
			f.Add(strings.ToUpper(word) + "\uff1aAna")
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, l := range []*itemLabel{ownerLabel, dueLabel} {
			if !l.mayMatch(text) && l.pattern.MatchString(text) {
				t.Errorf("%q has a label", text)
			}
		}
	})
}
