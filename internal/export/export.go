// Package export makes one file of a page: its styles, scripts and images stand
// in it, so that it can be mailed, kept and opened from disk, and asks nobody
// for anything. It works on the page that the site has, as written; how a page
// looks is decided elsewhere.
package export

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"publish/internal/route"
	"publish/internal/site"
)

// File is a page as one file.
type File struct {
	HTML []byte
	// Remote are the addresses of images that are elsewhere: the file has links
	// in their place.
	Remote []string
	// Unlinked says that links became their text, since nobody knows the site's
	// address.
	Unlinked bool
}

// Page makes a file of a page. What it refers to is taken from the table; links
// that lead elsewhere get full addresses, or become their text where the site's
// own is not known. An error that is a *diag.ErrorList is the site's mistake.
func Page(page *route.Route, table *route.Table, links *site.Links) (*File, error) {
	var source bytes.Buffer
	if err := page.Write(&source); err != nil {
		return nil, err
	}
	here := &url.URL{Path: links.Address(page.Path)}
	if full := links.Absolute(page.Path); full != "" {
		var err error
		if here, err = url.Parse(full); err != nil {
			return nil, fmt.Errorf("the page's own address: %w", err)
		}
	}
	w := &writer{table: table, here: here, mount: strings.TrimSuffix(links.BasePath(), "/"), tokens: html.NewTokenizer(&source)}
	if err := w.run(); err != nil {
		return nil, err
	}
	w.HTML = bytes.Replace(w.out.Bytes(), []byte(policyMark), []byte(w.policy()), 1)
	return &w.File, nil
}

// policyMark stands for the policy until all hashes are known. No page holds a
// NUL (HTML forbids it).
const policyMark = "\x00policy\x00"

// writer copies a page, token by token, and changes what refers to other files.
type writer struct {
	File
	table *route.Table
	here  *url.URL // of the page; without a host if nobody knows it
	mount string   // the path under which the site stands, without its last slash

	tokens          *html.Tokenizer
	out             bytes.Buffer
	deferred        bytes.Buffer // scripts that wait for the end of the page
	styles, scripts []string     // hashes
	anchors         []string     // end tags of the open links
	ruled           bool         // the policy has its place
}

func (w *writer) run() error {
	for {
		switch w.tokens.Next() {
		case html.ErrorToken:
			if err := w.tokens.Err(); !errors.Is(err, io.EOF) {
				return fmt.Errorf("read the page: %w", err)
			}
			return nil
		case html.StartTagToken, html.SelfClosingTagToken:
			raw := bytes.Clone(w.tokens.Raw()) // Token changes it
			if err := w.start(raw, w.tokens.Token()); err != nil {
				return err
			}
		case html.EndTagToken:
			raw := bytes.Clone(w.tokens.Raw())
			w.end(raw, w.tokens.Token().Data)
		default:
			w.out.Write(w.tokens.Raw())
		}
	}
}

func (w *writer) start(raw []byte, t html.Token) error {
	switch t.Data {
	case "meta":
		if strings.EqualFold(get(t, "http-equiv"), "Content-Security-Policy") {
			w.placePolicy()
		} else {
			w.out.Write(raw)
		}
	case "link":
		w.placePolicy()
		return w.link(t)
	case "script":
		w.placePolicy()
		return w.script(raw, t)
	case "img":
		return w.image(raw, t)
	case "a", "area":
		w.anchor(raw, t)
	case "source", "video", "audio", "track", "embed", "iframe", "object":
		return w.media(t)
	default:
		w.out.Write(raw)
	}
	return nil
}

func (w *writer) end(raw []byte, name string) {
	switch {
	case name == "head":
		w.placePolicy()
	case name == "body":
		w.out.Write(w.deferred.Bytes())
	case name == "a" && len(w.anchors) > 0:
		last := len(w.anchors) - 1
		raw, w.anchors = []byte(w.anchors[last]), w.anchors[:last]
	}
	w.out.Write(raw)
}

// placePolicy puts the policy where the page has its own, or before the first
// thing that it rules.
func (w *writer) placePolicy() {
	if !w.ruled {
		w.out.WriteString(`<meta http-equiv="Content-Security-Policy" content="` + policyMark + `">`)
	}
	w.ruled = true
}

// link is a stylesheet, an icon, or the address of something related.
func (w *writer) link(t html.Token) error {
	rel := strings.Fields(strings.ToLower(get(t, "rel")))
	href := get(t, "href")
	switch {
	case slices.Contains(rel, "stylesheet"):
		r := w.file(href)
		if r == nil {
			return nil
		}
		css, err := w.css(r, 0)
		if err != nil {
			return err
		}
		w.styles = append(w.styles, hash(css))
		w.out.WriteString(tag("style", keep(t, "rel", "href", "type", "integrity", "crossorigin")) + css + "</style>")
	case slices.Contains(rel, "icon"):
		data, err := w.data(href)
		if err != nil || data == "" {
			return err
		}
		w.out.WriteString(tag("link", set(t, "href", data)))
	case slices.ContainsFunc(rel, func(s string) bool { return related[s] }):
		if full := w.full(href); full != "" {
			w.out.WriteString(tag("link", set(t, "href", full)))
		}
	}
	return nil // any other would be fetched
}

// related are the relations that only say where something is.
var related = map[string]bool{"canonical": true, "alternate": true, "prev": true, "next": true, "license": true, "author": true, "me": true}

// script takes the text of a script in. One that waits for the whole page moves
// to its end, as only a script with an address may be deferred.
func (w *writer) script(raw []byte, t html.Token) error {
	src := get(t, "src")
	if src == "" {
		w.out.Write(raw) // data, or what the policy of the site forbids too
		return nil
	}
	w.skip("script")
	r := w.file(src)
	if r == nil {
		return nil
	}
	var b bytes.Buffer
	if err := r.Write(&b); err != nil {
		return err
	}
	text := strings.NewReplacer("\r\n", "\n", "</script", `<\/script`, "<!--", `<\!--`).Replace(b.String())
	w.scripts = append(w.scripts, hash(text))
	whole := tag("script", keep(t, "src", "defer", "async", "integrity", "crossorigin")) + text + "</script>\n"
	_, waits := find(t, "defer")
	if waits {
		w.deferred.WriteString(whole)
	} else {
		w.out.WriteString(whole)
	}
	return nil
}

// skip passes over what stands in an element, and its end.
func (w *writer) skip(name string) {
	for {
		switch w.tokens.Next() {
		case html.ErrorToken:
			return
		case html.EndTagToken:
			if tagName, _ := w.tokens.TagName(); string(tagName) == name {
				return
			}
		}
	}
}

// image takes an image in. One from elsewhere becomes a link to it.
func (w *writer) image(raw []byte, t html.Token) error {
	src, alt := get(t, "src"), get(t, "alt")
	if strings.HasPrefix(src, "data:") {
		w.out.Write(raw)
		return nil
	}
	data, err := w.data(src)
	switch {
	case err != nil:
		return err
	case data != "":
		w.out.WriteString(tag("img", set(without(t, "srcset", "loading"), "src", data)))
		return nil
	case isElsewhere(src):
		w.Remote = append(w.Remote, src)
		if alt == "" {
			alt = src
		}
		if len(w.anchors) == 0 {
			w.out.WriteString(tag("a", []html.Attribute{{Key: "href", Val: src}, {Key: "rel", Val: "external"}}) + html.EscapeString(alt) + "</a>")
			return nil
		}
	}
	w.out.WriteString(html.EscapeString(alt))
	return nil
}

// media takes sounds and films in; what is elsewhere loses its address.
func (w *writer) media(t html.Token) error {
	t = without(t, "srcset", "srcdoc")
	for _, name := range []string{"src", "poster", "data", "href", "xlink:href"} {
		address, ok := find(t, name)
		if !ok || strings.HasPrefix(address, "data:") || strings.HasPrefix(address, "#") {
			continue
		}
		data, err := w.data(address)
		if err != nil {
			return err
		}
		if t = without(t, name); data != "" {
			t.Attr = append(t.Attr, html.Attribute{Key: name, Val: data})
		}
	}
	w.out.WriteString(tag(t.Data, t.Attr))
	return nil
}

// anchor settles where a link leads. One to an image that is shown here, and one
// to a page whose address nobody knows, become what stands in them.
func (w *writer) anchor(raw []byte, t html.Token) {
	href, ok := find(t, "href")
	if !ok || strings.HasPrefix(href, "#") {
		w.open(t, string(raw), "</a>")
		return
	}
	full := w.full(href)
	if r := w.file(href); r != nil && strings.HasPrefix(r.MediaType(), "image/") {
		full = ""
	} else if full == "" {
		w.Unlinked = true
	}
	if full == "" {
		attrs := keep(t, "href", "rel", "type", "hreflang", "download", "target", "aria-keyshortcuts", "aria-current", "tabindex")
		w.open(t, tag("span", attrs), "</span>")
		return
	}
	w.open(t, tag("a", set(t, "href", full)), "</a>")
}

func (w *writer) open(t html.Token, start, end string) {
	w.out.WriteString(start)
	if t.Type == html.StartTagToken && t.Data == "a" {
		w.anchors = append(w.anchors, end)
	}
}

// policy lets the file show what stands in it, and nothing else. Scripts and
// styles are named by their hashes.
func (w *writer) policy() string {
	return "default-src 'none'; style-src " + sources(w.styles) + "; script-src " + sources(w.scripts) +
		"; img-src data:; font-src data:; media-src data:; base-uri 'none'; form-action 'none'"
}

func sources(hashes []string) string {
	if len(hashes) == 0 {
		return "'none'"
	}
	return strings.Join(hashes, " ")
}

// hash names a text for the policy (CSP 3, hash-source).
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
