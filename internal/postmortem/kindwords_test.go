package postmortem

import (
	"math"
	"strings"
	"testing"
)

// plainKindOf is kindOf without an index: it compares each phrase with each word.
func plainKindOf(text string, lists []*kindList) EventKind {
	words, best, from, size := sentenceWords(nil, firstSentence(text)), EventKind(""), math.MaxInt, 0
	for _, l := range lists {
		for i := range l.phrases.all {
			phrase := &l.phrases.all[i]
			at, n := l.plainFind(phrase, words, foldPhrase(firstSentence(text)))
			if n > 0 && (at < from || at == from && n > size) {
				best, from, size = phrase.kind, at, n
			}
		}
	}
	if best == "none" {
		return ""
	}
	return best
}

func (l *kindList) plainFind(phrase *kindPhrase, words []string, text string) (at, size int) {
	if l.wide {
		if at = strings.Index(text, phrase.words[0].text); at < 0 || l.not.within(text) {
			return 0, 0
		}
		return at, len(phrase.words[0].text)
	}
	for at = range words {
		if n := phrase.match(words, at); n > 0 && (phrase.kind == "none" || !l.plainDenied(phrase, words, at, n)) {
			return at, n
		}
	}
	return 0, 0
}

func (l *kindList) plainDenied(phrase *kindPhrase, words []string, at, size int) bool {
	matches := func(of kindPhrases, i int) bool {
		for n := range of.all {
			if of.all[n].match(words, i) > 0 {
				return true
			}
		}
		return false
	}
	for i := max(0, at-3); i < at+size; i++ {
		own := false
		for _, w := range phrase.words {
			own = own || i >= at && w.match(words[i])
		}
		if !own && matches(l.not, i) {
			return true
		}
	}
	if at > 0 && matches(l.notBefore, at-1) {
		return true
	}
	for i := at + size; i < min(at+size+2, len(words)) && words[i] != ","; i++ {
		if matches(l.notAfter, i) {
			return true
		}
	}
	return false
}

// TestKindWordsAreFound holds that the index misses none of the file's phrases.
func TestKindWordsAreFound(t *testing.T) {
	for tag, l := range kindWords() {
		for _, phrases := range []kindPhrases{l.phrases, l.not, l.notBefore, l.notAfter} {
			for i, phrase := range phrases.all {
				if first := phrase.words[0]; first.gap || first.stem && len(first.text) < len(wordStart{}) {
					t.Errorf("%s: the first word of phrase %d, %q, is too short to be found", tag, i, first.text)
				}
				var said []string
				for _, w := range phrase.words {
					if !w.gap {
						said = append(said, w.text)
					}
				}
				for _, text := range []string{strings.Join(said, " "), "then " + strings.Join(said, " so ") + " again"} {
					if got, want := kindOf(text, []*kindList{l}), plainKindOf(text, []*kindList{l}); got != want {
						t.Errorf("%s: %q is %q, without the index %q", tag, text, got, want)
					}
				}
			}
		}
	}
}

// FuzzKindOf holds the index against comparing everything with everything.
func FuzzKindOf(f *testing.F) {
	for _, seed := range []string{"", "Alert triggered, and the incident was not yet resolved", "l’incident est clos", "服务恢复", "no root cause was found; rolled back", "Сбой начался", "ask* ~ ^ * b'"} {
		f.Add(seed, "fr")
		f.Add(seed, "")
		f.Add(seed, "ja")
	}
	f.Fuzz(func(t *testing.T, text, language string) {
		lists := kindWords().of(language)
		if got, want := kindOf(text, lists), plainKindOf(text, lists); got != want {
			t.Errorf("%q in %q is %q, without the index %q", text, language, got, want)
		}
	})
}
