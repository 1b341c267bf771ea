package content

import (
	"strings"

	"publish/internal/block"
	"publish/internal/postmortem"
)

// dated says whether a moment has a day: an author may give a time alone.
func dated(m postmortem.Moment) bool { return m.Known() && m.Time.Year() > 0 }

// date finds the date that decides URL and order, in the order of DESIGN.md §4,
// and the day of the incident.
func (d *reader) date() {
	if d.of != nil {
		d.Date, d.DateFrom = d.of.Date, "original"
		d.setDay()
		d.Day = d.of.Day
		return
	}
	if d.Date, d.DateFrom = d.Meta.Date, "front matter `date`"; !dated(d.Date) {
		d.Date, d.DateFrom = d.dateBeside()
	}
	if dated(d.Meta.Date) && dated(d.nameDate) && d.Meta.Date.DateString() != d.nameDate.DateString() {
		d.DateFrom += " (the " + d.nameOf() + " says " + d.nameDate.DateString() + ")"
	}
	d.setDay()
}

// dateBeside finds the date of a document whose front matter has none.
func (d *reader) dateBeside() (postmortem.Moment, string) {
	inTitle, _ := d.findDate(d.Title)
	inHeading, _ := d.findDate(d.Body.Title)
	inPath, _ := postmortem.FindDate(d.Meta.Permalink)
	for _, candidate := range []struct {
		date postmortem.Moment
		from string
	}{
		{d.nameDate, d.nameOf()},
		{inPath, "`" + d.keyOf("permalink") + "`"},
		{d.Meta.Start, "`" + d.keyOf("start") + "`"},
		{d.Meta.ScheduledFor, "`" + d.keyOf("scheduled_for") + "`"},
		{d.statedDate(), "the text, where it names its date"},
		{d.firstEvent(), "first event of the timeline"},
		{inTitle, d.TitleFrom},
		{inHeading, "first heading"},
		{d.Meta.Detected, "`" + d.keyOf("detected") + "`"},
		{d.Meta.Mitigated, "`" + d.keyOf("mitigated") + "`"},
		{d.Meta.Resolved, "`" + d.keyOf("resolved") + "`"},
	} {
		if dated(candidate.date) {
			return candidate.date, candidate.from
		}
	}
	return d.titleInOrder()
}

// setDay finds the day of the incident.
func (d *reader) setDay() {
	if !dated(d.Meta.Date) {
		d.Meta.FillDays(d.Date) // times of day that had none to lean on
	}
	for _, day := range []postmortem.Moment{d.Meta.Start, d.firstEvent(), d.Date} {
		if dated(day) {
			d.Day = day
			break
		}
	}
}

// nameOf says which name holds the name's date.
func (d *reader) nameOf() string {
	if d.Index {
		return "folder name"
	}
	return "file name"
}

// keyOf gives the key under which the author wrote a field.
func (d *reader) keyOf(field string) string {
	for _, f := range d.Meta.Fields {
		if f.Name == field {
			return f.Key
		}
	}
	return field
}

// firstEvent is the first event with a day: of the front matter's timeline,
// else of a recognised one in the text.
func (d *reader) firstEvent() postmortem.Moment {
	for _, e := range d.Meta.Timeline {
		if dated(e.At) {
			return e.At
		}
	}
	if t := d.timeline(); t != nil {
		if m, ok := d.openingOf(t); ok {
			return m
		}
		m, _ := t.firstDate(d.Lang)
		return m
	}
	return postmortem.Moment{}
}

// datesWithin is how far into a text, in blocks, it may name its date.
const datesWithin = 30

// statedDate finds a date behind a label ("**Date:** January 14, 2026") or
// in or below a heading that is one ("## Date: 14 January", "### 発生日時").
func (d *reader) statedDate() postmortem.Moment {
	below := false
	for _, b := range d.Body.Blocks[:min(len(d.Body.Blocks), datesWithin)] {
		text := b.Text
		switch {
		case b.Kind == block.Heading:
			below = namesDate(text)
			if text = behindDateLabel(&b); text == "" {
				continue
			}
		case b.Kind == block.Row && len(b.Cells) > 1 && namesDate(b.Cells[0]):
			text = b.Cells[1]
		case b.Kind == block.Code || b.Kind == block.Row:
			continue
		case !below:
			if text = behindDateLabel(&b); text == "" {
				continue
			}
		}
		if m, ok := d.findDate(text); ok {
			m.Pos = b.Pos
			return m
		}
	}
	return postmortem.Moment{}
}

// behindDateLabel is what stands behind the label of a date, on any line of a
// block as its author wrote it: `**Id:** 12` may stand above `**Date:**
// 2024-05-03`.
func behindDateLabel(b *block.Block) string {
	starts := append(b.LineStarts(), len(b.Text))
	for i, from := range starts[:len(starts)-1] {
		line := strings.ReplaceAll(b.Text[from:starts[i+1]], "：", ":")
		if label, rest, ok := strings.Cut(line, ":"); ok && namesDate(label) {
			return rest
		}
	}
	return ""
}

// namesDate says that a label stands before the day of an incident, or of its
// report.
func namesDate(label string) bool {
	return words().dates.is(label) || postmortem.LabelMeans(label, "date") || postmortem.LabelMeans(label, "start")
}

// findDate finds the first full date of a text in the document's language.
func (d *reader) findDate(text string) (postmortem.Moment, bool) {
	return postmortem.FindDateIn(text, d.Lang)
}

// firstOf is the first line of a block.
func firstOf(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// openingWithin is how many blocks of a text are its opening.
const openingWithin = 12

// openingDate is the one whole date that the opening of a text names, in
// paragraphs and lists. It is asked for only where a text is a report for
// certain and has no other date.
func (d *reader) openingDate() (found postmortem.Moment) {
	for _, b := range d.Body.Blocks[:min(len(d.Body.Blocks), openingWithin)] {
		if b.Kind != block.Paragraph && b.Kind != block.Item {
			continue
		}
		for _, m := range postmortem.FindDates(b.Text, d.Lang) {
			if dated(found) && found.DateString() != m.DateString() {
				return postmortem.Moment{}
			}
			m.Pos = b.Pos
			found = m
		}
	}
	return found
}
