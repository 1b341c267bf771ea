package content

import (
	"bytes"
	"os"
	"testing"

	"publish/bench/corpus"
	"publish/internal/config"
	"publish/internal/leak"
	"publish/internal/markdown"
	"publish/internal/postmortem"
	"publish/internal/tree"
)

// benchTexts are a report with its facts in front matter, one of the corpus
// that `make bench` builds, and a long one that tells them in its text.
func benchTexts(b *testing.B) []struct{ name, file, text string } {
	long, err := os.ReadFile("testdata/long.md")
	if err != nil {
		b.Fatal(err)
	}
	return []struct{ name, file, text string }{
		{"usual", "content/2024-12-05-a.md", string(usual())},
		{"corpus", "content/" + corpus.Name(7), corpus.Text(7)},
		{"long", "content/2024-03-20-queue.md", string(long)},
	}
}

// BenchmarkStages times what the reading of a text consists of, and all of it.
func BenchmarkStages(b *testing.B) {
	cfg := config.Default()
	cfg.Language = "en"
	s := newSettings(cfg, &Folder{Root: "content"}, Options{})
	for _, t := range benchTexts(b) {
		raw := []byte(t.text)
		d := &reader{settings: s, Document: &Document{Path: t.file}, scratch: &scratch{tree: new(tree.Scratch)}}
		parts, root, _ := d.split(raw)
		if root == nil {
			b.Fatalf("%s has no front matter", t.name)
		}
		options := markdown.Options{File: t.file, Line: parts.BodyLine, Language: "en", Words: func(key string) string { return key }}
		doc, _ := markdown.Parse(parts.Body, options)
		whole, _ := loadDocument(t.file, raw, s)
		context := postmortem.Context{Date: whole.Date, Language: "en", Title: whole.Title}
		for _, stage := range []struct {
			name string
			do   func()
		}{
			{"split", func() { postmortem.Split(t.file, raw) }},
			{"tree", func() { d.split(raw) }},
			{"decode", func() { postmortem.Decode(root, s.decoding) }},
			{"leaks", func() { s.scanner.Sheet(t.file, leak.Markdown).Text(parts.Body, parts.BodyLine) }},
			{"markdown", func() { d.scratch.blocks.Parse(parts.Body, options) }},
			{"recognise", func() { postmortem.ReadText(doc.Blocks, postmortem.FindSections(doc.Blocks, context), context) }},
			{"all", func() { loadDocument(t.file, raw, s) }},
		} {
			b.Run(t.name+"/"+stage.name, func(b *testing.B) {
				b.SetBytes(int64(len(raw)))
				b.ReportAllocs()
				for b.Loop() {
					stage.do()
				}
			})
		}
	}
}

// TestBenchTexts holds that the texts are what the benchmark takes them for.
func TestBenchTexts(t *testing.T) {
	raw, err := os.ReadFile("testdata/long.md")
	if err != nil {
		t.Fatal(err)
	}
	d, diags := loadDocument("content/2024-03-20-queue.md", raw, usualSettings())
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	if len(d.Meta().Timeline) < 20 || len(d.Meta().Countermeasures) < 6 || len(d.Meta().Lessons.Well) < 4 || !bytes.Contains(raw, []byte("[^age]")) {
		t.Errorf("%d events, %d countermeasures, %d lessons", len(d.Meta().Timeline), len(d.Meta().Countermeasures), len(d.Meta().Lessons.Well))
	}
}
