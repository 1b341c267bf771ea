package postmortem

import "time"

// apart is how long nothing may happen between two outages of one text. What
// comes back sooner is the same one: it flapped, or a repair did not hold.
const apart = 12 * time.Hour

// numberOutages gives events the number of their outage. Another begins where
// one was resolved, nothing happened for a long time, and then something began,
// was noticed or was taken charge of.
func numberOutages(events []Event) {
	var last Moment
	over, quiet, outage := false, -1, 0
	for i := range events {
		e := &events[i]
		if gap, ok := last.span(e.At); ok && over && gap >= apart {
			quiet = i
		}
		switch e.Kind {
		case "resolved":
			over, quiet = true, -1
		case "started", "detected", "acknowledged":
			if over && quiet >= 0 {
				outage++
				for k := quiet; k < i; k++ {
					events[k].Outage = outage
				}
			}
			over, quiet = false, -1
		}
		e.Outage = outage
		switch {
		case e.Until.IsInstant():
			last = e.Until
		case e.At.IsInstant():
			last = e.At
		}
	}
}

// keepOutage takes inferred milestones from all outages of a timeline but the
// first. The last end stays: it is that of all of them, and Measures leave out
// what would have the quiet days in it.
func keepOutage(events []Event) {
	numberOutages(events)
	for i := range events {
		if e := &events[i]; e.Outage > 0 && e.Kind != "resolved" && e.isMilestone() {
			e.dropInferred()
		}
	}
}
