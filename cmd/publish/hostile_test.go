package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"publish/internal/chromium"
)

// hostilePayloads are the lines of testdata/hostile/payloads.txt.
func hostilePayloads(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/hostile/payloads.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSuffix(line, "\n"); line != "" && !strings.HasPrefix(line, "# ") {
			all = append(all, strings.NewReplacer(`\n`, "\n", `\r`, "\r", `\x01`, "\x01", `\u2028`, "\u2028", `\u2029`, "\u2029").Replace(line))
		}
	}
	if len(all) < 100 {
		t.Fatalf("only %d payloads", len(all))
	}
	return all
}

// hostileFields are a report with a payload in every field whose text is free.
const hostileFields = `---
title: X
summary: X
authors: [{name: X, url: X, email: X}]
tags: []
license: X
canonical_url: X
workaround: X
detection: X
trigger: X
timeline:
  - {at: "2024-05-01T10:00:00Z", kind: start, text: X, actor: X, link: X, lane: X}
  - {at: "2024-05-01T11:00:00Z", kind: resolved, text: X}
impacts: [{text: X, who: X, count: 5, unit: X}, X]
causes: [{text: X}, X]
countermeasures: [{text: X, owner: X, link: X}, X]
communications: [{at: "2024-05-01T10:30:00Z", channel: X, audience: X, text: X}]
lessons: {well: [X], wrong: [X], lucky: [X]}
updates: [{at: "2024-05-01T10:30:00Z", status: investigating, text: X}, {at: "2024-05-01T10:40:00Z", status: correction, text: X}]
links: [{text: X, url: X}]
---
`

// hostileText is one with a payload in every construct of Markdown.
const hostileText = `# X

X

Some words X and more.

- X
  - X

1. X

> X

| X | X |
|---|---|
| X | X |

## X

**X** _X_ ~~X~~ [X](X) ![X](X "X") <X> [X][r] [^n] ` + "`X`" + `

[r]: X "X"

[^n]: X

` + "```X\nX\n```\n\n~~~ansi\nX\n~~~\n\n    X\n" + `
Term
: X

<div>X</div>
<details><summary>X</summary>X</details>
<a href="X" title="X">X</a> <img src="X" alt="X"> <kbd>X</kbd> <span title='X'>X</span>

## Timeline

- 10:00 UTC X
- X

| Time | Event |
|---|---|
| 10:05 | X |

## Action items

- [ ] X (owner: X, due 2024-06-01) [X](X)
`

// hostileFiles are files that a browser could run, by what follows "evil" in
// their names. The drawings are shown by a page, which is why they are copied.
var hostileFiles = map[string]string{
	"1.svg": `<svg xmlns="http://www.w3.org/2000/svg" onload="pwned(1)"><script>pwned(1)</script><path d="M0 0"/></svg>`,
	"2.svg": `<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink"><a x:href="javascript:pwned(1)"><text y="9">go</text></a><set attributeName="href" to="javascript:pwned(1)"/></svg>`,
	"3.svg": `<svg xmlns="http://www.w3.org/2000/svg"><foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="pwned(1)"/><iframe src="javascript:pwned(1)"/></body></foreignObject></svg>`,
	"4.svg": `<?xml version="1.0"?><?xml-stylesheet href="https://evil.example/x.css"?><!DOCTYPE svg [<!ENTITY e "<script xmlns='http://www.w3.org/2000/svg'>pwned(1)</script>">]><svg xmlns="http://www.w3.org/2000/svg">&e;</svg>`,
	"5.svg": `<svg xmlns="http://www.w3.org/2000/svg"><style>@import url(https://evil.example/x.css); path { fill: url(https://evil.example/x.svg#a) }</style><image href="https://evil.example/x.png" width="9" height="9"/><use href="https://evil.example/x.svg#a"/><path d="M0 0h9v9" style="fill:url(https://evil.example/y.svg#a)"/></svg>`,
	"6.svg": `<html xmlns="http://www.w3.org/1999/xhtml"><script>pwned(1)</script></html>`,
	"7.svg": `<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>pwned(1)</s:script><h:script xmlns:h="http://www.w3.org/1999/xhtml">pwned(1)</h:script></s:svg>`,
	"8.svg": "\xef\xbb\xbf\n<svg xmlns='http://www.w3.org/2000/svg'><handler xmlns='http://www.w3.org/2001/xml-events'>pwned(1)</handler><animate attributeName='onclick' to='pwned(1)' onbegin='pwned(1)' dur='1s'/></svg>",
	"9.png": "<script>pwned(1)</script>",
	".html": "<script>pwned(1)</script>",
	".xml":  `<script xmlns="http://www.w3.org/1999/xhtml">pwned(1)</script>`,
	".js":   "pwned(1)",
	".pdf":  "<script>pwned(1)</script>",
}

// hostileSite writes the site: each payload has a report with it in every
// construct, and shares one with it in every field. Some stand in what makes pages
// of its own, too.
func hostileSite(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) { writeFile(t, filepath.Join(dir, filepath.FromSlash(name)), text) }
	write("publish.yaml", "title: Hostile\nlanguage: en\noutputs: [html, feeds, search, data, statuspage]\n")
	at := func(i int) string { return time.Date(2024, 1, 1+i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly) }
	payloads := hostilePayloads(t)
	for i, payload := range payloads {
		write(fmt.Sprintf("content/%s-text-%d.md", at(i), i), strings.ReplaceAll(hostileText, "X", payload))
	}
	const together = 4 // one cannot hide the next, in a value that is quoted
	for i := 0; i < len(payloads); i += together {
		quoted, err := json.Marshal(strings.Join(payloads[i:min(i+together, len(payloads))], " "))
		if err != nil {
			t.Fatal(err)
		}
		fields := hostileFields
		if i%(4*together) == 0 {
			fields = strings.Replace(fields, "tags:", "services: [X]\nseverity: X\ncategories: [X]\ntags: [X]\nprovider: X\nold:", 1)
		}
		write(fmt.Sprintf("content/%s-fields-%d.md", at(i), i), strings.ReplaceAll(fields, "X", string(quoted))+"Words.\n")
	}
	show := "# Files\n\n"
	for name, text := range hostileFiles {
		write("content/evil"+name, text)
		show += "![it](evil" + name + ") [it](evil" + name + ")\n\n"
	}
	write("content/2023-12-30-files.md", show)
	const name = `<img src=x onerror=pwned(1)> "'&{{.}}`
	write("content/2023-12-31-"+name+".md", "# A name\n\n!["+name+"](<"+name+".png>)\n")
	write("content/"+name+".png", "no picture")
	write("content/"+name+"/2023-12-29-below.md", "# Below\n\nSev1.\n")
	return dir
}

// TestHostile loads what attackers write in a browser, page by page: nothing
// runs, nothing is asked of another host, no policy is broken. Then the same
// without the policies: they are the second wall, not the first.
func TestHostile(t *testing.T) {
	t.Parallel()
	dir, out := hostileSite(t), filepath.Join(t.TempDir(), "out")
	code, _, stderr := inProcess(t, "build", "--site", dir, "--output", out, "--base-url", "http://127.0.0.1/repo/", "--keep-going")
	if code != exitGood && code != exitContent {
		t.Fatalf("exit status %d:\n%s", code, stderr)
	}
	server := httptest.NewServer(http.StripPrefix("/repo/", http.FileServer(http.Dir(out))))
	defer server.Close()
	browser := chromium.Start(t)
	pages := hostilePages(t, out)
	var with, without []string
	with = append(with, pages...)
	for i, payload := range hostilePayloads(t) {
		if i%4 == 0 { // what a stranger's link asks for
			with = append(with, "/repo/search/?q="+url.QueryEscape(payload), "/repo/?service="+url.QueryEscape(payload)+"#"+url.PathEscape(payload))
		}
	}
	for _, path := range pages {
		if strings.Contains(path, "/20") || strings.Contains(path, "evil") {
			without = append(without, path)
		}
	}
	var visits sync.WaitGroup
	for _, visit := range []struct {
		bypass bool
		paths  []string
	}{{false, with[:len(with)/2]}, {false, with[len(with)/2:]}, {true, without[:len(without)/2]}, {true, without[len(without)/2:]}} {
		v := newVictim(t, browser, server.URL, visit.bypass)
		visits.Go(func() {
			for _, path := range visit.paths {
				v.visit(path)
			}
		})
	}
	visits.Wait()
	t.Logf("%d pages, %d visits", len(pages), len(with)+len(without))
}

// hostilePages are the addresses of what a browser shows of a site.
func hostilePages(t *testing.T, out string) []string {
	t.Helper()
	var pages []string
	err := fs.WalkDir(os.DirFS(out), ".", func(path string, d fs.DirEntry, err error) error {
		if slices.Contains([]string{".html", ".svg", ".xml", ".png"}, filepath.Ext(path)) && !strings.Contains(path, "card") {
			pages = append(pages, "/repo/"+(&url.URL{Path: strings.TrimSuffix(path, "index.html")}).EscapedPath())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if reports := len(hostilePayloads(t)); len(pages) < reports {
		t.Fatalf("%d pages show %d reports", len(pages), reports)
	}
	return pages
}

// victim is a reader of the site.
type victim struct {
	t           *testing.T
	ctx         context.Context
	server      string
	asked, said func() []string
	known       [2]int // how much of asked and said is judged
}

// alarm notes what runs, from before the first script of a page.
const alarm = `window.hits = []; window.pwned = () => hits.push("it ran");
for (const name of ["alert", "confirm", "prompt", "open", "print"]) window[name] = () => hits.push(name + "() was called");
document.addEventListener("securitypolicyviolation", (e) => hits.push("against the policy: " + e.violatedDirective + " " + e.blockedURI + " " + e.sample));`

// suspicious lists what ran, and what would run if somebody clicked.
const suspicious = `(() => {
  const found = [...hits], drawing = document.documentElement?.localName === "svg";
  if (!drawing && document.contentType !== "text/html") return found.join("\n"); // the browser's own frame around a feed or a picture
  const addresses = new Set(["href", "src", "action", "formaction", "xlink:href", "data", "background", "poster", "ping", "cite", "longdesc", "to", "values"]);
  for (const e of document.querySelectorAll("*")) {
    const tag = e.cloneNode().outerHTML.slice(0, 160);
    if (/^(iframe|object|embed|base|applet|frame|frameset|portal|handler|foreignobject)$/i.test(e.localName)) found.push(tag);
    if (e.localName === "script" && e.type !== "application/ld+json" && !(e.src && new URL(e.src).pathname.startsWith("/repo/"))) found.push(tag);
    if (e.localName === "style" && !drawing) found.push(tag);
    if (e.localName === "meta" && e.httpEquiv && e.httpEquiv !== "Content-Security-Policy") found.push(tag);
    for (const a of e.attributes) {
      if (/^on/i.test(a.name) || a.name === "srcdoc" || a.name === "style" && !drawing) found.push(tag);
      if (!addresses.has(a.name)) continue;
      let protocol = "";
      try { protocol = new URL(a.value, document.baseURI).protocol } catch {}
      if (protocol && !/^(https?|mailto|tel|webcal):$/.test(protocol)) found.push(tag);
    }
  }
  for (const s of document.querySelectorAll('script[type="application/ld+json"]')) {
    try { JSON.parse(s.textContent) } catch (wrong) { found.push("JSON-LD: " + wrong) }
  }
  return found.join("\n");
})()`

// newVictim opens a tab, with or without the pages' policies.
func newVictim(t *testing.T, browser context.Context, server string, bypass bool) *victim {
	t.Helper()
	ctx, closeTab := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(closeTab)
	v := &victim{t: t, ctx: ctx, server: server}
	err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		if _, err := cdp.Call(ctx, target, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: bypass}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, target, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: alarm})
		return err
	}))
	if err != nil {
		t.Fatal(err)
	}
	v.asked, v.said = listen(t, ctx)
	return v
}

// visit loads a page and judges it.
func (v *victim) visit(path string) {
	if err := chromedp.Do(v.ctx, chromedp.Navigate(v.server+path)); err != nil {
		v.t.Errorf("%s: %v", path, err)
		return
	}
	found, err := chromedp.Run(v.ctx, chromedp.Evaluate[string](suspicious))
	if err != nil {
		v.t.Errorf("%s: %v", path, err)
	}
	if found != "" {
		v.t.Errorf("%s: %s", path, found)
	}
	asked, said := v.asked(), v.said()
	for _, address := range asked[v.known[0]:] {
		if !strings.HasPrefix(address, v.server) && !strings.HasPrefix(address, "data:") {
			v.t.Errorf("%s asks for %s", path, address)
		}
	}
	for _, line := range said[v.known[1]:] {
		if !strings.Contains(line, "404 (Not Found)") { // images that no report has
			v.t.Errorf("%s: the browser says %s", path, line)
		}
	}
	v.known = [2]int{len(asked), len(said)}
}
