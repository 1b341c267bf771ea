package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// What follows gives what goldmark's own parsers would (TestShortcuts compares
// them), and spares work where a byte says that there is nothing to find. Half of
// the time of goldmark went into memory for nodes: those that a text has most of
// come from a Room, which uses them again.

// nodes are nodes of the tree of one text, to be used for the next one.
type nodes struct {
	texts      slab[ast.Text]
	paragraphs slab[ast.Paragraph]
	headings   slab[ast.Heading]
	textBlocks slab[ast.TextBlock]
	rows       slab[east.TableRow]
	cells      slab[east.TableCell]
}

var nodesKey = parser.NewContextKey()

func nodesOf(pc parser.Context) *nodes { return pc.Get(nodesKey).(*nodes) }

// reset takes all nodes back.
func (n *nodes) reset() {
	n.texts.reset(func(t *ast.Text) { *t = ast.Text{} })
	n.paragraphs.reset(emptyBlock[ast.Paragraph])
	n.headings.reset(emptyBlock[ast.Heading])
	n.textBlocks.reset(func(t *ast.TextBlock) { *t = ast.TextBlock{} }) // its lines are a paragraph's
	n.rows.reset(emptyBlock[east.TableRow])
	n.cells.reset(emptyBlock[east.TableCell])
}

// emptyBlock empties a block, which keeps the memory for its lines.
func emptyBlock[T any, B interface {
	*T
	ast.Node
}](block *T) {
	lines := *B(block).Lines()
	lines.SetSliced(0, 0)
	*block = *new(T)
	*B(block).Lines() = lines // SetLines would let it escape
}

// slab is memory for values, which stay where they are.
type slab[T any] struct {
	values []*T
	used   int
}

// mostNodes is how many nodes of a kind are kept.
const mostNodes = 1024

func (s *slab[T]) next() *T {
	if s.used == len(s.values) {
		if s.used == mostNodes {
			return new(T)
		}
		s.values = append(s.values, new(T))
	}
	s.used++
	return s.values[s.used-1]
}

func (s *slab[T]) reset(empty func(*T)) {
	for _, v := range s.values[:s.used] {
		empty(v)
	}
	s.used = 0
}

// paragraphParser opens paragraphs that come from the Room.
type paragraphParser struct{ parser.BlockParser }

func (paragraphParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	if util.IsBlank(line) {
		return nil, parser.NoChildren
	}
	node := nodesOf(pc).paragraphs.next()
	node.Lines().Append(segment)
	reader.AdvanceToEOL()
	return node, parser.NoChildren
}

// headingParser looks for attributes, {#id .class}, only where there is a brace, and
// takes headings without one, and without a second #, from the Room.
type headingParser struct {
	parser.BlockParser
	attributed parser.BlockParser
}

func newHeadingParser() headingParser {
	return headingParser{parser.NewATXHeadingParser(), parser.NewATXHeadingParser(parser.WithHeadingAttribute())}
}

func (p headingParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	if bytes.IndexByte(line, '{') >= 0 {
		return p.attributed.Open(parent, reader, pc)
	}
	signs := line[max(pc.BlockOffset(), 0):]
	words := bytes.TrimLeft(signs, "#")
	level := len(signs) - len(words)
	if level == 0 || level > 6 || segment.Padding > 0 || util.IsBlank(words) || words[0] != ' ' || bytes.IndexByte(words, '#') >= 0 {
		return p.BlockParser.Open(parent, reader, pc)
	}
	node := nodesOf(pc).headings.next()
	node.Level = level
	inside := text.NewSegment(segment.Stop-len(words), segment.Stop)
	inside = inside.TrimLeftSpace(reader.Source())
	node.Lines().Append(inside.TrimRightSpace(reader.Source()))
	reader.AdvanceToEOL()
	return node, parser.NoChildren
}

// listParser makes the text of tight lists of blocks that come from the Room.
type listParser struct{ parser.BlockParser }

func (listParser) Close(node ast.Node, _ text.Reader, pc parser.Context) {
	list := node.(*ast.List)
	if list.IsTight = list.IsTight && isTight(list); !list.IsTight {
		return
	}
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		for c := item.FirstChild(); c != nil; {
			paragraph, ok := c.(*ast.Paragraph)
			c = c.NextSibling()
			if ok {
				text := nodesOf(pc).textBlocks.next()
				text.SetLines(paragraph.Lines())
				item.ReplaceChild(item, paragraph, text)
			}
		}
	}
}

// isTight says that no blank line parts the items of a list, nor what stands in one.
func isTight(list *ast.List) bool {
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		if item.PreviousSibling() != nil && item.HasBlankPreviousLines() {
			return false
		}
		for c := item.FirstChild(); c != nil; c = c.NextSibling() {
			if c.PreviousSibling() != nil && c.HasBlankPreviousLines() {
				return false
			}
		}
	}
	return true
}

// definitions looks for addresses of links, [name]: address, only in paragraphs
// that begin with a bracket.
type definitions struct{ parser.ParagraphTransformer }

func (t definitions) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	first := node.Lines().At(0)
	line := first.Value(reader.Source())
	if line = line[util.TrimLeftSpaceLength(line):]; len(line) > 0 && line[0] != '[' {
		return
	}
	t.ParagraphTransformer.Transform(node, reader, pc)
}

// wordsParser takes the words of a line at once, up to the next sign that some
// parser waits for, or the word that may be an address. goldmark looks at each byte,
// and asks for a parser before each word.
type wordsParser struct{ signs [256]sign }

// sign is what a byte means for words.
type sign uint8

const (
	ofWord sign = iota
	beforeWord
	hostSign // a dot
	mailSign
	foreign // others wait for it
)

// newWordsParser gives the parser of words for use among others.
func newWordsParser(others []util.PrioritizedValue) *wordsParser {
	p := &wordsParser{}
	p.signs[' '], p.signs['('], p.signs['.'], p.signs['@'] = beforeWord, beforeWord, hostSign, mailSign
	p.signs['\\'], p.signs['\n'] = foreign, foreign
	for _, other := range others {
		for _, c := range other.Value.(parser.InlineParser).Trigger() {
			p.signs[c] = foreign
		}
	}
	return p
}

// Trigger is where goldmark asks: at punctuation that nobody else waits for, at
// each blank, and where a line begins or a node ends.
func (p *wordsParser) Trigger() []byte {
	trigger := []byte{' '}
	for c := byte('!'); c < 0x7f; c++ {
		if isPunct(c) && p.signs[c] != foreign {
			trigger = append(trigger, c)
		}
	}
	return trigger
}

// end is where words end that begin a line. Whether a word may be an address is asked
// where a sign shows it: at the dot behind www, at the colon of http:, at an @.
func (p *wordsParser) end(line []byte) int {
	for i, c := range line {
		sign := p.signs[c]
		if sign < hostSign || sign == hostSign && !bytes.HasSuffix(line[:i], []byte("www")) {
			continue
		}
		word := p.lastWord(line[:i])
		switch {
		case sign == mailSign || p.beginsURL(line[word:i], c) || sign == foreign && maybeMail(line[i:]): // which may hold such signs
			return word
		case sign == foreign:
			return i
		}
	}
	return len(line)
}

// lastWord is where the last word of a line begins, with the sign before it.
func (p *wordsParser) lastWord(line []byte) int {
	at := max(len(line)-1, 0)
	for at > 0 && p.signs[line[at]] != beforeWord {
		at--
	}
	return at
}

// beginsURL says whether a word, perhaps with the sign before it, may begin an
// address with the sign behind it.
func (p *wordsParser) beginsURL(word []byte, behind byte) bool {
	if len(word) > 0 && p.signs[word[0]] == beforeWord {
		word = word[1:]
	}
	switch string(word) {
	case "http", "https", "ftp":
		return behind == ':'
	case "www":
		return behind == '.'
	}
	return false
}

// Parse takes the words up to the end of the line with it. Blanks before that may
// break the line: they are left to goldmark.
func (p *wordsParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if segment.Padding > 0 || len(line) > 1 && util.IsSpace(line[0]) && util.IsSpace(line[1]) || afterBackslash(parent, block, segment.Start) {
		return nil
	}
	end := p.end(line)
	size, ends := end, end == len(line) || line[end] == '\n'
	if ends {
		size -= util.TrimRightSpaceLength(line[:end])
		ends = size == end
	}
	if size == 0 {
		return nil
	}
	if ends {
		block.AdvanceLine()
	} else {
		block.Advance(size)
	}
	node, ok := parent.LastChild().(*ast.Text)
	if ok && node.Segment.Stop == segment.Start && !node.SoftLineBreak() { // goldmark passed over a sign
		node.Segment.Stop += size
	} else {
		node = nodesOf(pc).texts.next()
		node.Segment = text.NewSegment(segment.Start, segment.Start+size)
	}
	node.SetSoftLineBreak(ends && end < len(line))
	return node
}

// afterBackslash says whether goldmark has a backslash in mind, which takes the
// meaning from the next sign: it may stand at the end of the line above.
func afterBackslash(parent ast.Node, block text.Reader, at int) bool {
	if line, _ := block.Position(); line > 0 && parent.Lines().At(line).Start == at {
		above := parent.Lines().At(line - 1)
		at = above.Stop - util.TrimRightSpaceLength(above.Value(block.Source()))
	}
	return at > 0 && block.Source()[at-1] == '\\'
}
