package locale

import (
	"embed"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	bcp47 "golang.org/x/text/language"

	"publish/internal/diag"
	"publish/internal/tree"
)

//go:embed languages/*.yaml
var files embed.FS

// RedactedWords are the words with which a placeholder of a redaction begins, as
// a pattern: `redacted` of every language that has it.
const RedactedWords = "redacted|caviardé"

// Files are the words of all languages as they lie in the repository.
func Files() embed.FS { return files }

// language is one data file as read.
type language struct {
	tag      string
	months   [][]string // January first: full, short, then other spellings
	weekdays [][]string // Sunday first, as in package time
	patterns map[string]string
	numbers  numbers
	words    map[string]string
	plurals  map[string]map[string]string // key → CLDR's name of the form → words
	rules    bcp47.Tag                    // whose plural rules count
	headings map[Role][]string
	joiners  []string // words that join two headings in one: "and"
	// beforeDates are words that lead to a date: "of", "on".
	beforeDates []string
	dayFirst    bool              // 4/5/2024 is in May
	common      []string          // the commonest words, for Guess
	spacing     *strings.Replacer // nil where ordinary spaces will do
	// marked are the bytes of which a text has one if there is anything to replace
	// in it.
	marked [256]bool
}

// numbers is how a language writes them.
type numbers struct {
	thousands, decimal string
}

// dataFiles are the languages by tag, each read when it is first asked for: a page
// needs its own alone.
var dataFiles = sync.OnceValue(func() map[string]func() *Catalog {
	entries, err := files.ReadDir("languages")
	if err != nil {
		panic(err) // the folder is embedded
	}
	readers := make(map[string]func() *Catalog, len(entries))
	for _, e := range entries {
		readers[tagOf(e.Name())] = sync.OnceValue(func() *Catalog {
			l, err := readLanguage(e.Name())
			if err != nil {
				panic(err) // a mistake in our own data, which no test let through
			}
			return &Catalog{l}
		})
	}
	return readers
})

func tagOf(file string) string { return strings.TrimSuffix(file, path.Ext(file)) }

// all holds every language by tag. Headings, months and the guess need all of
// them for the first document already.
var all = sync.OnceValue(func() map[string]*language {
	languages := map[string]*language{}
	for tag, read := range dataFiles() {
		languages[tag] = read().language
	}
	return languages
})

// tags lists the languages in a fixed order, English first: where a name means
// different things in two languages, the earlier one counts.
var tags = sync.OnceValue(func() []string {
	others := slices.DeleteFunc(slices.Sorted(maps.Keys(dataFiles())), func(tag string) bool { return tag == "en" })
	return append([]string{"en"}, others...)
})

func readLanguage(name string) (*language, error) {
	src, err := files.ReadFile("languages/" + name)
	if err != nil {
		return nil, err
	}
	root, problems := tree.ParseYAML(name, 1, src, diag.Config)
	if len(problems) > 0 {
		return nil, fmt.Errorf("language file: %w", &diag.ErrorList{List: problems})
	}
	l := &language{
		tag:         tagOf(name),
		months:      lists(root.Get("months")),
		weekdays:    lists(root.Get("weekdays")),
		patterns:    texts(root.Get("patterns"), strings.NewReplacer()),
		plurals:     map[string]map[string]string{},
		headings:    map[Role][]string{},
		joiners:     list(root.Get("joiners")),
		beforeDates: list(root.Get("before-dates")),
		common:      list(root.Get("common")),
	}
	if n := root.Get("day-first"); n != nil {
		l.dayFirst = n.Value == "true"
	}
	if n := root.Get("numbers"); n != nil {
		l.numbers = numbers{n.Get("thousands").Value, n.Get("decimal").Value}
	}
	spacing := strings.NewReplacer(slices.Concat(lists(root.Get("spacing"))...)...)
	if root.Get("spacing") != nil {
		l.spacing = spacing
		for _, pair := range lists(root.Get("spacing")) {
			l.marked[strings.Trim(pair[0], " ")[0]] = true
		}
	}
	l.rules = bcp47.Make(l.tag)
	l.words = texts(root.Get("words"), spacing)
	for _, e := range entries(root.Get("plurals")) {
		forms := texts(e.Value, spacing)
		if forms["other"] == "" {
			return nil, fmt.Errorf("language file: %s: a plural has the form \"other\" at least", e.Key.Pos)
		}
		l.plurals[e.Key.Value] = forms
	}
	for _, e := range entries(root.Get("headings")) {
		l.headings[Role(e.Key.Value)] = list(e.Value)
	}
	return l, nil
}

func entries(n *tree.Node) []tree.Entry {
	if n == nil {
		return nil
	}
	return n.Entries
}

func list(n *tree.Node) []string {
	if n == nil {
		return nil
	}
	values := make([]string, len(n.Items))
	for i, item := range n.Items {
		values[i] = item.Value
	}
	return values
}

func lists(n *tree.Node) [][]string {
	if n == nil {
		return nil
	}
	values := make([][]string, len(n.Items))
	for i, item := range n.Items {
		values[i] = list(item)
	}
	return values
}

func texts(n *tree.Node, spacing *strings.Replacer) map[string]string {
	values := map[string]string{}
	for _, e := range entries(n) {
		values[e.Key.Value] = spacing.Replace(e.Value.Value)
	}
	return values
}

// catalog gives a language that has words for pages; nil if it has none.
func catalog(tag string) *Catalog {
	if read := dataFiles()[tag]; read != nil {
		if c := read(); len(c.words) > 0 {
			return c
		}
	}
	return nil
}
