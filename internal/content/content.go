// Package content is the only reader of the content folder: it walks, reads
// and parses every file once, in parallel, decides what each file is, and says
// why it passed over the rest. What it makes is immutable; a Reader reads the
// folder again and shares with the last time all that did not change.
package content

import (
	"publish/internal/block"
	"publish/internal/locale"
	"publish/internal/markdown"
	"publish/internal/postmortem"
	"publish/internal/spill"
)

// Folder is everything that was found.
type Folder struct {
	// Root is the content folder from the site folder: "content", or "." where
	// the site folder itself is it.
	Root string
	// Jekyll says that the folder follows Jekyll's layout and URLs.
	Jekyll bool
	// OnlyPostmortems says that nobody declared the folder to be a site (a
	// code repository, say): of it only postmortems, the root README and what
	// they link to are published.
	OnlyPostmortems bool
	Documents       []*Document // in the order of their paths
	Files           map[string]*File
	Skipped         []Skipped
	// Summary is SUMMARY.md, if there is one, and Navigation what it says. Of
	// the Document only what was cut and redacted is of interest.
	Summary    *Document
	Navigation []NavItem
	// Settings is the hash of all that the reading of a text depends on
	// besides its path and its bytes: two documents of one path with the same
	// Hash, of folders with the same Settings, are the same.
	Settings [32]byte

	composed map[string]*File // by NFC path
	settings *settings        // for what must not be published; nil where that does not matter
}

// Document is one Markdown file, read and understood.
type Document struct {
	// Path is from the site folder, with slashes, NFC.
	Path string
	// Hash is the SHA-256 of the file's bytes.
	Hash [32]byte
	// Outline is the hash of what other pages than the document's own may show
	// of it: lists, statistics, neighbours, the heads of feeds, the data. The
	// text behind the excerpt is left out, and so are all places.
	Outline [32]byte
	// Head is that of Meta, in memory.
	Head  postmortem.Head
	Kind  postmortem.Kind
	Title string
	// Date decides URL and order; not Known for a page.
	Date postmortem.Moment
	// Day is the day of the incident: start, else first event, else Date.
	Day postmortem.Moment
	// Stem is the file's own name for slugs: without date and extensions, or
	// the folder's for an index.md; as written.
	Stem string
	// Dir is the file's folder from the content folder ("" at its top).
	Dir string
	// Index says that the file is its folder's index.md or README.md.
	Index bool
	// FolderCategories are Jekyll's categories from folders above _posts.
	FolderCategories []string
	Lang             string
	LangGuessed      bool
	// LangFromName says that the file's name says the language: x.fr.md.
	LangFromName bool
	// Translates is the path of the document of which this one is a
	// translation, "" if it is none. Kind, dates and all facts of Meta are then
	// the original's.
	Translates string
	// Draft says that the document lies among Jekyll's _drafts.
	Draft bool
	// Broken says that the document has errors: it is not published.
	Broken bool
	// MatterLinks are the links in the texts of the front matter; the place of
	// each is that of its text.
	MatterLinks []markdown.Link
	// Cuts are what stands between marks of internal parts. Items of the front
	// matter are in Head.Internal.
	Cuts []Cut
	// Redactions are what the public reads as placeholders, in both editions.
	Redactions []Redaction

	facts    *spill.Value[facts]
	template string // why it is a template and no document at all
	bare     bool   // it has no front matter
	missed   bool   // its name says that it is a report, with a date that cannot be read
}

// facts are what takes most of a document's room, and is asked for seldom. They are
// one piece, so that who has a part of them has all and nothing is read again.
type facts struct {
	Meta    postmortem.Postmortem
	Body    markdown.Doc
	Summary string // of the front matter, as plain text
	Grounds
	parsing
	text spill.Text // of the body, internal blocks cut
}

// Grounds say in words why a document is what it is.
type Grounds struct {
	// Evidence is why it has its kind, strongest first.
	Evidence []string
	// TitleFrom is "title", "first heading" or "file name".
	TitleFrom string
	// DateFrom is where the date was found.
	DateFrom string
}

// parsing is how the text was parsed, besides what the document says of it.
type parsing struct {
	line      int // of its first byte
	omit      []int
	dropTitle bool
	dialect   markdown.Dialect
}

// options are those with which the text is parsed.
func (d *Document) options(p *parsing) markdown.Options {
	catalog := locale.For(d.Lang)
	return markdown.Options{
		File: d.Path, Line: p.line, Omit: p.omit, Language: d.Lang, DropTitle: p.dropTitle, Dialect: p.dialect,
		Words: func(key string) string { return catalog.T(key) },
	}
}

// Meta is what the front matter says, and where it says nothing the text. It may
// be read from the disk: who asks often keeps it, and nobody keeps it for longer
// than a page takes, nor a string of it.
func (d *Document) Meta() *postmortem.Postmortem {
	if f := d.facts.Get(); f != nil {
		return &f.Meta
	}
	return nil
}

// Body is the text, without its Blocks: see Document.Blocks. It is kept as Meta is.
func (d *Document) Body() *markdown.Doc {
	if f := d.facts.Get(); f != nil {
		return &f.Body
	}
	return nil
}

// SummaryText is the summary of the front matter as plain text.
func (d *Document) SummaryText() string { return d.facts.Get().Summary }

// Excerpt is the summary of the front matter as plain text; where it has none, what
// the text begins with.
func (d *Document) Excerpt() string {
	f := d.facts.Get()
	if f.Meta.Summary != "" {
		return f.Summary
	}
	return f.Body.ExcerptText()
}

// Grounds say why the document is what it is.
func (d *Document) Grounds() Grounds { return d.facts.Get().Grounds }

// With is the document with a copy of another front matter and text, in memory; of
// what is nil it has an empty one.
func (d Document) With(meta *postmortem.Postmortem, body *markdown.Doc) *Document {
	var f facts
	if meta != nil {
		f.Meta = *meta
	}
	if body != nil {
		f.Body = *body
	}
	d.Head, d.facts = f.Meta.Head, spill.ValueOf(&f)
	return &d
}

// Blocks is the text as a stream of blocks. It is read again, since they are
// asked for seldom and would take as much room as the rest of a document.
func (d *Document) Blocks() []block.Block {
	f := d.facts.Get()
	doc, _ := markdown.Parse(f.text.Bytes(), d.options(&f.parsing))
	return doc.Blocks
}

// FeedBody renders the text again for feeds, its links as resolve says. It stands
// until the next text is rendered in the room.
func (d *Document) FeedBody(room *markdown.Room, resolve markdown.Resolve) []byte {
	f := d.facts.Get()
	return room.FeedHTML(f.text.Bytes(), d.options(&f.parsing), resolve)
}

// Skipped is a file or folder that was passed over.
type Skipped struct {
	Path, Reason string
}

// NavItem is one line of SUMMARY.md.
type NavItem struct {
	Title string
	Dest  string // as written, but counted from the content folder
	Items []NavItem
}
