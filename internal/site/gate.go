package site

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"publish/internal/content"
	"publish/internal/postmortem"
)

// earliest is the zone in which a day begins first: where a site states no
// zone, a day has begun when it has begun anywhere, so that today's post is
// never held back.
var earliest = time.FixedZone("", 14*60*60)

// latest is the zone in which an hour comes last: where nobody states a zone,
// an embargo to the hour holds until the hour has come everywhere.
var latest = time.FixedZone("", -12*60*60)

// verdict is what the gate says of a document.
type verdict struct {
	// reason says why the document is not public, as field and value; "" if
	// it is.
	reason string
	// shown says that the options mix it in all the same.
	shown bool
	// tombstone says that its address stays, without the text.
	tombstone bool
	// broken says that nothing but its errors keeps it back.
	broken bool
	// waits says that nothing but its stage, its time or its audience does.
	waits bool
}

// HasErrors is the reason for leaving a document out that has errors.
const HasErrors = "it has errors"

// judge is the one rule of DESIGN.md §4, "Why is it not public?". The first
// reason that holds is the one to print; an option mixes a document in only if
// no other reason is left.
func (s *Site) judge(d *content.Document) verdict {
	if d.Translates != "" {
		return s.ofOriginal(d, s.judgeAlone(d))
	}
	return s.judgeAlone(d)
}

func (s *Site) judgeAlone(d *content.Document) verdict {
	m := d.Meta()
	type reason struct {
		text   string
		waived bool // by an option
	}
	var reasons []reason
	if m.Audience == postmortem.AudienceInternal && !s.Options.Internal {
		reasons = append(reasons, reason{"audience: internal", false})
	}
	if text := unfinished(d); text != "" {
		reasons = append(reasons, reason{text, s.Options.Drafts})
	}
	withdrawn := m.Withdrawn != ""
	if withdrawn {
		reasons = append(reasons, reason{"withdrawn: " + m.Withdrawn, false})
	}
	if text := s.early(d); text != "" {
		reasons = append(reasons, reason{text, s.Options.Future})
	}
	faulty := d.Broken || s.Options.Without[d.Path]
	if faulty {
		reasons = append(reasons, reason{HasErrors, false})
	}
	if len(reasons) == 0 {
		return verdict{}
	}
	holding := slices.DeleteFunc(slices.Clone(reasons), func(r reason) bool { return r.waived })
	if len(holding) == 0 {
		return verdict{reason: reasons[0].text, shown: true}
	}
	return verdict{
		reason:    holding[0].text,
		tombstone: withdrawn && len(holding) == 1,
		broken:    faulty && len(reasons) == 1,
		waits:     !faulty && !withdrawn,
	}
}

func unfinished(d *content.Document) string {
	m := d.Meta()
	switch {
	case m.Stage == postmortem.StageDraft || m.Stage == postmortem.StageReview:
		return "stage: " + string(m.Stage)
	case m.Draft:
		return "draft: true"
	case m.Unpublished:
		return "published: false"
	case d.Draft:
		return "it is in _drafts"
	}
	return ""
}

// early gives the reason if the document's time has not come. A declared
// `published` or the end of an embargo says more than `date`, which may be the
// day of a planned maintenance or of a report written ahead.
func (s *Site) early(d *content.Document) string {
	m := d.Meta()
	switch {
	case m.Embargo.Known() && s.beginsBy(d, m.Embargo, latest).After(s.Options.Now):
		return fmt.Sprintf("embargo: %s", m.Embargo)
	case s.future(d, m.Published):
		return fmt.Sprintf("published: %s", m.Published)
	case m.Published.Known() || m.Embargo.Known() || d.Kind == postmortem.KindMaintenance:
		return ""
	case s.future(d, d.Date):
		return fmt.Sprintf("date: %s", d.Date)
	}
	return ""
}

func (s *Site) future(d *content.Document, m postmortem.Moment) bool {
	return m.Known() && s.begins(d, m).After(s.Options.Now)
}

// begins is the instant at which a moment of a document has come. It counts in
// the document's own zone, else the site's.
func (s *Site) begins(d *content.Document, m postmortem.Moment) time.Time {
	return s.beginsBy(d, m, time.UTC)
}

// beginsBy is begins with the zone of a clock time for which nobody states one.
func (s *Site) beginsBy(d *content.Document, m postmortem.Moment, clock *time.Location) time.Time {
	if m.Zoned {
		return m.Time
	}
	zone, t := s.zoneOf(d), m.Time
	if m.Precision == postmortem.Day {
		return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, cmp.Or(zone, earliest))
	}
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, cmp.Or(zone, clock))
}

// zoneOf is the zone that a document states, else the site's, else nil.
func (s *Site) zoneOf(d *content.Document) *time.Location {
	if d.Head.Timezone == "" {
		return s.Config.Timezone
	}
	if zone, ok := s.located[d.Head.Timezone]; ok {
		return zone
	}
	return s.locate(d.Head.Timezone)
}

func (s *Site) locate(timezone string) *time.Location {
	if zone, ok := postmortem.LoadZone(timezone, s.zones); ok {
		return zone
	}
	return s.Config.Timezone
}

// Zone is the zone of a page's times that name none: the document's, else the
// site's; nil if neither states one.
func (s *Site) Zone(p *Page) *time.Location { return s.zoneOf(p.Document) }
