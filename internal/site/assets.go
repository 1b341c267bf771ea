package site

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"image"
	_ "image/gif"  // the formats whose size can be read
	_ "image/jpeg" //
	_ "image/png"  //
	"io"
	"path"
	"strconv"
	"strings"
	"unicode/utf8"

	_ "golang.org/x/image/webp" //
	"golang.org/x/text/unicode/norm"

	"publish/internal/content"
	"publish/internal/photo"
)

// asset gives the one Asset of a file, making it when a page first refers to
// it. Once the site's assets are settled only pages that are left out meet
// another; nobody renders those.
func (s *Site) asset(f *content.File) *Asset {
	if a := cmp.Or(s.assets[f.Path], s.aside[f.Path]); a != nil {
		return a
	}
	a := &Asset{File: f, Route: s.assetRoute(f.Path)}
	if s.taking != nil {
		a.setShape()
		s.taking[f.Path] = a
	}
	return a
}

// has says whether an asset is one of the site's or of its previews'.
func (s *Site) has(a *Asset) bool { return cmp.Or(s.assets[a.Path], s.aside[a.Path]) == a }

// assetRoute mirrors the file's place in the content folder. Hidden folders
// lose their dot, since hosts and upload tools leave such files out, and signs
// that Windows or artifact uploads refuse become hyphens.
func (s *Site) assetRoute(file string) string {
	rel := strings.TrimPrefix(file, strings.TrimPrefix(s.root+"/", "./"))
	parts := strings.Split(norm.NFC.String(rel), "/")
	for i, part := range parts {
		parts[i] = reserved.Replace(strings.TrimLeft(part, "."))
	}
	return "/" + path.Join(parts...)
}

var reserved = strings.NewReplacer(`\`, "-", ":", "-", "*", "-", "?", "-", `"`, "-", "<", "-", ">", "-", "|", "-", "#", "-")

// setShape finds out an image's size, and of a drawing whether it is safe.
func (a *Asset) setShape() {
	var find func([]byte) content.Shape
	switch strings.ToLower(path.Ext(a.Path)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".heif", ".avif", ".jxl", ".tif", ".tiff":
		find = imageShape
	case ".svg":
		find = drawingShape
	default:
		return
	}
	shape := a.Shape(find)
	a.Width, a.Height, a.changed, a.fault = shape.Width, shape.Height, shape.Changed, shape.Fault
	a.Told, a.place = shape.Told, shape.Place
}

// ImageShape reads the size of an image and what is wrong with it, by the ending
// of its name.
func ImageShape(name string, raw []byte) content.Shape {
	if strings.EqualFold(path.Ext(name), ".svg") {
		return drawingShape(raw)
	}
	return imageShape(raw)
}

func imageShape(raw []byte) content.Shape {
	_, said := photo.Strip(raw)
	shape := content.Shape{Told: said.Told, Place: said.Place}
	c, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil {
		shape.Fault = imageFault(raw, err)
		return shape
	}
	shape.Width, shape.Height = c.Width, c.Height
	if said.Turned >= 5 { // on its side
		shape.Width, shape.Height = c.Height, c.Width
	}
	return shape
}

// imageFault says what is wrong with bytes of which no size can be read. Of
// formats that Go does not know it says nothing.
func imageFault(raw []byte, err error) string {
	switch {
	case len(raw) == 0:
		return "is empty"
	case errors.Is(err, image.ErrFormat) && utf8.Valid(raw):
		return "holds text and no image"
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return "is cut off"
	}
	return ""
}

func drawingShape(raw []byte) (shape content.Shape) {
	shape.Width, shape.Height = svgSize(raw)
	if len(raw) == 0 {
		shape.Fault = "is empty"
	} else if !bytes.Contains(raw, []byte("svg")) {
		shape.Fault = "holds no drawing"
	}
	_, shape.Changed = inert(raw)
	return shape
}

// runsAlone are the endings of files that a browser runs when it opens them.
// They belong into static/, which is trusted, and not beside a text.
var runsAlone = map[string]bool{".html": true, ".htm": true, ".xhtml": true, ".xht": true, ".shtml": true, ".xml": true, ".xsl": true}

// maxDrawing is the size of a drawing, in bytes, above which it is not
// published: making it safe takes reading all of it.
const maxDrawing = 10 << 20

// refused says why a file of the content folder is not published whoever refers
// to it, "" if it may be.
func (s *Site) refused(f *content.File) string {
	ext := strings.ToLower(path.Ext(f.Path))
	switch {
	case runsAlone[ext]:
		return "a browser would run what is in it"
	case meansMore(s.assetRoute(f.Path)):
		return "a host would read it as its settings"
	case ext == ".svg" && f.Size > maxDrawing:
		return "a drawing may have 10 MiB"
	}
	return ""
}

// svgSize reads width and height, or the view box, of an SVG's root.
func svgSize(data []byte) (width, height int) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = false
	for {
		token, err := d.Token()
		if err != nil {
			return 0, 0
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		at := map[string]string{}
		for _, a := range start.Attr {
			at[a.Name.Local] = a.Value
		}
		w, h := pixels(at["width"]), pixels(at["height"])
		if box := strings.FieldsFunc(at["viewBox"], func(r rune) bool { return r == ' ' || r == ',' }); (w == 0 || h == 0) && len(box) == 4 {
			w, h = pixels(box[2]), pixels(box[3])
		}
		return w, h
	}
}

func pixels(s string) int {
	f, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(s), "px"), 64)
	if err != nil || f < 1 || f > 1<<20 {
		return 0
	}
	return int(f + 0.5)
}
