package postmortem

import (
	"strings"

	"publish/internal/block"
	"publish/internal/diag"
)

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
	tr.inside = tr.memory.flags.take(len(tr.entries))
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
	words := strings.TrimSpace(text[from+e.size : to])
	if n := scanSpeaker(text[from:to]); n > 0 && n <= e.start {
		words = strings.TrimSpace(strings.TrimSpace(text[from:from+n]) + " " + words)
	}
	tr.place(i, e, from, words)
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
