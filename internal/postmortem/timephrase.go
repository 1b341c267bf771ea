package postmortem

import (
	"strings"
	"unicode/utf8"

	"publish/internal/locale"
)

// timeTables hold what folded phrases mean that stand around times, by heading of
// the file.
type timeTables struct {
	tables map[string]phraseTable
	// starts has the bits of all tables by the first letters of their phrases.
	starts *phraseStarts
}

// phraseTable is one of them, with its own bit among the starts.
type phraseTable struct {
	meanings map[string]string
	bit      uint32
	starts   *phraseStarts
}

// mayBegin says whether a phrase of the table may begin a text.
func (t phraseTable) mayBegin(s string) bool {
	at, letters := startOf(s)
	return !letters || at > 0 && t.starts[at]&t.bit != 0
}

// phraseStarts is a place for each run of up to three letters. Every word of a
// text is asked for in a dozen tables, and most words begin no phrase.
type phraseStarts [27 * 27 * 27]uint32

// newTimeTables makes tables of the sections of a lexicon.
func newTimeTables(l lexicon) timeTables {
	if len(l) > 32 {
		panic("postmortem: times.txt has more than 32 headings") // a test reads the file
	}
	all := timeTables{map[string]phraseTable{}, new(phraseStarts)}
	for heading, meanings := range l {
		t := phraseTable{meanings, 1 << len(all.tables), all.starts}
		for key := range meanings {
			// The blanks of a phrase are folded away: its first word may end anywhere.
			for n := range min(len(key), 3) + 1 {
				if at, letters := startOf(key[:n]); letters {
					all.starts[at] |= t.bit
				}
			}
		}
		all.tables[heading] = t
	}
	return all
}

// beginning gives the table of a heading; ok is false where a text begins with no
// phrase of it.
func (all timeTables) beginning(heading, s string) (t phraseTable, ok bool) {
	at, letters := startOf(s)
	if letters && (at == 0 || all.starts[at] == 0) {
		return t, false // nor with one of any other, which is so of most
	}
	t = all.tables[heading]
	return t, !letters || all.starts[at]&t.bit != 0
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
			switch r, size = utf8.DecodeRuneInString(s); {
			case r == '’':
				c = '\'' // as fold has it
			case r >= latinEnd || len(foldedLatin()[r]) != 1:
				return 0, false
			default:
				c = foldedLatin()[r][0]
			}
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

// hopeless says of a text that no time begins it: it begins with a word, as most
// lines do, that is in no table and names no day or month.
func hopeless(s string) bool {
	at, letters := startOf(s)
	if !letters || at == 0 || times().starts[at] != 0 {
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

// timeWord is what a word means in the table of a heading.
func timeWord(heading, w string) string {
	if t, ok := times().beginning(heading, w); ok {
		return t.of(w)
	}
	return ""
}

// scanPhrase reads the longest phrase of up to four words that the table of a
// heading knows, with the full stop of an abbreviation, and gives its meaning.
func scanPhrase(heading, s string) (meaning string, size int) {
	if t, ok := times().beginning(heading, s); ok {
		return t.scan(s)
	}
	return "", 0
}

func (table phraseTable) scan(s string) (meaning string, size int) {
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
