package locale

import "sync"

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

// noneRole stands for the headings in the data files that have no role but
// would be taken for one.
const noneRole Role = "none"

// knownNames are the names of all languages.
var knownNames = sync.OnceValue(func() *headingNames {
	n := newHeadingNames()
	for _, tag := range tags() {
		l := all()[tag]
		n.add(noneRole, l.headings[noneRole])
		for _, role := range Roles {
			n.add(role, l.headings[role])
		}
		for _, word := range l.joiners {
			n.joiners[Fold(word)] = true
		}
		for _, word := range l.beforeDates {
			n.beforeDates[Fold(word)] = true
		}
	}
	return n
})

// RoleOf recognises a heading in any language: enumerators ("1.", "II.",
// "A)"), emoji, emoji codes, parentheses at the end, closing colons, case and
// accents do not count; whole words do. A site's own names come first; own may
// be nil.
func RoleOf(heading string, own *OwnNames) Role {
	role := NoRole
	if own != nil {
		role = own.names.find(heading)
	}
	if role == NoRole {
		role = knownNames().find(heading)
	}
	if role == noneRole {
		return NoRole
	}
	return role
}

// OwnNames are the names that a site has for roles beside the known ones, made
// ready to be looked for. It never changes.
type OwnNames struct{ names *headingNames }

// NewOwnNames makes names ready; nil where there are none.
func NewOwnNames(names map[Role][]string) *OwnNames {
	if len(names) == 0 {
		return nil
	}
	n := newHeadingNames()
	for _, role := range Roles {
		n.add(role, names[role])
	}
	n.joiners, n.beforeDates = knownNames().joiners, knownNames().beforeDates
	return &OwnNames{n}
}
