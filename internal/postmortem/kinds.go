package postmortem

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"publish/internal/pattern"
)

// InferKinds gives events of the text the kinds that their words tell, by a
// word list per language and English, whose words are used in all of them; it
// prefers none to a wrong one. Kinds that are stated stay. Started and detected
// are milestones and given once, to the first that says so, resolved to the
// last, and all of them to one incident where a text tells of several, to the
// first outage where it came back after a long time; those that would contradict
// the order of the milestones are given to none.
func InferKinds(events []Event, language string) {
	lists := kindWords().of(language)
	for i := range events {
		if e := &events[i]; e.Kind == "" {
			e.Kind = kindOf(e.Text, lists)
			e.KindInferred = e.Kind != ""
		}
	}
	keepIncident(events)
	keepOutage(events)
	keepOne(events, "started", false)
	keepOne(events, "detected", false)
	keepOne(events, "resolved", true)
	keepOrder(events)
}

// milestones are the kinds that make up the measures of one incident.
var milestones = []EventKind{"started", "detected", "acknowledged", "identified", "mitigated", "resolved"}

func (e *Event) isMilestone() bool { return slices.Contains(milestones, e.Kind) }

// dropInferred takes the kind from an event, unless it is stated.
func (e *Event) dropInferred() {
	if e.KindInferred {
		e.Kind, e.KindInferred = "", false
	}
}

// keepIncident takes inferred milestones from all incidents of a text but the
// first that has any: those of several make no measures together.
func keepIncident(events []Event) {
	first := -1
	for i := range events {
		e := &events[i]
		switch {
		case !e.isMilestone():
		case first < 0:
			first = e.Parent
		case e.Parent != first:
			e.dropInferred()
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
		if e := &events[i]; e.Kind == kind && i != keep {
			e.dropInferred()
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
	started, detected, resolved := find("started"), find("detected"), find("resolved")
	if backwards(detected, resolved) {
		resolved.dropInferred()
	}
	if backwards(started, detected) || backwards(started, resolved) {
		started.dropInferred()
	}
}

// kindOf tells what the words of an event say of its kind: what they say
// first, and of what begins at one place, the longest phrase.
func kindOf(text string, lists []*kindList) EventKind {
	sentence := firstSentence(text)
	var few [24]string
	words := sentenceWords(few[:0], sentence)
	best, from, size := EventKind(""), math.MaxInt, 0
	for _, list := range lists {
		if kind, at, n := list.find(words, sentence); n > 0 && (at < from || at == from && n > size) {
			best, from, size = kind, at, n
		}
	}
	if best == "none" {
		return ""
	}
	return best
}

// foldPhrase is a text in lower case without accents.
func foldPhrase(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
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
var quoted = pattern.Holding(`"“`, `"[^"\n]*\s[^"\n]*\s[^"\n]*"|“[^”\n]*\s[^”\n]*\s[^”\n]*”`)

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

// sentenceWords appends the words of a sentence; signs that part clauses become
// words of their own, so that no phrase reaches over them.
func sentenceWords(words []string, sentence string) []string {
	sentence = foldPhrase(quoted.ReplaceAllString(sentence, " quoted "))
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
	if strings.IndexByte(sentence, '\'') < 0 {
		return words
	}
	return splitElisions(words)
}

// splitElisions parts "l'incident" into "l'" and "incident".
func splitElisions(words []string) []string {
	if !slices.ContainsFunc(words, func(word string) bool { return strings.Contains(word, "'") }) {
		return words
	}
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
