package locale

import (
	"embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"publish/internal/diag"
	"publish/internal/tree"
)

//go:embed blame/*.yaml
var blameFiles embed.FS

// Blame are a language's words that a report without blame does without. The
// files in blame/ say what each list is for.
type Blame struct {
	Words, Causes, Negations []string
	// Names, Verbs and By tell of persons in timelines.
	Names, Verbs, By map[string]bool
}

// blames holds every language's, read once and only where somebody asks.
var blames = sync.OnceValue(func() map[string]*Blame {
	entries, err := blameFiles.ReadDir("blame")
	if err != nil {
		panic(err) // the folder is embedded
	}
	all := map[string]*Blame{}
	for _, e := range entries {
		src, err := blameFiles.ReadFile("blame/" + e.Name())
		if err != nil {
			panic(err)
		}
		root, _ := tree.ParseYAML(e.Name(), 1, src, diag.Config) // a test reads them
		set := func(key string) map[string]bool {
			m := map[string]bool{}
			for _, word := range list(root.Get(key)) {
				m[word] = true
			}
			return m
		}
		all[strings.TrimSuffix(e.Name(), ".yaml")] = &Blame{
			Words: list(root.Get("words")), Causes: list(root.Get("causes")), Negations: list(root.Get("negations")),
			Names: set("names"), Verbs: set("verbs"), By: set("by"),
		}
	}
	return all
})

// BlameIn gives the words of a language by its tag; English for one that has
// none.
func BlameIn(tag string) *Blame {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if b := blames()[base]; b != nil {
		return b
	}
	return blames()["en"]
}

// IsFirstName says whether a word is a first name in any language: teams are
// international, whatever they write in.
func IsFirstName(word string) bool {
	for _, b := range blames() {
		if b.Names[word] {
			return true
		}
	}
	return false
}

// spaceless says that a language writes no blanks between words.
func spaceless(tag string) bool {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	return slices.Contains([]string{"zh", "ja"}, base)
}

// FindPhrase finds the first of the phrases in a text, as whole words, in any
// case. It gives what stands before it, in small letters.
func FindPhrase(tag, text string, phrases []string) (before, phrase string, found bool) {
	low := strings.ToLower(strings.ReplaceAll(text, "’", "'"))
	first := len(low)
	for _, p := range phrases {
		want := strings.ToLower(p)
		for from := 0; from < first; {
			i := strings.Index(low[from:], want)
			if i < 0 || from+i >= first {
				break
			}
			i += from
			if spaceless(tag) || isEdge(low, i-1, true) && isEdge(low, i+len(want), false) {
				first, phrase, found = i, p, true
				break
			}
			from = i + len(want)
		}
	}
	return low[:first], phrase, found
}

// isEdge says that a word begins or ends at a byte.
func isEdge(text string, at int, before bool) bool {
	if at < 0 || at >= len(text) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(text[at:])
	if before {
		r, _ = utf8.DecodeLastRuneInString(text[:at+1])
	}
	return !unicode.IsLetter(r) && !unicode.IsDigit(r)
}
