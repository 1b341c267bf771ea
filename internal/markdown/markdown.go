// Package markdown turns the text of a document into HTML with holes: rendered
// once, with places left open for links and images, whose addresses are known
// only when a page is written. It is the only importer of goldmark.
//
// It knows nothing of postmortems. What stands in the text is given as plain
// data beside the HTML: headings, links and a stream of blocks.
package markdown

import (
	"publish/internal/block"
	"publish/internal/diag"
	"publish/internal/spill"
)

// Profile says for whom the HTML is made.
type Profile uint8

// The profiles. Feed HTML has no ids, permalinks, highlighting or figures'
// furniture, since feed readers show it without our style sheet.
const (
	Page Profile = iota
	Feed
)

// Dialect names the habits of another tool that the text may follow.
type Dialect uint8

// The dialects. Tags of other tools are handled or named, never run.
const (
	Plain Dialect = iota
	// Jekyll: Liquid tags and kramdown attribute lists.
	Jekyll
)

// Options say how a text is read.
type Options struct {
	File     string // for messages
	Line     int    // line of the first byte of the text, from 1
	Omit     []int  // lines that are left out as if they were not there, in order
	Language string // BCP 47; decides the words of alerts and permalinks
	Profile  Profile
	Dialect  Dialect
	// IDPrefix keeps footnote ids unique where several documents stand on one
	// page; "" on a document's own page.
	IDPrefix string
	// DropTitle leaves out the first heading of the text because it became
	// the page's title. The heading is still listed in Doc.Title, not in
	// Doc.Headings.
	DropTitle bool
	// Words are the texts that the HTML itself needs ("Note", "Warning",
	// "Permalink: %s", "Back to text"), by key; see words.go.
	Words func(key string) string
}

// Doc is a rendered text. It never changes once made and may be used by many
// goroutines.
type Doc struct {
	// Title is the plain text of the first heading, wherever it stands, and
	// TitleLevel its level; 0 if there is no heading. TitleFirst says that
	// nothing stands before it.
	Title      string
	TitleLevel int
	TitlePos   diag.Pos
	TitleFirst bool
	// TitleID is the id that the first heading would have had; set only where
	// DropTitle left it out, so that links to it can still be met by the
	// page's own h1. It is not in IDs, but no other id equals it.
	TitleID string
	// Headings in the order of the text.
	Headings []Heading
	// Links lists links and images in the order of the text.
	Links []Link
	// Blocks is the text as a flat stream: what recognisers read.
	Blocks []block.Block
	// IDs are all ids in the HTML, for checking anchors.
	IDs IDs
	// MarkIDs are the ids that the marks got, in their order, in a copy that
	// Mark made; "" for a mark that stands nowhere.
	MarkIDs []string
	// HasWords says that the text says something, code left out.
	HasWords bool

	html        spill.Text        // its tags, without the text
	text        spill.Text        // plain
	parts       spill.Items[part] // what stands between the tags
	holes       []hole
	soft        []int32  // the bytes of the text that are soft line breaks
	codes       []string // the languages of what is coloured when it is shown
	starts      []int32  // where the Text of each block begins in the text; nil if none can be marked
	excerptText string   // of what stands before <!-- more -->, else of the first paragraph
	feed        bool
	fullSize    string // names the link around a figure that has no alternative text
}

// Heading is one heading.
type Heading struct {
	Level int // as the author wrote it, 1 to 6
	// Shown is the level in the HTML: closed up so that the page has a valid
	// outline under its own h1.
	Shown int
	ID    string // "" in the Feed profile
	Text  string // plain
	Pos   diag.Pos

	span // where it stands in the plain text of the document
}

// Link is one link or image.
type Link struct {
	Dest  string // as written, entities and escapes undone
	Text  string // plain text, or alternative text
	Title string
	Image bool
	// HTML says that it comes from an HTML tag in the text.
	HTML bool
	Pos  diag.Pos
}

// Target is where a Link leads from the page that is being written.
type Target struct {
	// URL is what goes into href or src; empty makes a link its text and an
	// image its alternative text.
	URL string
	// Width and Height of an image in pixels, if known.
	Width, Height int
	// External marks links to other sites.
	External bool
}

// Resolve finds the Target of a link.
type Resolve func(*Link) Target
