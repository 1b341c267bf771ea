package render

// The types of /postmortems.json, version 1, in the order of DESIGN.md §6:
// people's programs read them, so a field may be added and none may change its
// meaning. Absent is absent (no nulls, no zero for unknown); lists are always
// there, and therefore never nil; texts are plain.

// dataVersion is the version of the form, for programs that read it.
const dataVersion = 1

type dataPostmortem struct {
	ID              string               `json:"id"`
	Kind            string               `json:"kind"`
	URL             string               `json:"url,omitempty"` // absolute
	Path            string               `json:"path"`          // from the site's root
	Source          string               `json:"source"`        // file, from the site folder
	Title           string               `json:"title"`
	Language        string               `json:"language,omitempty"`
	Date            string               `json:"date,omitempty"`
	Published       string               `json:"published,omitempty"`
	Updated         string               `json:"updated,omitempty"`
	Severity        *dataSeverity        `json:"severity,omitempty"`
	Status          string               `json:"status,omitempty"`
	Services        []string             `json:"services"`
	Regions         []string             `json:"regions"`
	Tags            []string             `json:"tags"`
	Authors         []string             `json:"authors"`
	Summary         string               `json:"summary,omitempty"`
	Incident        dataIncident         `json:"incident,omitzero"`
	Timeline        []dataEvent          `json:"timeline"`
	Impacts         []dataImpact         `json:"impacts"`
	Causes          []dataCause          `json:"causes"`
	Countermeasures []dataCountermeasure `json:"countermeasures"`
	Measures        dataMeasures         `json:"measures,omitzero"`
	Updates         []dataUpdate         `json:"updates"`
	Related         []string             `json:"related"` // ids
	RecurrenceOf    string               `json:"recurrence_of,omitempty"`
	Headings        []dataHeading        `json:"headings"`
	Translations    []dataTranslation    `json:"translations"`
	Extra           extraFields          `json:"extra,omitempty"`
}

// dataSeverity: the worst has rank 0. A severity that is not on the site's
// scale has no rank.
type dataSeverity struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Rank  *int   `json:"rank,omitempty"`
}

// dataIncident holds the milestones of the incident.
type dataIncident struct {
	Start          *dataMoment `json:"start,omitempty"`
	Detected       *dataMoment `json:"detected,omitempty"`
	Acknowledged   *dataMoment `json:"acknowledged,omitempty"`
	Identified     *dataMoment `json:"identified,omitempty"`
	Mitigated      *dataMoment `json:"mitigated,omitempty"`
	Resolved       *dataMoment `json:"resolved,omitempty"`
	Communicated   *dataMoment `json:"communicated,omitempty"`
	ScheduledFor   *dataMoment `json:"scheduled_for,omitempty"`
	ScheduledUntil *dataMoment `json:"scheduled_until,omitempty"`
}

// dataMoment is a time as Moment.String writes it.
type dataMoment struct {
	At          string `json:"at"`
	Approximate bool   `json:"approximate,omitempty"`
	Basis       string `json:"basis"` // stated or inferred
}

type dataEvent struct {
	ID          string `json:"id"`
	At          string `json:"at,omitempty"`
	Until       string `json:"until,omitempty"`
	Approximate bool   `json:"approximate,omitempty"`
	Kind        string `json:"kind,omitempty"`
	Basis       string `json:"basis,omitempty"` // of the kind
	Text        string `json:"text"`
	Written     string `json:"written,omitempty"` // the time as the author has it
}

type dataImpact struct {
	Text            string   `json:"text,omitempty"`
	Who             string   `json:"who,omitempty"`
	Count           *float64 `json:"count,omitempty"`
	Of              *float64 `json:"of,omitempty"`
	Share           *float64 `json:"share,omitempty"` // percent
	Unit            string   `json:"unit,omitempty"`
	Approximate     bool     `json:"approximate,omitempty"`
	DurationSeconds *int64   `json:"duration_seconds,omitempty"`
	DataLoss        string   `json:"data_loss,omitempty"`
}

type dataCause struct {
	Kind   string `json:"kind,omitempty"`
	Status string `json:"status,omitempty"`
	Text   string `json:"text"`
}

type dataCountermeasure struct {
	ID      string `json:"id"`
	Text    string `json:"text"`
	Kind    string `json:"kind,omitempty"`
	Horizon string `json:"horizon,omitempty"`
	Owner   string `json:"owner,omitempty"`
	Due     string `json:"due,omitempty"`
	Status  string `json:"status,omitempty"`
	DoneOn  string `json:"done_on,omitempty"`
	URL     string `json:"url,omitempty"`
}

type dataMeasures struct {
	TimeToDetect      *dataMeasure `json:"time_to_detect,omitempty"`
	TimeToAcknowledge *dataMeasure `json:"time_to_acknowledge,omitempty"`
	TimeToMitigate    *dataMeasure `json:"time_to_mitigate,omitempty"`
	TimeToResolve     *dataMeasure `json:"time_to_resolve,omitempty"`
	Duration          *dataMeasure `json:"duration,omitempty"`
}

// dataMeasure is a length of time: computed from two times, and as the author
// declares it. From and To are ids of events.
type dataMeasure struct {
	Seconds         *int64 `json:"seconds,omitempty"`
	From            string `json:"from,omitempty"`
	To              string `json:"to,omitempty"`
	DeclaredSeconds *int64 `json:"declared_seconds,omitempty"`
}

type dataUpdate struct {
	At     string `json:"at,omitempty"`
	Status string `json:"status,omitempty"`
	Text   string `json:"text"`
}

type dataHeading struct {
	Level int    `json:"level"` // the author's
	ID    string `json:"id"`
	Text  string `json:"text"`
}

type dataTranslation struct {
	Language string `json:"language"`
	URL      string `json:"url"`
}
