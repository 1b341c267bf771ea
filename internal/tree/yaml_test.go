package tree

import (
	"strings"
	"testing"
)

var yamlCases = []treeCase{
	{name: "empty", text: "", want: "{}@2:1"},
	{name: "comments only", text: "# a\n\n  # b\n", want: "{}@2:1"},
	{
		name: "scalars keep their text", text: "a: 012\nb: NO\nc: 3.10\nd: 2020-01-21 16:40\ne: 'NO'\nf: 1_000\ng: !!str 012\n",
		want: `{a@2:1:012@2:4 b@3:1:NO@3:4 c@4:1:3.10@4:4 d@5:1:2020-01-21 16:40@5:4 e@6:1:"NO"@6:4 f@7:1:1_000@7:4 g@8:1:"012"@8:4}@2:1`,
	},
	{name: "empty values", text: "a:\nb: ~\nc: null\nd: ''\n", want: `{a@2:1:null@2:3 b@3:1:null@3:4 c@4:1:null@4:4 d@5:1:""@5:4}@2:1`},
	{name: "nested", text: "a:\n  - b: 1\n    c: [x, y]\n", want: `{a@2:1:[{b@3:5:1@3:8 c@4:5:[x@4:9 y@4:12]@4:8}@3:5]@3:3}@2:1`},
	{name: "blocks", text: "a: |\n  x\n  ---\nb: >-\n  y\n  z\n", want: `{a@2:1:"x\n---\n"@2:4 b@5:1:"y z"@5:4}@2:1`},
	{name: "line separators are text", text: "a: x\u2028y\nb: z\u0085\nc: 1\n", want: "{a@2:1:x\u2028y@2:4 b@3:1:z\u0085@3:4 c@4:1:1@4:4}@2:1"},
	{
		name: "all duplicates", text: "a: 1\nb:\n  c: 1\n  c: 2\na: 3\na: 4\n",
		want: `{a@2:1:1@2:4 b@3:1:{c@4:3:1@4:6}@4:3}@2:1`,
		told: "f:5:3 field-duplicate: \"c\" is written twice, on lines 4 and 5 (keep one of lines 4 and 5)\n" +
			"f:6:1 field-duplicate: \"a\" is written twice, on lines 2 and 6 (keep one of lines 2 and 6)\n" +
			"f:7:1 field-duplicate: \"a\" is written twice, on lines 2 and 7 (keep one of lines 2 and 7)",
	},
	{name: "alias", text: "a: &x {b: 1}\nc: *x\n", want: `{a@2:1:{b@2:8:1@2:11}@2:4 c@3:1:{b@2:8:1@2:11}@3:4}@2:1`},
	{
		name: "merge", text: "base: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3\n",
		want: `{base@2:1:{b@2:11:1@2:14 c@2:17:2@2:20}@2:7 d@3:1:{c@5:3:3@5:6 b@2:11:1@2:14}@4:3}@2:1`,
	},
	{
		name: "merge of a list", text: "a: &a {x: 1}\nb: &b {x: 2, y: 3}\nc: {<<: [*a, *b]}\n",
		want: `{a@2:1:{x@2:8:1@2:11}@2:4 b@3:1:{x@3:8:2@3:11 y@3:14:3@3:17}@3:4 c@4:1:{x@2:8:1@2:11 y@3:14:3@3:17}@4:4}@2:1`,
	},
	{
		name: "merge of a text", text: "<<: [a]\n", want: "{}@2:1",
		told: "f:2:6 front-matter-syntax: \"<<\" takes the fields of another mapping, not \"a\" (write `<<: *name`, where `&name` stands before a mapping)",
	},
	{
		name: "alias inside itself", text: "a: &a [*a]\n", want: "{a@2:1:[null@2:8]@2:4}@2:1",
		told: `f:2:8 front-matter-syntax: the alias "*a" stands inside the value that it names (write the value out)`,
	},
	{
		name: "list", text: "- a\n", want: "{}@2:1",
		told: "f:2:1 front-matter-syntax: expected fields, each with its name and value, found a list (write each field on a line of its own, as `title: …`)",
	},
	{
		name: "text", text: "hello\n", want: "{}@2:1",
		told: "f:2:1 front-matter-syntax: expected fields, each with its name and value, found \"hello\" (write each field on a line of its own, as `title: …`)",
	},
	{
		name: "key is a list", text: "? [a]\n: 1\nb: 2\n", want: "{b@4:1:2@4:4}@2:1",
		told: "f:2:3 front-matter-syntax: the name of a field must be a text, not a list or a mapping (write a word before the colon)",
	},
}

func TestParseYAML(t *testing.T) { run(t, ParseYAML, yamlCases) }

// problems are mistakes that people make, and what they are told.
var yamlProblemCases = []struct{ name, text, told string }{
	{"colon in a value", "title: Outage: the database\n", `f:2:14: the value of "title" holds a colon and is not in quotes (put the value in quotes: title: "Outage: the database")`},
	{"colon after an accent", "été: Panne: la base\n", `f:2:11: the value of "été" holds a colon and is not in quotes (put the value in quotes: été: "Panne: la base")`},
	{"colon in an item", "a:\n  - text: x: y\n", `f:3:12: the value of "text" holds a colon and is not in quotes (put the value in quotes: text: "x: y")`},
	{"no space after the colon", "key:value\nb: 1\n", `f:2:1: the line "key:value" has no space after its colon (put a space after the colon)`},
	{"indented for no reason", "a: 1\n b: 2\n", `f:3:2: the line "b: 2" is indented more than the field above it allows (begin it in the same column as the fields around it)`},
	{"double quote never closed", "a: 1\nb: \"x\nc: 2\n", `f:3:4: the quotation mark " is never closed (put another " at the end of the value)`},
	{"single quote never closed", "a: 'x\n", `f:2:4: the quotation mark ' is never closed (put another ' at the end of the value)`},
	{"apostrophe in single quotes", "a: 'it's'\n", `f:2:8: there is text after the closing quotation mark (put the whole value in double quotes, with \" for a quotation mark inside it)`},
	{"text after quotes", "a: \"x\" y\n", `f:2:8: there is text after the closing quotation mark (put the whole value in double quotes, with \" for a quotation mark inside it)`},
	{"tab before a field", "a: 1\n\tb: 2\n", `f:3:1: a tab stands where YAML wants spaces (indent with spaces)`},
	{"tab in a list", "a:\n\t- b\n", `f:3:1: a tab stands where YAML wants spaces (indent with spaces)`},
	{"tab in a block", "a: |\n\tfoo\n", `f:3:1: a tab stands where YAML wants spaces (indent with spaces)`},
	{"at sign", "owner: @anna\n", `f:2:8: a value cannot begin with "@" (put the whole value in quotes)`},
	{"backtick", "a: `x` fails\n", "f:2:4: a value cannot begin with \"`\" (put the whole value in quotes)"},
	{"percent", "a: %x\n", `f:2:4: a value cannot begin with "%" (put the whole value in quotes)`},
	{"star", "a: *bold* x\n", `f:2:4: a value cannot begin with "*" (put the whole value in quotes)`},
	{"ampersand", "a: & co\n", `f:2:4: a value cannot begin with "&" (put the whole value in quotes)`},
	{"brace", "a: }\n", `f:2:4: a value cannot begin with "}" (put the whole value in quotes)`},
	{"placeholder alone", "title: {{ title }}\n", `f:2:8: a placeholder of a template stands here: "{{ title }}" (fill the placeholder in, or put the whole value in single quotes)`},
	{"placeholder with quotes", "date: {{ now.Format \"2006\" }}\nb: 1\n", `f:2:7: a placeholder of a template stands here: "{{ now.Format \"2006\" }}" (fill the placeholder in, or put the whole value in single quotes)`},
	{"Liquid tag", "a: {% include x %}\n", `f:2:4: a placeholder of a template stands here: "{% include x %}" (fill the placeholder in, or put the whole value in single quotes)`},
	{"placeholder in quotes that holds quotes", "a: \"{{ replace .Name \"-\" \" \" }}\"\n", `f:2:5: a placeholder of a template stands here: "{{ replace .Name \"-\" \" \" }}\"" (fill the placeholder in, or put the whole value in single quotes)`},
	{"list never closed", "a: [1, 2\nb: 3\n", `f:2:4: the list that "[" begins is not closed, or lacks a comma (close it with ], put commas between its values, or put the whole value in quotes)`},
	{"bracket at the start of a title", "title: [URGENT] outage\n", `f:2:17: the line "title: [URGENT] outage" does not line up with the lines above it (begin it in the same column as the lines that it belongs to)`},
	{"line without a colon", "a: 1\nb\nc: 2\n", "f:3:1: the line \"b\" has no colon (write `name: value`, or indent the line to continue the text above it)"},
	{"list on the field's line", "a: - b\n", `f:2:4: a list cannot begin on the line of its field's name (begin the list on the next line, or put the value in quotes)`},
	{"list not lined up", "a:\n  - x\n - y\n", `f:4:2: the line "- y" does not line up with the lines above it (begin it in the same column as the lines that it belongs to)`},
	{"backslash", "a: \"C:\\dir\"\n", `f:2:7: a backslash inside double quotes begins something that YAML does not know (write \\ for a backslash, or use single quotes)`},
	{"second document", "a: 1\n---\nb: 2\n", `f:3:1: a second YAML document begins after "---" (keep one, and delete the line)`},
	{"text after the end mark", "a: 1\n...\nb: 2\n", `f:3:1: a second YAML document begins after "..." (keep one, and delete the line)`},
	{"control character", "a: x\nb: \x01\n", `f:3:4: the character U+0001 cannot stand in YAML (delete it)`},
	{"indented closing fence", "a: 1\nb: 2\n  ---\nText\n", `f:4:1: an indented "---" does not end the front matter (move it to the first column)`},
	{"indented closing fence and prose", "a: 1\n ---\n\nSome: text. And: more\n", `f:3:1: an indented "---" does not end the front matter (move it to the first column)`},
	{"old version", "%YAML 0.9\n---\na: 1\n", `f:2:1: the line "%YAML 0.9" is not valid YAML (look at the quotes, colons and indentation of this line and the one before)`},
}

func TestYAMLProblems(t *testing.T) {
	for _, c := range yamlProblemCases {
		t.Run(c.name, func(t *testing.T) {
			_, list := ParseYAML("f", 2, []byte(c.text), "front-matter-syntax")
			got := strings.ReplaceAll(told(list), " front-matter-syntax:", ":")
			if got != c.told {
				t.Errorf("\n got %s\nwant %s", got, c.told)
			}
		})
	}
}

func TestYAMLLimits(t *testing.T) {
	bomb := "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c <= 'i'; c++ {
		bomb += string(c) + ": &" + string(c) + " [" + strings.TrimSuffix(strings.Repeat("*"+string(c-1)+",", 10), ",") + "]\n"
	}
	for _, c := range []struct{ name, text, want string }{
		{"alias bomb", bomb, "aliases repeat more than 10000 values"},
		{"deep blocks", func() string {
			var b strings.Builder
			for i := range 60 {
				b.WriteString(strings.Repeat(" ", i) + "a:\n")
			}
			return b.String()
		}(), "values are nested more than 50 levels deep"},
		{"deep lists", "a: " + strings.Repeat("[", 60) + strings.Repeat("]", 60) + "\n", "values are nested more than 50 levels deep"},
		{"very deep lists", "a: " + strings.Repeat("[", 30_000) + "\n", "values are nested more than 50 levels deep"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, list := ParseYAML("f", 1, []byte(c.text), "front-matter-syntax")
			if len(list) != 1 || list[0].Message != c.want {
				t.Errorf("got %s, want once %q", told(list), c.want)
			}
		})
	}
}

func FuzzParseYAML(f *testing.F) {
	for _, c := range yamlProblemCases {
		f.Add(c.text)
	}
	fuzz(f, ParseYAML, yamlCases)
}
