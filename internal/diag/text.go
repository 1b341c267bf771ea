package diag

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// quoteWidth is how many columns of a terminal a quoted line may take.
const quoteWidth = 100

// colours are the terminal's sequences: bold for the place, one per level,
// green for the caret.
const (
	plain = "\x1b[0m"
	bold  = "\x1b[1m"
	green = "\x1b[32m"
)

var levelColours = map[Level]string{Error: "\x1b[1;31m", Warning: "\x1b[1;33m", Note: "\x1b[1;36m"}

func (p *Printer) printText(w *bufio.Writer, l List) {
	for _, d := range l {
		if d.File != "" {
			w.WriteString(p.colour(bold, visible(d.Pos.String())+":") + " ")
		}
		w.WriteString(p.colour(levelColours[d.Level], d.Level.String()+":"))
		w.WriteString(" " + visible(d.Message) + "  [" + string(d.Code) + "]\n")
		if line, ok := p.line(d.Pos); ok {
			text, caret := quote(line, d.Column)
			w.WriteString("    " + text + "\n")
			if caret >= 0 {
				w.WriteString("    " + strings.Repeat(" ", caret) + p.colour(green, "^") + "\n")
			}
		}
		if d.Hint != "" {
			w.WriteString("  hint: " + visible(d.Hint) + "\n")
		}
	}
}

func (p *Printer) colour(sequence, text string) string {
	if !p.Color {
		return text
	}
	return sequence + text + plain
}

// line gives the line of the source that a diagnostic is about.
func (p *Printer) line(pos Pos) (string, bool) {
	if p.Source == nil || pos.File == "" || pos.Line == 0 {
		return "", false
	}
	src := bytes.TrimPrefix(p.Source(pos.File), []byte("\ufeff"))
	number := 0
	for line := range bytes.Lines(src) {
		if number++; number == pos.Line {
			text := strings.TrimRight(string(line), "\r\n")
			return text, strings.TrimSpace(text) != ""
		}
	}
	return "", false
}

// quote makes a line fit to be shown and tells how many columns of the
// terminal stand before the character at column (from 1); -1 without one. A
// long line is cut around that character.
func quote(line string, column int) (text string, caret int) {
	var cells []cell
	total := 0
	for _, r := range line {
		c := cellOf(r, total)
		cells = append(cells, c)
		total += c.width
	}
	at := min(max(column-1, 0), len(cells))
	from, to := 0, len(cells)
	if total > quoteWidth {
		from, to = window(cells, at)
	}
	var b strings.Builder
	caret = 0
	if from > 0 {
		b.WriteString("… ")
		caret = 2
	}
	for i := from; i < to; i++ {
		b.WriteString(cells[i].text)
		if i < at {
			caret += cells[i].width
		}
	}
	if to < len(cells) {
		b.WriteString(" …")
	}
	if column == 0 {
		caret = -1
	}
	return b.String(), caret
}

// window chooses which cells of a long line to show: up to half the width
// before the one that matters, and as many behind as fit.
func window(cells []cell, at int) (from, to int) {
	room := quoteWidth - 4 // for the two ellipses
	used := 0
	for from = at; from > 0 && used+cells[from-1].width <= room/2; from-- {
		used += cells[from-1].width
	}
	for to = at; to < len(cells) && used+cells[to].width <= room; to++ {
		used += cells[to].width
	}
	for from > 0 && used+cells[from-1].width <= room {
		from--
		used += cells[from].width
	}
	return from, to
}

// cell is one character as it is shown, and the columns that it takes.
type cell struct {
	text  string
	width int
}

// cellOf shows a character that stands at a column of the terminal (from 0).
func cellOf(r rune, at int) cell {
	switch {
	case r == '\t':
		n := 4 - at%4
		return cell{strings.Repeat(" ", n), n}
	case r < ' ':
		return cell{string('\u2400' + r), 1} // Unicode's pictures of controls
	case r == 0x7f:
		return cell{"\u2421", 1}
	case hidden(r):
		text := fmt.Sprintf("<%04X>", r)
		return cell{text, len(text)}
	case unicode.In(r, unicode.Mn, unicode.Me) || r == 0x200D || r == 0xFE0F || 0x1F3FB <= r && r <= 0x1F3FF:
		return cell{string(r), 0} // drawn upon the character before
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return cell{string(r), 2}
	}
	return cell{string(r), 1}
}

// hidden are characters that a terminal obeys or does not show: C1 controls,
// changes of direction, invisible spaces, line separators.
func hidden(r rune) bool {
	switch {
	case 0x80 <= r && r <= 0x9F, r == 0xAD,
		0x200B <= r && r <= 0x200F && r != 0x200D,
		0x2028 <= r && r <= 0x202E, 0x2060 <= r && r <= 0x2069, r == 0xFEFF:
		return true
	}
	return false
}

// visible shows a text on one line, so that nothing in it can pass for our
// own output or steer the terminal.
func visible(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f || hidden(r) }) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\t':
			b.WriteByte(' ')
		case r < ' ' || r == 0x7f || hidden(r):
			b.WriteString(cellOf(r, 0).text)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
