package site

import (
	"cmp"
	"path"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"publish/internal/bug"
	"publish/internal/config"
	"publish/internal/content"
	"publish/internal/diag"
	"publish/internal/postmortem"
)

// admit settles the site's language, lets documents through the gate and makes their pages.
func (s *Site) admit(diags *diag.List) {
	wanted := s.wanted()
	s.learn()
	looks := s.lookAt(wanted)
	s.settleLanguage(looks)
	for i := range looks {
		if l := &looks[i]; l.severity != "" { // which is named in the site's language
			s.grade(l.page, l.severity, &l.diags)
		}
	}
	admitted := map[string]*Page{}
	translated := s.translated()
	for i, d := range s.folder.Documents {
		if d.Translates != "" {
			continue
		}
		if !wanted(d) {
			s.Passed = append(s.Passed, content.Skipped{Path: d.Path,
				Reason: "not a postmortem; without a content folder, or `content:` in publish.yaml, only postmortems are published"})
			continue
		}
		s.admitOne(d, &looks[i], diags)
		if translated[d.Path] {
			admitted[d.Path] = looks[i].page
		}
	}
	s.admitTranslations(admitted, looks, diags)
	for _, d := range slices.Backward(s.folder.Documents) { // the first of a name wins
		if p, ok := s.byFile[d.Path]; ok {
			s.byStem[content.Stem(d.Path)] = p
		}
	}
}

// translated are the files that have translations.
func (s *Site) translated() map[string]bool {
	files := map[string]bool{}
	for _, d := range s.folder.Documents {
		if d.Translates != "" {
			files[d.Translates] = true
		}
	}
	return files
}

// look is what was found out about one document by itself.
type look struct {
	verdict  verdict
	page     *Page
	severity string    // as written
	diags    diag.List // of the page, which count if it is admitted
}

// lookAt judges all documents that are wanted, and translations, and makes their
// pages. That asks for most of what each says, so it is done on all processors.
func (s *Site) lookAt(wanted func(*content.Document) bool) []look {
	documents := s.folder.Documents
	looks, room := make([]look, len(documents)), make([]Page, len(documents))
	bug.Each(len(documents), 64, func() func(i int) {
		return func(i int) {
			if d := documents[i]; wanted(d) || d.Translates != "" {
				looks[i].page = &room[i]
				s.look(d, &looks[i])
			}
		}
	})
	return looks
}

// look judges a document, and fills in its page as far as the verdict asks for it.
func (s *Site) look(d *content.Document, l *look) {
	m := d.Meta() // is asked for again and again, and stays meanwhile
	p := l.page
	p.Document = s.dated(d)
	l.verdict = s.judge(d)
	switch v := &l.verdict; {
	case v.reason == "" || v.shown || v.broken:
		s.describe(p)
		l.severity = m.Severity.Text
		if !v.broken {
			p.Preview = v.reason
		}
	case v.tombstone:
		p.Published, p.Updated = cmp.Or(known(m.Published), known(m.Embargo), p.Date), m.Updated
		p.Brief = s.brief(p)
	}
	runtime.KeepAlive(m)
}

func (s *Site) admitOne(d *content.Document, l *look, diags *diag.List) {
	v, p := l.verdict, l.page
	s.byFile[d.Path] = nil
	*diags = append(*diags, l.diags...)
	if v.reason != "" && !v.shown {
		s.Held = append(s.Held, Held{d, v.reason})
		switch {
		case v.tombstone:
			s.Tombstones = append(s.Tombstones, p)
		case v.broken:
			s.broken = append(s.broken, p)
		case v.waits && s.Options.Previews:
			p.Preview, p.apart = v.reason, true
			s.Previews = append(s.Previews, p)
		}
		return
	}
	s.byFile[d.Path] = p
	switch {
	case d.Translates != "":
		s.Translations = append(s.Translations, p)
	case d.Kind == postmortem.KindPage:
		s.Pages = append(s.Pages, p)
	default:
		s.Posts = append(s.Posts, p)
	}
}

// learn finds out what the documents' zones mean: most name the same few.
func (s *Site) learn() {
	for _, d := range s.folder.Documents {
		if _, known := s.located[d.Head.Timezone]; !known && d.Head.Timezone != "" {
			s.located[d.Head.Timezone] = s.locate(d.Head.Timezone)
		}
	}
}

// severity is the step of the scale that an author means; nil if it is none. Most
// authors write the same few.
func (s *Site) severity(written string) *config.Severity {
	if known, ok := s.severities.Load(written); ok {
		return known.(*config.Severity)
	}
	severity, _ := s.Config.Severity(written)
	s.severities.Store(written, severity)
	return severity
}

// dated gives a draft without a date today's, since it has to stand somewhere
// among the others; its own date is still to be written.
func (s *Site) dated(d *content.Document) *content.Document {
	if d.Kind == postmortem.KindPage || d.Date.Known() {
		return d
	}
	copied := *d
	copied.Date = postmortem.Moment{Time: s.Options.Now, Precision: postmortem.Day}
	return &copied
}

// wanted says which documents a folder publishes at all. A folder that nobody
// declared to be a site (a code repository) publishes its postmortems, what
// they link to, and the README at its top if that is about them: if it stands
// beside one or links to one.
func (s *Site) wanted() func(*content.Document) bool {
	if !s.folder.OnlyPostmortems {
		return func(*content.Document) bool { return true }
	}
	linked, incidents := map[string]bool{}, map[string]bool{}
	beside := false
	for _, d := range s.folder.Documents {
		if incident(d) {
			incidents[d.Path] = true
			beside = beside || d.Dir == ""
			for _, file := range linkedFiles(d) {
				linked[file] = true
			}
		}
	}
	return func(d *content.Document) bool {
		readme := d.Index && d.Dir == "" &&
			(beside || slices.ContainsFunc(linkedFiles(d), func(file string) bool { return incidents[file] }))
		return incidents[d.Path] || linked[d.Path] || readme
	}
}

func incident(d *content.Document) bool {
	return d.Kind == postmortem.KindPostmortem || d.Kind == postmortem.KindMaintenance
}

// linkedFiles are the files beside a document that it links to, from the site
// folder.
func linkedFiles(d *content.Document) []string {
	var files []string
	links := d.Body().Links
	for i := range links {
		file, _ := splitSuffix(links[i].Dest)
		files = append(files, path.Join(path.Dir(d.Path), norm.NFC.String(unescape(file))))
	}
	return files
}

// classify fills in what the site says of a page.
func (s *Site) classify(p *Page, diags *diag.List) {
	s.describe(p)
	s.grade(p, p.Meta().Severity.Text, diags)
}

// grade gives a page the step of the scale that its author means.
func (s *Site) grade(p *Page, written string, diags *diag.List) {
	p.Severity = nil
	if written == "" {
		return
	}
	if p.Severity = s.severity(written); p.Severity == nil {
		s.reportSeverity(p, diags)
		// It is shown as it was written, after all that are known.
		p.Severity = &config.Severity{ID: written, Label: written, Rank: len(s.Config.Severities)}
	}
}

// describe fills in what follows from the document alone: state and dates, what lists
// and the pages of all incidents ask for, and the links of its text, which are
// followed later.
func (s *Site) describe(p *Page) {
	m := p.Meta()
	p.Status = s.status(p)
	p.Open = p.Status.Open() || m.ResolvedSwitch == postmortem.StateNo
	p.Published = cmp.Or(known(m.Published), known(m.Embargo), p.Date)
	p.Updated = m.Updated
	for _, u := range m.Updates {
		if !m.Updated.Known() && u.At.Known() && (!p.Updated.Known() || u.At.Time.After(p.Updated.Time)) {
			p.Updated = u.At
		}
	}
	p.links = p.Body().Links
	p.Brief = s.brief(p)
	if p.isIncident() && s.HasRegister() {
		p.promises = m.Countermeasures
	}
	if p.isIncident() && s.showsInsights() {
		p.figures = figuresOf(m)
	}
}

// reportSeverity warns of a severity of the front matter that is not on the
// site's scale. Labels in a text ("Level: Internal") have words of their own.
func (s *Site) reportSeverity(p *Page, diags *diag.List) {
	if !slices.ContainsFunc(p.Meta().Fields, func(f postmortem.Field) bool { return f.Name == "severity" }) {
		return
	}
	diags.Report(diag.SeverityUnknown, p.Meta().Severity.Pos, "add it to `severities` in publish.yaml, or use one of "+s.severityNames(),
		"unknown severity \"%s\"", p.Meta().Severity.Text)
}

// known gives the moment, or the zero one if not even its day is known.
func known(m postmortem.Moment) postmortem.Moment {
	if m.Known() {
		return m
	}
	return postmortem.Moment{}
}

func (s *Site) severityNames() string {
	var names []string
	for _, severity := range s.Config.Severities {
		names = append(names, severity.ID)
	}
	return strings.Join(names, ", ")
}
