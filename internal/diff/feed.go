package diff

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

// xmlFeed is Atom and RSS at once; elements are found by their local names,
// whatever name space an old feed has them in.
type xmlFeed struct {
	XMLName xml.Name
	Title   string     `xml:"title"`
	Entries []xmlEntry `xml:"entry"`
	Channel struct {
		Title string     `xml:"title"`
		Items []xmlEntry `xml:"item"`
	} `xml:"channel"`
	Items []xmlEntry `xml:"item"` // RSS 1.0
}

type xmlEntry struct {
	Title string `xml:"title"`
	ID    string `xml:"id"`
	GUID  string `xml:"guid"`
	Links []struct {
		Href string `xml:"href,attr"`
		Rel  string `xml:"rel,attr"`
		Text string `xml:",chardata"`
	} `xml:"link"`
	Published   string `xml:"published"`
	Updated     string `xml:"updated"`
	PubDate     string `xml:"pubDate"`
	Date        string `xml:"date"`
	Content     string `xml:"content"`
	Encoded     string `xml:"encoded"`
	Summary     string `xml:"summary"`
	Description string `xml:"description"`
}

type jsonFeed struct {
	Version string
	Title   string
	Items   []struct {
		ID        json.RawMessage `json:"id"`
		URL       string          `json:"url"`
		Title     string          `json:"title"`
		HTML      string          `json:"content_html"`
		Text      string          `json:"content_text"`
		Summary   string          `json:"summary"`
		Published string          `json:"date_published"`
		Modified  string          `json:"date_modified"`
	}
}

// readFeed reads a feed of any format; nil if it is none. Local makes a path of
// an address of the site.
func readFeed(path string, data []byte, local func(string) string) *Feed {
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) {
		return readJSONFeed(path, data, local)
	}
	if !utf8.Valid(data) {
		data = fromLatin1(data) // what old feeds are in, if not in UTF-8
	}
	var x xmlFeed
	dec := xml.NewDecoder(bytes.NewReader(data))
	dec.Strict, dec.Entity = false, xml.HTMLEntity
	dec.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	if dec.Decode(&x) != nil {
		return nil
	}
	switch x.XMLName.Local {
	case "feed", "rss", "RDF":
	default:
		return nil
	}
	f := &Feed{Path: path, Title: strings.TrimSpace(x.Title + x.Channel.Title)}
	for _, list := range [][]xmlEntry{x.Entries, x.Channel.Items, x.Items} {
		for _, e := range list {
			f.Entries = append(f.Entries, e.entry(local))
		}
	}
	return f
}

func fromLatin1(data []byte) []byte {
	var text []byte
	for _, c := range data {
		text = utf8.AppendRune(text, rune(c))
	}
	return text
}

func (e *xmlEntry) entry(local func(string) string) Entry {
	link := ""
	for _, l := range e.Links {
		if l.Rel == "" || l.Rel == "alternate" {
			if link = strings.TrimSpace(l.Href + l.Text); link != "" {
				break
			}
		}
	}
	id := strings.TrimSpace(e.ID + e.GUID)
	if id == "" {
		id = link // as readers do
	}
	return Entry{
		ID: id, Title: strings.TrimSpace(e.Title), Path: local(link),
		Published: readTime(e.Published, e.PubDate, e.Date, e.Updated), Updated: readTime(e.Updated),
		content: hashOf(e.Content + e.Encoded + "\x00" + e.Summary + e.Description),
	}
}

func readJSONFeed(path string, data []byte, local func(string) string) *Feed {
	var j jsonFeed
	if json.Unmarshal(data, &j) != nil || !strings.HasPrefix(j.Version, "https://jsonfeed.org/version/") {
		return nil
	}
	f := &Feed{Path: path, Title: j.Title}
	for _, item := range j.Items {
		f.Entries = append(f.Entries, Entry{
			ID: jsonID(item.ID), Title: item.Title, Path: local(item.URL), Published: readTime(item.Published), Updated: readTime(item.Modified),
			content: hashOf(item.HTML + item.Text + "\x00" + item.Summary),
		})
	}
	return f
}

// jsonID is the id of an item of a JSON feed. One that is a number counts as its
// text: https://www.jsonfeed.org/version/1.1/#items
func jsonID(id json.RawMessage) string {
	var text string
	if json.Unmarshal(id, &text) == nil {
		return text
	}
	return string(id)
}

// readTime reads the first of the texts that is a time; the zero time if none is.
func readTime(texts ...string) time.Time {
	for _, text := range texts {
		for _, layout := range []string{time.RFC3339, time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", time.DateOnly} {
			if t, err := time.ParseInLocation(layout, strings.TrimSpace(text), time.UTC); err == nil {
				return t
			}
		}
	}
	return time.Time{}
}
