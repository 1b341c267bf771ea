package content

import (
	"slices"
	"strings"

	"publish/internal/diag"
	"publish/internal/markdown"
	"publish/internal/postmortem"
)

// proseTexts reads the texts of the front matter that are Markdown, as far as
// lists and links need them: once, since the model is made again and again.
func (d *reader) proseTexts() {
	if markdown.IsWords(d.Meta.Summary) {
		d.summary = d.Meta.Summary
	} else if d.Meta.Summary != "" {
		doc, _ := markdown.Parse([]byte(d.Meta.Summary), markdown.Options{Profile: markdown.Feed})
		d.summary = doc.Text()
	}
	for _, text := range prose(d.Meta) {
		doc, _ := markdown.Parse([]byte(text.Text), markdown.Options{})
		for _, l := range doc.Links {
			l.Pos = text.Pos
			d.MatterLinks = append(d.MatterLinks, l)
		}
	}
}

// prose lists the texts of a front matter that may hold links.
func prose(m *postmortem.Postmortem) []postmortem.Text {
	var texts []postmortem.Text
	add := func(text string, pos diag.Pos) {
		if strings.ContainsAny(text, "[<") || strings.Contains(text, "://") || strings.Contains(text, "www.") {
			texts = append(texts, postmortem.Text{Text: text, Pos: pos})
		}
	}
	field := func(name string) diag.Pos {
		for _, f := range m.Fields {
			if f.Name == name {
				return f.Pos
			}
		}
		return diag.Pos{}
	}
	add(m.Summary, field("summary"))
	add(m.Workaround, field("workaround"))
	for _, e := range m.Timeline {
		if e.Span.Block == 0 {
			add(e.Text, e.Pos)
		}
	}
	for _, i := range m.Impacts {
		add(i.Text, i.Pos)
	}
	for _, c := range m.Causes {
		add(c.Text, c.Pos)
	}
	for _, c := range m.Countermeasures {
		if c.Span.Block == 0 {
			add(c.Text, c.Pos)
		}
	}
	for _, c := range m.Communications {
		add(c.Text, c.Pos)
	}
	for _, u := range m.Updates {
		add(u.Text, u.Pos)
	}
	for _, l := range slices.Concat(m.Lessons.Well, m.Lessons.Wrong, m.Lessons.Lucky) {
		add(l, field("lessons"))
	}
	return texts
}
