package diff

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// serve answers from a table of files below a base path, as a host of files
// does.
func serve(t *testing.T, base string, files map[string]string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, below := strings.CutPrefix(r.URL.Path, base)
		text, ok := files[name]
		if !below || !ok {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, text)
	}))
	t.Cleanup(server.Close)
	return server.URL + base
}

// jekyll is a site that publish did not make: under another name than its own,
// with addresses without endings, and a feed of jekyll-feed.
var jekyll = map[string]string{
	"": `<html><head><title>Status</title><link rel="canonical" href="https://status.example.org/blog/">
<link type='application/atom+xml' rel=alternate href="/blog/feed.xml"></head><body><h1>Status</h1></body></html>`,
	"sitemap.xml": `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://status.example.org/blog/2024/03/12/login.html</loc></url><url><loc>https://status.example.org/blog/</loc></url>
<url><loc>https://status.example.org/blog/about</loc></url><url><loc>https://status.example.org/elsewhere</loc></url></urlset>`,
	"2024/03/12/login.html": `<html><head><title>Login &amp; more | Status</title></head><body><nav>Menu</nav><main><h1>Login &amp; more</h1><p>It was <b>down</b>.</p></main></body></html>`,
	"about":                 `<html><body><h1>About</h1></body></html>`,
	"feed.xml": `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Status</title><entry><id>https://status.example.org/blog/2024/03/12/login</id>
<title>Login &amp; more</title><link href="https://status.example.org/blog/2024/03/12/login.html"/><updated>2024-03-12T00:00:00+00:00</updated></entry></feed>`,
	"tags/dns/rss": `<rss version="2.0"><channel><title>DNS</title></channel></rss>`,
}

func readWeb(t *testing.T, address string) *Site {
	t.Helper()
	src, _, err := Web(t.Context(), address, DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Read(t.Context(), src)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSiteThatPublishDidNotMake(t *testing.T) {
	s := readWeb(t, serve(t, "/preview/", jekyll))
	var pages []string
	for path, p := range s.Pages {
		pages = append(pages, path+" "+p.Title)
	}
	slices.Sort(pages)
	if want := []string{"/ Status", "/2024/03/12/login.html Login & more", "/about About"}; !slices.Equal(pages, want) {
		t.Errorf("pages %q, want %q", pages, want)
	}
	if lines := s.Pages["/2024/03/12/login.html"].Lines(); !slices.Equal(lines, []string{"Login & more", "It was down."}) {
		t.Errorf("words %q", lines)
	}
	feed := s.Feeds["/feed.xml"]
	if len(s.Feeds) != 1 || feed == nil || len(feed.Entries) != 1 || feed.Entries[0].Path != "/2024/03/12/login.html" || feed.Entries[0].Published.IsZero() {
		t.Errorf("feeds %+v", feed)
	}
	if len(s.Notes) != 1 || s.Notes[0] != "/sitemap.xml lists 1 addresses outside of the site" {
		t.Errorf("notes %q", s.Notes)
	}
}

func TestSiteWithoutSitemap(t *testing.T) {
	files := map[string]string{"": jekyll[""], "feed.xml": jekyll["feed.xml"], "2024/03/12/login.html": jekyll["2024/03/12/login.html"]}
	s := readWeb(t, serve(t, "/", files))
	if len(s.Pages) != 2 || len(s.Notes) != 1 || !strings.Contains(s.Notes[0], "no sitemap.xml") {
		t.Errorf("pages %v, notes %q", s.Pages, s.Notes)
	}
}

func TestIndexOfSitemaps(t *testing.T) {
	s := readWeb(t, serve(t, "/", map[string]string{
		"": "<h1>Home</h1>", "a/": "<h1>A</h1>",
		"sitemap.xml":   "<sitemapindex><sitemap><loc>https://example.org/sitemap-1.xml</loc></sitemap></sitemapindex>",
		"sitemap-1.xml": "<urlset><url><loc>https://example.org/a/</loc></url></urlset>",
	}))
	if len(s.Pages) != 2 || s.Pages["/a/"].Title != "A" {
		t.Errorf("pages %v", s.Pages)
	}
}

func TestTroubleOnTheWeb(t *testing.T) {
	mux := http.NewServeMux()
	stay := make(chan struct{})
	mux.HandleFunc("/slow/", func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-stay:
		case <-r.Context().Done():
		}
	})
	mux.HandleFunc("/big/", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, strings.Repeat("x", 2000)) })
	mux.HandleFunc("/circle/", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/circle/", http.StatusFound) })
	mux.HandleFunc("/broken/", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/broken/" {
			http.Error(w, "no", http.StatusBadGateway)
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(stay) })
	gone := httptest.NewServer(mux)
	gone.Close()
	hurried := Limits{Timeout: 300 * time.Millisecond, Bytes: 1000}
	for address, want := range map[string]string{
		server.URL + "/slow/":   server.URL + "/slow/ did not answer within 300ms",
		server.URL + "/big/":    server.URL + "/big/ has more than 1000 bytes",
		server.URL + "/circle/": server.URL + "/circle/ redirects more than 5 times",
		server.URL + "/none/":   server.URL + "/none/ answers 404 Not Found",
		server.URL + "/broken/": server.URL + "/broken/sitemap.xml answers 502 Bad Gateway",
		gone.URL + "/":          gone.URL + "/ cannot be reached: ",
		"https://":              `"https://" is no address of a site`,
		"ftp://example.org/":    `"ftp://example.org/" is no address of a site`,
	} {
		limits := Limits{Bytes: 1000}
		if strings.HasSuffix(address, "/slow/") {
			limits = hurried
		}
		src, _, err := Web(t.Context(), address, limits)
		if err == nil {
			_, err = Read(t.Context(), src)
		}
		trouble, ok := errors.AsType[*Trouble](err)
		if !ok || !strings.HasPrefix(trouble.Reason, want) || trouble.Hint == "" {
			t.Errorf("%s: %v, want %s and what to do", address, err, want)
		}
	}
}

// A change of domain is followed once; no file of the site is asked for on
// another host.
func TestRedirects(t *testing.T) {
	asked := make(chan string, 100)
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { asked <- r.URL.Path }))
	t.Cleanup(other.Close)
	here := serve(t, "/new/", map[string]string{"": "<h1>Home</h1>", "sitemap.xml": "<urlset><url><loc>https://x.example/new/away/</loc></url></urlset>"})
	away := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, here, http.StatusMovedPermanently) }))
	t.Cleanup(away.Close)
	src, moved, err := Web(t.Context(), away.URL+"/old/", DefaultLimits)
	if err != nil || moved != here || src.Base != "/new/" {
		t.Fatalf("moved to %q, base %q, %v", moved, src.Base, err)
	}
	leaving := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.Redirect(w, r, other.URL+r.URL.Path, http.StatusFound)
		}
	}))
	t.Cleanup(leaving.Close)
	s := readWeb(t, leaving.URL)
	if len(s.Pages) != 1 || len(asked) != 0 {
		t.Errorf("pages %v, %d requests to another host", s.Pages, len(asked))
	}
}

func TestReadingIsInterrupted(t *testing.T) {
	src, _, err := Web(t.Context(), serve(t, "/", jekyll), DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Read(ctx, src); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
