package markdown

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"

	"publish/internal/block"
	"publish/internal/pattern"
)

// heading writes a heading, unless it has become the page's title.
func (w *writer) heading(n *ast.Heading) {
	if w.excerpt {
		return
	}
	first, drop := w.nothingYet(), w.isTitle()
	var m checkpoint
	if drop {
		m = w.checkpoint()
	}
	id := ""
	if !w.feed {
		id = w.ids.take(stringAttribute(n, "id"), w.plainOf(n))
	}
	h := Heading{Level: n.Level, ID: id}
	i := w.startBlock(block.Block{Kind: block.Heading, Depth: n.Level}, w.headingStart(n))
	h.Pos = w.blocks[i].Pos
	if !drop {
		h.Shown = w.shown(n.Level)
	}
	tag := "h" + strconv.Itoa(h.Shown)
	w.write("<" + tag)
	if !w.feed {
		w.html = appendAttribute(w.html, "id", id)
		for _, name := range []string{"class", "lang"} {
			if value := stringAttribute(n, name); value != "" {
				w.html = appendAttribute(w.html, name, value)
			}
		}
	}
	w.write(">")
	w.inlines(n, true)
	w.endBlock(i)
	text := bytes.TrimSpace(w.plain[min(w.blocks[i].start, len(w.plain)):])
	if w.title.Level == 0 {
		h.Text = string(text)
		w.noteTitle(h, first)
	}
	if drop {
		w.rewind(m)
		w.noteTitle(h, first)
		w.keepTitleID(id)
		return
	}
	w.permalink(id, text)
	w.write("</" + tag + ">\n")
	w.headings = append(w.headings, openHeading{h, i, true})
}

// headingStart is where the heading's first character stands: goldmark gives
// the start of a setext heading's underline, or of the text behind the #.
func (w *writer) headingStart(n *ast.Heading) int {
	at := n.Pos()
	if n.Lines().Len() > 0 {
		at = min(at, n.Lines().At(0).Start)
	}
	return max(at, 0)
}

func (w *writer) permalink(id string, text []byte) {
	if w.feed {
		return
	}
	w.write(` <a class="permalink" href="#`)
	w.html = appendEscaped(w.html, id)
	w.write(`" aria-label="`)
	if before, after, ok := w.o.wordsAround("permalink"); ok && len(text) > 0 {
		w.html = appendEscaped(w.html, strings.TrimLeft(before, " "))
		w.html = appendEscaped(w.html, text)
		w.html = appendEscaped(w.html, strings.TrimRight(after, " "))
	} else {
		w.html = appendEscaped(w.html, w.word("permalink", string(text)))
	}
	w.write(`">#</a>`)
}

// isTitle says whether the next heading is the one that became the page's title.
func (w *writer) isTitle() bool { return w.o.DropTitle && w.title.Level == 0 }

// keepTitleID keeps the id of the title from being given to another heading.
func (w *writer) keepTitleID(id string) {
	w.titleID = id
	w.ids.used[id] = true
}

// nothingYet says whether nothing has been written before the first heading.
func (w *writer) nothingYet() bool {
	return len(w.blocks) == 0 && len(w.html) == 0 && len(w.plain) == 0
}

// noteTitle keeps the first heading, and whether it is the first of all.
func (w *writer) noteTitle(h Heading, first bool) {
	if w.title.Level == 0 {
		w.title, w.titleFirst = h, first
	}
}

// shown closes the levels up: below the page's own h1 the outermost headings
// are h2, and each is at most one deeper than what it stands under.
func (w *writer) shown(level int) int {
	for len(w.outline) > 0 && w.outline[len(w.outline)-1] >= level {
		w.outline = w.outline[:len(w.outline)-1]
	}
	w.outline = append(w.outline, level)
	return min(len(w.outline)+1, 6)
}

func stringAttribute(n ast.Node, name string) string {
	value, _ := n.AttributeString(name)
	switch v := value.(type) {
	case []byte:
		return string(v)
	case string:
		return v
	}
	return ""
}

// ids gives out ids, each once.
type ids struct {
	used     map[string]bool
	given    []string        // used, in order, to take back what is left out
	reserved map[string]bool // written out somewhere in the text
	next     map[string]int  // the next suffix of an id, so that equal headings stay cheap
}

// layoutIDs stand on the pages around the text: a heading may be called so, but
// gets another id.
var layoutIDs = []string{"_main", "_states", "_services"}

// IDs are ids in their alphabetical order.
type IDs []string

// Has says whether an id is one of them.
func (s IDs) Has(id string) bool {
	_, ok := slices.BinarySearch(s, id)
	return ok
}

// sorted are the ids that have been given.
func (s *ids) sorted() IDs {
	if len(s.given) == 0 {
		return nil
	}
	sorted := append(make(IDs, 0, len(s.given)), s.given...)
	slices.Sort(sorted)
	return sorted
}

// reserve keeps an id from being made of a text.
func (s *ids) reserve(id string) {
	if s.reserved == nil {
		s.reserved = map[string]bool{}
	}
	s.reserved[id] = true
}

// footnoteID is what footnotes are called; nothing else may be.
var footnoteID = pattern.New(`fn(ref\d*)?:\d+$`)

// take gives the id that is asked for, or one made from the text.
func (s *ids) take(wanted, text string) string {
	wanted = cleanID(wanted)
	if s.mayBe(wanted) {
		s.give(wanted)
		return wanted
	}
	return s.unique(slug(text))
}

// mayBe says whether an author may give an id. Those that begin with an
// underscore are the layouts'.
func (s *ids) mayBe(id string) bool {
	return id != "" && id[0] != '_' && !s.used[id] && !footnoteID.MatchString(id)
}

func (s *ids) unique(base string) string {
	id := base
	for n := s.next[base]; s.used[id] || s.reserved[id] || slices.Contains(layoutIDs, id); n++ {
		id = base + "-" + strconv.Itoa(n+1)
		s.countOn(base, n+1)
	}
	s.give(id)
	return id
}

// countOn keeps which suffix of an id comes next.
func (s *ids) countOn(base string, n int) {
	if s.next == nil {
		s.next = map[string]int{}
	}
	s.next[base] = n
}

func (s *ids) give(id string) {
	s.used[id] = true
	s.given = append(s.given, id)
}

// takeBack forgets all but the first n ids.
func (s *ids) takeBack(n int) {
	for _, id := range s.given[n:] {
		delete(s.used, id)
	}
	s.given = s.given[:n]
}

// slug makes an id of a heading as GitHub does, so that links that work there
// work here: lower case, letters and digits of any script, - and _ kept, spaces
// become -, all else goes. Unlike GitHub's it is NFC, as the addresses are.
func slug(text string) string {
	text = strings.TrimSpace(text)
	var few [64]byte
	if b, ok := appendPlainSlug(few[:0], text); ok && len(b) > 0 {
		return string(b)
	}
	return slugOfAny(text)
}

// appendPlainSlug does so with ASCII, which most headings are.
func appendPlainSlug(b []byte, text string) (slug []byte, ok bool) {
	for i := range len(text) {
		switch c := text[i]; {
		case c >= utf8.RuneSelf:
			return b, false
		case c == ' ' || c == '\n':
			b = append(b, '-')
		case 'A' <= c && c <= 'Z':
			b = append(b, c|0x20)
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_':
			b = append(b, c)
		}
	}
	return b, true
}

// slugOfAny makes an id of any text without blanks around it.
func slugOfAny(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range strings.ToLower(norm.NFC.String(text)) {
		switch {
		case r == ' ' || r == '\n':
			b.WriteByte('-')
		case r >= 'a' && r <= 'z', r == '-', unicode.In(r, unicode.L, unicode.M, unicode.Nd, unicode.Pc):
			b.WriteRune(r)
		}
	}
	if b.Len() == 0 {
		return "section"
	}
	return b.String()
}

// cleanID takes out of a written id what must not stand in one.
func cleanID(id string) string {
	for i := range len(id) {
		if c := id[i]; c <= ' ' || c >= 0x7f || strings.IndexByte(notInIDs, c) >= 0 {
			return cleanAnyID(id)
		}
	}
	return id // as most are
}

const notInIDs = `"'<>&`

func cleanAnyID(id string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) || r == unicode.ReplacementChar || strings.ContainsRune(notInIDs, r) {
			return -1
		}
		return r
	}, id))
}

// reserveIDs collects the ids that are written out anywhere in the text, so
// that no heading above takes one of them.
func (w *writer) reserveIDs(root ast.Node) {
	if w.feed || !mayGiveIDs(w.text) {
		return
	}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			if id := cleanID(stringAttribute(n, "id")); id != "" {
				w.ids.reserve(id)
			}
		case *ast.HTMLBlock:
			w.reserveIn(n.Lines().Value(w.text))
		case *ast.RawHTML:
			w.reserveIn(n.Segments.Value(w.text))
		}
		return ast.WalkContinue, nil
	})
}

// mayGiveIDs says whether {#, id= or name= stand in a text. Braces and signs of
// equality are rare in prose.
func mayGiveIDs(text []byte) bool {
	if bytes.Contains(text, []byte("{#")) {
		return true
	}
	for at := 0; ; at++ {
		next := bytes.IndexByte(text[at:], '=')
		if next < 0 {
			return false
		}
		if at += next; bytes.HasSuffix(text[:at], []byte("id")) || bytes.HasSuffix(text[:at], []byte("name")) {
			return true
		}
	}
}

func (w *writer) reserveIn(raw []byte) {
	for z := html.NewTokenizer(bytes.NewReader(raw)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken:
			for _, a := range z.Token().Attr {
				if a.Key == "id" || a.Key == "name" {
					if id := cleanID(a.Val); id != "" {
						w.ids.reserve(id)
					}
				}
			}
		}
	}
}
