package markdown

import (
	"bytes"
	"slices"
	"sort"
	"strings"

	"github.com/yuin/goldmark/ast"
	gmtext "github.com/yuin/goldmark/text"
	"golang.org/x/net/html"

	"publish/internal/block"
	"publish/internal/diag"
	"publish/internal/pattern"
)

var moreMark = pattern.New(`(?i)^\s*<!--\s*more\s*-->\s*$`)

// maxAttributes is how many attributes of a tag are read.
const maxAttributes = 200

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
	before := len(w.html) + int(w.textEnd())
	w.rawTokens(raw, at)
	w.endLoose()
	if len(w.html)+int(w.textEnd()) > before && !w.beginsLine() {
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
		i := sort.Search(len(starts), func(i int) bool { return starts[i].at > offset }) - 1
		if i < 0 {
			return 0
		}
		return starts[i].from + offset - starts[i].at
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
			if len(t.Attr) > maxAttributes {
				w.once("many attributes", place, "delete them", "a tag has more than %d attributes: those behind are left out", maxAttributes)
				t.Attr = t.Attr[:maxAttributes]
			}
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
	if blank && (w.top().holds != anything || !w.inParagraph() && w.beginsLine()) {
		return
	}
	if !blank && !w.inParagraph() && !w.loose {
		lead := len(s) - len(strings.TrimLeft(s, " \t\n"))
		w.startBlock(block.Block{Kind: block.Paragraph}, at+lead)
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
	if _, removed := removedTags[name]; !removed {
		w.droppedAttributes(t, at)
	}
	if hasContent, ok := removedTags[name]; ok {
		w.dropTag(name, at, "the element %q is left out with all that it holds", "link to it instead")
		if hasContent && w.closedLater(name, at) {
			m := w.checkpoint()
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
