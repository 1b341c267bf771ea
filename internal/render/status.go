package render

// The types of the output `statuspage`: the public interface of Statuspage,
// version 2, as its pages answer under /api/v2/. Programs were written for the
// original, so that nothing may be added to an object and nothing left out:
// order, names, nulls and lists are as there. All texts are plain, all times in
// UTC with milliseconds ("2024-03-12T08:21:00.000Z").

type statusPage struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	URL       string `json:"url"`
	TimeZone  string `json:"time_zone"`
	UpdatedAt string `json:"updated_at"`
}

// statusRollup is the state of the whole: none, minor, major, critical or
// maintenance.
type statusRollup struct {
	Indicator   string `json:"indicator"`
	Description string `json:"description"`
}

// statusComponent is a service, or a group of them. Its status is one of
// componentStates.
type statusComponent struct {
	ID                 string   `json:"id"`
	Name               string   `json:"name"`
	Status             string   `json:"status"`
	CreatedAt          string   `json:"created_at"`
	UpdatedAt          string   `json:"updated_at"`
	Position           int      `json:"position"` // from 1, within the group
	Description        *string  `json:"description"`
	Showcase           bool     `json:"showcase"`
	StartDate          *string  `json:"start_date"`
	GroupID            *string  `json:"group_id"`
	PageID             string   `json:"page_id"`
	Group              bool     `json:"group"`
	OnlyShowIfDegraded bool     `json:"only_show_if_degraded"`
	Components         []string `json:"components,omitempty"` // ids; of groups alone
}

// statusIncident is an incident or, with the last two fields, a maintenance.
type statusIncident struct {
	ID                string             `json:"id"`
	Name              string             `json:"name"`
	Status            string             `json:"status"`
	CreatedAt         string             `json:"created_at"`
	UpdatedAt         string             `json:"updated_at"`
	MonitoringAt      *string            `json:"monitoring_at"`
	ResolvedAt        *string            `json:"resolved_at"`
	Impact            string             `json:"impact"`
	Shortlink         string             `json:"shortlink"`
	StartedAt         string             `json:"started_at"`
	PageID            string             `json:"page_id"`
	Updates           []statusUpdate     `json:"incident_updates"` // newest first
	Components        []*statusComponent `json:"components"`
	ReminderIntervals *string            `json:"reminder_intervals"`
	ScheduledFor      *string            `json:"scheduled_for,omitempty"`
	ScheduledUntil    *string            `json:"scheduled_until,omitempty"`
}

type statusUpdate struct {
	ID                   string           `json:"id"`
	Status               string           `json:"status"`
	Body                 string           `json:"body"`
	IncidentID           string           `json:"incident_id"`
	CreatedAt            string           `json:"created_at"`
	UpdatedAt            string           `json:"updated_at"`
	DisplayAt            string           `json:"display_at"`
	Affected             []statusAffected `json:"affected_components"` // null if none is known
	DeliverNotifications bool             `json:"deliver_notifications"`
	CustomTweet          *string          `json:"custom_tweet"`
	TweetID              *int64           `json:"tweet_id"`
}

// statusAffected is a component as an update found and left it.
type statusAffected struct {
	Code      string `json:"code"` // the component's id
	Name      string `json:"name"` // with its group: "Group - Component"
	OldStatus string `json:"old_status"`
	NewStatus string `json:"new_status"`
}

// componentStates are the states of a component, best first.
var componentStates = []string{"operational", "under_maintenance", "degraded_performance", "partial_outage", "major_outage"}

// statusImpact is Statuspage's word for how bad an incident is, with the state of
// the components that it hits and the description of a whole that it hits.
type statusImpact struct{ word, component, description string }

// statusImpacts are the impacts, mildest first.
var statusImpacts = []statusImpact{
	{"none", "operational", "All Systems Operational"},
	{"maintenance", "under_maintenance", "Service Under Maintenance"},
	{"minor", "degraded_performance", "Partially Degraded Service"},
	{"major", "partial_outage", "Partial System Outage"},
	{"critical", "major_outage", "Major Service Outage"},
}
