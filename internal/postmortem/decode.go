package postmortem

import (
	"fmt"
	"slices"

	"publish/internal/diag"
	"publish/internal/tree"
)

// Options are what a site decides about reading.
type Options struct {
	// Internal keeps items marked `internal: true`; otherwise they are cut
	// here, where they are decoded.
	Internal bool
	// Extra lists keys that a site uses on purpose (`data.extra`): they are
	// not reported as unknown.
	Extra []string
	// Zones says what the site means by abbreviations of time zones, as
	// `zones:` in publish.yaml does.
	Zones map[string]string
}

// Decode reads front matter into a Postmortem and reports every mistake. Root
// may be nil (a file without front matter).
//
// Every unknown key is reported where it stands, always in the same words, so
// that whoever gathers the diagnostics of a site can say each once with its
// count. Times of day without a day get that of `start`, else of `date`; see
// FillDays for documents whose day is found elsewhere.
func Decode(root *tree.Node, o Options) (*Postmortem, diag.List) {
	p := &Postmortem{}
	return p, p.Decode(root, o)
}

// Decode reads as the function does, into an empty Postmortem.
func (p *Postmortem) Decode(root *tree.Node, o Options) diag.List {
	if root == nil || root.Kind != tree.Mapping {
		return nil
	}
	d := &decoder{options: o}
	defer func() { p.Internal = d.internals }()
	var few [24]result
	read := frontMatter.decode(d, root, p, few[:0])
	if len(read) > 0 {
		p.Fields = make([]Field, 0, len(read))
	}
	for _, r := range read {
		f := &frontMatter.rows[r.row]
		p.Fields = append(p.Fields, Field{Key: r.entry.Key.Value, Name: f.name, Pos: r.entry.Key.Pos})
		if f.evidence && r.meant && !slices.Contains(p.Evidence, f.name) {
			p.Evidence = append(p.Evidence, f.name)
		}
		if f.name == "status" {
			narrow(p, r.entry.Value)
		}
	}
	for _, e := range root.Entries {
		if _, ok := frontMatter.names().row[fold(e.Key.Value)]; !ok {
			p.Unknown = append(p.Unknown, e)
		}
	}
	day := p.Date
	if p.Start.ClockOnly() && day.Known() {
		p.Start = p.Start.On(day.Time)
	}
	if p.Start.Known() {
		day = p.Start
	}
	p.FillDays(day)
	return d.found
}

// decoder is what the readers share.
type decoder struct {
	options Options
	found   diag.List
	// internals are the texts of the items with `internal: true`.
	internals []Text
}

func (d *decoder) report(code diag.Code, pos diag.Pos, hint, format string, args ...any) {
	d.found.Report(code, pos, hint, format, args...)
}

// result is one known entry of a mapping after reading.
type result struct {
	row   int
	entry tree.Entry
	meant bool // it had a value that was read
}

// decode reads the entries of a mapping by a table, reports unknown ones, and
// appends the known ones to results, which is empty, in the order of the file.
func (t *table[T]) decode(d *decoder, n *tree.Node, into *T, results []result) []result {
	var few [80]int
	chosen := few[:] // per row: 1 + the index into results of the entry that counts
	if len(t.rows) > len(few) {
		chosen = make([]int, len(t.rows))
	}
	for _, e := range n.Entries {
		row, known := t.names().row[fold(e.Key.Value)]
		if !known {
			t.unknown(d, e)
			continue
		}
		results = append(results, result{row: row, entry: e})
		if !t.item {
			d.emptyHold(e, t.rows[row].name)
		}
		if isEmpty(e.Value) || t.rows[row].several == all {
			continue
		}
		if chosen[row] == 0 {
			chosen[row] = len(results)
			continue
		}
		if first := &results[chosen[row]-1]; t.rows[row].better(d, first.entry, e) {
			chosen[row] = len(results)
		}
	}
	for i := range results {
		r := &results[i]
		f := &t.rows[r.row]
		if !isEmpty(r.entry.Value) && (f.several == all || chosen[r.row] == i+1) {
			r.meant = f.read(d, r.entry, into)
		}
	}
	return results
}

// better says whether the second of two entries for one field counts, and
// reports two that contradict each other.
func (f *field[T]) better(d *decoder, first, second tree.Entry) bool {
	ahead := f.several != once && f.rank(second.Key.Value) < f.rank(first.Key.Value)
	used, lost := first, second
	if ahead {
		used, lost = second, first
	}
	a, b := first.Value, second.Value
	same := a.Kind == tree.Scalar && b.Kind == tree.Scalar && a.Value == b.Value
	switch {
	case same || f.several == best:
	case f.several == doubt:
		d.unused(lost.Key.Pos, fmt.Sprintf("%q", lost.Key.Value), f.name, used.Key.Pos.Line)
	default:
		d.report(diag.FieldDuplicate, lost.Key.Pos, "keep one of them",
			"%q and %q (line %d) are the same field, %q, and say different things",
			lost.Key.Value, used.Key.Value, used.Key.Pos.Line, f.name)
	}
	return ahead
}

// unused warns of a value whose field has another from another key.
func (d *decoder) unused(pos diag.Pos, what, field string, line int) {
	d.found = append(d.found, diag.Diagnostic{
		Pos: pos, Level: diag.Warning, Code: diag.FieldDuplicate,
		Message: fmt.Sprintf("%s is not used: line %d gives the field %q too", what, line, field),
		Hint:    "keep one of them",
	})
}

// unknown reports a key that the table does not have.
func (t *table[T]) unknown(d *decoder, e tree.Entry) {
	key := e.Key.Value
	if t.item && isInternalKey(key) {
		return // read by items
	}
	d.privateKeys(e.Value)
	switch folded := fold(key); {
	case slices.Contains(d.options.Extra, key) && !(t.item && holds(e)):
	case d.privateKey(e, t.item):
	case t.names().silent[folded], !t.item && silentKeys()[folded]:
	case !t.item && hidingKeys()[folded]:
		if on, ok := switchOf(e.Value); !isEmpty(e.Value) && (on || !ok) {
			d.report(diag.FieldUnknown, e.Key.Pos, "hold it back with `draft: true`, `audience: internal` or `embargo: DATE`",
				"%q hides nothing here", key)
		}
	default:
		hint := ""
		// A word of its own that looks like a privacy key (external) must not
		// be led there.
		if near := diag.Nearest(key, t.names().all); near != "" && !honestKeys()[folded] {
			hint = "did you mean \"" + near + "\"?"
		}
		d.report(diag.FieldUnknown, e.Key.Pos, hint, "unknown field %q", key)
	}
}

// isEmpty says that a value is as good as absent.
func isEmpty(n *tree.Node) bool {
	switch n.Kind {
	case tree.Null:
		return true
	case tree.Scalar:
		return isBlank(n.Value)
	case tree.Sequence:
		return !slices.ContainsFunc(n.Items, func(item *tree.Node) bool { return !isEmpty(item) })
	}
	return len(n.Entries) == 0
}

// FillDays gives a day to every time of day that has none: the given one, in
// the timeline and the updates that of the entry before. A clock that passes
// midnight is not noticed here. A day that is not known changes nothing.
func (p *Postmortem) FillDays(day Moment) {
	fill := func(m *Moment, day Moment) {
		if day.Known() {
			*m = m.On(day.Time)
		}
	}
	for _, m := range []*Moment{
		&p.Start, &p.Detected, &p.Acknowledged, &p.Identified, &p.Mitigated, &p.Resolved,
		&p.Communicated, &p.ScheduledFor, &p.ScheduledUntil,
	} {
		fill(m, day)
	}
	for i := range p.Impacts {
		fill(&p.Impacts[i].From, day)
		fill(&p.Impacts[i].Until, day)
	}
	last := day
	for i := range p.Timeline {
		e := &p.Timeline[i]
		fill(&e.At, last)
		if e.At.Known() {
			last = e.At
		}
		fill(&e.Until, last)
	}
	last = day
	for i := range p.Updates {
		u := &p.Updates[i]
		fill(&u.At, last)
		if u.At.Known() {
			last = u.At
		}
	}
	last = day
	for i := range p.Communications {
		c := &p.Communications[i]
		fill(&c.At, last)
		if c.At.Known() {
			last = c.At
		}
	}
}
