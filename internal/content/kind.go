package content

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"publish/internal/diag"
	"publish/internal/locale"
	"publish/internal/pattern"
	"publish/internal/postmortem"
)

// judge decides what the document is (DESIGN.md §4) and whether it lacks a
// date.
func (d *reader) judge() {
	if d.template = d.whyTemplate(); d.template != "" {
		return
	}
	if d.of != nil {
		d.Kind, d.Evidence = d.of.Kind, []string{"a translation of " + d.of.Path}
		return
	}
	evidence, certain := d.evidence()
	if certain && !dated(d.Date) && !d.Index {
		if m := d.openingDate(); dated(m) {
			d.Date, d.DateFrom = m, "the one date that its opening names"
			d.setDay()
		}
	}
	switch {
	case d.Meta.Kind != postmortem.KindUnset:
		d.Kind, d.Evidence = d.Meta.Kind, []string{fmt.Sprintf("`%s: %s`", d.keyOf("kind"), d.Meta.Kind)}
	case dated(d.Meta.ScheduledFor):
		d.Kind, d.Evidence = postmortem.KindMaintenance, []string{"`" + d.keyOf("scheduled_for") + "`"}
	case words().repository.is(d.Stem) && len(d.Meta.Evidence) == 0:
		d.page("a file of the repository")
	case d.Index && d.Dir == "":
		d.page("the page at the top of the folder")
	case d.Index && !d.isBundle():
		d.page("the page of its folder")
	case len(evidence) > 0 && (dated(d.Date) || certain):
		d.Kind, d.Evidence = postmortem.KindPostmortem, evidence
	case dated(d.Date):
		d.Kind, d.Evidence = postmortem.KindPost, []string{"a date (" + d.DateFrom + "), and nothing that tells of an incident"}
	default:
		d.page("no date")
		d.sayUndated(evidence)
	}
	if d.Kind != postmortem.KindPage && !dated(d.Date) {
		d.sayDateless()
	}
}

// looksDated is a file's name that begins as if with a date.
var looksDated = pattern.New(`^\d{1,4}-\d{1,2}-\d{1,4}\b`)

// sayUndated warns that a report, or a file whose name holds a date that does
// not exist, stands among the pages: nobody meant it to.
func (d *reader) sayUndated(evidence []string) {
	warn := diag.Diagnostic{Pos: diag.Pos{File: d.Path, Line: 1}, Level: diag.Warning}
	d.missed = looksDated.MatchString(d.Stem) && len(evidence) > 0
	switch {
	case d.only && !d.missed:
		return // most texts there are no reports
	case looksDated.MatchString(d.Stem):
		warn.Code, warn.Hint = diag.DateInvalid, "begin the name with year, month and day, as 2021-04-29, or write `date:`"
		warn.Message = "the date in the name \"" + path.Base(d.Path) + "\" cannot be read, so this is a page and no postmortem"
		if d.only {
			warn.Message = "the date in the name \"" + path.Base(d.Path) + "\" cannot be read, so this is no postmortem and not published"
		}
	case len(evidence) > len(d.names()): // guides are about incidents by name too
		warn.Code, warn.Hint = diag.DateMissing, "write `date: 2021-04-29` into its front matter if it is a postmortem, or `kind: page` if not"
		warn.Message = "this looks like a postmortem (" + evidence[0] + ") and has no date, so it is published as a page"
	default:
		return
	}
	d.diags = append(d.diags, warn)
}

// isBundle says whether the page of a folder is a text of its own, and not a
// list of what lies beside it: such a list may have sections too.
func (d *reader) isBundle() bool {
	return dated(d.Meta.Date) || dated(d.nameDate) || len(d.Meta.Evidence) > 0 || d.timeline() != nil
}

func (d *reader) page(why string) { d.Kind, d.Evidence = postmortem.KindPage, []string{why} }

// unreadable are the mistakes that may have cost a text its date.
var unreadable = []diag.Code{diag.DateInvalid, diag.InternalMark, diag.Encoding, diag.FrontMatterSyntax, diag.FrontMatterUnclosed}

// sayDateless asks for a date, unless the text is not finished anyway or the
// date that it has was refused already.
func (d *reader) sayDateless() {
	unfinished := d.Draft || d.Meta.Draft || d.Meta.Unpublished ||
		d.Meta.Stage == postmortem.StageDraft || d.Meta.Stage == postmortem.StageReview
	refused := slices.ContainsFunc(d.diags, func(x diag.Diagnostic) bool {
		return x.Level == diag.Error && (slices.Contains(unreadable, x.Code) || x.Code == diag.FieldType && d.fieldAt(x.Line) == "date")
	})
	if unfinished || refused {
		return
	}
	d.diags.Report(diag.DateMissing, diag.Pos{File: d.Path, Line: 1},
		"write `date: 2021-04-29` into its front matter, or begin the file's name with the date",
		"this %s has no date (%s)", d.Kind, d.Evidence[0])
}

// fieldAt is the field of the front matter to which a line belongs.
func (d *reader) fieldAt(line int) string {
	name, last := "", 0
	for _, f := range d.Meta.Fields {
		if last < f.Pos.Line && f.Pos.Line <= line {
			name, last = f.Name, f.Pos.Line
		}
	}
	return name
}

// evidence lists what tells of an incident, strongest first: fields, a
// timeline, sections, then what tags and names say. It is certain where a text
// is a report even without a date, which is then missed.
func (d *reader) evidence() (found []string, certain bool) {
	general := words().against.find(d.Stem) != "" || words().against.find(d.Title) != ""
	weak := d.tagsAndFolders()
	if !general {
		weak = append(weak, d.names()...)
	}
	if len(d.Meta.Evidence) > 0 {
		found, certain = append(found, "front matter: "+quoted(d.Meta.Evidence)), true
	}
	if t := d.timeline(); t != nil {
		found = append(found, "a timeline under \""+t.heading+"\"")
		certain = certain || !general
	}
	// Proposals and design documents have an impact too: in a folder that is
	// not a site, one such section is not enough.
	least := 2
	if d.only && len(found)+len(weak) == 0 {
		least = 3
	}
	if headings, weight := d.incidentSections(); weight >= least {
		found = append(found, "sections: \""+strings.Join(headings, "\", \"")+"\"")
		certain = certain || len(weak) > 0 && !general
	}
	return append(found, weak...), certain
}

// weightOf says how much a section tells. A summary or next steps stand in any
// text.
var weightOf = map[locale.Role]int{
	locale.RoleImpact: 2, locale.RoleCause: 2, locale.RoleTimeline: 1, locale.RoleDetection: 1, locale.RoleLessons: 1,
	locale.RoleCountermeasures: 1, locale.RoleResolution: 1,
}

// incidentSections lists the headings of sections that reports have, one of
// each role, and how much they tell together.
func (d *reader) incidentSections() (headings []string, weight int) {
	var few [8]locale.Role
	seen := few[:0]
	for i := range d.sections {
		s := &d.sections[i]
		if w := weightOf[s.role]; w > 0 && !slices.Contains(seen, s.role) {
			seen = append(seen, s.role)
			weight += w
			headings = append(headings, s.heading)
		}
	}
	return headings, weight
}

func (d *reader) tagsAndFolders() (found []string) {
	for _, tag := range slices.Concat(d.Meta.Tags, d.Meta.Categories) {
		if words().tags.is(tag) {
			found = append(found, "tag \""+tag+"\"")
		}
	}
	above := path.Dir(d.Path)
	if d.Index {
		above = path.Dir(above) // its own folder is its name
	}
	for folder := range strings.SplitSeq(above, "/") {
		if words().folders.find(folder) != "" && words().against.find(folder) == "" {
			found = append(found, "folder \""+folder+"\"")
		}
	}
	return found
}

// names gives the words for an incident in the file's name and title.
func (d *reader) names() (found []string) {
	if word := words().incident.find(d.Stem); word != "" {
		found = append(found, d.nameOf()+": \""+word+"\"")
	}
	if word := words().incident.find(d.Title); word != "" {
		found = append(found, "title: \""+word+"\"")
	}
	return found
}

// quoted lists names as code.
func quoted(names []string) string { return "`" + strings.Join(names, "`, `") + "`" }
