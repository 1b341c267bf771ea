package postmortem

import (
	"strings"
	"testing"

	"publish/internal/block"
)

// linked gives blocks their links: `<#3 https://…>` in the text of a block or a
// cell is a link with the text #3.
func linked(blocks []block.Block) []block.Block {
	for i := range blocks {
		b := &blocks[i]
		for {
			start := strings.Index(b.Text, "<")
			if start < 0 {
				break
			}
			end := strings.Index(b.Text, ">")
			written := b.Text[start : end+1]
			text, dest, _ := strings.Cut(b.Text[start+1:end], " ")
			b.Links = append(b.Links, block.Link{Start: start, End: start + len(text), Dest: dest})
			b.Text = strings.Replace(b.Text, written, text, 1)
			for k := range b.Cells {
				b.Cells[k] = strings.Replace(b.Cells[k], written, text, 1)
			}
		}
	}
	return blocks
}

func TestLinksOfTheText(t *testing.T) {
	const text = `# Report
## Timeline 2024-05-01 UTC
- 09:00 <deployed https://example.org/deploys/1>
- 09:10 nothing
## Action items
- <#395 https://example.org/issues/395>: clean the cache
- [x] Read <the_manual https://example.org/manual>, then <fixed https://example.org/pull/7> it
- Ask <@ana https://example.org/ana> (owner: <Bo https://example.org/bo>)
- See <notes ../notes.md> and <mail mailto:a@example.org>
- Plain https://example.org/plain.
## Follow-up
| Action | Owner | Issue | Status |
|---|---|---|---|
| Add an alert | <Ana https://example.org/ana> | <OPS-12 https://example.org/browse/OPS-12> | done |
| <Write https://example.org/wiki> a runbook | Ana | OPS-13 | open |
| Split it | Ana | | <done https://example.org/pull/9> |
`
	r, _ := readText(linked(plainBlocks(text)), onDay("2024-05-01"))
	var got []string
	for _, e := range r.Facts.Timeline {
		got = append(got, e.Link)
	}
	for _, c := range r.Facts.Countermeasures {
		got = append(got, c.Link)
	}
	want := []string{
		"https://example.org/deploys/1", "",
		"https://example.org/issues/395", "https://example.org/pull/7", "", "", "https://example.org/plain",
		"https://example.org/browse/OPS-12", "OPS-13", "https://example.org/pull/9",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestLinksOfLines(t *testing.T) {
	blocks := []block.Block{
		{Kind: block.Heading, Depth: 2, Text: "Timeline"},
		{Kind: block.Paragraph, Text: "09:00 deployed\n09:10 saw it here\n09:20 fixed", Links: []block.Link{{Start: 27, End: 31, Dest: "https://example.org/graph"}}},
	}
	r, _ := readText(blocks, onDay("2024-05-01"))
	var got []string
	for _, e := range r.Facts.Timeline {
		got = append(got, e.Link)
	}
	if strings.Join(got, "|") != "|https://example.org/graph|" {
		t.Errorf("got %q", got)
	}
}
