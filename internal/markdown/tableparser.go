package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// narrowTables leaves tables alone that would grow out of bounds: short rows
// are filled up with cells, so that 20 kB can become 25 MB of HTML.
type narrowTables struct{ parser.ParagraphTransformer }

func (t narrowTables) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines, table := node.Lines(), false
	for i := 1; i < lines.Len(); i++ {
		segment := lines.At(i)
		line := segment.Value(reader.Source())
		if !belowTableHead(line) {
			continue
		}
		table = true
		columns := bytes.Count(line, []byte("|")) + 1
		if columns > maxTableColumns || columns >= 20 && columns*lines.Len() > maxTableCells {
			limitsOf(pc).reached(segment.Start, "columns in one table")
			return
		}
	}
	if table {
		t.ParagraphTransformer.Transform(node, reader, pc)
	}
}

// belowTableHead says whether a line may be the one below the head of a table.
func belowTableHead(line []byte) bool {
	for _, c := range line {
		if c != '-' && c != '|' && c != ':' && !util.IsSpace(c) {
			return false
		}
	}
	return true
}

// plainTables makes tables whose head stands in the first line of a paragraph, of
// rows and cells that come from the Room. All others are left to goldmark, and
// those where a backslash may take the meaning from a sign.
type plainTables struct{ parser.ParagraphTransformer }

func (t plainTables) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	source, lines := reader.Source(), node.Lines()
	head, below := lines.At(0), lines.At(1)
	columns := columnsOf(below.Value(source))
	if len(columns) == 0 || bytes.IndexByte(source[head.Start:lines.At(lines.Len()-1).Stop], '\\') >= 0 {
		t.ParagraphTransformer.Transform(node, reader, pc)
		return
	}
	row, rest := nodesOf(pc).tableRow(head, columns, source)
	if rest {
		return // the head is wider than the table
	}
	table := &east.Table{Alignments: columns}
	table.SetPos(node.Pos())
	table.AppendChild(table, east.NewTableHeader(row))
	for i := 2; i < lines.Len(); i++ {
		row, _ := nodesOf(pc).tableRow(lines.At(i), columns, source)
		table.AppendChild(table, row)
	}
	node.Parent().ReplaceChild(node.Parent(), node, table)
}

// columnsOf reads the line below the head of a table. It is nil if that is none.
func columnsOf(line []byte) []east.Alignment {
	if width, _ := util.IndentWidth(line, 0); width > 3 || !belowTableHead(line) {
		return nil
	}
	line = bytes.TrimSpace(line)
	if !bytes.ContainsAny(line, "|:") {
		return nil
	}
	line = bytes.TrimSuffix(bytes.TrimPrefix(line, []byte("|")), []byte("|"))
	columns := make([]east.Alignment, 0, bytes.Count(line, []byte("|"))+1)
	for column := range bytes.SplitSeq(line, []byte("|")) {
		column = bytes.TrimSpace(column)
		dashes, left := bytes.CutPrefix(column, []byte(":"))
		dashes, right := bytes.CutSuffix(dashes, []byte(":"))
		if len(dashes) == 0 || bytes.Count(dashes, []byte("-")) < len(dashes) {
			return nil
		}
		switch {
		case left && right:
			columns = append(columns, east.AlignCenter)
		case left:
			columns = append(columns, east.AlignLeft)
		case right:
			columns = append(columns, east.AlignRight)
		default:
			columns = append(columns, east.AlignNone)
		}
	}
	return columns
}

// tableRow gives a row with a cell for each column; rest says that the line has more.
func (n *nodes) tableRow(line text.Segment, columns []east.Alignment, source []byte) (row *east.TableRow, rest bool) {
	row = n.rows.next()
	row.Alignments = columns
	row.SetPos(line.Start)
	trimmed := line.TrimLeftSpace(source)
	trimmed = trimmed.TrimRightSpace(source)
	signs := bytes.TrimSuffix(trimmed.Value(source), []byte("|"))
	at := 0
	if len(signs) > 0 && signs[0] == '|' {
		at = 1
	}
	for _, alignment := range columns {
		cell := n.cells.next()
		row.AppendChild(row, cell)
		if cell.Alignment = east.AlignNone; at >= len(signs) {
			continue
		}
		end := len(signs)
		if bar := bytes.IndexByte(signs[at:], '|'); bar >= 0 {
			end = at + bar
		}
		cell.Alignment = alignment
		cell.SetPos(line.Start + at - line.Padding)
		inside := text.NewSegment(trimmed.Start+at, trimmed.Start+end)
		inside = inside.TrimLeftSpace(source)
		cell.Lines().Append(inside.TrimRightSpace(source))
		at = end + 1
	}
	return row, at < len(signs)
}
