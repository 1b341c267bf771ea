package postmortem

import (
	"bytes"
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"publish/internal/locale"
)

// The words that texts say their facts with live in data files, which say how
// they are written.
var (
	//go:embed data/labels.txt
	labelsFile string
	labels     = sync.OnceValue(func() *wordTable { return readLabelWords(labelsFile) })

	//go:embed data/phrases.txt
	phrasesFile string
	phrases     = sync.OnceValue(func() map[string]*phraseList { return readPhrases(phrasesFile) })
)

// wordTable holds what texts mean that are a few words and nothing else.
type wordTable struct {
	whole map[string]string
	// longest is the length of the longest of them, in bytes.
	longest int
	// starts has the table's bit by the first letters of their first words.
	starts *phraseStarts
	bit    uint32
	han    map[rune]bool // the Chinese characters that they begin with
}

// newWordTable makes one with a bit of its own among the starts.
func newWordTable(starts *phraseStarts, bit uint32) wordTable {
	return wordTable{whole: map[string]string{}, starts: starts, bit: bit, han: map[rune]bool{}}
}

// add takes the plain words of a text, unless it has them.
func (t *wordTable) add(words, meaning string) bool {
	if _, taken := t.whole[words]; taken {
		return false
	}
	t.whole[words] = meaning
	t.longest = max(t.longest, len(words))
	if at, letters := startOfFolded([]byte(words)); letters {
		t.starts[at] |= t.bit
	}
	if r := firstRune(words); locale.PlainHan(r) {
		t.han[r] = true
	}
	return true
}

// mayBegin says whether one of them may begin a text. Most texts begin otherwise,
// and need not be folded.
func (t *wordTable) mayBegin(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < utf8.RuneSelf && !isASCIIWord(c) {
			continue
		}
		if r := firstRune(text[i:]); locale.PlainHan(r) {
			return t.han[r]
		}
		at, letters := startOf(text[i:])
		return !letters || at == 0 || t.starts[at]&t.bit != 0
	}
	return true
}

func isASCIIWord(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' }

// startOfFolded is startOf of folded words.
func startOfFolded(words []byte) (at int, letters bool) {
	for i := range 3 {
		c := byte(0)
		if i < len(words) {
			c = words[i]
		}
		switch {
		case c >= utf8.RuneSelf:
			return 0, false
		case c < 'a':
			for range 3 - i {
				at *= 27
			}
			return at, true
		}
		at = at*27 + int(c-'a'+1)
	}
	return at, true
}

// is gives the meaning of a text that is one of them as a whole.
func (t *wordTable) is(text string) string {
	if !t.mayBegin(text) {
		return ""
	}
	var few [96]byte
	b, rest := locale.AppendFold(few[:0], withTicks(text), t.longest)
	switch {
	case rest == "":
		return t.whole[string(b)]
	case len(b) > t.longest:
		return "" // longer than any of them, whatever comes
	}
	return t.whole[plainWords(text)]
}

// phraseList holds phrases and what they mean, the longest first.
type phraseList struct {
	wordTable
	list []phrase // the longest first
	// by are the numbers of phrases by their first words, and unspaced those
	// that may begin within a word: most texts have none of either, and most
	// lists are long.
	by       map[string][]int
	unspaced []int
}

type phrase struct{ words, meaning string }

// readPhrases reads a data file: lines `meaning: phrase, phrase` under
// headings.
func readPhrases(text string) map[string]*phraseList {
	lists, starts := map[string]*phraseList{}, new(phraseStarts)
	var list *phraseList
	for line := range dataLines(text) {
		if heading, ok := strings.CutPrefix(line, "["); ok {
			list = &phraseList{wordTable: newWordTable(starts, 1<<len(lists))}
			lists[strings.TrimSuffix(heading, "]")] = list
			continue
		}
		meaning, words, _ := strings.Cut(line, ":")
		for p := range strings.SplitSeq(words, ",") {
			list.add(plainWords(p), meaning)
		}
	}
	if len(lists) > 32 {
		panic("postmortem: phrases.txt has more than 32 headings") // a test reads the file
	}
	for _, list := range lists {
		slices.SortStableFunc(list.list, func(a, b phrase) int { return len(b.words) - len(a.words) })
		list.index()
	}
	return lists
}

func (l *phraseList) index() {
	l.by = make(map[string][]int, len(l.list))
	for i, p := range l.list {
		rest, spaced := strings.CutPrefix(p.words, " ")
		if !spaced {
			l.unspaced = append(l.unspaced, i)
			continue
		}
		first, _, _ := strings.Cut(rest, " ")
		l.by[first] = append(l.by[first], i)
	}
}

func (l *phraseList) add(words, meaning string) {
	if words == "" || !l.wordTable.add(words, meaning) {
		return
	}
	needle := words
	if r, _ := utf8.DecodeRuneInString(words); !locale.Unspaced(r) {
		needle = " " + words + " "
	}
	l.list = append(l.list, phrase{needle, meaning})
}

// begins gives the meaning of the longest phrase that a text begins with, and
// the words behind it.
func (l *phraseList) begins(text string) (meaning, rest string) {
	if !l.mayBegin(text) {
		return "", ""
	}
	return l.beginsWords(plainWords(text) + " ")
}

// beginsWords does so with plain words and a space behind them.
func (l *phraseList) beginsWords(words string) (meaning, rest string) {
	for _, p := range l.list {
		if rest, ok := strings.CutPrefix(words, strings.TrimPrefix(p.words, " ")); ok {
			return p.meaning, strings.TrimSpace(rest)
		}
	}
	return "", ""
}

// begin says whether a text begins with one of the phrases.
func (l *phraseList) begin(text string) bool {
	meaning, _ := l.begins(text)
	return meaning != ""
}

// ends says whether a text ends with one of the phrases.
func (l *phraseList) ends(text string) bool {
	words := " " + plainWords(text)
	for _, p := range l.list {
		if strings.HasSuffix(words, strings.TrimSuffix(p.words, " ")) {
			return true
		}
	}
	return false
}

// in gives what the phrases within a text mean, each meaning once and in the
// order of the length of their phrases. What a longer phrase took is not
// looked at again.
func (l *phraseList) in(text string) []string {
	if !l.mayHold(text) {
		return nil
	}
	var room [512]byte
	b, rest := locale.AppendFold(append(room[:0], ' '), withTicks(text), len(text))
	if rest != "" {
		return l.inWords(" " + plainWords(text) + " ")
	}
	b = append(b, ' ')
	for from := 1; from < len(b); {
		n := from + bytes.IndexByte(b[from:], ' ')
		if at, letters := startOfFolded(b[from:n]); !letters || at == 0 || l.starts[at]&l.bit != 0 {
			for _, i := range l.by[string(b[from:n])] {
				if phrase := l.list[i].words; len(b) >= from-1+len(phrase) && string(b[from-1:from-1+len(phrase)]) == phrase {
					return l.inWords(string(b))
				}
			}
		}
		from = n + 1
	}
	return nil // no phrase stands in it; those within words are of other scripts
}

// mayHold says whether a text may hold one of the phrases: one of them begins at a
// word of it, or it has letters that are not ASCII.
func (l *phraseList) mayHold(text string) bool {
	var few [96]byte
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= utf8.RuneSelf:
			return true
		case !isASCIIWord(c):
			continue
		}
		from := i
		for i+1 < len(text) && isASCIIWord(text[i+1]) {
			i++
		}
		if at, letters := startOf(text[from:]); letters && l.starts[at]&l.bit == 0 {
			continue // as of most
		}
		word, _ := locale.AppendFold(few[:0], text[from:i+1], l.longest)
		begun := l.by[string(word)]
		if len(begun) == 0 {
			continue
		}
		words, _ := locale.AppendFold(few[:0], text[from:], l.longest+1)
		if slices.ContainsFunc(begun, func(n int) bool { return l.list[n].begins(words) }) {
			return true
		}
	}
	return false
}

// begins says whether the folded words of a text begin with the phrase, which has
// blanks around it.
func (p *phrase) begins(words []byte) bool {
	inner := p.words[1 : len(p.words)-1]
	return len(words) >= len(inner) && string(words[:len(inner)]) == inner && (len(words) == len(inner) || words[len(inner)] == ' ')
}

// inWords looks for phrases in plain words with a space on both sides.
func (l *phraseList) inWords(words string) []string {
	var few [16]int
	var found []string
	for _, i := range l.candidates(words, few[:0]) {
		p := l.list[i]
		if !strings.Contains(words, p.words) {
			continue
		}
		words = strings.ReplaceAll(words, p.words, " \x00 ")
		if !slices.Contains(found, p.meaning) {
			found = append(found, p.meaning)
		}
	}
	return found
}

// candidates adds the numbers of the phrases that words may hold, in order.
func (l *phraseList) candidates(words string, all []int) []int {
	for word := range strings.SplitSeq(words, " ") {
		all = append(all, l.by[word]...)
	}
	if strings.ContainsFunc(words, locale.Unspaced) {
		all = append(all, l.unspaced...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// only is the one meaning that a text has; none if it has several.
func (l *phraseList) only(text string) string {
	if found := l.in(text); len(found) == 1 {
		return found[0]
	}
	return ""
}

// readLabelWords reads the file of labels: what each means, by its plain words.
func readLabelWords(text string) *wordTable {
	table := newWordTable(new(phraseStarts), 1)
	for line := range dataLines(text) {
		meaning, list, _ := strings.Cut(line, ":")
		for word := range strings.SplitSeq(list, ",") {
			table.add(plainWords(word), meaning)
		}
	}
	return &table
}

// plainWords makes words comparable.
func plainWords(s string) string { return locale.Fold(withTicks(s)) }

// withTicks makes a word of a tick, since it states that something is done.
func withTicks(s string) string { return strings.ReplaceAll(s, "✅", " checkmark ") }

// saysNothing says that a text is empty or a word for nothing: "None.", "N/A".
func saysNothing(text string) bool {
	nothing := phrases()["nothing"]
	var few [96]byte
	b, rest := locale.AppendFold(few[:0], withTicks(text), nothing.longest)
	switch {
	case rest == "":
		return len(b) == 0 || nothing.whole[string(b)] != ""
	case len(b) > nothing.longest:
		return false
	}
	words := plainWords(text)
	return words == "" || nothing.whole[words] != ""
}
