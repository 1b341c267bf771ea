package markdown

import (
	"slices"
	"strconv"
	"strings"

	codes "publish/internal/code"
	"publish/internal/spill"
)

// hole is a place that is filled when a page is written.
type hole struct {
	link int32 // number in Links, from 1
	end  bool  // the closing tag of the link
	// attributes of the tag besides its address, escaped, with a leading space.
	attributes string
	figure     bool // an image that links to itself at full size
	sized      bool // the author gave width or height
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

// Sections is the whole text, parted by its headings. It is good until the room is
// done.
func (d *Doc) Sections(room *spill.Room) []Section {
	text, sections := room.Lend(d.text), make([]Section, 0, len(d.Headings)+1)
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

// AppendHTML appends the HTML, its holes filled.
func (d *Doc) AppendHTML(dst []byte, resolve Resolve) []byte {
	room := spill.NewRoom()
	defer room.Done()
	html, text, parts := room.Lend(d.html), room.Lend(d.text), d.parts.All()
	length := len(html) + len(text) + len(text)/32 + 64*len(d.Links)
	if len(d.codes) > 0 {
		length += len(text) // their colours
	}
	dst = slices.Grow(dst, length)
	f := filler{Doc: d, text: text, soft: d.soft, resolve: resolve}
	done := int32(0)
	for i := range parts {
		p := &parts[i]
		dst = append(dst, html[done:p.html]...)
		done = p.html
		switch code, isCode := p.code(); {
		case p.isText():
			dst = f.between(dst, p)
		case isCode:
			dst = appendColoured(dst, d.codes[code], text[p.start:p.end], &f.spans)
		default:
			dst = f.hole(dst, &d.holes[p.of-1])
		}
	}
	return append(dst, html[done:]...)
}

// filler puts what stands between the tags of a document.
type filler struct {
	*Doc
	text    string
	soft    []int32 // line breaks, from where it is on
	resolve Resolve
	open    bool // links do not nest, so one flag says whether the end tag is due
	spans   []codes.Span
}

// between appends the text of a part, in which line breaks are blanks.
func (f *filler) between(dst []byte, p *part) []byte {
	from := p.start
	for ; len(f.soft) > 0 && f.soft[0] < p.end; f.soft = f.soft[1:] {
		dst = append(p.append(dst, f.text[from:f.soft[0]]), '\n')
		from = f.soft[0] + 1
	}
	return p.append(dst, f.text[from:p.end])
}

// append appends text as HTML.
func (p *part) append(dst []byte, text string) []byte {
	if p.of == toEscape {
		return appendEscaped(dst, text)
	}
	return append(dst, text...)
}

// Spill puts the HTML and the plain text away. Nobody else may have the Doc yet.
// What else of it and its Blocks is a part of the text holds on to it.
func (d *Doc) Spill(f *spill.File) {
	d.html, d.text, d.parts = f.Put(d.html.String()), f.Put(d.text.String()), spill.PutItems(f, d.parts)
}

func (f *filler) hole(dst []byte, h *hole) []byte {
	if h.end {
		if f.open {
			dst = append(dst, "</a>"...)
		}
		f.open = false
		return dst
	}
	link := &f.Links[h.link-1]
	target := f.resolve(link)
	target.URL = safeURL(target.URL)
	if link.Image {
		return f.appendImage(dst, h, link, target)
	}
	if f.open = target.URL != ""; !f.open {
		return dst
	}
	dst = appendAttribute(append(dst, "<a"...), "href", target.URL)
	dst = append(dst, h.attributes...)
	if target.External && !f.feed && strings.HasPrefix(target.URL, "http") {
		dst = append(dst, ` rel="external noopener"`...)
		if saysAddress(link) && !strings.Contains(h.attributes, " class=") {
			dst = append(dst, ` class="url"`...) // which print need not spell out
		}
	}
	return append(dst, '>')
}

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
func (d *Doc) appendImage(dst []byte, h *hole, link *Link, target Target) []byte {
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
	if h.figure {
		dst = appendAttribute(append(dst, "<a"...), "href", target.URL)
		if link.Text == "" {
			dst = appendAttribute(dst, "aria-label", d.fullSize)
		}
		dst = append(dst, '>')
	}
	dst = appendAttribute(append(dst, "<img"...), "src", target.URL)
	dst = append(dst, h.attributes...)
	if !h.sized && target.Width > 0 && target.Height > 0 {
		dst = append(strconv.AppendInt(append(dst, ` width="`...), int64(target.Width), 10), '"')
		dst = append(strconv.AppendInt(append(dst, ` height="`...), int64(target.Height), 10), '"')
	}
	if !d.feed {
		dst = append(dst, ` loading="lazy" decoding="async"`...)
	}
	dst = append(dst, '>')
	if h.figure {
		dst = append(dst, "</a>"...)
	}
	return dst
}
