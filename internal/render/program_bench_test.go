package render

import (
	"bytes"
	"io"
	"net/url"
	"os"
	"testing"
	"time"

	"publish/bench/corpus"
	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/site"
)

// BenchmarkPage writes one report of the benchmark's corpus: its view alone, the
// view executed by html/template and by the program, and the whole route.
func BenchmarkPage(b *testing.B) {
	cfg, docs, theme := benchmarked(b, 40)
	s, _ := site.New(cfg, docs, site.Options{Now: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)})
	renderer := New(s, theme)
	table, _ := renderer.Table()
	p := s.Posts[20]
	r := table.Get(p.Path)
	var view any
	var key layoutKey
	var made []byte
	theme.rendered = func(of layoutKey, v any, page []byte, _ bool) { key, view, made = of, v, bytes.Clone(page) }
	if err := r.Render(io.Discard); err != nil {
		b.Fatal(err)
	}
	theme.rendered = nil
	b.SetBytes(int64(len(made)))
	b.Run("view", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			renderer.b.post(p)
		}
	})
	b.Run("template", func(b *testing.B) {
		b.ReportAllocs()
		var buf bytes.Buffer
		for b.Loop() {
			buf.Reset()
			if err := theme.execute(&buf, key, view); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("program", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := theme.render(io.Discard, key.name, key.lang, view); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("route", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := r.Render(io.Discard); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// benchmarked is the benchmark's corpus, read, with the built-in layouts.
func benchmarked(b *testing.B, reports int) (*config.Config, *content.Folder, *Theme) {
	b.Helper()
	dir := b.TempDir()
	if err := corpus.Write(dir, reports); err != nil {
		b.Fatal(err)
	}
	cfg, _ := config.Load(os.DirFS(dir), "")
	cfg.BaseURL, _ = url.Parse("https://example.org/bench/")
	docs, _, err := content.Load(os.DirFS(dir), cfg, content.Options{})
	if err != nil {
		b.Fatal(err)
	}
	theme, _, err := LoadTheme(nil, repository, config.Theme{})
	if err != nil {
		b.Fatal(err)
	}
	return cfg, docs, theme
}
