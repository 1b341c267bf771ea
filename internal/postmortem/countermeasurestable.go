package postmortem

import (
	"cmp"
	"slices"
	"strings"

	"publish/internal/block"
	"publish/internal/pattern"
)

// tableLength is how many of the parts are rows of the first one's table.
func tableLength(parts []part) int {
	n := 1
	for n < len(parts) && parts[n].Kind == block.Row && parts[n].List == parts[0].List {
		n++
	}
	return n
}

// countermeasureTable reads a table: by the words of its head, or, where each
// row begins with a label ("Immediate actions | …"), row by row.
func (t *textReader) countermeasureTable(rows []part) []Countermeasure {
	columns, headed := columnsOf(rows[0])
	if !headed && len(rows[0].Cells) == 2 && slices.ContainsFunc(rows, func(p part) bool {
		return len(p.Cells) > 0 && isKeyCell(p.Cells[0])
	}) {
		columns = []string{"group", "text"}
	} else if rows[0].Head {
		rows = rows[1:]
	}
	var list []Countermeasure
	for _, p := range rows {
		if c, ok := t.countermeasureRow(p, columns); ok {
			list = append(list, c)
		}
	}
	return list
}

// isKeyCell says that a cell names the group of what stands beside it.
func isKeyCell(cell string) bool {
	return cell != "" && len(cell) < 60 && phrases()["horizon"].only(cell) != ""
}

var inParentheses = pattern.New(`\([^)]*\)|（[^）]*）`)

// columnsOf gives the meaning of each column by its head, and says whether any
// was understood. The text is in the column that says so, else in the first
// that says nothing else.
func columnsOf(head part) (columns []string, headed bool) {
	columns = make([]string, len(head.Cells))
	taken := map[string]bool{}
	for i, cell := range head.Cells {
		cell = strings.TrimRight(strings.TrimSpace(inParentheses.ReplaceAllString(cell, "")), "#№ ")
		meaning := phrases()["column"].is(cell)
		if meaning == "" && strings.TrimSpace(cell) == "" {
			meaning = "other" // an index, or nothing
		}
		if meaning != "" {
			headed = headed || head.Cells[i] != ""
		}
		if meaning != "other" && taken[meaning] {
			meaning = ""
		}
		taken[meaning] = true
		columns[i] = meaning
	}
	if !taken["text"] {
		at := slices.Index(columns, "")
		if at < 0 {
			at = slices.Index(columns, "link")
		}
		if at >= 0 {
			columns[at] = "text"
		}
	}
	return columns, headed
}

// countermeasureRow reads a row. It is not ok if its text is empty: a row of
// the template that nobody filled in.
func (t *textReader) countermeasureRow(p part, columns []string) (Countermeasure, bool) {
	c := Countermeasure{Pos: p.Pos, Span: Span{Block: p.number, End: len(p.Text)}}
	t.groupSays(p.section).apply(&c, false)
	t.groupSays(p.group).apply(&c, true)
	links := map[string]string{}
	starts := cellStarts(p.Block)
	for i, cell := range p.Cells {
		cell = strings.TrimSpace(cell)
		if i >= len(columns) || saysNothing(cell) && columns[i] != "status" {
			continue
		}
		t.readCell(&c, columns[i], cell)
		if i < len(starts) && links[columns[i]] == "" {
			links[columns[i]] = linkOf(p.Block, starts[i], starts[i]+len(p.Cells[i]), c.Owner)
		}
	}
	if c.Text == "" {
		return c, false
	}
	// An address says more than the name of a ticket.
	c.Link = cmp.Or(links["link"], c.Link, links["text"], links["status"])
	if c.Status == "" {
		c.Status = cmp.Or(statusOfItem(part{Block: &block.Block{Text: c.Text}}), "unknown")
	}
	return c, true
}

func (t *textReader) readCell(c *Countermeasure, column, cell string) {
	switch column {
	case "text":
		c.Text = cell
	case "group":
		groupSays(cell).apply(c, true)
	case "owner":
		c.Owner = cell
	case "due":
		c.Due = t.dueIn(cell, c)
	case "done":
		c.DoneOn = t.dueIn(cell, c)
	case "status":
		if state := phrases()["state"].only(cell); state != "" {
			c.Status = state
		}
	case "kind":
		if kind := phrases()["kind"].only(cell); kind != "other" {
			c.Kind = kind
		}
	case "horizon":
		c.Horizon = phrases()["horizon"].only(cell)
	case "link":
		if trackerRef.MatchString(cell) {
			c.Link = cell
		}
	}
}
