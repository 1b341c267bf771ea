package postmortem

import (
	"strings"
	"time"

	"publish/internal/block"
	"publish/internal/diag"
	"publish/internal/locale"
)

// readTextTimeline reads the timelines of the text. What stands under a heading
// counts; lists under a label only where no heading has events.
func readTextTimeline(t *textReader, r *Reading) {
	for _, labels := range []bool{false, true} {
		read := 0
		for i, s := range r.Sections {
			if s.Role != locale.RoleTimeline || s.Label != labels || s.First < read {
				continue
			}
			tr := t.newTimeline(r, i)
			tr.read()
			if tr.worthless() {
				continue
			}
			t.diags = append(t.diags, tr.diags...)
			parent := t.parentOf(s)
			for k := range tr.events {
				tr.events[k].Parent = parent
			}
			if r.Facts.Timeline == nil {
				r.Facts.Timeline = tr.events
			} else {
				r.Facts.Timeline = append(r.Facts.Timeline, tr.events...)
			}
			read = s.Last
		}
		if len(r.Facts.Timeline) > 0 {
			return
		}
	}
}

// timelineText is a timeline while it is read.
type timelineText struct {
	*textReader
	section  Section
	calendar calendar
	entries  []entryTime // of the blocks of the section, by offset
	timed    []bool      // which of those begin with a time
	skipped  []bool      // which belong to a section of another kind
	lists    map[int]*timelineList
	levels   map[int][2]int    // headings with and without a time, by level
	closing  map[int]entryTime // times in brackets with which headings end
	detail   bool              // below an event that is a heading
	depth    int               // of the item that is the last event, 0 if none
	last     *Event
	events   []Event
	inside   []bool // which blocks stand between items of one list
	// paragraphs counts the lines of paragraphs that begin with a time.
	paragraphs int
	// lineStarts are the beginnings of the lines of the block divided, which
	// is the last that was asked for.
	lineStarts []int
	divided    int
	// leads says that a list or table has its times in front: others that end
	// with some tell of lengths, or of what the events came to.
	leads  bool
	code   bool // blocks of code hold the events, and nothing else does
	diags  diag.List
	unread int  // lines whose time cannot be read
	full   bool // there are more events than are read
}

// timelineList is what is known of a list or table before it is read.
type timelineList struct {
	items, leading, trailing int
	first, last              int
	column                   int // of a table: where the time stands
	until                    bool
	named                    bool // its head says that times stand there
	zone                     *time.Location
}

func (t *textReader) newTimeline(r *Reading, index int) *timelineText {
	s := r.Sections[index]
	n := s.Last - s.First
	tr := &timelineText{
		textReader: t, section: s, entries: make([]entryTime, n), timed: make([]bool, n), skipped: make([]bool, n),
		lists: map[int]*timelineList{}, levels: map[int][2]int{},
	}
	for _, other := range r.Sections[index+1:] {
		if other.First >= s.Last {
			break
		}
		switch other.Role {
		case locale.RoleCountermeasures, locale.RoleLessons, locale.RoleUpdates, locale.RoleMeasures:
			for i := max(other.First, s.First); i < min(other.Last, s.Last); i++ {
				tr.skipped[i-s.First] = true
			}
		}
	}
	tr.survey()
	tr.events = make([]Event, 0, tr.likely())
	clocked := tr.clockedEntries()
	tr.calendar = calendar{
		zone: tr.findZone(clocked), near: tr.findDay(), dayFirst: locale.DayFirst(tr.context.Language), twelve: twelveHours(clocked),
		diags: &tr.diags, marks: "### ",
	}
	tr.calendar.stated = tr.statedDay()
	return tr
}

// survey reads the times with which the blocks begin, and counts them by list,
// table and level of heading.
func (tr *timelineText) survey() {
	for i := range tr.entries {
		b := tr.block(i)
		if tr.skipped[i] || b.Kind == block.Code {
			continue
		}
		if b.Kind == block.Row {
			tr.list(i).items++
			continue
		}
		e, problem := scanEntryTime(b.Text, tr.context.Zones)
		tr.entries[i], tr.timed[i] = e, problem == NoProblem
		switch b.Kind {
		case block.Item:
			l := tr.list(i)
			l.items++
			if tr.timed[i] || looksTimed(b.Text) {
				l.leading++
			} else if _, ok := tr.trailingTime(b.Text); ok {
				l.trailing++
			}
		case block.Heading:
			count := tr.levels[b.Depth]
			if tr.timed[i] && !e.dayOnly() {
				count[0]++
			} else if !tr.timed[i] {
				count[1]++
				tr.surveyClosing(i)
			}
			tr.levels[b.Depth] = count
		}
	}
	for _, l := range tr.lists {
		if tr.block(l.first).Kind == block.Row {
			tr.surveyTable(l)
		}
	}
	for _, l := range tr.lists {
		tr.leads = tr.leads || l.leading > 1
	}
	tr.findInside()
	tr.paragraphs = tr.timedParagraphs()
	tr.code = tr.inCode()
	if !tr.headingsClose() {
		tr.closing = nil
	}
}

// likely is how many events the timeline will have, about.
func (tr *timelineText) likely() int {
	n := 0
	for i := range tr.timed {
		if tr.timed[i] || tr.block(i).Kind == block.Row {
			n++
		}
	}
	return min(n, maxEvents)
}

func (tr *timelineText) block(i int) *block.Block { return &tr.blocks[tr.section.First+i] }

func (tr *timelineText) list(i int) *timelineList {
	number := tr.block(i).List
	if tr.lists[number] == nil {
		tr.lists[number] = &timelineList{first: i}
	}
	tr.lists[number].last = i
	return tr.lists[number]
}

// read turns the blocks into events.
func (tr *timelineText) read() {
	for i := range tr.entries {
		if tr.skipped[i] {
			continue
		}
		switch tr.block(i).Kind {
		case block.Heading:
			tr.readHeading(i)
		case block.Item:
			tr.readItem(i)
		case block.Row:
			tr.readRow(i)
		case block.Paragraph:
			tr.readParagraph(i)
		case block.Code:
			tr.readCode(i)
		}
	}
}

// worthless says that nothing was understood: a template's rows, a single
// sentence with a time, a plan.
func (tr *timelineText) worthless() bool {
	known := 0
	for i := range tr.events {
		if at := &tr.events[i].At; at.Known() || at.ClockOnly() || looksTimed(at.Written) {
			known++
		}
	}
	return known == 0 || tr.section.Label && tr.isPlan()
}

// isPlan says that all events are days, none before the document's own and most
// after it.
func (tr *timelineText) isPlan() bool {
	date := tr.context.Date
	if !date.Known() {
		return false
	}
	y, m, d := date.Time.Date()
	today, later := civil(y, int(m), d), 0
	for i := range tr.events {
		at := &tr.events[i].At
		if at.Precision != Day || at.Time.Before(today) {
			return false
		}
		if at.Time.After(today) {
			later++
		}
	}
	return later*2 > len(tr.events)
}

// readHeading reads a heading: a day, an event, or, between events, one without
// a time.
func (tr *timelineText) readHeading(i int) {
	b, e := tr.block(i), tr.entries[i]
	tr.detail, tr.depth = false, 0
	switch {
	case tr.timed[i] && e.dayOnly() && tr.timesFollow(i):
		tr.calendar.enter(e.day)
		tr.takeZone(b.Text)
	case tr.timed[i] && e.clocked() && tr.isStretch(i):
		if e.dated() {
			tr.calendar.enter(e.day)
		}
		if e.zone != nil {
			tr.calendar.zone = e.zone
		}
	case tr.timed[i]:
		tr.addTimed(i, e, 0, len(b.Text))
		tr.detail = true
	case tr.addClosing(i):
		tr.detail = true
	case looksTimed(b.Text):
		tr.addUnread(i, b.Text, b.Text)
		tr.detail = true
	case tr.levels[b.Depth][0] >= 2 && tr.levels[b.Depth][0] > tr.levels[b.Depth][1] && tr.roleOf(b.Text) == locale.NoRole:
		tr.addTimeless(i, strings.TrimSpace(b.Text+"\n"+tr.firstText(i)), Moment{})
		tr.detail = true
	default:
		tr.takeZone(b.Text)
	}
	if tr.detail && tr.last != nil && tr.last.Text == "" {
		tr.last.Text = tr.firstText(i)
	}
}

// firstText is the first text under a heading.
func (tr *timelineText) firstText(i int) string {
	for j := i + 1; j < len(tr.entries); j++ {
		switch b := tr.block(j); b.Kind {
		case block.Heading:
			return ""
		case block.Paragraph, block.Item:
			return b.Text
		}
	}
	return ""
}

// timesFollow says that times of day stand below the heading of a day.
func (tr *timelineText) timesFollow(i int) bool {
	level := tr.block(i).Depth
	for j := i + 1; j < len(tr.entries); j++ {
		b := tr.block(j)
		if b.Kind == block.Row {
			if l := tr.list(j); !b.Head && l.leading > 0 {
				return true
			}
			continue
		}
		if b.Kind == block.Code && tr.code {
			return true
		}
		if b.Kind == block.Heading && tr.timed[j] && tr.entries[j].dayOnly() && b.Depth <= level {
			return false
		}
		if tr.timed[j] && !tr.entries[j].dated() {
			return true
		}
	}
	return false
}

// takeZone takes the zone that a heading below the timeline's own names.
func (tr *timelineText) takeZone(text string) {
	if zone := zoneIn(text, tr.context.Zones); zone != nil {
		tr.calendar.zone = zone
	}
}

// readItem reads a list item: an event, a day with events below it, or the
// detail of the event above.
func (tr *timelineText) readItem(i int) {
	b, e := tr.block(i), tr.entries[i]
	if tr.detail || tr.depth > 0 && b.Depth > tr.depth {
		return
	}
	tr.depth = 0
	l := tr.list(i)
	parent := tr.timedBelow(i)
	switch {
	case tr.timed[i] && e.dayOnly() && parent:
		tr.calendar.enter(e.day)
		return
	case tr.timed[i] && e.dayOnly() && strings.TrimSpace(b.Text[e.size:]) == "" && tr.timedLater(i):
		tr.calendar.enter(e.day)
		return
	case tr.timed[i]:
		tr.addTimed(i, e, 0, len(b.Text))
	case looksTimed(b.Text):
		tr.addUnread(i, b.Text, b.Text)
	case parent:
		return
	case l.leading == 0 && l.trailing*2 >= l.items && l.trailing > 0 && !tr.leads:
		if !tr.addTrailing(i) {
			tr.addTimeless(i, b.Text, Moment{})
		}
	case l.leading*2 >= l.items && l.leading > 0 && b.Text != "":
		tr.addTimeless(i, b.Text, Moment{})
	default:
		return
	}
	tr.depth = b.Depth
}

// timedBelow says that an item has others below it that begin with a time.
func (tr *timelineText) timedBelow(i int) bool {
	for j := i + 1; j < len(tr.entries); j++ {
		b := tr.block(j)
		if b.Kind == block.Heading || b.Kind == block.Item && b.Depth <= tr.block(i).Depth {
			return false
		}
		if b.Kind == block.Item && tr.timed[j] && !tr.entries[j].dayOnly() {
			return true
		}
	}
	return false
}

// timedLater says that the next item of the same list has a time of day.
func (tr *timelineText) timedLater(i int) bool {
	for j := i + 1; j < len(tr.entries); j++ {
		if b := tr.block(j); b.List == tr.block(i).List {
			return tr.timed[j] && !tr.entries[j].dated()
		}
	}
	return false
}

// findInside finds the blocks that stand between items of one list.
func (tr *timelineText) findInside() {
	tr.inside = make([]bool, len(tr.entries))
	end := 0
	for i := range tr.entries {
		if l := tr.lists[tr.block(i).List]; l != nil && tr.block(i).List > 0 {
			end = max(end, l.last)
		}
		tr.inside[i] = i < end
	}
}

// addTimed adds an event whose time stands at the beginning of a stretch of a
// block.
func (tr *timelineText) addTimed(i int, e entryTime, from, to int) {
	text := tr.block(i).Text
	tr.place(i, e, from, strings.TrimSpace(text[from+e.size:to]))
	tr.last.Link = linkOf(tr.block(i), from, to)
}

// place adds an event whose time was read at an offset of a block's text.
func (tr *timelineText) place(i int, e entryTime, from int, text string) {
	b := tr.block(i)
	start, end := from+e.start, from+e.end
	end = start + len(strings.TrimRight(b.Text[start:end], " \t\n\u00a0"))
	v := Event{Text: text, Pos: tr.linePos(i, from), Span: Span{Block: tr.section.First + i + 1, Start: start, End: end}}
	v.At, v.Until = tr.calendar.place(e, b.Text[start:end], v.Pos)
	tr.add(v)
}

// maxEvents is how many events the text of one timeline may have. The longest real
// one has some hundreds; each takes kilobytes in the page, the drawing and the data.
const maxEvents = 20_000

func (tr *timelineText) add(v Event) {
	if len(tr.events) == maxEvents {
		if !tr.full {
			tr.full = true
			tr.diags.Report(diag.TimeUnread, v.Pos, "split the text, or link to the log as a file", "a timeline may have %d events: from here on it is text alone", maxEvents)
		}
		lost := v
		tr.last = &lost // what belongs to it goes with it
		return
	}
	tr.events = append(tr.events, v)
	tr.last = &tr.events[len(tr.events)-1]
}

// addTimeless adds an event of which no time is known; its place is the
// beginning of its block.
func (tr *timelineText) addTimeless(i int, text string, at Moment) {
	b := tr.block(i)
	tr.add(Event{Text: text, Pos: b.Pos, At: at, Link: linkOf(b, 0, len(b.Text)), Span: Span{Block: tr.section.First + i + 1}})
}

// addUnread adds an event whose time cannot be read, and says so.
func (tr *timelineText) addUnread(i int, written, text string) {
	b := tr.block(i)
	mark := timeLike.FindString(written)
	if z := scanZone(written[len(mark):], nil); z.problem == NoSuchMoment {
		mark += written[len(mark):][:z.size]
	}
	if tr.unread++; tr.unread == maxUnread+1 {
		tr.diags.Report(diag.TimeUnread, b.Pos, "look whether this is a timeline at all", "more than %d times of this list cannot be read: the others are not named", maxUnread)
	} else if tr.unread <= maxUnread {
		tr.reportUnread(b.Pos, mark)
	}
	tr.addTimeless(i, strings.TrimSpace(text), Moment{Written: strings.TrimSpace(mark), Pos: b.Pos})
}

// maxUnread is how many lines of a section are named of which the time cannot be
// read. What is told of more would take gigabytes.
const maxUnread = 1000

func (tr *timelineText) reportUnread(pos diag.Pos, mark string) {
	tr.diags.Report(diag.TimeUnread, pos, "write it as 09:21 or 2021-04-29 09:21, or --:-- if it is not known",
		"%q cannot be read as a time", strings.TrimSpace(mark))
}
