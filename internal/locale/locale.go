// Package locale holds what differs between languages: the words of the
// pages, plurals, how dates, numbers and durations are written, the names of
// months and days, the headings by which sections are recognised, and a guess
// of the language of a text. Each language is one data file in languages/.
package locale

import "time"

// Catalog is one language.
type Catalog struct {
	tag string
}

// For gives the catalog of a BCP 47 tag: "fr-CA" gives French; a language
// without its own file, or an empty tag, gives English. It is cheap to call.
func For(tag string) *Catalog { panic("contract") }

// Languages lists the tags that have complete words for pages ("en", "fr").
func Languages() []string { panic("contract") }

// Tag is the catalog's own tag.
func (c *Catalog) Tag() string { return c.tag }

// T gives the words of a key, {0} {1} … replaced by the arguments. A key that
// the language lacks is taken from English; one that nobody has is given back
// in brackets (a test looks for those).
func (c *Catalog) T(key string, args ...any) string { panic("contract") }

// N gives the words of a key in the plural form for n, {n} replaced by the
// number as the language writes it.
func (c *Catalog) N(key string, n int) string { panic("contract") }

// Date writes a calendar day in full: "29 April 2021", "1er octobre 2021".
func (c *Catalog) Date(t time.Time) string { panic("contract") }

// ShortDate writes a day without its year for lists: "29 Apr", "29 avr.".
func (c *Catalog) ShortDate(t time.Time) string { panic("contract") }

// Month writes a month: "April 2021", "avril 2021".
func (c *Catalog) Month(t time.Time) string { panic("contract") }

// Clock writes a time of day: "09:21", "9 h 21".
func (c *Catalog) Clock(t time.Time) string { panic("contract") }

// DateTime writes a day and a time of day, with the zone if zoned.
func (c *Catalog) DateTime(t time.Time, zoned bool) string { panic("contract") }

// Duration writes a length of time in words and figures: "4 h 50 min".
func (c *Catalog) Duration(d time.Duration) string { panic("contract") }

// Number writes a number with the language's separators.
func (c *Catalog) Number(v float64) string { panic("contract") }

// MonthByName finds a month by its name or abbreviation in any language; case,
// accents and a full stop do not count.
func MonthByName(word string) (time.Month, bool) { panic("contract") }

// WeekdayByName does the same for days of the week.
func WeekdayByName(word string) (time.Weekday, bool) { panic("contract") }

// Role is what a section of a postmortem is for.
type Role string

// The roles.
const (
	NoRole              Role = ""
	RoleSummary         Role = "summary"
	RoleTimeline        Role = "timeline"
	RoleImpact          Role = "impact"
	RoleCause           Role = "causes"
	RoleDetection       Role = "detection"
	RoleResolution      Role = "resolution"
	RoleCountermeasures Role = "countermeasures"
	RoleLessons         Role = "lessons"
	RoleMeasures        Role = "measures"
	RoleUpdates         Role = "updates"
	RoleCommunication   Role = "communications"
)

// RoleOf recognises a heading in any language: enumerators ("1.", "II.",
// "A)"), emoji, emoji codes, parentheses at the end, closing colons, case and
// accents do not count; whole words do. More names of a site's own come first.
func RoleOf(heading string, more map[Role][]string) Role { panic("contract") }

// Guess tells the language of a text from its commonest words; ok is false
// where the text is too short or nothing is clearly ahead. Deterministic.
func Guess(text string) (tag string, ok bool) { panic("contract") }
