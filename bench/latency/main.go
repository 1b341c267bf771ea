// Command latency measures a live preview as a writer meets it: from the save
// in the editor to the new text in the document of a real Chromium.
//
//	go run ./bench/latency -posts 10000 -rounds 200
//	go run ./bench/latency -posts 10000 -hugo HUGO-SITE
//
// It makes a site of that many reports, starts the preview, opens one report
// in the browser and saves it again and again, in each of the ways in which
// editors save, a new marker in it each time. The time runs from before the
// save until the document's text holds the marker; both clocks are the
// machine's. Beside it stand the time from the start to the first page, and
// the memory after the start and after all edits.
//
// With -hugo the same is done with `hugo server` in a prepared site, whose
// content/postmortems has the same reports.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"publish/bench/corpus"
)

func main() {
	m := &measure{}
	flag.IntVar(&m.posts, "posts", 10_000, "how many reports the site has")
	flag.IntVar(&m.rounds, "rounds", 200, "how many edits are made")
	flag.DurationVar(&m.pause, "pause", 300*time.Millisecond, "between an edit that is shown and the next")
	flag.IntVar(&m.soak, "soak", 0, "how many more edits to make, one after the other, before the memory is read again")
	flag.StringVar(&m.publish, "publish", "./publish", "the program to measure")
	flag.StringVar(&m.hugo, "hugo", "", "a prepared Hugo site to measure in the same run")
	flag.StringVar(&m.hugoBin, "hugo-bin", "hugo", "the Hugo program")
	flag.IntVar(&m.hugoRounds, "hugo-rounds", 20, "how many edits are made for Hugo, which takes seconds for each")
	flag.Parse()
	if err := m.run(); err != nil {
		fmt.Fprintln(os.Stderr, "latency:", err)
		os.Exit(1)
	}
}

type measure struct {
	posts, rounds, hugoRounds, soak int
	pause                           time.Duration
	publish, hugo, hugoBin          string
}

// contender is one preview: how it is started, and what is edited.
type contender struct {
	name    string
	rounds  int
	command []string
	dir     string // where it runs
	file    string // the report that is edited
	url     string // its page
}

func (m *measure) run() error {
	dir, err := os.MkdirTemp("", "latency")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := corpus.Write(dir, m.posts); err != nil {
		return err
	}
	program, err := filepath.Abs(m.publish)
	if err != nil {
		return err
	}
	name := corpus.Name(m.posts / 2)
	date, slug := strings.ReplaceAll(name[:10], "-", "/"), strings.TrimSuffix(name[11:], ".md")
	ours, err := m.contend(contender{
		rounds: m.rounds, name: "publish serve", dir: dir, file: filepath.Join(dir, "content", name),
		command: []string{program, "serve", "--quiet", "--addr", "localhost:4971"},
		url:     "http://localhost:4971/bench/" + date + "/" + slug + "/",
	})
	if err != nil || m.hugo == "" {
		return err
	}
	files, err := filepath.Glob(filepath.Join(m.hugo, "content", "postmortems", "*.md"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("no reports in %s/content/postmortems", m.hugo)
	}
	file := files[len(files)/2]
	theirs, err := m.contend(contender{
		rounds: m.hugoRounds, name: "hugo server", dir: m.hugo, file: file,
		command: []string{m.hugoBin, "server", "--port", "4972", "--bind", "127.0.0.1", "--baseURL", "http://127.0.0.1:4972/"},
		url:     "http://127.0.0.1:4972/postmortems/" + strings.TrimSuffix(filepath.Base(file), ".md") + "/",
	})
	if err != nil {
		return err
	}
	fmt.Printf("\nratio publish / hugo: start %.3f, median edit %.3f\n", ours.start.Seconds()/theirs.start.Seconds(), ours.median.Seconds()/theirs.median.Seconds())
	return nil
}

// figures are what was measured of one contender.
type figures struct{ start, median time.Duration }

func (m *measure) contend(c contender) (figures, error) {
	var f figures
	server := exec.Command(c.command[0], c.command[1:]...)
	server.Dir = c.dir
	begin := time.Now()
	if err := server.Start(); err != nil {
		return f, err
	}
	defer func() { _ = server.Process.Signal(os.Interrupt); _ = server.Wait() }()
	if err := firstPage(c.url); err != nil {
		return f, fmt.Errorf("%s: %w", c.name, err)
	}
	f.start = time.Since(begin)
	fmt.Printf("\n%s, %d reports\nstart to first page: %.1f s, memory %s\n", c.name, m.posts, f.start.Seconds(), memory(server.Process.Pid))
	b, err := openBrowser(c.url)
	if err != nil {
		return f, err
	}
	defer b.close()
	text, err := os.ReadFile(c.file)
	if err != nil {
		return f, err
	}
	defer func() { _ = os.WriteFile(c.file, text, 0o644) }()
	e := &editor{file: c.file, text: string(text), browser: b}
	var all []time.Duration
	for _, way := range ways {
		took, lost, err := e.edits(way, c.rounds/len(ways), m.pause)
		if err != nil {
			return f, fmt.Errorf("%s: %w", c.name, err)
		}
		all = append(all, took...)
		fmt.Printf("  %-22s %s, lost %d\n", way.name, spread(took), lost)
	}
	f.median = middle(all)
	fmt.Printf("  %-22s %s\nmemory %s", "all", spread(all), memory(server.Process.Pid))
	if m.soak > 0 {
		if _, _, err := e.edits(ways[0], m.soak, 0); err != nil {
			return f, err
		}
		fmt.Printf(", after %d more edits %s", m.soak, memory(server.Process.Pid))
	}
	fmt.Println()
	return f, nil
}

// firstPage waits for the server's first answer.
func firstPage(url string) error {
	for deadline := time.Now().Add(10 * time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		response, err := http.Get(url)
		if err != nil {
			continue
		}
		_, err = io.Copy(io.Discard, response.Body)
		response.Body.Close()
		if err == nil && response.StatusCode == http.StatusOK {
			return nil
		}
	}
	return fmt.Errorf("no page at %s", url)
}

var resident = regexp.MustCompile(`VmRSS:\s+(\d+) kB`)

// memory is what a process holds in RAM, where the system tells.
func memory(pid int) string {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	m := resident.FindSubmatch(status)
	if err != nil || m == nil {
		return "unknown"
	}
	kilobytes, _ := strconv.Atoi(string(m[1])) // it matched digits
	return fmt.Sprintf("%d MB", kilobytes/1000)
}

// way is a way in which programs save a file.
type way struct {
	name string
	save func(file, text string) error
}

var ways = []way{
	{"in place", func(file, text string) error { return os.WriteFile(file, []byte(text), 0o644) }},
	{"in two pieces", func(file, text string) error {
		f, err := os.OpenFile(file, os.O_WRONLY|os.O_TRUNC, 0o644)
		if err != nil {
			return err
		}
		defer f.Close()
		if _, err := f.WriteString(text[:len(text)/2]); err != nil {
			return err
		}
		_, err = f.WriteString(text[len(text)/2:])
		return err
	}},
	{"a new file renamed", func(file, text string) error {
		if err := os.WriteFile(file+"~", []byte(text), 0o644); err != nil {
			return err
		}
		return os.Rename(file+"~", file)
	}},
	{"removed, made anew", func(file, text string) error {
		if err := os.Remove(file); err != nil {
			return err
		}
		return os.WriteFile(file, []byte(text), 0o644)
	}},
}

// editor saves one report again and again.
type editor struct {
	file, text string
	browser    *browser
	count      int
}

// patience is after how long an edit counts as lost.
const patience = 60 * time.Second

func (e *editor) edits(w way, n int, pause time.Duration) (took []time.Duration, lost int, err error) {
	for range n {
		time.Sleep(pause)
		e.count++
		marker := fmt.Sprintf("marker-%d-%d", os.Getpid(), e.count)
		begin := time.Now()
		if err := w.save(e.file, strings.TrimRight(e.text, "\n")+"\n\nThe "+marker+" ends here.\n"); err != nil {
			return took, lost, err
		}
		at, ok := e.browser.await(marker)
		if !ok {
			lost++
			continue
		}
		took = append(took, at.Sub(begin))
	}
	return took, lost, nil
}

func spread(took []time.Duration) string {
	if len(took) == 0 {
		return "nothing arrived"
	}
	slices.Sort(took)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	return fmt.Sprintf("median %.0f ms, 95 %% within %.0f, worst %.0f (%d edits)",
		ms(middle(took)), ms(took[len(took)*95/100]), ms(took[len(took)-1]), len(took))
}

func middle(took []time.Duration) time.Duration {
	took = slices.Sorted(slices.Values(took))
	if len(took) == 0 {
		return 0
	}
	return took[len(took)/2]
}

// browser is a Chromium that tells when a marker is in its document.
type browser struct {
	seen  chan sighting
	stops []context.CancelFunc
}

// sighting is a marker with the time at which the document had it.
type sighting struct {
	Marker string  `json:"marker"`
	At     float64 `json:"at"` // milliseconds since 1970
}

// watchScript runs in every new document, before its own scripts.
const watchScript = `(() => {
  let last = "";
  const look = () => {
    const all = (document.body?.textContent ?? "").match(/marker-\d+-\d+/g);
    const marker = all?.at(-1);
    if (marker && marker !== last) { last = marker; sighted(JSON.stringify({marker, at: performance.timeOrigin + performance.now()})); }
  };
  new MutationObserver(look).observe(document, {subtree: true, childList: true, characterData: true});
  document.addEventListener("DOMContentLoaded", look);
})()`

func openBrowser(url string) (*browser, error) {
	own, err := os.MkdirTemp("", "chromium-") // where it leaves a folder
	if err != nil {
		return nil, err
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath("chromium"), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Env("TMPDIR="+own))
	ctx, stopAll := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stopTab := chromedp.NewContext(ctx)
	b := &browser{seen: make(chan sighting, 1000), stops: []context.CancelFunc{stopTab, stopAll, func() { _ = os.RemoveAll(own) }}}
	err = chromedp.Listen(ctx, func(event any) {
		if call, ok := event.(*runtime.EventBindingCalled); ok && call.Name == "sighted" {
			var s sighting
			if json.Unmarshal([]byte(call.Payload), &s) == nil {
				b.seen <- s
			}
		}
	})
	if err == nil {
		err = chromedp.Do(ctx, chromedp.Func(prepare), chromedp.Navigate(url))
	}
	if err != nil {
		b.close()
		return nil, err
	}
	time.Sleep(time.Second) // until the page's own scripts are at rest
	return b, nil
}

// prepare has every document tell what it holds.
func prepare(ctx context.Context, t *chromedp.Target) error {
	if _, err := cdp.Call(ctx, t, runtime.AddBinding, runtime.AddBindingParams{Name: "sighted"}); err != nil {
		return err
	}
	_, err := cdp.Call(ctx, t, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: watchScript})
	return err
}

// await gives the time at which the document held a marker.
func (b *browser) await(marker string) (time.Time, bool) {
	deadline := time.After(patience)
	for {
		select {
		case s := <-b.seen:
			if s.Marker == marker {
				return time.UnixMicro(int64(s.At * 1000)), true
			}
		case <-deadline:
			return time.Time{}, false
		}
	}
}

func (b *browser) close() {
	for _, stop := range b.stops {
		stop()
	}
}
