package postmortem

import "publish/internal/diag"

// Adopt takes over what the text says where the front matter says nothing: a
// field of the front matter wins as a whole. The date, the title and the
// switches that keep a document back are never taken from the text.
//
// Where both say something and it is not the same, that is noted (text-differs).
func (p *Postmortem) Adopt(r *Reading) diag.List {
	f := &r.Facts
	diags := p.differences(f)
	adopt(&p.ID, f.ID, p.ID == "")
	adopt(&p.Updated, f.Updated, p.Updated.IsZero())
	adopt(&p.Authors, f.Authors, len(p.Authors) == 0)
	adopt(&p.Severity, f.Severity, p.Severity.Text == "")
	adopt(&p.Status, f.Status, p.Status == StatusUnset)
	adopt(&p.Services, f.Services, len(p.Services) == 0 && len(f.Services) <= maxNames)
	adopt(&p.Regions, f.Regions, len(p.Regions) == 0 && len(f.Regions) <= maxNames)
	adopt(&p.Timezone, f.Timezone, p.Timezone == "")
	adopt(&p.Start, f.Start, p.Start.IsZero())
	adopt(&p.Detected, f.Detected, p.Detected.IsZero())
	adopt(&p.Acknowledged, f.Acknowledged, p.Acknowledged.IsZero())
	adopt(&p.Identified, f.Identified, p.Identified.IsZero())
	adopt(&p.Mitigated, f.Mitigated, p.Mitigated.IsZero())
	adopt(&p.Resolved, f.Resolved, p.Resolved.IsZero() && p.ResolvedSwitch != StateNo)
	adopt(&p.Communicated, f.Communicated, p.Communicated.IsZero())
	adopt(&p.Trigger, f.Trigger, p.Trigger == "")
	adopt(&p.Detection, f.Detection, p.Detection == "")
	adopt(&p.Workaround, f.Workaround, p.Workaround == "")
	adopt(&p.Timeline, f.Timeline, len(p.Timeline) == 0)
	adopt(&p.Impacts, f.Impacts, len(p.Impacts) == 0)
	adopt(&p.Causes, f.Causes, len(p.Causes) == 0)
	adopt(&p.Countermeasures, f.Countermeasures, len(p.Countermeasures) == 0)
	adopt(&p.Communications, f.Communications, len(p.Communications) == 0)
	adopt(&p.Updates, f.Updates, len(p.Updates) == 0)
	adopt(&p.Lessons.Well, f.Lessons.Well, len(p.Lessons.Well) == 0)
	adopt(&p.Lessons.Wrong, f.Lessons.Wrong, len(p.Lessons.Wrong) == 0)
	adopt(&p.Lessons.Lucky, f.Lessons.Lucky, len(p.Lessons.Lucky) == 0)
	p.Declared.adopt(f.Declared)
	return diags
}

// adopt takes a value over where there is none.
func adopt[T any](to *T, from T, absent bool) {
	if absent {
		*to = from
	}
}

func (d *Declared) adopt(from Declared) {
	for _, pair := range [][2]*Duration{
		{&d.TimeToDetect, &from.TimeToDetect},
		{&d.TimeToAcknowledge, &from.TimeToAcknowledge},
		{&d.TimeToMitigate, &from.TimeToMitigate},
		{&d.TimeToResolve, &from.TimeToResolve},
		{&d.Duration, &from.Duration},
	} {
		adopt(pair[0], *pair[1], pair[0].Written == "")
	}
}
