package render

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"publish/internal/postmortem"
	"publish/internal/route"
	"publish/internal/site"
)

const registerPath = "/countermeasures/"

// registerRoom is how many countermeasures a page of the register shows. One of
// no more is a single page, with all of them by state and once more by service.
// A larger one has pages as the home page has, and each service pages of its
// own.
const registerRoom = 200

// registerStates are the groups of the register in their order: those of the
// front matter, and "late" for what is past its day. Their labels are plurals.
var registerStates = []struct{ id, label string }{
	{"open", "register_open"}, {"in_progress", "register_in_progress"}, {"proposed", "register_proposed"}, {"late", "register_late"},
	{"done", "register_done"}, {"dropped", "register_dropped"}, {"unknown", "register_unknown"},
}

// hasPromises says that the page is there and holds something: an empty one is
// for whoever asks for it.
func hasPromises(s *site.Site) bool { return s.HasRegister() && slices.ContainsFunc(s.Posts, promises) }

// promises says whether a page has countermeasures in the register.
func promises(p *site.Page) bool {
	return p.Kind == postmortem.KindPostmortem && len(p.Meta().Countermeasures) > 0
}

// register is a list of countermeasures that stands on one page or on several:
// all of them, or those of a service.
type register struct {
	path     string
	service  *site.Term     // nil for all
	newest   []site.Promise // those of the newest report first
	promises []site.Promise // by state, and in each as before
	// begin is where each of registerStates begins among the promises, and end.
	begin []int
	// parts are the lists by service: only the list of all has them.
	parts []*register
}

// newRegister makes the list of countermeasures that come newest report first.
func (b *builder) newRegister(path string, service *site.Term, list []site.Promise) *register {
	r := &register{path: path, service: service, newest: list, promises: make([]site.Promise, len(list)), begin: make([]int, len(registerStates)+1)}
	states := make([]int, len(list))
	for i, p := range list {
		states[i] = b.registerState(p)
		r.begin[states[i]+1]++
	}
	for i := range registerStates {
		r.begin[i+1] += r.begin[i]
	}
	next := slices.Clone(r.begin)
	for i, p := range list {
		r.promises[next[states[i]]] = p
		next[states[i]]++
	}
	return r
}

// registerState is the group of a countermeasure, by its place in registerStates.
func (b *builder) registerState(p site.Promise) int {
	id := cmp.Or(p.Status, "unknown")
	if p.Late && b.site.Shows("late") {
		id = "late"
	}
	for i, s := range registerStates {
		if s.id == id {
			return i
		}
	}
	return len(registerStates) - 1
}

// registers gives the pages of what all reports promise.
func (b *builder) registers() []planned {
	if !b.site.HasRegister() {
		return nil
	}
	list := b.site.Register()
	all, byService := b.newRegister(registerPath, nil, list), map[*site.Term][]site.Promise{}
	for _, p := range list {
		for _, t := range p.Page.ServiceTerms {
			byService[t] = append(byService[t], p)
		}
	}
	for _, t := range b.site.Services {
		if of := byService[t]; len(of) > 0 {
			all.parts = append(all.parts, b.newRegister(registerPath+strings.TrimPrefix(t.Path, "/"), t, of))
		}
	}
	routes := b.registerPages(all)
	if !all.whole() {
		for _, part := range all.parts {
			routes = append(routes, b.registerPages(part)...)
		}
	}
	return routes
}

// registerPages gives the pages of one list.
func (b *builder) registerPages(r *register) []planned {
	var routes []planned
	for number := 1; number <= r.pages(); number++ {
		routes = append(routes, b.route(r.page(number), "page of countermeasures", "countermeasures", b.site.Language,
			func() any { return b.registerView(r, number) }, func(h *route.Hash) { b.addRegister(h, r, number) }))
	}
	return routes
}

// whole says that all countermeasures stand on one page.
func (r *register) whole() bool { return r.service == nil && len(r.promises) <= registerRoom }

func (r *register) pages() int { return max((len(r.promises)+registerRoom-1)/registerRoom, 1) }

// page is the route of one of the pages.
func (r *register) page(number int) string {
	if number == 1 {
		return r.path
	}
	return r.path + "page/" + strconv.Itoa(number) + "/"
}

// shown is which of the promises a page shows.
func (r *register) shown(number int) (from, to int) {
	return (number - 1) * registerRoom, min(number*registerRoom, len(r.promises))
}

// addRegister is the rule of a page of the register.
func (b *builder) addRegister(h *route.Hash, r *register, number int) {
	for _, at := range r.begin {
		h.Int(at)
	}
	h.Bool(b.has[calendarPath])
	h.Bool(r.service != nil)
	if r.service != nil {
		addService(h, r.service)
	}
	for _, part := range r.parts {
		addService(h, part.service)
		h.Int(len(part.promises))
	}
	from, to := r.shown(number)
	var last *site.Page
	for _, p := range r.promises[from:to] {
		h.Int(p.Index)
		if p.Page == last {
			continue
		}
		last = p.Page
		h.Key(b.line(p.Page))
		addOutline(h, p.Page)
		addOutline(h, p.Page.In(b.site.Language)) // whose words are shown
		b.addLate(h, p.Page)
		if b.site.Shows("due") {
			h.Int(b.daysSince(p.Page.Date))
		}
	}
}

// addService adds what the register shows of a service.
func addService(h *route.Hash, t *site.Term) { h.Add(t.Name, t.Slug, t.Path) }

// daysSince counts calendar days of the site until now.
func (b *builder) daysSince(m postmortem.Moment) int {
	midnight := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	zone := cmp.Or(b.site.Config.Timezone, time.UTC)
	return int(midnight(b.site.Options.Now.In(zone)).Sub(midnight(m.Time)) / (24 * time.Hour))
}
