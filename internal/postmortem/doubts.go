package postmortem

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"publish/internal/block"
	"publish/internal/diag"
	"publish/internal/pattern"
)

// Doubts recomputes what a report claims and says where it contradicts itself:
// weekday against date, zone name against offset, declared durations against
// every pair of events, lengths that sentences give the incident, shares against counts, sums, order of events, spellings of
// hosts. The blocks are the whole text. Every doubt is claim and computation in the
// message, and the remedy in the hint; where the text can be read in a way that
// is consistent, there is none.
func (p *Postmortem) Doubts(blocks []block.Block, c Context) diag.List {
	a := &auditor{report: p, blocks: blocks, context: c}
	a.day = a.dayOfReport()
	for _, audit := range audits {
		audit(a)
	}
	a.diags.Sort()
	return a.diags
}

// audits find one kind of doubt each: a file and a row.
var audits = []func(*auditor){
	(*auditor).weekdays,
	(*auditor).zones,
	(*auditor).durations,
	(*auditor).lasted,
	(*auditor).shares,
	(*auditor).sums,
	(*auditor).timeSums,
	(*auditor).order,
	(*auditor).hosts,
}

// auditor is a report while its claims are recomputed.
type auditor struct {
	report  *Postmortem
	blocks  []block.Block
	context Context
	day     Moment // the report's day, which gives missing years; zero if none is known
	diags   diag.List
	// eventDays is what daysOfEvents gives, once it was asked for.
	eventDays map[int][]time.Time
}

// dayOfReport is the day that a date without a year is near to.
func (a *auditor) dayOfReport() Moment {
	days := []Moment{a.context.Date, a.report.Date, a.report.Start, a.report.Resolved}
	for _, e := range a.report.Timeline {
		days = append(days, e.At)
	}
	for _, m := range days {
		if m.Known() && m.Time.Year() > 0 {
			return m
		}
	}
	m, _ := FindDate(a.context.Title)
	return m
}

// prose gives the blocks that are text, with their numbers.
func (a *auditor) prose(yield func(int, string) bool) {
	for i, b := range a.blocks {
		if b.Kind != block.Code && !yield(i, b.Text) {
			return
		}
	}
}

// place is where a byte of a block stands, as exactly as the block tells: its
// first character, or the line that a break begins.
func (a *auditor) place(block, offset int) diag.Pos {
	pos := a.blocks[block].Pos
	n, _ := slices.BinarySearch(a.blocks[block].Soft, offset)
	n += strings.Count(a.blocks[block].Text[:offset], "\n")
	if n > 0 && pos.Line > 0 {
		return diag.Pos{File: pos.File, Line: pos.Line + n}
	}
	return pos
}

// reachOfWords is how far, in bytes, words are looked for that belong to a date, a
// time or a figure. It keeps the work on a long text in step with its length.
const reachOfWords = 80

// ahead is the text from a place on, as far as words reach.
func ahead(text string, at int) string { return text[at:min(len(text), at+reachOfWords)] }

// behind is the text before a place, as far as words reach.
func behind(text string, at int) string { return text[max(0, at-reachOfWords):at] }

// calendarDay is a day in a text; its year is 0 where the text has none.
type calendarDay struct {
	date
	start, end int // bytes
}

// dayAt reads a day at a place of a text: a full date, or a day of a month,
// whose year is then 0. The first day of a range is not read.
func dayAt(text string, at int) (d calendarDay, ok bool) {
	s := ahead(text, at)
	full, size, problem := scanDate(s)
	d = calendarDay{date: full, start: at, end: at + size}
	if problem == NotMoment {
		month, day, n := scanDayOfMonth(s)
		if n == 0 {
			return d, false
		}
		d.date, d.end, problem = date{month: month, day: day}, at+n, NoProblem
	}
	rest := ahead(text, d.end)
	return d, problem == NoProblem && bounded(text, d.start, d.end) && !continuesDay.MatchString(rest)
}

// continuesDay is what makes a day a range, or a number something else.
var continuesDay = pattern.New(`^\s?(?:[-–—/+&:]|and|to|et|au|bis|und)\s?\d|^[:%\d]`)

// scanDayOfMonth reads `21 janvier`, `5th of April`, `April 5th`, `11月25日`.
func scanDayOfMonth(s string) (month, day, size int) {
	if number, n := digits(s); n == 1 || n == 2 {
		if after, ok := strings.CutPrefix(s[n:], "月"); ok {
			day, k := digits(after)
			if end := n + len("月") + k; k > 0 && strings.HasPrefix(s[end:], "日") {
				return number, day, end + len("日")
			}
			return 0, 0, 0
		}
		size = n
		if w := word(s[size:]); w != "" && words()["ordinal"][fold(w)] != "" {
			size += len(w)
		}
		size = skipFiller(s, size)
		if m, w := monthWord(s[size:]); m > 0 {
			return m, number, size + w
		}
		return 0, 0, 0
	}
	m, w := monthWord(s)
	if m == 0 {
		return 0, 0, 0
	}
	size = skipFiller(s, w)
	number, n := digits(s[size:])
	if n != 1 && n != 2 {
		return 0, 0, 0
	}
	size += n
	if w := word(s[size:]); w != "" && words()["ordinal"][fold(w)] != "" {
		size += len(w)
	}
	return m, number, size
}

// inherit gives a day without a year the year that brings it nearest to the
// report's day. ok is false where that is not known, or more than a season
// away: then another year may be meant.
func (a *auditor) inherit(d calendarDay) (calendarDay, bool) {
	if d.year != 0 {
		return d, true
	}
	if !a.day.Known() {
		return d, false
	}
	nearest := 120 * 24 * time.Hour
	month, number := d.month, d.day
	for year := a.day.Time.Year() - 1; year <= a.day.Time.Year()+1; year++ {
		candidate := date{year, month, number}
		if candidate.problem() != NoProblem {
			continue
		}
		if away := candidate.time().Sub(a.day.Time.Truncate(24 * time.Hour)).Abs(); away < nearest {
			nearest, d.date = away, candidate
		}
	}
	return d, d.year != 0
}

func (d date) time() time.Time {
	return time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
}

// asClaim is a passage of the author's for a message, with plain blanks.
func asClaim(s string) string { return strings.Join(strings.Fields(s), " ") }

// claimIn is asClaim of a part of a text, with the bracket that closes it.
func claimIn(text string, start, end int) string {
	for _, pair := range [][2]string{{"(", ")"}, {"（", "）"}, {"[", "]"}} {
		open := strings.Count(text[start:end], pair[0]) > strings.Count(text[start:end], pair[1])
		if open && strings.HasPrefix(text[end:], pair[1]) {
			end += len(pair[1])
		}
	}
	return asClaim(text[start:end])
}

// inHours writes a length of time in messages.
func inHours(d time.Duration) string {
	d = d.Round(time.Second)
	hours, minutes, seconds := int(d.Hours()), int(d.Minutes())%60, int(d.Seconds())%60
	var parts []string
	for _, part := range []struct {
		n    int
		unit string
	}{{hours, "h"}, {minutes, "min"}, {seconds, "s"}} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.unit))
		}
	}
	if len(parts) == 0 {
		return "0 min"
	}
	return strings.Join(parts, " ")
}

//go:embed data/doubts.txt
var doubtsFile string

// doubtWords are the phrases of data/doubts.txt by heading.
var doubtWords = sync.OnceValue(func() map[string][]doubtPhrase { return readDoubtWords(doubtsFile) })

type doubtPhrase struct{ meaning, phrase string }

func readDoubtWords(text string) map[string][]doubtPhrase {
	m := map[string][]doubtPhrase{}
	heading := ""
	for line := range dataLines(text) {
		if h, ok := strings.CutPrefix(line, "["); ok {
			heading = strings.TrimSuffix(h, "]")
			continue
		}
		meaning, list, _ := strings.Cut(line, ":")
		for phrase := range strings.SplitSeq(list, ",") {
			m[heading] = append(m[heading], doubtPhrase{meaning, strings.TrimSpace(phrase)})
		}
	}
	return m
}

// anyOf is a regular expression for the phrases under a heading, the longest
// first.
func anyOf(heading string) string {
	var list []string
	for _, w := range doubtWords()[heading] {
		list = append(list, regexp.QuoteMeta(w.phrase))
	}
	slices.SortStableFunc(list, func(x, y string) int { return len(y) - len(x) })
	return "(?:" + strings.Join(list, "|") + ")"
}

// meaningOf is what a phrase under a heading means.
func meaningOf(heading, phrase string) string {
	for _, w := range doubtWords()[heading] {
		if strings.EqualFold(w.phrase, phrase) {
			return w.meaning
		}
	}
	return ""
}

// endsWithPhrase says that a text ends with a phrase under a heading, as a
// word of its own.
func endsWithPhrase(heading, text string) bool {
	text = strings.ToLower(strings.TrimRightFunc(text, unicode.IsSpace))
	text = strings.ReplaceAll(text, "’", "'")
	return slices.ContainsFunc(doubtWords()[heading], func(w doubtPhrase) bool {
		before, ok := strings.CutSuffix(text, w.phrase)
		return ok && (before == "" || !unicode.IsLetter(lastRune(before)))
	})
}

func lastRune(s string) (last rune) {
	for _, r := range s[max(0, len(s)-4):] {
		last = r
	}
	return last
}
