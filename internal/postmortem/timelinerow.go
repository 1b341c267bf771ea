package postmortem

import (
	"strings"

	"publish/internal/block"
	"publish/internal/pattern"
)

// timeLike is what a time looks like, readable or not.
var timeLike = newOpener(asciiDigits+"\t\n\f\r [({*~Tt", pattern.New(`(?i)^[\s\[({*~]*(?:\d{4,5}-\d{1,2}-\d{1,2}(?:[T ]+\d{1,2}:\d{2}(?::\d{2})?)?|\d{1,2}[:h]\d{2}(?::\d{2})?|\d{1,2}/\d{1,2}/\d{2,4}(?: \d{1,2}:\d{2})?|T\s?[+-]\s?~?\s?\d+)(?:[^\d\p{L}]|$)`))

// timeLikeEnd is a date with a time at the end of a key event.
var timeLikeEnd = pattern.New(`\d{4,5}-\d{1,2}-\d{1,2}(?:[T ]+\d{1,2}[:.]?\d{2})?$`)

func looksTimed(text string) bool { return timeLike.MatchString(text) }

// surveyTable finds the column in which the times of a table stand, and what
// its head says of them.
func (tr *timelineText) surveyTable(l *timelineList) {
	counts := map[int]int{}
	for i := l.first; i <= l.last; i++ {
		b := tr.block(i)
		if b.Kind != block.Row || b.Head || tr.skipped[i] {
			continue
		}
		for k := 0; k < min(len(b.Cells), 4); k++ {
			if e, problem := scanEntryTime(b.Cells[k], tr.context.Zones); problem == NoProblem && e.size == len(b.Cells[k]) || looksTimed(b.Cells[k]) {
				counts[k]++
			}
		}
	}
	for k := 3; k >= 0; k-- {
		if counts[k] > 0 && counts[k] >= l.leading {
			l.column, l.leading = k, counts[k]
		}
	}
	// The day of the week, or the date, may stand before the time of day.
	for l.column > 0 && counts[l.column-1]*2 > l.leading {
		l.column--
	}
	head := tr.block(l.first)
	if !head.Head {
		return
	}
	if l.column < len(head.Cells) && l.leading > 1 {
		l.named = phrases()["time column"].begin(head.Cells[l.column])
	}
	for k := l.column; k < len(head.Cells) && l.zone == nil; k++ {
		l.zone = zoneIn(head.Cells[k], tr.context.Zones)
	}
	for k := l.column + 1; k < min(len(head.Cells), l.column+3); k++ {
		if _, n := scanPhrase("end column", head.Cells[k]); n > 0 {
			l.until = true
		}
	}
}

// readRow reads a row of a table: the cells with the day and the time, then the
// words.
func (tr *timelineText) readRow(i int) {
	b, l := tr.block(i), tr.list(i)
	if b.Head || tr.detail || l.leading == 0 {
		return
	}
	tr.depth = 0
	starts := cellStarts(b)
	if len(starts) <= l.column {
		return
	}
	column := l.column
	for column+1 < len(b.Cells) && b.Cells[column] == "" && column < l.column+2 {
		column++
	}
	from := starts[column]
	e, cells := tr.scanCells(b, starts, column)
	if cells == 0 && column > l.column {
		column, from = l.column, starts[l.column]
	}
	if cells == 0 {
		text := tr.wordsOf(b, column+1)
		switch {
		case looksTimed(b.Cells[column]):
			tr.addUnread(i, b.Cells[column], text)
		case text != "" && (l.named || l.leading*2 >= l.items-1):
			tr.addTimeless(i, text, Moment{})
		}
		return
	}
	zone := tr.calendar.zone
	if l.zone != nil {
		tr.calendar.zone = l.zone
	}
	if l.until && column+cells < len(b.Cells) && tr.readEndColumn(&e, b.Cells[column+cells]) {
		cells++
	}
	text := tr.wordsOf(b, column+cells)
	if cells == 1 && e.size < len(b.Cells[column]) {
		text = strings.TrimSpace(b.Cells[column][e.size:] + " " + text)
	}
	if before := tr.wordsOf(b, 0, column); before != "" {
		text = strings.TrimSpace(before + " " + text)
	}
	if text == "" && e.dayOnly() && i+1 < len(tr.entries) && tr.block(i+1).List == b.List {
		tr.calendar.enter(e.day) // a row that only heads those below it
		tr.calendar.zone = zone
		return
	}
	tr.place(i, e, from, text)
	tr.last.Link = linkOf(b, 0, len(b.Text))
	tr.calendar.zone = zone
}

// scanCells reads the time of a row from a column on, and says how many cells
// it fills: a day of the week, a date and a time of day may have one each.
func (tr *timelineText) scanCells(b *block.Block, starts []int, column int) (e entryTime, cells int) {
	for n := min(3, len(starts)-column); n > 0; n-- {
		last := column + n - 1
		text := b.Text[starts[column] : starts[last]+len(b.Cells[last])]
		e, problem := scanEntryTime(text, tr.context.Zones)
		if problem == NoProblem && (n == 1 || b.Cells[last] != "" && e.size == len(text)) {
			return e, n
		}
	}
	return entryTime{}, 0
}

// readEndColumn takes the end of a range from the column behind its start.
func (tr *timelineText) readEndColumn(e *entryTime, cell string) bool {
	end, problem := scanEntryTime(cell, tr.context.Zones)
	if problem != NoProblem || end.size < len(cell) || e.hasUntil {
		return false
	}
	e.untilDay, e.untilClock, e.untilZone, e.hasUntil = end.day, end.clock, end.zone, end.clocked()
	return true
}

// wordsOf joins cells, those with a mere number aside.
func (tr *timelineText) wordsOf(b *block.Block, bounds ...int) string {
	from, to := bounds[0], len(b.Cells)
	if len(bounds) > 1 {
		to = bounds[1]
	}
	var parts []string
	for _, cell := range b.Cells[min(from, to):to] {
		if _, n := digits(cell); cell != "" && n != len(strings.TrimRight(cell, ".")) {
			parts = append(parts, cell)
		}
	}
	return strings.Join(parts, " ")
}

// cellStarts are the places in the text of a row where its cells begin.
func cellStarts(b *block.Block) []int {
	starts := make([]int, 0, len(b.Cells))
	at := 0
	for _, cell := range b.Cells {
		n := strings.Index(b.Text[at:], cell)
		if n < 0 {
			return starts
		}
		starts = append(starts, at+n)
		at += n + len(cell)
	}
	return starts
}

// A key event is a few words; what is longer, in bytes, is a sentence.
const longestKeyEvent = 200

// trailingTime reads the time with which an entry of key events ends: `Fault
// detected 2020-04-15 13:45`, `Resolved: 15:09`.
func (tr *timelineText) trailingTime(text string) (e entryTime, ok bool) {
	if len(text) > longestKeyEvent {
		return entryTime{}, false
	}
	for at := nextToken(text, 0); at < len(text); at = nextToken(text, at) {
		if before := text[at-1]; before != ' ' && before != '(' && before != '\t' && before < 0x80 {
			continue // within a word or a number
		}
		e, problem := scanEntryTime(text[at:], tr.context.Zones)
		if problem != NoProblem || strings.Trim(text[at+e.size:], " .)*_") != "" && !isWithin(text[:at], e) {
			continue
		}
		before := strings.TrimRight(text[:at], " \u00a0\u202f")
		if !e.dated() && !strings.HasSuffix(before, ":") && !strings.HasSuffix(before, "-") && !strings.HasSuffix(before, "–") {
			continue
		}
		if e.dayOnly() && !e.day.full() {
			continue
		}
		e.start, e.end, e.size = at+e.start, at+e.end, at
		return e, true
	}
	return entryTime{}, false
}

// isWithin says that a whole time with its day may have words of the entry on
// both sides: "Start: 2 May, 16:00 - mails stop", "it began at May-02-2024 06:17
// with a transfer".
func isWithin(before string, e entryTime) bool {
	if !e.day.full() || !e.clocked() {
		return false
	}
	before = strings.TrimRight(strings.ToLower(before), " *_~\u00a0")
	if label, ok := strings.CutSuffix(before, ":"); ok {
		return strings.Count(label, " ") < maxLabelWords && !strings.Contains(label, ":")
	}
	return strings.HasSuffix(before, " at") || strings.HasSuffix(before, " on")
}

func (tr *timelineText) addTrailing(i int) bool {
	text := tr.block(i).Text
	if label, _, _ := cutLabel(text); strings.HasPrefix(labels().is(label), "duration") {
		return true // a length of time happens at no time
	}
	e, ok := tr.trailingTime(text)
	if !ok {
		mark := timeLikeEnd.FindString(text)
		if mark != "" {
			tr.addUnread(i, mark, strings.TrimRight(strings.TrimSuffix(text, mark), " :-–—,"))
		}
		return mark != ""
	}
	words := strings.TrimRight(text[:e.size], " \t:-–—,(~\u00a0\u202f")
	if rest := strings.Trim(text[e.end:], " .)*_:-–—,"); rest != "" {
		if strings.HasSuffix(strings.TrimRight(text[:e.size], " ~"), ":") {
			words += ": " + rest
		} else {
			words = text
		}
	}
	tr.place(i, e, 0, words)
	tr.last.Link = linkOf(tr.block(i), 0, len(text))
	return true
}
