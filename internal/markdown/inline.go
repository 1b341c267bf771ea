package markdown

import (
	"bytes"
	"strings"

	emoji "github.com/yuin/goldmark-emoji/ast"
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"publish/internal/diag"
)

func (w *writer) inlineChildren(parent ast.Node) {
	for n := parent.FirstChild(); n != nil && !w.stopped; n = n.NextSibling() {
		w.inline(n)
	}
}

func (w *writer) inline(n ast.Node) {
	if n.Kind() != ast.KindText && n.Kind() != ast.KindRawHTML {
		w.makeHolder()
	}
	switch n := n.(type) {
	case *ast.Text:
		w.segment(n)
	case *ast.String:
		w.value(string(n.Value))
	case *ast.CodeSpan:
		w.codeSpan(n)
	case *ast.Emphasis:
		if n.Level == 2 {
			w.wrap("<strong>", n, "</strong>")
		} else {
			w.wrap("<em>", n, "</em>")
		}
	case *east.Strikethrough:
		w.wrap("<del>", n, "</del>")
	case *ast.Link:
		w.openLink(Link{Dest: w.destination(n.Destination), Title: w.linkTitle(n.Title, n.Pos())}, "", n.Pos())
		depth := w.frame(true)
		w.stack[depth].inline = true
		w.inlineChildren(n)
		w.closeTo(depth)
		w.closeLink()
	case *ast.AutoLink:
		w.autoLink(n)
	case *ast.Image:
		w.image(n, false, false)
	case *ast.RawHTML:
		w.inlineHTML(n)
	case *east.TaskCheckBox:
		w.taskBox(n.IsChecked)
	case *east.FootnoteLink:
		w.footnoteLink(n)
	case *east.FootnoteBacklink:
		w.footnoteBacklink(n)
	case *emoji.Emoji:
		w.emoji(n)
	case *redactedNode:
		w.wrap(`<span class="redacted">`, n, "</span>")
	default:
		w.inlineChildren(n)
	}
}

func (w *writer) wrap(start string, n ast.Node, end string) {
	if w.nested > maxDepth { // browsers stop at 512 elements within each other
		w.inlineChildren(n)
		return
	}
	w.nested++
	w.write(start)
	depth := w.frame(true)
	w.stack[depth].inline = true
	w.inlineChildren(n)
	w.closeTo(depth)
	w.write(end)
	w.nested--
}

// segment writes a stretch of the source's text.
func (w *writer) segment(n *ast.Text) {
	b := n.Segment.Value(w.text)
	if len(w.src.tags) > 0 && bytes.Contains(b, []byte(markOpen)) {
		w.taggedText(string(b), n.IsRaw())
	} else if !n.IsRaw() && (bytes.IndexByte(b, '\\') >= 0 || bytes.IndexByte(b, '&') >= 0) {
		w.value(unescape(string(b)))
	} else if len(b) > 0 {
		writeText(w, b)
	}
	if !n.IsRaw() {
		w.unclosedComments(n.Segment.Start, n.Segment.Stop)
	}
	switch {
	case n.HardLineBreak():
		w.lineBreak()
	case n.SoftLineBreak():
		plain := len(w.plain)
		w.plain = append(w.plain, ' ')
		w.soft = append(w.soft, int32(plain))
		w.noteText(plain, asWritten)
	}
}

func (w *writer) lineBreak() {
	w.makeHolder()
	w.write("<br>\n")
	w.plain = append(w.plain, '\n')
}

// unclosedComments reports the comments that are opened in a stretch of the text,
// which may end within their first four bytes.
func (w *writer) unclosedComments(at, end int) {
	for start := at; ; at++ {
		next := bytes.IndexByte(w.text[at:end], '<')
		if next < 0 {
			return
		}
		if at += next; bytes.HasPrefix(w.text[at:], []byte("<!--")) && (at == start || w.text[at-1] != '\\') {
			w.unclosedComment(at)
		}
	}
}

func (w *writer) unclosedComment(at int) {
	w.report(diag.InternalMark, w.src.pos(at), "close it with --> before the next empty line, or write &lt;!-- to show it",
		"a comment is opened and not closed in its paragraph: what it hides would be published, or what follows lost")
}

// taggedText writes text with tags of other tools in it: their meaning, or in
// code what was written.
func (w *writer) taggedText(s string, code bool) {
	for s != "" {
		i := strings.Index(s, markOpen)
		if i < 0 {
			break
		}
		w.decodedText(s[:i], code)
		t, n := w.src.tagFrom(s[i:])
		switch {
		case t == nil:
			n = len(markOpen)
			w.value("\uFFFD")
		case code:
			w.value(t.written)
		default:
			w.value(w.inText(t))
		}
		s = s[i+n:]
	}
	w.decodedText(s, code)
}

func (w *writer) decodedText(s string, raw bool) {
	if !raw {
		s = unescape(s)
	}
	w.value(s)
}

// value writes text that has nothing left to decode.
func (w *writer) value(s string) {
	if s != "" {
		writeText(w, s)
	}
}

// writeText writes text, in the item or cell that it needs.
func writeText[T string | []byte](w *writer, s T) {
	w.makeHolder()
	appendText(w, s)
}

// verbatim writes text and nothing around it.
func (w *writer) verbatim(s string) { appendText(w, s) }

func appendText[T string | []byte](w *writer, s T) {
	plain := len(w.plain)
	if asItIs(s) {
		w.plain = append(w.plain, s...)
		w.noteText(plain, asWritten)
		return
	}
	w.plain = appendClean(w.plain, s)
	w.noteText(plain, escaping(w.plain[plain:]))
}

func (w *writer) codeSpan(n *ast.CodeSpan) {
	w.write("<code>")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok {
			continue
		}
		b := t.Segment.Value(w.text)
		newline := bytes.HasSuffix(b, []byte("\n"))
		w.value(w.src.written(string(bytes.TrimSuffix(b, []byte("\n")))))
		if newline {
			w.value(" ")
		}
	}
	w.write("</code>")
}

// maxAddress is how long a destination or a title may be, in bytes. One
// definition can be referred to by every fourth byte of a text, and each link
// repeats what it says.
const maxAddress = 2000

// destination is a link's as the author meant it.
func (w *writer) destination(raw []byte) string { return w.inDestination(w.shared(raw)) }

// linkTitle is the title of a link or an image, decoded.
func (w *writer) linkTitle(raw []byte, at int) string {
	title := w.shared(raw)
	if len(title) > maxAddress {
		w.once("a long title", at, "shorten it", "a title of more than %d bytes is left out", maxAddress)
		return ""
	}
	return w.src.eachTag(title, w.inText)
}

// shared undoes escapes and entities. Of what is long there is one string for
// all links that share a definition.
func (w *writer) shared(raw []byte) string {
	if len(raw) < 100 {
		return unescape(string(raw))
	}
	if s, ok := w.decoded[string(raw)]; ok {
		return s
	}
	if w.decoded == nil {
		w.decoded = map[string]string{}
	}
	s := unescape(string(raw))
	w.decoded[string(raw)] = s
	return s
}

// tooLong says whether a destination is no address that anybody wrote.
func (w *writer) tooLong(l Link, at int) bool {
	if len(l.Dest) <= maxAddress {
		return false
	}
	w.once("a long address", at, "link to something shorter; an image belongs into a file of its own",
		"an address of more than %d bytes is left out, its text stays", maxAddress)
	return true
}

// openLink begins a link. Where one is open already (an author's own <a>
// around Markdown), the inner one is only its text.
func (w *writer) openLink(l Link, attributes string, at int) {
	w.inLink++
	if w.inLink > 1 || w.tooLong(l, at) {
		return
	}
	if l.Title != "" {
		attributes = string(appendAttribute([]byte(attributes), "title", l.Title))
	}
	w.makeHolder()
	w.hole(l, hole{attributes: attributes}, at)
}

// hole leaves a place for a link, which it lists unless this is the excerpt.
func (w *writer) hole(l Link, h hole, at int) {
	if l.Image && w.tooLong(l, at) {
		w.value(l.Text)
		return
	}
	index, known := w.linkAt[at]
	switch {
	case !w.excerpt:
		l.Pos = w.src.pos(at)
		index = len(w.links)
		w.links = append(w.links, link{Link: l, at: at, start: len(w.plain)})
		w.linkAt[at] = index
	case !known:
		return
	}
	h.link = int32(index) + 1
	w.addHole(h)
}

func (w *writer) addHole(h hole) {
	w.holes = append(w.holes, h)
	at := w.textEnd()
	w.parts = append(w.parts, part{int32(len(w.html)), at, at, int32(len(w.holes))})
}

func (w *writer) closeLink() {
	w.inLink--
	if w.inLink > 0 {
		return
	}
	for i := len(w.holes) - 1; i >= 0; i-- {
		h := &w.holes[i]
		if h.end {
			return // it was not written: nothing to close
		}
		l := &w.links[h.link-1]
		if l.Image {
			continue
		}
		if !w.excerpt {
			l.end = len(w.plain)
		}
		w.addHole(hole{link: h.link, end: true})
		return
	}
}

func (w *writer) autoLink(n *ast.AutoLink) {
	label := string(n.Label(w.text))
	dest := string(n.URL(w.text))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(dest), "mailto:") {
		dest = "mailto:" + dest
	}
	at := n.Pos()
	if i := bytes.Index(w.text[at:min(len(w.text), at+len(label)+2)], []byte(label)); i > 0 {
		at += i
	}
	w.openLink(Link{Dest: w.inDestination(dest)}, "", at)
	w.value(w.src.eachTag(label, w.inText))
	w.closeLink()
}

func (w *writer) taskBox(done bool) {
	if w.feed {
		w.write(map[bool]string{true: "☑ ", false: "☐ "}[done])
		return
	}
	w.write(`<input type="checkbox" disabled`)
	key := "task-open"
	if done {
		w.write(" checked")
		key = "task-done"
	}
	w.html = appendAttribute(w.html, "aria-label", w.word(key, ""))
	w.write("> ")
}

// emoji writes an emoji code as the emoji, with its name for those who hear
// the page.
func (w *writer) emoji(n *emoji.Emoji) {
	if !n.Value.IsUnicode() {
		w.value(":" + string(n.ShortName) + ":")
		return
	}
	sign := string(n.Value.Unicode)
	w.plain = append(w.plain, sign...)
	if w.feed {
		w.write(sign)
		return
	}
	w.write(`<span role="img"`)
	w.html = appendAttribute(w.html, "aria-label", n.Value.Name)
	w.write(">" + sign + "</span>")
}

// plainOf is the text of a node without writing it: for alternative texts and
// ids, where emoji codes keep their names.
func (w *writer) plainOf(n ast.Node) string {
	if t, ok := n.FirstChild().(*ast.Text); ok && t == n.LastChild() {
		if s := t.Segment.Value(w.text); asItIs(s) && bytes.IndexByte(s, '\\') < 0 {
			return string(bytes.TrimSpace(s)) // as most headings are
		}
	}
	var b []byte
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch c := c.(type) {
		case *ast.Text:
			s := string(c.Segment.Value(w.text))
			if !c.IsRaw() {
				s = unescape(s)
			}
			b = appendClean(b, w.src.eachTag(s, w.quietly))
			if c.SoftLineBreak() || c.HardLineBreak() {
				b = append(b, ' ')
			}
		case *ast.String:
			b = appendClean(b, c.Value)
		case *ast.AutoLink:
			b = appendClean(b, c.Label(w.text))
		case *emoji.Emoji:
			b = append(b, c.ShortName...)
		case *east.FootnoteLink:
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(string(b))
}

// quietly is inText without a warning, for what is written elsewhere too.
func (w *writer) quietly(t *tag) string {
	switch t.meaning {
	case asText:
		return t.value
	case silent, dropped:
		return ""
	}
	return t.written
}
