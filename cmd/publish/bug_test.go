package main

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"publish/internal/bug"
)

// A panic while a site is read ends the command with words, in whichever
// goroutine it is: a clock that panics is the mistake here.
func TestAPanicIsNoCrash(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	for _, args := range [][]string{
		{"build", "--site", "testdata/golden", "--output", dir},
		{"check", "--site", "testdata/golden"},
		{"serve", "--site", "testdata/golden"},
	} {
		var out, said bytes.Buffer
		p := &program{stdout: &out, stderr: &said, getenv: func(string) string { return "" }, clock: func() time.Time {
			var none []time.Time
			return none[len(args)]
		}}
		code := p.run(t.Context(), args)
		for _, want := range []string{"error: ", "index out of range", "cmd/publish/bug_test.go:", "please report it"} {
			if code != exitMachine || !strings.Contains(said.String(), want) {
				t.Errorf("%s: exit status %d, %q, want %q", args[0], code, &said, want)
			}
		}
		if strings.Contains(said.String(), "goroutine") {
			t.Errorf("%s: it shows a stack: %q", args[0], &said)
		}
	}
}

// The preview shows its last good site when a model cannot be made, says why, and
// goes on. What a model needs is taken away: every use of it panics.
func TestThePreviewSurvivesAPanic(t *testing.T) {
	s := startStepped(t, newSite(t, "title: Site\n"))
	var said bytes.Buffer
	s.w.p.stderr = &said
	look := s.w.look
	s.w.look = nil
	s.edit(report("One")+"\nAn edit.\n", oneFile)
	m := s.model()
	if _, ok := errors.AsType[*bug.Bug](m.err); !ok {
		t.Fatalf("got %v, want a mistake of publish's", m.err)
	}
	s.finish(m)
	s.wants(onePage, "alarm rang</")
	if !strings.Contains(s.problemsText(), "nil pointer") {
		t.Errorf("it does not say why: %q", s.problemsText())
	}
	s.w.look = look
	s.edit(report("One")+"\nAnother edit.\n", oneFile)
	s.finish(s.model())
	s.wants(onePage, "Another edit.")
	if strings.Contains(s.problemsText(), "nil pointer") {
		t.Errorf("it still says why: %q", s.problemsText())
	}
	s.survive(func() { panic("a step") })
	if !strings.Contains(said.String(), "a step (cmd/publish/bug_test.go:") || !strings.Contains(said.String(), "please report it") {
		t.Errorf("of a step that came to grief it says %q", &said)
	}
	s.edit(report("One")+"\nA third edit.\n", oneFile)
	s.finish(s.model())
	s.wants(onePage, "A third edit.")
}

func (s *stepped) problemsText() string {
	var b strings.Builder
	for _, d := range s.current {
		b.WriteString(d.Message + "\n")
	}
	return b.String()
}

// A watcher that came to grief ends nothing but the following: what is shown is
// still served.
func TestThePreviewSurvivesItsWatcher(t *testing.T) {
	s := startStepped(t, newSite(t, "title: Site\n"))
	said := make(lines, 10)
	s.w.p.stderr = said
	ctx, stop := context.WithCancel(t.Context())
	failed, ended := make(chan error, 1), make(chan error, 1)
	failed <- machinef("start the preview again", "%w", &bug.Bug{What: "an event"})
	go func() { ended <- s.loop(ctx, nil, failed) }()
	if line := <-said; !strings.Contains(line, "an event") {
		t.Errorf("it says %q", line)
	}
	select {
	case err := <-ended:
		t.Errorf("it ended: %v", err)
	default:
	}
	s.wants(onePage, "One")
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// lines hands on what is written to it.
type lines chan string

func (l lines) Write(data []byte) (int, error) {
	l <- string(data)
	return len(data), nil
}
