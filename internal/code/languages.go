package code

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// languages.txt says what is known of each language, and how it is written.
//
//go:embed languages.txt
var languagesText string

// maxPairs is the number of kinds of pairs that a language may have, and one
// for its regular expressions.
const maxPairs = 24

// form is how a text is read.
type form uint8

const (
	formCode form = iota
	formYAML
	formINI
	formMarkup
	formDiff
	formConsole
	formIslands
)

var forms = map[string]form{"code": formCode, "yaml": formYAML, "ini": formINI, "markup": formMarkup, "diff": formDiff, "console": formConsole, "islands": formIslands}

// Bytes of names: those that one may begin with, and the others.
const (
	letterFirst = 1 + iota
	letterWithin
)

type openerKind uint8

const (
	openLine openerKind = iota
	openPair
	openChar
	openMark
	openHeredoc
	openPattern
	openSign
)

// opener is a sign that begins something.
type opener struct {
	kind        openerKind
	open, close string
	class       Class
	number      int // of a pair, from 1

	first, spaced, apart          bool // where it counts
	continued                     bool // a line: a backslash at its end
	lines, nested, doubled, holds bool // a pair
	escape                        byte
	braces, brackets              bool // a mark
	special, digits               bool
}

// wordMeaning is what a word of a language is.
type wordMeaning struct {
	class   Class
	first   bool // only as the first word of a line
	defines bool // the name of something new follows
}

// Language is what is known of a language. It never changes.
type Language struct {
	name    string
	form    form
	anyCase bool
	words   map[string]wordMeaning
	letters [256]uint8
	openers [256][]*opener
	held    [256][]*opener // marks within texts
	isles   []*opener
	breaks  [256]bool // after these a statement begins
	pairs   int

	prefixes     map[string]bool
	numbersApart bool
	calls        bool
	assigns      bool // NAME=value
	assignsApart bool // NAME = value, NAME := value
	capitals     Class
	hyphenated   Class
	lead         Class
	others       Class

	keyClass                    Class
	keySigns                    string
	keyFirst, keySpaced, keyAny bool
	keyComments                 string // of the form ini

	inner   map[string]*Language // what else may stand in its texts
	session *Language            // how a terminal shows it
}

// languages are all of them by their names.
var languages = sync.OnceValue(func() map[string]*Language {
	byName, err := readLanguages(languagesText)
	if err != nil {
		panic(err) // a test reads the file
	}
	return byName
})

// readLanguages reads languages.txt.
func readLanguages(text string) (map[string]*Language, error) {
	byTitle, byName := map[string]*Language{}, make(map[string]*Language, 300)
	var l *Language
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "# ") || line == "#" {
			continue
		}
		if title, ok := strings.CutPrefix(line, "== "); ok {
			l = newLanguage(title)
			byTitle[title] = l
			continue
		}
		key, value, ok := strings.Cut(line, ": ")
		if !ok || l == nil {
			return nil, fmt.Errorf("languages.txt:%d: %q is no row", number, line)
		}
		fields := strings.Fields(value)
		switch key {
		case "names":
			for _, name := range fields {
				byName[name] = l
			}
		case "like":
			other := byTitle[value]
			if other == nil {
				return nil, fmt.Errorf("languages.txt:%d: there is no %q above", number, value)
			}
			l.take(other)
		case "inner", "session":
			other := byTitle[strings.Join(fields[min(1, len(fields)-1):], " ")]
			if other == nil {
				return nil, fmt.Errorf("languages.txt:%d: there is no %q above", number, value)
			}
			if key == "session" {
				l.session = other
			} else {
				l.inner[fields[0]] = other
			}
		default:
			if err := l.read(key, value, fields); err != nil {
				return nil, fmt.Errorf("languages.txt:%d: %w", number, err)
			}
		}
	}
	return byName, nil
}

func newLanguage(name string) *Language {
	l := &Language{name: name, words: map[string]wordMeaning{}, inner: map[string]*Language{}}
	for c := range 256 {
		switch b := byte(c); {
		case isLetter(b) || b == '_' || b >= 0x80:
			l.letters[c] = letterFirst
		case isDigit(b):
			l.letters[c] = letterWithin
		}
	}
	return l
}

// take takes over all of another language but its name.
func (l *Language) take(other *Language) {
	name := l.name
	*l = *other
	l.name = name
	l.words, l.inner = make(map[string]wordMeaning, len(other.words)), make(map[string]*Language, len(other.inner))
	for word, meaning := range other.words {
		l.words[word] = meaning
	}
	for name, inner := range other.inner {
		l.inner[name] = inner
	}
	for c := range 256 {
		l.openers[c], l.held[c] = slices.Clone(other.openers[c]), slices.Clone(other.held[c])
	}
	l.isles = slices.Clone(other.isles)
}

// wordKeys are the rows that list words.
var wordKeys = map[string]wordMeaning{
	"keywords": {class: Keyword}, "types": {class: Type}, "constants": {class: Constant}, "builtins": {class: Builtin},
	"tags": {class: Tag}, "defines": {class: Keyword, defines: true}, "instructions": {class: Keyword, first: true},
}

// read reads a row.
func (l *Language) read(key, value string, fields []string) error {
	if meaning, ok := wordKeys[key]; ok {
		for _, word := range fields {
			l.words[word] = meaning
		}
		return nil
	}
	flags := map[string]bool{}
	for _, f := range fields[1:] {
		flags[f] = true
	}
	switch key {
	case "form":
		known := false
		if l.form, known = forms[value]; !known {
			return fmt.Errorf("%q is no form", value)
		}
	case "case":
		l.anyCase = value == "any"
	case "line", "preprocessor":
		o := &opener{kind: openLine, open: fields[0], class: Comment, first: flags["first"], spaced: flags["spaced"]}
		if key == "preprocessor" {
			o.class, o.first, o.continued = Preprocessor, true, true
		}
		l.add(o)
	case "block", "string", "pair":
		return l.readPair(key, fields, flags)
	case "isle":
		class, _ := classNamed(fields[2:])
		l.isles = append(l.isles, &opener{open: fields[0], close: fields[1], class: class})
	case "mark":
		return l.readMark(fields, flags)
	case "char":
		l.add(&opener{kind: openChar, open: fields[0], class: Text})
	case "sign":
		class, _ := classNamed(fields)
		l.add(&opener{kind: openSign, open: fields[0], class: class})
	case "regex":
		l.add(&opener{kind: openPattern, open: "/", class: Text})
	case "heredoc":
		for _, open := range fields {
			l.add(&opener{kind: openHeredoc, open: open, class: Text})
		}
	case "without":
		for _, open := range fields {
			l.openers[open[0]] = slices.DeleteFunc(l.openers[open[0]], func(o *opener) bool { return o.open == open })
			delete(l.words, open)
		}
	case "prefixes":
		l.prefixes = map[string]bool{}
		for _, prefix := range fields {
			l.prefixes[prefix] = true
		}
	case "letters":
		for _, c := range []byte(strings.Join(fields, "")) {
			l.letters[c] = letterWithin
		}
	case "first-letters":
		for _, c := range []byte(strings.Join(fields, "")) {
			l.letters[c] = letterFirst
		}
	case "breaks":
		for _, c := range []byte(strings.Join(fields, "")) {
			l.breaks[c] = true
		}
	default:
		return l.readSwitch(key, value, fields, flags)
	}
	return nil
}

func (l *Language) readSwitch(key, value string, fields []string, flags map[string]bool) error {
	class, ok := classNamed(fields)
	switch key {
	case "numbers":
		l.numbersApart = value == "apart"
	case "calls":
		l.calls = value == "yes"
	case "assigns":
		l.assigns, l.assignsApart = value == "yes", value == "apart"
	case "comments":
		l.keyComments = value
	case "capitals":
		l.capitals = class
	case "hyphenated":
		l.hyphenated = class
	case "others":
		l.others = class
	case "lead":
		l.lead = class
	case "keys":
		l.keyClass, l.keySigns = class, fields[min(1, len(fields)-1)]
		l.keyFirst, l.keySpaced, l.keyAny = flags["first"], flags["spaced"], flags["any"]
	default:
		return fmt.Errorf("%q is no key", key)
	}
	if !ok && (key == "capitals" || key == "hyphenated" || key == "lead" || key == "others" || key == "keys") {
		return fmt.Errorf("%q is no class", fields[0])
	}
	return nil
}

// readPair reads `OPEN CLOSE`, and how what stands between is written.
func (l *Language) readPair(key string, fields []string, flags map[string]bool) error {
	if len(fields) < 2 {
		return fmt.Errorf("%s needs what opens and what closes it", key)
	}
	o := &opener{
		kind: openPair, open: fields[0], close: fields[1], class: Text,
		first: flags["first"], spaced: flags["spaced"], apart: flags["apart"],
		lines: flags["lines"], nested: flags["nested"], doubled: flags["doubled"], holds: flags["holds"],
	}
	switch key {
	case "block":
		o.class, o.lines = Comment, true
	case "pair":
		class, ok := classNamed(fields[2:])
		if !ok {
			return fmt.Errorf("a pair needs a class")
		}
		o.class = class
	}
	for _, f := range fields[2:] {
		if f == `\` || f == "`" {
			o.escape = f[0]
		}
	}
	l.pairs++
	o.number = l.pairs
	if l.pairs >= maxPairs {
		return fmt.Errorf("more than %d pairs", maxPairs-1)
	}
	l.add(o)
	return nil
}

// readMark reads `SIGN CLASS`, and what may follow the sign.
func (l *Language) readMark(fields []string, flags map[string]bool) error {
	class, ok := classNamed(fields[1:])
	if !ok {
		return fmt.Errorf("a mark needs a class")
	}
	o := &opener{
		kind: openMark, open: fields[0], class: class, first: flags["first"], spaced: flags["spaced"], apart: flags["apart"],
		braces: flags["{"], brackets: flags["("], special: flags["special"], digits: flags["digits"],
	}
	l.add(o)
	if class == Variable {
		l.held[o.open[0]] = append(l.held[o.open[0]], o)
	}
	return nil
}

// add adds an opener; the longest of those that begin alike is tried first.
func (l *Language) add(o *opener) {
	c := o.open[0]
	l.openers[c] = append(l.openers[c], o)
	slices.SortStableFunc(l.openers[c], func(a, b *opener) int { return len(b.open) - len(a.open) })
}

// classNamed finds a class by its short name among the fields of a row.
func classNamed(fields []string) (Class, bool) {
	for _, f := range fields {
		if i := slices.Index(names[1:], f); i >= 0 {
			return Class(i + 1), true
		}
	}
	return Plain, false
}
