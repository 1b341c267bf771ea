package postmortem

import (
	"slices"
	"strings"

	"publish/internal/block"
	"publish/internal/diag"
	"publish/internal/pattern"
)

// stretch is a line of a block, or several that belong together.
type stretch struct{ from, to int }

// entryLines gives the lines of a paragraph as entries of a timeline. A hard
// line break always divides. A soft one does where the author wrote an entry a
// line; prose goes on behind it, and may have a time there by chance.
func (tr *timelineText) entryLines(b *block.Block) []stretch {
	starts := b.LineStarts()
	lines := make([]stretch, len(starts))
	timed := make([]bool, len(starts))
	count := 0
	for i, from := range starts {
		to := len(b.Text)
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		lines[i] = stretch{from, to}
		timed[i] = tr.beginsWithTime(b.Text[from:to])
		if timed[i] {
			count++
		}
	}
	listed := count > 1 && count*2 >= len(lines) && (timed[0] || timed[1])
	entries := lines[:1]
	for i := 1; i < len(lines); i++ {
		line, before := lines[i], b.Text[lines[i-1].from:lines[i-1].to]
		soft := b.Text[line.from-1] != '\n'
		day := strings.TrimSpace(before) != "" && i == 1 && tr.isDay(before) && wholeTime(before, tr.context.Zones)
		if soft && !day && !(timed[i] && (listed && !leadsTime(before) || tr.standsOut(b.Text[line.from:line.to]) || endsSentence(before))) {
			entries[len(entries)-1].to = line.to
			continue
		}
		entries = append(entries, line)
	}
	return entries
}

// standsOut says that the time of a line is set apart from its words: "10:05 -
// rollback", "**10:05** rollback".
func (tr *timelineText) standsOut(line string) bool {
	e, problem := scanEntryTime(line, tr.context.Zones)
	problem = tr.orSpoken(&e, line, problem)
	return problem == NoProblem && strings.ContainsAny(line[e.end:e.size], ":-–—|*])>→：】")
}

// wholeTime says that a line is a time and nothing else.
func wholeTime(line string, zones map[string]string) bool {
	e, problem := scanEntryTime(line, zones)
	return problem == NoProblem && strings.TrimSpace(line[e.size:]) == ""
}

// leadsTime says that a line ends in a word that a time follows: "until".
func leadsTime(line string) bool {
	words := strings.Fields(line)
	if len(words) == 0 {
		return false
	}
	last := words[len(words)-1]
	for _, table := range []string{"about", "before a time", "between", "to"} {
		if _, n := scanPhrase(table, last); n == len(last) {
			return true
		}
	}
	return false
}

// endsSentence says that a line ends like a sentence, or leads what comes.
func endsSentence(line string) bool {
	line = strings.TrimRight(strings.TrimSpace(line), "*_)）」\"")
	for _, end := range []string{".", "!", "?", ":", ";", "。", "！", "？", "：", "；"} {
		if strings.HasSuffix(line, end) {
			return true
		}
	}
	return false
}

// linePos is the place of the line that begins at a byte of a block's text.
func (tr *timelineText) linePos(i, from int) diag.Pos {
	b := tr.block(i)
	pos := b.Pos
	if from == 0 || b.Kind != block.Paragraph && b.Kind != block.Code {
		return pos
	}
	if tr.divided != i || tr.lineStarts == nil {
		tr.divided, tr.lineStarts = i, b.LineStarts()
	}
	above, begins := slices.BinarySearch(tr.lineStarts, from)
	if begins {
		above++
	}
	if above > 1 {
		pos.Line, pos.Column = pos.Line+above-1, 1
	}
	return pos
}

// readParagraph reads paragraphs that begin with a time, each line of those
// with an entry a line by itself; or a day for what follows.
func (tr *timelineText) readParagraph(i int) {
	b := tr.block(i)
	if tr.detail || tr.inside[i] {
		return
	}
	tr.depth = 0
	if e := tr.entries[i]; tr.timed[i] && e.dayOnly() && strings.TrimSpace(b.Text[e.size:]) == "" {
		tr.calendar.enter(e.day)
		return
	}
	if tr.paragraphs < 2 {
		return
	}
	tr.readLines(i, tr.entryLines(b))
}

// readLines reads the entries of a block, one a line.
func (tr *timelineText) readLines(i int, entries []stretch) {
	b := tr.block(i)
	var more []string // lines that belong to the last event
	flush := func() {
		if len(more) > 0 {
			tr.last.Text = strings.TrimSpace(tr.last.Text + "\n" + strings.Join(more, "\n"))
			more = nil
		}
	}
	defer flush()
	for _, s := range entries {
		line := b.Text[s.from:s.to]
		e, problem := scanEntryTime(line, tr.context.Zones)
		problem = tr.orSpoken(&e, line, problem)
		switch {
		case problem == NoProblem && e.dayOnly() && s.to < len(b.Text) && strings.TrimSpace(line[e.size:]) == "":
			tr.calendar.enter(e.day)
		case problem == NoProblem:
			flush()
			tr.addTimed(i, e, s.from, s.to)
		case looksTimed(line):
			flush()
			tr.addUnread(i, line, line)
			tr.last.Link = linkOf(b, s.from, s.to)
		case s.from > 0 && tr.last != nil && strings.TrimSpace(line) != "":
			more = append(more, strings.TrimSpace(line))
		}
	}
}

// timedParagraphs counts the lines of paragraphs that begin with a time.
func (tr *timelineText) timedParagraphs() int {
	n := 0
	for i := range tr.entries {
		if b := tr.block(i); b.Kind == block.Paragraph && !tr.skipped[i] {
			for _, s := range tr.entryLines(b) {
				if tr.beginsWithTime(b.Text[s.from:s.to]) {
					n++
				}
			}
		}
	}
	return n
}

// logLine is a line that a machine wrote, or somebody in a chat: a fraction of
// a second, a level or a name in angle brackets behind the time.
var logLine = pattern.New(`^\W*[\d\-/T :]*\d:\d{2}:\d{2}[.,]\d|\d:\d{2}(?::\d{2})?\S*\s+(?:\[?(?i:trace|debug|info|warn|warning|error|fatal|notice)\b|<[\w@+-]+>)`)

// listMark is the mark of a list, which in a block of code is text.
var listMark = pattern.New(`^[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+`)

// isCodeTimeline says that a block of code is a timeline: most of its lines
// begin with a time, and no machine wrote them.
func (tr *timelineText) isCodeTimeline(b *block.Block) bool {
	timed, lines := 0, 0
	for line := range strings.Lines(b.Text) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		if logLine.MatchString(line) {
			return false
		}
		lines++
		line = line[len(listMark.FindString(line)):]
		if e, problem := scanEntryTime(line, tr.context.Zones); problem == NoProblem && (e.clocked() || e.day.full()) {
			timed++
		}
	}
	return timed > 1 && timed*2 >= lines
}

// inCode says that the events stand in blocks of code: there is such a block,
// and nothing else begins with a time of day.
func (tr *timelineText) inCode() bool {
	found := false
	for i := range tr.entries {
		b := tr.block(i)
		switch {
		case tr.skipped[i]:
		case b.Kind == block.Code:
			found = found || tr.isCodeTimeline(b)
		case tr.timed[i] && tr.entries[i].clocked(), b.Kind == block.Row && tr.list(i).leading > 0:
			return false
		}
	}
	return found
}

// readCode reads a timeline that is written as code, line by line. The code
// stays as it is.
func (tr *timelineText) readCode(i int) {
	b := tr.block(i)
	if !tr.code || !tr.isCodeTimeline(b) {
		return
	}
	var lines []stretch
	for _, from := range b.LineStarts() {
		to := len(b.Text)
		if n := strings.IndexByte(b.Text[from:], '\n'); n >= 0 {
			to = from + n + 1
		}
		from += len(listMark.FindString(b.Text[from:to]))
		lines = append(lines, stretch{from, to})
	}
	tr.detail = false
	tr.readLines(i, lines)
}
