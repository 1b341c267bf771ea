package render

import (
	"strings"
	"testing"

	"publish/internal/markdown"
)

func TestFeedTextsAreKept(t *testing.T) {
	s := loadTestSite(t, map[string]string{
		"content/2024-03-12-login.md": "---\ntitle: Login\ntags: [a, b]\n---\nNobody could log in.\n",
		"content/2024-03-13-huge.md":  "---\ntitle: Huge\n---\n" + strings.Repeat("A long line of text that says nothing much.\n", 10),
	})
	texts := feedTexts{size: maxFeedTexts - 200} // room for one of them
	for range 2 {
		for _, p := range s.Posts {
			got := texts.of(s, p)
			html := feedHTML(p.FeedBody(new(markdown.Room), s.ResolverAbsolute(p)))
			if want := (feedText{html, escapedXML(html)}); got != want {
				t.Errorf("%s: got %.100q, want %.100q", p.Title, got, want)
			}
		}
	}
	if len(texts.texts) != 1 || texts.size > maxFeedTexts {
		t.Errorf("%d texts of %d bytes are kept", len(texts.texts), texts.size)
	}
}
