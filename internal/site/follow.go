package site

import (
	"iter"
	"maps"
	"net/url"
	"slices"
	"strings"

	"publish/internal/content"
	"publish/internal/diag"
	"publish/internal/markdown"
	"publish/internal/pattern"
)

// pending is a link that names no file and no page: it may lead to something
// that publish generates.
type pending struct {
	page  *Page
	link  *markdown.Link
	fault *problem // what to say if none of its routes exists
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
	s.followFrame(s.Menu, diags)
	s.followFrame(s.Navigation, nil)
	s.frame.destinations.sort()
	s.takeLogo(diags)
	s.Assets = byRoute(s.assets)
	s.doubtAssets(diags)
	s.taking = nil
	for _, p := range s.broken {
		s.followPage(p, diags)
	}
}

func byRoute(assets map[string]*Asset) []*Asset {
	return slices.SortedFunc(maps.Values(assets), func(a, b *Asset) int { return strings.Compare(a.Route, b.Route) })
}

func (s *Site) followPage(p *Page, diags *diag.List) {
	p.destinations = make(destinations, 0, len(p.links)+len(p.MatterLinks))
	for l := range linksOf(p) {
		s.followLink(p, l, diags)
	}
	p.destinations.sort()
	p.links = nil
}

// linksOf yields the links of a page's text and of the texts in its front matter.
func linksOf(p *Page) iter.Seq[*markdown.Link] {
	return func(yield func(*markdown.Link) bool) {
		for _, links := range [][]markdown.Link{p.links, p.MatterLinks} {
			for i := range links {
				if !yield(&links[i]) {
					return
				}
			}
		}
	}
}

func (s *Site) followFrame(links []Link, diags *diag.List) {
	for _, l := range links {
		if l.link != nil {
			s.followLink(s.frame, l.link, diags)
		}
		s.followFrame(l.Items, diags)
	}
}

// followLink settles one link; a nil list asks for no report.
func (s *Site) followLink(p *Page, l *markdown.Link, diags *diag.List) {
	if diags == nil {
		diags = &diag.List{}
	}
	d, problem := s.resolve(p, l)
	switch {
	case problem != nil && len(problem.routes) > 0:
		s.pending = append(s.pending, pending{p, l, problem})
	case problem != nil:
		diags.Report(problem.code, l.Pos, problem.hint, "%s", problem.message)
	case d.none() && !strings.Contains(l.Dest, "{{"):
		diags.Report(diag.HeldBack, l.Pos, "", "the link becomes its text, since \"%s\" is not public", l.Dest)
	case l.Image && d.url != "":
		s.remoteImage(p, l.Pos, d.url, diags)
	}
	p.destinations.add(l, d)
}

// Confirm settles the links to what publish generates, by asking whether the
// route table has an address. It is called once, before anything is rendered.
func (s *Site) Confirm(exists func(route string) bool) diag.List {
	s.exists = exists
	var diags diag.List
	for _, w := range s.pending {
		if i := slices.IndexFunc(w.fault.routes, exists); i >= 0 {
			w.page.destinations.find(w.link).route = w.fault.routes[i]
		} else if (w.page != s.frame || w.link.Pos.File != "") && !w.page.apart {
			diags.Report(w.fault.code, w.link.Pos, w.fault.hint, "%s", w.fault.message)
		}
	}
	s.Menu, s.Navigation = s.settleFrame(s.Menu), s.settleFrame(s.Navigation)
	return diags
}

var plainHost = pattern.New(`^[A-Za-z0-9.-]+(:[0-9]+)?$`)

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
