package render

import (
	"bytes"
	"encoding/json"
	"io"
	"path"
	"strings"

	"publish/internal/postmortem"
	"publish/internal/route"
	"publish/internal/site"
)

// allData gives /postmortems.json.
func (b *builder) allData() planned {
	return planned{&route.Route{Path: "/postmortems.json", Source: "postmortems as data", Render: func(w io.Writer) error {
		return writeData(w, b.site)
	}}, b.addAllData}
}

// dataRoutes gives, beside each page in /postmortems.json, the page's own
// entry.
func (b *builder) dataRoutes() []planned {
	if !b.data {
		return nil
	}
	routes := make([]planned, 0, len(b.site.Posts))
	for _, p := range b.site.Posts {
		if inData(p) {
			routes = append(routes, planned{&route.Route{Path: dataPath(p), Source: p.Document.Path, Render: func(w io.Writer) error {
				return writeJSONLine(w, struct {
					Version int `json:"version"`
					*dataPostmortem
				}{dataVersion, newData(b.site, p)})
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

// writeData writes one postmortem a line, so that line tools and diffs are of
// use, and so that only one is held in memory.
func writeData(w io.Writer, s *site.Site) error {
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
		if err := encodeJSON(&line, newData(s, p)); err != nil {
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
