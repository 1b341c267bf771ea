package site

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"publish/internal/pattern"
	"publish/internal/photo"
)

// inert gives an SVG without what a browser would run or fetch when somebody
// opens the file by itself, where no page's policy protects its readers:
// scripts, event handlers, foreign content, links with other schemes, entities,
// and styles, pictures and drawings of other hosts. Everything else keeps its
// bytes. One that is no XML, or whose root is no drawing, is replaced by an
// empty one.
func inert(svg []byte) (out []byte, changed bool) {
	q := quietener{decoder: xml.NewDecoder(bytes.NewReader(svg))}
	q.decoder.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("only UTF-8") }
	for {
		from := q.decoder.InputOffset()
		token, err := q.decoder.RawToken()
		if err == io.EOF && q.elements > 0 {
			return q.out.Bytes(), q.changed
		}
		if err != nil {
			return []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), true
		}
		q.take(token, svg[from:q.decoder.InputOffset()])
	}
}

// quietener writes the tokens of a drawing that may stay.
type quietener struct {
	decoder  *xml.Decoder
	out      bytes.Buffer
	changed  bool
	elements int // that were written
	skipped  int // depth within something left out
	style    *sheet
}

// sheet is the text of a style element, which may come in pieces.
type sheet struct{ raw, text bytes.Buffer }

func (q *quietener) take(token xml.Token, raw []byte) {
	switch t := token.(type) {
	case xml.StartElement:
		q.start(t, raw)
		return
	case xml.EndElement:
		// RawToken gives one for <x/> too, of no bytes.
		if q.skipped > 0 && len(raw) > 0 {
			q.skipped--
			return
		}
		if q.style != nil && q.skipped == 0 {
			q.endStyle()
		}
	case xml.Directive:
		if bytes.ContainsRune(t, '[') { // an internal subset may define entities
			q.changed = true
			return
		}
	case xml.ProcInst:
		if t.Target != "xml" { // xml-stylesheet
			q.changed = true
			return
		}
	case xml.CharData:
		if q.style != nil && q.skipped == 0 {
			q.style.text.Write(t)
		}
	}
	switch {
	case q.skipped > 0:
	case q.style != nil:
		q.style.raw.Write(raw)
	default:
		q.out.Write(raw)
	}
}

func (q *quietener) start(t xml.StartElement, raw []byte) {
	selfClosing := bytes.HasSuffix(bytes.TrimSpace(raw), []byte("/>"))
	if q.skipped > 0 || q.style != nil || running(t) {
		q.changed = true
		if !selfClosing {
			q.skipped++
		}
		return
	}
	if kept, dropped := quiet(t, selfClosing); dropped {
		q.changed, raw = true, kept
	}
	q.elements++
	q.out.Write(raw)
	if strings.EqualFold(t.Name.Local, "style") && !selfClosing {
		q.style = &sheet{}
	}
}

// endStyle writes a style sheet, as it stands if it fetches nothing.
func (q *quietener) endStyle() {
	text := q.style.text.String()
	if kept := stylesHere(text); kept != text {
		q.changed = true
		xml.EscapeText(&q.out, []byte(kept))
	} else {
		q.out.Write(q.style.raw.Bytes())
	}
	q.style = nil
}

// runningElements are the ones that run, or that hold what is no drawing.
var runningElements = map[string]bool{
	"script": true, "foreignobject": true, "handler": true, "listener": true, "iframe": true, "object": true,
	"embed": true, "html": true, "body": true, "link": true, "meta": true, "base": true, "audio": true, "video": true,
	"form": true, "input": true, "button": true, "img": true, "picture": true, "source": true, "frame": true, "frameset": true,
}

func running(t xml.StartElement) bool {
	name := strings.ToLower(t.Name.Local)
	if runningElements[name] {
		return true
	}
	// An animation may set what a static attribute may not hold.
	for _, a := range t.Attr {
		target := strings.ToLower(a.Value)
		if strings.EqualFold(a.Name.Local, "attributeName") && (strings.HasSuffix(target, "href") || strings.HasPrefix(target, "on")) {
			return true
		}
	}
	return false
}

// quiet gives the tag without handlers and without addresses that run or are
// fetched from elsewhere.
func quiet(t xml.StartElement, selfClosing bool) (tag []byte, dropped bool) {
	var b bytes.Buffer
	b.WriteString("<" + qualified(t.Name))
	for _, a := range t.Attr {
		if !quietAttribute(t.Name, a) {
			dropped = true
			continue
		}
		b.WriteString(" " + qualified(a.Name) + `="`)
		xml.EscapeText(&b, []byte(a.Value))
		b.WriteByte('"')
	}
	if selfClosing {
		b.WriteByte('/')
	}
	b.WriteByte('>')
	return b.Bytes(), dropped
}

func quietAttribute(element xml.Name, a xml.Attr) bool {
	name := strings.ToLower(a.Name.Local)
	value := strings.ToLower(strings.Join(strings.Fields(a.Value), ""))
	switch {
	case strings.HasPrefix(name, "on"), name == "ping", a.Name.Space == "xml" && name == "base":
		return false
	case a.Name.Space == "xmlns", name == "xmlns":
		return true
	case name == "href" && strings.EqualFold(element.Local, "a"):
		return harmless(value)
	case name == "href", name == "src", name == "from", name == "to", name == "values":
		return harmless(value) && !elsewhere(value) && stylesHere(a.Value) == a.Value
	}
	return stylesHere(a.Value) == a.Value
}

// harmless says whether an address neither runs nor leads to a document that
// would: a place in the drawing, a web page, an embedded picture.
func harmless(address string) bool {
	scheme := schemeOf(address)
	return scheme == "" || schemes[scheme] || strings.HasPrefix(address, "data:image/") && !strings.HasPrefix(address, "data:image/svg")
}

// elsewhere says whether an address is one of another host.
func elsewhere(address string) bool {
	if strings.HasPrefix(address, "data:") {
		return false
	}
	return schemeOf(address) != "" || strings.HasPrefix(strings.ReplaceAll(address, `\`, "/"), "//")
}

var (
	cssImport = pattern.New(`(?i)@import[^;]*;?`)
	cssURL    = pattern.New(`(?i)url\(\s*["']?([^"')]*)["']?\s*\)?`)
	// cssFetches are the other ways to name a file, which drawings do not use
	// (CSS Images 4, CSS Values 5), and the escapes that could spell all of them.
	cssFetches = pattern.New(`(?i)(?:image-set|image|src|cross-fade)\(|\\`)
)

// stylesHere gives CSS without what it would fetch from other hosts.
func stylesHere(css string) string {
	if !strings.ContainsAny(css, `(@\`) {
		return css
	}
	css = cssImport.ReplaceAllString(css, "")
	css = cssURL.ReplaceAllStringFunc(css, func(whole string) string {
		address := strings.ToLower(strings.TrimSpace(cssURL.FindStringSubmatch(whole)[1]))
		if elsewhere(address) || !harmless(address) && !strings.HasPrefix(address, "data:font/") && !strings.HasPrefix(address, "data:application/font") {
			return "none"
		}
		return whole
	})
	if cssFetches.MatchString(css) {
		return ""
	}
	return css
}

func qualified(n xml.Name) string {
	if n.Space != "" {
		return n.Space + ":" + n.Local
	}
	return n.Local
}

// Bytes are what is published of the file: a drawing without what runs, a
// picture without what its file says of place, camera and persons.
func (a *Asset) Bytes() ([]byte, error) {
	data, err := a.Read()
	switch {
	case err != nil:
	case strings.EqualFold(path.Ext(a.Path), ".svg"):
		data, _ = inert(data)
	default:
		data, _ = photo.Strip(data)
	}
	return data, err
}
