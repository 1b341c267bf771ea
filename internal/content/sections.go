package content

import (
	"regexp"

	"publish/internal/block"
	"publish/internal/locale"
	"publish/internal/markdown"
	"publish/internal/postmortem"
)

// section is a part of the text whose heading names its role.
type section struct {
	role    locale.Role
	heading string
	blocks  []block.Block // up to the next heading of the same or a higher level
	timed   int           // blocks that begin with a time or a date
}

// sections finds the parts of a text that have a role.
func sections(doc *markdown.Doc, own *locale.OwnNames) []section {
	var found []section
	for i, b := range doc.Blocks {
		if b.Kind != block.Heading {
			continue
		}
		role := locale.RoleOf(b.Text, own)
		if role == locale.NoRole {
			continue
		}
		s := section{role: role, heading: b.Text, blocks: doc.Blocks[i+1:]}
		for j, next := range s.blocks {
			if next.Kind == block.Heading && next.Depth <= b.Depth {
				s.blocks = s.blocks[:j]
				break
			}
		}
		for _, b := range s.blocks {
			if b.Kind != block.Code && !b.Head && timed.MatchString(beginning(b)) {
				s.timed++
			}
		}
		found = append(found, s)
	}
	return found
}

// timed finds a time or a date; rough, since it only has to tell a timeline
// from a section that is called one.
var timed = regexp.MustCompile(`(?i)\b\d{1,2}\s?[:h：]\s?[\dx?]{2}|\b\d{1,2}\s?[ap]\.?m\b|\b\d{1,2}\s?h\b|\d{1,2}\s?[時点點时]|` +
	`\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}[./]\d{1,2}\b|\d月\s?\d|\bT?\+\s?\d|\b\d{1,2}(?:st|nd|rd|th)?\s+\p{L}{3,}|\p{L}{3,}\.?\s+\d{1,2}(?:st|nd|rd|th)?\b`)

// beginning is where the time of an event stands: the first words of a line,
// or the first cells of a row.
func beginning(b block.Block) string {
	text := b.Text
	if b.Kind == block.Row {
		text = ""
		for _, cell := range b.Cells[:min(len(b.Cells), 2)] {
			text += cell + " "
		}
	}
	n := 0
	for i := range text {
		if n++; n > 40 {
			return text[:i]
		}
	}
	return text
}

// timeline gives the first recognised timeline: one with at least two lines
// that begin with a time.
func (d *reader) timeline() *section {
	for i := range d.sections {
		if s := &d.sections[i]; s.role == locale.RoleTimeline && s.timed >= 2 {
			return s
		}
	}
	return nil
}

// firstDate finds the first full date at the beginning of a line.
func (s *section) firstDate() (postmortem.Moment, bool) {
	for _, b := range s.blocks {
		if b.Kind == block.Code || b.Head {
			continue
		}
		if m, ok := postmortem.FindDate(beginning(b)); ok {
			m.Pos = b.Pos
			return m, true
		}
	}
	return postmortem.Moment{}, false
}
