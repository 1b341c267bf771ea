package render

import (
	"bytes"
	"io"
	"strconv"
	"strings"

	"publish/internal/postmortem"
	"publish/internal/route"
	"publish/internal/search"
	"publish/internal/site"
	"publish/internal/spill"
)

const searchPath = "/search/"

// cardsPerFile is how many documents stand in one file of cards: a query shows
// some ten documents, perhaps each out of another file.
const cardsPerFile = 16

// searchRoutes give the page of the search, and what its script asks for: the
// shards of the index, the cards of the documents, and beside every page its
// text for the excerpts. All of them are scripts, since that is what a page
// that was opened from disk may load.
func (b *builder) searchRoutes() []planned {
	if !wants(b.site, "search") {
		return nil
	}
	b.index = search.New(b.site, b.memory)
	x := b.index
	lang := b.site.Language
	routes := []planned{b.route(searchPath, "search", "search", lang, func() any { return b.searchView() }, func(h *route.Hash) {
		h.Add(x.Version)
		h.Int(len(x.Pages))
		h.Bool(x.HasTranslations())
	})}
	for i := range x.Shards {
		routes = append(routes, planned{&route.Route{Path: b.searchFile("words", i), Source: "search index", Render: func(w io.Writer) error {
			_, err := w.Write(x.Shard(i))
			return err
		}}, func(h *route.Hash) {
			h.Key(b.keys.common) // what is redacted, and for whom the site is
			x.AddShard(h, i)
		}})
	}
	for from := 0; from < len(x.Pages); from += cardsPerFile {
		pages := x.Pages[from:min(from+cardsPerFile, len(x.Pages))]
		routes = append(routes, planned{&route.Route{Path: b.searchFile("cards", from/cardsPerFile), Source: "search index", Render: func(w io.Writer) error {
			return b.writeCards(w, pages)
		}}, func(h *route.Hash) { b.addCards(h, pages) }})
	}
	for n, p := range x.Pages {
		routes = append(routes, planned{&route.Route{Path: textPath(p.Path), Source: p.Document.Path, Render: func(w io.Writer) error {
			return b.writeText(w, p)
		}}, func(h *route.Hash) { b.addSections(h, n) }})
	}
	return routes
}

// searchFile is the route of a file of the index. The version keeps apart what
// does not belong together in a browser's cache.
func (b *builder) searchFile(name string, n int) string {
	return searchPath + b.index.Version + "/" + name + "-" + strconv.Itoa(n) + ".js"
}

// textPath is the route of a page's text: "/a/text.js" beside "/a/",
// "/a.text.js" beside "/a.html". The script knows this rule too.
func textPath(page string) string {
	if strings.HasSuffix(page, "/") {
		return page + "text.js"
	}
	return strings.TrimSuffix(page, ".html") + ".text.js"
}

// searchKeys tells the index what each page depends on.
func (b *builder) searchKeys() {
	if b.index == nil {
		return
	}
	b.index.SetKeys(b.textKey)
}

// textKey is the key of a page's own text and of what it is filed under.
func (b *builder) textKey(p *site.Page) route.Key {
	if b.isPost(p) {
		return b.keys.texts[p.Place]
	}
	return b.newText(new(route.Hash), p)
}

// addSections is the rule of a page's text.
func (b *builder) addSections(h *route.Hash, n int) {
	h.Key(b.keys.common)
	b.index.AddSections(h, n)
}

// addCards is the rule of a file of cards.
func (b *builder) addCards(h *route.Hash, pages []*site.Page) {
	h.Key(b.keys.common)
	for _, p := range pages {
		b.addTitle(h, p)
		b.addSeverity(h, p)
		addNames(h, p.ServiceTerms)
		h.Add(string(p.Kind))
	}
}

// writeCards writes what a result shows of each page, as a list of texts: see
// static/search.js, which reads them by their places.
func (b *builder) writeCards(w io.Writer, pages []*site.Page) error {
	words := b.words(b.site.Language)
	cards := make([][]any, len(pages))
	for i, p := range pages {
		var label, rank, at, date, kind, severity string
		if p.Severity != nil {
			severity, label, rank = p.Severity.ID, cleanText(p.Severity.Label), strconv.Itoa(p.Severity.Rank)
		}
		if p.Kind != postmortem.KindPage {
			when := words.when(day(p.Date))
			at, date = when.DateTime, when.Text
			if p.Kind != postmortem.KindPostmortem {
				kind = words.word("kind_", string(p.Kind))
			}
		}
		kind = strings.TrimSpace(inside(words, insidePage(p)) + " " + kind)
		services := make([]string, len(p.ServiceTerms))
		for i, t := range p.ServiceTerms {
			services[i] = cleanText(t.Name)
		}
		cards[i] = []any{
			b.relative(searchPath, p.Path), shownTitle(p), p.Lang, at, date, kind, label, rank, strings.Join(services, ", "), severity,
		}
	}
	return writeScript(w, cards)
}

// writeText writes the sections of a page: anchor, heading, text.
func (b *builder) writeText(w io.Writer, p *site.Page) error {
	words := b.words(p.Lang)
	room := spill.NewRoom()
	defer room.Done()
	sections := search.Sections(p, room)
	list := make([][3]string, len(sections))
	for i, s := range sections {
		heading := s.Heading
		if s.Role != "" {
			heading = words.T(s.Role)
		}
		list[i] = [3]string{s.ID, words.Spaced(cleanText(heading)), words.Spaced(cleanText(s.Text))}
	}
	return writeScript(w, list)
}

// writeScript hands a value to the script of the page, which alone has the
// function.
func writeScript(w io.Writer, v any) error {
	line := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(line)
	line.Reset()
	line.WriteString("publishSearch(")
	if err := encodeJSON(line, v); err != nil {
		return err
	}
	line.WriteString(")\n")
	_, err := line.WriteTo(w)
	return err
}

// searchView is the page of the search.
func (b *builder) searchView() *Search {
	w := b.words(b.site.Language)
	x := b.index
	v := &Search{
		Frame: b.frame("search", searchPath, b.site.Language, w.T("search")),
		Files: strings.TrimSuffix(b.relative(searchPath, b.searchFile("x", 0)), "x-0.js"),
		Count: len(x.Pages), Shards: x.Shards, Letters: x.Letters, PerFile: cardsPerFile, Translated: x.HasTranslations(),
	}
	v.Archive = v.link("/archive/")
	v.Description = w.T("search_label")
	return v
}
