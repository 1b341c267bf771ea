package preview

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"

	"publish/internal/route"
)

// deadline is how long anything in the browser may take before a test fails.
const deadline = 10 * time.Second

// world is one site with its server, and a browser's profile of its own.
type world struct {
	t       *testing.T
	h       *Handler
	address string // of the server, without a slash at the end
	profile context.Context
	first   bool
	streams atomic.Int64 // that are open
	pages   map[string]string
	stop    func()
	// beforeLive is called, once, before the page's script is answered.
	beforeLive func()
	// lost is how many of the next questions of pages get no answer: their
	// connection ends, and that of the last stays silent.
	lost atomic.Int64
}

// newWorld shows pages in a browser that shows nothing yet.
func newWorld(t *testing.T, parent context.Context, pages map[string]string) *world {
	t.Helper()
	w := &world{t: t, pages: map[string]string{"/404.html": htmlPage("nothing", "<p>nothing here")}, first: true}
	ctx, cancel := chromedp.NewContext(parent, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	w.profile = ctx
	w.h = NewHandler(Options{Base: "/repo/"})
	w.show(pages)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w.address = "http://" + l.Addr().String()
	w.serve(l)
	t.Cleanup(func() { w.stop() })
	return w
}

// serve answers at a listener until w.stop.
func (w *world) serve(l net.Listener) {
	ctx, cancel := context.WithCancel(context.Background())
	counting := http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Path == own+"events" {
			w.streams.Add(1)
			defer w.streams.Add(-1)
		}
		if r.URL.Path == own+"live.js" && w.beforeLive != nil {
			w.beforeLive()
			w.beforeLive = nil
		}
		if left := w.lost.Load(); r.URL.Path == own+"page" && left > 0 {
			w.lost.Store(left - 1)
			if left == 1 {
				<-r.Context().Done()
			}
			panic(http.ErrAbortHandler)
		}
		w.h.ServeHTTP(rw, r)
	})
	ended := make(chan struct{})
	go func() {
		_ = Serve(ctx, &Listener{listeners: []net.Listener{l}}, counting)
		close(ended)
	}()
	w.stop = func() {
		cancel()
		<-ended
	}
}

// restart ends the server, and starts another program's at the same address
// when the returned function is called.
func (w *world) restart() (again func()) {
	w.stop()
	return func() {
		w.h = NewHandler(Options{Base: "/repo/"})
		w.show(nil)
		l, err := net.Listen("tcp", strings.TrimPrefix(w.address, "http://"))
		if err != nil {
			w.t.Fatal(err)
		}
		w.serve(l)
	}
}

// htmlPage is a page as the built-in layouts make it.
func htmlPage(title, main string) string {
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="About ` + title + `">
<title>` + title + `</title>
<link rel="stylesheet" href="/repo/style.css">
</head>
<body>
<header><a href="/repo/">home</a></header>
<main>
` + main + `
</main>
<noscript><p>no scripts</p></noscript>
<script src="/repo/site.js" defer></script>
</body>
</html>
`
}

// revision is the site with some pages added or replaced; those without text go.
func (w *world) revision(pages map[string]string) *Revision {
	w.t.Helper()
	maps.Copy(w.pages, pages)
	var routes []*route.Route
	for path, text := range w.pages {
		if text == "" {
			continue
		}
		var hash route.Hash
		hash.Add(path, text)
		routes = append(routes, &route.Route{Path: path, Source: "content" + path, Key: hash.Sum(), Render: func(w io.Writer) error {
			if text == faulty {
				return errors.New("it cannot be made")
			}
			_, err := io.WriteString(w, text)
			return err
		}})
	}
	made, diags := route.New(routes)
	if len(diags) > 0 {
		w.t.Fatal(diags)
	}
	return &Revision{Table: made}
}

// faulty is the text of a page that cannot be made.
const faulty = "faulty"

// version is the one that the server has of a route.
func (w *world) version(path string) string {
	version, _ := w.h.compare(w.h.current.Load(), path, "")
	return version
}

func (w *world) show(pages map[string]string) { w.h.Show(w.revision(pages)) }

// browsed is one tab.
type browsed struct {
	w   *world
	ctx context.Context
}

// open shows a page in a new tab, and waits until it is connected.
func (w *world) open(path string) *browsed {
	w.t.Helper()
	ctx := w.profile
	if !w.first {
		other, cancel := chromedp.NewContext(w.profile)
		w.t.Cleanup(cancel)
		ctx = other
	}
	w.first = false
	b := &browsed{w, ctx}
	b.visit(path)
	return b
}

func (b *browsed) visit(path string) {
	b.w.t.Helper()
	if err := chromedp.Do(b.ctx, chromedp.Navigate(b.w.address+"/repo"+path)); err != nil {
		b.w.t.Fatal(err)
	}
	b.connected()
}

// connected waits until the server knows what the tab shows, and the tab has
// its state.
func (b *browsed) connected() {
	b.w.t.Helper()
	b.wait(`document.querySelector("publish-preview")?.dataset.version`)
	b.w.until("a stream", func() bool { return b.w.streams.Load() > 0 })
}

// eval gives the value of an expression.
func eval[T any](b *browsed, expression string) T {
	b.w.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, deadline)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.w.t.Fatalf("%s: %v", expression, err)
	}
	return value
}

func (b *browsed) do(script string) {
	b.w.t.Helper()
	eval[bool](b, "{"+script+"};true")
}

// command gives the browser a command of its protocol.
func command[P, R any](b *browsed, c cdp.Command[P, R], params P) {
	b.w.t.Helper()
	err := chromedp.Do(b.ctx, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, c, params)
		return err
	}))
	if err != nil {
		b.w.t.Fatal(err)
	}
}

// press presses a key.
func (b *browsed) press(key string) {
	b.w.t.Helper()
	if err := chromedp.Do(b.ctx, chromedp.KeyEvent(key)); err != nil {
		b.w.t.Fatal(err)
	}
}

// wait waits until an expression is true.
func (b *browsed) wait(expression string) {
	b.w.t.Helper()
	b.w.until(expression, func() bool {
		ctx, cancel := context.WithTimeout(b.ctx, deadline)
		defer cancel()
		// A page that is being left has no value to give.
		value, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+expression+")"))
		return err == nil && value
	})
}

// until asks again and again whether something is so.
func (w *world) until(what string, so func() bool) {
	w.t.Helper()
	for end := time.Now().Add(deadline); !so(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			w.t.Fatalf("this did not become true: %s", what)
		}
	}
}

// is wants an expression to have a value.
func is[T comparable](b *browsed, expression string, want T) {
	b.w.t.Helper()
	if got := eval[T](b, expression); got != want {
		b.w.t.Errorf("%s: got %v, want %v", expression, got, want)
	}
}

// inPanel is an expression for what is in the preview's own element.
func inPanel(selector string) string {
	return fmt.Sprintf(`document.querySelector("publish-preview").shadowRoot.querySelector(%q)`, selector)
}
