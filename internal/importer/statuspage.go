package importer

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"publish/internal/postmortem"
	"publish/internal/tree"
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
		if found.collect(b) && len(found.incidents) > 0 {
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
func (p *statusPage) collect(b blob) bool {
	text := strings.TrimSpace(string(normal(b.data)))
	if strings.HasPrefix(text, "<") {
		return p.collectFeed(b.name, text)
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return false
	}
	return p.collectValue(b.name, value)
}

func (p *statusPage) collectValue(name string, value any) bool {
	if list, ok := value.([]any); ok {
		found := false
		for _, item := range list {
			if o, ok := item.(object); ok && isIncident(o) {
				p.add(name, o)
				found = true
			} else if ok && isComponent(o) {
				p.components = append(p.components, o)
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
			p.components, found = append(p.components, c), true
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
	at := slices.IndexFunc(p.incidents, func(o *statusIncident) bool { return str(o.object, "id") == str(i.object, "id") })
	if at < 0 {
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
func mergeUpdates(best, other object) []any {
	var all []any
	for _, u := range objects(best, "incident_updates") {
		all = append(all, u)
	}
	for _, u := range objects(other, "incident_updates") {
		known := slices.ContainsFunc(all, func(v any) bool { o, _ := v.(object); return str(o, "id") == str(u, "id") })
		if !known {
			all = append(all, u)
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
		if !p.collect(b) {
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

// statusWriter makes files of incidents.
type statusWriter struct {
	ctx    context.Context
	src    *source
	r      *Result
	page   *statusPage
	images map[string]string // what was fetched, by its address
}

// incident makes the file of an incident, and one of what is left of it.
func (s *statusWriter) incident(i *statusIncident) error {
	f := &fields{object: i.object, r: s.r, what: "incident", used: map[string]bool{}}
	d := &document{from: i.from}
	put := func(key string, n *tree.Node) {
		if n != nil {
			d.put(key, n)
		}
	}
	put("title", f.text("name", "title"))
	put("id", f.text("id", "id"))
	put("date", f.time("created_at", "date"))
	maintenance := str(i.object, "impact") == "maintenance" || str(i.object, "scheduled_for") != ""
	if maintenance {
		f.went("impact", "kind")
		d.put("kind", textNode("maintenance"))
		put("scheduled_for", f.time("scheduled_for", "scheduled_for"))
		put("scheduled_until", f.time("scheduled_until", "scheduled_until"))
	} else {
		put("severity", f.text("impact", "severity"))
	}
	put("status", f.text("status", "status"))
	if !maintenance {
		put("start", f.time("started_at", "start"))
	}
	put("monitoring_at", f.time("monitoring_at", "mitigated"))
	put("resolved", f.time("resolved_at", "resolved"))
	put("updated", f.time("updated_at", "updated"))
	if names := s.services(i.object, f); len(names) > 0 {
		d.put("services", listNode(names...))
	}
	updates, body, rest, err := s.updates(i, f)
	if err != nil {
		return err
	}
	if len(updates.Items) > 0 {
		d.put("updates", updates)
	}
	d.put("aliases", listNode("/incidents/"+str(i.object, "id")+"/"))
	s.r.went("incident address (/incidents/…)", "aliases")
	if d.body = body; body != "" {
		d.body = "\n" + strings.TrimSpace(body) + "\n"
	}
	d.to = s.fileName(i.object)
	s.r.add(File{Path: d.to, Data: d.bytes(), Kind: Text, From: str(i.object, "id")})
	return s.keepRest(i.object, f, rest)
}

// fileName is the day and the words of an incident. Of two alike the later one
// has its id behind them.
func (s *statusWriter) fileName(o object) string {
	day := str(o, "created_at")
	if m, ok := postmortem.FindDate(day); ok {
		day = m.Time.Format("2006-01-02")
	}
	words := slugOf(str(o, "name"))
	name := strings.Trim(day+"-"+words, "-")
	if words == "" {
		name += "-" + slugOf(str(o, "id"))
	}
	if to := s.r.inContent(name + ".md"); !s.r.has(to) {
		return to
	}
	return s.r.inContent(name + "-" + slugOf(str(o, "id")) + ".md")
}

// slugOf is text as a part of a file's name.
func slugOf(text string) string {
	var b strings.Builder
	for _, c := range norm.NFC.String(strings.ToLower(text)) {
		switch {
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() > 80 {
			break
		}
	}
	return strings.Trim(b.String(), "-")
}

// services are the names of the parts that an incident hurt.
func (s *statusWriter) services(o object, f *fields) (names []string) {
	add := func(name string) {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, c := range objects(o, "components") {
		if !isTrue(c["group"]) {
			add(str(c, "name"))
		}
		s.page.know(c)
	}
	f.went("components", "services")
	if len(names) > 0 {
		return names
	}
	for _, u := range objects(o, "incident_updates") {
		for _, c := range objects(u, "affected_components") {
			add(s.page.nameOf(c))
		}
	}
	return names
}

// know notes a component that was met in an incident alone.
func (p *statusPage) know(c object) {
	if isComponent(c) && !slices.ContainsFunc(p.components, func(o object) bool { return str(o, "id") == str(c, "id") }) {
		p.components = append(p.components, c)
	}
}

// nameOf is the name of an affected component, whose record carries that of its
// group too.
func (p *statusPage) nameOf(affected object) string {
	for _, c := range p.components {
		if str(c, "id") == str(affected, "code") {
			return str(c, "name")
		}
	}
	return str(affected, "name")
}

// keepRest keeps what has no place, beside the content.
func (s *statusWriter) keepRest(o object, f *fields, updates []any) error {
	rest := f.rest()
	if len(updates) > 0 {
		rest["incident_updates"] = updates
	}
	if len(rest) == 0 {
		return nil
	}
	rest["id"] = o["id"]
	data, err := json.MarshalIndent(rest, "", "  ")
	if err != nil {
		return fmt.Errorf("%w", err)
	}
	s.r.leftover("statuspage/"+slugOf(str(o, "id"))+".json", append(data, '\n'), str(o, "id"))
	return nil
}

// settings takes over what is known of the page as a whole.
func (s *statusWriter) settings() {
	p, r := s.page, s.r
	r.setting("title", textNode(str(p.page, "name")), "page.name")
	r.setting("status_page", textNode(str(p.page, "url")), "page.url")
	if zone := str(p.page, "time_zone"); zone != "" {
		if _, ok := postmortem.LoadZone(zone, nil); ok {
			r.setting("timezone", textNode(zone), "page.time_zone")
		}
	}
	scale := &tree.Node{Kind: tree.Sequence}
	for _, id := range []string{"critical", "major", "minor", "none"} {
		scale.Items = append(scale.Items, mapNode(entry("id", textNode(id)), entry("label", textNode(strings.ToUpper(id[:1])+id[1:])), entry("statuspage", textNode(id))))
	}
	r.setting("services", p.services(), "components")
	r.setting("severities", scale, "the impacts of Statuspage")
	r.setting("feed", mapNode(entry("aliases", listNode("/history.atom", "/history.rss"))), "history.atom and history.rss, where Statuspage keeps its feeds")
	r.note("", "who reads /api/v2/ of the page finds it again with `outputs: [html, feeds, search, data, statuspage]` in publish.yaml; that output has /history.atom and /history.rss too, so take them out of `feed.aliases`")
	s.keepPage()
}

// services lists the components, with their groups.
func (p *statusPage) services() *tree.Node {
	services := &tree.Node{Kind: tree.Sequence}
	groups, seen := map[string]string{}, map[string]bool{}
	for _, c := range p.components {
		if isTrue(c["group"]) {
			groups[str(c, "id")] = str(c, "name")
		}
	}
	for _, c := range p.components {
		name := str(c, "name")
		if isTrue(c["group"]) || seen[name] {
			continue
		}
		seen[name] = true
		entries := []tree.Entry{entry("name", textNode(name))}
		if group := groups[str(c, "group_id")]; group != "" {
			entries = append(entries, entry("group", textNode(group)))
		}
		if about := str(c, "description"); about != "" {
			entries = append(entries, entry("description", textNode(about)))
		}
		services.Items = append(services.Items, mapNode(entries...))
	}
	return services
}

// keepPage keeps the page and its components as they were told. The name holds
// a hash, so that what is told another day stands beside it.
func (s *statusWriter) keepPage() {
	if len(s.page.page) == 0 && len(s.page.components) == 0 {
		return
	}
	whole := object{}
	if len(s.page.page) > 0 {
		whole["page"] = s.page.page
	}
	if len(s.page.components) > 0 {
		whole["components"] = s.page.components
	}
	data, err := json.MarshalIndent(whole, "", "  ")
	if err != nil {
		return // it came from JSON
	}
	sum := sha256.Sum256(data)
	name := fmt.Sprintf("statuspage/page-%x.json", sum[:4])
	for _, key := range []string{"id", "updated_at"} {
		if str(s.page.page, key) != "" {
			s.r.left("page."+key, "leftovers/"+name)
		}
	}
	for _, c := range s.page.components {
		for _, key := range sortedKeys(c) {
			if !slices.Contains([]string{"name", "group_id", "description", "group"}, key) && !isNothing(c[key]) {
				s.r.left("component."+key, "leftovers/"+name)
			}
		}
	}
	s.r.leftover(name, append(data, '\n'), "page and components")
}
