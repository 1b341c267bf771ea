package postmortem

import (
	"fmt"
	"strings"
	"time"

	"publish/internal/diag"
)

// Clocks of twelve hours of which some, or all, leave AM and PM out. Where a list
// writes neither, 9:50, 12:40, 1:15 may pass noon or midnight, and its order does
// not tell which: such clocks are read as of 24 hours, and what is said of them
// names the other reading.

// carriedOver is how long behind a time with PM one without may be for its PM to
// count for both. In four hours or more another morning may have come.
const carriedOver = 3 * time.Hour

// twelveHours says that some entries write AM or PM, and that no other has a
// time that a clock of twelve hours does not show; small says the second alone.
func twelveHours(clocked []*entryTime) (twelve, small bool) {
	halves := false
	for _, e := range clocked {
		switch {
		case e.clock.half != 0:
			halves = true
		case e.clock.hour == 0 || e.clock.hour > 12:
			return false, false
		}
	}
	return halves, true
}

// lacksHalf says that a clock may be of twelve hours, and in the second half of
// the day.
func (c clockTime) lacksHalf() bool { return c.half == 0 && c.hour > 0 && c.hour < 12 }

// inAfternoon says that a clock of twelve hours runs back only because it has
// passed noon, as in 12:08, 1:17, or because it leaves out the PM of the one
// before, as in 5:21 PM, 5:30.
func (c *calendar) inAfternoon(m Moment, e entryTime) bool {
	if !c.twelve || e.dated() || e.clock.half != 0 || e.clock.hour >= 12 || !c.last.Known() || c.last.Precision <= Day {
		return false
	}
	back := c.back(m)
	if c.half == 'p' {
		return back >= 12*time.Hour-carriedOver && back <= 12*time.Hour && e.clock.lacksHalf() && !zeroFirst(m.Written)
	}
	return c.half == 0 && back > rolledBack && c.last.Time.Hour() >= 11
}

// zeroFirst says that a time is written with two digits for its hour, as clocks
// of 24 hours are.
func zeroFirst(written string) bool {
	at := strings.IndexAny(written, asciiDigits)
	return at >= 0 && written[at] == '0'
}

// untilLater is the end of a range that would lie before its start: of the
// afternoon, where clocks are of twelve hours, or of the next day.
func (c *calendar) untilLater(e entryTime, at, until Moment, day time.Time, zone *time.Location) Moment {
	tomorrow := c.on(until, day.AddDate(0, 0, 1), e.untilClock, zone)
	if !e.untilClock.lacksHalf() {
		return tomorrow
	}
	e.untilClock.hour += 12
	later := c.on(until, day, e.untilClock, zone)
	switch {
	case later.Time.Before(at.Time):
	case c.twelve || e.clock.half != 0:
		return later
	case c.small:
		c.diags.Report(diag.DayRolled, at.Pos, "write "+later.Time.Format("15:04")+" if it is the same afternoon",
			"the end of %q is taken for the next day, %s, since it is before the beginning", at.Written, tomorrow.Time.Format(time.DateOnly))
	}
	return tomorrow
}

// aheadAtMost is how long behind the time before it a clock of twelve hours may be,
// if it is of the afternoon: longer, and it is rather out of order.
const aheadAtMost = 9 * time.Hour

// ifAfternoon begins the remedy for a clock that runs back with the one that mends
// it if it is of twelve hours; then is what leads to the others.
func (c *calendar) ifAfternoon(e entryTime, then string) string {
	if !c.small || !e.clock.lacksHalf() || !c.last.Known() || c.last.Precision <= Day {
		return ""
	}
	hour, minute, _ := c.last.Time.Clock()
	afternoon := e.clock.hour + 12
	ahead := time.Duration(60*(afternoon-hour)+e.clock.minute-minute) * time.Minute
	if ahead < 0 || ahead > aheadAtMost {
		return ""
	}
	return fmt.Sprintf("write %d:%02d if it is the afternoon, %s", afternoon, e.clock.minute, then)
}
