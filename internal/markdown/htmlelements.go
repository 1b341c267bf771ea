package markdown

import (
	"bytes"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"publish/internal/block"
	"publish/internal/diag"
)

func (w *writer) rawElement(t html.Token, spec htmlTag) {
	tag := t.Data
	if spec.as != "" {
		tag = spec.as
	}
	if w.feed && (tag == "details" || tag == "summary") {
		tag = "div" // readers fold it away or show nothing
	}
	w.write("<" + tag)
	w.attributes(t, spec)
	if tag == "pre" && !w.feed {
		w.write(` tabindex="0"`) // as of a block of code: it scrolls sideways
	}
	w.write(">")
	if spec.void {
		return
	}
	phrasing := spec.text || spec.clear && w.top().phrasing
	w.stack = append(w.stack, element{name: t.Data, end: "</" + tag + ">", phrasing: phrasing, holds: spec.holds})
}

var alignments = map[string]string{"left": "align-left", "right": "align-right", "center": "align-center"}

// attributes writes those that the allow-list keeps.
func (w *writer) attributes(t html.Token, spec htmlTag) {
	class := spec.class
	for i, a := range t.Attr {
		if slices.ContainsFunc(t.Attr[:i], func(b html.Attribute) bool { return b.Key == a.Key }) {
			continue
		}
		value := w.src.eachTag(a.Val, w.inText)
		switch {
		case a.Key == "id":
			w.anchorID(value)
		case a.Key == "align" && alignments[strings.ToLower(value)] != "":
			class = alignments[strings.ToLower(value)]
		case slices.Contains(globalAttributes, a.Key), slices.Contains(spec.keeps, a.Key) && keepable(a.Key, value):
			w.html = appendAttribute(w.html, a.Key, value)
		}
	}
	if class != "" && !w.feed {
		w.html = appendAttribute(w.html, "class", class)
	}
}

// keepable checks the values of the attributes that have a form.
func keepable(key, value string) bool {
	switch key {
	case "start", "value", "colspan", "rowspan":
		n, err := strconv.Atoi(value)
		return err == nil && (n > 0 || key == "start" || key == "value") && n <= 1000
	case "scope":
		return slices.Contains([]string{"row", "col", "rowgroup", "colgroup"}, value)
	case "type":
		return slices.Contains([]string{"1", "a", "A", "i", "I"}, value)
	case "datetime":
		return value != ""
	}
	return true
}

// droppedAttributes says which attributes are left out that would have changed
// how the page looks or what it does.
func (w *writer) droppedAttributes(t html.Token, at int) {
	for _, a := range t.Attr {
		switch {
		case a.Key == "style", strings.HasPrefix(a.Key, "on") && len(a.Key) > 2:
			w.once("attribute "+a.Key, at, "delete it; how the page looks is for layouts and style sheets",
				"the attribute %q is left out, here and wherever else it stands", a.Key)
		case a.Key == "id" && strings.HasPrefix(a.Val, "_"):
			w.once("id "+a.Val, at, "begin it with a letter", "the id %q is left out: ids that begin with _ are the layouts'", a.Val)
		}
	}
}

// anchorID writes an id that the author gave, once.
func (w *writer) anchorID(id string) bool {
	id = cleanID(id)
	if w.feed || w.excerpt || !w.ids.mayBe(id) {
		return false
	}
	w.ids.give(id)
	w.html = appendAttribute(w.html, "id", id)
	return true
}

func attributeOf(t html.Token, key string) (string, bool) {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

// rawLink opens an author's <a>. Without an address it is an anchor.
func (w *writer) rawLink(t html.Token, at int) {
	id, ok := attributeOf(t, "id")
	if !ok {
		id, ok = attributeOf(t, "name")
	}
	dest, isLink := attributeOf(t, "href")
	if ok {
		// In an element of its own, since the link may become its text.
		before := len(w.html)
		w.write("<span")
		if w.anchorID(id) {
			w.write("></span>")
		} else {
			w.html = w.html[:before]
		}
	}
	e := element{name: "a", phrasing: true, link: isLink}
	if isLink {
		title, _ := attributeOf(t, "title")
		w.openLink(Link{Dest: w.inDestination(strings.TrimSpace(dest)), Title: title, HTML: true}, "", at)
	}
	w.stack = append(w.stack, e)
}

func (w *writer) rawImage(t html.Token, at int) {
	src, ok := attributeOf(t, "src")
	if !ok {
		return
	}
	alt, hasAlt := attributeOf(t, "alt")
	l := Link{Dest: w.inDestination(strings.TrimSpace(src)), Text: w.src.eachTag(alt, w.inText), Image: true, HTML: true}
	if !hasAlt {
		w.report(diag.AltMissing, w.src.pos(at), `write what it shows as alt="…", or alt="" if it is decoration`,
			"the image %q has no alternative text", path.Base(l.Dest))
	}
	attributes := appendAttribute(nil, "alt", l.Text)
	if title, ok := attributeOf(t, "title"); ok {
		l.Title = w.src.eachTag(title, w.inText)
		attributes = appendAttribute(attributes, "title", l.Title)
	}
	sized := false
	for _, side := range []string{"width", "height"} {
		value, _ := attributeOf(t, side)
		if n, err := strconv.Atoi(strings.TrimSuffix(value, "px")); err == nil && n > 0 && n <= 10_000 {
			attributes = appendAttribute(attributes, side, strconv.Itoa(n))
			sized = true
		}
	}
	if align, _ := attributeOf(t, "align"); alignments[align] != "" && !w.feed {
		attributes = appendAttribute(attributes, "class", alignments[align])
	}
	w.hole(l, hole{attributes: string(attributes), sized: sized}, at)
}

// rawHeading opens a heading written in HTML; it takes its place in the outline
// like any other.
func (w *writer) rawHeading(t html.Token, at int, rest []byte) {
	level := int(t.Data[1] - '0')
	if w.excerpt {
		m := w.checkpoint()
		w.stack = append(w.stack, element{name: t.Data, phrasing: true, drop: &m})
		return
	}
	m, first := w.checkpoint(), w.nothingYet()
	wanted, _ := attributeOf(t, "id")
	h := Heading{Level: level, Text: headingText(rest[:min(len(rest), maxTag)]), Pos: w.src.pos(at)}
	if !w.feed {
		h.ID = w.ids.take(wanted, h.Text)
	}
	drop := w.isTitle()
	if !drop {
		h.Shown = w.shown(level)
	}
	tag := "h" + strconv.Itoa(h.Shown)
	w.noteTitle(h, first)
	i := w.startBlock(block.Block{Kind: block.Heading, Depth: level}, at)
	w.loose = true
	e := element{name: t.Data, end: "</" + tag + ">", phrasing: true}
	if drop {
		w.ids.takeBack(m.ids)
		w.keepTitleID(h.ID)
		m.title = w.title
		e.drop = &m
	} else {
		w.write("<" + tag)
		if !w.feed {
			w.html = appendAttribute(w.html, "id", h.ID)
		}
		w.write(">")
		w.headings = append(w.headings, openHeading{h, i, false})
	}
	w.stack = append(w.stack, e)
}

// headingText is the text up to the end of the heading that has been opened.
func headingText(rest []byte) string {
	var b strings.Builder
	for z := html.NewTokenizer(bytes.NewReader(rest)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return strings.Join(strings.Fields(b.String()), " ")
		case html.TextToken:
			b.Write(z.Text())
		case html.StartTagToken, html.EndTagToken: // the next heading ends one too
			if name, _ := z.TagName(); len(name) == 2 && name[0] == 'h' && name[1] != 'r' {
				return strings.Join(strings.Fields(b.String()), " ")
			}
		}
	}
}
