package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"strings"
	"sync/atomic"

	"publish/internal/postmortem"
	"publish/internal/route"
	"publish/internal/site"
	"publish/internal/spill"
)

// allData gives /postmortems.json.
func (b *builder) allData() planned {
	return planned{&route.Route{Path: "/postmortems.json", Source: "postmortems as data", Render: b.writeData}, b.addAllData}
}

// dataRoutes gives, beside each page in /postmortems.json, the page's own
// entry.
func (b *builder) dataRoutes() []planned {
	if !b.data {
		return nil
	}
	if b.texts != nil {
		b.madeData = make([]atomic.Pointer[spill.Text], len(b.site.Posts))
	}
	routes := make([]planned, 0, len(b.site.Posts))
	for _, p := range b.site.Posts {
		if inData(p) {
			routes = append(routes, planned{&route.Route{Path: dataPath(p), Source: p.Document.Path, Render: func(w io.Writer) error {
				return b.writeOwnData(w, p)
			}}, func(h *route.Hash) { h.Key(b.keys.data[p.Place]) }})
		}
	}
	return routes
}

// inData tells the kinds that stand in the data: posts have no facts.
func inData(p *site.Page) bool {
	return p.Kind == postmortem.KindPostmortem || p.Kind == postmortem.KindMaintenance
}

// hasData says whether a page has its entry beside it: one that is not public,
// which only the preview shows, has none.
func (b *builder) hasData(p *site.Page) bool {
	posts := b.site.Posts
	return b.data && inData(p) && p.Place < len(posts) && posts[p.Place].Path == p.Path
}

// dataPath is the route of a page's own entry: "/a/index.json" beside "/a/",
// "/a.json" beside "/a.html".
func dataPath(p *site.Page) string {
	if strings.HasSuffix(p.Path, "/") {
		return p.Path + "index.json"
	}
	return strings.TrimSuffix(p.Path, path.Ext(p.Path)) + ".json"
}

// writeOwnData writes a page's own entry, and puts it away for the list of all, if
// that comes later: made twice, the entries were 4 % of a build.
func (b *builder) writeOwnData(w io.Writer, p *site.Page) error {
	line := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(line)
	line.Reset()
	line.WriteString(ownDataBegin)
	if err := encodeJSON(line, newData(b.site, p)); err != nil {
		return err
	}
	entry := line.Bytes()[len(ownDataBegin):]
	if b.madeData != nil && b.madeData[p.Place].Load() == nil {
		if put := b.texts.Copy(entry); put.Away() { // in memory it would stay to the end
			b.madeData[p.Place].Store(&put)
		}
	}
	entry[0] = ','
	line.WriteByte('\n')
	_, err := line.WriteTo(w)
	return err
}

// ownDataBegin is what stands in the place of the brace that begins an entry.
var ownDataBegin = fmt.Sprintf(`{"version":%d`, dataVersion)

// addData appends a page's entry: the one that was put away, if there is one.
func (b *builder) addData(to *bytes.Buffer, p *site.Page) error {
	var made *spill.Text
	if b.madeData != nil {
		made = b.madeData[p.Place].Load()
	}
	if made == nil {
		return encodeJSON(to, newData(b.site, p))
	}
	room := spill.NewRoom()
	defer room.Done()
	to.WriteString(room.Lend(*made))
	return nil
}

// writeData writes one postmortem a line, so that line tools and diffs are of
// use, and so that only one is held in memory.
func (b *builder) writeData(w io.Writer) error {
	s := b.site
	var line bytes.Buffer
	if err := encodeJSON(&line, struct {
		Version  int    `json:"version"`
		Title    string `json:"title"`
		URL      string `json:"url,omitempty"`
		Language string `json:"language"`
	}{dataVersion, siteName(s), s.Links.Absolute("/"), s.Language}); err != nil {
		return err
	}
	line.Truncate(line.Len() - len("}"))
	line.WriteString(`,"postmortems":[`)
	separator := "\n"
	for _, p := range s.Posts {
		if !inData(p) {
			continue
		}
		line.WriteString(separator)
		if err := b.addData(&line, p); err != nil {
			return err
		}
		if _, err := line.WriteTo(w); err != nil {
			return err
		}
		separator = ",\n"
	}
	line.WriteString("\n]}\n")
	_, err := line.WriteTo(w)
	return err
}

// writeJSONLine writes a value as a line of JSON.
func writeJSONLine(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false) // <, > and & stay: nothing here is put into HTML
	return enc.Encode(v)
}

// encodeJSON does the same without the end of the line.
func encodeJSON(to *bytes.Buffer, v any) error {
	if err := writeJSONLine(to, v); err != nil {
		return err
	}
	to.Truncate(to.Len() - len("\n"))
	return nil
}
