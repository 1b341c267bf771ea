package diag

import (
	"bufio"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

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
	var source quotable
	for _, d := range l {
		if d.File != "" {
			w.WriteString(p.colour(bold, Visible(d.Pos.String())+":") + " ")
		}
		w.WriteString(p.colour(levelColours[d.Level], d.Level.String()+":"))
		w.WriteString(" " + Visible(d.Message))
		if d.Code != "" {
			w.WriteString("  [" + string(d.Code) + "]")
		}
		w.WriteString("\n")
		if p.Source != nil && d.File != "" && d.Line > 0 && !d.Code.Hides() {
			source.open(p, d.File)
			p.printQuote(w, &source, d.Pos)
		}
		if d.Hint != "" {
			w.WriteString("  hint: " + Visible(d.Hint) + "\n")
		}
	}
}

// printQuote shows the line of a place with a caret below.
func (p *Printer) printQuote(w *bufio.Writer, source *quotable, pos Pos) {
	line, offset, ok := source.at(pos)
	if !ok {
		return
	}
	text, caret := quote(line, offset)
	w.WriteString("    " + text + "\n")
	if caret >= 0 {
		w.WriteString("    " + strings.Repeat(" ", caret) + p.colour(green, "^") + "\n")
	}
}

func (p *Printer) colour(sequence, text string) string {
	if !p.Color {
		return text
	}
	return sequence + text + plain
}

// quotable is the file that is being quoted, read and split once. Lists are
// sorted, so one file at a time is enough, and each place in a line is mostly
// behind the last.
type quotable struct {
	file  string
	lines []string

	number         int    // of the line below, from 1; 0 before the first
	line           string // without its end
	column, offset int    // the place in it that was asked for last, both from 0
}

// open reads a file, unless it is the one that is open.
func (q *quotable) open(p *Printer, file string) {
	if q.file != file {
		text := strings.TrimPrefix(string(p.Source(file)), "\ufeff")
		*q = quotable{file: file, lines: strings.Split(text, "\n")}
	}
}

// at gives the line of a place and the byte in it that its column means: -1
// without one. ok is false if there is nothing to show.
func (q *quotable) at(pos Pos) (line string, offset int, ok bool) {
	if pos.Line < 1 || pos.Line > len(q.lines) {
		return "", -1, false
	}
	if pos.Line != q.number {
		q.number, q.line, q.column, q.offset = pos.Line, strings.TrimRight(q.lines[pos.Line-1], "\r"), 0, 0
		if strings.TrimSpace(q.line) == "" {
			q.line = ""
		}
	}
	if pos.Column < 1 {
		return q.line, -1, q.line != ""
	}
	if pos.Column-1 < q.column {
		q.column, q.offset = 0, 0
	}
	for ; q.column < pos.Column-1 && q.offset < len(q.line); q.column++ {
		_, size := utf8.DecodeRuneInString(q.line[q.offset:])
		q.offset += size
	}
	return q.line, q.offset, q.line != ""
}

// reach is how many characters on each side of a place are looked at: more
// than fit, since some take no room.
const reach = 2 * quoteWidth

// quote makes a line fit to be shown and tells how many columns of the
// terminal stand before the character at an offset; -1 for an offset of -1. A
// long line is cut around that character.
func quote(line string, offset int) (text string, caret int) {
	middle := max(offset, 0)
	start, stop := middle, middle
	for n := 0; n < reach && start > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(line[:start])
		start -= size
	}
	for n := 0; n < reach && stop < len(line); n++ {
		_, size := utf8.DecodeRuneInString(line[stop:])
		stop += size
	}
	var cells []cell
	total, at := 0, 0
	for i, r := range line[start:stop] {
		c := cellOf(r, total)
		cells = append(cells, c)
		total += c.width
		if start+i < middle {
			at++
		}
	}
	from, to := 0, len(cells)
	if total > quoteWidth {
		from, to = window(cells, at)
	}
	var b strings.Builder
	if start > 0 || from > 0 {
		b.WriteString("… ")
		caret = 2
	}
	for i := from; i < to; i++ {
		b.WriteString(cells[i].text)
		if i < at {
			caret += cells[i].width
		}
	}
	if to < len(cells) || stop < len(line) {
		b.WriteString(" …")
	}
	if offset < 0 {
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

// Visible shows a text on one line, so that nothing in it can pass for our
// own output or steer the terminal.
func Visible(s string) string {
	if utf8.ValidString(s) && strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f || hidden(r) }) < 0 {
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
