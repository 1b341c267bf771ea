package main

import (
	"context"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"publish/internal/chromium"
)

// exportedFiles are reports of the demonstration: one without the site's address,
// and one with it.
var exportedFiles = []struct{ file, base string }{
	{"content/incidents/2020/2020-09-17-connexions-saturees.md", ""},
	{"content/incidents/2021/2021-04-29-deux-livraisons.md", "https://example.org/reports/"},
}

// TestExportOpensFromDisk opens exported files in a browser, from disk: nothing
// is asked of anybody, no policy is broken, all images show, and the scripts
// run.
func TestExportOpensFromDisk(t *testing.T) {
	t.Parallel()
	browser := chromium.Start(t)
	for _, e := range exportedFiles {
		file := filepath.Join(t.TempDir(), "report.html")
		code, _, stderr := inProcess(t, "export", "--site", "../..", "../../"+e.file, "--base-url", e.base, "--output", file)
		if code != exitGood {
			t.Fatalf("exit status %d:\n%s", code, stderr)
		}
		b := &tab{&desk{t: t}, nil}
		ctx, closeTab := chromedp.NewContext(browser)
		b.ctx = ctx
		asked, said := listen(t, ctx)
		if err := chromedp.Do(ctx, chromedp.Navigate("file://"+file)); err != nil {
			t.Fatal(err)
		}
		is(b, `document.images.length > 0`, true)
		is(b, `Promise.all([...document.images].map((i) => (i.loading = "eager", i.decode()))).then(() => "all show", () => "some do not")`, "all show")
		is(b, `document.querySelectorAll("a[href]:not([href^='#'], [href^='https:'], [href^='mailto:'])").length`, 0)
		is(b, `getComputedStyle(document.documentElement).getPropertyValue("--unit")`, ".5rem")
		is(b, `document.querySelectorAll("[data-zone][aria-pressed=true]").length`, 1) // read.js ran
		is(b, `performance.getEntriesByType("resource").filter((r) => !r.name.startsWith("data:")).length`, 0)
		for _, address := range asked() {
			if !strings.HasPrefix(address, "data:") && address != "file://"+file {
				t.Errorf("%s asks for %s", e.file, address)
			}
		}
		if len(asked()) == 0 {
			t.Error("nothing was listened to")
		}
		if lines := said(); len(lines) > 0 {
			t.Errorf("%s: the browser says %q", e.file, lines)
		}
		closeTab()
	}
}

// listen collects what a tab asks for, and what its browser complains of.
func listen(t *testing.T, ctx context.Context) (asked, said func() []string) {
	t.Helper()
	var mu sync.Mutex
	var addresses, lines []string
	err := chromedp.Listen(ctx, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			addresses = append(addresses, e.Request.URL)
		case *network.EventLoadingFailed:
			lines = append(lines, "a request failed: "+e.ErrorText)
		case *cdplog.EventEntryAdded:
			lines = append(lines, e.Entry.Text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	err = chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		if _, err := cdp.Call(ctx, target, network.Enable, network.EnableParams{}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, target, cdplog.Enable, cdp.Empty{})
		return err
	}))
	if err != nil {
		t.Fatal(err)
	}
	read := func(list *[]string) func() []string {
		return func() []string {
			mu.Lock()
			defer mu.Unlock()
			return *list
		}
	}
	return read(&addresses), read(&lines)
}
