package postmortem

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"publish/internal/diag"
)

// told writes diagnostics one a line: place, level, code, message (hint).
func told(list diag.List) string {
	var b strings.Builder
	for _, d := range list {
		fmt.Fprintf(&b, "%s %s %s: %s (%s)\n", d.Pos, d.Level, d.Code, d.Message, d.Hint)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

var splitCases = []struct {
	name, source string
	format       Format
	matter       string
	matterLine   int
	body         string
	bodyLine     int
	told         string
}{
	{"YAML", "---\na: 1\n---\nText\n", YAML, "a: 1\n", 2, "Text\n", 4, ""},
	{"no front matter", "# Title\n\nText\n", NoFrontMatter, "", 0, "# Title\n\nText\n", 1, ""},
	{"empty file", "", NoFrontMatter, "", 0, "", 1, ""},
	{"blank file", "\n \n", NoFrontMatter, "", 0, "\n \n", 1, ""},
	{"no text after it", "---\na: 1\n---", YAML, "a: 1\n", 2, "", 4, ""},
	{"blank lines before it", "\n\n---\na: 1\n---\nText", YAML, "a: 1\n", 4, "Text", 6, ""},
	{"blanks behind the fences", "---  \na: 1\n---\t\nText", YAML, "a: 1\n", 2, "Text", 4, ""},
	{"byte-order mark", "\uFEFF---\na: 1\n---\nText", YAML, "a: 1\n", 2, "Text", 4, ""},
	{"byte-order mark alone", "\uFEFFText", NoFrontMatter, "", 0, "Text", 1, ""},
	{"carriage returns", "---\r\na: 1\r\n---\r\nText", YAML, "a: 1\r\n", 2, "Text", 4, ""},
	{"empty block", "---\n---\nText", YAML, "", 2, "Text", 3, ""},
	{"comments only", "---\n# a comment\n\n---\nText", YAML, "# a comment\n\n", 2, "Text", 5, ""},
	{"three dots close it", "---\ntitle: x\n...\nText\n\n---\nMore\n", YAML, "title: x\n", 2, "Text\n\n---\nMore\n", 4, ""},
	{"rule in the text", "---\ntitle: x\n---\nText\n\n---\nMore\n", YAML, "title: x\n", 2, "Text\n\n---\nMore\n", 4, ""},
	{"indented fence in a block", "---\ntitle: x\nsummary: |\n  a\n  ---\n  b\n---\nText", YAML, "title: x\nsummary: |\n  a\n  ---\n  b\n", 2, "Text", 8, ""},
	{"fence in a text of one line", "---\ntitle: a --- b\n---\nText", YAML, "title: a --- b\n", 2, "Text", 4, ""},
	{"fence with a language", "---toml\na = 1\n---\nText", TOML, "a = 1\n", 2, "Text", 4, ""},
	{"TOML", "+++\na = 1\n+++\nText", TOML, "a = 1\n", 2, "Text", 4, ""},
	{"TOML with a fence in a text", "+++\na = \"\"\"\n+++\n\"\"\"\nb = '''x\n+++\n'''\n+++\nText", TOML, "a = \"\"\"\n+++\n\"\"\"\nb = '''x\n+++\n'''\n", 2, "Text", 9, ""},
	{"JSON", "{\n\"a\": {\n\"b\": 1\n}\n}\n\nText", JSON, "{\n\"a\": {\n\"b\": 1\n}\n}", 1, "\nText", 6, ""},
	{"JSON without a blank line behind", "{\n\"a\": 1\n}\nText", JSON, "{\n\"a\": 1\n}", 1, "Text", 4, ""},
	{"JSON on one line", "{\"a\": \"}\"}\nText", JSON, "{\"a\": \"}\"}", 1, "Text", 2, ""},
	{"JSON between semicolons", ";;;\n{\"a\": 1}\n;;;\nText", JSON, "{\"a\": 1}\n", 2, "Text", 4, ""},
	{"JSON and text on one line", "{\"a\": 1} Text\nMore", JSON, "{\"a\": 1}", 1, "More", 2,
		`f:1 error front-matter-syntax: there is text after the closing "}" of the front matter (begin the text on the next line)`},
	{"broken JSON", "{\n\"a\": 1,\n}\nText", JSON, "{\n\"a\": 1,\n}", 1, "Text", 4, ""},
	{"JSON never closed", "{\n\"a\": 1\nText", NoFrontMatter, "", 0, "{\n\"a\": 1\nText", 1,
		"f:1:1 error front-matter-unclosed: the front matter that \"{\" opens is never closed (put a line `}` after the last field)"},
	{"Liquid", "{% include x %}\n", NoFrontMatter, "", 0, "{% include x %}\n", 1, ""},
	{"placeholder", "{{ x }}\n", NoFrontMatter, "", 0, "{{ x }}\n", 1, ""},
	{"kramdown attributes", "{: .note}\nText\n", NoFrontMatter, "", 0, "{: .note}\nText\n", 1, ""},
	{"never closed", "---\ntitle: x\n\nText\n", NoFrontMatter, "", 0, "---\ntitle: x\n\nText\n", 1,
		"f:1:1 error front-matter-unclosed: the front matter that \"---\" opens is never closed (put a line `---` before line 4, where the text begins)"},
	{"never closed, nothing but fields", "\n---\ntitle: x\n", NoFrontMatter, "", 0, "\n---\ntitle: x\n", 1,
		"f:2:1 error front-matter-unclosed: the front matter that \"---\" opens is never closed (put a line `---` after the last field)"},
	{"never closed, and a rule in the text", "---\ntitle: x\n\nText.\n\n---\n\nMore\n", NoFrontMatter, "", 0, "---\ntitle: x\n\nText.\n\n---\n\nMore\n", 1,
		"f:1:1 error front-matter-unclosed: the front matter that \"---\" opens is never closed (put a line `---` before line 4, where the text begins)"},
	{"TOML never closed", "+++\ntitle = 'x'\n", NoFrontMatter, "", 0, "+++\ntitle = 'x'\n", 1,
		"f:1:1 error front-matter-unclosed: the front matter that \"+++\" opens is never closed (put a line `+++` after the last field)"},
	{"closing fence indented", "---\ntitle: x\n  ---\nText\n", NoFrontMatter, "", 0, "---\ntitle: x\n  ---\nText\n", 1,
		"f:1:1 error front-matter-unclosed: the front matter that \"---\" opens is never closed: the fence of line 3 is indented (move the fence of line 3 to the first column)"},
	{"opening fence indented", " ---\ntitle: x\n---\nText\n", NoFrontMatter, "", 0, " ---\ntitle: x\n---\nText\n", 1,
		"f:1:2 error front-matter-unclosed: the \"---\" that opens the front matter is indented (move it to the first column)"},
	{"a field that keeps back, without fences", "draft: true\n\nText\n", NoFrontMatter, "", 0, "draft: true\n\nText\n", 1,
		"f:1:1 error front-matter-unclosed: a field that keeps a text back stands outside of any front matter, where it does nothing (put a line `---` before and after the fields)"},
	{"prose that begins with such a word", "Draft: what we know so far\n", NoFrontMatter, "", 0, "Draft: what we know so far\n", 1, ""},
	{"opening fence missing", "title: x\ndate: 2021-04-29\naffected:\n  - api\n---\n\nText\n", NoFrontMatter, "", 0, "title: x\ndate: 2021-04-29\naffected:\n  - api\n---\n\nText\n", 1,
		"f:1:1 error front-matter-unclosed: the \"---\" that opens the front matter is missing; line 5 closes it (put a line `---` before line 1)"},
	{"heading that looks like a field", "Status: resolved\n---\n\nText\n", NoFrontMatter, "", 0, "Status: resolved\n---\n\nText\n", 1, ""},
	{"prose before a rule", "title: x\n\nSome prose.\n\n---\n", NoFrontMatter, "", 0, "title: x\n\nSome prose.\n\n---\n", 1, ""},
	{"rule first, never another", "---\n\nText\n", NoFrontMatter, "", 0, "---\n\nText\n", 1, ""},
	{"rule first, then a heading", "---\n# Title\n\nText\n", NoFrontMatter, "", 0, "---\n# Title\n\nText\n", 1, ""},
	{"sentences and a field between two rules", "---\nNote: this is prose.\nAnd more of it.\n---\nText\n", NoFrontMatter, "", 0, "---\nNote: this is prose.\nAnd more of it.\n---\nText\n", 1,
		"f:3:1 error front-matter-syntax: the front matter is no mapping of fields to values: \"And more of it.\" is no field (write fields as `title: …`, or begin the file with `***` if a line was meant)"},
	{"list between two rules", "---\n- a\n- b\n---\n", NoFrontMatter, "", 0, "---\n- a\n- b\n---\n", 1,
		"f:2:1 error front-matter-syntax: the front matter is no mapping of fields to values: \"- a\" is no field (write fields as `title: …`, or begin the file with `***` if a line was meant)"},
	{"a field without its colon", "---\n# x\n\ndraft true\n---\nText\n", NoFrontMatter, "", 0, "---\n# x\n\ndraft true\n---\nText\n", 1,
		"f:4:1 error front-matter-syntax: the front matter is no mapping of fields to values: \"draft true\" is no field (write fields as `title: …`, or begin the file with `***` if a line was meant)"},
	{"a list of fields", "---\n- draft: true\n---\nText\n", NoFrontMatter, "", 0, "---\n- draft: true\n---\nText\n", 1,
		"f:2:1 error front-matter-syntax: the front matter is no mapping of fields to values: \"- draft: true\" is no field (write fields as `title: …`, or begin the file with `***` if a line was meant)"},
	{"a text between two rules", "---\ndraft\n---\nText\n", NoFrontMatter, "", 0, "---\ndraft\n---\nText\n", 1,
		"f:2:1 error front-matter-syntax: the front matter is no mapping of fields to values: \"draft\" is no field (write fields as `title: …`, or begin the file with `***` if a line was meant)"},
	{"prose between two rules", "---\n\n# Of rules\n\nThis text begins with a rule.\n- One\n\n---\nText\n", NoFrontMatter, "", 0, "---\n\n# Of rules\n\nThis text begins with a rule.\n- One\n\n---\nText\n", 1,
		"f:1:1 note front-matter-syntax: the text between the first two \"---\" is read as text: it has no fields (write fields as `title: …`, or begin the file with `***` if a line was meant)"},
	{"prose and something like a field", "---\n\nThis text begins with a rule.\n\n- secret: yes\n---\nText\n", NoFrontMatter, "", 0, "---\n\nThis text begins with a rule.\n\n- secret: yes\n---\nText\n", 1,
		"f:3:1 error front-matter-syntax: the front matter is no mapping of fields to values: \"This text begins with a rule.\" is no field (write fields as `title: …`, or begin the file with `***` if a line was meant)"},
	{"TOML between dashes", "---\ndraft = true\n---\n", NoFrontMatter, "", 0, "---\ndraft = true\n---\n", 1,
		"f:2:1 error front-matter-syntax: the front matter is no mapping of fields to values: \"draft = true\" is no field (write fields as `title: …`, or begin the file with `***` if a line was meant)"},
	{"a list of fields, never closed", "---\n- draft: true\n\nText\n", NoFrontMatter, "", 0, "---\n- draft: true\n\nText\n", 1,
		"f:1:1 error front-matter-unclosed: the front matter that \"---\" opens is never closed (put a line `---` behind its fields, or begin the file with `***` if a line was meant)"},
	{"an unknown field, never closed", "---\nauidence: internal\n\nThis is a text of more words.\n", NoFrontMatter, "", 0, "---\nauidence: internal\n\nThis is a text of more words.\n", 1,
		"f:1:1 error front-matter-unclosed: the front matter that \"---\" opens is never closed (put a line `---` behind its fields, or begin the file with `***` if a line was meant)"},
	{"a rule and its text, glued", "---\nThis text begins with a rule.\n\nText\n", NoFrontMatter, "", 0, "---\nThis text begins with a rule.\n\nText\n", 1,
		""},
	{"fields indented alike", "---\n  title: x\n  draft: true\n---\nText", YAML, "  title: x\n  draft: true\n", 2, "Text", 5, ""},
	{"all of it indented", "  ---\n  x: y\n  ---\nText\n", NoFrontMatter, "", 0, "  ---\n  x: y\n  ---\nText\n", 1,
		"f:1:3 error front-matter-unclosed: the \"---\" that opens the front matter is indented (move it to the first column)"},
	{"only the fences indented", "  ---\nx: y\n  ---\nText\n", NoFrontMatter, "", 0, "  ---\nx: y\n  ---\nText\n", 1,
		"f:1:3 error front-matter-unclosed: the \"---\" that opens the front matter is indented (move it to the first column)"},
	{"TOML indented", "  +++\nx = 1\n  +++\nText\n", NoFrontMatter, "", 0, "  +++\nx = 1\n  +++\nText\n", 1,
		"f:1:3 error front-matter-unclosed: the \"+++\" that opens the front matter is indented (move it to the first column)"},
	{"an indented rule", "  ---\n\nText\n", NoFrontMatter, "", 0, "  ---\n\nText\n", 1,
		""},
	{"a fence of four", "----\ntitle: x\n----\nText\n", NoFrontMatter, "", 0, "----\ntitle: x\n----\nText\n", 1,
		"f:1:1 error front-matter-unclosed: \"----\" does not open a front matter, and fields stand below it (open it with `---`, alone on its line)"},
	{"a mapping on one line", "---\n{draft: true}\n---\nText\n", YAML, "{draft: true}\n", 2, "Text\n", 4, ""},
	{"two opening fences", "---\n---\ndraft: true\n---\nText\n", YAML, "", 2, "draft: true\n---\nText\n", 3,
		"f:2:1 error front-matter-syntax: the front matter ends before its first field (take one of the two fences away)"},
	{"a fence behind what nobody sees", "\u200b---\ntitle: x\n---\nText\n", NoFrontMatter, "", 0, "\u200b---\ntitle: x\n---\nText\n", 1,
		"f:1:1 error front-matter-unclosed: \"---\" does not open a front matter, and fields stand below it (open it with `---`, alone on its line)"},
	{"a comment above it", "<!-- a\nb -->\n\n---\ntitle: x\n---\nText\n", NoFrontMatter, "", 0, "<!-- a\nb -->\n\n---\ntitle: x\n---\nText\n", 1,
		"f:4:1 error front-matter-unclosed: the front matter does not begin the file: a comment stands above it (move the comment below the front matter)"},
	{"a comment above text", "<!-- a -->\n\n---\nText\n", NoFrontMatter, "", 0, "<!-- a -->\n\n---\nText\n", 1,
		""},
	{"names without quotes", "{\ndraft: true\n}\nText\n", NoFrontMatter, "", 0, "{\ndraft: true\n}\nText\n", 1,
		"f:1:1 error front-matter-syntax: the names and texts of a front matter in JSON stand in double quotes (write `\"title\": \"…\"`)"},
	{"unknown fields only", "---\nfoo: 1\nbar:\n- x\n---\nText", YAML, "foo: 1\nbar:\n- x\n", 2, "Text", 6, ""},
	{"broken front matter with a known field", "---\ntitle x\ndate: 2021-04-29\n---\nText", YAML, "title x\ndate: 2021-04-29\n", 2, "Text", 5, ""},
	{"larger than allowed", "---\ntitle: " + strings.Repeat("x", maxMatter) + "\n---\n", NoFrontMatter, "", 0, "---\ntitle: " + strings.Repeat("x", maxMatter) + "\n---\n", 1,
		"f:1:1 error front-matter-syntax: the front matter is larger than 64 KiB (close it before the text begins)"},
	{"JSON larger than allowed", "{\"a\": \"" + strings.Repeat("x", maxMatter) + "\"}\n", NoFrontMatter, "", 0, "{\"a\": \"" + strings.Repeat("x", maxMatter) + "\"}\n", 1,
		"f:1:1 error front-matter-syntax: the front matter is larger than 64 KiB (close it before the text begins)"},
}

func TestSplit(t *testing.T) {
	for _, c := range splitCases {
		t.Run(c.name, func(t *testing.T) {
			p, list := Split("f", []byte(c.source))
			if p.Format != c.format || string(p.Matter) != c.matter || p.MatterLine != c.matterLine {
				t.Errorf("matter: got %d %q at line %d, want %d %q at line %d", p.Format, p.Matter, p.MatterLine, c.format, c.matter, c.matterLine)
			}
			if string(p.Body) != c.body || p.BodyLine != c.bodyLine {
				t.Errorf("body: got %q at line %d, want %q at line %d", p.Body, p.BodyLine, c.body, c.bodyLine)
			}
			if got := told(list); got != c.told {
				t.Errorf("diagnostics\n got %s\nwant %s", got, c.told)
			}
		})
	}
}

func FuzzSplit(f *testing.F) {
	for _, c := range splitCases {
		if len(c.source) < 1000 {
			f.Add([]byte(c.source))
		}
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		p, list := Split("f", source)
		body := len(source) - len(p.Body)
		if body < 0 || !bytes.Equal(source[body:], p.Body) {
			t.Fatalf("%q: the body %q is not the end of the source", source, p.Body)
		}
		if want := 1 + bytes.Count(source[:body], []byte("\n")); p.BodyLine != want && len(p.Body) > 0 {
			t.Errorf("%q: body at line %d, want %d", source, p.BodyLine, want)
		}
		if p.Format != NoFrontMatter {
			at := bytes.Index(source, p.Matter)
			if at < 0 || !inside(source, p.Matter) {
				t.Errorf("%q: the matter %q is no part of the source", source, p.Matter)
			}
		}
		s := splitter{source: source}
		for open, ok := s.after(line{}); ok; open, ok = s.after(open) {
			for _, f := range fences {
				if string(open.text) != f.open {
					continue
				}
				if end, _, found := s.closing(open, f); found && !bytes.Equal(s.capture(open, end, f), s.captured(open, end, f)) {
					t.Errorf("%q: %q is taken, the library takes %q", source, s.capture(open, end, f), s.captured(open, end, f))
				}
			}
		}
		for _, d := range list {
			if d.Line < 1 || d.Line > 1+bytes.Count(source, []byte("\n")) {
				t.Errorf("%q: diagnostic at line %d", source, d.Line)
			}
		}
	})
}

// inside says that a part shares the memory of the whole.
func inside(whole, part []byte) bool {
	return cap(part) <= cap(whole) && (len(part) == 0 || &whole[:cap(whole)][cap(whole)-cap(part)] == &part[0])
}
