package preview

import (
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp/kb"

	"publish/internal/diag"
)

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
	is(b, inPanel("section.errors pre")+`.querySelector(":not(span)") === null`, true)
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
	// What was closed stays so on the next page, until it is another mistake.
	b.press(kb.Escape)
	b.wait(`!` + inPanel("section.errors.open"))
	b.visit("/b/")
	is(b, inPanel("button.errors")+`.hidden || `+inPanel("section.errors.open")+` !== null`, false)
	w.h.Show(bad("a third"))
	b.wait(inPanel("section.errors.open pre"))
	b.visit("/a/")
	b.wait(inPanel("section.errors.open pre"))
	b.press(kb.Escape)
	w.show(nil)
	b.wait(inPanel("button.errors") + `.hidden`)
	w.h.Show(bad("a third")) // made again
	b.wait(inPanel("section.errors.open pre"))
	b.do(`window.loaded = "once"`)
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
	is(b, inPanel(".dock")+`.innerText.replace(/\n+/g, "|")`, "1 warning|1 doubt|2 not public")
	is(b, `[...`+inPanel(".all")+`.querySelectorAll("section")].every((s) => getComputedStyle(s).display === "none")`, true)
	b.do(inPanel("button.warnings") + `.click()`)
	is(b, inPanel("section.warnings.open pre")+`.textContent`, "content/b.md:3: warning: the link leads nowhere  [link-broken]")
	b.do(inPanel("button.doubts") + `.click()`)
	is(b, inPanel("section.doubts.open pre")+`.textContent`, "content/a/:4: warning: 20 min are 25  [duration-mismatch]")
	is(b, inPanel("section.warnings")+`.classList.contains("open")`, false)
	b.do(inPanel("button.held") + `.click()`)
	is(b, inPanel("section.held.open ul")+`.innerText.replace(/\n+/g, "|")`, "A <draft>|draft: true|content/d.md|Later|embargo: 2027-01-01|content/l.md")
	// By the keyboard alone: out of the list, and into another.
	b.do(inPanel("section.held a") + `.focus()`)
	b.press(kb.Escape)
	b.wait(`document.querySelector("publish-preview").shadowRoot.activeElement === ` + inPanel("button.held"))
	is(b, `getComputedStyle(`+inPanel("section.held")+`).display`, "none")
	b.press(kb.Enter)
	b.wait(inPanel("section.held.open"))
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
