package check

import (
	"bytes"
	"context"
	"errors"
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"publish/internal/diag"
	"publish/internal/route"
	"publish/internal/site"
)

// rendered is what a page's HTML says: the places in it and where it leads.
type rendered struct {
	ids   map[string]bool
	links []string
	diags diag.List
}

// render renders every route but pictures, as a build would.
func (in Input) render(ctx context.Context) []rendered {
	routes := in.Table.All()
	results := make([]rendered, len(routes))
	in.each(ctx, len(routes), func(i int) { results[i] = in.read(routes[i]) })
	return results
}

// pages follows what the HTML pages refer to inside the site. Links that authors wrote
// were followed in the model; this finds what layouts do wrong.
func pages(_ context.Context, in Input) diag.List {
	routes, results := in.Table.All(), in.rendered
	byPath := make(map[string]*rendered, len(routes))
	for i, r := range routes {
		byPath[r.Path] = &results[i]
	}
	base := in.Site.Links.BasePath()
	var list diag.List
	for i, r := range routes {
		list = append(list, results[i].diags...)
		for _, link := range results[i].links {
			if message, code := follow(in.Table, byPath, base, r.Path, link); message != "" {
				list.Report(code, in.place(r), "a layout writes this link: ask the page's URL functions for it",
					"the page %s links to \"%s\", %s", r.Path, link, message)
			}
		}
	}
	return list
}

// read renders one route and, of HTML, collects ids and links.
func (in Input) read(r *route.Route) (out rendered) {
	if r.Drawn {
		return out
	}
	var b bytes.Buffer
	if err := r.Write(&b); err != nil {
		if list := (*diag.ErrorList)(nil); errors.As(err, &list) {
			out.diags = list.List
			for i := range out.diags {
				if d := &out.diags[i]; d.File == r.Source {
					d.File = in.place(r).File
				}
			}
		} else {
			out.diags.Report(diag.TemplateError, in.place(r), "", "the page %s cannot be made: %v", r.Path, err)
		}
		return out
	}
	if !strings.HasPrefix(r.MediaType(), "text/html") {
		return out
	}
	if page := in.Site.PageOf(r.Source); page != nil && page.Path == r.Path && bytes.Contains(b.Bytes(), []byte("](")) {
		out.diags = in.Site.Unmade(page)
	}
	out.ids = map[string]bool{}
	seen := map[string]bool{}
	tokens := html.NewTokenizer(&b)
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return out
		case html.StartTagToken, html.SelfClosingTagToken:
			for {
				key, value, more := tokens.TagAttr()
				switch string(key) {
				case "id":
					out.ids[string(value)] = true
				case "href", "xlink:href", "src":
					if link := string(value); !seen[link] {
						seen[link] = true
						out.links = append(out.links, link)
					}
				}
				if !more {
					break
				}
			}
		}
	}
}

// place is the file that a route was made from; nowhere for what publish
// generates, whose Source is words, and for the theme's own files.
func (in Input) place(r *route.Route) diag.Pos {
	asset := func(a *site.Asset) bool { return a.Path == r.Source }
	tombstone := func(p *site.Page) bool { return p.Document.Path == r.Source }
	if in.Site.PageOf(r.Source) != nil || slices.ContainsFunc(in.Site.Tombstones, tombstone) || slices.ContainsFunc(in.Site.Assets, asset) {
		return diag.Pos{File: r.Source}
	}
	return diag.Pos{}
}

// follow says why a link of the page at from leads nowhere; "" if it is well
// or leads to another site.
func follow(table *route.Table, pages map[string]*rendered, base, from, link string) (string, diag.Code) {
	u, err := url.Parse(link)
	if err != nil {
		return "which is no address", diag.LinkBroken
	}
	if u.Scheme != "" || u.Host != "" {
		return "", ""
	}
	target := from
	if strings.HasPrefix(u.Path, "/") {
		rest, ok := strings.CutPrefix(u.Path, base)
		if !ok {
			return "which is outside the site's base path " + base, diag.LinkBroken
		}
		target = "/" + rest
	} else if u.Path != "" {
		target = path.Join(path.Dir(from+"x"), u.Path)
		if strings.HasSuffix(u.Path, "/") || u.Path == "." || u.Path == ".." {
			target = strings.TrimSuffix(target, "/") + "/"
		}
	}
	target = strings.TrimSuffix(target, "index.html")
	if target == "" {
		target = "/"
	}
	if table.Get(target) == nil && table.Get(target+".html") != nil {
		target += ".html"
	}
	if table.Get(target) == nil {
		return "which does not exist", diag.LinkBroken
	}
	if page := pages[target]; u.Fragment != "" && page.ids != nil && !page.ids[u.Fragment] {
		return "where there is no such place", diag.AnchorMissing
	}
	return "", ""
}
