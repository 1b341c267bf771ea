package preview

import (
	"bufio"
	"bytes"
	"context"
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

	"publish/internal/route"
)

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
