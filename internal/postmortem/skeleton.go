package postmortem

import "publish/internal/block"

// skeleton is how the blocks of a text hang together. It is made once, so that
// the work on a text with very many sections stays in step with its length.
type skeleton struct {
	// above has for each block the heading that it stands under: of a heading,
	// the nearest one of a higher level. -1 if there is none.
	above []int
	// next has for each block the next list item or heading behind it.
	next []int
	// title is the first heading if no other is of the first level; -1 if not.
	title int
}

// skeleton makes the skeleton when it is first asked for.
func (t *textReader) skeleton() *skeleton {
	if t.bones == nil {
		t.bones = newSkeleton(t.blocks, t.memory)
	}
	return t.bones
}

func newSkeleton(blocks []block.Block, memory *textMemory) *skeleton {
	s := &skeleton{above: memory.numbers.take(len(blocks)), next: memory.numbers.take(len(blocks)), title: -1}
	var open []int // the headings that a block stands under
	headings, tops := 0, 0
	for i := range blocks {
		b := &blocks[i]
		if b.Kind == block.Heading {
			for len(open) > 0 && blocks[open[len(open)-1]].Depth >= b.Depth {
				open = open[:len(open)-1]
			}
			if b.Depth == 1 {
				if tops++; headings == 0 {
					s.title = i
				}
			}
			headings++
		}
		s.above[i] = -1
		if len(open) > 0 {
			s.above[i] = open[len(open)-1]
		}
		if b.Kind == block.Heading {
			open = append(open, i)
		}
	}
	if tops > 1 {
		s.title = -1
	}
	next := len(blocks)
	for i := len(blocks) - 1; i >= 0; i-- {
		s.next[i] = next
		if k := blocks[i].Kind; k == block.Item || k == block.Heading {
			next = i
		}
	}
	return s
}

// headingAt is the heading that stands at a block, or that the block stands
// under; -1 if there is none.
func (t *textReader) headingAt(i int) int {
	if i < 0 || t.blocks[i].Kind == block.Heading {
		return i
	}
	return t.skeleton().above[i]
}
