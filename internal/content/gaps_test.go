package content

import (
	"slices"
	"strings"
	"testing"

	"publish/internal/markdown"
)

// What was cut leaves nothing behind that tells of it, and breaks nothing apart.
// @ opens an internal part and / closes it.
func TestGaps(t *testing.T) {
	for name, test := range map[string]struct{ text, public, internal string }{
		"a row of a table": {
			"| a |\n|---|\n| 1 |\n@\n| 2 |\n/\n| 3 |", "| a |\n|---|\n| 1 |\n| 3 |", "| a |\n|---|\n| 1 |\n| 2 |\n| 3 |"},
		"the cells of a row": {
			"| a | b |\n|---|---|\n| @1/ | @2/ |\n| 3 | 4 |", "| a | b |\n|---|---|\n| 3 | 4 |", "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |"},
		"the head of a table": {
			"| @a/ |\n|---|\n| 1 |", "|  |\n|---|\n| 1 |", "| a |\n|---|\n| 1 |"},
		"items of a list": {
			"- a\n@\n- b\n- c\n/\n- d", "- a\n- d", "- a\n- b\n- c\n- d"},
		"the words of an item": {
			"- a\n- @b/\n- c", "- a\n- c", "- a\n- b\n- c"},
		"the words of a task": {
			"- [x] a\n- [ ] @b/\n- [ ] c", "- [x] a\n- [ ] c", "- [x] a\n- [ ] b\n- [ ] c"},
		"the last words of a list": {
			"- a\n- @b/\nc", "- a\n\nc", "- a\n- b\nc"},
		"an item that goes on": {
			"- @a/\n  b\n- c", "- \n  b\n- c", "- a\n  b\n- c"},
		"an item whose parts are public": {
			"- @a\n  b/\n  - c", "- \n  - c", "- a\n  b\n  - c"},
		"below a text": {
			"a:\n- @b/\n- c", "a:\n\n- c", "a:\n- b\n- c"},
		"lines of code": {
			"```\na\n@\nb\n\nc\n/\nd\n```", "```\na\nd\n```", "```\na\nb\n\nc\nd\n```"},
		"signs of code": {
			"```\na\n- @b/\n```", "```\na\n- \n```", "```\na\n- b\n```"},
		"paragraphs stay apart": {
			"a\n@\nb\n/\nc", "a\n\nc", "a\n\nb\n\nc"},
		"paragraphs with spaces": {
			"a\n\n@\nb\n/\n\nc", "a\n\n\nc", "a\n\nb\n\nc"},
		"lines of a paragraph": {
			"a @b\nc\nd/\ne", "a \ne", "a b\nc\nd\ne"},
		"a heading": {
			"## @a/\n\nb", "\nb", "## a\n\nb"},
		"part of a quotation": {
			"> a\n> @\n> b\n> /\n> c", "> a\n>\n> c", "> a\n>\n> b\n>\n> c"},
		"at both ends": {
			"@\na\n/\nb\n@\nc\n/\n", "b\n", "a\n\nb\n\nc\n"},
		"what stood empty stays": {
			"a\n\n```\nb\n\n\nc\n```\n-\n@d/e\n|  |", "a\n\n```\nb\n\n\nc\n```\n-\ne\n|  |", "a\n\n```\nb\n\n\nc\n```\n-\nde\n|  |"},
	} {
		for _, internal := range []bool{false, true} {
			want := test.public
			if internal {
				want = test.internal
			}
			source := strings.NewReplacer("@", openMark, "/", closeMark).Replace(test.text)
			text, cuts, diags := cutInternal("x.md", []byte(source), internal)
			if len(diags) > 0 {
				t.Fatal(name, diags)
			}
			text, omit := closeGaps(text, 7, shifted(cuts, 6), internal)
			var left []string
			for i, line := range strings.Split(string(text), "\n") {
				if !slices.Contains(omit, i+7) {
					left = append(left, line)
				}
			}
			if got := strings.Join(left, "\n"); got != want {
				t.Errorf("%s, internal %v: got %q, want %q", name, internal, got, want)
			}
		}
	}
}

// shifted are cuts of a text that begins further below.
func shifted(cuts []Cut, lines int) []Cut {
	for i := range cuts {
		cuts[i].First, cuts[i].Last = cuts[i].First+lines, cuts[i].Last+lines
	}
	return cuts
}

// A redaction of many lines is as long as one of one line, in code too.
func TestRedactionHasNoLength(t *testing.T) {
	html := func(hidden string) string {
		text := "Text.\n\n```\na\n<!-- redact: a key -->" + hidden + "<!-- /redact -->\nb\n```\n\nMore.\n"
		folder, diags := load(t, site("content/2024-01-01-a.md", text))
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		return string(folder.Documents[0].Body().AppendHTML(nil, func(*markdown.Link) markdown.Target { return markdown.Target{} }))
	}
	if one, many := html("x"), html("\nx\ny\nz\n"); one != many || !strings.Contains(one, "[redacted: a key]") {
		t.Errorf("one line: %s\nmany: %s", one, many)
	}
}
