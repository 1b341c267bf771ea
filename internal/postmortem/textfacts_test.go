package postmortem

import (
	"os"
	"strings"
	"testing"

	"publish/internal/block"
	"publish/internal/diag"
)

// plainBlocks makes blocks of a plain form of Markdown: headings, paragraphs of
// one line, items nested by two blanks, task boxes, tables with pipes.
func plainBlocks(text string) []block.Block {
	var blocks []block.Block
	lists := 0
	inList := false
	line := 0
	for raw := range strings.Lines(text) {
		line++
		s := strings.TrimSpace(raw)
		b := block.Block{Kind: block.Paragraph, Text: s, Pos: diag.Pos{File: "x.md", Line: line, Column: 1}}
		switch {
		case s == "":
			inList = false
			continue
		case strings.HasPrefix(s, "#"):
			b.Kind, b.Depth = block.Heading, strings.Index(s, " ")
			b.Text = s[b.Depth+1:]
		case strings.HasPrefix(s, "- "), s == "-":
			b.Kind, b.Depth = block.Item, strings.Index(raw, "-")/2+1
			b.Text = strings.TrimSpace(s[1:])
			if rest, ok := strings.CutPrefix(b.Text, "[ ] "); ok {
				b.Task, b.Text = block.OpenTask, rest
			} else if rest, ok := strings.CutPrefix(b.Text, "[x] "); ok {
				b.Task, b.Text = block.DoneTask, rest
			}
		case strings.HasPrefix(s, "|"):
			if strings.Trim(s, "|-: ") == "" && strings.Contains(s, "-") && len(blocks) > 0 {
				blocks[len(blocks)-1].Head = true
				continue
			}
			b.Kind = block.Row
			for cell := range strings.SplitSeq(strings.Trim(s, "|"), "|") {
				b.Cells = append(b.Cells, strings.TrimSpace(cell))
			}
			b.Text = strings.Join(b.Cells, "\t")
		}
		if b.Kind == block.Item || b.Kind == block.Row {
			if !inList {
				lists++
			}
			b.List, inList = lists, true
		} else {
			inList = false
		}
		blocks = append(blocks, b)
	}
	return blocks
}

// readText finds the sections of a text and reads it.
func readText(blocks []block.Block, c Context) (*Reading, diag.List) {
	return ReadText(blocks, FindSections(blocks, c), c)
}

// reading reads a file of testdata.
func reading(t *testing.T, name string, c Context) *Reading {
	t.Helper()
	text, err := os.ReadFile("testdata/text/" + name)
	if err != nil {
		t.Fatal(err)
	}
	r, _ := readText(plainBlocks(string(text)), c)
	return r
}

// onDay is a context that knows the day of the document.
func onDay(date string) Context {
	m, _ := ParseMoment(date)
	return Context{Date: m}
}

func equal[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// Any text gives a reading, and every place in it lies in the text.
func FuzzReadText(f *testing.F) {
	entries, err := os.ReadDir("testdata/text")
	if err != nil {
		f.Fatal(err)
	}
	for _, e := range entries {
		text, err := os.ReadFile("testdata/text/" + e.Name())
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		blocks := plainBlocks(text)
		r, _ := readText(blocks, onDay("2024-03-05"))
		for _, c := range r.Facts.Countermeasures {
			s := c.Span
			if s.Block < 1 || s.Block > len(blocks) || s.Start < 0 || s.End < s.Start || s.End > len(blocks[s.Block-1].Text) {
				t.Errorf("%+v lies outside of the text", s)
			}
			if c.Text == "" || c.Status == "" {
				t.Errorf("a countermeasure without text or status: %+v", c)
			}
		}
		for _, u := range r.Facts.Updates {
			if !u.At.Known() {
				t.Errorf("an update without a time: %+v", u)
			}
		}
	})
}
