package postmortem

import (
	"slices"
	"strings"
	"time"

	"publish/internal/block"
)

// findZone finds the zone that is stated for the whole timeline: in its
// heading, in a note in it, by entries, in a note before it, or by the site.
func (tr *timelineText) findZone(clocked []*entryTime) *time.Location {
	if zone := zoneIn(tr.section.Heading, tr.context.Zones); zone != nil {
		return zone
	}
	if unclearZone(tr.section.Heading, tr.context.Zones) {
		return tr.context.Zone // a zone that is named farther away is another
	}
	for i := range tr.entries {
		b := tr.block(i)
		if b.Kind == block.Paragraph && !tr.timed[i] {
			if zone := tr.noteOf(tr.section.First + i); zone != nil {
				return zone
			}
			if unclearNote(b.Text, tr.context.Zones) {
				return tr.context.Zone
			}
		}
		if b.Kind == block.Code && tr.code {
			if zone := tr.noteInCode(b); zone != nil {
				return zone
			}
			continue
		}
		if zone := tr.noteInBrackets(b.Text); zone != nil {
			return zone
		}
	}
	if zone := commonZone(clocked); zone != nil {
		return zone
	}
	for i := tr.section.First - 1; i >= max(0, tr.section.First-faraway); i-- {
		if b := &tr.blocks[i]; b.Kind == block.Paragraph {
			if zone := tr.noteOf(i); zone != nil {
				return zone
			}
		}
	}
	return tr.context.Zone
}

// noteInBrackets finds a note on the zone in the first brackets of a text: (all
// times UTC).
func (tr *timelineText) noteInBrackets(text string) *time.Location {
	seen := 0
	for remark := range inBrackets(text) {
		if seen++; seen > 4 {
			break
		}
		if phrases()["all times"].begin(remark) {
			if zone := zoneNote(remark, tr.context.Zones); zone != nil {
				return zone
			}
		}
	}
	return nil
}

// noteInCode finds a note on the zone among the lines of a timeline that is
// written as code.
func (tr *timelineText) noteInCode(b *block.Block) *time.Location {
	for line := range strings.Lines(b.Text) {
		if zone := zoneNote(line, tr.context.Zones); zone != nil {
			return zone
		}
	}
	return nil
}

// statedDay is the one day that the heading of the timeline, or the paragraphs
// above its first entry, name.
func (tr *timelineText) statedDay() time.Time {
	days := daysIn(tr.section.Heading)
	for i := range tr.entries {
		b := tr.block(i)
		if b.Kind != block.Paragraph || tr.timed[i] {
			break
		}
		days = append(days, daysIn(b.Text)...)
	}
	found := tr.wholeDays(days, tr.calendar.near)
	if len(found) != 1 {
		return time.Time{}
	}
	return found[0]
}

// wholeDays gives different days, with their year.
func (tr *timelineText) wholeDays(days []dayPart, near time.Time) (whole []time.Time) {
	for _, d := range days {
		if day, ok := d.near(near, false); ok && !slices.Contains(whole, day) {
			whole = append(whole, day)
		}
	}
	return whole
}

// faraway is the number of blocks in which a note on zone or day is looked for.
const faraway = 150

// lateReport is how long after an incident its report may be dated.
const lateReport = 7 * 24 * time.Hour

// findDay finds the day of an incident from what stands farther away: the
// headings above, the beginning of the text, the title, the document's date.
func (tr *timelineText) findDay() time.Time {
	var near time.Time
	if m := tr.context.Date; m.Known() {
		y, month, d := m.Time.Date()
		near = civil(y, int(month), d)
	}
	if days := tr.wholeDays(daysIn(tr.context.Title), near); len(days) > 0 {
		near = days[0]
	}
	if day, ok := tr.dayAbove(near); ok {
		return day
	}
	var days []dayPart
	for i := 0; i < min(faraway, tr.section.First-1); i++ {
		if b := &tr.blocks[i]; b.Kind == block.Paragraph || b.Kind == block.Item {
			days = append(days, tr.daysOf(i)...)
		}
	}
	whole := tr.wholeDays(days, near)
	switch {
	case len(whole) == 0 || slices.Contains(whole, near):
	case near.IsZero():
		return whole[0]
	case len(whole) == 1 && !whole[0].After(near) && near.Sub(whole[0]) <= lateReport:
		return whole[0]
	}
	return near
}

// dayAbove finds a day in the headings that the timeline stands under.
func (tr *timelineText) dayAbove(near time.Time) (time.Time, bool) {
	own := tr.section.First - 1
	for i := tr.headingAt(own); i >= 0; i = tr.skeleton().above[i] {
		if i == own && !tr.section.Label {
			continue
		}
		if days := tr.wholeDays(tr.daysOf(i), near); len(days) > 0 {
			return days[0], true
		}
	}
	return time.Time{}, false
}

// daysOf finds the days in a block, once for all timelines of the text.
func (t *textReader) daysOf(i int) []dayPart {
	days, known := t.days[i]
	if !known {
		if t.days == nil {
			t.days = map[int][]dayPart{}
		}
		days = daysIn(t.blocks[i].Text)
		t.days[i] = days
	}
	return days
}

// noteOf finds the zone that a block notes, once for all timelines.
func (t *textReader) noteOf(i int) *time.Location {
	zone, known := t.notes[i]
	if !known {
		if t.notes == nil {
			t.notes = map[int]*time.Location{}
		}
		zone = zoneNote(t.blocks[i].Text, t.context.Zones)
		t.notes[i] = zone
	}
	return zone
}
