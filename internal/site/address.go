package site

import (
	"cmp"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/diag"
	"publish/internal/postmortem"
	"publish/internal/route"
)

// identify gives every page its id: the author's, else the file's name (or its
// folder's, for an index). A name without a full date ("post-mortem.md") may
// stand in many folders; there the path is the id. It depends on the file
// alone, so that no other report can ever change it.
func (s *Site) identify(diags *diag.List) {
	byID := make(map[string]*Page, len(s.folder.Documents))
	for _, p := range slices.Backward(slices.Concat(s.public(), s.Tombstones)) { // the older keeps it
		if p.Original != nil {
			continue
		}
		if p.ID = p.Head.ID; p.ID == "" {
			p.ID = fileID(p.Document.Path, s.root)
		}
		other := byID[p.ID]
		switch {
		case other == nil:
			byID[p.ID] = p
		case p.Head.ID != "":
			diags.Report(diag.FieldDuplicate, s.place(p), "give every postmortem an id of its own",
				"the id \"%s\" is also that of \"%s\"", p.ID, other.Document.Path)
		default:
			p.ID = pathID(p.Document.Path, s.root)
		}
	}
	for _, p := range slices.Concat(s.Translations, s.Tombstones) {
		if p.Original != nil {
			p.ID = p.Original.ID
		}
	}
}

// place is where a diagnostic about a document as a whole points.
func (s *Site) place(p *Page) diag.Pos { return diag.Pos{File: p.Document.Path, Line: 1, Column: 1} }

// datePrefix is how much of a name is a full date at its beginning: 2021-4-29.
func datePrefix(name string) int {
	at := 0
	for i, most := range []int{4, 2, 2} {
		digits := 0
		for digits < most && at < len(name) && name[at] >= '0' && name[at] <= '9' {
			digits, at = digits+1, at+1
		}
		switch {
		case digits == 0 || i == 0 && digits < most:
			return 0
		case i == 2:
			return at
		case at == len(name) || name[at] != '-':
			return 0
		}
		at++
	}
	return at
}

// fileID is the id that a file's name gives.
func fileID(file, root string) string {
	id := pathID(file, root)
	if name := path.Base(id); datePrefix(name) > 0 {
		return name
	}
	return id
}

// pathID is a file's path from the content folder without its extensions; of
// an index, its folder's.
func pathID(file, root string) string {
	stem := content.Stem(strings.TrimPrefix(file, root+"/"))
	if lower := strings.ToLower(path.Base(stem)); (lower == "index" || lower == "readme" || lower == "_index") && path.Dir(stem) != "." {
		return path.Dir(stem)
	}
	return stem
}

// address gives every page its route. Pages whose address cannot be are taken
// out, so that nothing links to them: a build stops at their errors, or goes on
// without them.
func (s *Site) address(diags *diag.List) {
	faulty := map[*Page]bool{}
	all := slices.Concat(s.Posts, s.Pages, s.Tombstones, s.Translations)
	slices.SortStableFunc(all, func(a, b *Page) int { return isTranslation(a) - isTranslation(b) })
	for _, p := range all {
		s.slug(p)
		r, bare := s.claim(p)
		p.Path = r
		if bare {
			s.Links.bare[r] = true
		}
		other := s.byPath[r]
		switch {
		case s.reportFault(p, diags), s.reportTwin(p, diags):
			faulty[p] = true
		case other != nil:
			faulty[p], faulty[other] = true, true
			s.reportClash(p, other, diags)
			s.reportClash(other, p, diags)
		default:
			s.byPath[r] = p
		}
	}
	for _, p := range s.Translations {
		faulty[p] = faulty[p] || faulty[p.Original]
	}
	maps.DeleteFunc(faulty, func(_ *Page, is bool) bool { return !is })
	for _, pages := range []*[]*Page{&s.Posts, &s.Pages, &s.Tombstones, &s.Translations} {
		*pages = slices.DeleteFunc(*pages, func(p *Page) bool { return faulty[p] })
	}
	for p := range faulty {
		if s.byPath[p.Path] == p {
			delete(s.byPath, p.Path)
		}
	}
	if home := s.byPath["/"]; home != nil && home.Kind == postmortem.KindPage {
		s.Home, s.HomeBelow = home, s.folder.OnlyPostmortems
		s.Pages = slices.DeleteFunc(s.Pages, func(p *Page) bool { return p == home })
	}
}

// isTranslation is 1 for a translation: its address is that of its original.
func isTranslation(p *Page) int {
	if p.Original != nil {
		return 1
	}
	return 0
}

// reportFault says why an address cannot be, if it cannot.
func (s *Site) reportFault(p *Page, diags *diag.List) bool {
	if unknown := unknownPlaceholder(p.Path); unknown != "" && strings.Contains(p.Head.Permalink, unknown) {
		diags.Report(diag.URLInvalid, s.place(p), "the placeholders are :"+strings.Join(config.Placeholders, ", :"),
			"`permalink` holds %q, which stands for nothing", unknown)
		return true
	}
	if meansMore(p.Path) {
		diags.Report(diag.URLInvalid, s.place(p), "give it another `slug` or `permalink`", "the address %q %s", p.Path, hiddenName)
		return true
	}
	if fault := route.Fault(p.Path); fault != "" {
		diags.Report(diag.URLInvalid, s.place(p), "give it another `slug` or `permalink`",
			"the address %q cannot be written on every disk: %s", p.Path, fault)
		return true
	}
	return false
}

// reportClash is said of both pages, so that a build that goes on leaves both
// out: whichever was kept, its readers might take it for the other.
func (s *Site) reportClash(p, other *Page, diags *diag.List) {
	if p.Original != nil && p.Original == other.Original && p.Lang == other.Lang {
		diags.Report(diag.TranslationClash, s.place(p), "remove one of the two",
			"\"%s\" is the same text in the same language (%s)", other.Document.Path, p.Lang)
		return
	}
	if p.Document.Path == other.Document.Path { // two files, whose names differ in their Unicode form
		diags.Report(diag.URLCollision, s.place(p), "rename one of the two, or remove it", "another file of this name wants the address %s too", p.Path)
		return
	}
	diags.Report(diag.URLCollision, s.place(p), "give one of them another `slug` or `permalink`",
		"\"%s\" wants the address %s too", other.Document.Path, p.Path)
}

// slug names a page for its address. A file or folder whose name is only a date
// takes it from the title, since the address has the date already.
func (s *Site) slug(p *Page) {
	stem := p.Stem
	if datePrefix(stem) == len(stem) {
		stem = ""
	}
	p.Slug = ""
	for _, name := range []string{p.Head.Slug, stem, p.Title, p.ID} {
		if p.Slug == "" {
			p.Slug = Slug(name)
		}
	}
}

// claimAliases settles the old addresses that pages claim. One that another
// page has or claims is an error of the page that claims it.
func (s *Site) claimAliases(diags *diag.List) {
	byFrom, folded := map[string]*Page{}, s.foldedPaths()
	for _, p := range slices.Concat(s.public(), s.Tombstones) {
		for _, alias := range p.Head.Aliases {
			from := s.aliasRoute(alias.Text)
			other := cmp.Or(byFrom[from], s.byPath[from])
			switch {
			case other == p:
			case other != nil:
				diags.Report(diag.URLCollision, alias.Pos, "remove the alias from one of them",
					"the alias %s is already an address of \"%s\"", from, other.Document.Path)
			case folded(from) != nil:
				diags.Report(diag.PageReplaced, alias.Pos, "remove the alias",
					"no page is made for the alias %s: it differs from the address %s by upper and lower case alone, and on many disks both are one file", from, folded(from).Path)
			case meansMore(from):
				diags.Report(diag.URLInvalid, alias.Pos, "a page has no such address; remove it", "the alias %q %s", from, hiddenName)
			case route.Fault(from) != "":
				diags.Report(diag.URLInvalid, alias.Pos, "write it as it stood in the address bar, without the host",
					"the alias %q cannot be written on every disk: %s", from, route.Fault(from))
			default:
				byFrom[from] = p
				s.Redirects = append(s.Redirects, Redirect{From: from, To: p})
			}
		}
	}
	slices.SortFunc(s.Redirects, func(a, b Redirect) int { return strings.Compare(a.From, b.From) })
}

// foldedPaths finds a page by its address in any case. The addresses are made
// ready when the first is asked for: most sites have no aliases.
func (s *Site) foldedPaths() func(route string) *Page {
	byLower := sync.OnceValue(func() map[string]*Page {
		all := make(map[string]*Page, len(s.byPath))
		for route, p := range s.byPath {
			all[strings.ToLower(route)] = p
		}
		return all
	})
	return func(route string) *Page { return byLower()[strings.ToLower(route)] }
}

const hiddenName = "names a hidden file, or one that a host reads as its settings"

// meansMore says that an address means more than a page to a host or to git:
// that of a hidden file or folder, of settings. Only static/ may have such files.
func meansMore(route string) bool {
	first := true
	for name := range strings.SplitSeq(strings.Trim(route, "/"), "/") {
		if strings.HasPrefix(name, ".") && (!first || name != ".well-known") {
			return true
		}
		first = false
	}
	return !strings.HasSuffix(route, "/") && hostFiles[strings.ToLower(strings.TrimPrefix(route, "/"))]
}

// hostFiles are the names, at the top of a site, of what hosts, and programs
// that trust them, read as settings of the site: GitHub Pages, Netlify,
// Cloudflare, Vercel, Azure, Firebase, IIS, advertisers and makers of phones.
var hostFiles = map[string]bool{
	"cname": true, "_headers": true, "_redirects": true, "_routes.json": true, "_worker.js": true, "netlify.toml": true, "wrangler.toml": true,
	"vercel.json": true, "now.json": true, "firebase.json": true, "staticwebapp.config.json": true, "web.config": true,
	"ads.txt": true, "app-ads.txt": true, "security.txt": true, "apple-app-site-association": true,
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
