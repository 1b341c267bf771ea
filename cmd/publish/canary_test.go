package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"publish/internal/search"
)

// neverShown are the places whose texts no edition shows, with the reason.
var neverShown = map[string]string{
	"anchor-of-hidden": "an anchor that its page does not have is left out",
}

var canaryPlace = regexp.MustCompile(`@([a-z-]+)@`)

// TestCanary puts a marker into every place that an author could give to an
// internal text. The public edition has none of them, in whatever way its bytes
// are read; the internal one has all.
func TestCanary(t *testing.T) {
	t.Parallel()
	files, err := txtar.ParseFile("testdata/canary/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var places []string
	for _, f := range files.Files {
		for _, m := range canaryPlace.FindAllStringSubmatch(f.Name+string(f.Data), -1) {
			places = append(places, m[1])
		}
	}
	slices.Sort(places)
	places = slices.Compact(places)
	if len(places) < 80 {
		t.Fatalf("only %d places", len(places))
	}
	// The beginning of a marker is what a stem leaves of it.
	roots := map[string]string{}
	for i, place := range places {
		roots[place] = "quokk" + string(rune('a'+i/26)) + string(rune('a'+i%26)) + "f"
	}
	dir := t.TempDir()
	planted := func(text string) string {
		return canaryPlace.ReplaceAllStringFunc(text, func(m string) string { return roots[m[1:len(m)-1]] + "ingly" })
	}
	for _, f := range files.Files {
		name := filepath.Join(dir, filepath.FromSlash(planted(f.Name)))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(planted(string(f.Data))), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	public, inside := canaryBuild(t, dir, "public"), canaryBuild(t, dir, "internal")
	for _, place := range places {
		if found := inFiles(public, roots[place]); found != "" {
			t.Errorf("public: the marker of %s is in %s", place, found)
		}
		found := inFiles(inside, roots[place])
		if reason, never := neverShown[place]; (found == "") != never {
			t.Errorf("internal: the marker of %s is in %q (%s)", place, found, reason)
		}
	}
	proves(t, dir, inside, roots)
	t.Logf("%d places in %d public files and %d internal ones", len(places), len(public), len(inside))
}

// proves holds that the search behind the public edition would have stopped each
// file of the internal one that has a marker, if it had come that far.
func proves(t *testing.T, dir string, inside map[string]string, roots map[string]string) {
	t.Helper()
	p := &program{stdout: io.Discard, stderr: io.Discard, getenv: func(string) string { return "" }, clock: fixedClock}
	f := &flags{site: dir, jobs: 1, now: "2024-06-01"}
	l, err := p.loadUntil(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	f.audience = "internal"
	internal, err := p.loadUntil(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	f.audience = "public"
	look := l.inspect(l.proof(f))
	stopped := 0
	for _, r := range internal.table.All() {
		var page bytes.Buffer
		if err := r.Render(&page); err != nil {
			t.Fatal(err)
		}
		marked := false
		for _, root := range roots {
			marked = marked || strings.Contains(inside[r.File()], root)
		}
		switch found := look(r.File(), page.Bytes()) != nil; {
		case marked && !found:
			t.Errorf("%s has a marker, and the proof does not find it", r.File())
		case marked:
			stopped++
		}
	}
	t.Logf("the proof stops all of %d files", stopped)
}

// canaryBuild builds an edition and gives its files, each read in every way.
func canaryBuild(t *testing.T, dir, audience string) map[string]string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	if code, _, stderr := inProcess(t, "build", "--site", dir, "--output", out, "--audience", audience, "--now", "2024-06-01"); code != exitGood {
		t.Fatalf("%s: exit status %d\n%s", audience, code, stderr)
	}
	files := map[string]string{}
	err := filepath.WalkDir(out, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(out, name)
		files[filepath.ToSlash(rel)] = readings(rel, data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// readings are the bytes of a file as they are, and without what JSON, HTML,
// addresses, shards of the index, UTF-16 and base64 do to a text.
func readings(name string, data []byte) string {
	var all bytes.Buffer
	add := func(text string) { all.WriteString(strings.ToLower(text) + "\n") }
	text := string(data)
	add(name)
	add(text)
	unescaped := regexp.MustCompile(`\\u[0-9a-fA-F]{4}`).ReplaceAllStringFunc(text, func(m string) string {
		var r rune
		_, _ = fmt.Sscanf(m[2:], "%x", &r)
		return string(r)
	})
	add(html.UnescapeString(html.UnescapeString(unescaped)))
	for _, coded := range []string{text, name} {
		for part := range strings.FieldsSeq(coded) {
			if plain, err := url.PathUnescape(part); err == nil && plain != part {
				add(plain)
			}
		}
	}
	add(strings.ReplaceAll(text, "\x00", ""))
	for _, coded := range regexp.MustCompile(`[A-Za-z0-9+/]{16,}={0,2}`).FindAllString(text, -1) {
		if plain, err := base64.StdEncoding.DecodeString(coded); err == nil {
			add(string(plain))
		}
	}
	if words, ok := search.ShardWords(data); ok {
		add(string(words))
	}
	// A word may be divided by tags, hidden signs or breaks.
	add(regexp.MustCompile(`<[^<>]*>|[\x{ad}\x{200b}\s]`).ReplaceAllString(text, ""))
	return all.String()
}

func inFiles(files map[string]string, word string) string {
	var found []string
	for name, text := range files {
		if strings.Contains(text, word) {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	return strings.Join(found[:min(len(found), 3)], ", ")
}
