package render

import (
	"cmp"
	"net/url"
	"strings"

	"publish/internal/postmortem"
	"publish/internal/site"
)

// LinkedData is what a page says of itself in the words of schema.org, for
// <script type="application/ld+json">: a block of data, which no browser runs.
// It holds nothing that the page does not show.
type LinkedData struct {
	Context string `json:"@context"`
	Graph   []any  `json:"@graph"`
}

// linkedArticle is a report, a post or a maintenance.
type linkedArticle struct {
	Type          string         `json:"@type"`
	URL           string         `json:"url,omitempty"`
	MainEntityOf  string         `json:"mainEntityOfPage,omitempty"`
	Identifier    string         `json:"identifier"`
	Headline      string         `json:"headline"`
	Description   string         `json:"description,omitempty"`
	InLanguage    string         `json:"inLanguage,omitempty"`
	DatePublished string         `json:"datePublished,omitempty"`
	DateModified  string         `json:"dateModified,omitempty"`
	Author        []linkedParty  `json:"author,omitempty"`
	Publisher     *linkedParty   `json:"publisher,omitempty"`
	Keywords      []string       `json:"keywords,omitempty"`
	Image         *linkedImage   `json:"image,omitempty"`
	IsPartOf      *linkedWebSite `json:"isPartOf,omitempty"`
}

// linkedParty is a person or an organization.
type linkedParty struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type linkedImage struct {
	Type   string `json:"@type"`
	URL    string `json:"url"`
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
}

type linkedWebSite struct {
	Type        string       `json:"@type"`
	ID          string       `json:"@id,omitempty"`
	URL         string       `json:"url,omitempty"`
	Name        string       `json:"name"`
	Description string       `json:"description,omitempty"`
	InLanguage  string       `json:"inLanguage,omitempty"`
	Publisher   *linkedParty `json:"publisher,omitempty"`
}

type linkedTrail struct {
	Type  string       `json:"@type"`
	Items []linkedItem `json:"itemListElement"`
}

type linkedItem struct {
	Type     string `json:"@type"`
	Position int    `json:"position"`
	Name     string `json:"name"`
	Item     string `json:"item,omitempty"`
}

// articleTypes are the types of schema.org by kind. All are Articles.
var articleTypes = map[postmortem.Kind]string{
	postmortem.KindPostmortem: "TechArticle", postmortem.KindPost: "BlogPosting", postmortem.KindMaintenance: "Article",
}

// article is what machines are told of a dated document; LinkedData adds what
// the frame knows.
func (b *builder) article(p *site.Page) *linkedArticle {
	a := &linkedArticle{
		Type: articleTypes[p.Kind], Identifier: p.ID,
		DatePublished: cmp.Or(p.Published, p.Date).String(),
	}
	if p.Updated.Known() {
		a.DateModified = p.Updated.String()
	}
	for _, author := range feedAuthors(p.Meta().Authors) {
		a.Author = append(a.Author, linkedParty{"Person", author.Name, author.URL})
	}
	a.Publisher = b.publisher()
	for _, t := range p.TagTerms {
		a.Keywords = append(a.Keywords, cleanText(t.Name))
	}
	return a
}

// publisher is the organization, if the site names one.
func (b *builder) publisher() *linkedParty {
	name := cleanText(b.site.Config.Organization)
	if name == "" {
		return nil
	}
	return &linkedParty{Type: "Organization", Name: name}
}

// LinkedData is made when the page is written, since a view is complete only
// then. Nil where there is nothing to say.
func (f *Frame) LinkedData() *LinkedData {
	if f.Hidden {
		return nil
	}
	var graph []any
	switch {
	case f.article != nil:
		graph = append(graph, f.linkedArticle())
	case f.Layout == "home":
		graph = append(graph, linkedWebSite{
			Type: "WebSite", ID: f.Canonical, URL: f.Canonical, Name: f.SiteTitle,
			Description: f.Description, InLanguage: f.Lang, Publisher: f.publisher,
		})
	}
	if trail := f.linkedTrail(); trail != nil {
		graph = append(graph, trail)
	}
	if graph == nil {
		return nil
	}
	return &LinkedData{"https://schema.org", graph}
}

func (f *Frame) linkedArticle() *linkedArticle {
	a := *f.article
	a.URL, a.MainEntityOf = f.Canonical, f.Canonical
	a.Headline, a.Description, a.InLanguage = f.Title, f.Description, cmp.Or(a.InLanguage, f.Lang)
	if f.home == "" || strings.HasPrefix(f.Canonical, f.home) { // else it is part of the site where it was first published
		a.IsPartOf = &linkedWebSite{Type: "WebSite", ID: f.home, URL: f.home, Name: f.SiteTitle}
	}
	return &a
}

// linkedTrail is the breadcrumb; its addresses are full ones, or it is left out.
func (f *Frame) linkedTrail() *linkedTrail {
	here, err := url.Parse(f.address)
	if f.address == "" || err != nil || len(f.Breadcrumb) == 0 {
		return nil
	}
	trail := &linkedTrail{Type: "BreadcrumbList"}
	add := func(name, item string) {
		trail.Items = append(trail.Items, linkedItem{"ListItem", len(trail.Items) + 1, name, item})
	}
	last := f.Title
	for _, l := range f.Breadcrumb {
		if l.Current {
			last = l.Text
			break
		}
		there, err := here.Parse(l.URL)
		if err != nil {
			return nil
		}
		add(l.Text, strings.TrimSuffix(there.String(), "index.html")) // as portable links end
	}
	add(last, f.address)
	return trail
}
