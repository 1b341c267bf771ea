package preview

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

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

// anyEdit makes pages at random, each from the one before, and wants each to be
// the same as if it were loaded.
func anyEdit(w *world) {
	b := w.open("/a/")
	b.do(`window.loaded = "once"; window.want = (html) =>
		new DOMParser().parseFromString(html, "text/html").querySelector("main").isEqualNode(document.querySelector("main"))`)
	random := rand.New(rand.NewPCG(1, 2))
	blocks := []string{"<h2 id=a>a</h2>"}
	for range 150 {
		for range 1 + random.IntN(3) {
			at := random.IntN(len(blocks) + 1)
			switch random.IntN(4) {
			case 0:
				blocks = slices.Insert(blocks, at, randomBlock(random, 3))
			case 1:
				blocks = slices.Delete(blocks, max(0, at-1), at)
			case 2:
				random.Shuffle(len(blocks), func(i, j int) { blocks[i], blocks[j] = blocks[j], blocks[i] })
			case 3:
				if at < len(blocks) {
					blocks[at] = strings.Replace(blocks[at], "e", "<b>e</b>e", 1)
				}
			}
		}
		html := htmlPage("A", strings.Join(blocks, []string{"", "\n"}[random.IntN(2)]))
		w.h.Ahead(w.revision(map[string]string{"/a/": html}).Table.Get("/a/"))
		b.wait(fmt.Sprintf("want(%q)", html))
	}
	is(b, `loaded`, "once")
}

// randomBlock is an element with others in it.
func randomBlock(random *rand.Rand, deep int) string {
	names := []string{"p", "ul", "section", "table", "pre", "em", "details", "svg"}
	children := map[string]string{"ul": "li", "table": "tr", "details": "summary", "svg": "g"}
	name := names[random.IntN(len(names))]
	open := "<" + name
	if random.IntN(3) == 0 {
		open += fmt.Sprintf(" id=i%d", random.IntN(6))
	}
	if random.IntN(3) == 0 {
		open += fmt.Sprintf(" class='c%d d'", random.IntN(3))
	}
	text := fmt.Sprintf("word%d some text <!-- here --> end", random.IntN(4))
	for range random.IntN(4) * min(deep, 1) {
		if child := children[name]; child != "" {
			text += "<" + child + ">" + fmt.Sprint(random.IntN(9)) + "</" + child + ">"
		} else {
			text += randomBlock(random, deep-1)
		}
	}
	return open + ">" + text + "</" + name + ">"
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
	// A page that is on its way to a place arrives there.
	b.do(`scrollTo({top: scrollY + 500, behavior: "smooth"}); window.goal = scrollY + 500`)
	w.a(strings.Replace(paragraphs(100), "<p id=p50>paragraph 50</p>", "", 1) + "<p>at the end</p>")
	b.wait(`document.querySelector("main").textContent.includes("at the end")`)
	b.wait(`Math.abs(scrollY - goal) < 2`)
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
	w.a("<details open><summary>s</summary><p>inside</p></details><p>three</p>")
	b.wait(`document.querySelector("main > p").textContent === "three"`)
	b.do(`document.querySelector("details").open = false`)
	w.a("<details open><summary>s</summary><p>in</p></details><p>two</p>")
	b.wait(`document.querySelector("details p").textContent === "in"`)
	is(b, `document.querySelector("details").open`, false)
}
