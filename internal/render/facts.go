package render

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"publish/internal/postmortem"
	"publish/internal/site"
)

// factList is the definition list under the title, in the order in which one
// asks.
type factList struct {
	w    words
	list []Fact
}

// add adds a fact, unless nothing is stated.
func (l *factList) add(name string, items ...FactItem) {
	items = slices.DeleteFunc(items, func(i FactItem) bool { return i == FactItem{} })
	if len(items) > 0 {
		l.list = append(l.list, Fact{Name: name, Label: l.w.T(name), Items: items})
	}
}

// facts are the facts under the title.
func (b *postBuilder) facts() []Fact {
	m, v, l := b.m, b.v, &factList{w: b.w}
	if v.Severity != nil {
		l.add("severity", FactItem{Severity: v.Severity})
	}
	if v.State != nil {
		l.add("status", FactItem{State: v.State})
	}
	b.addTimes(l)
	for _, length := range b.lengths() {
		l.add(length.name, b.lengthItems(length)...)
	}
	l.add("services", b.services()...)
	l.add("regions", texts(m.Regions)...)
	l.add("upstream", b.upstream()...)
	if r := b.p.RecurrenceOf; r != nil {
		to := pageLink(&v.Frame, r)
		l.add("recurrence_of", FactItem{Link: &to})
	}
	l.add("incident_id", textItem(cleanText(m.ID)))
	b.addPublication(l)
	if b.full {
		l.add("not_stated", textItem(b.notStated(l.list)))
	}
	// Sentences come last: they take a line of their own.
	for _, f := range []struct{ name, text string }{
		{"trigger", m.Trigger}, {"detection", m.Detection}, {"workaround", m.Workaround},
	} {
		if f.text != "" {
			l.add(f.name, FactItem{Text: b.prose.inline(f.text, 1)})
		}
	}
	return l.list
}

// addTimes adds the times of the incident: those on the day of the first are
// times of day alone.
func (b *postBuilder) addTimes(l *factList) {
	m, first := b.m, postmortem.Moment{}
	for _, t := range []struct {
		name string
		at   postmortem.Moment
	}{
		{"scheduled_for", m.ScheduledFor}, {"scheduled_until", m.ScheduledUntil},
		{"start", m.Start}, {"detected", m.Detected}, {"acknowledged", m.Acknowledged}, {"identified", m.Identified},
		{"mitigated", m.Mitigated}, {"resolved", m.Resolved}, {"communicated", m.Communicated},
	} {
		if t.at.IsZero() {
			continue
		}
		when := b.w.after(first, t.at)
		first = cmp.Or(first, t.at)
		l.add(t.name, FactItem{Time: &when})
	}
}

// addPublication adds the facts of the report, not of the incident.
func (b *postBuilder) addPublication(l *factList) {
	p, w := b.p, b.w
	if !sameDate(p.Published.Time, p.Date.Time) { // which stands above the title
		published := w.when(day(p.Published))
		l.add("published", FactItem{Time: &published})
	}
	if p.Updated.Known() && !sameDate(p.Updated.Time, p.Published.Time) {
		updated := w.when(p.Updated)
		items := []FactItem{{Time: &updated}}
		if id := b.lastUpdate(); id != "" {
			items = append(items, FactItem{Link: &Link{Text: w.T("what_changed"), URL: "#" + id}})
		}
		l.add("updated", items...)
	}
	var authors []FactItem
	for _, a := range p.Meta().Authors {
		item := textItem(cleanText(a.Name))
		if isURL(a.URL) {
			item = FactItem{Link: &Link{Text: cleanText(a.Name), URL: a.URL, External: true}}
		}
		authors = append(authors, item)
	}
	l.add("authors", authors...)
}

func (b *postBuilder) upstream() []FactItem {
	var items []FactItem
	for _, u := range b.p.Head.Upstream {
		text := cleanText(strings.TrimSpace(u.Provider + " " + u.ID))
		switch {
		case isURL(u.URL):
			items = append(items, FactItem{Link: &Link{Text: cmp.Or(text, u.URL), URL: u.URL, External: true}})
		case text != "":
			items = append(items, textItem(text))
		}
	}
	return items
}

func links(f *Frame, terms []*site.Term) []FactItem {
	items := make([]FactItem, 0, len(terms))
	for _, t := range terms {
		if t.Path == "" { // only a preview has it
			items = append(items, textItem(cleanText(t.Name)))
			continue
		}
		items = append(items, FactItem{Link: &Link{Text: cleanText(t.Name), URL: f.link(t.Path)}})
	}
	return items
}

func texts(list []string) []FactItem {
	var items []FactItem
	for _, s := range list {
		items = append(items, textItem(cleanText(s)))
	}
	return items
}

// length is a measure of the incident with its name.
type length struct {
	name string
	postmortem.Measure
}

func (b *postBuilder) lengths() []length {
	m := b.measures
	return []length{
		{"duration", m.Duration}, {"time_to_detect", m.TimeToDetect}, {"time_to_acknowledge", m.TimeToAcknowledge},
		{"time_to_mitigate", m.TimeToMitigate}, {"time_to_resolve", m.TimeToResolve},
	}
}

// lengthItems writes a measure: what the author states, else what the times
// give; in full, both, each with where it is from.
func (b *postBuilder) lengthItems(l length) []FactItem {
	stated := b.w.duration(l.Declared)
	if b.full {
		items := []FactItem{textItem(stated)}
		if l.HasComputed {
			if stated != "" {
				items[0] = textItem(b.w.T("length_stated", stated))
			}
			computed := b.w.about(b.w.Duration(l.Computed), l.Approximate)
			items = append(items, textItem(b.w.T("length_computed", computed, b.endName(l.From), b.endName(l.To))))
		}
		return items
	}
	if stated != "" {
		return []FactItem{textItem(stated)}
	}
	d, approximate, ok := l.Public()
	whole, _, _ := b.measures.Duration.Public()
	switch {
	case !ok, b.measures.Contradicted(): // a figure beside the author's would deny it
		return nil
	case l.name != "duration" && d == whole: // the duration under another name
		return nil
	}
	return []FactItem{textItem(b.w.about(b.w.Duration(d), approximate))}
}

// endName names an end of a measure: a field, or the time of an event.
func (b *postBuilder) endName(name string) string {
	for _, e := range b.m.Timeline {
		if e.ID == name {
			return b.w.after(b.m.Spent().Start, e.At.In(b.zone)).Text
		}
	}
	return strings.ToLower(b.w.T(name))
}

// notStated lists what the facts lack.
func (b *postBuilder) notStated(facts []Fact) string {
	var missing []string
	for _, name := range []string{
		"severity", "status", "start", "detected", "acknowledged", "identified", "mitigated", "resolved", "duration",
		"time_to_detect", "time_to_acknowledge", "time_to_mitigate", "time_to_resolve", "services",
	} {
		if !slices.ContainsFunc(facts, func(f Fact) bool { return f.Name == name }) {
			missing = append(missing, b.w.T(name))
		}
	}
	return strings.Join(missing, ", ")
}

func textItem(text string) FactItem {
	return FactItem{Text: trusted(template.HTMLEscapeString(text))}
}

// escaped makes a text ready to stand among HTML; empty texts give no line.
func escaped(text string) []template.HTML {
	if text == "" {
		return nil
	}
	return []template.HTML{trusted(template.HTMLEscapeString(text))}
}
