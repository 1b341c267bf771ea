package render

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"publish/internal/locale"
	"publish/internal/postmortem"
)

// The sections that a page makes of its front matter. Each is nil where
// nothing is stated, and where it is the text that states it: that stays where
// its author put it, and is not said twice.

// inText says that a field is known from the text and not from the front
// matter.
func (b *postBuilder) inText(field string) bool { return !b.m.States(field) }

// updates gives corrections of the report apart from the news of the incident,
// both newest first.
func (b *postBuilder) updates() (corrections, updates []Update) {
	if b.inText("updates") {
		return nil, nil
	}
	ordered := orderedUpdates(b.m.Updates)
	for i, u := range ordered {
		view := Update{ID: b.updateID(len(ordered) - i), At: b.w.when(u.At), Text: b.inside(u.Internal, b.prose.block(u.Text, u.Pos.Line))}
		if u.Status != "" {
			view.State = b.state(u.Status)
		}
		if u.Status == postmortem.StatusCorrection {
			corrections = append(corrections, view)
		} else {
			updates = append(updates, view)
		}
	}
	return corrections, updates
}

// orderedUpdates are updates, newest first.
func orderedUpdates(updates []postmortem.Update) []postmortem.Update {
	ordered := slices.Clone(updates)
	slices.SortStableFunc(ordered, func(x, y postmortem.Update) int { return y.At.Time.Compare(x.At.Time) })
	return ordered
}

// updateID is the id of an update by its number, from 1, the oldest.
func (b *postBuilder) updateID(number int) string {
	return b.p.Anchor("update-" + strconv.Itoa(number))
}

// lastUpdate is the id of the update that says what changed when the report
// changed last; empty where none does.
func (b *postBuilder) lastUpdate() string {
	ordered := orderedUpdates(b.m.Updates)
	if b.inText("updates") || len(ordered) == 0 || !sameDate(ordered[0].At.Time, b.p.Updated.Time) {
		return ""
	}
	return b.updateID(len(ordered))
}

func (b *postBuilder) timeline() *Timeline {
	events := b.m.Timeline
	if len(events) == 0 {
		return nil
	}
	t := &Timeline{Zone: b.zoneOfEvents(), Drawing: b.drawing()}
	t.Zoned = slices.ContainsFunc(events, func(e postmortem.Event) bool { return e.At.IsInstant() && e.At.Zoned })
	if events[0].Span.Block > 0 {
		if t.Drawing == nil {
			return nil
		}
		return t
	}
	start := b.m.Spent().Start
	var known *postmortem.Event // the last whose time is
	views := make([]Event, 0, len(events))
	for i := range events {
		e := &events[i]
		date := When{}
		if n := len(t.Days); n > 0 && (!e.At.Known() || known != nil && sameDate(known.At.Time, e.At.Time)) {
			date = t.Days[n-1].Date // an event of unknown time stands with its neighbours
		} else if e.At.Known() {
			at := day(e.At)
			at.Approximate = false
			date = b.w.when(at)
		}
		if e.At.Known() {
			known = e
		}
		if len(t.Days) == 0 || t.Days[len(t.Days)-1].Date != date {
			t.Days = append(t.Days, Day{Date: date})
		}
		view := b.event(e)
		view.Offset = b.offset(start, e.At.In(b.zone))
		views = append(views, view)
		last := &t.Days[len(t.Days)-1]
		last.Events = views[len(views)-len(last.Events)-1 : len(views) : len(views)]
	}
	return t
}

// sameDate says whether two times show one day, each by its own clock.
func sameDate(a, b time.Time) bool { return a.YearDay() == b.YearDay() && a.Year() == b.Year() }

func (b *postBuilder) event(e *postmortem.Event) Event {
	v := Event{
		ID: e.ID, Kind: string(e.Kind), KindLabel: b.w.word("event_", string(e.Kind)),
		At: b.w.clock(e.At), Actor: cleanText(e.Actor), Text: b.inside(e.Internal, b.prose.inline(e.Text, e.Pos.Line)),
	}
	v.Link, v.Ticket = ticket(e.Link, b.site.Config.Trackers)
	if v.At.Text == "" {
		v.At.Text = b.w.T("time_unknown")
	}
	if e.Until.Known() {
		until := b.w.clock(e.Until)
		if !sameDay(e.At, e.Until) {
			until = b.w.when(e.Until)
		}
		v.Until = &until
		v.Label = v.At.Text + "–" + until.Text
	}
	v.Label = b.w.T("permalink_event", cmp.Or(v.Label, v.At.Text))
	return v
}

// offset is how long after the start of the incident something was.
func (b *postBuilder) offset(start, at postmortem.Moment) string {
	if !start.IsInstant() || !at.IsInstant() || start.Zoned != at.Zoned || !start.Time.Before(at.Time) {
		return ""
	}
	return "+" + b.w.Duration(at.Time.Sub(start.Time))
}

// zoneOfEvents says in which zone the times of the timeline are, if all are in
// one.
func (b *postBuilder) zoneOfEvents() string {
	name := ""
	for i := range b.m.Timeline {
		at := b.m.Timeline[i].At
		if !at.Known() || at.Precision == postmortem.Day {
			continue
		}
		if !at.Zoned {
			return ""
		}
		zone := locale.ZoneName(at.Time)
		if name != "" && name != zone {
			return ""
		}
		name = zone
	}
	if name == "" {
		return ""
	}
	return b.w.T("times_in", name)
}

// field is a column of a table and how a row fills it.
type field[T any] struct {
	name, label string // label is a key of the words
	cell        func(*T) Cell
}

// table makes a table of the fields that at least one row fills.
func table[T any](rows []T, w words, fields []field[T]) *Table {
	if len(rows) == 0 {
		return nil
	}
	t := &Table{Columns: make([]Column, 0, len(fields)), Rows: make([][]Cell, len(rows))}
	cells := make([]Cell, len(rows)*len(fields))
	for i := range rows {
		t.Rows[i] = cells[i*len(fields) : i*len(fields) : (i+1)*len(fields)]
	}
	for _, f := range fields {
		filled, label := false, w.T(f.label)
		for i := range rows {
			cell := f.cell(&rows[i])
			filled = filled || cell != Cell{}
			cell.Name, cell.Label = f.name, label
			t.Rows[i] = append(t.Rows[i], cell)
		}
		if filled {
			t.Columns = append(t.Columns, Column{f.name, label})
			continue
		}
		for i, row := range t.Rows {
			t.Rows[i] = row[:len(row)-1]
		}
	}
	return t
}

func textCell(text string) Cell {
	return Cell{Text: trusted(template.HTMLEscapeString(text))}
}

func (b *postBuilder) impacts() *Table {
	markdown := func(text string, im *postmortem.Impact) Cell {
		if text == "" {
			return Cell{}
		}
		return Cell{Text: b.prose.inline(text, im.Pos.Line)}
	}
	if b.inText("impacts") {
		return nil
	}
	t := table(b.m.Impacts, b.w, []field[postmortem.Impact]{
		{"who", "impact_who", func(im *postmortem.Impact) Cell { return markdown(im.Who, im) }},
		{"text", "impact_what", func(im *postmortem.Impact) Cell { return markdown(im.Text, im) }},
		{"service", "impact_service", func(im *postmortem.Impact) Cell { return textCell(cleanText(im.Service)) }},
		{"count", "impact_count", func(im *postmortem.Impact) Cell {
			cell := textCell(b.count(im))
			if share := im.Share; share.Known && share.Value > 0 && share.Value <= 100 {
				cell.Bar = strconv.FormatFloat(share.Value, 'f', -1, 64)
			}
			return cell
		}},
		{"when", "impact_when", func(im *postmortem.Impact) Cell { return textCell(b.span(im.From, im.Until)) }},
		{"duration", "impact_duration", func(im *postmortem.Impact) Cell { return textCell(b.w.duration(im.Duration)) }},
		{"data_loss", "impact_data_loss", func(im *postmortem.Impact) Cell { return textCell(b.w.word("extent_", string(im.DataLoss))) }},
		{"personal_data", "impact_personal_data", func(im *postmortem.Impact) Cell {
			return textCell(b.w.word("extent_", string(im.PersonalData)))
		}},
		{"recovered", "impact_recovered", func(im *postmortem.Impact) Cell { return markdown(im.Recovered, im) }},
	})
	for i := range b.m.Impacts {
		b.insideRow(b.m.Impacts[i].Internal, t.Rows[i])
	}
	return t
}

// count writes how many were hit: "76 of 8,438 viewers (0.9 %)".
func (b *postBuilder) count(im *postmortem.Impact) string {
	text := b.w.number(im.Count)
	if of := b.w.number(im.Of); of != "" && text != "" {
		text = b.w.T("count_of", text, of)
	}
	if unit := cleanText(im.Unit); unit != "" && text != "" {
		text += " " + unit
	}
	share := strings.TrimSpace(b.w.number(im.Share))
	if share == "" {
		return text
	}
	if !strings.ContainsAny(share, "%٪") {
		share = b.w.T("percent", share)
	}
	if text == "" {
		return share
	}
	return text + " (" + share + ")"
}

// span writes from when to when.
func (b *postBuilder) span(from, until postmortem.Moment) string {
	switch {
	case from.IsZero():
		return b.w.whenText(until)
	case until.IsZero():
		return b.w.whenText(from)
	}
	return b.w.T("from_to", b.w.after(b.m.Start, from).Text, b.w.after(from, until).Text)
}

func (b *postBuilder) causes() []Cause {
	if b.inText("causes") {
		return nil
	}
	var list []Cause
	for i := range b.m.Causes {
		c := &b.m.Causes[i]
		list = append(list, Cause{
			Kind: c.Kind, Label: b.w.word("cause_", c.Kind),
			Status: c.Status, StatusLabel: b.w.word("cause_status_", c.Status),
			Text: b.inside(c.Internal, b.prose.inline(c.Text, c.Pos.Line)),
		})
	}
	return list
}

// inside marks what only the internal build has.
func (b *postBuilder) inside(is bool, html template.HTML) template.HTML {
	if !is {
		return html
	}
	sign := `<span class="inside" data-inside="` + template.HTMLEscapeString(b.w.T("inside")) + `"></span>`
	if rest, paragraph := strings.CutPrefix(string(html), "<p>"); paragraph {
		return trusted("<p>" + sign + rest)
	}
	return trusted(sign + string(html))
}

// insideRow marks the first cell of a row that says something.
func (b *postBuilder) insideRow(is bool, row []Cell) {
	for i := range row {
		if row[i].Text != "" || row[i].Time != nil {
			row[i].Text = b.inside(is, row[i].Text)
			return
		}
	}
}

// countermeasures groups the promises by horizon, if any is stated.
func (b *postBuilder) countermeasures() []Horizon {
	if list := b.m.Countermeasures; len(list) > 0 && list[0].Span.Block > 0 {
		return nil
	}
	var groups []Horizon
	for _, horizon := range []string{"immediate", "short", "long", ""} {
		var g Horizon
		for i := range b.m.Countermeasures {
			if c := &b.m.Countermeasures[i]; c.Horizon == horizon {
				g.Countermeasures = append(g.Countermeasures, b.countermeasure(c, countermeasureID(i)))
			}
		}
		if len(g.Countermeasures) == 0 {
			continue
		}
		if horizon != "" || len(groups) > 0 {
			g.Label = b.w.T("horizon_" + cmp.Or(horizon, "none"))
		}
		groups = append(groups, g)
	}
	return groups
}

func (b *postBuilder) countermeasure(c *postmortem.Countermeasure, id string) Countermeasure {
	v := b.promise(b.w, c, id)
	v.Text = b.inside(c.Internal, b.prose.inline(c.Text, c.Pos.Line))
	return v
}

func (b *postBuilder) communications() *Table {
	if b.inText("communications") {
		return nil
	}
	t := table(b.m.Communications, b.w, []field[postmortem.Communication]{
		{"at", "communication_at", func(c *postmortem.Communication) Cell {
			if c.At.IsZero() {
				return Cell{}
			}
			at := b.w.when(c.At)
			return Cell{Time: &at}
		}},
		{"channel", "communication_channel", func(c *postmortem.Communication) Cell { return textCell(cleanText(c.Channel)) }},
		{"audience", "communication_audience", func(c *postmortem.Communication) Cell { return textCell(cleanText(c.Audience)) }},
		{"text", "communication_text", func(c *postmortem.Communication) Cell {
			if c.Text == "" {
				return Cell{}
			}
			return Cell{Text: b.prose.inline(c.Text, c.Pos.Line)}
		}},
	})
	for i := range b.m.Communications {
		b.insideRow(b.m.Communications[i].Internal, t.Rows[i])
	}
	return t
}

func (b *postBuilder) lessons() []Lesson {
	if b.inText("lessons") {
		return nil
	}
	var list []Lesson
	for _, l := range []struct {
		name  string
		items []string
	}{{"well", b.m.Lessons.Well}, {"wrong", b.m.Lessons.Wrong}, {"lucky", b.m.Lessons.Lucky}} {
		if len(l.items) == 0 {
			continue
		}
		lesson := Lesson{Name: l.name, Label: b.w.T("lessons_" + l.name)}
		for _, item := range l.items {
			is := slices.ContainsFunc(b.m.Internal, func(t postmortem.Text) bool { return strings.TrimSpace(t.Text) == item })
			lesson.Items = append(lesson.Items, b.inside(is, b.prose.inline(item, 1)))
		}
		list = append(list, lesson)
	}
	return list
}
