package markdown

import (
	"bytes"
	"sync"

	emoji "github.com/yuin/goldmark-emoji"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"publish/internal/pattern"
)

// theParser is goldmark's parser with the extensions we use, made once: it is
// safe for many goroutines, what belongs to one document is in parser.Context.
// goldmark's renderer is not used, because it writes to one stream where we
// have holes to leave, elements of raw HTML to balance and plain text to keep;
// its extensions are taken apart for the same reason.
var theParser = sync.OnceValue(func() parser.Parser { return newParser(ourParts()) })

// parts are what has a quicker way than goldmark's.
type parts struct {
	heading, list, paragraph parser.BlockParser
	definitions, table       parser.ParagraphTransformer
	words                    bool // taken at once
}

func ourParts() parts {
	return parts{
		heading:     newHeadingParser(),
		list:        listParser{parser.NewListParser()},
		paragraph:   paragraphParser{parser.NewParagraphParser()},
		definitions: definitions{fewDefinitions{parser.LinkReferenceParagraphTransformer}},
		table:       narrowTables{plainTables{extension.NewTableParagraphTransformer()}},
		words:       true,
	}
}

func newParser(p parts) parser.Parser {
	inline := []util.PrioritizedValue{
		util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(extension.NewFootnoteParser(), 101),
		util.Prioritized(redactedParser{}, 150),
		util.Prioritized(boundedLinks{parser.NewLinkParser()}, 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewRawHTMLParser(), 400),
		util.Prioritized(boundedDelimiters{parser.NewEmphasisParser()}, 500),
		util.Prioritized(boundedDelimiters{extension.NewStrikethroughParser()}, 501),
		util.Prioritized(emoji.NewParser(), 999),
	}
	if p.words {
		inline = append(inline, util.Prioritized(newWordsParser(inline), 997))
	}
	inline = append(inline, util.Prioritized(bareLinks{extension.NewLinkifyParser(extension.WithLinkifyURLRegexp(bareURL.Regexp()))}, 998))
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(tagParser{}, 90),
			util.Prioritized(admonitionParser{}, 91),
			util.Prioritized(divParser{}, 92),
			util.Prioritized(parser.NewSetextHeadingParser(parser.WithHeadingAttribute()), 100),
			util.Prioritized(extension.NewDefinitionListParser(), 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(shallow{p.list}, 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(p.heading, 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(shallow{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(shallow{fewFootnotes{extension.NewFootnoteBlockParser()}}, 999),
			util.Prioritized(p.paragraph, 1000),
		),
		parser.WithInlineParsers(inline...),
		parser.WithParagraphTransformers(
			util.Prioritized(p.definitions, 100),
			util.Prioritized(p.table, 200),
		),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
			util.Prioritized(strayFootnotes{}, 998),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)
}

// bareURL is an address in running text. goldmark's own pattern stops at the
// first letter that is not ASCII and does not know hosts without a dot.
var bareURL = pattern.New(`^(?:https?|ftp)://[-\p{L}\p{N}@:%._+~#=]{1,256}(?::\d+)?` +
	`(?:[/#?][-\p{L}\p{N}\p{M}@:%_+.~#$!?&/=();,'">^{}\[\]` + "`" + `|*]*)?`)

// What bounds the time that one document can take. goldmark walks back over
// all delimiters for each that finds no partner, and over the rest of the line
// for each link that has no end; texts of 100 kB made for it take ten seconds.
// The limits are far above what anybody writes; what is beyond stays text.
const (
	maxDepth        = 60       // lists and quotations within each other
	maxDelimiters   = 4000     // runs of * _ ~ in one paragraph
	maxLinkSearch   = 20 << 20 // bytes looked at in vain for ends of links
	maxOpen         = 4000     // brackets in one paragraph that nothing closes yet
	maxTableColumns = 200
	maxTableCells   = 100_000 // cells that a table may have beyond those written
	maxFootnotes    = 2000    // each reference is looked for among all
	maxDefinitions  = 5000    // lines of a paragraph that begins with the address of a link
)

// limits is what one document has used up, in its parser.Context.
type limits struct {
	paragraph  ast.Node
	delimiters int
	bracketed  ast.Node // the paragraph of open
	open       int
	searched   int
	footnotes  int
	hit        []limitHit
	stray      []strayFootnote
}

// limitHit is a place where a limit was reached.
type limitHit struct {
	at   int
	what string
}

type strayFootnote struct {
	at    int
	label string
}

var limitsKey = parser.NewContextKey()

func limitsOf(pc parser.Context) *limits {
	return pc.ComputeIfAbsent(limitsKey, func() any { return &limits{} }).(*limits)
}

func (l *limits) reached(at int, what string) {
	for _, h := range l.hit {
		if h.what == what {
			return
		}
	}
	l.hit = append(l.hit, limitHit{at, what})
}

// shallow refuses blocks that lie too deep.
type shallow struct{ parser.BlockParser }

func (p shallow) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		switch n.Kind() {
		case ast.KindList, ast.KindBlockquote, kindContainer, east.KindFootnote:
			depth++
		}
	}
	if depth < maxDepth {
		return p.BlockParser.Open(parent, reader, pc)
	}
	_, segment := reader.PeekLine()
	limitsOf(pc).reached(segment.Start, "lists and quotations within each other")
	return nil, parser.NoChildren
}

// fewFootnotes takes footnotes for text where there are too many.
type fewFootnotes struct{ parser.BlockParser }

func (p fewFootnotes) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	l := limitsOf(pc)
	if l.footnotes >= maxFootnotes {
		if line, segment := reader.PeekLine(); bytes.HasPrefix(bytes.TrimLeft(line, " "), []byte("[^")) {
			l.reached(segment.Start, "footnotes")
		}
		return nil, parser.NoChildren
	}
	node, state := p.BlockParser.Open(parent, reader, pc)
	if node != nil {
		l.footnotes++
	}
	return node, state
}

// fewDefinitions leaves paragraphs alone that define too many links: goldmark
// moves all the lines that are left for each.
type fewDefinitions struct{ parser.ParagraphTransformer }

func (t fewDefinitions) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	if lines := node.Lines(); lines.Len() > maxDefinitions {
		first := lines.At(0)
		if bytes.HasPrefix(bytes.TrimLeft(first.Value(reader.Source()), " "), []byte("[")) {
			limitsOf(pc).reached(first.Start, "addresses of links in one paragraph")
			return
		}
	}
	t.ParagraphTransformer.Transform(node, reader, pc)
}

// boundedDelimiters takes delimiters for text where a paragraph has too many.
type boundedDelimiters struct{ parser.InlineParser }

func (p boundedDelimiters) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	l := limitsOf(pc)
	if l.paragraph != parent {
		l.paragraph, l.delimiters = parent, 0
	}
	if l.delimiters >= maxDelimiters {
		_, segment := block.PeekLine()
		l.reached(segment.Start, "marks of emphasis in one paragraph")
		return nil
	}
	l.delimiters++
	return p.InlineParser.Parse(parent, block, pc)
}

// boundedLinks stops looking for links where too many have no end.
type boundedLinks struct{ parser.InlineParser }

func (p boundedLinks) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	l := limitsOf(pc)
	if l.bracketed != parent {
		l.bracketed, l.open = parent, 0
	}
	if l.searched > maxLinkSearch || l.open >= maxOpen {
		l.reached(segment.Start, "brackets that belong to no link")
		return nil
	}
	if line[0] != ']' {
		l.open++
		return p.InlineParser.Parse(parent, block, pc)
	}
	l.open = max(l.open-1, 0)
	node := p.InlineParser.Parse(parent, block, pc)
	if node == nil {
		l.searched += searchCost(line, len(block.Source())-segment.Start)
		if parent.Type() == ast.TypeBlock {
			l.searched += parent.Lines().Len() / 8 // all are passed to find the label
		}
	} else if node.Kind() == ast.KindImage {
		rest, _ := block.PeekLine()
		block.Advance(len(imageAttributes.Find(rest)))
	}
	return node
}

// imageAttributes are Pandoc's behind an image, ![…](…){#id .class width=50%}:
// they say how it looked elsewhere, and are dropped.
var imageAttributes = pattern.New(`^\{ *(?:(?:[#.][\w:.-]+|[\w-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{}]+)) *)+\}`)

// searchCost is how far goldmark looked behind a `]` that ends no link; rest
// is the length of the text from there.
func searchCost(line []byte, rest int) int {
	if len(line) < 2 || line[1] != '(' && line[1] != '[' {
		return 400 // a label is looked up, and what it holds walked over
	}
	if line[1] == '[' && bytes.IndexByte(line[2:], ']') < 0 {
		return rest
	}
	if title := bytes.IndexAny(line, " \t\n"); title >= 0 {
		after := bytes.TrimLeft(line[title:], " \t\n")
		if len(after) == 0 || after[0] == '"' || after[0] == '\'' || after[0] == '(' {
			return rest // titles may go on to the paragraph's end
		}
	}
	return len(line)
}

// CloseBlock ends the links that are still open at the end of a paragraph.
func (p boundedLinks) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	p.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

// bareLinks lets goldmark look for addresses only where one can stand: its own
// check runs over the rest of the word at every space.
type bareLinks struct{ parser.InlineParser }

func (p bareLinks) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	word := line
	switch line[0] {
	case ' ', '*', '_', '~', '(':
		word = line[1:]
	}
	if !maybeAddress(word) {
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}

func maybeAddress(word []byte) bool { return maybeURL(word) || maybeMail(word) }

// maybeMail says whether a word may be an address of mail.
func maybeMail(word []byte) bool {
	for _, c := range word[:min(len(word), 80)] {
		if c == '@' {
			return true
		}
		if isSpace(c) {
			return false
		}
	}
	return false
}

// maybeURL says whether a word begins as addresses do, those of mail aside.
func maybeURL(word []byte) bool {
	if len(word) < 4 {
		return false
	}
	switch word[0] {
	case 'h':
		return string(word[:4]) == "http"
	case 'w':
		return string(word[:4]) == "www."
	case 'f':
		return string(word[:4]) == "ftp:"
	}
	return false
}

// strayFootnotes notes the footnotes that nothing refers to: goldmark is about
// to drop them.
type strayFootnotes struct{}

func (strayFootnotes) Transform(doc *ast.Document, _ text.Reader, pc parser.Context) {
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		noteStray(n, pc)
	}
}
