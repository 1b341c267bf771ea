// Package locale holds what differs between languages: the words of the
// pages, plurals, how dates, numbers and durations are written, the names of
// months and days, the headings by which sections are recognised, and a guess
// of the language of a text. Each language is one data file in languages/.
package locale

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
)

// Catalog is one language.
type Catalog struct{ *language }

// For gives the catalog of a BCP 47 tag: "fr-CA" gives French; a language
// without words of its own, or an empty tag, gives English. It is cheap to
// call.
func For(tag string) *Catalog {
	primary, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	if c := catalog(strings.ToLower(primary)); c != nil {
		return c
	}
	return catalog("en")
}

// Languages lists the tags that have complete words for pages ("en", "fr").
func Languages() []string {
	var complete []string
	for _, tag := range tags() {
		if catalog(tag) != nil {
			complete = append(complete, tag)
		}
	}
	return complete
}

// Tag is the catalog's own tag.
func (c *Catalog) Tag() string { return c.tag }

// HasSpacing says whether the language has other spaces than ordinary ones.
func (c *Catalog) HasSpacing() bool { return c.spacing != nil }

// Spaced puts the spaces of the language into a text: in French no line breaks
// before "?" or within "« … »". Nothing but spaces is changed.
func (c *Catalog) Spaced(text string) string {
	if c.spacing != nil {
		for i := range len(text) {
			if c.marked[text[i]] {
				return c.spacing.Replace(text)
			}
		}
	}
	return text
}

// AppendSpaced appends what Spaced makes of a text.
func (c *Catalog) AppendSpaced(dst, text []byte) []byte {
	if c.spacing != nil && slices.ContainsFunc(text, func(b byte) bool { return c.marked[b] }) {
		return append(dst, c.spacing.Replace(string(text))...)
	}
	return append(dst, text...)
}

// T gives the words of a key, {0} {1} … replaced by the arguments. A key that
// the language lacks is taken from English; one that nobody has is given back
// in brackets (a test looks for those).
func (c *Catalog) T(key string, args ...any) string {
	text, ok := c.words[key]
	if !ok {
		text, ok = catalog("en").words[key]
	}
	if !ok {
		return "[" + key + "]"
	}
	if len(args) == 0 {
		return text
	}
	var values [8]string
	pairs := values[:0]
	for i, arg := range args {
		text, plain := arg.(string)
		if !plain {
			text = fmt.Sprint(arg)
		}
		pairs = append(pairs, strconv.Itoa(i), text)
	}
	var room [96]byte
	return string(appendFilled(room[:0], text, pairs...))
}

// N gives the words of a key in the plural form for n, {n} replaced by the
// number as the language writes it.
func (c *Catalog) N(key string, n int) string {
	var room [96]byte
	return string(c.appendN(room[:0], key, n))
}

func (c *Catalog) appendN(dst []byte, key string, n int) []byte {
	forms, ok := c.plurals[key]
	from := c
	if !ok {
		from = catalog("en")
		forms, ok = from.plurals[key]
	}
	if !ok {
		return append(append(append(dst, '['), key...), ']')
	}
	form, ok := forms[from.form(n)]
	if !ok {
		form = forms["other"]
	}
	return appendFilled(dst, form, "n", from.Number(float64(n)))
}

// formNames are CLDR's names of the plural forms.
var formNames = map[plural.Form]string{
	plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other",
}

// form names the plural form that a number takes.
func (l *language) form(n int) string {
	if n < 0 {
		n = -n
	}
	return formNames[plural.Cardinal.MatchPlural(l.rules, n, 0, 0, 0, 0)]
}

// Missing lists what a page in a language has no words for, so that English
// stands in, and how many words there are in all: none is missing in a language
// whose file is complete, all are in one without words.
func Missing(tag string) (keys []string, all int) {
	english, c := catalog("en"), catalog(primary(tag))
	for key := range english.words {
		if c == nil || c.words[key] == "" {
			keys = append(keys, key)
		}
	}
	for key := range english.plurals {
		if c == nil || len(c.plurals[key]) == 0 {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys, len(english.words) + len(english.plurals)
}

// appendFilled appends a text with values in its holes: pairs are names and values.
// A hole without a value stays as it is.
func appendFilled(dst []byte, text string, pairs ...string) []byte {
	for {
		before, rest, found := strings.Cut(text, "{")
		dst = append(dst, before...)
		if !found {
			return dst
		}
		name, after, _ := strings.Cut(rest, "}")
		at := 0
		for at < len(pairs) && pairs[at] != name {
			at += 2
		}
		if at == len(pairs) {
			dst = append(dst, '{')
			text = rest
			continue
		}
		dst = append(dst, pairs[at+1]...)
		text = after
	}
}
