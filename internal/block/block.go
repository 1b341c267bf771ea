// Package block is the text of a document as a flat stream of blocks with
// their places: what package markdown gives and what the recognisers of package
// postmortem read, so that neither has to know the other.
package block

import (
	"strings"

	"publish/internal/diag"
)

// Kind says what a Block is.
type Kind uint8

// The kinds of blocks.
const (
	Heading   Kind = iota + 1
	Paragraph      // also text that stands loose in a quotation or in HTML
	Item           // the own text of a list item, without its sub-lists
	Row            // a table row, cells divided by tabs; the head row has Head set
	Code
)

// Block is a piece of the text with its place.
type Block struct {
	Kind  Kind
	Depth int      // heading level; nesting of an item, from 1, as its numbers or its indentation tell
	Text  string   // plain; hard line breaks are \n, soft ones blanks
	Soft  []int    // the bytes of Text that are blanks where the source breaks its line
	Cells []string // of a row
	Head  bool     // of a row
	Task  Task     // of an item
	List  int      // number of the list or table in the document, from 1
	Links []Link   // in the order of the text
	// Pos is the place of the block's first character; of an item, the first
	// of its text (its marker's place if it has none).
	Pos diag.Pos
}

// Link is a link in the text of a block.
type Link struct {
	Start, End int    // bytes of the block's Text that are its own text
	Dest       string // as written, entities and escapes undone
}

// Task is the state of a task-list item.
type Task uint8

// The states of a task.
const (
	NoTask Task = iota
	OpenTask
	DoneTask
)

// Lines counts the lines of the block's Text, as LineStarts gives them.
func (b *Block) Lines() int { return 1 + len(b.Soft) + strings.Count(b.Text, "\n") }

// LineStarts gives the bytes of the block's Text where its lines begin, as its
// author wrote them: behind hard and soft breaks.
func (b *Block) LineStarts() []int {
	starts := []int{0}
	soft := b.Soft
	for i := range len(b.Text) {
		if len(soft) > 0 && soft[0] == i {
			soft = soft[1:]
			starts = append(starts, i+1)
		} else if b.Text[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}
