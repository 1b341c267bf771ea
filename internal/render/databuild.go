package render

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"time"

	"publish/internal/markdown"
	"publish/internal/postmortem"
	"publish/internal/site"
)

// dataBuilder makes the entry of one page.
type dataBuilder struct {
	s    *site.Site
	p    *site.Page
	zone *time.Location // of times that name none; nil if nobody states one
}

func newData(s *site.Site, p *site.Page) *dataPostmortem {
	b, m := dataBuilder{s, p, zoneOf(s, p)}, p.Meta
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
		Related: pageIDs(p.Related), Headings: dataHeadings(p.Body),
		Translations: []dataTranslation{}, Extra: newExtra(s, p),
	}
	if p.RecurrenceOf != nil {
		d.RecurrenceOf = p.RecurrenceOf.ID
	}
	return d
}

// utcOffset matches "+02:00", "-0700", "UTC+2".
var utcOffset = regexp.MustCompile(`^(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?$`)

// zoneOf is the zone of a document's times that name none themselves: the one
// that its front matter states, else the site's. A stated zone that is not
// known gives none at all: the site's would be wrong.
func zoneOf(s *site.Site, p *site.Page) *time.Location {
	name := p.Meta.Timezone
	if name == "" {
		return s.Config.Timezone
	}
	for _, z := range s.Config.Zones {
		if z.Abbreviation == name {
			name = z.Name
		}
	}
	if parts := utcOffset.FindStringSubmatch(name); parts != nil {
		// The expression lets only digits through.
		hours, _ := strconv.Atoi(parts[1] + parts[2])
		minutes, _ := strconv.Atoi(parts[1] + cmp.Or(parts[3], "0"))
		return time.FixedZone("", hours*60*60+minutes*60)
	}
	if name == "Local" { // the machine's own
		return nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	return zone
}

func (b *dataBuilder) time(m postmortem.Moment) string { return m.In(b.zone).String() }

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
	m := b.p.Meta
	return dataIncident{
		Start: b.milestone(m.Start), Detected: b.milestone(m.Detected), Acknowledged: b.milestone(m.Acknowledged),
		Identified: b.milestone(m.Identified), Mitigated: b.milestone(m.Mitigated), Resolved: b.milestone(m.Resolved),
		Communicated: b.milestone(m.Communicated),
		ScheduledFor: b.milestone(m.ScheduledFor), ScheduledUntil: b.milestone(m.ScheduledUntil),
	}
}

func (b *dataBuilder) milestone(m postmortem.Moment) *dataMoment {
	if !m.Known() {
		return nil
	}
	return &dataMoment{At: b.time(m), Approximate: m.Approximate, Basis: "stated"}
}

func (b *dataBuilder) timeline() []dataEvent {
	list := make([]dataEvent, 0, len(b.p.Meta.Timeline))
	ids := eventIDs(b.p.Meta.Timeline)
	for i, e := range b.p.Meta.Timeline {
		event := dataEvent{
			ID: ids[i], At: b.time(e.At), Until: b.time(e.Until), Approximate: e.At.Approximate || e.Until.Approximate,
			Kind: string(e.Kind), Text: plainText(e.Text), Written: cleanText(e.At.Written),
		}
		if e.Kind != "" {
			event.Basis = "stated"
		}
		list = append(list, event)
	}
	return list
}

func (b *dataBuilder) impacts() []dataImpact {
	list := make([]dataImpact, 0, len(b.p.Meta.Impacts))
	for _, i := range b.p.Meta.Impacts {
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
	shows := func(what string) bool {
		return b.s.Options.Internal || slices.Contains(b.s.Config.Show, what)
	}
	list := make([]dataCountermeasure, 0, len(b.p.Meta.Countermeasures))
	for i, c := range b.p.Meta.Countermeasures {
		d := dataCountermeasure{
			ID: countermeasureID(i), Text: plainText(c.Text), Kind: c.Kind, Horizon: c.Horizon,
			Status: c.Status, DoneOn: b.time(c.DoneOn), URL: cleanText(c.Link),
		}
		if shows("owner") {
			d.Owner = plainText(c.Owner)
		}
		if shows("due") {
			d.Due = b.time(c.Due)
		}
		list = append(list, d)
	}
	return list
}

// measures follows the definitions that incident reviews use most: a team
// cannot acknowledge what nobody has detected yet; all else counts from the
// start.
func (b *dataBuilder) measures() dataMeasures {
	m := b.p.Meta
	return dataMeasures{
		TimeToDetect:      b.measure(m.Start, m.Detected, m.Declared.TimeToDetect),
		TimeToAcknowledge: b.measure(m.Detected, m.Acknowledged, m.Declared.TimeToAcknowledge),
		TimeToMitigate:    b.measure(m.Start, m.Mitigated, m.Declared.TimeToMitigate),
		TimeToResolve:     b.measure(m.Start, m.Resolved, m.Declared.TimeToResolve),
		Duration:          b.measure(m.Start, m.Resolved, m.Declared.Duration),
	}
}

// measure computes a length of time between two instants, and only where the
// later does not stand before the earlier. From and To stay empty: front matter
// states milestones apart from the events of the timeline.
func (b *dataBuilder) measure(from, to postmortem.Moment, declared postmortem.Duration) *dataMeasure {
	d := dataMeasure{DeclaredSeconds: dataSeconds(declared)}
	from, to = from.In(b.zone), to.In(b.zone)
	if from.Precision >= postmortem.Minute && to.Precision >= postmortem.Minute && from.Zoned && to.Zoned {
		if length := to.Time.Sub(from.Time); length >= 0 {
			d.Seconds = new(int64(length / time.Second))
		}
	}
	if d == (dataMeasure{}) {
		return nil
	}
	return &d
}

func (b *dataBuilder) updates() []dataUpdate {
	list := make([]dataUpdate, 0, len(b.p.Meta.Updates))
	for _, u := range b.p.Meta.Updates {
		list = append(list, dataUpdate{At: b.time(u.At), Status: string(u.Status), Text: plainText(u.Text)})
	}
	return list
}
