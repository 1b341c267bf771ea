package render

import (
	"slices"
	"strings"

	"publish/internal/locale"
	"publish/internal/route"
	"publish/internal/site"
)

// maxTree is how many links of the tree a page shows. A longer tree shows the
// branch of the page alone, and of a longer list what is near it: a table of a
// thousand reports must not stand on each of them.
const maxTree = 60

// book is the table of contents of SUMMARY.md. It is shown on the pages that
// stand in it and on the home page.
type book struct {
	items  []site.Link
	at     map[string]int // the place in leaves of each route
	leaves []site.Link    // the pages in reading order, each once
	size   int
	key    route.Key
}

func newBook(b *builder) *book {
	t := &book{items: b.site.Navigation, at: map[string]int{}}
	var h route.Hash
	t.add(&h, b, t.items)
	t.key = h.Sum()
	return t
}

func (t *book) add(h *route.Hash, b *builder, items []site.Link) {
	h.Int(len(items))
	for _, l := range items {
		b.addNamed(h, l, b.site.Language)
		for _, lang := range b.site.Languages {
			b.addNamed(h, l, lang)
		}
		t.size++
		if path := routeOf(l); path != "" && !l.External {
			if _, known := t.at[path]; !known && path == l.Path {
				t.at[path] = len(t.leaves)
				t.leaves = append(t.leaves, l)
			}
		}
		t.add(h, b, l.Items)
	}
}

// routeOf is the route that an item leads to, without a fragment.
func routeOf(l site.Link) string {
	path, _, _ := strings.Cut(l.Path, "#")
	return path
}

// shown says whether the page at a route shows the tree.
func (t *book) shown(path string) bool {
	if t == nil || len(t.leaves) < 2 {
		return false
	}
	_, ok := t.at[path]
	return ok || path == "/"
}

// addTree adds the tree to the key of the page at a route.
func (b *builder) addTree(h *route.Hash, path string) {
	h.Bool(b.book.shown(path))
	if b.book.shown(path) {
		h.Key(b.book.key)
	}
}

// navigation is the tree as a page shows it.
func (b *builder) navigation(f *Frame, path string) []TreeItem {
	if !b.book.shown(path) {
		return nil
	}
	return b.branch(f, b.book.items, path, b.words(f.Lang))
}

// branch shows a list of the tree.
func (b *builder) branch(f *Frame, items []site.Link, path string, w words) []TreeItem {
	all := b.book.size <= maxTree
	from, to := 0, len(items)
	if !all && to > maxTree {
		here := max(slices.IndexFunc(items, func(l site.Link) bool { return leadsTo(l, path) }), 0)
		from = max(0, min(here-maxTree/2, to-maxTree))
		to = from + maxTree
	}
	var list []TreeItem
	if from > 0 {
		list = append(list, b.more(f, from, items[from-1], w))
	}
	for _, l := range items[from:to] {
		to := b.named(f, l)
		item := TreeItem{Text: to.Text, URL: to.URL, Lang: to.Lang, Dir: to.Dir, External: to.External, Current: to.Current}
		switch {
		case all || leadsTo(l, path):
			item.Items = b.branch(f, l.Items, path, w)
		case item.URL == "":
			item.URL = f.link(firstOf(l)) // a part that is folded leads to its first page
		}
		list = append(list, item)
	}
	if to < len(items) {
		list = append(list, b.more(f, len(items)-to, items[to], w))
	}
	return list
}

// more stands for items that are left out, and leads to the nearest.
func (b *builder) more(f *Frame, n int, nearest site.Link, w words) TreeItem {
	return TreeItem{Text: w.N("tree_more", n), URL: f.link(firstOf(nearest))}
}

// leadsTo says whether a page stands in an item or below it.
func leadsTo(l site.Link, path string) bool {
	return l.Path == path || slices.ContainsFunc(l.Items, func(l site.Link) bool { return leadsTo(l, path) })
}

// firstOf is where an item leads: what it has no address for, its first item
// does. Site drops items that lead nowhere.
func firstOf(l site.Link) string {
	for l.Path == "" && len(l.Items) > 0 {
		l = l.Items[0]
	}
	return l.Path
}

// beside are the pages before and after a page in the order of the tree.
func (b *builder) beside(f *Frame, path string) (before, after *Link) {
	at, ok := -1, false
	if b.book.shown(path) {
		at, ok = b.book.at[path]
	}
	link := func(i int) *Link {
		if !ok || i < 0 || i >= len(b.book.leaves) {
			return nil
		}
		to := b.named(f, b.book.leaves[i])
		return &to
	}
	return link(at - 1), link(at + 1)
}

// trail is the breadcrumb of a page of the site's own: the pages of the folders
// above it, and itself.
func (b *builder) trail(f *Frame, p *site.Page) []Link {
	links := []Link{{Text: locale.For(p.Lang).T("home"), URL: f.Home}}
	for _, above := range b.above(p) {
		links = append(links, linkTo(f, above))
	}
	here := linkTo(f, p)
	return append(links, Link{Text: here.Text, Lang: here.Lang, Dir: here.Dir, Current: true})
}

// above are the pages whose addresses a page's begins with, the top first.
func (b *builder) above(p *site.Page) []*site.Page {
	var pages []*site.Page
	path := p.Whole().Path
	for i := 1; i < len(path)-1; i++ {
		if path[i] == '/' {
			if other := b.site.PageAt(path[:i+1]); other != nil {
				pages = append(pages, other.In(p.Lang))
			}
		}
	}
	return pages
}
