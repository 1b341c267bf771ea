package content

import (
	"slices"
	"strconv"
	"time"

	"publish/internal/markdown"
	"publish/internal/postmortem"
)

// understand reads what the text of a postmortem says by itself, takes it over
// where the front matter says nothing, and marks it in the page: events and
// countermeasures gain an anchor where the author wrote them. Of a maintenance
// that is its timeline, without kinds: its plan has no detection to infer.
func (d *reader) understand() {
	zone := d.timezone()
	d.diags = append(d.diags, d.Meta.DoubtClocks(zone)...)
	if d.Kind == postmortem.KindPostmortem || d.Kind == postmortem.KindMaintenance {
		reading := &d.scratch.reading
		diags := reading.ReadText(d.Body.Blocks, d.found, d.context(zone))
		if d.Kind == postmortem.KindMaintenance {
			reading.Facts = postmortem.Postmortem{Timeline: reading.Facts.Timeline}
		}
		d.diags = append(d.diags, diags...)
		d.diags = append(d.diags, d.Meta.Adopt(reading)...)
	}
	d.Meta.PlaceIn(zone)
	if d.Kind == postmortem.KindPostmortem {
		postmortem.InferKinds(d.Meta.Timeline, d.Lang)
	}
	if d.of != nil {
		d.diags = append(d.diags, d.Meta.Translate(d.of.Meta(), d.Path)...)
		d.forgiveTimes()
	}
	postmortem.NameEvents(d.Meta.Timeline)
	d.mark()
}

// context is what is known of the document besides its text.
func (d *reader) context(zone *time.Location) postmortem.Context {
	return postmortem.Context{
		Date: d.Date, Zone: zone, Zones: d.decoding.Zones, Headings: d.headings, Title: d.Title, Language: d.Lang,
	}
}

// timezone is the zone that the document states, else the site's.
func (d *reader) timezone() *time.Location {
	if zone, ok := postmortem.LoadZone(d.Meta.Timezone, d.decoding.Zones); ok && d.Meta.Timezone != "" {
		return zone
	}
	return d.zone
}

// mark puts the anchors into the page and takes over the ids that they got,
// since a heading may have the one that was wished for.
func (d *reader) mark() {
	most := len(d.Meta.Timeline) + len(d.Meta.Countermeasures)
	marks := make([]markdown.Mark, 0, most)
	attributes := make([]markdown.Attribute, 0, 2*most)
	events := make([]int, 0, most) // the event of each mark; -1 for a countermeasure
	for i, e := range d.Meta.Timeline {
		if e.Span.Block == 0 {
			continue
		}
		attributes = append(attributes, markdown.Attribute{Name: "data-event", Value: string(e.Kind)})
		marks = append(marks, markdown.Mark{
			Block: e.Span.Block, Start: e.Span.Start, End: e.Span.End, ID: e.ID, Datetime: e.At.String(),
			Attributes: slices.Clip(attributes[len(attributes)-1:]),
		})
		events = append(events, i)
	}
	for i, c := range d.Meta.Countermeasures {
		if c.Span.Block == 0 {
			continue
		}
		attributes = append(attributes, markdown.Attribute{Name: "data-countermeasure", Bare: true}, markdown.Attribute{Name: "data-status", Value: c.Status})
		marks = append(marks, markdown.Mark{
			Block: c.Span.Block, Start: c.Span.Start, End: c.Span.Start, ID: "cm-" + strconv.Itoa(i+1),
			Attributes: slices.Clip(attributes[len(attributes)-2:]),
		})
		events = append(events, -1)
	}
	d.Body = d.Body.Mark(append(marks, d.insideMarks()...))
	for i, id := range d.Body.MarkIDs[:len(events)] {
		if events[i] >= 0 && id != "" {
			d.Meta.Timeline[events[i]].ID = id
		}
	}
}
