package postmortem

import (
	"slices"
	"strings"

	"publish/internal/block"
	"publish/internal/locale"
)

// maxCauseProse is how many paragraphs may tell a cause; of more, the first
// does.
const maxCauseProse = 3

// maxBeforeItems is how many paragraphs may lead a list of causes. A list
// behind more of them explains something.
const maxBeforeItems = 1

// readTextCauses reads the items of the sections about causes, or their
// paragraphs, or the rows with a label in front ("Cause immédiate | …").
func readTextCauses(t *textReader, r *Reading) {
	for _, section := range bySection(t.parts(r, locale.RoleCause)) {
		for _, p := range causeParts(section) {
			kind := kindOfCause(p)
			text := strings.TrimSpace(p.Text)
			if p.Kind == block.Row {
				text = strings.TrimSpace(p.Cells[1])
			}
			if label, rest, _ := cutLabel(text); rest != "" {
				if k := phrases()["cause"].is(withoutBrackets(label)); k != "" {
					kind, text = k, rest
				}
			}
			if saysNothing(text) || p.Kind != block.Row && isFact(text) {
				continue
			}
			r.Facts.Causes = append(r.Facts.Causes, Cause{Kind: kind, Status: certainty(text), Text: text, Pos: p.Pos})
		}
	}
}

// bySection parts the parts where a section begins.
func bySection(parts []part) [][]part {
	var sections [][]part
	begin := 0
	for i := range parts {
		if i+1 == len(parts) || parts[i+1].first {
			sections = append(sections, parts[begin:i+1:i+1])
			begin = i + 1
		}
	}
	return sections
}

// causeParts chooses what of a section are causes: what stands behind its
// label; rows with a label in front; else its items; else its paragraphs. What
// stands under a heading of its own explains the cause.
func causeParts(section []part) []part {
	var rows []part
	for _, p := range section {
		if p.Kind == block.Row && len(p.Cells) == 2 && phrases()["cause"].is(withoutBrackets(p.Cells[0])) != "" {
			rows = append(rows, p)
		}
	}
	if rows != nil {
		return rows
	}
	early := slices.DeleteFunc(slices.Clone(section), func(p part) bool {
		return p.group != "" && !isLeader(p.group) && phrases()["cause"].only(p.group) == ""
	})
	prose := paragraphsOf(early)
	items := slices.DeleteFunc(topItems(early), func(p part) bool { return p.Kind != block.Item })
	told := slices.IndexFunc(early, func(p part) bool { return p.Kind == block.Item })
	if len(items) > 0 && told <= maxBeforeItems && (len(prose) == 0 || prose[0].at == 0) {
		return items
	}
	if len(prose) > maxCauseProse {
		prose = prose[:1]
	}
	return prose
}

// kindOfCause is the kind that the headings of a part, or the label in front
// of a row, tell.
func kindOfCause(p part) string {
	headings := []string{p.group, p.section}
	if p.Kind == block.Row {
		headings = []string{p.Cells[0]}
	}
	for _, heading := range headings {
		if kind := phrases()["cause"].only(heading); kind != "" {
			return kind
		}
	}
	return ""
}

// certainty is how sure a text says that a cause is.
func certainty(text string) string {
	if status := phrases()["certainty"].only(text); status != "doubt" {
		return status
	}
	return "suspected"
}

func withoutBrackets(text string) string {
	if strings.ContainsAny(text, "(（") {
		text = inParentheses.ReplaceAllString(text, " ")
	}
	return strings.TrimSpace(text)
}
