package markdown

import (
	"slices"
	"strconv"
	"strings"

	codes "publish/internal/code"
)

// piece is a stretch of HTML, or a hole that is filled when a page is written.
type piece struct {
	html string // of a hole, what stands before it
	link int    // index into Links plus 1; 0: just html
	end  bool   // the closing tag of the link
	code int    // index into codes plus 1; its html is the code without colours, or nothing
	// attributes of the tag besides its address, escaped, with a leading space.
	attributes string
	figure     bool // an image that links to itself at full size
	sized      bool // the author gave width or height
}

// AppendHTML appends the HTML, its holes filled.
func (d *Doc) AppendHTML(dst []byte, resolve Resolve) []byte { return d.fill(dst, d.pieces, resolve) }

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
	sections := make([]Section, 0, len(d.Headings)+1)
	open, from := (*Heading)(nil), 0
	for i := range d.Headings {
		h := &d.Headings[i]
		sections = append(sections, Section{open, strings.TrimSpace(d.text[from:max(from, h.start)])})
		open, from = h, max(from, h.end)
	}
	return append(sections, Section{open, strings.TrimSpace(d.text[from:])})
}

// Text is the whole text as plain text, for search and word lists.
func (d *Doc) Text() string { return d.text }

func (d *Doc) fill(dst []byte, pieces []piece, resolve Resolve) []byte {
	length := 0
	for i := range pieces {
		if p := &pieces[i]; p.code > 0 {
			length += 3 * len(d.codes[p.code-1].code) // for its colours
		} else {
			length += len(p.html)
		}
	}
	dst = slices.Grow(dst, length+64*len(d.Links))
	open := false // links do not nest, so one flag says whether the end tag is due
	var spans []codes.Span
	for i := range pieces {
		p := &pieces[i]
		switch {
		case p.code > 0:
			dst = d.codes[p.code-1].append(dst, &spans)
		case p.link == 0:
			dst = append(dst, p.html...)
		case p.end:
			if dst = append(dst, p.html...); open {
				dst = append(dst, "</a>"...)
			}
			open = false
		default:
			dst = append(dst, p.html...)
			link := &d.Links[p.link-1]
			target := resolve(link)
			target.URL = safeURL(target.URL)
			if link.Image {
				dst = d.appendImage(dst, p, link, target)
			} else if open = target.URL != ""; open {
				dst = appendAttribute(append(dst, "<a"...), "href", target.URL)
				dst = append(dst, p.attributes...)
				if target.External && !d.feed && strings.HasPrefix(target.URL, "http") {
					dst = append(dst, ` rel="external noopener"`...)
					if saysAddress(link) && !strings.Contains(p.attributes, " class=") {
						dst = append(dst, ` class="url"`...) // which print need not spell out
					}
				}
				dst = append(dst, '>')
			}
		}
	}
	return dst
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
