package diff

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestClosedPages: a page that is listed and not shown is there all the same, so
// its address counts; a feed that was guessed at is not.
func TestClosedPages(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			fmt.Fprint(w, "<h1>Home</h1>")
		case "/sitemap.xml":
			fmt.Fprint(w, "<urlset><url><loc>/forbidden/</loc></url><url><loc>/away/</loc></url><url><loc>/circle/</loc></url><url><loc>/gone/</loc></url></urlset>")
		case "/away/":
			http.Redirect(w, r, "http://elsewhere.invalid/", http.StatusFound)
		case "/circle/":
			http.Redirect(w, r, "/circle/", http.StatusFound)
		case "/gone/":
			http.NotFound(w, r)
		default: // as S3 does with what it does not have
			http.Error(w, "no", http.StatusForbidden)
		}
	}))
	t.Cleanup(server.Close)
	s := readWeb(t, server.URL)
	if len(s.Notes) != 1 || s.Notes[0] != "of 3 of its pages only the addresses are compared, since it does not show them (/away/: it leads to another host)" {
		t.Errorf("notes %q", s.Notes)
	}
	r := Compare(s, readFiles(t, map[string]string{"index.html": "<h1>Home</h1>", "circle/index.html": "<h1>C</h1>"}))
	if r.Unread != 1 || len(r.Removed) != 2 || r.Removed[0].Path != "/away/" || r.Removed[1].Path != "/forbidden/" || len(s.Feeds) > 0 {
		t.Errorf("%d unread, removed %v, feeds %v", r.Unread, r.Removed, s.Feeds)
	}
}

// TestSitemapsInCircles: sitemaps that list each other, and no end of them.
func TestSitemapsInCircles(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.URL.Path, "sitemap") {
			fmt.Fprint(w, "<h1>Page</h1>")
			return
		}
		asked++
		fmt.Fprintf(w, "<sitemapindex>%s<sitemap><loc>/sitemap-%d.xml</loc></sitemap></sitemapindex>", strings.Repeat("<sitemap><loc>/sitemap.xml</loc></sitemap>", 500), asked)
	}))
	t.Cleanup(server.Close)
	s := readWeb(t, server.URL)
	if asked != maxSitemaps || !s.Partial || len(s.Notes) == 0 || s.Notes[0] != "it has 201 sitemaps: 200 of them were read" {
		t.Errorf("%d sitemaps, partial %v, notes %q", asked, s.Partial, s.Notes)
	}
}

// TestNumbersAsIDs: ids of JSON Feed that are numbers are told apart.
func TestNumbersAsIDs(t *testing.T) {
	f := readFeed("/feed.json", []byte(`{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 1}, {"id": "1a"}, {"id": 2.50}, {}]}`), func(s string) string { return s })
	var ids []string
	for _, e := range f.Entries {
		ids = append(ids, e.ID)
	}
	if got := strings.Join(ids, " "); got != "1 1a 2.50 " {
		t.Errorf("%q", got)
	}
}
