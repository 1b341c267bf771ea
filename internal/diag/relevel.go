package diag

import (
	"path"
	"slices"
	"strings"
)

// Rule changes the level of a code, as a site's `checks:` asks. Path limits it
// to a folder or to files that match a pattern of path.Match; empty means all.
type Rule struct {
	Code  Code
	Level Level
	Path  string
}

// Relevel gives the list with the rules applied; what is Off is left out. A
// rule for a path goes before one for all files, a later rule before an
// earlier one of its kind.
func (l List) Relevel(rules []Rule) List {
	if len(rules) == 0 {
		return l
	}
	kept := make(List, 0, len(l))
	for _, d := range l {
		d.Level = levelBy(rules, d)
		if d.Level != Off {
			kept = append(kept, d)
		}
	}
	return kept
}

func levelBy(rules []Rule, d Diagnostic) Level {
	level, general := d.Level, false
	for _, r := range slices.Backward(rules) {
		if r.Code != d.Code {
			continue
		}
		if r.Path != "" && r.covers(d.File) {
			return r.Level
		}
		if r.Path == "" && !general {
			level, general = r.Level, true
		}
	}
	return level
}

func (r Rule) covers(file string) bool {
	folder := strings.TrimSuffix(r.Path, "/")
	if file == folder || strings.HasPrefix(file, folder+"/") {
		return true
	}
	matched, err := path.Match(r.Path, file)
	return err == nil && matched
}
