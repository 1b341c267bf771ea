package render

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"publish/internal/chromium"
)

// filterWorld is the sample site in a Chromium. Its home page has two posts.
type filterWorld struct {
	t       *testing.T
	ctx     context.Context
	address string
}

func newFilterWorld(t *testing.T) *filterWorld {
	t.Helper()
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Fatal("chromium is missing: `make unit` installs it (tools/need.sh chromium=chromium)")
	}
	pages, types := map[string][]byte{}, map[string]string{}
	for _, r := range routesOf(t, "testdata/pages", "", "") {
		var b bytes.Buffer
		if err := r.Render(&b); err != nil {
			t.Fatal(err)
		}
		pages[r.Path], types[r.Path] = b.Bytes(), r.MediaType()
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := strings.TrimPrefix(r.URL.Path, "/repo")
		page, ok := pages[path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", types[path])
		_, _ = w.Write(page)
	}))
	t.Cleanup(server.Close)
	return &filterWorld{t, chromium.Start(t), server.URL + "/repo"}
}

func (w *filterWorld) open(path string) {
	w.t.Helper()
	if err := chromedp.Do(w.ctx, chromedp.Navigate(w.address+path)); err != nil {
		w.t.Fatal(err)
	}
}

// eval gives the text that a script ends with.
func (w *filterWorld) eval(script string) string {
	w.t.Helper()
	text, err := chromedp.Run(w.ctx, chromedp.Evaluate[string](script))
	if err != nil {
		w.t.Fatal(err)
	}
	return text
}

func (w *filterWorld) click(selector string) {
	w.t.Helper()
	w.eval("document.querySelector('" + selector + "').click(), ''")
}

// state is what a reader sees: the query, what is announced, and the titles.
const state = `JSON.stringify([location.search, document.querySelector("[role=status]").textContent,
	[...document.querySelectorAll(".entry .title, .archive tr[data-terms] th a")].filter(a => a.checkVisibility()).map(a => a.textContent)])`

// shows waits for a state.
func (w *filterWorld) shows(query, count string, titles ...string) {
	w.t.Helper()
	list, err := json.Marshal([]any{query, count, append([]string{}, titles...)})
	if err != nil {
		w.t.Fatal(err)
	}
	want := string(list)
	for end := time.Now().Add(10 * time.Second); ; {
		var got any
		if err := json.Unmarshal([]byte(w.eval(state)), &got); err != nil {
			w.t.Fatal(err)
		}
		text, err := json.Marshal(got)
		if err != nil {
			w.t.Fatal(err)
		}
		if string(text) == want {
			return
		}
		if time.Now().After(end) {
			w.t.Fatalf("the page shows\n%s, want\n%s", text, want)
		}
	}
}

func TestFilters(t *testing.T) {
	w := newFilterWorld(t)
	const checkout, upgrade, note, mail = "The checkout <answered> slowly", "Upgrade of the database", "A note on capacity", "Courriels en retard"
	t.Run("home page", func(t *testing.T) {
		w.t = t
		w.open("/")
		w.shows("", "", "Search answers nothing", upgrade, note)
		w.click(`[data-term="service:mail"]`)
		w.shows("?service=mail", "2 reports", checkout, mail) // which stand on the second page
		w.click(`[data-term="severity:sev1"]`)
		w.shows("?service=mail&severity=sev1", "1 report", checkout)
		href := w.eval(`document.querySelector("main .entry .title:not([hidden] *)").href`)
		if want := w.address + report; href != want {
			t.Errorf("the title leads to %s, want %s", href, want)
		}
		w.click(`[data-term="severity:sev3"]`) // of one kind, either will do
		w.shows("?service=mail&severity=sev1&severity=sev3", "2 reports", checkout, mail)
		w.eval(`history.back(), ""`)
		w.shows("?service=mail&severity=sev1", "1 report", checkout)
		w.click(".filter li button")
		w.shows("?severity=sev1", "1 report", checkout)
		w.click(".filter > button")
		w.shows("", "", "Search answers nothing", upgrade, note)
	})
	t.Run("archive", func(t *testing.T) {
		w.t = t
		w.open("/archive/?tag=database&year=2024")
		w.shows("?tag=database&year=2024", "2 reports", note, checkout)
		w.open("/archive/?service=nothing")
		w.shows("?service=nothing", "0 reports")
		w.open("/archive/?tag=Database&year=2024&severity=") // as people write them
		w.shows("?tag=Database&year=2024&severity=", "2 reports", note, checkout)
	})
}
