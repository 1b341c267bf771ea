package locale

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Date writes a calendar day in full: "29 April 2021", "1er octobre 2021".
func (c *Catalog) Date(t time.Time) string { return c.calendar("date", t) }

// ShortDate writes a day without its year for lists: "29 Apr", "29 avr.".
func (c *Catalog) ShortDate(t time.Time) string { return c.calendar("short-date", t) }

// Month writes a month: "April 2021", "avril 2021".
func (c *Catalog) Month(t time.Time) string { return c.calendar("month", t) }

// MonthName writes a month whose year stands above it: "April", "avril".
func (c *Catalog) MonthName(m time.Month) string { return c.months[m-1][0] }

// ShortMonth writes the name of a month for scales: "Apr", "avr.".
func (c *Catalog) ShortMonth(m time.Month) string { return c.months[m-1][1] }

// Clock writes a time of day: "09:21", "9 h 21".
func (c *Catalog) Clock(t time.Time) string {
	return fill(c.patterns["clock"],
		"hour", strconv.Itoa(t.Hour()), "hour:2", twoDigits(t.Hour()), "minute:2", twoDigits(t.Minute()))
}

// DateTime writes a day and a time of day, with the zone if zoned.
func (c *Catalog) DateTime(t time.Time, zoned bool) string {
	pattern := c.patterns["date-time"]
	if zoned {
		pattern = c.patterns["date-time-zone"]
	}
	return fill(pattern, "date", c.Date(t), "clock", c.Clock(t), "zone", ZoneName(t))
}

func (c *Catalog) calendar(pattern string, t time.Time) string {
	names := c.months[t.Month()-1]
	day := strconv.Itoa(t.Day())
	if t.Day() == 1 {
		day = c.patterns["first-day"]
	}
	return fill(c.patterns[pattern], "day", day, "month", names[0], "short", names[1], "year", strconv.Itoa(t.Year()))
}

func twoDigits(n int) string {
	return string([]byte{'0' + byte(n/10), '0' + byte(n%10)})
}

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
		text += ":" + twoDigits(minutes)
	}
	return text
}

// Duration writes a length of time in words and figures, to the minute from
// an hour on, in days from two days on: "45 s", "12 min 30 s", "4 h 50 min",
// "3 days 2 h".
func (c *Catalog) Duration(d time.Duration) string {
	if d < 0 {
		return "\u2212" + c.Duration(-d)
	}
	if d >= time.Hour {
		d = d.Round(time.Minute)
	} else {
		d = d.Round(time.Second)
	}
	days := 0
	if d >= 48*time.Hour {
		days = int(d / (24 * time.Hour))
		d -= time.Duration(days) * 24 * time.Hour
	}
	var parts []string
	if days > 0 {
		parts = append(parts, c.N("days", days))
	}
	for _, unit := range []struct {
		pattern string
		length  time.Duration
	}{{"hours", time.Hour}, {"minutes", time.Minute}, {"seconds", time.Second}} {
		if n := d / unit.length; n > 0 {
			parts = append(parts, fill(c.patterns[unit.pattern], "n", strconv.Itoa(int(n))))
			d -= n * unit.length
		}
	}
	if len(parts) == 0 {
		return fill(c.patterns["minutes"], "n", "0")
	}
	return strings.Join(parts, "\u00A0")
}

// Number writes a number with the language's separators, to three decimals.
func (c *Catalog) Number(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	whole, decimals, _ := strings.Cut(strconv.FormatFloat(math.Abs(math.Round(v*1000)/1000), 'f', -1, 64), ".")
	var b strings.Builder
	if v < 0 && (whole != "0" || decimals != "") {
		b.WriteString("\u2212")
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(c.numbers.thousands)
		}
		b.WriteRune(digit)
	}
	if decimals != "" {
		b.WriteString(c.numbers.decimal)
		b.WriteString(decimals)
	}
	return b.String()
}
