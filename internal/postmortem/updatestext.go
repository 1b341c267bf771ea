package postmortem

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"publish/internal/block"
	"publish/internal/locale"
	"publish/internal/pattern"
)

// readTextUpdates reads the messages that a status page keeps of an incident,
// in either order, as Statuspage writes them:
//
//	Resolved
//	This incident has been resolved.
//	Posted Apr 04, 2024 - 21:52 UTC
//
// and as cState does, with the time at the end of a paragraph:
//
//	*Investigating* - We look into it. 2018-05-25 04:13:00
//
// and the sentence that names the affected parts.
func readTextUpdates(t *textReader, r *Reading) {
	t.readAffected(r)
	updates := t.postedUpdates()
	if updates == nil {
		updates = t.trackedUpdates(r)
	}
	if updates == nil {
		updates = t.datedUpdates(r)
	}
	r.Facts.Updates = updates
	if r.Facts.Status == "" {
		r.Facts.Status = lastStatus(updates)
	}
}

// postedAt finds the line that closes an update of Statuspage, which may be
// joined to the text before it.
var postedAt = pattern.Holding(asciiDigits, `(?:^|\s)(\pL+(?: (?:on|at|le|em|el))?)[:：]? ((?:\pL{3,9}\.? \d|\d).{6,40})$`)

// longestPosted is how long a closing line may be, in bytes.
const longestPosted = 90

// postedUpdates reads Statuspage's form: what stands between two closing lines
// is one update, headed by its state.
func (t *textReader) postedUpdates() []Update {
	var updates []Update
	open := -1 // where the update begins that is being read
	var status Status
	for i := range t.blocks {
		b := &t.blocks[i]
		if b.Kind == block.Row || b.Kind == block.Code {
			continue
		}
		state, _ := stateOfUpdate(b.Text)
		if alone := state != "" && phrases()["update"].is(b.Text) != ""; alone && b.Kind != block.Item || open < 0 && state != "" && b.Kind == block.Paragraph {
			open, status = i, state
		}
		if open < 0 {
			continue
		}
		at, before, ok := t.posted(b)
		if !ok {
			continue
		}
		u := Update{At: at, Status: status, Pos: t.blocks[open].Pos}
		u.Text = t.updateText(open, i, before)
		updates = append(updates, u)
		open = -1
	}
	return updates
}

// posted reads the closing line at the end of a block, and gives what stands
// before it.
func (t *textReader) posted(b *block.Block) (at Moment, before string, ok bool) {
	start := max(0, len(b.Text)-longestPosted)
	for 0 < start && start < len(b.Text) && !utf8.RuneStart(b.Text[start]) {
		start++
	}
	line := b.Text[start:]
	m := postedAt.FindStringSubmatchIndex(line)
	if m == nil || phrases()["posted"].is(line[m[2]:m[3]]) == "" {
		return Moment{}, "", false
	}
	at, problem := parseMoment(line[m[4]:m[5]], t.context.Zones)
	if problem != NoProblem || !at.Known() {
		return Moment{}, "", false
	}
	at.Pos = b.Pos
	return at, strings.TrimSpace(b.Text[:start+m[2]]), true
}

// updateText joins the text of an update: the blocks from the one with its
// state to the one that closes it, of which only the part before the time.
func (t *textReader) updateText(open, last int, before string) string {
	var texts []string
	for i := open; i <= last; i++ {
		text := t.blocks[i].Text
		if i == last {
			text = before
		}
		if i == open {
			_, text = stateOfUpdate(text)
		}
		if text = strings.TrimSpace(text); text != "" && t.blocks[i].Kind != block.Code {
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, "\n\n")
}

// stateOfUpdate reads the state at the beginning of an update and gives the
// text behind it: "Resolved - We believe …". A sentence that merely begins
// with the word has none.
func stateOfUpdate(text string) (Status, string) {
	if !phrases()["update"].mayBegin(text) {
		return "", text
	}
	return stateBefore(text)
}

// stateBefore is stateOfUpdate of a text that may begin with a state.
func stateBefore(text string) (Status, string) {
	if meaning := phrases()["update"].is(text); meaning != "" {
		return Status(meaning), ""
	}
	const longest = 40 // state, in bytes
	end := 0
	for end < min(len(text), longest+1) && text[end] != ':' && text[end] != '-' && (text[end] < 0x80 || !divides(text[end:])) {
		end++
	}
	if end == 0 || end > longest || end == len(text) {
		return "", text
	}
	meaning := phrases()["update"].is(text[:end])
	if meaning == "" {
		return "", text
	}
	return Status(meaning), strings.TrimLeft(text[end:], " :：-–—")
}

// divides says whether a text begins with a sign behind a state that is not ASCII.
func divides(text string) bool {
	return strings.HasPrefix(text, "：") || strings.HasPrefix(text, "–") || strings.HasPrefix(text, "—")
}

// trackedUpdates reads cState's form: paragraphs that end with a date and time.
// One alone may be any paragraph, so it must have a state.
func (t *textReader) trackedUpdates(r *Reading) []Update {
	var updates []Update
	stated := false
	for i := range t.blocks {
		b := &t.blocks[i]
		if b.Kind != block.Paragraph || t.roleAt(r, i) != locale.NoRole && t.roleAt(r, i) != locale.RoleUpdates {
			continue
		}
		at, text, ok := t.tracked(b)
		if !ok {
			continue
		}
		u := Update{At: at, Pos: b.Pos}
		u.Status, u.Text = stateOfUpdate(text)
		stated = stated || u.Status != ""
		updates = append(updates, u)
	}
	if !stated {
		return nil
	}
	return updates
}

var trackedAt = pattern.New(`\s(\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z| ?[+-]\d{2}:?\d{2}| [A-Z]{3,4})?)$`)

func (t *textReader) tracked(b *block.Block) (at Moment, text string, ok bool) {
	if n := len(b.Text); n == 0 || (b.Text[n-1] < '0' || b.Text[n-1] > '9') && (b.Text[n-1] < 'A' || b.Text[n-1] > 'Z') {
		return Moment{}, "", false // it ends in a time, or in its zone
	}
	m := trackedAt.FindStringSubmatchIndex(b.Text)
	if m == nil {
		return Moment{}, "", false
	}
	at, problem := parseMoment(b.Text[m[2]:m[3]], t.context.Zones)
	at.Pos = b.Pos
	return at, strings.TrimSpace(b.Text[:m[0]]), problem == NoProblem && at.Known()
}

// datedUpdates reads the sections about updates whose entries, or whose own
// headings, have a date: "Update of 6 May 2021".
func (t *textReader) datedUpdates(r *Reading) []Update {
	var updates []Update
	for _, section := range bySection(t.parts(r, locale.RoleUpdates)) {
		begun := false
		for _, p := range section {
			if p.Kind == block.Row || p.Kind == block.Item && p.Depth > 1 {
				continue
			}
			if u, ok := t.datedUpdate(p); ok {
				updates, begun = append(updates, u), true
			} else if begun {
				last := &updates[len(updates)-1]
				last.Text = strings.TrimSpace(last.Text + "\n\n" + p.Text)
			} else if at, ok := t.dateOfHeading(p.section); ok {
				at.Pos = p.Pos
				updates, begun = append(updates, Update{At: at, Status: statusOfAddendum(p.section), Text: strings.TrimSpace(p.Text), Pos: p.Pos}), true
			}
		}
	}
	return updates
}

// dateOfHeading finds the day in a heading; one without a year is the next such
// day after the document's.
func (t *textReader) dateOfHeading(heading string) (Moment, bool) {
	if m, ok := FindDate(heading); ok {
		return m, true
	}
	day := t.context.Date
	if !day.Known() {
		return Moment{}, false
	}
	for _, year := range []int{day.Time.Year(), day.Time.Year() + 1} {
		m, ok := FindDate(strings.TrimRight(heading, " .:") + " " + strconv.Itoa(year))
		if ok && m.DateString() >= day.DateString() {
			m.Written = strings.TrimSuffix(m.Written, " "+strconv.Itoa(year))
			return m, true
		}
	}
	return Moment{}, false
}

// datedUpdate reads an entry that begins with its date.
func (t *textReader) datedUpdate(p part) (Update, bool) {
	text := strings.TrimSpace(p.Text)
	m, size, problem := scanMoment(text, t.context.Zones)
	if problem != NoProblem || size == 0 || !m.Known() {
		return Update{}, false
	}
	rest := strings.TrimLeftFunc(text[size:], func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(":：-–—|", r) })
	if len(rest) == len(text)-size && rest != "" {
		return Update{}, false
	}
	m.Written, m.Pos = text[:size], p.Pos
	u := Update{At: m, Pos: p.Pos}
	u.Status, u.Text = stateOfUpdate(rest)
	return u, true
}

// statusOfAddendum says whether a heading leads a correction of the report or
// what came later.
func statusOfAddendum(heading string) Status {
	for _, w := range strings.Fields(plainWords(heading)) {
		switch values()["update"][w] {
		case "correction":
			return StatusCorrection
		case "follow_up":
			return StatusFollowUp
		}
	}
	return StatusFollowUp
}

// lastStatus is the state in the latest update; none if two are as late.
func lastStatus(updates []Update) Status {
	var last Update
	for _, u := range updates {
		switch u.Status {
		case StatusInvestigating, StatusIdentified, StatusMonitoring, StatusResolved, StatusPostmortem:
			if last.Status == "" || u.At.Time.After(last.At.Time) {
				last = u
			}
		}
	}
	return last.Status
}

// readAffected reads "This incident affected: Backstage (Backstage - Overall)
// and API." A name may hold what looks like a separator: only commas outside
// parentheses, and the last "and", part the names.
func (t *textReader) readAffected(r *Reading) {
	if r.Facts.Services != nil {
		return
	}
	for i := range t.blocks {
		label, list, _ := cutLabel(t.blocks[i].Text)
		if list != "" && phrases()["affected"].is(label) != "" {
			r.Facts.Services = affectedIn(strings.TrimSuffix(strings.TrimSpace(list), "."))
			return
		}
	}
}

// affectedIn splits the names of parts at commas and at the "and" before the
// last. A group stands for its parts, and for itself where none are named.
func affectedIn(list string) []string {
	var names []string
	add := func(name string) {
		name = strings.TrimPrefix(strings.TrimSpace(name), "and ")
		parts := []string{name}
		if _, inner, grouped := strings.Cut(strings.TrimSuffix(name, ")"), " ("); grouped {
			parts = strings.Split(inner, ", ")
		}
		for _, part := range parts {
			if part = strings.TrimSpace(part); part != "" && !slices.Contains(names, part) {
				names = append(names, part)
			}
		}
	}
	depth, start := 0, 0
	for i, r := range list {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		case depth == 0 && (r == ',' || strings.HasPrefix(list[i:], " and ")):
			add(list[start:i])
			start = i + 1
		}
	}
	add(list[start:])
	return names
}
