package content

import (
	"path"
	"slices"
	"strings"
	"unicode"

	"publish/internal/block"
	"publish/internal/pattern"
	"publish/internal/postmortem"
)

// whyTemplate says why a text is a template and not a report, "" if it is
// none. A date of its own speaks for a report, and so does `kind`.
func (d *reader) whyTemplate() string {
	if d.Meta.Kind != postmortem.KindUnset {
		return ""
	}
	if why := d.surelyTemplate(); why != "" || dated(d.nameDate) {
		return why
	}
	name := strings.Fields(fold(d.Stem))
	for folder := range strings.SplitSeq(path.Dir(d.Path), "/") {
		if words().templates.is(folder) && !d.Index {
			return "a template: it lies in \"" + folder + "\""
		}
	}
	if len(name) > 0 && words().templates.is(name[len(name)-1]) {
		return "a template by its name"
	}
	if dated(d.Meta.Date) {
		return ""
	}
	if words().templates.find(d.Stem) != "" {
		return "a template by its name"
	}
	if d.DateFrom != "" || d.Index {
		return ""
	}
	if words().titles.is(d.Title) {
		return "a template: its title was not filled in"
	}
	if held := d.placeholders(); len(held) > 1 {
		return "a template: `" + held[0] + "` and `" + held[1] + "` were not filled in"
	}
	return ""
}

// surelyTemplate says why a text is a template although it has a date: people
// put one into the name or the front matter of a template too.
func (d *reader) surelyTemplate() string {
	if d.Index && !dated(d.nameDate) {
		return "" // about the others of its folder
	}
	switch {
	case calledTemplate(d.Stem):
		return "a template by its name"
	case d.Meta.Title != "" && d.Meta.Title != d.Title && calledTemplate(d.Meta.Title), calledTemplate(d.Title):
		return "a template by its title"
	case d.openTitle() && (d.timeline() == nil || !dated(d.nameDate)):
		return "a template: its title was not filled in"
	}
	if held := d.openClocks(); len(held) > 1 {
		return "a template: `" + held[0] + "` and `" + held[1] + "` were not filled in"
	}
	return ""
}

// calledTemplate says whether a name is that of a template and nothing else,
// or has the word in capitals among other words. "Email template broken" is an
// incident.
func calledTemplate(name string) bool {
	if words().templates.is(name) || words().titles.is(name) && words().templates.find(name) != "" {
		return true
	}
	noLetter := func(r rune) bool { return !unicode.IsLetter(r) }
	for word := range strings.FieldsFuncSeq(name, noLetter) {
		if inCapitals(word) && words().templates.is(word) {
			split := strings.FieldsFunc(name, noLetter)
			return name != strings.ToUpper(name) || slices.Index(split, word) == len(split)-1
		}
	}
	return false
}

// inCapitals says that a word has no small letter.
func inCapitals(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool { return unicode.ToUpper(r) != r })
}

// bracketed is a title that is a place to fill in: `<Title>`, `[Title]`,
// `{{ title }}`. `{{ page.title }}` is a tag of another tool.
var bracketed = pattern.New(`^(?:<([^<>:!]+)>|\[([^][]+)\]|\{\{([^.{}]+)\}\})$`)

// openTitle says whether the title was not filled in. Markdown takes `<Title>`
// for a tag, so the first line counts as it was written.
func (d *reader) openTitle() bool {
	if words().titles.is(d.Title) && strings.Contains(fold(d.Title), " ") {
		return true
	}
	written := strings.TrimSpace(strings.Trim(firstLine(d.source), "#"))
	for _, title := range []string{d.Title, written} {
		if m := bracketed.FindStringSubmatch(title); m != nil && words().titles.find(m[1]+m[2]+m[3]) != "" {
			return d.TitleFrom != "title" || title == d.Title
		}
	}
	return false
}

// realClock is a time of day, or a day, of which not all is left open.
var realClock = pattern.New(`\b\d{1,2}\s?[:h]\s?[0-9?]{2}\b|\b(?:19|20)\d\d[-/.][0-9?]|\b\d{1,2}[-/.]\d{1,2}[-/.]\d`)

// shortBlock is the number of words above which a block is prose, which may be
// about dates.
const shortBlock = 12

// openClocks lists the days and times that were not filled in, of the first
// section that has two of them and no real one. A text with a timeline is a
// report, whatever was left over.
func (d *reader) openClocks() []string {
	if d.timeline() != nil || len(d.Meta.Timeline) > 0 {
		return nil
	}
	blocks := d.Body.Blocks
	for len(blocks) > 0 {
		end := 1 + slices.IndexFunc(blocks[1:], func(b block.Block) bool { return b.Kind == block.Heading })
		if end == 0 {
			end = len(blocks)
		}
		if held := openClocksOf(blocks[:end]); held != nil {
			return held
		}
		blocks = blocks[end:]
	}
	return nil
}

// openClocksOf does the same for one section. To look for real ones is slow: it is done
// where there are some to be doubted.
func openClocksOf(section []block.Block) []string {
	var short strings.Builder
	for i := range section {
		if b := &section[i]; isShortBlock(b) {
			short.WriteString(wholeText(b) + "\n")
		}
	}
	held := held(short.String(), words().clocks)
	if len(held) < 2 || hasClock(short.String()) || slices.ContainsFunc(section, func(b block.Block) bool { return !isShortBlock(&b) && hasClock(wholeText(&b)) }) {
		return nil
	}
	return held
}

// isShortBlock says whether a block, with its cells, is short, and no code.
func isShortBlock(b *block.Block) bool {
	return b.Kind != block.Code && isShort(b.Text) && isShort(wholeText(b))
}

func wholeText(b *block.Block) string { return b.Text + " " + strings.Join(b.Cells, " ") }

// isShort says whether a text has no more words than a short block.
func isShort(text string) bool {
	words := 0
	for range strings.FieldsSeq(text) {
		if words++; words > shortBlock {
			return false
		}
	}
	return true
}

// hasClock says whether a text has a real day or time.
func hasClock(text string) bool { return realClock.MatchString(text) || hasDate(text) }

func hasDate(text string) bool {
	_, ok := postmortem.FindDate(text)
	return ok
}

// placeholders lists the different ones in the text.
func (d *reader) placeholders() []string {
	return held(d.Title+"\n"+string(d.source), slices.Concat(words().clocks, words().placeholders))
}

// held lists which of the signs a text holds.
func held(text string, signs []string) (held []string) {
	for _, p := range signs {
		if !strings.Contains(text, p) {
			continue
		}
		held = append(held, p)
		text = strings.ReplaceAll(text, p, "") // one may be a part of another
	}
	return held
}
