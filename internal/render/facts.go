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
	for _, d := range []struct {
		name  string
		value postmortem.Duration
	}{
		{"duration", m.Declared.Duration}, {"time_to_detect", m.Declared.TimeToDetect},
		{"time_to_acknowledge", m.Declared.TimeToAcknowledge}, {"time_to_mitigate", m.Declared.TimeToMitigate},
		{"time_to_resolve", m.Declared.TimeToResolve},
	} {
		add(d.name, textItem(w.duration(d.value)))
	}
	add("services", links(&v.Frame, b.p.ServiceTerms)...)
	add("regions", texts(m.Regions)...)
	add("upstream", b.upstream()...)
	if r := b.p.RecurrenceOf; r != nil {
		add("recurrence_of", FactItem{Link: &Link{Text: cleanText(r.Title), URL: v.link(r.Path)}})
	}
	add("incident_id", textItem(cleanText(m.ID)))
	facts = append(facts, b.publication()...)
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
		facts = append(facts, Fact{Name: "updated", Label: w.T("updated"), Items: []FactItem{{Time: &updated}}})
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

// answers are what readers ask first, as far as the author states it.
func (b *postBuilder) answers() []Answer {
	var list []Answer
	add := func(name string, lines []template.HTML, more *Link) {
		if len(lines) > 0 {
			list = append(list, Answer{Name: name, Question: b.w.T("ask_" + name), Lines: lines, More: more})
		}
	}
	add("who", b.whoWasAffected(), nil)
	add("data", b.isDataSafe(), nil)
	add("over", b.isItOver(), nil)
	if n := len(b.p.Meta.Countermeasures); n > 0 {
		line := b.w.N("changes_n", n)
		if done := b.countDone(); done > 0 {
			line += ", " + b.w.N("changes_done", done)
		}
		add("changes", escaped(line), &Link{Text: b.w.T("countermeasures"), URL: "#" + b.v.Section.Countermeasures})
	}
	if len(list) == 1 && list[0].Name == "over" {
		return nil // the facts say as much
	}
	return list
}

// maxAffected is how many impacts the answer to "who was affected" names; the
// table has them all.
const maxAffected = 3

func (b *postBuilder) whoWasAffected() []template.HTML {
	var lines []template.HTML
	for i := range b.p.Meta.Impacts {
		im := &b.p.Meta.Impacts[i]
		if im.Who == "" || len(lines) == maxAffected {
			continue
		}
		line := b.prose.inline(im.Who, im.Pos.Line)
		if count := b.count(im); count != "" {
			line += trusted([]byte(template.HTMLEscapeString(" – " + count)))
		}
		lines = append(lines, line)
	}
	return lines
}

func (b *postBuilder) isDataSafe() []template.HTML {
	lines := escaped(b.w.word("data_loss_", string(worstLoss(b.p.Meta.Impacts))))
	for i := range b.p.Meta.Impacts {
		if personal := b.p.Meta.Impacts[i].PersonalData; personal != "" {
			lines = append(lines, escaped(b.w.T("personal_data_"+string(personal)))...)
			break
		}
	}
	return lines
}

func (b *postBuilder) isItOver() []template.HTML {
	m, w := b.p.Meta, b.w
	switch {
	case m.Resolved.Known():
		return escaped(w.T("over_yes_at", w.when(m.Resolved).Text))
	case b.p.Status == postmortem.StatusResolved:
		return escaped(w.T("over_yes"))
	case b.p.Status.Open():
		return escaped(w.T("over_no", strings.ToLower(w.word("status_", string(b.p.Status)))))
	}
	return nil
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

func (b *postBuilder) countDone() int {
	n := 0
	for i := range b.p.Meta.Countermeasures {
		if b.p.Meta.Countermeasures[i].Status == "done" {
			n++
		}
	}
	return n
}
