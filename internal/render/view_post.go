package render

import "html/template"

// Post is what postmortem.html, post.html and maintenance.html see. What the
// front matter does not state is empty.
type Post struct {
	Frame
	ID string
	// TextLang is the document's language where it is not the frame's, and
	// TextDir "rtl" for languages written from right to left.
	TextLang, TextDir string
	Date              When
	Severity          *Severity
	State             *State
	Facts             []Fact
	// Phases is nil where the phases of the incident are not known.
	Phases      *Phases
	Answers     []Answer
	Corrections []Update
	Updates     []Update
	Contents    []Content
	// Summary is shown where the text does not begin with it.
	Summary         template.HTML
	Text            template.HTML
	Impacts         *Table
	Timeline        *Timeline
	Causes          []Cause
	Countermeasures []Horizon
	Communications  *Table
	Lessons         []Lesson
	Others          []Others
	Tags            []Link
	Older, Newer    *Link
	// Subscribe are feeds and, External, where else to subscribe; Source and Edit the file at its repository, Problem where to
	// report what is wrong. Each may be empty.
	Subscribe    []Link
	Source, Edit string
	Problem      *Link
	Cite         Citation
	// Section names the ids of the sections made from the front matter; they
	// stay clear of the ids in the text.
	Section Sections
}

// Sections are the ids of the generated sections.
type Sections struct {
	Updates, Impacts, Timeline, Causes, Countermeasures, Communications, Lessons string
}

// Fact is one line of the facts. Name is the field's own name.
type Fact struct {
	Name, Label string
	Items       []FactItem
}

// FactItem is one value: a severity, a state, a time, a link, or just text.
type FactItem struct {
	Severity *Severity
	State    *State
	Time     *When
	Link     *Link
	Text     template.HTML
}

// Answer is what a reader asks first, with what is stated about it.
type Answer struct {
	Name, Question string
	Lines          []template.HTML
	More           *Link
}

// Content is a line of the table of contents.
type Content struct {
	ID, Text string
	Items    []Content
}

// Update is a message while the incident ran, or about the report.
type Update struct {
	ID    string
	At    When
	State *State
	Text  template.HTML
}

// Timeline is the timeline as drawn and, day by day, as a list. A timeline of
// the text has no days here: the author's own words are the list.
type Timeline struct {
	// Drawing is nil where there are not two times to draw.
	Drawing *Drawing
	// Zone says in which zone the times are, if all are in one.
	Zone string
	Days []Day
	// Zoned says that some times name their zone: a reader may ask for them in
	// another one.
	Zoned bool
}

// Day is a day of the timeline. Date is empty where there is but one day that
// the facts name already.
type Day struct {
	Date   When
	Events []Event
}

// Event is one event.
type Event struct {
	ID        string
	Kind      string // started, detected, …; may be empty
	KindLabel string
	At        When
	Until     *When
	// Offset is the time since the start of the incident; may be empty.
	Offset string
	// Label names the event for links to it.
	Label string
	Actor string
	Text  template.HTML
	Link  string
	// Ticket is the name of where the link leads, if it is a ticket: OPS-12.
	Ticket string
}

// Table is a table with only the columns that hold something.
type Table struct {
	Columns []Column
	Rows    [][]Cell
}

// Column is a column of a table; Name is stable ("who", "count").
type Column struct{ Name, Label string }

// Cell is one cell. Bar is a share in percent, drawn behind the figure.
type Cell struct {
	Name string // of the column
	Text template.HTML
	Time *When
	Bar  string
}

// Cause is one cause.
type Cause struct {
	Kind, Label         string
	Status, StatusLabel string
	Text                template.HTML
}

// Horizon is a group of countermeasures; Label is empty where no horizon is
// stated at all.
type Horizon struct {
	Label           string
	Countermeasures []Countermeasure
}

// Countermeasure is one promise.
type Countermeasure struct {
	ID    string
	State State
	Kind  string // prevents, detects, …: as words
	Text  template.HTML
	Owner string
	Due   *When
	Done  *When
	Late  bool
	Link  string // where it is followed
	// Ticket is the name of that, where the author gave one: OPS-12.
	Ticket string
}

// Lesson is one of the three lists of lessons.
type Lesson struct {
	Name, Label string
	Items       []template.HTML
}

// Others are other reports that a report leads to, and why: it happened again,
// the author names them, or they are alike.
type Others struct {
	Title   string
	Entries []Entry
}
