package render

import (
	"html/template"
)

// The views are what layouts see: the contract with authors of themes. Every
// text is ready to be shown, in the page's language; a layout does no
// arithmetic and knows no dates. An empty field means that nothing is stated.

// Link is a link with its text.
type Link struct {
	Text string
	URL  string
	// Lang is the text's language where it is not the page's.
	Lang string
	// External marks links to other sites.
	External bool
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
	Text, URL string
	External  bool
	Current   bool // the page that is being shown
	Items     []TreeItem
}

// When is a point in time: Text for people, DateTime for the attribute of a
// <time> ("" where it is not known well enough).
type When struct{ Text, DateTime string }

// Severity is a step of the site's scale; rank 0 is the worst.
type Severity struct {
	ID, Label, URL string
	Rank           int
}

// State is the state of an incident or of a countermeasure: ID is one of the
// words of the front matter ("resolved", "in_progress"), Label its name.
type State struct{ ID, Label string }

// Entry is one document in a list.
type Entry struct {
	Title string
	URL   string
	Lang  string // where it is not the page's
	Kind  string // postmortem, post, maintenance
	// KindLabel names the kind of what is no postmortem.
	KindLabel string
	Date      When // in full
	Day       When // without the year
	Severity  *Severity
	State     *State
	Services  []Link
	Duration  string // as declared, else as its times give
	DataLoss  string
	// LastUpdate says when an open incident was last heard of.
	LastUpdate string
	// News is what was said then, plain: on the home page, where the incident is
	// on top.
	News string
	// Shared says what an entry has in common with the page it stands on.
	Shared string
	// Preview says why the document is shown although it is not public.
	Preview string
	// Terms name all that the document is filed under, for filter.js:
	// "service:api severity:sev1 year:2024".
	Terms string
}

// Year is a group of entries; Months are groups of its own. Count is of the
// entries listed here.
type Year struct {
	Name   string
	URL    string
	Count  string
	Months []Month
	// Entries are those of all months.
	Entries []Entry
}

// Month is a group of entries.
type Month struct {
	Name    string
	Entries []Entry
}

// Facet is a way to browse: services, severities, years.
type Facet struct {
	Kind  string // service, severity, year, tag, provider
	Label string
	URL   string // of the index; may be empty
	Links []Link
}

// Home is what home.html sees: also for /page/2/ and so on.
type Home struct {
	Frame
	// Number is the page's number, from 1; Position says it ("Page 2 of 5").
	Number   int
	Position string
	Newer    string // URL of the page before
	Older    string // URL of the page after
	// Text is the site's own text for its home page; Below says that it
	// belongs under the list.
	Text   template.HTML
	Below  bool
	Open   []Entry
	Years  []Year
	Facets []Facet
	// Archive is its URL, from which filter.js takes the rows of all reports.
	Archive  string
	Calendar *Calendar
	// Sample is a first postmortem to copy, and Folder where to put it, for
	// a site that has none yet.
	Sample, Folder string
}

// List is what list.html sees: a year, a service, a severity, a tag.
type List struct {
	Frame
	Kind     string // service, severity, tag, year
	Note     string
	Count    string
	Severity *Severity
	Feed     string
	Years    []Year
}

// Archive is what archive.html sees.
type Archive struct {
	Frame
	Count    string
	Facets   []Facet
	Years    []Year
	CSV      string
	Insights string
}

// Search is what search.html sees. All but Archive is for the script: where the
// files of the index are and how it was cut.
type Search struct {
	Frame
	Archive         string
	Files           string // the beginning of their URLs
	Shards, Letters int
	Count, PerFile  int
	Translated      bool // some documents are translations of others
}

// Index is what index.html sees: all terms of a kind.
type Index struct {
	Frame
	Kind   string
	Groups []IndexGroup
}

// IndexGroup is a group of terms; Name is empty where there are none.
type IndexGroup struct {
	Name  string
	Terms []IndexTerm
}

// IndexTerm is one term with its severity's mark if it is one.
type IndexTerm struct {
	Link
	Severity *Severity
}

// Register is what countermeasures.html sees: the same promises by state and
// by service.
type Register struct {
	Frame
	Count    string
	States   []Promises
	Services []Promises
	Calendar string
}

// Promises is a group of countermeasures; ID is its anchor.
type Promises struct {
	ID, Name, Count string
	Promises        []*Promise
}

// Promise is a countermeasure away from its postmortem. Its Text is empty;
// Plain is it without links.
type Promise struct {
	Countermeasure
	Plain  string
	URL    string // of the countermeasure in its postmortem
	Age    string
	Report *Entry
}

// Feeds is what feeds.html sees.
type Feeds struct {
	Frame
	Main, Terms, Data []Link
	Notify            *Link
}

// Plain is what page.html, 404.html and tombstone.html see.
type Plain struct {
	Frame
	// TextLang is the text's language where it is not the frame's.
	TextLang, TextDir string
	Text              template.HTML
	Contents          []Content
	// Older and Newer are the pages before and after in the tree.
	Older, Newer *Link
	Reason       string // why the page was withdrawn
	Links        []Link
}

// Moved is what redirect.html sees.
type Moved struct {
	Frame
	URL string
	To  string // the title of the page there
}
