// Package config reads publish.yaml, or what a Jekyll site says in
// _config.yml, into a Config with defaults filled in.
//
// publish.yaml is read strictly: a key that means nothing is an error with a
// suggestion, since a setting that is silently ignored is worse than none. The
// files of other tools are read leniently: they were not written for us.
package config

import (
	"net/url"
	"time"

	"publish/internal/diag"
	"publish/internal/locale"
	"publish/internal/tree"
)

// Config is what a site decides. Every field has a working default.
type Config struct {
	File         string // the file that was read, from the site folder; "" if none
	Jekyll       bool   // the settings come from _config.yml
	Title        string
	Description  string
	BaseURL      *url.URL       // nil if unknown; its path ends in a slash
	BaseURLWrong bool           // base_url is there and is no address
	Language     string         // BCP 47; "" if not stated
	Timezone     *time.Location // nil if not stated
	Organization string
	Authors      []string
	Contact      string
	StatusPage   string
	SubscribeURL string
	Repository   string // address of the sources
	License      string
	Content      string   // folder of the texts; "" if not stated
	Output       string   // default "public"
	Permalink    string   // "" if not stated
	PerPage      int      // default 20
	Outputs      []string // html feeds search data statuspage
	Pages        Pages
	Show         []string   // of countermeasures on public pages: owner, due, late
	Facts        string     // stated or full
	Cards        bool       // draw one for each report
	Severities   []Severity // worst first
	// OwnScale says that the site defines its severities. Labels of the built-in
	// scale are in the language of whoever reads them.
	OwnScale  bool
	Services  []Service
	Menu      []MenuItem
	Theme     Theme
	Feed      Feed
	Trackers  []Tracker
	Headings  []Headings
	Zones     []Zone
	DataExtra []string
	Forbidden []string
	Redact    []Redaction
	// InternalHosts are names of hosts that only the inside can reach: a host
	// with all below it, or a pattern with *.
	InternalHosts []string
	Checks        []Check
	Audience      string // public or internal

	// What _config.yml says of the folder.
	Exclude []string // patterns that Jekyll passes over
	// Defaults is front matter that Jekyll gives to many files at once. It is
	// not applied here; package content refuses what may hide a text.
	Defaults       []tree.Entry
	Include        []string // patterns that Jekyll reads although they begin with _
	Collections    []string // those with pages: the texts of "news" lie in _news/
	CollectionsDir string   // folder that holds the collections' folders
}

// Redaction is a pattern of what is published as a placeholder only, with the
// reason that it tells.
type Redaction struct {
	Pattern string // a regular expression, that of a literal text too
	Text    string // that of a literal text, as written
	Reason  string
	Pos     diag.Pos
}

// Pages says for whom the generated overviews are: public, internal or off.
type Pages struct{ Countermeasures, Insights string }

// Severity is one step of a site's scale; rank 0 is the worst.
type Severity struct {
	ID, Label  string
	Rank       int
	Definition string
	Statuspage string // none, minor, major, critical
}

// Service is a part of the system that incidents hit.
type Service struct{ Name, Group, Description string }

// MenuItem is a link of the header. URL is a path of the site, a file of the
// content folder or an address elsewhere.
type MenuItem struct {
	Title, URL string
	Pos        diag.Pos
}

// Feed settles the feeds. ID is the text from which all feed ids are made.
type Feed struct {
	Limit int // entries; default 20
	ID    string
	// Aliases are old addresses of the feed, from the site's root ("/index.xml").
	Aliases []Alias
}

// Alias is an old address, with its place in the file.
type Alias struct {
	Path string
	Pos  diag.Pos
}

// Tracker turns "PREFIX-12" into a link: URL is the address with the number
// appended, or with {id} replaced.
type Tracker struct{ Prefix, URL string }

// Headings adds names to a role of sections.
type Headings struct {
	Role  string
	Names []string
}

// RoleNames are the site's own names of sections, ready to be looked for. To
// make them ready costs more than to look one up: once for a text is enough.
func (c *Config) RoleNames() *locale.OwnNames {
	names := map[locale.Role][]string{}
	for _, h := range c.Headings {
		names[locale.Role(h.Role)] = append(names[locale.Role(h.Role)], h.Names...)
	}
	return locale.NewOwnNames(names)
}

// Zone gives an abbreviation its meaning.
type Zone struct{ Abbreviation, Name string }

// Check changes the level of a diagnostic's code, for all files or for those
// that match Path (a pattern of path.Match, or a folder).
type Check struct {
	Code  diag.Code
	Level diag.Level
	Path  string
}
