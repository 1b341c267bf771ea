package postmortem

import (
	"publish/internal/block"
	"publish/internal/locale"
)

// announcedItems gives, of a text without a section for them, the items and
// rows that something else says are to be done: the sentence above them ("We
// created follow up action items:"), or the head of their table. They often
// stand at the end of what the response was.
func (t *textReader) announcedItems(r *Reading) []part {
	var items []part
	for i := 1; i < len(t.blocks); i++ {
		b := &t.blocks[i]
		if b.Kind != block.Item && b.Kind != block.Row || t.blocks[i-1].List == b.List || !t.announces(r, i) {
			continue
		}
		var list []part
		for n := i; n < len(t.blocks); n++ {
			if next := &t.blocks[n]; next.Kind == b.Kind && next.List == b.List {
				list = append(list, part{Block: next, number: n + 1, section: t.blocks[i-1].Text})
			} else if next.Kind != block.Paragraph && next.Kind != block.Code && next.Kind != block.Item {
				break
			}
		}
		items = append(items, topItems(list)...)
	}
	return items
}

// announces says that a list or a table, by its first block, is one of things
// to be done.
func (t *textReader) announces(r *Reading, i int) bool {
	switch t.roleAt(r, i) {
	case locale.NoRole, locale.RoleResolution, locale.RoleLessons, locale.RoleSummary:
	default:
		return false
	}
	if b := t.blocks[i]; b.Head {
		for _, cell := range b.Cells {
			if phrases()["action head"].is(cell) != "" {
				return true
			}
		}
	}
	lead := t.blocks[i-1]
	return lead.Kind == block.Paragraph && isLeader(lead.Text) && len(phrases()["announced"].in(lead.Text)) > 0
}
