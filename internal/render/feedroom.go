package render

import (
	"html"
	"strings"

	"publish/internal/locale"
)

// Readers and their services give up on feeds beyond a megabyte or so: one feed
// holds at most maxFeedContent bytes of texts, and maxEntryContent of one.
const (
	maxFeedContent  = 512 << 10
	maxEntryContent = 128 << 10
)

// feedRoom counts how many bytes of texts still fit into a feed.
type feedRoom struct{ left int }

func newFeedRoom() *feedRoom { return &feedRoom{maxFeedContent} }

// take gives the content of the next entry: its text; as many of its whole
// blocks as one entry may have, and a link to the rest; or, once the feed is
// full, the summary and the link. The text is not even made then.
func (r *feedRoom) take(e *feedEntry, text func() string) string {
	full, whole := r.left <= 0, ""
	if !full {
		whole = text()
		if len(whole) <= min(r.left, maxEntryContent) {
			r.left -= len(whole)
			return whole
		}
	}
	link := `<p><a href="` + html.EscapeString(e.url) + `">` + html.EscapeString(locale.For(e.language).T("feed_whole")) + "</a></p>\n"
	if head := wholeBlocks(whole, maxEntryContent); head != "" && len(head) <= r.left {
		r.left -= len(head)
		return head + link
	}
	r.left = 0 // what is older gets no more room than this one
	if e.summary != "" {
		return "<p>" + html.EscapeString(e.summary) + "</p>\n" + link
	}
	return link
}

// wholeBlocks gives the longest beginning of an HTML text that ends with a
// block and has at most max bytes.
func wholeBlocks(text string, max int) string {
	depth, end := 0, 0
	for i := 0; i < len(text) && i < max; {
		open := strings.IndexByte(text[i:], '<')
		if open < 0 {
			break
		}
		start := i + open
		stop := tagEnd(text, start)
		if stop < 0 || stop > max {
			break
		}
		i = stop
		tag := text[start+1 : stop-1]
		switch name, _, _ := strings.Cut(strings.TrimPrefix(tag, "/"), " "); {
		case strings.HasPrefix(tag, "!"):
		case strings.HasPrefix(tag, "/"):
			depth--
		case !voidElements[strings.TrimSuffix(name, "/")]:
			depth++
		}
		if depth <= 0 {
			depth, end = 0, i
		}
	}
	return text[:end]
}

// tagEnd is the place behind the tag that starts at a place, -1 if it does not
// end.
func tagEnd(text string, start int) int {
	quote := byte(0)
	for i := start; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i + 1
		}
	}
	return -1
}

// voidElements are those without an end tag (HTML §13.1.2).
var voidElements = map[string]bool{
	"area": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true,
	"link": true, "source": true, "track": true, "wbr": true,
}
