package render

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// becomes waits for a script to end with a text. It may fail meanwhile: whoever asks
// while another page comes gets no answer.
func (w *filterWorld) becomes(what, script, want string) {
	w.t.Helper()
	for end := time.Now().Add(10 * time.Second); ; {
		got, failed := chromedp.Run(w.ctx, chromedp.Evaluate[string](script))
		if failed == nil && got == want {
			return
		}
		if time.Now().After(end) {
			w.t.Fatalf("%s: %q, want %q (%v)", what, got, want, failed)
		}
	}
}

// shownTexts is a script that gives the texts of all elements.
func shownTexts(selector string) string {
	return `[...document.querySelectorAll("` + selector + `")].map(e => e.textContent.trim()).join("|")`
}

func TestReading(t *testing.T) {
	w := newFilterWorld(t)
	const report = "/2024/03/12/checkout/"
	w.open(report)

	// Times in another zone stand beside the author's, for the visit.
	const written = "09:12|09:21|10:00–10:45|00:10"
	const inUTC = "08:12 UTC|08:21 UTC|09:00 – 09:45 UTC|12 Mar, 23:10 UTC"
	w.becomes("zone at first", shownTexts(".in-zone"), "")
	w.click("[data-zone=UTC]")
	w.becomes("UTC", shownTexts(".in-zone"), inUTC)
	w.becomes("what the author wrote", shownTexts(".timeline .at"), written)
	w.open(report)
	w.becomes("UTC on the next page", shownTexts(".in-zone"), inUTC)
	w.becomes("the choice", shownTexts("[aria-pressed=true]"), "UTC")
	w.click(`[data-zone=""]`)
	w.becomes("as written", shownTexts(".in-zone"), "")

	// The section that is read is marked.
	w.becomes("at the top", shownTexts(".toc [aria-current]"), "")
	w.eval(`scrollTo({ top: 1e6, behavior: "instant" }), ""`)
	w.becomes("at the end", shownTexts(".toc [aria-current]"), "Lessons")
	w.eval(`scrollTo({ top: 0, behavior: "instant" }), ""`)
	w.becomes("at the top again", shownTexts(".toc [aria-current]"), "")

	// What was asked for is, although the heading below its few words has passed
	// the same line, until its own is gone.
	w.eval(`document.querySelector("#causes > ul").remove(), document.documentElement.style.scrollBehavior = "auto",
		document.querySelector(".toc a[href$='#causes']").click(), ""`)
	w.becomes("asked for", shownTexts(".toc [aria-current]"), "Causes")
	w.eval(`scrollBy(0, 200), ""`)
	w.becomes("gone on", shownTexts(".toc [aria-current]"), "Countermeasures")

	// What the preview brings is dressed, once.
	const tools = ".code .tools button"
	before := w.eval(shownTexts(tools))
	w.eval(`document.querySelector(".text").insertAdjacentHTML("beforeend",
		"<pre id=new><code>x</code></pre><figure><a href='a.png'><img src='a.png' alt='A graph'></a><figcaption>Load</figcaption></figure>"),
		document.dispatchEvent(new CustomEvent("publish:update")), document.dispatchEvent(new CustomEvent("publish:update")), ""`)
	w.becomes("tools of new code", shownTexts(tools), before+"|Copy")

	// An image opens over the page, and gives the focus back.
	w.click("figure > a > img")
	w.becomes("the image", `String(document.querySelector("dialog:modal")?.ariaLabel)`, "A graph")
	w.becomes("the page", "location.pathname", "/repo"+report)
	w.click("dialog button")
	w.becomes("closed", `document.querySelectorAll("dialog").length + document.activeElement.outerHTML.slice(0, 16)`, `0<a href="a.png">`)
}
