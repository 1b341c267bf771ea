package postmortem

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"publish/internal/block"
	"publish/internal/diag"
	"publish/internal/pattern"
)

var (
	writtenSum         = pattern.Holding("=", figurePattern+`(?:\s?\+\s?`+figurePattern+`)+\s?=\s?`+figurePattern)
	labelledFigure     = pattern.Holding(":：", `([\pL)»"'][^\n:：\d]{0,2})[:：][\s\x{00A0}\x{202F}]?`+figurePattern+`(\s?%|\S?)`)
	totalLabel         = pattern.Of(func() string { return `(?i)(?:^|[^\pL])` + anyOf("total") + `\s?$` })
	onlyFigure         = pattern.New(`^` + figurePattern + `$`)
	onlyLabelledFigure = pattern.New(`^[^\n:：]{1,60}[:：][\s\x{00A0}\x{202F}]?` + figurePattern + `\s?$`)
)

// sums adds up what is said to make a total: `1 + 2 = 3`, parts and a total in
// one cell or list, the columns of a table that ends with a total.
func (a *auditor) sums() {
	for i, text := range a.prose {
		for _, m := range writtenSum.FindAllStringIndex(text, -1) {
			a.addition(i, text[m[0]:m[1]], m[0])
		}
		a.totalIn(i, text)
	}
	for _, group := range a.lists() {
		if a.blocks[group[0]].Kind == block.Row {
			a.totalRow(group)
		} else {
			a.totalItem(group)
		}
	}
}

// addition checks `177 + 410 = 587`.
func (a *auditor) addition(i int, text string, at int) {
	left, right, _ := strings.Cut(text, "=")
	var parts []string
	for part := range strings.SplitSeq(left, "+") {
		parts = append(parts, strings.TrimSpace(part))
	}
	a.total(a.place(i, at), parts, strings.TrimSpace(right))
}

// totalIn checks parts and a total, last, within one block: `FR: 177 EN: 410
// Total: 587`.
func (a *auditor) totalIn(i int, text string) {
	var parts []string
	for _, m := range labelledFigure.FindAllStringSubmatchIndex(text, -1) {
		if tail := text[m[6]:m[7]]; tail != "" && strings.TrimSpace(tail) != "" && !strings.Contains(",;.", tail) {
			return // a unit, a share, a time of day
		}
		value := text[m[4]:m[5]]
		if totalLabel.MatchString(strings.TrimRight(behind(text, m[3]), " \u00A0\u202F")) {
			if len(parts) > 1 {
				a.total(a.place(i, m[0]), parts, value)
			}
			return
		}
		parts = append(parts, value)
	}
}

// lists are the blocks of each list of one depth, and of each table.
func (a *auditor) lists() [][]int {
	var groups [][]int
	at := map[[2]int]int{}
	for i, b := range a.blocks {
		if b.Kind != block.Item && b.Kind != block.Row {
			continue
		}
		key := [2]int{b.List, b.Depth}
		n, ok := at[key]
		if !ok {
			n = len(groups)
			at[key] = n
			groups = append(groups, nil)
		}
		groups[n] = append(groups[n], i)
	}
	return groups
}

// totalItem checks a list of `label: number` that ends with a total.
func (a *auditor) totalItem(items []int) {
	var parts []string
	for n, i := range items {
		text := a.blocks[i].Text
		m := onlyLabelledFigure.FindStringSubmatch(text)
		if m == nil {
			return
		}
		label := text[:strings.IndexAny(text, ":：")]
		if total := totalLabel.MatchString(label); total != (n == len(items)-1) {
			return
		}
		parts = append(parts, m[1])
	}
	if len(parts) > 2 {
		a.total(a.place(items[len(items)-1], 0), parts[:len(parts)-1], parts[len(parts)-1])
	}
}

// totalRow checks the columns of a table whose last row is a total.
func (a *auditor) totalRow(rows []int) {
	last := a.blocks[rows[len(rows)-1]]
	if len(last.Cells) < 2 || !totalLabel.MatchString(strings.TrimRight(last.Cells[0], " :")) {
		return
	}
	for column := 1; column < len(last.Cells); column++ {
		var parts []string
		ok := onlyFigure.MatchString(strings.TrimSpace(last.Cells[column]))
		for _, i := range rows[:len(rows)-1] {
			b := a.blocks[i]
			if b.Head {
				continue
			}
			if column >= len(b.Cells) || !onlyFigure.MatchString(strings.TrimSpace(b.Cells[column])) || totalLabel.MatchString(b.Cells[0]) {
				ok = false
				break
			}
			parts = append(parts, strings.TrimSpace(b.Cells[column]))
		}
		if ok && len(parts) > 1 {
			a.total(a.place(rows[len(rows)-1], 0), parts, strings.TrimSpace(last.Cells[column]))
		}
	}
}

// total reports parts that do not add up, beyond what rounding hides.
func (a *auditor) total(pos diag.Pos, parts []string, total string) {
	sum, slack := 0.0, 0.0
	fractions := slices.ContainsFunc(append(parts, total), func(s string) bool { return halfUnit(s) < 0.5 })
	for _, part := range parts {
		sum += figure(part)
		slack += halfUnit(part)
	}
	if !fractions {
		slack = 0
	}
	if math.Abs(sum-figure(total)) <= slack+1e-6 {
		return
	}
	a.diags.Report(diag.SumMismatch, pos, "correct the total or one of its parts",
		"the total %q: %s make %s", asClaim(total), asClaim(strings.Join(parts, " + ")), strconv.FormatFloat(math.Round(sum*1000)/1000, 'f', -1, 64))
}
