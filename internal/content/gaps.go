package content

import (
	"bytes"

	"publish/internal/pattern"
)

// leftOver is what remains of a line whose words were cut: the sign of an item,
// of a heading or of a quotation, the borders of a row.
var leftOver = pattern.New(`^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])(?:[ \t]+\[[ xX]?\])?|#{1,6}|[| \t]*)[ \t]*$`)

// listItem begins an item of a list, up to its text.
var listItem = pattern.New(`^[ \t>]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)`)

// delimiters is the line below the head of a table.
var delimiters = pattern.New(`^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\||$)`)

// gaps are the lines of a text that are empty since something was cut there.
type gaps struct {
	lines  [][]byte // without their ends
	cut    []bool   // a mark stood there, or what was between two
	within []bool   // the cut began within a line
	code   []bool   // between the fences of code
}

// closeGaps finds the lines that cuts left empty. They stand in the text, so that
// the places of what follows stay true, but Markdown gives them a meaning: they
// end a table, move the items of a list apart, and in code they tell how many
// lines were secret. So the parser leaves them out; where what stands on both
// sides would run together, one stays. It gives the text with nothing left over
// on such lines, and the numbers of those to leave out. First is the number of
// the text's first line.
func closeGaps(text []byte, first int, cuts []Cut, internal bool) ([]byte, []int) {
	if len(cuts) == 0 {
		return text, nil
	}
	lines := bytes.Split(text, []byte("\n"))
	g := gaps{lines, make([]bool, len(lines)), make([]bool, len(lines)), make([]bool, len(lines))}
	var code fences
	for i, line := range lines {
		_, g.code[i] = code.line(line)
	}
	for _, c := range cuts {
		for line := max(c.First, first); line <= c.Last && line-first < len(lines); line++ {
			if !internal || line == c.First || line == c.Last {
				g.cut[line-first], g.within[line-first] = true, c.Within
			}
		}
	}
	var omit []int
	for i := 0; i < len(lines); i++ {
		end := i
		for end < len(lines) && g.emptied(end) {
			end++
		}
		if end == i {
			continue
		}
		kept, sign := g.between(i, end)
		for ; i < end; i++ {
			if lines[i] = nil; i == kept {
				lines[i] = sign
			} else {
				omit = append(omit, first+i)
			}
		}
	}
	return bytes.Join(lines, []byte("\n")), omit
}

// emptied says that a cut left nothing on a line.
func (g *gaps) emptied(i int) bool {
	line := g.lines[i]
	switch {
	case !g.cut[i] || !leftOver.Match(line) || i == len(g.lines)-1 && len(line) == 0:
		return false
	case g.code[i]:
		return blank(line)
	case listItem.Match(line): // its item may go on
		next := i + 1
		for next < len(g.lines) && blank(g.lines[next]) {
			next++
		}
		return next == len(g.lines) || indent(g.lines[next]) <= indent(line)
	case bytes.ContainsRune(line, '|'): // the head of a table holds it together
		return i+1 == len(g.lines) || !delimiters.Match(g.lines[i+1])
	}
	return true
}

// between decides which of the emptied lines from start to end stays, -1 for
// none, and what stands on it.
func (g *gaps) between(start, end int) (kept int, sign []byte) {
	if start == 0 || end == len(g.lines) || g.code[start] {
		return -1, nil
	}
	above, below := g.lines[start-1], g.lines[end]
	switch {
	case blank(above) || blank(below):
	case g.within[start] && len(bytes.TrimSpace(g.lines[start])) == 0: // words of one paragraph
	case bytes.ContainsRune(above, '|') && bytes.ContainsRune(below, '|'):
	case listItem.Match(below) && (listItem.Match(above) || indent(above) > 1):
	case inQuotation(above) && inQuotation(below) && inQuotation(g.lines[start]):
		return start, []byte(">")
	default:
		return start, nil
	}
	return -1, nil
}

// blank says that nothing stands on a line but the signs of quotations.
func blank(line []byte) bool { return len(bytes.TrimLeft(line, " \t>")) == 0 }

func inQuotation(line []byte) bool { return bytes.HasPrefix(bytes.TrimLeft(line, " "), []byte(">")) }

func indent(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " \t>")) }
