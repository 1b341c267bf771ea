package postmortem

import (
	"slices"
	"strings"
	"unicode"

	"publish/internal/diag"
	"publish/internal/tree"
)

// isBlank says that a text holds nothing but blanks.
func isBlank(s string) bool { return strings.TrimSpace(s) == "" }

// wrong reports a value of another type than the field takes.
func (d *decoder) wrong(e tree.Entry, at *tree.Node, expected, hint string) {
	d.report(diag.FieldType, at.Pos, hint, "%q must be %s, not %s", e.Key.Value, expected, at.Describe())
}

// text reads one text. Its source is kept: `012` stays `012`.
func (d *decoder) text(e tree.Entry) string {
	if e.Value.Kind != tree.Scalar {
		d.wrong(e, e.Value, "a text", "")
		return ""
	}
	return strings.TrimSpace(e.Value.Value)
}

// name reads a text that stands in attributes, addresses and data as it is, where
// a control character cannot be shown as a sign.
func (d *decoder) name(e tree.Entry) string {
	name := d.text(e)
	if strings.ContainsFunc(name, unicode.IsControl) {
		d.report(diag.FieldType, e.Value.Pos, "write it in letters, digits and signs", "%q holds a control character", e.Key.Value)
		return ""
	}
	return name
}

// switchOf reads true, false and their kin, quoted or not: Jekyll would take
// "false" in quotes for a text, but whoever writes it means it.
func switchOf(n *tree.Node) (on, ok bool) {
	if n.Kind != tree.Scalar {
		return false, false
	}
	word, ok := values()["switch"][fold(strings.TrimSpace(n.Value))]
	return word == "true", ok
}

// flag reads a switch.
func (d *decoder) flag(e tree.Entry) bool {
	on, ok := switchOf(e.Value)
	if !ok {
		d.wrong(e, e.Value, "true or false", switchHint(e))
	}
	return on
}

// switchHint shows the line as it may be meant.
func switchHint(e tree.Entry) string {
	if near := nearestOf(e.Value, []string{"true", "false"}); near != "" {
		return near
	}
	return "write `" + e.Key.Value + ": true`, or take the line out"
}

// moment reads a date or time.
func (d *decoder) moment(e tree.Entry) Moment { return d.momentOr(e, "a date or time") }

// momentOr is moment for a field that takes something else too, as the
// expected words say.
func (d *decoder) momentOr(e tree.Entry, expected string) Moment {
	n := e.Value
	if n.Kind != tree.Scalar {
		d.wrong(e, n, expected, "write it as 2021-04-29 or 2021-04-29 09:21")
		return Moment{}
	}
	m, problem := parseMoment(n.Value, d.options.Zones)
	m.Pos = n.Pos
	switch problem {
	case NotMoment:
		d.wrong(e, n, expected, "write it as 2021-04-29 or 2021-04-29 09:21")
	case NoSuchMoment:
		d.report(diag.DateInvalid, n.Pos, "correct the day, the month or the time",
			"%q is a day or time that does not exist: %s", e.Key.Value, n.Describe())
	case AmbiguousDate:
		d.report(diag.FieldType, n.Pos, "write the year first: 2021-04-29",
			"%q can be read with the day or the month first: %s", e.Key.Value, n.Describe())
	case AmbiguousZone:
		d.report(diag.FieldType, n.Pos, "write the offset, as +05:30, or say under `zones` in publish.yaml which one you mean",
			"%q names a time zone by an abbreviation that several zones share: %s", e.Key.Value, n.Describe())
	default:
		return m
	}
	return Moment{}
}

// gate reads a day before which something is not published. One that is left
// open is an error: to take it for none would be to publish.
func (d *decoder) gate(e tree.Entry, expected string) Moment {
	m := d.momentOr(e, expected)
	if !m.IsZero() && !m.Known() {
		d.wrong(e, e.Value, expected, "write a day, as 2021-04-29; leave the line out if there is none")
		return Moment{}
	}
	return m
}

// choice reads one of the values of an enumeration, in any spelling that
// data/values.txt lists under the heading.
func (d *decoder) choice(e tree.Entry, heading string, options []string) string {
	n := e.Value
	if n.Kind == tree.Scalar {
		if meaning, ok := values()[heading][fold(strings.TrimSpace(n.Value))]; ok {
			return meaning
		}
	}
	d.wrong(e, n, "one of "+strings.Join(options, ", "), nearestOf(n, options))
	return ""
}

func nearestOf(n *tree.Node, options []string) string {
	if n.Kind == tree.Scalar {
		if near := diag.Nearest(strings.TrimSpace(n.Value), options); near != "" {
			return "did you mean \"" + near + "\"?"
		}
	}
	return ""
}

// maxNames is how many names one field may have. Each may be a page that shows the
// others: six thousand tags of one report took minutes.
const maxNames = 200

// list reads a list of names, or one text that is split: at commas if it has
// any, else at blanks if the field says so.
func (d *decoder) list(e tree.Entry, blanks bool) []string {
	names := d.split(e, blanks)
	if len(names) > maxNames {
		d.report(diag.FieldType, e.Value.Pos, "keep those that somebody will look for", "%q may have %d names, and has %d", e.Key.Value, maxNames, len(names))
		names = names[:maxNames]
	}
	return names
}

func (d *decoder) split(e tree.Entry, blanks bool) []string {
	if e.Value.Kind != tree.Scalar {
		var names []string
		for _, item := range itemsOf(d, e, nameItems, plainName) {
			if item.name != "" {
				names = append(names, item.name)
			}
		}
		return names
	}
	text := e.Value.Value
	parts := []string{text}
	switch {
	case strings.Contains(text, ","):
		parts = strings.Split(text, ",")
	case blanks:
		parts = strings.Fields(text)
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return slices.DeleteFunc(parts, isBlank)
}

// itemsOf reads the items of a list: mappings by the table, anything else by
// plain. One item may stand for itself without a list.
func itemsOf[T any](d *decoder, e tree.Entry, t *table[T], plain func(d *decoder, e tree.Entry) (T, bool)) []T {
	return appendItems(nil, d, e, t, plain)
}

// appendItems reads the items of a list behind those that are known already.
func appendItems[T any](known []T, d *decoder, e tree.Entry, t *table[T], plain func(d *decoder, e tree.Entry) (T, bool)) []T {
	nodes := e.Value.Items
	if e.Value.Kind != tree.Sequence {
		nodes = []*tree.Node{e.Value}
	}
	items := slices.Grow(known, len(nodes))
	for _, n := range nodes {
		items = appendItem(items, d, e, n, t, plain)
	}
	if len(items) == len(known) {
		return known // nil stays nil
	}
	return items
}

// appendItem reads one item of the list that an entry has as its value.
func appendItem[T any](items []T, d *decoder, e tree.Entry, n *tree.Node, t *table[T], plain func(d *decoder, e tree.Entry) (T, bool)) []T {
	switch {
	case isEmpty(n):
	case n.Kind == tree.Sequence:
		d.wrong(e, n, "a list without lists inside it", "")
	case n.Kind == tree.Scalar:
		if item, ok := plain(d, tree.Entry{Key: e.Key, Value: n}); ok {
			return append(items, item)
		}
	default:
		var fresh T
		items = append(items, fresh)
		if last := len(items) - 1; !readItem(d, n, t, &items[last]) {
			items[last] = fresh
			return items[:last]
		}
	}
	return items
}

// readItem reads one mapping. It is not ok if the item is internal and the build
// is not; what is wrong with it is reported all the same, so that both builds
// say the same.
func readItem[T any](d *decoder, n *tree.Node, t *table[T], item *T) (ok bool) {
	if t.place != nil {
		t.place(item, n.Pos)
	}
	var few [16]result
	t.decode(d, n, item, few[:0])
	hidden := d.internal(n)
	if m, ok := any(item).(interface{ keepInside() }); ok && hidden {
		m.keepInside()
	}
	return d.options.Internal || !hidden
}

// internal reads the `internal` of an item. An empty one is an error: it may
// have been meant.
func (d *decoder) internal(n *tree.Node) bool {
	hidden := false
	for _, e := range n.Entries {
		if isInternalKey(e.Key.Value) && d.flag(e) {
			hidden = true
		}
	}
	if hidden {
		d.internals = appendTexts(d.internals, n)
	}
	return hidden
}

// appendTexts lists all texts of a value, but not its keys nor its switches.
func appendTexts(to []Text, n *tree.Node) []Text {
	if _, isSwitch := switchOf(n); n.Kind == tree.Scalar && !isSwitch && !isBlank(n.Value) {
		to = append(to, Text{Text: n.Value, Pos: n.Pos})
	}
	for _, item := range n.Items {
		to = appendTexts(to, item)
	}
	for _, e := range n.Entries {
		to = appendTexts(to, e.Value)
	}
	return to
}
