package markdown

import (
	"slices"
	"strconv"
	"strings"

	codes "publish/internal/code"
	"publish/internal/spill"
)

// piece is a stretch of HTML, or a hole that is filled when a page is written.
type piece struct {
	size int32 // of its stretch of the HTML; of a hole, what stands before it
	link int32 // index into Links plus 1; 0: just HTML
	code int32 // index into codes plus 1; its HTML is the code without colours, or nothing
	end  bool  // the closing tag of the link
	// attributes of the tag besides its address, escaped, with a leading space.
	attributes string
	figure     bool // an image that links to itself at full size
	sized      bool // the author gave width or height
}

// AppendHTML appends the HTML, its holes filled.
func (d *Doc) AppendHTML(dst []byte, resolve Resolve) []byte {
	html := d.html.String()
	length := len(html) + 64*len(d.Links)
	var plain string
	if len(d.codes) > 0 {
		plain = d.text.String()
	}
	for _, c := range d.codes {
		length += 3 * (c.end - c.start) // for its colours
	}
	dst = slices.Grow(dst, length)
	open := false // links do not nest, so one flag says whether the end tag is due
	var spans []codes.Span
	for i := range d.pieces {
		p := &d.pieces[i]
		if p.code > 0 {
			dst = d.codes[p.code-1].append(dst, plain, &spans)
		} else {
			dst = append(dst, html[:p.size]...)
		}
		html = html[p.size:]
		switch {
		case p.link == 0:
		case p.end:
			if open {
				dst = append(dst, "</a>"...)
			}
			open = false
		case d.Links[p.link-1].Image:
			link := &d.Links[p.link-1]
			dst = d.appendImage(dst, p, link, safe(resolve(link)))
		default:
			dst, open = d.appendOpening(dst, p, resolve)
		}
	}
	return dst
}

// safe is a target without an address that would run.
func safe(t Target) Target {
	t.URL = safeURL(t.URL)
	return t
}

// appendOpening writes the tag that opens a link, unless that leads nowhere.
func (d *Doc) appendOpening(dst []byte, p *piece, resolve Resolve) (written []byte, open bool) {
	link := &d.Links[p.link-1]
	target := safe(resolve(link))
	if target.URL == "" {
		return dst, false
	}
	dst = appendAttribute(append(dst, "<a"...), "href", target.URL)
	dst = append(dst, p.attributes...)
	if target.External && !d.feed && strings.HasPrefix(target.URL, "http") {
		dst = append(dst, ` rel="external noopener"`...)
		if saysAddress(link) && !strings.Contains(p.attributes, " class=") {
			dst = append(dst, ` class="url"`...) // which print need not spell out
		}
	}
	return append(dst, '>'), true
}

// Spill puts the HTML and the plain text away, and says whether the plain text left
// memory: what else of the Doc and its Blocks is a part of it holds on to it. Nobody
// else may have the Doc yet.
func (d *Doc) Spill(f *spill.File) bool {
	d.html, d.text = f.Put(d.html.String()), f.Put(d.text.String())
	return d.text.Away()
}

// ExcerptText is the plain text of what stands before the `<!-- more -->` mark,
// else of the first paragraph, for lists and descriptions. It holds no headings
// and no footnotes.
func (d *Doc) ExcerptText() string { return d.excerptText }

// Section is a stretch of the text up to the next heading, as plain text.
type Section struct {
	Heading *Heading // nil of what stands before the first
	Text    string
}

// Sections is the whole text, parted by its headings.
func (d *Doc) Sections() []Section {
	text, sections := d.text.String(), make([]Section, 0, len(d.Headings)+1)
	open, from := (*Heading)(nil), 0
	for i := range d.Headings {
		h := &d.Headings[i]
		sections = append(sections, Section{open, strings.TrimSpace(text[from:max(from, h.start)])})
		open, from = h, max(from, h.end)
	}
	return append(sections, Section{open, strings.TrimSpace(text[from:])})
}

// Text is the whole text as plain text, for search and word lists.
func (d *Doc) Text() string { return d.text.String() }

// saysAddress says whether a link's text is its address.
func saysAddress(l *Link) bool {
	bare := func(s string) string {
		_, rest, found := strings.Cut(s, "://")
		if !found {
			rest = s
		}
		return strings.TrimSuffix(rest, "/")
	}
	return bare(l.Text) == bare(l.Dest)
}

// appendImage writes an image, or its alternative text if there is none.
func (d *Doc) appendImage(dst []byte, p *piece, link *Link, target Target) []byte {
	if target.URL == "" {
		switch {
		case link.Text == "":
			return dst
		case d.feed:
			return appendEscaped(dst, link.Text)
		}
		dst = append(dst, `<span class="missing">`...)
		return append(appendEscaped(dst, link.Text), "</span>"...)
	}
	if p.figure {
		dst = appendAttribute(append(dst, "<a"...), "href", target.URL)
		if link.Text == "" {
			dst = appendAttribute(dst, "aria-label", d.fullSize)
		}
		dst = append(dst, '>')
	}
	dst = appendAttribute(append(dst, "<img"...), "src", target.URL)
	dst = append(dst, p.attributes...)
	if !p.sized && target.Width > 0 && target.Height > 0 {
		dst = append(strconv.AppendInt(append(dst, ` width="`...), int64(target.Width), 10), '"')
		dst = append(strconv.AppendInt(append(dst, ` height="`...), int64(target.Height), 10), '"')
	}
	if !d.feed {
		dst = append(dst, ` loading="lazy" decoding="async"`...)
	}
	dst = append(dst, '>')
	if p.figure {
		dst = append(dst, "</a>"...)
	}
	return dst
}
