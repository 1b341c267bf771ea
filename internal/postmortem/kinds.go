package postmortem

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"publish/internal/pattern"
)

//go:embed data/kinds.txt
var kindsFile string

// kindWords holds, by language, the phrases that tell the kind of an event.
var kindWords = sync.OnceValue(func() kindLists { return readKindWords(kindsFile) })

// InferKinds gives events of the text the kinds that their words tell, by a
// word list per language and English, whose words are used in all of them; it
// prefers none to a wrong one. Kinds that are stated stay. Started and detected
// are milestones and given once, to the first that says so, resolved to the
// last, and all of them to one incident where a text tells of several; those
// that would contradict the order of the milestones are given to none.
func InferKinds(events []Event, language string) {
	language, _, _ = strings.Cut(strings.ToLower(language), "-")
	lists := []*kindList{kindWords()["en"]}
	if own := kindWords()[language]; own != nil && language != "en" {
		lists = []*kindList{own, kindWords()["en"]}
	} else if own == nil {
		lists = nil
		for _, tag := range kindWords().languages() {
			lists = append(lists, kindWords()[tag])
		}
	}
	for i := range events {
		if e := &events[i]; e.Kind == "" {
			e.Kind = kindOf(e.Text, lists)
			e.KindInferred = e.Kind != ""
		}
	}
	keepIncident(events)
	keepOne(events, "started", false)
	keepOne(events, "detected", false)
	keepOne(events, "resolved", true)
	keepOrder(events)
}

// milestones are the kinds that make up the measures of one incident.
var milestones = []EventKind{"started", "detected", "acknowledged", "identified", "mitigated", "resolved"}

// keepIncident takes inferred milestones from all incidents of a text but the
// first that has any: those of several make no measures together.
func keepIncident(events []Event) {
	first := -1
	for i := range events {
		e := &events[i]
		switch {
		case !slices.Contains(milestones, e.Kind):
		case first < 0:
			first = e.Parent
		case e.Parent != first && e.KindInferred:
			e.Kind, e.KindInferred = "", false
		}
	}
}

// keepOne takes an inferred kind from all events but the first, or last, one
// that has it; from all where the author states one.
func keepOne(events []Event, kind EventKind, last bool) {
	keep := -1
	for i, e := range events {
		if e.Kind == kind && !e.KindInferred {
			keep = len(events)
			break
		}
		if e.Kind == kind && (keep < 0 || last) {
			keep = i
		}
	}
	for i := range events {
		if e := &events[i]; e.Kind == kind && e.KindInferred && i != keep {
			e.Kind, e.KindInferred = "", false
		}
	}
}

// keepOrder drops inferred milestones that cannot be: a beginning after the
// detection or the end, an end before the detection.
func keepOrder(events []Event) {
	find := func(kind EventKind) *Event {
		if i := slices.IndexFunc(events, func(e Event) bool { return e.Kind == kind }); i >= 0 {
			return &events[i]
		}
		return nil
	}
	backwards := func(first, then *Event) bool {
		if first == nil || then == nil {
			return false
		}
		d, ok := first.At.span(then.At)
		return ok && d < 0
	}
	drop := func(e *Event) {
		if e.KindInferred {
			e.Kind, e.KindInferred = "", false
		}
	}
	started, detected, resolved := find("started"), find("detected"), find("resolved")
	if backwards(detected, resolved) {
		drop(resolved)
	}
	if backwards(started, detected) || backwards(started, resolved) {
		drop(started)
	}
}

// kindLists are the word lists by language.
type kindLists map[string]*kindList

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
	phrases []kindPhrase
	// not, notBefore and notAfter make a phrase near them mean nothing.
	not, notBefore, notAfter [][]string
	wide                     bool // the language has no blanks
}

// kindPhrase is a phrase and what it tells; the kind is "none" for those that
// only look like one.
type kindPhrase struct {
	kind  EventKind
	words []string
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
			words := splitElisions(strings.Fields(foldPhrase(phrase)))
			switch meaning {
			case "not":
				list.not = append(list.not, words)
			case "not before":
				list.notBefore = append(list.notBefore, words)
			case "not after":
				list.notAfter = append(list.notAfter, words)
			default:
				list.phrases = append(list.phrases, kindPhrase{EventKind(meaning), words})
			}
		}
	}
	return lists
}

// foldPhrase is a text in lower case without accents.
func foldPhrase(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r) && r < 0x3000:
			return -1
		case r == '’':
			return '\''
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}

// quoted is what somebody said, in several words: not what happened.
var quoted = pattern.New(`"[^"\n]*\s[^"\n]*\s[^"\n]*"|“[^”\n]*\s[^”\n]*\s[^”\n]*”`)

// firstSentence is where an event says what happened; what follows explains it.
// A label before it ("Recovery: …") is a part of it.
func firstSentence(text string) string {
	for at, r := range text {
		size := utf8.RuneLen(r)
		switch r {
		case '\n', ';', '!', '?', '。', '；':
			if strings.TrimSpace(text[:at]) != "" {
				return text[:at]
			}
		case '.':
			rest := text[at+size:]
			if next, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " ")); strings.HasPrefix(rest, " ") && unicode.IsUpper(next) {
				return text[:at]
			}
		}
	}
	return text
}

// sentenceWords parts a sentence into words; signs that part clauses become
// words of their own, so that no phrase reaches over them.
func sentenceWords(sentence string) []string {
	sentence = foldPhrase(quoted.ReplaceAllString(sentence, " quoted "))
	var words []string
	start := -1
	for at, r := range sentence {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' || r == '-' || r == '_' {
			if start < 0 {
				start = at
			}
			continue
		}
		if start >= 0 {
			words = append(words, sentence[start:at])
			start = -1
		}
		if strings.ContainsRune(",:()–—|", r) {
			words = append(words, ",")
		}
	}
	if start >= 0 {
		words = append(words, sentence[start:])
	}
	return splitElisions(words)
}

// splitElisions parts "l'incident" into "l'" and "incident".
func splitElisions(words []string) []string {
	var parts []string
	for _, word := range words {
		if i := strings.IndexByte(word, '\''); i > 0 && i <= 2 && i+1 < len(word) {
			parts = append(parts, word[:i+1])
			word = word[i+1:]
		}
		parts = append(parts, word)
	}
	return parts
}

// kindOf tells what the words of an event say of its kind: what they say
// first, and of what begins at one place, the longest phrase.
func kindOf(text string, lists []*kindList) EventKind {
	sentence := firstSentence(text)
	words := sentenceWords(sentence)
	plain := foldPhrase(sentence)
	best, from, size := EventKind(""), len(plain)+len(words), 0
	for _, list := range lists {
		for _, phrase := range list.phrases {
			at, n := list.find(phrase, words, plain)
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

// find finds a phrase that nothing near it denies, and says where, and how
// long it is; for a language with blanks in words, else in bytes.
func (l *kindList) find(phrase kindPhrase, words []string, plain string) (at, size int) {
	if l.wide {
		at = strings.Index(plain, phrase.words[0])
		denied := slices.ContainsFunc(l.not, func(not []string) bool { return strings.Contains(plain, not[0]) })
		if at < 0 || denied {
			return 0, 0
		}
		return at, len(phrase.words[0])
	}
	for at = range words {
		if n := matchPhrase(phrase.words, words, at); n > 0 && (phrase.kind == "none" || !l.denied(phrase.words, words, at, n)) {
			return at, n
		}
	}
	return 0, 0
}

// denied says that the words around a phrase, or in its gaps, turn it into
// something that did not happen.
func (l *kindList) denied(phrase, words []string, at, size int) bool {
	for i := max(0, at-3); i < at+size; i++ {
		own := i >= at && slices.ContainsFunc(phrase, func(w string) bool { return matchWord(w, words[i]) })
		if !own && matchAny(l.not, words, i) {
			return true
		}
	}
	if at > 0 && matchAny(l.notBefore, words, at-1) {
		return true
	}
	for i := at + size; i < min(at+size+2, len(words)); i++ {
		if words[i] == "," {
			break
		}
		if matchAny(l.notAfter, words, i) {
			return true
		}
	}
	return false
}

func matchAny(phrases [][]string, words []string, at int) bool {
	return slices.ContainsFunc(phrases, func(p []string) bool { return matchPhrase(p, words, at) > 0 })
}

// matchPhrase matches a phrase at a word and says how many words it takes.
func matchPhrase(phrase, words []string, at int) int {
	i := at
	for n, want := range phrase {
		switch {
		case want == "^":
			if at != 0 {
				return 0
			}
			continue
		case want == "~":
			for gap := 0; gap <= 3 && i+gap < len(words); gap++ {
				if rest := matchPhrase(phrase[n+1:], words, i+gap); rest > 0 {
					return i + gap + rest - at
				}
				if words[i+gap] == "," {
					break
				}
			}
			return 0
		case i >= len(words) || !matchWord(want, words[i]):
			return 0
		}
		i++
	}
	return i - at
}

func matchWord(want, word string) bool {
	if stem, ok := strings.CutSuffix(want, "*"); ok {
		return strings.HasPrefix(word, stem)
	}
	return word == want
}
