package postmortem

import (
	"time"

	"publish/internal/block"
	"publish/internal/diag"
	"publish/internal/locale"
)

// Reading is what a text says by itself, found by its headings, labels and
// notations: the same facts as front matter, each with its place. The author's
// text is not touched.
type Reading struct {
	// Facts holds what was found in the fields of a Postmortem: Timeline,
	// Impacts, Causes, Countermeasures, Communications, Lessons, Declared,
	// Updates, and, from labels under the title ("**Severity:** SEV2"),
	// Severity, Status, Services, Start, Resolved and the like.
	Facts Postmortem
	// Sections are the parts of the text whose headings have a role.
	Sections []Section

	memory textMemory
}

// Section is a part of the text that has a role: from the block after its
// heading (or label) up to the next heading of the same or a higher level.
type Section struct {
	Role    locale.Role
	Heading string
	// Label says that the "heading" is a bold label and no heading.
	Label bool
	// First and Last bound the blocks, Last excluded; indices into the blocks.
	First, Last int
}

// Context is what a reader of the text knows besides it.
type Context struct {
	// Date is the document's date, as far as it is known before the text is
	// read: it gives missing days and years.
	Date Moment
	// Zone is the zone that the front matter or the site states; nil if none.
	Zone *time.Location
	// Zones are the site's own abbreviations of zones, with their meaning.
	Zones map[string]string
	// Headings are the site's own names of roles.
	Headings *locale.OwnNames
	// Title is the document's title: dates in it help too.
	Title string
	// Language is the language of the text; "" if it is not known. It may
	// settle the order of day and month.
	Language string
}

// FindSections finds the parts of a text that have a role, by headings and by
// labels that stand alone in a paragraph or a list item. Of the context it needs
// no date and no zone: it tells what a text is before those are known.
func FindSections(blocks []block.Block, c Context) []Section {
	return (&textReader{blocks: blocks, context: c, memory: new(textMemory)}).findSections()
}

// ReadText finds what a text says, given its sections. It never fails: what is
// not understood is left to the reader of the page, and a line under a
// timeline's heading that begins like a time and cannot be read is a warning
// (time-unread).
func ReadText(blocks []block.Block, sections []Section, c Context) (*Reading, diag.List) {
	r := &Reading{}
	return r, r.ReadText(blocks, sections, c)
}

// ReadText reads as the function does, in the place of what was read before.
func (r *Reading) ReadText(blocks []block.Block, sections []Section, c Context) diag.List {
	*r = Reading{Sections: sections, memory: r.memory}
	t := &textReader{blocks: blocks, context: c, memory: &r.memory}
	for _, read := range readers {
		read(t, r)
	}
	r.memory.done()
	return t.diags
}

// textReader is a text while it is read.
type textReader struct {
	blocks  []block.Block
	context Context
	memory  *textMemory
	diags   diag.List
	owned   []int // see owners
	bones   *skeleton
	days    map[int][]dayPart      // by block, see daysOf
	notes   map[int]*time.Location // by block, see noteOf
	groups  map[string]groupFacts  // by heading
	// labelled are what labels say in their own block, see labelledParts.
	labelled map[locale.Role][]part
}

// readers find one kind of fact each, in this order: later ones may look at
// what earlier ones found. A new kind of fact is a file and a row.
var readers = []func(*textReader, *Reading){
	readLabels,
	readTextTimeline,
	readTextImpacts,
	readTextCauses,
	readTextCountermeasures,
	readTextMeasures,
	readTextUpdates,
	readTextLessons,
}
