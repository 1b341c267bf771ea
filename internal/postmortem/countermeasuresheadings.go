package postmortem

import (
	"strings"

	"publish/internal/block"
	"publish/internal/locale"
	"publish/internal/pattern"
)

// enumerated is a heading that counts: "1) Renew earlier", "#### 2. Alerts".
var enumerated = pattern.New(`^(?:#?\d{1,2}[.)）:、]|\(\d{1,2}\)|（\d{1,2}）|[①-⑳])\s*(\S.*)$`)

// headedCountermeasures reads the headings that count what is to be done, where
// no list and no table does: each has its explanation below it.
func (t *textReader) headedCountermeasures(r *Reading) []Countermeasure {
	var list []Countermeasure
	for n, s := range r.Sections {
		if s.Role != locale.RoleCountermeasures || s.Label {
			continue
		}
		var found []Countermeasure
		depth := 0
		for i := s.First; i < s.Last; i++ {
			b := t.blocks[i]
			if b.Kind != block.Heading {
				continue
			}
			m := enumerated.FindStringSubmatch(b.Text)
			if m == nil || t.owners(r.Sections)[i] != n || depth > 0 && b.Depth != depth {
				continue
			}
			depth = b.Depth
			end := len(b.Text)
			b.Text = m[1]
			if c, ok := t.countermeasureItem(part{Block: &b, number: i + 1, section: s.Heading}); ok {
				c.Span = Span{Block: i + 1, End: end}
				found = append(found, c)
			}
		}
		if len(found) > 1 {
			list = append(list, found...)
		}
	}
	return list
}

// legendName is what a legend explains: "Prevent - so that it does not happen
// again", "検知: より早く…".
var legendName = pattern.New(`^(.{1,40}?)\s*(?:[:：=]|\s[-–—]\s)`)

// withoutLegends leaves out the lists that only explain the words in the cells
// of a table of the same section.
func withoutLegends(items []part) []part {
	cells := map[string]bool{}
	for _, p := range items {
		if p.Kind == block.Row && !p.Head {
			for _, cell := range p.Cells {
				if len(cell) <= 40 {
					cells[p.section+"\n"+plainWords(cell)] = true
				}
			}
		}
	}
	if len(cells) == 0 {
		return items
	}
	count, explained := map[int]int{}, map[int]int{}
	for _, p := range items {
		if p.Kind != block.Item || p.Task != block.NoTask {
			continue
		}
		count[p.List]++
		if m := legendName.FindStringSubmatch(p.Text); m != nil && cells[p.section+"\n"+plainWords(strings.TrimSpace(m[1]))] {
			explained[p.List]++
		}
	}
	kept := items[:0:0]
	for _, p := range items {
		if p.Kind == block.Item && explained[p.List] > 1 && explained[p.List]*2 > count[p.List] {
			continue
		}
		kept = append(kept, p)
	}
	return kept
}
