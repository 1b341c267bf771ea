package render

import "html/template"

// Post is what postmortem.html, post.html and maintenance.html see. What the
// front matter does not state is empty.
type Post struct {
	Frame
	ID string // that never changes
	// TextLang is the document's language where it is not the frame's, and
	// TextDir "rtl" for languages written from right to left.
	TextLang, TextDir string
	Date              When      // of the report
	Severity          *Severity // nil where none is stated
	State             *State    // nil where none is stated
	Facts             []Fact    // what is known, in lines
	// Phases is nil where the phases of the incident are not known.
	Phases      *Phases
	Answers     []Answer  // what readers ask first
	Corrections []Update  // after it was published
	Updates     []Update  // while it ran, newest first
	Contents    []Content // its headings
	// Summary is shown where the text does not begin with it.
	Summary         template.HTML
	Text            template.HTML // of the author
	Impacts         *Table        // who was hurt, and how much
	Timeline        *Timeline     // nil where there is none
	Causes          []Cause       // what led to it
	Countermeasures []Horizon     // what was promised, by horizon
	Communications  *Table        // what was said to whom
	Lessons         []Lesson      // what was learnt
	Others          []Others      // reports that belong to it
	Tags            []Link        // free words
	Older, Newer    *Link         // the reports before and after
	// Subscribe are feeds and, External, where else to subscribe; Source and
	// Edit the file at its repository, Problem where to
	// report what is wrong. Each may be empty.
	Subscribe    []Link
	Source, Edit string   // URLs at the repository; may be empty
	Problem      *Link    // nil if nobody is named
	Cite         Citation // how to refer to it
	// Section names the ids of the sections made from the front matter; they
	// stay clear of the ids in the text.
	Section Sections
}

// Sections are the ids of the generated sections.
type Sections struct {
	Updates, Impacts, Timeline, Causes, Countermeasures, Communications, Lessons string // each an anchor
}

// Fact is one line of the facts. Name is the field's own name.
type Fact struct {
	Name, Label string     // stable, and in words
	Items       []FactItem // its values
}

// FactItem is one value: a severity, a state, a time, a link, or just text.
type FactItem struct {
	Severity *Severity     // each of these is nil but one
	State    *State        // a state
	Time     *When         // a time
	Link     *Link         // a link
	Text     template.HTML // anything else
}

// Answer is what a reader asks first, with what is stated about it.
type Answer struct {
	Name, Question string          // stable, and in words
	Lines          []template.HTML // what is stated
	More           *Link           // where it stands in full, or nil
}

// Content is a line of the table of contents.
type Content struct {
	ID, Text string    // anchor and text of the heading
	Items    []Content // the headings below
	Inside   string    // "internal" where only the internal edition has it
}

// Update is a message while the incident ran, or about the report.
type Update struct {
	ID    string        // its anchor
	At    When          // when it was said
	State *State        // how it stood; nil if not stated
	Text  template.HTML // what was said
}

// Timeline is the timeline as drawn and, day by day, as a list. A timeline of
// the text has no days here: the author's own words are the list.
type Timeline struct {
	// Drawing is nil where there are not two times to draw.
	Drawing *Drawing
	// Zone says in which zone the times are, if all are in one.
	Zone string
	Days []Day // in order
	// Zoned says that some times name their zone: a reader may ask for them in
	// another one.
	Zoned bool
}

// Day is a day of the timeline. Date is empty where there is but one day that
// the facts name already.
type Day struct {
	Date   When    // of the day
	Events []Event // in order
}

// Event is one event.
type Event struct {
	ID        string // its anchor
	Kind      string // started, detected, …; may be empty
	KindLabel string // the same in words
	At        When   // when
	Until     *When  // when it ended, or nil
	// Offset is the time since the start of the incident; may be empty.
	Offset string
	// Label names the event for links to it.
	Label string
	Actor string        // who; may be empty
	Text  template.HTML // what happened
	Link  string        // where it is followed; may be empty
	// Ticket is the name of where the link leads, if it is a ticket: OPS-12.
	Ticket string
}

// Table is a table with only the columns that hold something.
type Table struct {
	Columns []Column // the heads
	Rows    [][]Cell // the rows
}

// Column is a column of a table; Name is stable ("who", "count").
type Column struct {
	Name, Label string // stable, and in words
}

// Cell is one cell. Bar is a share in percent, drawn behind the figure.
type Cell struct {
	Name  string        // of the column
	Label string        // the same in words, for rows that stand as blocks
	Text  template.HTML // its text
	Time  *When         // or a time
	Bar   string        // empty where there is no share
}

// Cause is one cause.
type Cause struct {
	Kind, Label         string        // trigger, immediate, root or contributing, and in words
	Status, StatusLabel string        // suspected, confirmed or ruled_out, and in words
	Text                template.HTML // what it was
}

// Horizon is a group of countermeasures; Label is empty where no horizon is
// stated at all.
type Horizon struct {
	Label           string           // in words
	Countermeasures []Countermeasure // in the order of the author
}

// Countermeasure is one promise.
type Countermeasure struct {
	ID    string        // its anchor
	State State         // how far it is
	Kind  string        // prevents, detects, …: as words
	Text  template.HTML // what is promised
	Owner string        // where the public may see it
	Due   *When         // the day, or nil
	Done  *When         // the day, or nil
	Late  bool          // the day has passed
	// Inside is "internal" where only the internal edition has it; Text is marked.
	Inside string
	Link   string // where it is followed
	// Ticket is the name of that, where the author gave one: OPS-12.
	Ticket string
}

// Lesson is one of the three lists of lessons.
type Lesson struct {
	Name, Label string          // well, wrong or lucky, and in words
	Items       []template.HTML // the lessons
}

// Others are other reports that a report leads to, and why: it happened again,
// the author names them, or they are alike.
type Others struct {
	Title   string  // why they belong together
	Entries []Entry // the reports
}
