package postmortem

import (
	"strings"
	"time"

	"publish/internal/block"
)

// isStretch says that a heading with a time of day is about the events that
// stand below it, each with its own, and none itself: "22:00-23:00: Detection".
func (tr *timelineText) isStretch(i int) bool {
	timed, others := 0, 0
	for j := i + 1; j < len(tr.entries) && tr.block(j).Kind != block.Heading; j++ {
		switch b := tr.block(j); {
		case b.Kind != block.Item || b.Depth > 1:
		case tr.timed[j] && tr.entries[j].clocked():
			timed++
		default:
			others++
		}
	}
	return timed > 1 && timed > others
}

// surveyClosing notes the time of day in brackets with which a heading ends:
// "Recovery (16:40–17:00)".
func (tr *timelineText) surveyClosing(i int) {
	text := strings.TrimRight(tr.block(i).Text, " ")
	at := strings.LastIndexByte(text, '(')
	if at <= 0 || !strings.HasSuffix(text, ")") {
		return
	}
	e, problem := scanEntryTime(text[at:], tr.context.Zones)
	if problem != NoProblem || !e.clocked() || e.size < len(text)-at {
		return
	}
	if tr.closing == nil {
		tr.closing = map[int]entryTime{}
	}
	e.start, e.end, e.size = at+e.start, at+e.end, at
	tr.closing[i] = e
}

// headingsClose says that such headings are the events: most of their level end
// so, and nothing begins with a time.
func (tr *timelineText) headingsClose() bool {
	if len(tr.closing) < 2 || tr.code || tr.paragraphs > 0 {
		return false
	}
	for _, l := range tr.lists {
		if l.leading > 0 {
			return false
		}
	}
	closing := map[int]int{}
	for i := range tr.closing {
		closing[tr.block(i).Depth]++
	}
	for level, n := range closing {
		if count := tr.levels[level]; count[0] > 0 || n*2 <= count[1] {
			return false
		}
	}
	return len(closing) == 1
}

// addClosing adds a heading that ends with its time.
func (tr *timelineText) addClosing(i int) bool {
	e, ok := tr.closing[i]
	if ok {
		b := tr.block(i)
		tr.place(i, e, 0, strings.TrimSpace(b.Text[:e.size]))
		tr.last.Link = linkOf(b, 0, len(b.Text))
	}
	return ok
}

// clockedEntries are what is read of every entry that has a time of day, those in
// tables too.
func (tr *timelineText) clockedEntries() (clocked []*entryTime) {
	for i := range tr.entries {
		b := tr.block(i)
		if tr.skipped[i] {
			continue
		}
		e, ok := &tr.entries[i], tr.timed[i]
		if l := tr.lists[b.List]; b.Kind == block.Row && !b.Head && l != nil && l.column < len(b.Cells) {
			inRow, problem := scanEntryTime(strings.Join(b.Cells[l.column:], " "), tr.context.Zones)
			e, ok = &inRow, problem == NoProblem
		}
		if ok && e.clocked() {
			clocked = append(clocked, e)
		}
	}
	return clocked
}

// commonZone is the zone that entries write themselves and the others leave
// out: all that write one agree, and the first does, or half of them.
func commonZone(clocked []*entryTime) *time.Location {
	var zone *time.Location
	first, with, all := false, 0, 0
	for _, e := range clocked {
		all++
		if e.foreign || e.zone != nil && zone != nil && !sameZone(zone, e.zone) {
			return nil
		}
		if e.zone != nil {
			zone, first, with = e.zone, first || all == 1, with+1
		}
	}
	if first || with*2 >= all {
		return zone
	}
	return nil
}

func sameZone(a, b *time.Location) bool {
	for _, month := range []time.Month{time.January, time.July} {
		t := time.Date(2024, month, 1, 0, 0, 0, 0, time.UTC)
		_, one := t.In(a).Zone()
		_, two := t.In(b).Zone()
		if one != two {
			return false
		}
	}
	return true
}

// parentOf is the number of the heading, below the title, that the heading of a
// section stands under, from 1; 0 if there is none.
func (t *textReader) parentOf(s Section) int {
	parent := -1
	switch at := s.First - 1; {
	case at < 0:
	case s.Label:
		parent = t.headingAt(at - 1)
	default:
		parent = t.skeleton().above[at]
	}
	if parent < 0 || t.isTitle(parent) {
		return 0
	}
	return parent + 1
}
