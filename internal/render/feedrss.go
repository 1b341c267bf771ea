package render

import (
	"cmp"
	"encoding/xml"
	"html"
	"io"

	"github.com/gorilla/feeds"
)

// rssFeed is the root of an RSS 2.0 document, with the modules that say what
// RSS itself cannot: the full text, the feed's own address, names of authors.
type rssFeed struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Content string     `xml:"xmlns:content,attr"`
	Atom    string     `xml:"xmlns:atom,attr"`
	DC      string     `xml:"xmlns:dc,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	*feeds.RssFeed
	Self  rssLink   `xml:"atom:link"`
	Items []rssItem `xml:"item"`
}

type rssLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
}

type rssItem struct {
	*feeds.RssItem
	Authors    []string      `xml:"dc:creator"`
	Categories []rssCategory `xml:"category"`
}

type rssCategory struct {
	Domain string `xml:"domain,attr,omitempty"`
	Name   string `xml:",chardata"`
}

// FeedXml is what feeds.WriteXML asks for.
func (r *rssFeed) FeedXml() any { return r }

func encodeRSS(w io.Writer, f *feed, self string) error {
	r := &rssFeed{
		Version: "2.0",
		Content: "http://purl.org/rss/1.0/modules/content/",
		Atom:    "http://www.w3.org/2005/Atom",
		DC:      "http://purl.org/dc/elements/1.1/",
		Channel: rssChannel{
			RssFeed: (&feeds.Rss{Feed: f.generic()}).RssFeed(),
			Self:    rssLink{Href: self, Rel: "self", Type: "application/rss+xml"},
		},
	}
	c := &r.Channel
	c.Description, c.Language = html.EscapeString(cmp.Or(f.subtitle, f.title)), f.language
	// The library's pubDate is the time of the last change, which RSS calls
	// lastBuildDate; when the feed itself was published, nobody knows.
	c.PubDate = ""
	if len(f.entries) == 0 {
		c.LastBuildDate = ""
	}
	for i, item := range c.RssFeed.Items {
		c.Items = append(c.Items, newRSSItem(item, f, &f.entries[i]))
	}
	return writeFeedXML(w, r)
}

func newRSSItem(item *feeds.RssItem, f *feed, e *feedEntry) rssItem {
	x := rssItem{RssItem: item}
	x.Description = html.EscapeString(cmp.Or(e.summary, e.title))
	for _, a := range e.authors {
		x.Authors = append(x.Authors, a.Name)
	}
	if len(x.Authors) == 0 {
		x.Authors = f.authors // RSS has no authors of a feed
	}
	for _, c := range e.categories {
		x.Categories = append(x.Categories, rssCategory{Domain: c.scheme, Name: cmp.Or(c.label, c.term)})
	}
	return x
}
