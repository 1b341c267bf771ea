package markdown

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	gmtext "github.com/yuin/goldmark/text"
	"golang.org/x/net/html"

	"publish/internal/diag"
)

var moreMark = regexp.MustCompile(`(?i)^\s*<!--\s*more\s*-->\s*$`)

// droppedTag is what a warning has been given for.
type droppedTag struct {
	name string
	line int
}

// htmlBlock writes the raw HTML of a block, as far as it is allowed. Elements
// may stay open over the Markdown that follows, up to the end of what the block
// stands in.
func (w *writer) htmlBlock(n *ast.HTMLBlock) {
	raw, at := w.rawHTML(n.Lines(), n.ClosureLine)
	if n.HTMLBlockType == ast.HTMLBlockType2 {
		if moreMark.Match(raw) {
			w.moreHere()
			return
		}
		if !bytes.Contains(raw, []byte("-->")) {
			w.unclosedComment(at(0))
			return
		}
	}
	before := len(w.html)
	w.rawTokens(raw, at)
	w.endLoose()
	if len(w.html) > before && w.html[len(w.html)-1] != '\n' {
		w.write("\n")
	}
}

// moreHere is where the excerpt ends.
func (w *writer) moreHere() {
	w.more = true
	w.stopped = w.excerpt
}

// rawHTML puts the lines of a block together; the function gives the place in
// the text of a byte of them.
func (w *writer) rawHTML(lines *gmtext.Segments, closure gmtext.Segment) ([]byte, func(int) int) {
	var raw []byte
	var starts []edit
	add := func(s gmtext.Segment) {
		starts = append(starts, edit{len(raw), s.Start})
		raw = append(raw, s.Value(w.text)...)
	}
	for i := range lines.Len() {
		add(lines.At(i))
	}
	if closure.Start >= 0 {
		add(closure)
	}
	return raw, func(offset int) int {
		for i := len(starts) - 1; i >= 0; i-- {
			if starts[i].at <= offset {
				return starts[i].from + offset - starts[i].at
			}
		}
		return 0
	}
}

// inlineHTML writes one tag in running text.
func (w *writer) inlineHTML(n *ast.RawHTML) {
	raw := n.Segments.Value(w.text)
	switch {
	case bytes.HasPrefix(raw, []byte("<!--")):
		if moreMark.Match(raw) {
			w.moreHere()
		}
	case string(raw) == "<br>", string(raw) == "<br/>", string(raw) == "<br />":
		w.lineBreak() // by far the commonest tag
	default:
		w.rawTokens(raw, func(int) int { return n.Segments.At(0).Start })
	}
}

func (w *writer) rawTokens(raw []byte, at func(int) int) {
	z := html.NewTokenizer(bytes.NewReader(raw))
	z.SetMaxBuf(0)
	for offset := 0; ; {
		kind := z.Next()
		token := z.Raw()
		place := at(offset)
		offset += len(token)
		switch kind {
		case html.ErrorToken: // what is left is half a tag: text
			if offset < len(raw) {
				w.looseText(string(raw[offset-len(token):]), place)
			} else {
				w.looseText(string(token), place)
			}
			return
		case html.TextToken:
			w.looseText(html.UnescapeString(string(token)), place)
		case html.CommentToken:
			if bytes.HasPrefix(token, []byte("<!--")) && !bytes.HasSuffix(token, []byte("->")) {
				w.unclosedComment(place)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			written := string(token)
			t := z.Token()
			if !isTag(t.Data) {
				w.dropTag(t.Data, place, "<%s> is no tag of HTML and is shown as text", "write it as `code`, or &lt; for <")
				w.looseText(written, place)
				continue
			}
			w.startTag(t, place, raw[offset:])
			if spec, ok := htmlTags[t.Data]; ok && kind == html.SelfClosingTagToken && !spec.void {
				w.endTag(t.Data)
			}
		case html.EndTagToken:
			written := string(token)
			if t := z.Token(); isTag(t.Data) {
				w.endTag(t.Data)
			} else {
				w.looseText(written, place)
			}
		}
	}
}

// isTag says whether a name is an element's.
func isTag(name string) bool {
	_, allowed := htmlTags[name]
	_, removed := removedTags[name]
	return allowed || removed || wrappers[name] || unsupported[name]
}

// looseText writes text that stands in raw HTML. In a block of HTML, each run
// of it is a block of the text.
func (w *writer) looseText(s string, at int) {
	blank := strings.TrimSpace(s) == ""
	if blank && (w.top().holds != anything || !w.inParagraph() && (len(w.html) == 0 || w.html[len(w.html)-1] == '\n')) {
		return
	}
	if !blank && !w.inParagraph() && !w.loose {
		lead := len(s) - len(strings.TrimLeft(s, " \t\n"))
		w.startBlock(Block{Kind: ParagraphBlock}, at+lead)
		w.loose = true
	}
	if w.top().name != "pre" && w.loose {
		if n := len(w.plain); n > 0 && isSpace(w.plain[n-1]) {
			s = strings.TrimLeft(s, "\n")
		}
	}
	w.value(w.src.eachTag(s, w.inText))
	if w.loose {
		w.endBlock(len(w.blocks) - 1)
	}
}

// endLoose ends the block of text that stands loose in HTML.
func (w *writer) endLoose() { w.loose = false }

// inParagraph says whether a Markdown block collects the text already.
func (w *writer) inParagraph() bool {
	for i := len(w.stack) - 1; i >= 0; i-- {
		if w.stack[i].name == "" {
			return w.stack[i].inline
		}
	}
	return false
}

// startTag writes an author's start tag, or says why not.
func (w *writer) startTag(t html.Token, at int, rest []byte) {
	name := t.Data
	if hasContent, ok := removedTags[name]; ok {
		w.dropTag(name, at, "the element %q is left out with all that it holds", "link to it instead")
		if hasContent && w.closedLater(name, at) {
			m := w.mark()
			w.stack = append(w.stack, element{name: name, drop: &m})
		}
		return
	}
	spec, ok := htmlTags[name]
	switch {
	case wrappers[name]:
		return
	case !ok, len(w.stack) > 4*maxDepth:
		w.dropTag(name, at, "the tag <%s> is left out, its text stays", "write it in Markdown")
		return
	}
	if !w.makePlace(name, spec) {
		w.dropTag(name, at, "the tag <%s> cannot stand here and is left out, its text stays", "leave an empty line before it")
		return
	}
	switch name {
	case "br":
		w.lineBreak()
	case "img":
		w.rawImage(t, at)
	case "a":
		w.rawLink(t, at)
	case "h1", "h2", "h3", "h4", "h5", "h6":
		w.rawHeading(t, at, rest)
	case "p":
		if len(bytes.TrimSpace(rest)) == 0 && !w.inParagraph() {
			// Left open over the Markdown that follows, which no <p> can hold.
			spec.as, spec.text = "div", false
		}
		w.rawElement(t, spec)
	default:
		w.rawElement(t, spec)
	}
}

// closedLater says whether an element is closed anywhere below, so that what
// is left out has an end.
func (w *writer) closedLater(name string, at int) bool {
	last, known := w.lastEnd[name]
	if !known {
		last = bytes.LastIndex(bytes.ToLower(w.text), []byte("</"+name))
		if w.lastEnd == nil {
			w.lastEnd = map[string]int{}
		}
		w.lastEnd[name] = last
	}
	return last > at
}

func (w *writer) dropTag(name string, at int, message, hint string) {
	if w.excerpt {
		return
	}
	pos := w.src.pos(at)
	key := droppedTag{name, pos.Line}
	if w.dropped[key] {
		return
	}
	if w.dropped == nil {
		w.dropped = map[droppedTag]bool{}
	}
	w.dropped[key] = true
	w.report(diag.HTMLDropped, pos, hint, message, name)
}

// makePlace closes what an element ends and makes sure that it may stand where
// it comes: balanced and in an order that browsers read as it is written.
func (w *writer) makePlace(name string, spec htmlTag) bool {
	for _, other := range spec.ends {
		if i := w.openAbove(other, "table", "ul", "ol", "dl"); i >= 0 {
			w.closeTo(i)
		}
	}
	if spec.within == cells && w.top().holds == rows {
		w.openTag("tr", "<tr>", false, cells)
	}
	if spec.within != anything {
		return w.top().holds == spec.within
	}
	if name == "a" {
		if i := w.openAbove("a"); i >= 0 {
			w.closeTo(i)
		}
		if w.inLink > 0 {
			return false
		}
	}
	if !spec.phrasing {
		w.endLoose()
		for w.top().name != "" && w.top().phrasing && w.top().drop == nil {
			w.pop()
		}
	}
	if !spec.phrasing && w.top().phrasing {
		return false
	}
	w.makeHolder()
	return true
}

// openAbove finds an open element of the author's above the frame and above
// the barriers, or -1.
func (w *writer) openAbove(name string, barriers ...string) int {
	for i := len(w.stack) - 1; i >= 0; i-- {
		switch e := &w.stack[i]; {
		case e.name == name:
			return i
		case e.name == "" || slices.Contains(barriers, e.name):
			return -1
		}
	}
	return -1
}

func (w *writer) endTag(name string) {
	if htmlTags[name].void {
		return
	}
	i := w.openAbove(name)
	if i < 0 {
		return // closes nothing
	}
	if !htmlTags[name].phrasing {
		w.endLoose()
	}
	w.closeTo(i)
}

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

// anchorID writes an id that the author gave, once.
func (w *writer) anchorID(id string) bool {
	id = cleanID(id)
	if id == "" || w.feed || w.excerpt || w.ids.used[id] || footnoteID.MatchString(id) {
		return false
	}
	w.ids.used[id] = true
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
	w.hole(l, piece{attributes: string(attributes), sized: sized}, at)
}

// rawHeading opens a heading written in HTML; it takes its place in the outline
// like any other.
func (w *writer) rawHeading(t html.Token, at int, rest []byte) {
	level := int(t.Data[1] - '0')
	if w.excerpt {
		m := w.mark()
		w.stack = append(w.stack, element{name: t.Data, phrasing: true, drop: &m})
		return
	}
	m := w.mark()
	wanted, _ := attributeOf(t, "id")
	h := Heading{Level: level, Text: headingText(rest[:min(len(rest), maxTag)]), Pos: w.src.pos(at)}
	h.ID = w.ids.take(wanted, h.Text)
	drop := w.isTitle()
	if !drop {
		h.Shown = w.shown(level)
	}
	tag := "h" + strconv.Itoa(h.Shown)
	w.noteTitle(h, m)
	w.startBlock(Block{Kind: HeadingBlock, Depth: level}, at)
	w.loose = true
	e := element{name: t.Data, end: "</" + tag + ">", phrasing: true}
	if drop {
		w.titleID = h.ID
		m.title = w.title
		e.drop = &m
	} else {
		w.write("<" + tag)
		if !w.feed {
			w.html = appendAttribute(w.html, "id", h.ID)
		}
		w.write(">")
		w.headings = append(w.headings, h)
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
		case html.EndTagToken:
			if name, _ := z.TagName(); len(name) == 2 && name[0] == 'h' {
				return strings.Join(strings.Fields(b.String()), " ")
			}
		}
	}
}
