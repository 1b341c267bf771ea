package importer

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// Statuspage: the public API (v2), the private one (v1), webhooks, and the
// history feeds. Several files about one page are put together.
// https://developer.statuspage.io and the /api of every page.

// object is a JSON object.
type object = map[string]any

// statusPage is everything that was found about one page.
type statusPage struct {
	page       object
	components []object
	incidents  []*statusIncident // in the order in which they were met
	component  map[string]int    // the place of a component, by its id
	incident   map[string]int    // that of an incident
}

// statusIncident is an incident or a maintenance. Of two that have one id the
// richer source counts.
type statusIncident struct {
	object
	from string
	rank int // feed 1, public API 2, private API 3
}

func statuspageEvidence(s *source) string {
	blobs, err := s.blobs()
	if err != nil {
		return ""
	}
	for _, b := range blobs {
		var found statusPage
		if found.collect(b); len(found.incidents) > 0 {
			what := "`incident_updates`, as Statuspage's API has"
			if found.incidents[0].rank == 1 {
				what = "incidents as Statuspage's history feed has"
			}
			return fmt.Sprintf("%q holds %s", b.name, what)
		}
	}
	return ""
}

// blob is a file or an answer that may be Statuspage's.
type blob struct {
	name string
	data []byte
}

// blobs are the files that may be Statuspage's: JSON and feeds near the top.
func (s *source) blobs() ([]blob, error) {
	if s.answers != nil {
		return s.answers, nil
	}
	names, err := s.files()
	if err != nil {
		return nil, err
	}
	var blobs []blob
	for _, name := range names {
		switch ext := strings.ToLower(path.Ext(name)); {
		case s.single != "" || strings.Count(name, "/") < 2 && (ext == ".json" || ext == ".atom" || ext == ".rss"):
			data, err := s.file(name)
			if err != nil {
				return nil, err
			}
			blobs = append(blobs, blob{name, data})
		}
	}
	return blobs, nil
}

// collect takes in what a file holds; false means that it is not Statuspage's.
// Problem says why a file, or the end of it, cannot be read.
func (p *statusPage) collect(b blob) (found bool, problem string) {
	text := strings.TrimSpace(string(normal(b.data)))
	if strings.HasPrefix(text, "<") {
		return p.collectFeed(b.name, text)
	}
	// Answers that were written into one file stand one behind the other.
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	for {
		var value any
		err := decoder.Decode(&value)
		if err == io.EOF {
			return found, ""
		}
		if err != nil {
			line := 1 + strings.Count(text[:min(int(decoder.InputOffset()), len(text))], "\n")
			return found, fmt.Sprintf("from line %d on it is no JSON: %s", line, plainJSON(err))
		}
		found = p.collectValue(b.name, value) || found
	}
}

// plainJSON is an error of the JSON reader in plain words.
func plainJSON(err error) string {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return "it ends in the middle"
	}
	sign, _, found := strings.Cut(strings.TrimPrefix(err.Error(), "invalid character "), "' ")
	switch {
	case strings.Contains(err.Error(), "max depth"):
		return "its values are nested too deeply"
	case found:
		return sign + "' stands where it may not"
	}
	return err.Error()
}

// unreadable says why a file or an answer that alone was named cannot be read,
// "" if it can.
func (s *source) unreadable() string {
	blobs, err := s.blobs()
	if err != nil || s.single == "" && s.address == nil {
		return ""
	}
	for _, b := range blobs {
		if _, problem := new(statusPage).collect(b); problem != "" {
			return fmt.Sprintf("of %q, %s", b.name, problem)
		}
	}
	return ""
}

func (p *statusPage) collectValue(name string, value any) bool {
	if list, ok := value.([]any); ok {
		found := false
		for _, item := range list {
			if o, ok := item.(object); ok && isIncident(o) {
				p.add(name, o)
				found = true
			} else if ok && isComponent(o) {
				p.know(o)
				found = true
			}
		}
		return found
	}
	o, ok := value.(object)
	if !ok {
		return false
	}
	if isIncident(o) {
		p.add(name, o)
		return true
	}
	found := false
	if page, ok := o["page"].(object); ok && (p.page == nil || str(p.page, "id") == "") {
		p.page = page
	}
	for _, c := range objects(o, "components") {
		if isComponent(c) {
			p.know(c)
			found = true
		}
	}
	for _, key := range []string{"incidents", "scheduled_maintenances"} {
		for _, i := range objects(o, key) {
			if isIncident(i) {
				p.add(name, i)
				found = true
			}
		}
		if _, there := o[key].([]any); there && p.page != nil {
			found = true
		}
	}
	if _, rollUp := o["status"].(object); rollUp && p.page != nil {
		found = true // says nothing that the components do not
	}
	if i, ok := o["incident"].(object); ok && isIncident(i) {
		p.add(name, i)
		found = true
	}
	return found
}

func isIncident(o object) bool {
	_, updates := o["incident_updates"].([]any)
	return updates && str(o, "name") != "" && str(o, "id") != ""
}

func isComponent(o object) bool {
	_, position := o["position"]
	_, group := o["group_id"]
	return str(o, "name") != "" && str(o, "status") != "" && (position || group)
}

func (p *statusPage) add(from string, o object) {
	rank := 2
	for _, key := range []string{"postmortem_body", "impact_override", "scheduled_remind_prior", "organization_id"} {
		if _, ok := o[key]; ok {
			rank = 3
		}
	}
	p.merge(&statusIncident{o, from, rank})
}

// merge puts two records of one incident together: the richer source counts,
// of two alike the later one, and what it does not say comes from the other.
func (p *statusPage) merge(i *statusIncident) {
	id := str(i.object, "id")
	at, known := p.incident[id]
	if !known {
		if p.incident == nil {
			p.incident = map[string]int{}
		}
		p.incident[id] = len(p.incidents)
		p.incidents = append(p.incidents, i)
		return
	}
	best, other := p.incidents[at], i
	if i.rank > best.rank || i.rank == best.rank && str(i.object, "updated_at") > str(best.object, "updated_at") {
		best, other = i, best
	}
	whole := object{}
	for key, value := range other.object {
		whole[key] = value
	}
	for key, value := range best.object {
		if _, there := whole[key]; !there || !isNothing(value) {
			whole[key] = value
		}
	}
	if other.rank > 1 {
		whole["incident_updates"] = mergeUpdates(best.object, other.object)
	}
	p.incidents[at] = &statusIncident{whole, best.from, best.rank}
}

// mergeUpdates puts the updates of two records together by their ids.
func mergeUpdates(best, other object) (all []any) {
	known := map[string]bool{}
	for _, u := range objects(best, "incident_updates") {
		all = append(all, u)
		known[str(u, "id")] = true
	}
	for _, u := range objects(other, "incident_updates") {
		if id := str(u, "id"); !known[id] {
			all = append(all, u)
			known[id] = true
		}
	}
	return all
}

func readStatuspage(ctx context.Context, src *source, r *Result) error {
	blobs, err := src.blobs()
	if err != nil {
		return err
	}
	p := &statusPage{}
	for _, b := range blobs {
		switch found, problem := p.collect(b); {
		case problem != "" && found:
			r.note(b.name, "%s; what stands before was taken", problem)
		case problem != "":
			r.pass(b.name, "%s", problem)
		case !found:
			r.pass(b.name, "nothing of Statuspage's in it")
		}
	}
	slices.SortStableFunc(p.incidents, func(a, b *statusIncident) int {
		return cmp.Or(strings.Compare(sortTime(str(a.object, "created_at")), sortTime(str(b.object, "created_at"))), strings.Compare(str(a.object, "id"), str(b.object, "id")))
	})
	s := &statusWriter{ctx: ctx, src: src, r: r, page: p}
	for _, i := range p.incidents {
		if err := s.incident(i); err != nil {
			return err
		}
	}
	s.settings()
	return nil
}

// sortTime is a time as text that sorts, whatever its zone.
func sortTime(written string) string {
	if t, ok := readTime(written); ok {
		return t.UTC().Format("2006-01-02T15:04:05.000")
	}
	return written
}
