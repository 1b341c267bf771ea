package locale

import (
	"strings"
	"sync"
	"unicode/utf8"
)

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

// Roles lists all roles, in the order in which they count where two names of
// the same length meet in one heading.
var Roles = []Role{
	RoleTimeline, RoleCountermeasures, RoleCause, RoleImpact, RoleLessons, RoleSummary,
	RoleResolution, RoleDetection, RoleMeasures, RoleCommunication, RoleUpdates,
}

// noneRole heads the names in the data files that are no role.
const noneRole Role = "none"

// A name with more words around it than this is not what a heading is about.
const (
	maxOtherWords   = 5
	maxOtherLetters = 8 // in scripts without spaces
)

// headingNames is an index of names of roles, folded.
type headingNames struct {
	within   map[string]Role // may stand within a heading
	whole    map[string]Role // must be the whole of a part
	longest  int             // words of the longest name
	unspaced int             // letters of the longest name without spaces
	// joiners and beforeDates are small words; see the data files.
	joiners     map[string]bool
	beforeDates map[string]bool
}

var knownNames = sync.OnceValue(func() *headingNames {
	n := newHeadingNames()
	for _, tag := range tags {
		l := all()[tag]
		for _, role := range append([]Role{noneRole}, Roles...) {
			n.add(role, l.headings[role])
		}
		for _, word := range l.joiners {
			n.joiners[fold(word)] = true
		}
		for _, word := range l.beforeDates {
			n.beforeDates[fold(word)] = true
		}
	}
	return n
})

func newHeadingNames() *headingNames {
	return &headingNames{
		within: map[string]Role{}, whole: map[string]Role{},
		joiners: map[string]bool{}, beforeDates: map[string]bool{},
	}
}

// add takes names that nobody has taken before.
func (n *headingNames) add(role Role, names []string) {
	for _, name := range names {
		whole := strings.HasPrefix(name, "=")
		name = fold(name)
		if name == "" {
			continue
		}
		if _, taken := n.whole[name]; !taken {
			n.whole[name] = role
		}
		if _, taken := n.within[name]; whole || taken {
			continue
		}
		n.within[name] = role
		n.longest = max(n.longest, strings.Count(name, " ")+1)
		if r, _ := utf8.DecodeRuneInString(name); unspaced(r) {
			n.unspaced = max(n.unspaced, utf8.RuneCountInString(name))
		}
	}
}

// RoleOf recognises a heading in any language: enumerators ("1.", "II.",
// "A)"), emoji, emoji codes, parentheses at the end, closing colons, case and
// accents do not count; whole words do. More names of a site's own come first.
func RoleOf(heading string, more map[Role][]string) Role {
	plain := undecorated(heading)
	if len(more) > 0 {
		own := newHeadingNames()
		for _, role := range Roles {
			own.add(role, more[role])
		}
		own.joiners, own.beforeDates = knownNames().joiners, knownNames().beforeDates
		if role := own.find(plain); role != NoRole {
			return role
		}
	}
	return knownNames().find(plain)
}
