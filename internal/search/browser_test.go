package search_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"publish"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/rogpeppe/go-internal/txtar"

	"publish/internal/chromium"
	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/render"
	"publish/internal/route"
	"publish/internal/search"
	"publish/internal/site"
)

// testSite makes the routes of testdata/site.txtar.
func testSite(t *testing.T, o site.Options) *route.Table {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{}
	for _, f := range archive.Files {
		folder[f.Name] = &fstest.MapFile{Data: f.Data, Mode: 0o644}
	}
	c, diags := config.Load(folder, "")
	o.Now = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	files, more, err := content.Load(folder, c, content.Options{})
	if diags = append(diags, more...); err != nil || diags.HasErrors() {
		t.Fatal(err, diags)
	}
	s, diags := site.New(c, files, o)
	theme, more, err := render.LoadTheme(nil, publish.Theme, config.Theme{})
	if diags = append(diags, more...); err != nil || diags.HasErrors() {
		t.Fatal(err, diags)
	}
	table, diags := render.New(s, theme).Table()
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return table
}

// serve answers from a table, at the root and where the site says that it is.
func serve(t *testing.T, table *route.Table) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		found := table.Get(strings.TrimPrefix(r.URL.Path, "/reports"))
		if found == nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", found.MediaType())
		if err := found.Render(w); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// tab is the one tab of the one browser of these tests.
type tab struct {
	t   *testing.T
	ctx context.Context
}

func newTab(t *testing.T) *tab {
	t.Helper()
	return &tab{t, chromium.Start(t)}
}

func (b *tab) visit(url string) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, chromedp.Navigate(url)); err != nil {
		b.t.Fatal(err)
	}
	eval[bool](b, settled+`settled().then(() => true)`)
}

func (b *tab) press(keys string) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, chromedp.KeyEvent(keys)); err != nil {
		b.t.Fatal(err)
	}
}

func eval[T any](b *tab, expression string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 15*time.Second)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// settled waits until the page has answered; ask types a query and gives the
// addresses of the results.
const (
	settled = `async function settled() {
  const list = document.querySelector("#search-results");
  while (list && list.hasAttribute("aria-busy")) await new Promise((r) => setTimeout(r, 2));
}
`
	ask = settled + `async function ask(query) {
  const input = document.querySelector("#q"), list = document.querySelector("#search-results");
  list.setAttribute("aria-busy", "true");
  input.value = query;
  input.dispatchEvent(new Event("input"));
  await settled();
  return [...list.querySelectorAll("a.title")].map((a) => a.getAttribute("href"));
}
`
)

func quoted(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// TestSearch runs static/search.js on a site, in one browser.
func TestSearch(t *testing.T) {
	b := newTab(t)
	address := serve(t, testSite(t, site.Options{}))
	b.visit(address + "/search/")
	for _, part := range []struct {
		name string
		test func(*testing.T, *tab, string)
	}{
		{"agrees", agrees}, {"quality", quality}, {"results", results}, {"translations", translations}, {"keyboard", keyboard}, {"address", shared}, {"lost", lost}, {"private", private}, {"portable", portable},
	} {
		t.Run(part.name, func(t *testing.T) { part.test(t, &tab{t, b.ctx}, address) })
	}
}

// agrees compares words and stems of the two languages that they are written
// in.
func agrees(t *testing.T, b *tab, _ string) {
	archive, err := os.ReadFile("testdata/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	list, err := os.ReadFile("testdata/words.txt")
	if err != nil {
		t.Fatal(err)
	}
	texts := append(strings.Split(string(list), "\n"), strings.Split(string(archive), "\n")...)
	got := eval[[][]string](b, quoted(texts)+`.map((t) => publishWords.words(t))`)
	var all []string
	for i, text := range texts {
		want := search.Words(text)
		if !slices.Equal(got[i], want) {
			t.Errorf("%q: the script has the words %q, the index %q", text, got[i], want)
		}
		all = append(all, want...)
	}
	for _, lang := range []string{"en", "fr", "de"} {
		stems := eval[[]string](b, quoted(all)+`.map((w) => publishWords.stem(`+quoted(lang)+`, w))`)
		for i, word := range all {
			if want := search.Stem(lang, word); stems[i] != want {
				t.Errorf("%s: the stem of %q is %q in the script and %q in the index", lang, word, stems[i], want)
			}
		}
	}
	stop := eval[[]string](b, `[...publishWords.stop]`)
	for _, word := range stop {
		if !search.StopWords()[word] {
			t.Errorf("the stop word %q is the script's alone", word)
		}
	}
	if len(stop) != len(search.StopWords()) {
		t.Errorf("the script has %d stop words, the index %d", len(stop), len(search.StopWords()))
	}
}

// quality asks every query of queries.txt: the post that is meant has to be
// among the first three, for 19 of 20 queries.
func quality(t *testing.T, b *tab, _ string) {
	file, err := os.ReadFile("testdata/queries.txt")
	if err != nil {
		t.Fatal(err)
	}
	var queries, wanted []string
	for line := range strings.Lines(string(file)) {
		if query, want, ok := strings.Cut(strings.TrimSpace(line), " | "); ok && !strings.HasPrefix(line, "#") {
			queries, wanted = append(queries, query), append(wanted, want)
		}
	}
	if len(queries) < 60 {
		t.Fatalf("only %d queries", len(queries))
	}
	results := eval[[][]string](b, ask+`(async () => { const all = []; for (const q of `+quoted(queries)+`) all.push(await ask(q)); return all; })()`)
	var missed []string
	for i, found := range results {
		first := found[:min(len(found), 3)]
		if !slices.ContainsFunc(first, func(url string) bool { return strings.Contains(url, "/"+wanted[i]+"/") }) {
			missed = append(missed, fmt.Sprintf("%s: want %s, got %q", queries[i], wanted[i], first))
		}
	}
	if len(missed)*20 > len(queries) {
		t.Errorf("%d of %d queries missed:\n%s", len(missed), len(queries), strings.Join(missed, "\n"))
	}
	for _, m := range missed {
		t.Log(m)
	}
}

// results shows what a result is made of.
func results(t *testing.T, b *tab, address string) {
	for _, c := range []struct{ query, expression, want string }{
		{"catastrophic", `document.querySelector(".results a").getAttribute("href").split("/").at(-1)`, "#regular-expression"},
		{"catastrophic", `[...document.querySelectorAll(".results .excerpt mark")].map((m) => m.textContent).join()`, "catastrophic"},
		{"snapshots", `[...document.querySelectorAll(".results .excerpt mark")].map((m) => m.textContent).join()`, "snapshots"},
		{"l’onduleur", `document.querySelector(".results mark").textContent`, "Onduleur"},
		{"visiblecause", `document.querySelector(".results a").getAttribute("href").split("/").at(-1)`, "#causes"},
		{"visiblecause 2024-12-01", `document.querySelector(".results .excerpt").innerHTML.replace(/<\/?mark>/g, "|").split("matter of ")[1]`, `<span class="whole">|2024-12-01|</span>`},
		{`"kill switch"`, `document.querySelectorAll(".results li").length + ""`, "1"},
		{`"switch kill"`, `document.querySelector("#search-status").textContent`, "Nothing found. Try fewer or other words."},
		{"service:network", `document.querySelector("#search-status").textContent`, "Results: 3"},
		{"service:network year:2021 packets", `document.querySelector("#search-status").textContent`, "Results: 1"},
		{"qqqqqq", `document.querySelector("#search-status").textContent`, "Nothing found. Try fewer or other words."},
		{"year:2021 service:network year:2019", `document.querySelector("#search-status").textContent`, "Results: 2"},
		{"constructor: redis", `document.querySelector(".results a")?.getAttribute("href").includes("/cache-stampede/") + ""`, "true"},
		{"sev1", `(document.querySelectorAll(".results li").length > 2) + ""`, "true"},
		{"regular expression", `[...document.querySelectorAll(".results .severity")].map((s) => s.dataset.severity + s.textContent).find((s) => s.startsWith("SEV"))?.slice(0, 6) + ""`, "SEV1Cr"},
		{"r", `document.querySelector("#search-status").textContent`, ""},
		{"", `document.querySelector("#search-status").textContent`, ""},
		{"<b>certificate", `document.querySelectorAll(".results b mark").length > 0 ? "marked" : "not"`, "not"},
	} {
		if got := eval[string](b, ask+`ask(`+quoted(c.query)+`).then(() => `+c.expression+`)`); got != c.want {
			t.Errorf("%s: %s is %q, want %q", c.query, c.expression, got, c.want)
		}
	}
	// What was pasted from a log, or leant on, does not stop the page.
	for _, long := range []string{strings.Repeat("x", 100_000), strings.Repeat("«", 50_000), strings.Repeat("redis ", 10_000)} {
		eval[[]string](b, ask+`ask(`+quoted(long)+`)`)
	}
	// Every anchor is one of the page it leads to.
	lost := eval[[]string](b, ask+`(async () => {
  const lost = [];
  for (const q of ["incident", "alerte", "customers", "visiblecause", "deployment", "serveur"]) {
    for (const url of await ask(q)) {
      if (!url.includes("#")) continue;
      const page = new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
      if (!page.getElementById(decodeURIComponent(url.split("#")[1]))) lost.push(url);
    }
  }
  return lost;
})()`)
	if len(lost) > 0 {
		t.Errorf("anchors that lead nowhere: %q", lost)
	}
}

// translations: a report is one answer, in the language of the question.
func translations(t *testing.T, b *tab, _ string) {
	for query, want := range map[string]string{
		"introuvables": "/fr/2019/02/11/dns-resolver/",
		"tâtonné":      "/fr/2019/02/11/dns-resolver/",
		"dns-resolver": "/2019/02/11/dns-resolver/",
	} {
		var found []string
		for _, url := range eval[[]string](b, ask+`ask(`+quoted(query)+`)`) {
			if strings.Contains(url, "dns-resolver") {
				url, _, _ = strings.Cut(url, "#")
				found = append(found, "/"+strings.TrimLeft(url, "./"))
			}
		}
		if !slices.Equal(found, []string{want}) {
			t.Errorf("%q finds %q, want %q alone", query, found, want)
		}
	}
}

func keyboard(t *testing.T, b *tab, address string) {
	b.visit(address + "/archive/")
	b.press("/")
	b.until(`document.activeElement?.id === "q"`)
	eval[[]string](b, ask+`ask("certificate")`)
	for _, step := range []struct{ key, focused string }{
		{"\ue015", "A0"}, {"\ue015", "A1"}, {"\ue013", "A0"}, {"\ue013", "INPUT-1"}, {"\ue015", "A0"}, {"\ue00c", "INPUT-1"},
	} {
		key := map[string]string{"\ue015": "ArrowDown", "\ue013": "ArrowUp", "\ue00c": "Escape"}[step.key]
		got := eval[string](b, `(() => {
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: `+quoted(key)+`, bubbles: true, cancelable: true }));
  const at = document.activeElement;
  return at.tagName + [...document.querySelectorAll(".results a")].indexOf(at);
})()`)
		if got != step.focused {
			t.Errorf("after %s the focus is on %s, want %s", key, got, step.focused)
		}
	}
	eval[bool](b, `document.querySelector("#q").form.requestSubmit(), true`)
	b.until(`/\/certificat(e-expired)?\/$/.test(location.pathname)`)
}

// until waits until an expression is true, on whichever page.
func (b *tab) until(expression string) {
	b.t.Helper()
	for end := time.Now().Add(15 * time.Second); ; time.Sleep(2 * time.Millisecond) {
		// A page that is being left has no value to give.
		if value, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](expression)); err == nil && value {
			return
		}
		if time.Now().After(end) {
			b.t.Fatalf("%s never came true", expression)
		}
	}
}

// shared: an address with a query answers it.
func shared(t *testing.T, b *tab, address string) {
	b.visit(address + "/search/?q=redis")
	if got := eval[string](b, `document.querySelector(".results a")?.getAttribute("href") ?? ""`); !strings.Contains(got, "/cache-stampede/") {
		t.Errorf("?q=redis gives %q", got)
	}
	if got := eval[string](b, ask+`ask("l'été").then(() => new URL(location.href).searchParams.get("q"))`); got != "l'été" {
		t.Errorf("the address has the query %q", got)
	}
}

// lost: who came to an address that isn't there can ask from there.
func lost(t *testing.T, b *tab, address string) {
	b.visit(address + "/404.html")
	eval[bool](b, `document.querySelector("#q").value = "redis", document.querySelector("#q").form.requestSubmit(), true`)
	b.until(`location.pathname === "/reports/search/" && document.querySelector(".results a")?.getAttribute("href").includes("/cache-stampede/") === true`)
}

// private looks for what is not public in all that the search asks for.
func private(t *testing.T, _ *tab, _ string) {
	seen := false
	for _, r := range testSite(t, site.Options{}).All() {
		var text strings.Builder
		if err := r.Render(&text); err != nil {
			t.Fatal(err)
		}
		seen = seen || strings.Contains(text.String(), "visiblecause")
		for _, secret := range []string{"xyzzysecret", "plughsecret"} {
			if strings.Contains(text.String(), secret) {
				t.Errorf("%s holds %q", r.Path, secret)
			}
		}
	}
	if !seen {
		t.Error("nothing was looked at")
	}
}

// portable: the search works on pages that were opened from disk.
func portable(t *testing.T, b *tab, _ string) {
	dir := t.TempDir()
	for _, r := range testSite(t, site.Options{Portable: true}).All() {
		name := filepath.Join(dir, filepath.FromSlash(r.File()))
		var text strings.Builder
		if err := r.Render(&text); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b.visit("file://" + filepath.ToSlash(dir) + "/search/index.html")
	found := eval[[]string](b, ask+`ask("catastrophic backtracking")`)
	if len(found) == 0 || !strings.HasSuffix(found[0], "/config-push/index.html#regular-expression") {
		t.Errorf("from disk: %q", found)
	}
}
