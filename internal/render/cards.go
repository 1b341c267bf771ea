package render

import (
	"bytes"
	"image"
	_ "image/png" // of a site's own card
	"io"
	"slices"
	"strings"

	"publish/internal/card"
	"publish/internal/postmortem"
	"publish/internal/route"
	"publish/internal/site"
)

// The pictures that publish draws, unless static/ has a file of that name.
const (
	siteCard      = "card.png"
	touchIcon     = "apple-touch-icon.png"
	touchIconSize = 180 // pixels, as phones ask for
)

// picture is a card as a page names it.
type picture struct {
	url, alt      string
	width, height int // 0 if unknown
}

// cards are the pictures that other programs show for a link to a page: one for
// the site, one for each report if publish.yaml asks. Only a full address leads
// to them, so that without one there are none.
func (b *builder) cards() []planned {
	var routes []planned
	if b.theme.byName[touchIcon] == nil && b.theme.marked {
		routes = append(routes, planned{&route.Route{Path: "/" + touchIcon, Source: "icon for phones", Drawn: true, Render: func(w io.Writer) error {
			return card.WriteIcon(w, touchIconSize)
		}}, func(*route.Hash) {}})
	}
	if !b.site.Links.Known() {
		return routes
	}
	if b.theme.byName[siteCard] == nil {
		routes = append(routes, cardRoute("/"+siteCard, "card of the site", func() card.Card {
			return card.Card{Title: siteName(b.site), Note: cleanText(b.site.Config.Description), Mark: b.marked()}
		}))
	}
	for _, p := range slices.Concat(b.site.Posts, b.site.Translations) {
		if b.hasCard(p) && p.Kind != postmortem.KindPage {
			routes = append(routes, cardRoute(cardPath(p), "card of "+p.Document.Path, func() card.Card { return b.cardOf(p) }))
		}
	}
	return routes
}

func cardRoute(path, source string, content func() card.Card) planned {
	return planned{
		&route.Route{Path: path, Source: source, Drawn: true, Render: func(w io.Writer) error { return content().WritePNG(w) }},
		func(h *route.Hash) { addValue(h, content()) },
	}
}

// hasCard says whether a page has a card of its own. What is not public is shown
// by no other site.
func (b *builder) hasCard(p *site.Page) bool {
	return b.site.Config.Cards && b.site.Links.Known() && p.Preview == ""
}

func cardPath(p *site.Page) string {
	if strings.HasSuffix(p.Path, "/") {
		return p.Path + siteCard
	}
	return strings.TrimSuffix(p.Path, ".html") + "-" + siteCard
}

// cardOf is what the card of a report says: what stands at its top.
func (b *builder) cardOf(p *site.Page) card.Card {
	c := card.Card{
		Title: cleanText(p.Title), Site: siteName(b.site), Date: b.words(p.Lang).whenText(day(p.Date)), Mark: b.marked(),
	}
	if p.Severity != nil {
		c.Severity, c.Rank = b.severityLabel(p.Severity, b.words(p.Lang)), p.Severity.Rank
	}
	return c
}

// marked says that cards bear the built-in mark: a site with an icon or a logo
// of its own is not known by it.
func (b *builder) marked() bool {
	return b.theme.marked && b.logo(func(route string) string { return route }) == nil
}

// addCard gives a page the card of the site, or of the report that it is.
func (b *builder) addCard(f *Frame, p *site.Page) {
	if !b.site.Links.Known() {
		return
	}
	f.picture = &picture{b.site.Links.Absolute("/" + siteCard), f.SiteTitle, b.theme.cardSize.X, b.theme.cardSize.Y}
	if p != nil && b.hasCard(p) {
		c := b.cardOf(p)
		alt := []string{c.Title, c.Date}
		if c.Severity != "" {
			alt = append(alt, c.Severity)
		}
		f.picture = &picture{b.site.Links.Absolute(cardPath(p)), strings.Join(alt, " · "), card.Width, card.Height}
	}
}

// TouchIcon is the URL of the icon for phones. A site with an icon of its own
// (static/favicon.svg) has none until it brings that too.
func (f *Frame) TouchIcon() string {
	if f.theme.byName[touchIcon] == nil && !f.theme.marked {
		return ""
	}
	return f.link("/" + touchIcon)
}

// readPictures finds out what a site's own pictures change: the size of its
// card, and whether the built-in mark stands for it.
func (t *Theme) readPictures(builtin source) error {
	t.cardSize, t.marked = image.Pt(card.Width, card.Height), true
	if own := t.byName[siteCard]; own != nil {
		file, err := own.read()
		if err != nil {
			return err
		}
		size, _, err := image.DecodeConfig(bytes.NewReader(file))
		if err != nil {
			size = image.Config{} // pages do not say its size
		}
		t.cardSize = image.Pt(size.Width, size.Height)
	}
	own := t.byName[icon]
	if own == nil {
		return nil
	}
	shown, err := own.read()
	if err != nil {
		return err
	}
	mark, err := builtin.read()
	t.marked = bytes.Equal(shown, mark)
	return err
}
