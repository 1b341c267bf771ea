package site

import (
	"iter"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"publish/internal/content"
	"publish/internal/diag"
	"publish/internal/markdown"
	"publish/internal/postmortem"
)

// linkKey is what decides where a link of a page leads.
type linkKey struct {
	dest  string
	image bool
}

// pending is a link that names no file and no page: it may lead to something
// that publish generates.
type pending struct {
	page   *Page
	link   *markdown.Link
	pos    diag.Pos
	routes []string // that it may mean, in this order
	fault  *problem // what to say if none exists
}

// follow resolves every link of every public page once: it finds the files
// that are published along, and what leads nowhere. Pages with errors are
// looked at too, so that their authors hear everything in one run, but bring no
// file along.
func (s *Site) follow(diags *diag.List) {
	s.taking = s.assets
	for _, p := range s.public() {
		s.followPage(p, diags)
	}
	s.frame.destinations = map[linkKey]destination{}
	s.followFrame(s.Menu, diags)
	s.followFrame(s.Navigation, nil)
	s.Assets = byRoute(s.assets)
	for _, a := range s.Assets {
		if a.changed {
			diags.Report(diag.HTMLDropped, diag.Pos{File: a.Path}, "export it without scripts, or leave it as it is: the drawing stays",
				"what runs when the drawing is opened by itself (scripts, handlers, foreign content) is left out")
		}
	}
	s.taking = nil
	for _, p := range s.broken {
		s.followPage(p, diags)
	}
}

func byRoute(assets map[string]*Asset) []*Asset {
	return slices.SortedFunc(maps.Values(assets), func(a, b *Asset) int { return strings.Compare(a.Route, b.Route) })
}

func (s *Site) followPage(p *Page, diags *diag.List) {
	p.destinations = make(map[linkKey]destination, len(p.Body.Links))
	for l, pos := range linksOf(p.Document) {
		s.followLink(p, l, pos, diags)
	}
}

// linksOf yields the links of a document's text and of the texts in its front
// matter, with their places.
func linksOf(d *content.Document) iter.Seq2[*markdown.Link, diag.Pos] {
	return func(yield func(*markdown.Link, diag.Pos) bool) {
		for i := range d.Body.Links {
			if l := &d.Body.Links[i]; !yield(l, l.Pos) {
				return
			}
		}
		for _, text := range proseOf(d.Meta) {
			doc, _ := markdown.Parse([]byte(text.Text), markdown.Options{})
			for i := range doc.Links {
				if !yield(&doc.Links[i], text.Pos) {
					return
				}
			}
		}
	}
}

func (s *Site) followFrame(links []Link, diags *diag.List) {
	for _, l := range links {
		if l.link != nil {
			s.followLink(s.frame, l.link, l.link.Pos, diags)
		}
		s.followFrame(l.Items, diags)
	}
}

// followLink settles one link; a nil list asks for no report.
func (s *Site) followLink(p *Page, l *markdown.Link, pos diag.Pos, diags *diag.List) {
	if diags == nil {
		diags = &diag.List{}
	}
	d, problem := s.resolve(p, l)
	switch {
	case problem != nil && len(d.routes) > 0:
		s.pending = append(s.pending, pending{p, l, pos, d.routes, problem})
	case problem != nil:
		diags.Report(problem.code, pos, problem.hint, "%s", problem.message)
	case d.none() && !strings.Contains(l.Dest, "{{"):
		diags.Report(diag.HeldBack, pos, "", "the link becomes its text, since \"%s\" is not public", l.Dest)
	case l.Image && d.url != "":
		s.remoteImage(p, pos, d.url, diags)
	}
	p.destinations[linkKey{l.Dest, l.Image}] = d
}

// Confirm settles the links to what publish generates, by asking whether the
// route table has an address. It is called once, before anything is rendered.
func (s *Site) Confirm(exists func(route string) bool) diag.List {
	s.exists = exists
	var diags diag.List
	for _, w := range s.pending {
		i := slices.IndexFunc(w.routes, exists)
		if i < 0 {
			if (w.page != s.frame || w.pos.File != "") && !w.page.apart {
				diags.Report(w.fault.code, w.pos, w.fault.hint, "%s", w.fault.message)
			}
			continue
		}
		key := linkKey{w.link.Dest, w.link.Image}
		d := w.page.destinations[key]
		d.route = w.routes[i]
		w.page.destinations[key] = d
	}
	s.Menu, s.Navigation = s.settleFrame(s.Menu), s.settleFrame(s.Navigation)
	return diags
}

// proseOf lists the texts of a front matter that may hold links.
func proseOf(m *postmortem.Postmortem) []postmortem.Text {
	var texts []postmortem.Text
	add := func(text string, pos diag.Pos) {
		if strings.ContainsAny(text, "[<") || strings.Contains(text, "://") || strings.Contains(text, "www.") {
			texts = append(texts, postmortem.Text{Text: text, Pos: pos})
		}
	}
	field := func(name string) diag.Pos {
		for _, f := range m.Fields {
			if f.Name == name {
				return f.Pos
			}
		}
		return diag.Pos{}
	}
	add(m.Summary, field("summary"))
	add(m.Workaround, field("workaround"))
	for _, e := range m.Timeline {
		if e.Span.Block == 0 {
			add(e.Text, e.Pos)
		}
	}
	for _, i := range m.Impacts {
		add(i.Text, i.Pos)
	}
	for _, c := range m.Causes {
		add(c.Text, c.Pos)
	}
	for _, c := range m.Countermeasures {
		if c.Span.Block == 0 {
			add(c.Text, c.Pos)
		}
	}
	for _, c := range m.Communications {
		add(c.Text, c.Pos)
	}
	for _, u := range m.Updates {
		add(u.Text, u.Pos)
	}
	for _, l := range slices.Concat(m.Lessons.Well, m.Lessons.Wrong, m.Lessons.Lucky) {
		add(l, field("lessons"))
	}
	return texts
}

var plainHost = regexp.MustCompile(`^[A-Za-z0-9.-]+(:[0-9]+)?$`)

// remoteImage says that a page shows an image of another host.
func (s *Site) remoteImage(p *Page, pos diag.Pos, address string, diags *diag.List) {
	if host := p.showFrom(address); host != "" {
		diags.Report(diag.ImageRemote, pos, "copy it beside the text: readers' addresses then stay here, and the image stays when the other site goes",
			"the image is shown from \"%s\"", host)
	}
}

// showFrom notes the host from which a page shows an image, and gives it.
func (p *Page) showFrom(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	// The host goes into the page's policy: only a plain name may.
	if origin := u.Scheme + "://" + u.Host; plainHost.MatchString(u.Host) && !slices.Contains(p.ImageHosts, origin) {
		p.ImageHosts = append(p.ImageHosts, origin)
	}
	return u.Host
}

// passUnused lists the files that no public page refers to.
func (s *Site) passUnused() {
	var unused []content.Skipped
	for name := range s.folder.Files {
		if s.assets[name] == nil {
			unused = append(unused, content.Skipped{Path: name, Reason: "no published page refers to it"})
		}
	}
	slices.SortFunc(unused, func(a, b content.Skipped) int { return strings.Compare(a.Path, b.Path) })
	s.Passed = append(s.Passed, unused...)
}
