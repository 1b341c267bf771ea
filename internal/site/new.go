package site

import (
	"cmp"
	"slices"
	"strings"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/diag"
)

// New makes the model. The diagnostics are about the site as a whole: clashes,
// links, severities; those of single files came with the folder. Links to what
// publish generates are settled by Confirm, once the route table is known.
func New(cfg *config.Config, folder *content.Folder, o Options) (*Site, diag.List) {
	s := &Site{
		Config: cfg, Options: o, Title: cfg.Title, Language: cmp.Or(cfg.Language, "en"), Jekyll: folder.Jekyll,
		Links:  &Links{base: cfg.BaseURL, portable: o.Portable, bare: map[string]bool{}},
		Passed: slices.Clone(folder.Skipped),
		folder: folder, root: folder.Root, headings: cfg.RoleNames(),
		byFile: map[string]*Page{}, byStem: map[string]*Page{}, byPath: map[string]*Page{}, byPost: map[string]*Page{},
		byName: map[string]map[string]*Term{}, assets: map[string]*Asset{}, aside: map[string]*Asset{},
	}
	var diags diag.List
	s.admit(&diags)
	s.sort()
	s.identify(&diags)
	s.address(&diags)
	s.claimAliases(&diags)
	s.group(&diags)
	s.relate(&diags)
	s.compare()
	s.neighbours()
	s.setFeedIDs()
	s.index()
	s.navigate()
	s.follow(&diags)
	s.preview()
	s.passUnused()
	return s, diags
}

// sort puts posts newest first and pages by path.
func (s *Site) sort() {
	slices.SortStableFunc(s.Posts, func(a, b *Page) int {
		return cmp.Or(s.begins(b.Document, b.Date).Compare(s.begins(a.Document, a.Date)), strings.Compare(b.Document.Path, a.Document.Path))
	})
	slices.SortStableFunc(s.Pages, func(a, b *Page) int { return strings.Compare(a.Document.Path, b.Document.Path) })
}

// public lists every public page: posts, newest first, then the others.
func (s *Site) public() []*Page {
	pages := slices.Concat(s.Posts, s.Pages)
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
