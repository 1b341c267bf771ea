package render

import (
	"sync"

	"publish/internal/site"
)

// maxFeedTexts is how many bytes of texts are kept for other feeds. A report
// stands in the feed of each of its terms: of 20 reports with eight terms each,
// every text was made eight times, a seventh of the whole build. Where there are
// thousands, the feeds share few, and what is kept beyond would only take room.
const maxFeedTexts = 8 << 20

// feedTexts are the texts of reports as all feeds have them, kept from one feed
// to the next. It may be used by many goroutines.
type feedTexts struct {
	mu    sync.Mutex
	texts map[*site.Page]string
	size  int // of all texts together
}

// of is the text of a page.
func (t *feedTexts) of(s *site.Site, p *site.Page) string {
	t.mu.Lock()
	text, ok := t.texts[p]
	t.mu.Unlock()
	if ok {
		return text
	}
	text = feedHTML(p.FeedBody(), s.ResolverAbsolute(p))
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, ok := t.texts[p]; ok || t.size+len(text) > maxFeedTexts {
		return text
	}
	if t.texts == nil {
		t.texts = make(map[*site.Page]string)
	}
	t.texts[p] = text
	t.size += len(text)
	return text
}
