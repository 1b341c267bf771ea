package site

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
)

// inert gives an SVG without what a browser would run when somebody opens the
// file by itself, where no page's policy protects its readers: scripts, event
// handlers, foreign content, links with other schemes, and entities. Everything
// else keeps its bytes. One that is no XML is replaced by an empty drawing.
func inert(svg []byte) (out []byte, changed bool) {
	d := xml.NewDecoder(bytes.NewReader(svg))
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("only UTF-8") }
	var b bytes.Buffer
	skipped := 0 // depth within something left out
	for {
		from := d.InputOffset()
		token, err := d.RawToken()
		if err == io.EOF {
			return b.Bytes(), changed
		}
		if err != nil {
			return []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), true
		}
		raw := svg[from:d.InputOffset()]
		switch t := token.(type) {
		case xml.StartElement:
			selfClosing := bytes.HasSuffix(bytes.TrimSpace(raw), []byte("/>"))
			if skipped > 0 || running(t) {
				changed = true
				if !selfClosing {
					skipped++
				}
				continue
			}
			kept, dropped := quiet(t, selfClosing)
			if dropped {
				changed, raw = true, kept
			}
		case xml.EndElement:
			// RawToken gives one for <x/> too, of no bytes.
			if skipped > 0 && len(raw) > 0 {
				skipped--
				continue
			}
		case xml.Directive:
			if bytes.ContainsRune(t, '[') { // an internal subset may define entities
				changed = true
				continue
			}
		case xml.ProcInst:
			if t.Target != "xml" { // xml-stylesheet
				changed = true
				continue
			}
		}
		if skipped == 0 {
			b.Write(raw)
		}
	}
}

// runningElements are the ones that run, or that hold what is no drawing.
var runningElements = map[string]bool{
	"script": true, "foreignobject": true, "handler": true, "listener": true, "iframe": true, "object": true,
	"embed": true, "html": true, "body": true, "link": true, "meta": true, "base": true, "audio": true, "video": true,
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

// quiet gives the tag without handlers and without addresses that run.
func quiet(t xml.StartElement, selfClosing bool) (tag []byte, dropped bool) {
	var b bytes.Buffer
	b.WriteString("<" + qualified(t.Name))
	for _, a := range t.Attr {
		name := strings.ToLower(a.Name.Local)
		value := strings.ToLower(strings.Join(strings.Fields(a.Value), ""))
		address := name == "href" || name == "src" || name == "from" || name == "to" || name == "values"
		if strings.HasPrefix(name, "on") || address && !harmless(value) {
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

// harmless says whether an address neither runs nor leads to a document that
// would: a place in the drawing, a web page, an embedded picture.
func harmless(address string) bool {
	scheme := schemeOf(address)
	return scheme == "" || schemes[scheme] || strings.HasPrefix(address, "data:image/") && !strings.HasPrefix(address, "data:image/svg")
}

func qualified(n xml.Name) string {
	if n.Space != "" {
		return n.Space + ":" + n.Local
	}
	return n.Local
}

// Bytes are what is published of the file.
func (a *Asset) Bytes() ([]byte, error) {
	data, err := a.Read()
	if err == nil && strings.EqualFold(path.Ext(a.Path), ".svg") {
		data, _ = inert(data)
	}
	return data, err
}
