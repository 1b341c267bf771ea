package postmortem

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The words that authors may use live in data files, which say how they are
// written. They are read once.
var (
	//go:embed data/values.txt
	valuesFile string
	values     = sync.OnceValue(func() lexicon { return readLexicon(valuesFile) })

	//go:embed data/words.txt
	wordsFile string
	words     = sync.OnceValue(func() lexicon { return readLexicon(wordsFile) })

	//go:embed data/silent.txt
	silentFile string
	silentKeys = sync.OnceValue(func() map[string]bool { return readGroups(silentFile) })

	//go:embed data/hiding.txt
	hidingFile string
	hidingKeys = sync.OnceValue(func() map[string]bool { return readList(hidingFile) })

	//go:embed data/seeming.txt
	seemingFile     string
	seemingSwitches = sync.OnceValue(func() map[string]bool { return readList(seemingFile) })

	//go:embed data/honest.txt
	honestFile string
	honestKeys = sync.OnceValue(func() map[string]bool { return readList(honestFile) })
)

// fold makes names and words comparable: lower case, no accents, and none of
// the signs that join words, so that `resolvedWhen`, `resolved_when` and
// `Resolved When` are one.
func fold(s string) string {
	plain := true
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || 'A' <= c && c <= 'Z' || c == '_' || c == '-' || c == ' ' {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	var few [64]byte
	if b, ok := appendFold(few[:0], s); ok {
		return string(b)
	}
	return foldAny(s)
}

// appendFold appends what fold makes of a text that is ASCII or of Latin letters.
func appendFold(b []byte, s string) (folded []byte, ok bool) {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 0x80:
			r, size := utf8.DecodeRuneInString(s[i:])
			switch {
			case r == '’':
				b = append(b, '\'')
			case r >= latinEnd:
				return b, false
			default:
				b = append(b, foldedLatin()[r]...)
			}
			i += size - 1
		case c == '_' || c == '-' || c == ' ' || '\t' <= c && c <= '\r':
		case 'A' <= c && c <= 'Z':
			b = append(b, c|0x20)
		default:
			b = append(b, c)
		}
	}
	return b, true
}

const latinEnd = 0x250

// foldedLatin is what fold makes of Latin letters, whatever stands around them.
var foldedLatin = sync.OnceValue(func() *[latinEnd]string {
	table := new([latinEnd]string)
	for r := range table {
		table[r] = foldAny(string(rune(r)))
	}
	return table
})

func foldAny(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || unicode.IsSpace(r) || unicode.Is(unicode.Mn, r) {
			return -1
		}
		if r == '’' {
			return '\''
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}

// dataLines gives the lines of a data file that are neither empty nor comment.
func dataLines(text string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for line := range strings.Lines(text) {
			line = strings.TrimSpace(line)
			if line != "" && line[0] != '#' && !yield(line) {
				return
			}
		}
	}
}

// lexicon holds what folded words mean, by heading.
type lexicon map[string]map[string]string

func readLexicon(text string) lexicon {
	l := lexicon{}
	var section map[string]string
	for line := range dataLines(text) {
		if heading, ok := strings.CutPrefix(line, "["); ok {
			section = map[string]string{}
			l[strings.TrimSuffix(heading, "]")] = section
			continue
		}
		meaning, list, _ := strings.Cut(line, ":")
		if _, taken := section[fold(meaning)]; !taken {
			section[fold(meaning)] = meaning
		}
		for word := range strings.SplitSeq(list, ",") {
			if word = fold(strings.TrimSpace(word)); word != "" {
				section[word] = meaning
			}
		}
	}
	return l
}

// readGroups reads `publisher: key, key` lines into the set of folded keys.
func readGroups(text string) map[string]bool {
	set := map[string]bool{}
	for line := range dataLines(text) {
		_, list, _ := strings.Cut(line, ":")
		for key := range strings.SplitSeq(list, ",") {
			set[fold(strings.TrimSpace(key))] = true
		}
	}
	return set
}

// readList reads one key a line into the set of folded keys.
func readList(text string) map[string]bool {
	set := map[string]bool{}
	for line := range dataLines(text) {
		set[fold(line)] = true
	}
	return set
}
