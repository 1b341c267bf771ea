//go:build linux

package hostile

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// TestHostilePreview puts the cases one after the other into the site of one preview. With
// each the good pages are right, and an edit of a good page shows; when it is gone,
// every page is what a clean build writes. `make test` tries one of every few.
func TestHostilePreview(t *testing.T) {
	w := newWorkshop(t)
	site := filepath.Join(w.dir, "site")
	w.plainSite(t, site)
	p := w.serve(t, site)
	round := 0
	for i, c := range readTable(t) {
		if c.run != "" || c.slow || !*whole && (i%every != 0 || c.size() > little) {
			continue
		}
		round++
		t.Run(c.name, func(t *testing.T) {
			for _, f := range c.files {
				w.put(t, site, f)
			}
			p.edit(t, site, fmt.Sprintf("It met case %d.", round))
			p.good(t)
			w.takeAway(t, site, c)
			p.edit(t, site, fmt.Sprintf("Case %d is gone.", round))
			p.agrees(t, w, site)
		})
		if t.Failed() {
			break // what follows would say the same
		}
	}
	t.Logf("%d cases, one preview", round)
}

// every is how many cases there are for one that `make test` gives to the preview.
const every = 25

// preview is one that runs, and what it said.
type preview struct {
	url  string
	mu   sync.Mutex
	said bytes.Buffer
}

func (p *preview) Write(text []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.said.Write(text)
}

func (p *preview) text() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.said.String()
}

var servedAt = regexp.MustCompile(`at (http://\S+) \(ctrl-c`)

// serve starts a preview, which ends with the test and must end well.
func (w *workshop) serve(t *testing.T, site string) *preview {
	t.Helper()
	p := &preview{}
	command := exec.Command(w.program, "serve", "--addr", "localhost:0")
	command.Dir, command.Env, command.Stdout, command.Stderr = site, environment(), p, p
	if w.nobody {
		command.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534, NoSetGroups: true}}
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Signal(os.Interrupt)
		hung := time.AfterFunc(patience, func() { _ = command.Process.Kill() })
		err := command.Wait()
		if hung.Stop(); err != nil {
			t.Errorf("the preview ended with %v:\n%s", err, p.text())
		}
		if found := regexp.MustCompile(`goroutine |panic|runtime error`).FindString(p.text()); found != "" {
			t.Errorf("the preview says %q:\n%s", found, p.text())
		}
	})
	p.eventually(t, "it says where it is", func() bool {
		m := servedAt.FindStringSubmatch(p.text())
		if m != nil {
			p.url = strings.TrimSuffix(m[1], "/")
		}
		return m != nil
	})
	return p
}

// eventually asks again and again until the answer is yes.
func (p *preview) eventually(t *testing.T, what string, yes func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !yes(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			text := p.text()
			t.Fatalf("it is not so: %s\n%s", what, text[max(0, len(text)-4000):])
		}
	}
}

// get asks for a file of the site.
func (p *preview) get(t *testing.T, name string) (int, []byte) {
	t.Helper()
	response, err := http.Get(p.url + "/" + strings.TrimSuffix(name, "index.html"))
	if err != nil {
		t.Fatalf("%v\n%s", err, p.text())
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, data
}

// edit writes a sentence into a good page and waits until it shows.
func (p *preview) edit(t *testing.T, site, sentence string) {
	t.Helper()
	other := good[1] // of a kind whose layout no case replaces
	if err := os.WriteFile(filepath.Join(site, other.file), []byte(other.text+"\n"+sentence+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	p.eventually(t, "the page shows "+sentence, func() bool {
		status, page := p.get(t, other.path)
		return status == http.StatusOK && bytes.Contains(page, []byte(sentence))
	})
}

// good: the good pages are there and right.
func (p *preview) good(t *testing.T) {
	t.Helper()
	for _, g := range good {
		if status, page := p.get(t, g.path); status != http.StatusOK || !bytes.Contains(page, []byte(g.shows)) {
			t.Errorf("%s: status %d, and it is not right", g.path, status)
		}
	}
}

var previewTag = regexp.MustCompile(`<script src="/-publish/live\.js" data-path="[^"]*" data-version="[^"]*" defer></script>`)

// agrees: each file is what a clean build writes.
func (p *preview) agrees(t *testing.T, w *workshop, site string) {
	t.Helper()
	dir, err := os.MkdirTemp(w.dir, "built-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")
	if built := w.run(t, site, []string{"build", "--output", out}); built.code != 0 {
		t.Fatalf("the site without the case does not build:\n%s", built.said)
	}
	err = fs.WalkDir(os.DirFS(out), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(name, ".") {
			return err
		}
		want, err := os.ReadFile(filepath.Join(out, name))
		p.eventually(t, name+" is what a build writes", func() bool {
			_, got := p.get(t, name)
			return bytes.Equal(previewTag.ReplaceAll(got, nil), want)
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// takeAway removes what a case put into the site.
func (w *workshop) takeAway(t *testing.T, site string, c *trial) {
	t.Helper()
	for _, f := range c.files {
		top, rest, _ := strings.Cut(filepath.Clean(f.name), "/")
		if top == "content" {
			below, _, _ := strings.Cut(rest, "/")
			top = filepath.Join(top, below)
		}
		name := filepath.Join(site, top)
		_ = os.Chmod(name, 0o755) // of a folder that nobody may enter
		if err := os.RemoveAll(name); err != nil {
			t.Fatal(err)
		}
	}
	w.put(t, site, file{name: "publish.yaml", how: "=", text: settings})
}
