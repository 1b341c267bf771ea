package content

import (
	"bytes"
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"publish/internal/locale"
	"publish/internal/markdown"
	"publish/internal/pattern"
)

// printable drops control characters, which no title of a page may hold. Those
// that part words are spaces.
func printable(r rune) rune {
	switch {
	case unicode.IsControl(r) && unicode.IsSpace(r):
		return ' '
	case unicode.IsControl(r):
		return -1
	}
	return r
}

// isTitle says whether the first heading is, or repeats, the title. A heading
// that stands below other text, or names a section, is none.
func (d *reader) isTitle(doc *markdown.Doc) bool {
	switch {
	case doc.TitleLevel == 0:
		return false
	case d.Meta.Title != "":
		return repeats(cmp.Or(doc.Title, firstLine(d.source)), d.Meta.Title)
	case strings.TrimSpace(doc.Title) == "":
		return false
	case doc.TitleLevel > 1 && !doc.TitleFirst:
		return false
	}
	short := len(strings.Fields(doc.Title)) <= 3 && utf8.RuneCountInString(doc.Title) <= 40
	return !short || locale.RoleOf(doc.Title, d.headings) == locale.NoRole
}

// repeats says whether a heading says what the title says, or asks another
// tool to put the title there.
func repeats(heading, title string) bool {
	if titleTag.MatchString(heading) {
		return true
	}
	title = fold(title)
	var few [96]byte
	folded, rest := locale.AppendFold(few[:0], heading, len(title))
	if rest == "" || len(folded) > len(title) { // as of a first line that is a paragraph
		return string(folded) == title
	}
	return foldAny(heading) == title
}

// titleTag is a heading that is nothing but the place for the title in another
// tool's template, with its # where the source is looked at.
var titleTag = pattern.New(`(?i)^\s*(?:#+\s*)?(?:\{\{-?\s*\$?[\w.]*\btitle\b[^{}]*\}\}|<%=\s*[\w.]*\btitle\b[^<>]*%>)\s*(?:#+\s*|\{:?[^{}]*\}\s*)?$`)

// firstLine is the first line with text in it.
func firstLine(body []byte) string {
	for line := range bytes.Lines(body[:min(len(body), 1000)]) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			return string(line)
		}
	}
	return ""
}

// nameTitle makes a title of the file's name: separators become spaces, and a
// name that is nothing but a date stays as it is.
func (d *reader) nameTitle() string {
	if d.Stem == "" {
		return d.nameDate.Written
	}
	if strings.ContainsFunc(d.Stem, unicode.IsSpace) {
		return d.Stem
	}
	return strings.Join(strings.FieldsFunc(d.Stem, func(r rune) bool { return r == '-' || r == '_' }), " ")
}
