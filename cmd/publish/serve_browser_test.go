package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/rogpeppe/go-internal/txtar"

	"publish/internal/chromium"
)

// TestServeInBrowser is a writer at work: `publish serve` on a small site below
// a base path, a real Chromium, real files edited. What the script in the page
// does with any page at all is tested in internal/preview.
func TestServeInBrowser(t *testing.T) {
	t.Parallel()
	browser := chromium.Start(t)
	for _, story := range []struct {
		name string
		tell func(*desk)
	}{
		{"a text is edited", editsText},
		{"a text is translated", translates},
		{"styles are edited", editsStyles},
		{"a layout is made, and removed", editsLayout},
		{"an image is drawn anew", editsImage},
		{"a mistake is made and mended", makesMistake},
		{"a mistake in the settings", mistakesSettings},
		{"a draft is written and published", publishesDraft},
		{"warnings and doubts", mendsDoubts},
		{"what shows in the preview alone", offersDraft},
		{"another report is edited", editsAnother},
		{"the command is started again", startsAgain},
		{"seven tabs", opensSevenTabs},
		{"back and forward", goesBack},
		{"a page that does not exist yet", createsPage},
	} {
		t.Run(story.name, func(t *testing.T) { story.tell(newDesk(t, browser)) })
	}
}

// desk is what a writer has: a site folder, the command that shows it, and a
// browser's profile of its own.
type desk struct {
	*served
	t       *testing.T
	dir     string
	profile context.Context
	tabs    int
}

// login is the page that most stories look at, and loginFile its text.
const (
	login     = "2024/03/12/login/"
	loginFile = "content/2024-03-12-login.md"
)

func newDesk(t *testing.T, browser context.Context) *desk {
	t.Helper()
	files, err := txtar.ParseFile("testdata/desk.txtar")
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, dir: t.TempDir()}
	for _, f := range files.Files {
		d.save(f.Name, string(f.Data))
	}
	d.served = startPreview(t, d.dir)
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	d.profile = ctx
	return d
}

// save writes a file of the site.
func (d *desk) save(name, text string) {
	writeFile(d.t, filepath.Join(d.dir, filepath.FromSlash(name)), text)
}

// edit replaces words of a file, as editors do: a new file in place of the old.
func (d *desk) edit(name string, pairs ...string) {
	d.t.Helper()
	path := filepath.Join(d.dir, filepath.FromSlash(name))
	data, err := os.ReadFile(path)
	if err != nil {
		d.t.Fatal(err)
	}
	text := strings.NewReplacer(pairs...).Replace(string(data))
	if text == string(data) {
		d.t.Fatalf("%s has no %q", name, pairs)
	}
	writeFile(d.t, path+"~", text)
	if err := os.Rename(path+"~", path); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) remove(name string) {
	d.t.Helper()
	if err := os.RemoveAll(filepath.Join(d.dir, filepath.FromSlash(name))); err != nil {
		d.t.Fatal(err)
	}
}

// tab is one page before the writer's eyes.
type tab struct {
	d   *desk
	ctx context.Context
}

// countStreams has a page tell how many connections it holds open.
const countStreams = `window.streams = [];
	window.EventSource = class extends EventSource { constructor(url) { super(url); streams.push(this) } }`

// open shows a page of the site in a new tab, and waits until it is connected.
func (d *desk) open(path string) *tab {
	d.t.Helper()
	ctx := d.profile
	if d.tabs++; d.tabs > 1 {
		other, cancel := chromedp.NewContext(d.profile)
		d.t.Cleanup(cancel)
		ctx = other
	}
	b := &tab{d, ctx}
	err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, page.AddScriptToEvaluateOnNewDocument,
			page.AddScriptToEvaluateOnNewDocumentParams{Source: countStreams})
		return err
	}))
	if err != nil {
		d.t.Fatal(err)
	}
	b.visit(path)
	return b
}

// visit goes to a page, and marks its window: the mark is gone where the page
// is loaded anew.
func (b *tab) visit(path string) {
	b.d.t.Helper()
	if err := chromedp.Do(b.ctx, chromedp.Navigate(b.d.url+path)); err != nil {
		b.d.t.Fatal(err)
	}
	b.connected()
	b.do(`window.loaded = "once"`)
}

// connected waits until the server knows what the tab shows, and the tab has
// its answer.
func (b *tab) connected() {
	b.d.t.Helper()
	b.wait(`document.querySelector("publish-preview")?.dataset.version`)
}

// value gives that of an expression.
func value[T any](b *tab, expression string) T {
	b.d.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.d.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

func (b *tab) do(script string) {
	b.d.t.Helper()
	value[bool](b, "{"+script+"};true")
}

// wait waits until an expression is true.
func (b *tab) wait(expression string) {
	b.d.t.Helper()
	eventually(b.d.t, expression, func() bool {
		// A page that is being left has no value to give.
		yes, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("!!("+expression+")"))
		return err == nil && yes
	})
}

// is wants an expression to have a value.
func is[T comparable](b *tab, expression string, want T) {
	b.d.t.Helper()
	if got := value[T](b, expression); got != want {
		b.d.t.Errorf("%s: got %v, want %v", expression, got, want)
	}
}

// stays wants the page to be the one that was loaded first.
func (b *tab) stays() {
	b.d.t.Helper()
	is(b, `window.loaded ?? sessionStorage.getItem("publish-reload") ?? "again"`, "once")
}

// shows waits for words in the page's text.
func (b *tab) shows(words string) {
	b.d.t.Helper()
	b.wait(fmt.Sprintf("document.querySelector('main')?.textContent.includes(%q)", words))
}

// inPanel is an expression for what is in the preview's own element.
func inPanel(selector string) string {
	return fmt.Sprintf(`document.querySelector("publish-preview").shadowRoot.querySelector(%q)`, selector)
}
