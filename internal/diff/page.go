package diff

import (
	"crypto/sha256"
	"encoding/hex"
	"html"
	"net/url"
	"strings"

	"publish/internal/pattern"
)

func hashOf(data string) string {
	sum := sha256.Sum256([]byte(data))
	return hex.EncodeToString(sum[:])
}

var (
	titleTag  = pattern.New(`(?is)<title[^>]*>(.*?)</title>`)
	headline  = pattern.New(`(?is)^<h1[^>]*>(.*?)</h1>`)
	documents = pattern.New(`^<article[^>]* data-id="([^"]*)"`)
	noindex   = pattern.New(`(?i)<meta\s+name=["']?robots["']?\s[^>]*noindex`)
	refresh   = pattern.New(`(?i)<meta[^>]+http-equiv=["']?refresh[^>]*>`)
	sendsTo   = pattern.New(`(?i)url\s*=\s*([^>]*?)["']?\s*/?>`)
	alternate = pattern.New(`(?i)<link\s[^>]*>`)
	// unread is what is not the text of a page, but moves with every other one.
	unread = pattern.New(`(?is)<script\b.*?</script>|<style\b.*?</style>|<svg\b.*?</svg>|<nav\b.*?</nav>|<footer\b.*?</footer>|<template\b.*?</template>|<button\b.*?</button>|<!--.*?-->`)
	// inline are the tags within a line; all others end one.
	inline = pattern.New(`(?i)</?(?:a|abbr|b|bdi|cite|code|data|del|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|time|u|var|wbr|img)(?:\s[^>]*)?>`)
	tags   = pattern.New(`<[^>]*>`)
)

// readPage finds in a page what tells it apart.
func readPage(path, text string) *Page {
	p := &Page{Path: path, Read: true, bytes: hashOf(text), text: func() string { return text }}
	head, body, found := strings.Cut(text, "<body")
	if !found { // the tag may be left out
		body = text
	}
	p.Moved, p.Hidden = refresh.MatchString(head), noindex.MatchString(head)
	if at := strings.Index(body, "<h1"); at >= 0 {
		p.setTitle(headline.FindStringSubmatch(body[at:min(len(body), at+maxTitle)]))
	}
	p.setTitle(titleTag.FindStringSubmatch(head))
	if at := strings.Index(body, "<article"); at >= 0 {
		if m := documents.FindStringSubmatch(body[at:min(len(body), at+maxTitle)]); m != nil {
			p.ID = html.UnescapeString(m[1])
		}
	}
	return p
}

// target is the address that a page sends its readers on to, as written.
func target(text string) string {
	if m := sendsTo.FindStringSubmatch(refresh.FindString(text)); m != nil {
		return html.UnescapeString(strings.Trim(m[1], `"' `))
	}
	return ""
}

// maxTitle is how long the element of a title may be, in bytes.
const maxTitle = 4000

func (p *Page) setTitle(m []string) {
	if m != nil && p.Title == "" {
		p.Title = strings.Join(words(m[1]), " ")
	}
}

// mainPart is the article, else the main element, else all of the body.
func mainPart(text string) string {
	for _, name := range []string{"article", "main", "body"} {
		start := strings.Index(text, "<"+name)
		end := strings.LastIndex(text, "</"+name+">")
		if start >= 0 && start < end && strings.Count(text, "<"+name) == 1 {
			return text[start:end]
		}
	}
	return text
}

// words are the lines of a text without its tags.
func words(text string) []string {
	text = unread.ReplaceAllString(text, "")
	text = inline.ReplaceAllString(text, "")
	text = strings.Join(strings.Fields(text), " ")
	text = tags.ReplaceAllString(text, "\n")
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.Join(strings.Fields(html.UnescapeString(line)), " "); line != "" && line != "#" {
			lines = append(lines, line)
		}
	}
	return lines
}

var canonical = pattern.New(`(?i)<link\s[^>]*rel=["']?canonical[^>]*>`)

// claimedBase is the path under which a home page says that its site stands; ""
// if it does not say.
func claimedBase(home []byte) string {
	m := attributes.FindAllStringSubmatch(canonical.FindString(string(home)), -1)
	for _, a := range m {
		if u, err := url.Parse(html.UnescapeString(a[2] + a[3] + a[4])); strings.EqualFold(a[1], "href") && err == nil && u.IsAbs() {
			return u.Path[:strings.LastIndexByte(u.Path, '/')+1]
		}
	}
	return ""
}

var attributes = pattern.New(`(?i)([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`)

// feedLinks are the addresses of the feeds that a page names, as written.
func feedLinks(text string) []string {
	var links []string
	head, _, _ := strings.Cut(text, "<body")
	for _, tag := range alternate.FindAllString(head, -1) {
		values := map[string]string{}
		for _, m := range attributes.FindAllStringSubmatch(tag, -1) {
			values[strings.ToLower(m[1])] = html.UnescapeString(m[2] + m[3] + m[4])
		}
		if strings.EqualFold(values["rel"], "alternate") && isFeedType(values["type"]) {
			links = append(links, values["href"])
		}
	}
	return links
}

func isFeedType(media string) bool {
	switch strings.ToLower(strings.TrimSpace(media)) {
	case "application/atom+xml", "application/rss+xml", "application/feed+json":
		return true
	}
	return false
}
