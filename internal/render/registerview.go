package render

import (
	"cmp"

	"publish/internal/postmortem"
	"publish/internal/site"
)

// registerView is one of the pages of a list of countermeasures.
func (b *builder) registerView(r *register, number int) *Register {
	w := b.words(b.site.Language)
	title := w.T("countermeasures")
	if r.service != nil {
		title = w.T("register_of", cleanText(r.service.Name))
	}
	v := &Register{Frame: b.frame("countermeasures", r.page(number), b.site.Language, title)}
	v.Description = w.T("register_intro")
	v.Count = w.N("changes_n", len(r.promises))
	v.Hidden = len(r.promises) == 0 || number > 1 || r.service != nil // the first page leads everywhere
	b.registerFrame(v, r, number, w)
	lines := registerLines{b.lines(&v.Frame), map[*site.Page]*Entry{}}
	from, to := r.shown(number)
	for i, g := range registerStates {
		begin, end := r.begin[i], r.begin[i+1]
		if begin == end {
			continue
		}
		group := Promises{ID: g.id, Name: w.N(g.label, end-begin), Count: w.Number(float64(end - begin))}
		tally := Tally{Link: Link{Text: group.Name, URL: "#" + g.id, Count: group.Count}}
		if begin, end = max(begin, from), min(end, to); begin < end {
			group.Promises = lines.all(r.promises[begin:end])
			v.States = append(v.States, group)
		} else {
			tally.ID = g.id
			tally.URL = v.link(r.page(r.begin[i]/registerRoom+1)) + "#" + g.id
		}
		v.StateTally = append(v.StateTally, tally)
	}
	for _, part := range r.parts {
		group := Promises{ID: "service-" + part.service.Slug, Name: cleanText(part.service.Name), Count: w.Number(float64(len(part.promises)))}
		tally := Tally{Link: Link{Text: group.Name, URL: "#" + group.ID, Count: group.Count}}
		if r.whole() {
			group.Promises = lines.all(part.newest)
			v.Services = append(v.Services, group)
		} else {
			tally.ID, tally.URL = group.ID, v.link(part.path)
		}
		v.ServiceTally = append(v.ServiceTally, tally)
	}
	return v
}

// registerFrame fills in what leads on from a page.
func (b *builder) registerFrame(v *Register, r *register, number int, w words) {
	if b.has[calendarPath] {
		v.Calendar = v.link(calendarPath)
		v.Feeds = append(v.Feeds[:len(v.Feeds):len(v.Feeds)], Alternate{v.SiteTitle + ": " + w.T("countermeasures"), v.Calendar, "text/calendar"})
	}
	home, all := Link{Text: w.T("home"), URL: v.Home}, Link{Text: w.T("countermeasures"), URL: v.link(registerPath)}
	if r.service != nil {
		v.Breadcrumb = []Link{home, all, {Text: cleanText(r.service.Name), Current: true}}
	}
	if r.pages() == 1 {
		return
	}
	v.Position = w.T("page_n_of", number, r.pages())
	if number > 1 {
		v.HeadTitle = v.Title + " – " + w.T("page_n", number) + " – " + v.SiteTitle
		v.Before = v.link(r.page(number - 1))
		v.Breadcrumb = []Link{home, all}
		if r.service != nil {
			v.Breadcrumb = append(v.Breadcrumb, Link{Text: cleanText(r.service.Name), URL: v.link(r.path)})
		}
		v.Breadcrumb = append(v.Breadcrumb, Link{Text: v.Position, Current: true})
	}
	if number < r.pages() {
		v.After = v.link(r.page(number + 1))
	}
}

// registerLines makes the lines of a page; of a report that promised several
// things the entry is made once.
type registerLines struct {
	*lines
	reports map[*site.Page]*Entry
}

func (l *registerLines) all(list []site.Promise) []*Promise {
	room, views := make([]Promise, len(list)), make([]*Promise, len(list))
	for i, p := range list {
		views[i] = &room[i]
		l.set(views[i], p)
	}
	return views
}

// set makes a promise as the register shows it. Its text is plain, since links in
// it are written for the place where it stands.
func (l *registerLines) set(v *Promise, p site.Promise) {
	c, said := promiseIn(l.lines, p)
	report := l.reports[said.shown]
	if report == nil {
		e := l.line(said)
		report = &e
		l.reports[said.shown] = report
	}
	*v = Promise{
		Countermeasure: l.promise(l.w, p.Countermeasure, countermeasureID(p.Index)),
		Plain:          fromText(c.Text, c.Span), Lang: report.Lang, Dir: report.Dir, Report: report,
	}
	v.URL = report.URL + "#" + v.ID
	if p.Unsettled() && l.site.Shows("due") {
		if days := l.daysSince(p.Page.Date); days > 0 {
			v.Age = l.w.N("open_for", days)
		}
	}
}

// promise is what may be shown of a countermeasure, without its text.
func (b *builder) promise(w words, c *postmortem.Countermeasure, id string) Countermeasure {
	status := cmp.Or(c.Status, "unknown")
	v := Countermeasure{
		ID: id, State: State{status, w.T("state_" + status)}, Kind: w.word("measure_", c.Kind),
		Late: b.site.Shows("late") && b.site.Late(c), Inside: inside(w, c.Internal),
	}
	v.Link, v.Ticket = ticket(c.Link, b.site.Config.Trackers)
	if c.DoneOn.Known() {
		done := w.when(day(c.DoneOn))
		v.Done = &done
	}
	if b.site.Shows("owner") {
		v.Owner = cleanText(c.Owner)
	}
	if c.Due.Known() && status != "done" && status != "dropped" && b.site.Shows("due") {
		due := w.when(day(c.Due))
		v.Due = &due
	}
	return v
}
