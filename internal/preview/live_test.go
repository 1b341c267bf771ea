package preview

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"publish/internal/diag"
)

// TestBrowser drives a real Chromium against the real handler: a test for each
// thing that a reader of the preview relies on.
func TestBrowser(t *testing.T) {
	parent := startBrowser(t)
	for _, test := range []struct {
		name string
		run  func(*world)
	}{
		{"only what differs is replaced", onlyWhatDiffers},
		{"a page ahead of its revision", aPageAhead},
		{"lists and tables", listsAndTables},
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

func onlyWhatDiffers(w *world) {
	b := w.open("/a/")
	b.do(`window.loaded = "once"; window.kept = [...document.querySelectorAll("main p")];
		kept[0].insertAdjacentHTML("beforeend", " <i>by a script</i>"); kept[0].classList.add("seen")`)
	w.show(map[string]string{"/a/": htmlPage("A2", "<h1>A</h1>\n<p id=one>one</p>\n<p>two <b>bolder</b> end</p>\n<p>new</p>\n<p>three</p>")})
	b.wait(`document.title === "A2"`)
	is(b, `[...document.querySelectorAll("main p")].map((p) => p.textContent).join("|")`, "one by a script|two bolder end|new|three")
	is(b, `document.querySelectorAll("main p")[0] === kept[0] && document.querySelectorAll("main p")[1] === kept[1] && document.querySelectorAll("main p")[3] === kept[2]`, true)
	is(b, `kept[0].className`, "seen")
	is(b, `window.loaded + started`, "once1")
	is(b, `document.querySelector("meta[name=description]").content`, "About A2")
	w.until("the tab says what it shows", func() bool {
		seen := w.h.tabs.watched()
		return len(seen) == 1 && seen[0].path == "/a/" && seen[0].version == w.version("/a/")
	})
}

func aPageAhead(w *world) {
	b := w.openA("<p>one</p>")
	w.h.Ahead(w.revision(map[string]string{"/a/": htmlPage("A", "<p>ahead</p>")}).Table.Get("/a/"))
	b.wait(`document.querySelector("main p").textContent === "ahead"`)
	w.show(nil)
	w.a("<p>two</p>")
	b.wait(`document.querySelector("main p").textContent === "two"`)
	is(b, `loaded`, "once")
}

func listsAndTables(w *world) {
	rows := func(names ...string) string {
		return "<ul><li>" + strings.Join(names, "</li><li>") + "</li></ul><table><tr><td>" + strings.Join(names, "</td></tr><tr><td>") + "</td></tr></table>"
	}
	b := w.openA(rows("a", "b", "c", "d", "e"))
	b.do(`window.kept = new Map([...document.querySelectorAll("li, td")].map((e) => [e.localName + e.textContent, e]))`)
	w.a(rows("c", "a", "x", "d", "y", "e", "z"))
	b.wait(`document.querySelectorAll("li").length === 7`)
	for _, name := range []string{"li", "td"} {
		is(b, `[...document.querySelectorAll("`+name+`")].map((e) => e.textContent).join("")`, "caxdyez")
		is(b, `[..."de"].every((t) => kept.get("`+name+`" + t).isConnected && kept.get("`+name+`" + t).textContent === t)`, true)
	}
	w.a("<p>all gone</p>")
	b.wait(`document.querySelector("main").textContent.trim() === "all gone"`)
	is(b, `loaded`, "once")
}

func scriptsAreTold(w *world) {
	b := w.openA("<p>one</p>\n<p>two</p>")
	b.do(`document.addEventListener("publish:update", ({detail}) => window.news = detail)`)
	w.a("<p>one</p>\n<pre>new</pre>\n<p>two!</p>")
	b.wait(`window.news`)
	is(b, `news.added.map((e) => e.outerHTML).join()`, "<pre>new</pre>")
	is(b, `news.changed.map((e) => e.textContent).includes("two!")`, true)
}

func whatScriptsReplaced(w *world) {
	b := w.openA("<p>at <time>one</time></p>\n<pre>code</pre>\n<p>rest</p>")
	b.do(`document.querySelector("time").textContent = "long ago";
		const box = document.createElement("div"), pre = document.querySelector("pre");
		pre.replaceWith(box); box.append(pre, Object.assign(document.createElement("button"), {textContent: "Copy"}))`)
	w.a("<p>at <time>one</time></p>\n<pre>code 2</pre>\n<p>new</p>\n<p>rest</p>")
	b.wait(`document.querySelector("pre").textContent === "code 2"`)
	is(b, `document.querySelector("main").innerText.replace(/\s+/g, " ")`, "at long ago code 2 Copy new rest")
	w.a("<p>at <time>two</time></p>\n<p>rest</p>")
	b.wait(`document.querySelector("time").textContent === "two"`)
	is(b, `document.querySelector("main").innerText.replace(/\s+/g, " ")`, "at two rest")
	is(b, `loaded`, "once")
}

// paragraphs are n of them, longer than a window.
func paragraphs(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "<p id=p%d>paragraph %d</p>\n", i, i)
	}
	return b.String()
}

func scrollIsKept(w *world) {
	b := w.openA(paragraphs(100))
	b.do(`document.getElementById("p50").scrollIntoView(); window.top0 = document.getElementById("p50").getBoundingClientRect().top`)
	w.a("<h2>above</h2>\n<p>and <br> this <br> too</p>" + strings.Replace(paragraphs(100), "paragraph 50<", "changed<", 1))
	b.wait(`document.getElementById("p50").textContent === "changed"`)
	is(b, `Math.abs(document.getElementById("p50").getBoundingClientRect().top - top0) < 1`, true)
	w.a(strings.Replace(paragraphs(100), "<p id=p50>paragraph 50</p>", "", 1))
	b.wait(`!document.getElementById("p50")`)
	is(b, `Math.abs(document.getElementById("p51").getBoundingClientRect().top - top0) < 60`, true)
	b.wait(`!document.documentElement.hasAttribute("style")`)
}

func focusIsKept(w *world) {
	form := `<p><input id=in value=server> <a id=to href="/repo/">link</a> <textarea>server</textarea></p>`
	b := w.openA("<p>one</p>" + form)
	b.do(`const input = document.getElementById("in"); input.value = "mine"; input.focus(); input.setSelectionRange(1, 3);
		document.querySelector("textarea").value = "mine too"`)
	w.a("<p>two</p><p>new</p>" + strings.Replace(form, "link<", "other<", 1))
	b.wait(`document.querySelector("main p").textContent === "two"`)
	is(b, `document.activeElement.id + document.activeElement.value + document.activeElement.selectionEnd`, "inmine3")
	is(b, `document.querySelector("textarea").value`, "mine too")
	// The element itself is replaced: the focus goes to the one in its place.
	b.do(`document.getElementById("to").focus()`)
	w.a("<p>three</p><ul><li><a id=to href='/repo/'>link</a></ul>")
	b.wait(`document.querySelector("main li")`)
	is(b, `document.activeElement.id`, "to")
}

func selectionIsKept(w *world) {
	b := w.openA("<p>some words to select here</p><p>other</p>")
	b.do(`const text = document.querySelector("main p").firstChild; getSelection().setBaseAndExtent(text, 5, text, 10)`)
	is(b, `getSelection().toString()`, "words")
	w.a("<h2>new</h2><p>some words to select there</p><p>others</p>")
	b.wait(`document.querySelector("main h2")`)
	is(b, `getSelection().toString()`, "words")
}

func detailsStayOpen(w *world) {
	b := w.openA("<details><summary>s</summary><p>in</p></details><p>one</p>")
	b.do(`document.querySelector("details").open = true`)
	w.a("<details><summary>s</summary><p>inside</p></details><p>two</p>")
	b.wait(`document.querySelector("details p").textContent === "inside"`)
	is(b, `document.querySelector("details").open`, true)
	w.a("<details open><summary>s</summary><p>inside</p></details><p>two</p>")
	b.wait(`document.querySelector("details").open`)
	b.do(`document.querySelector("details").open = false`)
	w.a("<details open><summary>s</summary><p>in</p></details><p>two</p>")
	b.wait(`document.querySelector("details p").textContent === "in"`)
	is(b, `document.querySelector("details").open`, false)
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

func offersToGo(w *world) {
	b := w.openA("<p>one</p><p><a id=here href='#x'>x</a></p>")
	b.do(`document.getElementById("here").focus()`)
	rev := w.revision(map[string]string{"/b/": htmlPage("B", "<p>edited</p>")})
	rev.Edited, rev.EditedTitle = "/b/", "B <i>"
	w.h.Show(rev)
	b.wait(inPanel(".offer a"))
	is(b, inPanel(".offer a")+`.textContent`, "B <i>")
	is(b, inPanel(".offer a")+`.matches(":any-link") && document.activeElement.id === "here"`, true)
	is(b, `loaded`, "once")
	// An edit to this very page takes the offer back.
	rev = w.revision(map[string]string{"/a/": htmlPage("A", "<p>two</p><p><a id=here href='#x'>x</a></p>")})
	rev.Edited, rev.EditedTitle = "/a/", "A"
	w.h.Show(rev)
	b.wait(`!` + inPanel(".offer a"))
	rev = w.revision(map[string]string{"/b/": htmlPage("B", "<p>edited again</p>")})
	rev.Edited, rev.EditedTitle = "/b/", "B"
	w.h.Show(rev)
	b.wait(inPanel(".offer a"))
	b.do(inPanel(".offer a") + `.click()`)
	b.wait(`location.pathname === "/repo/b/" && document.querySelector("main p")?.textContent === "edited again"`)
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

func errorsOverlay(w *world) {
	b := w.openA("<p>good</p>")
	is(b, inPanel("section.errors")+`.getAttribute("role")`, "alert")
	is(b, inPanel("section.errors")+`.childElementCount`, 0)
	b.do(`document.body.tabIndex = -1; document.body.focus()`)
	bad := func(words string) *Revision {
		rev := w.revision(nil)
		rev.Errors.Report(diag.FieldType, diag.Pos{File: "content/a.md", Line: 2, Column: 7}, "write a date", "%s", words)
		rev.Source = func(string) []byte { return []byte("---\ndate: <img src=x onerror=alert(1)>\n") }
		return rev
	}
	w.h.Show(bad(`"<b>x</b>" is no date`))
	b.wait(inPanel("section.errors.open pre"))
	is(b, inPanel("section.errors pre")+`.textContent`,
		"content/a.md:2:7: error: \"<b>x</b>\" is no date  [field-type]\n    date: <img src=x onerror=alert(1)>\n          ^\n  hint: write a date")
	is(b, inPanel("section.errors pre")+`.childElementCount`, 0)
	is(b, `document.querySelector("main p").textContent + document.activeElement.localName`, "goodbody")
	is(b, inPanel("section.errors h2")+`.textContent`, "1 error")
	b.do(`document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", bubbles: true}))`)
	is(b, `getComputedStyle(`+inPanel("section.errors")+`).display + `+inPanel("button.errors")+`.hidden`, "nonefalse")
	// Another revision with the same mistake does not open it again.
	w.h.Show(bad(`"<b>x</b>" is no date`))
	w.a("<p>still live</p>")
	b.wait(`document.querySelector("main p").textContent === "still live"`)
	b.wait(inPanel("button.errors") + `.hidden`)
	w.h.Show(bad("another one"))
	b.wait(inPanel("section.errors.open pre"))
	w.show(nil)
	b.wait(`getComputedStyle(` + inPanel("section.errors") + `).display === "none" && ` + inPanel("button.errors") + `.hidden`)
	is(b, `loaded`, "once")
}

func faultRecovers(w *world) {
	w.pages["/a/"] = faulty
	w.show(nil)
	b := w.open("/a/")
	is(b, `document.querySelector("h1").textContent`, "This page cannot be shown")
	w.a("<p>good</p>")
	b.wait(`document.querySelector("main p")?.textContent === "good"`)
	b.connected()
	b.do(`window.loaded = "once"`)
	w.show(map[string]string{"/a/": faulty})
	b.wait(inPanel("section.errors.open pre") + `.textContent.includes("it cannot be made")`)
	is(b, `document.querySelector("main p").textContent`, "good")
	w.a("<p>good again</p>")
	b.wait(`document.querySelector("main p").textContent === "good again"`)
	b.wait(inPanel("button.errors") + `.hidden`)
	is(b, `loaded`, "once")
}

func quietLists(w *world) {
	rev := w.revision(nil)
	rev.Warnings.Report(diag.LinkBroken, diag.Pos{File: "content/b.md", Line: 3}, "", "the link leads nowhere")
	rev.Held = []Held{{Title: "A <draft>", Path: "/drafts/é x/", File: "content/d.md", Reason: "draft: true"}, {Title: "Later", File: "content/l.md", Reason: "embargo: 2027-01-01"}}
	rev.Doubts = func(path string) (list diag.List) {
		list.Report(diag.DurationMismatch, diag.Pos{File: "content" + path, Line: 4}, "", "20 min are 25")
		return list
	}
	rev.Extra = table(w.t, map[string]string{"/drafts/é x/": htmlPage("Draft", "<p>draft</p>")})
	w.h.Show(rev)
	b := w.open("/a/")
	b.wait(`!` + inPanel("button.warnings") + `.hidden && !` + inPanel("button.doubts") + `.hidden && !` + inPanel("button.held") + `.hidden`)
	is(b, inPanel(".dock")+`.innerText.replace(/\n+/g, "|")`, "1 warning|1 doubt about this page|2 not public")
	is(b, `[...`+inPanel(".all")+`.querySelectorAll("section")].every((s) => getComputedStyle(s).display === "none")`, true)
	b.do(inPanel("button.warnings") + `.click()`)
	is(b, inPanel("section.warnings.open pre")+`.textContent`, "content/b.md:3: warning: the link leads nowhere  [link-broken]")
	b.do(inPanel("button.doubts") + `.click()`)
	is(b, inPanel("section.doubts.open pre")+`.textContent`, "content/a/:4: warning: 20 min are 25  [duration-mismatch]")
	is(b, inPanel("section.warnings")+`.classList.contains("open")`, false)
	b.do(inPanel("button.held") + `.click()`)
	is(b, inPanel("section.held.open ul")+`.innerText.replace(/\n+/g, "|")`, "A <draft>|draft: true|content/d.md|Later|embargo: 2027-01-01|content/l.md")
	b.do(inPanel("section.held a") + `.click()`)
	b.wait(`document.title === "Draft"`)
}

func leavesThePageAlone(w *world) {
	b := w.openA("<p>one</p>")
	b.do(`window.shift = 0; new PerformanceObserver((list) => list.getEntries().forEach((e) => shift += e.value)).observe({type: "layout-shift", buffered: true});
		window.height0 = document.documentElement.scrollHeight`)
	rev := w.revision(nil)
	rev.Errors.Report(diag.FieldType, diag.Pos{File: "content/a.md"}, "", "x")
	rev.Warnings.Report(diag.LinkBroken, diag.Pos{File: "content/b.md"}, "", "x")
	w.h.Show(rev)
	b.wait(inPanel("section.errors.open pre"))
	is(b, `document.documentElement.scrollHeight - height0`, 0)
	is(b, `window.shift`, 0.0)
	is(b, `document.body.querySelector("publish-preview") === null`, true)
	command(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	is(b, `getComputedStyle(document.querySelector("publish-preview")).display`, "none")
}
