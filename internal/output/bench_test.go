package output

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkWrite times what putting 500 pages of 38 KB, as reports have, into a
// folder costs: an empty one; one that holds them; one where each differs; and
// one where their keys tell that they need not be made.
func BenchmarkWrite(b *testing.B) {
	pages := func(text string) map[string]string {
		made := map[string]string{}
		for i := range 500 {
			made[fmt.Sprintf("/2026/%d/report-%03d/", i%12+1, i)] = text + strings.Repeat("<p>38 bytes of a paragraph, or so.</p>\n", 1000)
		}
		return made
	}
	first, other := pages("a"), pages("b")
	for _, c := range []struct {
		name string
		once map[string]string // is there already
		keys bool
		next func(i int) map[string]string
	}{
		{"cold", nil, false, func(int) map[string]string { return first }},
		{"same", first, false, func(int) map[string]string { return first }},
		{"other", first, false, func(i int) map[string]string { return []map[string]string{other, first}[i%2] }},
		{"keys", first, true, func(int) map[string]string { return first }},
	} {
		b.Run(c.name, func(b *testing.B) {
			root := b.TempDir()
			o := Options{Dir: filepath.Join(root, "public")}
			if c.keys {
				o.Keys = filepath.Join(root, "keys")
			}
			if c.once != nil {
				(&keyed{}).build(b, c.once, o)
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if c.once == nil {
					b.StopTimer()
					if err := os.RemoveAll(o.Dir); err != nil {
						b.Fatal(err)
					}
					b.StartTimer()
				}
				(&keyed{}).build(b, c.next(i), o)
			}
			b.ReportMetric(b.Elapsed().Seconds()*1e6/float64(b.N*len(first)), "µs/page")
		})
	}
}
