package postmortem

import (
	"strings"
	"unicode/utf8"

	"publish/internal/locale"
)

// phraseTable holds what folded phrases mean that stand around times.
type phraseTable struct {
	meanings map[string]string
	// bit is the table's own in phraseStarts.
	bit uint32
	// starts has the bits of all tables by the first letters of their phrases.
	starts *phraseStarts
}

// phraseStarts is a place for each run of up to three letters. Every word of a
// text is asked for in a dozen tables, and most words begin no phrase.
type phraseStarts [27 * 27 * 27]uint32

// newPhraseTables makes tables of the sections of a lexicon.
func newPhraseTables(l lexicon) map[string]phraseTable {
	if len(l) > 32 {
		panic("postmortem: times.txt has more than 32 headings") // a test reads the file
	}
	tables, starts := map[string]phraseTable{}, new(phraseStarts)
	for heading, meanings := range l {
		t := phraseTable{meanings: meanings, bit: 1 << len(tables), starts: starts}
		for key := range meanings {
			// The blanks of a phrase are folded away: its first word may end anywhere.
			for n := range min(len(key), 3) + 1 {
				if at, letters := startOf(key[:n]); letters {
					starts[at] |= t.bit
				}
			}
		}
		tables[heading] = t
	}
	return tables
}

// startOf is the place of the letters that a text begins with, up to three;
// letters is false where one of them, or what ends them, is not ASCII.
func startOf(s string) (at int, letters bool) {
	for i := range 3 {
		c, size := byte(0), 1
		if s != "" {
			c = s[0]
		}
		if c >= utf8.RuneSelf {
			var r rune
			if r, size = utf8.DecodeRuneInString(s); r >= latinEnd || len(foldedLatin()[r]) != 1 {
				return 0, false
			}
			c = foldedLatin()[r][0]
		}
		switch c |= 0x20; {
		case c < 'a' || c > 'z':
			for range 3 - i {
				at *= 27
			}
			return at, true
		}
		at = at*27 + int(c-'a'+1)
		s = s[min(size, len(s)):]
	}
	return at, true
}

// mayBegin says whether a text may begin with a phrase of the table.
func (t phraseTable) mayBegin(s string) bool {
	at, letters := startOf(s)
	return !letters || at > 0 && t.starts[at]&t.bit != 0
}

// hopeless says of a text that no time begins it: it begins with a word, as most
// lines do, that is in no table and names no day or month.
func hopeless(s string) bool {
	at, letters := startOf(s)
	if !letters || at == 0 || times()["about"].starts[at] != 0 {
		return false
	}
	switch s[0] | 0x20 {
	case 'x', 'h': // XX:XX, hh:mm
		return false
	case 't': // T+12m
		if len(s) < 2 || s[1]|0x20 < 'a' || s[1]|0x20 > 'z' {
			return false
		}
	}
	w := word(s)
	_, month := locale.MonthByName(w)
	_, weekday := locale.WeekdayByName(w)
	return !month && !weekday
}

// of is what a phrase means.
func (t phraseTable) of(phrase string) string {
	var few [64]byte
	if b, ok := appendFold(few[:0], phrase); ok {
		return t.meanings[string(b)]
	}
	return t.meanings[fold(phrase)]
}

// scanPhrase reads the longest phrase of up to four words that a table knows,
// with the full stop of an abbreviation, and gives its meaning.
func scanPhrase(table phraseTable, s string) (meaning string, size int) {
	if !table.mayBegin(s) {
		return "", 0
	}
	if wideFollows(s) {
		for at := 0; at < 12 && wideFollows(s[at:]); {
			_, n := utf8.DecodeRuneInString(s[at:])
			at += n
			if m := table.of(s[:at]); m != "" {
				meaning, size = m, at
			}
		}
		return meaning, size
	}
	at := 0
	for range 4 {
		w := apostrophed(s[at:])
		if w == "" {
			break
		}
		at += len(w)
		if m := table.of(s[:at]); m != "" && (boundary(s[at:]) || strings.HasSuffix(w, "'")) {
			meaning, size = m, at
			if strings.HasPrefix(s[at:], ".") {
				size++
			}
		}
		n := scanBlank(s[at:])
		if n == 0 {
			break
		}
		at += n
	}
	return meaning, size
}

// apostrophed is a word with the apostrophes in it: jusqu'à.
func apostrophed(s string) string {
	w := word(s)
	if w == "" {
		return ""
	}
	for _, sign := range []string{"'", "’"} {
		if rest, ok := strings.CutPrefix(s[len(w):], sign); ok {
			return s[:len(w)+len(sign)+len(word(rest))]
		}
	}
	return w
}
