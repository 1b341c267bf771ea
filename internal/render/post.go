package render

import (
	"cmp"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"publish/internal/postmortem"
	"publish/internal/site"
)

// postBuilder makes the view of one dated document.
type postBuilder struct {
	*builder
	p     *site.Page
	v     *Post
	w     words
	prose prose
}

// post makes the view of a postmortem, a post or a maintenance.
func (b *builder) post(p *site.Page) *Post {
	v := &Post{Frame: b.documentFrame(string(p.Kind), p), ID: p.ID, Date: b.words(p.Lang).when(day(p.Date))}
	w := b.words(p.Lang)
	pb := &postBuilder{builder: b, p: p, v: v, w: w, prose: prose{
		file: p.Document.Path, lang: p.Lang, words: w.Catalog, resolve: b.site.Resolver(p),
	}}
	v.TextLang, v.TextDir = textLang(&v.Frame, p.Lang)
	v.Text = trusted(p.Body.AppendHTML(nil, pb.prose.resolve))
	v.Summary = pb.summary()
	v.Severity = b.severity(&v.Frame, p)
	if p.Status != "" {
		v.State = pb.status(p.Status)
	}
	pb.nameSections()
	v.Impacts, v.Timeline, v.Causes = pb.impacts(), pb.timeline(), pb.causes()
	v.Countermeasures, v.Communications, v.Lessons = pb.countermeasures(), pb.communications(), pb.lessons()
	v.Corrections, v.Updates = pb.updates()
	v.Facts = pb.facts()
	v.Answers = pb.answers()
	v.Contents = append(contents(p.Body.Headings), pb.sectionContents()...)
	if len(v.Contents) == 1 && len(v.Contents[0].Items) == 0 {
		v.Contents = nil
	}
	pb.neighbourhood()
	return v
}

// summary is the front matter's, where the text does not say it already.
func (b *postBuilder) summary() template.HTML {
	text := strings.TrimSpace(b.p.Meta.Summary)
	if text == "" || strings.HasPrefix(squeeze(b.p.Body.Text()), squeeze(text)) {
		return ""
	}
	return b.prose.block(text, 1)
}

// squeeze makes texts comparable that differ by line breaks only.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

func (b *postBuilder) status(s postmortem.Status) *State {
	return &State{string(s), b.w.word("status_", string(s))}
}

// free gives an id that the text does not use.
func (b *postBuilder) free(id string) string {
	name := id
	for n := 2; b.p.Body.IDs[name]; n++ {
		name = id + "-" + strconv.Itoa(n)
	}
	return name
}

func (b *postBuilder) nameSections() {
	b.v.Section = Sections{
		Updates: b.free("updates"), Impacts: b.free("impact"), Timeline: b.free("timeline"), Causes: b.free("causes"),
		Countermeasures: b.free("countermeasures"), Communications: b.free("communications"), Lessons: b.free("lessons"),
	}
}

// sectionContents are the generated sections for the table of contents, in
// the order of the page.
func (b *postBuilder) sectionContents() []Content {
	var list []Content
	add := func(there bool, id, key string) {
		if there {
			list = append(list, Content{ID: id, Text: b.w.T(key)})
		}
	}
	v := b.v
	add(v.Impacts != nil, v.Section.Impacts, "impacts")
	add(v.Timeline != nil, v.Section.Timeline, "timeline")
	add(v.Causes != nil, v.Section.Causes, "causes")
	add(v.Countermeasures != nil, v.Section.Countermeasures, "countermeasures")
	add(v.Communications != nil, v.Section.Communications, "communications")
	add(v.Lessons != nil, v.Section.Lessons, "lessons")
	return list
}

// neighbourhood fills in what leads on from the page.
func (b *postBuilder) neighbourhood() {
	v, p := b.v, b.p
	link := func(other *site.Page) *Link {
		if other == nil {
			return nil
		}
		l := &Link{Text: cleanText(other.Title), URL: v.link(other.Path), Note: b.w.when(day(other.Date)).Text}
		l.Lang, _ = textLang(&v.Frame, other.Lang)
		return l
	}
	v.Breadcrumb = []Link{{Text: b.w.T("home"), URL: v.link("/")}}
	if p.Year != nil {
		v.Breadcrumb = append(v.Breadcrumb, Link{Text: p.Year.Name, URL: v.link(p.Year.Path)})
	}
	v.Older, v.Newer = link(p.Older), link(p.Newer)
	v.Recurrences = b.entries(&v.Frame, p.Recurrences, b.w)
	v.Related = b.entries(&v.Frame, p.Related, b.w)
	for _, t := range p.TagTerms {
		v.Tags = append(v.Tags, Link{Text: cleanText(t.Name), URL: v.link(t.Path)})
	}
	if b.has["/feed.xml"] {
		v.Subscribe = append(v.Subscribe, Link{Text: b.w.T("feed_reports"), URL: v.link("/feed.xml")})
	}
	for _, t := range p.ServiceTerms {
		if feed := t.Path + "feed.xml"; b.has[feed] {
			v.Subscribe = append(v.Subscribe, Link{Text: cleanText(t.Name), URL: v.link(feed)})
		}
	}
	if data := dataPath(p); b.has[data] {
		v.Feeds = append(v.Feeds, Alternate{v.Title, v.link(data), "application/json"})
	}
	v.Source = sourceURL(b.site.Config.Repository, p.Document.Path)
}

// sourceURL is where a repository's host shows a file. An address that names a
// branch or folder already ("…/tree/main/site") is gone on from there.
func sourceURL(repository, file string) string {
	repository = strings.TrimSuffix(strings.TrimSuffix(repository, "/"), ".git")
	if !isURL(repository) {
		return ""
	}
	file = (&url.URL{Path: file}).EscapedPath()
	for _, mark := range []string{"/tree/", "/blob/", "/src/"} {
		if strings.Contains(repository, mark) {
			return repository + "/" + file
		}
	}
	u, err := url.Parse(repository)
	if err != nil {
		return ""
	}
	if strings.Contains(u.Host, "gitlab") {
		return repository + "/-/blob/HEAD/" + file
	}
	return repository + "/blob/HEAD/" + file
}

// facts are the definition list under the title, in the order in which one
// asks.
func (b *postBuilder) facts() []Fact {
	m, v, w := b.p.Meta, b.v, b.w
	var facts []Fact
	add := func(name string, items ...FactItem) {
		items = slices.DeleteFunc(items, func(i FactItem) bool { return i == FactItem{} })
		if len(items) > 0 {
			facts = append(facts, Fact{Name: name, Label: w.T(name), Items: items})
		}
	}
	if v.Severity != nil {
		add("severity", FactItem{Severity: v.Severity})
	}
	if v.State != nil {
		add("status", FactItem{State: v.State})
	}
	first := postmortem.Moment{}
	moment := func(name string, m postmortem.Moment) {
		if m.IsZero() {
			return
		}
		when := w.after(first, m)
		first = cmp.Or(first, m)
		add(name, FactItem{Time: &when})
	}
	moment("scheduled_for", m.ScheduledFor)
	moment("scheduled_until", m.ScheduledUntil)
	moment("start", m.Start)
	moment("detected", m.Detected)
	moment("acknowledged", m.Acknowledged)
	moment("identified", m.Identified)
	moment("mitigated", m.Mitigated)
	moment("resolved", m.Resolved)
	moment("communicated", m.Communicated)
	for _, d := range []struct {
		name  string
		value postmortem.Duration
	}{
		{"duration", m.Declared.Duration}, {"time_to_detect", m.Declared.TimeToDetect},
		{"time_to_acknowledge", m.Declared.TimeToAcknowledge}, {"time_to_mitigate", m.Declared.TimeToMitigate},
		{"time_to_resolve", m.Declared.TimeToResolve},
	} {
		add(d.name, textItem(w.duration(d.value)))
	}
	add("services", links(&v.Frame, b.p.ServiceTerms)...)
	add("regions", texts(m.Regions)...)
	add("upstream", b.upstream()...)
	if r := b.p.RecurrenceOf; r != nil {
		add("recurrence_of", FactItem{Link: &Link{Text: cleanText(r.Title), URL: v.link(r.Path)}})
	}
	add("incident_id", textItem(cleanText(m.ID)))
	facts = append(facts, b.publication()...)
	// Sentences come last: they take a line of their own.
	for _, f := range []struct{ name, text string }{
		{"trigger", m.Trigger}, {"detection", m.Detection}, {"workaround", m.Workaround},
	} {
		if f.text != "" {
			add(f.name, FactItem{Text: b.prose.inline(f.text, 1)})
		}
	}
	return facts
}

// publication are the facts of the report, not of the incident.
func (b *postBuilder) publication() []Fact {
	p, w := b.p, b.w
	var facts []Fact
	if p.Published.DateString() != p.Date.DateString() { // which stands above the title
		published := w.when(day(p.Published))
		facts = append(facts, Fact{Name: "published", Label: w.T("published"), Items: []FactItem{{Time: &published}}})
	}
	if p.Updated.Known() && p.Updated.DateString() != p.Published.DateString() {
		updated := w.when(p.Updated)
		facts = append(facts, Fact{Name: "updated", Label: w.T("updated"), Items: []FactItem{{Time: &updated}}})
	}
	var authors []FactItem
	for _, a := range p.Meta.Authors {
		item := textItem(cleanText(a.Name))
		if isURL(a.URL) {
			item = FactItem{Link: &Link{Text: cleanText(a.Name), URL: a.URL, External: true}}
		}
		authors = append(authors, item)
	}
	if len(authors) > 0 {
		facts = append(facts, Fact{Name: "authors", Label: w.T("authors"), Items: authors})
	}
	return facts
}

func (b *postBuilder) upstream() []FactItem {
	var items []FactItem
	for _, u := range b.p.Meta.Upstream {
		text := cleanText(strings.TrimSpace(u.Provider + " " + u.ID))
		switch {
		case isURL(u.URL):
			items = append(items, FactItem{Link: &Link{Text: cmp.Or(text, u.URL), URL: u.URL, External: true}})
		case text != "":
			items = append(items, textItem(text))
		}
	}
	return items
}

func links(f *Frame, terms []*site.Term) []FactItem {
	var items []FactItem
	for _, t := range terms {
		items = append(items, FactItem{Link: &Link{Text: cleanText(t.Name), URL: f.link(t.Path)}})
	}
	return items
}

func texts(list []string) []FactItem {
	var items []FactItem
	for _, s := range list {
		items = append(items, textItem(cleanText(s)))
	}
	return items
}

// answers are what readers ask first, as far as the author states it.
func (b *postBuilder) answers() []Answer {
	var list []Answer
	add := func(name string, lines []template.HTML, more *Link) {
		if len(lines) > 0 {
			list = append(list, Answer{Name: name, Question: b.w.T("ask_" + name), Lines: lines, More: more})
		}
	}
	add("who", b.whoWasAffected(), nil)
	add("data", b.isDataSafe(), nil)
	add("over", b.isItOver(), nil)
	if n := len(b.p.Meta.Countermeasures); n > 0 {
		line := b.w.N("changes_n", n)
		if done := b.countDone(); done > 0 {
			line += ", " + b.w.N("changes_done", done)
		}
		add("changes", escaped(line), &Link{Text: b.w.T("countermeasures"), URL: "#" + b.v.Section.Countermeasures})
	}
	if len(list) == 1 && list[0].Name == "over" {
		return nil // the facts say as much
	}
	return list
}

// maxAffected is how many impacts the answer to "who was affected" names; the
// table has them all.
const maxAffected = 3

func (b *postBuilder) whoWasAffected() []template.HTML {
	var lines []template.HTML
	for i := range b.p.Meta.Impacts {
		im := &b.p.Meta.Impacts[i]
		if im.Who == "" || len(lines) == maxAffected {
			continue
		}
		line := b.prose.inline(im.Who, im.Pos.Line)
		if count := b.count(im); count != "" {
			line += trusted([]byte(template.HTMLEscapeString(" – " + count)))
		}
		lines = append(lines, line)
	}
	return lines
}

func (b *postBuilder) isDataSafe() []template.HTML {
	lines := escaped(b.w.word("data_loss_", string(worstLoss(b.p.Meta.Impacts))))
	for i := range b.p.Meta.Impacts {
		if personal := b.p.Meta.Impacts[i].PersonalData; personal != "" {
			lines = append(lines, escaped(b.w.T("personal_data_"+string(personal)))...)
			break
		}
	}
	return lines
}

func (b *postBuilder) isItOver() []template.HTML {
	m, w := b.p.Meta, b.w
	switch {
	case m.Resolved.Known():
		return escaped(w.T("over_yes_at", w.when(m.Resolved).Text))
	case b.p.Status == postmortem.StatusResolved:
		return escaped(w.T("over_yes"))
	case b.p.Status.Open():
		return escaped(w.T("over_no", strings.ToLower(w.word("status_", string(b.p.Status)))))
	}
	return nil
}

func textItem(text string) FactItem {
	return FactItem{Text: trusted([]byte(template.HTMLEscapeString(text)))}
}

// escaped makes a text ready to stand among HTML; empty texts give no line.
func escaped(text string) []template.HTML {
	if text == "" {
		return nil
	}
	return []template.HTML{trusted([]byte(template.HTMLEscapeString(text)))}
}

func (b *postBuilder) countDone() int {
	n := 0
	for i := range b.p.Meta.Countermeasures {
		if b.p.Meta.Countermeasures[i].Status == "done" {
			n++
		}
	}
	return n
}
