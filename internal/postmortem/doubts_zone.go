package postmortem

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"publish/internal/block"
	"publish/internal/diag"
	"publish/internal/pattern"
	"publish/internal/zoneinfo"
)

const offsetPattern = `(?:UTC|GMT)\s?([+−-]\d{1,2}(?::?\d\d)?)`

var (
	// What may stand between the name of a zone and its offset.
	besides = `[\s,;:=()\[\]–-]{1,4}(?:soit |i\.e\. |that is )?`

	placeThenOffset = pattern.Of(func() string { return `(?i)(` + anyOf("place") + `)` + besides + offsetPattern + `(/?)` })
	offsetThenPlace = pattern.Of(func() string { return `(?i)` + offsetPattern + besides + `(` + anyOf("place") + `)` })
	nameThenOffset  = pattern.Holding("[(", `(/?)\b([A-Z]{3,4})\b[\s,=]?\s?[(\[]\s?`+offsetPattern+`(/?)`)
	offsetThenName  = pattern.Holding("[(", `(/?)`+offsetPattern+`\s?[(\[]\s?([A-Z]{3,4})\b(/?)`)
	isoThenPlace    = pattern.Holding("[", `\d([+-]\d\d:?\d\d)\[([A-Z][A-Za-z]+/[A-Za-z_/-]+)\]`)

	seasonName  = pattern.Of(func() string { return `(^|[^A-Za-z/])(` + anyOf("season") + `)($|[^A-Za-z/])` })
	afterClock  = pattern.New(`(?i)(?:\d[:hH.]\d\d(?::\d\d)?|\b\d{4}|\d ?h)\s?(?:[ap]\.?m\.?)?\s?[(\[]?$|\d\s?[ap]\.?m\.?\s?[(\[]?$`)
	timesBefore = pattern.Of(func() string { return `(?i)\b` + anyOf("times") + `\b[^.;\n]{0,30}$` })
)

// zones compares names of zones with offsets, and with the season of the days
// for which they are given.
func (a *auditor) zones() {
	for i, text := range a.prose {
		for _, m := range isoThenPlace.FindAllStringSubmatchIndex(text, -1) {
			a.placeAgainstOffset(i, m[2], claimIn(text, m[2], m[1]), text[m[4]:m[5]], text[m[2]:m[3]])
		}
		if !namesUTC(text) {
			continue
		}
		for _, m := range placeThenOffset.FindAllStringSubmatchIndex(text, -1) {
			if m[6] == m[7] {
				a.placeAgainstOffset(i, m[0], claimIn(text, m[0], m[5]), text[m[2]:m[3]], text[m[4]:m[5]])
			}
		}
		for _, m := range offsetThenPlace.FindAllStringSubmatchIndex(text, -1) {
			a.placeAgainstOffset(i, m[0], claimIn(text, m[0], m[1]), text[m[4]:m[5]], text[m[2]:m[3]])
		}
		for _, m := range nameThenOffset.FindAllStringSubmatchIndex(text, -1) {
			if m[2] == m[3] && m[8] == m[9] {
				a.nameAgainstOffset(i, m[4], claimIn(text, m[4], m[7]), text[m[4]:m[5]], text[m[6]:m[7]])
			}
		}
		for _, m := range offsetThenName.FindAllStringSubmatchIndex(text, -1) {
			if m[2] == m[3] && m[8] == m[9] {
				a.nameAgainstOffset(i, m[3], claimIn(text, m[3], m[7]), text[m[6]:m[7]], text[m[4]:m[5]])
			}
		}
	}
	a.seasons()
}

// namesUTC says that a text holds what every offsetPattern begins with. Few do,
// and the patterns with the many names of places take long to look through one.
func namesUTC(text string) bool {
	for i := range max(0, len(text)-2) {
		if c := text[i] | 0x20; (c == 'u' || c == 'g') && (strings.EqualFold(text[i:i+3], "UTC") || strings.EqualFold(text[i:i+3], "GMT")) {
			return true
		}
	}
	return false
}

// offsetSeconds reads an offset, as `+2` or `−07:00`.
func offsetSeconds(text string) (int, bool) {
	z := scanOffset(text)
	if z.size != len(text) || z.location == nil {
		return 0, false
	}
	_, seconds := time.Time{}.In(z.location).Zone()
	return seconds, true
}

// offsetName is an offset as people write it: UTC+2, UTC+5:30.
func offsetName(seconds int) string {
	sign := "+"
	if seconds < 0 {
		sign, seconds = "-", -seconds
	}
	if seconds%3600 == 0 {
		return fmt.Sprintf("UTC%s%d", sign, seconds/3600)
	}
	return fmt.Sprintf("UTC%s%d:%02d", sign, seconds/3600, seconds%3600/60)
}

// placeAgainstOffset checks `French time, UTC+1` on every day for which it is
// said: it is a doubt if it is wrong on all of them.
func (a *auditor) placeAgainstOffset(block, at int, claim, place, offset string) {
	zone, err := zoneinfo.Load(cmp.Or(meaningOf("place", place), place))
	stated, ok := offsetSeconds(offset)
	days := a.daysOf(block, at)
	if err != nil || !ok || len(days) == 0 {
		return
	}
	for _, day := range days {
		if seconds, sure := zoneOn(zone, day); !sure || seconds == stated {
			return
		}
	}
	seconds, _ := zoneOn(zone, days[0])
	right := offsetName(seconds)
	a.diags.Report(diag.ZoneMismatch, a.place(block, at), fmt.Sprintf("write %s, or leave the offset out", right),
		"%q: on %s %s is at %s, not %s", claim, days[0].Format("2 January 2006"), cityOf(zone), right, offsetName(stated))
}

// nameAgainstOffset checks `PST (UTC-7)`, which is wrong on any day.
func (a *auditor) nameAgainstOffset(block, at int, claim, name, offset string) {
	meaning, own := a.context.Zones[name]
	z := scanZone(cmp.Or(meaning, name), nil)
	stated, ok := offsetSeconds(offset)
	if !ok || z.location == nil || zoneOffsets()[name] == "" && !own || name == "UTC" || name == "GMT" {
		return
	}
	if z.location.String() != "" { // a zone with seasons
		return
	}
	_, seconds := time.Time{}.In(z.location).Zone()
	if seconds == stated {
		return
	}
	a.diags.Report(diag.ZoneMismatch, a.place(block, at), "keep the one that the times below were read in",
		"%q: %s is %s, not %s", claim, name, offsetName(seconds), offsetName(stated))
}

// seasons checks abbreviations of a season (CET, PDT) against the days for
// which they are given, once each.
func (a *auditor) seasons() {
	told := map[string]bool{}
	for i, text := range a.prose {
		for _, m := range seasonName.FindAllStringSubmatchIndex(text, -1) {
			name, at := text[m[4]:m[5]], m[4]
			if told[name] || !a.namesTimes(i, text, at, m[5]) {
				continue
			}
			told[name] = a.seasonDoubt(name, a.place(i, at), a.daysOf(i, at))
		}
	}
	for _, m := range a.statedMoments() {
		if found := seasonName.FindStringSubmatch(m.Written); found != nil && !told[found[2]] && m.IsInstant() {
			told[found[2]] = a.seasonDoubt(found[2], m.Pos, []time.Time{m.Time})
		}
	}
}

// statedMoments are those of the front matter, whose places are their own.
func (a *auditor) statedMoments() []Moment {
	p := a.report
	list := []Moment{p.Start, p.Detected, p.Acknowledged, p.Identified, p.Mitigated, p.Resolved, p.Communicated}
	for _, e := range p.Timeline {
		if e.Span == (Span{}) {
			list = append(list, e.At, e.Until)
		}
	}
	return list
}

// namesTimes says that an abbreviation stands behind a time of day, or for the
// times of a table or section.
func (a *auditor) namesTimes(i int, text string, start, end int) bool {
	if meaning, own := a.context.Zones[text[start:end]]; own && meaning != "" {
		return false // the site says what it means by it
	}
	before := behind(text, start)
	if afterClock.MatchString(before) || timesBefore.MatchString(before) {
		return true
	}
	b := a.blocks[i]
	return b.Kind == block.Row && b.Head
}

// daysOf are the days that a claim in a block is about: those of the events
// that stand there, else the date that the block tells, else all days of the
// timeline, else the report's day.
func (a *auditor) daysOf(i, at int) []time.Time {
	days := a.daysOfEvents()
	if own := days[i+1]; len(own) > 0 {
		return own
	}
	all := days[anyBlock]
	text := a.blocks[i].Text
	var told calendarDay
	text, at = text[max(0, at-4*reachOfWords):min(len(text), at+4*reachOfWords)], min(at, 4*reachOfWords)
	for from := 0; from < len(text); from = nextToken(text, from) {
		if d, ok := dayAt(text, from); ok && (told.end == 0 || d.start < at) {
			told = d
		}
	}
	if told.end > 0 {
		if d, ok := a.inherit(told); ok {
			return []time.Time{d.time()}
		}
		return nil
	}
	if len(all) == 0 && a.day.Known() {
		return []time.Time{a.day.Time}
	}
	return all
}

// anyBlock stands for all blocks together in daysOfEvents.
const anyBlock = -1

// daysOfEvents are the times of the events by the number of their block, from 1.
func (a *auditor) daysOfEvents() map[int][]time.Time {
	if a.eventDays == nil {
		a.eventDays = map[int][]time.Time{}
		for _, e := range a.report.Timeline {
			if e.At.Known() {
				a.eventDays[anyBlock] = append(a.eventDays[anyBlock], e.At.Time)
				a.eventDays[e.Span.Block] = append(a.eventDays[e.Span.Block], e.At.Time)
			}
		}
	}
	return a.eventDays
}

// zoneOn is a zone's offset on a day; not sure on the days around a change of
// the clocks.
func zoneOn(zone *time.Location, day time.Time) (seconds int, sure bool) {
	noon := time.Date(day.Year(), day.Month(), day.Day(), 12, 0, 0, 0, zone)
	_, before := noon.AddDate(0, 0, -1).Zone()
	_, seconds = noon.Zone()
	_, after := noon.AddDate(0, 0, 1).Zone()
	return seconds, before == seconds && seconds == after
}

// seasonDoubt says whether an abbreviation is of the wrong season on all the
// days, and reports it.
func (a *auditor) seasonDoubt(name string, pos diag.Pos, days []time.Time) bool {
	zone, err := zoneinfo.Load(meaningOf("season", name))
	stated, ok := offsetSeconds(zoneOffsets()[name])
	if err != nil || !ok || len(days) == 0 {
		return false
	}
	for _, day := range days {
		if seconds, sure := zoneOn(zone, day); !sure || seconds == stated {
			return false
		}
	}
	day := days[0]
	seconds, _ := zoneOn(zone, day)
	local, _ := time.Date(day.Year(), day.Month(), day.Day(), 12, 0, 0, 0, zone).Zone()
	a.diags.Report(diag.ZoneMismatch, pos,
		fmt.Sprintf("write %s if these are the times that clocks showed, else %s", local, offsetName(stated)),
		"%q on %s: %s is %s, but %s kept %s (%s) that day", name, day.Format("2 January 2006"),
		name, offsetName(stated), cityOf(zone), local, offsetName(seconds))
	return true
}

// cityOf is the place in the name of a zone: "Los Angeles".
func cityOf(zone *time.Location) string {
	name := zone.String()
	return strings.ReplaceAll(name[strings.LastIndex(name, "/")+1:], "_", " ")
}
