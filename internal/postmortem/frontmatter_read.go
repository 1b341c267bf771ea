package postmortem

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"publish/internal/diag"
	"publish/internal/locale"
	"publish/internal/tree"
)

// The readers of the fields that need more than their type.

func readPublished(d *decoder, e tree.Entry, p *Postmortem) bool {
	if on, ok := switchOf(e.Value); ok {
		p.Unpublished = p.Unpublished || !on
		return true
	}
	// Of two days the later one counts: nothing is shown before both have come.
	if m := d.gate(e, "a date, or true or false"); m.Known() && (!p.Published.Known() || m.Time.After(p.Published.Time)) {
		p.Published = m
	}
	return true
}

func readEmbargo(d *decoder, e tree.Entry, p *Postmortem) bool {
	p.Embargo = d.gate(e, "a date or time")
	return true
}

// readUpdated reads a date, or Docusaurus's mapping with a date in it.
func readUpdated(d *decoder, e tree.Entry, p *Postmortem) bool {
	if inner := e.Value.Get("date"); inner != nil {
		e.Value = inner
	}
	p.Updated = d.moment(e)
	return true
}

// readFeedID reads an id of RFC 4287 §4.2.6, an IRI with a scheme.
func readFeedID(d *decoder, e tree.Entry, p *Postmortem) bool {
	id := d.text(e)
	if u, err := url.Parse(id); id != "" && (err != nil || u.Scheme == "" || strings.ContainsFunc(id, unicode.IsSpace)) {
		d.wrong(e, e.Value, "a full address or a URN, as https://old.example.org/login", "leave it out where the old id is no address: Atom allows no other")
		return false
	}
	p.FeedID = Text{Text: id, Pos: e.Value.Pos}
	return true
}

func readPermalink(d *decoder, e tree.Entry, p *Postmortem) bool {
	address := d.name(e)
	if strings.Contains(address, "://") {
		if p.CanonicalURL == "" {
			p.CanonicalURL = address
		}
		return true
	}
	if p.Permalink == "" || fold(e.Key.Value) == "permalink" {
		p.Permalink = address
	}
	return true
}

func readAliases(d *decoder, e tree.Entry, p *Postmortem) bool {
	for _, item := range itemsOf(d, e, nameItems, plainName) {
		p.Aliases = append(p.Aliases, Text{Text: item.name, Pos: item.pos})
	}
	return true
}

// readLang reads a language tag. What is none is a doubt and no error: other
// tools have keys of that name for other things.
func readLang(d *decoder, e tree.Entry, p *Postmortem) bool {
	text := d.text(e)
	tag, ok := locale.Written(text)
	if !ok && text != "" {
		d.found = append(d.found, diag.Diagnostic{
			Pos: e.Value.Pos, Level: diag.Warning, Code: diag.FieldType,
			Message: fmt.Sprintf("%q is not used: %s is no language tag", e.Key.Value, e.Value.Describe()),
			Hint:    "write a tag such as en, fr or pt-BR; without one the language is guessed",
		})
		return false
	}
	p.Lang = tag
	return true
}

func readStage(d *decoder, e tree.Entry, p *Postmortem) bool {
	p.Stage = Stage(d.choice(e, "stage", stageValues))
	return true
}

func readDraft(d *decoder, e tree.Entry, p *Postmortem) bool {
	p.Draft = d.flag(e) || p.Draft
	return true
}

// readAudience reads `audience: internal`, and the switches `internal: true`,
// `private: true` and `public: false`. Where several stand, the narrowest
// counts.
func readAudience(d *decoder, e tree.Entry, p *Postmortem) bool {
	audience := Audience("")
	on, isSwitch := switchOf(e.Value)
	switch key := fold(e.Key.Value); {
	case key == "audience" || key == "visibility" || key == "diffusion":
		audience = Audience(d.choice(e, "audience", audienceValues))
	case !isSwitch:
		d.wrong(e, e.Value, "true or false", switchHint(e))
	case on == (key == "public"):
		audience = AudiencePublic
	default:
		audience = AudienceInternal
	}
	if p.Audience != AudienceInternal && audience != AudienceUnset {
		p.Audience = audience
	}
	return true
}

func readWithdrawn(d *decoder, e tree.Entry, p *Postmortem) bool {
	if on, isSwitch := switchOf(e.Value); isSwitch {
		if on {
			d.wrong(e, e.Value, "the reason, as a text", "write why, for those who had the address")
		}
		return true
	}
	p.Withdrawn = d.text(e)
	return true
}

// readKind reads what the document is. Under `type`, where other tools keep
// the name of a layout, only the kinds that they do not have are taken.
func readKind(d *decoder, e tree.Entry, p *Postmortem) bool {
	if fold(e.Key.Value) == "kind" {
		p.Kind = Kind(d.choice(e, "kind", kindValues))
		return true
	}
	if e.Value.Kind != tree.Scalar {
		return false
	}
	word := fold(strings.TrimSpace(e.Value.Value))
	kind, known := values()["kind"][word]
	switch {
	case values()["layout"][word] != "":
	case !known:
		d.found = append(d.found, diag.Diagnostic{
			Pos: e.Value.Pos, Level: diag.Note, Code: diag.FieldUnknown,
			Message: "\"" + e.Key.Value + "\" is ignored: " + e.Value.Describe() + " is no kind of document here",
			Hint:    "write `kind:` with one of " + strings.Join(kindValues, ", ") + " if the guess is wrong",
		})
		return false
	case p.Kind == KindUnset && (kind == "postmortem" || kind == "maintenance"):
		p.Kind = Kind(kind)
	}
	return true
}

func readSection(_ *decoder, e tree.Entry, _ *Postmortem) bool {
	section := fold(e.Value.Value)
	return section == "issue" || section == "issues" || section == "incident" || section == "incidents"
}

// readSeverity reads the severity as it is written. `priority` is that only if
// it is a word (P1, high): a bare number is a weight for a site map.
func readSeverity(d *decoder, e tree.Entry, p *Postmortem) bool {
	if fold(e.Key.Value) == "priority" && ParseNumber(e.Value.Value).Known {
		return false
	}
	p.Severity = Text{Text: d.name(e), Pos: e.Value.Pos}
	return true
}

// readStatus reads the state of the incident. Other tools keep the state of
// the report there (`status: draft`, WordPress's `publish` and `private`),
// which is evidence of nothing.
func readStatus(d *decoder, e tree.Entry, p *Postmortem) bool {
	meaning := d.choice(e, "status", statusValues)
	field, value, other := strings.Cut(meaning, " ")
	switch {
	case !other && slices.Contains(statusValues, meaning):
		p.Status = Status(meaning)
		return true
	case field == "audience":
		p.Audience = Audience(value)
	case field == "stage" && p.Stage == StageUnset:
		p.Stage = Stage(value)
	case field == "plan": // nothing of an incident
		p.Plan = Status(value)
	}
	return false
}

// narrow takes over what any key of the status says about who may read the
// report, used or not: where fields disagree, the narrower one counts.
func narrow(p *Postmortem, status *tree.Node) {
	if status.Kind != tree.Scalar {
		return
	}
	switch values()["status"][fold(strings.TrimSpace(status.Value))] {
	case "audience internal":
		p.Audience = AudienceInternal
	case "stage draft":
		p.Stage = StageDraft
	case "stage review":
		if p.Stage != StageDraft {
			p.Stage = StageReview
		}
	}
}

func readTimezone(d *decoder, e tree.Entry, p *Postmortem) bool {
	p.Timezone = d.text(e)
	if _, ok := LoadZone(p.Timezone, d.options.Zones); !ok && p.Timezone != "" {
		d.wrong(e, e.Value, "the name or offset of one time zone", "write it as Europe/Paris or +02:00")
	}
	return true
}

// readResolved reads a time or a switch; cState writes one of each, under two
// names.
func readResolved(d *decoder, e tree.Entry, p *Postmortem) bool {
	if on, ok := switchOf(e.Value); ok {
		p.ResolvedSwitch = StateNo
		if on {
			p.ResolvedSwitch = StateYes
		}
		return true
	}
	m := d.momentOr(e, "a date or time, or true or false")
	switch {
	case m.IsZero():
	case p.Resolved.IsZero():
		p.Resolved = m
	case !p.Resolved.Time.Equal(m.Time):
		lost := m
		if fold(e.Key.Value) == "resolved" {
			lost, p.Resolved = p.Resolved, m
		}
		d.unused(lost.Pos, fmt.Sprintf("%q", lost.Written), "resolved", p.Resolved.Pos.Line)
	}
	return true
}

// readCauses reads causes; `root_cause` and its like tell the kind by name.
func readCauses(d *decoder, e tree.Entry, p *Postmortem) bool {
	kind := ""
	for _, word := range strings.FieldsFunc(strings.ToLower(e.Key.Value), func(r rune) bool { return r == '_' || r == '-' || r == ' ' }) {
		if meaning := values()["cause kind"][strings.TrimSuffix(fold(word), "s")]; meaning != "" {
			kind = meaning
		}
	}
	for _, c := range itemsOf(d, e, causeItems, plainCause) {
		if c.Kind == "" {
			c.Kind = kind
		}
		p.Causes = append(p.Causes, c)
	}
	return true
}

// readLessons reads the mapping, or one of its lists at the top of the front
// matter (`what_went_well:`).
func readLessons(d *decoder, e tree.Entry, p *Postmortem) bool {
	if row, inner := lessonItems.names().row[fold(e.Key.Value)]; inner {
		return lessonItems.rows[row].read(d, e, &p.Lessons)
	}
	return readMapping(d, e, lessonItems, &p.Lessons)
}

// readMapping reads a mapping that is a field of its own.
func readMapping[T any](d *decoder, e tree.Entry, t *table[T], into *T) bool {
	if e.Value.Kind != tree.Mapping {
		d.wrong(e, e.Value, "a mapping with fields such as \""+t.rows[0].name+"\"", "")
		return true
	}
	if d.internal(e.Value) && !d.options.Internal {
		var cut T
		t.decode(d, e.Value, &cut, nil)
		return true
	}
	t.decode(d, e.Value, into, nil)
	return true
}

func readAuthors(d *decoder, e tree.Entry, p *Postmortem) bool {
	p.Authors = append(p.Authors, authorsOf(d, e)...)
	return true
}

// authorsOf reads authors; one text may name several, with commas between.
func authorsOf(d *decoder, e tree.Entry) []Author {
	if e.Value.Kind != tree.Scalar || !strings.Contains(e.Value.Value, ",") {
		return itemsOf(d, e, authorItems, plainAuthor)
	}
	var authors []Author
	for name := range strings.SplitSeq(e.Value.Value, ",") {
		if !isBlank(name) {
			authors = append(authors, authorOf(name))
		}
	}
	return authors
}

// authorOf reads `Anna Roth <anna@example.org>`.
func authorOf(text string) Author {
	name, mail, found := strings.Cut(strings.TrimSpace(text), "<")
	a := Author{Name: strings.TrimSpace(name)}
	mail = strings.TrimSuffix(strings.TrimSpace(mail), ">")
	switch {
	case !found:
	case strings.Contains(mail, "://"):
		a.URL = mail
	default:
		a.Email = mail
	}
	return a
}
