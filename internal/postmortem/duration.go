package postmortem

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"publish/internal/locale"
)

// ParseDuration reads a length of time as people write it: `4h50min`, `4 h 50`,
// `1d2h`, `90 min`, `2 jours`, `3時間20分`, `1:05:00`, `PT4H50M`, `about 3 hours`.
// The text is kept in any case; Known says whether it could be read. A number
// without a unit is not: it might be minutes or seconds.
func ParseDuration(text string) Duration {
	written := strings.TrimSpace(text)
	d, size := scanDuration(written)
	if size != len(written) {
		d = Duration{Approximate: d.Approximate}
	}
	d.Written = written
	return d
}

// scanDuration reads a length of time at the beginning of a text and gives the
// number of bytes that it took.
func scanDuration(s string) (d Duration, size int) {
	size = scanApproximate(s)
	d.Approximate = size > 0
	for _, read := range []func(string) (time.Duration, int){isoDuration, clockDuration, unitDuration} {
		if value, n := read(s[size:]); n > 0 {
			size += n
			return Duration{Written: s[:size], Value: value, Approximate: d.Approximate, Known: true}, size
		}
	}
	return d, 0
}

// isoDuration reads ISO 8601: P1DT2H, PT4H50M. Months and years have no fixed
// length and are refused.
func isoDuration(s string) (time.Duration, int) {
	end := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != ',' })
	if end < 0 {
		end = len(s)
	}
	rest, ok := strings.CutPrefix(strings.ToUpper(s[:end]), "P")
	if !ok || rest == "" {
		return 0, 0
	}
	days, clock, _ := strings.Cut(rest, "T")
	if strings.ContainsAny(days, "YM") {
		return 0, 0
	}
	rest = strings.ToLower(days + clock)
	if value, n := unitDuration(rest); n == len(rest) {
		return value, end
	}
	return 0, 0
}

// clockDuration reads 1:05 and 1:05:00, hours first, and 4:50 min. It is a
// length of time only if nothing but a remark follows: 21:45 UTC is none.
func clockDuration(s string) (time.Duration, int) {
	end := strings.IndexFunc(s, func(r rune) bool { return r != ':' && (r < '0' || r > '9') })
	if end < 0 {
		end = len(s)
	}
	parts := strings.Split(s[:end], ":")
	if len(parts) < 2 || len(parts) > 3 {
		return 0, 0
	}
	var seconds int
	for i, part := range parts {
		number, n := digits(part)
		if n == 0 || n != len(part) || n > 4 || i > 0 && (n != 2 || number > 59) {
			return 0, 0
		}
		seconds = seconds*60 + number
	}
	scale := time.Second
	if len(parts) == 2 {
		scale = time.Minute
	}
	blank := scanBlank(s[end:])
	name := unitName(s[end+blank:])
	switch words()["unit"][fold(strings.TrimSuffix(name, "."))] {
	case "1h":
		end += blank + len(name)
	case "1m":
		if len(parts) == 2 {
			scale = time.Second
		}
		end += blank + len(name)
	}
	if rest := strings.TrimLeftFunc(s[end:], unicode.IsSpace); rest != "" && !strings.ContainsRune("(（.,;", firstRune(rest)) {
		return 0, 0
	}
	return time.Duration(seconds) * scale, end
}

// unitDuration reads numbers with their units, the largest first. The last may
// lack its own: `4 h 50` is in minutes.
func unitDuration(s string) (total time.Duration, size int) {
	last := time.Duration(math.MaxInt64)
	for at := 0; at < len(s); {
		number, n := figures(s[at:])
		value, err := strconv.ParseFloat(number, 64)
		if number == "" || err != nil {
			break
		}
		at += n
		blank := scanBlank(s[at:])
		name := unitName(s[at+blank:])
		unit, err := time.ParseDuration(words()["unit"][fold(strings.TrimSuffix(name, "."))])
		switch {
		case name == "" && at+blank == len(s) && last == time.Hour:
			unit = time.Minute
		case err != nil || unit >= last:
			return total, size
		}
		if value *= float64(unit); value+float64(total) > math.MaxInt64/2 {
			return 0, 0
		}
		at += blank + len(name)
		total, last, size = total+time.Duration(math.Round(value)), unit, at
		at += scanJoiner(s[at:])
	}
	return total, size
}

// scanJoiner is the size of what may stand between two numbers with their
// units: blanks, a comma, "and".
func scanJoiner(s string) int {
	at := 0
	if strings.HasPrefix(s, ",") {
		at++
	}
	at += scanBlank(s[at:])
	if w := word(s[at:]); w != "" && words()["duration joiner"][fold(w)] != "" {
		at += len(w) + scanBlank(s[at+len(w):])
	}
	return at
}

// unitName is the word, with its full stop, that a text begins with. In
// scripts without spaces it is the longest unit that stands there.
func unitName(s string) string {
	w := word(s)
	if w == "" && strings.HasPrefix(s, "'") {
		return "'"
	}
	if locale.Unspaced(firstRune(w)) {
		return longestUnit(w)
	}
	if strings.HasPrefix(s[len(w):], ".") && w != "" {
		return s[:len(w)+1]
	}
	return w
}

// longestUnit is the longest unit that a word begins with.
func longestUnit(w string) string {
	end := 0
	for i, r := range w {
		next := i + utf8.RuneLen(r)
		if words()["unit"][fold(w[:next])] != "" {
			end = next
		}
	}
	return w[:end]
}
