package content

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"publish/internal/diag"
	"publish/internal/locale"
	"publish/internal/tree"
)

//go:embed words.yaml
var wordsYAML []byte

// vocabulary is words.yaml; the file says what the lists are for.
type vocabulary struct {
	folders, incident, tags, against, repository, templates, titles, dates phrases
	besideMarks, noMarks, secret                                           phrases
	clocks, placeholders                                                   []string // as they are looked for
}

// phrases are folded words to look for in folded texts.
type phrases struct {
	whole  map[string]bool
	inside []string
}

// words reads the embedded file once; a test holds that it is good.
var words = sync.OnceValue(func() *vocabulary {
	root, _ := tree.ParseYAML("words.yaml", 1, wordsYAML, diag.Config)
	v := &vocabulary{}
	for key, list := range map[string]*phrases{
		"folders": &v.folders, "incident": &v.incident, "tags": &v.tags, "against": &v.against,
		"repository": &v.repository, "templates": &v.templates, "titles": &v.titles, "dates": &v.dates,
		"beside marks": &v.besideMarks, "no marks": &v.noMarks, "secret": &v.secret,
	} {
		list.whole = map[string]bool{}
		for _, line := range root.Get(key).Items {
			for word := range strings.SplitSeq(line.Value, ",") {
				if inside, ok := strings.CutPrefix(strings.TrimSpace(word), "*"); ok {
					list.inside = append(list.inside, fold(inside))
				} else {
					list.whole[fold(word)] = true
				}
			}
		}
	}
	for key, list := range map[string]*[]string{"clocks": &v.clocks, "placeholders": &v.placeholders} {
		for _, item := range root.Get(key).Items {
			*list = append(*list, item.Value)
		}
	}
	return v
})

// longestPhrase is how many words a phrase of the file may have.
const longestPhrase = 4

// find gives the first phrase that a text holds, "" for none.
func (p phrases) find(text string) string {
	folded := fold(text)
	for from := 0; from < len(folded); {
		var ends [longestPhrase]int // of the phrases that begin here, by the number of words
		words, at := 0, from
		for ; words < longestPhrase && at < len(folded); words, at = words+1, at+1 {
			if n := strings.IndexByte(folded[at:], ' '); n >= 0 {
				at += n
			} else {
				at = len(folded)
			}
			ends[words] = at
		}
		for n := words - 1; n >= 0; n-- {
			if phrase := folded[from:ends[n]]; p.whole[phrase] {
				return phrase
			}
		}
		from = ends[0] + 1
	}
	for _, word := range p.inside {
		if strings.Contains(folded, word) {
			return word
		}
	}
	return ""
}

// is says whether a text is one of the phrases and nothing else.
func (p phrases) is(text string) bool {
	var few [96]byte
	if b, rest := locale.AppendFold(few[:0], text, len(text)); rest == "" {
		return p.whole[string(b)]
	}
	return p.whole[foldAny(text)]
}

// fold lowers a text, takes its accents off and leaves one space between its
// words; what is neither a letter nor a digit divides words.
func fold(s string) string {
	var few [96]byte
	if b, rest := locale.AppendFold(few[:0], s, len(s)); rest == "" {
		if string(b) == s {
			return s
		}
		return string(b)
	}
	return foldAny(s)
}

// foldAny folds any text; of what locale.AppendFold knows, that makes the same.
func foldAny(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		default:
			gap = true
		}
	}
	return b.String()
}
