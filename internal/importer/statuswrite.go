package importer

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"publish/internal/pattern"
	"publish/internal/postmortem"
	"publish/internal/route"
	"publish/internal/tree"
)

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
		d.put("kind", textNode("postmortem")) // whatever its title makes one think, a template say
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
	if id := str(i.object, "id"); plainID.MatchString(id) {
		d.put("aliases", listNode("/incidents/"+id+"/"))
		s.r.went("incident address (/incidents/…)", "aliases")
	}
	if d.body = body; body != "" {
		d.body = "\n" + strings.TrimSpace(body) + "\n"
	}
	d.to = s.fileName(i.object)
	s.r.add(File{Path: d.to, Data: d.bytes(), Kind: Text, From: str(i.object, "id")})
	return s.keepRest(i.object, f, rest)
}

// plainID is an id that an address can hold, as all of Statuspage's are.
var plainID = pattern.New(`^[\w-]{1,80}$`)

// fileName is the day and the words of an incident. Of two alike the later one
// has its id behind them, and so has one whose words alone make no address.
func (s *statusWriter) fileName(o object) string {
	day := ""
	if m, ok := postmortem.FindDate(str(o, "created_at")); ok {
		day = m.Time.Format("2006-01-02")
	}
	words, id := slugOf(str(o, "name")), slugOf(str(o, "id"))
	if words == "" {
		words = id
	} else if route.Fault("/"+words) != "" {
		words += "-" + id
	}
	return s.free(s.r.content, day+"-"+words, ".md", str(o, "id"))
}

// free is a path that no other file has: if need be with the id of the incident
// behind the name, or with what stands for an id that is no name.
func (s *statusWriter) free(dir, name, ext, id string) string {
	sum := sha256.Sum256([]byte(id))
	for _, end := range []string{"", "-" + slugOf(id)} {
		stem := strings.Trim(name+end, "-")
		if to := path.Join(dir, stem+ext); stem != "" && !s.r.has(to) {
			return to
		}
	}
	return path.Join(dir, strings.Trim(fmt.Sprintf("%s-%x", name, sum[:4]), "-")+ext)
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

// know notes a component. Of two records of one the later counts: an incident
// carries its own.
func (p *statusPage) know(c object) {
	if !isComponent(c) {
		return
	}
	id := str(c, "id")
	at, known := p.component[id]
	switch {
	case !known || id == "":
		if p.component == nil {
			p.component = map[string]int{}
		}
		p.component[id] = len(p.components)
		p.components = append(p.components, c)
	case sortTime(str(c, "updated_at")) > sortTime(str(p.components[at], "updated_at")):
		p.components[at] = c
	}
}

// nameOf is the name of an affected component, whose record carries that of its
// group too.
func (p *statusPage) nameOf(affected object) string {
	if at, ok := p.component[str(affected, "code")]; ok && str(affected, "code") != "" {
		return str(p.components[at], "name")
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
	id := str(o, "id")
	s.r.add(File{Path: s.free("leftovers/statuspage", slugOf(id), ".json", id), Data: append(data, '\n'), Kind: Leftover, From: id})
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
