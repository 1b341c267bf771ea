package main

import (
	"fmt"
	"strings"

	"github.com/chromedp/chromedp"
)

// atWork puts the reader into the middle of the page: scrolled down, words
// selected, a <details> open, the focus on a link; and notes every node that
// changes from then on, by the text of its block.
const atWork = `
	const block = (start) => [...document.querySelectorAll("main p")].find((p) => p.textContent.startsWith(start));
	window.scrolled = () => block("Ten.").getBoundingClientRect().top;
	document.querySelector("details").open = true;
	document.querySelector("main p a").focus();
	block("Some words").scrollIntoView();
	const words = block("Some words").firstChild;
	getSelection().setBaseAndExtent(words, 5, words, 10);
	window.before = scrolled();
	window.blocks = new Set();
	new MutationObserver((records) => records.forEach(({target, addedNodes, attributeName}) => {
		if (attributeName === "aria-current") return; // where the reader is: the page's own script marks it
		const at = target.nodeType === Node.TEXT_NODE ? target.parentElement : target;
		if (at.closest("main")) blocks.add(at.closest("p, li, figure, h1, h2, dl, svg, nav, details")?.textContent ?? "main: " + [...addedNodes].map((n) => n.textContent.trim()).join(""));
	})).observe(document.documentElement, {subtree: true, childList: true, characterData: true, attributes: true})`

func editsText(d *desk) {
	b := d.open(login)
	b.do(atWork)
	d.edit(loginFile, "First of all: nobody could log in.", "Nobody at all could log in.\n\nA new beginning, of two lines\\\nwhich moves the rest down.")
	b.shows("A new beginning")
	eventually(d.t, "the whole site is made", func() bool { return strings.Contains(d.text(), " changed after ") })
	d.edit(loginFile, "Four.", "Four, and a half.")
	b.shows("and a half")
	is(b, `[...blocks].filter((text) => text !== "main: ").join("|")`, "Nobody at all could log in.|main: A new beginning, of two lines\nwhich moves the rest down.|Four, and a half.")
	is(b, `Math.abs(scrolled() - before) < 1`, true)
	is(b, `getSelection().toString()`, "words")
	is(b, `document.querySelector("details").open && document.activeElement.textContent`, "The other report")
	b.stays()
}

// translates edits a translation, and its original, whose facts it shows.
func translates(d *desk) {
	const french = "content/2024-03-12-login.fr.md"
	d.save(french, "---\ntitle: Plus de connexion\n---\nTout de suite, plus personne ne pouvait se connecter.\n")
	b := d.open(login)
	b.wait(`document.querySelector("nav.languages a")?.getAttribute("href") === "../../../../fr/2024/03/12/login/"`)
	b = d.open("fr" + "/" + login)
	b.shows("plus personne")
	d.edit(french, "plus personne ne pouvait se connecter", "aucun client ne pouvait se connecter")
	b.shows("aucun client")
	d.edit(loginFile, "severity: sev2", "severity: sev1")
	b.wait(`document.querySelector(".severity").dataset.severity === "SEV1"`)
	b.stays()
}

const colour = `getComputedStyle(document.querySelector("h1")).color`

func editsStyles(d *desk) {
	b := d.open(login)
	is(b, colour, "rgb(1, 2, 3)")
	b.do(`window.block = document.querySelector("main p")`)
	d.edit("static/style.css", "rgb(1, 2, 3)", "rgb(4, 5, 6)")
	b.wait(colour + ` === "rgb(4, 5, 6)" && document.querySelectorAll("link[rel=stylesheet]").length === 1`)
	is(b, `block.isConnected`, true)
	accent := `getComputedStyle(document.documentElement).getPropertyValue("--accent").trim()`
	d.edit("publish.yaml", "title: Notes", "title: Notes\ntheme: {accent: rgb(7 8 9)}")
	d.remove("static") // the theme's own styles again, in the site's colour
	b.wait(accent + ` === "#070809" && document.querySelectorAll("link[rel=stylesheet]").length === 1`)
	is(b, `block.isConnected`, true)
	b.wait(colour + ` !== "rgb(4, 5, 6)" && document.querySelectorAll("link[rel=stylesheet]").length === 1`)
	b.stays()
}

func editsLayout(d *desk) {
	b := d.open(login)
	d.save("layouts/partials/footer.html", `<footer><p>Our own foot</p></footer>`)
	b.wait(`document.querySelector("footer p")?.textContent === "Our own foot" && !window.loaded`)
	b.connected()
	b.do(`window.loaded = "once"`)
	d.save("layouts/partials/footer.html", `<footer><p>{{.NoSuchThing}}</p></footer>`)
	b.wait(inPanel("section.errors.open pre") + `.textContent.includes("layouts/partials/footer.html:1")`)
	d.remove("layouts")
	b.wait(`!document.querySelector("footer")?.textContent.includes("Our own foot") && ` + inPanel("button.errors") + `.hidden`)
	b.connected()
	is(b, `document.querySelector("h1").textContent.trim()`, "Logins failed")
}

func editsImage(d *desk) {
	b := d.open(login)
	b.wait(`document.querySelector("main img").naturalWidth === 11`)
	b.do(`window.image = document.querySelector("main img")`)
	d.edit("content/chart.svg", `width="11"`, `width="12"`)
	b.wait(`document.querySelector("main img").naturalWidth === 12`)
	is(b, `image.isConnected`, true)
	b.stays()
}

// makesMistake wants the terminal's own words over the last good page.
func makesMistake(d *desk) {
	b := d.open(login)
	d.edit(loginFile, "start: 2024-03-12T08:00Z", "start: <b>early</b>", "One.", "One, edited below the mistake.")
	b.wait(inPanel("section.errors.open pre"))
	told := value[string](b, inPanel("section.errors pre")+`.textContent`)
	if !strings.HasPrefix(told, loginFile+":5:8: error: ") || !strings.Contains(told, "\n    start: <b>early</b>\n           ^\n  hint: ") {
		d.t.Errorf("the overlay says\n%s", told)
	}
	eventually(d.t, "the terminal says it too", func() bool { return strings.Contains(d.text(), told+"\n") })
	is(b, inPanel("section.errors b")+` === null`, true)
	b.shows("nobody could log in")
	is(b, `document.querySelector("main").textContent.includes("below the mistake")`, false) // the last good page stays
	d.edit(loginFile, "<b>early</b>", "2024-03-12T08:01Z")
	b.shows("below the mistake")
	b.wait(`getComputedStyle(` + inPanel("section.errors") + `).display === "none" && ` + inPanel("button.errors") + `.hidden`)
	eventually(d.t, "the terminal says so", func() bool { return strings.Contains(d.text(), "no errors any more") })
	b.stays()
}

func mistakesSettings(d *desk) {
	b := d.open("")
	d.edit("publish.yaml", "title: Notes", "titel: Notes")
	b.wait(inPanel("section.errors.open pre") + `.textContent.startsWith("publish.yaml:1:1: error: ")`)
	d.edit("publish.yaml", "titel: Notes", "title: Our notes")
	b.wait(`document.title.includes("Our notes") && ` + inPanel("button.errors") + `.hidden`)
}

// publishesDraft finds a draft in the strip, writes on it, and publishes it.
func publishesDraft(d *desk) {
	b := d.open("")
	b.do(inPanel("button.held") + `.click()`)
	is(b, inPanel("section.held ul")+`.innerText.replace(/\n+/g, "|")`, "A certificate again|stage: draft|content/2024-04-01-secret.md")
	b.do(inPanel("section.held a") + `.click()`)
	b.wait(`location.pathname === "/notes/2024/04/01/secret/"`)
	b.connected()
	b.do(`window.loaded = "once"`)
	is(b, `document.querySelector("main .notice").textContent`, "Not public: stage: draft")
	is(b, `document.querySelector("meta[name=robots]").content`, "noindex")
	b.wait(`document.querySelector("main img").naturalWidth === 31`)
	is(b, everyLink, "")
	d.edit("content/2024-04-01-secret.md", "Not told yet.", "Nearly ready.")
	b.shows("Nearly ready.")
	for _, path := range []string{"", "2024/", "archive/", login, "feed.xml", "sitemap.xml", "postmortems.json"} {
		status, data := d.get(path)
		if text := string(data); status != 200 || strings.Contains(text, "secret") || strings.Contains(text, "certificate again") {
			d.t.Errorf("%q answers %d, and tells of a draft:\n%s", path, status, data)
		}
	}
	b.stays()
	d.edit("content/2024-04-01-secret.md", "stage: draft\n", "")
	b.wait(`!document.querySelector("main .notice") && ` + inPanel("button.held") + `.hidden`)
	is(b, everyLink, "")
	if _, home := d.get(""); !strings.Contains(string(home), "2024/04/01/secret/") {
		d.t.Error("it is not on the home page when it is public")
	}
}

// everyLink names what the page leads to, on this server, that does not answer.
const everyLink = `Promise.all([...document.querySelectorAll("[href], [src]")].map(async (e) => {
	const url = new URL(e.href ?? e.src);
	return url.origin !== location.origin || (await fetch(url)).ok ? "" : url.pathname;
})).then((missing) => missing.join(" ").trim())`

func mendsDoubts(d *desk) {
	b := d.open(login)
	b.wait(inPanel("button.doubts") + `.textContent === "about this report"`)
	d.edit(loginFile, "duration: 52 min", "duration: 3 h", "](2024-02-01-mail.md)", "](gone.md)")
	b.wait(inPanel("button.doubts") + `.textContent === "1 doubt" && ` + inPanel("button.warnings") + `.textContent === "1 warning"`)
	is(b, `[...`+inPanel(".all")+`.querySelectorAll("section")].every((s) => getComputedStyle(s).display === "none")`, true)
	b.do(inPanel("button.doubts") + `.click()`)
	is(b, inPanel("section.doubts pre")+`.textContent.startsWith("`+loginFile+`:7:1: warning: ")`, true)
	b.do(inPanel("button.warnings") + `.click()`)
	is(b, inPanel("section.warnings pre")+`.textContent.includes("gone.md")`, true)
	d.edit(loginFile, "duration: 3 h", "duration: 52 min", "](gone.md)", "](2024-02-01-mail.md)")
	b.wait(inPanel("button.doubts") + `.textContent === "about this report" && ` + inPanel("button.warnings") + `.hidden`)
	b.stays()
}

func editsAnother(d *desk) {
	b := d.open("2024/02/01/mail/")
	d.edit(loginFile, "First of all:", "Edited:")
	b.wait(inPanel(".offer a"))
	is(b, inPanel(".offer a")+`.textContent`, "Logins failed")
	b.stays()
	b.do(inPanel(".offer a") + `.click()`)
	b.wait(`location.pathname === "/notes/` + login + `"`)
	b.shows("Edited:")
}

// startsAgain ends the command and starts it at the same port, with an edit in
// between; the tab is not loaded anew.
func startsAgain(d *desk) {
	b := d.open(login)
	d.stop()
	b.wait(inPanel(".status") + `.textContent.startsWith("not connected")`)
	d.edit(loginFile, "First of all:", "Meanwhile:")
	port, _, _ := strings.Cut(strings.TrimPrefix(d.url, "http://localhost:"), "/")
	d.served = startPreview(d.t, d.dir, "--addr", "localhost:"+port)
	b.shows("Meanwhile:")
	b.wait(inPanel(".status") + `.textContent === ""`)
	d.edit(loginFile, "Meanwhile:", "Since then:")
	b.shows("Since then:")
	b.stays()
}

func opensSevenTabs(d *desk) {
	tabs := make([]*tab, 7)
	for i := range tabs {
		tabs[i] = d.open(login)
	}
	streams := func() (open int) {
		for _, b := range tabs {
			open += value[int](b, `streams.filter((s) => s.readyState !== EventSource.CLOSED).length`)
		}
		return open
	}
	for i := range 3 {
		d.edit(loginFile, "First of all", fmt.Sprintf("First of all %d", i))
		for _, b := range tabs {
			b.shows(fmt.Sprintf("First of all %d", i))
		}
	}
	if n := streams(); n != 1 {
		d.t.Errorf("seven tabs hold %d connections", n)
	}
	if err := chromedp.Cancel(tabs[1].ctx); err != nil {
		d.t.Fatal(err)
	}
	tabs[0].visit("2024/02/01/mail/") // the one that listened
	tabs = tabs[2:]
	d.edit(loginFile, "First of all", "Last of all")
	for _, b := range tabs {
		b.shows("Last of all")
		b.stays()
	}
}

func goesBack(d *desk) {
	b := d.open(login)
	b.do(`addEventListener("pageshow", (event) => window.persisted = event.persisted)`)
	b.visit("2024/02/01/mail/")
	d.edit(loginFile, "First of all:", "While you were away:")
	b.do(`history.back()`)
	b.wait(`location.pathname === "/notes/` + login + `"`)
	b.shows("While you were away:")
	is(b, `window.persisted`, true)
	d.edit(loginFile, "While you were away:", "Live again:")
	b.shows("Live again:")
	b.stays()
}

func createsPage(d *desk) {
	b := d.open("2024/05/05/new/")
	is(b, `fetch(location).then((r) => r.status)`, 404)
	d.save("content/reports/2024-05-05-new.md", "---\ntitle: It is here\n---\nAt last.\n")
	b.shows("At last.")
	b.connected()
	d.edit("content/reports/2024-05-05-new.md", "At last.", "And live.")
	b.shows("And live.")
	d.remove("content/reports")
	b.wait(`!document.querySelector("main")?.textContent.includes("And live.")`)
	is(b, `fetch(location).then((r) => r.status)`, 404)
}

// offersDraft is an edit of a draft while another page is shown, and one that
// changes nothing on any page but the lines of what is doubtful.
func offersDraft(d *desk) {
	b := d.open(login)
	d.edit("content/2024-04-01-secret.md", "Not told yet.", "Nearly ready.")
	b.wait(inPanel(".offer a"))
	is(b, inPanel(".offer a")+`.pathname`, "/notes/2024/04/01/secret/")
	d.edit(loginFile, "duration: 52 min", "duration: 3 h")
	b.wait(inPanel("button.doubts") + `.textContent === "1 doubt"`)
	d.edit(loginFile, "services:", "# only one\nservices:")
	b.wait(inPanel("section.doubts pre") + `.textContent.startsWith("` + loginFile + `:8:1: warning: ")`)
	d.edit("content/2024-04-01-secret.md", "stage: draft", "audience: internal")
	b.wait(inPanel("section.held .reason") + `.textContent === "audience: internal"`)
	b.stays()
}
