package render

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"publish/internal/chromium"
	"publish/internal/site"
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
		path, ok := strings.CutPrefix(r.URL.Path, "/repo")
		page, known := pages[path]
		if !ok || !known {
			w.Header().Set("Content-Type", types["/404.html"])
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write(pages["/404.html"])
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

// state is what a reader sees: what is announced, and the titles.
const state = `document.querySelector("[role=status]").textContent,
	[...document.querySelectorAll(".entry .title, .archive tr[data-terms] th a")].filter(a => a.checkVisibility()).map(a => a.textContent)`

// shows waits for an address and what stands on the page.
func (w *filterWorld) shows(query, count string, titles ...string) {
	w.t.Helper()
	w.until("JSON.stringify([location.search, "+state+"])", query, count, append([]string{}, titles...))
}

// finds waits for what stands on the page, whatever its address.
func (w *filterWorld) finds(count string, titles ...string) {
	w.t.Helper()
	w.until("JSON.stringify(["+state+"])", count, append([]string{}, titles...))
}

// until waits until a script gives a list.
func (w *filterWorld) until(script string, list ...any) {
	w.t.Helper()
	text, err := json.Marshal(list)
	if err != nil {
		w.t.Fatal(err)
	}
	want := string(text)
	for end := time.Now().Add(10 * time.Second); ; {
		var got any
		answer, failed := chromedp.Run(w.ctx, chromedp.Evaluate[string](script)) // which it may while another page comes
		if failed == nil {
			if err := json.Unmarshal([]byte(answer), &got); err != nil {
				w.t.Fatal(err)
			}
			if text, err = json.Marshal(got); err != nil {
				w.t.Fatal(err)
			}
		}
		if failed == nil && string(text) == want {
			return
		}
		if time.Now().After(end) {
			w.t.Fatalf("the page shows\n%s, want\n%s (%v)", text, want, failed)
		}
	}
}

// disk is the sample site, opened from disk.
func (w *filterWorld) disk() *filterWorld {
	w.t.Helper()
	files := map[string]string{}
	for _, r := range routesWith(w.t, "testdata/pages", "", "", site.Options{Portable: true}) {
		var b strings.Builder
		if err := r.Render(&b); err != nil {
			w.t.Fatal(err)
		}
		files[r.File()] = b.String()
	}
	return &filterWorld{w.t, w.ctx, "file://" + filepath.ToSlash(siteFolder(w.t, files))}
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
	t.Run("archive, from disk", func(t *testing.T) {
		w.t = t
		w := w.disk()
		w.open("/archive/index.html")
		w.click(`[data-term="service:mail"]`)
		w.shows("?service=mail", "2 reports", checkout, mail)
		w.eval(`history.back(), ""`)
		w.shows("", "", upgrade, "Search answers nothing", note, checkout, mail)
	})
	// Some browsers refuse a page from disk another address.
	const refuse = `history.pushState = () => { throw new DOMException("refused", "SecurityError"); }, ""`
	t.Run("archive, where the address stays", func(t *testing.T) {
		w.t = t
		w := w.disk()
		w.open("/archive/index.html?year=2024")
		w.eval(refuse)
		w.click(`[data-term="service:mail"]`)
		w.finds("1 report", checkout)
		w.click(`[data-term="year:2023"]`)
		w.finds("2 reports", checkout, mail)
		w.click(".filter li button") // service:mail
		w.finds("5 reports", upgrade, "Search answers nothing", note, checkout, mail)
		w.click(".filter > button")
		w.finds("", upgrade, "Search answers nothing", note, checkout, mail)
	})
	t.Run("home page, where the address stays", func(t *testing.T) {
		w.t = t
		w := w.disk()
		w.open("/index.html")
		w.eval(refuse)
		w.click(`[data-term="service:mail"]`) // which leads to the archive
		w.shows("?service=mail", "2 reports", checkout, mail)
	})
	t.Run("home page, from disk", func(t *testing.T) {
		w.t = t
		w := w.disk()
		w.open("/index.html")
		w.click(`[data-term="service:mail"]`) // which leads to the archive
		w.shows("?service=mail", "2 reports", checkout, mail)
	})
}
