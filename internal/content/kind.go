package content

import (
	"fmt"
	"slices"
	"strings"

	"publish/internal/diag"
	"publish/internal/locale"
	"publish/internal/postmortem"
)

// judge decides what the document is (DESIGN.md §4), from the strongest
// evidence to the weakest, and whether it lacks a date.
func (d *reader) judge() {
	if d.template = d.whyTemplate(); d.template != "" {
		return
	}
	strong, weak := d.strongEvidence(), d.weakEvidence()
	evidence := slices.Concat(strong, weak)
	ownDate := dated(d.Meta.Date) || dated(d.nameDate)
	switch {
	case d.Meta.Kind != postmortem.KindUnset:
		d.Kind, d.Evidence = d.Meta.Kind, []string{fmt.Sprintf("`%s: %s`", d.keyOf("kind"), d.Meta.Kind)}
	case dated(d.Meta.ScheduledFor):
		d.Kind, d.Evidence = postmortem.KindMaintenance, []string{"`" + d.keyOf("scheduled_for") + "`"}
	case words().repository.is(d.Stem) && len(d.Meta.Evidence) == 0:
		d.page("a file of the repository")
	case d.Index && d.Dir == "":
		d.page("the page at the top of the folder")
	case d.Index && len(strong) == 0 && !ownDate:
		d.page("the page of its folder")
	case len(evidence) > 0 && (dated(d.Date) || len(strong) > 0):
		d.Kind, d.Evidence = postmortem.KindPostmortem, evidence
	case dated(d.Date):
		d.Kind, d.Evidence = postmortem.KindPost, []string{"a date (" + d.DateFrom + "), and nothing that tells of an incident"}
	default:
		d.page("no date")
	}
	if d.Kind != postmortem.KindPage && !dated(d.Date) {
		d.sayDateless()
	}
}

func (d *reader) page(why string) { d.Kind, d.Evidence = postmortem.KindPage, []string{why} }

// sayDateless asks for a date, unless the text is not finished anyway or the
// date that it has was refused already.
func (d *reader) sayDateless() {
	unfinished := d.Draft || d.Meta.Draft || d.Meta.Unpublished ||
		d.Meta.Stage == postmortem.StageDraft || d.Meta.Stage == postmortem.StageReview
	refused := slices.ContainsFunc(d.diags, func(x diag.Diagnostic) bool {
		return x.Code == diag.DateInvalid || x.Code == diag.InternalMark || x.Code == diag.Encoding || x.Code == diag.FrontMatterSyntax
	})
	if unfinished || refused {
		return
	}
	d.diags.Report(diag.DateMissing, diag.Pos{File: d.Path, Line: 1},
		"write `date: 2021-04-29` into its front matter, or begin the file's name with the date",
		"this %s has no date (%s)", d.Kind, d.Evidence[0])
}

// strongEvidence is what only a report of an incident has.
func (d *reader) strongEvidence() (found []string) {
	if len(d.Meta.Evidence) > 0 {
		found = append(found, "front matter: "+quoted(d.Meta.Evidence))
	}
	if t := d.timeline(); t != nil {
		found = append(found, fmt.Sprintf("a timeline under \"%s\"", t.heading))
	}
	if roles := d.incidentSections(); len(roles) > 0 {
		found = append(found, "sections: "+strings.Join(roles, ", "))
	}
	return found
}

// weightOf says how much a section tells: two make a report. A summary or next
// steps stand in any text.
var weightOf = map[locale.Role]int{
	locale.RoleImpact: 2, locale.RoleCause: 2, locale.RoleTimeline: 1, locale.RoleDetection: 1, locale.RoleLessons: 1,
	locale.RoleCountermeasures: 1, locale.RoleResolution: 1,
}

// incidentSections lists the headings of sections that only reports have, if
// they are enough.
func (d *reader) incidentSections() (headings []string) {
	weight := 0
	seen := map[locale.Role]bool{}
	for _, s := range d.sections {
		if w := weightOf[s.role]; w > 0 && !seen[s.role] {
			seen[s.role] = true
			weight += w
			headings = append(headings, "\""+s.heading+"\"")
		}
	}
	if weight < 2 {
		return nil
	}
	return headings
}

// weakEvidence is what tags and names say. Names of texts about incidents in
// general say it too, and then count for nothing.
func (d *reader) weakEvidence() (found []string) {
	for _, tag := range slices.Concat(d.Meta.Tags, d.Meta.Categories) {
		if words().tags.is(tag) {
			found = append(found, "tag \""+tag+"\"")
		}
	}
	for folder := range strings.SplitSeq(folderOf(d.Path), "/") {
		if words().folders.is(folder) {
			found = append(found, "folder \""+folder+"\"")
		}
	}
	if words().against.find(d.Stem) != "" || words().against.find(d.Title) != "" {
		return found
	}
	if word := words().incident.find(d.Stem); word != "" {
		found = append(found, d.nameOf()+": \""+word+"\"")
	}
	if word := words().incident.find(d.Title); word != "" {
		found = append(found, "title: \""+word+"\"")
	}
	return found
}

func folderOf(name string) string {
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		return name[:i]
	}
	return ""
}

// quoted lists names as code.
func quoted(names []string) string { return "`" + strings.Join(names, "`, `") + "`" }
