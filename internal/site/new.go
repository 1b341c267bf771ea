package site

import (
	"cmp"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/diag"
	"publish/internal/markdown"
	"publish/internal/postmortem"
)

// New makes the model. The diagnostics are about the site as a whole: clashes,
// links, severities; those of single files came with the folder.
func New(cfg *config.Config, folder *content.Folder, o Options) (*Site, diag.List) {
	s := &Site{
		Config: cfg, Options: o, Title: cfg.Title, Language: cmp.Or(cfg.Language, "en"), Jekyll: folder.Jekyll,
		Links:  &Links{base: cfg.BaseURL, portable: o.Portable, bare: map[string]bool{}},
		Passed: slices.Clone(folder.Skipped),
		folder: folder, root: folder.Root,
		byFile: map[string]*Page{}, byStem: map[string]*Page{}, byPath: map[string]*Page{}, assets: map[string]*Asset{},
	}
	var diags diag.List
	s.admit(&diags)
	s.sort()
	s.identify(&diags)
	s.address(&diags)
	s.claimAliases(&diags)
	s.group(&diags)
	s.relate(&diags)
	s.neighbours()
	s.setFeedIDs()
	s.generated = s.generatedRoutes()
	s.follow(&diags)
	s.navigate()
	return s, diags
}

// admit lets documents through the gate and makes their pages.
func (s *Site) admit(diags *diag.List) {
	wanted := s.wanted()
	for _, d := range s.folder.Documents {
		if !wanted(d) {
			s.Passed = append(s.Passed, content.Skipped{Path: d.Path,
				Reason: "not a postmortem; without publish.yaml or a content folder only postmortems are published"})
			continue
		}
		v := s.judge(d)
		p := &Page{Document: s.dated(d)}
		switch {
		case v.reason == "":
		case v.shown:
			p.Preview = v.reason
		case v.tombstone:
			s.Held = append(s.Held, Held{d, v.reason})
			s.Tombstones = append(s.Tombstones, p)
			continue
		default:
			s.Held = append(s.Held, Held{d, v.reason})
			s.byFile[d.Path] = nil
			if v.reason == hasErrors {
				s.broken = append(s.broken, p)
				s.classify(p, diags)
			}
			continue
		}
		s.byFile[d.Path] = p
		if d.Kind == postmortem.KindPage {
			s.Pages = append(s.Pages, p)
		} else {
			s.Posts = append(s.Posts, p)
		}
		s.classify(p, diags)
	}
	for _, p := range s.Tombstones {
		s.byFile[p.Document.Path] = nil
	}
	for _, d := range slices.Backward(s.folder.Documents) { // the first of a name wins
		if p, ok := s.byFile[d.Path]; ok {
			s.byStem[content.Stem(d.Path)] = p
		}
	}
}

// dated gives a draft without a date today's, since it has to stand somewhere
// among the others; its own date is still to be written.
func (s *Site) dated(d *content.Document) *content.Document {
	if d.Kind == postmortem.KindPage || d.Date.Known() {
		return d
	}
	copied := *d
	copied.Date = postmortem.Moment{Time: s.Options.Now, Precision: postmortem.Day}
	return &copied
}

// wanted says which documents a folder publishes at all. A folder that nobody
// declared to be a site (a code repository) publishes its postmortems, what
// they link to, and the README at its top if that is about them: if it stands
// beside one or links to one.
func (s *Site) wanted() func(*content.Document) bool {
	if !s.folder.OnlyPostmortems {
		return func(*content.Document) bool { return true }
	}
	linked, incidents := map[string]bool{}, map[string]bool{}
	beside := false
	for _, d := range s.folder.Documents {
		if incident(d) {
			incidents[d.Path] = true
			beside = beside || d.Dir == ""
			for _, file := range linkedFiles(d) {
				linked[file] = true
			}
		}
	}
	return func(d *content.Document) bool {
		readme := d.Index && d.Dir == "" &&
			(beside || slices.ContainsFunc(linkedFiles(d), func(file string) bool { return incidents[file] }))
		return incidents[d.Path] || linked[d.Path] || readme
	}
}

func incident(d *content.Document) bool {
	return d.Kind == postmortem.KindPostmortem || d.Kind == postmortem.KindMaintenance
}

// linkedFiles are the files beside a document that it links to, from the site
// folder.
func linkedFiles(d *content.Document) []string {
	var files []string
	for i := range d.Body.Links {
		file, _ := splitSuffix(d.Body.Links[i].Dest)
		files = append(files, path.Join(path.Dir(d.Path), norm.NFC.String(unescape(file))))
	}
	return files
}

// classify fills in what the site says of a page: severity, state, dates,
// summary.
func (s *Site) classify(p *Page, diags *diag.List) {
	m := p.Meta
	if m.Severity.Text != "" {
		severity, ok := s.Config.Severity(m.Severity.Text)
		if !ok {
			diags.Report(diag.SeverityUnknown, m.Severity.Pos, "add it to `severities` in publish.yaml, or use one of "+s.severityNames(),
				"unknown severity \"%s\"", m.Severity.Text)
			// It is shown as it was written, after all that are known.
			severity = &config.Severity{ID: m.Severity.Text, Label: m.Severity.Text, Rank: len(s.Config.Severities)}
		}
		p.Severity = severity
	}
	p.Status = status(m)
	p.Published = cmp.Or(known(m.Published), known(m.Embargo), p.Date)
	p.Updated = m.Updated
	for _, u := range m.Updates {
		if !m.Updated.Known() && u.At.Known() && (!p.Updated.Known() || u.At.Time.After(p.Updated.Time)) {
			p.Updated = u.At
		}
	}
	p.Summary = m.Summary
	if p.Summary == "" && p.Body != nil {
		p.Summary = p.Body.ExcerptText()
	}
}

// known gives the moment, or the zero one if not even its day is known.
func known(m postmortem.Moment) postmortem.Moment {
	if m.Known() {
		return m
	}
	return postmortem.Moment{}
}

func (s *Site) severityNames() string {
	var names []string
	for _, severity := range s.Config.Severities {
		names = append(names, severity.ID)
	}
	return strings.Join(names, ", ")
}

// status is the state of the incident as far as it is stated.
func status(m *postmortem.Postmortem) postmortem.Status {
	switch {
	case m.Status != postmortem.StatusUnset:
		return m.Status
	case m.ResolvedSwitch == postmortem.StateYes || m.Resolved.Known():
		return postmortem.StatusResolved
	case m.ResolvedSwitch == postmortem.StateNo:
		return postmortem.StatusInvestigating
	}
	var newest postmortem.Update
	for _, u := range m.Updates {
		if u.Status != postmortem.StatusCorrection && u.Status != postmortem.StatusFollowUp &&
			(newest.Status == "" || u.At.Time.After(newest.At.Time)) {
			newest = u
		}
	}
	return newest.Status
}

// sort puts posts newest first and pages by path.
func (s *Site) sort() {
	slices.SortStableFunc(s.Posts, func(a, b *Page) int {
		return cmp.Or(s.begins(b.Date).Compare(s.begins(a.Date)), strings.Compare(b.Document.Path, a.Document.Path))
	})
	slices.SortStableFunc(s.Pages, func(a, b *Page) int { return strings.Compare(a.Document.Path, b.Document.Path) })
}

// identify gives every page its id: the author's, else the file's name. Where
// several files have one name (a folder of post-mortem.md), the oldest keeps it
// and the others take their path, so that a new report never renames an old
// one.
func (s *Site) identify(diags *diag.List) {
	byID := map[string]*Page{}
	pages := slices.Concat(s.Pages, s.Tombstones, s.Posts)
	slices.Reverse(pages) // oldest first
	for _, p := range pages {
		if p.ID = p.Meta.ID; p.ID == "" {
			continue
		}
		if other := byID[p.ID]; other != nil {
			diags.Report(diag.FieldDuplicate, diag.Pos{File: p.Document.Path}, "give every postmortem an id of its own",
				"the id \"%s\" is also that of \"%s\"", p.ID, other.Document.Path)
			s.leaveOut(p)
			continue
		}
		byID[p.ID] = p
	}
	for _, p := range pages {
		if p.ID != "" {
			continue
		}
		p.ID = fileID(p.Document.Path)
		if byID[p.ID] != nil {
			p.ID = content.Stem(p.Document.Path)
		}
		byID[p.ID] = p
	}
}

// fileID is the name of a file without its extensions, or of its folder for
// an index.
func fileID(file string) string {
	stem := path.Base(content.Stem(file))
	if lower := strings.ToLower(stem); (lower == "index" || lower == "readme" || lower == "_index") && path.Dir(file) != "." {
		return path.Base(path.Dir(file))
	}
	return stem
}

// address gives every page its route. Pages that want the same one are all
// left out: whichever was kept, its readers might take it for the other.
func (s *Site) address(diags *diag.List) {
	claims := map[string][]*Page{}
	for _, p := range slices.Concat(s.Posts, s.Pages, s.Tombstones) {
		p.Slug = Slug(cmp.Or(p.Meta.Slug, p.Stem, p.Title))
		if p.Slug == "" {
			p.Slug = Slug(cmp.Or(p.Title, p.ID))
		}
		route, bare := s.permalink(p)
		p.Path = route
		if bare {
			s.Links.bare[route] = true
		}
		claims[route] = append(claims[route], p)
	}
	for _, route := range slices.Sorted(maps.Keys(claims)) {
		pages := claims[route]
		if len(pages) == 1 {
			s.byPath[route] = pages[0]
			continue
		}
		for i, p := range pages {
			other := pages[(i+1)%len(pages)]
			s.leaveOut(p)
			diags.Report(diag.URLCollision, diag.Pos{File: p.Document.Path, Line: 1}, "give one of them another `slug` or `permalink`",
				"\"%s\" wants the address %s too", other.Document.Path, route)
		}
	}
	if home := s.byPath["/"]; home != nil && home.Kind == postmortem.KindPage {
		s.Home, s.HomeBelow = home, s.folder.OnlyPostmortems
		s.Pages = slices.DeleteFunc(s.Pages, func(p *Page) bool { return p == home })
	}
}

// leaveOut takes a page with an error out of the model, before anything else
// refers to it.
func (s *Site) leaveOut(p *Page) {
	same := func(other *Page) bool { return other == p }
	s.Posts, s.Pages = slices.DeleteFunc(s.Posts, same), slices.DeleteFunc(s.Pages, same)
	s.Tombstones = slices.DeleteFunc(s.Tombstones, same)
	s.byFile[p.Document.Path] = nil
	s.byStem[content.Stem(p.Document.Path)] = nil
	s.Held = append(s.Held, Held{p.Document, hasErrors})
	s.broken = append(s.broken, p)
}

// claimAliases settles the old addresses that pages claim. One that another
// page has or claims is an error of the page that claims it.
func (s *Site) claimAliases(diags *diag.List) {
	byFrom := map[string]*Page{}
	for _, p := range slices.Concat(s.Posts, s.Pages) {
		for _, alias := range p.Meta.Aliases {
			from := s.aliasRoute(alias.Text)
			other := cmp.Or(byFrom[from], s.byPath[from])
			switch {
			case other == p:
			case other != nil:
				diags.Report(diag.URLCollision, alias.Pos, "remove the alias from one of them",
					"the alias %s is already an address of \"%s\"", from, other.Document.Path)
				delete(s.byPath, p.Path)
				s.leaveOut(p)
			default:
				byFrom[from] = p
			}
		}
	}
	for from, p := range byFrom {
		if s.byPath[p.Path] == p {
			s.Redirects = append(s.Redirects, Redirect{From: from, To: p})
		}
	}
	slices.SortFunc(s.Redirects, func(a, b Redirect) int { return strings.Compare(a.From, b.From) })
}

// relate finds what `related` and `recurrence_of` name, in both directions.
func (s *Site) relate(diags *diag.List) {
	find := map[string]*Page{}
	for _, p := range slices.Backward(s.Posts) {
		for _, key := range []string{p.Slug, p.Document.Path, path.Base(p.Document.Path), fileID(p.Document.Path), p.Path, p.ID} {
			find[key] = p
		}
	}
	for _, p := range s.Posts {
		for _, name := range p.Meta.Related {
			if other := find[name]; other != nil && other != p {
				link(&p.Related, other)
				link(&other.Related, p)
			} else if other == nil {
				s.reportUnrelated(p, "related", name, diags)
			}
		}
		if name := p.Meta.RecurrenceOf; name != "" {
			if other := find[name]; other != nil && other != p {
				p.RecurrenceOf = other
				link(&other.Recurrences, p)
			} else if other == nil {
				s.reportUnrelated(p, "recurrence_of", name, diags)
			}
		}
	}
}

func link(list *[]*Page, p *Page) {
	if !slices.Contains(*list, p) {
		*list = append(*list, p)
	}
}

// reportUnrelated stays silent about what is held back: its name must not
// come out in a message of a public build.
func (s *Site) reportUnrelated(p *Page, field, name string, diags *diag.List) {
	for _, h := range s.Held {
		if name == h.Document.Meta.ID || name == fileID(h.Document.Path) || name == h.Document.Path {
			return
		}
	}
	diags.Report(diag.LinkBroken, diag.Pos{File: p.Document.Path}, "name the other by its id or file name",
		"`%s` names \"%s\", which is no postmortem of this site", field, name)
}

// neighbours links every post to the one before and after it.
func (s *Site) neighbours() {
	for i, p := range s.Posts {
		if i > 0 {
			p.Newer = s.Posts[i-1]
		}
		if i+1 < len(s.Posts) {
			p.Older = s.Posts[i+1]
		}
	}
}

// generatedRoutes are the addresses of what publish itself makes, as far as
// authors link to them.
func (s *Site) generatedRoutes() map[string]bool {
	routes := map[string]bool{}
	for _, r := range []string{"/", "/archive/", "/feed.xml", "/rss.xml", "/feed.json", "/postmortems.json"} {
		routes[r] = true
	}
	for _, list := range [][]*Term{s.Services, s.Severities, s.Tags, s.Years} {
		for _, t := range list {
			routes[t.Path] = true
			routes[dirOf(strings.TrimSuffix(t.Path, "/"))] = true
		}
	}
	return routes
}

// follow resolves every link of every public page once: it finds the files
// that are published along, and what leads nowhere. Pages with errors are
// looked at too, so that their authors hear everything in one run, but bring no
// file along.
func (s *Site) follow(diags *diag.List) {
	pages := slices.Concat(s.Posts, s.Pages)
	if s.Home != nil {
		pages = append(pages, s.Home)
	}
	for _, p := range pages {
		s.followPage(p, diags)
	}
	for _, a := range s.assets {
		s.Assets = append(s.Assets, a)
	}
	slices.SortFunc(s.Assets, func(a, b *Asset) int { return strings.Compare(a.Route, b.Route) })
	s.sealed = true
	for _, p := range s.broken {
		s.followPage(p, diags)
	}
}

func (s *Site) followPage(p *Page, diags *diag.List) {
	for i := range p.Body.Links {
		l := &p.Body.Links[i]
		d, problem := s.resolve(p, l)
		switch {
		case problem != nil:
			diags.Report(problem.code, l.Pos, problem.hint, "%s", problem.message)
		case d == destination{} && !strings.Contains(l.Dest, "{{"):
			diags.Report(diag.HeldBack, l.Pos, "", "the link becomes its text, since \"%s\" is not public", l.Dest)
		case l.Image && d.url != "":
			s.remoteImage(p, l, d.url, diags)
		}
	}
}

// remoteImage notes that a page shows an image of another host.
func (s *Site) remoteImage(p *Page, l *markdown.Link, address string, diags *diag.List) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return
	}
	if origin := u.Scheme + "://" + u.Host; !slices.Contains(p.ImageHosts, origin) {
		p.ImageHosts = append(p.ImageHosts, origin)
	}
	diags.Report(diag.ImageRemote, l.Pos, "copy it beside the text: readers' addresses then stay here, and the image stays when the other site goes",
		"the image is shown from \"%s\"", u.Host)
}

// aliasRoute is the route that answers an old address. A full URL counts by
// its path, less the path under which the site is mounted.
func (s *Site) aliasRoute(alias string) string {
	if u, err := url.Parse(alias); err == nil && u.Host != "" {
		alias = "/" + strings.TrimPrefix(u.Path, s.Links.BasePath())
	}
	route := cleanRoute(unescape(alias))
	if !strings.HasSuffix(route, "/") && path.Ext(route) == "" {
		route += "/"
	}
	return strings.TrimSuffix(route, "index.html")
}

// maxMenu is how many pages stand in the header where the site lists none.
const maxMenu = 4

// navigate makes the header's links and the tree of SUMMARY.md.
func (s *Site) navigate() {
	for _, item := range s.Config.Menu {
		s.Menu = append(s.Menu, s.frameLink(item.Title, item.URL, "x"))
	}
	s.Navigation = s.tree(s.folder.Navigation)
	if len(s.Config.Menu) > 0 {
		return
	}
	for _, p := range s.Pages {
		if strings.Count(p.Path, "/") <= 2 && len(s.Menu) < maxMenu {
			s.Menu = append(s.Menu, Link{Title: p.Title, Path: p.Path})
		}
	}
}

func (s *Site) tree(items []content.NavItem) []Link {
	var links []Link
	for _, item := range items {
		l := s.frameLink(item.Title, item.Dest, "SUMMARY.md")
		l.Items = s.tree(item.Items)
		if l.Path != "" || len(l.Items) > 0 {
			links = append(links, l)
		}
	}
	return links
}

// frameLink resolves a link that stands in a file at the top of the content
// folder. What leads nowhere has no path.
func (s *Site) frameLink(title, dest, file string) Link {
	at := &Page{Document: &content.Document{Path: path.Join(s.root, file)}, Path: "/"}
	l := Link{Title: title}
	if dest == "" {
		return l
	}
	if schemeOf(dest) != "" {
		l.Path, l.External = dest, true
		return l
	}
	name, suffix := splitSuffix(dest)
	d, _ := s.resolveFile(at, name, false)
	switch {
	case d.page != nil && d.page != at:
		l.Path = d.page.Path + suffix
	case d.route != "":
		l.Path = d.route + suffix
	}
	return l
}

// PageAt gives the public page at a route, or nil: a page of the site's own
// takes the place of a generated one.
func (s *Site) PageAt(route string) *Page { return s.byPath[route] }

// PageOf gives the public page of a file, or nil.
func (s *Site) PageOf(file string) *Page { return s.byFile[file] }
