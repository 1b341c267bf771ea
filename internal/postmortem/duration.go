package postmortem

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// ParseDuration reads a length of time as people write it: `4h50min`, `4 h 50`,
// `1d2h`, `90 min`, `2 jours`, `1:05:00`, `PT4H50M`, `about 3 hours`. The text
// is kept in any case; Known says whether it could be read. A number without
// a unit is not: it might be minutes or seconds.
func ParseDuration(text string) Duration {
	d := Duration{Written: strings.TrimSpace(text)}
	rest := d.Written
	if size := scanApproximate(rest); size > 0 {
		d.Approximate, rest = true, rest[size:]
	}
	for _, read := range []func(string) (time.Duration, bool){isoDuration, clockDuration, unitDuration} {
		if value, ok := read(rest); ok {
			d.Value, d.Known = value, true
			break
		}
	}
	return d
}

// isoDuration reads ISO 8601: P1DT2H, PT4H50M. Months and years have no fixed
// length and are refused.
func isoDuration(s string) (time.Duration, bool) {
	rest, ok := strings.CutPrefix(strings.ToUpper(s), "P")
	if !ok || rest == "" {
		return 0, false
	}
	days, clock, _ := strings.Cut(rest, "T")
	if strings.ContainsAny(days, "YM") {
		return 0, false
	}
	return unitDuration(strings.ToLower(days + clock))
}

// clockDuration reads 1:05 and 1:05:00, hours first.
func clockDuration(s string) (time.Duration, bool) {
	parts := strings.Split(s, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return 0, false
	}
	var seconds int
	for i, part := range parts {
		number, n := digits(part)
		if n == 0 || n != len(part) || n > 4 || i > 0 && (n != 2 || number > 59) {
			return 0, false
		}
		seconds = seconds*60 + number
	}
	if len(parts) == 2 {
		seconds *= 60
	}
	return time.Duration(seconds) * time.Second, true
}

// unitDuration reads numbers with their units, the largest first. The last may
// lack its own: `4 h 50` is in minutes.
func unitDuration(s string) (total time.Duration, ok bool) {
	last := time.Duration(math.MaxInt64)
	for s = strings.TrimSpace(s); s != ""; {
		number, size := figures(s)
		if number == "" {
			return 0, false
		}
		value, err := strconv.ParseFloat(number, 64)
		if err != nil {
			return 0, false
		}
		s = strings.TrimLeftFunc(s[size:], unicode.IsSpace)
		name := strings.TrimSuffix(unitName(s), ".")
		unit, err := time.ParseDuration(words["unit"][fold(name)])
		switch {
		case name == "" && s == "" && last == time.Hour:
			unit = time.Minute
		case err != nil || unit >= last:
			return 0, false
		}
		if value *= float64(unit); value+float64(total) > math.MaxInt64/2 {
			return 0, false
		}
		total, last, ok = total+time.Duration(math.Round(value)), unit, true
		s = strings.TrimLeftFunc(strings.TrimPrefix(s[len(unitName(s)):], ","), unicode.IsSpace)
		if w := word(s); words["duration joiner"][fold(w)] != "" {
			s = strings.TrimLeftFunc(s[len(w):], unicode.IsSpace)
		}
	}
	return total, ok
}

// unitName is the word, with its full stop, that a text begins with.
func unitName(s string) string {
	w := word(s)
	if strings.HasPrefix(s[len(w):], ".") && w != "" {
		return s[:len(w)+1]
	}
	if w == "" && strings.HasPrefix(s, "'") {
		return "'"
	}
	return w
}
