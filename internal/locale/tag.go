package locale

import (
	_ "embed"
	"strings"
	"sync"

	bcp47 "golang.org/x/text/language"

	"publish/internal/pattern"
)

// notTags are endings of names that are codes of languages too, and hardly ever
// meant so: x.new.md is no text in Newari.
var notTags = map[string]bool{
	"all": true, "alt": true, "api": true, "bak": true, "bin": true, "dev": true, "doc": true, "dup": true, "ext": true,
	"faq": true, "int": true, "log": true, "man": true, "max": true, "min": true, "mod": true, "new": true, "old": true,
	"pre": true, "pro": true, "raw": true, "ref": true, "run": true, "tex": true, "tmp": true, "two": true, "web": true,
}

// Tag gives the BCP 47 tag that the end of a file's name is: "fr", "pt-BR",
// "fil" (ISO 639, two or three letters, perhaps with a script and a region); ok
// is false where it is no code of a language.
func Tag(written string) (tag string, ok bool) {
	base, rest, more := strings.Cut(written, "-")
	if more && rest == "" || len(base) < 2 || len(base) > 3 || !isLower(base) || notTags[base] {
		return "", false
	}
	if rest == "" {
		b, err := bcp47.ParseBase(base)
		return b.String(), err == nil && b.String() != "und"
	}
	t, err := bcp47.Parse(written)
	return t.String(), err == nil && t.String() != "und"
}

var written = pattern.New(`^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*$`)

// Written gives a language tag as authors write it in the usual spelling: "fr-CA"
// for "FR_ca", as operating systems have it; ok is false where it is none. Known
// need it not be: a code is given to a language before anybody here hears of it.
func Written(text string) (tag string, ok bool) {
	if !written.MatchString(text) {
		return "", false
	}
	parts := strings.Split(strings.ToLower(strings.ReplaceAll(text, "_", "-")), "-")
	for i, p := range parts[1:] {
		switch {
		case len(p) == 1:
			return strings.Join(parts, "-"), true // an extension: what follows has no case
		case len(p) == 2:
			parts[i+1] = strings.ToUpper(p)
		case len(p) == 4 && isLower(p):
			parts[i+1] = strings.ToUpper(p[:1]) + p[1:]
		}
	}
	return strings.Join(parts, "-"), true
}

// TagOfRegion gives the language of most people in a region, which authors
// write in its place: "ja" for "jp". It is "" for what is no region.
func TagOfRegion(written string) string {
	region, err := bcp47.ParseRegion(written)
	if err != nil || len(written) != 2 || !isLower(written) || !region.IsCountry() {
		return ""
	}
	tag, err := bcp47.Compose(region)
	if err != nil {
		return ""
	}
	base, sure := tag.Base()
	if sure == bcp47.No || base.String() == "und" {
		return ""
	}
	return base.String()
}

func isLower(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < 'a' || r > 'z' }) < 0
}

// SameLanguage says that two tags name one language, whatever their regions.
func SameLanguage(a, b string) bool { return primary(a) == primary(b) }

func primary(tag string) string {
	first, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	return strings.ToLower(first)
}

// Known lists the tags of all languages of which something is known: those
// whose texts can be told from others.
func Known() []string { return tags() }

//go:embed autonyms.txt
var autonymsFile string

var autonyms = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for line := range strings.Lines(autonymsFile) {
		if tag, name, ok := strings.Cut(strings.TrimSpace(line), " "); ok && !strings.HasPrefix(line, "#") {
			names[tag] = name
		}
	}
	return names
})

// Name is what the speakers of a language call it, with the rest of the tag:
// "Français", "Português (BR)".
func Name(tag string) string {
	name, ok := autonyms()[primary(tag)]
	if !ok {
		return tag
	}
	if _, rest, more := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-"); more {
		name += " (" + rest + ")"
	}
	return name
}
