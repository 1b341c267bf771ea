package content

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"publish/internal/config"
	"publish/internal/spill"
)

// usual is a report of 6.8 KB as large sites have thousands of: 12 events, 3
// impacts and 4 countermeasures in its front matter, sections, a table, code
// and lists in its text.
func usual() []byte {
	const sentence = "The alert was muted during the maintenance and nobody removed the silence. "
	var b strings.Builder
	b.WriteString("---\ntitle: \"Profile: expired certificate after upgrade\"\ndate: 2024-12-05T00:39:31Z\nseverity: SEV4\nlang: en\nservices:\n  - svc-09\n  - svc-26\ntags:\n  - tag-034\n  - tag-128\nsummary: \"" + sentence + "\"\ntimeline:\n")
	for i, kind := range []string{"started", "detected", "acknowledged", "note", "communicated", "identified", "mitigated", "change", "resolved", "note", "note", "note"} {
		fmt.Fprintf(&b, "  - at: \"2024-12-05T01:%02d:31Z\"\n    kind: %s\n    text: %q\n", 10+i, kind, sentence)
	}
	b.WriteString("impacts:\n" + strings.Repeat("  - text: \""+sentence+"\"\n    share: \"43 %\"\n", 3))
	b.WriteString("countermeasures:\n" + strings.Repeat("  - text: \""+sentence+"\"\n    owner: Goran\n    status: done\n    due: \"2024-12-20\"\n", 4))
	b.WriteString("---\n\n")
	for _, heading := range []string{"Background", "What happened", "Root cause", "What went well", "Lessons"} {
		b.WriteString("## " + heading + "\n\n" + strings.Repeat(sentence, 3) + "See [another](2016-06-04-stock.md).\n\n- " + sentence + "\n- **" + sentence + "**\n\n")
	}
	b.WriteString("| Metric | Before | After |\n| --- | ---: | ---: |\n| p50 | 92 | 182 |\n| p99 | 47 | 884 |\n\n")
	b.WriteString("```go\nfunc retry(n int) error {\n\tfor i := 0; i < n; i++ {\n\t\tif err := call(\"profile\", 2022); err == nil {\n\t\t\treturn nil // no back-off <-- the bug\n\t\t}\n\t}\n\treturn errors.New(\"gave up\")\n}\n```\n")
	return []byte(b.String())
}

func usualSettings() *settings {
	return newSettings(config.Default(), &Folder{Root: "content"}, Options{})
}

func BenchmarkUsualReport(b *testing.B) {
	raw, s := usual(), usualSettings()
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		loadDocument("content/2024-12-05-a.md", raw, s)
	}
}

// TestCostOfAReport guards what reading a site costs for each of its posts:
// allocations while it is read, and bytes that stay. The bounds are a tenth above
// what was measured last, without the race detector, which drops what pools hold at
// random: with it between 288 and 409 allocations were counted.
func TestCostOfAReport(t *testing.T) {
	raw, s := usual(), usualSettings()
	if _, diags := loadDocument("content/2024-12-05-a.md", raw, s); diags.HasErrors() {
		t.Fatal(diags)
	}
	made := testing.AllocsPerRun(5, func() { loadDocument("content/2024-12-05-a.md", raw, s) })
	if made > 240 {
		t.Errorf("%.0f allocations to read a report of %d bytes", made, len(raw))
	}
	t.Logf("%.0f allocations", made)
	texts := spill.New(0)
	defer texts.Close()
	texts.Put("what comes next waits in memory that is there for all")
	for _, c := range []struct {
		where string
		texts *spill.File
		most  int
	}{{"in memory", nil, 26 << 10}, {"with what it says on the disk", texts, 1_550}} {
		s.texts = c.texts
		stays := staying(raw, s)
		if stays > c.most {
			t.Errorf("%s %d bytes stay of a report of %d", c.where, stays, len(raw))
		}
		t.Logf("%s %d bytes stay", c.where, stays)
	}
}

// staying is how much memory a report takes when it has been read.
func staying(raw []byte, s *settings) int {
	const posts = 200
	kept := make([]*Document, posts)
	before := live()
	for i := range kept {
		kept[i], _ = loadDocument(fmt.Sprintf("content/2024-12-05-%d.md", i), raw, s)
	}
	defer runtime.KeepAlive(kept)
	return (live() - before) / posts
}

func live() int {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}
