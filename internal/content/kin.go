package content

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"publish/internal/diag"
	"publish/internal/locale"
)

// kin is what the names of the files beside a text say of its language:
// x.fr.md is x.md in French.
type kin struct {
	stem string // the file's name without extension and tag
	// tag is the language that the name ends in, "" if that says nothing.
	tag string
	// original is the file of which the text is a translation, as the disk
	// spells it; "" if it is none.
	original string
	// odd is the end of a name that was perhaps meant for a language and is
	// none: "jp".
	odd string
}

// tagged parts the name of a text, without its extension, from the tag of the
// language that it ends in.
func tagged(stem string) (base, end string) {
	at := strings.LastIndexByte(stem, '.')
	if at <= 0 || at == len(stem)-1 {
		return stem, ""
	}
	return stem[:at], stem[at+1:]
}

// member is a text of a family: texts whose names differ by the tag alone.
type member struct{ name, tag string }

// kinOf finds which texts of a folder are translations of which. Names alone
// decide, so that it is known before anything is read: a text is one if the same
// name stands beside it without its tag, or with another. Of several texts that
// all have a tag, the one in the site's language is the original.
func kinOf(places []place, language string) map[string]kin {
	all, families := namedKin(places)
	for _, family := range families {
		original := slices.MinFunc(family, func(a, b member) int {
			return cmp.Or(a.rank(language)-b.rank(language), strings.Compare(a.name, b.name))
		})
		several := slices.ContainsFunc(family, func(m member) bool { return m.tag != original.tag })
		for _, m := range family {
			k, named := all[m.name]
			switch {
			case !named || m.name == original.name && several:
				continue
			case several: // some may be in the language of the original
				k.original = original.name
			default: // its name stays as it is, since it may be no language at all
				k.stem = ""
				if !slices.Contains(locale.Known(), m.tag) {
					k.tag = ""
				}
			}
			all[m.name] = k
		}
	}
	return all
}

// namedKin reads the names: what each says by itself, and the families, by path
// without extension and tag.
func namedKin(places []place) (all map[string]kin, families map[string][]member) {
	all, families = map[string]kin{}, map[string][]member{}
	untagged := map[string]bool{}
	for _, at := range places {
		stem, _ := textName(path.Base(at.name))
		untagged[path.Join(path.Dir(at.name), stem)] = true
	}
	for _, at := range places {
		stem, _ := textName(path.Base(at.name))
		base, end := tagged(stem)
		key := path.Join(path.Dir(at.name), base)
		tag, ok := locale.Tag(end)
		switch {
		case ok:
			families[key] = append(families[key], member{at.name, tag})
			all[at.name] = kin{stem: base, tag: tag}
		case end == "":
			families[key] = append(families[key], member{at.name, ""})
		case untagged[key] && len(end) == 2 && strings.ToLower(end) == end:
			all[at.name] = kin{stem: stem, odd: end}
		}
	}
	return all, families
}

// rank says which text of a family is the original: that of the lowest rank.
func (m member) rank(language string) int {
	switch {
	case m.tag == "":
		return 0
	case language != "" && locale.SameLanguage(m.tag, language):
		return 1
	case m.tag == "en":
		return 2
	}
	return 3
}

// translations lists the files of which a file is the original.
func translations(kinds map[string]kin, original string) []string {
	var names []string
	for name, k := range kinds {
		if k.original == original {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// related settles what the name says of the text: whose translation it is, and
// what is odd about it.
func (d *reader) related(k kin, of *Document) {
	d.kin, d.of = k, of
	at := diag.Pos{File: d.Path, Line: 1, Column: 1}
	base := path.Base(d.Path)
	switch {
	case k.original != "":
		d.Translates = norm.NFC.String(k.original)
	case k.odd != "":
		hint := "write the code of a language, as in x.fr.md, or a hyphen for the dot if it is none"
		if near := locale.TagOfRegion(k.odd); near != "" {
			hint = "\"" + k.odd + "\" is a country; did you mean \"" + near + "\"?"
		}
		d.diags.Report(diag.TranslationAlone, at, hint, "\"%s\" is no language, so \"%s\" is a text of its own and no translation", k.odd, base)
	case k.tag != "" && k.stem == "":
		d.diags.Report(diag.TranslationAlone, at, "name the original as this file, without \"."+k.tag+"\", if there is one",
			"there is no original beside \"%s\", so it is a text of its own in that language", base)
	}
}

// doubtLanguage warns where the words of a text are not in the language of its
// name: an original that was copied, and is still to be translated, say.
func (d *reader) doubtLanguage(body []byte) {
	at := diag.Pos{File: d.Path, Line: 1, Column: 1}
	if d.Meta.Lang != "" && !locale.SameLanguage(d.Meta.Lang, d.kin.tag) {
		d.diags.Report(diag.TranslationDiffers, at, "correct `lang`, or name the file otherwise",
			"`lang: %s` stands in a file whose name says \"%s\", which counts", d.Meta.Lang, d.kin.tag)
		return
	}
	guess, ok := d.guessLanguage(body)
	if ok && !locale.SameLanguage(guess, d.kin.tag) && slices.Contains(locale.Known(), d.kin.tag) {
		d.diags.Report(diag.TranslationDiffers, at, "translate it, or keep it back with `stage: draft` until it is",
			"the name says \"%s\", the words look like \"%s\"", d.kin.tag, guess)
	}
}

// forgiveTimes takes back that an item of a translation's front matter has no
// time: it has that of its original.
func (d *reader) forgiveTimes() {
	given := map[int]bool{}
	if m := d.Meta; len(m.Timeline) == len(d.of.Meta().Timeline) {
		for _, e := range m.Timeline {
			given[e.Pos.Line] = e.Span.Block == 0
		}
	}
	if m := d.Meta; len(m.Updates) == len(d.of.Meta().Updates) && m.States("updates") {
		for _, u := range m.Updates {
			given[u.Pos.Line] = true
		}
	}
	d.diags = slices.DeleteFunc(d.diags, func(x diag.Diagnostic) bool { return x.Code == diag.TimeUnread && given[x.Line] })
}
