package render

import (
	"fmt"
	"net/url"
	"publish"
	"testing"
	"testing/fstest"
	"time"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/route"
	"publish/internal/site"
)

// benchFolder is a site folder of n postmortems that share services and tags
// and link to each other.
func benchFolder(n int) fstest.MapFS {
	folder := fstest.MapFS{"publish.yaml": {Data: []byte("title: Many\nbase_url: https://example.org/\nlanguage: en\n" +
		"countermeasures: {show: [owner, due, late]}\npages: {countermeasures: public, insights: public}\n")}}
	for i := range n {
		day := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i)
		text := fmt.Sprintf("---\ntitle: Incident %d\nseverity: sev%d\nservices: [service-%d, service-%d]\ntags: [tag-%d, tag-%d]\n"+
			"countermeasures:\n  - {text: Watch it, due: %s}\n---\nIt was down. See [another](%s-incident.md).\n\n## Timeline\n\n- 09:00 it began\n- 10:00 it ended\n",
			i, 1+i%3, i%40, i%7, i%300, i%11, day.AddDate(0, 1, 0).Format(time.DateOnly), day.AddDate(0, 0, -min(i, 7)).Format(time.DateOnly))
		folder["content/"+day.Format(time.DateOnly)+"-incident.md"] = &fstest.MapFile{Data: []byte(text)}
	}
	return folder
}

// BenchmarkTable is what a preview does at each edit once the model is made:
// the routes, their table, their keys.
func BenchmarkTable(b *testing.B) {
	folder := benchFolder(10_000)
	cfg, diags := config.Load(folder, "")
	docs, more, err := content.Load(folder, cfg, content.Options{})
	if err != nil || diags.HasErrors() || more.HasErrors() {
		b.Fatal(err, diags, more)
	}
	cfg.BaseURL, _ = url.Parse("https://example.org/")
	theme, _, err := LoadTheme(nil, publish.Theme, config.Theme{})
	if err != nil {
		b.Fatal(err)
	}
	s, diags := site.New(cfg, docs, site.Options{Now: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)})
	if diags.HasErrors() {
		b.Fatal(diags)
	}
	var builder *builder
	var all []planned
	b.Run("routes", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			builder = New(s, theme).b
			all, _ = builder.all()
		}
	})
	b.Run("table", func(b *testing.B) {
		routes := make([]*route.Route, len(all))
		for i := range all {
			routes[i] = all[i].Route
		}
		b.ReportAllocs()
		for b.Loop() {
			table, _ := route.New(routes)
			s.Confirm(func(path string) bool { return table.Get(path) != nil })
		}
	})
	b.Run("keys", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			builder.setKeys(all)
		}
	})
}
