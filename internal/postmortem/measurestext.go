package postmortem

import (
	"strings"
	"unicode"

	"publish/internal/block"
	"publish/internal/locale"
)

// readTextMeasures reads the lengths of time that a text declares after a
// label: in its list of figures, under its title, under a heading that is the
// label. What is told inside a sentence is not declared. A measure that is
// declared twice with different lengths, as in a report about several
// incidents, is not known.
func readTextMeasures(t *textReader, r *Reading) {
	found := map[string]Duration{}
	clash := map[string]bool{}
	for i := range t.blocks {
		switch t.roleAt(r, i) {
		case locale.RoleLessons, locale.RoleCountermeasures, locale.RoleUpdates:
			continue
		}
		if t.blocks[i].Kind == block.Code {
			continue
		}
		for _, l := range t.labelsAt(i) {
			d, ok := declaredIn(l.value)
			if first, twice := found[l.field]; twice && ok && first.Value != d.Value {
				clash[l.field] = true
			} else if ok && !twice {
				found[l.field] = d
			}
		}
	}
	for field := range clash {
		delete(found, field)
	}
	f := &r.Facts.Declared
	f.TimeToDetect = found["time_to_detect"]
	f.TimeToAcknowledge = found["time_to_acknowledge"]
	f.TimeToMitigate = found["time_to_mitigate"]
	f.TimeToResolve = found["time_to_resolve"]
	f.Duration = found["duration"]
	if f.TimeToResolve.Written == "" && !clash["time_to_resolve"] {
		f.TimeToResolve = found["time_to_repair"]
	}
}

// declaredIn reads the length of time that a value begins with, "5h 09m
// (during support hours)", or that stands in parentheses behind a range of
// times, "21:45 to 23:28 UTC (103 minutes)".
func declaredIn(value string) (Duration, bool) {
	value, _, _ = strings.Cut(value, "\n")
	value = strings.TrimSpace(value)
	if d, size := scanDuration(value); size > 0 && endsLength(value[size:]) {
		return d, true
	}
	for remark := range inBrackets(value) {
		// (10:44) behind a sentence is a time of day.
		if d := ParseDuration(remark); d.Known && strings.ContainsFunc(remark, unicode.IsLetter) {
			return d, true
		}
	}
	return Duration{}, false
}

// endsLength says that a length of time is complete before a text: it is not
// the first end of a range, or a bound.
func endsLength(rest string) bool {
	trimmed := strings.TrimLeftFunc(rest, unicode.IsSpace)
	if trimmed == "" {
		return true
	}
	if r := firstRune(trimmed); strings.ContainsRune("+/~〜～<>", r) || strings.ContainsRune("-–—", r) && startsNumber(trimmed[len(string(r)):]) {
		return false
	}
	w := word(trimmed)
	return phrases()["range"].is(w) == "" || !startsNumber(trimmed[len(w):])
}

func startsNumber(s string) bool {
	return unicode.IsDigit(firstRune(strings.TrimLeftFunc(s, unicode.IsSpace)))
}
