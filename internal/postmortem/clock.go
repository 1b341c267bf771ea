package postmortem

import (
	"strings"
	"unicode/utf8"

	"publish/internal/pattern"
)

// clockTime is a time of day as an entry of a timeline writes it.
type clockTime struct {
	timeOfDay
	half    byte // 'a' or 'p' where AM or PM is written
	odd     bool // AM or PM stands behind a time of the 24-hour clock
	vague   bool // only the tens of the minute are written
	unknown bool // the mark of a time that is not known
	known   bool
}

var (
	dottedClock = newOpener(asciiDigits, pattern.New(`^(\d{1,2})\.(\d{2})(?:\.(\d{2}))?`)).then(".")
	bareClock   = newOpener(asciiDigits, pattern.New(`^(\d{2})(\d{2})`)).then(asciiDigits)
	kanjiClock  = newOpener(asciiDigits, pattern.New(`^(\d{1,2})\s?[時时点點](?:\s?(\d{1,2})\s?分|(半))?`)).then("\xe6\xe7\xe9")
	uhrClock    = newOpener(asciiDigits, pattern.New(`^(\d{1,2})\s?(?:Uhr|uhr)(?:\s?(\d{2})\b)?`)).then("Uu")
	hourClock   = newOpener(asciiDigits, pattern.New(`^(\d{1,2})\s?ч(?:ас(?:а|ов)?)?\.?(?:\s?(\d{1,2})\s?мин(?:ут[аы]?)?\.?)?`)).then("\xd1")
	letterHalf  = newOpener("ap", pattern.New(`^([ap])(?:[^\p{L}\p{N}]|$)`))
	unknownMark = newOpener("?-XxHh", pattern.New(`^(?:\?{1,2}:\d{2}|(?:--|\?\?|XX|xx|HH|hh):(?:--|\?\?|XX|xx|mm|MM)(?::(?:--|\?\?|ss|SS))?|\?{2,})`))
	halfUnknown = newOpener(asciiDigits, pattern.Holding("?", `^\d{1,2}:\?{1,2}`)).then(":")
	vagueClock  = newOpener(asciiDigits, pattern.Holding("xX?", `^(\d{1,2}):([0-5])[xX?](?:[^\p{L}\p{N}:?]|$)`)).then(":")
	wordHalf    = pattern.New(`(?i)([ap])\.?\s?m\.?$`)
)

// scanEntryClock reads a time of day, or the mark of an unknown one. loose says
// that a date stands before it or a range asks for it, so that `11.50` and
// `1600` can be nothing else.
func scanEntryClock(s string, loose bool) (c clockTime, size int, problem Problem) {
	if m := vagueClock.FindStringSubmatch(s); m != nil {
		c.hour, _ = digits(m[1])
		tens, _ := digits(m[2])
		c.minute, c.precision, c.vague, c.known = tens*10, Minute, true, true
		return c, len(m[1]) + len(":5x"), c.problem()
	}
	if size := scanUnknownClock(s); size > 0 {
		return clockTime{unknown: true, known: true}, size, NoProblem
	}
	if c, size, problem, ok := scanWordedClock(s); ok {
		return c, size, problem
	}
	c.timeOfDay, size, problem = scanClock(s, loose)
	if problem == NotMoment {
		c, size, problem = scanPlainNumber(s, loose)
	}
	if problem == NoSuchMoment {
		// `14:00 AM`: the half is an error, the time is clear.
		if n := plainClock(s); n > 0 {
			if at, k, p := scanClock(s[:n], loose); p == NoProblem && k == n {
				c.timeOfDay, size, problem = at, n+scanHalf(s[n:]), NoProblem
			}
		}
	}
	if problem != NoProblem {
		return c, 0, problem
	}
	c.known = true
	c.readHalf(s[:size])
	size += c.scanBehind(s, size)
	if isLength(s[size:]) && !strings.Contains(s[:size], ":") {
		return clockTime{}, 0, NotMoment
	}
	return c, size, NoProblem
}

// scanUnknownClock gives the size of a mark that stands for a time of day that
// nobody knows, 0 if there is none.
func scanUnknownClock(s string) int {
	if strings.HasPrefix(s, "?") && signFollows(s[1:]) {
		return 1
	}
	if n := scanUnknownMark(s); n > 0 {
		return n
	}
	_, n := scanPhrase("unknown", s)
	return n
}

// scanUnknownMark is the size of such a mark that is of signs: --:--, 14:??.
func scanUnknownMark(s string) int {
	if startsWithDigit(s) {
		return len(halfUnknown.FindString(s))
	}
	return len(unknownMark.FindString(s))
}

// scanWordedClock reads the times of day whose words say that they are: noon,
// 9時30分, 午後9:30, 9 ч 30 мин, 9 Uhr. ok is false where none begins.
func scanWordedClock(s string) (c clockTime, size int, problem Problem, ok bool) {
	if m, n := scanPhrase("clock word", s); n > 0 {
		c.timeOfDay, _, problem = scanClock(m, true)
		c.known = true
		return c, n, problem, true
	}
	if m := kanjiClock.FindStringSubmatch(s); m != nil {
		if strings.HasPrefix(s[len(m[0]):], "間") || strings.HasPrefix(s[len(m[0]):], "间") {
			return c, 0, NotMoment, true // a length of time
		}
		c = kanjiTime(m)
		return c, len(m[0]), c.problem(), true
	}
	if half, n := scanPhrase("half before", s); n > 0 {
		c, size, problem = halfBefore(s, half, n)
		return c, size, problem, true
	}
	if m := hourClock.FindStringSubmatch(s); m != nil {
		c, size, problem = hourTime(s, m)
		return c, size, problem, true
	}
	if m := uhrClock.FindStringSubmatch(s); m != nil {
		c.hour, _ = digits(m[1])
		c.minute, _ = digits(m[2])
		c.precision, c.known = Minute, true
		return c, len(m[0]), c.problem(), true
	}
	return c, 0, NotMoment, false
}

// scanBehind gives the size of what belongs to the time of day that s[:size] is
// and stands behind it: the half of the day as one letter (`9:21p`), the unit of
// the minutes (`9h21 min`), a word like "Uhr". The half is taken over.
func (c *clockTime) scanBehind(s string, size int) int {
	from := size
	if m := letterHalf.FindStringSubmatch(s[size:]); m != nil && c.half == 0 && strings.Contains(s[:size], ":") && c.hour <= 12 {
		c.half = m[1][0]
		c.applyHalf()
		size++
	}
	if n := scanBlank(s[size:]); strings.ContainsAny(s[:size], "hH") {
		if w := fold(word(s[size+n:])); w == "min" || w == "mn" {
			size += n + len(w)
		}
	}
	if c.half == 0 {
		if n := scanBlank(s[size:]); size+n < len(s) && strings.Contains(s[:size], ":") {
			if _, k := scanPhrase("clock suffix", s[size+n:]); k > 0 {
				size += n + k
			}
		}
	}
	return size - from
}

// plainClock is the size of the digits and colons of a time.
func plainClock(s string) int {
	n := strings.IndexFunc(s, func(r rune) bool { return r != ':' && (r < '0' || r > '9') })
	if n < 0 {
		n = len(s)
	}
	return n
}

// readHalf notes the half of the day that scanClock has applied.
func (c *clockTime) readHalf(written string) {
	if !strings.ContainsAny(written, "mM") {
		return
	}
	m := wordHalf.FindStringSubmatch(written)
	if m == nil {
		return
	}
	c.half = m[1][0] | 0x20
	hour, _ := digits(written)
	c.odd = hour > 12 || hour == 0 && c.half == 'p'
}

// applyHalf turns an hour of the 12-hour clock into one of the day.
func (c *clockTime) applyHalf() {
	switch {
	case c.half == 'p' && c.hour < 12:
		c.hour += 12
	case c.half == 'a' && c.hour == 12:
		c.hour = 0
	}
}

// isLength says that what was read as a time is a length of time: "3 h later".
func isLength(s string) bool {
	_, n := scanPhrase("length", s[scanBlank(s):])
	return n > 0
}

func kanjiTime(m []string) clockTime {
	c := clockTime{known: true}
	c.precision = Minute
	c.hour, _ = digits(m[1])
	c.minute, _ = digits(m[2])
	if m[3] != "" {
		c.minute = 30
	}
	return c
}

// halfBefore reads a clock behind the word for a part of the day: `午後3:20`,
// `下午3点20分`, `凌晨00:12`.
func halfBefore(s, half string, n int) (c clockTime, size int, problem Problem) {
	n += scanBlank(s[n:])
	c, size, problem = scanEntryClock(s[n:], false)
	if problem != NoProblem || c.unknown || !startsWithDigit(s[n:]) {
		return clockTime{}, 0, NotMoment
	}
	c.inPart(half)
	return c, n + size, NoProblem
}

// inPart puts an hour of the 12-hour clock into a part of the day. The night
// lies on both sides of midnight.
func (c *clockTime) inPart(part string) {
	switch {
	case c.hour > 12:
		return
	case part == "noon" && c.hour > 3:
		return
	case part == "night" && (c.hour < 6 || c.hour == 12):
		c.half = 'a'
	case part == "morning":
		c.half = 'a'
	default:
		c.half = 'p'
	}
	c.applyHalf()
}

// hourTime reads hours in words: `14 ч 05 мин`, `3 часа ночи`. Alone they are
// a length of time.
func hourTime(s string, m []string) (c clockTime, size int, problem Problem) {
	c = clockTime{known: true}
	c.precision = Minute
	c.hour, _ = digits(m[1])
	c.minute, _ = digits(m[2])
	size = len(m[0])
	blank := scanBlank(s[size:])
	part, n := scanPhrase("half behind", s[size+blank:])
	switch {
	case n > 0:
		c.inPart(part)
		size += blank + n
	case m[2] == "" || isLength(s[size:]) || !boundary(s[size:]):
		return clockTime{}, 0, NotMoment
	}
	return c, size, c.problem()
}

// scanPlainNumber reads `11.50` and `1625`, which are times only where nothing
// else makes sense: behind a date, in a range, or before a sign or a zone.
func scanPlainNumber(s string, loose bool) (c clockTime, size int, problem Problem) {
	c.precision, c.known = Minute, true
	if m := dottedClock.FindStringSubmatch(s); m != nil {
		size = len(m[0])
		c.hour, _ = digits(m[1])
		c.minute, _ = digits(m[2])
		if m[3] != "" {
			c.second, _ = digits(m[3])
			c.precision = Second
		}
		if half := scanHalf(s[size:]); half > 0 {
			size, loose = size+half, true
			c.half = strings.ToLower(strings.TrimSpace(s[size-half : size]))[0]
			c.applyHalf()
		}
	} else if m := bareClock.FindStringSubmatch(s); m != nil {
		size = len(m[0])
		c.hour, _ = digits(m[1])
		c.minute, _ = digits(m[2])
		if !loose && (m[1] == "19" || m[1] == "20") {
			return c, 0, NotMoment // more likely a year
		}
	}
	rest := s[size:]
	if size == 4 && (strings.HasPrefix(rest, "h") || strings.HasPrefix(rest, "H")) && boundary(rest[1:]) {
		size, rest, loose = size+1, rest[1:], true // 0915h
	}
	if size == 0 || c.timeOfDay.problem() != NoProblem || !boundary(rest) || partOfNumber(rest) {
		return c, 0, NotMoment
	}
	if z := scanZoneName(rest[scanBlank(rest):], nil); z.size > 0 || loose {
		return c, size, NoProblem
	}
	if blank := scanBlank(rest); size > 0 {
		if _, n := scanPhrase("clock suffix", rest[blank:]); n > 0 {
			return c, size + blank + n, NoProblem
		}
	}
	if len(s[:size]) >= 4 && signFollows(rest) {
		return c, size, NoProblem
	}
	return c, 0, NotMoment
}

// signFollows says that a text goes on with a sign that ends a time, or ends.
func signFollows(s string) bool {
	s = strings.TrimLeft(s, " \u00a0\u202f\u2009\u2007")
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case size == 0:
		return true
	case strings.ContainsRune("-–—", r):
		next, _ := utf8.DecodeRuneInString(s[size:])
		return next == ' ' || next == 0xa0
	}
	return strings.ContainsRune(":：|\t\n])}】、,", r)
}
