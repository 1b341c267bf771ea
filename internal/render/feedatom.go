package render

import (
	"io"
	"time"

	"github.com/gorilla/feeds"

	"publish/internal/postmortem"
)

// generic is the feed as gorilla/feeds has it, which all encoders start from.
// Where that library gives less than the formats ask for, they wrap its types:
// a field of the wrapper takes the place of the library's of the same name.
// Descriptions differ by format (plain here, HTML there) and are set there.
func (f *feed) generic() *feeds.Feed {
	g := &feeds.Feed{Title: f.title, Link: &feeds.Link{Href: f.home}, Copyright: f.rights, Updated: f.updated}
	for i := range f.entries {
		e := &f.entries[i]
		g.Items = append(g.Items, &feeds.Item{
			// An item without an id would be given a random one.
			Id: e.id, IsPermaLink: "false",
			Title: e.title, Link: &feeds.Link{Href: e.url}, Content: e.content,
			Created: e.published, Updated: e.updated,
		})
	}
	return g
}

// atomFeed adds what RFC 4287 has and the library lacks.
type atomFeed struct {
	*feeds.AtomFeed
	Language string             `xml:"xml:lang,attr,omitempty"`
	Links    []feeds.AtomLink   `xml:"link"`
	Authors  []feeds.AtomAuthor `xml:"author"`
	Entries  []atomEntry        `xml:"entry"`
}

type atomEntry struct {
	*feeds.AtomEntry
	Language   string             `xml:"xml:lang,attr,omitempty"`
	Categories []atomCategory     `xml:"category"`
	Authors    []feeds.AtomAuthor `xml:"author"`
}

type atomCategory struct {
	Term   string `xml:"term,attr"`
	Scheme string `xml:"scheme,attr,omitempty"`
	Label  string `xml:"label,attr,omitempty"`
}

// FeedXml is what feeds.WriteXML asks for.
func (a *atomFeed) FeedXml() any { return a }

func encodeAtom(w io.Writer, f *feed, self string) error {
	a := &atomFeed{
		AtomFeed: (&feeds.Atom{Feed: f.generic()}).AtomFeed(),
		Language: f.language,
		Links: []feeds.AtomLink{
			{Href: self, Rel: "self", Type: "application/atom+xml"},
			{Href: f.home, Rel: "alternate", Type: "text/html"},
		},
	}
	a.Id, a.Subtitle = f.id, f.subtitle
	for _, name := range f.authors {
		a.Authors = append(a.Authors, atomAuthor(postmortem.Author{Name: name}))
	}
	for i, entry := range a.AtomFeed.Entries {
		a.Entries = append(a.Entries, newAtomEntry(entry, &f.entries[i]))
	}
	return writeFeedXML(w, a)
}

func newAtomEntry(entry *feeds.AtomEntry, e *feedEntry) atomEntry {
	x := atomEntry{AtomEntry: entry, Language: e.language}
	x.Published = e.published.Format(time.RFC3339)
	x.Links[0].Type = "text/html"
	if e.summary != "" {
		x.Summary = &feeds.AtomSummary{Content: e.summary, Type: "text"}
	}
	for _, a := range e.authors {
		x.Authors = append(x.Authors, atomAuthor(a))
	}
	for _, c := range e.categories {
		x.Categories = append(x.Categories, atomCategory{Term: c.term, Scheme: c.scheme, Label: c.label})
	}
	return x
}

func atomAuthor(a postmortem.Author) feeds.AtomAuthor {
	return feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: a.Name, Uri: a.URL}}
}

func writeFeedXML(w io.Writer, x feeds.XmlFeed) error {
	if err := feeds.WriteXML(x, w); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
