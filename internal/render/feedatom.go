package render

import (
	"bytes"
	"encoding/xml"
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
	g := f.head()
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

// head is the feed without its entries.
func (f *feed) head() *feeds.Feed {
	return &feeds.Feed{Title: f.title, Link: &feeds.Link{Href: f.home}, Copyright: f.rights, Updated: f.updated}
}

// atomFeed adds what RFC 4287 has and the library lacks.
type atomFeed struct {
	*feeds.AtomFeed
	Language string             `xml:"xml:lang,attr,omitempty"`
	Links    []feeds.AtomLink   `xml:"link"`
	Authors  []feeds.AtomAuthor `xml:"author"`
	Entries  []atomEntry        `xml:"entry"`
}

// atomEntry is the library's, with languages, categories and authors, and without a
// copy of the content.
type atomEntry struct {
	Language   string             `xml:"xml:lang,attr,omitempty"`
	Title      string             `xml:"title"`
	Updated    string             `xml:"updated"`
	ID         string             `xml:"id"`
	Content    *atomContent       `xml:"content"`
	Published  string             `xml:"published"`
	Link       feeds.AtomLink     `xml:"link"`
	Summary    *feeds.AtomSummary `xml:"summary"`
	Categories []atomCategory     `xml:"category"`
	Authors    []feeds.AtomAuthor `xml:"author"`
}

type atomContent struct {
	Type    string `xml:"type,attr"`
	Escaped string `xml:",innerxml"` // text for XML
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
		AtomFeed: (&feeds.Atom{Feed: f.head()}).AtomFeed(),
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
	a.Entries = make([]atomEntry, len(f.entries))
	for i := range f.entries {
		a.Entries[i] = newAtomEntry(&f.entries[i])
	}
	return writeFeedXML(w, a)
}

func newAtomEntry(e *feedEntry) atomEntry {
	x := atomEntry{
		Language: e.language, Title: e.title, ID: e.id, Link: feeds.AtomLink{Href: e.url, Rel: "alternate", Type: "text/html"},
		Updated: e.updated.Format(time.RFC3339), Published: e.published.Format(time.RFC3339),
	}
	if e.content != "" {
		x.Content = &atomContent{"html", e.inXML()}
	}
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

// inXML is the content as text in XML.
func (e *feedEntry) inXML() string {
	if e.escaped != "" {
		return e.escaped
	}
	return escapedXML(e.content)
}

func escapedXML(text string) string {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	xml.EscapeText(buf, []byte(text)) // a buffer takes all
	return buf.String()
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
