package content

import (
	"strings"

	"publish/internal/block"
	"publish/internal/locale"
	"publish/internal/pattern"
	"publish/internal/postmortem"
)

// section is a part of the text whose heading names its role.
type section struct {
	role    locale.Role
	heading string
	blocks  []block.Block
	timed   int // lines of a timeline that begin with a time or a date
}

// headedSections are the sections that headings open. A label is not enough
// to tell what a text is: "Impact:" stands in proposals too.
func (d *reader) headedSections() []section {
	headed := make([]section, 0, len(d.found))
	for _, found := range d.found {
		if found.Label {
			continue
		}
		s := section{role: found.Role, heading: found.Heading, blocks: d.Body.Blocks[found.First:found.Last]}
		if s.role == locale.RoleTimeline {
			s.timed = timedIn(s.blocks)
		}
		headed = append(headed, s)
	}
	return headed
}

// timedIn counts the lines that begin with a time; code and the heads of tables
// count only where nothing else has one.
func timedIn(blocks []block.Block) (n int) {
	for i := range blocks {
		if b := &blocks[i]; b.Kind != block.Code && !b.Head {
			n += timedLines(b)
		}
	}
	if n > 0 {
		return n
	}
	for i := range blocks {
		n += timedLines(&blocks[i])
	}
	return n
}

// timed finds a time or a date; rough, since it only has to tell a timeline
// from a section that is called one.
var timed = pattern.New(`(?i)\b\d{1,2}\s?[:h：]\s?[\dx?]{2}|[０-９]{1,2}[:：][０-９]{2}|\b\d{1,2}\s(?:Uhr|ч)\b|\b\d{1,2}\s?[ap]\.?m\b|\b\d{1,2}\s?h\b|\d{1,2}\s?[時点點时]|` +
	`\b\d{4}-\d{1,2}-\d{1,2}(?:T\d|\b)|\b\d{1,2}[./]\d{1,2}\b|\b\d{1,2}-\d{1,2}-\d{4}\b|\d月\s?\d|\bT?\+\s?\d|\b\d{1,2}(?:st|nd|rd|th)?\s+\p{L}{3,}|\p{L}{3,}\.?\s+\d{1,2}(?:st|nd|rd|th)?\b`)

// beginsTimed looks for a clock or a digit first: most times are the one, all have
// the other, and most blocks have none.
func beginsTimed(b block.Block) bool {
	text := beginning(b)
	return beginsClock(text) || strings.ContainsAny(text, "0123456789") && timed.MatchString(text)
}

// beginsClock says whether a text begins as 9:21 or 09:21.
func beginsClock(text string) bool {
	isDigit := func(i int) bool { return i < len(text) && '0' <= text[i] && text[i] <= '9' }
	n := 0
	for n < 2 && isDigit(n) {
		n++
	}
	return n > 0 && n < len(text) && text[n] == ':' && isDigit(n+1) && isDigit(n+2)
}

// timedLines counts the lines of a block that begin with a time or a date; a
// row has one.
func timedLines(b *block.Block) int {
	if b.Kind == block.Row || len(b.Soft) == 0 && !strings.Contains(b.Text, "\n") {
		if beginsTimed(*b) {
			return 1
		}
		return 0
	}
	n := 0
	for _, from := range b.LineStarts() {
		if beginsTimed(block.Block{Kind: b.Kind, Text: b.Text[from:]}) {
			n++
		}
	}
	return n
}

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
func (s *section) firstDate(language string) (postmortem.Moment, bool) {
	for _, b := range s.blocks {
		if b.Kind == block.Code || b.Head {
			continue
		}
		if m, ok := postmortem.FindDateIn(beginning(b), language); ok {
			m.Pos = b.Pos
			return m, true
		}
	}
	return postmortem.Moment{}, false
}
