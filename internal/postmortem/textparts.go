package postmortem

import (
	"slices"
	"strings"

	"publish/internal/block"
	"publish/internal/locale"
)

// part is a block of a section, with what heads it there.
type part struct {
	*block.Block
	number int // of the block, from 1: what Span wants
	// at is where Text begins in the text of the block: behind the label of a
	// section that a label opens.
	at int
	// section is the heading of the section, group that of the part of it that
	// the block stands in: a heading without a role of its own, or a paragraph
	// or item that ends in a colon.
	section, group string
	// first says that the block is the first of its section.
	first bool
}

// kept are roles that are no roles of their own below a heading for
// countermeasures: "Detection" there leads what is to be done about detection.
var kept = map[locale.Role]bool{
	locale.RoleDetection: true, locale.RoleResolution: true, locale.RoleCommunication: true,
	locale.RoleImpact: true, locale.RoleMeasures: true, locale.RoleCountermeasures: true,
}

// owners gives for every block the section that it belongs to, the innermost
// one: its index in the sections, or -1.
func (t *textReader) owners(sections []Section) []int {
	if t.owned != nil {
		return t.owned
	}
	owned := t.memory.numbers.take(len(t.blocks))
	for i := range owned {
		owned[i] = -1
	}
	for n, s := range sections {
		for i := max(s.First, 0); i < min(s.Last, len(owned)); i++ {
			outer := owned[i]
			if outer >= 0 && sections[outer].Role == locale.RoleCountermeasures && !sections[outer].Label &&
				kept[s.Role] && s.First > sections[outer].First && s.Last <= sections[outer].Last {
				continue
			}
			owned[i] = n
		}
	}
	t.owned = owned
	return owned
}

// roleAt is the role of the section that a block belongs to.
func (t *textReader) roleAt(r *Reading, i int) locale.Role {
	if n := t.owners(r.Sections)[i]; n >= 0 {
		return r.Sections[n].Role
	}
	return locale.NoRole
}

// parts gives the blocks of the sections of a role, without the headings and
// leaders that group them, in the order of the text. What stands behind a label
// with the name of the role, in one block with it, is a part too.
func (t *textReader) parts(r *Reading, role locale.Role) []part {
	labelled := t.labelledParts(r, role)
	owned := t.owners(r.Sections)
	most := 0
	for _, s := range r.Sections {
		if s.Role == role {
			most += s.Last - s.First
		}
	}
	list := append(t.memory.parts.take(len(labelled) + max(0, min(most, len(owned))))[:0], labelled...)
	for n, s := range r.Sections {
		if s.Role != role {
			continue
		}
		group, first := "", true
		for i := max(s.First, 0); i < min(s.Last, len(owned)); i++ {
			b := &t.blocks[i]
			switch {
			case b.Kind == block.Heading:
				group = ""
				if owned[i] == n && (i+1 >= len(owned) || owned[i+1] == n) {
					group = b.Text
				}
				continue
			case owned[i] != n:
				continue
			case b.Kind == block.Paragraph && isLeader(b.Text):
				group = b.Text
				continue
			case b.Kind == block.Code:
				continue
			}
			list = append(list, part{Block: b, number: i + 1, section: s.Heading, group: group, first: first})
			first = false
		}
	}
	return list
}

// labelledParts gives what labels of the role say in their own block, outside of
// sections with another role: "Impact: nobody could log in".
func (t *textReader) labelledParts(r *Reading, role locale.Role) []part {
	if role != locale.RoleImpact && role != locale.RoleCause {
		return nil
	}
	if t.labelled == nil {
		t.labelled = t.findLabelled(r)
	}
	return t.labelled[role]
}

// findLabelled finds what labelledParts gives, by role.
func (t *textReader) findLabelled(r *Reading) map[locale.Role][]part {
	parts := map[locale.Role][]part{}
	for i := range t.blocks {
		b := &t.blocks[i]
		if b.Kind != block.Paragraph && b.Kind != block.Item {
			continue
		}
		if in := t.roleAt(r, i); in != locale.NoRole && in != locale.RoleSummary {
			continue
		}
		label, value, at := cutLabel(b.Text)
		if value == "" || wordCount(label) > maxLabelWords {
			continue
		}
		role := t.roleOf(label)
		if role != locale.RoleImpact && role != locale.RoleCause {
			continue
		}
		behind := *b
		behind.Text = value
		parts[role] = append(parts[role], part{Block: &behind, number: i + 1, at: at, section: label, first: true})
	}
	return parts
}

// isLeader says that a text only leads what comes next: "In progress:".
func isLeader(text string) bool {
	return len(text) < 200 && (strings.HasSuffix(text, ":") || strings.HasSuffix(text, "："))
}

// cutLabel parts a text at its first colon, if that comes early and is not the
// colon of a clock or an address.
func cutLabel(text string) (label, value string, at int) {
	head := text[:min(len(text), maxLabel+len("："))]
	at = strings.IndexByte(head, ':')
	if wide := strings.Index(head, "："); wide >= 0 && (at < 0 || wide < at) { // IndexAny costs ten times as much
		at = wide
	}
	if at <= 0 || at > maxLabel {
		return "", "", 0
	}
	label = text[:at]
	if strings.HasPrefix(text[at:], "：") {
		at += len("：")
	} else {
		at++
	}
	value = strings.TrimLeft(text[at:], " \t\n\u00A0\u202F")
	return strings.TrimSpace(label), value, len(text) - len(value)
}

// maxLabel is the length of the longest text before a colon that is looked at
// as a label, in bytes.
const maxLabel = 90

// topItems are the items of the highest rank among the parts, with the rows of
// tables; deeper items are detail.
func topItems(parts []part) []part {
	if !slices.ContainsFunc(parts, func(p part) bool { return p.Kind == block.Row || p.Kind == block.Item }) {
		return nil
	}
	top := map[string]int{} // by section: lists in a label's item begin deeper
	for _, p := range parts {
		if depth, ok := top[p.section]; p.Kind == block.Item && (!ok || p.Depth < depth) {
			top[p.section] = p.Depth
		}
	}
	items := make([]part, 0, len(parts))
	for _, p := range parts {
		if p.at == 0 && (p.Kind == block.Row || p.Kind == block.Item && p.Depth == top[p.section]) {
			items = append(items, p)
		}
	}
	if len(items) == 0 {
		return nil
	}
	return items
}
