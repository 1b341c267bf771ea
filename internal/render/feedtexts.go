package render

import (
	"sync"

	"publish/internal/markdown"
	"publish/internal/site"
)

// maxFeedTexts is how many bytes of texts are kept for other feeds. A report
// stands in the feed of each of its terms: of 20 reports with eight terms each,
// every text was made eight times, a seventh of the whole build. Where there are
// thousands, the feeds share few, and what is kept beyond would only take room.
// Each is kept twice, as HTML and as text in XML: to escape it was half of a feed's cost.
const maxFeedTexts = 16 << 20

// feedTexts are the texts of reports as all feeds have them, kept from one feed
// to the next. It may be used by many goroutines.
type feedTexts struct {
	mu    sync.Mutex
	texts map[*site.Page]feedText
	size  int // of all texts together

	rooms sync.Pool // of *markdown.Room
}

// feedText is the text of a report: HTML, and the same as text in XML, which the
// feeds of terms write.
type feedText struct{ html, escaped string }

// of is the text of a page.
func (t *feedTexts) of(s *site.Site, p *site.Page) feedText {
	t.mu.Lock()
	text, ok := t.texts[p]
	t.mu.Unlock()
	if ok {
		return text
	}
	room, _ := t.rooms.Get().(*markdown.Room)
	if room == nil {
		room = new(markdown.Room)
	}
	text.html = feedHTML(p.FeedBody(room, s.ResolverAbsolute(p)))
	text.escaped = escapedXML(text.html)
	t.rooms.Put(room)
	size := len(text.html) + len(text.escaped)
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, ok := t.texts[p]; ok || t.size+size > maxFeedTexts {
		return text
	}
	if t.texts == nil {
		t.texts = make(map[*site.Page]feedText)
	}
	t.texts[p] = text
	t.size += size
	return text
}
