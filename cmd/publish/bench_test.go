package main

import (
	"io"
	"path/filepath"
	"testing"

	"publish/bench/corpus"
)

// BenchmarkBuild builds a site of 1 000 reports from nothing, with the outputs
// that other generators make too.
func BenchmarkBuild(b *testing.B) {
	dir := b.TempDir()
	if err := corpus.Write(dir, 1000); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		out := filepath.Join(b.TempDir(), "out")
		p := &program{stdout: io.Discard, stderr: io.Discard, getenv: func(string) string { return "" }, clock: fixedClock}
		if code := p.run(b.Context(), []string{"build", "--site", dir, "--output", out}); code != exitGood {
			b.Fatalf("exit status %d", code)
		}
	}
}
