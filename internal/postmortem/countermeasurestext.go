package postmortem

import (
	"strings"

	"publish/internal/block"
	"publish/internal/locale"
	"publish/internal/pattern"
)

// readTextCountermeasures reads the items and rows of the sections that say
// what is to be done. A section that tells it in prose has none: nobody could
// say where one ends and the next begins.
func readTextCountermeasures(t *textReader, r *Reading) {
	items := withoutLegends(topItems(t.parts(r, locale.RoleCountermeasures)))
	if len(items) == 0 {
		r.Facts.Countermeasures = t.headedCountermeasures(r)
	}
	if len(items) == 0 && len(r.Facts.Countermeasures) == 0 {
		items = t.announcedItems(r)
	}
	for len(items) > 0 {
		if items[0].Kind == block.Row {
			n := tableLength(items)
			r.Facts.Countermeasures = append(r.Facts.Countermeasures, t.countermeasureTable(items[:n])...)
			items = items[n:]
			continue
		}
		if group := t.groupItem(items[0]); group != nil {
			items = append(group, items[1:]...)
			continue
		}
		if c, ok := t.countermeasureItem(items[0]); ok {
			r.Facts.Countermeasures = append(r.Facts.Countermeasures, c)
		}
		items = items[1:]
	}
}

// groupItem gives the items below one that only names their group: "Short
// term:". It is nil where the item is a countermeasure of its own.
func (t *textReader) groupItem(p part) []part {
	if !isLeader(p.Text) || groupSays(p.Text) == (groupFacts{}) && strings.Count(p.Text, " ") > 1 {
		return nil
	}
	var items []part
	for n := p.number; n < len(t.blocks); n++ { // p.number is the index of the next block
		b := &t.blocks[n]
		if b.Kind != block.Item || b.Depth <= p.Depth {
			break
		}
		if b.Depth == p.Depth+1 {
			items = append(items, part{Block: b, number: n + 1, section: p.section, group: p.Text})
		}
	}
	return items
}

// countermeasureItem reads an item. It is not ok if the item says nothing.
func (t *textReader) countermeasureItem(p part) (Countermeasure, bool) {
	text := strings.TrimSpace(p.Text)
	if saysNothing(text) {
		return Countermeasure{}, false
	}
	c := Countermeasure{Text: text, Pos: p.Pos, Span: Span{Block: p.number, End: len(p.Text)}}
	t.groupSays(p.section).apply(&c, false)
	t.groupSays(p.group).apply(&c, true)
	if status := statusOfItem(p); status != "" {
		c.Status = status
	}
	t.readBrackets(&c)
	c.Link = linkOf(p.Block, 0, len(p.Text), c.Owner)
	if c.Status == "" {
		c.Status = "unknown"
	}
	return c, true
}

// statusOfItem is what an item itself says of its state: the box of a task, a
// sign in front of it, a word in brackets behind it.
func statusOfItem(p part) string {
	switch p.Task {
	case block.OpenTask:
		return "open"
	case block.DoneTask:
		return "done"
	}
	for _, sign := range doneSigns {
		if strings.HasPrefix(p.Text, sign) {
			return "done"
		}
	}
	for remark := range inBrackets(p.Text) {
		if state := phrases()["state"].is(remark); state != "" {
			return state
		}
	}
	if found := leadingState.FindStringSubmatch(p.Text); found != nil && phrases()["inapplicable"].is(found[1]) != "" {
		return "dropped"
	}
	for _, found := range [][]string{leadingState.FindStringSubmatch(p.Text), stateBehind(p.Text)} {
		if found != nil {
			if state := phrases()["state"].is(found[1]); state != "" {
				return state
			}
		}
	}
	return ""
}

// doneSigns are put in front of what is done.
var doneSigns = []string{"✅", "☑", "✔", "✓"}

// leadingState is a state in front of an item: 【完了】, [erledigt].
var leadingState = newOpener("\xe3[", pattern.New(`^[【\[]([^】\]]{1,30})[】\]]`))

// The words before the owner and the day in an item, with what stands before them.
const (
	beforeLabel = `(?i)(?:^|[\s(\[,;|（，、；。　])`
	ownerWords  = `owners?|assignees?|dri|responsables?|porteurs?|porteuse|pilote|verantwortliche?r?|zuständig|encargad[oa]|responsável|responsáveis|dono|负责人|责任人|跟进人|執行人|执行人|担当者?|責任者|オーナー|ответственн(?:ый|ая|ые)|исполнитель`
	dueWords    = `due(?:\s(?:date|by|on))?|deadline|échéance|date limite|délai|fällig(?:\sam)?|frist|fecha límite|plazo|vencimiento|prazo|data limite|期限|締切|完了予定日?|截止日期|截止时间|完成时间|完成日期|срок|дедлайн`
)

// ownerLabel and dueLabel find what an item says of itself after labels: "owner:
// Ana, due 2024-05-01". Due needs no colon.
var (
	ownerLabel = newItemLabel(ownerWords, pattern.Holding(":：", beforeLabel+`(?:`+ownerWords+`)\s?[:：]\s*([^,;|()\[\]\n（），、；。　]{1,60})`))
	dueLabel   = newItemLabel(dueWords, pattern.New(beforeLabel+`(?:`+dueWords+`)\s?[:：]?\s*([^,;|()\[\]\n（），、；]{1,60})`))
	priority   = pattern.New(`^(?i:P\d|priority\s\w+|high|medium|low)$`)
	mention    = pattern.New(`^@[\w-]+$`)
)

// readBrackets reads the owner and the day of an item where those are plainly
// stated: after a label, or in brackets behind a priority, "(P1, Ana)".
func (t *textReader) readBrackets(c *Countermeasure) {
	if found := ownerLabel.FindStringSubmatch(c.Text); found != nil {
		owner := found[1]
		if at := dueLabel.FindStringIndex(owner); at != nil {
			owner = owner[:at[0]]
		}
		c.Owner = strings.TrimSpace(strings.TrimRight(owner, ". "))
	}
	if found := dueLabel.FindStringSubmatch(c.Text); found != nil {
		c.Due = t.dueIn(found[1], c)
	}
	for remark := range inBrackets(c.Text) {
		words := strings.Split(remark, ",")
		for i := range words {
			words[i] = strings.TrimSpace(words[i])
		}
		switch {
		case c.Owner != "":
		case len(words) == 1 && mention.MatchString(words[0]):
			c.Owner = words[0]
		case len(words) == 2 && priority.MatchString(words[0]) && isName(words[1]):
			c.Owner = words[1]
		}
	}
}

// isName says that a text could be a person or a team: a few words, no number.
func isName(text string) bool {
	return text != "" && strings.Count(text, " ") < 4 && !strings.ContainsAny(text, "0123456789:/") &&
		phrases()["state"].is(text) == "" && !saysNothing(text)
}

// dueIn reads a day that a text begins with; without one there is none.
func (t *textReader) dueIn(text string, c *Countermeasure) Moment {
	text = strings.TrimSpace(text)
	m, size, problem := scanMoment(text, t.context.Zones)
	if problem == AmbiguousDate && locale.DayFirst(t.context.Language) {
		var d date
		if d, size, problem = scanDayFirst(text); problem == NoProblem {
			m = d.moment(text[:size])
		}
	}
	if problem != NoProblem || size == 0 || !m.Known() || !boundary(text[size:]) {
		return Moment{}
	}
	m.Written, m.Pos = text[:size], c.Pos
	return m
}

// groupFacts is what the heading of a group says of all in it.
type groupFacts struct{ horizon, status, kind string }

// groupSays reads the heading of a group: "Short-term (completed)", "Process
// improvements". What could be read in two ways is not.
func groupSays(heading string) groupFacts {
	var g groupFacts
	rest := heading
	for remark, whole := range inBrackets(heading) {
		if state := phrases()["state"].only(remark); state != "" {
			g.status = state
		}
		rest = strings.Replace(rest, whole, " ", 1)
	}
	if strings.Count(strings.TrimSpace(rest), " ") >= maxGroupWords {
		return g // a sentence
	}
	if g.status == "" {
		g.status = stateOfGroup(rest)
	}
	g.horizon = phrases()["horizon"].only(rest)
	g.kind = kindOfGroup(rest)
	return g
}

// groupSays reads a heading once for all items below it.
func (t *textReader) groupSays(heading string) groupFacts {
	g, known := t.groups[heading]
	if !known {
		if t.groups == nil {
			t.groups = map[string]groupFacts{}
		}
		g = groupSays(heading)
		t.groups[heading] = g
	}
	return g
}

// kindOfGroup is the kind that all words of a heading mean but those for
// countermeasures themselves: "Process and policy improvements".
func kindOfGroup(heading string) string {
	kind := ""
	for _, w := range strings.Fields(plainWords(heading)) {
		meaning := phrases()["kind"].is(w)
		if locale.Unspaced(firstRune(w)) {
			meaning = phrases()["kind"].only(w)
		}
		switch {
		case phrases()["column"].is(w) == "text" || phrases()["joining"].is(w) != "":
		case meaning == "" || kind != "" && meaning != kind:
			return ""
		default:
			kind = meaning
		}
	}
	if kind == "other" {
		return ""
	}
	return kind
}

// maxGroupWords is how many words the heading of a group has at most; more are
// a sentence.
const maxGroupWords = 5

// stateOfGroup is the state that a heading is, or is but for a word like
// "actions".
func stateOfGroup(heading string) string {
	words := strings.Fields(plainWords(heading))
	if state := phrases()["state"].is(heading); state != "" || len(words) < 2 {
		return state
	}
	last := len(words) - 1
	if phrases()["column"].is(words[last]) == "text" {
		return phrases()["state"].is(strings.Join(words[:last], " "))
	}
	if phrases()["column"].is(words[0]) == "text" {
		return phrases()["state"].is(strings.Join(words[1:], " "))
	}
	return ""
}

// apply gives a countermeasure what its group says. The heading of the whole
// section does not tell kinds: "Corrective and preventive actions".
func (g groupFacts) apply(c *Countermeasure, kinds bool) {
	if g.horizon != "" {
		c.Horizon = g.horizon
	}
	if g.status != "" {
		c.Status = g.status
	}
	if g.kind != "" && kinds {
		c.Kind = g.kind
	}
}
