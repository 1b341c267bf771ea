// Package card draws the pictures that other programs show for a link: a card
// with the title, the date and the severity of a report, and the icon of the
// site. The same card has the same pixels on every machine: no font of the
// system, no floating point that processors round in their own ways.
package card

import (
	"image"
	"image/color"
	"image/png"
	"io"
	"sync"
)

// Width and Height are those of a card, in pixels: what Open Graph's readers
// cut to.
const Width, Height = 1200, 630

// Card is what a card says. Every field may be empty. A text that the font
// cannot write (see font.go) is left out whole, and the rest is arranged
// without it: no card shows boxes in place of letters.
type Card struct {
	Title string
	// Site stands above the title, Note below it, in small type.
	Site, Note string
	// Date and Severity stand at the foot. The mark of the severity is that of
	// the style sheet: a shape by rank.
	Date, Severity string
	Rank           int
	// Mark draws the site's mark, if it is the built-in one.
	Mark bool
}

// The measures of a card, in pixels.
const (
	margin    = 80
	top       = 118 // baseline of the site's title
	rule      = 152
	foot      = 556 // baseline of the last line
	smallSize = 34
	noteSize  = 36
)

// scales are the sizes of a title, and how many lines of each there is room for.
var scales = []struct{ size, lines int }{{72, 3}, {60, 4}, {48, 5}}

// WritePNG draws the card.
func (c Card) WritePNG(w io.Writer) error {
	d := newCanvas(Width, Height, c.Rank)
	title := bold().fit(c.Title)
	site, note := regular().fit(c.Site), regular().fit(c.Note)
	date, severity := regular().fit(c.Date), bold().fit(c.Severity)
	if title == "" {
		title, date = date, "" // a report whose title is in another script
	}
	if title == "" {
		title, site = site, ""
	}
	d.head(site, c.Mark && title != "")
	if c.Mark && title == "" {
		d.mark(margin, rule+60, 192)
	}
	d.body(title, note)
	d.foot(date, severity, c.Severity != "", c.Rank)
	return d.write(w)
}

func (d *canvas) head(site string, mark bool) {
	x := margin
	if mark {
		d.mark(x, top-40, 48)
		x += 66
	}
	for _, line := range regular().wrap(site, smallSize, Width-margin-x, 1) {
		d.text(regular(), smallSize, x, top, line, black)
	}
	d.fill(image.Rect(margin, rule, Width-margin, rule+2), edge)
}

// body sets the title in the largest size in which it has room.
func (d *canvas) body(title, note string) {
	y := rule
	for i, s := range scales {
		lines := bold().balance(title, s.size, Width-2*margin, s.lines)
		if len(lines) > s.lines {
			if i < len(scales)-1 {
				continue
			}
			lines = bold().wrap(title, s.size, Width-2*margin, s.lines)
		}
		y += s.size/2 + 14
		for _, line := range lines {
			y += s.size * 6 / 5
			d.text(bold(), s.size, margin-s.size/24, y, line, black)
		}
		break
	}
	room := (foot - smallSize - y) / (noteSize * 3 / 2)
	if room < 1 {
		return
	}
	y += noteSize / 2
	for _, line := range regular().wrap(note, noteSize, Width-2*margin, min(room, 3)) {
		y += noteSize * 3 / 2
		d.text(regular(), noteSize, margin, y, line, muted)
	}
}

func (d *canvas) foot(date, severity string, marked bool, rank int) {
	x := margin
	if marked {
		d.severity(x, foot-25, 26, rank)
		x += 26 + 14
		for _, line := range bold().wrap(severity, smallSize, (Width-2*margin)/2, 1) {
			x = d.text(bold(), smallSize, x, foot, line, loud) + 36
		}
	}
	d.text(regular(), smallSize, x, foot, date, muted)
}

// WriteIcon draws the site's mark on a square of that many pixels, for phones
// that keep a page among their programs.
func WriteIcon(w io.Writer, size int) error {
	d := newCanvas(size, size, 0)
	d.mark(size*5/32, size*5/32, size*22/32)
	return d.write(w)
}

// The colours are those of the style sheet in its light form.
var (
	paper    = color.RGBA{0xfd, 0xfd, 0xfc, 0xff}
	inkColor = color.RGBA{0x10, 0x13, 0x15, 0xff}
	mute     = color.RGBA{0x56, 0x5d, 0x64, 0xff}
	line     = color.RGBA{0xd8, 0xdb, 0xdc, 0xff}
	ranks    = []color.RGBA{{0xb3, 0x00, 0x1e, 0xff}, {0xa3, 0x43, 0x00, 0xff}, {0x75, 0x58, 0x00, 0xff}, {0x4a, 0x5a, 0x66, 0xff}}
)

// An ink is a colour of the palette, in steps from the paper to itself.
type ink uint8

const (
	black ink = iota
	muted
	edge
	loud // of the severity
)

// steps is how many shades each ink has: 4 × 63 and the paper fit in 256.
const steps = 63

// canvas is a picture of a few inks on paper: small as a file, since it has a
// palette.
type canvas struct{ *image.Paletted }

func newCanvas(width, height, rank int) *canvas {
	palette := color.Palette{paper}
	for _, c := range []color.RGBA{inkColor, mute, line, ranks[max(0, min(rank, len(ranks)-1))]} {
		for step := 1; step <= steps; step++ {
			between := func(from, to uint8) uint8 { return uint8((int(from)*(steps-step) + int(to)*step + steps/2) / steps) }
			palette = append(palette, color.RGBA{between(paper.R, c.R), between(paper.G, c.G), between(paper.B, c.B), 0xff})
		}
	}
	return &canvas{image.NewPaletted(image.Rect(0, 0, width, height), palette)}
}

// put covers a pixel with an ink, in parts of 255. Where two marks meet, the
// stronger counts.
func (d *canvas) put(x, y int, i ink, cover int) {
	step := (cover*steps + 127) / 255
	if step == 0 || !(image.Point{x, y}).In(d.Rect) {
		return
	}
	at := d.PixOffset(x, y)
	if old := int(d.Pix[at]); old == 0 || (old-1)%steps+1 < step {
		d.Pix[at] = uint8(1 + int(i)*steps + step - 1)
	}
}

// encoders keep what a picture is compressed with, a megabyte, for the next one.
type encoders struct{ sync.Pool }

var usedEncoders encoders

// Get gives one that was used before; nil if there is none.
func (e *encoders) Get() *png.EncoderBuffer {
	used, _ := e.Pool.Get().(*png.EncoderBuffer)
	return used
}

// Put keeps one.
func (e *encoders) Put(used *png.EncoderBuffer) { e.Pool.Put(used) }

// write writes the picture. The usual compression makes a file of 19 KB and not of
// 21, and takes half as long again.
func (d *canvas) write(w io.Writer) error {
	return (&png.Encoder{CompressionLevel: png.BestSpeed, BufferPool: &usedEncoders}).Encode(w, d.Paletted)
}
