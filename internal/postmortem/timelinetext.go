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
		textReader: t, section: s, entries: t.memory.entries.take(n), timed: t.memory.flags.take(n), skipped: t.memory.flags.take(n),
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
		zone: tr.findZone(clocked), near: tr.findDay(), dayFirst: locale.DayFirst(tr.context.Language), diags: &tr.diags, marks: "### ",
	}
	tr.calendar.twelve, tr.calendar.small = twelveHours(clocked)
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
		problem = tr.orSpoken(&e, b.Text, problem)
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
	l := tr.lists[number]
	if l == nil {
		l = &timelineList{first: i}
		tr.lists[number] = l
	}
	l.last = i
	return l
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
