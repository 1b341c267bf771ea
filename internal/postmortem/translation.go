package postmortem

import (
	"fmt"
	"strings"

	"publish/internal/diag"
)

// Translate makes p, the front matter of a translation with what its text says,
// tell of the incident of its original: facts are the original's, words stay
// p's own. What only words say and p does not is absent: a page mixes no
// languages. Who may read p, and where it stands, is left alone.
//
// A fact that p states otherwise, and a list that is longer or shorter, is a
// warning (translation-differs) with both places. name is p's file.
func (p *Postmortem) Translate(original *Postmortem, name string) diag.List {
	t := &translation{own: p, original: original, file: name}
	t.compareFacts()
	t.takeFacts()
	t.lists()
	t.sayMissing()
	return t.diags
}

type translation struct {
	own, original *Postmortem
	file          string
	missing       []string // what is not translated
	diags         diag.List
}

// differ says that a fact is another. Places without a line are those of the
// field in the front matter.
func (t *translation) differ(field string, here, there diag.Pos, own, original string) {
	t.diags.Report(diag.TranslationDiffers, t.place(t.own, field, here), "correct one of the two, or leave it out here: the original's is shown",
		"the translation has %s for `%s`, the original %s%s", quote(own), field, quote(original), at(t.place(t.original, field, there)))
}

// at is a place in another file, for a message.
func at(pos diag.Pos) string {
	if pos.Line == 0 {
		return ""
	}
	return fmt.Sprintf(" (%s:%d)", pos.File, pos.Line)
}

func (t *translation) place(p *Postmortem, field string, pos diag.Pos) diag.Pos {
	if pos.Line == 0 {
		pos = p.fieldPos(field)
	}
	if pos.Line == 0 && p == t.own {
		pos = diag.Pos{File: t.file, Line: 1, Column: 1}
	}
	return pos
}

// moments pairs the times that are facts by themselves.
func (t *translation) moments() []struct {
	name       string
	own, other *Moment
} {
	p, o := t.own, t.original
	return []struct {
		name       string
		own, other *Moment
	}{
		{"date", &p.Date, &o.Date}, {"start", &p.Start, &o.Start}, {"detected", &p.Detected, &o.Detected},
		{"acknowledged", &p.Acknowledged, &o.Acknowledged}, {"identified", &p.Identified, &o.Identified},
		{"mitigated", &p.Mitigated, &o.Mitigated}, {"resolved", &p.Resolved, &o.Resolved},
		{"communicated", &p.Communicated, &o.Communicated},
		{"scheduled_for", &p.ScheduledFor, &o.ScheduledFor}, {"scheduled_until", &p.ScheduledUntil, &o.ScheduledUntil},
	}
}

func (t *translation) lengths() []struct {
	name       string
	own, other *Duration
} {
	p, o := &t.own.Declared, &t.original.Declared
	return []struct {
		name       string
		own, other *Duration
	}{
		{"time_to_detect", &p.TimeToDetect, &o.TimeToDetect}, {"time_to_acknowledge", &p.TimeToAcknowledge, &o.TimeToAcknowledge},
		{"time_to_mitigate", &p.TimeToMitigate, &o.TimeToMitigate}, {"time_to_resolve", &p.TimeToResolve, &o.TimeToResolve},
		{"duration", &p.Duration, &o.Duration},
	}
}

// compareFacts warns of facts that differ. What only one of the two states does
// not: the original's counts, or there is none.
func (t *translation) compareFacts() {
	p, o := t.own, t.original
	if unlike(p.Severity.Text, o.Severity.Text) {
		t.differ("severity", p.Severity.Pos, o.Severity.Pos, p.Severity.Text, o.Severity.Text)
	}
	if p.Status != "" && o.Status != "" && p.Status != o.Status {
		t.differ("status", diag.Pos{}, diag.Pos{}, string(p.Status), string(o.Status))
	}
	for _, m := range t.moments() {
		if m.own.differs(*m.other) {
			t.differ(m.name, m.own.Pos, m.other.Pos, m.own.Written, m.other.Written)
		}
	}
	for _, d := range t.lengths() {
		slack := max(d.own.tolerance(), d.other.tolerance())
		if d.own.Known && d.other.Known && (d.own.Value-d.other.Value).Abs() > slack {
			t.differ(d.name, diag.Pos{}, diag.Pos{}, d.own.Written, d.other.Written)
		}
	}
	for _, f := range []struct{ name, own, other string }{
		{"id", p.ID, o.ID}, {"timezone", p.Timezone, o.Timezone}, {"recurrence_of", p.RecurrenceOf, o.RecurrenceOf},
		{"services", strings.Join(p.Services, ", "), strings.Join(o.Services, ", ")},
		{"tags", strings.Join(p.Tags, ", "), strings.Join(o.Tags, ", ")},
		{"related", strings.Join(p.Related, ", "), strings.Join(o.Related, ", ")},
	} {
		if f.own != "" && p.States(f.name) && !strings.EqualFold(f.own, f.other) {
			t.differ(f.name, diag.Pos{}, diag.Pos{}, f.own, f.other)
		}
	}
}

// takeFacts takes over what is no matter of words.
func (t *translation) takeFacts() {
	p, o := t.own, t.original
	p.ID, p.Updated, p.Kind = o.ID, o.Updated, o.Kind
	if p.Date.Known() && o.Date.Known() && p.Date.Time.After(o.Date.Time) {
		adopt(&p.Published, p.Date, p.Published.IsZero()) // a later day may hold it back
	}
	adopt(&p.Published, o.Published, p.Published.IsZero())
	p.Severity, p.Status, p.Plan, p.ResolvedSwitch = o.Severity, o.Status, o.Plan, o.ResolvedSwitch
	p.Services, p.Tags, p.Categories, p.Timezone = o.Services, o.Tags, o.Categories, o.Timezone
	p.Upstream, p.Related, p.RecurrenceOf, p.Contact = o.Upstream, o.Related, o.RecurrenceOf, o.Contact
	for _, m := range t.moments() {
		*m.own = *m.other
	}
	for _, d := range t.lengths() {
		if !d.own.Known || !d.other.Known || d.own.Value != d.other.Value { // else it is the same in other words
			*d.own = *d.other
		}
	}
	adopt(&p.License, o.License, p.License == "")
	adopt(&p.Layout, o.Layout, p.Layout == "")
	adopt(&p.Authors, o.Authors, len(p.Authors) == 0)
	adopt(&p.Regions, o.Regions, len(p.Regions) != len(o.Regions))
	for _, words := range []struct{ name, own, original string }{
		{"trigger", p.Trigger, o.Trigger}, {"detection", p.Detection, o.Detection}, {"workaround", p.Workaround, o.Workaround},
	} {
		if words.own == "" && words.original != "" && o.States(words.name) {
			t.missing = append(t.missing, words.name)
		}
	}
}

// lists takes the facts of each item over, where both list the same number.
func (t *translation) lists() {
	p, o := t.own, t.original
	pairUp(t, "timeline", &p.Timeline, o.Timeline, posOfEvent, func(own, of *Event) {
		own.At, own.Until = retold(of.At, own.At), retold(of.Until, own.Until)
		own.Kind, own.KindInferred, own.Outage, own.Link, own.Lane = of.Kind, of.KindInferred, of.Outage, of.Link, of.Lane
		adopt(&own.Actor, of.Actor, own.Actor == "")
	})
	pairUp(t, "causes", &p.Causes, o.Causes, func(c *Cause) diag.Pos { return c.Pos }, func(own, of *Cause) {
		own.Kind, own.Status = of.Kind, of.Status
	})
	pairUp(t, "countermeasures", &p.Countermeasures, o.Countermeasures, func(c *Countermeasure) diag.Pos { return c.Pos }, func(own, of *Countermeasure) {
		text, span, pos := own.Text, own.Span, own.Pos
		*own = *of
		own.Text, own.Span, own.Pos = text, span, pos
	})
	pairUp(t, "communications", &p.Communications, o.Communications, func(c *Communication) diag.Pos { return c.Pos }, func(own, of *Communication) {
		own.At = retold(of.At, own.At)
	})
	pairUp(t, "updates", &p.Updates, o.Updates, func(u *Update) diag.Pos { return u.Pos }, func(own, of *Update) {
		own.At, own.Status = retold(of.At, own.At), of.Status
	})
	if len(p.Impacts) == 0 {
		p.Impacts = wordless(o.Impacts)
		if len(p.Impacts) < len(o.Impacts) {
			t.missing = append(t.missing, "impacts")
		}
	} else {
		pairUp(t, "impacts", &p.Impacts, o.Impacts, func(i *Impact) diag.Pos { return i.Pos }, func(own, of *Impact) {
			was := *own
			*own = *of
			own.Text, own.Who, own.Recovered, own.Unit, own.Pos = was.Text, was.Who, was.Recovered, was.Unit, was.Pos
		})
	}
	t.lessons()
}

// lessons have no facts, but may be internal too.
func (t *translation) lessons() {
	own, original := &t.own.Lessons, &t.original.Lessons
	missing := false
	for _, l := range []struct {
		own      *[]string
		original []string
	}{{&own.Well, original.Well}, {&own.Wrong, original.Wrong}, {&own.Lucky, original.Lucky}} {
		switch {
		case len(*l.own) == 0:
			missing = missing || len(l.original) > 0
		case len(*l.own) != len(l.original) && t.own.States("lessons"):
			t.diags.Report(diag.TranslationDiffers, t.place(t.own, "lessons", diag.Pos{}),
				"list the same things in the same order, with `internal: true` where the original has it; until then this page is without the list",
				"the translation lists %d in a part of `lessons`, the original %d%s", len(*l.own), len(l.original), at(t.place(t.original, "lessons", diag.Pos{})))
			*l.own = nil
		}
	}
	if missing {
		t.missing = append(t.missing, "lessons")
	}
}

func posOfEvent(e *Event) diag.Pos { return e.Pos }

// pairUp hands the items of two lists to take, two by two, if they are as many.
//
// A list of the front matter that is longer or shorter is left out: what is
// internal in the original is cut there, and may not be marked here.
func pairUp[T any](t *translation, name string, list *[]T, original []T, pos func(*T) diag.Pos, take func(own, of *T)) {
	own := *list
	switch {
	case len(own) == 0 && len(original) == 0:
	case len(own) == 0:
		t.missing = append(t.missing, name)
	case len(own) != len(original):
		var there diag.Pos
		if len(original) > 0 {
			there = pos(&original[0])
		}
		t.diags.Report(diag.TranslationDiffers, t.place(t.own, name, pos(&own[0])),
			"list the same things in the same order, with `internal: true` where the original has it; until then this page is without the list",
			"the translation lists %d in `%s`, the original %d%s", len(own), name, len(original), at(t.place(t.original, name, there)))
		if t.own.States(name) {
			*list = nil
		}
	default:
		t.compareTimes(name, own, original)
		for i := range own {
			take(&own[i], &original[i])
		}
	}
}

// compareTimes warns of the first event that is at another time: the others may
// be shifted with it.
func (t *translation) compareTimes(name string, own, original any) {
	mine, events := own.([]Event)
	if !events {
		return
	}
	theirs := original.([]Event)
	for i := range mine {
		if mine[i].At.differs(theirs[i].At) {
			t.differ(name, mine[i].Pos, theirs[i].Pos, mine[i].At.Written, theirs[i].At.Written)
			return
		}
	}
}

// retold is a moment as it was written in another language.
func retold(fact, own Moment) Moment {
	if own.Written != "" {
		fact.Written = own.Written
	}
	fact.Pos = own.Pos
	return fact
}

// wordless are impacts without words, as far as something is left of them.
func wordless(impacts []Impact) []Impact {
	var list []Impact
	for _, i := range impacts {
		i.Text, i.Who, i.Recovered, i.Unit = "", "", "", ""
		if i.Count.Known || i.Share.Known || i.Duration.Known || i.From.Known() || i.DataLoss != "" || i.PersonalData != "" {
			list = append(list, i)
		}
	}
	return list
}

// sayMissing says once what is not translated.
func (t *translation) sayMissing() {
	if len(t.missing) == 0 {
		return
	}
	t.diags.Report(diag.TranslationDiffers, diag.Pos{File: t.file, Line: 1, Column: 1},
		"translate it in the same place and order; until then this page is without it",
		"not translated from the original: `%s`%s", strings.Join(t.missing, "`, `"), at(t.original.fieldPos(t.missing[0])))
}
