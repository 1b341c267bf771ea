package preview

import (
	"fmt"
	"strings"
	"testing"

	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"publish/internal/chromium"
)

// TestBrowser drives a real Chromium against the real handler: a test for each
// thing that a reader of the preview relies on.
func TestBrowser(t *testing.T) {
	parent := chromium.Start(t)
	for _, test := range []struct {
		name string
		run  func(*world)
	}{
		{"only what differs is replaced", onlyWhatDiffers},
		{"a page ahead of its revision", aPageAhead},
		{"lists and tables", listsAndTables},
		{"any edit gives the page that a new tab gets", anyEdit},
		{"scripts are told what is new", scriptsAreTold},
		{"what scripts replaced and wrapped", whatScriptsReplaced},
		{"scroll is kept", scrollIsKept},
		{"focus and fields are kept", focusIsKept},
		{"selection is kept", selectionIsKept},
		{"details stay open", detailsStayOpen},
		{"styles swap without a flash", stylesSwap},
		{"styles with a plain name swap", plainStylesSwap},
		{"images swap", imagesSwap},
		{"scripts reload the page", scriptsReload},
		{"layouts reload the page", layoutsReload},
		{"an edit elsewhere offers to go there", offersToGo},
		{"seven tabs share one connection", sevenTabs},
		{"without locks each tab listens", withoutLocks},
		{"no edit is lost while the server is away", serverRestarts},
		{"no edit is lost in sleep", sleeps},
		{"no edit is lost with an answer", answersAreLost},
		{"no edit is lost before the page connects", editedWhileLoading},
		{"back and forward", backAndForward},
		{"a page that comes and goes", comesAndGoes},
		{"errors lie over the last good page", errorsOverlay},
		{"a page that cannot be made recovers", faultRecovers},
		{"warnings, doubts and what is not public", quietLists},
		{"the page does not move and prints alone", leavesThePageAlone},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(newWorld(t, parent, sitePages)) })
	}
}

var sitePages = map[string]string{
	"/":          htmlPage("home", "<h1>Home</h1>"),
	"/a/":        htmlPage("A", "<h1>A</h1>\n<p id=one>one</p>\n<p>two <b>bold</b> end</p>\n<p>three</p>"),
	"/b/":        htmlPage("B", "<h1>B</h1>\n<p>b</p>"),
	"/style.css": "h1 { color: rgb(1, 2, 3) }",
	"/site.js":   "window.started = (window.started ?? 0) + 1",
}

// a shows /a/ with another text.
func (w *world) a(main string) { w.show(map[string]string{"/a/": htmlPage("A", main)}) }

// openA opens /a/ with a text, and puts a mark on the window, which is gone when
// the page is loaded anew.
func (w *world) openA(main string) *browsed {
	w.t.Helper()
	w.a(main)
	b := w.open("/a/")
	b.do(`window.loaded = "once"`)
	return b
}

// watchColour notes every colour in which a frame draws the heading.
const watchColour = `window.colours = new Set();
	(function watch() { colours.add(getComputedStyle(document.querySelector("h1")).color); requestAnimationFrame(watch) })()`

func stylesSwap(w *world) {
	b := w.openA("<h1>A</h1>")
	b.do(watchColour)
	w.show(map[string]string{"/style2.css": "h1 { color: rgb(4, 5, 6) }", "/a/": strings.Replace(w.pages["/a/"], "style.css", "style2.css", 1)})
	b.wait(`colours.has("rgb(4, 5, 6)") && document.querySelectorAll("link[rel=stylesheet]").length === 1`)
	is(b, `[...colours].join("; ")`, "rgb(1, 2, 3); rgb(4, 5, 6)")
	is(b, `loaded`, "once")
}

func plainStylesSwap(w *world) {
	b := w.openA("<h1>A</h1>")
	b.do(watchColour)
	for i := 7; i < 10; i++ {
		w.show(map[string]string{"/style.css": fmt.Sprintf("h1 { color: rgb(%d, 0, 0) }", i)})
		b.wait(fmt.Sprintf(`colours.has("rgb(%d, 0, 0)") && document.querySelectorAll("link[rel=stylesheet]").length === 1`, i))
	}
	w.a("<h1>A</h1><p>new</p>")
	b.wait(`document.querySelector("main p")`)
	is(b, `[...colours].join("; ")`, "rgb(1, 2, 3); rgb(7, 0, 0); rgb(8, 0, 0); rgb(9, 0, 0)")
	is(b, `loaded`, "once")
}

func imagesSwap(w *world) {
	square := func(size int) string {
		return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="9"/>`, size)
	}
	w.show(map[string]string{"/x.svg": square(11), "/y.svg": square(21), "/other.svg": square(31)})
	b := w.openA(`<p><img id=x src="/repo/x.svg"> <img id=y srcset="/repo/y.svg 1x, /repo/other.svg 0.5x"> <img id=z src="/repo/other.svg"></p>`)
	b.wait(`[...document.images].every((i) => i.complete)`)
	w.show(map[string]string{"/x.svg": square(12), "/y.svg": square(22)})
	b.wait(`document.getElementById("x").naturalWidth === 12 && document.getElementById("y").naturalWidth === 22`)
	is(b, `document.getElementById("z").getAttribute("src")`, "/repo/other.svg")
	is(b, `document.getElementById("y").getAttribute("srcset").replace(/[0-9a-f]{32}/, "VERSION")`, "/repo/y.svg?publish=VERSION 1x, /repo/other.svg 0.5x")
	// One more of the same: the browser would take the old one from its memory.
	w.a(`<p><img id=x src="/repo/x.svg"></p><p><img id=new src="/repo/x.svg"></p>`)
	b.wait(`document.getElementById("new")?.naturalWidth === 12`)
	is(b, `loaded`, "once")
}

func scriptsReload(w *world) {
	b := w.openA(paragraphs(100))
	b.do(`document.getElementById("p50").scrollIntoView(); window.scrollBy(0, 7)`)
	w.show(map[string]string{"/site.js": "window.changed = true"})
	b.wait(`window.changed && !window.loaded`)
	b.wait(`Math.abs(document.getElementById("p50").getBoundingClientRect().top + 7) < 2`)
	b.connected()
	// Another script in the page itself.
	w.show(map[string]string{"/2.js": "window.second = true", "/a/": strings.Replace(w.pages["/a/"], "site.js", "2.js", 1)})
	b.wait(`window.second`)
	b.wait(`Math.abs(document.getElementById("p50").getBoundingClientRect().top + 7) < 2`)
}

func layoutsReload(w *world) {
	b := w.openA("<p>one</p>")
	rev := w.revision(map[string]string{"/a/": htmlPage("A", "<p>two</p>")})
	rev.Reload = true
	w.h.Show(rev)
	b.wait(`!window.loaded && document.querySelector("main p")?.textContent === "two"`)
	b.connected()
	b.do(`window.loaded = "twice"`)
	w.a("<p>three</p>")
	b.wait(`document.querySelector("main p").textContent === "three"`)
	is(b, `loaded`, "twice")
}

func sevenTabs(w *world) {
	tabs := make([]*browsed, 7)
	for i := range tabs {
		tabs[i] = w.open("/a/")
	}
	w.until("one connection", func() bool { return w.streams.Load() == 1 })
	w.a("<p>new</p>")
	for _, b := range tabs {
		b.wait(`document.querySelector("main p").textContent === "new"`)
	}
	// The one that listens goes away: another takes its part.
	if err := chromedp.Cancel(tabs[1].ctx); err != nil {
		w.t.Fatal(err)
	}
	tabs[0].visit("/b/")
	w.until("one connection again", func() bool { return w.streams.Load() == 1 })
	w.a("<p>newer</p>")
	for _, b := range tabs[2:] {
		b.wait(`document.querySelector("main p").textContent === "newer"`)
	}
	if n := w.streams.Load(); n != 1 {
		w.t.Errorf("%d connections", n)
	}
}

func withoutLocks(w *world) {
	for range 2 {
		w.openInsecure("/a/")
	}
	w.until("each its own", func() bool { return w.streams.Load() == 2 })
}

// openInsecure opens a page as browsers do at addresses that they do not trust:
// without locks.
func (w *world) openInsecure(path string) {
	w.t.Helper()
	ctx, cancel := chromedp.NewContext(w.profile)
	w.t.Cleanup(cancel)
	b := &browsed{w, ctx}
	command(b, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{
		Source: "Object.defineProperty(Navigator.prototype, 'locks', {value: undefined})",
	})
	b.visit(path)
	w.a("<p>" + w.t.Name() + "</p>")
	b.wait(`document.querySelector("main p").textContent === "` + w.t.Name() + `"`)
}

func serverRestarts(w *world) {
	b := w.openA("<p>one</p>")
	again := w.restart()
	b.wait(inPanel(".status") + `.textContent.startsWith("not connected")`)
	w.pages["/a/"] = htmlPage("A", "<p>edited meanwhile</p>")
	again()
	b.wait(`document.querySelector("main p").textContent === "edited meanwhile"`)
	b.wait(inPanel(".status") + `.textContent === ""`)
	w.a("<p>and live</p>")
	b.wait(`document.querySelector("main p").textContent === "and live"`)
	is(b, `loaded`, "once")
}

func sleeps(w *world) {
	b := w.openA("<p>one</p>")
	command(b, cdppage.SetWebLifecycleState, cdppage.SetWebLifecycleStateParams{State: "frozen"})
	again := w.restart()
	w.pages["/a/"] = htmlPage("A", "<p>while it slept</p>")
	again()
	w.a("<p>while it slept on</p>")
	command(b, cdppage.SetWebLifecycleState, cdppage.SetWebLifecycleStateParams{State: "active"})
	b.wait(`document.querySelector("main p").textContent === "while it slept on"`)
	is(b, `loaded`, "once")
}

// The stream lives, but what the page asks gets no answer: a connection that was
// kept open since before the sleep, a proxy in between.
func answersAreLost(w *world) {
	b := w.openA("<p>one</p>")
	again := w.restart()
	w.pages["/a/"] = htmlPage("A", "<p>edited meanwhile</p>")
	w.lost.Store(3)
	again()
	b.wait(`document.querySelector("main p").textContent === "edited meanwhile"`)
	is(b, `loaded`, "once")
}

// The page is edited after its bytes were sent and before its script runs.
func editedWhileLoading(w *world) {
	w.beforeLive = func() { w.a("<p>newer</p>") }
	b := w.open("/a/")
	b.wait(`document.querySelector("main p").textContent === "newer"`)
}

func backAndForward(w *world) {
	b := w.openA("<p>one</p>")
	b.do(`addEventListener("pageshow", (event) => window.persisted = event.persisted)`)
	b.visit("/b/")
	w.a("<p>edited meanwhile</p>")
	b.do(`history.back()`)
	b.wait(`location.pathname === "/repo/a/" && document.querySelector("main p")?.textContent === "edited meanwhile"`)
	is(b, `window.persisted && loaded`, "once")
	w.a("<p>and live</p>")
	b.wait(`document.querySelector("main p").textContent === "and live"`)
	is(b, `loaded`, "once")
	w.until("one connection", func() bool { return w.streams.Load() == 1 })
}

func comesAndGoes(w *world) {
	b := w.open("/new/")
	is(b, `document.title`, "nothing")
	w.show(map[string]string{"/new/": htmlPage("New", "<p>here</p>")})
	b.wait(`document.title === "New"`)
	b.connected()
	w.show(map[string]string{"/new/": ""})
	b.wait(`document.title === "nothing"`)
}
