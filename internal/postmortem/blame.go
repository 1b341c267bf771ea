package postmortem

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"publish/internal/block"
	"publish/internal/diag"
	"publish/internal/locale"
	"publish/internal/pattern"
)

// Hints say where a report could be kinder to persons and fuller for its
// readers: words that blame, a person as the cause, names of persons in the
// timeline, sections that readers look for. They are for the author alone, and
// stop nothing. The blocks are the whole text.
func (p *Postmortem) Hints(blocks []block.Block, c Context) diag.List {
	h := &hinter{report: p, blocks: blocks, context: c, words: locale.BlameIn(c.Language)}
	h.blame()
	h.names()
	h.sections()
	h.diags.Sort()
	return h.diags
}

// hinter is a report while it is read for hints.
type hinter struct {
	report  *Postmortem
	blocks  []block.Block
	context Context
	words   *locale.Blame
	diags   diag.List
}

const blamelessHint = "tell what made it possible, and what will stop it next time; `checks: {blame: off}` silences this"

// blame looks for words of blame and for persons as the cause, in the text and in
// the causes of front matter. Each is told once.
func (h *hinter) blame() {
	type passage struct {
		text string
		pos  diag.Pos
	}
	var all []passage
	for _, b := range h.blocks {
		if b.Kind != block.Code {
			all = append(all, passage{b.Text, b.Pos})
		}
	}
	for _, c := range h.report.Causes {
		all = append(all, passage{c.Text, c.Pos})
	}
	said := map[string]bool{}
	for _, p := range all {
		for _, kind := range []struct {
			phrases []string
			format  string
		}{{h.words.Words, "%q blames somebody"}, {h.words.Causes, "%q is where the question begins, and no cause"}} {
			before, phrase, found := locale.FindPhrase(h.context.Language, p.text, kind.phrases)
			if found && !said[phrase] && !h.denied(before) {
				said[phrase] = true
				h.diags.Report(diag.Blame, p.pos, blamelessHint, kind.format, phrase)
			}
		}
	}
}

// reachOfDenial is how far, in bytes, before a phrase a word may deny it.
const reachOfDenial = 40

// denied says that the sentence says the opposite: "this was not human error".
func (h *hinter) denied(before string) bool {
	near := before[max(0, len(before)-reachOfDenial):]
	if i := strings.LastIndexAny(near, ".;:!?\n"); i >= 0 {
		near = near[i:]
	}
	_, _, found := locale.FindPhrase(h.context.Language, near, h.words.Negations)
	return found
}

// names looks for persons in the timeline: a first name that does something, or
// by whom something was done; the report's authors and owners by their names; a
// handle. Each is told once, with its count.
func (h *hinter) names() {
	own := h.ownNames()
	count := map[string]int{}
	var order []Event
	var found []string
	for _, e := range h.report.Timeline {
		for _, name := range slices.Concat(h.namesIn(e.Text, own), h.namesIn(e.Actor, own)) {
			if count[name]++; count[name] == 1 {
				order, found = append(order, e), append(found, name)
			}
		}
	}
	for i, name := range found {
		more := ""
		if n := count[name]; n > 1 {
			more = fmt.Sprintf(" (%d times)", n)
		}
		h.diags.Report(diag.Blame, order[i].Pos, "name the role (the engineer on call), and ask who is named; `checks: {blame: off}` silences this",
			"the timeline names a person, %q%s", name, more)
	}
}

var handle = pattern.New(`(?:^|[\s(,>])(@[A-Za-z][A-Za-z0-9_-]{2,38})(?:$|[\s),.:;!?<])`)

// nobodyHandles are handles of many.
var nobodyHandles = pattern.New(`(?i)^@(?:here|channel|everyone|all|team|.*(?:team|on-?call|oncall|support|sre|ops|bot|admins?|staff|eng|engineers|dev|infra|platform|security))$`)

// namesIn finds the names of persons in a text of a timeline.
func (h *hinter) namesIn(text string, own []string) (names []string) {
	for _, m := range handle.FindAllStringSubmatch(text, -1) {
		if !nobodyHandles.MatchString(m[1]) {
			names = append(names, m[1])
		}
	}
	for _, name := range own {
		if _, _, ok := locale.FindPhrase(h.context.Language, text, []string{name}); ok && strings.Contains(text, name) {
			names = append(names, name)
		}
	}
	words := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) })
	for i, raw := range words {
		word := strings.TrimFunc(raw, unicode.IsPunct)
		if len(word) < 3 || !unicode.IsUpper([]rune(word)[0]) || slices.Contains(own, word) || !locale.IsFirstName(word) {
			continue
		}
		full, next := word, i+1
		ends := raw != word && !strings.HasPrefix(raw, word) || strings.HasSuffix(raw, ".") || strings.HasSuffix(raw, ":")
		if next < len(words) && !ends && isSurname(words[next]) {
			full += " " + strings.TrimFunc(words[next], unicode.IsPunct)
			next++
		}
		does := next < len(words) && !strings.HasSuffix(raw, ".") && h.words.Verbs[strings.TrimFunc(words[next], unicode.IsPunct)]
		by := i > 0 && h.words.By[strings.ToLower(words[i-1])]
		if (does || by) && !slices.ContainsFunc(names, func(n string) bool { return strings.Contains(n, full) }) {
			names = append(names, full)
		}
	}
	return names
}

// isSurname says that a word may stand behind a first name: "Roe", "R.".
func isSurname(word string) bool {
	letters := []rune(strings.TrimFunc(word, unicode.IsPunct))
	return len(letters) > 0 && unicode.IsUpper(letters[0]) && (len(letters) == 1 || unicode.IsLower(letters[1]))
}

// ownNames are the persons whom the front matter names: authors, and owners of
// countermeasures.
func (h *hinter) ownNames() (names []string) {
	add := func(name string) {
		name, _, _ = strings.Cut(name, "<")
		name, _, _ = strings.Cut(name, "(")
		name = strings.TrimSpace(name)
		parts := strings.Fields(name)
		if len(parts) == 0 || len(parts) > 4 || !locale.IsFirstName(parts[0]) || slices.Contains(names, name) {
			return // a team, an address
		}
		names = append(names, name)
	}
	for _, a := range h.report.Authors {
		add(a.Name)
	}
	for _, c := range h.report.Countermeasures {
		add(c.Owner)
	}
	return names
}

// fullReport is how many words make a report of a notice: of a notice nobody
// asks for sections.
const fullReport = 150

// sections tells which of the sections are missing that readers look for.
func (h *hinter) sections() {
	words := 0
	for _, b := range h.blocks {
		if b.Kind != block.Code {
			words += len(strings.Fields(b.Text))
		}
	}
	if words < fullReport {
		return
	}
	there := map[locale.Role]bool{
		locale.RoleTimeline: len(h.report.Timeline) > 0, locale.RoleImpact: len(h.report.Impacts) > 0,
		locale.RoleCause: len(h.report.Causes) > 0 || h.report.Trigger != "", locale.RoleCountermeasures: len(h.report.Countermeasures) > 0,
	}
	for _, s := range FindSections(h.blocks, h.context) {
		there[s.Role] = true
	}
	there[locale.RoleImpact] = there[locale.RoleImpact] || there[locale.RoleSummary] // it says what happened to whom
	var missing []string
	for _, role := range []locale.Role{locale.RoleImpact, locale.RoleTimeline, locale.RoleCause, locale.RoleCountermeasures} {
		if !there[role] {
			missing = append(missing, string(role))
		}
	}
	if len(missing) == 0 {
		return
	}
	pos := diag.Pos{}
	if len(h.blocks) > 0 {
		pos.File = h.blocks[0].Pos.File
	}
	h.diags.Report(diag.SectionMissing, pos, "add what is known, under a heading of its own; `headings:` in publish.yaml teaches names of headings",
		"readers look for what is missing here: %s", strings.Join(missing, ", "))
}
