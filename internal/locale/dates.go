package locale

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"time"
)

// Date writes a calendar day in full: "29 April 2021", "1er octobre 2021".
func (c *Catalog) Date(t time.Time) string { return c.time("date", t) }

// ShortDate writes a day without its year for lists: "29 Apr", "29 avr.".
func (c *Catalog) ShortDate(t time.Time) string { return c.time("short-date", t) }

// Month writes a month: "April 2021", "avril 2021".
func (c *Catalog) Month(t time.Time) string { return c.time("month", t) }

// MonthName writes a month whose year stands above it: "April", "avril".
func (c *Catalog) MonthName(m time.Month) string { return c.months[m-1][0] }

// ShortMonth writes the name of a month for scales: "Apr", "avr.".
func (c *Catalog) ShortMonth(m time.Month) string { return c.months[m-1][1] }

// Clock writes a time of day: "09:21", "9 h 21".
func (c *Catalog) Clock(t time.Time) string { return c.time("clock", t) }

// DateTime writes a day and a time of day, with the zone if zoned.
func (c *Catalog) DateTime(t time.Time, zoned bool) string {
	if zoned {
		return c.time("date-time-zone", t)
	}
	return c.time("date-time", t)
}

func (c *Catalog) time(pattern string, t time.Time) string {
	var room [64]byte
	return string(c.appendTime(room[:0], pattern, t))
}

// appendTime appends a time as a pattern of the language writes it. In braces
// stand parts of the time, or other patterns.
func (c *Catalog) appendTime(dst []byte, pattern string, t time.Time) []byte {
	for text := c.patterns[pattern]; ; {
		before, rest, found := strings.Cut(text, "{")
		dst = append(dst, before...)
		if !found {
			return dst
		}
		hole, after, _ := strings.Cut(rest, "}")
		text = after
		switch hole {
		case "day":
			if t.Day() == 1 {
				dst = append(dst, c.patterns["first-day"]...)
			} else {
				dst = strconv.AppendInt(dst, int64(t.Day()), 10)
			}
		case "month":
			dst = append(dst, c.months[t.Month()-1][0]...)
		case "short":
			dst = append(dst, c.months[t.Month()-1][1]...)
		case "year":
			dst = strconv.AppendInt(dst, int64(t.Year()), 10)
		case "hour":
			dst = strconv.AppendInt(dst, int64(t.Hour()), 10)
		case "hour:2":
			dst = appendTwoDigits(dst, t.Hour())
		case "minute:2":
			dst = appendTwoDigits(dst, t.Minute())
		case "zone":
			dst = append(dst, ZoneName(t)...)
		case "date", "clock":
			dst = c.appendTime(dst, hole, t)
		default:
			dst = append(append(append(dst, '{'), hole...), '}')
		}
	}
}

func appendTwoDigits(dst []byte, n int) []byte { return append(dst, '0'+byte(n/10), '0'+byte(n%10)) }

// ZoneName is the zone's abbreviation if it has one made of letters, else its
// distance from UTC: "CEST", "UTC", "UTC+5:30".
func ZoneName(t time.Time) string {
	name, offset := t.Zone()
	if offset == 0 && (name == "" || strings.ContainsAny(name, "+-")) {
		return "UTC"
	}
	if name != "" && !strings.ContainsAny(name, "+-") {
		return name
	}
	sign := "+"
	if offset < 0 {
		sign, offset = "\u2212", -offset
	}
	text := "UTC" + sign + strconv.Itoa(offset/3600)
	if minutes := offset % 3600 / 60; minutes > 0 {
		text = string(appendTwoDigits([]byte(text+":"), minutes))
	}
	return text
}

// Duration writes a length of time in words and figures, to the minute from
// an hour on, in days from two days on: "45 s", "12 min 30 s", "4 h 50 min",
// "3 days 2 h".
func (c *Catalog) Duration(d time.Duration) string {
	var room [64]byte
	return string(c.appendDuration(room[:0], d))
}

func (c *Catalog) appendDuration(dst []byte, d time.Duration) []byte {
	if d < 0 {
		return c.appendDuration(append(dst, "\u2212"...), -d)
	}
	if d >= time.Hour {
		d = d.Round(time.Minute)
	} else {
		d = d.Round(time.Second)
	}
	begin := len(dst)
	if d >= 48*time.Hour {
		days := d / (24 * time.Hour)
		dst = c.appendN(dst, "days", int(days))
		d -= days * 24 * time.Hour
	}
	for _, unit := range []struct {
		pattern string
		length  time.Duration
	}{{"hours", time.Hour}, {"minutes", time.Minute}, {"seconds", time.Second}} {
		n := d / unit.length
		if n == 0 {
			continue
		}
		if len(dst) > begin {
			dst = append(dst, "\u00A0"...)
		}
		dst = appendFilled(dst, c.patterns[unit.pattern], "n", strconv.Itoa(int(n)))
		d -= n * unit.length
	}
	if len(dst) == begin {
		return appendFilled(dst, c.patterns["minutes"], "n", "0")
	}
	return dst
}

// Number writes a number with the language's separators, to three decimals.
func (c *Catalog) Number(v float64) string {
	var room [32]byte
	return string(c.appendNumber(room[:0], v))
}

func (c *Catalog) appendNumber(dst []byte, v float64) []byte {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return append(dst, "–"...)
	}
	var room [32]byte
	whole, decimals, _ := bytes.Cut(strconv.AppendFloat(room[:0], math.Abs(math.Round(v*1000)/1000), 'f', -1, 64), []byte("."))
	if v < 0 && (string(whole) != "0" || len(decimals) > 0) {
		dst = append(dst, "\u2212"...)
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			dst = append(dst, c.numbers.thousands...)
		}
		dst = append(dst, digit)
	}
	if len(decimals) > 0 {
		dst = append(append(dst, c.numbers.decimal...), decimals...)
	}
	return dst
}
