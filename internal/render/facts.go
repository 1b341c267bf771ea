package render

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"publish/internal/postmortem"
	"publish/internal/site"
)

// facts are the definition list under the title, in the order in which one
// asks.
func (b *postBuilder) facts() []Fact {
	m, v, w := b.p.Meta, b.v, b.w
	var facts []Fact
	add := func(name string, items ...FactItem) {
		items = slices.DeleteFunc(items, func(i FactItem) bool { return i == FactItem{} })
		if len(items) > 0 {
			facts = append(facts, Fact{Name: name, Label: w.T(name), Items: items})
		}
	}
	if v.Severity != nil {
		add("severity", FactItem{Severity: v.Severity})
	}
	if v.State != nil {
		add("status", FactItem{State: v.State})
	}
	first := postmortem.Moment{}
	moment := func(name string, m postmortem.Moment) {
		if m.IsZero() {
			return
		}
		when := w.after(first, m)
		first = cmp.Or(first, m)
		add(name, FactItem{Time: &when})
	}
	moment("scheduled_for", m.ScheduledFor)
	moment("scheduled_until", m.ScheduledUntil)
	moment("start", m.Start)
	moment("detected", m.Detected)
	moment("acknowledged", m.Acknowledged)
	moment("identified", m.Identified)
	moment("mitigated", m.Mitigated)
	moment("resolved", m.Resolved)
	moment("communicated", m.Communicated)
	for _, l := range b.lengths() {
		add(l.name, b.lengthItems(l)...)
	}
	add("services", links(&v.Frame, b.p.ServiceTerms)...)
	add("regions", texts(m.Regions)...)
	add("upstream", b.upstream()...)
	if r := b.p.RecurrenceOf; r != nil {
		to := pageLink(&v.Frame, r)
		add("recurrence_of", FactItem{Link: &to})
	}
	add("incident_id", textItem(cleanText(m.ID)))
	facts = append(facts, b.publication()...)
	if b.full {
		add("not_stated", textItem(b.notStated(facts)))
	}
	// Sentences come last: they take a line of their own.
	for _, f := range []struct{ name, text string }{
		{"trigger", m.Trigger}, {"detection", m.Detection}, {"workaround", m.Workaround},
	} {
		if f.text != "" {
			add(f.name, FactItem{Text: b.prose.inline(f.text, 1)})
		}
	}
	return facts
}

// publication are the facts of the report, not of the incident.
func (b *postBuilder) publication() []Fact {
	p, w := b.p, b.w
	var facts []Fact
	if p.Published.DateString() != p.Date.DateString() { // which stands above the title
		published := w.when(day(p.Published))
		facts = append(facts, Fact{Name: "published", Label: w.T("published"), Items: []FactItem{{Time: &published}}})
	}
	if p.Updated.Known() && p.Updated.DateString() != p.Published.DateString() {
		updated := w.when(p.Updated)
		items := []FactItem{{Time: &updated}}
		if id := b.lastUpdate(); id != "" {
			items = append(items, FactItem{Link: &Link{Text: w.T("what_changed"), URL: "#" + id}})
		}
		facts = append(facts, Fact{Name: "updated", Label: w.T("updated"), Items: items})
	}
	var authors []FactItem
	for _, a := range p.Meta.Authors {
		item := textItem(cleanText(a.Name))
		if isURL(a.URL) {
			item = FactItem{Link: &Link{Text: cleanText(a.Name), URL: a.URL, External: true}}
		}
		authors = append(authors, item)
	}
	if len(authors) > 0 {
		facts = append(facts, Fact{Name: "authors", Label: w.T("authors"), Items: authors})
	}
	return facts
}

func (b *postBuilder) upstream() []FactItem {
	var items []FactItem
	for _, u := range b.p.Meta.Upstream {
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
	var items []FactItem
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
	case !ok, contradicted(b.measures): // a figure beside the author's would deny it
		return nil
	case l.name != "duration" && d == whole: // the duration under another name
		return nil
	}
	return []FactItem{textItem(b.w.about(b.w.Duration(d), approximate))}
}

// endName names an end of a measure: a field, or the time of an event.
func (b *postBuilder) endName(name string) string {
	for _, e := range b.p.Meta.Timeline {
		if e.ID == name {
			return b.w.after(b.p.Meta.Spent().Start, e.At.In(b.zone)).Text
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
	return FactItem{Text: trusted([]byte(template.HTMLEscapeString(text)))}
}

// escaped makes a text ready to stand among HTML; empty texts give no line.
func escaped(text string) []template.HTML {
	if text == "" {
		return nil
	}
	return []template.HTML{trusted([]byte(template.HTMLEscapeString(text)))}
}
