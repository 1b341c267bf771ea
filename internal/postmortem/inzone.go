package postmortem

import "time"

// PlaceIn gives every time of the incident that names no zone the one that the
// document or the site states; nil changes nothing. The dates of the document
// itself (date, published, updated, embargo) are days of the site and stay.
func (p *Postmortem) PlaceIn(zone *time.Location) {
	if zone == nil {
		return
	}
	for _, m := range []*Moment{
		&p.Start, &p.Detected, &p.Acknowledged, &p.Identified, &p.Mitigated, &p.Resolved, &p.Communicated,
		&p.ScheduledFor, &p.ScheduledUntil,
	} {
		*m = m.In(zone)
	}
	for i := range p.Timeline {
		e := &p.Timeline[i]
		e.At, e.Until = e.At.In(zone), e.Until.In(zone)
	}
	for i := range p.Impacts {
		v := &p.Impacts[i]
		v.From, v.Until = v.From.In(zone), v.Until.In(zone)
	}
	for i := range p.Communications {
		p.Communications[i].At = p.Communications[i].At.In(zone)
	}
	for i := range p.Updates {
		p.Updates[i].At = p.Updates[i].At.In(zone)
	}
}
