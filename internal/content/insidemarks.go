package content

import (
	"strings"

	"publish/internal/block"
	"publish/internal/diag"
	"publish/internal/locale"
	"publish/internal/markdown"
)

// insideMarks shows in the internal build what only that build has: each block
// of an internal part is marked before its text, and a part that stands within
// a line is marked around its words, where they stand in the page as written.
func (d *reader) insideMarks() []markdown.Mark {
	if !d.internal {
		return nil
	}
	var marks []markdown.Mark
	for i := range d.Cuts {
		c := &d.Cuts[i]
		if c.Within {
			marks = append(marks, d.markWithin(c))
			continue
		}
		marks = append(marks, d.markLines(c)...)
	}
	return marks
}

// markLines marks what stands on the lines of a part: its blocks, the images that
// have a figure to themselves, or the lines of a block of code.
func (d *reader) markLines(c *Cut) (marks []markdown.Mark) {
	inside := func(pos diag.Pos) bool { return pos.Line >= c.Pos.Line && pos.Line <= c.Last }
	texts, above := map[int]bool{}, -1 // lines on which a block begins
	for n := range d.Body.Blocks {
		b := &d.Body.Blocks[n]
		if inside(b.Pos) && b.Text != "" {
			marks, texts[b.Pos.Line] = append(marks, d.insideMark(c, n, 0, 0)), true
		} else if b.Pos.Line < c.Pos.Line {
			above = n
		}
	}
	for i := range d.Body.Links {
		if l := &d.Body.Links[i]; l.Image && inside(l.Pos) && !texts[l.Pos.Line] {
			m := d.insideMark(c, 0, 0, 0)
			m.Block, m.Image = 0, i+1
			marks = append(marks, m)
		}
	}
	if above >= 0 && d.Body.Blocks[above].Kind == block.Code && len(marks) == 0 {
		marks = d.markCode(c, above)
	}
	return marks
}

// markCode marks the lines of a part that stands within a block of code.
func (d *reader) markCode(c *Cut, n int) (marks []markdown.Mark) {
	code := d.Body.Blocks[n].Text
	at := strings.Index(code, c.Text)
	if at < 0 {
		return nil
	}
	for line := range strings.Lines(c.Text) {
		if strings.TrimSpace(line) != "" {
			marks = append(marks, d.insideMark(c, n, at, at))
		}
		at += len(line)
	}
	return marks
}

// markWithin marks a part of a line, or else the block in which it stands.
func (d *reader) markWithin(c *Cut) markdown.Mark {
	at := -1
	for n := range d.Body.Blocks {
		if d.Body.Blocks[n].Pos.Line > c.Pos.Line {
			break
		}
		at = n
	}
	// The cells of a row, and the items of a list, may begin on one line.
	for n := range d.Body.Blocks {
		b := &d.Body.Blocks[n]
		if start, end := wordsIn(b, c); b.Pos.Line <= c.Pos.Line && end > start && (b.Pos.Line == c.Pos.Line || n == at) {
			return d.insideMark(c, n, start, end)
		}
	}
	return d.insideMark(c, at, 0, 0)
}

// wordsIn finds the words of a cut in the plain text of a block.
func wordsIn(b *block.Block, c *Cut) (start, end int) {
	plain := strings.Join(strings.Fields(strings.NewReplacer("**", "", "__", "", "`", "", "*", "").Replace(c.Text)), " ")
	if plain == "" {
		return 0, 0
	}
	if at := strings.Index(b.Text, plain); at >= 0 {
		return at, at + len(plain)
	}
	return 0, 0
}

func (d *reader) insideMark(c *Cut, n, start, end int) markdown.Mark {
	words := locale.For(d.Lang)
	label := words.T("inside")
	if c.Redacted != "" {
		label = words.T("redacted") + ": " + c.Redacted
	}
	return markdown.Mark{Block: n + 1, Start: start, End: end, Attributes: []markdown.Attribute{
		{Name: "class", Value: "inside"}, {Name: "data-inside", Value: label},
	}}
}
