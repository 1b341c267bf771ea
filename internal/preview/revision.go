package preview

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"publish/internal/diag"
	"publish/internal/route"
)

// Revision is the site as it is after an edit. It never changes once shown.
type Revision struct {
	// Table is the public site: what build would write.
	Table *route.Table
	// Extra are previews of what is not public; nil if there are none. A public
	// route of the same address wins.
	Extra *route.Table
	// Ahead are routes that are newer than the tables, as with Handler.Ahead:
	// texts that were edited while this revision was made.
	Ahead []*route.Route
	// Base is the path of the site's base URL; that of the handler's Options if
	// it is empty.
	Base string
	// Number counts revisions up from 1; Show sets it.
	Number int
	// Errors and Warnings are those of this revision.
	Errors, Warnings diag.List
	// Source gives the bytes of a file of the site as this revision read it,
	// for the excerpts below messages; nil if there are to be none.
	Source func(file string) []byte
	// Held are the documents that are not public, with their reasons.
	Held []Held
	// Doubts gives what is doubtful about the page of a route; it is asked at
	// most once per route. May be nil.
	Doubts func(path string) diag.List
	// Reload says that layouts or scripts changed: open pages are loaded anew.
	Reload bool
	// Edited is the route of the page whose text was edited, "" if none or
	// many; EditedTitle is its title.
	Edited, EditedTitle string
}

// Held is one document that is not public.
type Held struct {
	Title string `json:"title"`
	// Path is its route in the Extra table, "" if it has none.
	Path string `json:"path,omitempty"`
	File string `json:"file"`
	// Reason names the field that holds it back, and its value.
	Reason string `json:"reason"`
}

// revision is a Revision with what the preview makes of it. With a page ahead
// of it, it is another revision: nobody sees one change.
type revision struct {
	*Revision
	base    string                  // begins and ends in a slash
	former  []string                // where earlier revisions were mounted; their pages lead to this one's
	ahead   map[string]*route.Route // by path: newer than the tables
	step    int                     // counts up with every change, also those ahead
	reloads int                     // how many revisions up to this one wanted pages to be loaded anew
	state   func() []byte           // JSON, made once
	doubts  *doubts
}

// get gives the route of exactly this path, or nil.
func (rev *revision) get(path string) *route.Route {
	if r := rev.ahead[path]; r != nil {
		return r
	}
	if r := rev.Table.Get(path); r != nil || rev.Extra == nil {
		return r
	}
	return rev.Extra.Get(path)
}

// with gives the revision with one route replaced.
func (rev *revision) with(r *route.Route) *revision {
	next := *rev
	next.step++
	next.ahead = maps.Clone(rev.ahead)
	next.ahead[r.Path] = r
	return &next
}

// after takes over what a revision knows from the one before it.
func (rev *revision) after(before *revision) {
	rev.Number, rev.step, rev.reloads = before.Number+1, before.step+1, before.reloads
	if rev.Reload {
		rev.reloads++
	}
	rev.former = slices.DeleteFunc(append(slices.Clone(before.former), before.base), func(base string) bool { return base == rev.base })
	slices.Sort(rev.former)
	rev.former = slices.Compact(rev.former)
}

// moved is where a path of the server leads now that was below a former base
// path, "" if nowhere: the longest base decides.
func (rev *revision) moved(p string) string {
	to, length := "", 0
	for _, base := range rev.former {
		below, ok := strings.CutPrefix(p, base)
		if !ok || len(base) < length {
			continue
		}
		if found, redirect := rev.find("/" + below); found != nil || redirect != "" {
			to, length = rev.base+below, len(base)
		}
	}
	return to
}

// find is how GitHub Pages finds the file for a path, which is decoded and
// begins with a slash; or it says to which path to redirect. The public site
// goes before all previews: they must not change where an address leads.
func (rev *revision) find(p string) (found *route.Route, redirect string) {
	found, redirect = find(rev.Table.Get, p)
	if found == nil && redirect == "" && rev.Extra != nil {
		found, redirect = find(rev.Extra.Get, p)
	}
	if found != nil {
		found = rev.get(found.Path)
	}
	return found, redirect
}

// answer is the route that answers for a path of the site, the 404 page if
// none does; nil if there is not even that.
func (rev *revision) answer(p string) (found *route.Route, redirect string, missing bool) {
	found, redirect = rev.find(p)
	if found == nil && redirect == "" {
		return rev.get("/404.html"), "", true
	}
	return found, redirect, false
}

func find(get func(path string) *route.Route, p string) (found *route.Route, redirect string) {
	if found = get(p); found != nil {
		return found, ""
	}
	if strings.HasSuffix(p, "/") {
		return get(p + "index.html"), ""
	}
	if folder, ok := strings.CutSuffix(p, "index.html"); ok && strings.HasSuffix(folder, "/") {
		return get(folder), ""
	}
	if get(p+"/") != nil || get(p+"/index.html") != nil {
		return nil, p + "/"
	}
	return get(p + ".html"), ""
}

// doubts remembers what was asked about the pages of a revision.
type doubts struct {
	mu      sync.Mutex
	known   map[string][]message
	ask     func(path string) diag.List
	printer diag.Printer
}

func (d *doubts) of(path string) []message {
	if d.ask == nil {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	list, ok := d.known[path]
	if !ok {
		list = messages(d.printer, d.ask(path))
		if d.known == nil {
			d.known = make(map[string][]message)
		}
		d.known[path] = list
	}
	return list
}

// Reserved names the routes that the preview cannot show, since it needs their
// addresses itself: a build writes them all the same.
func Reserved(table *route.Table, base string) diag.List {
	var list diag.List
	for _, name := range ownNames {
		below, ok := strings.CutPrefix(own+name, mount(base))
		if r := table.Get("/" + below); ok && r != nil {
			list.Report(diag.URLCollision, diag.Pos{File: r.Source},
				"give it another address to see it here; a build writes it where it is",
				"the preview needs the address %q for itself, so %q is not shown", own+name, r.Path)
			list[len(list)-1].Level = diag.Warning
		}
	}
	return list
}
