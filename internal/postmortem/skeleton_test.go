package postmortem

import (
	"math/rand/v2"
	"testing"

	"publish/internal/block"
)

// TestSkeleton compares the skeletons of random texts with what a walk from each
// block finds.
func TestSkeleton(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	kinds := []block.Kind{block.Heading, block.Heading, block.Paragraph, block.Item, block.Row, block.Code}
	for range 500 {
		blocks := make([]block.Block, random.IntN(12))
		for i := range blocks {
			blocks[i] = block.Block{Kind: kinds[random.IntN(len(kinds))], Depth: 1 + random.IntN(4)}
		}
		s := newSkeleton(blocks, new(textMemory))
		first, tops := -1, 0
		for i, b := range blocks {
			above := i - 1
			for above >= 0 && (blocks[above].Kind != block.Heading || b.Kind == block.Heading && blocks[above].Depth >= b.Depth) {
				above--
			}
			next := i + 1
			for next < len(blocks) && blocks[next].Kind != block.Heading && blocks[next].Kind != block.Item {
				next++
			}
			if s.above[i] != above || s.next[i] != next {
				t.Fatalf("block %d of %+v: above %d, next %d; want %d and %d", i, blocks, s.above[i], s.next[i], above, next)
			}
			if b.Kind == block.Heading {
				if first < 0 {
					first = i
				}
				if b.Depth == 1 {
					tops++
				}
			}
		}
		title := -1
		if tops == 1 && blocks[first].Depth == 1 {
			title = first
		}
		if s.title != title {
			t.Fatalf("%+v: the title is %d, want %d", blocks, s.title, title)
		}
	}
}
