package render

import (
	"slices"

	"publish/internal/config"
	"publish/internal/postmortem"
	"publish/internal/site"
)

// entry makes the line of a document in the list at a frame.
func (b *builder) entry(f *Frame, p *site.Page, w words) Entry {
	m, shown := p.Whole().Meta, p.In(f.Lang)
	e := Entry{
		Title: shownTitle(shown), URL: f.link(shown.Path), Kind: string(p.Kind),
		Date: w.when(day(p.Date)), Day: w.day(p.Date), Severity: b.severity(f, p),
		Duration: shownDuration(p.Whole(), w), Preview: cleanText(p.Preview), Terms: filedUnder(p),
	}
	e.Lang, _ = textLang(f, shown.Lang)
	if p.Kind != postmortem.KindPostmortem {
		e.KindLabel = w.word("kind_", string(p.Kind))
	}
	if p.Status != "" {
		e.State = stateOf(p, p.Status, w)
	}
	for _, t := range p.ServiceTerms {
		e.Services = append(e.Services, Link{Text: cleanText(t.Name), URL: f.link(t.Path)})
	}
	e.DataLoss = w.word("extent_", string(worstLoss(m.Impacts)))
	if newest := newestUpdate(m.Updates); p.Open && newest.At.Known() {
		e.LastUpdate = w.T("last_update", w.when(newest.At).Text)
	}
	return e
}

func (b *builder) entries(f *Frame, pages []*site.Page, w words) []Entry {
	var list []Entry
	for _, p := range pages {
		list = append(list, b.entry(f, p, w))
	}
	return list
}

func (b *builder) severity(f *Frame, p *site.Page) *Severity {
	if p.Severity == nil {
		return nil
	}
	s := &Severity{ID: p.Severity.ID, Label: b.severityLabel(p, b.words(f.Lang)), Rank: p.Severity.Rank}
	if p.SeverityTerm != nil {
		s.URL = f.link(p.SeverityTerm.Path)
	}
	return s
}

// severityLabel is what a page's severity is called: in the language of the
// reader where the scale is the built-in one.
func (b *builder) severityLabel(p *site.Page, w words) string {
	c := b.site.Config
	if !c.OwnScale && w.Tag() != b.words(b.site.Language).Tag() && slices.ContainsFunc(c.Severities, func(of config.Severity) bool { return of.ID == p.Severity.ID }) {
		return config.ScaleLabel(w.Catalog, p.Severity.ID)
	}
	return cleanText(p.Severity.Label)
}

// day reduces a moment to its day.
func day(m postmortem.Moment) postmortem.Moment {
	if m.Known() {
		m.Precision = postmortem.Day
	}
	return m
}

// worstLoss is what the impacts say together of data loss.
func worstLoss(impacts []postmortem.Impact) postmortem.Extent {
	order := []postmortem.Extent{"", postmortem.ExtentNone, postmortem.ExtentUnknown, postmortem.ExtentPartial, postmortem.ExtentTotal}
	worst := 0
	for i := range impacts {
		worst = max(worst, slices.Index(order, impacts[i].DataLoss))
	}
	return order[worst]
}

func newestUpdate(updates []postmortem.Update) postmortem.Update {
	var newest postmortem.Update
	for _, u := range updates {
		if u.At.Known() && (!newest.At.Known() || u.At.Time.After(newest.At.Time)) {
			newest = u
		}
	}
	return newest
}
