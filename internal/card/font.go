package card

import (
	"image"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
	"golang.org/x/text/unicode/norm"
)

// face is one of the Go fonts, which have the letters of European languages
// (WGL4: Latin, Greek, Cyrillic).
type face struct{ *sfnt.Font }

var (
	regular = sync.OnceValue(func() face { return parse(goregular.TTF) })
	bold    = sync.OnceValue(func() face { return parse(gobold.TTF) })
)

func parse(ttf []byte) face {
	f, err := sfnt.Parse(ttf)
	if err != nil {
		panic(err) // the font is embedded
	}
	return face{f}
}

// noBreak is a space at which a line must not end.
const noBreak = '\u00a0'

// fit makes a text ready to be drawn in a font. It is "" if the font lacks one
// of its letters: half a title says something else than the whole. Signs that
// are no letters, such as emoji, may be missing and are dropped.
func (f face) fit(text string) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(text) {
		switch {
		case r == noBreak || r == '\u202f' || r == '\u2007':
			b.WriteRune(noBreak)
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case r == '\u2011':
			b.WriteByte('-')
		case unicode.IsMark(r) && !unicode.Is(unicode.Variation_Selector, r):
			return "" // its place above or below a letter is more than this font knows
		case f.has(r):
			b.WriteRune(r)
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			return ""
		}
	}
	return strings.Join(strings.FieldsFunc(b.String(), func(r rune) bool { return r == ' ' }), " ")
}

func (f face) has(r rune) bool {
	glyph, err := f.GlyphIndex(nil, r)
	return err == nil && glyph != 0 && unicode.IsGraphic(r)
}

// glyphs calls draw for each letter of a line with its distance from the start,
// and gives the length of the line, in 1/64 of a pixel.
func (f face) glyphs(line string, size int, draw func(glyph sfnt.GlyphIndex, x fixed.Int26_6)) fixed.Int26_6 {
	var buffer sfnt.Buffer
	var x fixed.Int26_6
	var before sfnt.GlyphIndex
	ppem := fixed.I(size)
	for _, r := range line {
		glyph, err := f.GlyphIndex(&buffer, r)
		if err != nil {
			continue
		}
		if before != 0 {
			if kern, err := f.Kern(&buffer, before, glyph, ppem, font.HintingNone); err == nil {
				x += kern
			}
		}
		if draw != nil {
			draw(glyph, x)
		}
		if advance, err := f.GlyphAdvance(&buffer, glyph, ppem, font.HintingNone); err == nil {
			x += advance
		}
		before = glyph
	}
	return x
}

func (f face) width(line string, size int) int { return f.glyphs(line, size, nil).Ceil() }

// wrap breaks a text into lines of a width. What does not fit in the number of
// lines is replaced by an ellipsis.
func (f face) wrap(text string, size, width, lines int) []string {
	all := f.lines(text, size, width)
	if len(all) <= lines {
		return all
	}
	last := all[lines-1]
	for last != "" && f.width(last+"…", size) > width {
		_, n := utf8.DecodeLastRuneInString(last)
		last = last[:len(last)-n]
	}
	return append(all[:lines-1:lines-1], strings.TrimRight(last, " \u00a0,;:.–-")+"…")
}

// balance breaks a text into as few lines as it can, all of about one length.
func (f face) balance(text string, size, width, most int) []string {
	lines := f.lines(text, size, width)
	if len(lines) < 2 || len(lines) > most {
		return lines
	}
	for narrow := width - 20; narrow > width/3; narrow -= 20 {
		narrower := f.lines(text, size, narrow)
		if len(narrower) > len(lines) {
			break
		}
		lines = narrower
	}
	return lines
}

func (f face) lines(text string, size, width int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' }) {
		if line != "" && f.width(line+" "+word, size) <= width {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for line = word; f.width(line, size) > width; { // a word that is longer than a line
			n := 0
			for i := range line {
				if i > 0 && f.width(line[:i], size) > width {
					break
				}
				n = i
			}
			if n == 0 {
				break
			}
			lines, line = append(lines, line[:n]), line[n:]
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// text draws a line with its baseline at y and gives where it ends.
func (d *canvas) text(f face, size, x, y int, line string, i ink) int {
	end := f.glyphs(line, size, func(glyph sfnt.GlyphIndex, from fixed.Int26_6) {
		d.glyph(f, size, x+from.Round(), y, glyph, i)
	})
	return x + end.Ceil()
}

// glyph draws one letter. Its curves become lines here, in whole numbers: the
// rasterizer would do it in floating point, which some processors round
// otherwise than others. What it does with lines is exact (its sizes are below
// 512, where it counts in fixed point).
func (d *canvas) glyph(f face, size, x, y int, glyph sfnt.GlyphIndex, i ink) {
	var buffer sfnt.Buffer
	segments, err := f.LoadGlyph(&buffer, glyph, fixed.I(size), nil)
	if err != nil || len(segments) == 0 {
		return
	}
	bounds := segments.Bounds()
	box := image.Rect(bounds.Min.X.Floor(), bounds.Min.Y.Floor(), bounds.Max.X.Ceil(), bounds.Max.Y.Ceil())
	raster := vector.NewRasterizer(box.Dx(), box.Dy())
	point := func(p fixed.Point26_6) (float32, float32) {
		return float32(p.X-fixed.I(box.Min.X)) / 64, float32(p.Y-fixed.I(box.Min.Y)) / 64
	}
	var pen fixed.Point26_6
	for _, s := range segments {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			raster.ClosePath()
			raster.MoveTo(point(s.Args[0]))
			pen = s.Args[0]
		case sfnt.SegmentOpLineTo:
			raster.LineTo(point(s.Args[0]))
			pen = s.Args[0]
		case sfnt.SegmentOpQuadTo: // TrueType has no others
			const parts fixed.Int26_6 = 8
			for n := fixed.Int26_6(1); n <= parts; n++ {
				raster.LineTo(point(onCurve(pen, s.Args[0], s.Args[1], n, parts)))
			}
			pen = s.Args[1]
		}
	}
	raster.ClosePath()
	mask := image.NewAlpha(image.Rect(0, 0, box.Dx(), box.Dy()))
	raster.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	for row := range box.Dy() {
		for column := range box.Dx() {
			d.put(x+box.Min.X+column, y+box.Min.Y+row, i, int(mask.Pix[row*mask.Stride+column]))
		}
	}
}

// onCurve is a point of a quadratic curve from a by b to c, n parts of its way.
func onCurve(a, b, c fixed.Point26_6, n, parts fixed.Int26_6) fixed.Point26_6 {
	rest, whole := parts-n, parts*parts
	at := func(a, b, c fixed.Int26_6) fixed.Int26_6 {
		return (rest*rest*a + 2*rest*n*b + n*n*c + whole/2) / whole
	}
	return fixed.Point26_6{X: at(a.X, b.X, c.X), Y: at(a.Y, b.Y, c.Y)}
}
