package main

import (
	"bytes"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/mmcdole/gofeed"
	"golang.org/x/tools/txtar"
)

// TestMoveKeepsSubscribers: who has read the feed that another generator made is
// shown nothing a second time when the site has moved in. The ids are those that
// real generators give (tools/oldfeeds.sh, tools/jekyll.sh).
func TestMoveKeepsSubscribers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ kind, source, ids, feed string }{
		{"jekyll", "testdata/import/jekyll.txtar", "testdata/import/jekyll.ids", "/feed.xml"},
		{"jekyll", "testdata/jekyll/site", "testdata/jekyll/date.ids", "/feed.xml"},
		{"hugo", "testdata/import/hugo.txtar", "testdata/import/hugo.ids", "/index.xml"},
		{"cstate", "testdata/import/cstate.txtar", "testdata/import/cstate.ids", "/index.xml"},
		{"cstate", "testdata/import/cstate.txtar", "testdata/import/cstate.ids", "/issues/index.xml"},
	} {
		t.Run(strings.ReplaceAll(filepath.Base(c.source)+c.feed, "/", "-"), func(t *testing.T) {
			text, err := os.ReadFile(c.ids)
			if err != nil {
				t.Fatal(err)
			}
			const nobody, somebody = "https://example.com", "https://reports.example.net" // no site is at the first
			known := strings.Split(html.UnescapeString(strings.NewReplacer("<id>", "", "</id>", "", nobody, somebody).Replace(strings.TrimSpace(string(text)))), "\n")
			var answer atomic.Pointer[[]byte]
			old := oldFeed(known)
			answer.Store(&old)
			host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(*answer.Load()) }))
			t.Cleanup(host.Close)
			s := &subscriber{t: t, dir: t.TempDir(), host: host}
			s.write("urls", host.URL+c.feed+"\n")
			s.write("config", "")
			if n := s.unread(); n != len(known) {
				t.Fatalf("of the old feed newsboat shows %d entries, and it has %d", n, len(known))
			}
			s.write("read", strings.Join(known, "\n")+"\n")
			s.newsboat("-I", "read")

			source := sourceFolder(t, c.source)
			if name := filepath.Join(source, "_config.yml"); c.kind == "jekyll" {
				config, err := os.ReadFile(name)
				if err == nil {
					err = os.WriteFile(name, bytes.Replace(config, []byte(nobody), []byte(somebody), 1), 0o600)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			dir, _ := imported(t, c.kind, source)
			if code, said := ran("build", "--site", dir, "--keep-going"); code == exitMachine {
				t.Fatal(said)
			}
			fresh, err := os.ReadFile(filepath.Join(dir, "public", filepath.FromSlash(c.feed)))
			if err != nil {
				t.Fatal(err)
			}
			feed, err := gofeed.NewParser().Parse(bytes.NewReader(fresh))
			if err != nil || len(feed.Items) == 0 {
				t.Fatalf("no feed with entries: %v", err)
			}
			for _, item := range feed.Items {
				if !slices.Contains(known, item.GUID) {
					t.Errorf("%q has the id %s", item.Title, item.GUID)
				}
			}
			answer.Store(&fresh)
			if n := s.unread(); n != 0 {
				t.Errorf("after the move newsboat shows %d of %d entries as new", n, len(feed.Items))
			}
		})
	}
}

// oldFeed is a feed with the ids.
func oldFeed(ids []string) []byte {
	var b bytes.Buffer
	b.WriteString(`<rss version="2.0"><channel><title>Old</title><link>https://old.example/</link><description>Old</description>`)
	for i, id := range ids {
		fmt.Fprintf(&b, "<item><title>No. %d</title><link>https://old.example/%d</link><guid>%s</guid></item>", i, i, html.EscapeString(id))
	}
	b.WriteString("</channel></rss>")
	return b.Bytes()
}

// sourceFolder is a folder, or what an archive holds as one.
func sourceFolder(t *testing.T, source string) string {
	t.Helper()
	dir := t.TempDir()
	if filepath.Ext(source) != ".txtar" {
		if err := os.CopyFS(dir, os.DirFS(source)); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	archive, err := txtar.ParseFile(source)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
