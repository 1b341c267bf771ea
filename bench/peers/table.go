//go:build unix

package main

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// print prints the table as Markdown, so that it can be put into a document.
func (b *bench) print(peers []*peer) {
	first := peers[0]
	fmt.Printf("%d reports, %d rounds; median (least–most); ratios to %s\n\n", b.posts, b.rounds, first.name)
	fmt.Print("| |")
	for _, p := range peers {
		fmt.Printf(" %s |", p.name)
	}
	fmt.Print("\n|---|")
	for range peers {
		fmt.Print("---:|")
	}
	fmt.Println()
	row := func(title string, cell func(p *peer) string) {
		fmt.Printf("| %s |", title)
		for _, p := range peers {
			fmt.Printf(" %s |", cell(p))
		}
		fmt.Println()
	}
	figures := func(title string, runs func(p *peer) []cost) {
		row(title+", wall s", func(p *peer) string { return seconds(runs(p), func(c cost) time.Duration { return c.wall }) })
		row(title+", ratio", func(p *peer) string {
			return ratio(runs(p), runs(first), func(c cost) float64 { return c.wall.Seconds() })
		})
		row(title+", CPU s", func(p *peer) string { return seconds(runs(p), func(c cost) time.Duration { return c.cpu }) })
		row(title+", ratio of CPU", func(p *peer) string {
			return ratio(runs(p), runs(first), func(c cost) float64 { return c.cpu.Seconds() })
		})
		row(title+", memory MiB", func(p *peer) string {
			return strconv.FormatInt(slices.MaxFunc(runs(p), func(a, b cost) int { return int(a.memory - b.memory) }).memory>>20, 10)
		})
	}
	figures("cold", func(p *peer) []cost { return p.cold })
	figures("again", func(p *peer) []cost { return p.again })
	row("pages", func(p *peer) string { return strconv.Itoa(p.wrote.pages) })
	row("files", func(p *peer) string { return strconv.Itoa(p.wrote.files) })
	row("MB", func(p *peer) string { return fmt.Sprintf("%.1f", float64(p.wrote.bytes)/1e6) })
	row("entries of lists", func(p *peer) string { return strconv.Itoa(p.wrote.entries) })
	row("countermeasures", func(p *peer) string { return strconv.Itoa(p.wrote.countermeasures) })
}

// seconds gives the median of a figure with its bounds.
func seconds(runs []cost, of func(cost) time.Duration) string {
	all := make([]time.Duration, len(runs))
	for i, c := range runs {
		all[i] = of(c)
	}
	slices.Sort(all)
	return fmt.Sprintf("%.2f (%.2f–%.2f)", all[len(all)/2].Seconds(), all[0].Seconds(), all[len(all)-1].Seconds())
}

// ratio gives the median of the ratios within the rounds.
func ratio(runs, base []cost, of func(cost) float64) string {
	all := make([]float64, len(runs))
	for i := range runs {
		all[i] = of(runs[i]) / of(base[i])
	}
	slices.Sort(all)
	return fmt.Sprintf("%.2f", all[len(all)/2])
}
