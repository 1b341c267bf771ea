//go:build unix

// Command peers builds one corpus of reports with publish and with other
// generators, in turn, and prints a table of what it took.
//
//	make bench
//	go run ./bench/peers -posts 10000 -rounds 3 -peers hugo,eleventy
//
// Every peer makes the same kinds of pages: a page a report with contents and a
// table of countermeasures, lists by service, tag and severity, a paged home, a
// feed with full texts, a sitemap. The rows "entries" and "countermeasures" count
// them in what was written, so that nobody is quick by leaving out. publish does
// more on each page: it reads the timeline, draws it, computes the lengths and
// checks the links.
//
// The peers run one after the other, round by round, so that a slow spell of the
// machine hits them all. A figure is the median of the rounds with the least and
// the most; a ratio is the median of the ratios within the rounds.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"publish/bench/corpus"
)

func main() {
	b := &bench{}
	var names string
	flag.IntVar(&b.posts, "posts", 1000, "how many reports the site has")
	flag.IntVar(&b.rounds, "rounds", 3, "how often each peer builds it")
	flag.StringVar(&b.dir, "dir", filepath.Join(".cache", "bench"), "where the sites and the peers are put")
	flag.StringVar(&names, "peers", "hugo,eleventy,jekyll", "whom publish is measured beside; the first is what the ratios are to")
	flag.BoolVar(&b.install, "install", true, "install a peer that is missing: Hugo with go, Eleventy with npm, Jekyll with apt")
	flag.Parse()
	if err := b.run(strings.Split(names, ",")); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

type bench struct {
	posts, rounds int
	dir           string
	install       bool
}

func (b *bench) run(names []string) error {
	var err error
	if b.dir, err = filepath.Abs(b.dir); err != nil {
		return err
	}
	var peers []*peer
	for _, name := range append(names, "publish") {
		p, err := b.peer(name)
		if err != nil {
			return err
		}
		peers = append(peers, p)
	}
	reports := filepath.Join(b.dir, fmt.Sprintf("reports-%d", b.posts))
	if err := os.RemoveAll(reports); err != nil {
		return err
	}
	if err := corpus.Write(reports, b.posts); err != nil {
		return err
	}
	former := filepath.Join(b.dir, "former")
	if err := os.RemoveAll(former); err != nil { // of a run that was interrupted
		return err
	}
	if err := os.Mkdir(former, 0o755); err != nil {
		return err
	}
	defer os.RemoveAll(former)
	for _, p := range peers {
		fmt.Fprintf(os.Stderr, "preparing %s\n", p.name)
		if err := p.prepare(filepath.Join(reports, "content"), former); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	for round := range b.rounds {
		for _, p := range peers {
			fmt.Fprintf(os.Stderr, "round %d: %s\n", round+1, p.name)
			if err := p.measure(former); err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
		}
	}
	b.print(peers)
	return nil
}
