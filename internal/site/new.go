package site

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/diag"
)

// New makes the model. The diagnostics are about the site as a whole: clashes,
// links, severities; those of single files came with the folder. Links to what
// publish generates are settled by Confirm, once the route table is known.
func New(cfg *config.Config, folder *content.Folder, o Options) (*Site, diag.List) {
	n := len(folder.Documents)
	s := &Site{
		Config: cfg, Options: o, Title: cfg.Title, Jekyll: folder.Jekyll,
		Links:  &Links{base: cfg.BaseURL, portable: o.Portable, bare: map[string]bool{}},
		Passed: slices.Clone(folder.Skipped),
		folder: folder, root: folder.Root, headings: cfg.RoleNames(),
		byFile: make(map[string]*Page, n), byStem: make(map[string]*Page, n), byPath: make(map[string]*Page, n), byPost: make(map[string]*Page, n),
		zones: map[string]string{}, located: map[string]*time.Location{},
		byName: map[string]map[string]*Term{}, assets: map[string]*Asset{}, aside: map[string]*Asset{}, secret: map[string]*content.File{},
	}
	for _, z := range cfg.Zones {
		s.zones[z.Abbreviation] = z.Name
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
	s.setFeedIDs(&diags)
	s.tie()
	s.missWords(&diags)
	s.index()
	s.navigate()
	s.follow(&diags)
	s.preview()
	s.passUnused()
	return s, diags
}

// sort puts posts newest first and pages by path.
func (s *Site) sort() {
	for _, p := range s.Posts {
		p.begins = s.begins(p.Document, p.Date)
	}
	slices.SortStableFunc(s.Posts, func(a, b *Page) int {
		return cmp.Or(b.begins.Compare(a.begins), strings.Compare(b.Document.Path, a.Document.Path))
	})
	slices.SortStableFunc(s.Pages, func(a, b *Page) int { return strings.Compare(a.Document.Path, b.Document.Path) })
}

// public lists every public page: posts, newest first, then the others, then
// translations.
func (s *Site) public() []*Page {
	pages := slices.Concat(s.Posts, s.Pages, s.Translations)
	if s.Home != nil {
		pages = append(pages, s.Home)
	}
	return pages
}

// PageAt gives the public page at a route, or nil: a page of the site's own
// takes the place of a generated one.
func (s *Site) PageAt(route string) *Page { return s.byPath[route] }

// PageOf gives the public page of a file, or nil.
func (s *Site) PageOf(file string) *Page { return s.byFile[file] }
