package render

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"time"

	"publish/internal/postmortem"
	"publish/internal/route"
	"publish/internal/site"
)

// maxSitemap is how many addresses one sitemap may hold (sitemaps.org 0.9).
const maxSitemap = 50_000

const (
	sitemapNamespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
	xhtmlNamespace   = "http://www.w3.org/1999/xhtml"
)

// sitemapEntry is one address; Modified is empty where nobody declared it.
type sitemapEntry struct {
	Address  string        `xml:"loc"`
	Modified string        `xml:"lastmod,omitempty"`
	Versions []sitemapLink `xml:"xhtml:link"`
}

// sitemapLink is the page in a language, as Google's extension has it: each
// version lists all of them, itself too.
type sitemapLink struct {
	Rel      string `xml:"rel,attr"`
	Language string `xml:"hreflang,attr"`
	Address  string `xml:"href,attr"`
}

// sitemaps gives /sitemap.xml: the addresses themselves, or an index of
// numbered sitemaps where they are more than one may hold.
func (b *builder) sitemaps(limit int) []planned {
	s := b.site
	overviews := b.overviews()
	entries := func() []sitemapEntry { return sitemapEntries(s, overviews) }
	if 2+len(s.Posts)+len(s.Pages)+len(s.Translations)+len(overviews) <= limit { // all of them, if none is left out
		return []planned{{sitemapRoute("/sitemap.xml", "urlset", "url", entries), func(h *route.Hash) { b.addSitemap(h, overviews) }}}
	}
	var routes []planned
	var index []sitemapEntry
	add := func(path, root, element string, list []sitemapEntry) {
		routes = append(routes, planned{sitemapRoute(path, root, element, func() []sitemapEntry { return list }), func(h *route.Hash) {
			for _, e := range list {
				h.Add(e.Address, e.Modified)
				for _, v := range e.Versions {
					h.Add(v.Language, v.Address)
				}
			}
		}})
	}
	all := entries()
	if len(all) <= limit {
		add("/sitemap.xml", "urlset", "url", all)
		return routes
	}
	for part := range slices.Chunk(all, limit) {
		path := fmt.Sprintf("/sitemap-%d.xml", len(routes)+1)
		add(path, "urlset", "url", part)
		index = append(index, sitemapEntry{Address: s.Links.Absolute(path)})
	}
	add("/sitemap.xml", "sitemapindex", "sitemap", index)
	return routes
}

func sitemapRoute(path, root, element string, entries func() []sitemapEntry) *route.Route {
	return &route.Route{Path: path, Source: "sitemap", Render: func(w io.Writer) error {
		return writeSitemap(w, root, element, entries())
	}}
}

func writeSitemap(w io.Writer, root, element string, entries []sitemapEntry) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", " ")
	start := xml.StartElement{Name: xml.Name{Local: root}, Attr: []xml.Attr{{Name: xml.Name{Local: "xmlns"}, Value: sitemapNamespace}}}
	if slices.ContainsFunc(entries, func(e sitemapEntry) bool { return len(e.Versions) > 0 }) {
		start.Attr = append(start.Attr, xml.Attr{Name: xml.Name{Local: "xmlns:xhtml"}, Value: xhtmlNamespace})
	}
	if err := enc.EncodeToken(start); err != nil {
		return err
	}
	for _, e := range entries {
		if err := enc.EncodeElement(e, xml.StartElement{Name: xml.Name{Local: element}}); err != nil {
			return err
		}
	}
	if err := enc.EncodeToken(start.End()); err != nil {
		return err
	}
	if err := enc.Close(); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// sitemapEntries lists what search engines should know: home page, posts,
// pages, overviews. What is shown only as a preview, and pages whose canonical
// address is elsewhere, are left out.
func sitemapEntries(s *site.Site, overviews []string) []sitemapEntry {
	var entries []sitemapEntry
	seen := map[string]bool{}
	add := func(path, modified string) {
		if address := s.Links.Absolute(path); !seen[address] {
			seen[address] = true
			entries = append(entries, sitemapEntry{Address: address, Modified: modified})
		}
	}
	addPage := func(p *site.Page) {
		address := s.Links.Absolute(p.Path)
		if p.Preview != "" || p.Head.CanonicalURL != "" && p.Head.CanonicalURL != address {
			seen[address] = true // nor as an overview, whose place the page takes
			return
		}
		add(p.Path, lastModified(s, p))
		if n := len(entries) - 1; n >= 0 && entries[n].Address == address {
			entries[n].Versions = sitemapLinks(s, p)
		}
	}
	if s.Home != nil {
		addPage(s.Home)
	}
	add("/", "")
	for _, p := range slices.Concat(s.Posts, s.Pages, s.Translations) {
		addPage(p)
	}
	for _, path := range overviews {
		add(path, "")
	}
	return entries
}

// sitemapLinks are the versions of a page in all languages.
func sitemapLinks(s *site.Site, p *site.Page) []sitemapLink {
	whole := p.Whole()
	if len(whole.Translations) == 0 {
		return nil
	}
	address := s.Links.Absolute(whole.Path)
	links := []sitemapLink{
		{"alternate", "x-default", address}, {"alternate", cmp.Or(whole.Lang, s.Language), address},
	}
	for _, t := range whole.Translations {
		links = append(links, sitemapLink{"alternate", t.Lang, s.Links.Absolute(t.Path)})
	}
	return links
}

// overviews are the lists that publish makes, without the further pages of
// long ones.
func (b *builder) overviews() []string {
	s := b.site
	paths := []string{"/archive/"}
	if wants(s, "feeds") {
		paths = append(paths, "/feeds/")
	}
	if wants(s, "search") {
		paths = append(paths, searchPath)
	}
	if b.promises {
		paths = append(paths, registerPath)
	}
	if s.HasInsights() {
		paths = append(paths, "/insights/")
	}
	if len(b.providers) > 0 {
		paths = append(paths, "/providers/")
	}
	for _, group := range []struct {
		index string
		terms []*site.Term
	}{
		{"", s.Years}, {"/services/", s.Services}, {"/severity/", s.Severities}, {"/tags/", s.Tags},
	} {
		if group.index != "" && len(group.terms) > 0 {
			paths = append(paths, group.index)
		}
		for _, t := range group.terms {
			paths = append(paths, t.Path)
		}
	}
	for _, lang := range s.Languages {
		if path := s.HomeIn(lang); path != "/" {
			paths = append(paths, path)
		}
	}
	return paths
}

// lastModified is the day or instant that the author declares, in W3C's form.
func lastModified(s *site.Site, p *site.Page) string {
	m := p.Updated
	if !m.Known() {
		m = p.Published
	}
	switch {
	case !m.Known():
		return ""
	case m.Precision == postmortem.Day:
		return m.DateString()
	}
	return m.Instant(s.Config.Timezone).Format(time.RFC3339)
}

// robots lets everybody read a public site and nobody an internal one.
func robots(s *site.Site) []byte {
	if s.Options.Internal {
		return []byte("User-agent: *\nDisallow: /\n")
	}
	text := "User-agent: *\nAllow: /\n"
	if address := s.Links.Absolute("/sitemap.xml"); address != "" {
		text += "\nSitemap: " + address + "\n"
	}
	return []byte(text)
}
