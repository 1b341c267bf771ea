package postmortem

import "strconv"

// NameEvents gives every event its ID, in order: "t-20210429T0921" by the clock
// that the author wrote, with "-2" and so on where that names several. An ID
// changes only when the time of its event does.
func NameEvents(events []Event) {
	seen := make(map[string]int, len(events))
	for i := range events {
		id := events[i].At.id()
		seen[id]++
		if n := seen[id]; n > 1 {
			id += "-" + strconv.Itoa(n)
		}
		events[i].ID = id
	}
}

// id is the ID of an event by its moment.
func (m Moment) id() string {
	switch m.Precision {
	case Day:
		return m.Time.Format("t-20060102")
	case Minute:
		return m.Time.Format("t-20060102T1504")
	case Second:
		return m.Time.Format("t-20060102T150405")
	}
	return "t-unknown"
}
