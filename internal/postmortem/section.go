package postmortem

import (
	"strings"

	"publish/internal/block"
	"publish/internal/locale"
)

// A label has at most this many words; more are a sentence.
const maxLabelWords = 5

// usualSections is how many sections most texts have at most.
const usualSections = 8

// findSections does what FindSections says.
func (t *textReader) findSections() []Section {
	sections := make([]Section, 0, usualSections)
	open := 0 // where the timelines end that headings opened
	for i := range t.blocks {
		switch b := &t.blocks[i]; b.Kind {
		case block.Heading:
			role := t.roleOf(b.Text)
			if role == locale.NoRole || t.isTitle(i) || i < open && t.beginsWithTime(b.Text) {
				continue
			}
			last := t.headingEnd(i, role)
			if role == locale.RoleTimeline {
				open = max(open, last)
			}
			sections = append(sections, Section{Role: role, Heading: b.Text, First: i + 1, Last: last})
		case block.Paragraph, block.Item:
			if t.labelsOwnLines(b) {
				first, _, _ := strings.Cut(b.Text[:b.LineStarts()[1]], "\n")
				sections = append(sections, Section{Role: locale.RoleTimeline, Heading: label(first), Label: true, First: i, Last: t.labelEnd(i)})
				continue
			}
			if b.Kind == block.Item && t.labelEnd(i) == i+1 {
				continue // as most items: they head nothing, whatever they say
			}
			role := t.labelRole(b)
			if role == locale.NoRole {
				continue
			}
			last := t.labelEnd(i)
			if last == i+1 {
				continue
			}
			sections = append(sections, Section{Role: role, Heading: label(b.Text), Label: true, First: i + 1, Last: last})
		}
	}
	t.findToldTimeline(sections)
	return sections
}

// leastTold is how many lines with a time of day make a timeline of a section
// that says what happened.
const leastTold = 3

// findToldTimeline makes timelines of the summaries that are ones, where no
// section is called a timeline: "What happened", and under it what happened
// when.
func (t *textReader) findToldTimeline(sections []Section) {
	for _, s := range sections {
		if s.Role == locale.RoleTimeline {
			return
		}
	}
	for n := range sections {
		s := &sections[n]
		if s.Role != locale.RoleSummary || s.Label {
			continue
		}
		told := 0
		for i := s.First; i < s.Last; i++ {
			told += t.timesIn(&t.blocks[i])
		}
		if told >= leastTold {
			s.Role = locale.RoleTimeline
		}
	}
}

// timesIn counts the lines of a block that begin with a time of day.
func (t *textReader) timesIn(b *block.Block) int {
	if b.Kind == block.Code || b.Kind == block.Row && len(b.Cells) == 0 {
		return 0
	}
	n := 0
	few := [1]int{}
	starts := few[:]
	if b.Lines() > 1 {
		starts = b.LineStarts()
	}
	for _, from := range starts {
		if e, problem := scanEntryTime(b.Text[from:], t.context.Zones); problem == NoProblem && e.clocked() {
			n++
		}
	}
	return n
}

// labelsOwnLines says that the first line of a paragraph is the label of a
// timeline and that the lines below it are its entries.
func (t *textReader) labelsOwnLines(b *block.Block) bool {
	if b.Kind != block.Paragraph || b.Lines() < 3 {
		return false
	}
	starts := b.LineStarts()
	first := *b
	first.Text = strings.TrimSpace(b.Text[:starts[1]])
	return t.labelRole(&first) == locale.RoleTimeline && t.beginsWithTime(b.Text[starts[1]:]) && t.beginsWithTime(b.Text[starts[2]:])
}

// signSelectors choose how a sign before a heading is drawn, and say nothing.
var signSelectors = strings.NewReplacer("\ufe0f", "", "\ufe0e", "", "\u200d", "")

func (t *textReader) roleOf(heading string) locale.Role {
	if !isASCII(heading) {
		heading = signSelectors.Replace(heading)
	}
	return locale.RoleOf(heading, t.context.Headings)
}

// isTitle says that a heading is the title of the whole text, which has no role
// even if it sounds like one: the only one of the first level, and the first.
func (t *textReader) isTitle(i int) bool {
	if t.blocks[i].Depth != 1 {
		return false
	}
	if t.blocks[i].Text == t.context.Title {
		return true
	}
	return t.skeleton().title == i && wordCount(t.blocks[i].Text) > 3
}

// headingEnd is where the section of a heading ends: at the next heading of the
// same or a higher level. In a timeline a heading that is a day or an event
// ends nothing, whatever its level.
func (t *textReader) headingEnd(i int, role locale.Role) int {
	for j := i + 1; j < len(t.blocks); j++ {
		b := &t.blocks[j]
		if b.Kind != block.Heading || b.Depth > t.blocks[i].Depth {
			continue
		}
		if role != locale.RoleTimeline || !t.beginsWithTime(b.Text) || j == i+1 && t.isDay(b.Text) {
			return j
		}
	}
	return len(t.blocks)
}

func (t *textReader) beginsWithTime(text string) bool {
	e, problem := scanEntryTime(text, t.context.Zones)
	return t.orSpoken(&e, text, problem) == NoProblem
}

func (t *textReader) isDay(text string) bool {
	e, problem := scanEntryTime(text, t.context.Zones)
	return problem == NoProblem && e.dayOnly()
}

// labelRole is the role of a label that stands alone: a few words that are
// nothing but the name of a role, and perhaps a colon.
func (t *textReader) labelRole(b *block.Block) locale.Role {
	name := label(b.Text)
	if name == "" || len(name) > 60 || strings.ContainsAny(name, ".,!?\n\t。、") || wordCount(name) > maxLabelWords {
		return locale.NoRole
	}
	return t.roleOf(name)
}

// wordCount is how many words there are between blanks.
func wordCount(text string) (n int) {
	for range strings.FieldsSeq(text) {
		n++
	}
	return n
}

func label(text string) string {
	return strings.TrimRight(strings.TrimSpace(text), " :：\u00a0\u202f")
}

// labelEnd is where the section of a label ends: of an item with its nested
// items; of a paragraph at the next heading or label.
func (t *textReader) labelEnd(i int) int {
	for j := i + 1; j < len(t.blocks); j++ {
		b := &t.blocks[j]
		switch {
		case b.Kind == block.Heading:
			return j
		case t.blocks[i].Kind == block.Item && b.Kind == block.Item && b.Depth <= t.blocks[i].Depth:
			return j
		case t.blocks[i].Kind == block.Item && b.Kind == block.Paragraph && !t.itemFollows(j, t.blocks[i].Depth):
			return j
		case t.blocks[i].Kind == block.Paragraph && b.Kind == block.Paragraph && t.labelRole(b) != locale.NoRole:
			return j
		}
	}
	return len(t.blocks)
}

// itemFollows says that the list goes on behind a block, so that the block
// stands within it.
func (t *textReader) itemFollows(j, depth int) bool {
	next := t.skeleton().next[j]
	return next < len(t.blocks) && t.blocks[next].Kind == block.Item && t.blocks[next].Depth > depth
}
