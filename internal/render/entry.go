package render

import (
	"slices"
	"sync/atomic"

	"publish/internal/config"
	"publish/internal/postmortem"
	"publish/internal/site"
)

// entry makes the line of a document in the list at a frame.
func (b *builder) entry(f *Frame, p *site.Page, w words) Entry {
	return b.entryOf(f, p, version(f, p), w)
}

// entryOf is the line of a document that leads to this version of it.
func (b *builder) entryOf(f *Frame, p, shown *site.Page, w words) Entry {
	e, to := *b.saying(p, w), linkTo(f, shown)
	e.Title, e.URL, e.Lang, e.Dir = to.Text, to.URL, to.Lang, to.Dir
	e.Severity = b.severity(f, p)
	if len(p.ServiceTerms) > 0 {
		e.Services = make([]Link, len(p.ServiceTerms))
		for i, t := range p.ServiceTerms {
			e.Services[i] = Link{Text: cleanText(t.Name), URL: f.link(t.Path)}
		}
	}
	return e
}

// saying is what the lines of a document say in one language on every page. A post
// stands in some ten lists: it is made once for all of them.
func (b *builder) saying(p *site.Page, w words) *Entry {
	if !b.isPost(p) {
		return newSaying(p, w)
	}
	slots, ok := b.sayings.Load(w.Tag())
	if !ok {
		slots, _ = b.sayings.LoadOrStore(w.Tag(), make([]atomic.Pointer[Entry], len(b.site.Posts)))
	}
	slot := &slots.([]atomic.Pointer[Entry])[p.Place]
	e := slot.Load()
	if e == nil {
		e = newSaying(p, w)
		slot.Store(e)
	}
	return e
}

func newSaying(p *site.Page, w words) *Entry {
	m := p.Whole().Meta
	e := &Entry{
		Kind: string(p.Kind), Date: w.when(day(p.Date)), Day: w.day(p.Date),
		Duration: shownDuration(p.Whole(), w), Preview: cleanText(p.Preview), Inside: inside(w, insidePage(p) && p.Preview == ""), Terms: filedUnder(p),
		DataLoss: w.word("extent_", string(worstLoss(m.Impacts))),
	}
	if p.Kind != postmortem.KindPostmortem {
		e.KindLabel = w.word("kind_", string(p.Kind))
	}
	if p.Status != "" {
		e.State = stateOf(p, p.Status, w)
	}
	if newest := newestUpdate(m.Updates); p.Open && newest.At.Known() {
		e.LastUpdate = w.T("last_update", w.when(newest.At).Text)
	}
	return e
}

// running are the lines of incidents that are not over, with what was said last.
func (b *builder) running(f *Frame, open []*site.Page, w words) []Entry {
	list := b.entries(f, open, w)
	for i, p := range open {
		news, in := lastSaid(p, version(f, p))
		list[i].News = shortText(plainText(news))
		list[i].NewsLang, list[i].NewsDir = textLang(f, in.Lang)
	}
	return list
}

// lastSaid is what was said last of an incident, in the words of a version of its
// report; of one without updates the original has it.
func lastSaid(p, there *site.Page) (string, *site.Page) {
	if len(there.Meta.Updates) == 0 {
		there = p.Whole()
	}
	return newestUpdate(there.Meta.Updates).Text, there
}

func (b *builder) entries(f *Frame, pages []*site.Page, w words) []Entry {
	if len(pages) == 0 {
		return nil
	}
	list := make([]Entry, len(pages))
	for i, p := range pages {
		list[i] = b.entry(f, p, w)
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
