package main

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/mmcdole/gofeed"

	"publish/internal/preview"
	"publish/internal/route"
)

// subscriber is a reader of feeds with all feeds of a site: newsboat, which
// tells entries apart by their ids as most readers do.
type subscriber struct {
	t        *testing.T
	dir      string
	host     *httptest.Server
	handler  *preview.Handler
	modified atomic.Int32 // answers with a body
	same     atomic.Int32 // answers "not modified"
}

func subscribe(t *testing.T, l *loaded) *subscriber {
	t.Helper()
	if _, err := exec.LookPath("newsboat"); err != nil {
		t.Fatal("newsboat is missing: `make unit` installs it (tools/need.sh newsboat=newsboat)")
	}
	s := &subscriber{t: t, dir: t.TempDir(), handler: preview.NewHandler(preview.Options{Host: "127.0.0.1"})}
	s.host = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		kept := &statusKept{ResponseWriter: w, status: http.StatusOK}
		s.handler.ServeHTTP(kept, r)
		switch kept.status {
		case http.StatusOK:
			s.modified.Add(1)
		case http.StatusNotModified:
			s.same.Add(1)
		default:
			t.Errorf("%s is answered with %d", r.URL, kept.status)
		}
	}))
	t.Cleanup(s.host.Close)
	s.publish(l)
	var urls strings.Builder
	for _, r := range feedRoutes(l) {
		if r.Type != "application/feed+json; charset=utf-8" { // which Debian's newsboat is too old for
			urls.WriteString(s.host.URL + (&url.URL{Path: r.Path}).EscapedPath() + "\n")
		}
	}
	s.write("urls", urls.String())
	s.write("config", "")
	return s
}

type statusKept struct {
	http.ResponseWriter
	status int
}

func (w *statusKept) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

func feedRoutes(l *loaded) []*route.Route {
	return slices.DeleteFunc(slices.Clone(l.table.All()), func(r *route.Route) bool {
		return !regexp.MustCompile(`^application/(?:atom|rss|feed)\+`).MatchString(r.Type)
	})
}

func (s *subscriber) publish(l *loaded) { s.handler.Show(&preview.Revision{Table: l.table}) }

func (s *subscriber) write(name, text string) {
	if err := os.WriteFile(filepath.Join(s.dir, name), []byte(text), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

func (s *subscriber) newsboat(args ...string) string {
	s.t.Helper()
	c := exec.CommandContext(s.t.Context(), "newsboat", append([]string{"-u", "urls", "-c", "cache.db", "-C", "config"}, args...)...)
	c.Dir, c.Env = s.dir, []string{"HOME=" + s.dir, "PATH=" + os.Getenv("PATH"), "LC_ALL=C.UTF-8"}
	out, err := c.CombinedOutput()
	if err != nil {
		s.t.Fatalf("newsboat %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// unread fetches all feeds and says how many entries the reader has not read.
func (s *subscriber) unread() int {
	s.t.Helper()
	out := s.newsboat("-x", "reload", "print-unread")
	m := regexp.MustCompile(`(\d+) unread`).FindStringSubmatch(out)
	if m == nil {
		s.t.Fatalf("newsboat says %q", out)
	}
	n, _ := strconv.Atoi(m[1])
	return n
}

// readAll marks the entries of the site as read.
func (s *subscriber) readAll(l *loaded) {
	s.t.Helper()
	s.write("read", strings.Join(slices.Sorted(ids(s.t, l)), "\n")+"\n")
	s.newsboat("-I", "read")
	if out := s.newsboat("-x", "print-unread"); !strings.HasPrefix(out, "0 ") {
		s.t.Fatalf("after reading all: %q", out)
	}
}

// ids yields the ids of all entries of all feeds, each once, as gofeed reads
// them.
func ids(t *testing.T, l *loaded) func(func(string) bool) {
	t.Helper()
	seen := map[string]bool{}
	for _, r := range feedRoutes(l) {
		var b bytes.Buffer
		if err := r.Render(&b); err != nil {
			t.Fatal(err)
		}
		feed, err := gofeed.NewParser().Parse(&b)
		if err != nil {
			t.Fatalf("%s: %v", r.Path, err)
		}
		for _, item := range feed.Items {
			seen[item.GUID] = true
			if item.GUID == "" || item.Title == "" || item.Link == "" || item.PublishedParsed == nil || item.Content == "" {
				t.Errorf("%s: an entry without id, title, link, date or text: %+v", r.Path, item)
			}
		}
	}
	return func(yield func(string) bool) {
		for id := range seen {
			if !yield(id) {
				return
			}
		}
	}
}

// TestFeedReader: what an author does disturbs the readers of feeds when there
// is news, and only then. It is told with newsboat and all feeds of the
// demonstration.
func TestFeedReader(t *testing.T) {
	t.Parallel()
	const (
		deliveries = "content/incidents/2021/2021-04-29-deux-livraisons.md"
		button     = "content/incidents/2024/2024-04-04-go-live-button.md"
		running    = "content/incidents/2026/2026-11-20-running.md"
	)
	w := demonstration(t)
	l := w.load()
	s := subscribe(t, l)
	all := slices.Collect(ids(t, l))
	reports := len(l.site.Posts)
	if got := s.unread(); got != len(all) || got <= reports {
		t.Fatalf("newsboat shows %d entries, gofeed reads %d, and the site has %d reports", got, len(all), reports)
	}
	s.readAll(l)
	s.unread() // newsboat notes an ETag from the second time on
	notice := "---\ntitle: Slow pages\nstatus: investigating\nupdates:\n  - {at: 2026-11-20T09:00Z, status: investigating, text: We look.}\n"
	for _, edit := range []struct {
		name   string
		unread int
		do     func()
	}{
		{"nothing", 0, func() {}},
		{"a title", 0, func() { w.replace(deliveries, `title: "RDV`, `title: "Encore RDV`) }},
		{"a slug", 0, func() { w.replace(deliveries, "title: ", "slug: ailleurs\ntitle: ") }},
		{"all addresses", 0, func() { w.replace(configFile, "menu:", "permalink: /:title/\nmenu:") }},
		{"another domain", 0, func() { w.base = "https://incidents.example.net/" }},
		{"a typo in the text", 0, func() { w.add(deliveries, "\nEt voilà tout.\n") }},
		{"a file renamed that keeps its id", 0, func() {
			w.replace(button, "title: ", "id: 2024-04-04-go-live-button\ntitle: ")
			w.rename(button, "content/incidents/2024/2024-04-04-button.md")
			w.rename(strings.Replace(button, ".md", ".fr.md", 1), "content/incidents/2024/2024-04-04-button.fr.md")
		}},
		{"a draft", 0, func() {
			w.write("content/incidents/2026/2026-11-19-draft.md", "---\ntitle: Draft\nstage: draft\nseverity: sev1\n---\nNo.\n")
		}},
		{"a declared update", 1, func() {
			w.replace(deliveries, "title: ", "updates:\n  - {at: 2021-07-01, status: follow_up, text: Une suite.}\n  - {at: 2021-05-06, status: follow_up, text: Une autre.}\ntitle: ")
		}},
		{"a correction", 1, func() {
			w.replace(deliveries, "updates:\n", "updates:\n  - {at: 2021-07-02, status: correction, text: Un chiffre.}\n")
		}},
		{"a typo in the update", 0, func() { w.replace(deliveries, "Un chiffre.", "Deux chiffres.") }},
		{"a kept promise", 1, func() {
			w.replace(deliveries, "title: ", "countermeasures:\n  - {text: Alerter, status: done, done_on: 2021-08-01}\ntitle: ")
		}},
		{"a report", 1, func() {
			w.write("content/incidents/2026/2026-11-18-report.md", "---\ntitle: A report\nseverity: sev2\n---\nIt was.\n")
		}},
		{"a notice", 1, func() { w.write(running, notice+"---\n") }},
		{"its next update", 1, func() {
			w.write(running, notice+"  - {at: 2026-11-20T10:00Z, status: monitoring, text: Better.}\n---\n")
		}},
		{"its report", 1, func() {
			w.write(running, strings.Replace(notice, "status: investigating", "status: postmortem", 1)+"  - {at: 2026-11-20T10:00Z, status: monitoring, text: Better.}\n---\nIt was a cache.\n")
		}},
	} {
		edit.do()
		next := w.load()
		if next.site.PageOf(deliveries) == nil {
			t.Fatalf("%s: the report is gone: %v", edit.name, next.diags)
		}
		s.publish(next)
		s.same.Store(0)
		s.modified.Store(0)
		if got := s.unread(); got != edit.unread {
			t.Errorf("%s: newsboat shows %d new entries, want %d", edit.name, got, edit.unread)
		}
		if edit.name == "nothing" && (s.modified.Load() != 0 || s.same.Load() == 0) {
			t.Errorf("without an edit %d feeds are sent again and %d are not", s.modified.Load(), s.same.Load())
		}
		s.readAll(next)
	}
}
