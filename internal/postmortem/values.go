package postmortem

// State is a switch that may be absent.
type State uint8

// The states of a switch.
const (
	StateUnset State = iota
	StateNo
	StateYes
)

// Kind says what a file is (DESIGN.md §4).
type Kind string

// The kinds.
const (
	KindUnset       Kind = ""
	KindPostmortem  Kind = "postmortem"
	KindPost        Kind = "post"
	KindMaintenance Kind = "maintenance"
	KindPage        Kind = "page"
)

// Stage is how far the writing is; only final ones are published.
type Stage string

// The stages. An unset stage counts as final.
const (
	StageUnset  Stage = ""
	StageDraft  Stage = "draft"
	StageReview Stage = "review"
	StageFinal  Stage = "final"
)

// Audience says who may read.
type Audience string

// The audiences. An unset audience is public.
const (
	AudienceUnset    Audience = ""
	AudiencePublic   Audience = "public"
	AudienceInternal Audience = "internal"
)

// Status is the state of an incident, in Statuspage's words.
type Status string

// The states; scheduled and in_progress are those of a maintenance, correction
// and follow_up are for entries of `updates` only.
const (
	StatusUnset         Status = ""
	StatusInvestigating Status = "investigating"
	StatusIdentified    Status = "identified"
	StatusMonitoring    Status = "monitoring"
	StatusResolved      Status = "resolved"
	StatusPostmortem    Status = "postmortem"
	StatusScheduled     Status = "scheduled"
	StatusInProgress    Status = "in_progress"
	StatusCorrection    Status = "correction"
	StatusFollowUp      Status = "follow_up"
)

// Open says whether the incident, or the maintenance, still runs.
func (s Status) Open() bool {
	return s == StatusInvestigating || s == StatusIdentified || s == StatusMonitoring || s == StatusInProgress
}

// Extent says how far something went.
type Extent string

// The extents: none, partial, total and unknown are for data loss; none,
// affected and unknown for personal data.
const (
	ExtentUnset    Extent = ""
	ExtentNone     Extent = "none"
	ExtentPartial  Extent = "partial"
	ExtentTotal    Extent = "total"
	ExtentAffected Extent = "affected"
	ExtentUnknown  Extent = "unknown"
)
