//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// Versions of the peers: the newest that can be installed with the tools that
// the tests need anyway.
const (
	hugoModule = "github.com/gohugoio/hugo@v0.165.0"
	templates  = "bench/peers"
)

// peer is a generator with its site.
type peer struct {
	name string
	dir  string // of its site
	// content is the folder of the reports in it, and edit what has to be
	// different in their texts.
	content string
	edit    func(text string) string
	command []string
	output  string
	// caches are what a cold build may not find.
	caches []string
	cold   []cost
	again  []cost
	wrote  tally
}

// cost is what one run took.
type cost struct {
	wall, cpu time.Duration
	memory    int64 // the most that was resident, in bytes
}

// tally is what was written.
type tally struct {
	pages, files, entries, countermeasures int
	bytes                                  int64
}

// peer installs a peer if need be.
func (b *bench) peer(name string) (*peer, error) {
	p := &peer{name: name, dir: filepath.Join(b.dir, fmt.Sprintf("%s-%d", name, b.posts)), output: "public", edit: func(text string) string { return text }}
	labels := func(text string) string { return strings.Replace(text, "\ntags:", "\nlabels:", 1) } // tags mean something else there
	switch name {
	case "publish":
		program, err := filepath.Abs("publish")
		if err != nil {
			return nil, err
		}
		p.content, p.command = "content", []string{program, "build", "--quiet"}
	case "hugo":
		program := filepath.Join(b.dir, "bin", "hugo")
		p.content, p.command, p.caches = "content/postmortems", []string{program, "--quiet"}, []string{"resources"}
		return p, b.need(program, []string{"env", "CGO_ENABLED=0", "GOBIN=" + filepath.Dir(program), "go", "install", hugoModule})
	case "eleventy":
		program := filepath.Join(b.dir, "npm", "node_modules", ".bin", "eleventy")
		p.content, p.command, p.edit = "content", []string{program, "--quiet"}, labels
		lock, err := filepath.Abs(filepath.Join(templates, "eleventy"))
		if err != nil {
			return nil, err
		}
		return p, b.need(program, []string{"sh", "-c", `mkdir -p "$1" && cp "$2"/package*.json "$1" && cd "$1" && npm ci --ignore-scripts --no-audit --no-fund`, "npm", filepath.Join(b.dir, "npm"), lock})
	case "jekyll":
		p.content, p.command, p.edit = "_posts", []string{"jekyll", "build", "--quiet"}, labels
		p.caches = []string{".jekyll-cache"}
		if _, err := exec.LookPath("jekyll"); err != nil {
			return p, b.need("jekyll", []string{"tools/need.sh", "jekyll=jekyll"})
		}
	default:
		return nil, fmt.Errorf("there is no peer %q: hugo, eleventy, jekyll", name)
	}
	return p, nil
}

// need runs a command that installs a program, if it is missing.
func (b *bench) need(program string, install []string) error {
	if _, err := os.Stat(program); err == nil {
		return nil
	}
	if !b.install {
		return fmt.Errorf("%s is missing", program)
	}
	fmt.Fprintf(os.Stderr, "installing %s\n", filepath.Base(program))
	c := exec.Command(install[0], install[1:]...)
	c.Stdout, c.Stderr = os.Stderr, os.Stderr
	return c.Run()
}

// aside moves what stands somewhere, if anything does. It is removed when all is
// measured: ext4 looks at each inode that was freed in the last minutes before it
// gives a new file another, which cost whoever built next 9 s of system time.
func aside(from, to string) error {
	if err := os.Rename(from, to); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// prepare writes the site: the peer's templates and the reports.
func (p *peer) prepare(reports, former string) error {
	if err := aside(p.dir, filepath.Join(former, p.name)); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(p.dir, p.content), 0o755); err != nil {
		return err
	}
	if p.name == "publish" {
		const settings = "title: Benchmark\nlanguage: en\nbase_url: https://example.org/bench/\noutputs: [html, feeds]\npages: {countermeasures: off, insights: off}\n"
		if err := os.WriteFile(filepath.Join(p.dir, "publish.yaml"), []byte(settings), 0o644); err != nil {
			return err
		}
	} else if err := os.CopyFS(p.dir, os.DirFS(filepath.Join(templates, p.name))); err != nil {
		return err
	}
	return errors.Join(p.copyReports(reports), p.finish())
}

func (p *peer) copyReports(reports string) error {
	files, err := os.ReadDir(reports)
	if err != nil {
		return err
	}
	for _, f := range files {
		text, err := os.ReadFile(filepath.Join(reports, f.Name()))
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(p.dir, p.content, f.Name()), []byte(p.edit(string(text))), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// finish puts what a peer wants elsewhere to its place.
func (p *peer) finish() error {
	style, err := os.ReadFile(filepath.Join(templates, "style.css"))
	if err != nil {
		return err
	}
	put := func(name string) error {
		file := filepath.Join(p.dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		return os.WriteFile(file, style, 0o644)
	}
	switch p.name {
	case "hugo":
		return put("static/style.css")
	case "jekyll":
		return put("style.css")
	case "eleventy":
		return errors.Join(put("style.css"),
			os.Rename(filepath.Join(p.dir, "content.11tydata.mjs"), filepath.Join(p.dir, p.content, "content.11tydata.mjs")),
			os.Symlink(filepath.Join(filepath.Dir(p.dir), "npm", "node_modules"), filepath.Join(p.dir, "node_modules")))
	}
	return nil
}

// measure builds from nothing, and then again.
func (p *peer) measure(former string) error {
	for i, name := range append(p.caches, p.output) {
		if err := aside(filepath.Join(p.dir, name), filepath.Join(former, fmt.Sprintf("%s-%d-%d", p.name, len(p.cold), i))); err != nil {
			return err
		}
	}
	cold, err := p.build()
	if err != nil {
		return err
	}
	p.cold = append(p.cold, cold)
	again, err := p.build()
	if err != nil {
		return err
	}
	p.again = append(p.again, again)
	p.wrote, err = count(filepath.Join(p.dir, p.output))
	return err
}

func (p *peer) build() (cost, error) {
	c := exec.Command(p.command[0], p.command[1:]...)
	c.Dir = p.dir
	var said bytes.Buffer
	c.Stdout, c.Stderr = &said, &said
	begin := time.Now()
	if err := c.Run(); err != nil {
		return cost{}, fmt.Errorf("%w\n%s", err, said.Bytes())
	}
	took := cost{wall: time.Since(begin), cpu: c.ProcessState.UserTime() + c.ProcessState.SystemTime()}
	if usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage); ok {
		took.memory = int64(usage.Maxrss) * 1024 // Linux counts in KiB
	}
	return took, nil
}

// count counts what was written, and in it what every peer must have written.
func count(dir string) (tally, error) {
	var t tally
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		t.files++
		t.bytes += int64(len(data))
		if filepath.Ext(path) == ".html" {
			t.pages++
			t.entries += bytes.Count(data, []byte(`<li class="entry"`))
			t.countermeasures += bytes.Count(data, []byte(`class="countermeasure"`)) + bytes.Count(data, []byte(` data-countermeasure="`))
		}
		return nil
	})
	return t, err
}
