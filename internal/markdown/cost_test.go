package markdown

import (
	"strings"
	"testing"
)

// post is the text of a report of the usual kind, about 3 KB.
var post = []byte(`The certificate had been renewed on disk but the process *never* reloaded it (` + "`reload-17`" + `).

## What happened

Dashboards showed a rise **before** the alert. See also [the failover](2016-06-04-failover.md).

| Metric | Before | During | After |
| --- | ---: | ---: | ---: |
| p50 latency | 92 | 182 | 2 |
| error rate | 54 | 880 | 68 |

` + strings.Repeat("```go\nfunc retry(n int) error {\n\tfor i := 0; i < n; i++ {\n\t\tif err := call(\"profile\", 2022); err == nil {\n\t\t\treturn nil // no back-off <-- the bug\n\t\t}\n\t}\n\treturn errors.New(\"gave up && failed\")\n}\n```\n\nText between.\n\n", 4) +
	strings.Repeat("- A retry storm from the mobile clients tripled the load on the primary.\n", 12))

// BenchmarkReport reads a report, BenchmarkReportPage writes its code in colour.
func BenchmarkReport(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Parse(post, Options{})
	}
}

func BenchmarkReportPage(b *testing.B) {
	doc, _ := Parse(post, Options{})
	var dst []byte
	b.ReportAllocs()
	for b.Loop() {
		dst = doc.AppendHTML(dst[:0], goldenResolve)
	}
}

// TestParseColoursNothing: reading a text does not pay for colours, which only
// its page shows.
func TestParseColoursNothing(t *testing.T) {
	if doc, _ := Parse(post, Options{}); !strings.Contains(string(doc.AppendHTML(nil, goldenResolve)), `<span class="k">func</span>`) {
		t.Fatal("the code is not coloured")
	}
	plain := []byte(strings.ReplaceAll(string(post), "```go", "```none"))
	cost := func(text []byte) float64 {
		least := testing.AllocsPerRun(5, func() { Parse(text, Options{}) })
		for range 9 { // the race detector drops what pools hold, now and then
			least = min(least, testing.AllocsPerRun(5, func() { Parse(text, Options{}) }))
		}
		return least
	}
	if coloured, plain := cost(post), cost(plain); coloured > plain+20 {
		t.Errorf("%.0f allocations, and %.0f without a known language", coloured, plain)
	}
}
