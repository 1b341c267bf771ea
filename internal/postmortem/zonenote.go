package postmortem

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"publish/internal/locale"
)

// zoneIn finds the zone that a heading or the head of a column names, as in
// `Timeline (UTC)`; a written offset counts for more than a name.
func zoneIn(text string, zones map[string]string) *time.Location {
	var found *time.Location
	for at := 0; at < len(text); {
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		if before >= 0x2E80 || !unicode.IsLetter(before) && !unicode.IsDigit(before) {
			if location, size, offset := zoneAt(text[at:], zones); size > 0 {
				if found == nil || offset {
					found = location
				}
				at += size
				continue
			}
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return found
}

// zoneAt reads a zone that stands anywhere in a text: a name of at least three
// letters, or of two at the end of what it is said of, with or without an
// offset, or a zone in words.
func zoneAt(s string, zones map[string]string) (location *time.Location, size int, offset bool) {
	if location, size = scanZoneWords(s); size > 0 {
		return location, size, false
	}
	if r, _ := utf8.DecodeRuneInString(s); !unicode.IsUpper(r) {
		return nil, 0, false
	}
	z := scanZoneName(s, zones)
	if z.location == nil || !nameEnds(s, z.size) {
		return nil, 0, false
	}
	return z.location, z.size, strings.ContainsAny(s[:z.size], "+-0123456789")
}

// nameEnds says that the name of a zone, of so many bytes, ends where a text
// ends it: two letters in the midst of others ("CT scans") are none.
func nameEnds(s string, size int) bool {
	if size > 2 {
		return boundary(s[size:])
	}
	rest := strings.TrimSpace(s[size:])
	return size == 2 && (rest == "" || strings.ContainsRune(")].,;:", rune(rest[0])))
}

// unclearZone says that a text names a zone by an abbreviation that several
// zones share, and no other: `All times in IST`.
func unclearZone(text string, zones map[string]string) bool {
	if zoneIn(text, zones) != nil {
		return false
	}
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if scanZoneName(word, zones).problem == AmbiguousZone {
			return true
		}
	}
	return false
}

// unclearNote says so of a note about the zone of the times.
func unclearNote(text string, zones map[string]string) bool {
	if len(text) > 600 {
		return false
	}
	for sentence := range sentences(text) {
		if aboutTimes(sentence) && !tellsTime(sentence) && unclearZone(sentence, zones) {
			return true
		}
	}
	return false
}

// zoneNote finds the zone in a sentence about the zone of the times: `All times
// in PST`, `(Heure française, UTC+1)`, `Timezone: UTC`. A sentence that tells a
// time itself is none, but for a note that has all times in one zone.
func zoneNote(text string, zones map[string]string) *time.Location {
	if len(text) > 600 {
		return nil
	}
	for sentence := range sentences(text) {
		if !aboutTimes(sentence) || tellsTime(sentence) {
			continue
		}
		if zone := zoneIn(sentence, zones); zone != nil {
			return zone
		}
	}
	return nil
}

// sentences cuts a text at full stops that a blank follows, and at line ends.
func sentences(text string) func(func(string) bool) {
	return func(yield func(string) bool) {
		from := 0
		for i := 0; i < len(text); i++ {
			if text[i] == '\n' || text[i] == '.' && i+1 < len(text) && text[i+1] == ' ' {
				if !yield(text[from:i]) {
					return
				}
				from = i + 1
			}
		}
		yield(text[from:])
	}
}

func aboutTimes(sentence string) bool {
	notes := times().tables["zone note"]
	for at := 0; at < len(sentence); {
		if notes.mayBegin(sentence[at:]) {
			if _, n := notes.scan(sentence[at:]); n > 0 {
				return true
			}
		}
		if r, size := utf8.DecodeRuneInString(sentence[at:]); r >= 0x2E80 {
			at += size // no blanks between words
			continue
		}
		at = nextToken(sentence, at)
	}
	return false
}

// tellsTime says that a sentence holds a time of day.
func tellsTime(sentence string) bool {
	for at := 0; at < len(sentence); {
		if startsWithDigit(sentence[at:]) {
			if c, _, problem := scanEntryClock(sentence[at:], false); problem == NoProblem && !c.unknown {
				return true
			}
		}
		at = nextToken(sentence, at)
	}
	return false
}

// mayBeginDay says whether a day may begin a text that has its number: a word must
// be the name of a month or of a day of the week.
func mayBeginDay(s string) bool {
	w := word(s)
	if w == "" {
		return true
	}
	_, month := locale.MonthByName(w)
	_, weekday := locale.WeekdayByName(w)
	return month || weekday || timeWord("short weekday", w) != ""
}

// daysIn finds the days that a text names, whole or without their year.
func daysIn(text string) []dayPart {
	const enough = 2000 // bytes: what comes later is not about the whole
	if len(text) > enough {
		text = strings.ToValidUTF8(text[:enough], "")
	}
	if !strings.ContainsAny(text, asciiDigits) {
		return nil // each has its number
	}
	var days []dayPart
	for at := 0; at < len(text); {
		if !mayBeginDay(text[at:]) {
			at = nextToken(text, at)
			continue
		}
		d, size, firm, problem := scanDay(text[at:])
		if problem == NoProblem && firm && d.day > 0 && bounded(text, at, at+size) {
			days = append(days, d)
			at += size
			if at >= len(text) {
				break
			}
		}
		at = nextToken(text, at)
	}
	return days
}
