package watch

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// manyFiles makes a site of n files, a hundred in each folder.
func manyFiles(b *testing.B, n int) string {
	root := b.TempDir()
	for i := range n {
		dir := filepath.Join(root, fmt.Sprint("d", i/100))
		if i%100 == 0 {
			if err := os.Mkdir(dir, 0o755); err != nil {
				b.Fatal(err)
			}
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.md", i)), []byte("text"), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	return root
}

// BenchmarkLatency measures from the begin of a writing until Next names the
// file, among 20 000 others.
func BenchmarkLatency(b *testing.B) {
	for _, poll := range []bool{false, true} {
		b.Run(map[bool]string{false: "events", true: "poll"}[poll], func(b *testing.B) {
			root := manyFiles(b, 20_000)
			w, err := New(root, Options{Poll: poll})
			if err != nil {
				b.Fatal(err)
			}
			defer w.Close()
			var took []time.Duration
			for i := 0; b.Loop(); i++ {
				name := fmt.Sprintf("d%d/%d.md", i%200, i%200*100+i/200%100)
				begun := time.Now()
				if err := os.WriteFile(filepath.Join(root, name), fmt.Appendf(nil, "text %d", i), 0o644); err != nil {
					b.Fatal(err)
				}
				for told := false; !told; {
					batch, err := w.Next(b.Context())
					if err != nil {
						b.Fatal(err)
					}
					told = slices.Contains(batch.Paths, name)
				}
				took = append(took, time.Since(begun))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds()), "median-µs")
			b.ReportMetric(float64(took[len(took)-1].Microseconds()), "worst-µs")
		})
	}
}

// BenchmarkNew measures the start, and BenchmarkSweep what one sweep costs.
func BenchmarkNew(b *testing.B) {
	root := manyFiles(b, 20_000)
	for b.Loop() {
		w, err := New(root, Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		w.Close()
		b.StartTimer()
	}
}

func BenchmarkSweep(b *testing.B) {
	root := manyFiles(b, 20_000)
	w, err := New(root, Options{})
	if err != nil {
		b.Fatal(err)
	}
	w.Close() // its tree is ours now
	for b.Loop() {
		for real, p := range w.tree.places {
			w.tree.compare(p, list(w.tree.root, real), false)
		}
	}
}
