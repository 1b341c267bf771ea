package render

import (
	"html/template"
	"slices"

	"publish/internal/postmortem"
)

// answers are what readers ask first, as far as the author states it.
func (b *postBuilder) answers() []Answer {
	list := make([]Answer, 0, 4)
	add := func(name string, lines []template.HTML, more *Link) {
		if len(lines) > 0 {
			list = append(list, Answer{Name: name, Question: b.w.T("ask_" + name), Lines: lines, More: more})
		}
	}
	add("who", b.whoWasAffected(), nil)
	add("data", b.isDataSafe(), nil)
	add("over", b.isItOver(), nil)
	if n := len(b.m.Countermeasures); n > 0 {
		line := b.w.N("changes_n", n)
		if done := b.countDone(); done > 0 {
			line += ", " + b.w.N("changes_done", done)
		}
		add("changes", escaped(line), b.countermeasuresLink())
	}
	if len(list) == 1 && list[0].Name == "over" && b.p.Status != postmortem.StatusUnset {
		return nil // the facts say as much
	}
	return list
}

// maxAffected is how many impacts the answer to "who was affected" names; the
// table has them all.
const maxAffected = 3

func (b *postBuilder) whoWasAffected() []template.HTML {
	var lines []template.HTML
	for i := range b.m.Impacts {
		im := &b.m.Impacts[i]
		if im.Who == "" || len(lines) == maxAffected {
			continue
		}
		line := b.prose.inline(im.Who, im.Pos.Line)
		if count := b.count(im); count != "" {
			line += trusted(template.HTMLEscapeString(" – " + count))
		}
		lines = append(lines, b.inside(im.Internal, line))
	}
	return lines
}

func (b *postBuilder) isDataSafe() []template.HTML {
	lines := escaped(b.w.word("data_loss_", string(b.p.DataLoss)))
	if personal := worstPersonal(b.p.Whole().Meta().Impacts); personal != "" {
		lines = append(lines, escaped(b.w.T("personal_data_"+string(personal)))...)
	}
	return lines
}

// worstPersonal is what the impacts say together of personal data.
func worstPersonal(impacts []postmortem.Impact) postmortem.Extent {
	order := []postmortem.Extent{"", postmortem.ExtentNone, postmortem.ExtentUnknown, "affected"}
	worst := 0
	for i := range impacts {
		worst = max(worst, slices.Index(order, impacts[i].PersonalData))
	}
	return order[worst]
}

// isItOver says since when it is over, or that it is not. Which state it is in, and
// that it is over at a time that nobody states, the facts say.
func (b *postBuilder) isItOver() []template.HTML {
	m, w := b.m, b.w
	switch {
	case m.Resolved.Known():
		return escaped(w.T("over_yes_at", w.whenText(m.Resolved)))
	case b.p.Open && (b.p.Status.Open() || b.p.Status == postmortem.StatusUnset):
		return escaped(w.T("over_no"))
	}
	return nil
}

func (b *postBuilder) countDone() int {
	n := 0
	for i := range b.m.Countermeasures {
		if b.m.Countermeasures[i].Status == "done" {
			n++
		}
	}
	return n
}

// countermeasuresLink leads to the list of countermeasures: the section made
// of the front matter, or the heading above the first one in the text.
func (b *postBuilder) countermeasuresLink() *Link {
	link := &Link{Text: b.w.T("countermeasures")}
	if b.v.Countermeasures != nil {
		link.URL = "#" + b.v.Section.Countermeasures
	}
	for _, h := range b.p.Body().Headings {
		if b.v.Countermeasures == nil && h.Pos.Line <= b.m.Countermeasures[0].Pos.Line {
			link.URL = "#" + h.ID
		}
	}
	if link.URL == "" {
		return nil
	}
	return link
}
