package render

import (
	"slices"
	"sync/atomic"

	"publish/internal/config"
	"publish/internal/postmortem"
	"publish/internal/site"
)

// lines makes the lines of documents in the lists of one page.
type lines struct {
	*builder
	f *Frame
	w words
	// said are what the lines of posts say, by their place.
	said []atomic.Pointer[saying]
	// severities and services are those that a line had already: lists have few.
	severities map[severityOf]*Severity
	services   map[*site.Term]*Link
}

// severityOf is what decides how the severity of a document is shown.
type severityOf struct {
	step *config.Severity
	term *site.Term
}

// saying is what the lines of a document say in one language on every page: all but
// addresses. A post stands in some ten lists: it is made once for all of them.
type saying struct {
	Saying
	// to is a link to the version that the lines lead to, with its route in the place
	// of the URL.
	to       Link
	shown    *site.Page // that version
	severity severityOf
	services []*site.Term
}

// lines makes lines for a page.
func (b *builder) lines(f *Frame) *lines {
	said, ok := b.sayings.Load(f.reads)
	if !ok {
		said, _ = b.sayings.LoadOrStore(f.reads, make([]atomic.Pointer[saying], len(b.site.Posts)))
	}
	return &lines{
		builder: b, f: f, w: b.words(f.reads), said: said.([]atomic.Pointer[saying]),
		severities: map[severityOf]*Severity{}, services: map[*site.Term]*Link{},
	}
}

// entry is the line of a document.
func (l *lines) entry(p *site.Page) Entry { return l.line(l.saying(p)) }

func (l *lines) line(s *saying) Entry {
	e := Entry{Saying: &s.Saying, URL: l.f.link(s.to.URL), Severity: l.severity(s)}
	if len(s.services) > 0 {
		e.Services = make([]*Link, len(s.services))
		for i, t := range s.services {
			e.Services[i] = l.service(t)
		}
	}
	return e
}

// link is a link to a document in the language of the readers, as pageLink makes it.
func (l *lines) link(p *site.Page) Link {
	to := l.saying(p).to
	to.URL = l.f.link(to.URL)
	return to
}

func (l *lines) severity(s *saying) *Severity {
	shown, ok := l.severities[s.severity]
	if !ok {
		shown = l.severityOf(l.f, s.severity)
		l.severities[s.severity] = shown
	}
	return shown
}

func (l *lines) service(t *site.Term) *Link {
	link := l.services[t]
	if link == nil {
		link = &Link{Text: cleanText(t.Name), URL: l.f.link(t.Path)}
		l.services[t] = link
	}
	return link
}

// saying is what the line of a document says, made once for a post.
func (l *lines) saying(p *site.Page) *saying {
	if !l.isPost(p) {
		return l.newSaying(p, version(l.f, p))
	}
	slot := &l.said[p.Place]
	s := slot.Load()
	if s == nil {
		s = l.newSaying(p, version(l.f, p))
		slot.Store(s)
	}
	return s
}

// newSaying is what the line of a document says that leads to this version of it.
func (l *lines) newSaying(p, shown *site.Page) *saying {
	whole, w := p.Whole(), l.w
	to := linkTo(l.f, shown)
	to.URL = shown.Path
	s := &saying{Saying{
		Title: to.Text, Lang: to.Lang, Dir: to.Dir, Kind: string(p.Kind), Date: w.when(day(p.Date)), Day: w.day(p.Date), MonthDay: w.monthDay(p.Date.Time),
		Duration: w.duration(whole.Length), Preview: cleanText(p.Preview), Inside: inside(w, insidePage(p) && p.Preview == ""), Terms: filedUnder(p),
		DataLoss: w.word("extent_", string(whole.DataLoss)),
	}, to, shown, severityOf{p.Severity, p.SeverityTerm}, p.ServiceTerms}
	if p.Kind != postmortem.KindPostmortem {
		s.KindLabel = w.word("kind_", string(p.Kind))
	}
	if p.Status != "" {
		s.State = stateOf(p, p.Status, w)
	}
	if p.Open && whole.LastUpdate != nil {
		s.LastUpdate = w.T("last_update", w.whenText(*whole.LastUpdate))
	}
	return s
}

// running are the lines of incidents that are not over, with what was said last. No
// year stands above them, and one may be forgotten for long: their days have theirs.
func (b *builder) running(f *Frame, open []*site.Page) []Entry {
	list := b.entries(f, open)
	for i, p := range open {
		said := *list[i].Saying
		said.Day.Text, said.MonthDay = said.Date.Text, MonthDay{Number: said.Date.Text}
		list[i].Saying = &said
		news, in := lastSaid(p, version(f, p))
		list[i].News = shortText(plainText(news))
		list[i].NewsLang, list[i].NewsDir = textLang(f, in.Lang)
	}
	return list
}

// lastSaid is what was said last of an incident, in the words of a version of its
// report; of one without updates the original has it.
func lastSaid(p, there *site.Page) (string, *site.Page) {
	updates := there.Meta().Updates
	if len(updates) == 0 {
		there = p.Whole()
		updates = there.Meta().Updates
	}
	return postmortem.Newest(updates).Text, there
}

func (b *builder) entries(f *Frame, pages []*site.Page) []Entry { return b.lines(f).entries(pages) }

func (l *lines) entries(pages []*site.Page) []Entry {
	if len(pages) == 0 {
		return nil
	}
	list := make([]Entry, len(pages))
	for i, p := range pages {
		list[i] = l.entry(p)
	}
	return list
}

func (b *builder) severity(f *Frame, p *site.Page) *Severity {
	return b.severityOf(f, severityOf{p.Severity, p.SeverityTerm})
}

// severityOf is how a severity is shown; nil where there is none.
func (b *builder) severityOf(f *Frame, of severityOf) *Severity {
	if of.step == nil {
		return nil
	}
	s := &Severity{ID: of.step.ID, Label: b.severityLabel(of.step, b.words(f.Lang)), Rank: of.step.Rank}
	if of.term != nil {
		s.URL = f.link(of.term.Path)
	}
	return s
}

// severityLabel is what a severity is called: in the language of the reader where
// the scale is the built-in one.
func (b *builder) severityLabel(step *config.Severity, w words) string {
	c := b.site.Config
	if !c.OwnScale && w.Tag() != b.words(b.site.Language).Tag() && slices.ContainsFunc(c.Severities, func(of config.Severity) bool { return of.ID == step.ID }) {
		return config.ScaleLabel(w.Catalog, step.ID)
	}
	return cleanText(step.Label)
}

// day reduces a moment to its day.
func day(m postmortem.Moment) postmortem.Moment {
	if m.Known() {
		m.Precision = postmortem.Day
	}
	return m
}
