package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"publish/internal/route"
)

// soak is how long the writers of TestSoak write.
var soak = flag.Duration("soak", 20*time.Second, "how long the preview is edited by several writers at once")

// TestSoak has several writers at once edit, create, rename, move and remove
// texts, images, layouts, static files and settings below a real preview, in
// every way in which programs save. When they have ended, every route of the
// preview answers what a clean build of the same folder writes, and nothing
// answers that a build would not write.
func TestSoak(t *testing.T) {
	t.Parallel()
	dir := soakSite(t)
	s := startPreview(t, dir)
	ctx, cancel := context.WithTimeout(t.Context(), *soak)
	defer cancel()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed) // the interleaving is not repeatable, the choices of each writer are
	var writers sync.WaitGroup
	for i := range 4 {
		w := &scribe{t: t, dir: dir, name: fmt.Sprintf("w%d", i), rand: rand.New(rand.NewPCG(seed, uint64(i)))}
		writers.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				w.act(n)
				if w.rand.IntN(4) == 0 { // between bursts, as people do
					w.pause(ctx)
				}
			}
			w.mend()
		})
	}
	writers.Go(func() { s.read(ctx) })
	writers.Wait()
	s.agrees(dir)
	if n := strings.Count(s.text(), " changed after "); n < 3 {
		t.Errorf("only %d revisions were made: this soak says nothing", n)
	}
}

// soakSite is a copy of the demonstration with some more reports.
func soakSite(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "content"), os.DirFS("../../content")); err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "publish.yaml"), "title: Soak\nbase_url: https://example.org/soak/\n")
	writeFile(t, filepath.Join(dir, "static", "extra.css"), "p { margin: 0 }\n")
	return dir
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Error(err)
	}
}

// served is a preview that runs, and what it says.
type served struct {
	t    *testing.T
	url  string
	mu   sync.Mutex
	said bytes.Buffer
	seen map[string]bool // paths that were asked for
	stop func()          // ends the program, once
}

func (s *served) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said.Write(p)
}

func (s *served) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said.String()
}

var servedAt = regexp.MustCompile(`at (http://\S+) \(ctrl-c`)

// findURL waits until the preview says where it is.
func (s *served) findURL() {
	s.t.Helper()
	eventually(s.t, "the preview says where it is", func() bool {
		m := servedAt.FindStringSubmatch(s.text())
		if m != nil {
			s.url = m[1]
		}
		return m != nil
	})
}

// startPreview runs `publish serve` until the test ends.
func startPreview(t *testing.T, dir string, more ...string) *served {
	t.Helper()
	s := &served{t: t, seen: map[string]bool{}}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	p := &program{stdout: io.Discard, stderr: s, getenv: func(string) string { return "" }, clock: time.Now}
	go func() {
		ended <- p.run(ctx, append([]string{"serve", "--site", dir, "--addr", "localhost:0"}, more...))
	}()
	s.stop = sync.OnceFunc(func() {
		stop()
		if code := <-ended; code != exitGood {
			t.Errorf("serve ended with %d:\n%s", code, s.text())
		}
	})
	t.Cleanup(s.stop)
	s.findURL()
	return s
}

// soon is when something is taken for never coming.
func soon() time.Time { return time.Now().Add(time.Duration(asMany(20, 1)) * time.Minute) }

// eventually asks again and again until the answer is yes.
func eventually(t *testing.T, what string, yes func() bool) {
	t.Helper()
	for deadline := soon(); !yes(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("it is not so yet: %s", what)
		}
	}
}

// get asks for a path of the site, "" for its home page.
func (s *served) get(path string) (int, []byte) {
	response, err := http.Get(s.url + strings.TrimPrefix(path, "/"))
	if err != nil {
		s.t.Error(err)
		return 0, nil
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Error(err)
	}
	return response.StatusCode, data
}

var anyLink = regexp.MustCompile(`href="([^"#?:]*/)"`)

// read asks for pages while the writers write, as an open browser does: each
// answer is whole.
func (s *served) read(ctx context.Context) {
	for ctx.Err() == nil {
		status, home := s.get("")
		if status != http.StatusOK || !bytes.Contains(home, []byte("</html>")) {
			s.t.Errorf("the home page is not whole: status %d, %d bytes", status, len(home))
		}
		for _, m := range anyLink.FindAllSubmatch(home, 5) {
			path := strings.TrimPrefix(string(m[1]), "./")
			s.seen["/"+path] = true
			if status, data := s.get(path); status == http.StatusOK && !bytes.Contains(data, []byte("</html>")) {
				s.t.Errorf("%s is not whole", path)
			}
		}
	}
}

// agrees waits until every route is what a clean build writes. It says which
// are not, if they do not become so.
func (s *served) agrees(dir string) {
	s.t.Helper()
	p := &program{stdout: io.Discard, stderr: io.Discard, getenv: func(string) string { return "" }, clock: time.Now}
	l, err := p.loadUntil(s.t.Context(), &flags{site: dir, jobs: 2, keepGoing: true})
	if err != nil {
		s.t.Fatal(err)
	}
	if l.table == nil || l.diags.HasErrors() {
		s.t.Fatalf("the writers left a site with errors: %v", l.diags)
	}
	want := map[string]string{}
	for _, r := range l.table.All() {
		var b bytes.Buffer
		if err := r.Write(&b); err != nil {
			s.t.Fatal(err)
		}
		want[r.Path] = b.String()
	}
	var differ []string
	for deadline := soon(); ; time.Sleep(50 * time.Millisecond) {
		if differ = s.differ(l.table, want); len(differ) == 0 {
			return
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("%d of %d routes are not what a build writes: %q\n%s", len(differ), len(want), differ, s.text())
		}
	}
}

func (s *served) differ(table *route.Table, want map[string]string) (paths []string) {
	for path, text := range want {
		status, got := s.get(path)
		got, _ = withoutTag(got)
		if status != http.StatusOK || string(got) != text {
			paths = append(paths, path)
		}
	}
	for path := range s.seen {
		if table.Get(path) != nil {
			continue
		}
		if status, _ := s.get(path); status == http.StatusOK {
			paths = append(paths, "not on the site any more: "+path)
		}
	}
	slices.Sort(paths)
	return paths
}

// scribe is one writer. What it creates bears its name, so that it can mend
// what it broke.
type scribe struct {
	t    *testing.T
	dir  string
	name string
	rand *rand.Rand
	made []string // texts of its own, from the site folder
}

func (w *scribe) pause(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(time.Duration(w.rand.IntN(120)) * time.Millisecond):
	}
}

func (w *scribe) path(name string) string { return filepath.Join(w.dir, filepath.FromSlash(name)) }

func (w *scribe) text(n int) string {
	return fmt.Sprintf("---\ntitle: Report %s %d\ndate: 2025-%02d-%02d\nseverity: SEV%d\nservices: [api, %s]\ntags: [t%d]\n---\n\nThe %d. text of %s.\n\n## Timeline\n\n- 09:0%d the alarm rang\n- 10:1%d all was well\n\n## Impact\n\nNobody could log in.\n",
		w.name, n, 1+w.rand.IntN(12), 1+w.rand.IntN(28), 1+w.rand.IntN(4), w.name, w.rand.IntN(5), n, w.name, w.rand.IntN(10), w.rand.IntN(10))
}

// act does one thing that a person or a program does to a site.
func (w *scribe) act(n int) {
	if len(w.made) == 0 {
		w.create(n)
		return
	}
	name := w.made[w.rand.IntN(len(w.made))]
	switch w.rand.IntN(16) {
	case 0, 1:
		w.create(n)
	case 2, 3: // in place
		w.write(name, w.text(n))
	case 4: // in two pieces
		text := w.text(n)
		w.write(name, text[:len(text)/2])
		w.write(name, text)
	case 5, 6: // a new file in the place of the old
		w.write(name+"~tmp", w.text(n))
		w.try(os.Rename(w.path(name+"~tmp"), w.path(name)))
	case 7: // removed, then made again
		w.try(os.Remove(w.path(name)))
		w.write(name, w.text(n))
	case 8: // broken, to be mended later
		w.write(name, "---\ntitle: [never closed\n---\n\nNo.\n")
	case 9:
		w.try(os.Remove(w.path(name)))
		w.made = slices.DeleteFunc(w.made, func(other string) bool { return other == name })
	case 10: // into another folder
		w.move(name, fmt.Sprintf("content/%s-%d/%s", w.name, w.rand.IntN(3), filepath.Base(name)))
	case 11:
		w.write(fmt.Sprintf("content/%s.svg", w.name), fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="9"/>`, 1+n))
		w.write(name, w.text(n)+fmt.Sprintf("\n![a drawing](/content/%s.svg)\n", w.name))
	case 12:
		w.write("static/extra.css", fmt.Sprintf("p { margin: %dpx }\n", w.rand.IntN(50)))
	case 13:
		w.write("publish.yaml", fmt.Sprintf("title: Soak %d\nbase_url: https://example.org/soak/\nper_page: %d\n", w.rand.IntN(9), 3+w.rand.IntN(9)))
	case 14:
		w.write("layouts/404.html", fmt.Sprintf("{{define \"main\"}}<h1>{{.Title}}</h1><p>%d</p>{{end}}", n))
	case 15:
		w.moveFolder(filepath.ToSlash(filepath.Dir(name)), fmt.Sprintf("content/%s-%d", w.name, w.rand.IntN(9)))
	}
}

// moveFolder renames a folder with all texts in it.
func (w *scribe) moveFolder(from, to string) {
	if _, err := os.Stat(w.path(to)); err == nil {
		return
	}
	w.try(os.Rename(w.path(from), w.path(to)))
	for i, name := range w.made {
		if rest, ok := strings.CutPrefix(name, from+"/"); ok {
			w.made[i] = to + "/" + rest
		}
	}
}

func (w *scribe) create(n int) {
	name := fmt.Sprintf("content/%s-%d/2025-01-%02d-%s-%d.md", w.name, w.rand.IntN(3), 1+w.rand.IntN(28), w.name, n)
	w.write(name, w.text(n))
	w.made = append(w.made, name)
}

func (w *scribe) write(name, text string) { writeFile(w.t, w.path(name), text) }

func (w *scribe) move(from, to string) {
	if from == to || slices.Contains(w.made, to) {
		return
	}
	w.try(os.MkdirAll(filepath.Dir(w.path(to)), 0o755))
	w.try(os.Rename(w.path(from), w.path(to)))
	w.made[slices.Index(w.made, from)] = to
}

// try reports what the disk refused; that a file is gone is part of the game.
func (w *scribe) try(err error) {
	if err != nil && !os.IsNotExist(err) {
		w.t.Error(err)
	}
}

// mend gives every text of its own a last version without mistakes.
func (w *scribe) mend() {
	for i, name := range w.made {
		w.write(name, w.text(100_000+i))
	}
}
