package site

import (
	"fmt"
	"time"

	"publish/internal/content"
	"publish/internal/postmortem"
)

// earliest is the zone in which a day begins first: where a site states no
// zone, a day has begun when it has begun anywhere, so that today's post is
// never held back.
var earliest = time.FixedZone("", 14*60*60)

// verdict is what the gate says of a document.
type verdict struct {
	// reason says why the document is not public, as field and value; "" if
	// it is.
	reason string
	// shown says that the options mix it in all the same.
	shown bool
	// tombstone says that its address stays, without the text.
	tombstone bool
}

// hasErrors is the reason for leaving a document out that has errors.
const hasErrors = "it has errors"

// judge is the one rule of DESIGN.md §4, "Why is it not public?": the first
// reason that applies.
func (s *Site) judge(d *content.Document) verdict {
	m := d.Meta
	switch {
	case m.Audience == postmortem.AudienceInternal && !s.Options.Internal:
		return verdict{reason: "audience: internal"}
	case unfinished(d) != "":
		return verdict{reason: unfinished(d), shown: s.Options.Drafts && !d.Broken}
	case m.Withdrawn != "":
		return verdict{reason: "withdrawn: " + m.Withdrawn, tombstone: true}
	}
	if reason := s.early(d); reason != "" {
		return verdict{reason: reason, shown: s.Options.Future && !d.Broken}
	}
	if d.Broken {
		return verdict{reason: hasErrors}
	}
	return verdict{}
}

func unfinished(d *content.Document) string {
	m := d.Meta
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
	m := d.Meta
	switch {
	case s.future(m.Embargo):
		return fmt.Sprintf("embargo: %s", m.Embargo)
	case s.future(m.Published):
		return fmt.Sprintf("published: %s", m.Published)
	case m.Published.Known() || m.Embargo.Known() || d.Kind == postmortem.KindMaintenance:
		return ""
	case s.future(d.Date):
		return fmt.Sprintf("date: %s", d.Date)
	}
	return ""
}

func (s *Site) future(m postmortem.Moment) bool {
	return m.Known() && s.begins(m).After(s.Options.Now)
}

// begins is the instant at which a moment has come.
func (s *Site) begins(m postmortem.Moment) time.Time {
	if m.Zoned {
		return m.Time
	}
	zone := s.Config.Timezone
	if zone == nil {
		zone = earliest
	}
	t := m.Time
	if m.Precision == postmortem.Day {
		return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, zone)
	}
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, zone)
}
