// Package site puts documents together into one ordered, linked model: what is
// public, in which order, under which addresses, in which groups, and where
// every link leads. It is pure and always made anew in full.
package site

import (
	"sync"
	"time"

	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/locale"
	"publish/internal/markdown"
	"publish/internal/postmortem"
)

// Options are what the command line decides.
type Options struct {
	Now      time.Time
	Drafts   bool
	Future   bool
	Internal bool
	// Without names documents that are left out for errors that showed only in
	// the whole site.
	Without map[string]bool
	// Portable makes links end in index.html, so that the site opens from disk.
	Portable bool
	// Previews asks for Site.Previews.
	Previews bool
}

// Site is the model.
type Site struct {
	Config  *config.Config
	Options Options
	// Title and Language with their defaults filled in.
	Title    string
	Language string
	// Jekyll says that addresses follow Jekyll.
	Jekyll bool
	// Posts are all dated pages, newest first: postmortems, posts and
	// maintenances. Ties go by path.
	Posts []*Page
	// Pages are the others, by path.
	Pages []*Page
	// Translations are the pages that tell of another one's incident in another
	// language, by path. They stand in no list. Languages are theirs, by name.
	Translations []*Page
	Languages    []string
	// Held are the documents that are not public, with the reason, by path.
	Held []Held
	// Years, newest first, then the terms of the three taxonomies by name
	// (severities: worst first).
	Years      []*Term
	Services   []*Term
	Severities []*Term
	Tags       []*Term
	// Assets are the files that public pages refer to, by path.
	Assets []*Asset
	// Redirects lead from old addresses to pages, by path.
	Redirects []Redirect
	// Tombstones are pages that were withdrawn: their address stays, their
	// text is gone. They stand in no list.
	Tombstones []*Page
	// Previews are pages of what waits to become public, with the address that
	// it will have, in the order of their files: only with Options.Previews, for
	// the author's eyes. No other page, list or term knows them, and an address
	// of the public site's is none of theirs. PreviewAssets are the files that
	// only they refer to, by path.
	Previews      []*Page
	PreviewAssets []*Asset
	// Home is the text for the home page, if the site has an index.md or
	// README.md at its top. HomeBelow says that it goes below the list, since
	// it is a repository's README and was not written as a home page.
	Home      *Page
	HomeBelow bool
	// Logo is a file of the content folder; nil if there is none.
	Logo *Asset
	// Menu is the header's links; Navigation is the tree of SUMMARY.md.
	Menu       []Link
	Navigation []Link
	// Passed are the files that were passed over, with the reason.
	Passed []content.Skipped
	// Links writes all addresses.
	Links *Links

	folder   *content.Folder
	headings *locale.OwnNames // of sections
	root     string           // the content folder
	byFile   map[string]*Page // nil values are held back
	byStem   map[string]*Page // by path without the Markdown ending
	byPost   map[string]*Page // by the names that Jekyll's post_url knows
	byPath   map[string]*Page
	names    *names                      // of files, for those that are mistyped
	passed   map[string]bool             // files passed over; folders above them end in /
	byName   map[string]map[string]*Term // by kind and folded name
	assets   map[string]*Asset
	aside    map[string]*Asset        // that only previews refer to
	secret   map[string]*content.File // that hold secrets: pages refer to them, and they are not published
	taking   map[string]*Asset        // one of the two, while files may be added to it
	pending  []pending
	exists   func(route string) bool // known by Confirm
	zones    map[string]string       // the site's own names of zones
	// located and severities are what the documents' zones and severities mean.
	located    map[string]*time.Location
	severities sync.Map // of *config.Severity by text; nil values are not on the scale
	frame      *Page    // where links of the frame are taken to stand
	broken     []*Page  // left out for their errors; their links are still checked
}

// Summary is SUMMARY.md, nil if there is none: of interest is what was cut and
// redacted in it.
func (s *Site) Summary() *content.Document { return s.folder.Summary }

// Page is a document with its address and its place among the others.
type Page struct {
	*content.Document
	// Path is the route: "/2021/04/29/slug/".
	Path string
	// Slug is the last name of the default permalink.
	Slug string
	// FeedID is the id in feeds (DESIGN.md §5).
	FeedID string
	// ID names the document in data and links: front matter's, else the
	// file's name.
	ID string
	// Severity is nil if none is given.
	Severity *config.Severity
	Status   postmortem.Status
	// Open says that the incident still runs.
	Open bool
	// Published and Updated are the feeds' dates; Updated may be unknown.
	Published postmortem.Moment
	Updated   postmortem.Moment
	Brief
	// Preview says why the page is shown although it is not public ("" if it
	// is public): with Drafts or Future, and of each of Site.Previews.
	Preview string
	// ImageHosts are the hosts of images that the author shows from
	// elsewhere ("https://example.com"), for the page's policy.
	ImageHosts []string
	// Place is the page's place in Posts, if it stands there. Newer and Older
	// are its neighbours.
	Place        int
	Newer, Older *Page
	// Original is the page of which this one is a translation, nil if it is
	// none; Translations are those of an original, by language.
	Original     *Page
	Translations []*Page

	Year         *Term
	ServiceTerms []*Term
	SeverityTerm *Term
	TagTerms     []*Term
	Related      []*Page
	RecurrenceOf *Page
	Recurrences  []*Page

	begins time.Time // by which posts are ordered
	places []termPlace
	links  []markdown.Link // of its text, until they are followed
	// promises are its countermeasures, and figures what its incident adds to the
	// statistics, where the site has a page for them.
	promises     []postmortem.Countermeasure
	figures      *figures
	destinations destinations // of its links
	apart        bool         // one of Previews
	former       *Page        // of a page that Ahead made: the one in the model
}

// Term is one member of a taxonomy: a service, a severity, a tag or a year.
type Term struct {
	Kind  string // service, severity, tag, year
	Name  string
	Slug  string
	Path  string // "/services/api/"; "" of a name that only a preview has
	Group string // of a service
	Note  string // of a severity: its definition; of a service: its description
	Rank  int    // of a severity
	Pages []*Page

	folded string  // the name
	at     []int32 // the places of Pages in Site.Posts
}

// Held is a document that is not public.
type Held struct {
	Document *content.Document
	// Reason names the field and its value: "embargo: 2027-01-01".
	Reason string
}

// Asset is a file with its address.
type Asset struct {
	*content.File
	Route         string
	Width, Height int // of an image, in pixels; 0 if unknown

	// Told says that the picture's file told of place, camera or persons, which
	// is not published.
	Told bool

	fault   string // why no browser shows it as an image; see content.Shape
	changed bool   // it is a drawing that is not published as it is
	place   bool   // it is a picture that tells where it was taken, and cannot be cut
}

// Redirect leads from an old address to a page.
type Redirect struct {
	From string
	To   *Page
}

// Link is a link of the frame.
type Link struct {
	Title string
	// Path is a route path, or an absolute URL elsewhere.
	Path     string
	External bool
	Items    []Link

	link *markdown.Link // before it is settled
}
