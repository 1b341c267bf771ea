package diff

import (
	"strings"
	"testing"
)

// FuzzReadFeed: any bytes are a feed or none.
func FuzzReadFeed(f *testing.F) {
	for _, s := range []string{
		`<feed xmlns="http://www.w3.org/2005/Atom"><title>a</title><entry><id>urn:x</id><title>b</title><link href="/c"/><updated>2024-01-01T00:00:00Z</updated></entry></feed>`,
		`<rss><channel><title>a</title><item><guid>g</guid><link>/x</link><pubDate>Mon, 01 Jan 2024 00:00:00 GMT</pubDate></item></channel></rss>`,
		`{"version": "https://jsonfeed.org/version/1.1", "title": "a", "items": [{"id": 5, "url": "/x"}, {"id": "a"}]}`,
		`<rdf:RDF xmlns:rdf="x"><item><title>a</title></item></rdf:RDF>`, `<!DOCTYPE a [<!ENTITY b "c">]><feed>&b;&eacute;</feed>`, "{", "<feed", "", "\xe9", `<feed><entry><link href="http://[::1"/></entry></feed>`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		feed := readFeed("/feed.xml", data, func(address string) string { return "/" + strings.TrimPrefix(address, "/") })
		if feed == nil {
			return
		}
		for _, e := range feed.Entries {
			if e.Title != strings.TrimSpace(e.Title) && !strings.HasPrefix(strings.TrimSpace(string(data)), "{") {
				t.Errorf("a title with blanks around it: %q", e.Title)
			}
		}
	})
}
