package preview

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"publish/internal/diag"
	"publish/internal/route"
)

// say sends what a tab says and reads what it is told.
func say(t testing.TB, h http.Handler, q question) *answer {
	t.Helper()
	w := post(h, "/-publish/page", string(encode(q)))
	if w.Code != http.StatusOK {
		t.Fatalf("got %d %s", w.Code, w.Body)
	}
	a := &answer{}
	if err := json.Unmarshal(w.Body.Bytes(), a); err != nil {
		t.Fatal(err)
	}
	return a
}

func post(h http.Handler, target, data string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("POST", target, strings.NewReader(data))
	r.Host = "localhost:4000"
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// revisionOf is a revision with these pages.
func revisionOf(t testing.TB, pages map[string]string) *Revision {
	return &Revision{Table: table(t, pages)}
}

func TestATabIsToldWhatItDoesNotShow(t *testing.T) {
	h := NewHandler(Options{Base: "/repo"})
	h.Show(revisionOf(t, map[string]string{"/a/": "<p>one", "/404.html": "<p>none", "/x.css": "p{}"}))
	first := say(t, h, question{Tab: "t", Path: "/a/", At: "/repo/a/", Version: "", Assets: []string{"/repo/x.css", "/repo/a/", "/x.css", "/repo/no.png"}})
	if first.HTML == nil || *first.HTML != "<p>one" || first.Version == "" || first.Reload {
		t.Fatalf("got %+v", first)
	}
	if len(first.Assets) != 1 || first.Assets["/repo/x.css"] == "" {
		t.Errorf("got the assets %v, want the version of one", first.Assets)
	}
	if again := say(t, h, question{Tab: "t", Path: "/a/", At: "/repo/a/", Version: first.Version}); again.HTML != nil || again.Version != first.Version {
		t.Errorf("it shows it already: got %+v", again)
	}
	if w := ask(h, "GET", "/repo/a/"); !strings.Contains(whole(t, w), `data-version="`+first.Version+`"`) {
		t.Error("the page does not say the version that it has")
	}
	h.Show(revisionOf(t, map[string]string{"/a/": "<p>one", "/404.html": "<p>none", "/x.css": "p{}", "/b/": "new"}))
	if again := say(t, h, question{Tab: "t", Path: "/a/", At: "/repo/a/", Version: first.Version}); again.HTML != nil {
		t.Errorf("another page changed: got %+v", again)
	}
	missing := say(t, h, question{Tab: "u", Path: "/404.html", At: "/repo/c"})
	if missing.Reload || missing.HTML == nil || *missing.HTML != "<p>none" {
		t.Errorf("the 404 page: got %+v", missing)
	}
	if now := say(t, h, question{Tab: "u", Path: "/404.html", At: "/repo/b/"}); !now.Reload {
		t.Errorf("there is a page now: got %+v", now)
	}
	if now := say(t, h, question{Tab: "u", Path: "/404.html", At: "/repo/b"}); !now.Reload {
		t.Errorf("there is a redirect now: got %+v", now)
	}
	h.Show(revisionOf(t, map[string]string{"/404.html": "<p>none"}))
	if now := say(t, h, question{Tab: "t", Path: "/a/", At: "/repo/a/", Version: first.Version}); !now.Reload {
		t.Errorf("the page is gone: got %+v", now)
	}
}

func TestLayoutsThatChangedReloadThePages(t *testing.T) {
	h := showing(table(t, map[string]string{"/": "x"}), Options{})
	before := say(t, h, question{Tab: "t", Path: "/", At: "/"}).Version
	h.Show(&Revision{Table: table(t, map[string]string{"/": "x"}), Reload: true})
	h.Show(revisionOf(t, map[string]string{"/": "x"}))
	after := say(t, h, question{Tab: "t", Path: "/", At: "/"}).Version
	hash, generation, _ := strings.Cut(after, ".")
	if hash != strings.TrimSuffix(before, ".0") || generation != "1" {
		t.Errorf("got %q after %q, want the same page of the next generation", after, before)
	}
	tagOf := ask(h, "GET", "/").Header.Get("ETag")
	if r := ask(h, "GET", "/", "If-None-Match", tagOf); r.StatusCode != 304 {
		t.Errorf("got %d, want 304", r.StatusCode)
	}
	if tagOf == fmt.Sprintf("%q", before+"-"+live.version) {
		t.Error("the browser's cache would give the page with the old tag, and load it for ever")
	}
}

func TestAFaultIsToldAndTheLastGoodPageStays(t *testing.T) {
	broken := &route.Route{Path: "/a/", Source: "content/a.md", Render: func(io.Writer) error {
		var list diag.List
		list.Report(diag.TemplateError, diag.Pos{File: "layouts/a.html", Line: 2, Column: 3}, "close it", "a tag is open")
		return &diag.ErrorList{List: list}
	}}
	made, _ := route.New([]*route.Route{broken})
	h := NewHandler(Options{})
	h.Show(&Revision{Table: made, Source: func(string) []byte { return []byte("one\ntwo\n") }})
	got := say(t, h, question{Tab: "t", Path: "/a/", At: "/a/", Version: "good.0"})
	want := "layouts/a.html:2:3: error: a tag is open  [template-error]\n    two\n      ^\n  hint: close it"
	if got.HTML != nil || got.Reload || got.Version != "good.0" || len(got.Fault) != 1 || got.Fault[0].Text != want {
		t.Errorf("got %+v", got)
	}
	page := whole(t, ask(h, "GET", "/a/"))
	if !strings.Contains(page, `data-path="/a/" data-version="fault.0"`) {
		t.Errorf("the page does not wait for better: %s", page)
	}
}

func TestStateSaysWhatTheTerminalSays(t *testing.T) {
	var errs, warnings diag.List
	errs.Report(diag.FieldType, diag.Pos{File: "content/a.md", Line: 1, Column: 5}, "write a date", "%q is no <date>", "x")
	for i := range 250 {
		warnings.Report(diag.LinkBroken, diag.Pos{File: "content/b.md", Line: i + 1}, "", "a link")
	}
	rev := revisionOf(t, map[string]string{"/": "", "/a/": ""})
	rev.Errors, rev.Warnings = errs, warnings
	rev.Source = func(string) []byte { return []byte("date: x") }
	rev.Held = []Held{{Title: "Draft", Path: "/d/", File: "content/d.md", Reason: "draft: true"}}
	rev.Edited, rev.EditedTitle = "/a/", "A"
	asked := 0
	rev.Doubts = func(path string) diag.List {
		asked++
		return warnings[:1]
	}
	h := NewHandler(Options{Base: "/repo/"})
	h.Show(rev)
	if rev.Number != 1 {
		t.Errorf("got the number %d", rev.Number)
	}
	var s state
	var answers []*answer
	for range 2 {
		answers = append(answers, say(t, h, question{Tab: "t", Path: "/a/", At: "/repo/a/"}))
	}
	if err := json.Unmarshal(answers[1].State, &s); err != nil {
		t.Fatal(err)
	}
	want := "content/a.md:1:5: error: \"x\" is no <date>  [field-type]\n    date: x\n        ^\n  hint: write a date"
	if len(s.Errors) != 1 || s.Errors[0].Text != want || s.Errors[0].Level != "error" {
		t.Errorf("got %+v, want %q", s.Errors, want)
	}
	if s.WarningCount != 250 || len(s.Warnings) != said+1 || s.Warnings[said].Text != "and 150 more: the terminal has them all" {
		t.Errorf("got %d of %d warnings", len(s.Warnings), s.WarningCount)
	}
	if s.Base != "/repo/" || s.Number != 1 || s.Edited.Path != "/a/" || s.Edited.Title != "A" || !slices.Equal(s.Held, rev.Held) {
		t.Errorf("got %+v", s)
	}
	if asked != 1 || len(answers[1].Doubts) != 1 || !strings.Contains(answers[1].Doubts[0].Text, "content/b.md:1: warning: a link") {
		t.Errorf("asked %d times, got %+v", asked, answers[1].Doubts)
	}
}

// listener reads a stream of events.
type listener struct {
	t     *testing.T
	lines *bufio.Scanner
}

func listenTo(t *testing.T, server string) *listener {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, "GET", server+"/-publish/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	if answer.StatusCode != 200 || answer.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("got %d %v", answer.StatusCode, answer.Header)
	}
	lines := bufio.NewScanner(answer.Body)
	lines.Buffer(nil, 1<<20)
	return &listener{t, lines}
}

// next is the kind and the data of the next event.
func (l *listener) next() (kind, data string) {
	l.t.Helper()
	for l.lines.Scan() {
		field, value, _ := strings.Cut(l.lines.Text(), ": ")
		switch field {
		case "event":
			kind = value
		case "data":
			return kind, value
		}
	}
	l.t.Fatal("the stream ended")
	return "", ""
}

func (l *listener) want(kind string, parts ...string) {
	l.t.Helper()
	got, data := l.next()
	if got != kind {
		l.t.Fatalf("got %s %s, want %s", got, data, kind)
	}
	for _, part := range parts {
		if !strings.Contains(data, part) {
			l.t.Errorf("%s: %s is not in %s", kind, part, data)
		}
	}
}

func TestTheStreamTellsWhatChanged(t *testing.T) {
	h := NewHandler(Options{})
	h.Show(revisionOf(t, map[string]string{"/a/": "<p>1", "/b/": "b"}))
	server := httptest.NewServer(h)
	t.Cleanup(server.Close) // after the streams: cleanups run backwards
	stream := listenTo(t, server.URL)
	stream.want("hello", `"number":1`)
	shown := say(t, h, question{Tab: "t", Path: "/a/", At: "/a/", Visible: true}).Version
	say(t, h, question{Tab: "t", Path: "/a/", At: "/a/", Version: shown, Visible: true})

	// First the page alone, then the revision, in which it is the same.
	ahead, _ := route.New([]*route.Route{{Path: "/a/", Render: func(w io.Writer) error {
		_, err := io.WriteString(w, "<p>2")
		return err
	}}})
	h.Ahead(ahead.Get("/a/"))
	stream.want("page", `"path":"/a/"`, `"html":"<p>2"`)
	if got := body(t, ask(h, "GET", "/a/")); got != "<p>2" {
		t.Errorf("a new tab gets %q", got)
	}
	if got := body(t, ask(h, "GET", "/b/")); got != "b" {
		t.Errorf("the rest of the revision: got %q", got)
	}
	h.Show(revisionOf(t, map[string]string{"/a/": "<p>2", "/b/": "b"}))
	stream.want("state", `"number":2`)

	// Pages that nobody shows are not sent.
	h.Show(revisionOf(t, map[string]string{"/a/": "<p>2", "/b/": "b2"}))
	stream.want("state", `"number":3`)
	h.Show(revisionOf(t, map[string]string{"/a/": "<p>1", "/b/": "b2"}))
	stream.want("page", `"html":"<p>1"`, `"version":"`+shown+`"`)
	stream.want("state", `"number":4`)

	// Who comes later has the same end.
	late := listenTo(t, server.URL)
	late.want("hello", `"number":4`)
}

func TestAheadLastsUntilTheNextRevision(t *testing.T) {
	h := showing(table(t, map[string]string{"/a/": "1", "/b/": "1"}), Options{})
	h.Ahead(table(t, map[string]string{"/a/": "2"}).Get("/a/"))
	h.Ahead(table(t, map[string]string{"/b/": "2"}).Get("/b/"))
	for _, target := range []string{"/a/", "/b/", "/a/index.html"} {
		if got := body(t, ask(h, "GET", target)); got != "2" {
			t.Errorf("%s: got %q, want the page ahead", target, got)
		}
	}
	h.Show(revisionOf(t, map[string]string{"/a/": "3", "/b/": "3"}))
	for _, target := range []string{"/a/", "/b/"} {
		if got := body(t, ask(h, "GET", target)); got != "3" {
			t.Errorf("%s: got %q, want the new revision", target, got)
		}
	}
}

func TestExtraRoutesNeverHidePublicOnes(t *testing.T) {
	h := NewHandler(Options{})
	h.Show(&Revision{
		Table: table(t, map[string]string{"/a/": "public", "/b.html": "public", "/404.html": "none"}),
		Extra: table(t, map[string]string{"/a/": "extra", "/draft/": "extra", "/b/": "extra"}),
	})
	for target, want := range map[string]string{"/a/": "public", "/draft/": "extra", "/b": "public", "/b/": "extra", "/c/": "none"} {
		if got := body(t, ask(h, "GET", target)); got != want {
			t.Errorf("%s: got %q, want %q", target, got, want)
		}
	}
}

func TestPagesOfAKnownKeyAreNotRenderedAgain(t *testing.T) {
	rendered := 0
	at := func(key byte, path string) *Revision {
		made, _ := route.New([]*route.Route{{Path: path, Key: route.Key{key}, Render: func(w io.Writer) error {
			rendered++
			_, err := fmt.Fprintf(w, "key %d", key)
			return err
		}}})
		return &Revision{Table: made}
	}
	h := NewHandler(Options{})
	for i, step := range []struct {
		key  byte
		path string
		want int
	}{{1, "/a/", 1}, {1, "/a/", 1}, {2, "/a/", 2}, {1, "/a/", 2}, {1, "/b/", 2}, {0, "/a/", 3}, {0, "/a/", 4}} {
		h.Show(at(step.key, step.path))
		if got := body(t, ask(h, "GET", step.path)); got != fmt.Sprintf("key %d", step.key) || rendered != step.want {
			t.Errorf("step %d: got %q, rendered %d times, want %d", i, got, rendered, step.want)
		}
	}
}

func TestAMachinesFailureIsTriedAgain(t *testing.T) {
	fail := true
	made, _ := route.New([]*route.Route{{Path: "/", Key: route.Key{1}, Render: func(w io.Writer) error {
		if fail {
			return io.ErrUnexpectedEOF
		}
		_, err := io.WriteString(w, "good")
		return err
	}}})
	h := showing(made, Options{})
	if r := ask(h, "GET", "/"); r.StatusCode != 500 {
		t.Errorf("got %d", r.StatusCode)
	}
	fail = false
	h.Show(&Revision{Table: made})
	if got := body(t, ask(h, "GET", "/")); got != "good" {
		t.Errorf("got %q", got)
	}
}

func TestReservedRoutesAreSaid(t *testing.T) {
	made := table(t, map[string]string{"/-publish/live.js": "site's", "/-publish/other.txt": "site's", "/events": "site's"})
	for base, want := range map[string][]string{"/": {"/-publish/live.js"}, "/repo/": nil, "/-publish": {"/events"}} {
		list := Reserved(made, base)
		if len(list) != len(want) {
			t.Errorf("%s: got %v, want %q", base, list, want)
			continue
		}
		for i, d := range list {
			if !strings.Contains(d.Message, fmt.Sprintf("%q is not shown", want[i])) || d.Level != diag.Warning || d.Hint == "" {
				t.Errorf("%s: got %+v", base, d)
			}
		}
	}
	h := showing(made, Options{})
	if got := body(t, ask(h, "GET", "/-publish/other.txt")); got != "site's" {
		t.Errorf("what the preview does not need: got %q", got)
	}
	if got := say(t, h, question{Tab: "t"}); !strings.Contains(string(got.State), `\"/-publish/live.js\" is not shown`) {
		t.Errorf("the browser is not told: %s", got.State)
	}
}

func TestOnlyThePreviewsOwnPagesMayAsk(t *testing.T) {
	h := showing(table(t, pagesForTests), Options{AllowHost: []string{"proxy.test", "*.codes.test"}})
	for _, test := range []struct {
		headers []string
		allowed bool
	}{
		{nil, true},
		{[]string{"Sec-Fetch-Site", "same-origin"}, true},
		{[]string{"Sec-Fetch-Site", "none"}, true},
		{[]string{"Sec-Fetch-Site", "same-site"}, false},
		{[]string{"Sec-Fetch-Site", "cross-site"}, false},
		{[]string{"Sec-Fetch-Site", "nonsense"}, false},
		{[]string{"Origin", "http://localhost:4000"}, true},
		{[]string{"Origin", "http://LOCALHOST:4000"}, true},
		{[]string{"Origin", "http://localhost:3000"}, false},
		{[]string{"Origin", "http://a.localhost:4000"}, false},
		{[]string{"Origin", "http://evil.test"}, false},
		{[]string{"Origin", "null"}, false},
		{[]string{"Origin", "http://"}, false},
		{[]string{"Origin", "https://proxy.test"}, true},
		{[]string{"Origin", "https://a.codes.test"}, true},
		{[]string{"Origin", "https://codes.test"}, false},
		{[]string{"Origin", "https://proxy.test", "Sec-Fetch-Site", "cross-site"}, false},
	} {
		w := post(h, "/-publish/page", `{"tab": "t"}`, test.headers...)
		if allowed := w.Code == 200; allowed != test.allowed || !allowed && w.Code != 403 {
			t.Errorf("page, %q: got %d", test.headers, w.Code)
		}
		checkHeaders(t, w.Result())
		ctx, cancel := context.WithCancel(t.Context())
		cancel() // a stream that may begin ends at once
		r := httptest.NewRequest("GET", "/-publish/events", nil).WithContext(ctx)
		r.Host = "localhost:4000"
		for i := 0; i < len(test.headers); i += 2 {
			r.Header.Set(test.headers[i], test.headers[i+1])
		}
		w = httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if allowed := w.Code == 200; allowed != test.allowed || !allowed && w.Code != 403 {
			t.Errorf("events, %q: got %d", test.headers, w.Code)
		}
		checkHeaders(t, w.Result())
	}
	if r := ask(h, "GET", "/-publish/events", "Host", "evil.test"); r.StatusCode != 421 {
		t.Errorf("another host: got %d", r.StatusCode)
	}
}

func TestQuestionsThatAreRefused(t *testing.T) {
	h := showing(table(t, pagesForTests), Options{})
	for data, want := range map[string]int{
		`{"tab": "t", "path": "/"}`: 200, `{"tab": "t", "gone": true}`: 204,
		``: 400, `{`: 400, `[]`: 400, `{"path": "/"}`: 400, `{"tab": 1}`: 400,
		`{"tab": "` + strings.Repeat("t", 65) + `"}`: 400,
		strings.Repeat(" ", maxQuestion+1):           413,
	} {
		if w := post(h, "/-publish/page", data); w.Code != want {
			t.Errorf("%.40q: got %d, want %d", data, w.Code, want)
		}
	}
	for target, method := range map[string]string{"/-publish/page": "GET", "/-publish/events": "POST", "/-publish/live.js": "POST"} {
		if r := ask(h, method, target); r.StatusCode != 405 {
			t.Errorf("%s %s: got %d", method, target, r.StatusCode)
		}
	}
	if r := ask(h, "GET", "/-publish/../CNAME"); r.StatusCode != 404 {
		t.Errorf("got %d", r.StatusCode)
	}
}

func TestLiveFilesAreServed(t *testing.T) {
	h := showing(table(t, pagesForTests), Options{Base: "/repo/"})
	for target, kind := range map[string]string{"/-publish/live.js": "text/javascript; charset=utf-8", "/-publish/live.css": "text/css; charset=utf-8"} {
		r := ask(h, "GET", target)
		if r.StatusCode != 200 || r.Header.Get("Content-Type") != kind || len(whole(t, r)) < 100 {
			t.Errorf("%s: got %d %v", target, r.StatusCode, r.Header)
		}
		checkHeaders(t, r)
		if again := ask(h, "GET", target, "If-None-Match", r.Header.Get("ETag")); again.StatusCode != 304 {
			t.Errorf("%s: got %d, want 304", target, again.StatusCode)
		}
	}
}

func TestWatchedHasTheNewestFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := showing(table(t, pagesForTests), Options{})
		say(t, h, question{Tab: "1", Path: "/a/", At: "/a/"})
		say(t, h, question{Tab: "2", Path: "/", At: "/", Visible: true})
		say(t, h, question{Tab: "3", Path: "/both/", At: "/both/"})
		say(t, h, question{Tab: "4", Path: "/a/", At: "/a/"})
		say(t, h, question{Tab: "5", Path: "/no/such/route/", At: "/"})
		want := []string{"/", "/a/", "/both/"}
		if got := h.Watched(); !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
		time.Sleep(tabLife - time.Second)
		say(t, h, question{Tab: "3", Path: "/both/", At: "/both/"})
		post(h, "/-publish/page", `{"tab": "2", "gone": true}`)
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if got := h.Watched(); !slices.Equal(got, []string{"/both/"}) {
			t.Errorf("the others were not heard of any more: got %q", got)
		}
		for i := range 3 * maxTabs {
			say(t, h, question{Tab: fmt.Sprint("many", i), Path: "/a/", At: "/a/"})
		}
		h.tabs.mu.Lock()
		if got := len(h.tabs.byID); got != maxTabs {
			t.Errorf("%d tabs are remembered", got)
		}
		h.tabs.mu.Unlock()
		time.Sleep(tabLife) // the timers end within the test
		synctest.Wait()
	})
}

func TestStreamsAreFewAndEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := showing(table(t, pagesForTests), Options{})
		var ended atomic.Int32
		for range maxStreams {
			go func() {
				ask(h, "GET", "/-publish/events")
				ended.Add(1)
			}()
			synctest.Wait()
		}
		if r := ask(h, "GET", "/-publish/events"); r.StatusCode != 503 {
			t.Errorf("one too many: got %d", r.StatusCode)
		}
		time.Sleep(streamLife - time.Second)
		if n := ended.Load(); n > 0 {
			t.Errorf("%d ended early", n)
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if n := ended.Load(); n != maxStreams || h.streams.open != 0 {
			t.Errorf("%d ended, %d are open", n, h.streams.open)
		}
	})
}

// A stream says now and then that it lives, so that a browser notices when it
// does not.
func TestStreamsHaveAPulse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := showing(table(t, pagesForTests), Options{})
		ctx, cancel := context.WithCancel(t.Context())
		w := httptest.NewRecorder()
		r := httptest.NewRequest("GET", "/-publish/events", nil).WithContext(ctx)
		r.Host = "localhost"
		go h.ServeHTTP(w, r)
		time.Sleep(2*pulse + time.Second)
		cancel()
		synctest.Wait()
		if got := bytes.Count(w.Body.Bytes(), []byte("event: pulse\ndata: {}\n\n")); got != 2 {
			t.Errorf("got %d pulses in %s", got, w.Body)
		}
	})
}
