package content

import (
	"bytes"
	"regexp"

	"publish/internal/diag"
	"publish/internal/postmortem"
	"publish/internal/tree"
)

// forbidden reports what matches a pattern of the site's own `forbidden` list,
// in the text and in the front matter that remain once internal parts are cut.
// It is an error, so that the site's owner hears of it before its readers.
func (d *reader) forbidden(root *tree.Node, parts postmortem.Parts) {
	if d.internal || len(d.patterns) == 0 || d.kept() {
		return
	}
	d.told = map[int]bool{}
	d.forbiddenIn(root)
	number := parts.BodyLine
	for line := range bytes.Lines(parts.Body) {
		for i, pattern := range d.patterns {
			if at := pattern.FindIndex(line); at != nil {
				d.told[i] = true
				column := 1 + len([]rune(string(line[:at[0]])))
				d.sayForbidden(diag.Pos{File: d.Path, Line: number, Column: column}, pattern)
			}
		}
		number++
	}
}

// forbiddenIn looks through the front matter, but for what `internal: true`
// keeps back.
func (d *reader) forbiddenIn(n *tree.Node) {
	if n == nil {
		return
	}
	if postmortem.IsInternal(n) {
		return
	}
	for i, pattern := range d.patterns {
		if pattern.MatchString(n.Value) {
			d.told[i] = true
			d.sayForbidden(n.Pos, pattern)
		}
	}
	for _, item := range n.Items {
		d.forbiddenIn(item)
	}
	for _, e := range n.Entries {
		d.forbiddenIn(e.Value)
	}
}

func (d *reader) sayForbidden(pos diag.Pos, pattern *regexp.Regexp) {
	d.diags.Report(diag.LeakSecret, pos, "take it out, or put it between <!-- internal --> and <!-- /internal -->",
		"this matches %q, which the site forbids", pattern)
}
