package postmortem

import (
	"slices"
	"strings"

	"publish/internal/block"
	"publish/internal/locale"
	"publish/internal/pattern"
)

// readTextLessons reads what went well, what went wrong and where the team was
// lucky, where a heading says which; and the messages that were sent.
func readTextLessons(t *textReader, r *Reading) {
	for _, section := range bySection(t.parts(r, locale.RoleLessons)) {
		for _, p := range itemsOrProse(section) {
			to := r.Facts.Lessons.of(p)
			if text := strings.TrimSpace(p.Text); to != nil && !saysNothing(text) {
				*to = append(*to, text)
			}
		}
	}
	for _, section := range bySection(t.parts(r, locale.RoleCommunication)) {
		for _, p := range itemsOrProse(section) {
			if c, ok := t.communication(p); ok {
				r.Facts.Communications = append(r.Facts.Communications, c)
			}
		}
	}
}

// itemsOrProse gives the items of a section, group by group, and the
// paragraphs of a group that has none.
func itemsOrProse(section []part) []part {
	items := topItems(section)
	if items == nil {
		return slices.DeleteFunc(slices.Clone(section), func(p part) bool { return p.Kind != block.Paragraph && p.at == 0 })
	}
	listed := map[string]bool{}
	for _, p := range items {
		if p.Kind == block.Item {
			listed[p.group] = true
		}
	}
	chosen := make([]part, 0, len(section))
	top := map[int]bool{}
	for _, p := range items {
		top[p.number] = p.Kind == block.Item
	}
	for _, p := range section {
		if top[p.number] && p.at == 0 || p.Kind == block.Paragraph && !listed[p.group] || p.at > 0 {
			chosen = append(chosen, p)
		}
	}
	return chosen
}

// of is the list that a heading leads to; nil if it does not say.
func (l *Lessons) of(p part) *[]string {
	for _, heading := range []string{p.group, p.section} {
		switch phrases()["lesson"].only(withoutEmoji(heading)) {
		case "well":
			return &l.Well
		case "wrong":
			return &l.Wrong
		case "lucky":
			return &l.Lucky
		}
	}
	return nil
}

// withoutEmoji leaves out codes of emoji, whose names are no words of the
// heading.
func withoutEmoji(heading string) string {
	if strings.IndexByte(heading, ':') < 0 {
		return heading
	}
	return emojiCode.ReplaceAllString(heading, " ")
}

var emojiCode = pattern.New(`:[a-z0-9_+-]+:`)

// communication reads a message that begins with its time, or is an item of
// its section.
func (t *textReader) communication(p part) (Communication, bool) {
	text := strings.TrimSpace(p.Text)
	if saysNothing(text) || isFact(text) {
		return Communication{}, false
	}
	c := Communication{Text: text, Pos: p.Pos}
	m, size, problem := scanMoment(text, t.context.Zones)
	if problem == NoProblem && size > 0 && m.Known() {
		if rest := strings.TrimLeft(text[size:], " \u00A0:–—-"); rest != "" && len(rest) < len(text)-size {
			m.Written, m.Pos = text[:size], p.Pos
			c.At, c.Text = m, rest
		}
	}
	return c, true
}
