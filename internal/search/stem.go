package search

import "strings"

// The stemmers are light ones of our own: they take off what a reader would call
// the ending (plurals, the common endings of verbs, -tion, -ment), and no more,
// so that a query meets few words that mean something else. static/search.js
// has the same rules; a test compares them on a list of words.
//
// A stem has the first three letters of its word, which decide the shard
// (Scheme.Shard).

// stemmed is how much of a word a stemmer leaves alone.
const stemmed = 3

// stem gives the stem of a folded word in a language by its primary tag: the
// word itself where there is no stemmer for it, or where the word is no plain
// word.
func stem(class class, word string) string {
	if class == plain || len(word) <= stemmed {
		return word
	}
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return word
		}
	}
	s := word
	if class == english {
		s = stemEnglish(word)
	} else {
		s = stemFrench(word)
	}
	if len(s) < stemmed || s[:stemmed] != word[:stemmed] {
		return word
	}
	return s
}

// class is a language as far as stems go.
type class uint8

const (
	plain class = iota
	english
	french
)

func classOf(lang string) class {
	primary, _, _ := strings.Cut(strings.ToLower(lang), "-")
	switch primary {
	case "en":
		return english
	case "fr":
		return french
	}
	return plain
}

func stemEnglish(w string) string {
	// Plurals and the third person.
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		w = w[:len(w)-2]
	case ends(w, "sses", "shes", "ches", "xes", "zzes"):
		w = w[:len(w)-2]
	case strings.HasSuffix(w, "s") && !ends(w, "ss", "us", "is"):
		w = w[:len(w)-1]
	}
	// The past, and what is going on.
	switch {
	case strings.HasSuffix(w, "ied") && len(w) > 4:
		w = w[:len(w)-2]
	case strings.HasSuffix(w, "ing") && vowelBefore(w, 3):
		w = undouble(w[:len(w)-3])
	case strings.HasSuffix(w, "ed") && !strings.HasSuffix(w, "eed") && vowelBefore(w, 2):
		w = undouble(w[:len(w)-2])
	}
	// Nouns made of verbs.
	switch {
	case strings.HasSuffix(w, "ment") && len(w) > 8:
		w = w[:len(w)-4]
	case ends(w, "tion", "sion") && len(w) > 6:
		w = w[:len(w)-3]
	case strings.HasSuffix(w, "ly") && len(w) > 5:
		w = w[:len(w)-2]
	}
	if strings.HasSuffix(w, "e") && len(w) > 4 {
		w = w[:len(w)-1]
	}
	if strings.HasSuffix(w, "at") && len(w) > 7 {
		w = w[:len(w)-2]
	}
	if strings.HasSuffix(w, "y") && len(w) > 3 {
		w = w[:len(w)-1] + "i"
	}
	return w
}

func stemFrench(w string) string {
	// Plurals.
	switch {
	case strings.HasSuffix(w, "eaux"):
		w = w[:len(w)-1]
	case strings.HasSuffix(w, "aux") && len(w) > 5:
		w = w[:len(w)-2] + "l"
	case ends(w, "s", "x") && !strings.HasSuffix(w, "ss"):
		w = w[:len(w)-1]
	}
	for _, ending := range frenchEndings {
		if strings.HasSuffix(w, ending) && len(w)-len(ending) >= 4 {
			w = w[:len(w)-len(ending)]
			break
		}
	}
	if strings.HasSuffix(w, "e") && len(w) > 4 {
		w = w[:len(w)-1]
	}
	w = undouble(w)
	if strings.HasSuffix(w, "y") {
		w = w[:len(w)-1] + "i"
	}
	return w
}

// frenchEndings are the endings of verbs and of nouns made of them, without
// accents and plurals; the first that fits is taken off.
var frenchEndings = []string{
	"issement", "issaient", "issait", "issant", "issent",
	"ement", "ation", "aient", "erait", "eront", "era", "ait", "ant", "ees", "ee", "er", "ir", "ez", "e",
}

func ends(w string, endings ...string) bool {
	for _, ending := range endings {
		if strings.HasSuffix(w, ending) {
			return true
		}
	}
	return false
}

// vowelBefore says that at least three letters, with a vowel, stand before an
// ending of n letters.
func vowelBefore(w string, n int) bool {
	return len(w) >= n+3 && strings.ContainsAny(w[:len(w)-n], "aeiouy")
}

// undouble makes one of two equal consonants at the end.
func undouble(w string) string {
	if n := len(w); n > 3 && w[n-1] == w[n-2] && !strings.ContainsRune("aeioulsz", rune(w[n-1])) {
		return w[:n-1]
	}
	return w
}
