package preview

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"publish/internal/diag"
	"publish/internal/route"
)

// table makes routes that write their text.
func table(t testing.TB, pages map[string]string) *route.Table {
	t.Helper()
	var routes []*route.Route
	for path, text := range pages {
		routes = append(routes, &route.Route{Path: path, Source: "content" + path, Render: func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		}})
	}
	made, diags := route.New(routes)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	return made
}

// showing is a handler that shows the table.
func showing(table *route.Table, o Options) *Handler {
	h := NewHandler(o)
	h.Show(&Revision{Table: table})
	return h
}

var pagesForTests = map[string]string{
	"/": "home", "/a/": "page a", "/A b/é/": "page é", "/about.html": "about", "/404.html": "not here",
	"/style.css": "css", "/both/": "folder", "/both.html": "file", "/x/index.json": "{}", "/own/index.html": "own",
	"/CNAME": "name", "/?q/": "question",
}

// ask sends one request; the target is what stands in the request line.
func ask(h http.Handler, method, target string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, target, nil)
	r.Host = "localhost:4000"
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		} else {
			r.Header.Set(headers[i], headers[i+1])
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// body is what was answered, without the preview's tag.
func body(t testing.TB, r *http.Response) string {
	t.Helper()
	return tagged.ReplaceAllString(whole(t, r), "")
}

var tagged = regexp.MustCompile(`<script src="/-publish/[^>]*></script>`)

func whole(t testing.TB, r *http.Response) string {
	t.Helper()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestHandlerAnswersAsTheHostWill(t *testing.T) {
	tests := []struct {
		base, target string
		status       int
		want         string // the body, or where a redirect leads
	}{
		{"/", "/", 200, "home"},
		{"/", "/index.html", 200, "home"},
		{"/", "/a/", 200, "page a"},
		{"/", "/a/index.html", 200, "page a"},
		{"/", "/a", 301, "/a/"},
		{"/", "/a?x=1&y", 301, "/a/?x=1&y"},
		{"/", "/a/?x=1", 200, "page a"},
		{"/", "/A/", 404, "not here"},
		{"/", "/a//", 404, "not here"},
		{"/", "//a/", 404, "not here"},
		{"/", "/a/./", 404, "not here"},
		{"/", "/x/../a/", 404, "not here"},
		{"/", "/%2e%2e/etc/passwd", 404, "not here"},
		{"/", "/..%5c..%5cetc", 404, "not here"},
		{"/", "/%00", 404, "not here"},
		{"/", "/A%20b/%C3%A9/", 200, "page é"},
		{"/", "/A%20b/%C3%A9", 301, "/A%20b/%C3%A9/"},
		{"/", "/A%20b/e%CC%81/", 404, "not here"},
		{"/", "/A%2520b/%C3%A9/", 404, "not here"},
		{"/", "/%3Fq", 301, "/%3Fq/"},
		{"/", "/about.html", 200, "about"},
		{"/", "/about", 200, "about"},
		{"/", "/about/", 404, "not here"},
		{"/", "/both", 301, "/both/"},
		{"/", "/both.html", 200, "file"},
		{"/", "/own/", 200, "own"},
		{"/", "/own", 301, "/own/"},
		{"/", "/x/", 404, "not here"},
		{"/", "/x", 404, "not here"},
		{"/", "/404.html", 200, "not here"},
		{"/", "/404", 200, "not here"},
		{"/", "/CNAME", 200, "name"},
		{"/repo/", "/", 302, "/repo/"},
		{"/repo/", "/repo", 301, "/repo/"},
		{"/repo/", "/repo?x", 301, "/repo/?x"},
		{"/repo/", "/repo/", 200, "home"},
		{"/repo/", "/repo/a", 301, "/repo/a/"},
		{"/repo/", "/repo/a/", 200, "page a"},
		{"/repo/", "/repo/no", 404, "not here"},
		{"/repo/", "/Repo/", 404, "the site is at /repo/, as its base URL says; nothing is outside of it\n"},
		{"/repo/", "/a/", 404, "the site is at /repo/, as its base URL says; nothing is outside of it\n"},
		{"repo", "/repo/a/", 200, "page a"},
		{"", "/a/", 200, "page a"},
	}
	for _, test := range tests {
		h := showing(table(t, pagesForTests), Options{Base: test.base})
		for _, method := range []string{"GET", "HEAD"} {
			r := ask(h, method, test.target)
			got := r.Header.Get("Location")
			if r.StatusCode/100 != 3 {
				got = body(t, r)
			}
			want := test.want
			if method == "HEAD" && r.StatusCode == 200 {
				want = ""
			}
			if method == "HEAD" && r.StatusCode == 404 {
				got, want = "", "" // http.Error leaves the cutting to the server
			}
			if r.StatusCode != test.status || got != want {
				t.Errorf("%s %q at %q: got %d %q, want %d %q", method, test.target, test.base, r.StatusCode, got, test.status, want)
			}
			checkHeaders(t, r)
		}
	}
}

// checkHeaders wants what every answer carries.
func checkHeaders(t testing.TB, r *http.Response) {
	t.Helper()
	for name, want := range map[string]string{
		"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin",
	} {
		if got := r.Header.Get(name); got != want {
			t.Errorf("%d: %s: got %q, want %q", r.StatusCode, name, got, want)
		}
	}
	if r.Header.Get("Access-Control-Allow-Origin") != "" {
		t.Error("other sites may read this")
	}
}

func TestHandlerServesWhatRenderWrites(t *testing.T) {
	made := table(t, pagesForTests)
	server := httptest.NewServer(showing(made, Options{Base: "/repo/"}))
	defer server.Close()
	for _, r := range made.All() {
		var want bytes.Buffer
		if err := r.Render(&want); err != nil {
			t.Fatal(err)
		}
		target := strings.NewReplacer(" ", "%20", "?", "%3F").Replace(r.Path)
		for range 2 { // rendered, then remembered
			got, err := http.Get(server.URL + "/repo" + target)
			if err != nil {
				t.Fatal(err)
			}
			if text := body(t, got); text != want.String() || got.StatusCode != 200 {
				t.Errorf("%s: got %d %q, want %q", r.Path, got.StatusCode, text, want.String())
			}
			if got.Header.Get("Content-Type") != r.MediaType() {
				t.Errorf("%s: got the type %q, want %q", r.Path, got.Header.Get("Content-Type"), r.MediaType())
			}
			got.Body.Close()
		}
	}
}

func TestHandlerConditionalRequests(t *testing.T) {
	h := showing(table(t, pagesForTests), Options{})
	tag := ask(h, "GET", "/a/").Header.Get("ETag")
	if len(tag) < 10 || tag[0] != '"' {
		t.Fatalf("got the tag %q, want a strong one", tag)
	}
	for _, given := range []string{tag, `"other", ` + tag, "W/" + tag, "*"} {
		r := ask(h, "GET", "/a/", "If-None-Match", given)
		if r.StatusCode != 304 || body(t, r) != "" || r.Header.Get("ETag") != tag {
			t.Errorf("%s: got %d, want 304", given, r.StatusCode)
		}
		checkHeaders(t, r)
	}
	if r := ask(h, "GET", "/", "If-None-Match", tag); r.StatusCode != 200 {
		t.Errorf("another page: got %d, want 200", r.StatusCode)
	}
	if r := ask(h, "GET", "/no", "If-None-Match", "*"); r.StatusCode != 404 || r.Header.Get("ETag") != "" {
		t.Errorf("no page: got %d, want 404", r.StatusCode)
	}
	h.Show(&Revision{Table: table(t, map[string]string{"/a/": "page a", "/": "home 2"})})
	if r := ask(h, "GET", "/a/", "If-None-Match", tag); r.StatusCode != 304 {
		t.Errorf("the same bytes in the next revision: got %d, want 304", r.StatusCode)
	}
	if r := ask(h, "GET", "/"); body(t, r) != "home 2" {
		t.Error("the old revision is still shown")
	}
	if r := ask(h, "GET", "/no"); r.StatusCode != 404 || body(t, r) != "there is no such page\n" {
		t.Errorf("without a 404 page: got %d", r.StatusCode)
	}
}

func TestHandlerRefusesOtherMethods(t *testing.T) {
	h := showing(table(t, pagesForTests), Options{})
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE"} {
		r := ask(h, method, "/")
		if r.StatusCode != 405 || r.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: got %d, want 405", method, r.StatusCode)
		}
		checkHeaders(t, r)
	}
}

func TestHandlerHosts(t *testing.T) {
	h := showing(table(t, pagesForTests), Options{Host: "desk.lan", AllowHost: []string{"Preview.Test", "*.codes.test", "tunnel.test:443"}})
	for host, allowed := range map[string]bool{
		"localhost": true, "localhost:4000": true, "LOCALHOST:1": true, "localhost.": true, "a.b.localhost:4000": true,
		"127.0.0.1": true, "127.1.2.3:4000": true, "[::1]:4000": true, "[::1]": true, "::1": true, "[::ffff:127.0.0.1]:80": true,
		"desk.lan": true, "preview.test:4000": true, "x.codes.test": true, "tunnel.test": true, "192.0.2.7:4000": true,
		"": false, "evil.test": false, "localhost.evil.test": false, "codes.test": false, ".codes.test": false, "xcodes.test": false,
		"notlocalhost": false, "192.0.2.8": false, "[2001:db8::1]:4000": false, "2130706433": false, "127.0.0.1.evil.test": false,
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Host = host
		local := &net.TCPAddr{IP: net.ParseIP("192.0.2.7"), Port: 4000}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, local)))
		want := http.StatusOK
		if !allowed {
			want = http.StatusMisdirectedRequest
		}
		if w.Code != want {
			t.Errorf("%q: got %d, want %d", host, w.Code, want)
		}
		if !allowed && !strings.Contains(w.Body.String(), "--allow-host "+plainHost(bare(host))) {
			t.Errorf("%q: got %q, want it to name the flag", host, w.Body)
		}
		checkHeaders(t, w.Result())
	}
	r := ask(h, "GET", "/", "Host", "<script>;rm")
	if text := body(t, r); strings.Contains(text, "--allow-host <") || !strings.HasPrefix(r.Header.Get("Content-Type"), "text/plain") {
		t.Errorf("got %q", text)
	}
}

func TestHandlerExplainsARouteThatFails(t *testing.T) {
	var list diag.List
	list.Report(diag.TemplateError, diag.Pos{File: "layouts/<x>.html", Line: 3}, "close it", "a <b> that is not closed")
	made, _ := route.New([]*route.Route{
		{Path: "/a/", Source: "content/<a>.md", Render: func(io.Writer) error { return &diag.ErrorList{List: list} }},
		{Path: "/b/", Source: "content/b.md", Render: func(io.Writer) error { return errors.New("disk <gone>") }},
		{Path: "/c/", Source: "content/c.md", Render: func(io.Writer) error { panic("oops") }},
	})
	h := showing(made, Options{})
	for target, want := range map[string][]string{
		"/a/": {"content/&lt;a&gt;.md", "layouts/&lt;x&gt;.html:3: a &lt;b&gt; that is not closed", "close it"},
		"/b/": {"content/b.md", "disk &lt;gone&gt;"},
		"/c/": {"content/c.md", "cannot be made: oops", "report"},
	} {
		r := ask(h, "GET", target)
		text := body(t, r)
		if r.StatusCode != 500 || r.Header.Get("ETag") != "" || r.Header.Get("Content-Type") != "text/html; charset=utf-8" {
			t.Errorf("%s: got %d %v", target, r.StatusCode, r.Header)
		}
		for _, part := range want {
			if !strings.Contains(text, part) {
				t.Errorf("%s: %q is not in %q", target, part, text)
			}
		}
		if text := body(t, ask(h, "HEAD", target)); text != "" {
			t.Errorf("HEAD %s: got %q", target, text)
		}
		checkHeaders(t, r)
	}
}

func TestPagesAreRememberedWithinABudget(t *testing.T) {
	var rendered atomic.Int64
	var routes []*route.Route
	for _, path := range []string{"/a/", "/b/", "/c/", "/large/"} {
		routes = append(routes, &route.Route{Path: path, Render: func(w io.Writer) error {
			rendered.Add(1)
			size := 4096
			if path == "/large/" {
				size = 1 << 20
			}
			_, err := w.Write(make([]byte, size))
			return err
		}})
	}
	made, _ := route.New(routes)
	h := showing(made, Options{Memory: 2*4096 + 1000})
	for i, step := range []struct {
		target string
		want   int64 // rendered so far
	}{
		{"/a/", 1}, {"/a/", 1}, {"/b/", 2}, {"/a/", 2}, {"/c/", 3}, // forgets b
		{"/a/", 3}, {"/c/", 3}, {"/b/", 4}, {"/large/", 5}, {"/large/", 6},
	} {
		ask(h, "GET", step.target)
		if got := rendered.Load(); got != step.want {
			t.Errorf("step %d, %s: %d pages were rendered, want %d", i, step.target, got, step.want)
		}
	}
	if used := h.pages.used; used < 0 || used > 2*4096+1000 {
		t.Errorf("%d bytes are in use", used)
	}
}

func TestOnePageAskedForByMany(t *testing.T) {
	var rendered atomic.Int64
	gate := make(chan struct{})
	made, _ := route.New([]*route.Route{{Path: "/", Render: func(w io.Writer) error {
		rendered.Add(1)
		<-gate
		_, err := io.WriteString(w, "home")
		return err
	}}})
	h := showing(made, Options{})
	var group sync.WaitGroup
	for range 10 {
		group.Go(func() {
			if got := body(t, ask(h, "GET", "/")); got != "home" {
				t.Errorf("got %q", got)
			}
		})
	}
	close(gate)
	group.Wait()
	if rendered.Load() != 1 {
		t.Errorf("rendered %d times, want once", rendered.Load())
	}
}

// Requests during a hundred revisions: each answer is of one of them, whole.
func TestShowWhileRequestsGoOn(t *testing.T) {
	h := showing(table(t, map[string]string{"/": "0"}), Options{})
	var group sync.WaitGroup
	done := make(chan struct{})
	for range 4 {
		group.Go(func() {
			newest := ""
			for {
				select {
				case <-done:
					return
				default:
				}
				got := body(t, ask(h, "GET", "/"))
				if len(got) < len(newest) {
					t.Errorf("got %q after %q", got, newest)
				}
				newest = got
			}
		})
	}
	for n := range 100 {
		h.Show(&Revision{Table: table(t, map[string]string{"/": strings.Repeat("0", n+1)})})
	}
	close(done)
	group.Wait()
}

// A panic of this package is an answer in words, and the next request has its own.
func TestAPanicIsAnAnswer(t *testing.T) {
	h := NewHandler(Options{})
	h.Show(&Revision{Table: table(t, pagesForTests), Doubts: func(string) diag.List { panic("of doubts") }})
	w := post(h, "/-publish/page", `{"tab": "t", "path": "/a/"}`)
	if w.Code != http.StatusInternalServerError || !strings.Contains(w.Body.String(), "of doubts (internal/preview/") || !strings.Contains(w.Body.String(), "please report it") {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
	if r := ask(h, "GET", "/a/"); r.StatusCode != http.StatusOK {
		t.Errorf("the next request has status %d", r.StatusCode)
	}
}
