package render

import (
	"bytes"
	"encoding/xml"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// The checks of this file know only the specifications: RFC 4287, RSS 2.0 with
// the advice of the RSS board, JSON Feed 1.1.

func checkFeed(t *testing.T, format feedFormat, raw []byte) {
	t.Helper()
	if !utf8.Valid(raw) || bytes.HasPrefix(raw, []byte("\ufeff")) || bytes.Contains(raw, []byte("\r")) {
		t.Errorf("the %s is no plain UTF-8", format.name)
	}
	if isXML := format.media != "application/feed+json"; isXML && !bytes.HasPrefix(raw, []byte(`<?xml version="1.0" encoding="UTF-8"?>`)) {
		t.Errorf("the %s has no XML declaration: %.60s", format.name, raw)
	}
	switch format.media {
	case "application/atom+xml":
		checkAtom(t, parseXML(t, raw))
	case "application/rss+xml":
		checkRSS(t, parseXML(t, raw))
	case "application/feed+json":
		checkJSONFeed(t, raw)
	default:
		t.Errorf("nothing checks the format %s", format.name)
	}
	for _, bad := range []string{"\x1b", "\ufffe", "\uffff", "\x00", "\x07", `\u001b`, "&#x1B;", "&#xFFFE;"} {
		if bytes.Contains(raw, []byte(bad)) {
			t.Errorf("%q is in the %s", bad, format.name)
		}
	}
}

// element is an XML element with its names resolved.
type element struct {
	name     xml.Name
	attrs    map[string]string // by local name; xml:lang is "lang"
	text     string            // own text
	children []*element
}

func parseXML(t *testing.T, raw []byte) *element {
	t.Helper()
	root := &element{}
	stack := []*element{root}
	for dec := xml.NewDecoder(bytes.NewReader(raw)); ; {
		token, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("not well-formed: %v\n%s", err, raw)
		}
		top := stack[len(stack)-1]
		switch token := token.(type) {
		case xml.StartElement:
			e := &element{name: token.Name, attrs: map[string]string{}}
			for _, a := range token.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			top.children = append(top.children, e)
			stack = append(stack, e)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.text += string(token)
		}
	}
	if len(root.children) != 1 {
		t.Fatalf("%d root elements", len(root.children))
	}
	return root.children[0]
}

func (e *element) all(space, local string) []*element {
	var list []*element
	for _, c := range e.children {
		if c.name.Space == space && c.name.Local == local {
			list = append(list, c)
		}
	}
	return list
}

// one gives the text of a child that must be there exactly once, not empty.
func (e *element) one(t *testing.T, space, local string) string {
	t.Helper()
	list := e.all(space, local)
	if len(list) != 1 || strings.TrimSpace(list[0].text) == "" {
		t.Errorf("<%s> has %d <%s>", e.name.Local, len(list), local)
		return ""
	}
	return list[0].text
}

// atMostOne: a child that may not be repeated.
func (e *element) atMostOne(t *testing.T, space string, names ...string) {
	t.Helper()
	for _, name := range names {
		if n := len(e.all(space, name)); n > 1 {
			t.Errorf("<%s> has %d <%s>", e.name.Local, n, name)
		}
	}
}

func (e *element) only(t *testing.T, space string, names ...string) {
	t.Helper()
	for _, c := range e.children {
		if c.name.Space == space && !slices.Contains(names, c.name.Local) {
			t.Errorf("<%s> may not hold <%s>", e.name.Local, c.name.Local)
		}
	}
}

func checkAbsolute(t *testing.T, what, address string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil || !u.IsAbs() || strings.ContainsAny(address, " <>\"") {
		t.Errorf("%s is no absolute address: %q", what, address)
	}
}

func checkTime(t *testing.T, layout, text string) time.Time {
	t.Helper()
	at, err := time.Parse(layout, text)
	if err != nil {
		t.Errorf("bad time %q", text)
	}
	return at
}

const atomNS = "http://www.w3.org/2005/Atom"

func checkAtom(t *testing.T, root *element) {
	t.Helper()
	if root.name != (xml.Name{Space: atomNS, Local: "feed"}) || root.attrs["lang"] == "" {
		t.Fatalf("root %v, language %q", root.name, root.attrs["lang"])
	}
	root.only(t, atomNS, "id", "title", "subtitle", "updated", "link", "author", "rights", "entry")
	checkAbsolute(t, "id", root.one(t, atomNS, "id"))
	root.one(t, atomNS, "title")
	updated := checkTime(t, time.RFC3339, root.one(t, atomNS, "updated"))
	checkAtomLinks(t, root, "self", "alternate")
	checkAtomAuthors(t, root, true)
	root.atMostOne(t, atomNS, "subtitle", "rights")
	checkLanguage(t, root.attrs["lang"])
	ids := map[string]bool{}
	for _, e := range root.all(atomNS, "entry") {
		e.atMostOne(t, atomNS, "summary", "content", "published")
		checkLanguage(t, e.attrs["lang"])
		e.only(t, atomNS, "id", "title", "updated", "published", "link", "author", "category", "summary", "content")
		id := e.one(t, atomNS, "id")
		checkAbsolute(t, "id", id)
		if ids[id] {
			t.Errorf("id %q twice", id)
		}
		ids[id] = true
		if e.attrs["lang"] == "" {
			t.Errorf("entry %q has no language", id)
		}
		e.one(t, atomNS, "title")
		changed := checkTime(t, time.RFC3339, e.one(t, atomNS, "updated"))
		published := checkTime(t, time.RFC3339, e.one(t, atomNS, "published"))
		if changed.Before(published) || updated.Before(changed) {
			t.Errorf("entry %q: published %v, updated %v, feed %v", id, published, changed, updated)
		}
		checkAtomLinks(t, e, "alternate")
		checkAtomAuthors(t, e, false)
		checkAtomTexts(t, e)
		for _, c := range e.all(atomNS, "category") {
			if c.attrs["term"] == "" || strings.TrimSpace(c.text) != "" {
				t.Errorf("a category with term %q and text %q", c.attrs["term"], c.text)
			}
			checkAbsolute(t, "scheme", c.attrs["scheme"])
		}
	}
}

func checkAtomTexts(t *testing.T, entry *element) {
	t.Helper()
	for name, kind := range map[string]string{"summary": "text", "content": "html"} {
		list := entry.all(atomNS, name)
		if len(list) > 1 {
			t.Errorf("%d <%s>", len(list), name)
		}
		for _, e := range list {
			if e.attrs["type"] != kind || len(e.children) > 0 || strings.TrimSpace(e.text) == "" {
				t.Errorf("<%s> has type %q and %d elements, and holds %q", name, e.attrs["type"], len(e.children), e.text)
			}
			if kind == "html" {
				checkContent(t, e.text)
			}
		}
	}
}

func checkAtomLinks(t *testing.T, e *element, rels ...string) {
	t.Helper()
	var got []string
	for _, l := range e.all(atomNS, "link") {
		checkAbsolute(t, "link", l.attrs["href"])
		got = append(got, l.attrs["rel"])
	}
	if !slices.Equal(got, rels) {
		t.Errorf("links %v, want %v", got, rels)
	}
}

func checkAtomAuthors(t *testing.T, e *element, required bool) {
	t.Helper()
	authors := e.all(atomNS, "author")
	if required && len(authors) == 0 {
		t.Errorf("<%s> has no author", e.name.Local)
	}
	for _, a := range authors {
		a.only(t, atomNS, "name", "uri")
		a.one(t, atomNS, "name")
		for _, uri := range a.all(atomNS, "uri") {
			checkAbsolute(t, "uri", uri.text)
		}
	}
}

func checkRSS(t *testing.T, root *element) {
	t.Helper()
	channels := root.all("", "channel")
	if root.name.Local != "rss" || root.attrs["version"] != "2.0" || len(channels) != 1 {
		t.Fatalf("root %v, version %q, %d channels", root.name, root.attrs["version"], len(channels))
	}
	c := channels[0]
	c.atMostOne(t, "", "title", "link", "description", "language", "copyright", "lastBuildDate")
	guids := map[string]bool{}
	c.only(t, "", "title", "link", "description", "language", "copyright", "lastBuildDate", "item")
	c.one(t, "", "title")
	c.one(t, "", "description")
	c.one(t, "", "language")
	checkLanguage(t, c.one(t, "", "language"))
	checkContent(t, c.one(t, "", "description"))
	checkAbsolute(t, "link", c.one(t, "", "link"))
	if links := c.all(atomNS, "link"); len(links) != 1 || links[0].attrs["rel"] != "self" || links[0].attrs["type"] != "application/rss+xml" {
		t.Errorf("%d links to itself", len(links))
	}
	for _, date := range c.all("", "lastBuildDate") {
		checkMailTime(t, date.text)
	}
	for _, item := range c.all("", "item") {
		item.only(t, "", "title", "link", "description", "guid", "pubDate", "category")
		item.one(t, "", "title")
		item.one(t, "", "description")
		checkAbsolute(t, "link", item.one(t, "", "link"))
		item.atMostOne(t, "", "title", "link", "description", "guid", "pubDate")
		checkMailTime(t, item.one(t, "", "pubDate"))
		checkContent(t, item.one(t, "", "description"))
		guid := item.one(t, "", "guid")
		if guids[guid] {
			t.Errorf("guid %q twice", guid)
		}
		guids[guid] = true
		if item.all("", "guid")[0].attrs["isPermaLink"] != "false" {
			t.Error("a guid that is no address must say so")
		}
		if len(item.all("http://purl.org/dc/elements/1.1/", "creator")) == 0 {
			t.Error("an item without dc:creator")
		}
		item.atMostOne(t, "http://purl.org/rss/1.0/modules/content/", "encoded")
		for _, text := range item.all("http://purl.org/rss/1.0/modules/content/", "encoded") {
			checkContent(t, text.text)
		}
		for _, category := range item.all("", "category") {
			if category.text == "" || category.attrs["domain"] == "" {
				t.Errorf("category %q of %q", category.text, category.attrs["domain"])
			}
		}
	}
}
