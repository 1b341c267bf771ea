package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"publish/internal/scaffold"
	"publish/internal/watch"
)

// watched is a `publish check --watch` that runs.
type watched struct {
	t     *testing.T
	dir   string
	lines *bufio.Scanner
	stop  context.CancelFunc
	code  chan int
}

func watchSite(t *testing.T, files map[string]string) *watched {
	t.Helper()
	dir := t.TempDir()
	w := &watched{t: t, dir: dir, code: make(chan int, 1)}
	for name, text := range files {
		w.save(name, text)
	}
	read, write := io.Pipe()
	t.Cleanup(func() { read.Close() })
	w.lines = bufio.NewScanner(read)
	p := &program{stdout: write, stderr: &bytes.Buffer{}, getenv: func(string) string { return "" }, clock: fixedClock}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	w.stop = cancel
	t.Cleanup(cancel)
	go func() {
		w.code <- p.run(ctx, []string{"check", "--watch", "--site", dir, "--base-url", "https://example.org/"})
		write.Close()
	}()
	return w
}

func (w *watched) save(name, text string) {
	w.t.Helper()
	file := filepath.Join(w.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		w.t.Fatal(err)
	}
}

// says reads reports until one has the text: a save may be seen in two steps.
func (w *watched) says(text string) {
	w.t.Helper()
	report, last := "", ""
	for w.lines.Scan() {
		line := w.lines.Text()
		report += line + "\n"
		switch {
		case !strings.HasPrefix(line, "waiting for changes"):
		case strings.Contains(report, text):
			return
		default:
			report, last = "", report
		}
	}
	w.t.Fatalf("no report says %q; the last one was\n%s", text, last)
}

func (w *watched) ends(code int) {
	w.t.Helper()
	w.stop()
	go func() { // what is still printed must not hold it up
		for w.lines.Scan() {
		}
	}()
	if got := <-w.code; got != code {
		w.t.Errorf("it ended with status %d, not %d", got, code)
	}
}

func TestCheckWatch(t *testing.T) {
	const good = "---\ntitle: One\nseverity: sev1\n---\nText.\n"
	w := watchSite(t, map[string]string{"content/2024-01-01-a.md": good})
	w.says("1 post, ")
	w.save("content/2024-01-02-b.md", "---\ntitle: Two\nseverity: [\n---\n")
	w.says("content/2024-01-02-b.md:4:1: error")
	w.save("content/2024-01-02-b.md", strings.Replace(good, "One", "Two", 1))
	w.says("2 posts, ")
	w.save("publish.yaml", "titel: x\n")
	w.says("publish.yaml:1:1: error: unknown key")
	w.save("publish.yaml", "title: x\n")
	w.says("2 posts, ")
	w.save("layouts/postmortem.html", "{{define \"main\"}}{{.Nope}}{{end}}")
	w.says("layouts/postmortem.html:1:20: error: unknown field")
	w.ends(exitContent)
}

// Stopped while all is well, it ends well.
func TestCheckWatchEndsWell(t *testing.T) {
	w := watchSite(t, map[string]string{"content/2024-01-01-a.md": "---\ntitle: One\n---\nText.\n"})
	w.says("1 post, ")
	w.ends(exitGood)
}

// A check waits until nothing changes for a while, however often something does,
// but a program that writes all the time does not hold it up for ever.
func TestSettled(t *testing.T) {
	dir := t.TempDir()
	watcher, err := watch.New(dir, watch.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer watcher.Close()
	for _, one := range []struct {
		name           string
		calm, restless time.Duration
		want           error
	}{
		{"it is calm", 50 * time.Millisecond, time.Hour, nil},
		{"it is never calm", time.Hour, 50 * time.Millisecond, nil},
		{"it is not calm yet", time.Hour, time.Hour, context.Canceled},
	} {
		ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
		done := make(chan error, 1)
		go func() { done <- settled(ctx, watcher, one.calm, one.restless) }()
		for i := range 10 { // more than one batch of changes
			if err := os.WriteFile(filepath.Join(dir, "log.txt"), []byte(one.name+strconv.Itoa(i)), 0o644); err != nil {
				t.Fatal(err)
			}
			time.Sleep(5 * time.Millisecond)
		}
		if one.want != nil {
			stop()
		}
		if got := <-done; !errors.Is(got, one.want) {
			t.Errorf("%s: %v", one.name, got)
		}
		stop()
	}
}

// The task for VS Code finds in the report what it is about.
func TestTasksMatchReports(t *testing.T) {
	var tasks struct {
		Tasks []struct {
			Args    []string
			Matcher json.RawMessage `json:"problemMatcher"`
		}
	}
	text := regexp.MustCompile(`(?m)^\s*//.*\n`).ReplaceAllString(scaffold.Facts{Site: "."}.Tasks(), "")
	if err := json.Unmarshal([]byte(text), &tasks); err != nil {
		t.Fatal(err)
	}
	var matcher struct {
		Pattern struct {
			Regexp                             string
			File, Line, Column, Severity, Code int
		}
		Background struct{ BeginsPattern, EndsPattern string }
	}
	if err := json.Unmarshal(tasks.Tasks[0].Matcher, &matcher); err != nil {
		t.Fatal(err)
	}
	w := watchSite(t, map[string]string{
		"content/2024-01-01-a.md": "---\ntitle: One\nseverity: sev1\nseverty: x\n---\n## Timeline\n\n- 25:99 x\n- 08:00 y\n",
	})
	found, began := map[string]bool{}, false
	pattern, at := regexp.MustCompile(matcher.Pattern.Regexp), matcher.Pattern
	for w.lines.Scan() {
		line := w.lines.Text()
		began = began || regexp.MustCompile(matcher.Background.BeginsPattern).MatchString(line)
		if m := pattern.FindStringSubmatch(line); m != nil {
			found[m[at.File]+" "+m[at.Line]+" "+m[at.Severity]+" "+m[at.Code]] = true
		}
		if regexp.MustCompile(matcher.Background.EndsPattern).MatchString(line) {
			break
		}
	}
	w.ends(exitGood)
	for _, want := range []string{"content/2024-01-01-a.md 4 warning field-unknown", "content/2024-01-01-a.md 8 warning time-unread"} {
		if !found[want] || !began {
			t.Errorf("the task does not see %q, only %v; it began: %t", want, found, began)
		}
	}
	for _, task := range tasks.Tasks {
		c, rest, err := (&program{}).command(nil).Find(task.Args)
		if err != nil {
			t.Fatal(err)
		}
		checkFlags(t, "tasks.json", c, rest)
	}
}
