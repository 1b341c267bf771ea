package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"publish/internal/preview"
)

// stepped is a preview that does nothing by itself: tests say what happens
// when.
type stepped struct {
	*live
	t   *testing.T
	dir string
}

func startStepped(t *testing.T, dir string) *stepped { return startSteppedAt(t, dir, time.Now) }

func startSteppedAt(t *testing.T, dir string, clock func() time.Time) *stepped {
	t.Helper()
	p := &program{stdout: io.Discard, stderr: io.Discard, getenv: func(string) string { return "" }, clock: clock}
	w, err := p.open(&flags{site: dir, jobs: 2, keepGoing: true})
	if err != nil {
		t.Fatal(err)
	}
	w.previews, w.keepGood = true, true
	l, err := w.loadUntil(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s := &stepped{live: newLive(w, preview.NewHandler(preview.Options{}), l), t: t, dir: dir}
	t.Cleanup(func() { s.resting() })
	return s
}

// edit writes files and tells of them.
func (s *stepped) edit(text string, names ...string) {
	for _, name := range names {
		writeFile(s.t, filepath.Join(s.dir, filepath.FromSlash(name)), text)
	}
	s.edited(names, false, time.Time{})
}

// model has the model made.
func (s *stepped) model() made {
	s.make(s.t.Context())
	return <-s.made
}

func (s *stepped) wants(path, text string) {
	s.t.Helper()
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Host = "localhost:4000"
	s.handler.ServeHTTP(w, r)
	if !strings.Contains(w.Body.String(), text) {
		s.t.Errorf("%s has status %d and does not show %q", path, w.Code, text)
	}
}

// TestHalfASettingsFile writes the settings in two pieces, as shells do: half of
// them must not move the site.
func TestHalfASettingsFile(t *testing.T) {
	s := startStepped(t, newSite(t, "title: Site\nbase_url: https://example.org/site/\n"))
	s.wants("/site"+onePage, "One")
	s.edit("title: Other\n", "publish.yaml")
	s.finish(s.model())
	s.wants("/site"+onePage, "One")
	s.edit("title: Other\nbase_url: https://example.org/site/\n", "publish.yaml")
	<-s.wait.C
	s.edited(s.doubt.take())
	s.finish(s.model())
	s.wants("/site"+onePage, "Other")
}

const (
	oneFile = "content/2025-01-02-one.md"
	onePage = "/2025/01/02/one/"
)

// TestRevertIsShown takes an edit back before the whole was made with it,
// together with so many others that no page is shown ahead, and so that the
// whole is as before: what was shown ahead must not stay.
func TestRevertIsShown(t *testing.T) {
	dir := newSite(t, "title: Site\n")
	names := []string{oneFile}
	for i := range 30 {
		names = append(names, fmt.Sprintf("content/many/2024-01-%02d-m.md", 1+i))
	}
	for _, name := range names {
		writeFile(t, filepath.Join(dir, name), report("Before"))
	}
	s := startStepped(t, dir)
	s.edit(report("Before")+"\nAn edit.\n", oneFile)
	s.wants(onePage, "An edit.")
	s.edit(report("After"), names...)
	s.edit(report("Before"), names...)
	s.finish(s.model())
	s.wants(onePage, "alarm rang</")
	s.wants(onePage, "Before")
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, onePage, nil)
	r.Host = "localhost:4000"
	if s.handler.ServeHTTP(w, r); strings.Contains(w.Body.String(), "An edit.") {
		t.Error("an edit is shown that was taken back")
	}
}

// TestNoStepBack edits a text while the model with the edit before is made:
// the page must not go back to that one when the model is done.
func TestNoStepBack(t *testing.T) {
	s := startStepped(t, newSite(t, "title: Site\n"))
	s.edit(report("One")+"\nThe first edit.\n", oneFile)
	m := s.model()
	s.edit(report("One")+"\nThe second edit.\n", oneFile)
	s.wants(onePage, "The second edit.")
	s.finish(m)
	s.wants(onePage, "The second edit.")
	s.finish(s.model())
	s.wants(onePage, "The second edit.")
}

// TestFaultsOutliveAModelThatIsTheSame has the model made once more while the
// pages of the one before are looked through: what is found there is told.
func TestFaultsOutliveAModelThatIsTheSame(t *testing.T) {
	dir := newSite(t, "title: Site\n")
	writeFile(t, filepath.Join(dir, "layouts", "postmortem.html"), "{{define \"main\"}}{{index .Nothing 5}}{{end}}")
	s := startStepped(t, dir)
	s.edit("", "content/nothing.txt") // no part of the site
	s.finish(s.model())
	f := <-s.found
	s.blame(f)
	if len(s.current) == 0 {
		t.Error("the faults of the pages are not told")
	}
}

// TestTimeGoesBy ends an embargo while the preview runs and nobody edits.
func TestTimeGoesBy(t *testing.T) {
	dir := newSite(t, "title: Site\ntimezone: UTC\n")
	writeFile(t, filepath.Join(dir, "content", "2025-03-04-later.md"),
		strings.Replace(report("Later"), "---\n", "---\nembargo: 2025-03-05T10:00:00Z\n", 1))
	now := time.Date(2025, 3, 5, 9, 59, 0, 0, time.UTC)
	s := startSteppedAt(t, dir, func() time.Time { return now })
	if s.shown.table.Get("/2025/03/04/later/") != nil {
		t.Fatal("a report under embargo is public")
	}
	s.tick()
	<-s.settle.C
	s.finish(s.model())
	now = now.Add(time.Minute)
	s.tick()
	<-s.settle.C
	s.finish(s.model())
	if s.shown.table.Get("/2025/03/04/later/") == nil {
		t.Error("the embargo has ended, and the report is not public")
	}
}

// TestManyMistakesAtOnce: those of a branch that is half checked out do not drown
// the terminal.
func TestManyMistakesAtOnce(t *testing.T) {
	s := startStepped(t, newSite(t, "title: Site\n"))
	var said bytes.Buffer
	s.w.p.stderr = &said
	var names []string
	for i := range 50 {
		names = append(names, fmt.Sprintf("content/2025-03-%02d-broken-%d.md", 1+i%28, i))
	}
	s.edit("---\ntitle: [never closed\n---\n", names...)
	s.finish(s.model())
	if n := strings.Count(said.String(), "error: "); n != maxTold || !strings.Contains(said.String(), "and 30 more") {
		t.Errorf("%d of the mistakes are told:\n%s", n, &said)
	}
	said.Reset()
	for i, name := range names {
		s.edit(report(fmt.Sprint(i)), name)
	}
	s.finish(s.model())
	if !strings.Contains(said.String(), "no errors any more") {
		t.Errorf("that all is well is not told:\n%s", &said)
	}
}
