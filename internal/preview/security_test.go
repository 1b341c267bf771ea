package preview

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"publish/internal/diag"
)

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
