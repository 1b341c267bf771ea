package render

import (
	"html/template"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"publish/internal/postmortem"
	"publish/internal/site"
)

// postBuilder makes the view of one dated document.
type postBuilder struct {
	*builder
	p     *site.Page
	m     *postmortem.Postmortem // of the page
	v     *Post
	w     words
	prose prose
	// zone is that of times which name none themselves; nil if nobody states one.
	zone     *time.Location
	measures postmortem.Measures
	// full asks for all facts: declared beside computed, and what is missing.
	full bool
}

// post makes the view of a postmortem, a post or a maintenance.
func (b *builder) post(p *site.Page) *Post {
	v := &Post{Frame: b.documentFrame(string(p.Kind), p), ID: p.ID, Date: b.words(p.Lang).when(day(p.Date))}
	w := b.words(p.Lang)
	pb := &postBuilder{
		builder: b, p: p, m: p.Meta(), v: v, w: w,
		prose:    prose{file: p.Document.Path, lang: p.Lang, words: w.Catalog, resolve: b.site.Resolver(p)},
		zone:     b.site.Zone(p),
		measures: p.Whole().Meta().Measures(),
		full:     p.Kind == postmortem.KindPostmortem && (b.site.Options.Internal || b.site.Config.Facts == "full"),
	}
	v.TextLang, v.TextDir = textLang(&v.Frame, p.Lang)
	v.article = b.article(p)
	b.addCard(&v.Frame, p)
	if b.hasCard(p) {
		v.article.Image = &linkedImage{"ImageObject", v.picture.url, v.picture.width, v.picture.height}
	}
	v.article.InLanguage = v.TextLang
	v.Text = shownText(p, pb.prose.resolve)
	v.Summary = pb.summary()
	v.Severity = b.severity(&v.Frame, p)
	if p.Status != "" {
		v.State = pb.state(p.Status)
	}
	pb.nameSections()
	v.Impacts, v.Timeline, v.Causes = pb.impacts(), pb.timeline(), pb.causes()
	v.Countermeasures, v.Communications, v.Lessons = pb.countermeasures(), pb.communications(), pb.lessons()
	v.Corrections, v.Updates = pb.updates()
	v.Facts, v.Phases = pb.facts(), pb.phases()
	v.Answers = pb.answers()
	v.Contents = append(b.contents(p), pb.sectionContents()...)
	if len(v.Contents) == 1 && len(v.Contents[0].Items) == 0 {
		v.Contents = nil
	}
	pb.neighbourhood()
	pb.reference()
	return v
}

// summary is the front matter's, where the text does not say it already.
func (b *postBuilder) summary() template.HTML {
	text := strings.TrimSpace(b.m.Summary)
	if text == "" || beginsWith(b.p.Body().Text(), squeeze(text)) {
		return ""
	}
	return b.prose.block(text, 1)
}

// beginsWith says whether a text begins with a squeezed one, once it is squeezed
// itself.
func beginsWith(text, squeezed string) bool {
	for field := range strings.FieldsSeq(text) {
		if len(field) >= len(squeezed) {
			return strings.HasPrefix(field, squeezed)
		}
		rest, ok := strings.CutPrefix(squeezed, field)
		if !ok {
			return false
		}
		if squeezed, ok = strings.CutPrefix(rest, " "); !ok {
			return false
		}
	}
	return squeezed == ""
}

// squeeze makes texts comparable that differ by line breaks only.
func squeeze(s string) string {
	if isSqueezed(s) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// isSqueezed says whether a text has single blanks only, and between its words.
func isSqueezed(s string) bool {
	last := ' '
	for _, r := range s {
		switch {
		case r > ' ' && r < utf8.RuneSelf: // no space, without a look at Unicode
		case unicode.IsSpace(r) && (r != ' ' || last == ' '):
			return false
		}
		last = r
	}
	return last != ' ' || s == ""
}

func (b *postBuilder) state(s postmortem.Status) *State { return stateOf(b.p, s, b.w) }

// stateOf is a state in words: those of a maintenance are others than those of
// an incident, although it may be written in either.
func stateOf(p *site.Page, s postmortem.Status, w words) *State {
	return &State{string(s), w.word("status_", statusKey(p, s))}
}

// statusKey is the word for a state of a page.
func statusKey(p *site.Page, s postmortem.Status) string {
	if p.Kind == postmortem.KindMaintenance {
		if word, known := statusWord(string(s), true); known {
			return word
		}
	}
	return string(s)
}

func (b *postBuilder) nameSections() {
	b.v.Section = Sections{
		Updates: b.p.Anchor("updates"), Impacts: b.p.Anchor("impact"), Timeline: b.p.Anchor("timeline"), Causes: b.p.Anchor("causes"),
		Countermeasures: b.p.Anchor("countermeasures"), Communications: b.p.Anchor("communications"), Lessons: b.p.Anchor("lessons"),
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
	add(v.Timeline != nil && v.Timeline.Days != nil, v.Section.Timeline, "timeline")
	add(v.Causes != nil, v.Section.Causes, "causes")
	add(v.Countermeasures != nil, v.Section.Countermeasures, "countermeasures")
	add(v.Communications != nil, v.Section.Communications, "communications")
	add(v.Lessons != nil, v.Section.Lessons, "lessons")
	return list
}

// neighbourhood fills in what leads on from the page.
func (b *postBuilder) neighbourhood() {
	v, p := b.v, b.p
	lines := b.lines(&v.Frame)
	link := func(other *site.Page) *Link {
		if other == nil {
			return nil
		}
		l := lines.link(other)
		l.Note = lines.saying(other).Date.Text
		return &l
	}
	v.Breadcrumb = []Link{{Text: b.w.T("home"), URL: v.Home}}
	if p.Year != nil {
		v.Breadcrumb = append(v.Breadcrumb, Link{Text: p.Year.Name, URL: v.link(p.Year.Path)})
	}
	v.Older, v.Newer = link(p.Older), link(p.Newer)
	for _, others := range []Others{
		{b.w.T("recurrences"), lines.entries(p.Recurrences)},
		{b.w.T("related"), lines.entries(p.Related)},
		{b.w.T("alike"), b.likewise(lines)},
	} {
		if len(others.Entries) > 0 {
			v.Others = append(v.Others, others)
		}
	}
	v.Tags = make([]Link, 0, len(p.TagTerms))
	for _, t := range p.TagTerms {
		v.Tags = append(v.Tags, Link{Text: cleanText(t.Name), URL: v.link(t.Path)})
	}
	if whole := p.Whole(); b.hasData(whole) {
		v.Feeds = append(v.Feeds, Alternate{v.Title, v.link(dataPath(whole)), "application/json"})
	}
}

// likewise are the lines of the reports like this one, each with what it has in common.
func (b *postBuilder) likewise(lines *lines) []Entry {
	alike := b.alike(b.p)
	if len(alike) == 0 {
		return nil
	}
	list := make([]Entry, len(alike))
	for i, other := range alike {
		list[i] = lines.entry(other.Page)
		names := ""
		for i, t := range other.Shared {
			if i > 0 {
				names += ", "
			}
			names += cleanText(t.Name)
		}
		list[i].Shared = b.w.T("in_common", names)
	}
	return list
}
