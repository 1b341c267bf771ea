package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"publish/internal/postmortem"
	"publish/internal/site"
	"publish/internal/spill"
)

// Section is a part of a page that a result can lead to.
type Section struct {
	// ID is the anchor, "" for what stands at the top of the page.
	ID string
	// Heading is plain text; empty for a section that the page makes of front
	// matter, which is named by its Role.
	Heading string
	// Role is the key of the words that name the section.
	Role string
	Text string
}

// maxText is how much of one section is read, in bytes: enough for what people
// paste out of a log to find it again, and not the whole log.
const maxText = 32 << 10

// Sections parts a page by its headings, with what its front matter says. It
// reads what is public of a page and nothing else: whatever is internal was cut
// before there was a document. The texts are good until the room is done.
func Sections(p *site.Page, room *spill.Room) []Section {
	m := matter{p: p}
	m.all()
	var top []Section
	if summary := p.SummaryText(); summary != "" {
		top = []Section{{Text: summary}}
	}
	return slices.Concat(top, m.sections, textSections(p, room))
}

// textSections parts the text.
func textSections(p *site.Page, room *spill.Room) []Section {
	var sections []Section
	for _, s := range p.Body().Sections(room) {
		section := Section{Text: readable(s.Text[:min(len(s.Text), maxText)])}
		if s.Heading != nil {
			section.ID, section.Heading = s.Heading.ID, s.Heading.Text
		}
		if section.ID != "" || section.Text != "" {
			sections = append(sections, section)
		}
	}
	return sections
}

// readable is a text without what is no character: half of the last, where it was
// cut. Nearly all texts are whole, and to see that takes a tenth of the time.
func readable(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	return strings.ToValidUTF8(text, "")
}

// matter gathers what the front matter says beside the text. What the text
// itself says was taken over from there and stands there.
type matter struct {
	p        *site.Page
	sections []Section
}

func (m *matter) all() {
	meta := m.p.Meta()
	m.add("updates", "updates", "updates", func(say func(...string)) {
		for i := range meta.Updates {
			say(meta.Updates[i].Text)
		}
	})
	m.add("impacts", "impact", "impacts", func(say func(...string)) {
		for i := range meta.Impacts {
			say(meta.Impacts[i].Text, meta.Impacts[i].Who, meta.Impacts[i].Service)
		}
	})
	m.add("timeline", "timeline", "timeline", func(say func(...string)) {
		for i := range meta.Timeline {
			say(meta.Timeline[i].Text)
		}
	})
	m.add("causes", "causes", "causes", func(say func(...string)) {
		for i := range meta.Causes {
			say(meta.Causes[i].Text)
		}
	})
	m.add("countermeasures", "countermeasures", "countermeasures", func(say func(...string)) {
		for i := range meta.Countermeasures {
			say(meta.Countermeasures[i].Text)
		}
	})
	m.add("communications", "communications", "communications", func(say func(...string)) {
		for i := range meta.Communications {
			say(meta.Communications[i].Text)
		}
	})
	m.add("lessons", "lessons", "lessons", func(say func(...string)) {
		for _, list := range [][]string{meta.Lessons.Well, meta.Lessons.Wrong, meta.Lessons.Lucky} {
			say(list...)
		}
	})
}

func (m *matter) add(field, id, role string, tell func(say func(...string))) {
	if m.p.Kind == postmortem.KindPage || !m.p.Meta().States(field) {
		return
	}
	var text strings.Builder
	tell(func(said ...string) {
		for _, s := range said {
			if s = strings.TrimSpace(s); s != "" {
				if text.Len() > 0 {
					text.WriteByte('\n')
				}
				plainMarkdown(&text, s)
			}
		}
	})
	if text.Len() > 0 {
		m.sections = append(m.sections, Section{ID: m.p.Anchor(id), Role: role, Text: text.String()})
	}
}

// plainMarkdown writes a text of the front matter without its marks and the
// addresses of its links. It is for finding and for excerpts: nothing is lost by
// a mark too many or too few.
func plainMarkdown(to *strings.Builder, s string) {
	if !strings.ContainsAny(s, "[]`*") {
		to.WriteString(s)
		return
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '`' || c == '*' || c == '[':
		case c == ']':
			if i+1 < len(s) && s[i+1] == '(' {
				if end := strings.IndexByte(s[i:], ')'); end > 0 {
					i += end
				}
			}
		default:
			to.WriteByte(c)
		}
	}
}
