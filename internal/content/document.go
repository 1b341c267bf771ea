package content

import (
	"cmp"
	"crypto/sha256"
	"path"
	"strings"
	"sync"

	"publish/internal/diag"
	"publish/internal/locale"
	"publish/internal/markdown"
	"publish/internal/postmortem"
	"publish/internal/spill"
	"publish/internal/tree"
)

// reader is one document while it is read.
type reader struct {
	*settings
	*Document
	whole   *facts                 // what the document does not hold itself, while it is read
	Meta    *postmortem.Postmortem // of the whole
	Body    *markdown.Doc
	summary string // of the front matter, as plain text
	Grounds
	parsing
	diags    diag.List
	nameDate postmortem.Moment // that the name of the file or folder holds
	source   []byte            // of the body, internal blocks cut
	found    []postmortem.Section
	sections []section // of those, the ones that headings open
	kin      kin
	of       *Document // what it is a translation of
	reasons  []string  // of redactions, by the numbers of their sentinels
	scratch  *scratch
	values   []said       // of the front matter, where the site has patterns
	told     map[int]bool // patterns of what is forbidden that were found in the source
}

// scratch is memory that is used again for the next text: what was made in it,
// nobody has kept.
type scratch struct {
	source  []byte
	tree    *tree.Scratch
	blocks  markdown.Room
	reading postmortem.Reading
	hasher  hasher
	begin   []byte // of which the language is guessed
}

var scratches = sync.Pool{New: func() any { return &scratch{tree: new(tree.Scratch)} }}

// readDocument reads one text: what it says, what it is, and what is wrong
// with it. It is a pure function of its arguments. Name is the path from the
// site folder, NFC; k is what its name says of it; of is the original of a
// translation, nil if it is none. There is always a document, and it keeps
// neither raw nor what is in the room.
func readDocument(name string, raw []byte, s *settings, k kin, of *Document, room *scratch) (*Document, diag.List) {
	d := &reader{settings: s, Document: &Document{
		Path: name, Hash: sha256.Sum256(raw), Kind: postmortem.KindPage,
	}, whole: new(facts), scratch: room}
	d.Meta, d.kin = &d.whole.Meta, k
	d.place()
	text, diags := clean(name, raw)
	if at := conflict(text); at >= 0 {
		diags.Report(diag.MergeConflict, position(name, text, at), "keep what is right, and take the three lines of marks away",
			"git left two versions of a passage here: both would be published")
		text = nil // not each of them a mistake in the front matter too
	}
	if !diags.HasErrors() {
		whole := text
		if text, d.Cuts, diags = cutInternal(name, whole, s.internal); diags.HasErrors() {
			diags = append(diags, d.matterAlone(whole)...)
		}
	}
	d.diags = diags
	d.refuseOtherForms(text)
	text = d.cutRedacted(text)
	d.related(k, of)
	parts := d.matter(text)
	d.settleLanguage(parts.Body)
	d.body(parts)
	d.found = postmortem.FindSections(d.Body.Blocks, d.context(nil))
	d.sections = d.headedSections()
	d.date()
	d.judge()
	d.understand()
	d.proseTexts()
	d.stillSays()
	d.Broken = d.diags.HasErrors()
	d.gather()
	d.Outline = room.hasher.outline(d.Document, d.whole)
	d.spill()
	return d.Document, d.diags
}

// spill puts away what is long.
func (d *reader) spill() {
	said := d.whole
	said.Body.Blocks = nil // nobody else has the copy that mark made
	said.Body.Spill(d.texts)
	d.Head = said.Meta.Head
	said.text = d.texts.Copy(d.source)
	all := spill.PutValue(d.texts, said, d.Path)
	if all.Away() {
		spill.Detach(d.Document, d.Path)
	}
	d.facts = all
}

// gather completes what the document does not hold itself, but for its source.
func (d *reader) gather() {
	d.whole.Body, d.whole.Summary, d.whole.Grounds, d.whole.parsing = *d.Body, d.summary, d.Grounds, d.parsing
}

// place reads what the path says.
func (d *reader) place() {
	rel := relative(d.root, d.Path)
	stem, _ := textName(path.Base(rel))
	if d.kin.stem != "" {
		stem = d.kin.stem
	}
	if d.Dir = path.Dir(rel); d.Dir == "." {
		d.Dir = ""
	}
	d.Index = isIndex(stem)
	d.Draft = inFolder(d.Path, "_drafts")
	if d.jekyll {
		d.FolderCategories = folderCategories(rel)
	}
	above := d.Dir
	if d.Index && d.Dir != "" {
		stem, above = path.Base(d.Dir), path.Dir(d.Dir)
	}
	d.Stem = stem
	if date, rest, ok := postmortem.DateInPath(above, stem); ok {
		d.nameDate, d.Stem = date, rest
	} else if date, ok := postmortem.FindDate(above + "/" + stem); ok && strings.Contains(date.Written, "/") {
		// 2021/04/29-outage: the folders hold the year and the month.
		d.nameDate = date
		if rest, ok := strings.CutPrefix(stem, path.Base(date.Written)); ok {
			d.Stem = strings.TrimLeft(rest, "-_ ")
		}
	}
}

// matter splits off the front matter and decodes it.
func (d *reader) matter(text []byte) postmortem.Parts {
	parts, root, diags := d.split(text)
	d.diags = append(d.diags, diags...)
	if strings.HasSuffix(strings.ToLower(d.Path), ".mdx") {
		parts.Body, diags = cutMDX(d.Path, parts.Body, parts.BodyLine)
		d.diags = append(d.diags, diags...)
	}
	d.redact(root, &parts)
	diags = d.Meta.Decode(root, d.decoding)
	if len(d.Meta.Unknown) > 0 {
		d.scratch.tree = new(tree.Scratch) // the tree is kept
	}
	d.diags = append(d.diags, diags...)
	if d.of != nil && d.Meta.Timezone == "" {
		d.Meta.Timezone = d.of.Head.Timezone
	}
	d.bare = parts.Format == postmortem.NoFrontMatter
	d.forbidden(root, parts)
	d.leaks(root, parts)
	return parts
}

// split takes the front matter off and reads it, nil where there is none.
func (d *reader) split(text []byte) (postmortem.Parts, *tree.Node, diag.List) {
	parts, diags := postmortem.Split(d.Path, text)
	parse := d.scratch.tree.ParseYAML
	switch parts.Format {
	case postmortem.YAML:
	case postmortem.TOML:
		parse = tree.ParseTOML
	case postmortem.JSON:
		parse = tree.ParseJSON
	default:
		return parts, nil, diags
	}
	root, problems := parse(d.Path, parts.MatterLine, parts.Matter, diag.FrontMatterSyntax)
	return parts, root, append(diags, problems...)
}

// matterAlone finds what is wrong with the front matter of a text whose marks
// of internal parts are wrong further below. Nothing else is read of it.
func (d *reader) matterAlone(text []byte) diag.List {
	parts, _ := postmortem.Split(d.Path, text)
	head, _, marks := cutInternal(d.Path, text[:len(text)-len(parts.Body)], false)
	if marks.HasErrors() {
		return nil
	}
	_, root, diags := d.split(head)
	_, problems := postmortem.Decode(root, d.decoding)
	return append(diags, problems...)
}

// settleLanguage finds the language: the author's word, the site's, a guess.
func (d *reader) settleLanguage(body []byte) {
	if d.kin.tag != "" {
		d.Lang, d.LangFromName = d.kin.tag, true
		if d.Meta.Lang != "" && locale.SameLanguage(d.Meta.Lang, d.kin.tag) {
			d.Lang = d.Meta.Lang
		}
		d.doubtLanguage(body)
		return
	}
	if d.Lang = cmp.Or(d.Meta.Lang, d.language); d.Lang != "" {
		return
	}
	if tag, ok := d.guessLanguage(body); ok {
		d.Lang, d.LangGuessed = tag, true
	}
}

// guessLanguage guesses from the title and the text.
func (d *reader) guessLanguage(body []byte) (tag string, ok bool) {
	text := append(append(d.scratch.begin[:0], d.Meta.Title...), '\n')
	d.scratch.begin = append(text, body[:min(len(body), locale.Enough)]...)
	return locale.Guess(d.scratch.begin)
}

// body parses the text and finds the title. A first heading that became the
// title is left out of the text; whether it did is known only afterwards, so
// a wrong expectation costs a second parse.
func (d *reader) body(parts postmortem.Parts) {
	d.line = parts.BodyLine
	d.source, d.omit = closeGaps(parts.Body, parts.BodyLine, d.Cuts, d.internal)
	d.dropTitle = d.Meta.Title == "" || repeats(firstLine(parts.Body), d.Meta.Title)
	if d.jekyll {
		d.dialect = markdown.Jekyll
	}
	doc, diags := d.scratch.blocks.Parse(d.source, d.options(&d.parsing))
	isTitle := d.isTitle(doc)
	if doc.TitleLevel > 0 && isTitle != d.dropTitle {
		d.dropTitle = isTitle
		doc, diags = d.scratch.blocks.Parse(d.source, d.options(&d.parsing))
	}
	d.Body, d.diags = doc, append(d.diags, diags...)
	switch {
	case d.Meta.Title != "":
		d.Title, d.TitleFrom = d.Meta.Title, "title"
	case isTitle:
		d.Title, d.TitleFrom = doc.Title, "first heading"
	case d.of != nil:
		d.Title, d.TitleFrom = d.of.Title, "title of the original"
	default:
		d.Title, d.TitleFrom = d.nameTitle(), "file name"
	}
	d.Title = strings.Map(printable, d.Title)
}
