package site

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"publish/internal/content"
	"publish/internal/diag"
	"publish/internal/markdown"
)

// problem says why a link leads nowhere.
type problem struct {
	code          diag.Code
	message, hint string
	routes        []string // of something generated, that the link may mean, in this order
}

// schemes are the ones that may stand in a page (DESIGN.md §5).
var schemes = map[string]bool{"http": true, "https": true, "mailto": true, "tel": true}

// resolve finds where a link of page p leads.
func (s *Site) resolve(p *Page, l *markdown.Link) (destination, *problem) {
	dest := strings.TrimSpace(l.Dest)
	if strings.HasPrefix(dest, "//") {
		dest = "https:" + dest
	}
	if name, ok := strings.CutPrefix(dest, "post_url:"); ok {
		name, suffix := splitSuffix(name)
		d, problem := s.resolvePostURL(name)
		if problem != nil {
			return destination{}, problem
		}
		d.page, d.suffix = p.orItself(d.page), suffix
		return d, s.checkAnchor(d)
	}
	dest = strings.TrimPrefix(dest, "link:")
	if scheme := schemeOf(dest); scheme != "" {
		if !schemes[scheme] {
			return destination{}, &problem{code: diag.LinkBroken,
				message: "a link with the scheme \"" + scheme + ":\" is not published", hint: "use http, https, mailto or tel"}
		}
		if strings.HasPrefix(scheme, "http") && !namesHost(dest) {
			return destination{}, &problem{code: diag.LinkBroken,
				message: "the address \"" + dest + "\" names no host", hint: "write it as https://example.org/page"}
		}
		return destination{url: dest}, nil
	}
	file, suffix := splitSuffix(dest)
	d, problem := s.resolveFile(p, file, l.Image)
	d.page, d.suffix = p.orItself(d.page), suffix
	if problem != nil {
		return d, problem
	}
	if own := d; d.page != nil {
		if own.page = p.inOwnTongue(d.page); s.checkAnchor(own) == nil {
			return own, nil // else the place is in the original
		}
	}
	if problem = s.checkAnchor(d); problem != nil {
		d.suffix = "" // the page is there, the place in it is not
		if d.page == p {
			d.page = nil
		}
	}
	return d, problem
}

// orItself gives the page that a link of p leads to: p itself where that is
// the page in the model for which p stands.
func (p *Page) orItself(other *Page) *Page {
	if other != nil && other == p.former {
		return p
	}
	return other
}

// schemeOf gives the lower-case scheme of an absolute URL, or "". A name with
// a colon in it ("12:30.png") is no scheme, since schemes begin with a letter,
// and a single letter is a drive.
func schemeOf(dest string) string {
	before, _, ok := strings.Cut(dest, ":")
	if !ok || len(before) < 2 {
		return ""
	}
	for i, r := range strings.ToLower(before) {
		letter := r >= 'a' && r <= 'z'
		if !letter && (i == 0 || !strings.ContainsRune("0123456789+-.", r)) {
			return ""
		}
	}
	return strings.ToLower(before)
}

// namesHost says whether an address with a scheme has its host where it is
// looked for. A browser finds one in "https:example.org" and in
// "https:///example.org" too (WHATWG URL, "special authority slashes state"),
// where neither the checks nor the page's policy would see it.
func namesHost(address string) bool {
	u, err := url.Parse(address)
	return err != nil || u.Host != ""
}

// splitSuffix cuts a destination before its query or fragment.
func splitSuffix(dest string) (file, suffix string) {
	i := strings.IndexAny(dest, "?#")
	if i < 0 {
		return dest, ""
	}
	u, err := url.Parse(dest[i:])
	if err != nil {
		return dest[:i], ""
	}
	return dest[:i], u.String()
}

// resolvePostURL finds the post that Jekyll's post_url names: its file's name
// without the ending, after its folder below _posts if it has one.
func (s *Site) resolvePostURL(name string) (destination, *problem) {
	name = content.Stem(strings.TrimPrefix(strings.TrimSpace(name), "/"))
	if p, ok := s.byPost[name]; ok {
		return destination{page: p}, nil
	}
	return destination{}, &problem{code: diag.LinkBroken,
		message: "there is no post \"" + name + "\"", hint: "name the file as it stands in _posts, without its ending"}
}

// index prepares what links are looked up in.
func (s *Site) index() {
	for _, d := range slices.Backward(s.folder.Documents) {
		p, ok := s.byFile[d.Path]
		if !ok {
			continue
		}
		stem := content.Stem(d.Path)
		s.byPost[path.Base(stem)] = p
		if _, below, ok := strings.Cut(stem, "_posts/"); ok {
			s.byPost[below] = p
		}
		if before, below, ok := strings.Cut(stem, "_posts/"); ok {
			s.byPost[before+below] = p
		}
	}
	s.names = new(names)
	s.passed = map[string]bool{}
	for _, p := range s.Passed {
		s.passed[p.Path] = true
		for dir := path.Dir(p.Path); dir != "." && !s.passed[dir+"/"]; dir = path.Dir(dir) {
			s.passed[dir+"/"] = true // something below it was passed over
		}
	}
}

// resolveFile finds a path: a file beside the text, in the content folder or in
// the site folder, or an address of the site.
func (s *Site) resolveFile(p *Page, file string, image bool) (destination, *problem) {
	if file == "" {
		return destination{page: p}, nil
	}
	plain := norm.NFC.String(unescape(file))
	var room [4]string
	candidates := s.candidates(room[:0], p, plain)
	for _, candidate := range candidates {
		if p.apart && candidate == p.Document.Path && !image {
			return destination{page: p}, nil
		}
		if d, ok := s.lookUp(candidate, image); ok {
			return d, nil
		}
	}
	address := cleanRoute(plain)
	if !strings.HasPrefix(plain, "/") {
		address = cleanRoute(dirOf(p.Path) + plain)
	}
	routes := s.routesOf(address)
	for _, route := range routes {
		if page := s.byPath[route]; page != nil {
			return destination{page: page}, nil
		}
	}
	for _, candidate := range candidates {
		if s.passedOver(candidate) {
			return destination{}, nil
		}
	}
	if s.Jekyll && strings.Contains(file, "{{") {
		return destination{}, nil // said where the tag stands
	}
	missing := &problem{diag.LinkBroken, "there is no file or page \"" + file + "\"", "a link names a file, as seen from this one; until then the page shows only its text", routes}
	if image {
		missing = &problem{diag.AssetMissing, "there is no file \"" + file + "\"", "put the image there, or correct the path; until then the page shows its alternative text", routes}
	}
	for _, candidate := range candidates {
		if f := s.folder.File(candidate); f != nil && s.refused(f) != "" {
			missing.message, missing.hint = "the file \""+f.Path+"\" is not published: "+s.refused(f), "a file of `static/` is; until then the page shows only the text"
			return destination{}, missing
		}
	}
	if near := s.near(plain, candidates); near != "" {
		missing.hint = "did you mean \"" + near + "\"?"
	}
	return destination{}, missing
}

// unescape undoes percent-encoding where it is valid.
func unescape(file string) string {
	if plain, err := url.PathUnescape(file); err == nil {
		return plain
	}
	return file
}

// candidates adds the files, from the site folder, that a path may mean.
func (s *Site) candidates(names []string, p *Page, file string) []string {
	if rooted, ok := strings.CutPrefix(file, "/"); ok {
		names = append(names, path.Join(s.root, rooted), path.Clean(rooted))
		if below, ok := strings.CutPrefix(file, s.Links.BasePath()); ok && below != rooted {
			names = append(names, path.Join(s.root, below), path.Clean(below))
		}
		return names
	}
	joined := path.Join(path.Dir(p.Document.Path), file)
	// Jekyll's {% link %} and many authors count from the site folder.
	return append(names, joined, path.Clean(file))
}

// lookUp finds a document or another file by its path from the site folder.
func (s *Site) lookUp(file string, image bool) (destination, bool) {
	if strings.HasPrefix(file, "../") || file == ".." {
		return destination{}, false
	}
	if !image {
		if page, ok := s.byFile[file]; ok {
			return destination{page: page}, true // nil: held back
		}
		for _, name := range []string{"index.md", "README.md"} {
			if page, ok := s.byFile[path.Join(file, name)]; ok {
				return destination{page: page}, true
			}
		}
		// Authors also write a text's name without its ending, or with the one
		// that it has on the site or had before it was converted.
		if page, ok := s.byStem[content.Stem(file)]; ok && s.folder.File(file) == nil {
			return destination{page: page}, true
		}
	}
	if f := s.folder.File(file); f != nil && s.refused(f) == "" {
		if s.folder.Leaks(f).HasErrors() {
			s.noteSecret(f)
			return destination{}, true // held back, whatever is built without it
		}
		return destination{asset: s.asset(f)}, true
	}
	return destination{}, false
}

// passedOver says that a file or folder is there and was not published on
// purpose: a link to it becomes its text without a warning.
func (s *Site) passedOver(file string) bool {
	if s.passed[file] || s.passed[file+"/"] {
		return true
	}
	for dir := path.Dir(file); dir != "."; dir = path.Dir(dir) {
		if s.passed[dir] {
			return true
		}
		if dir == "/" || dir == ".." {
			return false
		}
	}
	return false
}

// routesOf are the routes that an address may mean, with or without the path
// under which the site is mounted, with or without its closing slash.
func (s *Site) routesOf(address string) []string {
	routes := []string{address, address + "/", address + ".html", strings.TrimSuffix(address, "index.html")}
	if base := s.Links.BasePath(); base != "/" {
		if below, ok := strings.CutPrefix(address, base); ok {
			below = "/" + below
			routes = append(routes, below, below+"/", below+".html", strings.TrimSuffix(below, "index.html"))
		}
	}
	return routes
}

// checkAnchor says whether a link to a place in a page finds it.
func (s *Site) checkAnchor(d destination) *problem {
	_, fragment, ok := strings.Cut(d.suffix, "#")
	if !ok || fragment == "" || d.page == nil {
		return nil
	}
	id := unescape(fragment)
	// "#top" is the top of every page (HTML, "select the indicated part").
	if d.page.Body().IDs.Has(id) || id == d.page.Body().TitleID || id == "top" {
		return nil
	}
	ids := make([]string, 0, len(d.page.Body().Headings))
	for _, h := range d.page.Body().Headings {
		ids = append(ids, h.ID)
	}
	hint := "the ids of headings are made of their words"
	if near := diag.Nearest(id, ids); near != "" {
		hint = "did you mean \"#" + near + "\"?"
	}
	return &problem{code: diag.AnchorMissing, message: "\"" + d.page.Document.Path + "\" has no place \"#" + id + "\"", hint: hint}
}

// Resolver fills the holes of a page's own HTML.
func (s *Site) Resolver(p *Page) markdown.Resolve {
	return s.resolver(p, true, func(route string) string { return s.Links.Relative(p.Path, route) })
}

// ResolverAbsolute fills the holes with full URLs, for feeds.
func (s *Site) ResolverAbsolute(p *Page) markdown.Resolve {
	return s.resolver(p, false, s.Links.Absolute)
}

// resolver fills the holes with addresses. own says that the HTML stands on its
// own page, within which a fragment is enough.
func (s *Site) resolver(p *Page, own bool, address func(route string) string) markdown.Resolve {
	return func(l *markdown.Link) markdown.Target {
		d := s.destinationOf(p, l)
		switch {
		case d.url != "":
			return markdown.Target{URL: d.url, External: true}
		case d.asset != nil:
			return markdown.Target{URL: address(d.asset.Route) + d.suffix, Width: d.asset.Width, Height: d.asset.Height}
		case d.page == p && own && strings.HasPrefix(d.suffix, "#"):
			return markdown.Target{URL: d.suffix}
		case d.page != nil:
			return markdown.Target{URL: address(d.page.Path) + d.suffix}
		case d.route != "":
			return markdown.Target{URL: address(d.route) + d.suffix}
		}
		return markdown.Target{}
	}
}

// destinationOf is where a link that follow has met leads.
func (s *Site) destinationOf(p *Page, l *markdown.Link) destination {
	if d := p.destinations.find(l); d != nil {
		return *d
	}
	return destination{}
}
