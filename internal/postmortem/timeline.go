package postmortem

import (
	"slices"
	"strings"
	"sync"

	"publish/internal/diag"
	"publish/internal/tree"
)

// readTimeline reads a list of events, a mapping of times to texts, or one
// block of lines.
func readTimeline(d *decoder, e tree.Entry, p *Postmortem) bool {
	switch n := e.Value; n.Kind {
	case tree.Scalar:
		p.Timeline = append(p.Timeline, d.eventLines(n)...)
	case tree.Mapping:
		if events, ok := d.eventPairs(n); ok {
			p.Timeline = append(p.Timeline, events...)
			break
		}
		p.Timeline = appendItems(p.Timeline, d, e, eventItems, nil)
	default:
		p.Timeline = slices.Grow(p.Timeline, len(n.Items))
		for _, item := range n.Items {
			if events, ok := d.eventPairs(item); ok {
				p.Timeline = append(p.Timeline, events...)
				continue
			}
			p.Timeline = appendItem(p.Timeline, d, e, item, eventItems, plainEvent)
		}
	}
	return true
}

func readEventTime(d *decoder, e tree.Entry, v *Event) bool {
	v.At = d.moment(e)
	return true
}

func plainEvent(d *decoder, e tree.Entry) (Event, bool) {
	text := strings.TrimSpace(e.Value.Value)
	at, until, rest, ok := d.eventTime(text)
	if !ok {
		d.unread(e.Value.Pos, text)
		return Event{Text: text, Pos: e.Value.Pos}, true
	}
	at.Pos, until.Pos = e.Value.Pos, e.Value.Pos
	return Event{At: at, Until: until, Text: rest, Pos: e.Value.Pos}, true
}

// timed reads a text that begins with a time, and warns if it does not.
func (d *decoder) timed(n *tree.Node) (at Moment, rest string) {
	text := strings.TrimSpace(n.Value)
	if m, _, rest, ok := d.eventTime(text); ok {
		m.Pos = n.Pos
		return m, rest
	}
	d.unread(n.Pos, text)
	return Moment{}, text
}

func (d *decoder) unread(pos diag.Pos, text string) {
	line, _, _ := strings.Cut(text, "\n")
	d.report(diag.TimeUnread, pos, "begin it with a time, as 09:21 or 2021-04-29 09:21, or with --:-- if none is known",
		"no time was found at the beginning of %s", (&tree.Node{Kind: tree.Scalar, Value: line}).Describe())
}

// eventPairs reads `09:21: deployed the update`, which YAML takes for a mapping
// and not for a text: it is events if every key begins with a time.
func (d *decoder) eventPairs(n *tree.Node) (events []Event, ok bool) {
	if n.Kind != tree.Mapping || isEmpty(n) {
		return nil, false
	}
	for _, e := range n.Entries {
		if isInternalKey(e.Key.Value) {
			continue
		}
		if eventNames()[e.Key.Value] {
			return nil, false
		}
		m, until, rest, timed := d.eventTime(e.Key.Value)
		if !timed || e.Value.Kind != tree.Scalar && e.Value.Kind != tree.Null {
			return nil, false
		}
		m.Pos, until.Pos = e.Key.Pos, e.Key.Pos
		text := strings.TrimSpace(e.Value.Value)
		if rest != "" {
			text = strings.TrimSuffix(rest+": "+text, ": ")
		}
		events = append(events, Event{At: m, Until: until, Text: text, Pos: e.Key.Pos})
	}
	if d.internal(n) {
		for i := range events {
			events[i].keepInside()
		}
		d.internals = append(d.internals, keysOf(n)...)
		if !d.options.Internal {
			events = nil
		}
	}
	return events, true
}

// eventNames are the names of the fields of an event, which are no times.
var eventNames = sync.OnceValue(func() map[string]bool {
	names := map[string]bool{}
	for _, name := range eventItems.names().all {
		if _, _, _, timed := parseEventTime(name, nil); !timed {
			names[name] = true
		}
	}
	return names
})

// keysOf are the keys of a mapping that are texts of its author.
func keysOf(n *tree.Node) []Text {
	var texts []Text
	for _, e := range n.Entries {
		if !isInternalKey(e.Key.Value) {
			texts = append(texts, Text{Text: e.Key.Value, Pos: e.Key.Pos})
		}
	}
	return texts
}

// eventLines reads a block of lines, one event each. A line that begins with
// no time continues the event above it; a line that is only a date is the day
// of those below.
func (d *decoder) eventLines(n *tree.Node) []Event {
	var events []Event
	var day Moment
	number := n.Pos.Line
	first := number
	if strings.Contains(n.Value, "\n") {
		first++ // the lines of a block begin below its `|`
	}
	for line := range strings.Lines(n.Value) {
		pos := diag.Pos{File: n.Pos.File, Line: first}
		first++
		indented := line[0] == ' ' || line[0] == '\t'
		line = strings.TrimSpace(line)
		m, until, rest, ok := d.eventTime(withoutMarker(line))
		m.Pos, until.Pos = pos, pos
		switch {
		case line == "":
		case ok && rest == "" && m.Precision == Day:
			day = m
		case ok && !(indented && len(events) > 0 && m.Precision == NoTime):
			if day.Known() {
				m, until = m.On(day.Time), until.On(day.Time)
			}
			events = append(events, Event{At: m, Until: until, Text: rest, Pos: pos})
		case len(events) > 0:
			last := &events[len(events)-1]
			last.Text = strings.TrimSpace(last.Text + "\n" + line)
		default:
			d.unread(pos, line)
			events = append(events, Event{Text: line, Pos: pos})
		}
	}
	return events
}

// withoutMarker takes the mark of a list item off a line.
func withoutMarker(line string) string {
	for _, mark := range []string{"- ", "* ", "• "} {
		if rest, ok := strings.CutPrefix(line, mark); ok {
			return strings.TrimSpace(rest)
		}
	}
	return line
}

// eventTime is parseEventTime with the abbreviations of the site.
func (d *decoder) eventTime(text string) (at, until Moment, rest string, ok bool) {
	return parseEventTime(text, d.options.Zones)
}

// parseEventTime reads the time with which an event begins, in the grammar of
// timelines (scanEntryTime), the end of its range if it has one, and what
// follows. A time that needs others to be understood, a day without its year or
// an offset, is not read: there is no text around an entry of front matter.
func parseEventTime(text string, abbreviations map[string]string) (at, until Moment, rest string, ok bool) {
	e, problem := scanEntryTime(text, abbreviations)
	if problem != NoProblem || e.relative || e.dated() && !e.day.full() || e.hasUntil && e.untilDay.given() && !e.untilDay.full() {
		return Moment{}, Moment{}, text, false
	}
	rest = text[e.size:]
	if e.unclosed != "" {
		before, after, closed := strings.Cut(rest, e.unclosed)
		if !closed {
			return Moment{}, Moment{}, text, false
		}
		rest = before + after
	}
	var unsaid diag.List
	c := calendar{diags: &unsaid}
	at, until = c.place(e, strings.TrimSpace(text[e.start:e.end]), diag.Pos{})
	return at, until, rest, true
}
