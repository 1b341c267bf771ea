package render

import (
	"cmp"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"publish/internal/postmortem"
)

const (
	drawingWidth = 688 // the measure of the text
	drawingEdge  = 22  // room for half of a tick's label
	laneLabel    = 84  // room for the names of the lanes
	maxDrawn     = 200 // marks; the list has all events
	rowHeight    = 17
	maxSaid      = 100 // runes: what fits into one line
)

// shapes are the marks of the kinds of events: each has its own form, so that
// none depends on colour. They are paths around 0,0, about 12 pixels wide.
var shapes = map[string]string{
	"started":      "M-5-5h10v10h-10z",
	"change":       "M0-6L6 0L0 6L-6 0z",
	"detected":     "M0-6L6 5H-6z",
	"acknowledged": "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
	"identified":   "M0-7L2-2L7 0L2 2L0 7L-2 2L-7 0L-2-2z",
	"mitigated":    "M-6 3a6 6 0 0 1 12 0z",
	"rollback":     "M-6 0L5-6V6z",
	"resolved":     "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
	"communicated": "M-6-5H6V3H0L-3 6V3H-6z",
	"note":         "M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z",
	"":             "M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z",
}

// plotted is an event that has a place in time.
type plotted struct {
	*postmortem.Event
	At postmortem.Moment // of the event, in the zone of the drawing
	interval
	index int // in the timeline
	soft  bool
	lane  string
}

// drawing draws the timeline to scale. It is nil where there are not two times
// that can be compared.
func (b *postBuilder) drawing() *Drawing {
	events, zone := b.plot()
	points := make([]int64, 0, 2*len(events)+2)
	var busy []interval
	for _, e := range events {
		points = append(points, e.from, e.to)
		if e.to > e.from {
			busy = append(busy, e.interval)
		}
	}
	if len(points) == 0 || slices.Min(points) == slices.Max(points) {
		return nil
	}
	undetected, known := b.undetected(events[0].At.Zoned)
	if known {
		points = append(points, undetected.from, undetected.to)
	}
	d := &Drawing{Width: drawingWidth, Top: 24, Left: drawingEdge, Right: drawingWidth - drawingEdge}
	lanes := assignLanes(events)
	if len(lanes) > 1 {
		d.Left = laneLabel
	}
	a := newAxis(points, busy, d.Left, d.Right-d.Left)
	if known {
		d.undetected(a, undetected, b.w)
	}
	drawn := thinOut(events)
	b.marks(d, a, drawn, lanes)
	if n := len(b.m.Timeline) - len(d.Marks); n > 0 {
		d.LeftOut = b.w.N("events_not_drawn", n)
	}
	if len(drawn) < len(events) {
		d.More = nil // their numbers would count what was chosen only
	}
	d.axis(a, zone, b.w)
	d.breaks(a, softEnds(events), b.w)
	d.legend(drawn, b.w)
	d.Label = b.w.T("drawn_from_to", b.w.whenText(drawn[0].At), b.w.whenText(drawn[len(drawn)-1].At))
	return d
}

// plot finds the events that have a place on one axis, in the order of time,
// and the zone of its clock.
func (b *postBuilder) plot() (events []plotted, zone *time.Location) {
	var days []plotted
	events = make([]plotted, 0, len(b.m.Timeline))
	for i := range b.m.Timeline {
		e := &b.m.Timeline[i]
		p, until := plotted{Event: e, At: e.At.In(b.zone), index: i}, e.Until.In(b.zone)
		p.soft = p.At.Approximate || until.Approximate
		switch {
		case !p.At.Known():
		case p.At.Precision == postmortem.Day:
			days = append(days, p)
		case len(events) > 0 && events[0].At.Zoned != p.At.Zoned:
			// It cannot be said which came first.
		default:
			p.from, p.to = p.At.Time.Unix(), p.At.Time.Unix()
			if until.IsInstant() && until.Zoned == p.At.Zoned {
				p.to = max(p.to, until.Time.Unix())
			}
			events = append(events, p)
		}
	}
	zone = time.UTC
	if len(events) > 0 {
		zone = events[0].At.Time.Location()
	} else if b.zone != nil {
		zone = b.zone
	}
	events = append(events, placeDays(days, events, zone)...)
	slices.SortStableFunc(events, func(x, y plotted) int { return cmp.Or(cmp.Compare(x.from, y.from), cmp.Compare(x.index, y.index)) })
	return events, zone
}

// placeDays gives events of which only the day is known the stretch of what
// else happened on that day, else its beginning.
func placeDays(days, timed []plotted, zone *time.Location) []plotted {
	extent := map[int64]interval{}
	for _, e := range timed {
		day := postmortem.Moment{Time: e.At.Time.In(zone), Precision: postmortem.Day}.Instant(zone).Unix()
		i, ok := extent[day]
		if !ok {
			i = interval{e.from, e.from}
		}
		extent[day] = interval{min(i.from, e.from), max(i.to, e.from)}
	}
	for i := range days {
		e := &days[i]
		day := e.At.Instant(zone).Unix()
		e.interval = interval{day, day}
		if i, ok := extent[day]; ok {
			e.interval = i
		}
		e.soft = e.soft || len(timed) > 0
	}
	return days
}

// undetected is the stretch from the start to the detection, where both are
// known and the author says nothing else.
func (b *postBuilder) undetected(zoned bool) (interval, bool) {
	m := b.m.Spent()
	if !m.Start.IsInstant() || !m.Detected.IsInstant() || m.Start.Zoned != zoned || m.Detected.Zoned != zoned ||
		!m.Start.Time.Before(m.Detected.Time) || b.measures.TimeToDetect.Contradicted {
		return interval{}, false
	}
	return interval{m.Start.Time.Unix(), m.Detected.Time.Unix()}, true
}

// thinOut chooses what is drawn of very long timelines: the first event of every
// kind, and others at equal distances in the list.
func thinOut(events []plotted) []plotted {
	if len(events) <= maxDrawn {
		return events
	}
	keep, seen := make([]int, 0, maxDrawn), map[postmortem.EventKind]bool{}
	for i := range events {
		if kind := events[i].Kind; !seen[kind] {
			seen[kind] = true
			keep = append(keep, i)
		}
	}
	for n, others := 0, maxDrawn-len(keep); n < others; n++ {
		keep = append(keep, n*(len(events)-1)/(others-1))
	}
	slices.Sort(keep)
	var chosen []plotted
	for _, i := range slices.Compact(keep) {
		chosen = append(chosen, events[i])
	}
	return chosen
}

// marks places the events lane by lane: at their time, and in the first row of
// their lane that is free there. Events of a kind come before those of none,
// if there is not room for all.
func (b *postBuilder) marks(d *Drawing, a axis, events []plotted, lanes []string) {
	severalDays := !sameDate(events[0].At.Time, events[len(events)-1].At.Time)
	y := d.Top
	d.Marks = make([]Mark, 0, len(events))
	var rows rows
	for _, lane := range lanes {
		first := len(d.Marks)
		rows.clear()
		for i := range 2 * len(events) {
			e := &events[i%len(events)]
			if e.lane != lane || minor(e.Kind) != (i >= len(events)) {
				continue
			}
			x := a.x(e.from)
			end := a.x(e.to)
			if row, ok := rows.place(x, end); ok {
				d.Marks = append(d.Marks, Mark{
					ID: b.m.Timeline[e.index].ID, Kind: string(e.Kind), Shape: shapes[string(e.Kind)], X: x, Y: row, Until: end - x, Soft: e.soft,
					Text: b.said(e, severalDays),
				})
			}
		}
		bottom := y + max(rows.count, 1)*rowHeight + 10
		if len(rows.crowds) > 0 {
			bottom += 12 // for the numbers of those without a mark
		}
		for i := range d.Marks[first:] {
			m := &d.Marks[first+i]
			m.Y = bottom - 5 - rowHeight/2 - m.Y*rowHeight
		}
		for _, c := range rows.crowds {
			d.More = append(d.More, DrawnText{X: c.x, Y: y + 13, Text: "+" + strconv.Itoa(c.count)})
		}
		l := DrawnLane{Y: bottom}
		if name := laneName(lane, len(lanes), b.w); name != "" {
			l.Label = &DrawnText{Y: (y+bottom)/2 + 4, Text: name}
		}
		d.Lanes = append(d.Lanes, l)
		y = bottom
	}
	// Marks are in the order of time across lanes: so are the links.
	slices.SortStableFunc(d.Marks, func(x, y Mark) int { return cmp.Compare(x.X, y.X) })
	d.Axis, d.BreakFoot, d.Said, d.Height = y, y+1, y+38, y+44
}

// minor says that events of a kind tell nothing of the incident's course.
func minor(kind postmortem.EventKind) bool { return kind == "" || kind == "note" }

// said is what an event says, in one line.
func (b *postBuilder) said(e *plotted, severalDays bool) string {
	at := b.w.clockText(e.At)
	if severalDays && e.At.Precision > postmortem.Day {
		at = b.w.ShortDate(e.At.Time) + ", " + at
	}
	text := cleanText(e.Text)
	if e.Span.Block == 0 {
		text = plainText(e.Text) // front matter is Markdown
	}
	if label := b.w.word("event_", string(e.Kind)); label != "" {
		return shortened(at+" · "+label+" · "+squeeze(text), maxSaid)
	}
	return shortened(at+" · "+squeeze(text), maxSaid)
}

// undetected shades the time in which nobody knew.
func (d *Drawing) undetected(a axis, i interval, w words) {
	from, to := a.x(i.from), a.x(i.to)
	d.Undetected = &DrawnSpan{From: from, To: max(to, from+2)}
	if to-from > 80 { // room for its text
		d.Undetected.Label = &DrawnText{(from + to) / 2, d.Top + 11, w.T("phase_undetected")}
		d.Top += 16
	}
}

const (
	tickApart   = 72 // of the labels of ticks
	dayApart    = 72 // of the names of days
	letterWidth = 8  // at most, on the average of a name
)

// axis draws ticks and days.
func (d *Drawing) axis(a axis, zone *time.Location, w words) {
	first, last := a.pieces[0].from, a.pieces[len(a.pieces)-1].to
	date, apart := w.ShortDate, dayApart
	if last-first > 300*secondsOfDay { // before that, no day is named twice
		date, apart = w.Date, 2*dayApart
	}
	step := a.step(tickApart)
	if step >= secondsOfDay && apart > dayApart {
		step = a.step(apart)
	}
	text := w.Clock
	switch {
	case step >= secondsOfDay:
		text = date
	case step < 60:
		text = func(at time.Time) string { return at.Format("15:04:05") }
	}
	ticks := a.ticks(step, zone)
	d.Ticks = make([]DrawnText, 0, len(ticks))
	for _, at := range ticks {
		if x := a.x(at.Unix()); len(d.Ticks) == 0 || x-d.Ticks[len(d.Ticks)-1].X >= tickApart*3/4 {
			d.Ticks = append(d.Ticks, DrawnText{X: x, Y: d.Axis + 16, Text: text(at)})
		}
	}
	switch {
	case step < secondsOfDay:
		d.days(a, zone, date, apart, true)
	case len(a.pieces) > 1: // of which some may have no tick
		d.days(a, zone, date, apart, false)
	}
}

// days names the day at the beginning of every piece, and marks where days
// begin if ticks do not.
func (d *Drawing) days(a axis, zone *time.Location, date func(time.Time) string, apart int, lines bool) {
	add := func(x int, line bool, at time.Time) {
		name := date(at)
		left := min(x+3, d.Width-letterWidth*utf8.RuneCountInString(name)) // the last one must not stick out
		d.Days = append(d.Days, DrawnDay{x, line, &DrawnText{left, 15, name}})
	}
	for _, p := range a.pieces {
		add(p.x, false, time.Unix(p.from, 0).In(zone))
	}
	if lines {
		for _, at := range a.ticks(secondsOfDay, zone) {
			add(a.x(at.Unix()), true, at)
		}
	}
	slices.SortStableFunc(d.Days, func(x, y DrawnDay) int { return cmp.Compare(x.X, y.X) })
	name := ""
	for i := range d.Days {
		day := &d.Days[i]
		next := d.Width + apart
		if i+1 < len(d.Days) {
			next = d.Days[i+1].X
		}
		if day.Label.Text == name || next-day.X < apart {
			day.Label = nil // said already, or no room
			continue
		}
		name = day.Label.Text
	}
}

// breaks draws where the axis is broken, with the length that is left out.
func (d *Drawing) breaks(a axis, soft map[int64]bool, w words) {
	for i := 1; i < len(a.pieces); i++ {
		from, to := a.pieces[i-1], a.pieces[i]
		about := soft[from.to] || soft[to.from]
		length := time.Unix(to.from, 0).Sub(time.Unix(from.to, 0)) // at most 292 years
		switch {
		case length >= 7*24*time.Hour, about && length >= 2*24*time.Hour: // hours would say more than is known, and have no room
			length = length.Round(24 * time.Hour)
		case length >= 24*time.Hour || about:
			length = length.Round(time.Hour)
		}
		x, text := a.end(from), w.Duration(length)
		if about {
			text = "~\u00A0" + text // there is no room for the word
		}
		d.Breaks = append(d.Breaks, DrawnSpan{x + markWidth/2 + 2, to.x - markWidth/2 - 2, &DrawnText{(x + to.x) / 2, (d.Top+d.Axis)/2 + 4, text}})
	}
}

// softEnds are the times that are known about; nil where there are none.
func softEnds(events []plotted) map[int64]bool {
	var soft map[int64]bool
	for i := range events {
		if e := &events[i]; e.soft {
			if soft == nil {
				soft = map[int64]bool{}
			}
			soft[e.from], soft[e.to] = true, true
		}
	}
	return soft
}

// legend explains the marks that are there, in the order of the kinds.
func (d *Drawing) legend(events []plotted, w words) {
	d.Legend = make([]LegendItem, 0, len(postmortem.EventKinds)+2)
	for _, kind := range postmortem.EventKinds {
		if kind != "note" && anyPlotted(events, func(e *plotted) bool { return e.Kind == kind }) {
			d.Legend = append(d.Legend, LegendItem{string(kind), shapes[string(kind)], w.T("event_" + string(kind))})
		}
	}
	if d.Undetected != nil {
		d.Legend = append(d.Legend, LegendItem{Kind: "undetected", Label: w.T("phase_undetected")})
	}
	if anyPlotted(events, func(e *plotted) bool { return e.soft }) {
		d.Legend = append(d.Legend, LegendItem{Kind: "soft", Label: w.T("drawn_about")})
	}
}

// anyPlotted says whether something holds of an event, without a copy of each.
func anyPlotted(events []plotted, holds func(*plotted) bool) bool {
	for i := range events {
		if holds(&events[i]) {
			return true
		}
	}
	return false
}
