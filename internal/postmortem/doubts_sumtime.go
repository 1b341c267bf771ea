package postmortem

import (
	"strconv"
	"strings"
	"time"

	"publish/internal/block"
	"publish/internal/diag"
	"publish/internal/pattern"
)

var (
	// totalOfTimes is the word for a total with what may stand between it and
	// its figure, which is read behind the match.
	totalOfTimes = pattern.Of(func() string { return `(?i)\b` + anyOf("total time") + `\b[^.;\d\n]{0,40}?[\s:：(]` })
	countedParts = pattern.Of(func() string {
		return `(?i)\b(\d{1,2}|` + anyOf("number") + `)\s(?:\pL+\s)?` + anyOf("part") + `(?:$|[^\pL])`
	})
	bracketsOf = pattern.Holding("(（", `[(（]([^()（）]{2,40})[)）]`)
)

// timeSums compares a total length of time that is said of so many incidents
// with the list of just as many that gives the length of each, and the total of
// a table or list with its rows. Where more than one list would do, none does.
func (a *auditor) timeSums() {
	var lists [][]Duration
	for _, group := range a.lists() {
		parts, total := a.lengths(group)
		if total.Known {
			a.timeTotal(a.place(group[len(group)-1], 0), total, 0, parts)
		} else if len(parts) > 1 {
			lists = append(lists, parts)
		}
	}
	if len(lists) == 0 {
		return
	}
	told := map[time.Duration]bool{}
	for i, text := range a.prose {
		start := 0
		for _, sentence := range sentencesOf(text) {
			total, bound, at := totalTime(sentence)
			if parts := ofLength(countIn(sentence), lists); total.Known && parts != nil && !told[total.Value] {
				a.timeTotal(a.place(i, start+at), total, bound, parts)
				told[total.Value] = true
			}
			start += len(sentence)
		}
	}
}

// totalTime reads `totaling over 14 hours`: the figure, and whether it is at
// least that (1), at most (-1), or that.
func totalTime(sentence string) (total Duration, bound, at int) {
	m := totalOfTimes.FindStringIndex(sentence)
	if m == nil {
		return total, 0, 0
	}
	for at = m[0]; at < len(sentence); at = nextToken(sentence, at) {
		if at > m[0]+2*reachOfWords || strings.ContainsAny(sentence[m[0]:at], "0123456789") {
			break
		}
		if d, size := scanDuration(sentence[at:]); size > 0 && at >= m[1]-1 && boundary(sentence[at+size:]) {
			before := strings.TrimSpace(behind(sentence, at))
			switch {
			case endsWithPhrase("at least", before):
				bound = 1
			case endsWithPhrase("at most", before):
				bound = -1
			}
			return d, bound, at
		}
	}
	return Duration{}, 0, 0
}

// countIn is how many incidents a sentence counts, 0 if it does not say.
func countIn(sentence string) int {
	m := countedParts.FindStringSubmatch(sentence)
	if m == nil {
		return 0
	}
	word := m[1]
	if meaning := meaningOf("number", word); meaning != "" {
		word = meaning
	}
	n, _ := strconv.Atoi(word)
	return n
}

// ofLength is the one list of a length; nil if there is none, or more.
func ofLength(n int, lists [][]Duration) (found []Duration) {
	for _, list := range lists {
		if len(list) != n {
			continue
		}
		if found != nil {
			return nil
		}
		found = list
	}
	return found
}

// lengths reads the length of time that each item of a list gives, in brackets
// or behind its label; in a table, the one column of them. A last entry that is
// a total is apart. What leaves one out gives none.
func (a *auditor) lengths(group []int) (parts []Duration, total Duration) {
	column := a.lengthColumn(group)
	for n, i := range group {
		b := &a.blocks[i]
		if b.Head {
			continue
		}
		label, d := "", Duration{}
		switch {
		case b.Kind == block.Item:
			label, d = itemLength(b.Text)
		case column > 0 && column < len(b.Cells):
			label, d = b.Cells[0], ParseDuration(b.Cells[column])
		}
		if !d.Known {
			return nil, Duration{}
		}
		if totalLabel.MatchString(strings.TrimRight(label, " :")) {
			if n < len(group)-1 || len(parts) < 2 {
				return nil, Duration{}
			}
			return parts, d
		}
		parts = append(parts, d)
	}
	return parts, total
}

// lengthColumn is the only column of a table whose cells are lengths of time, 0
// if there is none, or more.
func (a *auditor) lengthColumn(group []int) (column int) {
	last := &a.blocks[group[len(group)-1]]
	for k := 1; k < len(last.Cells); k++ {
		if ParseDuration(last.Cells[k]).Known {
			if column > 0 {
				return 0
			}
			column = k
		}
	}
	return column
}

// itemLength reads `October 21 (103 minutes): …` or `First outage: 30 min`.
func itemLength(text string) (label string, d Duration) {
	for _, m := range bracketsOf.FindAllStringSubmatch(text, -1) {
		if found := ParseDuration(m[1]); found.Known {
			if d.Known {
				return "", Duration{} // which of them?
			}
			d = found
		}
	}
	if d.Known {
		return "", d
	}
	label, value, _ := cutLabel(text)
	return label, ParseDuration(value)
}

// timeTotal reports parts that do not add up to a total, beyond what rounding
// hides.
func (a *auditor) timeTotal(pos diag.Pos, total Duration, bound int, parts []Duration) {
	var sum time.Duration
	slack := max(total.tolerance(), total.unit()/2)
	var written []string
	for _, d := range parts {
		sum += d.Value
		slack += d.unit() / 2
		if d.Approximate {
			slack += d.Value / 10
		}
		written = append(written, asClaim(d.Written))
	}
	over := total.Value - sum // what the total claims beyond the parts
	if bound != 0 {
		over *= time.Duration(bound)
	} else {
		over = over.Abs()
	}
	if over <= slack {
		return
	}
	a.diags.Report(diag.SumMismatch, pos, "correct the total or one of its parts",
		"the total %q: %s make %s", strings.TrimRight(asClaim(total.Written), "."), strings.Join(written, " + "), inHours(sum))
}
