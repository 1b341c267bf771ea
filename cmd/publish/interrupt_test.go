package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Ctrl-C ends every command, before it has written anything.
func TestInterrupted(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	dir := filepath.Join(t.TempDir(), "out")
	for _, args := range [][]string{
		{"build", "--site", "testdata/golden", "--output", dir},
		{"check", "--site", "testdata/golden"},
		{"explain", "--site", "testdata/golden", "/archive/"},
		{"serve", "--site", "testdata/golden"},
	} {
		var out, err bytes.Buffer
		p := &program{stdout: &out, stderr: &err, getenv: func(string) string { return "" }, clock: fixedClock}
		if code := p.run(ctx, args); code != exitMachine || !strings.Contains(err.String(), "interrupted") || out.Len() > 0 {
			t.Errorf("%s: exit status %d, %q, %q", args[0], code, &out, &err)
		}
	}
	if _, err := os.Lstat(dir); err == nil {
		t.Error("the output was written")
	}
}

// While the site is read, too: a clock that stands still is the slow part here.
func TestInterruptedWhileLoading(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	held := make(chan struct{})
	defer close(held)
	var out, err bytes.Buffer
	p := &program{stdout: &out, stderr: &err, getenv: func(string) string { return "" }, clock: func() time.Time {
		stop()
		<-held
		return fixedClock()
	}}
	if code := p.run(ctx, []string{"check", "--site", "testdata/golden"}); code != exitMachine || !strings.Contains(err.String(), "interrupted") {
		t.Errorf("exit status %d, %q", code, &err)
	}
}
