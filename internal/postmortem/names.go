package postmortem

import "strconv"

// NameEvents gives every event its ID, in order: "t-20210429T0921" by the clock
// that the author wrote, with "-2" and so on where that names several. An ID
// changes only when the time of its event does.
func NameEvents(events []Event) {
	seen := map[string]int{}
	for i := range events {
		id := "t-" + events[i].At.idTime()
		seen[id]++
		if n := seen[id]; n > 1 {
			id += "-" + strconv.Itoa(n)
		}
		events[i].ID = id
	}
}

// idTime is the moment as a part of an ID.
func (m Moment) idTime() string {
	switch m.Precision {
	case Day:
		return m.Time.Format("20060102")
	case Minute:
		return m.Time.Format("20060102T1504")
	case Second:
		return m.Time.Format("20060102T150405")
	}
	return "unknown"
}
