package postmortem

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"publish/internal/diag"
	"publish/internal/tree"
)

// FieldInfo describes one field of the front matter, or of an item in one of
// its lists. The reference page and the JSON Schema are made from it.
type FieldInfo struct {
	Name    string   // the canonical name
	Group   string   // identity, incident, timeline …; empty for fields of items
	Doc     string   // one sentence
	Type    string   // in words
	Aliases []string // other names that lead here, without case, accents, - _ and space
	Values  []string // what an enumeration may say, empty for other types
	Example string   // the field with a value, in YAML on one line
	// Evidence says that the field is a sign of an incident: a dated document
	// with it is a postmortem.
	Evidence bool
	Fields   []FieldInfo // of the items of a list, or of a mapping
}

// Fields lists all fields of the front matter, in the order of the reference
// page.
func Fields() []FieldInfo {
	fields := frontMatter.info()
	for i := range fields {
		f := &fields[i]
		f.Example = examples()[""][f.Name]
		for j := range f.Fields {
			inner := &f.Fields[j]
			inner.Example = cmp.Or(examples()[f.Name][inner.Name], inner.Example)
		}
	}
	return fields
}

// reader decodes one entry into its place. It says whether the entry meant
// something; an entry of another tool may not.
type reader[T any] func(d *decoder, e tree.Entry, into *T) bool

// several says what happens when several keys lead to one field.
type several uint8

const (
	once  several = iota // an error, unless both say the same
	best                 // the canonical name counts, else the earliest alias; Jekyll posts have excerpt and description
	doubt                // the same, with a warning: the names are close in meaning, but not the same
	all                  // each is read: lists grow, switches add up
)

// field is one row of a table.
type field[T any] struct {
	name, group string
	kind        string // the type in words
	aliases     string // separated by blanks
	doc         string
	evidence    bool
	several     several
	values      []string
	items       func() []FieldInfo
	read        reader[T]
}

// table is the fields that a mapping may have.
type table[T any] struct {
	rows []field[T]
	// item says that the table is for items of a list, which may all be
	// `internal: true`.
	item bool
	// place tells an item where it stands; nil if it does not care.
	place func(*T, diag.Pos)
	// names are what its keys may be called, found when they are first needed.
	names func() *fieldNames
}

// fieldNames are the names of a table's fields.
type fieldNames struct {
	row    map[string]int  // by folded name and alias
	all    []string        // the canonical names, then the aliases, for hints
	silent map[string]bool // folded keys that other tools have there
}

func newTable[T any](rows []field[T]) *table[T] { return tableOf(rows, "") }

// newItems makes the table of the items of a list. Silent are keys of other
// tools, separated by blanks.
func newItems[T any](place func(*T, diag.Pos), silent string, rows []field[T]) *table[T] {
	t := tableOf(rows, silent)
	t.item, t.place = true, place
	return t
}

func tableOf[T any](rows []field[T], silent string) *table[T] {
	return &table[T]{rows: rows, names: sync.OnceValue(func() *fieldNames { return namesOf(rows, silent) })}
}

func namesOf[T any](rows []field[T], silent string) *fieldNames {
	n := &fieldNames{row: map[string]int{}, silent: map[string]bool{}}
	for i, f := range rows {
		n.all = append(n.all, f.name)
		n.row[fold(f.name)] = i
	}
	for i, f := range rows {
		for alias := range strings.FieldsSeq(f.aliases) {
			n.all = append(n.all, alias)
			n.row[fold(alias)] = i
		}
	}
	for key := range strings.FieldsSeq(silent) {
		n.silent[fold(key)] = true
	}
	return n
}

func (t *table[T]) info() []FieldInfo {
	var list []FieldInfo
	for _, f := range t.rows {
		i := FieldInfo{
			Name: f.name, Group: f.group, Doc: f.doc, Type: f.kind,
			Aliases: strings.Fields(f.aliases), Values: slices.Clone(f.values), Evidence: f.evidence,
		}
		if f.items != nil {
			i.Fields = f.items()
		}
		list = append(list, i)
	}
	if t.item {
		list = append(list, FieldInfo{
			Name: "internal", Type: kindFlag, Aliases: strings.Fields(internalAliases), Example: "internal: true",
			Doc: "True keeps the item out of everything but the internal build.",
		})
	}
	return list
}

// rank orders the names of a field: the canonical one is 0.
func (f *field[T]) rank(key string) int {
	key = fold(key)
	if key == fold(f.name) {
		return 0
	}
	return 1 + slices.IndexFunc(strings.Fields(f.aliases), func(alias string) bool { return fold(alias) == key })
}

// isKnownKey says that a key means something in front matter, here or in
// another tool.
func isKnownKey(key string) bool {
	key = fold(key)
	_, ok := frontMatter.names().row[key]
	return ok || silentKeys()[key] || hidingKeys()[key]
}
