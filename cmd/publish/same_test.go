package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"publish/internal/preview"
	"publish/internal/route"
)

var hashed = regexp.MustCompile(`\.[0-9a-f]{8,16}\.(css|js|svg)`)

// withoutHashes takes the content hash out of the names of theme files.
func withoutHashes(data []byte) []byte { return hashed.ReplaceAll(data, []byte(".HASH.$1")) }

var previewTag = regexp.MustCompile(`<script src="/-publish/live\.js" data-path="[^"]*" data-version="[^"]*" defer></script>`)

// withoutTag takes the preview's tags out of a page, and counts them.
func withoutTag(page []byte) ([]byte, int) {
	return previewTag.ReplaceAll(page, nil), len(previewTag.FindAll(page, -1))
}

// TestServedIsBuilt compares, for every route, what the preview answers with
// what a build writes: preview = production, byte for byte but for one tag.
func TestServedIsBuilt(t *testing.T) {
	const base = "https://example.com/reports/"
	dir := filepath.Join(t.TempDir(), "out")
	if code, _, stderr := inProcess(t, "build", "--site", "../..", "--base-url", base, "--output", dir); code != exitGood {
		t.Fatalf("exit status %d:\n%s", code, stderr)
	}
	p := &program{stdout: io.Discard, stderr: io.Discard, getenv: func(string) string { return "" }, clock: fixedClock}
	l, err := p.loadUntil(t.Context(), &flags{site: "../..", baseURL: base, jobs: 2})
	if err != nil {
		t.Fatal(err)
	}
	handler := preview.NewHandler(preview.Options{Base: l.site.Links.BasePath()})
	handler.Show(&preview.Revision{Table: l.table})
	server := httptest.NewServer(handler)
	defer server.Close()
	for _, r := range l.table.All() {
		compareServed(t, server.URL, dir, l.site.Links.Rooted(r.Path), r)
	}
}

func compareServed(t *testing.T, origin, dir, address string, r *route.Route) {
	t.Helper()
	want, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(r.File())))
	if err != nil {
		t.Error(err)
		return
	}
	response, err := http.Get(origin + address)
	if err != nil {
		t.Error(err)
		return
	}
	defer response.Body.Close()
	got, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Errorf("%s: status %d, %v", address, response.StatusCode, err)
		return
	}
	if got, tags := withoutTag(got); string(got) != string(want) || tags != strings.Count(r.MediaType(), "text/html") {
		t.Errorf("%s: what is served is not what is built", address)
	}
	if response.Header.Get("Content-Type") != r.MediaType() {
		t.Errorf("%s: served as %q, the table says %q", address, response.Header.Get("Content-Type"), r.MediaType())
	}
}
