package render

import (
	"html/template"
)

// The views are what layouts see: the contract with authors of themes. Every
// text is ready to be shown, in the page's language; a layout does no
// arithmetic and knows no dates. An empty field means that nothing is stated.

// Link is a link with its text.
type Link struct {
	Text string // what it says
	URL  string // where it leads; empty where there is no page
	// Lang is the text's language where it is not the page's, and Dir its
	// direction where that is another too.
	Lang, Dir string
	// External marks links to other sites.
	External bool
	// Inside is "internal" where only the internal edition has it.
	Inside string
	// Current marks the page that is being shown.
	Current bool
	// Note says more: a description, a media type.
	Note string
	// Count is how many reports stand behind the link, as text.
	Count string
	// Term names the term behind the link for filter.js: "service:api".
	Term string
}

// TreeItem is an item of the site's tree. Without a URL it names a part; one
// with a URL and no Items may be a part that is folded.
type TreeItem struct {
	Text, URL string     // what it says and where it leads
	Lang, Dir string     // of the text, where they are not the page's
	External  bool       // it leads to another site
	Current   bool       // the page that is being shown
	Items     []TreeItem // what is below it
}

// When is a point in time: Text for people, DateTime for the attribute of a
// <time> ("" where it is not known well enough).
type When struct {
	Text, DateTime string // for people, and for the attribute
}

// Severity is a step of the site's scale; rank 0 is the worst.
type Severity struct {
	ID, Label, URL string // as in the front matter, its name, the address of its page
	Rank           int    // 0 is the worst
}

// State is the state of an incident or of a countermeasure: ID is one of the
// words of the front matter ("resolved", "in_progress"), Label its name.
type State struct {
	ID, Label string // the word of the front matter, and its name
}

// Entry is one document in a list.
type Entry struct {
	*Saying            // shared by all its entries
	URL      string    // of its page
	Severity *Severity // nil where none is stated
	Services []*Link   // what was hurt
	// News is what was said last, plain: on the home page, where the incident is
	// on top.
	News string
	// NewsLang and NewsDir are of the news, where they are not the page's.
	NewsLang, NewsDir string
	// Shared says what an entry has in common with the page it stands on.
	Shared string
}

// Saying is what the entries of a document say in every list, made once for all. A
// layout sees it as a part of the entry.
type Saying struct {
	Title string // of the report
	// Lang is its language where it is not the page's, and Dir its direction where
	// that is another too.
	Lang, Dir string
	Kind      string // postmortem, post, maintenance
	// KindLabel names the kind of what is no postmortem.
	KindLabel string
	Date      When // in full
	Day       When // without the year
	// MonthDay is the text of Day in parts, for lists that name the month above.
	MonthDay MonthDay
	State    *State // nil where none is stated
	Duration string // as declared, else as its times give
	DataLoss string // in words; empty where none was
	// LastUpdate says when an open incident was last heard of.
	LastUpdate string
	// Preview says why the document is shown although it is not public.
	Preview string
	// Inside is "internal" where only the internal edition has the document.
	Inside string
	// Terms name all that the document is filed under, for filter.js:
	// "service:api severity:sev1 year:2024".
	Terms string
}

// MonthDay is a day without its year in parts. In a list below the name of a month
// the number is enough.
type MonthDay struct {
	Before string // the month and what parts it from the number, where it comes first
	Number string // "4"
	After  string // the same where it comes last: " Apr"
}

// Year is a group of entries; Months are groups of its own. Count is of the
// entries listed here.
type Year struct {
	Name   string  // the year
	URL    string  // of its page
	Count  string  // how many, in words
	Months []Month // newest first
	// Entries are those of all months.
	Entries []Entry
}

// Month is a group of entries.
type Month struct {
	Name    string  // of the month, without the year that it is in
	Entries []Entry // newest first
}

// Facet is a way to browse: services, severities, years.
type Facet struct {
	Kind  string // service, severity, year, tag, provider
	Label string // its name
	URL   string // of the index; may be empty
	Links []Link // a link for each term, with its count
}

// Home is what home.html sees: also for /page/2/ and so on.
type Home struct {
	Frame
	// Number is the page's number, from 1; Position says it ("Page 2 of 5").
	Number   int
	Position string // which page it is
	Newer    string // URL of the page before
	Older    string // URL of the page after
	// Text is the site's own text for its home page; Below says that it
	// belongs under the list.
	Text template.HTML
	// TextLang is its language where it is not the frame's, and TextDir its
	// direction where that is another too.
	TextLang, TextDir string
	Below             bool    // the text belongs under the list
	Open              []Entry // incidents that are not over
	Years             []Year  // the entries of this page
	Facets            []Facet // ways to browse
	// Archive is its URL, from which filter.js takes the rows of all reports.
	Archive  string
	Calendar *Calendar // nil where there is nothing to show
	// Sample is a first postmortem to copy, and Folder where to put it, for
	// a site that has none yet.
	Sample, Folder string
}

// List is what list.html sees: a year, a service, a severity, a tag.
type List struct {
	Frame
	Kind     string    // service, severity, tag, year
	Note     string    // definition or description of the term
	Count    string    // how many, in words
	Severity *Severity // nil but on the page of one
	Feed     string    // URL; empty where there is none
	Years    []Year    // the entries
}

// Archive is what archive.html sees.
type Archive struct {
	Frame
	Count  string  // how many, in words
	Facets []Facet // ways to browse
	Years  []Year  // the entries
	// Unused are the columns that no row fills: severity, services, duration,
	// data-loss, state.
	Unused   []string
	CSV      string // URL of the same rows; may be empty
	Insights string // URL of the figures; may be empty
}

// Search is what search.html sees. All but Archive is for the script: where the
// files of the index are and how it was cut.
type Search struct {
	Frame
	Archive         string // its URL
	Files           string // the beginning of their URLs
	Shards, Letters int    // how the index was cut
	Count, PerFile  int    // how many pages, and how many in a file
	Translated      bool   // some documents are translations of others
}

// Index is what index.html sees: all terms of a kind.
type Index struct {
	Frame
	Kind   string       // service, severity, tag
	Groups []IndexGroup // in the order of publish.yaml
}

// IndexGroup is a group of terms; Name is empty where there are none.
type IndexGroup struct {
	Name  string      // may be empty
	Terms []IndexTerm // in order
}

// IndexTerm is one term with its severity's mark if it is one.
type IndexTerm struct {
	Link
	Severity *Severity // nil but for severities
}

// Register is what countermeasures.html sees: the same promises by state and
// by service. Many have several pages, and those of a service pages of their own.
type Register struct {
	Frame
	Count    string     // how many in all, in words
	States   []Promises // by state: those on this page
	Services []Promises // by service, where all stand on one page
	Calendar string     // URL of the days as a calendar; may be empty
	// StateTally and ServiceTally are all groups with their counts.
	StateTally, ServiceTally []Tally
	Position                 string // "Page 2 of 5"; empty where there is one
	Before, After            string // URLs of the pages before and after; may be empty
}

// Tally leads to a group of countermeasures and counts it. ID is the anchor of a
// group that stands on another page, for links that name it on this one.
type Tally struct {
	Link
	ID string // may be empty
}

// Promises is a group of countermeasures; ID is its anchor.
type Promises struct {
	ID, Name, Count string     // anchor, name, how many in words
	Promises        []*Promise // the countermeasures
}

// Promise is a countermeasure away from its postmortem. Its Text is empty;
// Plain is it without links.
type Promise struct {
	Countermeasure
	Plain     string // the text without links
	Lang, Dir string // of the text, where they are not the page's
	URL       string // of the countermeasure in its postmortem
	Age       string // since when it is promised, in words
	Report    *Entry // where it was promised
}

// Feeds is what feeds.html sees.
type Feeds struct {
	Frame
	Main, Terms, Data []Link // of the whole site, of terms, as data
	Notify            *Link  // where else to subscribe; nil if nowhere
}

// Plain is what page.html, 404.html and tombstone.html see.
type Plain struct {
	Frame
	// TextLang is the text's language where it is not the frame's, and TextDir its
	// direction where that is another too.
	TextLang, TextDir string
	Text              template.HTML // of the page
	Contents          []Content     // its headings
	// Older and Newer are the pages before and after in the tree.
	Older, Newer *Link
	Reason       string // why the page was withdrawn
	Links        []Link // ways to go on, on 404.html
}

// Moved is what redirect.html sees.
type Moved struct {
	Frame
	URL string // where it is now
	To  string // the title of the page there
	// TextLang and TextDir are of that title, where they are not the frame's.
	TextLang, TextDir string
}
