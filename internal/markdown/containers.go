package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"publish/internal/pattern"
)

// container is a block of another tool that holds Markdown, read in every
// dialect: GitBook's {% hint %}, MkDocs' !!! note, Quarto's and Docusaurus'
// ::: fences.
type container struct {
	ast.BaseBlock
	what      containerKind
	name      string // the tag's, to find its end
	alert     string // note, tip, important, warning or caution
	title     string
	address   string // of content-ref, embed and file
	addressAt int
	colons    int // length of a ::: fence
	inner     int // blocks of the same name that are open within
	closed    bool
}

type containerKind uint8

const (
	plainContainer containerKind = iota // nothing of its own but what it holds
	alertContainer
	titledContainer // a tab, a code sample with a title
	linkContainer   // a link, and perhaps a caption
)

var kindContainer = ast.NewNodeKind("Container")

// Kind tells goldmark what the node is.
func (c *container) Kind() ast.NodeKind { return kindContainer }

// Dump prints the node for goldmark's debugging.
func (c *container) Dump(source []byte, level int) { ast.DumpHelper(c, source, level, nil, nil) }

// containerTags are GitBook's block tags. Those without an end are leaves.
var containerTags = map[string]struct {
	what containerKind
	leaf bool
}{
	"hint":        {what: alertContainer},
	"tabs":        {},
	"tab":         {what: titledContainer},
	"code":        {what: titledContainer},
	"content-ref": {},
	"stepper":     {},
	"step":        {},
	"columns":     {},
	"column":      {},
	"embed":       {what: linkContainer, leaf: true},
	"file":        {what: linkContainer, leaf: true},
}

// containerTag says whether a tag, or its end, is one of GitBook's.
func containerTag(name string) bool {
	_, ok := containerTags[strings.TrimPrefix(name, "end")]
	return ok
}

// alerts gives the kind of alert that a word of some tool means.
var alerts = map[string]string{
	"note": "note", "info": "note", "abstract": "note", "summary": "note", "quote": "note", "question": "note", "example": "note", "secondary": "note",
	"tip": "tip", "hint": "tip", "success": "tip", "check": "tip", "done": "tip",
	"important": "important", "attention": "important",
	"warning": "warning", "warn": "warning",
	"caution": "caution", "danger": "caution", "error": "caution", "failure": "caution", "bug": "caution",
}

var (
	tagLine      = pattern.New(`^\s*\{%-?\s*([a-z_-]+)((?:\s[^%]*|%[^}])*?)\s*-?%\}\s*$`)
	tagArgument  = pattern.New(`([a-zA-Z_-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))`)
	admonition   = pattern.New(`^(?:!!!|\?\?\?\+?)\s+([a-zA-Z]+)(?:\s+[a-zA-Z -]+)?(?:\s+"(.*)")?\s*$`)
	divLine      = pattern.New(`^(:{3,})\s*(.*?)\s*:*\s*$`)
	divTitle     = pattern.New(`(?:title|summary)\s*=\s*"([^"]*)"`)
	divClass     = pattern.New(`^\{?\s*(?:#[^\s}]*\s+)?\.?(?:callout-)?([a-zA-Z]+)`)
	divNamedLine = pattern.New(`^(?:\{[^{}]*\}|[a-zA-Z][a-zA-Z0-9_-]*(?:\s+.*|\[[^\]]*\])?)$`)
)

// tagParser reads GitBook's blocks. Each tag has its line to itself.
type tagParser struct{}

func (tagParser) Trigger() []byte             { return []byte{'{'} }
func (tagParser) CanInterruptParagraph() bool { return true }
func (tagParser) CanAcceptIndentedLine() bool { return false }

func (tagParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	name, arguments := readTagLine(line)
	known, ok := containerTags[name]
	if !ok {
		if containerTag(name) { // an end without its beginning: nothing to see
			reader.AdvanceToEOL()
			return &container{closed: true}, parser.NoChildren
		}
		return nil, parser.NoChildren
	}
	if !known.leaf && tooDeep(parent) {
		return nil, parser.NoChildren
	}
	c := &container{what: known.what, name: name, closed: known.leaf, addressAt: segment.Start}
	for _, m := range tagArgument.FindAllStringSubmatch(arguments, -1) {
		value := m[2] + m[3] + m[4]
		switch m[1] {
		case "style":
			c.alert = alerts[strings.ToLower(value)]
		case "title", "caption":
			c.title = value
		case "url", "src":
			c.address = value
		}
	}
	if c.what == alertContainer && c.alert == "" {
		c.alert = "note"
	}
	reader.AdvanceToEOL()
	if known.leaf {
		return c, parser.NoChildren
	}
	return c, parser.HasChildren
}

func readTagLine(line []byte) (name, arguments string) {
	if !bytes.Contains(line, []byte("{%")) {
		return "", ""
	}
	m := tagLine.FindSubmatch(line)
	if m == nil {
		return "", ""
	}
	return string(m[1]), string(m[2])
}

func (tagParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	c := node.(*container)
	if c.closed {
		return parser.Close
	}
	line, _ := reader.PeekLine()
	if !inCode(pc) {
		switch name, _ := readTagLine(line); {
		case name == c.name:
			c.inner++
		case name == "end"+c.name && c.inner > 0:
			c.inner--
		case name == "end"+c.name:
			c.closed = true
			advanceToLineEnd(reader)
			return parser.Close
		}
	}
	return parser.Continue | parser.HasChildren
}

func (tagParser) Close(ast.Node, text.Reader, parser.Context) {}

// inCode says whether the line belongs to a block of code or HTML.
func inCode(pc parser.Context) bool {
	n := pc.LastOpenedBlock().Node
	return n != nil && n.Kind() == ast.KindFencedCodeBlock
}

// advanceToLineEnd goes to the line's newline, so that goldmark sees an empty
// line and closes what is open within.
func advanceToLineEnd(reader text.Reader) {
	line, _ := reader.PeekLine()
	reader.Advance(len(bytes.TrimRight(line, "\n")))
}

func tooDeep(parent ast.Node) bool {
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		depth++
	}
	return depth > maxDepth
}

// admonitionParser reads `!!! note "Title"` with an indented text below.
type admonitionParser struct{}

func (admonitionParser) Trigger() []byte             { return []byte{'!', '?'} }
func (admonitionParser) CanInterruptParagraph() bool { return true }
func (admonitionParser) CanAcceptIndentedLine() bool { return false }

func (admonitionParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	m := admonition.FindSubmatch(bytes.TrimSpace(line))
	if m == nil || tooDeep(parent) {
		return nil, parser.NoChildren
	}
	kind := alerts[strings.ToLower(string(m[1]))]
	if kind == "" {
		return nil, parser.NoChildren
	}
	c := &container{what: alertContainer, alert: kind, title: string(m[2]), addressAt: segment.Start}
	reader.AdvanceToEOL()
	return c, parser.HasChildren
}

func (admonitionParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	line, _ := reader.PeekLine()
	if len(bytes.TrimSpace(line)) == 0 {
		return parser.Continue | parser.HasChildren
	}
	width := 0
	for width < len(line) && width < 4 && line[width] == ' ' {
		width++
	}
	if width < len(line) && line[width] == '\t' {
		reader.AdvanceAndSetPadding(width+1, 0)
		return parser.Continue | parser.HasChildren
	}
	if width < 4 {
		return parser.Close
	}
	reader.AdvanceAndSetPadding(4, 0)
	return parser.Continue | parser.HasChildren
}

func (admonitionParser) Close(node ast.Node, _ text.Reader, _ parser.Context) {
	node.(*container).closed = true
}

// divParser reads ::: fences.
type divParser struct{}

func (divParser) Trigger() []byte             { return []byte{':'} }
func (divParser) CanInterruptParagraph() bool { return true }
func (divParser) CanAcceptIndentedLine() bool { return false }

func (divParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	colons, label := readDivLine(line)
	if colons == 0 || label == "" || tooDeep(parent) {
		return nil, parser.NoChildren
	}
	c := &container{name: ":::", colons: colons, addressAt: segment.Start}
	if m := divClass.FindStringSubmatch(label); m != nil {
		c.alert = alerts[strings.ToLower(m[1])]
	}
	if c.alert != "" {
		c.what = alertContainer
		if m := divTitle.FindStringSubmatch(label); m != nil {
			c.title = m[1]
		} else if label[0] != '{' {
			_, c.title, _ = strings.Cut(label, " ")
			if _, bracketed, ok := strings.Cut(label, "["); ok {
				c.title = strings.TrimSuffix(bracketed, "]")
			}
		}
	}
	reader.AdvanceToEOL()
	return c, parser.HasChildren
}

// readDivLine gives the number of colons that a fence begins with, and what
// stands behind them: nothing at its end.
func readDivLine(line []byte) (colons int, label string) {
	if !bytes.Contains(line, []byte(":::")) {
		return 0, ""
	}
	m := divLine.FindSubmatch(bytes.TrimSpace(line))
	if m == nil || len(m[2]) > 0 && !divNamedLine.Match(m[2]) {
		return 0, ""
	}
	return len(m[1]), string(m[2])
}

func (divParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	c := node.(*container)
	line, _ := reader.PeekLine()
	if c.closed {
		return parser.Close
	}
	if !inCode(pc) {
		switch colons, label := readDivLine(line); {
		case colons == 0:
		case label != "":
			c.inner++
		case c.inner > 0:
			c.inner--
		default:
			c.closed = true
			advanceToLineEnd(reader)
			return parser.Close
		}
	}
	return parser.Continue | parser.HasChildren
}

func (divParser) Close(ast.Node, text.Reader, parser.Context) {}
