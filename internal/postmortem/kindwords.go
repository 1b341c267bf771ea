package postmortem

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

//go:embed data/kinds.txt
var kindsFile string

// kindWords holds, by language, the phrases that tell the kind of an event.
var kindWords = sync.OnceValue(func() kindLists { return readKindWords(kindsFile) })

// kindLists are the word lists by language.
type kindLists map[string]*kindList

// of gives the lists for a text: its language's and English, all where the
// language has none.
func (l kindLists) of(language string) []*kindList {
	language, _, _ = strings.Cut(strings.ToLower(language), "-")
	own := l[language]
	switch {
	case own == nil:
		var lists []*kindList
		for _, tag := range l.languages() {
			lists = append(lists, l[tag])
		}
		return lists
	case language == "en":
		return []*kindList{own}
	}
	return []*kindList{own, l["en"]}
}

func (l kindLists) languages() []string {
	var tags []string
	for tag := range l {
		tags = append(tags, tag)
	}
	slices.Sort(tags)
	return tags
}

// kindList is the word list of one language.
type kindList struct {
	phrases kindPhrases
	// not, notBefore and notAfter make a phrase near them mean nothing.
	not, notBefore, notAfter kindPhrases
	wide                     bool // the language has no blanks
}

// kindPhrases are phrases in the order of the file. They are looked up by how
// their first words begin: of hundreds a handful is compared with a word.
type kindPhrases struct {
	all []kindPhrase
	by  map[wordStart][]int
}

// wordStart is the first bytes of a word. A first word that stands for any
// ending has no fewer.
type wordStart [3]byte

func wordStartOf(word string) (start wordStart) {
	copy(start[:], word)
	return start
}

// kindPhrase is a phrase and what it tells; the kind is "none" for those that
// only look like one.
type kindPhrase struct {
	kind  EventKind
	first bool // nothing may stand before it
	words []kindWord
}

// kindWord is a word of a phrase.
type kindWord struct {
	text string
	stem bool // any ending may follow
	gap  bool // it stands for up to three words
}

func readKindWords(text string) kindLists {
	lists := kindLists{}
	var list *kindList
	for line := range dataLines(text) {
		if tag, ok := strings.CutPrefix(line, "["); ok {
			tag = strings.TrimSuffix(tag, "]")
			list = &kindList{wide: tag == "zh" || tag == "ja"}
			lists[tag] = list
			continue
		}
		meaning, phrases, _ := strings.Cut(line, ":")
		for phrase := range strings.SplitSeq(phrases, ",") {
			p := readKindPhrase(EventKind(meaning), phrase)
			switch meaning {
			case "not":
				list.not.add(p)
			case "not before":
				list.notBefore.add(p)
			case "not after":
				list.notAfter.add(p)
			default:
				list.phrases.add(p)
			}
		}
	}
	return lists
}

func readKindPhrase(kind EventKind, text string) kindPhrase {
	p := kindPhrase{kind: kind}
	for _, word := range splitElisions(strings.Fields(foldPhrase(text))) {
		if word == "^" {
			p.first = true
			continue
		}
		stem, isStem := strings.CutSuffix(word, "*")
		p.words = append(p.words, kindWord{text: stem, stem: isStem, gap: word == "~"})
	}
	return p
}

func (p *kindPhrases) add(phrase kindPhrase) {
	if p.by == nil {
		p.by = map[wordStart][]int{}
	}
	start := wordStartOf(phrase.words[0].text)
	p.by[start] = append(p.by[start], len(p.all))
	p.all = append(p.all, phrase)
}

// at says whether one of the phrases begins at a word.
func (p *kindPhrases) at(words []string, at int) bool {
	for _, i := range p.by[wordStartOf(words[at])] {
		if p.all[i].match(words, at) > 0 {
			return true
		}
	}
	return false
}

// within says whether one of the phrases stands in a text of a language without
// blanks.
func (p *kindPhrases) within(text string) bool {
	return slices.ContainsFunc(p.all, func(phrase kindPhrase) bool { return strings.Contains(text, phrase.words[0].text) })
}

// find finds the first phrase that nothing near it denies, of those that begin
// at one place the longest. It says where, and how long it is; for a language
// with blanks in words, else in bytes.
func (l *kindList) find(words []string, sentence string) (kind EventKind, at, size int) {
	if l.wide {
		return l.findWithin(foldPhrase(sentence))
	}
	for at = range words {
		for _, i := range l.phrases.by[wordStartOf(words[at])] {
			phrase := &l.phrases.all[i]
			if n := phrase.match(words, at); n > size && (phrase.kind == "none" || !l.denied(phrase, words, at, n)) {
				kind, size = phrase.kind, n
			}
		}
		if size > 0 {
			return kind, at, size
		}
	}
	return "", 0, 0
}

func (l *kindList) findWithin(text string) (kind EventKind, from, size int) {
	if l.not.within(text) {
		return "", 0, 0
	}
	for _, phrase := range l.phrases.all {
		word := phrase.words[0].text
		if at := strings.Index(text, word); at >= 0 && (size == 0 || at < from || at == from && len(word) > size) {
			kind, from, size = phrase.kind, at, len(word)
		}
	}
	return kind, from, size
}

// denied says that the words around a phrase, or in its gaps, turn it into
// something that did not happen.
func (l *kindList) denied(phrase *kindPhrase, words []string, at, size int) bool {
	for i := max(0, at-3); i < at+size; i++ {
		own := i >= at && slices.ContainsFunc(phrase.words, func(w kindWord) bool { return w.match(words[i]) })
		if !own && l.not.at(words, i) {
			return true
		}
	}
	if at > 0 && l.notBefore.at(words, at-1) {
		return true
	}
	for i := at + size; i < min(at+size+2, len(words)); i++ {
		if words[i] == "," {
			break
		}
		if l.notAfter.at(words, i) {
			return true
		}
	}
	return false
}

// match matches a phrase at a word and says how many words it takes.
func (p *kindPhrase) match(words []string, at int) int {
	if p.first && at != 0 {
		return 0
	}
	return matchWords(p.words, words, at)
}

func matchWords(phrase []kindWord, words []string, at int) int {
	i := at
	for n, want := range phrase {
		switch {
		case want.gap:
			for gap := 0; gap <= 3 && i+gap < len(words); gap++ {
				if rest := matchWords(phrase[n+1:], words, i+gap); rest > 0 {
					return i + gap + rest - at
				}
				if words[i+gap] == "," {
					break
				}
			}
			return 0
		case i >= len(words) || !want.match(words[i]):
			return 0
		}
		i++
	}
	return i - at
}

func (w kindWord) match(word string) bool {
	if w.stem {
		return strings.HasPrefix(word, w.text)
	}
	return word == w.text
}
