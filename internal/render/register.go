package render

import (
	"cmp"
	"slices"
	"time"

	"publish/internal/postmortem"
	"publish/internal/site"
)

const registerPath = "/countermeasures/"

// registerStates are the groups of the page of countermeasures in their order:
// those of the front matter, and "late" for what is past its day.
var registerStates = []struct{ id, label string }{
	{"open", "state_open"}, {"in_progress", "state_in_progress"}, {"proposed", "state_proposed"}, {"late", "register_late"},
	{"done", "state_done"}, {"dropped", "state_dropped"}, {"unknown", "state_unknown"},
}

// hasPromises says that the page is there and holds something: an empty one is
// for whoever asks for it.
func hasPromises(s *site.Site) bool { return s.HasRegister() && slices.ContainsFunc(s.Posts, promises) }

// promises says whether a page has countermeasures in the register.
func promises(p *site.Page) bool {
	return p.Kind == postmortem.KindPostmortem && len(p.Meta.Countermeasures) > 0
}

// register gives the page of what all reports promise.
func (b *builder) register() []planned {
	if !b.site.HasRegister() {
		return nil
	}
	return []planned{b.route(registerPath, "page of countermeasures", "countermeasures", b.site.Language,
		func() any { return b.registerView() }, b.addRegister)}
}

func (b *builder) registerView() *Register {
	w := b.words(b.site.Language)
	v := &Register{Frame: b.frame("countermeasures", registerPath, b.site.Language, w.T("countermeasures"))}
	v.Description = w.T("register_intro")
	byState, byService, count := map[string][]*Promise{}, map[*site.Term][]*Promise{}, 0
	reports := map[*site.Page]*Entry{}
	for _, p := range b.site.Register() {
		c, there := promiseIn(&v.Frame, p)
		report := reports[there]
		if report == nil {
			e := b.entryOf(&v.Frame, p.Page, there, w)
			report = &e
			reports[there] = report
		}
		promise := b.registered(p, report, w)
		// Its text is plain, since links in it are written for the place where it stands.
		promise.Plain, promise.URL = fromText(c.Text, c.Span), v.link(there.Path+"#"+promise.ID)
		state := promise.State.ID
		if promise.Late {
			state = "late"
		}
		byState[state] = append(byState[state], promise)
		for _, t := range p.Page.ServiceTerms {
			byService[t] = append(byService[t], promise)
		}
		count++
	}
	v.Count, v.Hidden = w.N("changes_n", count), count == 0
	for _, g := range registerStates {
		v.States = appendPromises(v.States, g.id, w.T(g.label), byState[g.id], w)
	}
	for _, t := range b.site.Services {
		v.Services = appendPromises(v.Services, "service-"+t.Slug, cleanText(t.Name), byService[t], w)
	}
	if b.has[calendarPath] {
		v.Calendar = v.link(calendarPath)
		v.Feeds = append(slices.Clip(v.Feeds), Alternate{v.SiteTitle + ": " + v.Title, v.Calendar, "text/calendar"})
	}
	return v
}

// appendPromises adds a group, unless it is empty.
func appendPromises(groups []Promises, id, name string, list []*Promise, w words) []Promises {
	if len(list) == 0 {
		return groups
	}
	return append(groups, Promises{ID: id, Name: name, Count: w.Number(float64(len(list))), Promises: list})
}

// registered is a promise as the register shows it, without its text.
func (b *builder) registered(p site.Promise, report *Entry, w words) *Promise {
	v := &Promise{Countermeasure: b.promise(w, p.Countermeasure, countermeasureID(p.Index)), Lang: report.Lang, Dir: report.Dir, Report: report}
	if p.Unsettled() && b.site.Shows("due") {
		if days := b.daysSince(p.Page.Date); days > 0 {
			v.Age = w.N("open_for", days)
		}
	}
	return v
}

// daysSince counts calendar days of the site until now.
func (b *builder) daysSince(m postmortem.Moment) int {
	midnight := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	zone := cmp.Or(b.site.Config.Timezone, time.UTC)
	return int(midnight(b.site.Options.Now.In(zone)).Sub(midnight(m.Time)) / (24 * time.Hour))
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
