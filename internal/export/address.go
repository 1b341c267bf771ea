package export

import (
	"bytes"
	"encoding/base64"
	"net/url"
	"strings"

	"publish/internal/pattern"
	"publish/internal/route"
)

// isElsewhere says whether an address names its host.
func isElsewhere(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Host != ""
}

// file is the route of an address as seen from the page; nil if it is none.
func (w *writer) file(address string) *route.Route { return w.fileFrom(w.here, address) }

func (w *writer) fileFrom(from *url.URL, address string) *route.Route {
	u, err := url.Parse(address)
	if err != nil || address == "" || u.Scheme != "" && u.Scheme != w.here.Scheme || u.Host != "" && u.Host != w.here.Host {
		return nil
	}
	path := from.ResolveReference(u).Path
	for _, p := range []string{path, path + ".html"} {
		if below, ok := strings.CutPrefix(p, w.mount); ok && w.here.Host != "" {
			p = below
		}
		if r := w.table.Get(p); r != nil {
			return r
		}
	}
	return nil
}

// full is where an address of the page leads, seen from anywhere: "" if nobody
// knows. A place in the page itself stays one.
func (w *writer) full(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	there := w.here.ResolveReference(u)
	if u.Fragment != "" && there.Path == w.here.Path && there.Host == w.here.Host {
		return "#" + u.EscapedFragment()
	}
	if there.Scheme == "" {
		return ""
	}
	return there.String()
}

// data is a file of the site as an address that holds it; "" if the site has no
// such file.
func (w *writer) data(address string) (string, error) { return w.dataFrom(w.here, address) }

func (w *writer) dataFrom(from *url.URL, address string) (string, error) {
	r := w.fileFrom(from, address)
	if r == nil || strings.HasPrefix(r.MediaType(), "text/html") {
		return "", nil
	}
	var b bytes.Buffer
	if err := r.Write(&b); err != nil {
		return "", err
	}
	return "data:" + strings.ReplaceAll(r.MediaType(), " ", "") + ";base64," + base64.StdEncoding.EncodeToString(b.Bytes()), nil
}

var (
	cssImport = pattern.New(`@import\s+(?:url\(\s*)?["']?([^"')\s;]+)["']?\s*\)?([^;]*);`)
	cssURL    = pattern.New(`url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)`)
)

// maxImports ends style sheets that import each other.
const maxImports = 8

// css is a style sheet with everything that it imports and refers to. What is
// elsewhere is left out.
func (w *writer) css(r *route.Route, depth int) (string, error) {
	var b bytes.Buffer
	if err := r.Write(&b); err != nil {
		return "", err
	}
	from := &url.URL{Scheme: w.here.Scheme, Host: w.here.Host, Path: r.Path}
	if w.here.Host != "" {
		from.Path = w.mount + r.Path
	}
	var failed error
	text := cssImport.ReplaceAllStringFunc(strings.ReplaceAll(b.String(), "\r\n", "\n"), func(rule string) string {
		m := cssImport.FindStringSubmatch(rule)
		other := w.fileFrom(from, m[1])
		if other == nil || depth == maxImports {
			return ""
		}
		text, err := w.css(other, depth+1)
		if err != nil {
			failed = err
		}
		if media := strings.TrimSpace(m[2]); media != "" {
			text = "@media " + media + " {\n" + text + "\n}"
		}
		return text
	})
	text = cssURL.ReplaceAllStringFunc(text, func(call string) string {
		m := cssURL.FindStringSubmatch(call)
		address := m[1] + m[2] + m[3]
		if strings.HasPrefix(address, "data:") || strings.HasPrefix(address, "#") {
			return call
		}
		data, err := w.dataFrom(from, address)
		if err != nil {
			failed = err
		}
		if data == "" {
			data = "data:,"
		}
		return `url("` + data + `")`
	})
	return strings.ReplaceAll(text, "</style", `<\/style`), failed
}
