package render

import (
	"io"
	"testing"
	"time"

	"publish/internal/site"
)

// BenchmarkStages is what a build makes of 2 000 reports of the benchmark's corpus
// once they are read: the model, the routes, and the views of each kind of page,
// without their layouts. It tells what a report costs in each.
func BenchmarkStages(b *testing.B) {
	const reports = 2000
	cfg, docs, theme := benchmarked(b, reports)
	var s *site.Site
	var r *Renderer
	start := func() {
		s, _ = site.New(cfg, docs, site.Options{Now: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)})
		r = New(s, theme)
		r.Table()
	}
	start()
	lang := s.Language
	registers := func() {
		all := r.b.newRegister(registerPath, nil, s.Register())
		for number := 1; number <= all.pages(); number++ {
			r.b.registerView(all, number)
		}
	}
	for _, stage := range []struct {
		name string
		make func()
	}{
		{"model", func() { site.New(cfg, docs, s.Options) }},
		{"table", func() { New(s, theme).Table() }},
		{"posts", func() {
			for _, p := range s.Posts {
				r.b.post(p)
			}
		}},
		{"drawings", func() {
			for _, p := range s.Posts {
				(&postBuilder{builder: r.b, p: p, m: p.Meta(), v: &Post{}, w: r.b.words(lang), zone: s.Zone(p)}).drawing()
			}
		}},
		{"neighbours", func() {
			for _, p := range s.Posts {
				(&postBuilder{builder: r.b, p: p, v: &Post{Frame: r.b.documentFrame("post", p)}, w: r.b.words(lang)}).neighbourhood()
			}
		}},
		{"frames", func() {
			for _, p := range s.Posts {
				r.b.documentFrame("post", p)
			}
		}},
		{"terms", func() {
			for _, kind := range taxonomies {
				for _, t := range kind.terms(s) {
					r.b.termView(t, kind.title, kind.label, kind.index)
				}
			}
		}},
		{"registers", registers},
		{"insights", func() { r.b.insightsView(lang) }},
		{"feeds", func() {
			r.b.feedTexts = feedTexts{}
			for _, route := range r.b.termFeedRoutes() {
				if err := route.Render(io.Discard); err != nil {
					b.Fatal(err)
				}
			}
		}},
	} {
		b.Run(stage.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				stage.make()
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/reports, "µs/report")
		})
	}
}
