package render

import (
	"cmp"
	"math"
	"net/url"
	"slices"
	"strings"
	"time"

	"publish/internal/markdown"
	"publish/internal/postmortem"
	"publish/internal/site"
)

// dataBuilder makes the entry of one page.
type dataBuilder struct {
	s *site.Site
	p *site.Page
	m *postmortem.Postmortem // of the page
}

func newData(s *site.Site, p *site.Page) *dataPostmortem {
	m := p.Meta()
	b := dataBuilder{s, p, m}
	d := &dataPostmortem{
		ID: p.ID, Kind: string(p.Kind), URL: s.Links.Absolute(p.Path), Path: s.Links.Address(p.Path),
		Source: p.Document.Path, Title: cleanText(p.Title), Language: p.Lang,
		// The site's days; `timezone` is the incident's.
		Date:      p.Date.In(s.Config.Timezone).String(),
		Published: p.Published.In(s.Config.Timezone).String(),
		Updated:   p.Updated.In(s.Config.Timezone).String(),
		Severity:  newDataSeverity(s, p), Status: string(p.Status),
		Services: termNames(p.ServiceTerms), Regions: plainTexts(m.Regions), Tags: termNames(p.TagTerms),
		Authors: authorNames(m.Authors), Summary: summaryText(p),
		Incident: b.incident(), Timeline: b.timeline(), Impacts: b.impacts(), Causes: dataCauses(m.Causes),
		Countermeasures: b.countermeasures(), Measures: b.measures(), Updates: b.updates(),
		Related: pageIDs(p.Related), Headings: dataHeadings(p.Body()),
		Translations: dataTranslations(s, p), Extra: newExtra(s, p),
	}
	if p.RecurrenceOf != nil {
		d.RecurrenceOf = p.RecurrenceOf.ID
	}
	return d
}

// dataTranslations are the same report in other languages.
func dataTranslations(s *site.Site, p *site.Page) []dataTranslation {
	list := []dataTranslation{}
	for _, t := range p.Translations {
		list = append(list, dataTranslation{t.Lang, cmp.Or(s.Links.Absolute(t.Path), s.Links.Address(t.Path))})
	}
	return list
}

func newDataSeverity(s *site.Site, p *site.Page) *dataSeverity {
	if p.Severity == nil {
		return nil
	}
	d := &dataSeverity{ID: cleanText(p.Severity.ID), Label: cleanText(p.Severity.Label)}
	for i := range s.Config.Severities {
		if s.Config.Severities[i].ID == p.Severity.ID {
			d.Rank = &p.Severity.Rank
		}
	}
	return d
}

func termNames(terms []*site.Term) []string {
	names := make([]string, 0, len(terms))
	for _, t := range terms {
		names = append(names, cleanText(t.Name))
	}
	return names
}

func authorNames(authors []postmortem.Author) []string {
	names := make([]string, 0, len(authors))
	for _, a := range authors {
		if a.Name != "" {
			names = append(names, cleanText(a.Name))
		}
	}
	return names
}

func pageIDs(pages []*site.Page) []string {
	ids := make([]string, 0, len(pages))
	for _, p := range pages {
		ids = append(ids, p.ID)
	}
	return ids
}

func dataHeadings(doc *markdown.Doc) []dataHeading {
	list := make([]dataHeading, 0, len(doc.Headings))
	for _, h := range doc.Headings {
		list = append(list, dataHeading{Level: h.Level, ID: h.ID, Text: cleanText(h.Text)})
	}
	return list
}

func (b *dataBuilder) incident() dataIncident {
	m := b.m
	return dataIncident{
		Start: b.milestone(m.Start, "started"), Detected: b.milestone(m.Detected, "detected"),
		Acknowledged: b.milestone(m.Acknowledged, "acknowledged"), Identified: b.milestone(m.Identified, "identified"),
		Mitigated: b.milestone(m.Mitigated, "mitigated"), Resolved: b.milestone(m.Resolved, "resolved"),
		Communicated: b.milestone(m.Communicated, "communicated"),
		ScheduledFor: b.milestone(m.ScheduledFor, ""), ScheduledUntil: b.milestone(m.ScheduledUntil, ""),
	}
}

// milestone is the field of the front matter, else the first event of the kind.
func (b *dataBuilder) milestone(m postmortem.Moment, kind postmortem.EventKind) *dataMoment {
	basis := "stated"
	if !m.Known() && kind != "" {
		i := slices.IndexFunc(b.m.Timeline, func(e postmortem.Event) bool { return e.Kind == kind && e.At.Known() })
		if i >= 0 {
			m = b.m.Timeline[i].At
			if b.m.Timeline[i].KindInferred {
				basis = "inferred"
			}
		}
	}
	if !m.Known() {
		return nil
	}
	return &dataMoment{At: stamp(m), Approximate: m.Approximate, Basis: basis}
}

// stamp is the machine form of a moment.
func stamp(m postmortem.Moment) string { return m.String() }

// fromText is a text of the front matter, which is Markdown, or of the document
// itself, which is plain already.
func fromText(text string, span postmortem.Span) string {
	if span.Block > 0 {
		return cleanText(text)
	}
	return plainText(text)
}

func (b *dataBuilder) timeline() []dataEvent {
	list := make([]dataEvent, 0, len(b.m.Timeline))
	for _, e := range b.m.Timeline {
		event := dataEvent{
			ID: e.ID, At: stamp(e.At), Until: stamp(e.Until), Approximate: e.At.Approximate || e.Until.Approximate,
			Kind: string(e.Kind), Text: fromText(e.Text, e.Span), Written: cleanText(e.At.Written),
		}
		switch {
		case e.KindInferred:
			event.Basis = "inferred"
		case e.Kind != "":
			event.Basis = "stated"
		}
		list = append(list, event)
	}
	return list
}

func (b *dataBuilder) impacts() []dataImpact {
	list := make([]dataImpact, 0, len(b.m.Impacts))
	for _, i := range b.m.Impacts {
		list = append(list, dataImpact{
			Text: plainText(i.Text), Who: plainText(i.Who),
			Count: dataNumber(i.Count), Of: dataNumber(i.Of), Share: dataNumber(i.Share), Unit: plainText(i.Unit),
			Approximate:     i.Count.Approximate || i.Of.Approximate || i.Share.Approximate || i.Duration.Approximate,
			DurationSeconds: dataSeconds(i.Duration), DataLoss: string(i.DataLoss),
		})
	}
	return list
}

// dataNumber leaves out what JSON cannot say.
func dataNumber(n postmortem.Number) *float64 {
	if !n.Known || math.IsNaN(n.Value) || math.IsInf(n.Value, 0) {
		return nil
	}
	return &n.Value
}

func dataSeconds(d postmortem.Duration) *int64 {
	if !d.Known {
		return nil
	}
	return new(int64(d.Value / time.Second))
}

func dataCauses(causes []postmortem.Cause) []dataCause {
	list := make([]dataCause, 0, len(causes))
	for _, c := range causes {
		list = append(list, dataCause{Kind: c.Kind, Status: c.Status, Text: plainText(c.Text)})
	}
	return list
}

// countermeasures obeys the site's rule of what the public sees of them.
func (b *dataBuilder) countermeasures() []dataCountermeasure {
	list := make([]dataCountermeasure, 0, len(b.m.Countermeasures))
	for i, c := range b.m.Countermeasures {
		address, _ := ticket(c.Link, b.s.Config.Trackers)
		d := dataCountermeasure{
			ID: countermeasureID(i), Text: fromText(c.Text, c.Span), Kind: c.Kind, Horizon: c.Horizon,
			Status: c.Status, DoneOn: stamp(c.DoneOn), URL: safeLink(address),
		}
		if b.s.Shows("owner") {
			d.Owner = plainText(c.Owner)
		}
		if b.s.Shows("due") {
			d.Due = stamp(c.Due)
		}
		list = append(list, d)
	}
	return list
}

func (b *dataBuilder) measures() dataMeasures {
	m := b.m.Measures()
	return dataMeasures{
		TimeToDetect: b.measure(m.TimeToDetect), TimeToAcknowledge: b.measure(m.TimeToAcknowledge),
		TimeToMitigate: b.measure(m.TimeToMitigate), TimeToResolve: b.measure(m.TimeToResolve),
		Duration: b.measure(m.Duration),
	}
}

// measure leaves out what contradicts the author, but for the internal build,
// and the names of fields: from and to are ids of events.
func (b *dataBuilder) measure(m postmortem.Measure) *dataMeasure {
	d := dataMeasure{DeclaredSeconds: dataSeconds(m.Declared)}
	if m.HasComputed && (!m.Contradicted || b.s.Options.Internal) {
		d.Seconds = new(int64(m.Computed / time.Second))
		if b.isEvent(m.From) && b.isEvent(m.To) {
			d.From, d.To = m.From, m.To
		}
	}
	if d == (dataMeasure{}) {
		return nil
	}
	return &d
}

func (b *dataBuilder) isEvent(id string) bool {
	return slices.ContainsFunc(b.m.Timeline, func(e postmortem.Event) bool { return e.ID == id })
}

func (b *dataBuilder) updates() []dataUpdate {
	list := make([]dataUpdate, 0, len(b.m.Updates))
	for _, u := range b.m.Updates {
		list = append(list, dataUpdate{At: stamp(u.At), Status: string(u.Status), Text: plainText(u.Text)})
	}
	return list
}

// safeLink leaves out an address that a program which shows the data might run.
func safeLink(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "mailto" {
		return ""
	}
	return cleanText(address)
}
