package content

import (
	"path"
	"strings"

	"publish/internal/postmortem"
)

// whyTemplate says why a text is a template and not a report, "" if it is
// none. A text with a date of its own was filled in; a report about templates
// has one too.
func (d *reader) whyTemplate() string {
	if d.Meta.Kind != postmortem.KindUnset || dated(d.nameDate) {
		return ""
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

// placeholders lists the different ones in the text.
func (d *reader) placeholders() (held []string) {
	text := d.Title + "\n" + string(d.text)
	for _, p := range words().placeholders {
		if !strings.Contains(text, p) {
			continue
		}
		held = append(held, p)
		text = strings.ReplaceAll(text, p, "") // one may be a part of another
	}
	return held
}
