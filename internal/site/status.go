package site

import (
	"cmp"

	"publish/internal/postmortem"
)

// status is the state of an incident or a maintenance as far as it is stated.
// That something is planned is true until its time has come.
func (s *Site) status(p *Page) postmortem.Status {
	maintenance := p.Kind == postmortem.KindMaintenance
	state := statedStatus(p.Meta(), maintenance)
	switch {
	case state == postmortem.StatusInProgress && !maintenance:
		return postmortem.StatusInvestigating
	case state == postmortem.StatusScheduled && p.Meta().ScheduledFor.Known() && !s.begins(p.Document, p.Meta().ScheduledFor).After(s.Options.Now):
		return postmortem.StatusUnset
	}
	return state
}

// statedStatus is the state as its author writes it. `resolved: false` says that
// it runs, but not which state it is in.
func statedStatus(m *postmortem.Postmortem, maintenance bool) postmortem.Status {
	switch {
	case m.Status != postmortem.StatusUnset:
		return m.Status
	case m.ResolvedSwitch == postmortem.StateYes || m.Resolved.Known():
		return postmortem.StatusResolved
	case m.ResolvedSwitch == postmortem.StateNo:
		return postmortem.StatusUnset
	case maintenance && m.Plan == postmortem.StatusInProgress:
		return m.Plan
	}
	state := newestState(m.Updates, maintenance)
	if state == postmortem.StatusUnset && maintenance {
		return m.Plan
	}
	return state
}

// newestState is the state in the latest of the updates that name one. The words
// of a maintenance say of an incident no more than that it runs, where nothing
// else does.
func newestState(updates []postmortem.Update, maintenance bool) postmortem.Status {
	var newest postmortem.Update
	runs := postmortem.StatusUnset
	for _, u := range updates {
		switch u.Status {
		case postmortem.StatusUnset, postmortem.StatusCorrection, postmortem.StatusFollowUp:
			continue
		case postmortem.StatusScheduled, postmortem.StatusInProgress:
			if !maintenance {
				if u.Status == postmortem.StatusInProgress {
					runs = u.Status
				}
				continue
			}
		}
		if newest.Status == postmortem.StatusUnset || u.At.Time.After(newest.At.Time) {
			newest = u
		}
	}
	return cmp.Or(newest.Status, runs)
}
