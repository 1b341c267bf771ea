package main

import (
	"io"
	"strings"
	"testing"

	"publish/internal/bug"
	"publish/internal/spill"
)

// TestTextsOnDisk: a site whose long texts are put into a temporary file is the
// same site.
func TestTextsOnDisk(t *testing.T) {
	t.Parallel()
	for _, site := range []string{"../..", "testdata/golden"} {
		for _, audience := range []string{"public", "internal"} {
			var built [2]map[string]string
			for i, held := range []int64{1 << 40, 0} {
				out := t.TempDir()
				p := &program{stdout: io.Discard, stderr: io.Discard, getenv: func(string) string { return "" }, clock: fixedClock, texts: spill.New(held)}
				code := p.run(t.Context(), []string{"build", "--site", site, "--output", out, "--audience", audience, "--base-url", "https://example.org/"})
				if code != exitGood {
					t.Fatalf("%s ended with %d", site, code)
				}
				built[i] = everything(t, out)
			}
			if len(built[0]) < 50 {
				t.Errorf("%s has only %d files", site, len(built[0]))
			}
			compareBuilds(t, built[0], built[1])
		}
	}
}

// TestTextsLost: a disk that does not give back what was put there is no mistake of
// publish's, wherever it shows.
func TestTextsLost(t *testing.T) {
	texts := spill.New(0)
	text := texts.Put("a text")
	if err := texts.Close(); err != nil {
		t.Fatal(err)
	}
	_, err := orBug(func() (*loaded, error) {
		bug.Each(1, 1, func() func(int) { return func(int) { text.Bytes() } })
		return nil, nil
	})
	var out strings.Builder
	p := &program{stdout: io.Discard, stderr: &out, getenv: func(string) string { return "" }}
	if code := p.report(err); code != exitMachine || !strings.Contains(out.String(), "a temporary file cannot be read again") || strings.Contains(out.String(), "mistake") {
		t.Errorf("exit status %d, %s", code, out.String())
	}
}
